#!/usr/bin/env python3
"""Measures how time and memory of `hedgerow count` grow, and what it costs to start.

    growth.py CORPUS [--rounds N] [--only PART] [--base MB] [--scratch DIR]

CORPUS is a text file or a folder of them (benches/corpus.py builds one, of 18 MB). Parts:
    size     1×, 10× and 100× a tenth of the corpus (or --base), on two threads: time should grow as the text does, memory not
    files    4,000 small files against one file of the same text, on one thread and on two
    large    one file of 200 MB, on one thread and on two: are both used?
    cost     the whole job on one file and one thread against cutting its sentences alone: what does counting cost?
    start    one sentence: time and memory of a whole run, and of `--version`

Distinct text comes first, as far as it goes, then it is repeated; the output says where. Every prefix is a fair sample: documents
come in the order of a digest of their names. The contestants of a part run in turn, once a round, after a warm-up; the tables show
medians with least and most. Takes about 600 MB of --scratch and ten minutes. Pure standard library, not for Windows.
"""

import argparse
import csv
import hashlib
import json
import pathlib
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import measure  # noqa: E402

LARGE = 200_000_000
SMALL_FILES = 4000
SENTENCE = "この方法は必ず役に立つと期待される。\n"
STARTS = 31

# A process as small as Python can be, which starts a command and says its seconds and peak memory: a child's peak
# begins with that of its parent.
STARTER = """
import os, sys, time
null = [(os.POSIX_SPAWN_OPEN, n, "/dev/null", f, 0) for n, f in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY))]
began = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=null)
_, status, usage = os.wait4(child, 0)
print([time.perf_counter() - began, usage.ru_maxrss, status])
"""


def count(program, place, scratch):
    return [program, "count", place, "--out", scratch / "stats", "--force"]


def sample(corpus):
    """The documents of the corpus in an order that has nothing to do with what they are about."""
    files = measure.texts(corpus)
    root = pathlib.Path(corpus).resolve()

    def key(file):
        return hashlib.sha256((file.relative_to(root).as_posix() if root.is_dir() else file.name).encode()).digest()

    if len(files) > 1:
        return [measure.read(file) for file in sorted(files, key=key)]
    # One file has no order to change; its pieces are its documents.
    return pieces(measure.read(files[0]), 1000)


def pieces(text, number):
    """Cuts a text at line ends into about so many pieces of the same size."""
    found = []
    start = 0
    for index in range(1, number + 1):
        least = max(len(text) * index // number, start)
        end = text.find(b"\n", least - 1) + 1 if least < len(text) else len(text)
        end = end or len(text)
        if end > start:
            found.append(text[start:end])
        start = end
    return found


def grow(documents, size):
    """Documents until their size is reached, from the start again when they are used up."""
    total = 0
    while True:
        for document in documents:
            if total >= size:
                return
            yield document
            total += len(document)


def write(folder, documents):
    """Writes documents as files, some hundred to a folder; bytes and number."""
    size = number = 0
    for number, document in enumerate(documents, 1):
        place = folder / f"{number // 500:04}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:07}.txt").write_bytes(document)
        size += len(document)
    return size, number


