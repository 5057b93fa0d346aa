"""The scripts of examples/python that count tables, on a small one."""

import pathlib
import subprocess
import sys

import hedgerow
import pyarrow
import pyarrow.parquet
import pytest

SCRIPTS = pathlib.Path(__file__).resolve().parents[4] / "examples" / "python"
SENTENCES = ["効果が期待される。", "必ず実現します。", "駅前に新しい店ができた。", ""]


@pytest.fixture
def texts(tmp_path):
    """Two files of fifty documents, some of them empty."""
    table = pyarrow.table({
        "id": list(range(100)), "text": [SENTENCES[at % 4] * (at % 7) for at in range(100)], "genre": ["blog", "clinic"] * 50,
    })
    for half in (0, 1):
        pyarrow.parquet.write_table(table.slice(50 * half, 50), tmp_path / f"{half}.parquet")
    return table


def run(script, *arguments):
    return subprocess.run([sys.executable, SCRIPTS / script, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def same(found, texts):
    expected = hedgerow.Counter().count_table(texts, by="genre")
    assert found.sort_by("id").select(expected.column_names).to_pydict() == expected.to_pydict()
    assert sum(expected["hedge"].to_pylist()) > 50


def test_duckdb(texts, tmp_path):
    pytest.importorskip("duckdb")
    counts = tmp_path / "counts" / "all.parquet"
    counts.parent.mkdir()
    printed = run("duckdb_count.py", tmp_path / "*.parquet", counts, "genre")
    same(pyarrow.parquet.read_table(counts), texts)
    assert "blog" in printed and "clinic" in printed


def test_dask(texts, tmp_path):
    pytest.importorskip("dask.dataframe")
    pytest.importorskip("distributed")
    run("dask_count.py", tmp_path / "*.parquet", tmp_path / "counts")
    same(pyarrow.parquet.read_table(tmp_path / "counts"), texts)
