"""What the tests share: a counter, the sample corpus, and the tables that the program makes of it."""

import csv
import pathlib
import subprocess
import sys

import pyarrow
import pytest

import hedgerow

TOP = pathlib.Path(__file__).resolve().parents[3]
CORPUS = TOP / "corpus"


def program(*arguments, **options):
    """Runs the command of the package."""
    command = [sys.executable, "-m", "hedgerow", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, **options)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def counter():
    return hedgerow.Counter()


@pytest.fixture(scope="session")
def stats(tmp_path_factory):
    """The tables of the sample corpus."""
    folder = tmp_path_factory.mktemp("program") / "stats"
    run = program("count", CORPUS, "--out", folder, "--by", "genre", "--resamples", "100")
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture(scope="session")
def texts(stats):
    """The texts of the sample corpus by document, in the order of documents.csv."""
    names = [row["document"] for row in rows(stats / "documents.csv")]
    return {name: (CORPUS / name).read_bytes().decode("utf-8-sig") for name in names}


@pytest.fixture(scope="session")
def table(stats, texts):
    """The sample corpus as a table: id, text, genre."""
    genres = [row["genre"] for row in rows(stats / "documents.csv")]
    return pyarrow.table({"id": list(texts), "text": list(texts.values()), "genre": genres})
