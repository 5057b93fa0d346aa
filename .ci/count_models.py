"""Holds the program's log ratios against count models in R and Python (examples/r/count_model.R, examples/python/count_model.py).

    count_models.py PROGRAM

Texts are written whose markers are negative binomial (a gamma rate for each document, a Poisson count in it) and whose lengths are log-normal, by a
fixed seed: three groups of 20 documents, of 5 sites each. The program counts and compares them, and both models are fitted to its tables.

The pooled ratio and the model estimate the same quantity where rates don't depend on lengths, and weight the documents differently; so the
estimates must be within half a standard error of each other, and the widths of the intervals within a factor of 2. R and Python must agree with
each other, with clusters too. Runs in an environment with examples/python/requirements.txt.
"""

import csv
import io
import math
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent
MODELS = {
    "R": ["Rscript", HERE / "examples/r/count_model.R"],
    "Python": [sys.executable, HERE / "examples/python/count_model.py"],
}
# Names that a table's reader may take for something else, with the rate of each stance per sentence.
GROUPS = {"001": (0.10, 0.08), "NA": (0.15, 0.08), "診療所": (0.20, 0.05)}
SENTENCES = {"hedge": "効果が期待される。", "assertive": "必ず治る。", None: "朝になった。"}


def poisson(chance, mean):
    """Knuth's method, for small means."""
    count, product = 0, chance.random()
    while product > math.exp(-mean):
        count, product = count + 1, product * chance.random()
    return count


def write_corpus(folder):
    chance = random.Random(20261127)
    rows = [["document", "kind", "site"]]
    for at, (group, rates) in enumerate(GROUPS.items()):
        for number in range(20):
            sentences = round(math.exp(chance.gauss(math.log(120), 0.4)))
            counts = [poisson(chance, sentences * rate * chance.gammavariate(5, 1 / 5)) for rate in rates]
            kinds = ["hedge"] * counts[0] + ["assertive"] * counts[1]
            kinds += [None] * max(0, sentences - len(kinds))
            chance.shuffle(kinds)
            name = f"{at}-{number:02}.txt"
            (folder / name).write_text("\n".join(SENTENCES[kind] for kind in kinds) + "\n", encoding="utf-8")
            rows.append([name, group, f"{group} {number // 4}"])
    with open(folder / "variables.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def fitted(model, tables, *cluster):
    """By measure and groups: the interval of the model and that of the program, each as estimate, low, high."""
    run = subprocess.run([*MODELS[model], tables, *cluster], stdout=subprocess.PIPE, encoding="utf-8", check=True)
    columns = ["model", "model_low", "model_high", "log_ratio", "log_ratio_low", "log_ratio_high"]
    rows = {}
    for row in csv.DictReader(io.StringIO(run.stdout)):
        figures = [float(row[column]) for column in columns]
        rows[row["measure"], row["group_a"], row["group_b"]] = figures[:3], figures[3:]
    return rows


def width(interval):
    return interval[2] - interval[1]


def main(program):
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        corpus, tables = pathlib.Path(folder, "corpus"), pathlib.Path(folder, "tables")
        corpus.mkdir()
        write_corpus(corpus)
        count = [program, "count", corpus, "--by", "kind", "--out", tables]
        subprocess.run(count, stdout=subprocess.DEVNULL, check=True)
        plain = {model: fitted(model, tables) for model in MODELS}
        clustered = {model: fitted(model, tables, "site") for model in MODELS}
    pairs = [(measure, *pair) for measure in ["hedge", "assertive"] for pair in [("001", "NA"), ("001", "診療所"), ("NA", "診療所")]]
    for model, rows in plain.items():
        if sorted(rows) != sorted(pairs):
            wrong.append(f"{model}: other rows than expected: {sorted(rows)}")
        for key, (interval, own) in rows.items():
            error = width(interval) / 2 / 1.96
            if abs(interval[0] - own[0]) > error / 2 or not 0.5 < width(own) / width(interval) < 2:
                wrong.append(f"{model}: {key}: {interval}, the program has {own}")
    for name, rows in [("plain", plain), ("clustered", clustered)]:
        for key in pairs:
            first, second = rows["R"][key][0], rows["Python"][key][0]
            # The one takes the dispersion for known, and they correct clusters for small numbers a little differently.
            if abs(first[0] - second[0]) > 1e-3 or not 0.9 < width(first) / width(second) < 1.1:
                wrong.append(f"{name}, {key}: R has {first}, Python {second}")
    for (measure, a, b), (interval, own) in plain["R"].items():
        shown = ["  ".join(f"{figure:7.3f}" for figure in figures) for figures in (interval, own)]
        print(f"{measure:9}  {a} : {b}  model {shown[0]}   program {shown[1]}")
    return wrong


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit("\n".join(main(pathlib.Path(sys.argv[1]).resolve())) or 0)
