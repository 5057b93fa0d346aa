"""The tables of a finished run, with the types that its ``columns.csv`` gives them."""

import csv
import os
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from ._hedgerow import HedgerowError

Backend = Literal["pandas", "polars", "pyarrow"]

#: The context of a node: an empty cell is an empty text there, and a missing value in other columns.
_MAY_BE_EMPTY = {"left", "right", "previous", "next"}

#: A text that a spreadsheet would take for a formula has an apostrophe before it (docs/columns.md), but for plain numbers.
_FORMULA = r"\A'+[=+\-@\t\r]"
_NUMBER = r"\A'+[+-]([0-9]+[.]?[0-9]*|[.][0-9]+)\z"

#: The most bytes of a row.
_BLOCK = 1 << 26


class Run(Mapping[str, Any]):
    """The tables of a run by their names, each read when it is first asked for.

    Integers are int64 (in pandas ``Int64`` where cells are empty), decimals float64, ``true`` and ``false`` logical values, all else text: a group called ``NA`` or ``001`` stays
    what it is. An empty cell is a missing value; in ``left``, ``right``, ``previous`` and ``next`` of ``concordance`` it is an empty text.
    """

    def __init__(self, folder: str | os.PathLike[str], backend: Backend = "pandas") -> None:
        if backend not in ("pandas", "polars", "pyarrow"):
            raise ValueError(f'backend is "pandas", "polars" or "pyarrow", not {backend!r}')
        self.folder = pathlib.Path(folder)
        self._backend = backend
        self._tables: dict[str, Any] = {}
        columns = self.folder / "columns.csv"
        if not (self.folder / "run.json").is_file() or not columns.is_file():
            raise HedgerowError(f"{self.folder} holds no run (run.json, columns.csv); `hedgerow count PATH --out DIR` writes one")
        self._types: dict[str, dict[str, str]] = {}
        with columns.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                self._types.setdefault(row["table"], {})[row["column"]] = row["type"]

    def __getitem__(self, name: str) -> Any:
        if name not in self:
            raise KeyError(name)
        if name not in self._tables:
            self._tables[name] = _converted(self._read(name), self._backend)
        return self._tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self._types and self._path(str(name)).is_file()

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._types if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<hedgerow.Run {str(self.folder)!r}: {', '.join(self)}>"

    def _path(self, name: str) -> pathlib.Path:
        return self.folder / f"{name}.csv"

    def _read(self, name: str) -> Any:
        import pyarrow
        from pyarrow import csv as arrow_csv

        path, types = self._path(name), self._types[name]
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file), [])
        known = {"integer": pyarrow.int64(), "decimal": pyarrow.float64(), "true or false": pyarrow.bool_()}
        convert = arrow_csv.ConvertOptions(
            column_types={column: known.get(types.get(column, "text"), pyarrow.string()) for column in header},
            null_values=[""],
            true_values=["true", "TRUE"],
            false_values=["false", "FALSE"],
            strings_can_be_null=False,
        )
        read = arrow_csv.ReadOptions(block_size=min(max(path.stat().st_size, 1 << 20), _BLOCK))
        parse = arrow_csv.ParseOptions(newlines_in_values=True)
        try:
            table = arrow_csv.read_csv(path, read, parse, convert)
        except pyarrow.ArrowInvalid as error:
            raise HedgerowError(f"{path}: {error}; `hedgerow verify {self.folder}` says whether it is as it was written") from error
        for at, column in enumerate(table.column_names):
            if table.schema.field(at).type == pyarrow.string():
                table = table.set_column(at, _plain(column), _text(table.column(at), column in _MAY_BE_EMPTY))
        return table


def _text(column: Any, may_be_empty: bool) -> Any:
    """A column of text without the apostrophes that protect it from spreadsheets."""
    from pyarrow import compute

    protected = compute.match_substring_regex(column, _FORMULA)
    if compute.any(protected).as_py():
        number = compute.match_substring_regex(column, _NUMBER)
        protected = compute.and_not(protected, number)
        column = compute.if_else(protected, compute.utf8_slice_codeunits(column, 1), column)
    return column if may_be_empty else compute.if_else(compute.equal(column, ""), None, column)


def _plain(name: str) -> str:
    """The name of a column without such an apostrophe."""
    import pyarrow

    return str(_text(pyarrow.chunked_array([[name]]), may_be_empty=True)[0])


def _converted(table: Any, backend: Backend) -> Any:
    if backend == "polars":
        import polars

        return polars.from_arrow(table)
    if backend == "pandas":
        import pandas
        import pyarrow

        nullable = {pyarrow.int64(): pandas.Int64Dtype(), pyarrow.bool_(): pandas.BooleanDtype()}
        columns = zip(table.column_names, table.columns)
        return pandas.DataFrame(
            {name: column.to_pandas(types_mapper=nullable.get if column.null_count else None) for name, column in columns}
        )
    return table


def read_run(folder: str | os.PathLike[str], backend: Backend = "pandas") -> Run:
    """The tables of a folder that ``hedgerow count`` or ``hedgerow merge`` has written, by their names: a :class:`Run`.

    ``read_run("stats")["documents"]`` is a pandas DataFrame, or a table of the other ``backend``.
    """
    return Run(folder, backend)
