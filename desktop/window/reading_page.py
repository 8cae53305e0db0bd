"""The reading page: a quiet head, the text, and the pane with its glossary and cards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.window import theme
from desktop.window.find_bar import FindBar
from desktop.window.icons import IconButton
from desktop.window.messages import elide
from desktop.window.segments import Segments

GLOSSARY, CARDS, MARKS = "Glossary", "Cards", "Marks"

_PANE_WIDTH = 420
_PANE_LEAST = 320
_PANE_SHARE = 0.42  # of the page, at most


class ReadingPage(QWidget):
    """Arranges the views that it is given; knows nothing of what they show."""

    cancel_wanted = Signal()
    again_wanted = Signal()

    def __init__(
        self, reader: QWidget, glossary: QWidget, cards: QWidget, marks: QWidget, empty: QWidget
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title_text = ""
        self._wanted_width: int | None = _PANE_WIDTH
        self._title = QLabel()
        self._title.setFont(theme.serif(theme.TYPE_LARGE, weight=QFont.Weight.DemiBold))
        self._title.setMinimumWidth(60)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How much of the text is read")
        self.left = QLabel()
        self.left.setProperty("role", "tiny")
        self.left.setAccessibleName("Time left to read")
        self.memory = QLabel()
        self.memory.setProperty("role", "tiny")
        self._work = _Work()
        self._work.cancel.clicked.connect(self.cancel_wanted)
        self._work.again.clicked.connect(self.again_wanted)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(2)
        self.tabs = Segments((GLOSSARY, CARDS, MARKS), "Beside the text")
        self.tabs.chosen.connect(self._show_tab)
        self._side = QStackedWidget()
        self._side.addWidget(glossary)
        self._side.addWidget(cards)
        self._side.addWidget(marks)
        self.find_bar = FindBar()
        self._main = QStackedWidget()
        self._main.addWidget(reader)
        self._main.addWidget(empty)
        self.pane = self._make_pane()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._main)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = self._make_head()
        column.addWidget(self._head)
        column.addWidget(self.progress)
        column.addWidget(self.find_bar)
        column.addWidget(self.splitter, 1)

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("reading_head")
        head.setFixedHeight(53)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._title, 1)
        row.addWidget(self._work)
        row.addWidget(self.memory)
        row.addWidget(self.left)
        row.addLayout(self.buttons)
        return head

    def _make_pane(self) -> QWidget:
        pane = QWidget()
        pane.setObjectName("pane")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        pane.setMinimumWidth(_PANE_LEAST)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self.tabs)
        head.addStretch()
        column.addLayout(head)
        column.addWidget(self._side, 1)
        return pane

    def show_title(self, title: str) -> None:
        """Name the text in the head."""
        self._title_text = title
        self._elide()

    def show_text(self, there: bool) -> None:
        """Show the text, or what stands in its place while none is open."""
        self._main.setCurrentIndex(0 if there else 1)
        self.pane.setVisible(there)
        self.progress.setVisible(there)

    def show_fraction(self, fraction: float, minutes: int = 0) -> None:
        """Show how much of the text was read (0..1) and how long the rest takes."""
        self.progress.setValue(round(1000 * fraction))
        hours, rest = divmod(minutes, 60)
        parts = [f"{hours} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0)
        self.left.setText(f"{' '.join(parts)} left" if parts else "")
        self.left.setToolTip(f"{fraction:.0%} read")

    def show_memory(self, known: int, fading: int, new: int) -> None:
        """Show how many cards of the text are known, fade and are new."""
        parts = [f"{known} known", f"{fading} fading", f"{new} new"]
        shown = [part for part in parts if not part.startswith("0 ")]
        self.memory.setText(" · ".join(shown) if known or fading else "")
        self.memory.setAccessibleName(f"Cards of this text: {', '.join(parts)}")
        self.memory.setToolTip("Cards of this text, by how well they are remembered now")

    def show_text_alone(self, alone: bool) -> None:
        """Show nothing but the text, or the head and the progress too."""
        self._head.setVisible(not alone)
        self.progress.setVisible(not alone and self._main.currentIndex() == 0)

    def show_work(self, running: bool, stage: str, fraction: float, message: str) -> None:
        """Show how the analysis stands."""
        self._work.show_state(running, stage, fraction, message)

    @property
    def pane_width(self) -> int:
        """The width of the pane in pixels."""
        return self.pane.width() if self._wanted_width is None else self._wanted_width

    def set_pane_width(self, width: int) -> None:
        """Make the pane ``width`` wide, now or when the page is first shown."""
        self._wanted_width = width
        if self.isVisible():
            self._share_width()

    def _share_width(self) -> None:
        if self._wanted_width is not None:
            most = max(_PANE_LEAST, int(self.width() * _PANE_SHARE))
            pane = min(self._wanted_width, most)
            self.splitter.setSizes([self.width() - pane, pane])
            self._wanted_width = None

    def show_tab(self, name: str) -> None:
        """Show the glossary, the cards or the marks, and the pane if it was hidden."""
        self.pane.show()
        self.tabs.choose(name)

    def _show_tab(self, name: str) -> None:
        self._side.setCurrentIndex((GLOSSARY, CARDS, MARKS).index(name))

    def _elide(self) -> None:
        metrics = self._title.fontMetrics()
        shown = metrics.elidedText(
            self._title_text, Qt.TextElideMode.ElideRight, self._title.width()
        )
        self._title.setText(shown)
        self._title.setToolTip(self._title_text if shown != self._title_text else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width between text and pane: before, the page had none."""
        super().showEvent(event)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the title to its room; leave the text the greater part of a narrow page."""
        super().resizeEvent(event)
        self._elide()
        most = max(_PANE_LEAST, int(self.width() * _PANE_SHARE))
        if self._wanted_width is None and self.pane.width() > most and self.pane.isVisible():
            self.splitter.setSizes([self.width() - most, most])


class _Work(QFrame):
    """What the analysis is doing, and a way to stop it or to start it again."""

    def __init__(self) -> None:
        super().__init__()
        self._stage = QLabel()
        self._stage.setProperty("role", "muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(96)
        self._bar.setAccessibleName("Analysis")
        self.cancel = IconButton("close", "Stop the analysis", size=14)
        self.again = QPushButton("Analyse again")
        self.again.setProperty("role", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._stage)
        row.addWidget(self._bar)
        row.addWidget(self.cancel)
        row.addWidget(self.again)
        self.hide()

    def show_state(self, running: bool, stage: str, fraction: float, message: str) -> None:
        """Show the work while it runs, and what to do when it did not end well."""
        self._stage.setText(stage if running else elide(message, 48))
        self._stage.setToolTip(message)
        self._bar.setValue(round(1000 * fraction))
        self._bar.setVisible(running)
        self.cancel.setVisible(running)
        self.again.setVisible(not running and bool(message))
        self.setVisible(running or bool(message))
