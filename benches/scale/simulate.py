#!/usr/bin/env python3
"""Makes the tables of docs/scale.md from benches/scale/measured.json: cost, time, partition sizes, skew, slow and lost nodes.

    simulate.py            prints the tables
    simulate.py --check    compares them with docs/scale.md; status 1 if one is not there as it is printed

A task is a partition of documents whose lengths are drawn from the measured ones; its seconds are those of its bytes and documents. Tasks
go to the first core that is free, in the order of their numbers, as Spark, GNU parallel and SLURM do it. The seed is fixed: the same
bytes each time. Python 3.9, standard library only, five seconds.
"""

import argparse
import heapq
import json
import pathlib
import random
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import measure  # noqa: E402

DOCS = HERE.parent.parent / "docs" / "scale.md"
SEED = 20261127

# What is assumed, each with its source in docs/scale.md.
PRICE = 1.276 / 32  # dollars a core and hour: c8g.8xlarge, 32 cores
NODES, CORES_A_NODE = 8, 32
CORES = NODES * CORES_A_NODE
JAPANESE_PAGES = 125_805_829  # CC-MAIN-2024-42
TEXT_A_PAGE = 830_150_253_418 / 87_337_884  # bytes, mC4 in Japanese
HTML_A_PAGE = 394 * 2**40 / 2.64e9  # bytes, CC-MAIN-2024-51, all languages
SLOW = 0.2  # the speed of a slow node
TASK = 0.05  # seconds that starting a task takes, besides its documents

TERA = 1e12
MEGA = 1e6


class Figures:
    """The measured figures, and what follows from them."""

    def __init__(self, path):
        measured = json.loads(path.read_text(encoding="utf-8"))
        self.forms, self.start = measured["forms"], measured["start"]
        self.unpack = {name: figures["seconds_a_byte"] for name, figures in measured["gzip"].items()}
        text, rows = self.forms["text"], self.forms["JSON Lines"]
        self.byte = text["cpu"] / text["bytes"]
        self.document = max(0.0, (rows["cpu"] - text["cpu"]) / rows["documents"])
        lengths = measured["lengths"]["texts"]
        # Between two quantiles any length is as likely as any other: their middle.
        middles = [(low + high) / 2 for low, high in zip(lengths, lengths[1:])]
        mean = sum(middles) / len(middles)
        self.own_lengths = lengths
        self.lengths = [length * TEXT_A_PAGE / mean for length in middles]

    def seconds(self, size, documents):
        return size * self.byte + documents * self.document


class Partitions:
    """Sizes of partitions of documents in random order. Sums of 100 documents are drawn once, and partitions are sums of such."""

    BLOCK = 100

    def __init__(self, figures):
        self.figures = figures
        self.random = random.Random(SEED)
        self.blocks = [sum(self.random.choices(figures.lengths, k=self.BLOCK)) for _ in range(4000)]

    def tasks(self, total, size):
        """Seconds of each task, for `total` bytes in partitions of so many documents as have `size` bytes on average."""
        mean = sum(self.blocks) / len(self.blocks)
        blocks = max(1, round(size / mean))
        documents = blocks * self.BLOCK
        found = []
        left = total
        while left > 0:
            own = sum(self.random.choices(self.blocks, k=blocks))
            found.append(self.figures.seconds(own, documents))
            left -= own
        return found

    def by_site(self, total, sites):
        """One task a site, the sites' sizes falling as their rank does (Zipf): what grouping by site before counting makes."""
        harmonic = sum(1 / rank for rank in range(1, sites + 1))
        return [self.figures.seconds(total / harmonic / rank, total / harmonic / rank / TEXT_A_PAGE) for rank in range(1, sites + 1)]


