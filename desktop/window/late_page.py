"""The place of a page that is made when it is first entered: the window starts without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget


class _Page(Protocol):
    def focus_target(self) -> QWidget: ...


P = TypeVar("P", bound=_Page)


class LatePage(QWidget, Generic[P]):
    """Holds a page once ``load`` has made it."""

    made = Signal()

    def __init__(self, load: Callable[[], P]) -> None:
        super().__init__()
        self._load = load
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.page: P | None = None

    def make(self) -> P:
        """Return the page, made now if need be."""
        if self.page is None:
            self.page = self._load()
            self._column.addWidget(cast(QWidget, self.page))
            self.made.emit()
        return self.page

    def focus_target(self) -> QWidget:
        """Return what takes the keys."""
        return self if self.page is None else self.page.focus_target()
