"""Long texts by portions: the cuts, the merging, and going on where an analysis stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import Cancelled
from desktop.facts.fact import Facts
from desktop.glossary.sources.opening import EMBEDDED
from desktop.glossary.term import Glossary, Term, TermKind
from desktop.operations.analysing import analyse_document
from desktop.operations.extraction import Extraction
from desktop.operations.portions import (
    Found,
    Portion,
    PortionStore,
    divide,
    in_reading_order_from,
    in_view,
    merge,
)
from desktop.reading.document import Block, BlockKind, Document, Span
from desktop.settings import DEFAULT_LEVEL
from tests.documents import document_of

_CHAPTERS = (
    "Edda Solheim built a lighthouse on the island of Varnoy in 1887. Solheim was an engineer.",
    "The keeper of Varnoy was Jonas Lie. A lens is a piece of glass that bends light.",
    "Solheim died in Bergen in 1911. Jonas Lie, a sailor, mended the lens of the lighthouse.",
)


def _book() -> Document:
    parts: list[Block] = []
    for number, text in enumerate(_CHAPTERS):
        for kind, words in (
            (BlockKind.HEADING, f"Chapter {number + 1}"),
            (BlockKind.PARAGRAPH, text),
        ):
            level = 1 if kind is BlockKind.HEADING else None
            parts.append(Block(len(parts), kind, words, level))
    return replace(document_of(title=None), blocks=tuple(parts))


def _found(*terms: Term) -> Found:
    return Found(Glossary("A test", "", terms), Facts("A test", "", ()))


def _term(name: str, kind: TermKind, blocks: int, *aliases: str) -> Term:
    return Term(name, kind, aliases, 0.5, None, tuple(Span(i, 0, 1) for i in range(blocks)))


def _merged(*parts: Found) -> Found:
    return merge(document_of("x"), [(Portion(0, 0), part) for part in parts])


@pytest.fixture
def short_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "desktop.operations.extraction.divide", lambda document: divide(document, 24, 30)
    )


def test_a_short_text_is_one_portion() -> None:
    document = document_of("One paragraph.", "And another.")
    assert divide(document) == [Portion(0, 3)]


def test_a_long_text_is_cut_before_a_heading_and_wholly() -> None:
    book = _book()
    assert divide(book, 24, 30) == [Portion(0, 2), Portion(2, 4), Portion(4, 6)]
    plain = document_of(*(["word " * 30] * 9), title=None)
    cut = divide(plain, 60, 100)
    assert [portion.first for portion in cut[1:]] == [portion.end for portion in cut[:-1]]
    assert (cut[0].first, cut[-1].end) == (0, 9)
    assert all(sum(len(b.text.split()) for b in p.of(plain).blocks) <= 60 for p in cut)


def test_reading_begins_with_what_is_in_view() -> None:
    cut = [Portion(0, 2), Portion(2, 4), Portion(4, 6)]
    assert in_reading_order_from(cut, 3) == [1, 2, 0]
    assert in_view(_book(), 2) == Portion(2, 6)


def test_a_name_has_one_kind_and_one_entry_in_all_portions() -> None:
    first = _found(_term("Ada Hall", TermKind.PERSON, 3, "Hall"), _term("Orm", TermKind.PLACE, 4))
    second = _found(_term("Hall", TermKind.PERSON, 2), _term("Orm", TermKind.ORGANISATION, 1))
    merged = _merged(first, second).glossary.terms
    assert [(term.term, term.kind) for term in merged] == [
        ("Ada Hall", TermKind.PERSON), ("Orm", TermKind.PLACE)
    ]  # fmt: skip
    assert [len(term.mentions) for term in merged] == [5, 5]


def test_what_the_whole_book_speaks_of_comes_before_what_one_portion_does() -> None:
    everywhere = _term("tide", TermKind.CONCEPT, 1)
    first = _found(everywhere, replace(_term("reef", TermKind.CONCEPT, 1), importance=0.52))
    merged = _merged(first, _found(everywhere), _found(everywhere))
    assert [term.term for term in merged.glossary.terms] == ["tide", "reef"]


@pytest.mark.usefixtures("short_portions")
def test_places_are_those_of_the_whole_text_and_the_order_of_work_does_not_matter() -> None:
    book = _book()
    result = analyse_document(book)
    assert result.to_json() == analyse_document(book, at=3).to_json()
    solheim = next(t for t in result.glossary.terms if t.term == "Edda Solheim")
    assert {book.quote(span) for span in solheim.mentions} == {"Edda Solheim", "Solheim"}
    assert {span.block for span in solheim.mentions} == {1, 5}
    assert {fact.evidence.span.block for fact in result.facts.facts} <= {1, 3, 5}
    for fact in result.facts.facts:
        assert book.quote(fact.evidence.span) == fact.evidence.quote
        assert book.quote(fact.answer_span)
    for note in result.deck.notes:
        assert book.quote(note.evidence.span) == note.evidence.quote


@pytest.mark.usefixtures("short_portions")
def test_an_analysis_that_was_stopped_goes_on_where_it_stood(tmp_path: Path) -> None:
    book = _book()
    store = PortionStore(tmp_path, book, "1")
    read: list[float] = []

    def extraction(last: float) -> Extraction:
        def tell(_stage: str, fraction: float) -> None:
            read.append(fraction)
            if fraction > last:
                raise Cancelled("stopped")

        return Extraction(tell, lambda _g, _final: None, DEFAULT_LEVEL, EMBEDDED, store)

    with pytest.raises(Cancelled):
        extraction(0.6).find(book)
    assert len(list(tmp_path.rglob("*.json.gz"))) == 2
    kept = [store.load(portion.of(book)) for portion in divide(book, 24, 30)]
    assert [found is not None for found in kept] == [True, True, False]
    read.clear()
    resumed = extraction(1.0).find(book)
    assert len([fraction for fraction in read if fraction < 0.5]) <= 2  # both were there
    fresh = Extraction(
        lambda _s, _f: None, lambda _g, _f: None, DEFAULT_LEVEL, EMBEDDED,
        PortionStore(None, book, "1"),
    ).find(book)  # fmt: skip
    assert resumed.to_json() == fresh.to_json()
    store.clear()
    assert not list(tmp_path.rglob("*.json.gz"))


def test_a_broken_or_foreign_file_is_made_again_and_old_texts_make_room(tmp_path: Path) -> None:
    book = _book()
    found = _found(_term("Orm", TermKind.PLACE, 1))
    for number in range(6):
        other = replace(book, blocks=(Block(0, BlockKind.PARAGRAPH, f"Text {number}."),))
        PortionStore(tmp_path, other, "1").save(other, found)
        assert PortionStore(tmp_path, other, "1").load(other) == found
        assert PortionStore(tmp_path, other, "2").load(other) is None
    files = list(tmp_path.rglob("*.json.gz"))
    assert len(files) == 4
    files[0].write_bytes(b"\x1f\x8bbroken")
    loaded = [
        PortionStore(tmp_path, text, "1").load(text)
        for text in (
            replace(book, blocks=(Block(0, BlockKind.PARAGRAPH, f"Text {n}."),)) for n in range(6)
        )
    ]
    assert sum(entry == found for entry in loaded) == 3
