#!/usr/bin/env python3
"""Measures what docs/scale.md reckons with: processor time of `hedgerow count` by the form of the input, lengths of documents.

    throughput.py PROGRAM CORPUS [--rounds N] [--scratch DIR] [--out FILE]

CORPUS is the folder that benches/corpus.py has made: its texts, and the pages in its packages. One thread; all forms take turns, once a
round, after a warm-up. The seconds of a form are those of plain text, times the median of its ratio to plain text in a round. The
figures go to benches/scale/measured.json, from which simulate.py makes the tables of docs/scale.md. It holds no text: medians, and
quantiles of lengths. Python 3.9, standard library only, not for Windows; 6 minutes, 1 GB of --scratch.
"""

import argparse
import csv
import gzip
import json
import pathlib
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import corpus as debian  # noqa: E402
import measure  # noqa: E402

# Bytes of a page as Common Crawl stores it, uncompressed: 394 TiB of 2.64 billion pages (docs/scale.md names the source).
WEB_PAGE = 164_000
# 0 to 1 in steps of 1/500; the ends are least and greatest.
QUANTILES = 500
STARTS = 41

FILLER = (
    '<script>(function(w,d){var q=w.q||[];q.push({"e":"view","t":%d});var s=d.createElement("script");s.async=1;s.src="/a.js";'
    'd.head.appendChild(s);})(window,document);</script>\n'
    '<style>.c%d{display:flex;margin:0 auto;padding:8px 16px;color:#333}.c%d:hover{color:#06c}</style>\n'
    '<div class="c%d" data-id="%d"><ul class="nav"><li><a href="/p/%d" class="l"><svg viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg></a></li></ul></div>\n'
)


def heavy(page):
    """A page with scripts, style sheets and empty navigation before the end of its body, as large as one of today's web."""
    text = page.decode("utf-8")
    filler, number = [], 0
    missing = WEB_PAGE - len(page)
    while missing > 0:
        number += 1
        part = FILLER % ((number,) * 6)
        filler.append(part)
        missing -= len(part)
    at = text.lower().rfind("</body>")
    at = len(text) if at < 0 else at
    return (text[:at] + "".join(filler) + text[at:]).encode()


def pages(folder, size):
    """Japanese web pages of the packages, as they are: so many bytes of them, every seventh, so that all packages have a share."""
    found, number, total = [], 0, 0
    for package in sorted(folder.glob("*.deb")):
        with tempfile.TemporaryDirectory() as temporary:
            debian.extract(package, temporary)
            for _, data, read in debian.sources(pathlib.Path(temporary)):
                if read is not debian.from_html:
                    continue
                try:
                    text = data.decode("utf-8")
                except UnicodeDecodeError:
                    continue
                if not debian.KANA.search(text):
                    continue
                number += 1
                if number % 7 == 0 and total < size:
                    found.append(data)
                    total += len(data)
    return found


def write_folder(folder, documents, suffix, opened=open):
    for number, document in enumerate(documents):
        place = folder / f"{number // 500:03}"
        place.mkdir(parents=True, exist_ok=True)
        with opened(place / f"{number:06}{suffix}", "wb") as file:
            file.write(document)


def gzipped(path, mode):
    return gzip.open(path, mode, 6)


def lengths(documents):
    """Quantiles of the lengths in bytes."""
    ordered = sorted(map(len, documents))
    last = len(ordered) - 1
    return [ordered[round(last * step / QUANTILES)] for step in range(QUANTILES + 1)]


def unpacking(documents):
    """Processor seconds a byte that gunzip takes (zlib's, in this process), and how many times smaller gzip makes them: medians of eleven."""
    whole = b"".join(documents)
    packed = gzip.compress(whole, 6)
    found = []
    for _ in range(11):
        began = time.process_time()
        gzip.decompress(packed)
        found.append((time.process_time() - began) / len(whole))
    return {"seconds_a_byte": float(f"{measure.median(found):.3g}"), "factor": round(len(whole) / len(packed), 2)}


