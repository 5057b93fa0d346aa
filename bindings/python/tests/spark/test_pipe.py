"""`RDD.pipe` with the command: partial results of each partition, put together by `merge`."""

import subprocess

import support
from support import tables


def test_piped_partitions_make_the_tables_of_one_run(spark, program, one_run, tmp_path):
    documents = support.documents(300)
    expected = one_run(documents)
    lines = support.lines(documents).splitlines()
    parts = spark.sparkContext.parallelize(lines, 5).pipe(f"{program} count - --partial", checkCode=True)
    parts.saveAsTextFile((tmp_path / "parts").as_uri())
    # Beside the parts, Spark leaves files with checksums and a mark that it has ended.
    files = sorted((tmp_path / "parts").glob("part-*"))
    assert len(files) == 5
    subprocess.run([program, "merge", *files, "--out", tmp_path / "run"], check=True, stdout=subprocess.DEVNULL)
    assert tables(tmp_path / "run") == tables(expected)
