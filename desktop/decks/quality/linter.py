"""All rules of the linter together: the faults of one note, and of the notes of a deck."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop.decks.deck import Finding, Note
from desktop.decks.quality.answers import answer_leaked, trivial, two_answers, unanswerable
from desktop.decks.quality.claims import dropped_modality, opinion_as_fact
from desktop.decks.quality.references import (
    ambiguous_reference,
    dangling_pronoun,
    not_standing_alone,
)
from desktop.decks.quality.view import View, content, stem, view_of, without_gaps
from desktop.decks.quality.wording import broken_agreement, too_long

#: What each rule tells the reader.
REASONS = {
    "ambiguous_reference": "The card speaks of something that only the text around it makes clear.",
    "dangling_pronoun": "A pronoun on the card has nothing that it could stand for.",
    "two_answers": "More than one answer would be right.",
    "answer_leaked": "The question gives its answer away.",
    "too_long": "The card is too long to be answered from memory.",
    "trivial": "The answer is too easily guessed, or there is nothing to remember.",
    "opinion_as_fact": "The card asks for a judgement as if it were a fact.",
    "dropped_modality": "The text says this with a “not”, “might” or “according to”.",
    "broken_agreement": "The wording is not grammatical.",
    "not_standing_alone": "Months later it won't be clear when or where this holds.",
    "duplicate": "Another card of the deck asks the same.",
    "unanswerable": "The quoted sentence doesn't give this answer.",
}

_CHECKS: dict[str, Callable[[View], bool]] = {
    "ambiguous_reference": ambiguous_reference,
    "dangling_pronoun": dangling_pronoun,
    "two_answers": two_answers,
    "answer_leaked": answer_leaked,
    "too_long": too_long,
    "trivial": trivial,
    "opinion_as_fact": opinion_as_fact,
    "dropped_modality": dropped_modality,
    "broken_agreement": broken_agreement,
    "not_standing_alone": not_standing_alone,
    "unanswerable": unanswerable,
}
#: Two questions with one answer that share so much of their words ask the same.
_SAME = 0.8


def lint(note: Note) -> tuple[Finding, ...]:
    """Return the faults of a note, none for a sound one."""
    card = view_of(note)
    return tuple(Finding(rule, REASONS[rule]) for rule, check in _CHECKS.items() if check(card))


def lint_deck(notes: Iterable[Note]) -> dict[str, tuple[Finding, ...]]:
    """Return the faults of each note by id; what repeats an earlier card is a ``duplicate``."""
    found: dict[str, tuple[Finding, ...]] = {}
    asked: dict[tuple[str, ...], list[frozenset[str]]] = {}
    for note in notes:
        card = view_of(note)
        answer = tuple(stem(word) for word in content(card.answer)) or (card.answer.lower(),)
        words = frozenset(stem(word) for word in content(without_gaps(card.asked)))
        faults = lint(note)
        twins = asked.setdefault(answer, [])
        if note.id in found or any(_same(words, twin) for twin in twins):
            faults = (*faults, Finding("duplicate", REASONS["duplicate"]))
        twins.append(words)
        found[note.id] = faults
    return found


def _same(left: frozenset[str], right: frozenset[str]) -> bool:
    """Return whether two questions for one answer have nearly all of their words in common."""
    return left == right or len(left & right) >= _SAME * max(len(left), len(right))
