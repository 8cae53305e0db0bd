"""The cards of a text or of the library: proposed, accepted, refused; decided on and edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.library.decks import CardRecord, NoteStatus
from desktop.reading.document import Span
from desktop.window.card_filters import CardFilters
from desktop.window.card_list import CARD_GAP, CardDelegate, CardModel
from desktop.window.card_rows import STATUS_WORDS, Shown
from desktop.window.card_stack import CardStack
from desktop.window.card_tile import CardTile
from desktop.window.empty_state import EmptyState
from desktop.window.gap_list import GapList, covered_blocks, gaps_of, opening
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.decks.alternatives import Alternative
    from desktop.decks.deck import Finding, Note
    from desktop.operations.workspace import CardReview
    from desktop.reading.document import Document


_ROOM_MS = 60


class CardsView(QWidget):
    """Shows cards and says what the reader wants with them; changes nothing by itself."""

    accept_wanted = Signal(list)  # note ids
    refuse_wanted = Signal(list)
    delete_wanted = Signal(list)
    suspend_wanted = Signal(list, bool)
    edit_wanted = Signal(str, object)  # note id, the fields that changed
    evidence_wanted = Signal(int, object)  # document id, Span
    study_wanted = Signal()
    rescue_wanted = Signal(int, list)  # document id, notes that were kept out
    alternatives_wanted = Signal(int, object)  # document id, Note
    turn_wanted = Signal(int, object, bool)  # document id, Note, whether it was kept out
    form_wanted = Signal(int, object, object)  # document id, the form, the Note if it was kept out
    rescue_edited_wanted = Signal(int, object, object)  # document id, Note, changed fields
    paragraph_wanted = Signal(int, int)  # document id, block

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Cards")
        self.model = CardModel()
        self._tile: CardTile | None = None
        self._next_id: str | None = None
        self._document: tuple[int, Document] | None = None
        self._review: CardReview | None = None
        self._paragraph: tuple[int, int] = (0, 0)  # of the opened card: document id, block
        self.filters = CardFilters()
        self.search, self.status = self.filters.search, self.filters.status
        self.kinds = self.filters.kinds
        self.accept_all_button = self.filters.accept_all
        self.list = CardStack("Cards")
        self.list.setModel(self.model)
        self.list.setItemDelegate(CardDelegate(self.list))
        self.list.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
        self.gaps = GapList()
        self.empty = EmptyState("cards", "No cards yet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.gaps)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 6, 0)
        column.setSpacing(10)
        column.addWidget(self.filters)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._choose)
        self.gaps.block_wanted.connect(self._show_block)
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
        self.model.set_records(records, self._kept())
        self._show_paragraphs()
        self._show_counts()
        if first and not self.model.shown and self.model.count(NoteStatus.ACCEPTED):
            self.status.choose(Shown.ACCEPTED.value)
        if wanted is not None:
            found = self.model.row_of(wanted)
            self.open_row(found if found >= 0 else min(row, self.model.rowCount() - 1))
        self._say()

    def show_review(
        self, document_id: int | None, document: Document | None, review: CardReview
    ) -> None:
        """Show what was kept out of the deck of a text, and which paragraphs have no card."""
        there = document_id is not None and document is not None
        self._document = (document_id, document) if there else None  # type: ignore[assignment]
        self._review = review
        self.show_cards(self.model.records)

    def _kept(self) -> list[tuple[CardRecord, tuple[Finding, ...]]]:
        if self._review is None or self._document is None:
            return []
        where = self._document[0]
        return [
            (CardRecord(one.note, NoteStatus.REFUSED, False, where), one.findings)
            for one in self._review.refused
        ]

    def _show_paragraphs(self) -> None:
        """Offer the paragraphs of the text, with how many cards each has."""
        if self._review is None or self._document is None:
            self.filters.set_paragraphs((), 0)
            return
        document, paragraphs = self._document[1], self._review.paragraphs
        many = Counter(r.note.evidence.span.block for r in self.model.records)
        self.gaps.show_gaps(gaps_of(paragraphs, covered_blocks(self.model.records), document))
        lines = [
            (p.block, f"{opening(document, p.block, 60)} ({many[p.block]})") for p in paragraphs
        ]
        self.filters.set_paragraphs(lines, len(self.gaps.gaps))

    def show_alternatives(self, note_id: str, found: Sequence[Alternative]) -> None:
        """Offer other forms of the opened card."""
        if self._tile is not None and self._tile.record.note.id == note_id:
            self._tile.show_alternatives(found)
            QTimer.singleShot(_ROOM_MS, self, self._show_wordings)

    def _show_wordings(self) -> None:
        """Bring the other wordings into view, once the list has made room for them."""
        if self._tile is not None and (found := self._tile.alternatives) is not None:
            bar, view = self.list.verticalScrollBar(), self.list.viewport()
            top = found.mapTo(view, QPoint(0, 0)).y()
            below = min(top, top + found.height() + CARD_GAP - view.height())
            bar.setValue(bar.value() + max(0, below))

    def show_paragraph(self, document_id: int, block: int, text: str) -> None:
        """Show the words around the opened card's sentence."""
        if self._tile is not None and self._paragraph == (document_id, block):
            self._tile.show_paragraph(text)

    def open_notes(self, note_ids: Sequence[str]) -> None:
        """Open the first of some cards, whatever is filtered now."""
        if self.model.row_of(note_ids[0]) < 0:
            self.filters.show_everything()
            self.status.choose(Shown.ALL.value)
        self.open_row(self.model.row_of(note_ids[0]))

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
        if self.filters.wants_gaps:
            return self.gaps
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
        """Accept the opened card, though it was kept out, and go on to the next one."""
        if self._tile is not None and self._tile.kept_out is not None:
            record = self._tile.record
            self._look_beyond()
            self.rescue_wanted.emit(record.document_id, [record.note])
        else:
            self._decide(self.accept_wanted)

    def refuse_current(self) -> None:
        """Refuse the opened card and go on to the next one."""
        self._decide(self.refuse_wanted)

    def delete_current(self) -> None:
        """Delete the opened card and go on to the next one."""
        self._decide(self.delete_wanted)

    def reword_current(self) -> None:
        """Ask for other wordings of the opened card."""
        if self._tile is not None and self._tile.editor is None:
            record = self._tile.record
            self.alternatives_wanted.emit(record.document_id, record.note)

    def turn_current(self) -> None:
        """Turn the opened card into another kind."""
        if self._tile is not None and self._tile.editor is None:
            record, kept = self._tile.record, self._tile.kept_out is not None
            self.turn_wanted.emit(record.document_id, record.note, kept)

    def toggle_gaps(self) -> None:
        """List the paragraphs without a card, or the cards again."""
        self.filters.ask_for_gaps()
        self.focus_target().setFocus()

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
        if note_id is None or note_id in self.model.kept_out:
            return
        self._look_beyond()
        signal.emit([note_id])  # type: ignore[attr-defined]

    def _look_beyond(self) -> None:
        """Note which card comes after the opened one."""
        row = self.list.currentIndex().row()
        following = self.model.shown[row + 1 : row + 2] or self.model.shown[row - 1 : row]
        self._next_id = following[0].note.id if following else None

    def _show_block(self, block: int) -> None:
        if self._document is not None:
            document_id, document = self._document
            self.evidence_wanted.emit(document_id, Span(block, 0, len(document.blocks[block].text)))

    # -- the list

    def _matching(self) -> list[CardRecord]:
        return self.model.shown if self.status.choice != Shown.ALL.value else self.model.records

    def _choose(self) -> None:
        self._tile = None
        self.model.set_choice(self.filters.choice)
        self._show_counts()
        self._say()

    def _show_counts(self) -> None:
        kept = len(self.model.kept)
        for status, word in STATUS_WORDS.items():
            more = kept if status is NoteStatus.REFUSED else 0
            self.status.set_text(word, f"{word} {self.model.count(status) + more}")
        wanted, choice = self.status.choice, self.filters.choice
        self.kinds.set_counts(
            record.note.kind
            for record in self.model.records + self.model.kept * (wanted == Shown.REFUSED.value)
            if wanted in (Shown.ALL.value, STATUS_WORDS[record.status])
            and choice.passes_apart_from_kind(record)
        )
        self.filters.set_sure(
            r.note.confidence for r in self.model.records if r.status is NoteStatus.PROPOSED
        )

    def _say(self) -> None:
        shown, total = self.model.rowCount(), len(self.model.records) + len(self.model.kept)
        gaps = self.filters.wants_gaps
        proposed = sum(r.status is NoteStatus.PROPOSED for r in self.model.shown)
        self.filters.setVisible(total > 0)
        self.kinds.setVisible(shown > 0 or self.kinds.kind is not None)
        self.filters.show_summary(0 if gaps else shown, 0 if gaps else proposed)
        there = self.list if shown else self.empty
        self._stack.setCurrentWidget(self.gaps if gaps else there)
        if shown or gaps:
            return
        if not total:
            self.empty.say("No cards yet", "They appear when the text has been read through.")
        elif self.filters.choice.narrows:
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
        tile = CardTile(
            record,
            of_many_texts=self.model.of_many_texts,
            kept_out=self.model.kept_out.get(record.note.id),
        )
        self._tile = tile
        tile.accept_wanted.connect(self.accept_current)
        tile.refuse_wanted.connect(self.refuse_current)
        tile.delete_wanted.connect(self.delete_current)
        tile.suspend_wanted.connect(lambda _on: self.suspend_current())
        tile.evidence_wanted.connect(self.show_current_evidence)
        tile.reword_wanted.connect(self.reword_current)
        tile.turn_wanted.connect(self.turn_current)
        tile.form_chosen.connect(self._take_form)
        tile.edited.connect(self._save)
        tile.height_changed.connect(self._fit_tile)
        self._fit_tile()
        holder = QWidget()
        below = QVBoxLayout(holder)
        below.setContentsMargins(1, 0, 1, CARD_GAP)
        below.addWidget(tile)
        self.list.setIndexWidget(current, holder)
        QTimer.singleShot(0, self, self._fit_tile)
        self._paragraph = (record.document_id, record.note.evidence.span.block)
        self.paragraph_wanted.emit(*self._paragraph)

    def _take_form(self, form: Note) -> None:
        if self._tile is not None:
            record = self._tile.record
            kept = record.note if self._tile.kept_out is not None else None
            self.list.setFocus()
            self.form_wanted.emit(record.document_id, form, kept)

    def _save(self, fields: object) -> None:
        if self._tile is None:
            return
        record, kept = self._tile.record, self._tile.kept_out
        self._tile.stop_editing()
        if kept is None:
            self.edit_wanted.emit(record.note.id, fields)
        else:
            self.rescue_edited_wanted.emit(record.document_id, record.note, fields)

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
