"""Fitting the schedule of a deck to the reader's answers in a real library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from desktop.library import reviews
from desktop.operations.workspace import Workspace
from desktop.study.card import Rating
from desktop.study.scheduler import Scheduler
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    dump,
    make_document,
    make_note,
    open_workspace,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home", clock)
    for title in ("Wells", "Kilns"):
        document = make_document(title, paragraphs=70)
        add_analysed(workspace, document, [make_note(document, i) for i in range(1, 61)])
    accept_all(workspace)
    yield workspace
    workspace.close()


def study(workspace: Workspace, clock: Clock, days: int) -> None:
    """Answer every card when it is due, remembering rather badly."""
    random, scheduler = Random(3), Scheduler()
    start = clock()
    with workspace._database.transaction():
        for record in workspace.cards():
            card, moment = record.cards[0], start + timedelta(hours=random.randrange(60))
            while moment < start + timedelta(days=days):
                rating = random.choices(list(Rating), (30, 10, 55, 5))[0]
                card, review = scheduler.review(card, rating, moment, 5_000)
                reviews.store_answer(workspace._database, card, review)
                assert card.due is not None
                moment = card.due + timedelta(minutes=1)
    clock.move(days=days)


def test_a_fit_holds_for_the_preset_when_it_is_taken(workspace: Workspace, clock: Clock) -> None:
    study(workspace, clock, 120)
    before = dump(workspace._database)
    told: list[float] = []
    fitted = workspace.fitting().run(told.append)
    assert dump(workspace._database) == before  # nothing holds yet
    assert fitted.result.better
    assert len(fitted.memories) == 120
    assert told[-1] == 1.0
    due = {card.id: card.due for r in workspace.cards() for card in r.cards}
    workspace.take_fit(fitted)
    assert workspace.options().parameters == fitted.result.weights
    cards = [card for record in workspace.cards() for card in record.cards]
    assert {card.id: card.due for card in cards} == due
    assert {c.id: (c.stability, c.difficulty) for c in cards} == fitted.memories
    assert workspace.fitting().weights == fitted.result.weights
    assert workspace.undo() == "Fit schedule"
    assert dump(workspace._database) == before


def test_a_card_answered_meanwhile_keeps_its_new_memory(workspace: Workspace, clock: Clock) -> None:
    study(workspace, clock, 120)
    fitted = workspace.fitting().run()
    clock.move(days=1)
    item = workspace.next_card()
    assert item is not None
    card = workspace.answer(item.card.id, Rating.GOOD).card
    workspace.take_fit(fitted)
    assert reviews.read_card(workspace._database, card.id).stability == card.stability


def test_only_the_decks_of_the_preset_are_asked(workspace: Workspace, clock: Clock) -> None:
    study(workspace, clock, 60)
    whole = workspace.fitting().run().result.answers
    deck = next(deck for deck in workspace.decks() if deck.name.endswith("Kilns"))
    preset = workspace.add_preset("Kilns", workspace.options(), [deck.id])
    parts = [workspace.fitting(p).run().result.answers for p in (1, preset)]
    assert sum(parts) == whole
    assert all(parts)


def test_without_answers_there_is_nothing_to_fit(workspace: Workspace) -> None:
    assert workspace.fitting().run().result.answers == 0
