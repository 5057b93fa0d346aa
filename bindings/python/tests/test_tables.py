"""Tables over Arrow's C data interface."""

import pathlib
import resource
import sys

import pyarrow
import pytest
from pyarrow import compute

import hedgerow
from conftest import rows

TEXTS = ["必ず効きます。", None, "", "効くでしょう。まだ証明されていません。"]


def kinds():
    """The same texts in all types of columns, chunked, and sliced with an offset."""
    plain = pyarrow.array(TEXTS)
    for kind in (pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()):
        yield str(kind), plain.cast(kind)
    yield "dictionary", plain.dictionary_encode()
    yield "dictionary of int8 and large_string", pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0, None, 1, 2], pyarrow.int8()), pyarrow.array([TEXTS[0], "", TEXTS[3]], pyarrow.large_string())
    )
    yield "dictionary with a null", pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0, 1, 2, 3], pyarrow.uint16()), pyarrow.array([TEXTS[0], None, "", TEXTS[3]])
    )
    yield "chunked", pyarrow.chunked_array([TEXTS[:1], [], TEXTS[1:]], pyarrow.string())
    yield "sliced", pyarrow.array(["x", "可能性がある。", *TEXTS, "y"])[2:-1]
    yield "sliced views", pyarrow.array(["x", "可能性がある。", *TEXTS, "y"], pyarrow.string_view())[2:-1]
    yield "sliced dictionary", pyarrow.array(["x", "可能性がある。", *TEXTS, "y"]).dictionary_encode()[2:-1]


KINDS = dict(kinds())
IDS = {
    "text": pyarrow.array(["a", "b", "c", "d"]),
    "integers": pyarrow.array([4, 3, 2, None], pyarrow.int32()),
    "sliced": pyarrow.array([9, 4, 3, 2, 1])[1:],
    "dictionary": pyarrow.array(["a", "b", "a", "b"]).dictionary_encode(),
}


def expected(counter):
    return [None if text is None else counter.count(text) for text in TEXTS]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ids", IDS)
def test_a_wide_table_has_the_counts_of_each_text(counter, kind, ids):
    table = pyarrow.table({"text": KINDS[kind], "id": IDS[ids]})
    counts = counter.count_table(table)
    assert counts.column("id").to_pylist() == IDS[ids].to_pylist()
    assert counts.schema.field("id").type == IDS[ids].type
    for row, one in zip(counts.to_pylist(), expected(counter), strict=True):
        del row["id"]
        if one is None:
            assert set(row.values()) == {None}
            continue
        categories = {name: category["affirmed"] for name, category in one["categories"].items()}
        totals = {name: value for name, value in one.items() if isinstance(value, int)}
        assert row == totals | categories


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_is_counted_as_a_list(counter, kind):
    assert counter.count_all(KINDS[kind]) == expected(counter)


def test_the_tables_are_those_of_the_program(counter, stats, table):
    wide = counter.count_table(table, by="genre")
    assert wide.column_names[:3] == ["id", "genre", "characters"]
    for row, own in zip(rows(stats / "documents.csv"), wide.to_pylist(), strict=True):
        assert row["document"] == own["id"] and row["genre"] == own["genre"]
        assert all(row[name] == str(own[name]) for name in own if name in row)
    long = counter.count_table(table, by=["genre"], shape="long")
    names = ["id", "stance", "category", "category_ja", "count", "negated"]
    assert long.column_names == ["id", "genre", *names[1:]]
    for row, own in zip(rows(stats / "categories.csv"), long.select(names).to_pylist(), strict=True):
        named = {"id": "document"}
        assert [row[named.get(name, name)] for name in names] == [str(own[name]) for name in names]
    assert compute.sum(long["count"]).as_py() == compute.sum(compute.add(wide["hedge"], wide["assertive"])).as_py()


