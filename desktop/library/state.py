"""The reader's settings and the window's state: JSON values under a key."""

from __future__ import annotations

import json
from typing import Any

from desktop.library.database import Database
from desktop.settings import Settings


def read_settings(database: Database) -> Settings:
    """Return the settings, each with its default where nothing is stored."""
    rows = database.rows("SELECT key, value FROM settings")
    with database.decoding("a setting"):
        return Settings.from_json({row["key"]: json.loads(row["value"]) for row in rows})


def write_settings(database: Database, settings: Settings) -> None:
    """Store every setting; those of a newer Glossator that we don't know stay."""
    database.run_many(
        "INSERT INTO settings (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [(key, json.dumps(value)) for key, value in sorted(settings.to_json().items())],
    )


def read_state(database: Database, key: str) -> Any | None:
    """Return the JSON value stored under ``key``, ``None`` where there is none."""
    text = database.value("SELECT value FROM state WHERE key = ?", (key,))
    with database.decoding("the state of the window"):
        return None if text is None else json.loads(text)


def write_state(database: Database, key: str, value: Any) -> None:
    """Store a JSON value under ``key``."""
    database.run(
        "INSERT INTO state (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, json.dumps(value)),
    )
