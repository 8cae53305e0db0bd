"""The clock of the study page: how long a card is on show, and advancing by itself."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.study.options import DeckOptions

#: The seconds of auto-advance where the deck's options name none.
USUAL_QUESTION, USUAL_ANSWER = 10.0, 5.0


class StudyClock(QObject):
    """Counts the seconds of a card; tells when the answer is to be shown, and when to go on."""

    ticked = Signal(object)  # seconds on show, None without a timer
    question_over = Signal()
    answer_over = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.auto = False
        self._options = DeckOptions()
        self._since = 0.0
        self._answer = False
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._step = QTimer(self)
        self._step.setSingleShot(True)
        self._step.timeout.connect(self._over)

    def start(self, options: DeckOptions) -> None:
        """Begin with a card."""
        self._options, self._answer = options, False
        self._since = time.monotonic()
        self._tick()
        if options.show_timer:
            self._second.start()
        self._wait()

    def turn(self) -> None:
        """Note that the answer is on show."""
        self._answer = True
        self._wait()

    def stop(self) -> None:
        """Stop while there is no card or it is edited."""
        self._second.stop()
        self._step.stop()

    def took_ms(self) -> int:
        """Return how long the card was on show; a card left open counts for the limit at most."""
        spent = int((time.monotonic() - self._since) * 1000)
        return min(self._options.timer_limit * 1000, spent)

    def set_auto(self, on: bool) -> None:
        """Let cards advance by themselves, or not."""
        self.auto = on
        self._wait()

    def _wait(self) -> None:
        if not self.auto:
            self._step.stop()
            return
        options = self._options
        usual = USUAL_ANSWER if self._answer else USUAL_QUESTION
        seconds = (options.auto_answer if self._answer else options.auto_question) or usual
        self._step.start(int(seconds * 1000))

    def _over(self) -> None:
        (self.answer_over if self._answer else self.question_over).emit()

    def _tick(self) -> None:
        if not self._options.show_timer:
            self._second.stop()
            self.ticked.emit(None)
            return
        seconds = self.took_ms() // 1000
        self.ticked.emit(seconds)
        if seconds >= self._options.timer_limit:
            self._second.stop()
