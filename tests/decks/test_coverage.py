"""Coverage: every body paragraph has its cards or a reason."""

from __future__ import annotations

from dataclasses import replace

from desktop.decks.build import build_deck
from desktop.decks.coverage import GAPS, Gap, paragraph_coverage
from desktop.decks.deck import Deck, Finding, RefusedNote
from desktop.facts.extract import extract_facts
from desktop.facts.fact import Facts
from desktop.glossary.extract import extract_glossary
from desktop.language.analysis import analyse
from desktop.reading.document import Span
from tests.decks.factory import question_note
from tests.documents import document_of

PARAGRAPHS = (
    "The observatory of Vardø was founded in 1903 by the astronomer Lise Holm.",
    "Carl Zeiss built the telescope of the observatory of Hamburg in Jena in 1911.",
    "And so on.",
    "Whatever they had said to each other there, it was as if nobody had ever heard of it.",
)


def test_every_paragraph_has_its_cards_or_a_reason() -> None:
    document = document_of(*PARAGRAPHS)
    analysis = analyse(document)
    glossary = extract_glossary(analysis)
    facts = extract_facts(analysis, glossary)
    # Of the second paragraph we say that it is all opinion.
    judged = tuple(replace(f, opinion=f.evidence.span.block == 2) for f in facts.facts)
    facts = replace(facts, facts=judged)
    deck = build_deck(facts, glossary, document)
    found = paragraph_coverage(document, facts, deck)
    assert [p.block for p in found] == [block.index for block in document.body()]
    assert sorted(note for p in found for note in p.notes) == sorted(n.id for n in deck.notes)
    assert found[0].notes
    assert found[0].gap is None
    assert [p.gap for p in found[1:]] == [Gap.OPINION, Gap.TOO_SHORT, Gap.NO_FACT]
    assert all(bool(p.notes) is (p.gap is None) for p in found)
    assert found[2].to_json() == {
        "block": found[2].block, "cards": [], "reason": "too_short", "rules": [],
    }  # fmt: skip


def test_a_refused_card_is_the_reason_of_its_paragraph() -> None:
    document = document_of("In 1874 they showed nine works in Paris.")
    note = question_note(evidence=document.evidence(Span(1, 0, 12)))
    refused = RefusedNote(note, tuple(Finding(rule, ".") for rule in ("trivial", "too_long")))
    deck = Deck("A", document.name, document.source.sha256, (), (refused,))
    facts = Facts(document.name, document.source.sha256, ())
    (paragraph,) = paragraph_coverage(document, facts, deck)
    assert (paragraph.gap, paragraph.rules) == (Gap.REFUSED, ("too_long", "trivial"))


def test_every_reason_is_a_sentence_for_the_reader() -> None:
    assert set(GAPS) == set(Gap)
    assert all(text.endswith(".") for text in GAPS.values())
