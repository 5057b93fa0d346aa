"""The command ``hedgerow``, which is the program that ``cargo install`` installs."""

import sys

from ._hedgerow import run_program


def main() -> int:
    """Runs the program with the arguments of this process, and gives its exit status."""
    return run_program(["hedgerow", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
