"""Fit the schedule to one's own answers: progress, what it brings, and the reader's agreement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import GlossatorError
from desktop.study.chart import counted, number
from desktop.window import theme
from desktop.window.beside import Beside
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.library.study_decks import Preset
    from desktop.operations.fitting import Fitted, Fitting
    from desktop.study.optimiser import Optimised

_INTRODUCTION = (
    "The schedule foretells when you forget. From your own answers it can learn how your memory "
    "differs from others'. Nothing leaves this computer, and nothing changes until you agree."
)


class FitDialog(QDialog):
    """Fits one preset; what is taken goes out as a signal."""

    taken = Signal(object)  # Fitted

    def __init__(self, parent: QWidget, lane: Lane, presets: Sequence[Preset]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Fit the schedule")
        self.resize(560, 320)
        self._lane, self._beside = lane, Beside("fitting")
        self._beside.failed.connect(self._show_error)
        self._fitted: Fitted | None = None
        self.preset = QComboBox()
        self.preset.setAccessibleName("Options")
        for preset in presets:
            self.preset.addItem(preset.name, preset.id)
        self.words = QLabel(_INTRODUCTION)
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.fit_button = QPushButton("Fit")
        self.take_button = QPushButton("Use the new weights")
        self.take_button.hide()
        self.close_button = QPushButton("Close")
        self._build()
        self.preset.setVisible(len(presets) > 1)
        self.preset.currentIndexChanged.connect(lambda _at: self._start_again())
        self.fit_button.clicked.connect(self.fit)
        self.take_button.clicked.connect(self._take)
        self.close_button.clicked.connect(self._stop_or_close)
        self._prime(self.fit_button)

    def _build(self) -> None:
        title = QLabel("Fit the schedule to your answers")
        title.setFont(theme.serif(theme.TYPE_TITLE, weight=QFont.Weight.DemiBold))
        title.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(14)
        for widget in (title, self.preset, self.words, self.bar):
            column.addWidget(widget)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.close_button, self.fit_button, self.take_button):
            foot.addWidget(button)
        column.addLayout(foot)

    def fit(self) -> None:
        """Begin to fit."""
        preset = self.preset.currentData()
        self.words.setText("Learning from your answers…")
        self.bar.setValue(0)
        self.bar.show()
        self.fit_button.setEnabled(False)
        self.close_button.setText("Stop")
        self._lane.submit(lambda ws: ws.fitting(preset), self._run, self._show_error)

    def _run(self, fitting: Fitting) -> None:
        self._beside.run(
            fitting.run, self._show, lambda share: self.bar.setValue(round(share * 100))
        )

    def _show(self, fitted: Fitted) -> None:
        self._end()
        self.words.setText(told(fitted.result))
        if fitted.result.enough:
            self._fitted = fitted
            self.fit_button.hide()
            self.take_button.show()
            better = fitted.result.better
            self.take_button.setText("Use the new weights" if better else "Use them all the same")
            if better:
                self._prime(self.take_button)

    def _show_error(self, error: Exception) -> None:
        self._end()
        known = isinstance(error, GlossatorError)
        self.words.setText(str(error) if known else "The weights could not be fitted.")

    def _take(self) -> None:
        if self._fitted is not None:
            self.taken.emit(self._fitted)
            self.accept()

    def _start_again(self) -> None:
        self._beside.cancel()
        self._fitted = None
        self._end()
        self.words.setText(_INTRODUCTION)
        self.take_button.hide()
        self.fit_button.show()

    def _stop_or_close(self) -> None:
        if self._beside.busy and self.bar.isVisible():
            self._start_again()
        else:
            self.reject()

    def _end(self) -> None:
        self.bar.hide()
        self.fit_button.setEnabled(True)
        self.close_button.setText("Close")

    def _prime(self, button: QPushButton) -> None:
        for one in (self.fit_button, self.take_button):
            one.setProperty("role", "primary" if one is button else "")
            one.style().polish(one)  # the style reads the role anew
        button.setDefault(True)

    def done(self, result: int) -> None:
        """End what is under way with the dialog."""
        self._beside.cancel()
        super().done(result)


def told(result: Optimised) -> str:
    """Return what came of a fit, in sentences."""
    from desktop.study.optimiser import LEAST_ANSWERS

    if not result.enough or result.before is None or result.after is None:
        return (
            f"There are too few answers yet: {counted(result.answers, 'answer')} after a day or "
            f"more, and {number(LEAST_ANSWERS)} are needed. Until then the usual weights do."
        )
    before, after = result.before, result.after
    means = f"{100 * before.rmse:.1f}\u00a0% to {100 * after.rmse:.1f}\u00a0%"
    kept = (
        f"Learnt from {counted(result.answers, 'answer')}. On the last fifth, kept apart for this, "
        f"the error of its forecasts (log-loss) went from {before.log_loss:.4f} to "
        f"{after.log_loss:.4f}, and that of their means (RMSE) from {means}."
    )
    if result.better:
        return f"{kept} The new weights foretell your memory better. Dates that are set stay."
    return f"{kept} The present weights do as well or better: keep them."
