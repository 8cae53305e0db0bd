"""What becomes of a card on each way to Anki, whoever changed it: asserted in the real Anki.

| case                    | package                      | AnkiConnect               | sync    |
|-------------------------|------------------------------|---------------------------|---------|
| first import            | all new                      | all new                   | all new |
| again, unchanged        | nothing changes              | nothing changes           | same    |
| changed here            | changed there                | changed there             | same    |
| edited there            | stays there, not known here ¹| comes here                | same    |
| both, one field         | ours replaces theirs ²       | both stay, reader asked   | same    |
| both, other fields      | ours replaces theirs ²       | both have both            | same    |
| tag added there         | stays ³                      | comes here                | same    |
| deck moved there        | stays                        | comes here                | same    |
| deck renamed here       | cards stay ⁴                 | renamed there             | same    |
| note type upgraded      | new look, one type           | new look, unless edited   | same    |
| picture replaced        | new picture                  | new picture               | same    |
| deleted here            | stays ⁵                      | stays, reader asked       | deleted |
| deleted there           | comes back ⁶                 | stays away, reader asked  | deleted |

What Anki makes impossible, and the dialog of the export says: a package carries nothing back (¹),
replaces the whole note with its tags (²; ³ once the note changes here), finds decks by their names
(⁴), deletes nothing (⁵), and can't know of deletions (⁶). A preview against what the reader
exported from Anki shows all of it card by card.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.anki.compare import Choice
from desktop.anki.exchange import Outcome, Plan
from desktop.anki.sync import Account
from desktop.decks import apkg, note_types
from desktop.operations.workspace import Workspace
from desktop.reading.document import Picture
from tests.anki.routes import ByPackage, BySync, Route, connected
from tests.anki_judge import AnkiJudge
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    make_document,
    make_note,
    open_workspace,
)
from tests.sync_server import AnkiReader, sync_server

ROUTES = ("apkg", "connect", "sync")
#: A package carries nothing back and says nothing of cards that Anki has.
both_ways = pytest.mark.parametrize("world", ROUTES[1:], indirect=True)

#: The note that things happen to, and one that nothing happens to.
ONE, OTHER = "Rivers-1", "Rivers-3"


@dataclass
class World:
    workspace: Workspace
    judge: AnkiJudge
    route: Route
    clock: Clock

    @property
    def two_ways(self) -> bool:
        return self.route.name != "apkg"

    def send(self, plan: Plan | None = None) -> Outcome | None:
        self.clock.move(minutes=1)
        return self.route.send(plan)

    def there(self, note_id: str = ONE) -> Any:
        return self.judge.note(note_id)

    def here(self, note_id: str = ONE) -> Any:
        return next(r for r in self.workspace.cards() if r.note.id == note_id)

    def edit_there(self, note_id: str = ONE, tags: tuple[str, ...] = (), **fields: str) -> None:
        note = self.there(note_id)
        for name, value in fields.items():
            note[name] = value
        note.tags += list(tags)
        self.judge.collection.update_note(note)

    def deck_there(self, note_id: str = ONE) -> str:
        did = self.there(note_id).cards()[0].did
        return str(self.judge.collection.decks.name(did))

    def deck_here(self, note_id: str = ONE) -> str:
        ours = {n.id: n for n in self.workspace.anki_local("").ours}
        return ours[note_id].side.cards[0].deck

    def count(self) -> int:
        return int(self.judge.collection.note_count())


#: Each world has an account of its own on the server.
_USERS = (f"reader{number}" for number in itertools.count())

PICTURE = Picture("map.png", "image/png", b"\x89PNG first")


def rivers(picture: Picture = PICTURE) -> Any:
    return make_document("Rivers", pictures=[picture])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sync_server(tmp_path_factory.mktemp("server"), users=60) as address:
        yield address


@pytest.fixture(params=ROUTES)
def world(request: Any, tmp_path: Path, anki: AnkiJudge, server: str) -> Iterator[World]:
    clock = Clock(datetime.now(UTC) - timedelta(hours=1))  # Anki's own is the system's
    workspace = open_workspace(tmp_path / "library", clock)
    document = rivers()
    caption = make_note(document, 7, id="Rivers-7", front="What is shown?", back="A map")
    notes = [make_note(document, block) for block in range(1, 5)] + [caption]
    add_analysed(workspace, document, notes)
    accept_all(workspace)
    if request.param == "apkg":
        yield World(workspace, anki, ByPackage(workspace, anki, tmp_path), clock)
    elif request.param == "connect":
        with connected(workspace, anki.collection) as route:
            yield World(workspace, anki, route, clock)
    else:
        user = next(_USERS)
        reader = AnkiReader(anki.collection, server, user)
        account = Account(user, server)
        route = BySync(workspace, reader, account)
        yield World(workspace, anki, route, clock)
    assert anki.problems() == []
    assert workspace.check() == []
    workspace.close()


def answers(world: World) -> dict[str, str]:
    guids = world.judge.collection.db.list("select guid from notes")
    return {guid: world.there(guid)["Answer"] for guid in guids}


def test_first_import_takes_all_and_again_changes_nothing(world: World) -> None:
    world.send()
    assert world.count() == 5
    before = world.judge.collection.db.all("select guid, mod, flds, tags from notes")
    world.send()
    assert world.judge.collection.db.all("select guid, mod, flds, tags from notes") == before
    assert not any(record.edited for record in world.workspace.cards())


def test_what_changed_here_changes_there_and_nothing_else(world: World) -> None:
    world.send()
    review(world, OTHER)
    before = cards_there(world)
    world.workspace.edit_note(ONE, back="twelve miles")
    world.send()
    assert world.there()["Answer"] == "twelve miles"
    assert cards_there(world) == before
    assert world.count() == 5


def test_what_was_edited_there_stays_and_comes_here_where_it_can(world: World) -> None:
    world.send()
    world.edit_there(Answer="about twelve miles")
    world.workspace.edit_note(OTHER, back="another")
    world.send()
    assert world.there()["Answer"] == "about twelve miles"
    assert world.there(OTHER)["Answer"] == "another"
    assert world.here().note.back == ("about twelve miles" if world.two_ways else "100 miles")
    world.send()
    assert world.there()["Answer"] == "about twelve miles"


def test_one_field_edited_on_both_sides(world: World) -> None:
    world.send()
    world.edit_there(Answer="theirs", tags=("mine",))
    world.clock.move(days=1)
    world.workspace.edit_note(ONE, back="ours")
    outcome = world.send()
    if not world.two_ways:  # Anki takes a newer note whole
        assert (world.there()["Answer"], world.there().tags) == ("ours", ["glossator", "length"])
        return
    assert outcome is not None
    assert [comparison.id for comparison in outcome.kept] == [ONE]
    assert (world.there()["Answer"], world.here().note.back) == ("theirs", "ours")
    assert "mine" in world.there().tags
    assert "mine" in world.here().note.tags
    outcome = world.send(Plan(choices={ONE: Choice.OURS}))
    assert (world.there()["Answer"], world.here().note.back) == ("ours", "ours")
    assert world.send().kept == ()  # type: ignore[union-attr]


@both_ways
def test_the_reader_may_choose_what_anki_has(world: World) -> None:
    world.send()
    world.edit_there(Answer="theirs")
    world.workspace.edit_note(ONE, back="ours")
    world.send(Plan(choices={ONE: Choice.THEIRS}))
    assert (world.there()["Answer"], world.here().note.back) == ("theirs", "theirs")
    assert world.send().kept == ()  # type: ignore[union-attr]


def test_two_fields_edited_one_on_each_side(world: World) -> None:
    world.send()
    world.edit_there(Question="What length has it?")
    world.clock.move(days=1)
    world.workspace.edit_note(ONE, back="ours")
    world.send()
    assert world.there()["Answer"] == "ours"
    if world.two_ways:
        assert world.there()["Question"] == "What length has it?"
        assert world.here().note.front == "What length has it?"
    else:
        assert world.there()["Question"] == "How long is Rivers number 0?"


def test_a_tag_added_there_stays_and_ours_follow(world: World) -> None:
    world.send()
    world.edit_there(tags=("mine",))
    world.send()
    assert world.there().tags == ["glossator", "length", "mine"]
    assert ("mine" in world.here().note.tags) == world.two_ways
    if world.two_ways:
        tags = [tag for tag in world.here().note.tags if tag != "length"]
        world.workspace.edit_note(ONE, tags=[*tags, "new"])
        world.send()
        assert world.there().tags == ["glossator", "mine", "new"]


def test_a_card_moved_there_stays_where_it_is(world: World) -> None:
    world.send()
    collection = world.judge.collection
    collection.set_deck([world.there().cards()[0].id], collection.decks.id("Mine::Sub"))
    world.workspace.edit_note(ONE, back="ours")
    world.send()
    assert world.deck_there() == "Mine::Sub"
    assert world.there()["Answer"] == "ours"
    assert world.deck_here() == ("Mine::Sub" if world.two_ways else "Glossator::Rivers")
    world.send()
    assert world.deck_there() == "Mine::Sub"


def test_a_deck_renamed_here_is_renamed_there_where_it_can(world: World) -> None:
    world.send()
    review(world, OTHER)
    rename(world, "Glossator::Rivers", "Glossator::Waters")
    world.send()
    decks = {deck.name for deck in world.judge.collection.decks.all_names_and_ids()}
    if world.two_ways:
        assert world.deck_there() == world.deck_there(OTHER) == "Glossator::Waters"
        assert "Glossator::Rivers" not in decks
    else:  # Anki never moves a card that it has
        assert world.deck_there() == "Glossator::Rivers"
    assert world.count() == 5
    assert world.there(OTHER).cards()[0].reps == 1


def test_a_new_look_arrives_without_a_second_note_type(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.send()
    old = note_types._card_file
    newer = lambda name: old(name) + ("\n.gl-new {}" if name == "style.css" else "")  # noqa: E731
    monkeypatch.setattr(note_types, "_card_file", newer)
    monkeypatch.setattr(note_types, "CHANGED", 4_000_000_000)
    world.workspace.edit_note(ONE, back="ours")
    world.send()
    model = world.there().note_type()
    assert ".gl-new" in model["css"]
    assert model["name"] == "Glossator Question"
    names = [each.name for each in world.judge.collection.models.all_names_and_ids()]
    assert sum(name.startswith("Glossator Question") for name in names) == 1
    assert world.there()["Answer"] == "ours"


def test_a_picture_that_was_replaced_arrives(world: World) -> None:
    world.send()
    media = world.judge.collection.media
    first = apkg.media_name(PICTURE)
    assert first in world.there("Rivers-7")["Picture"]
    assert media.have(first)
    second = Picture("map.png", "image/png", b"\x89PNG second")
    replace_picture(world, second)
    world.send()
    assert apkg.media_name(second) in world.there("Rivers-7")["Picture"]
    assert media.have(apkg.media_name(second))
    assert world.count() == 5


def test_a_card_deleted_here(world: World) -> None:
    world.send()
    review(world, ONE)
    world.workspace.delete_notes([ONE])
    outcome = world.send()
    if world.route.name != "connect":
        # A package deletes nothing; a sync takes the deletion along.
        assert world.count() == (5 if world.route.name == "apkg" else 4)
        assert world.judge.collection.db.scalar("select count() from revlog") == 1
        return
    assert outcome is not None
    assert [comparison.id for comparison in outcome.kept] == [ONE]
    assert world.count() == 5
    world.send(Plan(choices={ONE: Choice.OURS}))
    assert world.count() == 4
    assert world.send().kept == ()  # type: ignore[union-attr]
    assert world.judge.collection.db.scalar("select count() from revlog") == 1


def test_a_card_deleted_there(world: World) -> None:
    world.send()
    world.judge.collection.remove_notes([world.there().id])
    outcome = world.send()
    if not world.two_ways:
        assert world.count() == 5  # Anki can't tell it from a new one
        return
    if world.route.name == "sync":
        assert ONE not in {record.note.id for record in world.workspace.cards()}
        world.workspace.undo()
        world.send()
        assert world.count() == 5
        return
    assert outcome is not None
    assert [comparison.id for comparison in outcome.kept] == [ONE]
    assert world.count() == 4
    world.send(Plan(choices={ONE: Choice.OURS}))
    assert world.count() == 5
    world.judge.collection.remove_notes([world.there().id])
    world.send(Plan(choices={ONE: Choice.THEIRS}))
    assert ONE not in {record.note.id for record in world.workspace.cards()}
    world.workspace.undo()
    assert ONE in {record.note.id for record in world.workspace.cards()}


@both_ways
def test_suspension_and_flag_go_both_ways(world: World) -> None:
    world.send()
    collection = world.judge.collection
    collection.sched.suspend_cards([world.there().cards()[0].id])
    collection.set_user_flag_for_cards(3, [world.there(OTHER).cards()[0].id])
    world.workspace.suspend(["Rivers-2"])
    world.send()
    assert world.here().cards[0].suspended
    assert world.here(OTHER).cards[0].flag == 3
    assert world.there("Rivers-2").cards()[0].queue == -1
    world.workspace.suspend([ONE], False)
    world.send()
    assert world.there().cards()[0].queue != -1
    assert world.there("Rivers-2").cards()[0].queue == -1


def review(world: World, note_id: str) -> None:
    """Answer a card in Anki."""
    collection = world.judge.collection
    card = world.there(note_id).cards()[0]
    card.start_timer()
    collection.sched.answerCard(card, 3)


def cards_there(world: World) -> Any:
    return world.judge.collection.db.all(
        "select id, did, type, queue, due, ivl, reps, flags, data from cards order by id"
    )


def rename(world: World, old: str, new: str) -> None:
    database = world.workspace._database
    database.run("UPDATE decks SET name = ? WHERE name = ?", (new, old))


def replace_picture(world: World, picture: Picture) -> None:
    database = world.workspace._database
    database.run("UPDATE pictures SET data = ?", (picture.data,))


def test_every_look_that_was_ever_written_is_known() -> None:
    for note_type in (*note_types.NOTE_TYPES.values(), note_types.OCCLUSION):
        digest = note_types.present_look(note_type)
        assert note_types.is_untouched(digest), (
            f"{note_type.name} looks new: add {digest} to LOOKS and let CHANGED move on"
        )
        edited = replace(note_type, templates=note_type.templates[:0])
        assert not note_types.is_untouched(note_types.present_look(edited))
