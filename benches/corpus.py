#!/usr/bin/env python3
"""Builds a benchmark corpus of real Japanese from Debian's documentation packages.

    corpus.py OUT

OUT gets
    documents/     one text file for each page, `<package>/<path>.txt`
    all.txt        the same text, joined in the order of the paths
    packages/      what was downloaded; a second run takes it from there
    manifest.json  packages with versions and digests, sizes, digest of all.txt

Markup is stripped, a paragraph is a line, lines of mostly other scripts and lines that occurred before are dropped.
The same packages give the same bytes. It needs Debian or Ubuntu (apt-get, dpkg-deb) with package lists (`apt-get update`),
Python 3.9, no root and nothing else. The texts have licences of their own; don't commit them.
"""

import argparse
import gzip
import hashlib
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

PACKAGES = [
    "aptitude-doc-ja", "debian-edu-doc-ja", "debian-faq-ja", "debian-handbook", "debian-policy-ja",
    "debian-reference-ja", "developers-reference-ja", "gimp-help-ja", "installation-guide-amd64", "kicad-doc-ja",
    "libreoffice-help-ja", "lilypond-doc-html-ja", "maint-guide-ja", "manpages-ja", "manpages-ja-dev", "scilab-doc-ja",
]

KANA = re.compile("[ぁ-ゖァ-ヺー]")
JAPANESE = re.compile("[々ぁ-ゖァ-ヺー一-鿿]")
# Between these a line end of the source is no blank: Japanese and full-width characters.
WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
JOINT = re.compile(f"(?<={WIDE})\\s*\n\\s*(?={WIDE})")
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")


def paragraph(text):
    """One line of what a browser or a terminal would show as a paragraph."""
    return SPACE.sub(" ", JOINT.sub("", text)).strip()


class Page(html.parser.HTMLParser):
    """The paragraphs of an HTML page, without its programs and listings."""

    BLOCKS = set(
        "address article aside blockquote body br button caption center dd details div dl dt figcaption figure footer form h1 h2 h3 "
        "h4 h5 h6 header hr li main nav ol option p section summary table tbody td tfoot th thead tr ul".split()
    )
    SKIPPED = {"script", "style", "title", "pre", "nav", "noscript"}

    def __init__(self):
        super().__init__()
        self.paragraphs = []
        self.pieces = []
        self.skipped = []

    def end_paragraph(self):
        self.paragraphs.append(paragraph("".join(self.pieces)))
        self.pieces = []

    def handle_starttag(self, tag, attributes):
        if tag in self.BLOCKS or tag in self.SKIPPED:
            self.end_paragraph()
        if tag in self.SKIPPED:
            self.skipped.append(tag)

    def handle_startendtag(self, tag, attributes):
        # In XHTML a skipped element can be empty and have no end tag.
        if tag in self.BLOCKS:
            self.end_paragraph()

    def handle_endtag(self, tag):
        if tag in self.BLOCKS or tag in self.SKIPPED:
            self.end_paragraph()
        if tag in self.skipped:
            while self.skipped.pop() != tag:
                pass

    def handle_data(self, data):
        if not self.skipped:
            self.pieces.append(data)


def from_html(text):
    page = Page()
    page.feed(text)
    page.close()
    page.end_paragraph()
    return page.paragraphs


GLYPHS = {
    "aq": "'", "dq": '"', "lq": "“", "rq": "”", "oq": "‘", "cq": "’", "em": "—", "en": "–", "bu": "•", "co": "©", "rg": "®",
    "tm": "™", "mu": "×", "ha": "^", "ti": "~", "rs": "\\", "pl": "+", "mi": "−", "eq": "=", "de": "°", "->": "→", "<-": "←",
    "ba": "|", "br": "│", "bv": "│", "sc": "§", "ga": "`", "aa": "´", "Fo": "«", "Fc": "»", "14": "¼", "12": "½", "34": "¾",
    ">=": "≥", "<=": "≤", "!=": "≠", "+-": "±", "at": "@", "sh": "#", "Do": "$", "lB": "[", "rB": "]", "hy": "‐", "*m": "μ",
}
STRINGS = {"lq": "“", "rq": "”", "R": "®", "Tm": "™", "Aq": "'", "Gt": ">", "Lt": "<"}
ESCAPE = re.compile(
    r"""\\(?:
      (?P<comment>["\#].*)
    | f(?:\[[^]]*\]|\(..|.)
    | s(?:[-+]?\[[^]]*\]|[-+]?\(..|[-+]?\d{1,2}|'[^']*')
    | [mM](?:\[[^]]*\]|\(..|.)
    | [nkgFY](?:[-+]?\[[^]]*\]|\(..|.)
    | [vhwlLbDoxHSRZNA]'[^']*'
    | \*(?:\[(?P<string>[^]]*)\]|\((?P<string2>..)|(?P<string1>.))
    | \((?P<glyph2>..)
    | \[(?P<glyph>[^]]*)\]
    | (?P<other>.)
    )""",
    re.VERBOSE,
)


