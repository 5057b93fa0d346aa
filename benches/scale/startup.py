#!/usr/bin/env python3
"""Measures what Spark takes to start before a document is counted, on `local-cluster[2,1,1024]`.

    startup.py [--rounds N]

Run it with a Python that has hedgerow and pyspark (that of the step Spark of .ci/run: target/spark/bin/python). Needs Java 17; not for Windows.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import measure  # noqa: E402

# A process of its own each time, as a Java machine that has been used is warm.
ROUND = """
import json, os, sys, time
os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.sql import SparkSession
import hedgerow.spark
steps = []
def step(work):
    began = time.perf_counter()
    found = work()
    steps.append(time.perf_counter() - began)
    return found
builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
spark = step(builder.config("spark.ui.showConsoleProgress", "false").getOrCreate)
df = spark.range(0, 2, 1, 2).selectExpr("id", "'必ず実現します。' as text")
same = df.mapInArrow(lambda batches: batches, df.schema)
step(same.collect)
step(same.collect)
counts = hedgerow.spark.count(df)
step(counts.collect)
step(counts.collect)
spark.stop()
print(json.dumps(steps))
"""

# Seconds of a Python that has imported what Spark's workers import anyway.
LOADING = """
import time, pyarrow
began = time.perf_counter()
import hedgerow
hedgerow.Counter().count("必ず実現します。")
print(time.perf_counter() - began)
"""


def said(code):
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ, SPARK_LOCAL_IP="127.0.0.1"))
    if done.returncode != 0:
        measure.fail(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rounds = [said(ROUND) for _ in range(options.rounds)]
    loading = [said(LOADING) for _ in range(options.rounds)]
    names = [
        "a session: driver, master, two workers", "the first job, of no work: executors, a Python worker each", "the same again",
        "the first count: a counter in each worker", "the same again",
    ]
    rows = [[name, measure.spread(round[at] for round in rounds)] for at, name in enumerate(names)]
    rows.append(["of it: import and counter in a fresh Python", measure.spread(loading)])
    print(measure.table(["", "seconds"], rows, right=["seconds"]))


if __name__ == "__main__":
    main()
