"""Decks: one sound card a statement, in the order of the text, each with its evidence."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from desktop.decks.build import AGES, build_deck
from desktop.decks.cloze import hidden, revealed, shown
from desktop.decks.deck import Deck, NoteKind
from desktop.decks.quality import lint
from desktop.facts.extract import extract_facts
from desktop.facts.fact import Facts
from desktop.glossary.extract import extract_glossary
from desktop.glossary.term import Glossary
from desktop.language.analysis import analyse
from desktop.reading.document import Document
from tests.documents import document_of

TEXT = (
    "The World Health Organization (WHO) was founded in Geneva in 1948. Norway joined NATO in "
    "1949. A hygrometer is an instrument that measures the humidity of air.",
    "Robert Koch discovered the bacterium of tuberculosis in 1882. France, Spain and Portugal "
    "signed a treaty in Madrid. Denmark has 179 seats in its parliament.",
    "Marta Keller was director of the port of Lindau from 1973 to 1992. Trade between Chile and "
    "Peru rose from $140 million to $250 million.",
)


def parts_of(*paragraphs: str, **frame: object) -> tuple[Facts, Glossary, Document]:
    document = document_of(*paragraphs, **frame)  # type: ignore[arg-type]
    analysis = analyse(document)
    glossary = extract_glossary(analysis)
    return extract_facts(analysis, glossary), glossary, document


@pytest.fixture(scope="module")
def parts() -> tuple[Facts, Glossary, Document]:
    return parts_of(*TEXT, title="Small things")


@pytest.fixture(scope="module")
def deck(parts: tuple[Facts, Glossary, Document]) -> Deck:
    return build_deck(*parts)


def test_the_text_makes_cards_and_every_card_is_sound(deck: Deck) -> None:
    assert len(deck.notes) >= 6
    assert all(lint(note) == () for note in deck.notes)


def test_every_card_quotes_the_text_where_it_stands(
    deck: Deck, parts: tuple[Facts, Glossary, Document]
) -> None:
    document = parts[2]
    for note in deck.notes:
        assert note.evidence.quote
        assert document.quote(note.evidence.span) == note.evidence.quote


def test_cards_come_in_the_order_of_the_text(deck: Deck) -> None:
    blocks = [note.evidence.span.block for note in deck.notes]
    assert blocks == sorted(blocks)


def test_no_question_holds_its_answer_and_each_cloze_comes_back(deck: Deck) -> None:
    for note in deck.notes:
        if note.kind is NoteKind.CLOZE:
            assert note.cloze is not None
            assert revealed(note.cloze) == note.back
            assert shown(note.cloze) == note.front
            assert all(part not in note.front for part in hidden(note.cloze))
        elif note.kind is NoteKind.QUESTION:
            assert note.back.lower() not in note.front.lower()
            assert len(note.front.split()) <= 25
            assert len(note.back.split()) <= 8


def test_every_paragraph_is_covered(deck: Deck) -> None:
    assert {note.evidence.span.block for note in deck.notes} == {1, 2, 3}


def test_from_and_to_are_asked_together(deck: Deck) -> None:
    gaps = [hidden(note.cloze) for note in deck.notes if note.cloze]
    assert ["$140 million", "$250 million"] in gaps
    assert ["1973", "1992"] in gaps


def test_a_limit_keeps_the_best_and_the_order(parts: tuple[Facts, Glossary, Document]) -> None:
    facts, glossary, document = parts
    few = build_deck(facts, glossary, document, limit=3)
    everything = [note.id for note in build_deck(facts, glossary, document).notes]
    assert len(few.notes) == 3
    places = [everything.index(note.id) for note in few.notes]
    assert places == sorted(places)
    assert build_deck(facts, glossary, document, limit=0).notes == ()


def test_kinds_are_kept_apart(parts: tuple[Facts, Glossary, Document]) -> None:
    for kind in NoteKind:
        notes = build_deck(*parts, kinds=[kind]).notes
        assert all(note.kind is kind for note in notes)
    assert build_deck(*parts, kinds=[NoteKind.CLOZE]).notes


def test_the_deck_is_named_after_the_text(parts: tuple[Facts, Glossary, Document]) -> None:
    assert build_deck(*parts).name == "Glossator::Small things"
    assert build_deck(*parts, name="A::B").name == "A::B"


def test_the_same_input_gives_the_same_bytes(parts: tuple[Facts, Glossary, Document]) -> None:
    again = parts_of(*TEXT, title="Small things")
    first = json.dumps(build_deck(*parts).to_json(), sort_keys=True)
    assert json.dumps(build_deck(*again).to_json(), sort_keys=True) == first


def test_identity_survives_a_typo_elsewhere_another_title_and_a_new_wording(deck: Deck) -> None:
    changed = [text.replace("Norway joined", "Norwey joined") for text in TEXT]
    other = build_deck(*parts_of(*changed, title="Another book", authors=("A. Writer",)))
    kept = {note.id for note in other.notes}
    for note in deck.notes:
        if "Norway" not in note.evidence.quote and note.kind is not NoteKind.TERM:
            assert note.id in kept


def test_identity_is_short_and_unique(deck: Deck) -> None:
    ids = [note.id for note in deck.notes]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{20}", identity) for identity in ids)


def test_a_view_is_asked_for_as_its_authors_and_a_plain_fact_needs_no_frame() -> None:
    text = "Norway joined NATO in 1949. The worst enemy of Zurich is the Zurich Stock Exchange."
    deck = build_deck(*parts_of(text, title="PEACE AND WAR", authors=("VERA WRITER",)))
    fronts = [note.front for note in deck.notes if note.kind is not NoteKind.TERM]
    assert fronts
    assert not any("Peace" in front for front in fronts)
    assert all(
        front.startswith("According to Vera Writer, ") for front in fronts if "envy" in front
    )


def test_what_was_so_on_the_day_of_writing_is_told_with_its_year() -> None:
    facts, glossary, document = parts_of(
        "Today, Norway sells about 90 percent of its salmon to the European Union."
    )
    assert build_deck(facts, glossary, document).notes == ()
    dated = dataclasses.replace(document, date="2019-03-12")
    analysis = analyse(dated)
    deck = build_deck(extract_facts(analysis, glossary), glossary, dated)
    (note,) = (note for note in deck.notes if note.kind is not NoteKind.TERM)
    assert note.front.startswith("As of 2019, ")
    assert AGES in note.tags


def test_an_opinion_makes_no_card() -> None:
    deck = build_deck(*parts_of("Germany must leave NATO by 2030."))
    assert [note for note in deck.notes if note.kind is not NoteKind.TERM] == []


def test_notes_are_whole_values(deck: Deck) -> None:
    for note in deck.notes:
        assert dataclasses.replace(note) == note
        assert note.title == "Small things"
        assert 0 <= note.confidence <= 1
        assert note.rule


def test_a_figure_that_leans_on_its_text_names_it() -> None:
    text = "Norway and Sweden plan to raise their trade from last year’s 140 to 250 tons of cod."
    fronts = [
        n.front
        for n in build_deck(*parts_of(text, authors=("Ada Roe",))).notes
        if n.rule == "from_to"
    ]
    assert all(front.startswith("In Ada Roe’s “") for front in fronts)
