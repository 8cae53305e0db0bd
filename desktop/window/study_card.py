"""The card as it is studied: question, what the reader types, answer, evidence in its paragraph."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.decks.deck import NoteKind
from desktop.reading.document import Span
from desktop.study.typed import Comparison, Letters, Run
from desktop.window import theme
from desktop.window.card_faces import answer_html, question_html
from desktop.window.chips import KindChip
from desktop.window.foreign_card import ForeignCard
from desktop.window.passage import Passage, around
from desktop.window.picture_face import PictureFace
from desktop.window.wording import NOTE_KINDS

if TYPE_CHECKING:
    from desktop.operations.workspace import StudyItem

#: The colours of the flags, and their names; they hold on light and dark ground.
FLAG_COLOURS = ("", "#d9483b", "#d07a1c", "#3f9a57", "#3d7dd8", "#d060a0", "#2a9d98", "#8b5fd0")
FLAG_NAMES = ("", "Red", "Orange", "Green", "Blue", "Pink", "Turquoise", "Purple")

#: How many letters of a long paragraph stand before and after the sentence.
_AROUND = 420


class StudyCard(QFrame):
    """Shows one card; ``show_sides`` turns it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._item: StudyItem | None = None
        self._compared: Comparison | None = None
        self._toggled: bool | None = None  # the reader's own wish about the evidence
        self._beside = False  # whether the evidence says more than the answer
        self._source = QLabel()
        self._signs = QLabel()
        self._chip = KindChip()
        self.picture = PictureFace()
        self.foreign = ForeignCard()
        self.front, self.back = QLabel(), QLabel()
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("Type the answer")
        self.typed.setAccessibleName("Type the answer")
        self.comparison = QLabel()
        self.evidence = Passage("", (0, 0), "Show this sentence in the text (S)")
        self._rule = QFrame()
        self._rule.setObjectName("rule")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(34, 24, 34, 30)
        column.setSpacing(16)
        head = QHBoxLayout()
        for label in (self._source, self._signs):
            label.setProperty("role", "tiny")
        head.addWidget(self._source, 1)
        head.addWidget(self._signs)
        head.addWidget(self._chip)
        column.addLayout(head)
        for label, size, weight in (
            (self.front, 23, QFont.Weight.DemiBold),
            (self.back, 20, QFont.Weight.Normal),
            (self.comparison, 18, QFont.Weight.Normal),
        ):
            label.setFont(theme.serif(size, weight=weight))
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.typed.setFont(theme.serif(18))
        column.addWidget(self.foreign, 40)
        column.addStretch(2)
        for widget in (
            self.picture, self.front, self.typed, self.comparison, self._rule, self.back,
            self.evidence,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(3)

    def set_item(self, item: StudyItem, title: str) -> None:
        """Show another card; ``title`` names the text that it comes from."""
        self._item, self._compared, self._toggled = item, None, None
        self._source.setText(title)
        self._chip.set_kind(item.note.kind, NOTE_KINDS[item.note.kind][0])
        self.typed.clear()
        quote = item.note.evidence.quote
        self._beside = bool(quote) and quote not in item.back
        self.evidence.set_text(quote)
        self.refresh()

    def set_paragraph(self, text: str) -> None:
        """Show the evidence in its paragraph, the sentence in bold letters."""
        if self._item is None:
            return
        span = self._item.note.evidence.span
        if text[span.start : span.end] != self._item.note.evidence.quote:
            return  # the text was read anew since
        self._beside = self._beside or span.end - span.start < len(text.strip())
        self.evidence.set_text(*around(text, Span(span.block, span.start, span.end), _AROUND))

    def compare(self, comparison: Comparison | None) -> None:
        """Show how what was typed compares with the answer."""
        self._compared = comparison
        self.refresh()

    def toggle_evidence(self) -> None:
        """Show the sentence that the card comes from, or hide it."""
        if self._item is None or self._item.foreign is not None:
            return
        self._toggled = not self.evidence.isVisible()
        self.evidence.setVisible(self._toggled)

    def show_sides(self, *, shown: bool, types: bool) -> None:
        """Show the question, or the answer too; ``types`` where the reader types it first."""
        item = self._item
        if item is None:
            return
        self.picture.ask(item.picture, item.note, item.card.ordinal, revealed=shown)
        self.typed.setVisible(types and not shown)
        self.comparison.setVisible(shown and self._compared is not None)
        self.back.setVisible(shown)
        wanted = self._beside if self._toggled is None else self._toggled
        self.evidence.setVisible(shown and wanted)
        cloze = item.note.kind is NoteKind.CLOZE
        # The answer of a cloze is the same sentence, filled in: it stands in place of the question.
        self.front.setVisible(not (cloze and shown))
        self._rule.setVisible(shown and not cloze)
        self.foreign.show_side(item.foreign, answer=shown)
        if item.foreign is not None:  # as its own type has it, in place of our words
            for widget in (self.front, self.back, self.picture, self._rule, self.evidence):
                widget.hide()

    def refresh(self) -> None:
        """Write the texts that carry colours of the theme."""
        item = self._item
        if item is None:
            return
        self.front.setText(question_html(item))
        self.back.setText(answer_html(item))
        signs = []
        if item.card.flag:
            colour = FLAG_COLOURS[item.card.flag]
            signs.append(f"<span style='color:{colour}'>■</span> {FLAG_NAMES[item.card.flag]} flag")
        if "marked" in {tag.casefold() for tag in item.note.tags}:
            signs.append("★ marked")
        self._signs.setText("&nbsp;&nbsp;".join(signs))
        self._signs.setVisible(bool(signs))
        if self._compared is not None:
            self.comparison.setText(_comparison_html(self._compared))


def _comparison_html(compared: Comparison) -> str:
    """Return the two lines of a comparison; each kind differs in form, not in colour alone."""
    c = theme.colours()
    styles = {
        Letters.SAME: f"color:{c.good}",
        Letters.WRONG: f"color:{c.accent}; text-decoration: line-through",
        Letters.MISSING: f"color:{c.warning}; text-decoration: underline",
    }

    def line(runs: tuple[Run, ...]) -> str:
        return "".join(
            f"<span style='{styles[run.letters]}'>{escape(run.text)}</span>" for run in runs
        )

    if compared.right:
        return f"{line(compared.typed)} <span style='color:{c.good}'>✓</span>"
    typed = line(compared.typed) or f"<span style='color:{c.muted}'>nothing typed</span>"
    return f"{typed}<br><span style='color:{c.muted}'>↓</span><br>{line(compared.answer)}"
