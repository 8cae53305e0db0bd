"""What the cards of a library are like, as numbers: counted in one go for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.study.card import CardState
from desktop.study.memory import DEFAULT_DECAY
from desktop.study.options import DeckOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: From this interval on a card counts as mature (as in Anki).
MATURE_DAYS = 21

#: Stabilities and difficulties are handed over as whole millionths.
MICRO = 1_000_000

_DAY_MS = 86_400_000
_COLUMNS = 9
_QUARTER_MS = 900_000  # all days begin at a quarter of an hour of UTC


class Maturity(StrEnum):
    """Where a card stands; suspended and buried ones count as that alone."""

    NEW = "New"
    LEARNING = "Learning"
    RELEARNING = "Relearning"
    YOUNG = "Young"
    MATURE = "Mature"
    SUSPENDED = "Suspended"
    BURIED = "Buried"


@dataclass(frozen=True, slots=True)
class CardFigures:
    """Cards by what they are like; each counter has the number of cards by its key.

    Keys: ``due_young`` and ``due_mature`` days from today (negative: overdue); ``intervals`` and
    ``stability`` whole days; ``difficulty`` (0–100) and ``retrievability`` per cent, of the cards
    that were studied; ``added`` the ordinal of the day. ``expected`` is the sum of all
    retrievabilities: so many of the ``studied`` cards are remembered now; ``wanted`` is the mean
    of their desired retentions.
    """

    maturity: Mapping[Maturity, int]
    due_young: Mapping[int, int]
    due_mature: Mapping[int, int]
    intervals: Mapping[int, int]
    stability: Mapping[int, int]
    difficulty: Mapping[int, int]
    retrievability: Mapping[int, int]
    added: Mapping[int, int]
    expected: float
    studied: int
    wanted: float


@dataclass(frozen=True, slots=True)
class TextMemory:
    """How much of a document is remembered; ``expected`` is the sum of its cards' chances."""

    document_id: int
    title: str
    new: int
    known: int
    fading: int
    expected: float

    @property
    def cards(self) -> int:
        """All its cards."""
        return self.new + self.known + self.fading

    @property
    def share(self) -> float:
        """The share (0..1) of its cards that is remembered now."""
        return self.expected / self.cards if self.cards else 0.0


@dataclass(frozen=True, slots=True)
class Habit:
    """How a deck is studied: its desired retention, and how its forgetting curve bends."""

    wanted: float
    decay: float

    @classmethod
    def of(cls, options: DeckOptions) -> Habit:
        """Return the habit of a preset."""
        decay = options.parameters[-1] if options.parameters else DEFAULT_DECAY
        return cls(options.desired_retention, decay)


@dataclass(frozen=True, slots=True)
class Habits:
    """How all decks are studied; ``usual`` holds for cards without a deck."""

    usual: Habit
    by_deck: Mapping[int, Habit]


