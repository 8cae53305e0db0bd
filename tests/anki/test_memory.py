"""Memory states that Anki doesn't keep are those that the real Anki computes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from anki.deck_config_pb2 import UpdateDeckConfigsRequest

from desktop.anki.calendar import Calendar
from desktop.anki.memory import UNKNOWN, bounded, state_from_log, state_from_sm2
from desktop.decks.collection import CollectionReview
from tests.anki_judge import AnkiJudge

CALENDAR = Calendar(4, UTC)
NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)

#: Days ago, minutes, rating, kind, interval, factor.
LOGS = {
    "learnt": [(40, 0, 3, 0, -600, 0), (40, 12, 3, 0, 2, 0), (38, 0, 3, 1, 6, 0)],
    "forgotten": [
        (60, 0, 1, 0, -60, 0), (60, 2, 3, 0, -600, 0), (60, 15, 3, 0, 1, 0), (59, 0, 3, 1, 4, 0),
        (50, 0, 1, 1, -600, 0), (50, 13, 3, 2, 2, 0), (48, 0, 4, 1, 20, 0),
    ],
    "at once": [(10, 0, 4, 0, 8, 0)],
    "forgotten by hand": [(40, 0, 4, 0, 8, 0), (35, 0, 0, 4, 3, 0), (30, 0, 2, 1, 9, 0)],
    "moved by hand between": [(40, 0, 4, 0, 8, 0), (35, 0, 0, 4, 3, 2500), (30, 0, 2, 1, 9, 0)],
    "older scheduler": [(40, 0, 3, 1, 10, 2500), (30, 0, 3, 1, 25, 2500), (4, 0, 2, 1, 30, 2350)],
}  # fmt: skip


def log(lines: Sequence[tuple[int, ...]]) -> list[CollectionReview]:
    found = []
    for days, minutes, rating, kind, interval, factor in lines:
        moment = NOON - timedelta(days=days) + timedelta(minutes=minutes)
        found.append(
            CollectionReview(
                int(moment.timestamp() * 1000), 1, rating, interval, 0, factor, 900, kind
            )
        )
    return found


def turn_on_fsrs(collection: Any) -> None:
    found = collection.decks.get_deck_configs_for_update(1)
    request = UpdateDeckConfigsRequest(
        target_deck_id=1,
        configs=[one.config for one in found.all_config],
        fsrs=True,
        limits=found.current_deck.limits,
    )
    collection.decks.update_deck_configs(request)


@pytest.mark.parametrize("name", LOGS)
def test_the_log_gives_the_state_that_anki_computes(anki: AnkiJudge, name: str) -> None:
    col = anki.collection
    reviews = log(LOGS[name])
    note = col.new_note(col.models.by_name("Basic"))
    note["Front"] = name
    col.add_note(note, col.decks.id("Default"))
    card_id = note.cards()[0].id
    for one in reviews:
        col.db.execute(
            "insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)",
            one.id, card_id, one.rating, one.interval, 0, one.factor, one.took, one.kind,
        )  # fmt: skip
    col.db.execute("update cards set type=2, queue=2, ivl=20, factor=2500, due=9, reps=5")
    turn_on_fsrs(col)
    theirs = col.get_card(card_id).memory_state
    ours = state_from_log(reviews, CALENDAR)
    assert theirs is not None
    assert ours is not None
    assert ours == pytest.approx((theirs.stability, theirs.difficulty), rel=2e-3)


def test_the_older_schedulers_state_gives_its_interval_at_nine_in_ten() -> None:
    for days, ease in ((1, 2.5), (30, 1.3), (400, 3.0)):
        stability, difficulty = state_from_sm2(days, ease)
        assert stability == pytest.approx(days)
        assert 1 <= difficulty <= 10
    assert state_from_sm2(10, 1.3)[1] > state_from_sm2(10, 2.5)[1]


def test_nonsense_is_bounded() -> None:
    assert bounded(float("nan"), 5) == UNKNOWN
    assert bounded(1e99, -4) == (36_500.0, 1.0)
    assert state_from_log([], CALENDAR) is None
    assert state_from_log(log([(5, 0, 3, 1, 0, 0)]), CALENDAR) is None
    assert state_from_log(log([(5, 0, 3, 0, 9, 0), (4, 0, 0, 4, 0, 0)]), CALENDAR) is None
