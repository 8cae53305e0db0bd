"""The same cards in a library of ours and in a real Anki, so that one can judge the other.

Notes of our kinds have types in Anki with the fields that a search knows; others are of Anki's
own types. Ids are equal on both sides; a note's id is its number as text.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from anki.collection import Collection

from desktop.decks.deck import NoteKind
from desktop.decks.note_types import NOTE_TYPES
from desktop.errors import SearchError
from desktop.library.card_search import Moment, find_cards
from desktop.library.database import Database
from desktop.study.search_parser import parse_search
from desktop.study.session import StudyDay

DAY = 86_400
FIELDS = ("Front", "Back", "Evidence", "Title", "Author")
DECKS = (
    "Default", "Nature", "Nature::Beasts", "Nature::Beasts::Small", "Nature2", "a_b", "aXb",
    "Être", "Two words",
)  # fmt: skip
TAGS = (
    "animal", "animal::dog", "Animal::cat::x", "animals", "l_x", "lyx", "été", "marked", "leech",
    "x", "history::war",
)  # fmt: skip
WORDS = (
    "dog", "dogma", "Über", "naïve", "naive", "cat", "star*fish", "under_score", "café", "a&b",
    "back\\slash", "(round)", '"quoted"', "colon:ed", "Paris", "2024", "e-mail", "Dog.", "100%",
    "line", "the", "river", "RIVER",
)  # fmt: skip


@dataclass
class TwinNote:
    """A note: our kind, or the name of Anki's own type; its fields and cards."""

    id: int
    type: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    modified: int
    cards: list[dict[str, Any]] = field(default_factory=list)


def make_notes(random: Random, number: int, now: int, cutoff: int) -> list[TwinNote]:
    """Make notes with cards in all states; ``cutoff`` is the end of today, in seconds."""
    notes = []
    for i in range(number):
        kind = random.choice(
            ["question", "term", "cloze", "Basic", "Cloze", "Basic (and reversed card)"]
        )
        first, second = (_text(random) for _ in range(2))
        if kind == "cloze":
            fields = (f"{{{{c1::{first}}}}} and {{{{c2::{second}}}}}", f"{first} and {second}")
        elif kind == "Cloze":
            fields = (f"{{{{c1::{first}}}}} and {{{{c2::{second}}}}}", random.choice(("", second)))
        else:
            fields = (first, random.choice((second, second, "")))
        if kind in ("question", "term", "cloze"):
            fields += (
                _text(random),
                random.choice(("On dogs", "Café life")),
                random.choice(("", "Ann")),
            )
        tags = tuple(sorted(random.sample(TAGS, random.choice((0, 0, 1, 1, 2, 3))), key=str.lower))
        added = (now - random.randrange(0, 30 * DAY)) * 1000 + i
        note = TwinNote(added, kind, fields, tags, now - random.randrange(0, 12 * DAY))
        two = kind in ("cloze", "Cloze", "Basic (and reversed card)")
        for ordinal in range(2 if two else 1):
            note.cards.append(_card(random, added + ordinal * 1000, ordinal, i, now, cutoff))
        notes.append(note)
    return notes


def _text(random: Random) -> str:
    return " ".join(random.choice(WORDS) for _ in range(random.randint(1, 4)))


def _card(
    random: Random, number: int, ordinal: int, place: int, now: int, cutoff: int
) -> dict[str, Any]:
    state = random.choice((0, 0, 1, 2, 2, 2, 3))
    card = {
        "id": number, "ordinal": ordinal, "deck": random.randrange(len(DECKS)), "state": state,
        "due": None, "last": None, "s": None, "d": None, "reps": 0, "lapses": 0,
        "flag": random.choice((0, 0, 0, 1, 2, 7)), "place": place + 1, "suspended": False,
        "buried": False, "reviews": [], "changes": [], "interval": 0,
    }  # fmt: skip
    fate = random.random()
    card["suspended"], card["buried"] = fate < 0.12, fate > 0.88
    if state:
        interval = random.randint(1, 60)
        days = random.randint(-5, 40)
        card["s"], card["d"] = round(random.uniform(0.5, 80), 3), round(random.uniform(1, 10), 3)
        card["reps"], card["lapses"] = random.randint(1, 20), random.randint(0, 9)
        if state == 2:
            card["due"] = cutoff - random.randrange(1, DAY) + days * DAY
            card["last"] = card["due"] - interval * DAY
            card["interval"] = interval
        else:
            card["due"] = now + random.randint(-2000, 2000)
            card["last"] = now - random.randint(10, 4000)
            card["interval"] = max(1, round(card["s"])) if state == 3 else 0
        for _ in range(random.randint(1, 3)):
            moment = now - random.randrange(1, 12 * DAY)
            card["reviews"].append((moment * 1000 + random.randrange(1000), random.randint(1, 4)))
    if random.random() < 0.1:
        card["changes"].append((now - random.randrange(1, 6 * DAY)) * 1000 + random.randrange(1000))
    return card


