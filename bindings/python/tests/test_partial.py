"""Partial runs: their lines are those of the program, and a merge of them is one run."""

import json

import pyarrow
import pytest

import hedgerow
from conftest import program

BY = ["genre"]


def lines_of(counter, tables, hits=True):
    run = counter.partial(hits)
    lines = [run.begin()]
    for table in tables:
        lines += run.add(table, by=BY)
    return "\n".join([*lines, run.finish(), ""])


def as_json_lines(table):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table.to_pylist()).encode()


@pytest.fixture(scope="module")
def whole(table, tmp_path_factory):
    """What one run over the sample corpus in order of id writes."""
    folder = tmp_path_factory.mktemp("whole") / "stats"
    table = table.sort_by("id")
    run = program("count", "-", "--id-column", "id", "--out", folder, input=as_json_lines(table))
    assert run.returncode == 0, run.stderr
    return folder


@pytest.mark.parametrize("integers", [False, True])
def test_a_merge_is_one_run(counter, table, tmp_path, integers):
    if integers:
        table = table.set_column(0, "id", pyarrow.array(range(len(table), 0, -1), pyarrow.int32()))
    (tmp_path / "1.part").write_text(lines_of(counter, [table[10:]]), encoding="utf-8")
    (tmp_path / "2.part").write_text(lines_of(counter, [table[:3], table[3:10]]), encoding="utf-8")
    merged = hedgerow.merge([tmp_path / "1.part", tmp_path / "2.part"], tmp_path / "merged")
    one = tmp_path / "one"
    run = program("count", "-", "--id-column", "id", "--out", one, input=as_json_lines(table.sort_by("id")))
    assert run.returncode == 0, run.stderr
    tables = sorted(path.name for path in one.glob("*.csv"))
    assert tables == sorted(path.name for path in merged.glob("*.csv")) and "concordance.csv" in tables
    for name in tables:
        assert (merged / name).read_bytes() == (one / name).read_bytes(), name


def test_the_lines_are_those_of_the_program(counter, table):
    run = program("count", "-", "--partial", input=as_json_lines(table))
    assert run.returncode == 0, run.stderr
    own = lines_of(counter, [table]).splitlines()
    expected = run.stdout.decode().splitlines()
    assert own[1:-1] == expected[1:-1] and len(own) == len(table) + 2
    without = [json.loads(line) for line in (own[0], expected[0])]
    assert without[0]["lexicon"] == without[1]["lexicon"] and without[0]["dictionary"] == without[1]["dictionary"]


def test_without_hits_there_is_no_concordance(counter, table, tmp_path):
    (tmp_path / "part").write_text(lines_of(counter, [table], hits=False), encoding="utf-8")
    merged = hedgerow.merge(tmp_path / "part", tmp_path / "merged", by="genre", resamples=100)
    assert not (merged / "concordance.csv").exists() and (merged / "groups.csv").exists()
    with pytest.raises(hedgerow.HedgerowError, match="merged"):
        hedgerow.merge(tmp_path / "part", merged)
    hedgerow.merge(tmp_path / "part", merged, force=True)


def test_missing_texts_and_values_are_empty(counter, tmp_path):
    table = pyarrow.table({"id": ["a", "b"], "text": [None, "必ず効く。"], "genre": pyarrow.array([3, None], pyarrow.uint8())})
    (tmp_path / "part").write_text(lines_of(counter, [table]), encoding="utf-8")
    hedgerow.merge(tmp_path / "part", tmp_path / "merged")
    documents = hedgerow.read_run(tmp_path / "merged", "pyarrow")["documents"]
    assert documents.select(["document", "genre", "characters", "assertive"]).to_pylist() == [
        {"document": "a", "genre": "3", "characters": 0, "assertive": 0},
        {"document": "b", "genre": None, "characters": 5, "assertive": 1},
    ]


def test_a_merge_that_is_refused_says_why(counter, table, tmp_path):
    lines = lines_of(counter, [table])
    (tmp_path / "1.part").write_text(lines, encoding="utf-8")
    (tmp_path / "2.part").write_text(lines.rsplit("\n", 2)[0] + "\n", encoding="utf-8")
    with pytest.raises(hedgerow.HedgerowError, match="2.part"):
        hedgerow.merge(tmp_path / "2.part", tmp_path / "merged")
    with pytest.raises(hedgerow.HedgerowError, match="no.part"):
        hedgerow.merge(tmp_path / "no.part", tmp_path / "merged")
    assert not (tmp_path / "merged").exists()


@pytest.mark.parametrize(
    "columns, error, message",
    [
        ({"id": [None], "text": ["a"]}, hedgerow.HedgerowError, "id"),
        ({"id": ["a"], "text": ["a\0"]}, hedgerow.HedgerowError, "a"),
        ({"id": [0.5], "text": ["a"]}, TypeError, "text or whole numbers: cast it"),
        ({"id": ["a"]}, ValueError, 'no column "text"'),
    ],
)
def test_rows_that_are_no_documents_are_refused(counter, columns, error, message):
    run = counter.partial()
    run.begin()
    with pytest.raises(error, match=message):
        run.add(pyarrow.table(columns))


def test_a_finished_run_is_finished(counter):
    run = counter.partial()
    run.begin()
    run.finish()
    for again in (run.begin, run.finish, lambda: run.add(pyarrow.table({"id": ["a"], "text": ["a"]}))):
        with pytest.raises(ValueError, match="finished"):
            again()
