"""The exchange with Anki in the window: shown first, then done, then told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop.anki.compare import Choice
from desktop.operations.workspace import NoteStatus
from desktop.window.anki_preview_dialog import AnkiPreviewDialog
from desktop.window.sync_login_dialog import SyncLoginDialog
from tests.anki_connect import Server
from tests.anki_judge import AnkiJudge
from tests.window.modal import in_dialog


@pytest.fixture
def server(anki: AnkiJudge) -> Iterator[Server]:
    server = Server(anki.collection)
    yield server
    server.close()


@pytest.fixture
def connected(qtbot, reader, server):
    window = reader.open()
    window.apply_settings(
        replace(reader.ask(lambda ws: ws.settings()), anki_connect=server.address)
    )
    ids = [r.note.id for r in reader.ask(lambda ws: ws.cards())][:4]
    reader.ask(lambda ws: ws.accept(ids))
    return window, ids


def exchange(qtbot, window, act) -> str:
    """Push, let ``act`` use the preview, and return what was told."""
    in_dialog(act)
    with qtbot.waitSignal(window.anki.did) as did:
        window.anki.push()
    return did.args[0]


def test_cards_are_shown_then_added_then_nothing_is_left(qtbot, reader, anki, connected) -> None:
    window, _ids = connected
    seen: list[str] = []

    def look(dialog: AnkiPreviewDialog) -> None:
        seen.append(dialog.list.topLevelItem(0).text(0))
        dialog.accept()

    assert exchange(qtbot, window, look) == "Anki: 4 added."
    assert seen == ["New for Anki (4)"]
    assert anki.collection.note_count() == 4
    with qtbot.waitSignal(window.anki.did) as did:
        window.anki.push()
    assert did.args == ["Anki: 4 unchanged."]


def test_a_card_is_chosen_to_stay_as_it_is(qtbot, reader, anki, connected) -> None:
    window, _ids = connected

    def leave_one(dialog: AnkiPreviewDialog) -> None:
        dialog._segments.choose("Leave")
        dialog.accept()

    assert exchange(qtbot, window, leave_one) == "Anki: 3 added, 1 left for you to decide."
    assert anki.collection.note_count() == 3


def test_a_cancelled_preview_changes_nothing(qtbot, reader, anki, connected) -> None:
    window, _ids = connected
    in_dialog(lambda dialog: dialog.reject())
    with qtbot.waitSignal(window.anki.failed):
        window.anki.push()
    assert anki.collection.note_count() == 0


def test_a_conflict_is_shown_field_by_field_and_decided(qtbot, reader, anki, connected) -> None:
    window, ids = connected
    exchange(qtbot, window, lambda dialog: dialog.accept())
    question = next(
        r.note
        for r in reader.ask(lambda ws: ws.cards())
        if r.note.id in ids and r.note.kind == "question"
    )
    note = anki.note(question.id)
    note["Answer"] = "what Anki says"
    anki.collection.update_note(note)
    reader.ask(lambda ws: ws.edit_note(question.id, back="what I say"))
    shown: list[str] = []

    def decide(dialog: AnkiPreviewDialog) -> None:
        shown.append(dialog._details.toPlainText())
        dialog._segments.choose("Anki’s")
        dialog.accept()

    assert "1 taken over from Anki" in exchange(qtbot, window, decide)
    assert "what I say" in shown[0]
    assert "what Anki says" in shown[0]
    assert question.back in shown[0]
    backs = {r.note.id: r.note.back for r in reader.ask(lambda ws: ws.cards())}
    assert backs[question.id] == "what Anki says"


def test_a_closed_anki_is_one_sentence(qtbot, reader) -> None:
    window = reader.open()
    window.apply_settings(replace(reader.ask(lambda ws: ws.settings()), anki_connect="127.0.0.1:9"))
    with qtbot.waitSignal(window.anki.failed) as failed:
        window.anki.push()
    assert "open Anki" in str(failed.args[0])
    assert "open Anki" in window.messages.shown


def test_the_login_wants_a_name_and_a_password(qtbot) -> None:
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = SyncLoginDialog(parent, "", "")
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.user_field, "me")
    qtbot.keyClicks(dialog.password_field, "secret")
    assert dialog.go.isEnabled()
    assert (dialog.user, dialog.address, dialog.password) == ("me", "", "secret")


def test_deletions_are_left_alone_unasked(qtbot, reader, anki, connected) -> None:
    window, ids = connected
    exchange(qtbot, window, lambda dialog: dialog.accept())
    reader.ask(lambda ws: ws.delete_notes(ids[:1]))
    anki.collection.remove_notes([anki.note(ids[1]).id])
    chosen: list[dict[str, Choice]] = []

    def look(dialog: AnkiPreviewDialog) -> None:
        chosen.append(dict(dialog.choices))
        dialog.accept()

    assert "2 left for you to decide" in exchange(qtbot, window, look)
    assert set(chosen[0].values()) == {Choice.SKIP}
    assert anki.collection.note_count() == 3
    accepted = [r for r in reader.ask(lambda ws: ws.cards()) if r.status is NoteStatus.ACCEPTED]
    assert len(accepted) == 3