class CardTable:
    """The cards of a library as columns; times are in milliseconds since 1970, -1 where absent.

    ``packed`` holds nine whole numbers of each card, with spaces between all of them: id (the time
    of its making), state, stability and difficulty (times ``MICRO``), due, last review, suspended,
    buried until, deck.
    """

    def __init__(self, packed: str, now: int, habits: Habits) -> None:
        # Imported here because only counting needs it, and the window starts without it.
        import numpy as np

        rows = np.fromstring(packed, np.int64, sep=" ").reshape(-1, _COLUMNS)
        rows = rows[rows[:, 0].argsort()]
        self.ids, self._state, self._due, self._last = (rows[:, at] for at in (0, 1, 4, 5))
        self._stability, self._difficulty = rows[:, 2] / MICRO, rows[:, 3] / MICRO
        self._suspended, self._buried, decks = (rows[:, at] for at in (6, 7, 8))
        self._now, self._usual = now, habits.usual.wanted
        self._seen = (self._state != CardState.NEW) & (self._last >= 0) & (self._stability > 0)
        days = (self._due - self._last) // _DAY_MS
        self._interval = np.where(self._seen & (self._due >= 0), days, 0)
        self._wanted = np.full(len(rows), habits.usual.wanted)
        decay = np.full(len(rows), habits.usual.decay)
        for deck, habit in habits.by_deck.items():
            if habit != habits.usual:
                decay[decks == deck] = habit.decay
                self._wanted[decks == deck] = habit.wanted
        self._chances = self._retrievability(decay)

    def figures(self, day_of: Callable[[int], int], today: int) -> CardFigures:
        """Count the cards; ``day_of`` gives the ordinal of the day of a time."""
        import numpy as np

        seen, interval = self._seen, self._interval
        reviewed = seen & (self._state != CardState.LEARNING)
        due = _days(self._due, day_of) - today
        put_off = self._buried > self._now  # not of today's work
        waiting = seen & (self._suspended == 0) & ((due > 0) | ~put_off)
        mature = interval >= MATURE_DAYS
        chances = self._chances[seen]
        return CardFigures(
            maturity=self._maturity(put_off, mature),
            due_young=_counter(due[waiting & ~mature]),
            due_mature=_counter(due[waiting & mature]),
            intervals=_counter(interval[reviewed]),
            stability=_counter(np.rint(self._stability[seen]).astype(np.int64)),
            difficulty=_counter(((self._difficulty[seen] - 1) / 9 * 100).astype(np.int64)),
            retrievability=_counter((chances * 100).astype(np.int64)),
            added=_counter(_days(self.ids, day_of)),
            expected=float(chances.sum()),
            studied=int(seen.sum()),
            wanted=float(self._wanted[seen].mean()) if seen.any() else float(self._usual),
        )

    def texts(self, packed: str, titles: Mapping[int, str]) -> tuple[TextMemory, ...]:
        """Return how well each document is remembered; ``packed`` names document and card.

        A card fades when its chance is below the desired retention: just then it is due.
        """
        import numpy as np

        pairs = np.fromstring(packed, np.int64, sep=" ").reshape(-1, 2)
        if not len(pairs):
            return ()
        places = np.searchsorted(self.ids, pairs[:, 1])
        documents, group = np.unique(pairs[:, 0], return_inverse=True)
        seen, chances = self._seen[places], self._chances[places]
        kinds = np.where(~seen, 0, np.where(chances >= self._wanted[places], 1, 2))
        numbers = np.bincount(group * 3 + kinds, minlength=3 * len(documents)).reshape(-1, 3)
        expected = np.bincount(group, np.where(seen, chances, 0.0), minlength=len(documents))
        return tuple(
            TextMemory(int(d), titles.get(int(d), ""), int(new), int(known), int(fading), float(e))
            for d, (new, known, fading), e in zip(documents, numbers, expected, strict=True)
        )

    def _retrievability(self, decay: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the chance of each card; of new ones the number says nothing."""
        import numpy as np

        factor = 0.9 ** (-1.0 / decay) - 1.0
        away = np.maximum(self._now - self._last, 0) / _DAY_MS
        stability = np.where(self._seen, self._stability, 1.0)
        found: NDArray[np.float64] = (1.0 + factor * away / stability) ** -decay
        return found

    def _maturity(
        self, put_off: NDArray[np.bool_], mature: NDArray[np.bool_]
    ) -> dict[Maturity, int]:
        """Count the cards by where they stand."""
        at_rest = self._suspended != 0
        active = ~at_rest & ~put_off
        review = active & (self._state == CardState.REVIEW)
        masks = {
            Maturity.NEW: active & (self._state == CardState.NEW),
            Maturity.LEARNING: active & (self._state == CardState.LEARNING),
            Maturity.RELEARNING: active & (self._state == CardState.RELEARNING),
            Maturity.YOUNG: review & ~mature,
            Maturity.MATURE: review & mature,
            Maturity.SUSPENDED: at_rest,
            Maturity.BURIED: ~at_rest & put_off,
        }
        return {maturity: int(mask.sum()) for maturity, mask in masks.items()}


def _days(times: NDArray[np.int64], day_of: Callable[[int], int]) -> NDArray[np.int64]:
    """Return the ordinals of the days of many times; each quarter of an hour is asked for once."""
    import numpy as np

    quarters, place = np.unique(times // _QUARTER_MS, return_inverse=True)
    days = np.array([day_of(int(quarter) * _QUARTER_MS) for quarter in quarters], np.int64)
    return days[place] if len(days) else times


def _counter(values: NDArray[np.int64]) -> dict[int, int]:
    """Return how often each value occurs, in rising order."""
    import numpy as np

    found, counts = np.unique(values, return_counts=True)
    return {int(value): int(count) for value, count in zip(found, counts, strict=True)}
