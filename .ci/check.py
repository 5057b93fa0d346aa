"""Checks on what the main job wrote.

    check.py tables DIR        the tables of a run are complete and agree with each other
    check.py comparison DIR    the figures of groups are those of their documents, and of pairs those of their groups
    check.py evaluation FILE   the agreement with readers has not fallen below what was reached
    check.py readme SUMMARY SUMMARY.ja    the READMEs show the main job's commands and its real output, each in its language
    check.py readme SUMMARY SUMMARY.ja --write    put the output into the READMEs instead
"""

import csv
import json
import math
import pathlib
import re
import statistics
import sys

TABLES = ["documents", "categories", "markers", "concordance", "columns"]
COUNT = "cargo run --release -- count corpus --out stats"
READMES = {"README.md": [f"{COUNT}\n", "cargo test"], "README.ja.md": [f"{COUNT} --lang ja\n", "cargo test"]}
BEGIN = "<!-- output of the main job: begin -->\n```text\n"
END = "```\n<!-- output of the main job: end -->"


def tables(folder):
    folder = pathlib.Path(folder)
    wrong = []
    rows = {}
    for name in TABLES:
        path = folder / f"{name}.csv"
        if not path.is_file():
            wrong.append(f"{name}.csv is missing")
            continue
        if not path.read_bytes().startswith(b"\xef\xbb\xbf"):
            wrong.append(f"{name}.csv has no byte-order mark")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows[name] = list(csv.DictReader(file))
        if not rows[name]:
            wrong.append(f"{name}.csv has no rows")
    if not (folder / "run.json").is_file():
        wrong.append("run.json is missing")
    if wrong:
        return wrong

    for name in TABLES:
        described = [row["column"] for row in rows["columns"] if row["table"] == name]
        found = list(rows[name][0])
        if not set(described) - {"(variables)"} <= set(found):
            wrong.append(f"{name}.csv has the columns {found}, columns.csv describes {described}")
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    documents = [row["document"] for row in rows["documents"]]
    if documents != [entry["document"] for entry in run["inputs"]] or documents != sorted(documents):
        wrong.append("documents.csv and run.json disagree on the documents, or they are out of order")
    for row in rows["documents"]:
        for stance in ("hedge", "assertive"):
            for column, negated in ((stance, "false"), (f"{stance}_negated", "true")):
                field = "count" if negated == "false" else "negated"

                def own(name):
                    return [
                        other
                        for other in rows[name]
                        if other["document"] == row["document"] and other["stance"] == stance
                    ]

                figures = {
                    "documents": int(row[column]),
                    "categories": sum(int(other[field]) for other in own("categories")),
                    "markers": sum(int(other[field]) for other in own("markers")),
                    "concordance": sum(other["negated"] == negated for other in own("concordance")),
                }
                if len(set(figures.values())) > 1:
                    wrong.append(f"{row['document']}: {column} differs: {figures}")
    return wrong


def near(given, expected):
    return given == "" if expected is None else given != "" and math.isclose(float(given), expected, rel_tol=1e-9, abs_tol=1e-12)


def comparison(folder):
    folder = pathlib.Path(folder)
    rows = {}
    for name in ["documents", "categories", "groups", "comparisons"]:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    variable = run["comparison"]["by"]
    tokens = {row["document"]: int(row["tokens"]) for row in rows["documents"]}
    wrong = []
    figures = {}
    for row in rows["groups"]:
        figures[row["group"], row["level"], row["measure"]] = row
        members = [document for document in rows["documents"] if document[variable] == row["group"]]
        if row["level"] == "stance":
            counts = [int(document[row["measure"]]) for document in members]
        elif row["level"] == "category":
            names = {document["document"] for document in members}
            own = [other for other in rows["categories"] if other["category"] == row["measure"] and other["document"] in names]
            counts = [int(other["count"]) for other in own]
        else:
            continue
        sizes = [tokens[document["document"]] for document in members]
        rates = [count * 1000 / size for count, size in zip(counts, sizes)]
        whole, count = sum(sizes), sum(counts)
        expected = {
            "rate": count * 1000 / whole,
            "mean": statistics.fmean(rates),
            "median": statistics.median(rates),
            "sd": statistics.stdev(rates),
            "range": sum(count > 0 for count in counts),
            "dp": sum(abs(c / count - s / whole) for c, s in zip(counts, sizes)) / 2 if count else None,
        }
        for column, value in expected.items():
            if not near(row[column], value):
                wrong.append(f"groups.csv: {row['group']}, {row['measure']}: {column} is {row[column]}, not {value}")
    for row in rows["comparisons"]:
        a, b = (figures[row[side], row["level"], row["measure"]] for side in ("group_a", "group_b"))
        expected = None
        if int(a["count"]) + int(b["count"]):
            first, second = ((int(side["count"]) or 0.5) / int(side["base"]) for side in (a, b))
            expected = math.log2(first / second)
        if not near(row["log_ratio"], expected):
            wrong.append(f"comparisons.csv: {row['group_a']}, {row['group_b']}, {row['measure']}: log_ratio is not {expected}")
    return wrong if figures else ["groups.csv has no rows"]


# What the default lexicon has reached on the readers' coding: F1 by stance and by category, and the share of matched
# markers with the same `negated`. A change may lose at most 0.01 of it.
REACHED = {"same stance": 1.000, "same category": 1.000, "same `negated`": 1.000}
MARGIN = 0.01


def evaluation(output):
    text = pathlib.Path(output).read_text(encoding="utf-8")
    wrong = []
    for measure, reached in REACHED.items():
        row = next((line for line in text.splitlines() if line.startswith(measure)), None)
        # The last figure outside the brackets of the intervals; what follows `of` is a number of markers.
        figures = re.sub(r"\[[^]]*\]", "", row[len(measure) :].split(" of ")[0]).split() if row else []
        if not figures:
            wrong.append(f"the evaluation gives no figure for: {measure}")
        elif float(figures[-1]) < reached - MARGIN:
            wrong.append(f"{measure}: {figures[-1]}, at least {reached - MARGIN:.3f} was expected")
    return wrong


def readme(summaries, write):
    wrong = []
    for (name, commands), summary in zip(READMES.items(), summaries):
        output = pathlib.Path(summary).read_text(encoding="utf-8")
        path = pathlib.Path(name)
        text = path.read_text(encoding="utf-8")
        wrong += [f"{name} does not show: {command}" for command in commands if command not in text]
        if text.count(BEGIN) != 1 or text.count(END) != 1:
            wrong.append(f"{name} has no block for the main job's output")
            continue
        before, rest = text.split(BEGIN)
        shown, after = rest.split(END)
        if write:
            path.write_text(before + BEGIN + output + END + after, encoding="utf-8", newline="\n")
        elif shown != output:
            command = f"{COUNT} > summary && {COUNT} --force --lang ja > summary.ja && python3 .ci/check.py readme summary summary.ja --write"
            wrong.append(f"{name} shows another output than the main job prints; to refresh it: {command}")
    return wrong


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "tables":
        wrong = tables(arguments[1])
    elif len(arguments) == 2 and arguments[0] == "comparison":
        wrong = comparison(arguments[1])
    elif len(arguments) == 2 and arguments[0] == "evaluation":
        wrong = evaluation(arguments[1])
    elif len(arguments) in (3, 4) and arguments[0] == "readme" and arguments[3:] in ([], ["--write"]):
        wrong = readme(arguments[1:3], bool(arguments[3:]))
    else:
        sys.exit(__doc__)
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
