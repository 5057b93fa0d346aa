#!/usr/bin/env python3
"""Measures the peak memory of `hedgerow count`, `merge` and `report` on two threads, and checks it against what docs/reliability.md promises.

    memory.py PROGRAM [--quick] [--scratch DIR] [--only WORD]

    300 MB     for a corpus of any size, a plain text of any length, tables and archives of any number of documents
    8 times    the size of a document that is held as a whole (a page, a cell, an object of JSON, a file of Office), besides
    1 kB       a document, besides
    200 MB     for a report of any run

The inputs are written to a temporary folder and removed, one after the other: at most 1 GB, and the tables. --quick takes small ones,
less than a minute. Ends with status 1 if a bound is exceeded. Python 3.9, standard library only, not for Windows.
"""

import argparse
import gzip
import json
import pathlib
import shutil
import sys
import tempfile
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import measure  # noqa: E402

BASE = 300e6
HELD = 8
DOCUMENT = 1000
REPORT = 200e6

WORDS = "図書館 町 人 本 朝 休み 子ども 窓 庭 犬 道 川 橋 店 駅 山 海 手紙 写真 音楽".split()
ENDS = [
    "は町の人がよく訪れるところである", "について調べたものである", "が役に立つと期待される", "かもしれないと考えられている",
    "を見ながら歩いていた", "では必ず誰かに会う",
]


