"""What these tests share: documents, a cluster, the bytes of tables."""

import json
import random

#: The columns of documents.
COLUMNS = ["id", "text", "genre"]

SENTENCES = [
    "効果が期待される。", "必ず実現します。", "明日は雨かもしれない。", "駅前に新しい店ができた。", "彼はもう帰ったはずだ。",
    "そうとは限らないでしょうか。", "「間違いない」と店長は言った。", "資料によると、人口は増えているという。", "効果は期待できない。",
    "この方法が必ずしも正しいとは言えない。", "詳しくは窓口でお尋ねください。", "きっと来年も咲くだろう。",
]


def documents(number, sentences=30, seed=19):
    """Documents with ids in no order, some of them empty, in two genres; one has none."""
    own = random.Random(seed)
    found = [
        {"id": f"d{at:05}", "text": "".join(own.choices(SENTENCES, k=own.randrange(sentences))), "genre": own.choice(["blog", "clinic", None])}
        for at in range(number)
    ]
    own.shuffle(found)
    return found


def long_text(size, seed=20):
    """A text of so many bytes, a hundred sentences a line."""
    own = random.Random(seed)
    line = "".join(own.choices(SENTENCES, k=100)) + "\n"
    return line * (size // len(line.encode()))


def lines(documents):
    """JSON Lines, without keys that have no value."""
    return "".join(json.dumps({key: value for key, value in row.items() if value is not None}, ensure_ascii=False) + "\n" for row in documents)


def frame(spark, documents, partitions):
    """A DataFrame of documents."""
    rows = [tuple(row[name] for name in COLUMNS) for row in documents]
    return spark.createDataFrame(rows, ", ".join(f"{name} string" for name in COLUMNS)).repartition(partitions)


def cluster(options={}):
    """A session on two workers with a core each, as processes of this machine. There is one session at a time."""
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None:
        active.stop()
    builder = SparkSession.builder.master("local-cluster[2,1,1024]")
    # No progress bar, which hides what tests print.
    for name, value in ({"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"} | options).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def tables(folder):
    """The bytes of all files but run.json, which names what was read."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
