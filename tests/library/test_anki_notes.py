"""Notes that came from Anki: their SQL in the library."""

from __future__ import annotations

from pathlib import Path

from tests.library.factory import open_workspace


def test_suspending_a_foreign_note_keeps_all_its_cards(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    database = workspace._database
    database.run(
        "INSERT INTO notes (id, kind, status, origin, front, back, rule, confidence, tags, "
        "modified, added_at) VALUES ('g', 'question', 'accepted', 'reader', 'f', 'b', '', 1, "
        "'[]', 1, 1)"
    )
    database.run("INSERT INTO note_types VALUES (1, 'T', '{}', 1)")
    database.run("INSERT INTO foreign_notes VALUES ('g', 1, '[]', 1)")
    database.run("INSERT INTO decks (name, modified) VALUES ('D', 1)")
    database.run_many(
        "INSERT INTO cards (id, note_id, ordinal, new_order, active, deck_id) "
        "VALUES (?, 'g', ?, 1, 1, 1)",
        [(10, 0), (11, 3)],
    )
    workspace.suspend(["g"])
    assert database.value("SELECT sum(active) FROM cards") == 0
    workspace.suspend(["g"], False)
    assert database.value("SELECT sum(active) FROM cards") == 2
    assert workspace.check() == []
    workspace.close()
