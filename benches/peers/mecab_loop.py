"""Counts markers with mecab-python3: the loop of fugashi_loop.py on MeCab's own nodes.

    python mecab_loop.py TEXT

Prints how many morphemes there are and how often each marker occurs. `run.py` installs what it needs and times it.
"""

import collections
import sys

import ipadic
import MeCab
from markers import MARKERS

LEMMA = 6  # the field of the citation form in IPADIC


def main(path):
    tagger = MeCab.Tagger(ipadic.MECAB_ARGS)
    by_first = collections.defaultdict(list)
    for marker in MARKERS:
        by_first[marker[0]].append(marker)

    tokens = 0
    counts = collections.Counter()
    with open(path, encoding="utf-8") as file:
        for line in file:
            lemmas = []
            # The first node is the beginning of the sentence, the last its end.
            node = tagger.parseToNode(line.rstrip("\n")).next
            while node.next:
                lemma = node.feature.split(",")[LEMMA]
                lemmas.append(node.surface if lemma == "*" else lemma)
                node = node.next
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
