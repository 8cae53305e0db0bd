"""Whatever a reader does can be taken back, to the byte."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.decks.replacing import Replacement
from desktop.errors import LibraryError
from desktop.glossary.edits import Add, AddAlias, Define, Edit, Entry, Remove
from desktop.glossary.term import TermKind
from desktop.operations.workspace import Workspace
from desktop.reading.document import Picture
from desktop.study.card import Rating
from desktop.study.dates_due import DueWish
from tests.library.factory import (
    VERSION,
    Clock,
    accept_all,
    add_analysed,
    dump,
    make_analysed,
    make_document,
    make_note,
    open_workspace,
)

Action = Callable[[Workspace, Random], object]


def some_notes(workspace: Workspace, random: Random) -> list[str]:
    ids = [record.note.id for record in workspace.cards()]
    return random.sample(ids, random.randint(0, min(4, len(ids))))


def one_document(workspace: Workspace, random: Random) -> int | None:
    documents = workspace.documents()
    return random.choice(documents).id if documents else None


def answer(workspace: Workspace, random: Random) -> None:
    item = workspace.next_card(random.choice([None, one_document(workspace, random)]))
    if item is not None:
        workspace.answer(item.card.id, random.choice(list(Rating)), random.randint(0, 60_000))


def bury(workspace: Workspace, random: Random) -> None:
    item = workspace.next_card()
    if item is not None:
        workspace.bury(item.card.id)


def edit(workspace: Workspace, random: Random) -> None:
    for note_id in some_notes(workspace, random)[:1]:
        if "cloze" in note_id:
            cloze = random.choice(["{{c1::one}} of 2", "{{c1::a}} {{c3::b::hint}}", "x {{c2::é}}"])
            workspace.edit_note(note_id, cloze=cloze)
        else:
            workspace.edit_note(note_id, front=f"Q{random.random()}", tags=["mine", "it's"])


def add(workspace: Workspace, random: Random) -> None:
    document_id = one_document(workspace, random)
    if document_id is not None:
        document = workspace.document(document_id)
        note = make_note(document, random.randint(1, 4), id=f"own-{random.random()}")
        workspace.add_note(document_id, note)


def remove(workspace: Workspace, random: Random) -> None:
    document_id = one_document(workspace, random)
    if document_id is not None and random.random() < 0.4:
        workspace.remove_document(document_id)


def edit_glossary(workspace: Workspace, random: Random) -> None:
    document_id = one_document(workspace, random)
    if document_id is not None:
        river = Entry("river", TermKind.WORD)
        edits: list[Edit] = [
            Define(river, f"water {random.random()}"), Remove(river), AddAlias(river, "miles"),
            Add(Entry("number", TermKind.CONCEPT), "a count"),
        ]  # fmt: skip
        workspace.edit_glossary(document_id, random.sample(edits, random.randint(1, 2)))


def know(workspace: Workspace, random: Random) -> None:
    word = random.choice(["river", "number", "it's"])
    workspace.know([(word, TermKind.WORD)], random.random() < 0.7)


def some_cards(workspace: Workspace, random: Random) -> list[int]:
    ids = [card.id for record in workspace.cards() for card in record.cards]
    return random.sample(ids, random.randint(0, min(4, len(ids))))


def change_options(workspace: Workspace, random: Random) -> None:
    options = replace(workspace.options(), new_per_day=random.randint(5, 9), bury_new=True)
    decks = [deck.id for deck in workspace.decks()]
    name = f"Preset {random.random()}"
    if random.random() < 0.3 and decks:
        workspace.add_preset(name, options, random.sample(decks, 1))
    elif random.random() < 0.3 and len(workspace.presets()) > 1:
        workspace.delete_preset(workspace.presets()[-1].id)
    else:
        workspace.save_options(replace(options, leech_threshold=1))


def change_decks(workspace: Workspace, random: Random) -> None:
    decks = [deck.id for deck in workspace.decks()]
    if decks and random.random() < 0.5:
        workspace.rename_deck(random.choice(decks), f"Deck {random.random()}::It's")
    else:
        workspace.move_cards(some_cards(workspace, random), random.choice(["A", "A::B"]))


def change_many(workspace: Workspace, random: Random) -> None:
    cards = some_cards(workspace, random)
    if random.random() < 0.4:
        workspace.set_due(cards, DueWish(random.randint(0, 3), 9, random.random() < 0.5))
    elif random.random() < 0.3:
        workspace.rename_tag("length", f"long{random.randint(1, 3)}")
    elif random.random() < 0.5:
        workspace.tag_cards(cards, add=["a::b", "it's"], remove=["length", "mine"])
    elif random.random() < 0.5:
        workspace.replace_in_cards(cards, Replacement("(m)iles", r"\1etres", regex=True))
    else:
        workspace.bury_cards(cards)


ACTIONS: dict[str, Action] = {
    "many": change_many,
    "flag": lambda w, r: w.flag(some_cards(w, r), r.randint(0, 7)),
    "mark": lambda w, r: w.mark(some_notes(w, r), r.random() < 0.6),
    "suspend cards": lambda w, r: w.suspend_cards(some_cards(w, r), r.random() < 0.5),
    "bury note": lambda w, r: [w.bury_note(note) for note in some_notes(w, r)[:1]],
    "forget": lambda w, r: w.forget(some_cards(w, r)),
    "options": change_options,
    "decks": change_decks,
    "edit glossary": edit_glossary,
    "know": know,
    "answer": answer,
    "answer again": answer,
    "accept": lambda w, r: w.accept(some_notes(w, r)),
    "refuse": lambda w, r: w.refuse(some_notes(w, r)),
    "delete": lambda w, r: w.delete_notes(some_notes(w, r)),
    "suspend": lambda w, r: w.suspend(some_notes(w, r), r.random() < 0.5),
    "bury": bury,
    "edit": edit,
    "add": add,
    "remove": remove,
}


def filled(folder: str, clock: Clock) -> Workspace:
    workspace = open_workspace(Path(folder), clock)
    picture = Picture("it's.png", "image/png", bytes(range(256)))
    rivers = add_analysed(workspace, make_document("Rivers", pictures=[picture]))
    add_analysed(workspace, make_document("Hills"))
    accept_all(workspace, rivers)
    return workspace


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(sorted(ACTIONS)), min_size=1, max_size=50), st.integers(0, 2**32))
def test_any_actions_undone_give_the_tables_back(names: list[str], seed: int) -> None:
    random = Random(seed)
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        workspace = filled(folder, clock)
        database = workspace._database
        while workspace.undo():
            pass
        accept_all(workspace)
        before = dump(database)
        steps = [before]
        for name in names:
            clock.move(seconds=random.randint(0, 90_000))
            ACTIONS[name](workspace, random)
            state = dump(database)
            if state != steps[-1]:
                steps.append(state)
        assert workspace.check() == []
        for expected in reversed(steps[:-1]):
            assert workspace.undo() is not None
            assert dump(database) == expected
        for expected in steps[1:]:
            assert workspace.redo() is not None
            assert dump(database) == expected
        assert workspace.redo() is None
        for expected in reversed(steps[:-1]):
            assert workspace.undo() is not None
            assert dump(database) == expected
        assert workspace.undo() == "Accept 10 cards"
        assert workspace.check() == []
        workspace.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = filled(str(tmp_path), Clock())
    yield workspace
    workspace.close()


def test_undo_names_the_action_it_takes_back(workspace: Workspace) -> None:
    workspace.refuse(["Rivers-1"])
    workspace.delete_notes(["Rivers-2", "Rivers-3"])
    assert workspace.undo_name() == "Delete 2 cards"
    assert workspace.undo() == "Delete 2 cards"
    assert workspace.undo() == "Refuse card"
    assert workspace.undo() == "Accept 5 cards"
    assert workspace.undo() is None
    assert workspace.undo_name() is None


def test_redo_does_again_what_was_taken_back_until_something_else_is_done(
    workspace: Workspace,
) -> None:
    workspace.refuse(["Rivers-1"])
    assert workspace.undo() == "Refuse card"
    assert workspace.redo_name() == "Refuse card"
    assert workspace.redo() == "Refuse card"
    assert workspace.undo_name() == "Refuse card"
    workspace.undo()
    workspace.refuse(["Rivers-2"])
    assert workspace.redo_name() is None
    assert workspace.redo() is None


def test_an_action_that_changes_nothing_is_not_an_undo_step(workspace: Workspace) -> None:
    workspace.accept(["Rivers-1"])
    workspace.suspend(["Rivers-1"], False)
    workspace.edit_note("Rivers-1", front="How long is Rivers number 0?")
    assert workspace.undo() == "Accept 5 cards"


def test_an_action_that_fails_changes_nothing_and_is_not_an_undo_step(
    workspace: Workspace,
) -> None:
    before = dump(workspace._database)
    with pytest.raises(LibraryError, match="both sides"):
        workspace.edit_note("Rivers-1", front="  ")
    note = make_note(make_document(), 1, id="Rivers-1")
    with pytest.raises(LibraryError, match="already has"):
        workspace.add_note(1, note)
    assert dump(workspace._database) == before
    assert workspace.undo() == "Accept 5 cards"


def test_what_came_between_action_and_undo_stays(workspace: Workspace) -> None:
    document = workspace.document(2)
    better = [make_note(document, 1, front="What is its length?")]
    workspace.refuse(["Hills-1"])
    workspace.undo()
    workspace.refuse(["Hills-2"])
    workspace.save_analysed(2, VERSION, make_analysed(document, better))
    assert workspace.undo() == "Refuse card"
    fronts = {record.note.id: record.note.front for record in workspace.cards(2)}
    assert fronts["Hills-1"] == "What is its length?"


def test_undo_tells_the_listeners_what_changed(workspace: Workspace) -> None:
    heard: list[frozenset[str]] = []
    workspace.suspend(["Rivers-1"])
    workspace.subscribe(heard.append)
    workspace.undo()
    assert heard == [frozenset({"cards"})]


def test_a_document_removed_and_opened_again_is_not_made_two_by_undo(
    workspace: Workspace,
) -> None:
    hills = workspace.document(2)
    workspace.remove_document(2)
    again = workspace.add_document(hills)
    assert workspace.undo() is None
    assert [line.id for line in workspace.documents()] == [1, again]
