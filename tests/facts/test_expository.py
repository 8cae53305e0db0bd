"""What textbooks tell: members of a kind, reasons, comparisons, quoted words, changes."""

from __future__ import annotations

import pytest

from desktop.decks.questions import ask
from tests.facts.reading import answers, facts_of


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "There are three types of sedimentary rock: clastic, chemical, and organic.",
            "What are the three types of sedimentary rock?",
            "clastic, chemical, and organic",
        ),
        (
            "Reefs protect the coast because they break the waves.",
            "Why do reefs protect the coast?",
            "because they break the waves",
        ),
    ],
)
def test_members_and_reasons_are_asked_for(text: str, question: str, answer: str) -> None:
    assert (question, answer) in {(ask(fact), fact.answer) for fact in facts_of(text)}


def test_a_list_of_another_length_is_not_the_members() -> None:
    text = "There are three types of sedimentary rock: clastic and chemical."
    assert not any(fact.rule == "members" for fact in facts_of(text))


def test_a_figure_that_changes_is_asked_for_with_both_ends() -> None:
    text = "The number of weavers in Lodz fell from 24,000 in 1967 to fewer than 3,000 in 1985."
    (fact,) = (fact for fact in facts_of(text) if fact.rule == "from_to")
    assert [fact.statement[a:b] for a, b in fact.targets] == ["24,000", "3,000"]


def test_those_who_took_part_in_a_study_are_not_counted() -> None:
    assert "463" not in answers("Heckert surveyed 463 undergraduates in Ohio in 1998.")
