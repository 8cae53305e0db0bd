"""Scheduling with FSRS-6: what an answer does to a card, and what each button would do."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desktop.study.card import Card, CardState, Rating, Review
from desktop.study.options import DeckOptions

if TYPE_CHECKING:
    import fsrs

LEARNING_STEPS = (timedelta(minutes=1), timedelta(minutes=10))
RELEARNING_STEPS = (timedelta(minutes=10),)
MAXIMUM_INTERVAL_DAYS = 36_500

#: A learning card may be shown this long before its time when nothing else is left.
LEARN_AHEAD = timedelta(minutes=20)

#: The spread of an interval: from day, to day, share of the days in between (FSRS, as in Anki).
_FUZZ_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
_SHORTEST_FUZZED_DAYS = 2.5

_DAY = 86_400
#: The units of an interval on a button: seconds, sign, decimals.
_UNITS = (
    (365 * _DAY, "y", 1),
    (365 * _DAY / 12, "mo", 1),
    (_DAY, "d", 0),
    (3_600, "h", 1),
    (60, "m", 0),
    (1, "s", 0),
)


def usual_parameters() -> tuple[float, ...]:
    """Return the weights that FSRS comes with."""
    from fsrs.scheduler import DEFAULT_PARAMETERS

    return DEFAULT_PARAMETERS


class Scheduler:
    """FSRS-6 with our own deterministic fuzz: the same card and answer give the same due time.

    ``desired_retention`` is the probability (0.7–0.99) of remembering a card when it comes due.
    The fuzz spreads cards that were learnt together; it depends on ``seed``, the card's id and
    its number of reviews, so the interval on a button is the one that the button gives.
    """

    def __init__(
        self,
        desired_retention: float = 0.9,
        *,
        seed: int = 0,
        fuzz: bool = True,
        parameters: Sequence[float] | None = None,
        learning_steps: Sequence[timedelta] = LEARNING_STEPS,
        relearning_steps: Sequence[timedelta] = RELEARNING_STEPS,
        maximum_interval_days: int = MAXIMUM_INTERVAL_DAYS,
    ) -> None:
        # Imported here because only studying needs it, and the window starts without it.
        import fsrs

        self._fsrs = fsrs.Scheduler(
            fsrs.scheduler.DEFAULT_PARAMETERS if parameters is None else tuple(parameters),
            desired_retention=desired_retention,
            learning_steps=tuple(learning_steps),
            relearning_steps=tuple(relearning_steps),
            maximum_interval=maximum_interval_days,
            enable_fuzzing=False,
        )
        self._seed = seed
        self._fuzz = fuzz
        self._maximum_days = maximum_interval_days

    @classmethod
    def of(cls, options: DeckOptions) -> Scheduler:
        """Return the scheduler that a deck's options ask for."""
        return cls(
            options.desired_retention,
            fuzz=options.fuzz,
            parameters=options.parameters or None,
            learning_steps=[timedelta(seconds=step) for step in options.learning_steps],
            relearning_steps=[timedelta(seconds=step) for step in options.relearning_steps],
            maximum_interval_days=options.maximum_interval,
        )

    def review(
        self,
        card: Card,
        rating: Rating,
        now: datetime,
        took_ms: int = 0,
        *,
        days: int | None = None,
    ) -> tuple[Card, Review]:
        """Return the card after the answer ``rating`` at ``now`` (aware), and its record.

        ``days`` is how many days of study ago the last review was, as in Anki: an answer in the
        evening and one the next morning are a day apart. Without it full days of 24 hours count.
        """
        import fsrs

        now = now.astimezone(UTC)
        before = _to_fsrs(card, now, days)
        after, _ = self._fsrs.review_card(before, fsrs.Rating(int(rating)), now)
        state = CardState(int(after.state))
        interval = after.due - now
        if self._fuzz and state is CardState.REVIEW:
            interval = timedelta(days=self._fuzzed_days(interval.days, card))
        assert after.stability is not None
        assert after.difficulty is not None
        lapsed = card.state is CardState.REVIEW and rating is Rating.AGAIN
        answered = replace(
            card,
            state=state,
            step=after.step,
            stability=after.stability,
            difficulty=after.difficulty,
            due=now + interval,
            last_review=now,
            reps=card.reps + 1,
            lapses=card.lapses + lapsed,
            buried_until=None,
        )
        known = card.due is not None and card.last_review is not None
        return answered, Review(
            card_id=card.id,
            rating=rating,
            reviewed_at=now,
            took_ms=took_ms,
            state_before=card.state,
            state_after=state,
            stability=after.stability,
            difficulty=after.difficulty,
            interval=interval,
            last_interval=card.due - card.last_review  # type: ignore[operator]
            if known
            else timedelta(0),
        )

    def intervals(
        self, card: Card, now: datetime, *, days: int | None = None
    ) -> dict[Rating, timedelta]:
        """Return for each button how long the card would be away."""
        return {rating: self.review(card, rating, now, days=days)[1].interval for rating in Rating}

    def retrievability(self, card: Card, now: datetime) -> float:
        """Return the probability (0..1) that the card is remembered now; 0 for a new card."""
        if card.stability is None:
            return 0.0
        return float(self._fsrs.get_card_retrievability(_to_fsrs(card, now), now.astimezone(UTC)))

    @property
    def decay(self) -> float:
        """How fast memory fades with time; positive."""
        return -float(self._fsrs._DECAY)

    def _fuzzed_days(self, days: int, card: Card) -> int:
        """Move an interval within its fuzz range, by a fraction that the card's state decides."""
        if days < _SHORTEST_FUZZED_DAYS:
            return days
        spread = 1.0 + sum(
            share * max(min(float(days), end) - start, 0.0) for start, end, share in _FUZZ_BANDS
        )
        latest = min(round(days + spread), self._maximum_days)
        earliest = min(max(2, round(days - spread)), latest)
        digest = hashlib.sha256(f"{self._seed}:{card.id}:{card.reps}".encode()).digest()
        fraction = int.from_bytes(digest[:8], "big") / 2**64
        return earliest + int(fraction * (latest - earliest + 1))


def format_interval(interval: timedelta) -> str:
    """Return an interval as Anki writes it on its buttons: "<10m", "5h", "4d", "2.3mo", "1.1y".

    The "<" stands where the card may come earlier, because nothing else is left to study. A year
    counts 365 days and a month a twelfth of it.
    """
    seconds = max(interval.total_seconds(), 0.0)
    early = "<" if seconds < LEARN_AHEAD.total_seconds() else ""
    size, name, decimals = next((unit for unit in _UNITS if seconds >= unit[0]), _UNITS[-1])
    scale = 10**decimals
    number = math.floor(seconds / size * scale + 0.5) / scale
    return f"{early}{number:g}{name}"


def _to_fsrs(card: Card, now: datetime, days: int | None = None) -> fsrs.Card:
    """Return the card in the package's own form; there a new card is learning at step 0.

    With ``days`` its last review is put that many times 24 hours ago.
    """
    import fsrs

    new = card.state is CardState.NEW
    last_review = card.last_review
    if last_review is not None and days is not None:
        last_review = now.astimezone(UTC) - timedelta(days=max(days, 0))
    return fsrs.Card(
        card_id=card.id,
        state=fsrs.State.Learning if new else fsrs.State(int(card.state)),
        step=0 if new else _step(card),
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due or now.astimezone(UTC),
        last_review=last_review,
    )


def _step(card: Card) -> int | None:
    """Return the step of a card; one that came from elsewhere may lack it."""
    return (card.step or 0) if card.state is not CardState.REVIEW else None
