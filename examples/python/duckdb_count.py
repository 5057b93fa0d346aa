"""Counts the texts of Parquet files with DuckDB and Arrow, in memory that does not grow with them.

    python duckdb_count.py 'TEXTS/*.parquet' COUNTS.parquet [GROUP]

The files have the columns `id` and `text`, and one called GROUP if its groups are to be summed up. Needs hedgerow and duckdb.
"""

import sys

import duckdb
import hedgerow


def main(texts, counts, group=None):
    counter = hedgerow.Counter()
    by = [group] if group else []
    # DuckDB reads the files, a batch of rows at a time. It keeps what it has read as long as its limit allows.
    limit = {"memory_limit": "500MB"}
    source = duckdb.connect(config=limit).sql("select * from read_parquet(?)", params=[texts])
    batches = counter.count_batches(source.to_arrow_reader(1000), by=by)
    # The batches are counted as DuckDB asks for them, and go into the file.
    duckdb.connect(config=limit).execute("copy (select * from batches) to '" + counts.replace("'", "''") + "' (format parquet)")
    if group:
        name = '"' + group.replace('"', '""') + '"'
        total = "sum(hedge)::bigint hedge, sum(assertive)::bigint assertive, sum(tokens)::bigint tokens"
        rate = "round(1000 * sum(hedge) / sum(tokens), 2) hedges_per_1000_tokens"
        query = f"select {name}, count(*) documents, {total}, {rate} from read_parquet(?) group by 1 order by 1"
        print(duckdb.sql(query, params=[counts]))


if __name__ == "__main__":
    main(*sys.argv[1:])