def test_hits_are_the_rows_of_the_concordance(counter, stats, table):
    hits = counter.find_table(table, by="genre")
    expected = rows(stats / "concordance.csv")
    header = list(expected[0])
    assert hits.column_names == ["id", "genre", *header[1 : header.index("next") + 1]]
    for row, own in zip(expected, hits.to_pylist(), strict=True):
        for name, value in own.items():
            cell = row["document" if name == "id" else name]
            if isinstance(value, bool):
                assert cell == str(value).lower()
            elif isinstance(value, float):
                assert float(cell) == value
            else:
                assert cell.removeprefix("'") == str(value).removeprefix("'")


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_a_table_without_rows_or_texts(counter, shape):
    none = pyarrow.table({"id": pyarrow.array([], pyarrow.int64()), "text": pyarrow.array([], pyarrow.string())})
    counts = counter.count_table(none, shape=shape)
    some = counter.count_table(pyarrow.table({"id": [1], "text": ["効く。"]}), shape=shape)
    assert counts.num_rows == 0 and counts.schema == some.schema
    for empty in (pyarrow.nulls(3), pyarrow.nulls(3, pyarrow.string()), pyarrow.nulls(3).cast(pyarrow.string()).dictionary_encode()):
        table = pyarrow.table({"id": [1, 2, 3], "text": empty})
        last = counter.count_table(table, shape=shape).column(-1)
        assert last.null_count == len(last) > 0
    assert counter.find_table(none).num_rows == 0
    assert counter.find_table(pyarrow.table({"id": [1], "text": ["犬。"]})).num_rows == 0


def test_id_may_be_left_out(counter):
    table = pyarrow.table({"body": ["必ず効きます。"]})
    assert counter.count_table(table, text="body", id=None).column_names[0] == "characters"
    assert counter.find_table(table, text="body", id=None).column_names[0] == "line"


DATA = {"id": ["a", "b", "c", "d"], "text": TEXTS, "site": ["x", "x", "y", "y"]}


def duckdb_result():
    import duckdb

    texts = pyarrow.table(DATA)
    connection = duckdb.connect()
    connection.register("texts", texts)
    return connection.sql("SELECT * FROM texts ORDER BY id")


def pandas_frame(**types):
    import pandas

    return pandas.DataFrame(DATA).astype(types)


def polars_frame(**types):
    import polars

    return polars.DataFrame(DATA).with_columns(polars.col(name).cast(getattr(polars, kind)) for name, kind in types.items())


def polars_chunks():
    import polars

    return polars.concat([polars_frame()[:2], polars_frame()[2:]], rechunk=False)


FRAMES = {
    "pandas": pandas_frame,
    "pandas, object": lambda: pandas_frame(text="object"),
    "pandas, category": lambda: pandas_frame(text="category"),
    "pandas, with an index": lambda: pandas_frame().query("site != 'z'"),
    "polars": polars_frame,
    "polars, categorical": lambda: polars_frame(text="Categorical"),
    "polars, chunks": polars_chunks,
    "duckdb": duckdb_result,
    "batch": lambda: pyarrow.table(DATA).to_batches()[0],
    "reader": lambda: pyarrow.table(DATA).to_reader(),
}


@pytest.mark.parametrize("name", FRAMES)
def test_tables_of_others_are_counted(counter, name):
    counts = counter.count_table(FRAMES[name](), by=["site"])
    assert [row["assertive"] for row in counts.to_pylist()] == [1, None, 0, 0]
    assert counts["id"].cast(pyarrow.string()).to_pylist() == ["a", "b", "c", "d"]


def test_columns_of_others_are_counted(counter):
    import pandas
    import polars

    for column in (pandas.Series(TEXTS), pandas.Series(TEXTS, dtype=object), polars.Series(TEXTS)):
        assert counter.count_all(column) == expected(counter)


def test_results_go_to_pandas_and_polars(counter, table):
    import polars

    counts = counter.count_table(table, by="genre")
    pandas_sums = counts.to_pandas().groupby("genre")["hedge"].sum()
    polars_sums = dict(polars.from_arrow(counts).group_by("genre").agg(polars.col("hedge").sum()).iter_rows())
    assert pandas_sums.to_dict() == polars_sums


