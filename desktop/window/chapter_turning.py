"""From chapter to chapter: buttons at the two ends of a page, and a wheel turned past them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QPushButton, QScrollBar

from desktop.window.messages import elide

if TYPE_CHECKING:
    from desktop.window.set_page import SetPage

_FROM_TOP, _FROM_END = 10, 120  # pixels from the ends of the page to the buttons
_REST = 0.35  # seconds: one swing of a wheel ends at the end of a chapter


class WheelTurn:
    """Tells whether a wheel that is turned at the end of a page turns to another chapter.

    It does after a rest at the end: who scrolls fast comes to a halt there first.
    """

    def __init__(self) -> None:
        self._last = 0.0

    def turns(self, bar: QScrollBar, delta: int) -> bool:
        """Return whether to turn the page; ``delta`` is negative downwards."""
        now = time.monotonic()
        rested, self._last = now - self._last > _REST, now
        at_end = bar.value() == (bar.maximum() if delta < 0 else bar.minimum())
        return rested and at_end and delta != 0


class ChapterTurners(QObject):
    """The two buttons; they stand on the page and scroll with it."""

    def __init__(self, page: SetPage) -> None:
        super().__init__(page)
        self._page = page
        self.previous = QPushButton(page.viewport())
        self.next = QPushButton(page.viewport())
        for button, step in ((self.previous, -1), (self.next, 1)):
            button.setProperty("role", "quiet")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are Ctrl+PgUp and Ctrl+PgDown
            button.clicked.connect(lambda _on=False, s=step: page.turn_chapter(s, at_end=s < 0))
            button.hide()
        page.chapter_changed.connect(self._name)
        page.verticalScrollBar().valueChanged.connect(self._place)
        page.verticalScrollBar().rangeChanged.connect(self._place)
        page.viewport().installEventFilter(self)

    def _name(self, number: int, count: int) -> None:
        self._dress(self.previous, "Previous chapter", number - 1, there=number > 0)
        self._dress(self.next, "Next chapter", number + 1, there=number + 1 < count)
        self._place()

    def _dress(self, button: QPushButton, name: str, number: int, *, there: bool) -> None:
        title = self._page.chapter_title(number)
        words = f"{name}: {elide(title, 48)}" if title else name
        button.setText(words.replace("&", "&&"))
        button.setAccessibleName(words)
        button.adjustSize()
        button.setVisible(there)

    def _place(self) -> None:
        shift = self._page.verticalScrollBar().value()
        middle = self._page.viewport().width() // 2
        end = int(self._page.document().size().height()) - shift - _FROM_END
        self.previous.move(middle - self.previous.width() // 2, _FROM_TOP - shift)
        self.next.move(middle - self.next.width() // 2, end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the buttons in the middle of a page of another size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
