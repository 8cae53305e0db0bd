"""What a reader sets on cards: flags, tags, suspended and buried ones, a new start."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from desktop.library.card_changes import note_changes
from desktop.library.database import Database
from desktop.library.decks import refresh_cards
from desktop.library.times import to_ms
from desktop.study.card import Card
from desktop.study.options import DeckOptions
from desktop.study.session import StudyDay

#: The tags by which Anki knows a marked note and a leech.
MARKED, LEECH = "marked", "leech"

_CHOSEN = "(SELECT value FROM json_each(?))"


def notes_of(database: Database, card_ids: Sequence[int]) -> list[str]:
    """Return the notes of cards, each once."""
    rows = database.rows(
        f"SELECT DISTINCT note_id FROM cards WHERE id IN {_CHOSEN}", (json.dumps(list(card_ids)),)
    )
    return [row["note_id"] for row in rows]


def cards_of(database: Database, note_ids: Sequence[str]) -> list[int]:
    """Return the cards of notes."""
    rows = database.rows(
        f"SELECT id FROM cards WHERE note_id IN {_CHOSEN} ORDER BY id",
        (json.dumps(list(note_ids)),),
    )
    return [row["id"] for row in rows]


def set_flag(database: Database, card_ids: Sequence[int], flag: int) -> None:
    """Give cards a coloured flag (1–7), or take it from them (0)."""
    database.run(
        f"UPDATE cards SET flag = ? WHERE id IN {_CHOSEN}", (flag, json.dumps(list(card_ids)))
    )


def suspend_cards(
    database: Database, card_ids: Sequence[int], suspended: bool, now: datetime
) -> None:
    """Take cards out of study, or back into it."""
    database.run(
        f"UPDATE cards SET suspended = ? WHERE id IN {_CHOSEN}",
        (int(suspended), json.dumps(list(card_ids))),
    )
    refresh_cards(database, notes_of(database, card_ids), now)


def bury_cards(database: Database, card_ids: Sequence[int], until: datetime) -> None:
    """Hide cards until ``until``."""
    database.run(
        f"UPDATE cards SET buried_until = ? WHERE id IN {_CHOSEN}",
        (to_ms(until), json.dumps(list(card_ids))),
    )


def bury_siblings(database: Database, card: Card, options: DeckOptions, day: StudyDay) -> None:
    """Hide the other cards of a card's note until the next day, as far as its deck asks for it."""
    states = [0] * options.bury_new + [2] * options.bury_reviews + [1, 3] * options.bury_interday
    if not states:
        return
    database.run(
        "UPDATE cards SET buried_until = :end WHERE note_id = :note AND id <> :card "
        "AND active = 1 AND state IN (SELECT value FROM json_each(:states)) "
        "AND (state = 0 OR (due < :end AND (state = 2 OR last_review < :start))) "
        "AND coalesce(buried_until, 0) < :end",
        {
            "note": card.note_id,
            "card": card.id,
            "states": json.dumps(states),
            "start": to_ms(day.start),
            "end": to_ms(day.end),
        },
    )


def forget_cards(database: Database, card_ids: Sequence[int], now: datetime) -> None:
    """Let cards begin anew; what was answered stays in the log."""
    database.run(
        "UPDATE cards SET state = 0, step = NULL, stability = NULL, difficulty = NULL, "
        f"due = NULL, last_review = NULL, buried_until = NULL WHERE id IN {_CHOSEN}",
        (json.dumps(list(card_ids)),),
    )
    note_changes(database, card_ids, "forgotten", now)


def rename_tag(database: Database, name: str, new: str, now: datetime) -> int:
    """Rename a tag and those below it on all notes, or take it away (""); return the notes."""
    rows = database.rows(
        "SELECT id, tags, modified FROM notes WHERE tags <> '[]' AND instr(tags, ?) > 0",
        (json.dumps(name, ensure_ascii=False)[1:-1],),
    )
    changes = []
    with database.decoding("the tags of a card"):
        for row in rows:
            tags: list[str] = json.loads(row["tags"])
            after = [
                new + tag[len(name) :] if tag == name or tag.startswith(f"{name}::") else tag
                for tag in tags
            ]
            after = list(dict.fromkeys(tag.removeprefix("::") for tag in after if tag))
            if after != tags:
                later = max(to_ms(now) // 1000, row["modified"] + 1)
                changes.append((json.dumps(after, ensure_ascii=False), later, row["id"]))
    database.run_many("UPDATE notes SET tags = ?, modified = ? WHERE id = ?", changes)
    return len(changes)


def change_tags(
    database: Database,
    note_ids: Sequence[str],
    now: datetime,
    *,
    add: Collection[str] = (),
    remove: Collection[str] = (),
) -> None:
    """Add tags to notes and remove others; their wording counts as before."""
    rows = database.rows(
        f"SELECT id, tags, modified FROM notes WHERE id IN {_CHOSEN}",
        (json.dumps(list(note_ids)),),
    )
    with database.decoding("the tags of a card"):
        before = {row["id"]: (json.loads(row["tags"]), row["modified"]) for row in rows}
    changes = []
    for note_id, (tags, modified) in before.items():
        after = [tag for tag in tags if tag not in remove]
        after += [tag for tag in add if tag not in after]
        if after != tags:
            later = max(to_ms(now) // 1000, modified + 1)
            changes.append((json.dumps(after, ensure_ascii=False), later, note_id))
    database.run_many("UPDATE notes SET tags = ?, modified = ? WHERE id = ?", changes)
