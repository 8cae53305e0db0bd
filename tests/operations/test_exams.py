"""Planning for a date in a real library; nothing of it touches the schedule."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.errors import LibraryError
from desktop.operations.statistics import CountedThing
from desktop.study.card import Rating
from tests.library.factory import (
    Clock,
    accept_all,
    add_analysed,
    dump,
    make_document,
    make_note,
    open_workspace,
)


def test_a_text_is_planned_until_a_date(tmp_path: Path) -> None:
    clock = Clock()
    workspace = open_workspace(tmp_path, clock)
    ids = []
    for title in ("Harbours", "Lamps"):
        document = make_document(title, paragraphs=40)
        notes = [make_note(document, i) for i in range(1, 31)]
        ids.append(add_analysed(workspace, document, notes))
    accept_all(workspace)
    for rating in (Rating.GOOD, Rating.EASY, Rating.EASY, Rating.EASY):
        item = workspace.next_card()
        assert item is not None
        workspace.answer(item.card.id, rating, 6_000)
    clock.move(days=2)
    before = dump(workspace._database)
    found = workspace.planning(CountedThing("", ids[0])).plan(date(2024, 5, 18))
    assert dump(workspace._database) == before
    assert (found.cards, found.new, found.seconds) == (30, 26, 6.0)
    assert len(found.plan.days) == 10
    assert 0 < found.plan.without < found.plan.planned <= 1
    assert found.plan.new_per_day == 4
    assert len(found.today) == 5  # the one that is due, and four new ones
    assert all(note.startswith("Harbours") for note in found.today)
    workspace.suspend([record.note.id for record in workspace.cards(ids[0])])
    assert workspace.planning(CountedThing("", ids[0])).plan(date(2024, 5, 18)).cards == 0
    whole = workspace.planning().plan(date(2024, 5, 10), most_new=5)
    assert (whole.cards, whole.plan.new_per_day) == (30, 5)
    for wrong in (date(2024, 5, 8), date(2024, 5, 8) + timedelta(days=900)):
        with pytest.raises(LibraryError, match="Choose a day"):
            workspace.planning().plan(wrong)
    workspace.close()