def sentences(size, end):
    """Different sentences of so many bytes in all, some hundred thousand characters at a time."""
    number = written = 0
    while written < size:
        part = []
        for _ in range(2000):
            number += 1
            words = WORDS[number % 20] + "の" + WORDS[number // 20 % 20] + "と" + WORDS[number // 400 % 20]
            part.append(f"{words}{ENDS[number % 7 % 6]}{end}")
        text = "".join(part).encode()
        yield text[: max(size - written, 0)].decode(errors="ignore").encode()
        written += len(text)


def write(path, size, end="。\n", opened=open):
    with opened(path, "wb") as file:
        for part in sentences(size, end):
            file.write(part)


def files(folder, size, each):
    """A corpus of files of `each` bytes; how many."""
    number = 0
    buffer = b""
    for part in sentences(size, "。\n"):
        buffer += part
        while len(buffer) >= each:
            place = folder / f"{number // 1000:04}"
            place.mkdir(exist_ok=True)
            (place / f"{number:07}.txt").write_bytes(f"{number}番目。".encode() + buffer[:each].decode(errors="ignore").encode())
            buffer = buffer[each:]
            number += 1
    return number


def dense(path, size):
    """Nothing but hits, in one line."""
    unit = "必ず".encode() * 10_000
    with open(path, "wb") as file:
        for _ in range(size // len(unit)):
            file.write(unit)


def table(path, size, row, head):
    with open(path, "wb") as file:
        file.write(head.encode())
        for number, part in enumerate(sentences(size, "。")):
            text = part.decode()
            for at in range(0, len(text), 4000):
                file.write(row(f"{number}-{at}", text[at : at + 4000]).encode())


def csv_row(number, text):
    return f"{number},{text}\n"


def json_row(number, text):
    return json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n"


def zipped(path, size, each):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, part in enumerate(sentences(size, "。\n")):
            archive.writestr(f"{number}.txt", part[:each] if each else part)


def docx(path, size):
    """A file of Word whose text has so many bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type='
            '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        with archive.open("word/document.xml", "w") as part:
            part.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
            for text in sentences(size, "。"):
                for at in range(0, len(text), 3000):
                    paragraph = text[at : at + 3000].decode(errors="ignore").encode()
                    part.write(b"<w:p><w:r><w:t>" + paragraph + b"</w:t></w:r></w:p>")
            part.write(b"</w:body></w:document>")


def page(path, size):
    with open(path, "wb") as file:
        file.write(b"<html><body><main>")
        for text in sentences(size, "。"):
            for at in range(0, len(text), 900):
                file.write(b"<p>" + text[at : at + 900].decode(errors="ignore").encode() + b"</p>\n")
        file.write(b"</main></body></html>")


def cases(quick):
    """Name, the name of the input, what writes it, bytes that are held as a whole, documents."""
    mega = 1_000_000
    small, large = (10 * mega, 40 * mega) if quick else (100 * mega, 1000 * mega)
    held = (4 if quick else 60) * mega
    sizes = [small] if quick else [10 * mega, small, large]

    def name(size):
        return f"{size // mega} MB" if size < 1000 * mega else f"{size // mega // 1000} GB"

    for size in sizes:
        yield f"files of 20 kB, {name(size)}", "corpus", lambda path, size=size: path.mkdir() or files(path, size, 20_000), 0, size // 20_000
    number = 5_000 if quick else 100_000
    yield f"{number:,} files of 300 bytes", "tiny", lambda path: path.mkdir() or files(path, number * 300, 300), 0, number
    for size in (small, large)[quick:]:
        yield f"a text of {name(size)}, a sentence a line", "lines.txt", lambda path, size=size: write(path, size), 0, 1
        yield f"a text of {name(size)} in one line", "line.txt", lambda path, size=size: write(path, size, "。"), 0, 1
        yield f"one of {name(size)} without ends of sentences", "endless.txt", lambda path, size=size: write(path, size, ""), 0, 1
    yield f"a line of nothing but hits, {name(small)}", "dense.txt", lambda path: dense(path, small), 0, 1
    yield f"standard input, {name(large)}", "-", lambda path: write(path, large), 0, 1
    yield f"a .txt.gz of {name(large)}", "text.txt.gz", lambda path: write(path, large, opened=lambda path, mode: gzip.open(path, mode, 1)), 0, 1
    yield f"CSV of {name(large)}, rows of 4,000 characters", "rows.csv", lambda path: table(path, large, csv_row, "id,text\n"), 0, large // 12_000
    yield f"JSON Lines of {name(large)}", "rows.jsonl", lambda path: table(path, large, json_row, ""), 0, large // 12_000
    yield f"a zip of texts, {name(large)}", "texts.zip", lambda path: zipped(path, large, 0), 0, large // 200_000
    yield f"a page of {name(held)}", "page.html", lambda path: page(path, held), held, 1
    # The tags of its paragraphs count, too.
    marked = held * 2 // 3
    yield f"Markdown of {name(marked)}", "text.md", lambda path: write(path, marked, "。\n\n"), marked, 1
    yield f"a cell of {name(held)}", "cell.csv", lambda path: cell(path, held, "text\n", ""), held, 1
    yield f"an object of JSON of {name(held)}", "object.jsonl", lambda path: cell(path, held, '{"text":"', '"}'), held, 1
    yield f"a .docx of {name(held)}", "text.docx", lambda path: docx(path, held), held, 1


def part_cases(quick):
    """Partial results and their merge: name, bytes, whether the ids are in order."""
    size = 40_000_000 if quick else 1000_000_000
    for is_sorted in (True, False):
        yield f"{size // 1_000_000} MB of JSON Lines, ids {'in' if is_sorted else 'out of'} order", size, is_sorted


def part_rows(path, size, is_sorted):
    with open(path, "wb") as file:
        number = 0
        for part in sentences(size, "。"):
            text = part.decode()
            for at in range(0, len(text), 4000):
                # 7919 has no factor in common with the number of ids.
                place = number if is_sorted else number * 7919 % 10_000_000
                file.write(json_row(f"{place:07}", text[at : at + 4000]).encode())
                number += 1
    return number


def measure_parts(program, scratch, arguments, check):
    for name, size, is_sorted in part_cases(arguments.quick):
        if arguments.only not in name:
            continue
        rows, part, out = scratch / "rows.jsonl", scratch / "rows.part", scratch / "stats"
        documents = part_rows(rows, size, is_sorted)
        with open(rows, "rb") as stdin, open(part, "wb") as stdout:
            result = measure.run([program, "count", "-", "--partial"], threads=2, stdin=stdin, stdout=stdout)
        check(f"a part of {name}", result, 0, documents)
        rows.unlink()
        result = measure.run([program, "merge", part, "--out", out], threads=2)
        check(f"its merge, {part.stat().st_size // 1_000_000:,} MB", result, 0, documents)
        part.unlink()
        shutil.rmtree(out)


def measure_reports(program, scratch, arguments, check):
    """Reports of runs of many short texts, which the program counts without one; with more lines than the page holds, and without groups."""
    number = 20_000 if arguments.quick else 400_000
    for name, options in [("in groups", ["--by", "year", "--resamples", "100"]), ("without groups", [])]:
        name = f"the report of {number:,} texts {name}"
        if arguments.only not in name:
            continue
        rows, out = scratch / "rows.jsonl", scratch / "stats"
        with open(rows, "wb") as file:
            for at in range(number):
                text = f"{at}番の記録を{at // 3}日に見た。効果が期待される。必ず変わるかもしれない。" * (1 + at % 3)
                row = {"id": f"{at:07}", "text": text, "year": str(2000 + at % 11), "place": str(at // 3)}
                file.write((json.dumps(row, ensure_ascii=False) + "\n").encode())
        measure.run([program, "count", rows, "--id-column", "id", "--no-report", "--out", out, *options], threads=2)
        rows.unlink()
        check(name, measure.run([program, "report", out], threads=2), 0, 0, REPORT)
        shutil.rmtree(out)


def cell(path, size, before, behind):
    with open(path, "wb") as file:
        file.write(before.encode())
        for part in sentences(size, "。"):
            file.write(part)
        file.write(behind.encode() + b"\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--scratch", type=pathlib.Path)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    program = arguments.program.resolve()
    rows, failed = [], []
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as scratch:
        scratch = pathlib.Path(scratch)
        empty = scratch / "sentence.txt"
        empty.write_text("図書館は町にある。\n", encoding="utf-8")
        floor = measure.run([program, "count", empty, "--out", scratch / "start"], threads=2).memory

        def check(name, result, held, documents, base=BASE):
            bound = base + HELD * held + DOCUMENT * documents
            factor = f"{(result.memory - floor) / held:.1f}" if held else ""
            rows.append([name, f"{result.memory / 1e6:.0f}", f"{bound / 1e6:.0f}", factor, f"{result.seconds:.1f}"])
            measure.note(" | ".join(rows[-1]))
            if result.memory > bound:
                failed.append(name)

        for name, file, make, held, documents in cases(arguments.quick):
            if arguments.only not in name:
                continue
            path = scratch / ("stdin" if file == "-" else file)
            make(path)
            out = scratch / "stats"
            command = [program, "count", "-" if file == "-" else path, "--out", out, "--max-document", "64MB"]
            if file == "-":
                with open(path, "rb") as stdin:
                    result = measure.run(command, threads=2, stdin=stdin)
            else:
                result = measure.run(command, threads=2)
            shutil.rmtree(out)
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            check(name, result, held, documents)
        measure_parts(program, scratch, arguments, check)
        measure_reports(program, scratch, arguments, check)
    head = ["two threads", "peak MB", "bound MB", "times what is held", "seconds"]
    print(measure.table(head, rows, right=head[1:]))
    if failed:
        sys.exit("beyond the bound: " + "; ".join(failed))


if __name__ == "__main__":
    main()
