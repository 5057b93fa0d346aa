#!/usr/bin/env python3
"""Writes the licences of all packages that are in the program: packaging/licences.py FILE [CARGO-METADATA-OPTION...]

A text is written once, under the packages that have it. A package without a file of its own has the texts of another from the
same repository, or else the text of its licence without a name.
"""

import json
import pathlib
import subprocess
import sys

NAMES = ("license", "licence", "copying", "copyright", "notice", "unlicense", "third-party")
LINE = "=" * 80


def packages(options):
    """The packages that a program is linked from, by name, and the macros of these."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", *options]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout)
    by_id = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found, waiting = set(), [metadata["resolve"]["root"]]
    while waiting:
        package = waiting.pop()
        if package not in found:
            found.add(package)
            waiting += [
                dependency["pkg"]
                for dependency in nodes[package]["deps"]
                if any(kind["kind"] is None for kind in dependency["dep_kinds"])
            ]
    foreign = [by_id[package] for package in found if by_id[package]["source"]]
    return sorted(foreign, key=lambda package: (package["name"], package["version"]))


def texts(package):
    """The texts of a package's licences and notices."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [path for path in folder.iterdir() if path.is_file() and path.stem.lower().startswith(NAMES)]
    if package["license_file"]:
        files.append(folder / package["license_file"])
    folder /= "LICENSES"
    if folder.is_dir():
        files += [path for path in folder.iterdir() if path.is_file()]
    read = {path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip() for path in files}
    return sorted(read)


def main():
    target, *options = sys.argv[1:]
    own = pathlib.Path(__file__).resolve().parents[1]
    by_text, by_repository, lines, without = {}, {}, [], []
    for package in packages(options):
        name = f"{package['name']} {package['version']}"
        lines.append(f"{name}: {package['license'] or 'see below'}")
        found = texts(package)
        for text in found:
            by_text.setdefault(text, []).append(name)
        if found:
            by_repository[package["repository"]] = found
        else:
            without.append((name, package["license"] or "", package["repository"]))
    # Of a choice, one: MIT without a name, or the Apache License.
    for name, licence, repository in without:
        if repository and repository in by_repository:
            for text in by_repository[repository]:
                by_text[text].append(name)
            continue
        allowed = licence.replace("/", " OR ").replace("(", "").replace(")", "").split(" OR ")
        if "Apache-2.0" in allowed:
            text = (own / "LICENSE-APACHE").read_text(encoding="utf-8").strip()
        elif "MIT" in allowed:
            mit = (own / "LICENSE-MIT").read_text(encoding="utf-8")
            text = mit[mit.index("Permission is hereby granted") :].strip()
        else:
            sys.exit(f"{name} ({licence}) has no text of its licence, and none is known here: add it to {__file__}")
        by_text.setdefault(text, []).append(name)
    with open(target, "w", encoding="utf-8", newline="\n") as file:
        print("The program is linked from these packages and from Rust's standard library (MIT OR Apache-2.0).\n", file=file)
        print("\n".join(lines), file=file)
        for text, names in sorted(by_text.items(), key=lambda item: item[1]):
            print(f"\n{LINE}\n{', '.join(names)}\n{LINE}\n\n{text}", file=file)
    print(f"{target}: {len(lines)} packages, {len(by_text)} texts")


main()
