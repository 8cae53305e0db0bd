"""Deck options, from Anki's presets to the library's and back."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from typing import Any

from desktop.decks.collection_file import FRESH_PRESET
from desktop.study.options import DeckOptions, LeechAction, NewMix, NewOrder, ReviewOrder

_DEFAULT = DeckOptions()

_MIXES = (NewMix.MIX, NewMix.AFTER, NewMix.BEFORE)
_REVIEW_ORDERS = (
    ReviewOrder.DUE, ReviewOrder.DUE_DECK, ReviewOrder.DECK_DUE, ReviewOrder.SHORTEST,
    ReviewOrder.LONGEST, ReviewOrder.HARDEST, ReviewOrder.EASIEST, ReviewOrder.FADING_FIRST,
    ReviewOrder.RANDOM, ReviewOrder.ADDED, ReviewOrder.ADDED_LAST, ReviewOrder.FADING_LAST,
    ReviewOrder.OVERDUE,
)  # fmt: skip

#: By Anki's number of where new cards are gathered from; the rest goes by position.
_NEW_ORDERS = {
    2: NewOrder.NEWEST_FIRST, 3: NewOrder.RANDOM_NOTES, 4: NewOrder.RANDOM_CARDS,
    5: NewOrder.RANDOM_NOTES,
}  # fmt: skip


def options_from_preset(config: dict[str, Any]) -> DeckOptions:
    """Return the options that a preset of Anki stands for; what is unusable has its default."""
    new, review, lapse = (_part(config, name) for name in ("new", "rev", "lapse"))
    return DeckOptions(
        desired_retention=_within(config.get("desiredRetention"), 0.7, 0.99, 0.9),
        learning_steps=_steps(new.get("delays"), _DEFAULT.learning_steps),
        relearning_steps=_steps(lapse.get("delays"), _DEFAULT.relearning_steps),
        maximum_interval=int(_within(review.get("maxIvl"), 1, 36_500, 36_500)),
        parameters=_parameters(config),
        new_per_day=int(_within(new.get("perDay"), 0, 9999, 20)),
        reviews_per_day=int(_within(review.get("perDay"), 0, 9999, 200)),
        new_order=_new_order(config),
        new_mix=_chosen(_MIXES, config.get("newMix")),
        review_order=_chosen(_REVIEW_ORDERS, config.get("reviewOrder")),
        bury_new=bool(new.get("bury")),
        bury_reviews=bool(review.get("bury")),
        bury_interday=bool(config.get("buryInterdayLearning")),
        leech_threshold=int(_within(lapse.get("leechFails"), 0, 9999, 8)),
        leech_action=LeechAction.TAG if lapse.get("leechAction") == 1 else LeechAction.SUSPEND,
        show_timer=bool(config.get("timer")),
        timer_limit=int(_within(config.get("maxTaken"), 1, 7200, 60)),
        auto_question=_within(config.get("secondsToShowQuestion"), 0, 3600, 0),
        auto_answer=_within(config.get("secondsToShowAnswer"), 0, 3600, 0),
    )


def preset_from_options(options: DeckOptions, base: dict[str, Any] | None) -> dict[str, Any]:
    """Return Anki's preset for options; ``base`` is the one that they came from.

    What the base says of an option that didn't change stays as it stands there.
    """
    config = copy.deepcopy(FRESH_PRESET if base is None else base)
    before = options_from_preset(config)
    for name in ("new", "rev", "lapse"):
        config[name] = _part(config, name)
    for name, put in _PUT.items():
        value = getattr(options, name)
        if base is None or value != getattr(before, name):
            put(config, value)
    return config


def _part(config: dict[str, Any], name: str) -> dict[str, Any]:
    found = config.get(name)
    return found if isinstance(found, dict) else {}


def _within(value: Any, least: float, most: float, default: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return default
    return min(max(value, least), most)


def _steps(minutes: Any, default: tuple[int, ...]) -> tuple[int, ...]:
    if not isinstance(minutes, list):
        return default
    return tuple(int(60 * _within(one, 1 / 60, 100_000, 1)) for one in minutes[:50])


def _parameters(config: dict[str, Any]) -> tuple[float, ...]:
    """Return the reader's 21 parameters of FSRS-6; older ones are not read as these."""
    found = config.get("fsrsParams6")
    if not isinstance(found, list) or len(found) != 21:
        return ()
    if any(not isinstance(one, int | float) or not math.isfinite(one) for one in found):
        return ()
    return tuple(float(one) for one in found)


def _chosen(names: Sequence[Any], number: Any) -> Any:
    return names[number] if isinstance(number, int) and 0 <= number < len(names) else names[0]


def _new_order(config: dict[str, Any]) -> NewOrder:
    gathered = _NEW_ORDERS.get(config.get("newGatherPriority", 0), NewOrder.POSITION)
    if gathered is NewOrder.POSITION and config.get("newSortOrder") == 4:
        return NewOrder.RANDOM_CARDS
    return gathered


def _minutes(steps: Sequence[int]) -> list[float]:
    return [step / 60 for step in steps]


def _put_new_order(config: dict[str, Any], order: NewOrder) -> None:
    numbers = {NewOrder.POSITION: 0, NewOrder.NEWEST_FIRST: 2, NewOrder.RANDOM_NOTES: 3}
    config["newGatherPriority"] = numbers.get(order, 4)
    config["newSortOrder"] = 0


_PUT: dict[str, Any] = {
    "desired_retention": lambda c, v: c.update(desiredRetention=v),
    "learning_steps": lambda c, v: c["new"].update(delays=_minutes(v)),
    "relearning_steps": lambda c, v: c["lapse"].update(delays=_minutes(v)),
    "maximum_interval": lambda c, v: c["rev"].update(maxIvl=v),
    "parameters": lambda c, v: c.update(fsrsParams6=list(v)),
    "new_per_day": lambda c, v: c["new"].update(perDay=v),
    "reviews_per_day": lambda c, v: c["rev"].update(perDay=v),
    "new_order": _put_new_order,
    "new_mix": lambda c, v: c.update(newMix=_MIXES.index(v)),
    "review_order": lambda c, v: c.update(reviewOrder=_REVIEW_ORDERS.index(v)),
    "bury_new": lambda c, v: c["new"].update(bury=v),
    "bury_reviews": lambda c, v: c["rev"].update(bury=v),
    "bury_interday": lambda c, v: c.update(buryInterdayLearning=v),
    "leech_threshold": lambda c, v: c["lapse"].update(leechFails=v),
    "leech_action": lambda c, v: c["lapse"].update(leechAction=int(v is LeechAction.TAG)),
    "show_timer": lambda c, v: c.update(timer=int(v)),
    "timer_limit": lambda c, v: c.update(maxTaken=v),
    "auto_question": lambda c, v: c.update(secondsToShowQuestion=v),
    "auto_answer": lambda c, v: c.update(secondsToShowAnswer=v),
}
