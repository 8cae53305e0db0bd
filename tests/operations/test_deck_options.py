"""Decks are studied by their options: limits, orders, siblings, leeches, pauses, cramming."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.operations.workspace import DueCounts, Workspace
from desktop.study.card import CardState, Rating
from desktop.study.cramming import CramOrder
from desktop.study.options import LeechAction, NewMix, NewOrder, ReviewOrder
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    change_options,
    dump,
    make_cloze,
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
    for title in ("Rivers", "Hills"):
        document = make_document(title, paragraphs=40)
        add_analysed(workspace, document, [make_note(document, i) for i in range(1, 31)])
    accept_all(workspace)
    yield workspace
    workspace.close()


def deck(workspace: Workspace, name: str) -> int:
    return next(deck.id for deck in workspace.decks() if deck.name == name)


def studied(workspace: Workspace, rating: Rating = Rating.EASY, **scope: int) -> list[str]:
    """Answer whatever is asked, and return the notes in their order."""
    shown = []
    while (item := workspace.next_card(**scope)) is not None:
        shown.append(item.note.id)
        workspace.answer(item.card.id, rating)
    return shown


# -- limits


def test_a_deck_within_another_counts_for_both(workspace: Workspace) -> None:
    glossator = deck(workspace, "Glossator")
    rivers = deck(workspace, "Glossator::Rivers")
    few = workspace.add_preset("Few", replace(workspace.options(), new_per_day=3), [rivers])
    assert workspace.due_counts(deck_id=rivers) == DueCounts(3, 0, 0)
    assert workspace.due_counts(deck_id=glossator) == DueCounts(20, 0, 0)
    shown = studied(workspace, deck_id=glossator)
    assert [note.split("-")[0] for note in shown] == ["Rivers"] * 3 + ["Hills"] * 17
    assert workspace.due_counts(deck_id=deck(workspace, "Glossator::Hills")).new == 3
    workspace.delete_preset(few)
    assert workspace.due_counts(deck_id=rivers).new == 13 + 4


def test_counts_by_deck_are_those_of_each_studied_alone(workspace: Workspace) -> None:
    counts = workspace.deck_counts()
    assert {deck.name: counts[deck.id].new for deck in workspace.decks()} == {
        "Glossator": 20,
        "Glossator::Hills": 20,
        "Glossator::Rivers": 20,
    }


def test_a_moved_card_is_studied_in_its_new_deck(workspace: Workspace) -> None:
    card = workspace.cards(1)[0].card
    assert card is not None
    workspace.move_cards([card.id], "Mine::Best")
    assert workspace.due_counts(deck_id=deck(workspace, "Mine")) == DueCounts(1, 0, 0)
    assert workspace.undo() == "Change deck"
    assert "Mine" not in {deck.name for deck in workspace.decks()}


def test_new_cards_may_ignore_the_limit_of_reviews(workspace: Workspace) -> None:
    change_options(workspace, reviews_per_day=0)
    assert workspace.due_counts().new == 0
    change_options(workspace, new_ignores_review_limit=True)
    assert workspace.due_counts().new == 20


# -- orders


def test_new_cards_come_newest_first_or_at_random(workspace: Workspace, clock: Clock) -> None:
    change_options(workspace, new_order=NewOrder.NEWEST_FIRST, new_per_day=5)
    assert studied(workspace) == [f"Hills-{i}" for i in range(30, 25, -1)]
    clock.move(days=1)
    change_options(workspace, new_order=NewOrder.RANDOM_CARDS, reviews_per_day=100)
    first = studied(workspace, document_id=1)
    assert first != sorted(first)
    for _ in range(len(first)):
        workspace.undo()
    assert studied(workspace, document_id=1) == first


@pytest.mark.parametrize(
    ("mix", "expected"), [(NewMix.BEFORE, "nnrrrrr"), (NewMix.AFTER, "rrrrrnn")]
)
def test_new_cards_may_stand_before_or_after_reviews(
    workspace: Workspace, clock: Clock, mix: NewMix, expected: str
) -> None:
    change_options(workspace, new_per_day=5)
    studied(workspace)
    clock.move(days=40)
    change_options(workspace, new_per_day=2, new_mix=mix)
    states = ""
    while (item := workspace.next_card()) is not None:
        states += "n" if item.card.state is CardState.NEW else "r"
        workspace.answer(item.card.id, Rating.EASY)
    assert states == expected


def test_the_most_fading_reviews_come_first(workspace: Workspace, clock: Clock) -> None:
    change_options(workspace, new_per_day=12, fuzz=False)
    ratings = iter([Rating.EASY, Rating.GOOD, Rating.HARD] * 40)
    while (item := workspace.next_card()) is not None:
        workspace.answer(item.card.id, next(ratings))
        clock.move(minutes=7)
    clock.move(days=60)
    change_options(workspace, new_per_day=0, review_order=ReviewOrder.FADING_FIRST)
    shares = []
    while (item := workspace.next_card()) is not None:
        shares.append(workspace.card_info(item.card.id).retrievability)
        workspace.answer(item.card.id, Rating.EASY)
    assert len(shares) == 12
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


@pytest.mark.parametrize("order", list(ReviewOrder))
def test_each_order_asks_all_reviews_once(
    workspace: Workspace, clock: Clock, order: ReviewOrder
) -> None:
    change_options(workspace, new_per_day=15)
    learnt = studied(workspace)
    clock.move(days=60)
    change_options(workspace, new_per_day=0, review_order=order)
    assert sorted(studied(workspace)) == sorted(learnt)


# -- siblings


@pytest.fixture
def clozes(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "cloze", clock)
    document = make_document(paragraphs=3)
    add_analysed(workspace, document, [make_cloze(document, i, gaps=3) for i in (1, 2)])
    accept_all(workspace)
    yield workspace
    workspace.close()


def test_new_siblings_wait_for_another_day(clozes: Workspace, clock: Clock) -> None:
    assert clozes.due_counts() == DueCounts(6, 0, 0)
    change_options(clozes, bury_new=True)
    assert clozes.due_counts() == DueCounts(2, 0, 0)
    assert studied(clozes) == ["Rivers-cloze-1", "Rivers-cloze-2"]
    change_options(clozes, bury_new=False)  # what was buried stays so until the next day
    assert clozes.due_counts() == DueCounts(0, 0, 0)
    clock.move(days=1)
    assert clozes.due_counts() == DueCounts(4, 0, 0)


def test_reviews_of_siblings_wait_for_another_day(clozes: Workspace, clock: Clock) -> None:
    studied(clozes)
    clock.move(days=60)
    change_options(clozes, bury_reviews=True)
    assert clozes.due_counts() == DueCounts(0, 0, 2)
    assert len(studied(clozes)) == 2
    assert clozes.undo() == "Answer card"
    assert clozes.due_counts() == DueCounts(0, 0, 1)
    clock.move(days=1)
    assert clozes.due_counts() == DueCounts(0, 0, 2)


# -- leeches


def lapse(workspace: Workspace, clock: Clock, card_id: int) -> bool:
    """Forget a card that was known, learn it anew, and return whether it became a leech."""
    clock.move(days=200)
    leech = workspace.answer(card_id, Rating.AGAIN).leech
    clock.move(minutes=10)
    workspace.answer(card_id, Rating.GOOD)
    return leech


def test_a_leech_is_tagged_and_suspended_at_its_eighth_lapse(
    workspace: Workspace, clock: Clock
) -> None:
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.EASY)
    told = [lapse(workspace, clock, item.card.id) for _ in range(16)]
    assert [number for number, leech in enumerate(told, 1) if leech] == [8, 12, 16]
    info = workspace.card_info(item.card.id)
    assert info.card.suspended
    assert "leech" in info.note.tags
    assert item.card.id not in {card.id for r in workspace.cards() if not r.card.suspended
                                for card in r.cards}  # fmt: skip
    assert workspace.check() == []


def test_a_leech_may_be_tagged_only(workspace: Workspace, clock: Clock) -> None:
    change_options(workspace, leech_action=LeechAction.TAG, leech_threshold=2)
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.EASY)
    assert not lapse(workspace, clock, item.card.id)
    before = dump(workspace._database)
    clock.move(days=200)
    assert workspace.answer(item.card.id, Rating.AGAIN).leech
    info = workspace.card_info(item.card.id)
    assert not info.card.suspended
    assert "leech" in info.note.tags
    workspace.undo()
    assert dump(workspace._database) == before


# -- pauses


def test_a_vacation_asks_nothing_and_what_waited_is_spread(
    workspace: Workspace, clock: Clock
) -> None:
    change_options(workspace, new_per_day=30, fuzz=False)
    studied(workspace)
    workspace.take_vacation(date(2024, 5, 10), date(2024, 5, 14))
    clock.move(days=6)
    assert workspace.next_card() is None
    assert workspace.due_counts() == DueCounts(0, 0, 0)
    clock.move(days=3)  # the first day back
    assert workspace.backlog().waiting == 30
    assert workspace.backlog().days_left == 5
    asked = []
    for _ in range(5):
        counts = workspace.due_counts()
        assert counts.new == 0
        asked.append(counts.review)
        for _ in range(counts.review):
            item = workspace.next_card()
            assert item is not None
            workspace.answer(item.card.id, Rating.EASY)
        clock.move(days=1)
    assert asked == [6] * 5
    assert workspace.backlog().days_left == 0
    assert workspace.due_counts().new > 0


def test_a_backlog_is_spread_most_fading_first(workspace: Workspace, clock: Clock) -> None:
    change_options(workspace, new_per_day=20, fuzz=False)
    studied(workspace)
    clock.move(days=30)
    workspace.catch_up(4)
    assert workspace.due_counts() == DueCounts(0, 0, 5)
    for _ in range(2):
        item = workspace.next_card()
        assert item is not None
        workspace.answer(item.card.id, Rating.EASY)
    assert workspace.due_counts() == DueCounts(0, 0, 3)
    workspace.catch_up(0)
    assert workspace.due_counts().review == 18


def test_a_vacation_can_be_ended_early(workspace: Workspace, clock: Clock) -> None:
    workspace.take_vacation(date(2024, 5, 5), date(2024, 5, 30))
    assert workspace.next_card() is None
    workspace.end_vacation()
    assert workspace.next_card() is not None
    assert workspace.settings().vacation == ("2024-05-05", "2024-05-05")
    workspace.take_vacation(date(2024, 5, 6), date(2024, 5, 30))
    workspace.end_vacation()
    assert workspace.settings().vacation == ()


# -- cramming


def test_cramming_touches_neither_schedule_nor_log(workspace: Workspace, clock: Clock) -> None:
    studied(workspace)
    before = dump(workspace._database)
    cram = workspace.cram(1, order=CramOrder.FADING_FIRST, limit=5)
    first = cram.head
    assert first is not None
    assert workspace.crammed_card(first, 1).cramming
    cram.answer(Rating.AGAIN)
    seen = []
    while cram.head is not None:
        seen.append(cram.head)
        cram.answer(Rating.GOOD)
    assert seen.index(first) == 3
    assert (len(seen), cram.done, cram.left) == (5, 5, 0)
    assert cram.undo()
    assert (cram.head, cram.done) == (seen[-1], 4)
    assert cram.redo()
    assert cram.head is None
    assert dump(workspace._database) == before


def test_a_deck_can_be_crammed_in_the_order_of_its_texts(workspace: Workspace) -> None:
    cram = workspace.cram(
        deck_id=deck(workspace, "Glossator"), order=CramOrder.POSITION, limit=1000
    )
    assert cram.left == 60
    assert cram.head is not None
    assert workspace.crammed_card(cram.head).note.id == "Rivers-1"


# -- marks


def test_flags_marks_and_single_cards(clozes: Workspace) -> None:
    item = clozes.next_card()
    assert item is not None
    clozes.flag([item.card.id], 3)
    clozes.mark([item.note.id])
    clozes.suspend_cards([item.card.id])
    info = clozes.card_info(item.card.id)
    assert (info.card.flag, info.card.suspended) == (3, True)
    assert info.note.tags == ("length", "marked")
    assert clozes.due_counts().new == 5
    clozes.bury_note(item.note.id)
    assert clozes.due_counts().new == 3
    for name in ("Bury note", "Suspend card", "Mark card", "Flag card"):
        assert clozes.undo() == name
    again = clozes.next_card()
    assert again == item


def test_a_card_can_begin_anew_and_keeps_its_answers(workspace: Workspace) -> None:
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, Rating.EASY)
    workspace.forget([item.card.id])
    info = workspace.card_info(item.card.id)
    assert info.card.state is CardState.NEW
    assert [review.rating for review in info.history] == [Rating.EASY]
    assert workspace.check() == []


def test_the_curve_of_forgetting_begins_with_each_answer(
    workspace: Workspace, clock: Clock
) -> None:
    item = workspace.next_card()
    assert item is not None
    assert workspace.card_info(item.card.id).retrievability is None
    answered = clock()
    workspace.answer(item.card.id, Rating.GOOD)
    clock.move(days=3)
    info = workspace.card_info(item.card.id)
    assert info.remembered_at(answered) == 1
    stability = info.history[0].stability
    at_stability = info.remembered_at(answered + timedelta(days=stability))
    assert at_stability == pytest.approx(0.9, abs=1e-6)
    assert info.remembered_at(answered - timedelta(days=1)) is None
