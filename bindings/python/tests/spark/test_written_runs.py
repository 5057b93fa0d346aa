"""`hedgerow.spark.write_run` writes the tables of one run, whatever happens to the nodes."""

import os
import pathlib
import signal
import threading
import time

import hedgerow
import hedgerow.spark
import pytest
import support
from support import frame, tables


def test_the_tables_are_those_of_one_run(spark, one_run, tmp_path):
    documents = support.documents(500) + [{"id": "empty", "text": "", "genre": "blog"}]
    expected = one_run(documents)
    hedgerow.spark.write_run(frame(spark, documents, 7), tmp_path / "run", by="genre")
    assert tables(tmp_path / "run") == tables(expected)
    # Nothing else was left beside them.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one-run", "run"]


def test_skew_and_empty_partitions_change_nothing(spark, one_run, tmp_path):
    documents = support.documents(60) + [{"id": "long", "text": support.long_text(20_000_000), "genre": "blog"}]
    expected = one_run(documents)
    # Nearly all in one partition, and most of the others empty.
    df = frame(spark, documents, 1).repartitionByRange(1, "genre").union(frame(spark, [], 5))
    hedgerow.spark.write_run(df, tmp_path / "run", by=["genre"])
    assert tables(tmp_path / "run") == tables(expected)


def test_whole_numbers_are_ids_in_the_order_of_their_values(spark, one_run, tmp_path):
    documents = [row | {"id": number} for number, row in enumerate(support.documents(120))]
    expected = one_run(documents)
    df = spark.createDataFrame([(row["id"], row["text"]) for row in documents], "id bigint, text string")
    df = df.join(frame(spark, [row | {"id": str(row["id"])} for row in documents], 2).drop("text"), "id")
    hedgerow.spark.write_run(df, tmp_path / "run", by="genre")
    assert tables(tmp_path / "run") == tables(expected)


def test_without_hits_there_is_no_concordance(spark, tmp_path):
    hedgerow.spark.write_run(frame(spark, support.documents(50), 2), tmp_path / "run", by="genre", hits=False)
    assert "concordance.csv" not in tables(tmp_path / "run")
    assert "documents.csv" in tables(tmp_path / "run")


def test_an_id_that_is_there_twice_is_refused(spark, tmp_path):
    documents = support.documents(50)
    df = frame(spark, documents, 2).union(frame(spark, documents[:1], 1))
    with pytest.raises(hedgerow.HedgerowError, match=documents[0]["id"]):
        hedgerow.spark.write_run(df, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_folder_that_is_there_is_kept_unless_it_may_be_replaced(spark, tmp_path):
    df = frame(spark, support.documents(10), 2)
    hedgerow.spark.write_run(df, tmp_path / "run")
    with pytest.raises(hedgerow.HedgerowError, match="force"):
        hedgerow.spark.write_run(df, tmp_path / "run")
    hedgerow.spark.write_run(df.limit(3), tmp_path / "run", force=True)
    assert len(hedgerow.read_run(tmp_path / "run", "pyarrow")["documents"]) == 3


def executors(application):
    """The processes of this application's executors."""
    found = []
    for place in pathlib.Path("/proc").iterdir():
        try:
            arguments = (place / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if any("ExecutorBackend" in argument for argument in arguments) and application in arguments:
            found.append(int(place.name))
    return found


def test_a_worker_that_is_killed_changes_nothing(spark, one_run, tmp_path):
    # Some seconds of work for each core.
    documents = support.documents(600, sentences=2000)
    expected = one_run(documents)
    context = spark.sparkContext
    failed, killed = [], []

    def kill():
        tracker = context.statusTracker()
        while not killed:
            time.sleep(0.02)
            for stage in tracker.getActiveStageIds():
                info = tracker.getStageInfo(stage)
                # Some tasks have ended, and others are running.
                if info is not None and info.numTasks == 24 and info.numCompletedTasks >= 4 and info.numActiveTasks > 0:
                    executor = executors(context.applicationId)[0]
                    os.kill(executor, signal.SIGKILL)
                    killed.append(executor)
                    break
        stage = info.stageId
        while not failed:
            time.sleep(0.02)
            info = tracker.getStageInfo(stage)
            if info is None or info.numFailedTasks or info.numCompletedTasks == 24:
                failed.append(info is not None and info.numFailedTasks > 0)

    watcher = threading.Thread(target=kill, daemon=True)
    df = frame(spark, documents, 24)
    df.count()
    watcher.start()
    hedgerow.spark.write_run(df, tmp_path / "run", by="genre")
    watcher.join(timeout=60)
    assert killed and not pathlib.Path(f"/proc/{killed[0]}").exists()
    assert failed == [True], "no task was running on the executor that was killed"
    assert tables(tmp_path / "run") == tables(expected)


def test_rows_that_differ_when_they_are_computed_again_are_refused(spark, tmp_path, monkeypatch):
    df = frame(spark, support.documents(10), 2)
    original = type(df).toLocalIterator
    monkeypatch.setattr(type(df), "toLocalIterator", lambda self, **options: list(original(self, **options))[:-1])
    with pytest.raises(hedgerow.HedgerowError, match="other rows"):
        hedgerow.spark.write_run(df, tmp_path / "run")
    assert not (tmp_path / "run").exists()
