"""The command of the package behaves as the program does."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest

import hedgerow
from conftest import CORPUS, program

COMMAND = [sys.executable, "-m", "hedgerow"]
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and devices of POSIX")


def heed_signals():
    """In a process that begins: a job in the background is begun with some of them ignored, and so are its children."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Texts that take more than a few seconds."""
    folder = tmp_path_factory.mktemp("large")
    text = "".join(sorted(path.read_text(encoding="utf-8") for path in CORPUS.glob("*/*.txt")))
    for number in range(1_000):
        (folder / f"{number}.txt").write_text(f"{number}。{text}", encoding="utf-8")
    return folder


def test_it_is_installed_under_its_name():
    command = pathlib.Path(sys.executable).parent / "hedgerow"
    version = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
    assert version == f"hedgerow {hedgerow.__version__}\n"
    assert program("--version").stdout.decode() == version


def test_statuses_are_those_of_the_program(tmp_path):
    assert program("--help").returncode == 0
    slip = program("cuont")
    assert slip.returncode == 2 and b"count" in slip.stderr
    failed = program("count", tmp_path / "none", "--out", tmp_path / "stats")
    assert failed.returncode == 1 and failed.stderr.startswith(b"error: ") and b"none" in failed.stderr
    assert b"Traceback" not in slip.stderr + failed.stderr


def test_licences_are_inside():
    assert b"Nara Institute of Science and Technology" in program("--licenses").stdout


def test_standard_input_is_read(tmp_path):
    text = "必ず効きます。".encode()
    run = program("count", "-", "--out", tmp_path / "stats", input=text)
    assert run.returncode == 0, run.stderr
    assert hedgerow.read_run(tmp_path / "stats", "pyarrow")["documents"]["assertive"].to_pylist() == [1]


def started(large, out, begin=heed_signals):
    """A run that is counting."""
    command = [*COMMAND, "count", str(large), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=begin)
    workplace = out.parent / f".hedgerow-{out.name}"
    deadline = time.monotonic() + 60
    while not workplace.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    return process


@POSIX
@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_a_run_and_leaves_nothing(large, tmp_path, number, status):
    process = started(large, tmp_path / "stats")
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == status, stderr
    assert b"interrupted" in stderr.lower() and b"Traceback" not in stderr and b"KeyboardInterrupt" not in stderr
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_an_ignored_signal_stays_ignored(large, tmp_path):
    process = started(large, tmp_path / "stats", begin=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert process.poll() is None
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 143


@POSIX
def test_a_reader_that_has_seen_enough_is_no_error():
    process = subprocess.Popen([*COMMAND, "lexicon", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait(timeout=60) == 0


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="there is no /dev/full")
def test_output_that_cant_be_written_is_an_error():
    with open("/dev/full", "wb") as full:
        run = subprocess.run([*COMMAND, "lexicon", "list"], stdout=full, stderr=subprocess.PIPE)
    assert run.returncode == 1 and run.stderr.startswith(b"error: ") and b"Exception" not in run.stderr


def test_the_tables_are_the_same_bytes_as_another_runs(stats, tmp_path):
    shutil.copytree(CORPUS, tmp_path / "corpus")
    run = program("count", tmp_path / "corpus", "--out", tmp_path / "stats", "--by", "genre", "--resamples", "100")
    assert run.returncode == 0, run.stderr
    for path in filter(pathlib.Path.is_file, stats.rglob("*")):
        name = path.relative_to(stats)
        assert path.read_bytes() == (tmp_path / "stats" / name).read_bytes(), name


@POSIX
def test_ctrl_c_ends_count_all(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import hedgerow\n"
        "counter = hedgerow.Counter()\n"
        "try:\n"
        "    counter.count_all(['必ず効くでしょう。' * 1_000] * 1_000_000, progress=lambda done: print(done, flush=True))\n"
        "except KeyboardInterrupt:\n"
        "    print(counter.count('必ず')['assertive'], 'interrupted')\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_signals)
    assert int(process.stdout.readline()) > 0
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 0 and stdout.decode().endswith("1 interrupted\n"), stderr
