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
