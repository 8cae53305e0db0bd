"""Compare schedules with their peers: ``python -m tests.benchmarks.histories [HISTORIES]``.

Makes 10,000 random histories of answers and follows each with our scheduler (fuzz off), with
``fsrs`` and with the real Anki backend. States and intervals must be those of ``fsrs`` to the
bit. Of Anki's the answers are counted that differ: where it keeps Hard, Good and Easy a day apart,
where it rounds to another day, and where it takes no stability above 100 years. None may differ
for another reason.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import fsrs

from desktop.study.card import Card, CardState, Rating
from desktop.study.scheduler import Scheduler

START = datetime(2024, 5, 6, 10, 0, tzinfo=UTC)
RETENTIONS = (0.8, 0.9, 0.95)
LONGEST = 12  # answers

#: Anki computes with 32 bits and stores the state with four decimals.
CLOSE = 2e-3
ANKIS_CAP = 36_500  # days


@dataclass(frozen=True)
class Answer:
    """One answer of a history: the card before it, the rating, when, and the card after it."""

    before: Card
    rating: Rating
    now: datetime
    after: Card
    scheduler: Scheduler


def histories(number: int, seed: int, retention: float = 0.9) -> Iterator[list[Answer]]:
    """Yield random histories as our scheduler continues them, most answers about when due."""
    random = Random(seed)
    ours = Scheduler(retention, fuzz=False)
    for identity in range(number):
        card, now, answers = Card(identity, "n"), START, []
        for _ in range(random.randint(1, LONGEST)):
            rating = random.choices(list(Rating), (2, 1, 5, 1))[0]
            after, _ = ours.review(card, rating, now)
            answers.append(Answer(card, rating, now, after, ours))
            card = after
            assert card.due is not None
            early = random.random() < 0.15
            late = timedelta(days=random.choice((0, 0, 0, 1, 3, 10, 200)))
            if card.state is not CardState.REVIEW:
                now = max(now, card.due) + timedelta(seconds=random.choice((0, 30, 300)))
            elif early:
                now += timedelta(days=random.randint(0, max((card.due - now).days - 1, 0)))
            else:
                now = card.due + late
        yield answers


def differs_from_fsrs(answers: list[Answer], retention: float) -> bool:
    """Return whether ``fsrs`` itself comes to another state or due time anywhere."""
    theirs = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)
    peer = fsrs.Card(card_id=answers[0].before.id, due=START)
    for answer in answers:
        peer, _ = theirs.review_card(peer, fsrs.Rating(int(answer.rating)), answer.now)
        mine = answer.after
        if (peer.state.value, peer.step, peer.stability, peer.difficulty, peer.due) != (
            mine.state, mine.step, mine.stability, mine.difficulty, mine.due,
        ):  # fmt: skip
            return True
    return False


class AnkiScheduler:
    """The real Anki's scheduler, asked about one card whose state is written into its row."""

    def __init__(self, folder: Path, retention: float) -> None:
        os.environ["ANKI_TEST_MODE"] = "1"  # Anki's own switch for no fuzz
        from anki.collection import Collection

        self.collection = Collection(str(folder / f"peer-{retention}.anki2"))
        self.collection.set_config("fsrs", True)
        config = self.collection.decks.get_config(1)
        assert config is not None
        config["desiredRetention"] = retention
        self.collection.decks.update_config(config)
        self._retention = retention
        note = self.collection.new_note(self.collection.models.by_name("Basic"))
        note["Front"] = "q"
        self.collection.add_note(note, 1)
        self._card = note.cards()[0].id

    def close(self) -> None:
        """Close the collection."""
        self.collection.close()

    def states(self, answer: Answer) -> dict[Rating, Any]:
        """Return what each button would do to the card before an answer."""
        card, now = answer.before, int(time.time())
        day = self.collection.sched.today
        values: tuple[Any, ...] = (0, 0, 0, 0, 0, "{}")
        if card.state is not CardState.NEW:
            assert card.last_review is not None
            away = answer.now - card.last_review
            last = now - away.days * 86_400 - (1 if away.days == 0 else 0)
            data = json.dumps(
                {"s": card.stability, "d": card.difficulty, "dr": self._retention, "lrt": last}
            )
            days = max((card.due - card.last_review).days, 1) if card.due else 1
            steps = 2 if card.state is CardState.LEARNING else 1
            if card.state is CardState.REVIEW:
                values = (2, 2, days, day - away.days + days, 0, data)
            else:
                left = steps - (card.step or 0)
                values = (int(card.state), 1, days, now, left, data)
        kind, queue, interval, due, left, data = values
        self.collection.db.execute(
            "UPDATE cards SET type = ?, queue = ?, ivl = ?, due = ?, left = ?, data = ?, "
            "reps = ? WHERE id = ?",
            kind, queue, interval, due, left, data, card.reps, self._card,
        )  # fmt: skip
        found = self.collection._backend.get_scheduling_states(self._card)
        return dict(zip(Rating, (found.again, found.hard, found.good, found.easy), strict=True))


