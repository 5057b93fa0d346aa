#!/usr/bin/env python3
"""Archives whose bytes depend on what is in them alone, and on the time SOURCE_DATE_EPOCH.

    packaging/archive.py tarball ARCHIVE.tar.gz FOLDER     the folder, under its name
    packaging/archive.py wheel WHEEL FILE...               the files, beside the licences of a wheel
"""

import base64
import csv
import gzip
import hashlib
import io
import os
import pathlib
import stat
import sys
import tarfile
import time
import zipfile

WHEN = int(os.environ["SOURCE_DATE_EPOCH"])


def tarball(target, folder):
    folder = pathlib.Path(folder)
    with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, WHEN) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path in [folder, *sorted(folder.rglob("*"))]:
                entry = archive.gettarinfo(path, path.relative_to(folder.parent).as_posix())
                entry.uid = entry.gid = 0
                entry.uname = entry.gname = "root"
                entry.mtime = WHEN
                runs = path.is_dir() or path.suffix == ".exe" or path.stat().st_mode & stat.S_IXUSR
                entry.mode = 0o755 if runs else 0o644
                with path.open("rb") if path.is_file() else io.BytesIO() as content:
                    archive.addfile(entry, content)


def wheel(target, *files):
    """A wheel's RECORD names each of its files, with a digest."""
    with zipfile.ZipFile(target) as archive:
        members = [(entry, archive.read(entry)) for entry in archive.infolist()]
    record = next(entry.filename for entry, _ in members if entry.filename.endswith(".dist-info/RECORD"))
    folder = record.removesuffix("RECORD") + "licenses/"
    members = [(entry, content) for entry, content in members if entry.filename != record and not entry.filename.startswith(folder)]
    for path in map(pathlib.Path, files):
        entry = zipfile.ZipInfo(folder + path.name)
        entry.external_attr = (stat.S_IFREG | 0o644) << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        members.append((entry, path.read_bytes()))
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    for entry, content in members:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        writer.writerow([entry.filename, f"sha256={digest}", len(content)])
    writer.writerow([record, "", ""])
    entry = zipfile.ZipInfo(record)
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    members.append((entry, rows.getvalue().encode()))
    with zipfile.ZipFile(target, "w") as archive:
        for entry, content in members:
            entry.date_time = time.gmtime(WHEN)[:6]
            archive.writestr(entry, content)


if __name__ == "__main__":
    {"tarball": tarball, "wheel": wheel}[sys.argv[1]](*sys.argv[2:])
