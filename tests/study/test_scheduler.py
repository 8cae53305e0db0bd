"""Scheduling agrees with FSRS, is the same each time, and reads like Anki's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import fsrs
import pytest

from desktop.study.card import Card, CardState, Rating
from desktop.study.scheduler import Scheduler, format_interval

START = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)


def test_random_histories_are_those_of_fsrs() -> None:
    random = Random(6)
    for retention in (0.8, 0.9, 0.95):
        ours = Scheduler(retention, fuzz=False)
        theirs = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)
        for number in range(300):
            card, peer = Card(number, "n"), fsrs.Card(card_id=number, due=START)
            now = START
            for _ in range(random.randint(1, 15)):
                rating = random.choice(list(Rating))
                card, _ = ours.review(card, rating, now)
                peer, _ = theirs.review_card(peer, fsrs.Rating(int(rating)), now)
                assert card.state == peer.state.value
                assert card.step == peer.step
                assert card.due == peer.due
                assert card.stability == peer.stability
                assert card.difficulty == peer.difficulty
                assert ours.retrievability(card, now) == theirs.get_card_retrievability(peer, now)
                late = timedelta(seconds=random.choice([0, 30, 3_600, 86_400, 864_000]))
                now = max(peer.due, now) + late if random.random() < 0.8 else now + late


def test_learning_steps_are_ankis() -> None:
    scheduler = Scheduler(fuzz=False)
    minutes = scheduler.intervals(Card(1, "n"), START)
    assert minutes[Rating.AGAIN] == timedelta(minutes=1)
    assert minutes[Rating.HARD] == timedelta(minutes=5, seconds=30)
    assert minutes[Rating.GOOD] == timedelta(minutes=10)
    assert minutes[Rating.EASY] == timedelta(days=8)
    card, _ = scheduler.review(Card(1, "n"), Rating.EASY, START)
    card, review = scheduler.review(card, Rating.AGAIN, START + timedelta(days=9))
    assert (card.state, card.lapses, card.reps) == (CardState.RELEARNING, 1, 2)
    assert review.interval == timedelta(minutes=10)
    assert review.last_interval == timedelta(days=8)


def reviewed(card_id: int, reviews: int, scheduler: Scheduler) -> Card:
    card, now = Card(card_id, "n"), START
    for _ in range(reviews):
        card, _ = scheduler.review(card, Rating.GOOD, now)
        assert card.due is not None
        now = card.due
    return card


def test_the_interval_on_a_button_is_the_one_that_it_gives() -> None:
    scheduler = Scheduler()
    for card_id in range(200):
        card = reviewed(card_id, 5, scheduler)
        assert card.due is not None
        for rating, interval in scheduler.intervals(card, card.due).items():
            after, review = Scheduler().review(card, rating, card.due)
            assert after.due == card.due + interval
            assert review.interval == interval


def test_fuzz_spreads_cards_within_the_bounds_of_fsrs() -> None:
    plain, fuzzed = Scheduler(fuzz=False), Scheduler()
    card = reviewed(1, 4, plain)
    assert card.due is not None
    exact = plain.intervals(card, card.due)[Rating.GOOD].days
    assert exact > 20
    spread = 1 + 0.15 * 4.5 + 0.1 * 13 + 0.05 * (exact - 20)
    seen = set()
    for card_id in range(500):
        twin = Card(
            card_id, "n", 0, card.state, card.step, card.stability, card.difficulty, card.due,
            card.last_review, card.reps,
        )  # fmt: skip
        days = fuzzed.intervals(twin, card.due)[Rating.GOOD].days
        assert abs(days - exact) <= spread + 0.5
        seen.add(days)
    assert len(seen) > spread


def test_fuzz_keeps_the_order_of_the_buttons() -> None:
    scheduler, plain = Scheduler(), Scheduler(fuzz=False)
    for card_id in range(100):
        for reviews in range(2, 8):
            card = reviewed(card_id, reviews, plain)
            assert card.due is not None
            again, hard, good, easy = scheduler.intervals(card, card.due).values()
            assert again <= hard <= good <= easy


def test_another_seed_gives_another_spread() -> None:
    def dues(seed: int) -> list[datetime | None]:
        return [reviewed(i, 4, Scheduler(seed=seed)).due for i in range(50)]

    assert dues(0) == dues(0)
    assert dues(0) != dues(1)


def test_review_does_not_depend_on_the_zone_of_the_clock() -> None:
    local = START.astimezone(timezone(timedelta(hours=9)))
    scheduler = Scheduler()
    assert scheduler.review(Card(1, "n"), Rating.GOOD, local) == scheduler.review(
        Card(1, "n"), Rating.GOOD, START
    )


def timezone_of_hours(hours: int):
    from datetime import timezone

    return timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "<0s"), (30, "<30s"), (60, "<1m"), (330, "<6m"), (600, "<10m"), (1200, "20m"),
        (5_400, "1.5h"), (86_400, "1d"), (4 * 86_400, "4d"), (70 * 86_400, "2.3mo"),
        (400 * 86_400, "1.1y"), (3_650 * 86_400, "10y"),
    ],
)  # fmt: skip
def test_intervals_read_like_the_buttons(seconds: int, words: str) -> None:
    assert format_interval(timedelta(seconds=seconds)) == words


def test_intervals_are_written_as_anki_writes_them(tmp_path: Path) -> None:
    collection_module = pytest.importorskip("anki.collection")
    collection = collection_module.Collection(str(tmp_path / "judge.anki2"))
    answer_buttons = 1
    random = Random(1)
    cases = [int(10 ** random.uniform(0, 9)) for _ in range(2_000)] + [60, 3600, 86_400]
    for seconds in cases:
        theirs = collection.format_timespan(seconds, context=answer_buttons)
        ours = format_interval(timedelta(seconds=seconds)).removeprefix("<")
        assert ours == re.sub("[\u2068\u2069]", "", theirs), seconds
    collection.close()
