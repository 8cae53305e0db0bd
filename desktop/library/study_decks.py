"""The decks that cards are studied in, nested by name, and the presets of options they share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.errors import LibraryError
from desktop.library.database import Database
from desktop.library.times import to_ms
from desktop.study.options import DeckOptions

#: Above the decks of all documents.
ROOT = "Glossator"

#: Between the names of a deck and of the one within it.
SEPARATOR = "::"

#: The preset of every deck that has no other; it can't be deleted.
DEFAULT_PRESET = 1


@dataclass(frozen=True, slots=True)
class StudyDeck:
    """A deck; ``document_id`` is the document whose accepted cards come to it."""

    id: int
    name: str
    document_id: int | None
    options_id: int
    anki_id: int | None
    modified: int


@dataclass(frozen=True, slots=True)
class Preset:
    """Options under a name, for one deck or many."""

    id: int
    name: str
    options: DeckOptions


# -- decks


def all_decks(database: Database) -> list[StudyDeck]:
    """Return the decks in the order of their tree: each one before those within it."""
    decks = [_deck(row) for row in database.rows("SELECT * FROM decks")]
    return sorted(decks, key=lambda deck: [p.casefold() for p in deck.name.split(SEPARATOR)])


def decks_there(database: Database) -> tuple[int, ...]:
    """Return numbers of which one is another when a deck or a preset is: quicker than reading."""
    row = database.row(
        "SELECT count(*), total(id), total(modified), total(options_id), total(length(name)) "
        "FROM decks"
    )
    other = database.row(
        "SELECT count(*), total(modified), total(length(options)) FROM deck_options"
    )
    return (*(row or ()), *(other or ()))


def read_deck(database: Database, deck_id: int) -> StudyDeck:
    """Return a deck; raises ``LibraryError`` when it is gone."""
    row = database.row("SELECT * FROM decks WHERE id = ?", (deck_id,))
    if row is None:
        raise LibraryError("This deck is no longer in the library; it may have been deleted.")
    return _deck(row)


def find_deck(database: Database, name: str) -> StudyDeck | None:
    """Return the deck of that name."""
    row = database.row("SELECT * FROM decks WHERE name = ?", (name,))
    return None if row is None else _deck(row)


def deck_of_document(database: Database, document_id: int) -> StudyDeck | None:
    """Return the deck of a document, ``None`` before its first card was accepted."""
    row = database.row("SELECT * FROM decks WHERE document_id = ?", (document_id,))
    return None if row is None else _deck(row)


def ensure_deck(database: Database, name: str, now: datetime) -> int:
    """Return the id of the deck of that name, which is made with those above it if needed."""
    parts = [part.strip() for part in name.split(SEPARATOR)]
    if not all(parts):
        raise LibraryError(f"“{name}” can't be the name of a deck: a part of it is empty.")
    deck_id = 0
    for end in range(1, len(parts) + 1):
        path = SEPARATOR.join(parts[:end])
        found = database.value("SELECT id FROM decks WHERE name = ?", (path,))
        if found is None:
            database.run(
                "INSERT INTO decks (name, modified) VALUES (?, ?)", (path, to_ms(now) // 1000)
            )
            found = database.value("SELECT last_insert_rowid()")
        deck_id = int(found)
    return deck_id


def ensure_deck_of_document(database: Database, document_id: int, now: datetime) -> int:
    """Return the id of the deck of a document, which is made if needed.

    A deck of the document's name that belongs to no document any more becomes its deck.
    """
    known = deck_of_document(database, document_id)
    if known is not None:
        return known.id
    title = database.value(
        "SELECT coalesce(nullif(title, ''), source_name) FROM documents WHERE id = ?",
        (document_id,),
    )
    name = ROOT + SEPARATOR + str(title).replace(SEPARATOR, ":").strip()
    taken = find_deck(database, name)
    if taken is not None and taken.document_id is not None:
        name += f" ({document_id})"
    deck_id = ensure_deck(database, name, now)
    database.run("UPDATE decks SET document_id = ? WHERE id = ?", (document_id, deck_id))
    return deck_id


def within(database: Database, deck_id: int) -> list[int]:
    """Return the ids of a deck and of all decks within it."""
    name = read_deck(database, deck_id).name
    rows = database.rows(
        "SELECT id FROM decks WHERE name = :name OR substr(name, 1, length(:below)) = :below "
        "ORDER BY id",
        {"name": name, "below": name + SEPARATOR},
    )
    return [row["id"] for row in rows]


def rename_deck(database: Database, deck_id: int, name: str, now: datetime) -> None:
    """Give a deck another name, and those within it with it; the decks above it are made.

    Raises ``LibraryError`` for a name that another deck has.
    """
    old = read_deck(database, deck_id).name
    parts = [part.strip() for part in name.split(SEPARATOR)]
    if not all(parts):
        raise LibraryError(f"“{name}” can't be the name of a deck: a part of it is empty.")
    name = SEPARATOR.join(parts)
    if name == old:
        return
    if name.startswith(old + SEPARATOR):
        raise LibraryError("A deck can't be moved into itself.")
    if find_deck(database, name) is not None:
        raise LibraryError(f"There is a deck “{name}” already; choose another name.")
    if len(parts) > 1:
        ensure_deck(database, SEPARATOR.join(parts[:-1]), now)
    moved = within(database, deck_id)
    database.run(
        "UPDATE decks SET name = ? || substr(name, ?), modified = ? "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (name, len(old) + 1, to_ms(now) // 1000, json.dumps(moved)),
    )


def drop_empty_decks(database: Database, deck_ids: Sequence[int]) -> None:
    """Remove those of the decks that hold neither a card nor another deck."""
    database.run(
        "DELETE FROM decks WHERE id IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.deck_id = decks.id) "
        "AND NOT EXISTS (SELECT 1 FROM decks below "
        "WHERE substr(below.name, 1, length(decks.name) + 2) = decks.name || '::')",
        (json.dumps(list(deck_ids)),),
    )


def move_cards(database: Database, card_ids: Sequence[int], deck_id: int) -> None:
    """Put cards into a deck."""
    read_deck(database, deck_id)
    database.run(
        "UPDATE cards SET deck_id = ? WHERE id IN (SELECT value FROM json_each(?))",
        (deck_id, json.dumps(list(card_ids))),
    )


# -- presets


def presets(database: Database) -> list[Preset]:
    """Return the presets, the default one first."""
    rows = database.rows("SELECT * FROM deck_options ORDER BY id <> 1, name, id")
    with database.decoding("the options of a deck"):
        return [_preset(row) for row in rows]


def read_preset(database: Database, options_id: int = DEFAULT_PRESET) -> Preset:
    """Return a preset; raises ``LibraryError`` when it is gone."""
    row = database.row("SELECT * FROM deck_options WHERE id = ?", (options_id,))
    if row is None:
        raise LibraryError("These options are no longer in the library.")
    with database.decoding("the options of a deck"):
        return _preset(row)


def options_of_deck(database: Database, deck_id: int | None) -> DeckOptions:
    """Return what a deck is studied by; ``None`` asks for the default."""
    row = database.row(
        "SELECT * FROM deck_options WHERE id = coalesce("
        "(SELECT options_id FROM decks WHERE id = ?), 1)",
        (deck_id,),
    )
    with database.decoding("the options of a deck"):
        return _preset(row).options


def save_preset(database: Database, options_id: int, options: DeckOptions, now: datetime) -> None:
    """Store the options of a preset."""
    text = _json(options)
    database.run(
        "UPDATE deck_options SET options = ?, modified = ? WHERE id = ? AND options <> ?",
        (text, to_ms(now) // 1000, options_id, text),
    )


def add_preset(database: Database, name: str, options: DeckOptions, now: datetime) -> int:
    """Store options under a new name and return their id."""
    name = name.strip()
    if not name:
        raise LibraryError("A preset needs a name.")
    if database.row("SELECT 1 FROM deck_options WHERE name = ?", (name,)):
        raise LibraryError(f"There is a preset “{name}” already; choose another name.")
    database.run(
        "INSERT INTO deck_options (name, options, modified) VALUES (?, ?, ?)",
        (name, _json(options), to_ms(now) // 1000),
    )
    return int(database.value("SELECT last_insert_rowid()"))


def delete_preset(database: Database, options_id: int) -> None:
    """Remove a preset; its decks get the default one."""
    if options_id == DEFAULT_PRESET:
        raise LibraryError("The default options can't be deleted.")
    database.run("UPDATE decks SET options_id = 1 WHERE options_id = ?", (options_id,))
    database.run("DELETE FROM deck_options WHERE id = ?", (options_id,))


def choose_preset(
    database: Database, deck_ids: Sequence[int], options_id: int, now: datetime
) -> None:
    """Let decks be studied by a preset."""
    read_preset(database, options_id)
    database.run(
        "UPDATE decks SET options_id = ?, modified = ? "
        "WHERE id IN (SELECT value FROM json_each(?)) AND options_id <> ?",
        (options_id, to_ms(now) // 1000, json.dumps(list(deck_ids)), options_id),
    )


def _deck(row: Any) -> StudyDeck:
    """Build a deck from its row."""
    return StudyDeck(
        row["id"], row["name"], row["document_id"], row["options_id"], row["anki_id"],
        row["modified"],
    )  # fmt: skip


def _preset(row: Any) -> Preset:
    """Build a preset from its row."""
    return Preset(row["id"], row["name"], DeckOptions.from_json(json.loads(row["options"])))


def _json(options: DeckOptions) -> str:
    """Return options as the JSON that the library keeps."""
    return json.dumps(options.to_json(), sort_keys=True)
