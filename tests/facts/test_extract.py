"""What counts as a fact, where it stands, and what keeps its identity."""

from __future__ import annotations

import dataclasses

from desktop.facts.extract import extract_facts
from desktop.facts.fact import Fact, FactKind, Facts
from desktop.facts.identity import fact_id
from desktop.glossary.extract import extract_glossary
from desktop.language.analysis import analyse
from tests.documents import document_of
from tests.facts.reading import answers, facts_of, statements

HARBOUR = (
    "The harbour of Lindau was rebuilt in 1856. Its new lighthouse, which is 33 metres tall, was "
    "designed by Eduard Rüber. Lindau raised its revenue from 40 million euros to 65 million "
    "euros. Lake Constance lies between Austria, Germany and Switzerland. The keepers may have "
    "left in 1936.",
    "Marta Keller was director of the port from 1973 to 1992. She published a history of the "
    "town in 1981.",
)


def test_a_quote_is_the_text_at_its_place() -> None:
    document = document_of(*HARBOUR)
    analysis = analyse(document)
    facts = extract_facts(analysis, extract_glossary(analysis)).facts
    assert facts
    for fact in facts:
        assert document.quote(fact.evidence.span) == fact.evidence.quote
        assert fact.evidence.span.contains(fact.answer_span)
        for start, end in fact.targets:
            assert 0 <= start < end <= len(fact.statement)


def test_dates_figures_names_and_lists_are_found() -> None:
    found = answers(*HARBOUR)
    assert "1856" in found
    assert "40 million euros to 65 million euros" in found
    assert "Austria, Germany and Switzerland" in found
    assert "1973 to 1992" in found
    assert "33 metres" in found


def test_facts_come_best_first_and_once() -> None:
    facts = facts_of(*HARBOUR, HARBOUR[1])
    assert [f.importance for f in facts] == sorted((f.importance for f in facts), reverse=True)
    assert len({f.id for f in facts}) == len(facts)
    assert sum(f.answer == "1973 to 1992" for f in facts) == 1


def test_the_same_text_gives_the_same_facts() -> None:
    assert facts_of(*HARBOUR) == facts_of(*HARBOUR)


def test_identity_survives_changes_elsewhere_and_another_document() -> None:
    before = {f.id for f in facts_of(HARBOUR[1]) if f.answer == "1973 to 1992"}
    changed = HARBOUR[0].replace("harbour", "harbor")
    after = {f.id for f in facts_of(changed, HARBOUR[1], title="Another book")}
    assert before
    assert before <= after


def test_identity_ignores_case_and_punctuation_and_nothing_else() -> None:
    one = fact_id("The pact, signed in 1950, held.", "year", "1950")
    assert one == fact_id("the pact signed in 1950 held", "year", "1950")
    assert one != fact_id("The pact, signed in 1951, held.", "year", "1951")
    assert one != fact_id("The pact, signed in 1950, held.", "name", "1950")


def test_facts_come_back_from_json() -> None:
    facts = Facts("A test", "0" * 64, facts_of(*HARBOUR))
    assert Facts.from_json(facts.to_json()) == facts


def test_questions_commands_and_fragments_state_nothing() -> None:
    assert not facts_of("Who built Berlin in 1237? Go to Berlin in 1999! Berlin, 1945 to 1989.")


def test_a_judgement_is_marked_as_an_opinion() -> None:
    facts = facts_of("Germany must leave NATO by 2030.")
    assert facts
    assert all(fact.opinion for fact in facts)
    told = facts_of("Berlin became the capital of Germany in 1990.")
    assert told
    assert not any(fact.opinion for fact in told)


def test_a_statement_keeps_its_negation_and_its_doubt() -> None:
    (text,) = statements("France has never recognised the annexation of Crimea.")
    assert "never" in text
    assert all("may have" in s for s in statements("The Romans may have reached Ireland in 82."))


def test_sentences_in_two_halves_are_two_statements() -> None:
    found = statements(
        "Norway ended its union with Sweden in 1905; Finland declared its independence from "
        "Russia on 6 December 1917."
    )
    assert "Norway ended its union with Sweden in 1905." in found
    assert "Finland declared its independence from Russia on 6 December 1917." in found


def test_a_short_second_half_is_led_by_the_first() -> None:
    found = statements("Norway ended its union with Sweden in 1905, and 2,000 officials went home.")
    assert "Norway ended its union with Sweden in 1905. 2,000 officials went home." in found


def test_references_to_literature_are_left_out_of_statements() -> None:
    found = statements("Wilhelm Wundt opened a laboratory in Leipzig in 1879 (Danziger, 1980).")
    assert found == {"Wilhelm Wundt opened a laboratory in Leipzig in 1879."}


def test_every_kind_of_fact_is_one_of_the_contract() -> None:
    for fact in facts_of(*HARBOUR):
        assert isinstance(fact, Fact)
        assert isinstance(fact.kind, FactKind)
        assert dataclasses.is_dataclass(fact)
        assert 0 <= fact.importance <= 1


def test_other_scripts_give_no_fault() -> None:
    assert facts_of("これは日本語の文章です。" * 40) == ()
