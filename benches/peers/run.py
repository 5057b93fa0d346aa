#!/usr/bin/env python3
"""Compares `hedgerow count` with what people use today, on one text, in one interleaved series.

    run.py CORPUS [--lexicon FILE] [--rounds N] [--megabytes M]

CORPUS is a text file or a folder of them (benches/corpus.py builds one). Contestants:
    mecab       `mecab -O wakati`: cuts words and does nothing else
    mecab-loop  mecab-python3 with a loop that counts 30 markers (mecab_loop.py)
    fugashi     fugashi with the same loop (fugashi_loop.py)
    count-1     the whole job of `hedgerow count CORPUS --no-report` on one thread: reading, cutting, counting, all tables
    count-2     the same on two threads

First it checks that hedgerow and fugashi find the same plain words (those of --lexicon) in every line. Then all run once a
round, after a warm-up; a ratio is one of two runs of the same round, and the table has their median, least and most.

MeCab and its dictionary are taken from the system (on Debian, and as root, installed if missing); fugashi, mecab-python3 and
ipadic are installed into target/peers with pip (requirements.txt). The dictionaries are all mecab-ipadic 2.7.0-20070801.
"""

import argparse
import collections
import csv
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import measure  # noqa: E402

PACKAGES = ["mecab", "mecab-ipadic-utf8"]
# Where Debian, Fedora, Homebrew and MeCab's own makefile put it.
DICTIONARIES = [
    "/var/lib/mecab/dic/ipadic-utf8", "/usr/share/mecab/dic/ipadic-utf8", "/usr/lib64/mecab/dic/ipadic",
    "/opt/homebrew/lib/mecab/dic/ipadic", "/usr/local/lib/mecab/dic/ipadic",
]


def mecab(dictionary):
    """MeCab's command, installed first if that is possible, and its version."""
    wanted = [dictionary] if dictionary else DICTIONARIES

    def found():
        return next((path for path in wanted if (pathlib.Path(path) / "sys.dic").is_file()), None)

    if not (shutil.which("mecab") and found()) and shutil.which("apt-get") and os.geteuid() == 0 and not dictionary:
        measure.note(f"installing {' and '.join(PACKAGES)} …")
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(install, stdout=subprocess.DEVNULL, env=dict(os.environ, DEBIAN_FRONTEND="noninteractive"))
    if not shutil.which("mecab"):
        measure.fail(f"there is no `mecab`; install it (Debian: apt-get install {' '.join(PACKAGES)})")
    if not found():
        measure.fail("MeCab's dictionary IPADIC in UTF-8 can't be found; give its folder with --dictionary")
    version = measure.output(["mecab", "--version"], "MeCab's version").split()[-1]
    # Its status says nothing here: 1 after a full answer.
    about = subprocess.run(["mecab", "-D", "-d", found()], stdout=subprocess.PIPE, text=True).stdout
    if not re.search(r"charset:\s*utf-?8", about, re.IGNORECASE):
        measure.fail(f"{found()} is not in UTF-8")
    size = re.search(r"size:\s*(\d+)", about)
    words = int(size[1]) if size else 0
    # A longer line than the buffer would be cut at any place; the largest line may be 8 MB.
    return ["mecab", "-d", found(), "-b", str(8 << 20), "-O", "wakati"], version, words


def environment(target):
    """A Python with the packages of requirements.txt, made when they change."""
    requirements = (HERE / "requirements.txt").read_bytes()
    folder = target / "peers"
    python = folder / "bin" / "python"
    stamp = folder / "requirements.sha256"
    digest = hashlib.sha256(requirements + sys.version.encode()).hexdigest()
    if not (stamp.is_file() and stamp.read_text() == digest and python.is_file()):
        measure.note("installing fugashi and mecab-python3 …")
        measure.output([sys.executable, "-m", "venv", "--clear", folder], "the environment for Python can't be made")
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / "requirements.txt"]
        measure.output(command, "the packages can't be installed")
        stamp.write_text(digest)
    return python


def words_of(lexicon):
    """The words of a lexicon that has nothing but plain words."""
    text = lexicon.read_text(encoding="utf-8")
    ids = re.findall(r'^id = "(.+)"$', text, re.MULTILINE)
    patterns = re.findall(r"^pattern = '\[word=\"(.+)\"\]'$", text, re.MULTILINE)
    if not ids or ids != patterns:
        measure.fail(f"{lexicon}: each entry must be a plain word: id = \"X\" and pattern = '[word=\"X\"]'")
    return ids


