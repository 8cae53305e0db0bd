"""When statements hold: dates from the document's own, facts that age."""

from __future__ import annotations

import dataclasses

import pytest

from desktop.facts.extract import extract_facts
from desktop.facts.fact import Fact
from desktop.facts.moment import UNDATED
from desktop.glossary.extract import extract_glossary
from desktop.language.analysis import analyse
from tests.documents import document_of


def facts_of(text: str, date: str | None = "2019-03-12") -> tuple[Fact, ...]:
    document = dataclasses.replace(document_of(text), date=date)
    analysis = analyse(document)
    return extract_facts(analysis, extract_glossary(analysis)).facts


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Last year, Norway exported 40 tons of wool.",
            "In 2018, Norway exported 40 tons of wool.",
        ),
        (
            "Norway has exported 40 tons of wool since last year.",
            "Norway has exported 40 tons of wool since 2018.",
        ),
        (
            "Three years ago, Norway exported 40 tons of wool.",
            "In 2016, Norway exported 40 tons of wool.",
        ),
        ("Norway now exports 40 tons of wool.", "Norway exports 40 tons of wool."),
    ],
)
def test_days_of_writing_become_dates(text: str, statement: str) -> None:
    assert statement in {fact.statement for fact in facts_of(text)}


def test_without_a_date_they_stay_and_need_the_text() -> None:
    for text in ("Last year, Norway exported 40 tons of wool.", "Norway now exports 40 tons."):
        assert all(fact.needs_context for fact in facts_of(text, date=None))


def test_facts_that_age_say_as_of_when() -> None:
    found = {fact.answer: fact.as_of for fact in facts_of("Denmark has 179 seats in parliament.")}
    assert found["179"] == "2019-03-12"
    found = {f.answer: f.as_of for f in facts_of("Denmark has 179 seats in parliament.", None)}
    assert found["179"] == UNDATED
    assert all(f.as_of == "2015" for f in facts_of("As of March 2015, Denmark has 179 members."))


def test_the_past_and_what_is_always_so_do_not_age() -> None:
    text = "Robert Koch discovered the bacterium of tuberculosis in 1882."
    assert not any(fact.as_of for fact in facts_of(text))


def test_a_fact_keeps_its_identity_when_its_text_gets_a_date() -> None:
    text = "Norway exported 40 tons of wool last year."
    known = {fact.id for fact in facts_of(text)}
    assert known
    assert known == {fact.id for fact in facts_of(text, date=None)}


def test_when_a_fact_holds_survives_json() -> None:
    fact = facts_of("Denmark has 179 seats in parliament.")[0]
    assert Fact.from_json(fact.to_json()).as_of == fact.as_of