def part_size(program, documents, scratch, rounds, base):
    distinct = sum(map(len, documents))
    contestants, sizes = {}, {}
    for factor in (1, 10, 100):
        folder = scratch / f"times-{factor}"
        sizes[factor] = write(folder, grow(documents, round(factor * base)))
        contestants[factor] = lambda folder=folder: measure.run(count(program, folder, scratch), threads=2)
    runs = measure.series(contestants, rounds)
    rows = []
    for factor, (size, number) in sizes.items():
        repeated = f"{distinct / 1e6:.1f} MB distinct, then repeated: {size / distinct:.1f} times in all"
        share = size / sizes[10][0]
        pairs = list(zip(runs[factor], runs[10]))
        rows.append([
            f"{factor}×", measure.megabytes(size), f"{number:,}", "distinct" if size <= distinct else repeated,
            measure.spread(run.seconds for run in runs[factor]),
            measure.spread(run.cpu for run in runs[factor]),
            measure.spread(run.seconds / ten.seconds / share for run, ten in pairs),
            measure.spread(run.cpu / ten.cpu / share for run, ten in pairs),
            measure.spread((run.memory / 1e6 for run in runs[factor]), 0),
        ])
    print("## Growth with the text, two threads\n")
    head = ["", "MB", "documents", "text", "seconds", "CPU seconds", "seconds a byte to 10×", "CPU a byte to 10×", "peak MB"]
    print(measure.table(head, rows, right=[name for name in head if name not in {"", "text"}]))

    def further(less, more):
        # What a run costs whatever its size falls out of a difference.
        size = (sizes[more][0] - sizes[less][0]) / 1e6
        both = list(zip(runs[less], runs[more]))
        seconds = measure.spread((1e3 * (long.seconds - short.seconds) / size for short, long in both), 1)
        cpu = measure.spread((1e3 * (long.cpu - short.cpu) / size for short, long in both), 1)
        return [f"{less}× to {more}×", seconds, cpu]

    head = ["each further MB", "milliseconds", "CPU milliseconds"]
    print(measure.table(head, [further(1, 10), further(10, 100)], right=head[1:]))
    print("Aims: time grows as the text does, within 5 %; peak memory the same and at most 300 MB.\n")


def part_files(program, documents, scratch, rounds):
    text = b"".join(documents)
    small = scratch / "small"
    _, number = write(small, pieces(text, SMALL_FILES))
    big = scratch / "big.txt"
    big.write_bytes(text)
    contestants = {
        (name, threads): lambda place=place, threads=threads: measure.run(count(program, place, scratch), threads=threads)
        for threads in (1, 2) for name, place in (("one file", big), ("small files", small))
    }
    runs = measure.series(contestants, rounds)
    rows = []
    for (name, threads), own in runs.items():
        relative = [run.seconds / one.seconds for run, one in zip(own, runs["one file", threads])]
        cpu = [run.cpu / one.cpu for run, one in zip(own, runs["one file", threads])]
        rows.append([
            f"{number:,} small files" if name == "small files" else name, threads, measure.spread(run.seconds for run in own),
            measure.spread(relative), measure.spread(cpu), measure.spread((run.memory / 1e6 for run in own), 0),
        ])
    print(f"## Small files against one file, {measure.megabytes(len(text))} MB, distinct text\n")
    head = ["", "threads", "seconds", "relative to one file", "CPU, relative", "peak MB"]
    print(measure.table(head, rows, right=head[1:]))
    print("Aim: at most 1.10.\n")


def part_large(program, documents, scratch, rounds):
    distinct = sum(map(len, documents))
    path = scratch / "large.txt"
    with open(path, "wb") as file:
        for document in grow(documents, LARGE):
            file.write(document)
    size = path.stat().st_size
    contestants = {
        threads: lambda threads=threads: measure.run(count(program, path, scratch), threads=threads) for threads in (1, 2)
    }
    runs = measure.series(contestants, rounds)
    rows = [
        [
            threads, measure.spread(run.seconds for run in own),
            measure.spread(one.seconds / run.seconds for run, one in zip(own, runs[1])),
            measure.spread(run.cpu / run.seconds for run in own),
            measure.spread((run.memory / 1e6 for run in own), 0),
        ]
        for threads, own in runs.items()
    ]
    repeated = f"distinct {distinct / 1e6:.1f} MB, then repeated" if size > distinct else "distinct"
    print(f"## One file of {measure.megabytes(size)} MB ({repeated})\n")
    head = ["threads", "seconds", "speed relative to one thread", "processors in use", "peak MB"]
    print(measure.table(head, rows, right=head))
    print("Aim: both are used (1.9 times the speed of one).\n")