def compare(anki: AnkiScheduler, answer: Answer) -> str:
    """Return how Anki's schedule after an answer compares with ours."""
    states = anki.states(answer)
    memory, days, seconds = _outcome(states[answer.rating])
    mine = answer.after
    assert mine.due is not None
    assert mine.stability is not None
    assert mine.difficulty is not None
    if max(mine.stability, answer.before.stability or 0) > ANKIS_CAP:
        return "Anki's cap of stability, 100 years"
    if abs(memory.stability - mine.stability) > CLOSE * mine.stability + 1e-3 or (
        abs(memory.difficulty - mine.difficulty) > CLOSE * 10
    ):
        return "another memory state"
    if (days is None) != (mine.state is not CardState.REVIEW):
        return "another kind of state"
    if days is None:
        same = seconds == (mine.due - answer.now).total_seconds()
        return "same" if same else "another step"
    ours = (mine.due - answer.now).days
    if days == ours:
        return "same"
    if days == _apart(answer, states):
        return "Hard, Good and Easy a day apart"
    return "a day, by rounding" if abs(days - ours) <= 1 else "another interval"


def _outcome(state: Any) -> tuple[Any, int | None, int | None]:
    """Return memory state, days and seconds of one of Anki's states."""
    normal = state.normal
    kind = normal.WhichOneof("kind")
    if kind == "review":
        return normal.review.memory_state, normal.review.scheduled_days, None
    learning = normal.learning if kind == "learning" else normal.relearning.learning
    return learning.memory_state, None, learning.scheduled_secs


def _apart(answer: Answer, states: dict[Rating, Any]) -> int:
    """Return our interval for the answer under Anki's rule that each button gives more days."""
    plain = answer.scheduler.intervals(answer.before, answer.now)
    floor = 0
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        _memory, days, _seconds = _outcome(states[rating])
        if days is None:
            continue
        floor = max(plain[rating].days, floor + 1)
        if rating is answer.rating:
            return floor
        floor = max(floor, days)
    return floor


def count(number: int, seed: int, retention: float, folder: Path) -> tuple[int, int, Counter[str]]:
    """Return how many histories differ from ``fsrs``, and how the answers compare with Anki's."""
    anki = AnkiScheduler(folder, retention)
    different, answers, found = 0, 0, Counter[str]()
    for history in histories(number, seed, retention):
        different += differs_from_fsrs(history, retention)
        for answer in history:
            answers += 1
            found[compare(anki, answer)] += 1
    anki.close()
    return different, answers, found


def main() -> None:
    """Print the counts."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    total, different, found = 0, 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for seed, retention in enumerate(RETENTIONS):
            share = number // len(RETENTIONS) + (seed < number % len(RETENTIONS))
            other, answers, counts = count(share, seed, retention, Path(folder))
            total, different, found = total + answers, different + other, found + counts
    print(f"{number} histories, {total} answers")
    print(f"histories that differ from fsrs: {different}")
    for name, times in found.most_common():
        print(f"  {name:<36}{times:>8}{times / total:>9.2%}")


if __name__ == "__main__":
    main()
