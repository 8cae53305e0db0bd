"""Cramming: going through cards again and again in memory, without touching their schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.study.card import Rating


class CramOrder(StrEnum):
    """In which order cards are crammed."""

    RANDOM = "random"
    FADING_FIRST = "fading_first"
    POSITION = "position"


#: After how many other cards one comes again; ``None``: it is done.
_AGAIN_AFTER = {Rating.AGAIN: 3, Rating.HARD: 8, Rating.GOOD: None, Rating.EASY: None}


@dataclass(frozen=True, slots=True)
class _Step:
    """One answer, so that it can be taken back."""

    queue: tuple[int, ...]
    done: int


class Cram:
    """A session over cards; each is asked until it was Good or Easy."""

    def __init__(self, card_ids: Sequence[int]) -> None:
        self._queue = list(card_ids)
        self._done = 0
        self._steps: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def head(self) -> int | None:
        """The card to ask, ``None`` when all are done."""
        return self._queue[0] if self._queue else None

    @property
    def left(self) -> int:
        """How many cards are not done yet."""
        return len(self._queue)

    @property
    def done(self) -> int:
        """How many cards are done."""
        return self._done

    def answer(self, rating: Rating) -> None:
        """Go on: a card that was not known comes again after some others."""
        if not self._queue:
            return
        self._steps.append(self._state())
        self._undone.clear()
        card, after = self._queue.pop(0), _AGAIN_AFTER[rating]
        if after is None:
            self._done += 1
        else:
            self._queue.insert(min(after, len(self._queue)), card)

    def drop(self, card_id: int) -> None:
        """Take out a card that was deleted, suspended or buried."""
        self._queue = [card for card in self._queue if card != card_id]

    def undo(self) -> bool:
        """Take back the last answer; return whether there was one."""
        return self._move(self._steps, self._undone)

    def redo(self) -> bool:
        """Answer again what was taken back; return whether there was anything."""
        return self._move(self._undone, self._steps)

    def _move(self, source: list[_Step], target: list[_Step]) -> bool:
        if not source:
            return False
        target.append(self._state())
        step = source.pop()
        self._queue, self._done = list(step.queue), step.done
        return True

    def _state(self) -> _Step:
        return _Step(tuple(self._queue), self._done)
