#!/usr/bin/env python3
"""How fast the Python package counts, beside the library and beside a loop over fugashi, in one series in which all take turns.

    run.py TEXTS [--rounds N] [--lines N]

TEXTS is a text file, each of whose lines (or N of them joined) is a text; benches/corpus.py makes one of 18 MB. It needs the package
built with optimisation in this Python (`maturin develop --release`), `cargo build --release --no-default-features --example count_all` in
bindings/python, and for the loop the packages of benches/peers/requirements.txt. Of each contestant only the counting is timed, after a round
without looking. A table in Markdown: median (least-most) of the ratios within a round, and of processor time the ratio of the sums, which other work
on the machine hardly changes.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[2]
RUST = TOP / "target/release/examples/count_all"


def rounds(work):
    """Does some work for each line of standard input, and says how long it took and what came of it."""
    for _ in sys.stdin:
        began = time.perf_counter()
        result = work()
        print(time.perf_counter() - began, result, flush=True)


def count_all(path):
    """Without a look at the counts, as the library is timed."""
    import hedgerow

    texts = path.read_text(encoding="utf-8").split("\n")[:-1]
    counter = hedgerow.Counter()
    for _ in sys.stdin:
        began = time.perf_counter()
        counts = counter.count_all(texts)
        seconds = time.perf_counter() - began
        print(seconds, sum(one["hedge"] for one in counts), flush=True)


def count_table(path):
    import hedgerow
    import pyarrow
    from pyarrow import compute

    table = pyarrow.table({"text": path.read_text(encoding="utf-8").split("\n")[:-1]})
    counter = hedgerow.Counter()
    rounds(lambda: compute.sum(counter.count_table(table, id=None)["hedge"]).as_py())


def fugashi(path):
    import collections

    sys.path.insert(0, str(TOP / "benches/peers"))
    import fugashi
    import ipadic
    from fugashi_loop import LEMMA
    from markers import MARKERS

    texts = path.read_text(encoding="utf-8").split("\n")[:-1]
    tagger = fugashi.GenericTagger(ipadic.MECAB_ARGS)
    by_first = collections.defaultdict(list)
    for marker in MARKERS:
        by_first[marker[0]].append(marker)

    def loop():
        found = 0
        for text in texts:
            lemmas = [node.surface if (lemma := node.feature[LEMMA]) == "*" else lemma for node in tagger(text)]
            for position, lemma in enumerate(lemmas):
                for marker in by_first.get(lemma, ()):
                    found += tuple(lemmas[position : position + len(marker)]) == marker
        return found

    rounds(loop)


CONTESTANTS = {work.__name__: work for work in (count_all, count_table, fugashi)}


class Contestant:
    def __init__(self, command, threads):
        environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
        self.process = subprocess.Popen(
            [str(part) for part in command], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def round(self):
        before = self.processor_time()
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seconds, result = self.process.stdout.readline().split()
        return float(seconds), int(result), self.processor_time() - before

    def processor_time(self):
        """Seconds of all its threads so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def shown(ratios):
    return f"{statistics.median(ratios):.3f} ({min(ratios):.3f}–{max(ratios):.3f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--lines", type=int, default=1, help="lines that are a text")
    parser.add_argument("--contestant", choices=CONTESTANTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.contestant:
        return CONTESTANTS[arguments.contestant](arguments.texts)
    lines = arguments.texts.read_text(encoding="utf-8").split("\n")
    texts = ["　".join(lines[at : at + arguments.lines]) for at in range(0, len(lines), arguments.lines)]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "texts"
        path.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
        megabytes = path.stat().st_size / 1e6
        print(f"{len(texts):,} texts, {megabytes:.1f} MB, {arguments.rounds} rounds\n")
        own = [sys.executable, HERE / "run.py", path, "--contestant"]
        cases = {"the library": [RUST, path], "`count_all`": [*own, "count_all"], "`count_table`": [*own, "count_table"]}
        contestants = {(name, threads): Contestant(command, threads) for threads in (1, 2) for name, command in cases.items()}
        contestants["a loop over fugashi", 1] = Contestant([*own, "fugashi"], 1)
        for contestant in contestants.values():
            contestant.round()
        seconds = {key: [] for key in contestants}
        processor = {key: 0.0 for key in contestants}
        for _ in range(arguments.rounds):
            results = {key: contestant.round() for key, contestant in contestants.items()}
            hits = {result for (name, _), (_, result, _) in results.items() if "fugashi" not in name}
            assert len(hits) == 1, f"the contestants count differently: {results}"
            for key, (taken, _, used) in results.items():
                seconds[key].append(taken)
                processor[key] += used
    print("|  | threads | MB/s | relative to the library | of processor time | relative to fugashi | of processor time |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for (name, threads), taken in seconds.items():
        library = seconds["the library", threads]
        loop = seconds["a loop over fugashi", 1]
        to_library = shown([a / b for a, b in zip(library, taken)])
        to_loop = shown([a / b for a, b in zip(loop, taken)])
        used = [processor[key] / processor[name, threads] for key in (("the library", threads), ("a loop over fugashi", 1))]
        speed = megabytes / statistics.median(taken)
        print(f"| {name} | {threads} | {speed:.2f} | {to_library} | {used[0]:.3f} | {to_loop} | {used[1]:.2f} |")


if __name__ == "__main__":
    sys.exit(main())