def part_cost(program, documents, scratch, rounds):
    text = scratch / "all.txt"
    text.write_bytes(b"".join(documents))
    cutting = measure.build_example("cutting")
    found = set()

    def cut():
        morphemes, seconds = measure.output([cutting, text], "the sentences can't be cut").split()
        found.add(morphemes)
        return measure.Run(float(seconds), None, None)

    whole = count(program, text, scratch)
    runs = measure.series({"cut": cut, "count": lambda: measure.run(whole, threads=1)}, rounds)
    with open(scratch / "stats" / "documents.csv", encoding="utf-8-sig", newline="") as file:
        counted = sum(int(row["morphemes"]) for row in csv.DictReader(file))
    if found != {str(counted)}:
        measure.fail(f"{' and '.join(sorted(found))} morphemes were cut, and {counted} counted")
    rows = [
        [
            name, measure.spread(run.seconds for run in runs[key]),
            measure.spread(run.seconds / alone.seconds for run, alone in zip(runs[key], runs["cut"])),
        ]
        for key, name in (("cut", "cutting alone, the sentences in memory"), ("count", "`count`, one file, one thread"))
    ]
    print(f"## The whole job against cutting alone, {counted:,} morphemes\n")
    head = ["", "seconds", "relative to cutting"]
    print(measure.table(head, rows, right=head[1:]))
    print("Aim: at most 1.05.\n")


def part_start(program, scratch):
    sentence = scratch / "sentence.txt"
    sentence.write_text(SENTENCE, encoding="utf-8")
    contestants = {
        "`count`, one sentence": count(program, sentence, scratch),
        "`--version`": [program, "--version"],
        "`true`: what this way of measuring shows of nothing": ["true"],
    }
    found = {name: [] for name in contestants}
    for turn in range(-2, STARTS):
        for name, command in contestants.items():
            shutil.rmtree(scratch / "stats", ignore_errors=True)
            answer = measure.output([sys.executable, "-I", "-S", "-c", STARTER, *map(str, command)], "the start can't be measured")
            seconds, memory, status = json.loads(answer)
            if status != 0:
                measure.fail(f"`{' '.join(map(str, command))}` failed")
            if turn >= 0:
                found[name].append((seconds, memory * (1 if sys.platform == "darwin" else 1024)))
    rows = [
        [name, measure.spread(seconds * 1e3 for seconds, _ in own), measure.spread((memory / 1e6 for _, memory in own), 1)]
        for name, own in found.items()
    ]
    print(f"## Start-up, {STARTS} runs each\n")
    print(measure.table(["", "milliseconds", "peak MB"], rows, right=["milliseconds", "peak MB"]))
    print("Aims: at most 10 ms and 20 MB. (The least is closest to the truth on a machine that has other work.)\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", metavar="CORPUS", help="a text file, or a folder of .txt files")
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs after the warm-up (default: 5)")
    names = ["start", "cost", "files", "size", "large"]
    parser.add_argument("--only", action="append", choices=names, help="only this part; can be given more than once")
    parser.add_argument("--base", type=float, metavar="MB", help="what 1× is (default: a tenth of the corpus)")
    where = "where to put the texts and tables for a while (default: the system's temporary folder)"
    parser.add_argument("--scratch", type=pathlib.Path, help=where)
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds: at least 1")
    if options.scratch and not options.scratch.is_dir():
        parser.error(f"--scratch: {options.scratch} is no folder")
    documents = sample(options.corpus)
    total = sum(map(len, documents))
    if total < 1_000_000:
        measure.fail(f"{total:,} bytes are too little to measure anything; benches/corpus.py builds a corpus")
    base = options.base * 1e6 if options.base else total / 10
    if base < 100_000:
        parser.error("--base: at least 0.1")
    program = measure.build()
    chosen = options.only or names
    print(measure.facts(
        f"text: {total / 1e6:.1f} MB distinct, {len(documents)} documents",
        f"series: {options.rounds} rounds after one warm-up, contestants in turn; median (least–most)",
    ))
    parts = {
        "size": lambda scratch: part_size(program, documents, scratch, options.rounds, base),
        "files": lambda scratch: part_files(program, documents, scratch, options.rounds),
        "large": lambda scratch: part_large(program, documents, scratch, options.rounds),
        "cost": lambda scratch: part_cost(program, documents, scratch, options.rounds),
        "start": lambda scratch: part_start(program, scratch),
    }
    for name in chosen:
        measure.note(f"{name} …")
        with tempfile.TemporaryDirectory(prefix="hedgerow-growth-", dir=options.scratch) as folder:
            parts[name](pathlib.Path(folder))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
