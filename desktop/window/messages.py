"""The only place that tells the reader something: a passing note by default, a dialog to decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QPushButton, QWidget

from desktop.errors import Cancelled, GlossatorError

_SHOWN_MS = 5000
_SHOWN_WITH_ACTION_MS = 8000
_SHOWN_ERROR_MS = 12000


class Messages(QObject):
    """Shows one passing note at a time at the foot of a window, with at most one action."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._action: Callable[[], object] | None = None
        self._toast = QFrame(window)
        self._toast.setObjectName("toast")
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._button = QPushButton()
        self._button.clicked.connect(self._run_action)
        row = QHBoxLayout(self._toast)
        row.setContentsMargins(18, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._toast.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._toast.hide)
        window.installEventFilter(self)

    @property
    def shown(self) -> str:
        """The sentence on show, or an empty string."""
        return self._label.text() if not self._toast.isHidden() else ""

    def tell(
        self, sentence: str, action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Show ``sentence`` for some seconds, with a button ``action`` that calls ``run``."""
        self._show(sentence, _SHOWN_WITH_ACTION_MS if run else _SHOWN_MS, action, run)

    def report(self, error: BaseException) -> None:
        """Show what went wrong; the text of our own errors is written for the reader."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, GlossatorError):
            self._show(str(error), _SHOWN_ERROR_MS)
        else:
            self._show(
                "Something went wrong inside Glossator; the details are in its log.",
                _SHOWN_ERROR_MS,
            )

    def report_all(self, errors: Sequence[BaseException]) -> None:
        """Show the first of ``errors`` and how many more there are."""
        if len(errors) == 1 or (errors and not isinstance(errors[0], GlossatorError)):
            self.report(errors[0])
        elif errors:
            more = len(errors) - 1
            others = "One more file" if more == 1 else f"{more} more files"
            self._show(
                f"{errors[0]} ({others} could not be added.)",
                _SHOWN_ERROR_MS,
            )

    def decide(self, question: str, explanation: str, yes: str) -> bool:
        """Ask before the reader's own data change for good; return whether they agreed."""
        box = QMessageBox(self._window)
        box.setWindowTitle("Glossator")
        box.setText(f"<b>{question}</b>")
        box.setInformativeText(explanation)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() is agree

    def hide(self) -> None:
        """Take the note away."""
        self._toast.hide()

    def _show(
        self,
        sentence: str,
        milliseconds: int,
        action: str = "",
        run: Callable[[], object] | None = None,
    ) -> None:
        self._action = run
        self._label.setText(sentence)
        self._button.setText(action)
        self._button.setVisible(run is not None)
        self._toast.setAccessibleName(sentence)
        self._place()
        self._toast.show()
        self._toast.raise_()
        self._timer.start(milliseconds)

    def _run_action(self) -> None:
        self._toast.hide()
        if self._action is not None:
            self._action()

    def _place(self) -> None:
        room = self._window.rect()
        self._label.setMaximumWidth(max(200, min(620, room.width() - 200)))
        self._label.setMinimumWidth(
            min(
                self._label.maximumWidth(),
                self._label.fontMetrics().horizontalAdvance(self._label.text()) + 4,
            )
        )
        self._toast.adjustSize()
        size = self._toast.sizeHint()
        self._toast.setGeometry(
            (room.width() - size.width()) // 2,
            room.height() - size.height() - 28,
            size.width(),
            size.height(),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the note at the foot of the window when that changes its size."""
        if event.type() == QEvent.Type.Resize and self._toast.isVisible():
            self._place()
        return super().eventFilter(watched, event)


def elide(text: str, length: int = 60) -> str:
    """Return ``text`` cut at a word boundary to at most ``length`` characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return cut[: cut.rfind(" ")] + "…" if " " in cut else cut + "…"
