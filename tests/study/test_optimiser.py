"""Fitting FSRS to answers: the model against the scheduler, its slopes, and what a fit brings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from desktop.errors import Cancelled
from desktop.study.card import Card, CardState, Rating
from desktop.study.memory_model import WEIGHTS, Batch, MemoryModel
from desktop.study.optimiser import (
    LEAST_ANSWERS,
    Answer,
    History,
    batches,
    evaluate,
    histories,
    memories,
    optimise,
)
from desktop.study.scheduler import Scheduler, usual_parameters

START = datetime(2024, 1, 1, 9, tzinfo=UTC)
DAY_MS = 86_400_000


def some_batch(seed: int, columns: int = 50, rows: int = 9) -> Batch:
    random = np.random.default_rng(seed)
    ratings = random.integers(1, 5, (rows, columns))
    away = np.where(
        random.random((rows, columns)) < 0.35, 0, random.integers(1, 90, (rows, columns))
    )
    away[0] = 0
    for column in range(columns):
        end = random.integers(2, rows + 1)
        ratings[end:, column] = 0
        away[end:, column] = 0
    days = away.astype(np.float64)
    return Batch(ratings, days, ((days >= 1) & (ratings > 0)).astype(np.float64))


def weights(seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    found = np.array(usual_parameters()) * random.uniform(0.85, 1.15, WEIGHTS)
    found[7] = 0.05
    return found


def test_the_model_predicts_what_the_scheduler_does() -> None:
    batch, scheduler = some_batch(1), Scheduler(fuzz=False)
    model = MemoryModel(usual_parameters())
    predicted = model.predictions(batch)
    stability, difficulty = model.last(batch)
    for column in range(batch.ratings.shape[1]):
        card, now = Card(1, "note"), START
        for row, rating in enumerate(batch.ratings[:, column]):
            if not rating:
                break
            now += timedelta(days=float(batch.days[row, column]), seconds=1)
            if row and batch.days[row, column]:
                found = scheduler.retrievability(card, now)
                assert predicted[row, column] == pytest.approx(found, abs=1e-12)
            card, _ = scheduler.review(card, Rating(int(rating)), now)
        assert stability[column] == pytest.approx(card.stability)
        assert difficulty[column] == pytest.approx(card.difficulty)


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_slopes_are_those_that_small_steps_show(seed: int) -> None:
    batch, at = some_batch(seed), weights(seed)
    loss, slope = MemoryModel(at).loss_and_slope(batch)
    assert loss == pytest.approx(MemoryModel(at).loss(batch))
    for number in range(WEIGHTS):
        step = np.zeros(WEIGHTS)
        step[number] = 1e-6
        up, down = MemoryModel(at + step).loss(batch), MemoryModel(at - step).loss(batch)
        assert slope[number] == pytest.approx((up - down) / 2e-6, rel=1e-3, abs=1e-3), number


def answers_of(true: tuple[float, ...], cards: int) -> list[Answer]:
    """A reader who remembers by weights of their own, asked at growing distances."""
    random, model, found = np.random.default_rng(7), MemoryModel(true), []
    for card in range(cards):
        time, rating = card * 3_600_000, int(random.choice([1, 3, 4], p=[0.25, 0.55, 0.2]))
        stability, difficulty = model.begun(np.array([rating]))
        found.append((card, time, rating, int(CardState.NEW)))
        for _ in range(7):
            away = np.array([float(random.integers(1, 4) * max(1, int(stability[0] * 0.7)))])
            chance = model.chance(stability, away)[0]
            rating = (
                1 if random.random() > chance else int(random.choice([2, 3, 4], p=[0.1, 0.8, 0.1]))
            )
            time += int(away[0]) * DAY_MS
            found.append((card, time, rating, int(CardState.REVIEW)))
            step = model.answered(stability, difficulty, np.array([rating]), away)
            stability, difficulty = step.next_stability, step.next_difficulty
    return found


def forgetful() -> tuple[float, ...]:
    true = list(usual_parameters())
    for number, factor in ((0, 3.0), (2, 0.4), (3, 0.5), (8, 0.85), (20, 2.0)):
        true[number] *= factor
    return tuple(true)


def test_a_fit_comes_near_the_readers_memory() -> None:
    known = histories(answers_of(forgetful(), 300))
    told: list[float] = []
    found = optimise(known, usual_parameters(), told.append)
    assert found.answers == 2_100
    assert found.better
    every = batches(known, lambda _time: True)
    true, usual, fitted = (
        evaluate(every, w) for w in (forgetful(), usual_parameters(), found.weights)
    )
    assert fitted.log_loss < true.log_loss + 0.002 < usual.log_loss
    assert fitted.rmse < usual.rmse
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert optimise(known, usual_parameters()) == found  # the same answers, the same weights
    Scheduler(parameters=found.weights)  # takes them


def test_too_few_answers_are_said_to_be_too_few() -> None:
    known = histories(answers_of(usual_parameters(), 30))
    found = optimise(known, usual_parameters())
    assert not found.enough
    assert not found.better
    assert 0 < found.answers < LEAST_ANSWERS


def test_a_fit_can_be_stopped() -> None:
    def stop(share: float) -> None:
        if share > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        optimise(histories(answers_of(forgetful(), 80)), usual_parameters(), stop)


def test_histories_begin_with_the_first_answer_to_a_new_card() -> None:
    found = histories([
        (1, 0, 3, 0), (1, 2 * DAY_MS, 3, 2),
        (2, 0, 3, 2), (2, DAY_MS, 3, 2),  # its beginning is not known
        (3, 0, 3, 0), (3, DAY_MS, 1, 2), (3, 5 * DAY_MS, 4, 0), (3, 6 * DAY_MS, 3, 2),  # begun anew
    ])  # fmt: skip
    assert found == [
        History(1, (3, 3), (0, 2), (0, 2 * DAY_MS)),
        History(3, (4, 3), (0, 1), (5 * DAY_MS, 6 * DAY_MS)),
    ]


def test_memories_are_those_of_the_whole_history() -> None:
    known = histories(answers_of(usual_parameters(), 20))
    found, scheduler = memories(known, usual_parameters()), Scheduler(fuzz=False)
    assert len(found) == 20
    history = known[11]
    card = Card(11, "note")
    for rating, time in zip(history.ratings, history.times, strict=True):
        card, _ = scheduler.review(card, Rating(rating), START + timedelta(milliseconds=time))
    assert found[11] == pytest.approx((card.stability, card.difficulty))
