"""Two libraries and one Anki through the real sync server: do anything anywhere, then be equal.

Run ``python -m tests.anki.devices [--operations 500] [--seed 1]``: it does that many random
operations on all three sides with syncs between, and compares at the end.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from anki.collection import Collection

from desktop.anki.sync import Account
from desktop.decks.unmarking import from_html
from desktop.operations.workspace import Workspace
from desktop.study.card import Rating
from tests.anki.routes import BySync
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    make_cloze,
    make_document,
    make_note,
    open_workspace,
)
from tests.sync_server import FIRST, AnkiReader, sync_server

TAGS = ("alpha", "beta", "gamma")


class MovingClock(Clock):
    """A clock that never tells the same time twice, a little before the system's own."""

    def __init__(self, lag: timedelta) -> None:
        super().__init__()
        self._lag = lag

    def __call__(self) -> datetime:
        return datetime.now(UTC) - self._lag


@dataclass
class Devices:
    """The three sides; ``reviews`` are all answers that were given, by card and rating."""

    libraries: tuple[BySync, BySync]
    anki: AnkiReader
    random: random.Random
    given: int = 0
    _wrote: tuple[object, int] = (None, 0)  # who wrote to a collection last, and in which second

    # -- what may happen

    def step(self) -> None:
        """Do one thing somewhere, or sync someone."""
        choice = self.random.random()
        if choice < 0.12:
            self.anki.sync()
        elif choice < 0.3:
            library = self.random.choice(self.libraries)
            self._take_turns(library)
            library.sync()
        elif choice < 0.65:
            self._take_turns(self.anki)
            self._at_anki()
        else:
            self._in_library(self.random.choice(self.libraries).workspace)

    def _take_turns(self, who: object) -> None:
        """Let no two devices change one note in the same second: Anki's sync can't order that."""
        if self._wrote[0] not in (None, who):
            while int(time.time()) == self._wrote[1]:
                time.sleep(0.02)
        self._wrote = (who, int(time.time()))

    def _in_library(self, workspace: Workspace) -> None:
        records = [r for r in workspace.cards() if r.cards and r.status == "accepted"]
        if not records:
            return
        record = self.random.choice(records)
        note = record.note
        what = self.random.randrange(9)
        if what < 3:
            card = self.random.choice(record.cards)
            workspace.answer(card.id, self.random.choice(list(Rating)), took_ms=1000)
            self.given += 1
        elif what == 3 and note.cloze is None:
            workspace.edit_note(note.id, back=f"here {self.random.randrange(10**6)}")
        elif what == 4:
            workspace.edit_note(note.id, tags=self._tags(note.tags))
        elif what == 5:
            workspace.suspend([note.id], self.random.random() < 0.6)
        elif what == 6 and note.cloze is None:
            workspace.edit_note(note.id, front=f"asked here {self.random.randrange(10**6)}?")
        elif what == 7 and self.random.random() < 0.15:
            workspace.delete_notes([note.id])
        else:
            proposed = [r for r in workspace.cards() if r.status == "proposed"]
            if proposed:
                workspace.accept([self.random.choice(proposed).note.id])

    def _at_anki(self) -> None:
        collection = self.anki.collection
        found = collection.find_notes('"note:Glossator*"')
        if not found:
            return
        note = collection.get_note(self.random.choice(found))
        what = self.random.randrange(8)
        if what < 3:
            card = self.random.choice(note.cards())
            if card.queue < 0:
                return
            card.start_timer()
            collection.sched.answerCard(card, self.random.randrange(1, 5))
            self.given += 1
        elif what == 3 and "Answer" in note:
            note["Answer"] = f"there {self.random.randrange(10**6)}"
            collection.update_note(note)
        elif what == 4:
            note.tags = list(self._tags(tuple(note.tags)))
            collection.update_note(note)
        elif what == 5:
            ids = [card.id for card in note.cards()]
            rest = self.random.random() < 0.6
            (collection.sched.suspend_cards if rest else collection.sched.unsuspend_cards)(ids)
        elif what == 6:
            deck = self.random.choice(("Mine", "Glossator::Rivers", "Glossator::Rivers::Hard"))
            collection.set_deck([card.id for card in note.cards()], collection.decks.id(deck))
        elif self.random.random() < 0.15:
            collection.remove_notes([note.id])

    def _tags(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        tag = self.random.choice(TAGS)
        return tuple(t for t in tags if t != tag) if tag in tags else (*tags, tag)

    # -- at the end

    def settle(self, choose: Callable[[list[str]], Any]) -> None:
        """Sync everyone until nothing moves; what both sides changed is decided by ``choose``."""
        for _ in range(4):
            self.anki.sync()
            for library in self.libraries:
                self._take_turns(library)
                outcome = library.sync()
                kept = [comparison.id for comparison in outcome.kept]
                if kept:
                    library.sync(choose(kept))
        self.anki.sync()

    def states(self) -> list[dict[str, Any]]:
        """Return the notes of each side in a form that can be compared."""
        return [_anki_state(self.anki.collection)] + [
            _library_state(library.workspace) for library in self.libraries
        ]

    def answers_kept(self) -> int:
        """Return how many answers some log has: those of deleted cards stay where they were."""
        rows = self.anki.collection.db.list("select id from revlog where ease > 0")
        kept = set(rows)
        for library in self.libraries:
            database = library.workspace._database
            kept |= {row[0] for row in database.rows("SELECT id FROM reviews")}
        return len(kept)

    def lost_answers(self) -> list[str]:
        """Return the answers of cards that one side has and another one lacks.

        A card that was deleted in Anki and comes back is another one to it; the answers before
        stay in its log under the number of the old one.
        """
        collection = self.anki.collection
        everything = {tuple(row) for row in collection.db.all("select id, ease from revlog")}
        living = {
            tuple(row)
            for row in collection.db.all(
                "select r.id, r.ease from revlog r join cards c on c.id = r.cid where r.ease > 0"
            )
        }
        found = []
        for number, library in enumerate(self.libraries, 1):
            own = {
                tuple(row)
                for row in library.workspace._database.rows(
                    "SELECT r.id, r.rating FROM reviews r JOIN cards c ON c.id = r.card_id "
                    "JOIN notes n ON n.id = c.note_id WHERE n.status = 'accepted'"
                )
            }
            found += [f"library {number} lacks the answer {each}" for each in living - own]
            found += [f"Anki lacks library {number}'s answer {each}" for each in own - everything]
        return found


def _anki_state(collection: Collection) -> dict[str, Any]:
    state = {}
    for nid in collection.find_notes('"note:Glossator*"'):
        note = collection.get_note(nid)
        card = note.cards()[0]
        fields = [from_html(text) for text in note.fields[:2]]
        tags = sorted(set(note.tags) - {"glossator"})
        reps = 0 if card.type == 0 else card.reps
        deck = collection.decks.name(card.odid or card.did)
        state[note.guid] = (fields, tags, deck, card.queue == -1, card.type, reps)
    return state


def _library_state(workspace: Workspace) -> dict[str, Any]:
    decks = {note.id: note.side for note in workspace.anki_local("").ours}
    state = {}
    for record in workspace.cards():
        if record.status != "accepted" or not record.cards:
            continue
        note, card = record.note, record.cards[0]
        side = decks[note.id]
        fields = [from_html(text) for text in list(side.fields.values())[:2]]
        tags = sorted(set(note.tags) - {"glossator"})
        reps = 0 if card.state == 0 else card.reps
        deck, rests = side.cards[0].deck, side.cards[0].suspended
        state[note.id] = (fields, tags, deck, rests, int(card.state), reps)
    return state


def run(folder: Path, operations: int, seed: int) -> tuple[Devices, Callable[[], None]]:
    """Do random operations and settle; returns the sides, and what closes them."""
    from desktop.anki.compare import Choice
    from desktop.anki.exchange import Plan

    server = sync_server(folder / "server")
    address = server.__enter__()
    collection = Collection(str(folder / "collection.anki2"))
    anki = AnkiReader(collection, address)
    libraries = []
    for number in (1, 2):
        home = folder / f"library-{number}"
        workspace = open_workspace(home, MovingClock(timedelta(seconds=0)))
        document = make_document("Rivers", paragraphs=14)
        notes = [make_note(document, n) for n in range(1, 11)]
        notes += [make_cloze(document, n) for n in range(11, 14)]
        add_analysed(workspace, document, notes)
        if number == 1:
            accept_all(workspace)
        libraries.append(BySync(workspace, anki, Account(FIRST, address)))
    devices = Devices((libraries[0], libraries[1]), anki, random.Random(seed))

    def close() -> None:
        for library in libraries:
            library.workspace.close()
        collection.close()
        server.__exit__(None, None, None)

    libraries[0].sync()
    anki.sync()
    libraries[1].sync()
    for _ in range(operations):
        devices.step()
    devices.settle(lambda kept: Plan(choices=dict.fromkeys(kept, Choice.THEIRS)))
    return devices, close


def differences(devices: Devices) -> list[str]:
    """Return in what the three sides differ; nothing where all is well."""
    found = []
    anki, *libraries = devices.states()
    for number, state in enumerate(libraries, 1):
        found += [
            f"library {number}, {key}: {state.get(key)} against {anki.get(key)}"
            for key in sorted(anki.keys() | state.keys())
            if anki.get(key) != state.get(key)
        ]
    return found + devices.lost_answers()


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        devices, close = run(Path(folder), options.operations, options.seed)
        try:
            found = differences(devices)
            notes, given = len(devices.states()[0]), devices.given
            total = devices.answers_kept()
        finally:
            close()
    for line in found:
        print(line)
    print(f"{options.operations} operations, seed {options.seed}: {notes} notes at the end, "
          f"{given} answers given, {total} kept, {len(found)} differences")  # fmt: skip
    return 1 if found or total < given else 0


if __name__ == "__main__":
    sys.exit(main())
