"""What a reader does in a dialog that stands over the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget


def in_dialog(act: Callable[[QWidget], object]) -> None:
    """Call ``act`` with the next dialog as soon as it is on show."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isVisible():
            QTimer.singleShot(50, look)
        else:
            act(dialog)

    QTimer.singleShot(50, look)
