"""What essays and textbooks tell in passing: additions, reports, decades, contrasts, places."""

from __future__ import annotations

import pytest

from desktop.decks.questions import ask
from tests.facts.reading import answers, facts_of


def asked(*paragraphs: str, title: str = "A test") -> set[tuple[str | None, str]]:
    """Return each question with its answer."""
    return {(ask(fact), fact.answer) for fact in facts_of(*paragraphs, title=title)}


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Agnes Lindqvist, a botanist from Uppsala, catalogued the mosses of Gotland in 1911.",
            "Who was Agnes Lindqvist?",
            "a botanist from Uppsala",
        ),
        (
            "Ships that leave Trieste, the main port of the Habsburg Empire, rarely came back.",
            "What is Trieste?",
            "the main port of the Habsburg Empire",
        ),
        (
            "Bertha Oyelaran argued that the dam would flood twelve villages.",
            "According to Bertha Oyelaran, how many villages would the dam flood?",
            "twelve",
        ),
        (
            "Ceramic glazing reached Kyushu in the 1590s.",
            "In which decade did ceramic glazing reach Kyushu?",
            "the 1590s",
        ),
        (
            "Overgrazing leads to severe erosion.",
            "To what does overgrazing lead?",
            "severe erosion",
        ),
        (
            "Fort Amalia is on the Danube.",
            "Where is Fort Amalia?",
            "on the Danube",
        ),
    ],
)
def test_it_is_asked_for(text: str, question: str, answer: str) -> None:
    assert (question, answer) in asked(text)


def test_an_addition_stands_alone_where_its_sentence_does_not() -> None:
    text = "They wrote to Agnes Lindqvist, a botanist from Uppsala, who kept the seeds."
    (fact,) = (f for f in facts_of(text) if f.rule == "apposition")
    assert fact.statement == "Agnes Lindqvist was a botanist from Uppsala."
    assert fact.evidence.quote == text


@pytest.mark.parametrize(
    "text",
    [
        "Agnes Lindqvist, a woman, catalogued the mosses of Gotland in 1911.",
        "Its bounds were Elm Street, Oak Avenue, the rear of Mill Lane (the old one) and the Prut.",
        "Agnes Lindqvist, the same botanist, catalogued the mosses of Gotland in 1911.",
    ],
)
def test_an_addition_that_tells_nothing_is_left(text: str) -> None:
    assert not any(fact.rule == "apposition" for fact in facts_of(text))


def test_a_contrast_makes_two_statements() -> None:
    text = "Alpine swifts nest in cliffs, whereas barn swallows build cups of mud in stables."
    stated = {fact.statement for fact in facts_of(text)}
    assert all("whereas" not in statement for statement in stated)


def test_a_population_is_a_figure() -> None:
    assert "12,470" in answers("The census of 1931 found that Aalen had a population of 12,470.")


def test_in_a_text_about_one_thing_a_figure_without_a_name_leans_on_it() -> None:
    named = [f"Narvik exports ore by way of Narvik harbour, and Narvik grew {n}." for n in "abc"]
    text = "Average rainfall is 830 mm a year, and 21 percent of households own a boat."
    framed = {f.needs_context for f in facts_of(*named, text, title="Narvik") if "830" in f.answer}
    plain = {f.needs_context for f in facts_of(*named, text, title="Rain") if "830" in f.answer}
    assert framed == {True}
    assert plain == {False}


def test_the_name_of_the_text_stands_for_what_it_is() -> None:
    named = ["Narvik is a town in Norway."]
    named += [f"Ships left Narvik {n} times, and Narvik grew by trade." for n in range(2, 9)]
    text = "In 1903 the town opened a railway to Kiruna."
    stated = {fact.statement for fact in facts_of(*named, text, title="Narvik")}
    assert any("Narvik opened a railway" in statement for statement in stated)


def test_a_resolved_name_keeps_its_capital() -> None:
    text = "Ingrid Dahl was a glazier. She left the workshop to her sister in 1968."
    questions = {question or "" for question, _ in asked(text)}
    assert not any("ingrid" in question for question in questions)


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "The capture of Ribe weakened Danish trade with England for a century.",
            "What weakened Danish trade with England for a century?",
            "The capture of Ribe",
        ),
        (
            "Efforts to drain the Pontine marshes were frustrated by malaria.",
            "By what were efforts to drain the Pontine marshes frustrated?",
            "malaria",
        ),
        (
            "The third abbot, Marcus Vell, who came from Ghent, rebuilt the mill.",
            None,
            "",
        ),
        (
            "The third abbot of Lorsch, Marcus Vell, rebuilt the mill.",
            "Who was the third abbot of Lorsch?",
            "Marcus Vell",
        ),
        (
            "Ines Duarte believes that dreams reflect the habits of shore birds.",
            "According to Ines Duarte, what do dreams reflect?",
            "the habits of shore birds",
        ),
    ],
)
def test_deeds_offices_and_views_are_asked_for(
    text: str, question: str | None, answer: str
) -> None:
    if question is None:
        assert not any(fact.rule == "holder" for fact in facts_of(text))
    else:
        assert (question, answer) in asked(text)


def test_what_has_another_answer_is_not_asked_for() -> None:
    text = "The harvest of the Pontine marshes was also ruined by locusts."
    assert not any(fact.rule == "agent" for fact in facts_of(text))


def test_half_of_what_is_joined_is_no_answer() -> None:
    text = "Overgrazing leads to severe erosion and a number of other ills."
    assert ("To what does overgrazing lead?", "severe erosion") not in asked(text)


def test_a_day_without_its_year_leans_on_the_text() -> None:
    told = facts_of("On May 3, Ragnhild Moe sold 40 percent of the Bergen line.")
    dated = facts_of("On May 3, 1911, Ragnhild Moe sold 40 percent of the Bergen line.")
    assert told
    assert all(fact.needs_context for fact in told)
    assert not all(fact.needs_context for fact in dated)


def test_a_family_is_not_the_one_member_who_is_named_in_full() -> None:
    told = [
        "Clara Velden founded a bank in Basel in 1811.",
        "Between 1820 and 1870 the Veldens dominated the salt trade of Basel and Bern.",
    ]
    assert not any(
        fact.answer == "Clara Velden" and "salt" in fact.statement for fact in facts_of(*told)
    )


def test_a_body_with_a_name_is_asked_for_by_what_it_is() -> None:
    text = "The Velden family financed the salt mines of Basel and the canal to Bern in 1840."
    assert any(
        question is not None and question.startswith("Which family financed")
        for question, _ in asked(text)
    )


def test_a_cut_addition_takes_its_leaning_words_along() -> None:
    text = (
        "In 1656 Johan Palm founded the Lund exchange in Sweden, an attempt that would change "
        "trade in the north but that led to the downfall of the firm."
    )
    dated = [fact for fact in facts_of(text) if fact.answer == "1656"]
    assert dated
    assert not any(fact.needs_context for fact in dated if "firm" not in fact.statement)


def test_a_plain_definite_object_is_no_answer() -> None:
    assert not any(
        fact.rule == "object" for fact in facts_of("Clara Velden restored the dynasty in 1811.")
    )


def test_a_country_keeps_the_name_that_the_sentence_uses() -> None:
    text = "China has never recognized the annexation of Kivu by the Banda government in 1931."
    assert all("Republic" not in fact.answer for fact in facts_of(text))
