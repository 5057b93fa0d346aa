"""Precision and recall of extraction on the pages beside this file, in tokens (runs of one script), for Hedgerow, trafilatura
and Readability: `python3 measure.py HEDGEROW [seen|kept-back]…`. The others want trafilatura and readability-lxml of PyPI, and
@mozilla/readability and jsdom of npm in a folder that NODE_PATH names; what is not installed is left out. They give the page's
heading apart, so it is put to what they find."""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import lxml.html

HERE = pathlib.Path(__file__).resolve().parent
TOKEN = re.compile(r"[ぁ-ゖー]+|[ァ-ヺー]+|[一-鿿々]+|[A-Za-z]+|[0-9０-９]+")


def tokens(text):
    return collections.Counter(TOKEN.findall(text or ""))


def gold(page):
    return tokens("\n".join(element.text_content() for element in lxml.html.fromstring(page.encode()).xpath("//*[@data-text]")))


def hedgerow(program, pages):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "in").mkdir()
        for name, page in pages.items():
            (folder / "in" / name).write_text(page, encoding="utf-8")
        subprocess.run([program, "texts", folder / "in", "--out", folder / "out"], check=True, capture_output=True)
        return {name: tokens((folder / "out" / (name + ".txt")).read_text(encoding="utf-8")) for name in pages}


def heading(page):
    return tokens("\n".join(element.text_content() for element in lxml.html.fromstring(page.encode()).xpath("//h1")))


def trafilatura(pages):
    from trafilatura import extract
    return {name: tokens(extract(page, include_comments=False)) | heading(page) for name, page in pages.items()}


def readability_lxml(pages):
    from readability import Document
    text = lambda page: lxml.html.fromstring(Document(page).summary()).text_content()
    return {name: tokens(text(page)) | heading(page) for name, page in pages.items()}


def readability_js(pages):
    script = """const {Readability} = require("@mozilla/readability"), {JSDOM} = require("jsdom");
        const pages = JSON.parse(require("fs").readFileSync(0));
        for (const name in pages) pages[name] = new Readability(new JSDOM(pages[name]).window.document).parse()?.textContent;
        console.log(JSON.stringify(pages));"""
    run = subprocess.run(["node", "-e", script], input=json.dumps(pages), capture_output=True, text=True)
    if run.returncode:
        raise ImportError(run.stderr)
    return {name: tokens(text) | heading(pages[name]) for name, text in json.loads(run.stdout).items()}


def figures(found, gold):
    """Precision, recall and F1: the means over pages."""
    pages = []
    for name, right in gold.items():
        both = (found[name] & right).total()
        precision, recall = both / max(found[name].total(), 1), both / right.total()
        pages.append((precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)))
    return [sum(column) / len(pages) for column in zip(*pages)], dict(zip(gold, pages))


def main():
    program, halves = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:] or ["seen", "kept-back"]
    for half in halves:
        marked = {path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / half).glob("*.html"))}
        right = {name: gold(page) for name, page in marked.items()}
        pages = {name: page.replace(" data-text", "") for name, page in marked.items()}
        runs = {"hedgerow": lambda: hedgerow(program, pages), "trafilatura": lambda: trafilatura(pages),
                "readability-lxml": lambda: readability_lxml(pages), "@mozilla/readability": lambda: readability_js(pages)}
        for name, run in runs.items():
            try:
                means, each = figures(run(), right)
            except (ImportError, FileNotFoundError):
                continue
            print(f"{half:10} {name:21} " + " ".join(f"{figure:.3f}" for figure in means))
            if name == "hedgerow":
                for page, (precision, recall, _) in each.items():
                    if min(precision, recall) < 0.97:
                        print(f"    {page}: {precision:.3f} {recall:.3f}")


main()
