#!/usr/bin/env python3
"""Makes the documents that the browser tests count: `runs.py FOLDER`.

one/       one document, no variables
hostile/   names, variables and sentences that would be markup, script or directions if they were not shown as text
large/     3,000 documents of 11 years and 60 sites, with some 30,000 hits
huge/      1,000 documents with more than 100,000 hits
"""

import csv
import random
import sys
from pathlib import Path

HEDGES = [
    "増えると期待されます", "変わる可能性があります", "減ったと考えられます", "おそらく続くでしょう", "役に立つかもしれません", "必要だと思われます",
    "広がったとみられます", "一般に高くなる傾向があります", "少ないと言われています", "違うように見えます", "足りないだろうと思います", "似ているようです",
]
ASSERTIVES = [
    "必ず変わります", "変化が確認されています", "明らかに増えています", "影響することが証明されました", "改善することが示されました", "間違いなく高くなります",
    "続くのです", "確実に減ります", "実現します",
]
PLAIN = ["毎朝測りました", "三つの町で集めました", "箱に入れて送りました", "次の章で述べます", "地図に書きました", "二人で数えました"]
PLACES = ["港", "駅前", "丘の上", "川沿い", "市場", "小学校", "図書館", "工場の跡", "島", "峠", "湖", "商店街", "植物園", "橋の下", "旧市街"]
NOUNS = [
    "記録", "水温", "歩道", "教室", "棚", "風", "米の品種", "橋", "朝市", "山小屋", "バスの本数", "井戸の水位", "花の時期", "電灯", "祭りの人出", "畑の土",
    "雨の量", "古い地図", "子どもの数", "石垣",
]
REASONS = ["昨年の調査では", "住民の話によると", "台風の後で", "春になると", "工事が終わって", "雪が解けるころ", "この表のとおり", "前の報告とは別に", "夜のあいだ", "休日には"]
HOSTILE = [
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "]]>", "<!--", "\u202eabc\u2066", "&amp;", "\"'`=1+1",
    "</style><b>太字</b>", "${alert(1)}", "{{ 7 * 7 }}",
]


def sentence(generator, hedged, assertive):
    """A sentence with one marker, a hedge or an assertive one with these shares, or with none."""
    drawn = generator.random()
    ends = HEDGES if drawn < hedged else ASSERTIVES if drawn < hedged + assertive else PLAIN
    # The first are much more frequent than the last, as words are.
    end = ends[min(int(generator.paretovariate(0.8)) - 1, len(ends) - 1)]
    place, noun, reason = generator.choice(PLACES), generator.choice(NOUNS), generator.choice(REASONS)
    return f"{reason}、{place}の{noun}は{generator.randrange(2, 900)}の例と同じく{end}。"


def text(generator, sentences, hedged=0.55, assertive=0.25):
    made = [sentence(generator, hedged, assertive) for _ in range(sentences)]
    return "\n".join("".join(made[at : at + 5]) for at in range(0, sentences, 5)) + "\n"


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
    large = []
    for index in range(3000):
        year, site = index % 11, generator.randrange(60)
        # Hedges become more frequent; sites differ.
        hedged = 0.4 + 0.015 * year + 0.06 * (site % 5 - 2)
        sentences = generator.randrange(8, 19)
        large.append((f"{index:04}.txt", text(generator, sentences, hedged), [str(2015 + year), f"site{site:02}"]))
    write(top / "large", large, ["year", "site"])
    write(top / "huge", [(f"{index:04}.txt", text(generator, 110, 0.7, 0.3), []) for index in range(1000)], [])


main()
