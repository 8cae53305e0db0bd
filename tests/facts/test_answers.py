"""What people would ask for: phrases, their probability, and what they do to the order of facts."""

from __future__ import annotations

from desktop.facts.answers import LEAST_PROBABLE, Asked, find_answers
from desktop.language.analysis import analyse
from tests.documents import document_of

TEXT = (
    "The Ribe cathedral was begun in 1150 by masons from Cologne. "
    "Its tower, which leans a little, is 52 metres high and serves as a refuge from floods."
)


def test_names_and_figures_are_likelier_than_common_words() -> None:
    analysis = analyse(document_of(TEXT, title="A test"))
    asked = Asked(analysis)
    text = analysis.document.blocks[1].text

    def chance(words: str) -> float:
        start = text.index(words)
        return asked.probability(1, start, start + len(words))

    assert chance("1150") > LEAST_PROBABLE
    assert chance("1150") > chance("a little")
    assert chance("Cologne") > chance("Its tower")


def test_answers_stand_where_they_say_and_apart_from_one_another() -> None:
    document = document_of(TEXT, title="A test")
    answers = find_answers(analyse(document))
    assert "1150" in {answer.text for answer in answers}
    for answer in answers:
        block = document.blocks[answer.span.block]
        assert block.text[answer.span.start : answer.span.end] == answer.text
    spans = [answer.span for answer in answers]
    assert spans == sorted(spans)
    assert not any(a.overlaps(b) for i, a in enumerate(spans) for b in spans[i + 1 :])


def test_no_phrase_is_asked_for_in_punctuation() -> None:
    asked = Asked(analyse(document_of(TEXT, title="A test")))
    start = TEXT.index(",")
    assert asked.probability(1, start, start + 1) == 0.0
