"""Counts markers with fugashi, the way a linguist's script does: cut each line, look for sequences of lemmas in a loop.

    python fugashi_loop.py TEXT

Prints how many morphemes there are and how often each marker occurs. `run.py` installs what it needs and times it.
The loop is not made slow on purpose: the markers are looked up by their first lemma, and the lemma is read once a node.
"""

import collections
import sys

import fugashi
import ipadic
from markers import MARKERS

LEMMA = 6  # the field of the citation form in IPADIC


def main(path):
    tagger = fugashi.GenericTagger(ipadic.MECAB_ARGS)
    by_first = collections.defaultdict(list)
    for marker in MARKERS:
        by_first[marker[0]].append(marker)

    tokens = 0
    counts = collections.Counter()
    with open(path, encoding="utf-8") as file:
        for line in file:
            lemmas = []
            for node in tagger(line.rstrip("\n")):
                lemma = node.feature[LEMMA]
                lemmas.append(node.surface if lemma == "*" else lemma)
            tokens += len(lemmas)
            for position, lemma in enumerate(lemmas):
                for marker in by_first.get(lemma, ()):
                    if tuple(lemmas[position : position + len(marker)]) == marker:
                        counts[marker] += 1

    print("tokens", tokens, sep="\t")
    for marker in MARKERS:
        print(" ".join(marker), counts[marker], sep="\t")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(sys.argv[1])
