"""The study page: one card, its answer, four buttons with their intervals, and the evidence."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.decks.deck import NoteKind
from desktop.study.card import Rating
from desktop.study.session import DueCounts
from desktop.window import theme
from desktop.window.card_editor import CardEditor
from desktop.window.card_faces import answer_html, question_html
from desktop.window.chips import KindChip
from desktop.window.empty_state import EmptyState
from desktop.window.passage import Passage
from desktop.window.picture_face import PictureFace
from desktop.window.segments import Segments
from desktop.window.wording import NOTE_KINDS, counted, interval

if TYPE_CHECKING:
    from desktop.operations.workspace import StudyItem

THIS_TEXT, ALL_TEXTS = "This text", "All texts"

_KEYS = "Space answer · I sentence · S in the text · E edit · - tomorrow · @ suspend · U undo"

_WIDTH, _HEIGHT = 680, 600
_RATINGS = (
    (Rating.AGAIN, "Again"),
    (Rating.HARD, "Hard"),
    (Rating.GOOD, "Good"),
    (Rating.EASY, "Easy"),
)

#: A card left open counts for a minute at most, as in Anki.
_LONGEST_MS = 60_000


class StudyView(QWidget):
    """Shows the card that it is given; answers and wishes go out as signals."""

    answered = Signal(object, int, int)  # card id (64 bits), rating, milliseconds
    bury_wanted = Signal(object)  # card id
    suspend_wanted = Signal(str)  # note id
    edit_wanted = Signal(str, object)  # note id, the fields that changed
    evidence_wanted = Signal(int, object)  # document id, Span
    accept_all_wanted = Signal()
    scope_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName("Study")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._item: StudyItem | None = None
        self._answer_shown = False
        self._editor: CardEditor | None = None
        self._since = 0.0
        self._due = DueCounts(0, 0, 0)
        self.scope = Segments((THIS_TEXT, ALL_TEXTS), "What to study")
        self._counts = {name: QLabel() for name in ("new", "learning", "review")}
        self._source = QLabel()
        self.picture = PictureFace()
        self.front = QLabel()
        self.back = QLabel()
        self.evidence = Passage("", (0, 0), "Show this sentence in the text (S)")
        self._chip = KindChip()
        self._rule = QFrame()
        self._rule.setObjectName("rule")
        self.show_button = QPushButton("Show answer")
        self.rating_buttons: dict[Rating, QPushButton] = {}
        self.empty = EmptyState("study", "Nothing to study yet")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._study_page())
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self._stack, 1)
        self.scope.chosen.connect(self.scope_chosen)
        self.empty.action_wanted.connect(self.accept_all_wanted)
        self.evidence.clicked.connect(self.show_in_text)
        self.show_nothing(DueCounts(0, 0, 0), proposed=0, accepted=0)

    # -- its parts

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("header")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(56)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 20, 0)
        row.setSpacing(18)
        title = QLabel("Study")
        title.setProperty("role", "section")
        row.addWidget(title)
        row.addStretch()
        for label in self._counts.values():
            row.addWidget(label)
        row.addSpacing(8)
        row.addWidget(self.scope)
        return head

    def _study_page(self) -> QWidget:
        holder = QWidget()
        holder.setMinimumWidth(320)
        holder.setMaximumSize(_WIDTH, _HEIGHT)
        self._middle = QVBoxLayout(holder)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(14)
        self._card = self._card_frame()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._card)
        self._middle.addWidget(self._scroll, 1)
        self._middle.addLayout(self._foot())
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

    def _card_frame(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(34, 24, 34, 30)
        column.setSpacing(16)
        head = QHBoxLayout()
        self._source.setProperty("role", "tiny")
        head.addWidget(self._source, 1)
        head.addWidget(self._chip)
        column.addLayout(head)
        for label, size, weight in (
            (self.front, 23, QFont.Weight.DemiBold),
            (self.back, 20, QFont.Weight.Normal),
        ):
            label.setFont(theme.serif(size, weight=weight))
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addStretch(2)
        column.addWidget(self.picture)
        column.addWidget(self.front)
        column.addWidget(self._rule)
        column.addWidget(self.back)
        column.addWidget(self.evidence)
        column.addStretch(3)
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.show_button.setProperty("role", "primary")
        self.show_button.setMinimumHeight(52)
        self.show_button.setToolTip("Show the answer (Space)")
        self.show_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_button.clicked.connect(self.show_answer)
        row.addWidget(self.show_button)
        for rating, name in _RATINGS:
            button = QPushButton()
            button.setProperty("role", "rating")
            button.setProperty("name", name)
            button.setProperty("rating", int(rating))
            button.setToolTip(f"{name} ({int(rating)})")
            # Space means Good, whichever button was clicked last.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, r=rating: self.rate(r))
            self.rating_buttons[rating] = button
            row.addWidget(button, 1)
        return row

    # -- what is shown

    @property
    def item(self) -> StudyItem | None:
        """The card on show."""
        return self._item

    @property
    def answer_shown(self) -> bool:
        """Whether the answer is on show."""
        return self._answer_shown

    def show_item(self, item: StudyItem, counts: DueCounts, title: str) -> None:
        """Ask the card ``item``; ``title`` names the text that it comes from."""
        same = self._item is not None and self._item.card.id == item.card.id
        was_shown = same and self._answer_shown
        self._end_editing()
        self._item, self._answer_shown = item, False
        self._due = counts
        self._source.setText(title)
        note = item.note
        self._chip.set_kind(note.kind, NOTE_KINDS[note.kind][0])
        self._show_words()
        self.evidence.set_text(note.evidence.quote)
        for rating, button in self.rating_buttons.items():
            time_away = interval(item.intervals[rating])
            button.setText(f"{button.property('name')}\n{time_away}")
            button.setAccessibleName(f"{button.property('name')}, again in {time_away}")
        self._stack.setCurrentIndex(0)
        if self.isVisible():  # the button that was pressed may be gone, and the keys with it
            self.setFocus()
        self._show_sides()
        self._since = time.monotonic()
        if was_shown:  # it was edited: go on where the reader was
            self.show_answer()

    def show_nothing(self, counts: DueCounts, *, proposed: int, accepted: int) -> None:
        """Say why there is no card: all done, none accepted yet, or none at all."""
        self._end_editing()
        self._item, self._due = None, counts
        self._show_words()
        if not accepted and proposed:
            self.empty.say(
                "Ready when you are",
                "Glossator proposes cards from the text. Take them all now;"
                " you can edit or drop each one later.",
                f"Accept the {counted(proposed, 'proposed card')} and study",
                drawing="cards",
            )
        elif accepted and proposed:
            self.empty.say(
                "Done for now",
                "You have answered every card that is due. More are proposed.",
                f"Accept {counted(proposed, 'more card', 'more cards')}",
                drawing="done",
            )
        elif accepted:
            self.empty.say(
                "Done for now",
                "You have answered every card that is due. The next ones come back on their day.",
                drawing="done",
            )
        else:
            self.empty.say(
                "Nothing to study yet",
                "Open a text: its key facts and terms become cards.",
                drawing="study",
            )
        self._stack.setCurrentIndex(1)

    def show_answer(self) -> None:
        """Turn the card."""
        if self._item is not None and not self._answer_shown and self._editor is None:
            self._answer_shown = True
            self._show_sides()

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
        took = min(_LONGEST_MS, int((time.monotonic() - self._since) * 1000))
        item, self._item = self._item, None  # a second key press answers nothing
        self.answered.emit(item.card.id, int(rating), took)

    def toggle_evidence(self) -> None:
        """Show the sentence that the card comes from, or hide it."""
        if self._item is not None:
            self.evidence.setVisible(not self.evidence.isVisible())

    def show_in_text(self) -> None:
        """Ask to see the card's sentence in its text."""
        if self._item is not None:
            self.evidence_wanted.emit(self._item.document_id, self._item.note.evidence.span)

    def bury(self) -> None:
        """Put the card off until tomorrow."""
        if self._item is not None:
            self.bury_wanted.emit(self._item.card.id)

    def suspend(self) -> None:
        """Take the card out of study."""
        if self._item is not None:
            self.suspend_wanted.emit(self._item.note.id)

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
        self._show_sides()
        self._editor.start()

    @property
    def editor(self) -> CardEditor | None:
        """The editor while the card is edited."""
        return self._editor

    # -- inside

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
        editing, shown = self._editor is not None, self._answer_shown
        self._rule.setVisible(shown)
        self.back.setVisible(shown)
        item = self._item
        if item is not None:
            self.picture.ask(item.picture, item.note, item.card.ordinal, revealed=shown)
        if not shown or item is None:
            self.evidence.hide()
        else:
            plain = item.note.evidence.quote not in item.back
            self.evidence.setVisible(plain)
        if item is not None and item.note.kind is NoteKind.CLOZE:
            # The answer is the same sentence, filled in: show it in place of the question.
            self.front.setVisible(not shown)
            self._rule.hide()
        else:
            self.front.show()
        self.show_button.setVisible(not shown and not editing)
        for button in self.rating_buttons.values():
            button.setVisible(shown and not editing)

    def _show_words(self) -> None:
        """Write the texts that carry colours of the theme."""
        c, counts, item = theme.colours(), self._due, self._item
        if item is not None:
            self.front.setText(question_html(item))
            self.back.setText(answer_html(item))
        numbers = {
            "new": (counts.new, c.kinds["question"]),
            "learning": (counts.learning, c.accent),
            "review": (counts.review, c.good),
        }
        now = _queue_of(item)
        for name, (number, colour) in numbers.items():
            style = "text-decoration: underline;" if name == now else ""
            label = self._counts[name]
            label.setText(
                f"<span style='color:{colour}; font-weight:600; {style}'>{number}</span>"
                f"<span style='color:{c.muted}'> {name}</span>"
            )
            label.setAccessibleName(f"{number} {name}")

    def changeEvent(self, event: QEvent) -> None:
        """Write the coloured texts again for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_due"):
            self._show_words()


def _queue_of(item: StudyItem | None) -> str:
    if item is None:
        return ""
    return {0: "new", 2: "review"}.get(int(item.card.state), "learning")
