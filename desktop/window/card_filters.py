"""The controls above the cards: search, status, kinds, paragraph, how sure the cards are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.window.card_rows import CardChoice, Shown, percent
from desktop.window.chips import FilterChips
from desktop.window.icons import icon
from desktop.window.segments import Segments
from desktop.window.wording import NOTE_KINDS, counted

_STEPS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
_GAPS = "gaps"


class CardFilters(QWidget):
    """Says which cards the reader wants listed; ``changed`` after each change."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("Search the cards")
        self.search.setAccessibleName("Search the cards")
        self.search.setClearButtonEnabled(True)
        self._glass = QAction(icon("search", 16), "", self.search)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.status = Segments([shown.value for shown in Shown], "Show")
        self.kinds = FilterChips({k: many for k, (_one, many) in NOTE_KINDS.items()})
        self.paragraphs = _box("Paragraph", "Cards of one paragraph, or what has none")
        self.paragraphs.addItem("All paragraphs", None)
        self.sure = _box("Confidence", "Only cards that are at least so sure")
        self.sure.addItem("However sure", 0.0)
        for step in _STEPS:
            self.sure.addItem("", step)
        self.summary = QLabel()
        self.summary.setProperty("role", "muted")
        self.accept_all = QPushButton("Accept all")
        self.accept_all.setProperty("role", "primary")
        self.accept_all.setToolTip("Accept what is proposed and on show (Ctrl+Shift+A)")
        self._lay_out()
        self.search.textChanged.connect(self.changed)
        self.status.chosen.connect(self.changed)
        self.kinds.chosen.connect(self.changed)
        self.paragraphs.currentIndexChanged.connect(self.changed)
        self.sure.currentIndexChanged.connect(self.changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.status, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.kinds)
        boxes = QHBoxLayout()
        boxes.setSpacing(6)
        boxes.addWidget(self.paragraphs, 3)
        boxes.addWidget(self.sure, 2)
        column.addLayout(boxes)
        row = QHBoxLayout()
        row.addWidget(self.summary)
        row.addStretch()
        row.addWidget(self.accept_all)
        column.addLayout(row)

    @property
    def choice(self) -> CardChoice:
        """What is to be listed."""
        at = self.paragraphs.currentData()
        return CardChoice(
            words=self.search.text(),
            kind=self.kinds.kind,
            status=Shown(self.status.choice),
            block=at if isinstance(at, int) else None,
            least=float(self.sure.currentData() or 0.0),
        )

    @property
    def wants_gaps(self) -> bool:
        """Whether the paragraphs without a card are to be listed instead of cards."""
        return bool(self.paragraphs.currentData() == _GAPS)

    def ask_for_gaps(self) -> None:
        """List the paragraphs without a card, or the cards again."""
        gaps = self.paragraphs.findData(_GAPS)
        self.paragraphs.setCurrentIndex(0 if self.wants_gaps else max(0, gaps))

    def choose_block(self, block: int | None) -> None:
        """List the cards of one paragraph; ``None``: of all."""
        self.paragraphs.setCurrentIndex(max(0, self.paragraphs.findData(block)))

    def show_everything(self) -> None:
        """Let each card of the status be listed."""
        self.search.clear()
        if self.kinds.kind is not None:
            self.kinds.choose(None)
        self.paragraphs.setCurrentIndex(0)
        self.sure.setCurrentIndex(0)

    def set_paragraphs(self, lines: Sequence[tuple[int, str]], gaps: int) -> None:
        """Offer paragraphs (block, words); ``gaps`` of all have no card."""
        kept = self.paragraphs.currentData()
        self.paragraphs.blockSignals(True)
        self.paragraphs.clear()
        self.paragraphs.addItem("All paragraphs", None)
        if gaps:
            self.paragraphs.addItem(f"Without a card: {gaps}", _GAPS)
        for block, words in lines:
            self.paragraphs.addItem(words, block)
        found = 0 if kept is None else self.paragraphs.findData(kept)
        self.paragraphs.setCurrentIndex(max(0, found))
        self.paragraphs.blockSignals(False)
        self.paragraphs.setVisible(bool(lines) or gaps > 0)

    def set_sure(self, confidences: Iterable[float]) -> None:
        """Show how many proposals are at least so sure."""
        values = list(confidences)
        for row, step in enumerate(_STEPS, 1):
            many = sum(value >= step for value in values)
            self.sure.setItemText(row, f"{percent(step)} and more: {many}")
        self.sure.setVisible(bool(values) or self.sure.currentIndex() > 0)

    def show_summary(self, shown: int, proposed: int) -> None:
        """Say how many cards are listed, and how many of them can be accepted at once."""
        self.summary.setText(counted(shown, "card") if shown else "")
        self.accept_all.setText(f"Accept all {proposed}" if proposed > 1 else "Accept all")
        self.accept_all.setVisible(proposed > 0)
        self._keep_height()

    def _keep_height(self) -> None:
        """Ask for the height of the wrapped chips: a list that is short of room takes it else."""
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chips whole at another width."""
        super().resizeEvent(event)
        self._keep_height()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the magnifying glass for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._glass.setIcon(icon("search", 16))


def _box(name: str, tip: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
