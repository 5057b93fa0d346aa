"""What the measuring scripts share: building the program, running a command with its time and memory, facts of the machine.

Python 3.9, standard library only. Not for Windows: the peak memory of a process is what wait4 says.
"""

import datetime
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Run:
    """One run of a command: seconds by the clock, seconds of all its threads, peak memory in bytes."""

    def __init__(self, seconds, cpu, memory):
        self.seconds, self.cpu, self.memory = seconds, cpu, memory


def fail(message):
    sys.exit(f"error: {message}")


def note(message):
    print(message, file=sys.stderr, flush=True)


def output(command, what):
    """What a command prints; its failure ends the script."""
    try:
        return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout
    except FileNotFoundError:
        fail(f"{what}: there is no `{command[0]}`")
    except subprocess.CalledProcessError as error:
        fail(f"{what}: `{' '.join(map(str, command))}` ended with status {error.returncode}")


def target():
    """Cargo's target folder, wherever CARGO_TARGET_DIR or a configuration has put it."""
    metadata = output(["cargo", "metadata", "--format-version=1", "--no-deps"], "the target folder can't be found")
    return pathlib.Path(json.loads(metadata)["target_directory"])


def build():
    """The program, built as it is released."""
    note("building …")
    output(["cargo", "build", "--release", "--quiet"], "the program can't be built")
    return target() / "release" / "hedgerow"


def build_example(name):
    """One of the examples, built likewise."""
    output(["cargo", "build", "--release", "--quiet", "--example", name], f"the example {name} can't be built")
    return target() / "release" / "examples" / name


def run(command, threads=None, stdin=None, stdout=subprocess.DEVNULL):
    """Runs a command to its end and measures it."""
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    environment.pop("RAYON_NUM_THREADS", None)
    if threads:
        environment["RAYON_NUM_THREADS"] = str(threads)
    began = time.perf_counter()
    try:
        # A file, as a pipe that nobody reads would stop the command.
        with open(os.devnull, "rb") as nothing:
            child = subprocess.Popen(command, stdin=stdin or nothing, stdout=stdout, stderr=subprocess.DEVNULL, env=environment)
    except OSError as error:
        fail(f"`{command[0]}` can't be run: {error.strerror}")
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    # Else the object would wait for a child that is gone.
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        fail(f"`{' '.join(map(str, command))}` ended with status {child.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def series(contestants, rounds, cold=1):
    """Runs each contestant once a round, in turn, after `cold` rounds that don't count: {name: [Run, …]}.

    What disturbs the machine for a while so disturbs all of them, and the ratios of one round stay true. Every other round is
    run backwards: none always has the same forerunner.
    """
    runs = {name: [] for name in contestants}
    for number in range(-cold, rounds):
        order = list(contestants) if number % 2 == 0 else list(contestants)[::-1]
        for name in order:
            result = contestants[name]()
            if number >= 0:
                runs[name].append(result)
        note(f"round {number + 1} of {rounds}" if number >= 0 else "warm-up")
    return runs


def median(values):
    return statistics.median(values)


def spread(values, digits=2):
    """`median (least–most)`."""
    values = list(values)
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def table(head, rows, right=()):
    """A Markdown table; the columns in `right` are set flush right."""
    lines = ["| " + " | ".join(head) + " |"]
    lines.append("|" + "|".join("---:" if name in right else "---" for name in head) + "|")
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def megabytes(size):
    return f"{size / 1e6:.1f}"


def texts(corpus):
    """The documents of a corpus that the program would count, sorted: a file, or all of a folder."""
    corpus = pathlib.Path(corpus).resolve()
    if corpus.is_file():
        return [corpus]
    if not corpus.is_dir():
        fail(f"{corpus} does not exist; benches/corpus.py builds a corpus")
    found = []
    for path in sorted(corpus.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(corpus).parts)
        readme = path.name.lower().startswith("readme")
        if path.is_file() and not hidden and not readme and path.suffix in {".txt", ".text", ".md"}:
            found.append(path)
    if not found:
        fail(f"{corpus} holds no .txt, .text or .md")
    return found


def read(path):
    """The text of a document, ending with a line end."""
    data = path.read_bytes()
    return data if data.endswith(b"\n") or not data else data + b"\n"


def facts(*more):
    """Where and when a table was measured, as a Markdown list without names of hosts or people."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count()
    model = platform.machine()
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        model = found[1].strip() if found else model
    except OSError:
        pass
    commit = output(["git", "rev-parse", "--short", "HEAD"], "the commit can't be found").strip()
    if output(["git", "status", "--porcelain", "--untracked-files=no"], "the commit can't be found").strip():
        commit += ", with changes that are not committed"
    rust = output(["rustc", "--version"], "the compiler can't be found").split()[1]
    lines = [
        f"date: {datetime.date.today().isoformat()}",
        f"commit: {commit}",
        f"machine: {cores} cores, {model}, {platform.system()}",
        f"compiler: rustc {rust}, Python {platform.python_version()}",
        f"other work on the machine before: load {os.getloadavg()[0]:.1f}",
        *more,
    ]
    return "\n".join(f"- {line}" for line in lines) + "\n"
