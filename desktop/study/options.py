"""What a deck is studied by: one frozen value with Anki's defaults, stored as JSON in a preset."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class NewOrder(StrEnum):
    """In which order new cards are shown."""

    POSITION = "position"  # that of the texts
    RANDOM_NOTES = "random_notes"  # another one each day, the cards of a note together
    RANDOM_CARDS = "random_cards"
    NEWEST_FIRST = "newest_first"


class NewMix(StrEnum):
    """Where new cards stand among the day's reviews."""

    MIX = "mix"
    AFTER = "after"
    BEFORE = "before"


class ReviewOrder(StrEnum):
    """In which order reviews are shown."""

    DUE = "due"  # the day, cards of one day in a random order
    DUE_DECK = "due_deck"
    DECK_DUE = "deck_due"
    SHORTEST = "shortest"  # interval
    LONGEST = "longest"
    EASIEST = "easiest"
    HARDEST = "hardest"
    FADING_FIRST = "fading_first"  # retrievability ascending: least likely to be remembered first
    FADING_LAST = "fading_last"
    OVERDUE = "overdue"  # relative to its interval
    RANDOM = "random"
    ADDED = "added"
    ADDED_LAST = "added_last"


class LeechAction(StrEnum):
    """What happens to a leech, a card that is forgotten again and again."""

    SUSPEND = "suspend"  # and tag
    TAG = "tag"


class AutoAction(StrEnum):
    """What auto-advance does when the answer was on show long enough."""

    BURY = "bury"
    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class DeckOptions:
    """How the cards of a deck are scheduled and shown; the defaults are Anki's.

    Steps are in seconds, intervals in days. ``desired_retention`` is the share of cards that
    should be remembered when they come due (0.7–0.99). Empty ``parameters`` are those that FSRS
    comes with. ``auto_question`` and ``auto_answer`` are the seconds before auto-advance shows the
    answer and then does ``auto_action``; ``timer_limit`` is the longest time that counts for an
    answer.
    """

    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = 36_500
    parameters: tuple[float, ...] = ()
    fuzz: bool = True
    new_per_day: int = 20
    reviews_per_day: int = 200
    new_ignores_review_limit: bool = False
    new_order: NewOrder = NewOrder.POSITION
    new_mix: NewMix = NewMix.MIX
    review_order: ReviewOrder = ReviewOrder.DUE
    bury_new: bool = False
    bury_reviews: bool = False
    bury_interday: bool = False
    leech_threshold: int = 8
    leech_action: LeechAction = LeechAction.SUSPEND
    show_timer: bool = False
    timer_limit: int = 60
    auto_question: float = 0.0
    auto_answer: float = 0.0
    auto_action: AutoAction = AutoAction.BURY
    type_answers: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the options as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> DeckOptions:
        """Read what ``to_json`` wrote, keeping the default of each key that is absent.

        Unknown keys of a newer version are ignored; a value of the wrong kind raises
        ``ValueError`` or ``TypeError``.
        """
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        return cls(**{name: _READ.get(name, _same)(value) for name, value in known.items()})


def _same(value: Any) -> Any:
    return value


def _seconds(value: Any) -> tuple[int, ...]:
    return tuple(int(step) for step in value)


_READ: dict[str, Any] = {
    "learning_steps": _seconds,
    "relearning_steps": _seconds,
    "parameters": lambda value: tuple(float(number) for number in value),
    "new_order": NewOrder,
    "new_mix": NewMix,
    "review_order": ReviewOrder,
    "leech_action": LeechAction,
    "auto_action": AutoAction,
}
