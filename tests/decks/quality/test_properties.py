"""What holds for every card: it quotes its text, clozes come back, no answer is given away."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from desktop.decks.build import build_deck
from desktop.decks.cloze import cloze_source, hidden, revealed, shown
from desktop.decks.deck import Note, NoteKind
from desktop.decks.quality import REASONS, lint
from desktop.facts.fact import Fact, FactKind, Facts
from desktop.facts.identity import normalised
from desktop.glossary.term import Glossary
from desktop.reading.document import Document, Span
from tests.decks.factory import cloze_note, evidence, question_note
from tests.documents import document_of

NAMES = ("Tallinn", "Carl Orff", "Lake Onega", "1706", "the Treaty of Nystad", "forty-two")
DEEDS = (
    "was painted by Ilya Repin in the monastery of Valaam",
    "sold timber and hemp to the merchants of Lübeck",
    "lost nine ships near the island of Gotland in 1679",
)

names = st.sampled_from(NAMES)
deeds = st.sampled_from(DEEDS)
phrases = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
plain = phrases.filter(lambda text: not re.search(r"[{}:]", text))


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A statement with up to three ranges of it, in order and apart."""
    pieces = draw(st.lists(plain.filter(bool), min_size=1, max_size=6))
    places, at = [], 0
    for index, piece in enumerate(pieces):
        if index % 2:
            places.append((at, at + len(piece)))
        at += len(piece)
    return "".join(pieces), tuple(places)


@given(ranges(), st.lists(plain, max_size=3))
def test_a_cloze_gives_its_statement_back(
    statement: tuple[str, tuple[tuple[int, int], ...]], hints: list[str]
) -> None:
    text, places = statement
    source = cloze_source(text, places, tuple(hints))
    assert revealed(source) == text
    assert hidden(source) == [text[start:end] for start, end in places]
    assert shown(source).count("[") - text.count("[") <= len(places) + "".join(hints).count("[")


@given(phrases, phrases, phrases, st.sampled_from(NoteKind))
def test_every_card_can_be_judged_and_every_finding_has_its_reason(
    front: str, back: str, quote: str, kind: NoteKind
) -> None:
    note = question_note(front=front, back=back, evidence=evidence(quote), kind=kind)
    for finding in lint(note):
        assert finding.reason == REASONS[finding.rule]
    assert lint(note) == lint(note)


@given(names, deeds)
def test_an_answer_inside_its_own_question_never_passes(name: str, deed: str) -> None:
    note = question_note(
        front=f"What that was told of {name} {deed}?",
        back=name,
        evidence=evidence(f"{name} {deed}."),
    )
    assert "answer_leaked" in {finding.rule for finding in lint(note)}
    gap = cloze_note(cloze=f"{{{{c1::{name}}}}} {deed}, as {name} says.", evidence=note.evidence)
    assert "answer_leaked" in {finding.rule for finding in lint(gap)}


def fact_of(document: Document, block: int, answer: str) -> Fact:
    text = document.blocks[block].text
    at = text.index(answer)
    return Fact(
        id=f"{block}-{answer}",
        statement=text,
        kind=FactKind.WHAT,
        importance=0.9,
        evidence=document.evidence(Span(block, 0, len(text))),
        answer=answer,
        answer_span=Span(block, at, at + len(answer)),
        targets=((at, at + len(answer)),),
    )


def check_evidence(note: Note, document: Document) -> None:
    assert document.quote(note.evidence.span) == note.evidence.quote
    assert note.cloze is not None
    assert normalised(revealed(note.cloze)).endswith(normalised(note.evidence.quote))


@given(st.lists(st.tuples(names, deeds), min_size=1, max_size=6, unique=True))
def test_every_card_of_a_deck_quotes_its_text_and_hides_its_answer(
    told: list[tuple[str, str]],
) -> None:
    document = document_of(*(f"{name[0].upper()}{name[1:]} {deed}." for name, deed in told))
    facts = [
        fact_of(document, block.index, f"{name[0].upper()}{name[1:]}")
        for block, (name, _) in zip(document.body(), told, strict=True)
    ]
    glossary = Glossary(document.name, document.source.sha256, ())
    deck = build_deck(
        Facts(document.name, document.source.sha256, tuple(facts)), glossary, document
    )
    for note in deck.notes:
        check_evidence(note, document)
        assert all(part not in note.front for part in hidden(note.cloze or ""))
