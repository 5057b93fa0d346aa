"""Counts in Spark: the same integers, on any number of machines.

>>> from pyspark.sql import SparkSession
>>> import hedgerow.spark
>>> spark = SparkSession.builder.getOrCreate()
>>> texts = spark.createDataFrame([("a", "効果が期待される。"), ("b", "必ず実現します。")], ["id", "text"])
>>> hedgerow.spark.count(texts).select("id", "hedge", "assertive").show()
+---+-----+---------+
| id|hedge|assertive|
+---+-----+---------+
|  a|    1|        0|
|  b|    0|        2|
+---+-----+---------+
<BLANKLINE>

``count`` and ``find`` are transformations: nothing runs before an action. ``write_run`` is an action, which writes the tables of the program.

The package must be there for the Python of every node. Each task compares its version, lexicon and dictionary with the driver's, so that
a node with another one fails and says so. A Python worker of Spark's loads them once.
"""

import os
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow
from pyspark import StorageLevel, TaskContext
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from . import Counter, HedgerowError, merge

__all__ = ["count", "find", "write_run"]

_Paths = str | os.PathLike | Sequence[str | os.PathLike] | None
_Path = str | os.PathLike | None

T_ = TypeVar("T_")

#: Lines are handed to the driver in pieces of so many characters.
_PIECE = 1 << 20


def count(
    df: DataFrame,
    id: str | None = "id",
    text: str = "text",
    by: str | Sequence[str] = (),
    shape: str = "wide",
    lexicon: _Paths = None,
    dictionary: _Path = None,
) -> DataFrame:
    """Counts the texts of a DataFrame.

    ``shape="wide"`` gives a row a text: ``id``, the columns ``by``, the integer columns of ``documents.csv``, and a column for each
    category with its affirmed markers. ``shape="long"`` gives a row for each text and category: ``id``, ``by``, ``stance``,
    ``category``, ``category_ja``, ``count``, ``negated``. Counts are ``bigint``. Where a text is null, they are null; an empty text has zeros.

    Files of ``lexicon`` are read here and sent with the tasks. A ``dictionary`` must be found under the same path on every node.
    """
    return _map(df, id, text, by, shape, lexicon, dictionary)


def find(
    df: DataFrame,
    id: str | None = "id",
    text: str = "text",
    by: str | Sequence[str] = (),
    lexicon: _Paths = None,
    dictionary: _Path = None,
) -> DataFrame:
    """The markers in the texts of a DataFrame, a row each: ``id``, the columns ``by``, and those of ``concordance.csv`` from ``line`` on.

    ``line`` and ``sentence`` count from 1, ``start`` and ``end`` are characters from 0, the end behind the last.
    """
    return _map(df, id, text, by, None, lexicon, dictionary)


def write_run(
    df: DataFrame,
    out: str | os.PathLike,
    id: str = "id",
    text: str = "text",
    by: str | Sequence[str] = (),
    hits: bool = True,
    lexicon: _Paths = None,
    dictionary: _Path = None,
    force: bool = False,
    parts: str | os.PathLike | None = None,
) -> None:
    """Counts the texts of a DataFrame and writes the tables of the program to the folder ``out`` of the driver.

    They are, byte for byte, those of ``hedgerow count - --id-column id --out OUT`` over all rows in the order of their ids. The columns
    ``by`` become variables of the documents; ``hedgerow compare OUT --by VARIABLE`` compares the groups. Without ``hits`` there is no
    ``concordance.csv``. Ids must differ. With ``force`` a folder that is there is replaced.

    The nodes keep the partial results on their disks until the driver has fetched them, partition by partition, to a temporary folder in ``parts`` (where
    ``out`` will be, if it isn't given). They are nearly twice as large as the texts (docs/scale.md).
    """
    out = Path(out)
    if out.exists() and not force:
        raise HedgerowError(f"{out} exists; with force=True it is replaced")
    set_up = _SetUp.of(lexicon, dictionary)
    schema = T.StructType([T.StructField("documents", T.LongType(), False), T.StructField("lines", T.StringType(), False)])
    names = _Names(id, _names(by), text)
    lines = _select(df, names).mapInArrow(_Partial(set_up, names, hits), schema).persist(StorageLevel.DISK_ONLY)
    try:
        # All partitions at once; what follows fetches them one after the other.
        expected = lines.agg(F.sum("documents")).first()[0] or 0
        folder = Path(parts) if parts is not None else out.absolute().parent
        with tempfile.TemporaryDirectory(prefix=".hedgerow-parts-", dir=folder) as temporary:
            part = Path(temporary) / "spark.part"
            fetched = 0
            with open(part, "w", encoding="utf-8", newline="") as file:
                for row in lines.toLocalIterator(prefetchPartitions=True):
                    fetched += row.documents
                    file.write(row.lines)
                if expected == 0:
                    # A part without a document: tables without rows.
                    run = set_up.counter().partial(hits=hits)
                    file.write(run.begin() + "\n" + run.finish() + "\n")
            if fetched != expected:
                raise HedgerowError(
                    f"{expected} documents were counted, and {fetched} were there when a partition was lost and counted again; the "
                    "DataFrame gives other rows each time it is computed: write it to files, and count those"
                )
            merge([part], out, force=force)
    finally:
        lines.unpersist()


