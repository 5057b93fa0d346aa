"""`hedgerow.spark.count` and `find` give what the counter of one process gives."""

import doctest
import os

import hedgerow
import hedgerow.spark
import pyarrow
import pytest
import support
from pyspark.sql import functions as F
from support import frame


def arrow(documents):
    return pyarrow.table({name: pyarrow.array([row[name] for row in documents], pyarrow.string()) for name in support.COLUMNS})


def rows(found):
    """The rows of a DataFrame or of a table of Arrow, in some order that both have."""
    if isinstance(found, pyarrow.Table):
        found = list(zip(*(column.to_pylist() for column in found.columns))) if found.num_rows else []
    else:
        found = [tuple(row) for row in found.collect()]
    return sorted(found, key=lambda row: tuple((value is None, str(value)) for value in row))


@pytest.fixture(scope="module")
def documents():
    found = support.documents(300)
    found += [{"id": "null", "text": None, "genre": "blog"}, {"id": "empty", "text": "", "genre": None}]
    return found


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_counts_are_those_of_one_process(spark, documents, shape):
    expected = hedgerow.Counter().count_table(arrow(documents), by=["genre"], shape=shape)
    # Some partitions have no rows.
    df = frame(spark, documents, 4).union(frame(spark, [], 3))
    found = hedgerow.spark.count(df, by=["genre"], shape=shape)
    assert found.columns == expected.column_names
    assert rows(found) == rows(expected)


def test_hits_are_those_of_one_process(spark, documents):
    expected = hedgerow.Counter().find_table(arrow(documents), by="genre")
    found = hedgerow.spark.find(frame(spark, documents, 5), by="genre")
    assert found.columns == expected.column_names
    assert expected.num_rows > 1000
    assert rows(found) == rows(expected)


def test_a_null_has_nulls_and_an_empty_text_has_zeros(spark, documents):
    found = hedgerow.spark.count(frame(spark, documents, 3)).where(F.col("id").isin("null", "empty"))
    by_id = {row["id"]: row for row in found.collect()}
    assert by_id["null"]["hedge"] is None and by_id["null"]["tokens"] is None
    assert by_id["empty"]["hedge"] == 0 and by_id["empty"]["tokens"] == 0


def test_ids_of_other_types_and_names_with_dots_are_kept(spark):
    df = spark.createDataFrame([(7, "必ず実現します。", 2020)], "`a.id` bigint, `the text` string, year int")
    row = hedgerow.spark.count(df, id="a.id", text="the text", by="year").first()
    assert (row["a.id"], row["year"], row["assertive"]) == (7, 2020, 2)
    assert hedgerow.spark.count(df, id=None, text="the text").first()["assertive"] == 2


def test_a_long_document_among_many(spark):
    long = support.long_text(20_000_000)
    small = [{"id": f"s{number}", "text": "必ず実現します。", "genre": None} for number in range(50)]
    documents = [*small, {"id": "long", "text": long, "genre": None}]
    expected = {row["id"]: row["hedge"] for row in hedgerow.Counter().count_table(arrow(documents)).to_pylist()}
    found = hedgerow.spark.count(frame(spark, documents, 2)).select("id", "hedge").collect()
    assert {row["id"]: row["hedge"] for row in found} == expected
    assert expected["long"] > 100_000


def test_a_counter_is_loaded_once_a_worker(spark):
    df = frame(spark, support.documents(200), 12)

    def loaded(batches):
        list(counting(batches))
        counters = list(hedgerow.spark._COUNTERS.values())
        yield pyarrow.RecordBatch.from_pydict({"worker": [os.getpid()], "counters": [len(counters)], "same": [id(counters[0])]})

    counting = hedgerow.spark._Count(hedgerow.spark._SetUp.of(None, None), hedgerow.spark._Names("id", ("genre",), "text"), "wide")
    found = df.select("id", "genre", "text").mapInArrow(loaded, "worker bigint, counters bigint, same bigint").collect()
    assert len(found) == 12
    assert {row["counters"] for row in found} == {1}
    # Each worker served many tasks with the same counter.
    assert len({row["worker"] for row in found}) == len({(row["worker"], row["same"]) for row in found}) <= 4


def test_malformed_text_is_refused_with_its_document(spark):
    df = frame(spark, support.documents(20), 2).withColumn("text", F.expr("if(id = 'd00007', cast(unhex('E381E3') as string), text)"))
    with pytest.raises(Exception, match="document 'd00007'"):
        hedgerow.spark.count(df).collect()
    # The remedy of docs/scale.md.
    mended = df.withColumn("text", F.expr("decode(encode(text, 'UTF-8'), 'UTF-8')"))
    assert hedgerow.spark.count(mended).where("id = 'd00007'").first()["characters"] == 2


def test_a_lexicon_is_sent_with_the_tasks(spark, tmp_path):
    lexicon = tmp_path / "own.toml"
    lexicon.write_text('category = "evidential"\nstance = "hedge"\n\n[[entry]]\nid = "店"\npattern = \'"店"\'\nexamples = ["店がある。"]\n', encoding="utf-8")
    df = frame(spark, [{"id": "a", "text": "新しい店ができた。", "genre": None}], 1)
    counted = hedgerow.spark.count(df, lexicon=lexicon)
    lexicon.unlink()
    assert counted.first()["evidential"] == 1
    assert hedgerow.spark.count(df).first()["evidential"] == 0


def test_what_the_result_can_not_be_called_is_said_before_anything_runs(spark):
    df = spark.createDataFrame([("a", "必ず。", 1)], "id string, text string, hedge int")
    with pytest.raises(ValueError, match="hedge"):
        hedgerow.spark.count(df, by="hedge")
    with pytest.raises(ValueError, match="twice"):
        hedgerow.spark.count(df, by=["id"])
    with pytest.raises(ValueError, match="shape"):
        hedgerow.spark.count(df, shape="tall")


def test_the_example_of_the_module_holds(spark):
    results = doctest.testmod(hedgerow.spark)
    assert results.attempted >= 5 and results.failed == 0
