"""Several texts as one glossary and one deck."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.decks.deck import Deck, Note
from desktop.facts.fact import Facts
from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.operations import merging
from desktop.operations.analysing import Analysed
from desktop.operations.texts import AnalysedText
from desktop.reading.document import Block, BlockKind, Document, Evidence, Source, Span
from tests.decks.factory import question_note, term_note


def document(title: str) -> Document:
    block = Block(0, BlockKind.PARAGRAPH, f"The text of {title}.")
    return Document(title, None, None, (), None, "en", Source(title, title * 8, "txt"), (block,))


def term(name: str, **changes: Any) -> Term:
    values: dict[str, Any] = {
        "kind": TermKind.PERSON, "aliases": (), "importance": 0.5, "definition": None,
        "mentions": (Span(0, 0, 3),),
    }  # fmt: skip
    return Term(term=name, **values | changes)


def meaning(text: str, source: DefinitionSource) -> Definition:
    evidence = Evidence(Span(0, 0, 3), "The") if source is DefinitionSource.DOCUMENT else None
    return Definition(text, source, evidence, None if evidence else "a work")


def text(title: str, *terms: Term, notes: tuple[Note, ...] = ()) -> AnalysedText:
    glossary = Glossary(title, title * 8, terms)
    deck = Deck(f"Glossator::{title}", title, title * 8, notes)
    return AnalysedText(document(title), Analysed(glossary, Facts(title, title * 8, ()), deck))


def merged(*texts: AnalysedText) -> list[merging.MergedTerm]:
    return list(merging.merge_glossaries(texts).terms)


def test_a_name_and_its_short_form_are_one_term_under_the_full_name() -> None:
    full = term("Ada Byron", aliases=("Byron",), importance=0.4)
    for first, second in ((full, term("Byron")), (term("Byron"), full)):
        (entry,) = merged(text("A", first), text("B", second))
        assert entry.term.term == "Ada Byron"
        assert entry.term.aliases == ("Byron",)
        assert entry.term.importance == 0.5
        assert entry.documents == (0, 1)


@pytest.mark.parametrize(
    "second",
    [
        term("Ada Byron", kind=TermKind.WORK),  # of another kind
        term("Lord Byron", aliases=("Byron",)),  # shares a surname alone
        term("Ada"),  # not known as an alias
    ],
)
def test_different_things_stay_apart(second: Term) -> None:
    assert len(merged(text("A", term("Ada Byron", aliases=("Byron",))), text("B", second))) == 2


def test_terms_of_one_text_are_never_merged() -> None:
    first = term("Byron", aliases=("Ada Byron", "Lord Byron"))
    assert len(merged(text("A"), text("B", first, term("Ada Byron"), term("Lord Byron")))) == 3


def test_what_a_text_says_wins_over_a_reference_work() -> None:
    from_work = term("Ada", definition=meaning("a name", DefinitionSource.ENCYCLOPEDIA))
    from_text = term("Ada", definition=meaning("the engineer", DefinitionSource.DOCUMENT))
    (entry,) = merged(text("A", from_work), text("B", from_text))
    assert entry.to_json()["definition"]["text"] == "the engineer"
    assert entry.to_json()["definition"]["evidence"]["document"] == 1
    (entry,) = merged(text("A", from_text), text("B", from_work))
    assert entry.definition_document == 0


def test_the_most_important_term_comes_first_and_limits_count_from_there() -> None:
    glossary = merging.merge_glossaries(
        [text("A", term("Low", importance=0.1)), text("B", term("High", importance=0.9))]
    )
    assert [entry.term.term for entry in glossary.terms] == ["High", "Low"]
    assert [entry.term.term for entry in glossary.chosen(limit=1).terms] == ["High"]
    assert glossary.chosen(kinds={TermKind.PLACE}).terms == ()
    assert merging.as_glossary(glossary).title == "A · B"


@pytest.fixture
def given_decks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each text have the deck that the test gave it."""

    def build(given: AnalysedText, *, limit: int | None = None, **_options: object) -> Deck:
        deck = given.analysed.deck
        return Deck(deck.name, deck.title, deck.sha256, deck.notes[:limit])

    monkeypatch.setattr(merging, "build_cards", build)


@pytest.mark.usefixtures("given_decks")
def test_a_term_has_one_card_in_the_deck_of_several_texts() -> None:
    lens, other = term_note(id="a"), term_note(id="b", title="B")
    shared = question_note(id="same")
    result = merging.merge_decks(
        [text("A", notes=(lens, shared)), text("B", notes=(shared, other))]
    )
    assert [note.id for note in result.deck.notes] == ["a", "same"]
    assert result.origins == (0, 0)


@pytest.mark.usefixtures("given_decks")
@pytest.mark.parametrize(
    ("limit", "origins"), [(1, (0,)), (3, (0, 0, 1)), (4, (0, 0, 0, 1)), (9, (0, 0, 0, 1))]
)
def test_a_limit_is_shared_out_evenly(limit: int, origins: tuple[int, ...]) -> None:
    many = tuple(question_note(id=f"a{i}", front=f"Question {i}?") for i in range(3))
    result = merging.merge_decks(
        [text("A", notes=many), text("B", notes=(question_note(id="b"),))], limit=limit
    )
    assert result.origins == origins
    assert [card["evidence"]["document"] for card in result.to_json()["cards"]] == list(origins)


@pytest.mark.usefixtures("given_decks")
def test_the_deck_of_several_texts_is_named_after_the_first() -> None:
    texts = [text("A::B", notes=(question_note(),)), text("C")]
    assert merging.merge_decks(texts).deck.name == "Glossator::A: B + 1 more"
    assert merging.merge_decks(texts, name="Mine").deck.name == "Mine"
