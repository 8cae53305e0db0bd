"""Pronouns and descriptions: resolved where it is sure, else not used."""

from __future__ import annotations

from tests.facts.reading import statements


def test_the_one_person_of_a_paragraph_is_he_or_she() -> None:
    found = statements(
        "Marie Curie was born in Warsaw in 1867. She received the Nobel Prize in Physics in 1903."
    )
    assert "Marie Curie received the Nobel Prize in Physics in 1903." in found


def test_two_people_leave_a_pronoun_unresolved() -> None:
    found = statements(
        "Karl Braun met Paul Ehrlich in Berlin. The men quarrelled. He left for London in 1899."
    )
    assert not any("left for London" in s and not s.startswith("The men") for s in found)


def test_a_name_that_was_the_subject_is_it() -> None:
    found = statements("NATO was founded in 1949. It has had 32 members since 2024.")
    assert any(s.startswith("NATO has had 32 members") for s in found)


def test_two_presidents_are_the_two_that_were_called_so() -> None:
    found = statements(
        "President Emmanuel Macron received President Joe Biden in Paris. "
        "The two presidents signed a treaty in 2023."
    )
    assert "Emmanuel Macron and Joe Biden signed a treaty in 2023." in found


def test_an_unexplained_description_is_no_fact() -> None:
    assert not statements("The dispute ended in 1999.")
    assert not statements("This region belonged to Spain until 1898.")
    assert not statements("The former was built in 1856.")


def test_a_pronoun_with_its_noun_in_the_sentence_is_fine() -> None:
    found = statements("Sweden ended its union with Norway in 1905.")
    assert found == {"Sweden ended its union with Norway in 1905."}


def test_the_sentence_before_may_lead() -> None:
    found = statements(
        "An old stone bridge crosses the Danube at Regensburg. It was finished in 1146."
    )
    led = "An old stone bridge crosses the Danube at Regensburg. It was finished in 1146."
    assert led in found


def test_the_author_is_nobody_that_a_card_can_name() -> None:
    assert not statements("I visited Berlin in 1999. We saw the Reichstag in 2001.")
