"""What is worth asking for, and what must stay whole."""

from __future__ import annotations

from tests.facts.reading import answers, facts_of


def test_no_answer_is_half_of_a_word_or_a_name() -> None:
    text = (
        "Taiwan rejects the One-China principle. The post-1945 order rests on the Bretton Woods "
        "system. The Scotland Act 1998 created a parliament in Edinburgh."
    )
    found = answers(text)
    assert "One" not in found
    assert "1945" not in found
    assert "Scotland Act" not in found


def test_a_measure_in_hyphens_is_one_answer() -> None:
    (fact,) = (f for f in facts_of("Denmark released a 17-page, 5300-word report on Greenland.")
               if f.rule == "measure")  # fmt: skip
    assert fact.answer == "17-page, 5300-word"
    assert fact.hints == ("how many pages and words?",)


def test_a_range_is_not_cut() -> None:
    found = answers("The disease kills 30 to 50 percent of the cattle in Kenya.")
    assert "30 to 50 percent" in found
    assert "50 percent" not in found


def test_a_list_is_whole_and_never_one_of_examples() -> None:
    assert "France, Spain and Portugal" in answers(
        "France, Spain and Portugal signed a treaty in Madrid."
    )
    found = answers("The firm sells to countries such as France, Spain and Portugal in Europe.")
    assert not any("Spain" in answer and "," in answer for answer in found)


def test_an_abbreviation_has_its_full_name() -> None:
    found = answers("The World Health Organization (WHO) was founded in Geneva in 1948.")
    assert "World Health Organization" in found


def test_a_definition_asks_for_its_term() -> None:
    (fact,) = (f for f in facts_of("A hygrometer is an instrument that measures humidity.")
               if f.rule == "definition")  # fmt: skip
    assert fact.answer == "hygrometer"


def test_a_view_is_told_as_its_holder_has_it() -> None:
    facts = facts_of("Immanuel Kant described enlightenment as an exit from immaturity.")
    assert any(f.rule == "described_as" and "exit" in f.answer for f in facts)


def test_a_century_or_a_day_without_a_month_is_no_date_to_ask_for() -> None:
    assert "the 19th century" not in answers("Vienna grew fast during the 19th century.")


def test_kinds_of_things_are_asked_for_by_what_they_do() -> None:
    text = "Located in the neck, the thyroid gland releases hormones that regulate metabolism."
    assert "thyroid gland" in answers(text)


def test_a_definite_thing_is_asked_for_by_what_it_is() -> None:
    assert "Lima" in answers("The capital of Peru is Lima.")
    assert not answers("The trouble with the plan is a lack of money.")


def test_what_lies_somewhere_has_its_place() -> None:
    assert "in the temporal lobe" in answers("The hippocampus is located in the temporal lobe.")


def test_one_title_of_several_is_not_asked_for() -> None:
    text = "The plays were “The Long Road Home”, “A Winter Without Snow” and “The Last Ferry”."
    assert not any(fact.rule == "title" for fact in facts_of(text))


def test_an_ordinal_without_its_noun_is_unclear() -> None:
    assert not facts_of("A third in 2009 featured Maria Callas as Medea.")
    assert not facts_of("The fourth was released on 4 October 2010 in London.")


def test_a_long_statement_ends_with_what_is_asked() -> None:
    text = (
        "In 2014, chemists of the University of Oslo announced the results of an examination of "
        "25 letters from the wreck of a merchant ship near Bergen, which supported the doubts of "
        "older historians about the size of early fleets."
    )
    assert {f.statement for f in facts_of(text) if f.answer == "25"} == {
        "In 2014, chemists of the University of Oslo announced the results of an examination of "
        "25 letters from the wreck of a merchant ship near Bergen."
    }


def test_what_will_be_is_tied_to_its_text() -> None:
    (fact,) = (f for f in facts_of("The tenth series will introduce Pearl Mackie as Bill.")
               if f.answer == "Pearl Mackie")  # fmt: skip
    assert fact.needs_context


def test_a_name_goes_on_with_its_place() -> None:
    found = answers("William of Malmesbury wrote a history of the kings of England in 1125.")
    assert "William" not in found
    found = answers("In southern Italy, the Normans built castles of stone in 1080.")
    assert "Italy" not in found