def size_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else folder.stat().st_size


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--scratch", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "measured.json")
    options = parser.parse_args()
    program = options.program.resolve()
    texts = [measure.read(file) for file in measure.texts(options.corpus / "documents")]
    html = pages(options.corpus / "packages", 8_000_000)
    large = [heavy(page) for page in html[::3]]
    with tempfile.TemporaryDirectory(prefix="hedgerow-scale-", dir=options.scratch) as temporary:
        scratch = pathlib.Path(temporary)
        rows = "".join(json.dumps({"id": str(number), "text": text.decode()}, ensure_ascii=False) + "\n" for number, text in enumerate(texts)).encode()
        (scratch / "text.txt").write_bytes(b"".join(texts))
        (scratch / "rows.jsonl").write_bytes(rows)
        with gzipped(scratch / "text.txt.gz", "wb") as file:
            file.write(b"".join(texts))
        with gzipped(scratch / "rows.jsonl.gz", "wb") as file:
            file.write(rows)
        write_folder(scratch / "files", texts, ".txt")
        write_folder(scratch / "pages", html, ".html")
        write_folder(scratch / "large", large, ".html")
        write_folder(scratch / "large-gz", large, ".html.gz", gzipped)
        (scratch / "sentence.txt").write_text("この方法は必ず役に立つと期待される。\n", encoding="utf-8")
        plain = sum(map(len, texts))
        # Name, input, bytes before compression, documents.
        forms = {
            "text": ("text.txt", plain, 1),
            "text, gzip": ("text.txt.gz", plain, 1),
            "files": ("files", plain, len(texts)),
            "JSON Lines": ("rows.jsonl", plain, len(texts)),
            "JSON Lines, gzip": ("rows.jsonl.gz", plain, len(texts)),
            "pages": ("pages", sum(map(len, html)), len(html)),
            "large pages": ("large", sum(map(len, large)), len(large)),
            "large pages, gzip": ("large-gz", sum(map(len, large)), len(large)),
        }

        def count(place):
            command = [program, "count", scratch / place, "--out", scratch / "stats" / place, "--force", "--skip-unreadable"]
            return command + (["--id-column", "id"] if place.startswith("rows") else [])

        contestants = {name: lambda place=place: measure.run(count(place), threads=1) for name, (place, _, _) in forms.items()}
        runs = measure.series(contestants, options.rounds)
        start = [measure.run(count("sentence.txt"), threads=1) for _ in range(STARTS)]
        found = {}
        for name, (place, size, documents) in forms.items():
            stored = size_of(scratch / place)
            # What other work does to the machine it does to all of a round.
            relative = [run.cpu / text.cpu for run, text in zip(runs[name], runs["text"])]
            found[name] = {
                "bytes": size, "stored": stored, "documents": documents,
                "cpu": round(measure.median(relative) * measure.median(run.cpu for run in runs["text"]), 4),
                "relative": [round(value, 4) for value in (measure.median(relative), min(relative), max(relative))],
                "tables": size_of(scratch / "stats" / place), "characters": characters(scratch / "stats" / place / "documents.csv"),
            }
        result = {
            "facts": measure.facts().splitlines(), "forms": found,
            "start": {"seconds": round(measure.median(run.seconds for run in start), 5), "cpu": round(measure.median(run.cpu for run in start), 5)},
            "gzip": {"text": unpacking(texts), "pages": unpacking(html)},
            "lengths": {"texts": lengths(texts)},
        }
        shutil.rmtree(scratch / "stats")
    options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, form in found.items():
        print(f"{name:20} {form['bytes'] / form['cpu'] / 1e6:7.2f} MB/s")


def characters(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return sum(int(row["characters"]) for row in csv.DictReader(file))


if __name__ == "__main__":
    main()
