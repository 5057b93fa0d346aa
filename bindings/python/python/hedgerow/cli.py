"""The command ``hedgerow``, which is the program that ``cargo install`` installs."""

import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterable

from ._hedgerow import HedgerowError, run_program


def main() -> int:
    """Runs the program with the arguments of this process, and gives its exit status."""
    return run_program(["hedgerow", *sys.argv[1:]])


def merge(
    parts: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    by: str | None = None,
    force: bool = False,
    **options: object,
) -> pathlib.Path:
    """Puts partial results together, as ``hedgerow merge`` does: the tables of one run over all their documents.

    ``parts`` are files with the lines of partial runs, or folders of such files; ``out`` is the folder for the tables, which is returned.
    ``by`` compares groups, ``force`` replaces an earlier run, and other options have the names of the command's: ``cluster="site"`` for ``--cluster site``, ``ordered=True``
    for ``--ordered``. What the command refuses is a :class:`HedgerowError` with its message.
    """
    paths = [parts] if isinstance(parts, (str, os.PathLike)) else list(parts)
    arguments = ["merge", "--out", os.fspath(out)]
    for name, value in {"by": by, "force": force, **options}.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            arguments.append(option)
        elif value is not None and value is not False:
            arguments += [option, str(value)]
    _run([*arguments, "--", *(os.fspath(path) for path in paths)])
    return pathlib.Path(out)


def _run(arguments: list[str]) -> None:
    """Runs the command in a process of its own, as a signal ends that."""
    command = [sys.executable, "-m", "hedgerow", *arguments]
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if run.returncode:
        said = (re.sub("^(error|エラー): ", "", line) for line in run.stderr.strip().splitlines())
        raise HedgerowError("\n".join(said))