class Twins:
    """A library and an Anki collection with the same cards."""

    def __init__(self, folder: Path, *, seed: int = 1, notes: int = 120) -> None:
        self.collection = Collection(str(folder / "collection.anki2"))
        cutoff = self.collection.sched.day_cutoff
        self.now = cutoff - DAY // 2
        self.database = Database.open(folder / "library.sqlite3")
        self.notes = make_notes(Random(seed), notes, self.now, cutoff)
        self.deck_ids: list[int] = []
        end = datetime.fromtimestamp(cutoff, UTC)
        begin = datetime.fromtimestamp(cutoff - DAY, UTC)
        self._fill_anki(cutoff)
        self._fill_library()
        self._day = StudyDay(begin, end)

    def close(self) -> None:
        self.collection.close()
        self.database.close()

    def ours(self, query: str) -> list[int] | None:
        """Return the cards that we find, ``None`` for a query that we refuse."""
        try:
            moment = Moment(datetime.now(UTC), self._day, self.deck_ids[0])  # Anki's own clock
            return sorted(find_cards(self.database, parse_search(query), moment))
        except SearchError:
            return None

    def theirs(self, query: str) -> list[int] | None:
        """Return the cards that Anki finds, ``None`` for a query that it refuses."""
        try:
            return sorted(self.collection.find_cards(query))
        except Exception:
            return None

    def _fill_anki(self, cutoff: int) -> None:
        models, db = self.collection.models, self.collection.db
        assert db is not None
        types: dict[str, int] = {}
        for kind in NoteKind:
            model = models.new(NOTE_TYPES[kind].name)
            model["type"] = 1 if kind is NoteKind.CLOZE else 0
            for name in FIELDS:
                models.add_field(model, models.new_field(name))
            for name, _file in NOTE_TYPES[kind].templates:
                template = models.new_template(name)
                cloze = kind is NoteKind.CLOZE
                template["qfmt"] = "{{cloze:Front}}" if cloze else "{{Front}}"
                template["afmt"] = template["qfmt"] + "{{Back}}"
                if name == "Definition":
                    template["qfmt"] = "{{Back}}{{Evidence}}"
                models.add_template(model, template)
            types[kind.value] = models.add_dict(model).id
        for name in ("Basic", "Cloze", "Basic (and reversed card)"):
            types[name] = models.by_name(name)["id"]
        self.types = types
        self.deck_ids = [self.collection.decks.id(name) or 0 for name in DECKS]
        today = self.collection.sched.today
        for note in self.notes:
            flds, tags = "\x1f".join(note.fields), f" {' '.join(note.tags)} " if note.tags else ""
            db.execute(
                "insert into notes values (?,?,?,?,-1,?,?,?,?,0,'')",
                note.id, f"g{note.id}", types[note.type], note.modified, tags, flds, note.fields[0],
                int(hashlib.sha1(note.fields[0].encode()).hexdigest()[:8], 16),
            )  # fmt: skip
            for card in note.cards:
                self._insert_card(note, card, cutoff, today)

    def _insert_card(self, note: TwinNote, card: dict[str, Any], cutoff: int, today: int) -> None:
        db = self.collection.db
        assert db is not None
        state = card["state"]
        queue, due, data = state if state != 3 else 1, card["place"], ""
        if state == 2:
            due = today + (card["due"] - (cutoff - DAY)) // DAY
        elif state:
            due = card["due"]
        if state:
            memory = {
                "s": card["s"],
                "d": card["d"],
                "dr": 0.9,
                "decay": 0.1542,
                "lrt": card["last"],
            }
            data = json.dumps(memory)
        if card["suspended"] or card["buried"]:
            queue = -1 if card["suspended"] else -3
        db.execute(
            "insert into cards values (?,?,?,?,?,-1,?,?,?,?,2500,?,?,0,0,0,?,?)",
            card["id"], note.id, self.deck_ids[card["deck"]], card["ordinal"], self.now, state,
            queue, due, card["interval"], card["reps"], card["lapses"], card["flag"], data,
        )  # fmt: skip
        for moment, rating in card["reviews"]:
            db.execute(
                "insert or ignore into revlog values (?,?,-1,?,1,1,2500,1,1)",
                moment,
                card["id"],
                rating,
            )
        for moment in card["changes"]:
            db.execute(
                "insert or ignore into revlog values (?,?,-1,0,1,1,0,0,4)", moment, card["id"]
            )

    def _fill_library(self) -> None:
        run, rows = self.database.run, self.database.run_many
        run("INSERT INTO deck_options (id, name, options, modified) VALUES (2, 'Other', '{}', 0)")
        rows(
            "INSERT INTO decks (id, name, modified) VALUES (?, ?, 0)",
            zip(self.deck_ids, DECKS, strict=True),
        )
        run(
            "INSERT INTO documents (id, sha256, text_hash, source_name, source_format, title, "
            "authors, language, word_count, added_at) VALUES (1, 's', 't', 'a', 'txt', 'On dogs', "
            "'[]', 'en', 1, 1)"
        )
        for name in ("Basic", "Cloze", "Basic (and reversed card)"):
            model = self.collection.models.by_name(name)
            rows(
                "INSERT INTO note_types VALUES (?, ?, ?, 0)",
                [(model["id"], name, json.dumps(model))],
            )
        for note in self.notes:
            self._insert_note(note)
            for card in note.cards:
                self._insert_our_card(note, card)

    def _insert_note(self, note: TwinNote) -> None:
        run = self.database.run
        foreign = len(note.fields) == 2
        kind = ("cloze" if note.type == "Cloze" else "question") if foreign else note.type
        cloze = note.fields[0] if note.type == "cloze" else None
        run(
            "INSERT INTO notes (id, kind, status, origin, front, back, cloze, rule, confidence, "
            "tags, modified, added_at) "
            "VALUES (?, ?, 'accepted', 'reader', ?, ?, ?, '', 1, ?, ?, ?)",
            (str(note.id), kind, note.fields[0], note.fields[1], cloze,
             json.dumps(note.tags, ensure_ascii=False), note.modified, note.id),
        )  # fmt: skip
        if foreign:
            run(
                "INSERT INTO foreign_notes VALUES (?, ?, ?, ?)",
                (str(note.id), self.types[note.type],
                 json.dumps(note.fields, ensure_ascii=False), note.id),
            )  # fmt: skip
        else:
            run(
                "INSERT INTO note_documents VALUES (?, 1, 0, 0, 0, 1, ?, ?, ?)",
                (str(note.id), *note.fields[2:]),
            )

    def _insert_our_card(self, note: TwinNote, card: dict[str, Any]) -> None:
        def ms(seconds: int | None) -> int | None:
            return None if seconds is None else seconds * 1000

        self.database.run(
            "INSERT INTO cards (id, note_id, ordinal, state, step, stability, difficulty, due, "
            "last_review, reps, lapses, suspended, buried_until, new_order, active, deck_id, flag) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (card["id"], str(note.id), card["ordinal"], card["state"], None, card["s"], card["d"],
             ms(card["due"]), ms(card["last"]), card["reps"], card["lapses"],
             int(card["suspended"]), ms(self.now + DAY // 2) if card["buried"] else None,
             999_999 + card["place"], int(not card["suspended"]),
             self.deck_ids[card["deck"]], card["flag"]),
        )  # fmt: skip
        self.database.run_many(
            "INSERT OR IGNORE INTO reviews VALUES (?, ?, ?, ?, 1, 1, 1, 1.0, 5.0, 1, 1)",
            [(moment, card["id"], rating, moment) for moment, rating in card["reviews"]],
        )
        self.database.run_many(
            "INSERT OR IGNORE INTO schedule_changes VALUES (?, ?, 'due')",
            [(moment, card["id"]) for moment in card["changes"]],
        )