@dataclass(frozen=True)
class _SetUp:
    """What a counter is loaded from, and what it must then be."""

    #: Names and contents of the lexicon's files.
    lexicons: tuple[tuple[str, bytes], ...]
    dictionary: str | None
    version: str
    lexicon_digest: str
    dictionary_digest: str

    @classmethod
    def of(cls, lexicon: _Paths, dictionary: _Path) -> "_SetUp":
        paths = [] if lexicon is None else [lexicon] if isinstance(lexicon, (str, os.PathLike)) else list(lexicon)
        counter = Counter(lexicon=paths or None, dictionary=dictionary)
        files = tuple((Path(path).name, Path(path).read_bytes()) for path in paths)
        folder = None if dictionary is None else os.fspath(dictionary)
        return cls(files, folder, counter.version, counter.lexicon_digest, counter.dictionary_digest)

    def counter(self) -> Counter:
        """The counter of this process."""
        found = _COUNTERS.get(self)
        if found is None:
            found = self._load()
            _COUNTERS[self] = found
        return found

    def _load(self) -> Counter:
        # A task has the cores that Spark gives it, not all of the machine; the threads are made with the first counter.
        task = TaskContext.get()
        if task is not None:
            os.environ.setdefault("RAYON_NUM_THREADS", str(task.cpus()))
        with tempfile.TemporaryDirectory(prefix="hedgerow-lexicon-") as folder:
            paths = []
            for number, (name, content) in enumerate(self.lexicons):
                # Two files may have the same name.
                place = Path(folder) / str(number)
                place.mkdir()
                (place / name).write_bytes(content)
                paths.append(place / name)
            counter = Counter(lexicon=paths or None, dictionary=self.dictionary)
        for what, here, there in [
            ("version", counter.version, self.version),
            ("lexicon", counter.lexicon_digest, self.lexicon_digest),
            ("dictionary", counter.dictionary_digest, self.dictionary_digest),
        ]:
            if here != there:
                raise HedgerowError(
                    f"{socket.gethostname()} has another {what} of hedgerow than the driver: {here}, and the driver {there}; install the "
                    "same version of the package on all nodes, and put the same dictionary on them"
                )
        return counter


#: The counters of this process, which serves many tasks.
_COUNTERS: dict[_SetUp, Counter] = {}


