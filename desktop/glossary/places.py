"""Where a term's forms occur, the frame of the page included."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.glossary.names import NAMED_KINDS
from desktop.reading.document import BlockKind, Document, Span

#: Blocks that are searched for known forms though no name is discovered in them.
_FRAME = frozenset(BlockKind) - NAMED_KINDS - {BlockKind.CODE, BlockKind.FIGURE}


def occurrences(
    document: Document, known: Sequence[Span], forms: Sequence[str], *, loose: Sequence[str]
) -> tuple[Span, ...]:
    """Return ``known`` with the occurrences of ``forms`` in headlines, bylines and the like.

    ``loose`` are the forms that may also stand in capitals there ("BY THEO SOMMER").
    """
    found = set(known)
    for block in document.blocks:
        if block.kind not in _FRAME:
            continue
        for form in sorted({*forms, *loose}, key=lambda text: (-len(text), text)):
            flags = re.IGNORECASE if form in loose or " " in form else 0
            pattern = rf"(?<!\w){re.escape(form)}(?!\w)"
            for match in re.finditer(pattern, block.text, flags):
                span = Span(block.index, match.start(), match.end())
                if not any(span.overlaps(other) for other in found):
                    found.add(span)
    return tuple(sorted(found))


def everywhere(document: Document, forms: Sequence[str]) -> tuple[Span, ...]:
    """Return all places of forms that are written in one way only, as abbreviations are.

    A form of several words may begin with a capital or not; a plural "s" is part of the place.
    """
    found: set[Span] = set()
    alternatives = sorted(map(_pattern, forms), key=lambda text: (-len(text), text))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?:s(?!\w))?(?!\w)")
    for block in document.blocks:
        if block.kind in {BlockKind.CODE, BlockKind.FIGURE}:
            continue
        found.update(
            Span(block.index, match.start(), match.end()) for match in pattern.finditer(block.text)
        )
    return tuple(sorted(found))


def _pattern(form: str) -> str:
    if " " not in form or not form[0].isalpha():
        return re.escape(form)
    return f"[{form[0].upper()}{form[0].lower()}]{re.escape(form[1:])}"
