#!/usr/bin/env python3
"""Measures what comes out of a count, for docs/scale.md: bytes of counts, hits and parts, and processor time of parts and of their merge beside that of a count.

    parts.py PROGRAM CORPUS [--rounds N] [--scratch DIR]

CORPUS is the folder that benches/corpus.py has made. One thread; all take turns, once a round, after a warm-up. Python 3.9, standard
library only, not for Windows.
"""

import argparse
import csv
import gzip
import json
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import measure  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scratch", type=pathlib.Path)
    options = parser.parse_args()
    program = options.program.resolve()
    texts = [measure.read(file) for file in measure.texts(options.corpus / "documents")]
    with tempfile.TemporaryDirectory(prefix="hedgerow-parts-", dir=options.scratch) as temporary:
        scratch = pathlib.Path(temporary)
        rows = scratch / "rows.jsonl"
        with open(rows, "w", encoding="utf-8") as file:
            for number, text in enumerate(texts):
                file.write(json.dumps({"id": f"{number:07}", "text": text.decode()}, ensure_ascii=False) + "\n")

        def of_rows(arguments, out=None):
            with open(rows, "rb") as stdin, open(out or scratch / "said", "wb") as stdout:
                return measure.run([program, "count", "-", *arguments], threads=1, stdin=stdin, stdout=stdout)

        stats, part, without = scratch / "stats", scratch / "whole.part", scratch / "no-hits.part"
        contestants = {
            "count": lambda: of_rows(["--id-column", "id", "--out", stats, "--force"]),
            "part": lambda: of_rows(["--partial"], part),
            "without": lambda: of_rows(["--partial", "--no-hits"], without),
            "merge": lambda: measure.run([program, "merge", part, "--out", scratch / "merged", "--force"], threads=1),
        }
        # A round may begin with the merge.
        contestants["part"]()
        runs = measure.series(contestants, options.rounds)

        def relative(name):
            return measure.spread(run.cpu / count.cpu for run, count in zip(runs[name], runs["count"]))

        def sizes(path):
            return [measure.megabytes(path.stat().st_size), measure.megabytes(len(gzip.compress(path.read_bytes(), 6)))]

        with open(stats / "documents.csv", encoding="utf-8-sig", newline="") as file:
            documents = sum(1 for _ in csv.reader(file)) - 1
        table = [
            ["hits: `concordance.csv`", *sizes(stats / "concordance.csv"), ""],
            ["a part: `hedgerow count - --partial`", *sizes(part), relative("part")],
            ["a part without hits: `--no-hits`", *sizes(without), relative("without")],
            ["`hedgerow merge` of the part", "", "", relative("merge")],
        ]
    head = [f"of {measure.megabytes(sum(map(len, texts)))} MB of text, {documents:,} documents", "MB", "compressed (`gzip -6`)", "processor time, relative to `count`"]
    print(measure.table(head, table, right=head[1:]))


if __name__ == "__main__":
    main()
