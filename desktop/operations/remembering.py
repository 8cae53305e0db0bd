"""How well a text is remembered: its sentences, the paragraphs to read again, what to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.decks.deck import NoteKind
from desktop.library import decks, documents
from desktop.library.decks import CardRecord, NoteStatus
from desktop.operations.studying import Studying
from desktop.reading.document import Span
from desktop.study.memory import DEFAULT_DECAY, retrievability

_DAY = 86_400
_SUGGESTED = 12  # paragraphs
_CHECKED = 10  # cards that a check after reading begins


@dataclass(frozen=True, slots=True)
class SentenceMemory:
    """A sentence with cards that were studied; of several cards the weakest counts.

    ``share`` is the chance (0..1) that it is remembered now; it fades below its desired retention.
    """

    span: Span
    share: float
    fading: bool


@dataclass(frozen=True, slots=True)
class TextRecall:
    """A document's cards that are known, fading and new, and its sentences in their order."""

    known: int = 0
    fading: int = 0
    new: int = 0
    sentences: tuple[SentenceMemory, ...] = ()


@dataclass(frozen=True, slots=True)
class WeakParagraph:
    """A paragraph that is worth reading again; ``lapses`` is how often its cards were forgotten."""

    block: int
    text: str
    span: Span
    fading: int
    lapses: int
    share: float


class Remembering(Studying):
    """The part of a workspace that brings memory back to the text."""

    def text_recall(self, document_id: int) -> TextRecall:
        """Return how well a document is remembered now."""
        weakest: dict[Span, SentenceMemory] = {}
        known = fading = new = 0
        for record, shares in self._studied(document_id):
            new += sum(share is None for share, _ in shares)
            for share, fades in shares:
                if share is None:
                    continue
                known, fading = known + (not fades), fading + fades
                span = record.note.evidence.span
                before = weakest.get(span)
                if before is None or share < before.share:
                    both = fades or (before is not None and before.fading)
                    weakest[span] = SentenceMemory(span, share, both)
        return TextRecall(known, fading, new, tuple(weakest[span] for span in sorted(weakest)))

    def weak_paragraphs(self, document_id: int) -> tuple[WeakParagraph, ...]:
        """Return the paragraphs whose cards fail, the weakest first: those to read again."""
        found: dict[int, list[tuple[CardRecord, float, bool]]] = {}
        for record, shares in self._studied(document_id):
            for share, fades in shares:
                if share is not None:
                    block = record.note.evidence.span.block
                    found.setdefault(block, []).append((record, share, fades))
        document = documents.read_document(self._database, document_id)
        weak = []
        for block, cards in found.items():
            lapses = sum(card.lapses for record in _once(cards) for card in record.cards)
            fading = sum(fades for _, _, fades in cards)
            if (fading or lapses) and block < len(document.blocks):
                span = min(cards, key=lambda one: one[1])[0].note.evidence.span
                mean = sum(share for _, share, _ in cards) / len(cards)
                text = document.blocks[block].text
                weak.append(WeakParagraph(block, text, span, fading, lapses, mean))
        weak.sort(key=lambda one: (-(one.fading + one.lapses), one.share, one.block))
        return tuple(weak[:_SUGGESTED])

    def check_reading(self, document_id: int) -> list[str]:
        """Return the notes that check what was read: key facts that are studied, or the best ones.

        Where none is accepted yet, the best proposed ones are accepted.
        """
        records = [r for r in decks.records(self._database, document_id) if _asks_a_fact(r)]
        accepted = [r.note.id for r in records if r.status is NoteStatus.ACCEPTED]
        if accepted:
            return accepted
        proposed = [r for r in records if r.status is NoteStatus.PROPOSED]
        best = sorted(proposed, key=lambda record: -record.note.confidence)[:_CHECKED]
        chosen = {record.note.id for record in best}
        ids = [record.note.id for record in proposed if record.note.id in chosen]
        if ids:
            with self._action("Accept cards", "notes", "cards"):
                decks.set_status(self._database, ids, NoteStatus.ACCEPTED, self._now())
        return ids

    def _studied(
        self, document_id: int
    ) -> list[tuple[CardRecord, list[tuple[float | None, bool]]]]:
        """Return accepted notes with the chance of each card, and whether it fades."""
        now, found = self._now(), []
        for record in decks.records(self._database, document_id, [NoteStatus.ACCEPTED]):
            shares: list[tuple[float | None, bool]] = []
            for card in record.cards:
                if card.suspended:
                    continue
                if card.stability is None or card.last_review is None:
                    shares.append((None, False))
                    continue
                options = self._options(card.deck_id)
                decay = options.parameters[-1] if options.parameters else DEFAULT_DECAY
                days = (now - card.last_review).total_seconds() / _DAY
                share = retrievability(days, card.stability, decay)
                shares.append((share, share < options.desired_retention))
            found.append((record, shares))
        return found


def _once(cards: Sequence[tuple[CardRecord, float, bool]]) -> list[CardRecord]:
    return list({record.note.id: record for record, _, _ in cards}.values())


def _asks_a_fact(record: CardRecord) -> bool:
    return record.note.kind is not NoteKind.TERM
