"""A list of painted cards, one below the other, of the same width with or without a scroll bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QWidget

#: Lines that are laid out at once; more than a screen shows.
_PORTION = 60


class CardStack(QListView):
    """Keeps the room of its scroll bar free while it has none, so that the cards never jump."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # Laid out in portions: a long list costs no frame.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.lay_out_to(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._keep_room)
        self._keep_room(0, 0)

    def lay_out_to(self, row: int) -> None:
        """Lay out as far as ``row`` and a little more at the next change, later the rest."""
        self.setBatchSize(max(_PORTION, row + _PORTION // 2))

    def _keep_room(self, _least: int, most: int) -> None:
        room = 0 if most > 0 else self.verticalScrollBar().sizeHint().width()
        if self.viewportMargins().right() != room:
            self.setViewportMargins(0, 0, room, 0)
