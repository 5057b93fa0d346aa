"""A marker where it occurs in a text."""

from typing import NamedTuple


class Marker(NamedTuple):
    """A marker where it occurs in a text; the fields are columns of ``concordance.csv``.

    ``text[marker.start:marker.end] == marker.node`` for the text that it was found in.
    """

    line: int
    """Line of the text that its sentence begins on, from 1."""
    sentence: int
    """Number of its sentence in the text, from 1."""
    start: int
    """First character of the node, from 0."""
    end: int
    """The character behind the node's last."""
    node: str
    """The marker as it stands in the text, without trailing politeness or tense."""
    marker: str
    """Id of the lexicon's entry."""
    stance: str
    """``"hedge"`` or ``"assertive"``."""
    category: str
    """Category of the lexicon."""
    category_ja: str
    """The category in Japanese."""
    negated: bool
    """Whether the marker itself is denied."""
    interrogative: bool
    """Whether it stands in a question."""
    quoted: bool
    """Whether it stands in quotation marks."""
    position: str
    """``"predicate"``, ``"adnominal"``, ``"adverbial"`` or ``"other"``."""
