"""The reader's glossaries in a real library: edits, known terms, all texts, before reading."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.decks.deck import Deck, NoteKind
from desktop.errors import LibraryError
from desktop.facts.fact import Facts
from desktop.glossary.edits import Add, Define, Edit, Entry, Merge, Remove, Rename, Split
from desktop.glossary.finding import find_mentions
from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.library import glossary as store
from desktop.operations.analysing import Analysed
from desktop.operations.preparing import Acquaintance
from desktop.operations.workspace import NoteStatus, ReadingPosition, Workspace
from desktop.reading.document import Document
from desktop.reading.opener import read_document
from desktop.study.card import Rating
from tests.library.factory import VERSION, Clock, open_workspace

SILK = "# Silk\n\nThe Loom Guild wove silk in Lyon. A weaver threads a heddle.\n\nLyon sold silk.\n"
WOOL = "# Wool\n\nThe Loom Guild carded wool. It met in Leeds.\n\nA heddle lifts the warp.\n"
GUILD = Entry("Loom Guild", TermKind.ORGANISATION)
HEDDLE = Entry("heddle", TermKind.WORD)
LYON = Entry("Lyon", TermKind.PLACE)


def read(text: str, name: str = "a.md") -> Document:
    return read_document(text.encode(), name=name)


def analysed(document: Document, terms: Sequence[tuple[Entry, str]]) -> Analysed:
    made = []
    for number, (entry, meaning) in enumerate(terms):
        mentions = find_mentions(document, [entry.term])
        definition = Definition(meaning, DefinitionSource.ENCYCLOPEDIA, None, "A work")
        made.append(Term(entry.term, entry.kind, (), 0.9 - number / 10, definition, mentions))
    head = (document.name, document.source.sha256)
    return Analysed(Glossary(*head, tuple(made)), Facts(*head, ()), Deck("D", *head, ()))


def add(workspace: Workspace, text: str, terms: Sequence[tuple[Entry, str]]) -> int:
    document = read(text)
    number = workspace.add_document(document)
    workspace.save_analysed(number, VERSION, analysed(document, terms))
    return number


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    one = open_workspace(tmp_path, clock)
    add(one, SILK, [(GUILD, "weavers of Lyon"), (HEDDLE, "a loop"), (LYON, "a city")])
    add(one, WOOL, [(GUILD, "carders of Leeds"), (HEDDLE, "a wire with an eye")])
    yield one
    one.close()


def terms_of(workspace: Workspace, number: int = 1) -> dict[str, Term]:
    found = workspace.glossary(number)
    assert found is not None
    return {term.term: term for term in found.terms}


def definition_of(workspace: Workspace, name: str, number: int = 1) -> str:
    definition = terms_of(workspace, number)[name].definition
    assert definition is not None
    return definition.text


def test_an_edit_holds_for_a_new_analysis_and_is_undone_and_redone(workspace: Workspace):
    workspace.edit_glossary(1, [Define(HEDDLE, "my own loop")])
    assert definition_of(workspace, "heddle") == "my own loop"
    assert definition_of(workspace, "heddle", 2) == "a wire with an eye"
    newer = analysed(workspace.document(1), [(HEDDLE, "another loop"), (LYON, "a town")])
    workspace.save_analysed(1, "newer", newer)
    assert definition_of(workspace, "heddle") == "my own loop"
    assert workspace.analysed(1, "newer").glossary == workspace.glossary(1)
    assert workspace.undo() == "Change definition"
    assert definition_of(workspace, "heddle") == "another loop"
    assert workspace.redo() == "Change definition"
    assert definition_of(workspace, "heddle") == "my own loop"


@pytest.mark.parametrize(
    "edit",
    [
        Define(HEDDLE, "x"), Rename(LYON, "Lyons", TermKind.PLACE), Remove(LYON),
        Merge(GUILD, LYON), Add(Entry("weaver", TermKind.WORD), "who weaves"),
        Split(GUILD, Entry("Guild", TermKind.ORGANISATION)),
    ],
)  # fmt: skip
def test_every_edit_is_undone_and_redone(workspace: Workspace, edit: Edit):
    before, listed = workspace.glossary(1), workspace.library_terms()
    workspace.edit_glossary(1, [edit])
    after, then = workspace.glossary(1), workspace.library_terms()
    assert after != before
    workspace.undo()
    assert (workspace.glossary(1), workspace.library_terms()) == (before, listed)
    workspace.redo()
    assert (workspace.glossary(1), workspace.library_terms()) == (after, then)
    assert workspace.check() == []


def test_edits_follow_into_a_corrected_file(workspace: Workspace):
    workspace.edit_glossary(1, [Define(HEDDLE, "my own loop"), Remove(LYON)])
    corrected = read(SILK.replace("sold silk", "sold much silk"))
    number = workspace.add_document(corrected)
    assert number == 3
    workspace.save_analysed(number, VERSION, analysed(corrected, [(HEDDLE, "x"), (LYON, "y")]))
    assert definition_of(workspace, "heddle", number) == "my own loop"
    assert "Lyon" not in terms_of(workspace, number)
    other = workspace.add_document(read("# Silk\n\nSomething else altogether stands here.\n"))
    assert store.read_edits(workspace._database, other) == []


def test_the_reader_s_definition_makes_a_card_and_rewords_one_that_is_studied(
    workspace: Workspace,
):
    workspace.edit_glossary(1, [Define(HEDDLE, "my own loop")])
    (record,) = [r for r in workspace.cards(1) if r.note.term == "heddle"]
    assert (record.note.back, record.status) == ("my own loop", NoteStatus.PROPOSED)
    workspace.undo()
    (note_id,) = workspace.learn_terms(1, [terms_of(workspace)["heddle"]])
    workspace.edit_glossary(1, [Define(HEDDLE, "first")])
    workspace.edit_glossary(1, [Define(HEDDLE, "second")])
    (record,) = [r for r in workspace.cards(1) if r.note.term == "heddle"]
    assert (record.note.id, record.note.back) == (note_id, "second")
    workspace.edit_note(note_id, back="by hand")
    workspace.edit_glossary(1, [Define(HEDDLE, "third")])
    (record,) = [r for r in workspace.cards(1) if r.note.term == "heddle"]
    assert record.note.back == "by hand"


def test_nonsense_is_refused_with_a_sentence(workspace: Workspace):
    for edit in (Rename(LYON, " ", TermKind.PLACE), Define(LYON, ""), Split(LYON, LYON)):
        with pytest.raises(LibraryError):
            workspace.edit_glossary(1, [edit])
    with pytest.raises(LibraryError, match="removed"):
        workspace.edit_glossary(99, [Remove(LYON)])
    assert workspace.undo_name() is None


def test_a_known_term_is_known_in_every_text_and_its_proposals_go(workspace: Workspace):
    workspace.edit_glossary(1, [Define(HEDDLE, "my own loop of linen")])
    workspace.edit_glossary(2, [Define(HEDDLE, "my own loop of steel")])
    assert sum(r.note.term == "heddle" for r in workspace.cards()) == 1  # one card for both
    workspace.know([("heddle", TermKind.WORD)])
    assert workspace.known_keys() == {"idea:heddle"}
    assert not any(r.note.term == "heddle" for r in workspace.cards())
    workspace.save_analysed(2, VERSION, analysed(workspace.document(2), [(HEDDLE, "x")]))
    assert not any(r.note.term == "heddle" for r in workspace.cards())
    assert "heddle" not in {line.term for line in workspace.library_terms(known=False)}
    assert {line.term: line.known for line in workspace.library_terms()}["heddle"]
    workspace.know([("heddle", TermKind.WORD)], False)
    assert any(r.note.term == "heddle" for r in workspace.cards())
    assert workspace.undo() == "Don't know heddle"
    assert workspace.undo() == "Know heddle"
    assert workspace.known_keys() == frozenset()


def test_one_entry_for_a_term_of_several_texts(workspace: Workspace):
    (first, second) = workspace.term_in_documents(terms_of(workspace)["Loom Guild"])
    assert (first.title, first.mentions, first.definition) == ("Silk", 1, "weavers of Lyon")
    assert (second.title, second.mentions, second.definition) == ("Wool", 1, "carders of Leeds")
    lines = {line.term: line for line in workspace.library_terms()}
    assert (lines["Loom Guild"].documents, lines["Loom Guild"].mentions) == (2, 2)
    assert lines["Lyon"].documents == 1
    assert [line.term for line in workspace.library_terms(words="LOOM g")] == ["Loom Guild"]
    assert [t.term for t in workspace.library_terms(kinds=[TermKind.PLACE])] == ["Lyon"]
    assert workspace.library_kinds() == {
        TermKind.ORGANISATION: 1, TermKind.PLACE: 1, TermKind.WORD: 1,
    }  # fmt: skip


def test_a_name_that_is_an_alias_elsewhere_is_the_same_term(workspace: Workspace):
    workspace.edit_glossary(2, [Rename(GUILD, "Guild of the Loom", TermKind.ORGANISATION)])
    found = workspace.term_in_documents(terms_of(workspace)["Loom Guild"])
    assert [line.term for line in found] == ["Loom Guild", "Guild of the Loom"]
    found = workspace.term_in_documents(terms_of(workspace, 2)["Guild of the Loom"])
    assert [line.document_id for line in found] == [1, 2]


def test_terms_of_an_older_library_are_listed_when_first_asked_for(workspace: Workspace):
    database = workspace._database
    before = workspace.library_terms()
    database.run("DELETE FROM document_terms")
    database.run("UPDATE documents SET terms_listed = 0")
    assert workspace.library_terms() == before


def test_before_reading_the_new_terms_come_first(workspace: Workspace, clock: Clock):
    workspace.save_reading_position(2, ReadingPosition(3, 0, 0.95))
    preparation = workspace.prepare_reading(1)
    assert preparation is not None
    assert [(k.term.term, k.acquaintance, k.where) for k in preparation.terms] == [
        ("Lyon", Acquaintance.NEW, ""),
        ("Loom Guild", Acquaintance.READ, "Wool"),
        ("heddle", Acquaintance.READ, "Wool"),
    ]
    workspace.save_reading_position(2, ReadingPosition(3, 0, 0.2))
    workspace.know([("Lyon", TermKind.PLACE)])
    workspace.learn_terms(1, [terms_of(workspace)["heddle"]])
    item = workspace.next_card(1)
    assert item is not None
    workspace.answer(item.card.id, Rating.EASY)
    preparation = workspace.prepare_reading(1)
    assert preparation is not None
    assert [term.term for term in preparation.new] == ["Loom Guild"]
    met = {key.term.term: key.acquaintance for key in preparation.terms}
    assert met["Lyon"] is Acquaintance.KNOWN
    assert met["heddle"] is Acquaintance.LEARNT


def test_a_text_that_is_not_analysed_has_nothing_to_prepare(workspace: Workspace):
    number = workspace.add_document(read("# New\n\nA new text.\n"))
    assert workspace.prepare_reading(number) is None
    assert workspace.glossary(number) is None
    workspace.edit_glossary(number, [Add(Entry("text", TermKind.WORD), "words")])
    document = workspace.document(number)
    drafted = workspace.with_edits(number, analysed(document, []).glossary)
    assert [term.term for term in drafted.terms] == ["text"]


def test_terms_are_learnt_first_and_studied_alone(workspace: Workspace):
    terms = terms_of(workspace)
    ids = workspace.learn_terms(1, [terms["heddle"], terms["Lyon"]])
    assert len(ids) == 2
    assert all(r.note.kind is NoteKind.TERM for r in workspace.cards(1) if r.note.id in ids)
    workspace.learn_terms(1, [terms["Loom Guild"]])
    assert workspace.due_counts(note_ids=ids).new == 2
    seen = []
    while (item := workspace.next_card(note_ids=ids)) is not None:
        seen.append(item.note.id)
        workspace.answer(item.card.id, Rating.EASY)
    assert seen == [note_id for note_id in seen if note_id in ids]
    assert set(seen) == set(ids)
    again = workspace.learn_terms(2, [replace(terms_of(workspace, 2)["heddle"])])
    assert len(again) == 1


def test_the_list_of_a_large_library_is_quick(tmp_path: Path):
    workspace = open_workspace(tmp_path)
    database = workspace._database
    columns = ("id, sha256, text_hash, source_name, source_format, title, authors, language, "
               "word_count, added_at, terms_listed")  # fmt: skip
    with database.transaction():
        database.run_many(
            f"INSERT INTO documents ({columns}) "
            "VALUES (?, ?, ?, 'a', 'txt', ?, '[]', 'en', 1, 1, 1)",
            [(i, f"s{i}", f"t{i}", f"Text {i}") for i in range(1, 401)],
        )
        database.run_many(
            "INSERT INTO document_terms VALUES (?, ?, ?, 'word', ?, 0.5, 3, 'a thing', 'reader')",
            [
                (i, f"idea:term {n}", f"Term {n}", "\n")
                for i in range(1, 401)
                for n in range(i * 80, i * 80 + 200)
            ],
        )
    times = []
    for _ in range(3):
        start = time.perf_counter()
        assert len(workspace.library_terms(limit=200)) == 200
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3  # a tenth of a second on an idle machine
    workspace.close()
