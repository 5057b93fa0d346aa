#!/usr/bin/env python3
"""Fuzzes targets one after the other, and prints a row of docs/reliability.md for each.

    fuzz/campaign.py TARGET…     each until it has run 10,000,000 times, or for ten minutes at least and then until fifteen
                                 minutes pass without new coverage
    fuzz/campaign.py             all targets
    fuzz/campaign.py --minute    one target for a minute: another one each day

`--keep` minimises what was found and puts it into fuzz/corpus; `--sanitizer none` is several times faster than the
default, `address`. Needs cargo-fuzz (`cargo install cargo-fuzz`) and a C++ compiler; any toolchain will do. Everything is
written to target/fuzz, crashes to target/fuzz/crashes.
"""
import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
OUT = FUZZ.parent / "target" / "fuzz"
RUNS = 10_000_000
LEAST, STALE = 600, 900
# Of the kept inputs: how many a target, and how large each and all of them, in bytes.
KEPT, KEPT_EACH, KEPT_ALL = 100, 4_000, 40_000

# By target: its dictionary, and the longest input, in bytes.
DICTIONARIES = {
    "text": ("aozora", "coding", "decoding", "sentences", "subtitles"),
    "tables": ("codings", "csv", "jsonl", "markdown", "tables", "variables"),
    "toml": ("lexicon",),
    "xml": ("docx", "epub", "tei", "xlsx"),
}
LENGTHS = {"lattice": 60, "pattern": 400, "latex": 400, "coding": 600, "sentences": 1_000}


def dictionary(target):
    """The dictionary of a target: one of its own, or one that it shares."""
    shared = (name for name, users in DICTIONARIES.items() if target in users)
    path = FUZZ / "dictionaries" / f"{next(shared, target)}.dict"
    return path if path.exists() else None


def targets():
    return sorted(path.stem for path in (FUZZ / "fuzz_targets").glob("*.rs"))


def build(target, sanitizer):
    command = ["cargo", "fuzz", "build", "--fuzz-dir", FUZZ, "--target-dir", OUT, "-O", "-a", "-s", sanitizer, target]
    # cargo-fuzz asks for options of the compiler that the stable toolchain has behind this door.
    subprocess.run(command, check=True, env={**os.environ, "RUSTC_BOOTSTRAP": "1"})
    host = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout
    return OUT / re.search("^host: (.+)$", host, re.M)[1] / "release" / target


def environment(folder):
    # Leaks are none of the promises, and looking for them takes most of the time of short runs.
    return {**os.environ, "TMPDIR": folder, "ASAN_OPTIONS": "detect_leaks=0"}


def fuzz(binary, target, least, stale):
    """Runs a target, and gives its executions, its coverage, the seconds, and the crashes."""
    corpus = OUT / "corpus" / target
    crashes = OUT / "crashes" / target
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    known = set(crashes.iterdir())
    options = ["-rss_limit_mb=2048", "-timeout=10", "-print_funcs=0", "-print_final_stats=1", f"-runs={RUNS}"]
    options += [f"-max_len={LENGTHS.get(target, 4_000)}", f"-artifact_prefix={crashes}/"]
    if dictionary(target):
        options.append(f"-dict={dictionary(target)}")
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        began = risen = time.monotonic()
        run = subprocess.Popen(
            [binary, corpus, FUZZ / "corpus" / target, *options],
            stderr=subprocess.PIPE,
            errors="replace",
            env=environment(folder),
        )
        state = {"runs": 0, "coverage": 0, "features": 0, "risen": risen}

        def read():
            with open(OUT / f"{target}.log", "w") as log:
                for line in run.stderr:
                    log.write(line)
                    if found := re.match(r"#(\d+)\s.*cov: (\d+) ft: (\d+)", line):
                        runs, coverage, features = map(int, found.groups())
                        if coverage > state["coverage"]:
                            state["risen"] = time.monotonic()
                        state.update(runs=runs, coverage=coverage, features=features)
                    elif found := re.match(r"stat::number_of_executed_units:\s*(\d+)", line):
                        state["runs"] = int(found[1])

        reader = threading.Thread(target=read)
        reader.start()
        while run.poll() is None:
            time.sleep(1)
            now = time.monotonic()
            if now - began >= least and now - state["risen"] >= stale:
                run.send_signal(signal.SIGINT)
                break
        run.wait()
        reader.join()
    return state["runs"], state["coverage"], time.monotonic() - began, sorted(set(crashes.iterdir()) - known)


def keep(binary, target):
    """Puts a small set of inputs with the coverage of all into the repository."""
    own = FUZZ / "corpus" / target
    with tempfile.TemporaryDirectory() as merged, tempfile.TemporaryDirectory() as temp:
        subprocess.run(
            [binary, "-merge=1", "-rss_limit_mb=2048", merged, own, OUT / "corpus" / target],
            check=True,
            stderr=subprocess.DEVNULL,
            env=environment(temp),
        )
        found = [path for path in Path(merged).iterdir() if path.stat().st_size <= KEPT_EACH]
        found.sort(key=lambda path: (path.stat().st_size, path.name))
        # Small and large ones alike.
        found = found[:: len(found) // KEPT + 1]
        chosen, size = [], 0
        seeds = {path.read_bytes() for path in own.glob("*") if not re.fullmatch("[0-9a-f]{40}", path.name)}
        for path in found:
            length = path.stat().st_size
            if size + length <= KEPT_ALL and path.read_bytes() not in seeds:
                chosen.append(path)
                size += length
        for path in own.glob("*"):
            if re.fullmatch("[0-9a-f]{40}", path.name):
                path.unlink()
        for path in chosen:
            shutil.copy(path, own)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--minute", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--sanitizer", default="address")
    asked = parser.parse_args()
    names = asked.targets or targets()
    least, stale = LEAST, STALE
    if asked.minute:
        names = [names[int(time.time()) // 86_400 % len(names)]]
        least, stale = 60, 0
        print(f"today's target: {names[0]}", flush=True)
    crashed = False
    for target in names:
        binary = build(target, asked.sanitizer)
        runs, coverage, seconds, crashes = fuzz(binary, target, least, stale)
        print(f"| `{target}` | {runs:,} | {coverage:,} | {seconds / 60:.0f} | {len(crashes)} |", flush=True)
        for path in crashes:
            print(f"crash: {path}")
        crashed = crashed or bool(crashes)
        if asked.keep:
            keep(binary, target)
    sys.exit(crashed)


main()
