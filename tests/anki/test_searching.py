"""Cards that came from Anki, or went there, are found by the same searches on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from anki.collection import Collection

from desktop.decks.replacing import Replacement
from desktop.errors import LibraryError
from desktop.operations.anki_packages import read_package
from desktop.operations.workspace import Workspace
from tests.anki import collections
from tests.anki_judge import AnkiJudge
from tests.library.factory import Clock, accept_all, add_analysed, make_document, open_workspace

Key = tuple[str, int]


def theirs(anki: Collection, query: str) -> set[Key]:
    found = [anki.get_card(card_id) for card_id in anki.find_cards(query)]
    return {(card.note().guid, card.ord) for card in found}


def ours(workspace: Workspace, query: str) -> set[Key]:
    rows = workspace.card_rows(workspace.find_cards(query))
    return {(row.note_id, row.ordinal) for row in rows}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Collection]]:
    """A studied collection of Anki's, taken into a library."""
    folder = tmp_path_factory.mktemp("both")
    with collections.opened(folder / "anki") as anki:
        collections.fill(anki, 48)
        collections.study(anki, 80)
        package = collections.export(anki, folder / "deck.apkg", legacy=False)
        workspace = open_workspace(folder / "library", Clock(datetime.now(UTC)))
        workspace.take_in(read_package(package))
        yield workspace, anki
        workspace.close()


def test_every_deck_type_and_tag_finds_the_same(both: tuple[Workspace, Collection]) -> None:
    workspace, anki = both
    assert ours(workspace, "") == theirs(anki, "deck:*")
    for deck in anki.decks.all_names_and_ids():
        query = f'"deck:{deck.name}"'
        assert ours(workspace, query) == theirs(anki, query), query
    for note_type in anki.models.all_names_and_ids():
        query = f'"note:{note_type.name}"'
        assert ours(workspace, query) == theirs(anki, query), query
    for tag in ["none", *anki.tags.all()]:
        assert ours(workspace, f"tag:{tag}") == theirs(anki, f"tag:{tag}"), tag


def test_every_field_finds_the_same(both: tuple[Workspace, Collection]) -> None:
    workspace, anki = both
    names = {field["name"] for model in anki.models.all() for field in model["flds"]}
    words = ("*a*", "", "_*", "*1*", "re:[0-9]", "nc:*e*")
    for name in sorted(names):
        for text in words:
            query = f'"{name}:{text}"'
            assert ours(workspace, query) == theirs(anki, query), query


@pytest.mark.parametrize(
    "query",
    ["is:new", "is:review", "is:suspended", "is:due", "flag:1", "card:1", "card:2", "prop:lapses=0",
     "prop:reps>0", "prop:reps=1 or is:new", "rated:31", "rated:31:3", "prop:s>2", "-prop:s>2",
     "introduced:31", "the", "-the", '"re:\\d"', "w:1", "nc:e", "edited:1", "prop:pos<9",
     "prop:pos>=20", "a*e", "1 or 2"],
)  # fmt: skip
def test_states_and_words_find_the_same(both: tuple[Workspace, Collection], query: str) -> None:
    workspace, anki = both
    assert ours(workspace, query) == theirs(anki, query)


def test_what_was_exported_is_found_by_the_same_searches(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "library")
    for title in ("Rivers", "Hills"):
        accept_all(workspace, add_analysed(workspace, make_document(title)))
    workspace.write_package(tmp_path / "ours.apkg")
    judge = AnkiJudge(tmp_path)
    judge.take_package(tmp_path / "ours.apkg")
    for query in (
        "", "rivers", "RIVERS", "miles", "naïve", "nc:naive", "102", "m*les", "w:long",
        '"how long"',  # no phrase with an answer in it: Anki has that marked by HTML
        "question:*rivers*", "answer:*102*", "text:*Hills*", "sentence:*hills*", "title:rivers",
        'author:"ann lee, bo ek"', "evidence:*naïve*", "tag:length", "tag:none", "card:1",
        "card:2", 'note:"glossator question"', "note:*cloze", "card:cloze", "card:question",
        "is:new", "deck:glossator", "deck:glossator::hills", "-deck:*rivers",
        "mid:1607392001302", "rivers or hills -card:2", '"re:number \\d"', "lee",
        "hills -answer:*1*",
    ):  # fmt: skip
        assert ours(workspace, query) == theirs(judge.collection, query), query
    judge.close()
    workspace.close()


def test_notes_from_anki_are_reworded_like_others(tmp_path: Path) -> None:
    with collections.opened(tmp_path / "anki") as anki:
        collections.fill(anki, 12)
        package = collections.export(anki, tmp_path / "deck.apkg", legacy=False)
    workspace = open_workspace(tmp_path / "library", Clock(datetime.now(UTC)))
    workspace.take_in(read_package(package))
    cards = workspace.find_cards("")
    wish = Replacement("more", "less")
    number = len(workspace.card_reader().count_replacements(cards, wish))
    assert number > 8
    assert workspace.replace_in_cards(cards, wish) == number
    assert workspace.find_cards("front:*more*") == []
    assert workspace.find_cards("front:*less*")
    (row, *_others) = workspace.card_rows(workspace.find_cards("note:basic"))
    fields = workspace.foreign_fields(row.note_id)
    assert fields is not None
    assert list(fields) == ["Front", "Back"]
    assert "less" in fields["Front"]
    workspace.edit_foreign(row.note_id, {"Front": "What is <b>slate</b>?"})
    assert workspace.card_rows([row.id])[0].front == "What is slate?"
    assert workspace.find_cards('front:"What is <b>slate</b>?"') == [row.id]
    with pytest.raises(LibraryError):
        workspace.edit_foreign(row.note_id, {"Front": "<br>"})
    assert workspace.undo() == "Edit card"
    assert workspace.undo() == "Replace text"
    assert workspace.find_cards("front:*less*") == []
    assert workspace.check() == []
    workspace.close()
