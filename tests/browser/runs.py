#!/usr/bin/env python3
"""Makes the documents that the browser tests count: `runs.py FOLDER`.

one/       one document, no variables
hostile/   names, variables and sentences that would be markup, script or directions if they were not shown as text
large/     3,000 documents of 11 years with some 30,000 hits
huge/      2,000 documents with more than 100,000 hits
"""

import csv
import random
import sys
from pathlib import Path

# Each has one marker or none; {} is a noun.
SENTENCES = [
    "{}の効果が期待されます。",
    "{}は改善する可能性があります。",
    "{}は必ず変わると言われています。",
    "{}はおそらく増えるでしょう。",
    "{}の変化が確認されています。",
    "{}は一般に安全だと考えられます。",
    "{}を毎朝八時に測りました。",
    "{}は三つの町で集めました。",
    "{}を箱に入れて送りました。",
    "{}については次の章で述べます。",
]
NOUNS = ["記録", "水温", "町の歩道", "新しい教室", "図書館の棚", "港の風", "米の品種", "古い橋", "朝の市場", "山の小屋"]
HOSTILE = [
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "]]>", "<!--", "\u202eabc\u2066", "&amp;", "\"'`=1+1",
    "</style><b>太字</b>", "${alert(1)}", "{{ 7 * 7 }}",
]


def text(generator, sentences):
    made = (generator.choice(SENTENCES).format(generator.choice(NOUNS)) for _ in range(sentences))
    return "\n".join("".join(next(made, "") for _ in range(5)) for _ in range(sentences // 5 + 1)).strip() + "\n"


def write(folder, documents, variables):
    folder.mkdir(parents=True)
    for name, body, _ in documents:
        (folder / name).write_text(body, encoding="utf-8")
    if variables:
        with open(folder / "variables.csv", "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["document", *variables])
            rows.writerows([name, *values] for name, _, values in documents)


def main():
    top = Path(sys.argv[1])
    generator = random.Random(20)
    write(top / "one", [("one.txt", text(generator, 40), [])], [])
    hostile = [
        (f"{index} {part.replace('/', '_')}.txt", "".join(f"{part}の効果が期待されます。{part}は必ず変わる。\n" for _ in range(3)), [part, f"{part}{index % 3}"])
        for index, part in enumerate(HOSTILE)
    ]
    write(top / "hostile", hostile, ["group<b>", "</script>"])
    large = [(f"{index:04}.txt", text(generator, 18), [str(2015 + index % 11), "ABC"[index % 3]]) for index in range(3000)]
    write(top / "large", large, ["year", "site"])
    write(top / "huge", [(f"{index:04}.txt", text(generator, 100), []) for index in range(2000)], [])


main()
