"""The list of cards: a model that filters, and how a card at rest is painted."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.library.decks import NoteStatus
from desktop.window import theme
from desktop.window.card_rows import CardChoice, Shown, answer_of, status_words
from desktop.window.chips import CHIP_HEIGHT, chip_width, paint_chip
from desktop.window.glossary_list import paint_ground
from desktop.window.text_lines import line_height, paint_lines, wrapped
from desktop.window.wording import NOTE_KINDS

if TYPE_CHECKING:
    from desktop.decks.deck import Finding
    from desktop.library.decks import CardRecord

RECORD_ROLE = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex

CARD_GAP = 8
_PADDING = 14
_FRONT_LINES, _BACK_LINES = 3, 2


class CardModel(QAbstractListModel):
    """The cards that pass the search, the kind and the status, in the order of study."""

    def __init__(self) -> None:
        super().__init__()
        self._records: list[CardRecord] = []
        self._kept: list[CardRecord] = []
        self._shown: list[CardRecord] = []
        self._choice = CardChoice()
        self.kept_out: dict[str, tuple[Finding, ...]] = {}
        self.open_row = -1  # the row that is opened: its height is that of its tile
        self.open_height = 0
        self.of_many_texts = False  # then a card says which text it comes from

    @property
    def records(self) -> list[CardRecord]:
        """All cards of the library."""
        return self._records

    @property
    def kept(self) -> list[CardRecord]:
        """The cards that the program kept out of the deck and the reader did not rescue."""
        return self._kept

    @property
    def shown(self) -> list[CardRecord]:
        """The cards on show."""
        return self._shown

    def set_records(
        self, records: Sequence[CardRecord], kept: Sequence[tuple[CardRecord, tuple[Finding, ...]]]
    ) -> None:
        """Show other cards; ``kept`` are those that stay out of the deck, with the reasons."""
        self._records = list(records)
        there = {record.note.id for record in records} if kept else set()
        left = [(record, why) for record, why in kept if record.note.id not in there]
        self._kept = [record for record, _why in left]
        self.kept_out = {record.note.id: why for record, why in left}
        self.of_many_texts = len({record.document_id for record in records}) > 1
        self._choose()

    def set_choice(self, choice: CardChoice) -> None:
        """Keep the cards that pass ``choice``."""
        self._choice = choice
        self._choose()

    def count(self, status: NoteStatus) -> int:
        """Return how many cards have that status."""
        return sum(record.status is status for record in self._records)

    def row_of(self, note_id: str) -> int:
        """Return the row of a note, -1 where it is not on show."""
        ids = [record.note.id for record in self._shown]
        return ids.index(note_id) if note_id in ids else -1

    def set_open(self, row: int, height: int) -> None:
        """Make the row ``row`` as high as its tile (-1: no row is open)."""
        old, self.open_row, self.open_height = self.open_row, row, height
        for changed in {old, row} - {-1}:
            index = self.index(changed)
            self.dataChanged.emit(index, index, [Qt.ItemDataRole.SizeHintRole])

    def _choose(self) -> None:
        self.beginResetModel()
        self.open_row = -1
        passes = self._choice.passes
        self._shown = [record for record in self._records if passes(record)]
        if self._choice.status is Shown.REFUSED:
            self._shown += [record for record in self._kept if passes(record)]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Return the number of cards on show."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the card or what a screen reader says."""
        if not index.isValid():
            return None
        record = self._shown[index.row()]
        if role == RECORD_ROLE:
            return record
        if role == Qt.ItemDataRole.DisplayRole:
            return record.note.front
        if role == Qt.ItemDataRole.AccessibleTextRole:
            status = status_words(record, self.kept_out)
            why = " ".join(f.reason for f in self.kept_out.get(record.note.id, ()))
            spoken = f"{status} card. {record.note.front} Answer: {answer_of(record.note)}"
            return f"{spoken} {why}".rstrip()
        return None


class CardDelegate(QStyledItemDelegate):
    """Paints a card at rest: what it asks, the answer, its kind and status."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of a card in a list of that width."""
        model = index.model()
        width = option.rect.width() or option.widget.width()
        if isinstance(model, CardModel) and index.row() == model.open_row:
            return QSize(width, model.open_height + CARD_GAP)
        record: CardRecord = index.data(RECORD_ROLE)
        text = _text_height(record.note.front, answer_of(record.note), width - 2 * _PADDING)
        return QSize(width, 2 * _PADDING + CHIP_HEIGHT + 8 + text + 6 + CARD_GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one card."""
        model = index.model()
        assert isinstance(model, CardModel)
        if index.row() == model.open_row:
            return  # its tile covers it
        record: CardRecord = index.data(RECORD_ROLE)
        note, c = record.note, theme.colours()
        rect = option.rect.adjusted(1, 1, -1, -CARD_GAP)
        painter.save()
        paint_ground(painter, rect, option.state)
        inner = rect.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        text = NOTE_KINDS[note.kind][0]
        chip = QRect(inner.left(), inner.top(), chip_width(text), CHIP_HEIGHT)
        paint_chip(painter, chip, note.kind, text)
        painter.setFont(theme.sans(theme.TYPE_SMALL))
        painter.setPen(QColor(status_colour(record)))
        line = QRect(inner.left(), inner.top(), inner.width(), CHIP_HEIGHT)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        status = status_words(record, model.kept_out)
        painter.drawText(line, right, status)
        if model.of_many_texts:
            used = painter.fontMetrics().horizontalAdvance(status) + 16
            place = line.adjusted(chip.width() + 10, 0, -used, 0)
            elide = Qt.TextElideMode.ElideRight
            title = painter.fontMetrics().elidedText(note.title, elide, place.width())
            painter.setPen(QColor(c.muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)
        box = inner.adjusted(0, CHIP_HEIGHT + 8, 0, 0)
        used = paint_lines(painter, box, note.front, front_font(), c.text, _FRONT_LINES)
        box = box.adjusted(0, used + 6, 0, 0)
        paint_lines(painter, box, answer_of(note), back_font(), c.muted, _BACK_LINES)
        painter.restore()


@functools.lru_cache(maxsize=20_000)
def _text_height(front: str, back: str, width: int) -> int:
    """Return the height of a card's two texts; the list asks for all of them at each change."""
    fronts = len(wrapped(front, front_font(), width, _FRONT_LINES))
    backs = len(wrapped(back, back_font(), width, _BACK_LINES))
    return fronts * line_height(front_font()) + backs * line_height(back_font())


def status_colour(record: CardRecord) -> str:
    """Return the colour of the status."""
    c = theme.colours()
    if record.card is not None and record.card.suspended:
        return c.warning
    return c.good if record.status is NoteStatus.ACCEPTED else c.muted


def front_font() -> QFont:
    """Return the face of what a card asks."""
    return theme.serif(theme.TYPE_LARGE, weight=QFont.Weight.DemiBold)


def back_font() -> QFont:
    """Return the face of a card's answer."""
    return theme.sans(theme.TYPE_BASE)
