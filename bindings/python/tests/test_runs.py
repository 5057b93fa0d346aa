"""The tables of a run, read back."""

import csv
import pathlib

import pytest

import hedgerow
from conftest import TOP, program, rows

BACKENDS = ["pandas", "polars", "pyarrow"]
NAMES = ["001.txt", "1e5.txt", "2020-01.txt", "3.txt", "4.txt", "5.txt", "NA.txt", "x.txt"]
NOTES = ["=1+1", "'=x", "-5", "TRUE", "", 'a "b",\n c', "@a", "NaN"]
TEXTS = ["必ず雨だ。=必ず勝つ。", "効果が期待される。-たぶん雨だろう。", "明らかである。", "雨かもしれない。効果は期待できない。"]


@pytest.fixture(scope="module")
def misread(tmp_path_factory):
    """Groups called NA and 001, and values that look like formulas, numbers and logical values."""
    folder = tmp_path_factory.mktemp("misread")
    texts = folder / "texts"
    texts.mkdir()
    for name, text in zip(NAMES, TEXTS * 2):
        (texts / name).write_text(text * 3, encoding="utf-8")
    with (texts / "variables.csv").open("w", encoding="utf-8", newline="") as file:
        values = zip(NAMES, ["001", "NA"] * 4, NOTES, range(2015, 2023))
        csv.writer(file).writerows([("document", "genre", "=note", "year"), *values])
    run = program("count", texts, "--out", folder / "stats", "--by", "genre", "--resamples", "100")
    assert run.returncode == 0, run.stderr
    return folder / "stats"


def columns(table, name):
    """A column as a list, None where a value is missing."""
    column = table[name]
    if hasattr(column, "to_pylist"):
        return column.to_pylist()
    if hasattr(column, "to_list") and not hasattr(column, "isna"):
        return column.to_list()
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna())]


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_is_misread(misread, backend):
    run = hedgerow.read_run(misread, backend)
    documents = run["documents"]
    assert columns(documents, "genre") == ["001", "NA"] * 4
    assert columns(documents, "=note") == [note or None for note in NOTES]
    assert columns(documents, "year") == [str(year) for year in range(2015, 2023)]
    assert columns(documents, "document") == NAMES
    concordance = run["concordance"]
    assert columns(concordance, "left")[:2] == ["", "="]
    assert set(columns(concordance, "negated")) == {True, False}
    assert {type(flag) for flag in columns(concordance, "quoted")} == {bool}
    groups = run["groups"]
    assert set(columns(groups, "group")) == {"001", "NA"}
    assert None in columns(groups, "fifth_1") and None in columns(groups, "clusters")


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_cell_is_read_as_it_stands(stats, backend):
    run = hedgerow.read_run(stats, backend)
    assert len(run) == len(list(run)) >= 8 and "documents" in run and "differences" not in run
    assert {path.stem for path in stats.glob("*.csv")} == set(run)
    for name, table in run.items():
        types = {row["column"]: row["type"] for row in rows(stats / "columns.csv") if row["table"] == name}
        expected = rows(stats / f"{name}.csv")
        for column in expected[0] if expected else []:
            for value, cell in zip(columns(table, column), [row[column] for row in expected], strict=True):
                match types.get(column, "text"):
                    case _ if cell == "" and column not in ("left", "right", "previous", "next"):
                        assert value is None, (name, column)
                    case "integer":
                        assert type(value) is int and str(value) == cell
                    case "decimal":
                        assert type(value) is float and value == float(cell)
                    case "true or false":
                        assert type(value) is bool and cell == str(value).lower()
                    case _:
                        assert value == cell or "'" + value == cell


def test_pandas_has_plain_types_where_nothing_is_missing(stats):
    documents = hedgerow.read_run(stats)["documents"]
    assert documents["tokens"].dtype == "int64" and documents["hedge_share"].dtype == "float64"
    assert (documents.groupby("genre")["hedge"].sum().sum()) == documents["hedge"].sum() > 200
    concordance = hedgerow.read_run(stats)["concordance"]
    assert concordance["negated"].dtype == bool and concordance[~concordance["negated"]].shape[0] > 300


def test_it_reads_as_the_code_of_the_documentation(stats, misread):
    """docs/columns.md has pandas code for the same."""
    text = (TOP / "docs/columns.md").read_text(encoding="utf-8")
    code = text.split("```python\nimport pandas as pd\n", 1)[1].split("documents = load_table", 1)[0]
    scope = {}
    exec("import pandas as pd\n" + code, scope)
    for folder in (stats, misread):
        for name, table in hedgerow.read_run(folder).items():
            expected = scope["load_table"](name, str(folder))
            assert list(table.columns) == list(expected.columns)
            for column in table:
                if expected[column].dtype == "str":
                    assert list(table[column].fillna("")) == list(expected[column]), (name, column)
                else:
                    assert list(table[column].dropna()) == list(expected[column].dropna()), (name, column)


def test_what_is_no_run_is_refused(tmp_path, stats):
    with pytest.raises(hedgerow.HedgerowError, match="holds no run"):
        hedgerow.read_run(tmp_path)
    with pytest.raises(ValueError, match='backend is "pandas", "polars" or "pyarrow"'):
        hedgerow.read_run(stats, "dask")
    with pytest.raises(KeyError):
        hedgerow.read_run(stats)["omnibuses"]
    (tmp_path / "copy").mkdir()
    for path in pathlib.Path(stats).glob("*.*"):
        (tmp_path / "copy" / path.name).write_bytes(path.read_bytes())
    table = tmp_path / "copy" / "categories.csv"
    table.write_text(table.read_text(encoding="utf-8-sig").replace(",0,", ",x,"), encoding="utf-8")
    with pytest.raises(hedgerow.HedgerowError, match="categories.csv.*hedgerow verify"):
        hedgerow.read_run(tmp_path / "copy")["categories"]
