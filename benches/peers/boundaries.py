#!/usr/bin/env python3
"""Compares where hedgerow and MeCab cut a text.

    boundaries.py CORPUS [--dictionary FOLDER] [--shown N]

CORPUS is a text file or a folder of them. Prints precision, recall and F1 of hedgerow's boundaries between morphemes against
those of `mecab -O wakati` with the same dictionary, and the stretches that most often differ. Blanks are left out of both, as
MeCab has no words for them. MeCab is given lines and hedgerow cuts them into sentences first: the most frequent difference
is a word that it takes for the first of a sentence.
"""

import argparse
import collections
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import measure  # noqa: E402
import run  # noqa: E402


def words(cut):
    """The words of a text that was cut, without blanks."""
    return [word for line in cut.split("\n") for word in ("".join(part.split()) for part in line.split(" ")) if word]


def starts(words):
    at = 0
    for word in words:
        yield at
        at += len(word)


def differences(ours, theirs):
    """The shortest stretches that the two cut differently, as `ours` and `theirs`, with how often."""
    found = collections.Counter()
    ours, theirs = iter(ours), iter(theirs)
    for own in ours:
        other = next(theirs)
        left, right = [own], [other]
        while len("".join(left)) != len("".join(right)):
            shorter, rest = (left, ours) if len("".join(left)) < len("".join(right)) else (right, theirs)
            shorter.append(next(rest))
        if left != right:
            found[" ".join(left), " ".join(right)] += 1
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", metavar="CORPUS", help="a text file, or a folder of .txt files")
    parser.add_argument("--dictionary", help="the folder of MeCab's IPADIC in UTF-8, if it is not found")
    parser.add_argument("--shown", type=int, default=10, help="how many differences are shown (default: 10)")
    options = parser.parse_args()
    texts = measure.texts(options.corpus)
    mecab, version, _ = run.mecab(options.dictionary)
    measure.note("building …")
    with tempfile.TemporaryDirectory(prefix="hedgerow-boundaries-") as folder:
        text = pathlib.Path(folder) / "all.txt"
        text.write_bytes(b"".join(measure.read(file) for file in texts))
        ours = words(measure.output([measure.build_example("wakati"), text], "hedgerow's cut"))
        theirs = words(measure.output([*mecab, text], "MeCab's cut"))
        size = text.stat().st_size
    if "".join(ours) != "".join(theirs):
        measure.fail("the two do not give the same characters, so their boundaries can't be compared")

    own, other = set(starts(ours)), set(starts(theirs))
    both = len(own & other)
    print(measure.facts(f"text: {size / 1e6:.1f} MB, {len(texts):,} documents", f"MeCab {version}"))
    print(measure.table(["boundaries", "hedgerow", "MeCab", "both", "precision", "recall", "F1"], [[
        "", f"{len(own):,}", f"{len(other):,}", f"{both:,}",
        f"{both / len(own):.5f}", f"{both / len(other):.5f}", f"{2 * both / (len(own) + len(other)):.5f}",
    ]], right=["hedgerow", "MeCab", "both", "precision", "recall", "F1"]))
    found = differences(ours, theirs)
    print(f"{sum(found.values()):,} stretches differ; the most frequent:\n")
    rows = [[left, right, number] for (left, right), number in found.most_common(options.shown)]
    print(measure.table(["hedgerow", "MeCab", "times"], rows, right=["times"]), end="")


if __name__ == "__main__":
    main()