TABLE = pyarrow.table({"id": [1, 2], "text": ["効く。", "犬。"], "tokens": [1, 2], "value": [0.5, 0.25]})


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"text": "body"}, ValueError, 'no column "body" among "id", "text", "tokens", "value"'),
        ({"by": "genre"}, ValueError, 'no column "genre"'),
        ({"text": "value"}, TypeError, 'column "value" is of the type Float64, not of text'),
        ({"by": "tokens"}, ValueError, 'two columns "tokens"; rename'),
        ({"by": ["id"]}, ValueError, 'two columns "id"'),
        ({"shape": "tall"}, ValueError, '"wide" or "long", not "tall"'),
    ],
)
def test_wrong_arguments_are_named(counter, arguments, error, message):
    with pytest.raises(error, match=message):
        counter.count_table(TABLE, **arguments)


def test_other_data_are_refused(counter):
    for data in ({"id": [1], "text": ["a"]}, [("a", "b")], "text"):
        with pytest.raises(TypeError, match="has no Arrow interface"):
            counter.count_table(data)
    with pytest.raises(ValueError, match="id=None leaves it out"):
        counter.count_table(pyarrow.table({"text": ["a"]}))
    twice = pyarrow.Table.from_arrays([pyarrow.array(["a"])] * 2, ["text", "text"])
    with pytest.raises(ValueError, match='two columns are called "text"'):
        counter.count_table(twice, id=None)


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
def test_bytes_that_are_no_text_are_named(counter, kind):
    bytes_column = pyarrow.array([b"a", b"\xe3\x81\x82\xff"])
    offsets = pyarrow.array([0, 1, 5], pyarrow.int32()).buffers()[1]
    column = pyarrow.Array.from_buffers(pyarrow.string(), 2, [None, offsets, pyarrow.py_buffer(b"a\xe3\x81\x82\xff")])
    if kind == "dictionary":
        column = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 1]), column)
    elif kind != "string":
        column = bytes_column.cast({"large_string": pyarrow.large_binary(), "string_view": pyarrow.binary_view()}[kind])
        column = pyarrow.Array.from_buffers(getattr(pyarrow, kind)(), 2, column.buffers())
    table = pyarrow.Table.from_arrays([pyarrow.chunked_array([column.slice(0, 1), column.slice(1)])], ["text"])
    with pytest.raises(hedgerow.HedgerowError, match=r'column "text", row 1 \(from 0\): the bytes at 3 are not UTF-8'):
        counter.count_table(table, id=None)


def test_an_error_of_the_source_is_passed_on(counter):
    def source():
        yield TABLE.to_batches()[0]
        raise OSError("broken pipe to the store")

    reader = pyarrow.RecordBatchReader.from_batches(TABLE.schema, source())
    with pytest.raises(hedgerow.HedgerowError, match="broken pipe to the store"):
        counter.count_table(reader)


def test_progress_adds_up(counter):
    import tqdm

    table = pyarrow.table({"id": range(100_000), "text": ["", None] * 50_000})
    with tqdm.tqdm(total=len(table), file=sys.stderr, disable=False) as bar:
        counts = counter.count_table(table, progress=bar.update)
        assert bar.n == len(table) == counts.num_rows
    done = []
    counter.count_all(table["text"], progress=done.append)
    assert sum(done) == len(table) and len(done) > 2


def memory():
    """The memory of this process in MiB."""
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmRSS")).split()[1]) >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20


def test_memory_does_not_grow_with_the_number_of_batches(counter):
    """200 batches of four megabytes each, most of them in a column that is not read."""
    schema = pyarrow.schema({"id": pyarrow.int64(), "text": pyarrow.string(), "payload": pyarrow.binary()})

    def source():
        for number in range(200):
            yield pyarrow.record_batch(
                {"id": range(4), "text": [f"{number} お知らせ。"] * 4, "payload": [bytes(1 << 20)] * 4}, schema=schema
            )

    seen = []
    for batch in counter.count_batches(pyarrow.RecordBatchReader.from_batches(schema, source()), by=["payload"]):
        assert batch.num_rows == 4
        seen.append(memory())
    assert len(seen) == 200
    before, after = max(seen[:50]), max(seen[50:])
    assert after - before < 16, f"{before} MiB in the first quarter, {after} MiB later"
