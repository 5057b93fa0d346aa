"""Exports as other programs read them.

    check.py HEDGEROW

HEDGEROW is the program. It annotates the sample corpus and a hostile text: the package `conllu` must parse CoNLL-U and give the text again, the standard
library's XML reader TEI and the regions of the vertical text, and the offsets of brat must cut each node from its text. PyYAML reads quanteda's
dictionary. Needs the packages of requirements.txt.
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import conllu
import yaml

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
HOSTILE = "<script>効果が期待される。</script>]]>\r\n&amp;\t必ず\u2028効く。\u200b𠮷野家は\u0085効くかもしれない。|\\\n"
TEI = "{http://www.tei-c.org/ns/1.0}"
ESCAPES = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}


def run(program, *arguments):
    subprocess.run([str(part) for part in (program, *arguments)], check=True, stdout=subprocess.DEVNULL)


def text_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return file.read().removeprefix("\ufeff")


def unescaped(value):
    decode = lambda match: chr(int(match[1], 16)) if match[1] else ESCAPES[match[2]]
    return re.sub(r"\\u\{([0-9a-f]+)\}|\\(.)", decode, value)


def check_conllu(folder, texts, hits):
    for name, text in texts.items():
        again, markers = "", []
        for sentence in conllu.parse(text_of(folder / f"{name}.conllu")):
            for token in sentence:
                misc = {key: unescaped(value or "") for key, value in (token["misc"] or {}).items()}
                after = misc.get("SpacesAfter", "" if misc.get("SpaceAfter") == "No" else " ")
                again += misc.get("SpacesBefore", "") + misc.get("SpacesInToken", token["form"]) + after
                if misc.get("Part") == "B":
                    markers.append(misc["Marker"])
        assert again == text, f"{name}: CoNLL-U put together again is another text"
        assert markers == [hit["marker"] for hit in hits[name]], name


def check_tei(folder, texts, hits):
    for name, text in texts.items():
        root = ET.parse(folder / f"{name}.xml").getroot()
        ab = root.find(f".//{TEI}ab")
        assert "".join(ab.itertext()) == text, f"{name}: TEI has another text"
        words = {word.get("{http://www.w3.org/XML/1998/namespace}id") for word in ab.iter(f"{TEI}w")}
        spans = list(root.iter(f"{TEI}span"))
        assert all(span.get(end)[1:] in words for span in spans for end in ("from", "to")), name
        assert [span.find(f"{TEI}note").text for span in spans] == [hit["marker"] for hit in hits[name]], name


def check_vertical(folder, texts, hits):
    root = ET.fromstring(f"<corpus>{text_of(folder / 'annotated.vrt')}</corpus>")
    assert [text.get("id") for text in root] == list(texts)
    for text in root:
        rows = [line.split("\t") for sentence in text for line in sentence.text.strip("\n").split("\n")]
        assert {len(row) for row in rows} == {10}, text.get("id")
        found = {row[3] for row in rows} - {"_"}
        assert found == {hit["marker"] for hit in hits[text.get("id")]}, text.get("id")


def check_brat(folder, texts, hits):
    for name, text in texts.items():
        assert text_of(folder / f"{name}.txt") == text, name
        spans = [line.split("\t") for line in text_of(folder / f"{name}.ann").split("\n") if line.startswith("T")]
        for (_, span, node), hit in zip(spans, hits[name], strict=True):
            fragments = [fragment.split() for fragment in span.split(" ", 1)[1].split(";")]
            assert " ".join(text[int(start) : int(end)] for start, end in fragments) == node == hit["node"], (name, node)


def check_dictionaries(program, temp):
    run(program, "lexicon", "export", "quanteda", "--out", temp / "quanteda")
    run(program, "lexicon", "export", "khcoder", "--out", temp / "khcoder")
    dictionary = yaml.safe_load(text_of(temp / "quanteda/quanteda.yml"))
    assert list(dictionary) == ["hedge", "assertive"]
    sequences = [value for stance in dictionary.values() for category in stance.values() for marker in category.values() for value in marker]
    assert sequences and all(isinstance(value, str) and value for value in sequences)
    rules = text_of(temp / "khcoder/coding-rules.txt")
    phrases = [line.removeprefix("or ") for line in rules.split("\n") if line and not line.startswith("*")]
    assert phrases == [value.replace(" ", "+") for value in sequences]


def main(program):
    with tempfile.TemporaryDirectory() as name:
        temp = pathlib.Path(name)
        (temp / "hostile").mkdir()
        (temp / "hostile/hostile.txt").write_text(HOSTILE, encoding="utf-8", newline="")
        paths = [TOP / "corpus", temp / "hostile"]
        run(program, "count", *paths, "--out", temp / "stats")
        with (temp / "stats/concordance.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        with (temp / "stats/documents.csv").open(encoding="utf-8-sig", newline="") as file:
            names = [row["document"] for row in csv.DictReader(file)]
        texts = {name: next(text_of(path / name) for path in paths if (path / name).exists()) for name in names}
        hits = {name: [row for row in rows if row["document"] == name] for name in names}
        for form, check in (("conllu", check_conllu), ("vertical", check_vertical), ("tei", check_tei), ("brat", check_brat)):
            run(program, "annotate", form, *paths, "--out", temp / form)
            check(temp / form, texts, hits)
        check_dictionaries(program, temp)
    print("exports: other programs read them")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]).resolve())
