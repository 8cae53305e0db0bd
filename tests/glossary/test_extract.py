"""The whole glossary of the bundled essay and of small texts."""

from __future__ import annotations

import pytest

from desktop.glossary.extract import extract_glossary
from desktop.glossary.term import DefinitionSource, Glossary, TermKind
from desktop.language.analysis import Analysis, analyse
from desktop.paths import bundled_essay
from desktop.reading.document import BlockKind
from desktop.reading.opener import open_document
from tests.documents import document_of


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(open_document(bundled_essay()))


@pytest.fixture(scope="module")
def glossary(analysis: Analysis) -> Glossary:
    return extract_glossary(analysis)


def test_every_mention_and_every_quote_is_the_text_to_the_letter(
    analysis: Analysis, glossary: Glossary
) -> None:
    document = analysis.document
    for term in glossary.terms:
        forms = {form.casefold() for form in (term.term, *term.aliases)}
        for mention in term.mentions:
            text = document.quote(mention).casefold()
            assert text.strip() == text
            assert text
            if term.kind not in {TermKind.WORD, TermKind.CONCEPT}:
                assert text in forms
        if term.definition and term.definition.source is DefinitionSource.DOCUMENT:
            evidence = term.definition.evidence
            assert evidence is not None
            assert document.quote(evidence.span) == evidence.quote


def test_what_the_essay_is_about_is_in_it_with_the_right_kind(glossary: Glossary) -> None:
    kinds = {form: t.kind.value for t in glossary.terms for form in (t.term, *t.aliases)}
    expected = {
        "Xi Jinping": "person", "Vladimir Putin": "person", "Putin": "person",
        "NATO": "organisation", "AUKUS": "organisation", "Ukraine": "place",
        "Crimea": "place", "Cold War": "event",
        "Mikhail Gorbachev": "person", "UN Security Council": "organisation", "Russian": "place",
        "One-China principle": "concept", "Belt and Road Initiative": "concept",
        "Eurasian Economic Union": "organisation", "climate change": "concept",
        "artificial intelligence": "concept", "entente": "word",
    }  # fmt: skip
    assert {form: kinds.get(form) for form in expected} == expected


def test_what_the_essay_explains_is_defined_in_its_words(glossary: Glossary) -> None:
    texts = {
        t.term: t.definition.text
        for t in glossary.terms
        if t.definition and t.definition.source is DefinitionSource.DOCUMENT
    }
    assert texts["NATO"] == "the Western military alliance founded in 1949"
    assert texts["AUKUS"].startswith("the security pact between Australia, the United Kingdom")
    assert texts["One-China principle"].startswith("the doctrine that there is only one China")


def test_a_definition_from_outside_names_its_source_and_licence(glossary: Glossary) -> None:
    for term in glossary.terms:
        if term.definition and term.definition.source is not DefinitionSource.DOCUMENT:
            assert term.definition.reference
            assert "CC BY" in term.definition.reference


def test_terms_come_by_importance_and_each_once(glossary: Glossary) -> None:
    scores = [term.importance for term in glossary.terms]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    names = [term.term.casefold() for term in glossary.terms]
    assert len(names) == len(set(names))


def test_the_glossary_is_the_same_each_time(analysis: Analysis, glossary: Glossary) -> None:
    assert extract_glossary(analysis).to_json() == glossary.to_json()
    assert Glossary.from_json(glossary.to_json()).to_json() == glossary.to_json()


def test_a_draft_with_the_same_terms_comes_before_the_senses_are_weighed(
    analysis: Analysis, glossary: Glossary
) -> None:
    drafts: list[Glossary] = []
    extract_glossary(analysis, on_draft=drafts.append)
    (draft,) = drafts
    known = {term.term for term in glossary.terms if term.kind is not TermKind.WORD}
    assert known <= {term.term for term in draft.terms}


def test_what_is_left_out_and_headlines_give_no_names() -> None:
    document = document_of("Nothing happened here.", title="Greta Larsson Wins Again")
    assert extract_glossary(analyse(document)).terms == ()


def test_the_author_of_a_text_has_an_entry_with_what_the_note_says() -> None:
    document = document_of(
        "The harvest failed again.",
        authors=("Mara Lindqvist",),
        frame=(
            (BlockKind.BYLINE, "BY MARA LINDQVIST"),
            (BlockKind.BIO, "MARA LINDQVIST is an agronomist at a university."),
        ),
    )
    terms = {t.term: t for t in extract_glossary(analyse(document)).terms}
    author = terms["Mara Lindqvist"]
    assert author.kind is TermKind.PERSON
    assert author.definition is not None
    assert author.definition.text == "an agronomist at a university"
    assert [document.quote(m) for m in author.mentions] == ["MARA LINDQVIST", "MARA LINDQVIST"]


def test_an_empty_document_has_an_empty_glossary() -> None:
    assert extract_glossary(analyse(document_of(title=None))).terms == ()
