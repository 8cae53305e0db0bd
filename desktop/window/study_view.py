"""The study page: one card, its answer, four buttons with their intervals, and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.decks.faces import typed_answer
from desktop.study.card import Rating
from desktop.study.options import AutoAction
from desktop.study.session import DueCounts
from desktop.study.typed import compare
from desktop.window.answer_bar import AnswerBar
from desktop.window.card_editor import CardEditor
from desktop.window.empty_state import EmptyState
from desktop.window.study_card import StudyCard
from desktop.window.study_clock import StudyClock
from desktop.window.study_head import StudyHead

if TYPE_CHECKING:
    from desktop.operations.workspace import StudyItem

_KEYS = "Space answer · S in the text · E edit · I info · O options · * mark · - bury · @ suspend · U undo"  # noqa: E501

_WIDTH, _HEIGHT = 720, 660

_AUTO_RATINGS = {
    AutoAction.AGAIN: Rating.AGAIN,
    AutoAction.HARD: Rating.HARD,
    AutoAction.GOOD: Rating.GOOD,
}


class StudyView(QWidget):
    """Shows the card that it is given; answers and wishes go out as signals."""

    answered = Signal(object, int, int)  # card id (64 bits), rating, milliseconds
    bury_wanted = Signal(object)  # card id
    edit_wanted = Signal(str, object)  # note id, the fields that changed
    evidence_wanted = Signal(object, object)  # document id, Span
    offer_taken = Signal()  # the button where no card is

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName("Study")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._item: StudyItem | None = None
        self._answer_shown = False
        self._editor: CardEditor | None = None
        self.head = StudyHead()
        self.scope = self.head.scope
        self.card = StudyCard()
        self.front, self.back, self.picture = self.card.front, self.card.back, self.card.picture
        self.evidence, self.typed = self.card.evidence, self.card.typed
        self.foreign = self.card.foreign
        self.bar = AnswerBar()
        self.show_button, self.rating_buttons = self.bar.show_button, self.bar.buttons
        self.clock = StudyClock(self)
        self.empty = EmptyState("study", "Nothing to study yet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._study_page())
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        self._connect()
        self.head.show_counts(DueCounts(0, 0, 0), "")
        self._stack.setCurrentIndex(1)

    def _study_page(self) -> QWidget:
        holder = QWidget()
        holder.setMinimumWidth(320)
        holder.setMaximumSize(_WIDTH, _HEIGHT)
        self._middle = QVBoxLayout(holder)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(14)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.card)
        self._middle.addWidget(self._scroll, 1)
        self._middle.addWidget(self.bar)
        hint = QLabel(_KEYS)
        hint.setProperty("role", "tiny")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        self._middle.addWidget(hint)
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(1)
        outer.addWidget(holder, 1000)
        outer.addStretch(1)
        return page

    def _connect(self) -> None:
        self.empty.action_wanted.connect(self.offer_taken)
        self.evidence.clicked.connect(self.show_in_text)
        self.bar.turn_wanted.connect(self.show_answer)
        self.bar.rated.connect(self.rate)
        self.clock.ticked.connect(self.head.show_seconds)
        self.clock.question_over.connect(self.show_answer)
        self.clock.answer_over.connect(self._advance)

    # -- what is shown

    @property
    def item(self) -> StudyItem | None:
        """The card on show."""
        return self._item

    @property
    def answer_shown(self) -> bool:
        """Whether the answer is on show."""
        return self._answer_shown

    @property
    def editor(self) -> CardEditor | None:
        """The editor while the card is edited."""
        return self._editor

    def show_item(self, item: StudyItem, counts: DueCounts, title: str) -> None:
        """Ask the card ``item``; ``title`` names the text that it comes from."""
        same = self._item is not None and self._item.card.id == item.card.id
        was_shown = same and self._answer_shown
        self._end_editing()
        self._item, self._answer_shown = item, False
        self.head.show_counts(counts, _queue_of(item))
        self.card.set_item(item, title)
        self.bar.set_item(item)
        self._stack.setCurrentIndex(0)
        self._show_sides()
        self._take_keys()
        self.clock.start(item.options)
        if was_shown:  # it was edited or marked: go on where the reader was
            self.show_answer()

    def show_nothing(
        self, counts: DueCounts, title: str, text: str, action: str, drawing: str
    ) -> None:
        """Say why there is no card, and what can be done."""
        self._end_editing()
        self.clock.stop()
        self._item = None
        self.head.show_counts(counts, "")
        self.head.show_seconds(None)
        self.empty.say(title, text, action, drawing)
        self._stack.setCurrentIndex(1)

    def show_paragraph(self, card_id: int, text: str) -> None:
        """Show the evidence of the card in its paragraph."""
        if self._item is not None and self._item.card.id == card_id:
            self.card.set_paragraph(text)
            self._show_sides()

    def show_answer(self) -> None:
        """Turn the card."""
        if self._item is None or self._answer_shown or self._editor is not None:
            return
        self._answer_shown = True
        if self._types() and self._item is not None:
            answer = typed_answer(self._item.note, self._item.card.ordinal)
            self.card.compare(compare(self.typed.text(), answer) if answer else None)
        self._show_sides()
        self._take_keys()
        self.clock.turn()

    # -- what the reader does

    def proceed(self) -> None:
        """Show the answer; when it is shown, answer Good; with no card, take the offer."""
        if self._item is None:
            if self.empty.button.isVisible():
                self.empty.button.click()
        elif self._answer_shown:
            self.rate(Rating.GOOD)
        else:
            self.show_answer()

    def rate(self, rating: Rating) -> None:
        """Answer the card, whose answer must be on show."""
        if self._item is None or not self._answer_shown or self._editor is not None:
            return
        item, self._item = self._item, None  # a second key press answers nothing
        self.answered.emit(item.card.id, int(rating), self.clock.took_ms())

    def toggle_evidence(self) -> None:
        """Show the sentence that the card comes from, or hide it."""
        if self._item is not None:
            self.card.toggle_evidence()

    def toggle_auto(self) -> None:
        """Let cards advance by themselves, or not."""
        self.clock.set_auto(not self.clock.auto and self._item is not None)
        self.head.auto.setVisible(self.clock.auto)

    def show_in_text(self) -> None:
        """Ask to see the card's sentence in its text."""
        if self._item is not None and self._item.document_id is not None:
            self.evidence_wanted.emit(self._item.document_id, self._item.note.evidence.span)

    def edit(self) -> None:
        """Edit the card in place."""
        if self._item is None or self._editor is not None:
            return
        note_id = self._item.note.id
        self._editor = CardEditor(self._item.note)
        self._editor.saved.connect(lambda fields: self.edit_wanted.emit(note_id, fields))
        self._editor.cancelled.connect(self._end_editing)
        self._scroll.hide()
        self._editor.setObjectName("card")
        self._editor.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._middle.insertWidget(0, self._editor)
        self.clock.stop()
        self._show_sides()
        self._editor.start()

    # -- inside

    def _advance(self) -> None:
        """Do what the deck's options want when the answer was on show long enough."""
        item = self._item
        if item is None:
            return
        rating = _AUTO_RATINGS.get(item.options.auto_action)
        if rating is not None:
            self.rate(rating)
        else:
            self.bury_wanted.emit(item.card.id)

    def _types(self) -> bool:
        return self._item is not None and self._item.options.type_answers

    def _take_keys(self) -> None:
        """Put the keys where they are needed: what had them may be gone."""
        if not self.isVisible():
            return
        typing = self._types() and not self._answer_shown
        (self.typed if typing else self).setFocus()

    def _end_editing(self) -> None:
        if self._editor is None:
            return
        editor, self._editor = self._editor, None
        self._middle.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self._scroll.show()
        self._show_sides()
        self.setFocus()

    def _show_sides(self) -> None:
        self.card.show_sides(shown=self._answer_shown, types=self._types())
        self.bar.show_state(shown=self._answer_shown, editing=self._editor is not None)

    def changeEvent(self, event: QEvent) -> None:
        """Write the coloured texts again for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "empty"):
            self.head.refresh()
            self.card.refresh()

    def hideEvent(self, event: QEvent) -> None:
        """Stop the clock while another page is on show."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self.clock.stop()


def _queue_of(item: StudyItem) -> str:
    return {0: "new", 2: "review"}.get(int(item.card.state), "learning")
