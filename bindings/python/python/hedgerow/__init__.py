"""Counts hedging and assertive modality in Japanese texts, every figure traceable to its sentences.

>>> import hedgerow
>>> counter = hedgerow.Counter()
>>> counts = counter.count("効果が期待されています。必ず実現します。")
>>> counts["hedge"], counts["assertive"], counts["sentences"]
(1, 2, 2)
"""

from collections.abc import Mapping

from ._hedgerow import Counter, Counts, HedgerowError, PartialRun
from .cli import merge
from .marker import Marker
from .runs import Run, read_run

__all__ = ["Counter", "Counts", "HedgerowError", "Marker", "PartialRun", "Run", "merge", "read_run"]
__version__: str = Counter.version

Mapping.register(Counts)
