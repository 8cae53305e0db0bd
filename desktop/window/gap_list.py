"""The paragraphs without a card, each with the reason why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.window import theme
from desktop.window.card_stack import CardStack
from desktop.window.glossary_list import paint_ground
from desktop.window.text_lines import line_height, paint_lines, wrapped

if TYPE_CHECKING:
    from desktop.decks.coverage import ParagraphCoverage
    from desktop.library.decks import CardRecord
    from desktop.reading.document import Document

_Index = QModelIndex | QPersistentModelIndex
_GAP_ROLE = Qt.ItemDataRole.UserRole + 1
_PADDING, _BELOW = 12, 8
_LINES = 2
_LONGEST_REASON = 4
_ALL_DROPPED = "You refused or deleted its cards."


@dataclass(frozen=True, slots=True)
class ParagraphGap:
    """A paragraph without a card: its block, its opening words, why it has none."""

    block: int
    words: str
    reason: str


def covered_blocks(records: Iterable[CardRecord]) -> set[int]:
    """Return the blocks from which a card comes that was not refused."""
    return {r.note.evidence.span.block for r in records if r.status.value != "refused"}


def gaps_of(
    paragraphs: Sequence[ParagraphCoverage], covered: Collection[int], document: Document
) -> list[ParagraphGap]:
    """Return the paragraphs that no card comes from, in plain words."""
    return [
        ParagraphGap(p.block, opening(document, p.block), _reason(p))
        for p in paragraphs
        if p.block not in covered and p.block < len(document.blocks)
    ]


def opening(document: Document, block: int, longest: int = 160) -> str:
    """Return the first words of a paragraph."""
    return " ".join(document.blocks[block].text[:longest].split())


def _reason(paragraph: ParagraphCoverage) -> str:
    from desktop.decks.coverage import GAPS
    from desktop.decks.quality.linter import REASONS
    from desktop.decks.ranking import IMPROBABLE

    if paragraph.gap is None:
        return _ALL_DROPPED
    named = {**REASONS, IMPROBABLE.rule: IMPROBABLE.reason}
    why = [named[rule] for rule in paragraph.rules[:2] if rule in named]
    return " ".join((GAPS[paragraph.gap], *why))


class _GapModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[ParagraphGap] = []

    def show(self, gaps: list[ParagraphGap]) -> None:
        if gaps != self.gaps:
            self.beginResetModel()
            self.gaps = gaps
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.gaps)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        gap = self.gaps[index.row()]
        if role == _GAP_ROLE:
            return gap
        if role == Qt.ItemDataRole.DisplayRole:
            return gap.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{gap.words} No card: {gap.reason}"
        return None


class _GapDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        gap: ParagraphGap = index.data(_GAP_ROLE)
        width = (option.rect.width() or option.widget.width()) - 2 * _PADDING
        height = 2 * _PADDING + 4 + _BELOW
        for text, font, most in _lines(gap):
            height += len(wrapped(text, font, width, most)) * line_height(font)
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        gap: ParagraphGap = index.data(_GAP_ROLE)
        c = theme.colours()
        painter.save()
        rect = option.rect.adjusted(1, 1, -1, -_BELOW)
        paint_ground(painter, rect, option.state)
        box = rect.adjusted(_PADDING - 1, _PADDING, 1 - _PADDING, -_PADDING)
        for (text, font, most), colour in zip(_lines(gap), (c.text, c.muted), strict=True):
            used = paint_lines(painter, box, text, font, colour, most)
            box = box.adjusted(0, used + 4, 0, 0)
        painter.restore()


def _lines(gap: ParagraphGap) -> tuple[tuple[str, QFont, int], ...]:
    return (
        (gap.words, theme.serif(theme.TYPE_BASE + 1), _LINES),
        (gap.reason, theme.sans(theme.TYPE_SMALL), _LONGEST_REASON),
    )


class GapList(CardStack):
    """Lists paragraphs without a card; Enter or a click asks for one in the text."""

    block_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Paragraphs without a card", parent)
        self._gaps = _GapModel()
        self.setModel(self._gaps)
        self.setItemDelegate(_GapDelegate(self))
        self.clicked.connect(self._ask)

    @property
    def gaps(self) -> list[ParagraphGap]:
        """What is listed."""
        return self._gaps.gaps

    def show_gaps(self, gaps: list[ParagraphGap]) -> None:
        """List ``gaps``."""
        self._gaps.show(gaps)

    def _ask(self, index: _Index) -> None:
        if index.isValid():
            self.block_wanted.emit(self._gaps.gaps[index.row()].block)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the paragraph in the text with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)
