"""The card below the table of the browser: both sides, what is known of it, editing in place."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.window import theme
from desktop.window.browser_columns import COLUMN_BY_ID, state_words
from desktop.window.card_editor import CardEditor

if TYPE_CHECKING:
    from desktop.decks.deck import Note
    from desktop.operations.card_reader import CardRow
    from desktop.window.browser_desk import ReadNote


class BrowserPreview(QWidget):
    """Shows one card; editing and going to its sentence go out as signals."""

    edited = Signal(str, object, bool)  # note id, changed fields, whether it is foreign
    evidence_wanted = Signal(int, object)  # document id, Span
    editing_ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("browser_preview")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row: CardRow | None = None
        self._note: Note | None = None
        self._document_id: int | None = None
        self._foreign: dict[str, str] | None = None
        self.editor: CardEditor | None = None
        self.text = QTextBrowser()
        self.text.setAccessibleName("The chosen card")
        self.text.setOpenLinks(False)
        self.facts = QLabel()
        self.facts.setProperty("role", "muted")
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.edit_button = QPushButton("Edit")
        self.edit_button.setToolTip("Edit the card (E)")
        self.edit_button.clicked.connect(self.edit)
        self.show_button = QPushButton("Show in the text")
        self.show_button.setToolTip("Show its sentence in the text (S)")
        self.show_button.clicked.connect(self.show_evidence)
        for button in (self.edit_button, self.show_button):
            button.setProperty("role", "quiet")
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.facts, 1)
        row.addWidget(self.edit_button)
        row.addWidget(self.show_button)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(card)
        self._stack.addWidget(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.show_row(None)

    @property
    def row(self) -> CardRow | None:
        """The card on show."""
        return self._row

    def show_row(self, row: CardRow | None) -> None:
        """Show a card; its evidence comes with ``show_note``."""
        if self.editor is not None and row is not None and self._row is not None:
            if row.note_id == self._row.note_id:
                return  # the reader is writing
            self._end_editing()
        same = row is not None and self._row is not None and row.note_id == self._row.note_id
        self._row = row
        if not same:
            self._note, self._document_id = None, None
        self._show()

    def show_note(self, card_id: int, read: ReadNote) -> None:
        """Show the note of the card on show."""
        if self._row is not None and self._row.id == card_id:
            self._note, self._document_id, self._foreign = (
                read.note, read.document_id, read.foreign,
            )  # fmt: skip
            self._show()

    def edit(self) -> None:
        """Edit the card in place."""
        if self._note is None or self._row is None or self.editor is not None:
            return
        self.editor = CardEditor(self._note, foreign=self._foreign)
        self.editor.saved.connect(self._save)
        self.editor.cancelled.connect(self._end_editing)
        self._scroll.setWidget(self.editor)
        self._stack.setCurrentWidget(self._scroll)
        self.editor.start()

    def show_evidence(self) -> None:
        """Ask to see the card's sentence in its text."""
        if self._note is not None and self._document_id is not None:
            self.evidence_wanted.emit(self._document_id, self._note.evidence.span)

    def _save(self, fields: object) -> None:
        assert self._row is not None
        self.edited.emit(self._row.note_id, fields, self._foreign is not None)
        self._end_editing()

    def _end_editing(self) -> None:
        if self.editor is not None:
            self.editor = None
            self._stack.setCurrentIndex(0)
            self._scroll.takeWidget().deleteLater()
            self.editing_ended.emit()

    def _show(self) -> None:
        row, note = self._row, self._note
        self.edit_button.setEnabled(note is not None)
        self.show_button.setVisible(self._document_id is not None)
        if row is None:
            self.facts.setText("")
            self.text.setHtml("")
            self.text.setPlaceholderText("Choose a card to see it here.")
            return
        now, c = datetime.now(UTC), theme.colours()
        words = [row.note_type, state_words(row)]
        for name, what in (("due", "due"), ("interval", "interval"), ("remembered", "remembered")):
            shown = COLUMN_BY_ID[name].show(row, now)
            if shown != "–":
                words.append(f"{what} {shown}" if name != "remembered" else f"{shown} {what}")
        self.facts.setText(" · ".join(words))
        front, back = _html(row.front), _html(row.back)
        quote = ""
        if note is not None and note.evidence.quote and note.evidence.quote != row.back:
            source = " · ".join(filter(None, (note.author, note.title)))
            quote = (
                f"<p style='color:{c.muted}; margin-top:10px'>“{_html(note.evidence.quote)}”"
                f"<br>{escape(source)}</p>"
            )
        self.text.setFont(theme.serif(theme.TYPE_LARGE))
        self.text.setHtml(
            f"<p style='font-weight:600'>{front}</p><p style='margin-top:8px'>{back}</p>{quote}"
        )


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
