"""What can be told of the cards of texts beside the cards: the refused ones, and the coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from desktop.operations.readable import refused_lines, shorten, table_lines

if TYPE_CHECKING:
    from desktop.decks.coverage import ParagraphCoverage
    from desktop.operations.texts import AnalysedText

#: Columns of a paragraph's opening words in a table.
_OPENING = 32


def coverage_of(text: AnalysedText) -> tuple[ParagraphCoverage, ...]:
    """Return which paragraphs of a text have cards, and why the others have none."""
    from desktop.decks.coverage import paragraph_coverage

    return paragraph_coverage(text.document, text.analysed.facts, text.analysed.deck)


def reports_json(texts: Sequence[AnalysedText], *, refused: bool, coverage: bool) -> dict[str, Any]:
    """Return the keys ``refused`` and ``coverage`` where they are asked for.

    Of several texts each entry tells its ``document``, as the evidence of a merged deck does.
    """
    data: dict[str, Any] = {}
    if refused:
        cards = [[note.to_json() for note in text.analysed.deck.refused] for text in texts]
        if len(texts) > 1:
            for index, some in enumerate(cards):
                for card in some:
                    card["evidence"]["document"] = index
        data["refused"] = [card for some in cards for card in some]
    if coverage:
        several = len(texts) > 1
        data["coverage"] = [
            paragraph.to_json() | ({"document": index} if several else {})
            for index, text in enumerate(texts)
            for paragraph in coverage_of(text)
        ]
    return data


def report_lines(
    texts: Sequence[AnalysedText], width: int, *, refused: bool, coverage: bool
) -> Iterator[str]:
    """Yield the same for a person at a terminal."""
    for text in texts:
        if coverage:
            yield from _coverage_lines(text, width)
            yield ""
        if refused:
            yield from refused_lines(text.analysed.deck.refused, width)


def _coverage_lines(text: AnalysedText, width: int) -> Iterator[str]:
    """Yield a table of the paragraphs: opening words, number of cards, reason for none."""
    from desktop.decks.coverage import GAPS

    rows = []
    paragraphs = coverage_of(text)
    for paragraph in paragraphs:
        words = " ".join(text.document.blocks[paragraph.block].text.split())
        reason = GAPS[paragraph.gap] if paragraph.gap else ""
        if paragraph.rules:
            reason += f" ({', '.join(paragraph.rules)})"
        rows.append((shorten(words, _OPENING), str(len(paragraph.notes)), reason))
    covered = sum(bool(paragraph.notes) for paragraph in paragraphs)
    yield f"{text.document.name}: {covered} of {len(paragraphs)} paragraphs have cards."
    if rows:
        yield from table_lines(("Paragraph", "Cards", "Why none"), rows, width)
