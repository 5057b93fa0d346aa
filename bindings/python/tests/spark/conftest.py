"""A cluster of two workers with a core each, as processes of this machine.

The tests need pyspark and Java 17, and take some minutes. `.ci/run` runs them in an environment of their own (requirements.txt).
"""

import importlib.util
import os
import pathlib
import subprocess
import sys

import pytest
import support

# Without pyspark there is nothing to collect here.
if importlib.util.find_spec("pyspark") is None:
    collect_ignore_glob = ["test_*.py"]

os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


@pytest.fixture(scope="module")
def spark():
    session = support.cluster()
    yield session
    session.stop()


@pytest.fixture
def program():
    """The command that the package has brought."""
    return pathlib.Path(sys.executable).parent / "hedgerow"


@pytest.fixture
def one_run(program, tmp_path):
    """The tables that the program writes by itself, over documents in the order of their ids."""

    def run(documents, *options):
        out = tmp_path / "one-run"
        ordered = support.lines(sorted(documents, key=lambda row: row["id"]))
        command = [program, "count", "-", "--id-column", "id", "--out", out, *options]
        subprocess.run(command, input=ordered.encode(), check=True, stdout=subprocess.DEVNULL)
        return out

    return run
