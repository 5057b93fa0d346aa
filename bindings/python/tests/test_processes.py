"""Threads, forks and other processes."""

import concurrent.futures
import multiprocessing
import os
import threading
import time

import pyarrow
import pytest

TEXTS = ["効果が期待されています。必ず実現します。", None, "まだ証明されていません。", ""] * 50

#: How long a process that waits for ever is waited for, in seconds.
PATIENCE = 120


def count_all(counter):
    return counter.count_all(TEXTS)


def test_threads_share_a_counter(counter):
    expected = counter.count_all(TEXTS)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert all(counts == expected for counts in pool.map(count_all, [counter] * 8))
        one = list(pool.map(counter.count, filter(None, TEXTS)))
    assert one == [counter.count(text) for text in TEXTS if text]


def test_other_threads_run_while_it_counts(counter):
    """A thread that counts with the interpreter's lock would let none run."""
    text = "効果が期待されています。" * 100_000
    for work in (counter.count, counter.find, lambda text: counter.count_all([text] * 2)):
        done = threading.Event()
        ticks = 0

        def wait():
            work(text)
            done.set()

        thread = threading.Thread(target=wait)
        thread.start()
        while not done.is_set():
            time.sleep(0.001)
            ticks += 1
        thread.join()
        assert ticks > 10


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="there is no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_counts_with_threads_of_its_own(counter):
    expected = counter.count_all(TEXTS)
    context = multiprocessing.get_context("fork")
    with context.Pool(2) as pool:
        results = [pool.apply_async(count_all, (counter,)) for _ in range(4)]
        assert all(result.get(timeout=PATIENCE) == expected for result in results)
    # The parent goes on with its own.
    assert counter.count_all(TEXTS) == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_makes_a_counter_of_its_own(counter):
    counter.count_all(TEXTS)
    context = multiprocessing.get_context("fork")
    with context.Pool(1) as pool:
        digest = pool.apply_async(make, ()).get(timeout=PATIENCE)
    assert digest == counter.lexicon_digest


def make():
    import hedgerow

    return hedgerow.Counter(lexicon=[]).lexicon_digest


def test_other_processes_are_sent_the_counter(counter):
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        results = [pool.submit(count_all, counter) for _ in range(2)]
        assert all(result.result(timeout=PATIENCE) == counter.count_all(TEXTS) for result in results)


def test_a_text_of_20_megabytes_is_counted(counter):
    """A marker behind 20 million line ends. Without optimisation it takes a minute."""
    text = "\n" * 20_000_000 + "必ず効きます。"
    table = pyarrow.table({"id": [1, 2, 3], "text": ["効く。", text, "効く。"]})
    (hit,) = counter.find_table(table).to_pylist()
    assert (hit["id"], hit["start"], hit["line"], hit["node"]) == (2, 20_000_000, 20_000_001, "必ず")
    counts = counter.count(text)
    assert (counts["characters"], counts["assertive"], counts["sentences"]) == (20_000_007, 1, 1)


def test_two_threads_cant_read_the_same_batches(counter):
    """Each of them takes whole batches, or is told that another is reading; none waits for ever."""
    table = pyarrow.table({"id": range(2_000), "text": ["必ず効きます。"] * 2_000})
    reader = counter.count_batches(table.to_reader(max_chunksize=50))
    rows = []

    def read():
        while True:
            try:
                rows.append(reader.read_next_batch().num_rows)
            except StopIteration:
                return
            except RuntimeError as error:
                assert "another thread" in str(error)

    threads = [threading.Thread(target=read, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    assert sum(rows) == 2_000
