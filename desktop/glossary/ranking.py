"""How important a term is for its text, from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Sequence

from desktop.glossary.term import TermKind
from desktop.reading.document import BlockKind, Document, Span

#: The most that a term of a kind can reach: what a text is about comes before its vocabulary.
_CEILING = {
    TermKind.PERSON: 1.0,
    TermKind.ORGANISATION: 1.0,
    TermKind.EVENT: 1.0,
    TermKind.PLACE: 0.95,
    TermKind.WORK: 0.95,
    TermKind.CONCEPT: 0.95,
    TermKind.ABBREVIATION: 0.8,
    TermKind.WORD: 0.5,
}
#: What a term's probability starts from, and the share that a familiar place keeps.
_LEAST = 0.1
_FAMILIAR = 0.85
_FRAME = frozenset({BlockKind.TITLE, BlockKind.STANDFIRST, BlockKind.HEADING, BlockKind.CAPTION})


def importance(
    document: Document,
    kind: TermKind,
    mentions: Sequence[Span],
    *,
    defined_here: bool,
    weight: float = 0.5,
    probability: float = 0.0,
    familiar: bool = False,
) -> float:
    """Combine count, spread, early or framed mention and definition into one figure.

    ``defined_here``: the text itself says what it is. ``weight`` (0..1) is what else speaks for the
    term: a concept's termhood, a word's difficulty. A likely term (``probability``) is important
    however seldom it stands there: key terms of textbooks are often named once or twice. What
    everyone knows (``familiar``) comes after what tells this text from others.
    """
    body = [block.index for block in document.body()]
    places = {mention.block for mention in mentions}
    count = math.log2(1 + len(mentions)) / math.log2(1 + max(8, len(mentions)))
    spread = len(places & set(body)) / max(1, min(len(body), 8))
    framed = any(document.blocks[place].kind in _FRAME for place in places)
    first = min(mentions).block if mentions else 0
    early = 1.0 - (body.index(first) / len(body) if first in body else 0.0)
    score = (
        0.42 * count
        + 0.12 * min(1.0, spread)
        + 0.12 * framed
        + 0.06 * early
        + 0.1 * defined_here
        + 0.18 * weight
    )
    if probability > 0.0:
        score = max(score, _LEAST + (1.0 - _LEAST) * math.sqrt(probability))
    ceiling = _CEILING[kind] * (_FAMILIAR if familiar else 1.0)
    return round(ceiling * min(1.0, score), 4)