@dataclass(frozen=True)
class _Names:
    """The names of the columns that tasks read, in the order of their batches."""

    id: str | None
    by: tuple[str, ...]
    text: str

    def all(self) -> list[str]:
        return [name for name in (self.id, *self.by, self.text) if name is not None]

    def on(self, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
        return pyarrow.RecordBatch.from_arrays(batch.columns, names=self.all())


@dataclass(frozen=True)
class _Count:
    """Counts batches, or finds the markers in them."""

    set_up: _SetUp
    names: _Names
    shape: str | None

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        counter = self.set_up.counter()
        for batch in batches:
            named = self.names.on(batch)
            yield from _naming_rows(named, self.names, lambda: self._table(counter, named)).to_batches()

    def _table(self, counter: Counter, batch: pyarrow.RecordBatch | pyarrow.Table) -> pyarrow.Table:
        names = self.names
        if self.shape is None:
            return counter.find_table(batch, text=names.text, id=names.id, by=list(names.by))
        return counter.count_table(batch, text=names.text, id=names.id, by=list(names.by), shape=self.shape)


@dataclass(frozen=True)
class _Partial:
    """Writes the lines of a part in pieces, with the number of documents that begin there. A partition without rows has no part."""

    set_up: _SetUp
    names: _Names
    hits: bool

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        names = self.names
        run = None
        lines: list[str] = []
        size = documents = 0
        for batch in batches:
            if run is None:
                run = self.set_up.counter().partial(hits=self.hits)
                lines.append(run.begin())
            named = names.on(batch)
            for line in _naming_rows(named, names, lambda: run.add(named, text=names.text, id=names.id, by=list(names.by))):
                lines.append(line)
                size += len(line)
                documents += 1
                if size >= _PIECE:
                    yield from _pieces(documents, lines)
                    lines, size, documents = [], 0, 0
        if run is not None:
            lines.append(run.finish())
            yield from _pieces(documents, lines)


def _pieces(documents: int, lines: list[str]) -> Iterator[pyarrow.RecordBatch]:
    """Lines as rows of text that follow each other. A long line is cut: what Spark keeps of a row, it keeps more than once in memory."""
    text = "".join(line + "\n" for line in lines)
    for at in range(0, len(text), _PIECE):
        number, piece = pyarrow.array([documents if at == 0 else 0], pyarrow.int64()), pyarrow.array([text[at : at + _PIECE]], pyarrow.string())
        yield pyarrow.RecordBatch.from_arrays([number, piece], ["documents", "lines"])


def _naming_rows(batch: pyarrow.RecordBatch, names: _Names, do: Callable[[], T_]) -> T_:
    """Does something with a batch. An error names the document, as the row of a batch of Spark's says nothing."""
    try:
        return do()
    except HedgerowError as error:
        if names.id is not None:
            for row, value in enumerate(batch.column(names.text).cast(pyarrow.large_binary())):
                try:
                    (value.as_py() or b"").decode("utf-8")
                except UnicodeDecodeError:
                    raise HedgerowError(f"document {batch.column(names.id)[row].as_py()!r}: {error}") from None
        raise


def _names(by: str | Sequence[str]) -> tuple[str, ...]:
    return (by,) if isinstance(by, str) else tuple(by)


def _select(df: DataFrame, names: _Names) -> DataFrame:
    """The columns that tasks read, under names that Spark takes wherever it finds them again by name."""
    kept = names.all()
    for name in kept:
        if kept.count(name) > 1:
            raise ValueError(f"the column {name!r} is named twice among id, text and by")
    return df.select(*(F.col("`" + name.replace("`", "``") + "`").alias(f"c{number}") for number, name in enumerate(kept)))


def _map(df: DataFrame, id: str | None, text: str, by: str | Sequence[str], shape: str | None, lexicon: _Paths, dictionary: _Path) -> DataFrame:
    set_up = _SetUp.of(lexicon, dictionary)
    names = _Names(id, _names(by), text)
    selected = _select(df, names)
    call = _Count(set_up, names, shape)
    # Refuses names that are those of the result, before anything runs.
    nothing = pyarrow.table({name: pyarrow.array([], pyarrow.string()) for name in names.all()})
    columns = list(call._table(set_up.counter(), nothing).schema)
    kept = [T.StructField(name, field.dataType, field.nullable) for name, field in zip(names.all()[:-1], selected.schema.fields)]
    found = [T.StructField(column.name, _TYPES[column.type]) for column in columns[len(kept) :]]
    return selected.mapInArrow(call, T.StructType([*kept, *found]))


_TYPES = {
    pyarrow.int64(): T.LongType(),
    pyarrow.float64(): T.DoubleType(),
    pyarrow.bool_(): T.BooleanType(),
    pyarrow.string(): T.StringType(),
}
