#!/usr/bin/env python3
"""Measures the memory and time of examples/python/duckdb_count.py on generated Japanese text, and checks the memory against a bound.

    out_of_core.py [--size MB] [--bound MB] [--scratch DIR]

Run it with a Python that has hedgerow, duckdb and pyarrow. Not for Windows.
"""

import argparse
import pathlib
import sys
import tempfile

import pyarrow
import pyarrow.parquet

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import measure  # noqa: E402
import memory  # noqa: E402

EXAMPLE = HERE.parent.parent / "examples" / "python" / "duckdb_count.py"
# Bytes of a document: a page of mC4 in Japanese.
DOCUMENT = 9500
# Rows of a row group: as many bytes as a partition should have (docs/scale.md).
ROW_GROUP = 10_000


def write(path, size):
    """A Parquet file with so many bytes of text; how many documents."""
    schema = pyarrow.schema([("id", pyarrow.int64()), ("text", pyarrow.string()), ("genre", pyarrow.string())])
    number = 0
    texts = []
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        for part in memory.sentences(size, "。\n"):
            texts += [part[at : at + DOCUMENT].decode(errors="ignore") for at in range(0, len(part), DOCUMENT)]
            if len(texts) >= ROW_GROUP:
                number += write_rows(file, schema, number, texts)
                texts = []
        number += write_rows(file, schema, number, texts)
    return number


def write_rows(file, schema, number, texts):
    ids = list(range(number, number + len(texts)))
    genres = ["blog" if id % 3 else "clinic" for id in ids]
    file.write_table(pyarrow.table([ids, texts, genres], schema=schema))
    return len(texts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=float, default=1000)
    parser.add_argument("--bound", type=float, default=1000)
    parser.add_argument("--scratch", type=pathlib.Path)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        texts, counts = pathlib.Path(scratch) / "texts.parquet", pathlib.Path(scratch) / "counts.parquet"
        for size in (options.size / 10, options.size):
            documents = write(texts, round(size * 1e6))
            run = measure.run([sys.executable, EXAMPLE, texts, counts, "genre"])
            if pyarrow.parquet.read_metadata(counts).num_rows != documents:
                sys.exit("error: not every document was counted")
            rows.append([f"{size:,.0f}", f"{documents:,}", f"{run.seconds:.1f}", f"{run.cpu:.1f}", f"{run.memory / 1e6:.0f}"])
    head = ["MB of text", "documents", "seconds", "processor seconds", "peak MB"]
    print(measure.table(head, rows, right=head))
    if run.memory > options.bound * 1e6:
        sys.exit(f"error: more than {options.bound:.0f} MB of memory")


if __name__ == "__main__":
    main()
