"""The cards of a text or of the library: proposed, accepted, refused; decided on and edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.library.decks import NoteStatus
from desktop.window.card_list import CARD_GAP, STATUS_WORDS, CardDelegate, CardModel, Shown
from desktop.window.card_stack import CardStack
from desktop.window.card_tile import CardTile
from desktop.window.chips import FilterChips
from desktop.window.empty_state import EmptyState
from desktop.window.icons import icon
from desktop.window.segments import Segments
from desktop.window.wording import NOTE_KINDS, counted

if TYPE_CHECKING:
    from desktop.library.decks import CardRecord


class CardsView(QWidget):
    """Shows cards and says what the reader wants with them; changes nothing by itself."""

    accept_wanted = Signal(list)  # note ids
    refuse_wanted = Signal(list)
    delete_wanted = Signal(list)
    suspend_wanted = Signal(list, bool)
    edit_wanted = Signal(str, object)  # note id, the fields that changed
    evidence_wanted = Signal(int, object)  # document id, Span
    study_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Cards")
        self.model = CardModel()
        self._tile: CardTile | None = None
        self._next_id: str | None = None
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("Search the cards")
        self.search.setAccessibleName("Search the cards")
        self.search.setClearButtonEnabled(True)
        self._glass = QAction(icon("search", 16), "", self.search)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.status = Segments([shown.value for shown in Shown], "Show")
        self.kinds = FilterChips({k: many for k, (_one, many) in NOTE_KINDS.items()})
        self._summary = QLabel()
        self._summary.setProperty("role", "muted")
        self.accept_all_button = QPushButton("Accept all")
        self.accept_all_button.setProperty("role", "primary")
        self.list = CardStack("Cards")
        self.list.setModel(self.model)
        self.list.setItemDelegate(CardDelegate(self.list))
        self.list.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
        self.empty = EmptyState("cards", "No cards yet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 6, 0)
        column.setSpacing(10)
        self._controls = QWidget()
        top = QVBoxLayout(self._controls)
        top.setContentsMargins(0, 0, 10, 0)
        top.setSpacing(10)
        top.addWidget(self.search)
        top.addWidget(self.status, 0, Qt.AlignmentFlag.AlignLeft)
        top.addWidget(self.kinds)
        row = QHBoxLayout()
        row.addWidget(self._summary)
        row.addStretch()
        row.addWidget(self.accept_all_button)
        top.addLayout(row)
        column.addWidget(self._controls)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._choose)
        self.status.chosen.connect(self._choose)
        self.kinds.chosen.connect(self._choose)
        self.accept_all_button.clicked.connect(self.accept_all)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.empty.action_wanted.connect(self.study_wanted)

    # -- what is shown

    def show_cards(self, records: Sequence[CardRecord]) -> None:
        """Show ``records``; the opened card stays open where it is still on show."""
        if self._tile is not None and self._tile.editor is not None:
            unchanged = any(record == self._tile.record for record in records)
            if unchanged:  # don't take the card away while the reader types
                return
        first = not self.model.records
        current, row = self.current_id(), self.list.currentIndex().row()
        wanted = self._next_id or current
        self._next_id = None
        self._tile = None
        self.model.set_records(records)
        self._show_counts()
        if first and not self.model.shown and self.model.count(NoteStatus.ACCEPTED):
            self.status.choose(Shown.ACCEPTED.value)
        if wanted is not None:
            found = self.model.row_of(wanted)
            self.open_row(found if found >= 0 else min(row, self.model.rowCount() - 1))
        self._say()

    def current_id(self) -> str | None:
        """Return the id of the opened card's note."""
        row = self.list.currentIndex().row()
        return self.model.shown[row].note.id if 0 <= row < self.model.rowCount() else None

    def open_row(self, row: int) -> None:
        """Open the card in ``row``."""
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def focus_target(self) -> QWidget:
        """Return what takes the keys: the list, or the button in its place."""
        offered = self.empty.button.isVisibleTo(self.empty)
        return self.list if self.model.shown or not offered else self.empty.button

    @property
    def tile(self) -> CardTile | None:
        """The opened card."""
        return self._tile

    # -- what the reader does

    def accept_all(self) -> None:
        """Accept every proposed card that passes the search and the kind."""
        ids = [r.note.id for r in self._matching() if r.status is NoteStatus.PROPOSED]
        if ids:
            self.accept_wanted.emit(ids)

    def accept_current(self) -> None:
        """Accept the opened card and go on to the next one."""
        self._decide(self.accept_wanted)

    def refuse_current(self) -> None:
        """Refuse the opened card and go on to the next one."""
        self._decide(self.refuse_wanted)

    def delete_current(self) -> None:
        """Delete the opened card and go on to the next one."""
        self._decide(self.delete_wanted)

    def edit_current(self) -> None:
        """Edit the opened card in place."""
        if self._tile is not None:
            self._tile.edit()

    def suspend_current(self) -> None:
        """Suspend the opened card, or wake it."""
        if self._tile is not None and self._tile.record.card is not None:
            asleep = self._tile.record.card.suspended
            self.suspend_wanted.emit([self._tile.record.note.id], not asleep)

    def show_current_evidence(self) -> None:
        """Ask to see the opened card's sentence in the text."""
        if self._tile is not None:
            record = self._tile.record
            self.evidence_wanted.emit(record.document_id, record.note.evidence.span)

    def _decide(self, signal: object) -> None:
        note_id = self.current_id()
        if note_id is None:
            return
        row = self.list.currentIndex().row()
        following = self.model.shown[row + 1 : row + 2] or self.model.shown[row - 1 : row]
        self._next_id = following[0].note.id if following else None
        signal.emit([note_id])  # type: ignore[attr-defined]

    # -- the list

    def _matching(self) -> list[CardRecord]:
        return self.model.shown if self.status.choice != Shown.ALL.value else self.model.records

    def _choose(self) -> None:
        self._tile = None
        self.model.set_filter(
            words=self.search.text(), kind=self.kinds.kind, status=Shown(self.status.choice)
        )
        self._show_counts()
        self._say()

    def _show_counts(self) -> None:
        for status, word in STATUS_WORDS.items():
            self.status.set_text(word, f"{word} {self.model.count(status)}")
        wanted = self.status.choice
        self.kinds.set_counts(
            record.note.kind
            for record in self.model.records
            if wanted in (Shown.ALL.value, STATUS_WORDS[record.status])
        )

    def _say(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.records)
        proposed = sum(r.status is NoteStatus.PROPOSED for r in self.model.shown)
        self._controls.setVisible(total > 0)
        self.kinds.setVisible(shown > 0 or self.kinds.kind is not None)
        self._summary.setText(counted(shown, "card") if shown else "")
        self.accept_all_button.setText(f"Accept all {proposed}" if proposed > 1 else "Accept all")
        self.accept_all_button.setVisible(proposed > 0)
        self._stack.setCurrentWidget(self.list if shown else self.empty)
        if shown:
            return
        if not total:
            self.empty.say("No cards yet", "They appear when the text has been read through.")
        elif self.search.text() or self.kinds.kind:
            self.empty.say("Nothing found", "No card passes the search and the filters.")
        elif self.status.choice == Shown.PROPOSED.value:
            accepted = self.model.count(NoteStatus.ACCEPTED)
            self.empty.say("All decided", f"{counted(accepted, 'card')} to study.", "Study now")
        else:
            self.empty.say(f"No {self.status.choice.lower()} cards")

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if previous.isValid():
            self.list.setIndexWidget(previous, None)  # type: ignore[arg-type]
        self._tile = None
        if not current.isValid():
            self.model.set_open(-1, 0)
            return
        record = self.model.shown[current.row()]
        tile = CardTile(record, of_many_texts=self.model.of_many_texts)
        self._tile = tile
        note_id = tile.record.note.id
        tile.accept_wanted.connect(self.accept_current)
        tile.refuse_wanted.connect(self.refuse_current)
        tile.delete_wanted.connect(self.delete_current)
        tile.suspend_wanted.connect(lambda _on: self.suspend_current())
        tile.evidence_wanted.connect(self.show_current_evidence)
        tile.edited.connect(lambda fields: self._save(note_id, fields))
        tile.height_changed.connect(self._fit_tile)
        self._fit_tile()
        holder = QWidget()
        below = QVBoxLayout(holder)
        below.setContentsMargins(1, 0, 1, CARD_GAP)
        below.addWidget(tile)
        self.list.setIndexWidget(current, holder)
        QTimer.singleShot(0, self, self._fit_tile)

    def _save(self, note_id: str, fields: object) -> None:
        if self._tile is not None:
            self._tile.stop_editing()
        self.edit_wanted.emit(note_id, fields)

    def _fit_tile(self) -> None:
        row = self.list.currentIndex().row()
        if self._tile is not None and row >= 0:
            width = self.list.viewport().width() - 2
            height = self._tile.height_for(width)
            if (row, height) != (self.model.open_row, self.model.open_height):
                self.model.set_open(row, height)
                self.list.scrollTo(self.list.currentIndex())

    # -- Qt's own events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the opened card to the list's width; go to its sentence with Enter."""
        if watched is self.list.viewport() and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._fit_tile)
        if watched is self.list and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.show_current_evidence()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the opened card."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_tile)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the magnifying glass for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._glass.setIcon(icon("search", 16))