def check(program, python, lexicon, text, scratch):
    """Compares where both find the words, as Markdown; differences must be ones of lines with blanks."""
    words = words_of(lexicon)
    measure.note("checking that both find the same words …")
    out = scratch / "check"
    measure.run([program, "count", text, "--lexicon", lexicon, "--out", out])
    ours, theirs = collections.Counter(), collections.Counter()
    with open(out / "concordance.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            # The lexicon's ids are its words, and no other entry may have them.
            if row["marker"] in words:
                ours[int(row["line"]), row["marker"]] += 1
    listed = measure.output([python, "-B", HERE / "surfaces.py", text, *words], "fugashi")
    for line in listed.splitlines():
        number, word, count = line.split("\t")
        theirs[int(number), word] = int(count)

    different = {key for key in ours.keys() | theirs.keys() if ours[key] != theirs[key]}
    lines = {}
    if different:
        wanted = {number for number, _ in different}
        with open(text, encoding="utf-8", newline="\n") as file:
            lines = {number: line.rstrip("\n") for number, line in enumerate(file, 1) if number in wanted}
    blank = re.compile(r"[ \t\u00a0\u3000]")
    rows = []
    unexplained = 0
    for word in words:
        here = [key for key in different if key[1] == word]
        spaced = sum(1 for number, _ in here if blank.search(lines[number]))
        unexplained += len(here) - spaced
        count = [sum(counts[key] for key in counts if key[1] == word) for counts in (ours, theirs)]
        rows.append([word, f"{count[0]:,}", f"{count[1]:,}", len(here), spaced])
        for number, _ in here:
            at = lines[number].find(word)
            around = lines[number][max(at - 12, 0) : at + 16]
            measure.note(f"  {word}, line {number}: {ours[number, word]} and {theirs[number, word]}: …{around}…")
    head = ["word", "hedgerow", "fugashi", "lines that differ", "of them with blanks"]
    if sum(ours.values()) == 0:
        measure.fail("none of the words occurs in the corpus, so nothing can be compared")
    if unexplained:
        measure.note(f"warning: {unexplained} lines without blanks differ; they are listed above")
    return measure.table(head, rows, right=head[1:])


def prepare(corpus, limit, scratch):
    """Copies the texts, up to a limit, as one file and as a folder; bytes and number of documents.

    A copy, so that a part of a corpus is a folder too, and all of it lies on one disk.
    """
    root = pathlib.Path(corpus).resolve()
    size = number = 0
    with open(scratch / "all.txt", "wb") as out:
        for number, file in enumerate(measure.texts(corpus), 1):
            data = measure.read(file)
            if limit and size + len(data) > limit:
                data = data[: data.find(b"\n", int(limit) - size) + 1]
            out.write(data)
            size += len(data)
            place = scratch / "corpus" / (file.name if root.is_file() else file.relative_to(root))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            if limit and size >= limit:
                break
    return size, number


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", metavar="CORPUS", help="a text file, or a folder of .txt files")
    words = "plain words to check (default: surface.toml beside this script)"
    parser.add_argument("--lexicon", type=pathlib.Path, default=HERE / "surface.toml", help=words)
    parser.add_argument("--rounds", type=int, default=5, help="how often each runs after the warm-up (default and least: 5)")
    parser.add_argument("--megabytes", type=float, help="use only so much of the corpus, for a quick trial")
    parser.add_argument("--dictionary", help="the folder of MeCab's IPADIC in UTF-8, if it is not found")
    options = parser.parse_args()
    if options.rounds < 5:
        parser.error("--rounds: at least 5, or the median means little")
    if not options.lexicon.is_file():
        parser.error(f"--lexicon: {options.lexicon} does not exist")
    measure.texts(options.corpus)  # a corpus that isn't there should be told before the build
    command, version, entries = mecab(options.dictionary)
    program = measure.build()
    python = environment(measure.target())

    with tempfile.TemporaryDirectory(prefix="hedgerow-peers-") as folder:
        scratch = pathlib.Path(folder)
        text = scratch / "all.txt"
        size, documents = prepare(options.corpus, options.megabytes and options.megabytes * 1e6, scratch)
        text, corpus = scratch / "all.txt", scratch / "corpus"
        agreement = check(program, python, options.lexicon.resolve(), text, scratch)

        count = [program, "count", corpus, "--no-report", "--out", scratch / "stats", "--force"]
        contestants = {
            "mecab": lambda: measure.run([*command, text]),
            "mecab-loop": lambda: measure.run([python, "-B", HERE / "mecab_loop.py", text]),
            "fugashi": lambda: measure.run([python, "-B", HERE / "fugashi_loop.py", text]),
            "count-1": lambda: measure.run(count, threads=1),
            "count-2": lambda: measure.run(count, threads=2),
        }
        runs = measure.series(contestants, options.rounds)

    names = {
        "mecab": "`mecab -O wakati`, cuts only",
        "mecab-loop": "mecab-python3 with a marker loop",
        "fugashi": "fugashi with a marker loop",
        "count-1": "`hedgerow count`, one thread",
        "count-2": "`hedgerow count`, two threads",
    }
    seconds = {name: [run.seconds for run in all_runs] for name, all_runs in runs.items()}
    rows = []
    for name, label in names.items():
        relative = [reference / own for reference, own in zip(seconds["mecab"], seconds[name])]
        rate = size / 1e6 / measure.median(seconds[name])
        cpu = measure.median(run.cpu for run in runs[name])
        rows.append([label, measure.spread(relative), f"{measure.median(seconds[name]):.2f}", f"{cpu:.2f}", f"{rate:.2f}"])

    def ratio(slower, faster):
        return measure.spread(a / b for a, b in zip(seconds[slower], seconds[faster]))

    print("## Against what people use\n")
    print(measure.facts(
        f"text: {size / 1e6:.1f} MB, {documents:,} documents; the peers read it as one file",
        f"peers: MeCab {version} (dictionary of {entries:,} words), {', '.join((HERE / 'requirements.txt').read_text().split())}",
        f"series: {options.rounds} rounds after one warm-up; median (least–most) of the ratios within a round",
    ))
    head = ["", "speed relative to MeCab", "seconds", "CPU seconds", "MB/s"]
    print(measure.table(head, rows, right=head[1:]))
    print(measure.table(["ratio", "", "aim"], [
        ["one thread to `mecab -O wakati`", ratio("mecab", "count-1"), "≥ 2.2"],
        ["two threads to one", ratio("count-1", "count-2"), "≥ 1.9"],
        ["two threads to fugashi with a marker loop", ratio("fugashi", "count-2"), "≥ 15"],
    ], right=["", "aim"]))
    print("The same plain words are found (lines with blanks may differ: MeCab always cuts there and drops them):\n")
    print(agreement, end="")


if __name__ == "__main__":
    main()