def unescape(text):
    """A line of troff without its escapes."""

    def replace(match):
        string = match["string"] or match["string2"] or match["string1"]
        if string:
            return STRINGS.get(string, "")
        glyph = match["glyph2"] or match["glyph"]
        if glyph:
            if re.fullmatch("u[0-9A-F]{4,5}", glyph):
                return chr(int(glyph[1:], 16))
            return GLYPHS.get(glyph, "")
        # Letters such as \c, \d, \u and the thin and zero-width blanks show nothing.
        shown = {"e": "\\", "E": "\\", "\\": "\\", "-": "-", "'": "'", "`": "`", ".": ".", " ": " ", "~": " ", "0": " ", "t": "\t"}
        return shown.get(match["other"] or "", "")

    return ESCAPE.sub(replace, text)


def arguments(text):
    """The arguments of a troff request: words, or in quotation marks."""
    found = re.findall(r'"((?:[^"]|"")*)"?|((?:\\.|[^\s\\])+)', text)
    return [quoted.replace('""', '"') or plain for quoted, plain in found]


HEADINGS = {"SH", "SS", "Sh", "Ss"}
BREAKS = set("PP P LP TP TQ HP IP RS RE br sp bp in ti ce Pp It Bl El D1 Dl Nd YS SY".split())
LISTINGS = {
    "nf": "fi", "EX": "EE", "Bd": "Ed", "TS": "TE", "EQ": "EN", "PS": "PE", "DS": "DE", "Vb": "Ve",
    "ig": ".", "de": ".", "de1": ".", "am": ".",
}
INLINE = {"B": " ", "I": " ", "R": " ", "SM": " ", "SB": " ", "BR": "", "BI": "", "IB": "", "IR": "", "RB": "", "RI": ""}
MDOC = set(
    "Ac Ad An Ao Ap Aq Ar At Bc Bo Bq Brq Bx Cd Cm Dc Do Dq Dv Em Er Ev Fa Fl Fn Ft Fx Ic In Lb Li Lk Ms Mt Nm No Ns Nx Oc Oo Op Ox Pa "
    "Pc Pf Po Pq Qc Ql Qo Qq Sc So Sq St Sx Sy Ta Tn Ux Va Vt Xc Xo Xr".split()
)


def from_troff(text):
    """The paragraphs of a manual page (man or mdoc macros), without its listings and tables."""
    paragraphs, lines = [], []
    until = None  # the request that ends a listing
    label = False  # the next line is the label of a list's item, a paragraph of its own

    def end_paragraph():
        paragraphs.append(paragraph("\n".join(lines)))
        lines.clear()

    for line in text.split("\n"):
        request = re.match(r"[.']\s*(\S*)\s*(.*)", line)
        if not request or line.startswith("'") and not re.match(r"'\s*[a-zA-Z\\]{1,3}\b", line):
            if until:
                continue
            if not line.strip():
                end_paragraph()
                continue
            lines.append(unescape(line))
        else:
            name, rest = request.groups()
            if until:
                until = None if name == until else until
                continue
            if name in LISTINGS:
                end_paragraph()
                until = LISTINGS[name]
                continue
            rest = re.sub(r'\s*\\["#].*', "", rest)
            if name in HEADINGS:
                end_paragraph()
                lines.append(unescape(" ".join(arguments(rest))))
                end_paragraph()
                continue
            if name in BREAKS:
                end_paragraph()
                label = name in {"TP", "TQ"}
                if name in {"It", "Nd", "D1", "Dl", "IP"}:
                    words = arguments(rest)[:1] if name == "IP" else [word for word in arguments(rest) if word not in MDOC]
                    lines.append(unescape(" ".join(words)))
                    if name in {"It", "IP"}:
                        end_paragraph()
                continue
            if name in INLINE:
                lines.append(unescape(INLINE[name].join(arguments(rest))))
            elif name in MDOC:
                lines.append(unescape(" ".join(word for word in arguments(rest) if word not in MDOC)))
            else:
                continue
        if label:
            end_paragraph()
            label = False
    end_paragraph()
    return paragraphs


def fit(line):
    """Whether a line is Japanese: it has kana, and a third of what is not blank is kana or kanji."""
    return KANA.search(line) and 3 * len(JAPANESE.findall(line)) >= len(line) - line.count(" ")


