"""The bar at the foot of the window while files are opened, with a button that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.window.messages import elide

if TYPE_CHECKING:
    from desktop.window.importing import Step

_WAIT_MS = 400  # most files open before it shows
_WIDTH, _MARGIN = 360, 24


class ImportBar(QFrame):
    """Shows which file is being opened and how far it is."""

    cancel_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("overlay")
        self._label = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Opening")
        cancel = QPushButton("Cancel")
        cancel.setProperty("role", "quiet")
        cancel.clicked.connect(self.cancel_wanted)
        row = QHBoxLayout()
        row.addWidget(self._label, 1)
        row.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 10, 14)
        column.addLayout(row)
        column.addWidget(self._bar)
        self.setFixedWidth(_WIDTH)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._appear)
        self.hide()
        window.installEventFilter(self)

    def show_step(self, step: Step) -> None:
        """Show how far it is."""
        which = f"{step.number} of {step.total}: " if step.total > 1 else ""
        self._label.setText(elide(f"Opening {which}{step.name}", 44))
        whole = step.fraction > 0
        self._bar.setRange(0, 1000 if whole else 0)
        self._bar.setValue(round(step.fraction * 1000))
        if self.isHidden() and not self._timer.isActive():
            self._timer.start()

    def end(self) -> None:
        """Take the bar away."""
        self._timer.stop()
        self.hide()

    def _appear(self) -> None:
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        self.adjustSize()
        room = self._window.rect()
        self.move(room.width() - _WIDTH - _MARGIN, room.height() - self.height() - _MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the bar in its corner."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