def makespan(tasks, speeds=None, spare=False):
    """Seconds until the last task has ended, each going to the core that is free first.

    `speeds` slows cores: a task takes its seconds divided by its core's speed. With `spare`, as with Spark's speculation, a task that has
    taken more than 1.5 times the median is started a second time on a core of full speed once no task is waiting; the first to end counts.
    """
    speeds = speeds or [1.0] * CORES
    free = [(0.0, core) for core in range(CORES)]
    runs = []
    for task in tasks:
        begin, core = heapq.heappop(free)
        seconds = (task + TASK) / speeds[core]
        runs.append((begin + seconds, begin, task, core))
        heapq.heappush(free, (begin + seconds, core))
    if not spare:
        return max(end for end, _, _, _ in runs)
    patience = 1.5 * sorted(end - begin for end, begin, _, _ in runs)[len(runs) // 2]
    idle = [at for at, core in free if speeds[core] == 1.0]
    heapq.heapify(idle)
    done = 0.0
    for end, begin, task, core in sorted(runs):
        again = max(idle[0], begin + patience)
        if again < end and again + task + TASK < end:
            heapq.heapreplace(idle, again + task + TASK)
            end = again + task + TASK
        done = max(done, end)
    return done


def minutes(seconds):
    return f"{seconds / 60:.0f}"


def number(value):
    return f"{value:,.0f}"


def forms(figures):
    """Processor time by the form of the input."""
    rows = []
    for name, form in figures.forms.items():
        median, low, high = form["relative"]
        rows.append([
            name, f"{form['bytes'] / MEGA:.1f}", number(form["documents"]), f"{form['cpu']:.2f}", f"{median:.2f} ({low:.2f}–{high:.2f})",
            f"{form['bytes'] / form['cpu'] / MEGA:.1f}", f"{form['characters'] / form['cpu'] / MEGA:.2f}",
            f"{form['cpu'] * TERA / form['bytes'] / 3600:.1f}",
        ])
    head = ["one thread", "MB", "documents", "processor seconds", "to text", "MB/s", "million characters/s", "core-hours a TB"]
    return measure.table(head, rows, right=head[1:])


def stages(figures):
    """Where a core's time goes."""
    named, unpack = figures.forms, figures.unpack
    byte, document = figures.byte, figures.document
    large = named["large pages"]
    # A character of Japanese is some 2.5 bytes of these texts; what pages cost beyond their text is extraction.
    text_of_large = large["characters"] * named["text"]["bytes"] / named["text"]["characters"]
    extract = (large["cpu"] - text_of_large * byte - large["documents"] * document) / large["bytes"]
    rows = [
        ["cutting and searching, a byte of text", f"{byte * 1e9:.0f} ns"],
        ["a row of JSON Lines, its rows of tables", f"{document * 1e6:.0f} µs"],
        ["gunzip, a byte of text", f"{unpack['text'] * 1e9:.1f} ns"],
        ["gunzip, a byte of a page", f"{unpack['pages'] * 1e9:.1f} ns"],
        ["main text of a page, a byte of the page", f"{extract * 1e9:.1f} ns"],
        ["the start of a process, with its tables", f"{figures.start['cpu'] * 1e3:.0f} ms"],
    ]
    page = [
        ("cutting and searching", TEXT_A_PAGE * byte), ("main text", HTML_A_PAGE * extract), ("gunzip", HTML_A_PAGE * unpack["pages"]),
        ("rows of tables", document),
    ]
    whole = sum(seconds for _, seconds in page)
    shares = [[name, f"{seconds * 1e3:.2f}", f"{seconds / whole:.0%}"] for name, seconds in page]
    first = measure.table(["", "processor time"], rows, right=["processor time"])
    second = measure.table(["a page of Common Crawl", "milliseconds", "share"], shares, right=["milliseconds", "share"])
    return first, second, whole


def totals(figures, page):
    """Core-hours, hours and dollars of the two jobs."""
    tera = figures.seconds(TERA, TERA / TEXT_A_PAGE) + figures.unpack["text"] * TERA
    japanese = JAPANESE_PAGES * TEXT_A_PAGE
    text = figures.seconds(japanese, JAPANESE_PAGES) + figures.unpack["text"] * japanese
    html = JAPANESE_PAGES * page
    rows = []
    for name, size, seconds in [
        ("1 TB of text, gzip", TERA, tera),
        ("Common Crawl, one crawl, Japanese, as text", japanese, text),
        ("the same from its pages", JAPANESE_PAGES * HTML_A_PAGE, html),
    ]:
        core_hours = seconds / 3600
        rows.append([name, f"{size / TERA:.1f}", number(core_hours), minutes(seconds / CORES), f"{core_hours * PRICE:.2f}"])
    head = ["", "TB", "core-hours", f"minutes on {CORES} cores", "dollars"]
    return measure.table(head, rows, right=head[1:])


def sizes(figures, partitions):
    """Partition sizes, and what a slow or a lost node does to them."""
    rows = []
    slow = [SLOW if core < CORES_A_NODE else 1.0 for core in range(CORES)]
    for size in (4, 16, 64, 128, 512, 2000):
        tasks = partitions.tasks(TERA, size * MEGA)
        ideal = sum(tasks) / CORES
        even = makespan(tasks)
        ideal_slow = sum(tasks) / sum(slow)
        rows.append([
            f"{size} MB", number(len(tasks)), f"{sorted(tasks)[len(tasks) // 2]:.1f}", f"{max(tasks):.1f}", f"{even / ideal - 1:.1%}",
            f"{makespan(tasks, speeds=slow) / ideal_slow - 1:.1%}", f"{makespan(tasks, speeds=slow, spare=True) / ideal_slow - 1:.1%}",
            f"{CORES_A_NODE * max(tasks) / 3600:.2f}",
        ])
    head = [
        "partition", "tasks", "median task, s", "longest, s", "over the ideal", "a node at a fifth of the speed", "the same, speculation",
        "lost with a node, core-hours",
    ]
    return measure.table(head, rows, right=head)


def skew(figures, partitions):
    """Documents of unlike lengths and sites of unlike sizes."""
    size = 128 * MEGA
    tasks = partitions.tasks(TERA, size)
    ideal = sum(tasks) / CORES
    rows = [["128 MB, documents in any order", f"{max(tasks):.0f}", f"{makespan(tasks) / ideal - 1:.1%}"]]
    for label, extra in (("and a document of 20 MB in the last", 20 * MEGA), ("and one of 1 GB in the last", 1000 * MEGA)):
        own = tasks[:-1] + [tasks[-1] + figures.seconds(extra, 1)]
        rows.append([label, f"{max(own):.0f}", f"{makespan(own) / ideal - 1:.1%}"])
    # As many rows in each, sorted by length: the last partitions hold the longest documents.
    documents = round(size / TEXT_A_PAGE)
    ordered = sorted(figures.lengths)
    count = round(TERA / size)
    by_length = []
    for task in range(count):
        length = ordered[min(len(ordered) - 1, int((task + 0.5) / count * len(ordered)))]
        by_length.append(figures.seconds(length * documents, documents))
    rows.append(["as many rows each, sorted by length, short ones first", f"{max(by_length):.0f}", f"{makespan(by_length) / (sum(by_length) / CORES) - 1:.1%}"])
    rows.append(["the same, long ones first", f"{max(by_length):.0f}", f"{makespan(by_length[::-1]) / (sum(by_length) / CORES) - 1:.1%}"])
    sites = partitions.by_site(TERA, 100_000)
    rows.append(["a task a site, 100,000 sites (Zipf)", f"{max(sites):.0f}", f"{makespan(sites) / (sum(sites) / CORES) - 1:.1%}"])
    head = ["1 TB", "longest task, s", "over the ideal"]
    return measure.table(head, rows, right=head[1:])


def distribution(figures):
    own = figures.own_lengths
    steps = len(own) - 1
    picked = [("least", 0.0), ("5 %", 0.05), ("25 %", 0.25), ("median", 0.5), ("75 %", 0.75), ("95 %", 0.95), ("99 %", 0.99), ("greatest", 1.0)]
    # The sum of the lengths of those above a quantile, by the middles between quantiles.
    middles = [(low + high) / 2 for low, high in zip(own, own[1:])]
    top = sum(middles[round(0.99 * steps):]) / sum(middles)
    row = [number(own[round(steps * share)]) for _, share in picked] + [f"{top:.0%}"]
    head = [name for name, _ in picked] + ["bytes in the longest 1 %"]
    return measure.table(head, [row], right=head)


def tables(path):
    figures = Figures(path)
    partitions = Partitions(figures)
    first, second, page = stages(figures)
    return {
        "forms": forms(figures), "stages": first, "page": second, "totals": totals(figures, page), "lengths": distribution(figures),
        "partitions": sizes(figures, partitions), "skew": skew(figures, partitions),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--measured", type=pathlib.Path, default=HERE / "measured.json")
    options = parser.parse_args()
    found = tables(options.measured)
    if options.check:
        text = DOCS.read_text(encoding="utf-8")
        missing = [name for name, table in found.items() if table not in text]
        if missing:
            sys.exit(f"error: docs/scale.md lacks these tables as benches/scale/simulate.py prints them: {', '.join(missing)}")
        return
    for name, table in found.items():
        print(f"## {name}\n\n{table}")


if __name__ == "__main__":
    main()
