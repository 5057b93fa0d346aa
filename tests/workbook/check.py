"""The workbook of a run as LibreOffice opens it: every sheet must hold the cells of its table. A judged sheet that LibreOffice has saved must
be to `hedgerow correct` what it was.

    check.py HEDGEROW   counts the sample corpus and hostile texts with --xlsx, and lists words of these, and checks the workbooks

Needs LibreOffice Calc (soffice).
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
# Each sheet as CSV: comma, quotation marks, UTF-8, cells as they are stored (not as shown), text as text, all sheets.
FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
VALUES = ["=1+1", "'=x", "-5", "TRUE", "001", 'a "b", c', "_x0041_", "1e5", "2020-01", "１／２", " x "]
# One sheet as people save it, cells as they are shown: in UTF-8, and in the encoding of Windows in Japan.
SAVED = {"utf8": "csv:Text - txt - csv (StarCalc):44,34,76", "cp932": "csv:Text - txt - csv (StarCalc):44,34,60"}
XLSX = "xlsx:Calc MS Excel 2007 XML"
LISTS = {
    "search": ["search", '[lemma="効果|効く"]', "--sort", "1R"],
    "values": ["search", "効く", "--count-by", "=value"],
    "frequencies": ["frequencies"],
    "keyness": ["frequencies", "--by", "group", "--min", "1"],
}
TEXT = "=必ず効く。<b>&amp;効果が期待される。\t-効くかもしれない。\n"


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def unprotected(cell):
    """A text without the mark that keeps spreadsheets from running it."""
    rest = cell.lstrip("'")
    is_formula = cell.startswith("'") and rest[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"[+-]?(\d+[.]?\d*|[.]\d+)", rest)
    return cell[1:] if rest and is_formula else cell


def same(own, theirs):
    if own == theirs or (own in ("true", "false") and theirs == own.upper()):
        return True
    try:
        # LibreOffice writes 15 digits.
        return abs(float(own) - float(theirs)) <= 1e-14 * abs(float(own))
    except ValueError:
        return False


def check(workbook, tables):
    """What of some tables, by their names, is otherwise in a workbook."""
    wrong = []
    with tempfile.TemporaryDirectory() as temp:
        home = f"-env:UserInstallation=file://{temp}/home"
        command = ["soffice", home, "--headless", "--convert-to", FILTER, "--outdir", temp, workbook]
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
        begin = f"{workbook.stem}-"
        sheets = {path.stem.removeprefix(begin): path for path in pathlib.Path(temp).glob(f"{begin}*.csv")}
        for name, table in tables.items():
            own = cells(table)
            parts = [sheets.pop(part) for part in [name, *(f"{name}_{n}" for n in range(2, 9))] if part in sheets]
            theirs = [row for number, part in enumerate(parts) for row in cells(part)[min(number, 1) :]]
            if len(own) != len(theirs):
                wrong.append(f"{table.name}: {len(own)} rows, in the workbook {len(theirs)}")
            for line, (row, other) in enumerate(zip(own, theirs), 1):
                for name, cell, found in zip(own[0], map(unprotected, row), other + [""] * len(row)):
                    if not same(cell, found):
                        wrong.append(f"{table.name}, row {line}, {name}: {cell!r} is {found!r} in the workbook")
        wrong += [f"there is a sheet {name} more" for name in set(sheets) - {"about", "概要", "categories"}]
    return wrong


def converted(path, form, folder, source="-"):
    """A file as LibreOffice saves it in another form."""
    folder.mkdir()
    with tempfile.TemporaryDirectory() as temp:
        home = f"-env:UserInstallation=file://{temp}/home"
        infilter = [f"--infilter={source}"] if source != "-" else []
        command = ["soffice", home, "--headless", *infilter, "--convert-to", form, "--outdir", folder, path]
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return folder / f"{path.stem}.{form.partition(':')[0]}"


def judged(path, new):
    """A sheet, filled in: every fifth hit is wrong, and markers are missed in every seventh sentence."""
    header, *rows = cells(path)
    for row in rows:
        item = dict(zip(header, row))
        number = int(item["item"])
        fill = {"judgement": "done" if item["kind"] == "sentence" else "right"}
        if item["kind"] == "hit" and number % 5 == 0:
            fill = {"judgement": "wrong", "correct_category": "" if number % 2 else "強調", "note": "＝標識でない"}
        if item["kind"] == "sentence" and number % 7 == 0:
            fill["missed"] = "!伝聞・引用;certainty"
        if fill.get("correct_category") == item["category_ja"]:
            fill["correct_category"] = "可能性"
        row[:] = [fill.get(name, cell) for name, cell in zip(header, row)]
    with new.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return new


def check_saved(program, stats, texts, folder):
    """What a judged sheet is to `correct` after LibreOffice has saved it: the same, however it was saved."""
    folder.mkdir()
    for name in ("drawn.csv", "drawn.xlsx"):
        subprocess.run([program, "sample", stats, texts, "--by", "genre", "--out", folder / name], check=True, stdout=subprocess.DEVNULL)
    own = judged(folder / "drawn.csv", folder / "judged.csv")
    book = converted(own, XLSX, folder / "book", "CSV:44,34,76")
    sheets = {"CSV saved as a workbook": book, "workbook saved again": converted(book, XLSX, folder / "again")}
    for name, form in SAVED.items():
        sheets[f"workbook saved as CSV, {name}"] = converted(book, form, folder / name)
        # The workbook that was drawn, saved as CSV and then filled in.
        drawn = converted(folder / "drawn.xlsx", form, folder / f"drawn-{name}")
        text = drawn.read_text(encoding={"utf8": "utf-8-sig"}.get(name, name))
        drawn.write_text(text, encoding="utf-8")
        sheets[f"drawn workbook saved as CSV, {name}"] = judged(drawn, folder / f"drawn-{name}.csv")
    corrected = {}
    for name, path in {"": own, **sheets}.items():
        run = subprocess.run([program, "correct", stats, path, "--force"], capture_output=True, text=True)
        corrected[name] = (stats / "corrected.csv").read_bytes() if run.returncode == 0 else run.stderr
    return [f"a judged sheet is another as {name}: {corrected[name]}" for name in sheets if corrected[name] != corrected[""]]


def main(program):
    with tempfile.TemporaryDirectory() as name:
        temp = pathlib.Path(name)
        texts = temp / "texts"
        texts.mkdir()
        rows = [("document", "group", "=value"), *((f"{n}.txt", f"g{n % 2}", value) for n, value in enumerate(VALUES))]
        for number, (document, *_) in enumerate(rows[1:], 1):
            (texts / document).write_text(TEXT * number, encoding="utf-8")
        with (texts / "variables.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        wrong = []
        for number, (path, variable) in enumerate([(TOP / "corpus", "genre"), (texts, "group")]):
            stats = temp / f"stats{number}"
            command = [program, "count", path, "--by", variable, "--resamples", "100", "--xlsx", "--out", stats]
            subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
            wrong += check(stats / "tables.xlsx", {table.stem: table for table in sorted(stats.glob("*.csv"))})
        for name, command in LISTS.items():
            written = [temp / f"{name}.csv", temp / f"{name}.xlsx"]
            for path in written:
                subprocess.run([program, *command, texts, "--out", path], check=True, stdout=subprocess.DEVNULL)
            wrong += check(written[1], {name: written[0]})
        drawn = [temp / "sheet.csv", temp / "sheet.xlsx"]
        for path in drawn:
            command = [program, "sample", temp / "stats1", texts, "--by", "group", "--out", path]
            subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
        wrong += check(drawn[1], {"sheet": drawn[0]})
        wrong += check_saved(program, temp / "stats0", TOP / "corpus", temp / "saved")
    for line in wrong[:50]:
        print(f"error: {line}", file=sys.stderr)
    if not wrong:
        print("workbook: LibreOffice reads the tables, and saves a judged sheet as it was")
    return bool(wrong)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
