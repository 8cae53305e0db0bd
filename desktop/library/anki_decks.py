"""What Anki keeps of decks and presets beside what the library does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from desktop.library.database import Database


@dataclass(frozen=True, slots=True)
class KeptPreset:
    """A preset that came from Anki: its id there, and the whole of it."""

    anki_id: int
    config: dict[str, Any]


def kept_decks(database: Database) -> dict[int, dict[str, Any]]:
    """Return the decks that came from Anki, as it exchanges them, by the library's ids."""
    rows = database.rows("SELECT deck_id, config FROM anki_decks")
    with database.decoding("a deck"):
        return {row["deck_id"]: json.loads(row["config"]) for row in rows}


def kept_presets(database: Database) -> dict[int, KeptPreset]:
    """Return the presets that came from Anki by the library's ids."""
    rows = database.rows("SELECT options_id, anki_id, config FROM anki_presets")
    with database.decoding("the options of a deck"):
        return {
            row["options_id"]: KeptPreset(row["anki_id"], json.loads(row["config"])) for row in rows
        }


def keep_deck(
    database: Database, deck_id: int, anki_id: int, options_id: int, config: dict[str, Any]
) -> None:
    """Store what Anki has of a deck that was made for it, with the preset that it is studied by."""
    database.run(
        "UPDATE decks SET anki_id = ?, options_id = ? WHERE id = ?", (anki_id, options_id, deck_id)
    )
    database.run(
        "INSERT INTO anki_decks (deck_id, config) VALUES (?, ?) "
        "ON CONFLICT (deck_id) DO UPDATE SET config = excluded.config",
        (deck_id, _json(config)),
    )


def keep_preset(database: Database, options_id: int, anki_id: int, config: dict[str, Any]) -> None:
    """Store what Anki has of a preset."""
    database.run(
        "INSERT INTO anki_presets (options_id, anki_id, config) VALUES (?, ?, ?)",
        (options_id, anki_id, _json(config)),
    )


def _json(config: dict[str, Any]) -> str:
    return json.dumps(config, ensure_ascii=False, sort_keys=True)
