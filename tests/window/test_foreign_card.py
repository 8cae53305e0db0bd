"""Cards from Anki are studied as their own type shows them; nothing runs, nothing is fetched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QBuffer, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.decks.collection import CollectionNoteType
from desktop.decks.deck import Note, NoteKind
from desktop.decks.templates import CardRenderer
from desktop.operations.foreign_cards import ForeignFaces
from desktop.operations.studying import StudyItem
from desktop.reading.document import Evidence, Span
from desktop.study.card import Card, Rating
from desktop.study.session import DueCounts
from desktop.window.foreign_card import ForeignCard
from desktop.window.study_view import StudyView

IMAGE = int(QTextDocument.ResourceType.ImageResource.value)
OCCLUSION = "{{c1::image-occlusion:rect:left=.0:top=.0:width=.5:height=1:oi=1}}"


def png() -> bytes:
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def faces(fields: dict[str, str], front: str, back: str, *, cloze: bool = False) -> ForeignFaces:
    config = {
        "flds": [{"name": name} for name in fields],
        "tmpls": [{"name": "Card", "qfmt": front, "afmt": back}],
        "type": int(cloze),
        "css": ".card { font-size: 20px; color: black; }",
    }
    note_type = CollectionNoteType(1, "Type", 0, config)
    media = {"a b.png": png()}
    return ForeignFaces(CardRenderer(note_type).sides(fields, 0), config["css"], fields, 0, media)  # type: ignore[arg-type]


@pytest.fixture
def card(qtbot: QtBot) -> ForeignCard:
    widget = ForeignCard()
    qtbot.addWidget(widget)
    widget.resize(500, 400)
    return widget


def test_both_sides_are_shown_and_hints_open(card: ForeignCard) -> None:
    fields = {"Front": "Who <b>wrote</b> it?", "Back": "Nobody &amp; all", "Tip": "think"}
    shown = faces(fields, "{{Front}} {{hint:Tip}}", "{{FrontSide}}<hr id=answer>{{Back}}")
    card.show_side(shown, answer=False)
    assert card.toPlainText().split() == ["Who", "wrote", "it?", "Tip"]
    number = shown.sides.question.split('href="hint:')[1].split('"')[0]
    card._follow(QUrl(f"hint:{number}"))
    assert card.toPlainText().split()[-1] == "think"
    card.show_side(shown, answer=True)
    assert "Nobody & all" in card.toPlainText()
    assert "think" in card.toPlainText()


def test_pictures_come_from_the_deck_alone(card: ForeignCard) -> None:
    fields = {
        "F": '<img src="a b.png"><img src="file:///etc/passwd"><img src="https://e.org/x.png">'
    }
    card.show_side(faces(fields, "{{F}}", "{{F}}"), answer=False)
    assert isinstance(card.loadResource(IMAGE, QUrl("a b.png")), QImage)
    for other in ("file:///etc/hostname", "/etc/hostname", "https://e.org/x.png", "c.png"):
        assert card.loadResource(IMAGE, QUrl(other)) is None
    assert card.loadResource(3, QUrl("a b.png")) is None


def test_links_are_told_not_followed(qtbot: QtBot, card: ForeignCard) -> None:
    card.show_side(faces({"F": '<a href="https://e.org/">x</a>'}, "{{F}}", ""), answer=False)
    with qtbot.waitSignal(card.link_wanted) as told:
        card.anchorClicked.emit(QUrl("https://e.org/"))
    assert told.args == ["https://e.org/"]
    assert "x" in card.toPlainText()


def test_what_is_typed_in_anki_is_told_on_the_answer(card: ForeignCard) -> None:
    shown = faces({"F": "word", "B": "<i>Wort</i>"}, "{{F}}{{type:B}}", "{{F}}{{type:B}}")
    card.show_side(shown, answer=False)
    assert "Wort" not in card.toPlainText()
    card.show_side(shown, answer=True)
    assert "Wort" in card.toPlainText()


def test_regions_of_a_picture_are_hidden_and_revealed(card: ForeignCard) -> None:
    fields = {"O": OCCLUSION, "Image": '<img src="a b.png">'}
    side = '<div style="display: none">{{cloze:O}}</div>{{Image}}<script>draw()</script>'
    shown = faces(fields, side, side, cloze=True)
    card.show_side(shown, answer=False)
    hidden = card.loadResource(IMAGE, QUrl("a b.png"))
    assert QColor(hidden.pixel(20, 30)) != QColor("#00ff00")
    assert QColor(hidden.pixel(90, 30)) == QColor("#00ff00")
    card.show_side(shown, answer=True)
    revealed = card.loadResource(IMAGE, QUrl("a b.png"))
    assert QColor(revealed.pixel(20, 30)) == QColor("#00ff00")
    assert "draw" not in card.toPlainText()


def test_the_study_page_shows_the_card_in_place_of_our_words(qtbot: QtBot) -> None:
    view = StudyView()
    qtbot.addWidget(view)
    note = Note("g", NoteKind.QUESTION, "front", "back", Evidence(Span(0, 0, 0), ""))
    intervals = dict.fromkeys(Rating, timedelta(days=1))
    item = StudyItem(
        Card(1, "g", due=datetime.now(UTC)), note, None, intervals, "front", "back",
        foreign=faces({"F": "Frage", "B": "Antwort"}, "{{F}}", "{{FrontSide}} {{B}}"),
    )  # fmt: skip
    view.show_item(item, DueCounts(1, 0, 0), "A deck")
    view.show()
    qtbot.waitExposed(view)
    assert view.foreign.toPlainText() == "Frage"
    assert not view.front.isVisible()
    view.show_answer()
    assert view.foreign.toPlainText().split() == ["Frage", "Antwort"]
    assert not view.back.isVisible()
    view.toggle_evidence()
    assert not view.evidence.isVisible()
    ours = StudyItem(item.card, note, 1, intervals, "front", "back")
    view.show_item(ours, DueCounts(1, 0, 0), "A text")
    assert not view.foreign.isVisible()
    assert view.front.isVisible()
