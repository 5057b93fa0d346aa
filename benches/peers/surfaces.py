"""Says where fugashi finds plain words: line, word and count, separated by tabs. Not timed; run.py compares it.

    python surfaces.py TEXT WORD...
"""

import collections
import sys

import fugashi
import ipadic


def main(path, words):
    tagger = fugashi.GenericTagger(ipadic.MECAB_ARGS)
    with open(path, encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, 1):
            counts = collections.Counter(node.surface for node in tagger(line.rstrip("\n")))
            for word in words:
                if counts[word]:
                    print(number, word, counts[word], sep="\t")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
