"""The ranker: shipped weights, what it refuses, how it learns from one reader."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace

import pytest

from desktop.decks.build import build_deck
from desktop.decks.deck import Note, NoteKind
from desktop.decks.features import asking, features, told, words_of
from desktop.decks.quality import lint
from desktop.decks.ranking import (
    IMPROBABLE,
    LEAST_PROBABLE,
    Judgement,
    Ranker,
    Weight,
    shipped_ranker,
)
from desktop.facts.fact import Fact, FactKind, Facts
from desktop.glossary.term import Glossary
from desktop.reading.document import Span
from tests.decks.factory import cloze_note, evidence, question_note, term_note
from tests.documents import document_of

QUOTE = "The painter Berthe Morisot showed nine works in Paris in 1874."


def card(number: int, rule: str = "time", kind: NoteKind = NoteKind.QUESTION) -> Note:
    return question_note(
        id=str(number), kind=kind, rule=rule, back="1874", evidence=evidence(QUOTE),
        front=f"In which year did Berthe Morisot show {number} works in Paris?",
    )  # fmt: skip


def judgements(kept: float, rule: str, count: int = 12) -> list[Judgement]:
    notes = [card(number, rule) for number in range(count)]
    return [Judgement(features(note, lint(note)), kept) for note in notes]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who painted it?", "who"),
        ("In which year did it end?", "which"),
        ("What is a lens?", "what_is"),
        ("What did Morisot paint?", "what_does"),
        ("How many works did she show?", "how_many"),
        ("The lens is made of what?", "late"),
        ("Is it made of glass?", "yes_no"),
    ],
)
def test_the_question_word_says_what_is_asked(question: str, kind: str) -> None:
    assert asking(words_of(question)) == kind


def test_the_sentence_with_the_answer_is_found() -> None:
    text = "Paris lies on the Seine. In 1874 Morisot showed works. Degas did not."
    assert told("When did Morisot show works?", "1874", text) == "In 1874 Morisot showed works."


@pytest.mark.parametrize("note", [card(1), cloze_note(), term_note()], ids=lambda n: n.kind.value)
def test_every_kind_of_card_has_a_probability(note: Note) -> None:
    assert 0.5 < shipped_ranker().probability(note) < 1
    assert all(math.isfinite(value) for value in features(note).values())


def test_a_question_of_the_wrong_sort_is_less_probable() -> None:
    sound = card(9)
    odd = replace(sound, front="What is Paris?", back="showed nine works in Paris")
    assert shipped_ranker().probability(odd) < shipped_ranker().probability(sound)


def test_a_ranker_is_kept_as_json() -> None:
    ranker = Ranker(0.5, {"q_log": Weight(2.0, 0.5, -0.25)})
    assert Ranker.from_json(ranker.to_json()) == ranker


def test_without_judgements_nothing_is_learnt() -> None:
    assert shipped_ranker().learnt([]) is shipped_ranker()


def test_what_a_reader_refuses_becomes_less_probable_and_the_rest_hardly() -> None:
    before = shipped_ranker()
    after = before.learnt(judgements(0.0, "name_subject") + judgements(1.0, "time"))
    refused, kept = card(50, "name_subject"), card(50, "time")
    assert after.probability(refused) < 0.6 * before.probability(refused)
    assert after.probability(kept) > 0.9 * before.probability(kept)
    once = before.learnt(judgements(0.0, "name_subject", 1))
    assert once.probability(refused) > 0.8 * before.probability(refused)


def test_the_same_decisions_give_the_same_ranker() -> None:
    decided = judgements(0.0, "place") + judgements(1.0, "time")
    assert shipped_ranker().learnt(decided) == shipped_ranker().learnt(decided)


def test_an_improbable_card_is_kept_out_and_can_be_looked_at() -> None:
    document = document_of("In 1874 Berthe Morisot showed nine works in Paris.")
    text = document.blocks[1].text
    fact = Fact(
        "f", text, FactKind.DATE, 0.9, document.evidence(Span(1, 0, len(text))), "1874",
        Span(1, 3, 7), rule="time", confidence=0.9, targets=((3, 7),),
    )  # fmt: skip
    facts = Facts(document.name, document.source.sha256, (fact,))
    glossary = Glossary(document.name, document.source.sha256, ())
    (note,) = build_deck(facts, glossary, document).notes
    probability = shipped_ranker().probability(note)
    assert note.confidence == pytest.approx(0.9 * probability, abs=0.001)

    strict = Ranker(math.log(0.2), {})
    deck = build_deck(facts, glossary, document, ranker=strict)
    assert strict.probability(note) < LEAST_PROBABLE
    assert deck.notes == ()
    assert [(r.note.id, r.findings) for r in deck.refused] == [(note.id, (IMPROBABLE,))]


def test_a_faulty_card_is_kept_with_the_rules_that_refuse_it() -> None:
    document = document_of("In 1874 they showed nine works in Paris.")
    text = document.blocks[1].text
    fact = Fact(
        "f", text, FactKind.DATE, 0.9, document.evidence(Span(1, 0, len(text))), "1874",
        Span(1, 3, 7), rule="time", confidence=0.9, targets=((3, 7),),
    )  # fmt: skip
    facts = Facts(document.name, document.source.sha256, (fact,))
    deck = build_deck(facts, Glossary(document.name, document.source.sha256, ()), document)
    assert deck.notes == ()
    assert [f.rule for r in deck.refused for f in r.findings] == ["dangling_pronoun"]


def test_judging_a_card_loads_no_model() -> None:
    script = (
        "import sys\n"
        "from desktop.decks.ranking import shipped_ranker\n"
        "from tests.decks.factory import question_note\n"
        "assert 0 < shipped_ranker().probability(question_note()) < 1\n"
        "print([m for m in ('spacy', 'onnxruntime', 'numpy', 'PySide6') if m in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
