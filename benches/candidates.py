#!/usr/bin/env python3
"""Lists what the lexicon may lack: ends of sentences and predicates that no entry touches, by frequency.

    candidates.py PROGRAM PATH... [--least N] [--top N]

PROGRAM annotates the documents at PATH; each sentence without a marker in its last predicate gives one row of each kind:

    ending      what follows the last content word, in base forms; the content word is its part of speech
    predicate   the last content word with the particle before it and what follows it

Columns, separated by tabs: kind, sentences, documents, form, one of the sentences. The most frequent come first. To be read
by eye: most rows are no markers, and a frequent one that is shows a paradigm, not a string. The texts are those of their owners:
an example for an entry is written anew. Needs Python 3.9 and nothing else. On the corpus of benches/corpus.py:

    python3 benches/corpus.py ~/benchmark
    python3 benches/candidates.py target/release/hedgerow ~/benchmark/documents > candidates.tsv
"""

import argparse
import collections
import pathlib
import subprocess
import sys
import tempfile

SYMBOL = ("記号", "補助記号", "空白")
# Words that belong to the predicate of another one.
BOUND = ("助動詞", "助詞", "名詞-非自立", "名詞-接尾", "名詞-特殊", "動詞-非自立", "動詞-接尾", "形容詞-非自立", "形容詞-接尾", *SYMBOL)


def sentences(path):
    """The document and the tokens (surface, lemma, part of speech, marker) of each sentence of a vertical text."""
    document, tokens = "", []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("<text "):
                document = line.split('id="', 1)[1].split('"', 1)[0]
            elif line.startswith("</s>"):
                yield document, tokens
                tokens = []
            elif not line.startswith("<"):
                tokens.append(line.rstrip("\n").split("\t")[:4])


def last_predicate(tokens):
    """Where the last predicate begins and ends: its content word, what follows it, no sign."""
    end = len(tokens)
    while end and tokens[end - 1][2].startswith(SYMBOL):
        end -= 1
    start = end
    while start and tokens[start - 1][2].startswith(BOUND):
        start -= 1
    # A verbal noun and its する are one predicate.
    if 1 < start and tokens[start - 1][1] == "する" and tokens[start - 2][2].startswith("名詞"):
        start -= 1
    return start - 1, end


def forms(tokens, start, end):
    """The rows of a last predicate."""
    behind = [lemma for _, lemma, _, _ in tokens[start + 1 : end]]
    yield "ending", " ".join([tokens[start][2].split("-")[0], *behind])
    particle = [tokens[start - 1][1]] if start and tokens[start - 1][2].startswith("助詞") else []
    yield "predicate", " ".join([*particle, tokens[start][1], *behind])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--least", type=int, default=3, help="sentences that a row must have")
    parser.add_argument("--top", type=int, default=1000, help="rows of each kind")
    arguments = parser.parse_args()
    counts, documents, examples = collections.Counter(), collections.defaultdict(set), {}
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "annotated")
        command = [arguments.program, "annotate", "vertical", *arguments.paths, "--out", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for document, tokens in sentences(out / "annotated.vrt"):
            start, end = last_predicate(tokens)
            if start < 0 or any(marker != "_" for *_, marker in tokens[start:end]):
                continue
            for row in forms(tokens, start, end):
                counts[row] += 1
                documents[row].add(document)
                examples.setdefault(row, "".join(surface for surface, *_ in tokens))
    print("kind", "sentences", "documents", "form", "example", sep="\t")
    for kind in ("ending", "predicate"):
        rows = [(count, row) for row, count in counts.items() if row[0] == kind and count >= arguments.least]
        for count, row in sorted(rows, key=lambda pair: (-pair[0], pair[1]))[: arguments.top]:
            print(kind, count, len(documents[row]), row[1], examples[row], sep="\t")


if __name__ == "__main__":
    sys.exit(main())
