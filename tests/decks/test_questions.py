"""Questions: their form, their grammar, their length."""

from __future__ import annotations

import pytest

from desktop.decks.questions import ask
from tests.facts.reading import facts_of


def questions(text: str) -> set[str]:
    """Return the questions on a text."""
    return {question for fact in facts_of(text) if (question := ask(fact))}


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "Wilhelm Wundt established a laboratory in Leipzig in 1879.",
            "In which year did Wilhelm Wundt establish a laboratory in Leipzig?",
        ),
        (
            "Wilhelm Wundt established a laboratory in Leipzig in 1879.",
            "Who established a laboratory in Leipzig in 1879?",
        ),
        (
            "The World Health Organization (WHO) was founded in Geneva in 1948.",
            "What does WHO stand for?",
        ),
        (
            "A hygrometer is an instrument that measures humidity.",
            "What is the term for an instrument that measures humidity?",
        ),
        (
            "Norway joined NATO in 1949.",
            "Which country joined NATO in 1949?",
        ),
        (
            "The flood destroyed about 40% of Bergen’s warehouses in 1702.",
            "About what percentage of Bergen’s warehouses did the flood destroy in 1702?",
        ),
        (
            "Acme was sold for $3 million in 1998.",
            "For how much was Acme sold in 1998?",
        ),
        (
            "Acme’s share of the market was about 40 percent in 1999.",
            "What was Acme’s share of the market in 1999?",
        ),
        (
            "The Akashi Bridge is 1,991 metres long.",
            "How long is the Akashi Bridge?",
        ),
        (
            "Ebola has a mortality rate of 50 percent.",
            "What mortality rate does Ebola have?",
        ),
        (
            "Located in the neck, the thyroid gland releases hormones that regulate metabolism.",
            "Located in the neck, which gland releases hormones that regulate metabolism?",
        ),
        (
            "The hippocampus is located in the temporal lobe.",
            "Where is the hippocampus located?",
        ),
        (
            "Earthworms aerate the soil by mixing leaves with clay.",
            "How do earthworms aerate the soil?",
        ),
        (
            "The capital of Peru is Lima.",
            "What is the capital of Peru?",
        ),
        (
            "Denmark has 179 seats in its parliament.",
            "How many seats does Denmark have in its parliament?",
        ),
        (
            "Immanuel Kant described enlightenment as an exit from immaturity.",
            "How did Immanuel Kant describe enlightenment?",
        ),
        (
            "Napoleon Bonaparte was a general who crowned himself emperor of France in 1804.",
            "Which general crowned himself emperor of France in 1804?",
        ),
        (
            "Britain has never recognised the annexation of Crimea by Russia.",
            "Which country has never recognised the annexation of Crimea by Russia?",
        ),
    ],
)
def test_a_statement_becomes_its_question(text: str, question: str) -> None:
    assert question in questions(text)


def test_no_question_is_answered_by_yes_or_no_or_runs_on() -> None:
    text = (
        "Robert Koch discovered the bacterium of tuberculosis in 1882. Germany lost the war in "
        "1918, and the emperor, who had hoped for a better end until the very last days of the "
        "fighting in Flanders and on the Marne, left for the Netherlands."
    )
    for question in questions(text):
        first = question.split()[0].lower()
        assert first not in {"is", "are", "was", "were", "do", "does", "did", "has", "have", "can"}
        assert len(question.split()) <= 25
        assert question.endswith("?")


def test_two_verbs_that_share_an_object_are_not_torn_apart() -> None:
    assert "Which country fought?" not in questions("France fought and lost a war in Vietnam.")
