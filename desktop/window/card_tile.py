"""One card opened in its list: read, decided on, or edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.library.decks import NoteStatus
from desktop.window import theme
from desktop.window.alternative_list import AlternativeList
from desktop.window.card_editor import CardEditor
from desktop.window.card_rows import answer_of, status_words
from desktop.window.chips import KindChip
from desktop.window.flow_layout import FlowLayout
from desktop.window.icons import IconButton
from desktop.window.messages import elide
from desktop.window.passage import Passage, around
from desktop.window.wording import NOTE_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.decks.alternatives import Alternative
    from desktop.decks.deck import Finding
    from desktop.library.decks import CardRecord


#: Characters of the paragraph before and after the sentence.
_ROOM = 110


class CardTile(QFrame):
    """The opened card; what the reader wants with it goes out as signals."""

    accept_wanted = Signal()
    refuse_wanted = Signal()
    suspend_wanted = Signal(bool)
    evidence_wanted = Signal()
    delete_wanted = Signal()
    edited = Signal(object)  # dict of the fields that changed
    reword_wanted = Signal()
    turn_wanted = Signal()
    form_chosen = Signal(object)  # Note
    height_changed = Signal()

    def __init__(
        self,
        record: CardRecord,
        *,
        of_many_texts: bool = False,
        kept_out: tuple[Finding, ...] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("tile")
        self.setAutoFillBackground(False)
        self.record = record
        self.kept_out = kept_out  # why the program keeps it out of the deck, if it does
        self.evidence: Passage | None = None
        self.alternatives: AlternativeList | None = None
        self._editor: CardEditor | None = None
        self._reading = self._reading_side(record, of_many_texts)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._reading)

    def height_for(self, width: int) -> int:
        """Return the height that the tile needs at ``width``."""
        side = self._reading if self._editor is None else self._editor
        layout = side.layout()
        assert layout is not None
        least = layout.sizeHint().height()
        inside = width - 2 * self.frameWidth() - 2  # the border of the style sheet
        height = layout.heightForWidth(inside) if layout.hasHeightForWidth() else least
        return height + 2

    @property
    def editor(self) -> CardEditor | None:
        """The editor while the card is edited."""
        return self._editor

    def edit(self) -> None:
        """Change from reading to editing."""
        if self._editor is not None:
            return
        self._editor = CardEditor(self.record.note)
        self._editor.saved.connect(self.edited)
        self._editor.cancelled.connect(self.stop_editing)
        self._stack.addWidget(self._editor)
        self._stack.setCurrentWidget(self._editor)
        self.height_changed.emit()
        self._editor.start()

    def stop_editing(self) -> None:
        """Go back to reading; what was typed is gone."""
        if self._editor is not None:
            self._stack.setCurrentWidget(self._reading)
            self._editor.deleteLater()
            self._editor = None
            self.height_changed.emit()
            self.setFocus()

    def show_alternatives(self, found: Sequence[Alternative]) -> None:
        """Offer other forms of the card."""
        self._drop_alternatives()
        self.alternatives = AlternativeList(found)
        self.alternatives.chosen.connect(self.form_chosen)
        self.alternatives.closed.connect(self._close_alternatives)
        self._column.addWidget(self.alternatives)
        self.alternatives.start()
        QTimer.singleShot(0, self, self.height_changed.emit)  # once the list knows its width

    def _drop_alternatives(self) -> None:
        if self.alternatives is not None:
            self._column.removeWidget(self.alternatives)
            self.alternatives.hide()
            self.alternatives.deleteLater()
            self.alternatives = None

    def _close_alternatives(self) -> None:
        self._drop_alternatives()
        self.height_changed.emit()
        self.setFocus()

    def show_paragraph(self, text: str) -> None:
        """Show the card's sentence within the words around it."""
        span, quote = self.record.note.evidence.span, self.record.note.evidence.quote
        if self.evidence is None or text[span.start : span.end] != quote:
            return  # the text was corrected: the quotation itself stays
        shown, marked = around(text, span, _ROOM)
        if marked != (0, len(shown)):
            self.evidence.set_text(shown, marked)
            self.height_changed.emit()

    def _reading_side(self, record: CardRecord, of_many_texts: bool) -> QWidget:
        side = QWidget()
        column = self._column = QVBoxLayout(side)
        column.setContentsMargins(14, 13, 14, 10)
        column.setSpacing(8)
        note = record.note
        head = QHBoxLayout()
        chip = KindChip()
        chip.set_kind(note.kind, NOTE_KINDS[note.kind][0])
        status = QLabel(status_words(record, {note.id: self.kept_out} if self.kept_out else {}))
        status.setProperty("role", "muted")
        head.addWidget(chip)
        title = QLabel(elide(note.title) if of_many_texts else "")
        title.setProperty("role", "muted")
        head.addWidget(title)
        head.addStretch()
        head.addWidget(status)
        column.addLayout(head)
        for text, font in (
            (note.front, theme.serif(theme.TYPE_LARGE, weight=QFont.Weight.DemiBold)),
            (answer_of(note), theme.sans(theme.TYPE_BASE + 1)),
        ):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setFont(font)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        if self.kept_out:
            why = QLabel("Kept out: " + " ".join(f.reason for f in self.kept_out))
            why.setProperty("role", "warning")
            why.setWordWrap(True)
            column.addWidget(why)
        self.evidence = Passage(note.evidence.quote, (0, 0), "Show this sentence in the text (G)")
        self.evidence.clicked.connect(self.evidence_wanted)
        column.addWidget(self.evidence)
        column.addWidget(self._buttons(record))
        return side

    def _buttons(self, record: CardRecord) -> QWidget:
        box = QWidget()
        row = FlowLayout(box, spacing=4)
        if record.status is not NoteStatus.ACCEPTED:
            accept = QPushButton("Accept")
            accept.setProperty("role", "primary")
            accept.setToolTip("Study this card (A)")
            accept.clicked.connect(self.accept_wanted)
            row.addWidget(accept)
        self._quiet(row, "Edit", "Edit (E)").clicked.connect(self.edit)
        reword = self._quiet(row, "Reword", "Choose another wording (W)")
        reword.clicked.connect(self.reword_wanted)
        if record.card is None:
            turn = self._quiet(row, "Other kind", "Turn it into another kind of card (K)")
            turn.clicked.connect(self.turn_wanted)
        if record.status is not NoteStatus.REFUSED:
            refuse = self._quiet(row, "Refuse", "Don't study this card (X)")
            refuse.clicked.connect(self.refuse_wanted)
        show = IconButton("show", "Show in the text (G)")
        show.clicked.connect(self.evidence_wanted)
        row.addWidget(show)
        if record.card is not None:
            asleep = record.card.suspended
            name, tip = ("resume", "Study it again (@)") if asleep else ("suspend", "Suspend (@)")
            suspend = IconButton(name, tip)
            suspend.clicked.connect(lambda: self.suspend_wanted.emit(not asleep))
            row.addWidget(suspend)
        if self.kept_out is None:
            remove = IconButton("remove", "Delete (Del)")
            remove.clicked.connect(self.delete_wanted)
            row.addWidget(remove)
        return box

    def _quiet(self, row: FlowLayout, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "quiet")
        button.setToolTip(tip)
        row.addWidget(button)
        return button

    def sizeHint(self) -> QSize:
        """Return the size at the present width."""
        return QSize(self.width(), self.height_for(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End editing with Escape."""
        if event.key() == Qt.Key.Key_Escape and self._editor is not None:
            self.stop_editing()
        else:
            super().keyPressEvent(event)