def sources(folder):
    """The pages below a folder: (path, bytes, how to read them)."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts):
        if path.is_symlink() or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        manual = re.search(r"(?:^|/)man/ja/man\d/[^/]+$", name)
        if name.endswith((".html", ".htm")):
            yield name, path.read_bytes(), from_html
        elif manual:
            data = path.read_bytes()
            yield name.removesuffix(".gz"), gzip.decompress(data) if name.endswith(".gz") else data, from_troff
        elif name.endswith(".jar"):
            with zipfile.ZipFile(path) as archive:
                for member in sorted(archive.namelist()):
                    if member.endswith(".html"):
                        yield f"{name}/{member}", archive.read(member), from_html


def download(folder):
    """Puts the packages into a folder; the list of the files, and of packages that the release doesn't have."""
    folder.mkdir(parents=True, exist_ok=True)
    files, missing = [], []
    for package in PACKAGES:
        present = sorted(folder.glob(f"{package}_*.deb"))
        if not present:
            if not shutil.which("apt-get"):
                sys.exit("error: there is no apt-get; run this on Debian or Ubuntu, or in a container of it")
            # As root, apt would like to download as a user who may not write here, and says so.
            command = ["apt-get", "download", "-qq", "-o", "APT::Sandbox::User=root", package]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            present = sorted(folder.glob(f"{package}_*.deb"))
            if done.returncode != 0 or not present:
                reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
                print(f"left out: {package}: {reason[0]}", file=sys.stderr)
                missing.append(package)
                continue
        files.append(present[-1])
    if not files:
        sys.exit("error: none of the packages could be downloaded; is the list of packages up to date (apt-get update)?")
    return files, missing


def sha256(path):
    with open(path, "rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def extract(package, folder):
    if not shutil.which("dpkg-deb"):
        sys.exit("error: there is no dpkg-deb; run this on Debian or Ubuntu, or in a container of it")
    try:
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
    except subprocess.CalledProcessError:
        sys.exit(f"error: {package.name} can't be unpacked; delete it and run this again")


def field(package, name):
    return subprocess.run(["dpkg-deb", "-f", package, name], check=True, capture_output=True, text=True).stdout.strip()


def build(out):
    packages, missing = download(out / "packages")
    documents = out / "documents"
    shutil.rmtree(documents, ignore_errors=True)
    documents.mkdir()
    seen = set()
    records, total, files, undecodable = [], 0, 0, 0
    with open(out / "all.txt", "wb") as joined:
        for package in packages:
            name = package.name.split("_")[0]
            size = count = 0
            with tempfile.TemporaryDirectory(dir=out) as temporary:
                extract(package, temporary)
                for path, data, read in sources(pathlib.Path(temporary)):
                    try:
                        text = data.decode("utf-8")
                    except UnicodeDecodeError:
                        undecodable += 1
                        continue
                    # Some packages hold a dozen languages; parsing them all would be most of the time.
                    if not KANA.search(text):
                        continue
                    kept = []
                    for line in read(text):
                        if line not in seen and fit(line):
                            seen.add(line)
                            kept.append(line + "\n")
                    if not kept:
                        continue
                    content = "".join(kept).encode()
                    # A page's path can hold the path of another page as a folder only within a jar; the suffix keeps them apart.
                    target = documents / name / f"{path}.txt"
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
                    joined.write(content)
                    size += len(content)
                    count += 1
            records.append({
                "package": name, "version": field(package, "Version"), "sha256": sha256(package), "documents": count, "bytes": size,
            })
            print(f"{name:24} {count:6} documents {size / 1e6:7.2f} MB", file=sys.stderr)
            total += size
            files += count
    manifest = {
        "documents": files, "bytes": total, "lines": len(seen), "sha256": sha256(out / "all.txt"),
        "not_utf8": undecodable, "missing": missing, "packages": records,
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = "the folder to build it in, outside the repository (400 MB while it runs)"
    parser.add_argument("out", metavar="OUT", type=pathlib.Path, help=where)
    out = parser.parse_args().out.resolve()
    repository = pathlib.Path(__file__).resolve().parent.parent
    if repository in [out, *out.parents] and repository / "target" not in out.parents:
        sys.exit("error: OUT is inside the repository; choose a folder outside it or below target/")
    if out.exists() and not out.is_dir():
        sys.exit(f"error: {out} is no folder")
    if out.is_dir() and any(out.iterdir()) and not (out / "packages").is_dir():
        sys.exit(f"error: {out} is not empty and was not made by this script")
    os.makedirs(out, exist_ok=True)
    manifest = build(out)
    print(f"{manifest['documents']} documents, {manifest['lines']} lines, {manifest['bytes'] / 1e6:.1f} MB, SHA-256 {manifest['sha256']}")
    print(f"count {out / 'documents'} or {out / 'all.txt'}")


if __name__ == "__main__":
    main()
