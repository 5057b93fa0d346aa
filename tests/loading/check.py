"""The tables as other programs load them.

    check.py python HEDGEROW   datapackage.json by frictionless, numbers by polars, and the Python code of docs/columns.md
    check.py r HEDGEROW        the R code of docs/columns.md, base R and readr, also in the locale C

HEDGEROW is the program, which counts the sample corpus and some texts whose names and variables are easily misread. What the
documents show is run as it stands there; what must come of it is in expected.py and expected.R. For Python the packages of
requirements.txt are needed.
"""

import csv
import os
import pathlib
import re
import runpy
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
TEXTS = ["必ず雨だ。=必ず勝つ。", "効果が期待される。-たぶん雨だろう。", "明らかである。", "雨かもしれない。効果は期待できない。"]
NAMES = ["001.txt", "1e5.txt", "2020-01.txt", "3.txt", "4.txt", "5.txt", "NA.txt", "x.txt"]
NOTES = ["=1+1", "'=x", "-5", "TRUE", "", 'a "b", c', "@a", "NaN"]
BY = ["--by", "genre", "--resamples", "100"]


def count(program, folder, *arguments):
    command = [program, "count", *arguments, "--out", folder]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)


def misread(program, folder):
    """A run with the groups NA and 001, and values that look like formulas, numbers and logical values."""
    texts = folder / "texts"
    texts.mkdir()
    for name, text in zip(NAMES, TEXTS * 2):
        (texts / name).write_text(text * 3, encoding="utf-8")
    with (texts / "variables.csv").open("w", encoding="utf-8", newline="") as file:
        rows = zip(NAMES, ["001", "NA"] * 4, NOTES, range(2015, 2023))
        csv.writer(file).writerows([("document", "genre", "=note", "year"), *rows])
    count(program, folder / "stats", texts, *BY)
    return folder / "stats"


def saved_again(stats, folder):
    """The tables as LibreOffice saves them: logical values in capitals, 15 digits, other quotation marks, no byte-order mark."""
    folder.mkdir()
    for path in stats.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        number = re.compile(r"-?[0-9]+[.][0-9]{15,}")
        cell = lambda cell: cell.upper() if cell in ("true", "false") else f"{float(cell):.15g}" if number.fullmatch(cell) else cell
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([header, *([cell(value) for value in row] for row in rows)])
    return folder


def code(document, heading, language):
    """The code of a language in a section of a document, block by block."""
    text = (TOP / document).read_text(encoding="utf-8")
    section = re.split(r"\n## ", text.split(f"\n## {heading}\n", 1)[1], maxsplit=1)[0]
    return re.findall(rf"```{language}\n(.*?)```", section, flags=re.DOTALL)


def frictionless(stats):
    import frictionless

    report = frictionless.validate(str(stats / "datapackage.json"))
    wrong = [f"{stats.name}: datapackage.json: {error.message}" for error in report.errors]
    for task in report.tasks:
        wrong += [f"{stats.name}: {task.name}: {error.message}" for error in task.errors]
        wrong += [f"{stats.name}: {task.name}: {warning}" for warning in task.warnings]
    described = {task.place for task in report.tasks}
    if described != {path.name for path in stats.glob("*.csv")}:
        wrong.append(f"{stats.name}: datapackage.json describes {sorted(described)}")
    return wrong


def polars(stats):
    """Columns of numbers that are none by the default inference; a column without a cell has no type."""
    import polars

    with (stats / "columns.csv").open(encoding="utf-8-sig", newline="") as file:
        columns = [row for row in csv.DictReader(file) if row["type"] in ("integer", "decimal")]
    wrong = []
    for path in sorted(stats.glob("*.csv")):
        table = polars.read_csv(path)
        for name in (row["column"] for row in columns if row["table"] == path.stem):
            if not table[name].dtype.is_numeric() and table[name].null_count() < len(table):
                wrong.append(f"{stats.name}: {path.name}: {name} is read as {table[name].dtype}")
    return wrong


def python(program, temp):
    sample, compared, pair = temp / "sample", temp / "compared", misread(program, temp)
    count(program, sample, TOP / "corpus")
    count(program, compared, TOP / "corpus", *BY)
    wrong = [line for stats in (sample, compared, pair) for line in frictionless(stats)]
    wrong += [line for stats in (sample, compared, pair) for line in polars(stats)]
    blocks = code("docs/columns.md", "Loading the tables", "python")
    for stats in (pair, saved_again(pair, temp / "again")):
        os.chdir(stats.parent)
        script = temp / "script.py"
        text = "\n".join(blocks).replace('"stats"', f'"{stats.name}"') + (HERE / "expected.py").read_text(encoding="utf-8")
        script.write_text(text, encoding="utf-8")
        runpy.run_path(str(script))
    return wrong


def r(program, temp):
    pair = misread(program, temp)
    blocks = code("docs/columns.md", "Loading the tables", "r")
    loaders = [block for block in blocks if "load_table <-" in block]
    # ggplot2 is large, and not needed to read a table.
    others = [block for block in blocks if block not in loaders and "ggplot2" not in block]
    others += code("docs/statistics.md", "Position in the document", "r")
    assert len(loaders) == 2 and len(others) == 2, "the document has other code than is tried here"
    wrong = []
    for stats in (pair, saved_again(pair, temp / "again")):
        for number, loader in enumerate(loaders):
            script = temp / "script.R"
            text = "\n".join([loader, *others, (HERE / "expected.R").read_text(encoding="utf-8")])
            script.write_text(text.replace('"stats"', f'"{stats.name}"'), encoding="utf-8")
            for locale in ("C", "C.UTF-8"):
                command = ["Rscript", "--vanilla", script.name]
                environment = {**os.environ, "LC_ALL": locale}
                run = subprocess.run(command, cwd=temp, env=environment, capture_output=True, text=True, errors="replace")
                if run.returncode or "warning" in run.stderr.lower():
                    wrong.append(f"{stats.name}, {['base R', 'readr'][number]}, LC_ALL={locale}:\n{run.stderr}")
    return wrong


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in ("python", "r"):
        sys.exit(__doc__)
    program = pathlib.Path(arguments[1]).resolve()
    with tempfile.TemporaryDirectory() as temp:
        wrong = (python if arguments[0] == "python" else r)(program, pathlib.Path(temp))
        os.chdir(TOP)
    for line in wrong:
        print(f"error: {line}", file=sys.stderr)
    if not wrong:
        print(f"{arguments[0]}: the tables are loaded as they are")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
