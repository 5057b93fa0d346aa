"""The compiled part of the package."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias, overload

import pyarrow

from .marker import Marker

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

_Arrow: TypeAlias = _ArrowArray | _ArrowStream
_Path: TypeAlias = str | PathLike[str]
_Progress: TypeAlias = Callable[[int], object]
_Total: TypeAlias = Literal[
    "characters",
    "sentences",
    "morphemes",
    "tokens",
    "hedge",
    "assertive",
    "hedge_negated",
    "assertive_negated",
    "sentences_hedged",
    "sentences_assertive",
    "sentences_mixed",
    "sentences_unmarked",
    "sentences_other",
]

class HedgerowError(Exception):
    """What Hedgerow can't do; its text is the message of the program."""

class Counter:
    """Counts the markers of texts with one dictionary and one lexicon.

    One counter serves any number of threads. It is pickled as its arguments; where these no longer mean the same, unpickling fails.

    :param lexicon: a lexicon file, or several, whose entries are added to the default ones, or take the place of those with the same id
    :param dictionary: a folder that ``hedgerow dictionary build`` has written, in the place of the dictionary inside
    :raises HedgerowError: a file that can't be read or has a mistake
    """

    version: str
    """The version of Hedgerow."""

    def __init__(self, lexicon: _Path | Sequence[_Path] | None = None, dictionary: _Path | None = None) -> None: ...
    @property
    def lexicon_digest(self) -> str:
        """SHA-256 of the lexicon, in hexadecimal."""
    @property
    def dictionary_digest(self) -> str:
        """SHA-256 of the dictionary, in hexadecimal."""
    @property
    def categories(self) -> dict[str, dict[str, str]]:
        """The categories by name, hedges first: the ``stance`` of each, and its name in Japanese, ``category_ja``."""
    def count(self, text: str) -> Counts: ...
    def find(self, text: str) -> list[Marker]: ...
    def count_all(
        self, texts: Iterable[str | None] | _Arrow, progress: _Progress | None = None
    ) -> list[Counts | None]: ...
    def count_table(
        self,
        data: _Arrow,
        text: str = "text",
        id: str | None = "id",
        by: str | Sequence[str] = (),
        shape: Literal["wide", "long"] = "wide",
        progress: _Progress | None = None,
    ) -> pyarrow.Table: ...
    def count_batches(
        self,
        data: _Arrow,
        text: str = "text",
        id: str | None = "id",
        by: str | Sequence[str] = (),
        shape: Literal["wide", "long"] = "wide",
        progress: _Progress | None = None,
    ) -> pyarrow.RecordBatchReader: ...
    def find_table(
        self,
        data: _Arrow,
        text: str = "text",
        id: str | None = "id",
        by: str | Sequence[str] = (),
        progress: _Progress | None = None,
    ) -> pyarrow.Table: ...

    def partial(self, hits: bool = True) -> PartialRun: ...

class PartialRun:
    """Counts documents in portions and gives the lines that ``hedgerow count - --partial`` writes for them."""

    def begin(self) -> str: ...
    def add(self, data: _Arrow, text: str = "text", id: str = "id", by: str | Sequence[str] = ()) -> list[str]: ...
    def finish(self) -> str: ...

class Counts:
    """The integers of one text, or of several added up, as a mapping.

    ``tokens``, ``hedge`` and the other integers have their names in ``documents.csv``; ``categories`` and ``markers`` are dictionaries by name,
    with ``affirmed`` and ``negated`` occurrences of each; ``lexicon`` and ``dictionary`` are the digests of what was counted with.
    ``+`` adds the counts of two texts, and refuses those of another lexicon or dictionary.
    """

    @overload
    def __getitem__(self, name: _Total) -> int: ...
    @overload
    def __getitem__(self, name: Literal["categories", "markers"]) -> dict[str, dict[str, Any]]: ...
    @overload
    def __getitem__(self, name: Literal["lexicon", "dictionary"]) -> str: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[str]: ...
    def __contains__(self, name: object) -> bool: ...
    def __add__(self, other: Counts) -> Counts: ...
    def __eq__(self, other: object) -> bool: ...
    def keys(self) -> list[str]: ...
    def values(self) -> list[Any]: ...
    def items(self) -> list[tuple[str, Any]]: ...
    def get(self, name: str, default: Any = None) -> Any: ...
    def to_dict(self) -> dict[str, Any]: ...

def run_program(arguments: list[str]) -> int: ...
