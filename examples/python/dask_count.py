"""Counts the texts of Parquet files with Dask, on the cores of this machine or of a cluster.

    python dask_count.py 'TEXTS/*.parquet' COUNTS

The files have the columns `id` and `text`, and any others, which are kept. Needs hedgerow, pandas and dask[dataframe,distributed].
"""

import sys

import dask.dataframe as dd
import hedgerow
import pyarrow as pa
from dask.distributed import Client


def count(part, counter, by):
    """The counts of a partition, a pandas DataFrame."""
    table = pa.Table.from_pandas(part, preserve_index=False)
    return counter.count_table(table, by=by).to_pandas()


def main(texts, counts):
    # A worker has a core, and threads of its own for no more. Client("tcp://scheduler:8786") works on a cluster.
    with Client(n_workers=2, threads_per_worker=1, env={"RAYON_NUM_THREADS": "1"}):
        df = dd.read_parquet(texts)
        by = [name for name in df.columns if name not in ("id", "text")]
        # It is sent as its arguments, and fails on a worker where they would mean another lexicon, dictionary or version.
        counter = hedgerow.Counter()
        counted = df.map_partitions(count, counter, by, meta=count(df._meta, counter, by))
        counted.to_parquet(counts)
        print(dd.read_parquet(counts)[["hedge", "assertive", "tokens"]].sum().compute().to_string())


if __name__ == "__main__":
    main(*sys.argv[1:])
