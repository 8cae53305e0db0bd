"""Each rule of the card linter with cards that it refuses and cards that it lets pass."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.decks.deck import Note, NoteKind
from desktop.decks.quality import REASONS, lint, lint_deck
from tests.decks.factory import cloze_note, evidence, question_note, term_note

TREATY = "In 1648 the Peace of Westphalia ended the Thirty Years’ War in the Holy Roman Empire."
WUNDT = "Wilhelm Wundt established a laboratory in Leipzig in 1879."


def question(front: str, back: str, quote: str = TREATY, **changes: Any) -> Note:
    return question_note(front=front, back=back, evidence=evidence(quote), **changes)


def cloze(source: str, quote: str) -> Note:
    from desktop.decks.cloze import revealed, shown

    return cloze_note(
        front=shown(source), back=revealed(source), cloze=source, evidence=evidence(quote)
    )


def rules(note: Note) -> set[str]:
    return {finding.rule for finding in lint(note)}


SOUND = [
    question("Which peace ended the Thirty Years’ War in 1648?", "The Peace of Westphalia"),
    question("In which year did the Peace of Westphalia end the Thirty Years’ War?", "1648"),
    question("Who established a laboratory in Leipzig in 1879?", "Wilhelm Wundt", WUNDT),
    cloze("In {{c1::1648::year}} the Peace of Westphalia ended the Thirty Years’ War.", TREATY),
    term_note(),
    question(
        "How does Ada Cole describe the harbour of Genoa?",
        "A wonderful mess",
        "Ada Cole describes the harbour of Genoa as a wonderful mess.",
    ),
    question(
        "Which country never recognised the annexation of Crimea?",
        "China",
        "China never recognised the annexation of Crimea.",
    ),
]

FAULTY = {
    "ambiguous_reference": [
        question("In which year did the dispute end?", "1648", "The dispute ended in 1648."),
        question(
            "Who ruled this region until 1898?", "Spain", "Spain ruled this region until 1898."
        ),
        question("When did the two presidents meet?", "1987", "The two presidents met in 1987."),
    ],
    "dangling_pronoun": [
        question("When did he open the laboratory in Leipzig?", "1879", "He opened it in 1879."),
        question("What did they release in Beijing?", "A statement", "They released a statement."),
        cloze("It was founded in {{c1::1949::year}} by twelve states.", "It was founded in 1949."),
    ],
    "two_answers": [
        question("What was one of the causes of the Thirty Years’ War?", "Faith", TREATY),
        cloze("Countries such as {{c1::France}} signed the peace in Münster.", TREATY),
        question("Which peace ended the war in 1648?", "Westphalia or Münster", TREATY),
    ],
    "answer_leaked": [
        question("What did the Peace of Westphalia bring in 1648?", "The Peace of Westphalia"),
        cloze("Wundt’s laboratory was opened by {{c1::Wundt}} in Leipzig in 1879.", WUNDT),
        term_note(front="light", term="light", back="the light of a light lamp"),
    ],
    "too_long": [
        question("Which peace " + "long " * 25 + "ended the war?", "Westphalia"),
        question("Which peace ended the war of 1648?", "the peace " * 5),
        term_note(back="word " * 60),
    ],
    "trivial": [
        question("Did the Peace of Westphalia end the Thirty Years’ War?", "Yes"),
        question("What was there?", "It"),
    ],
    "opinion_as_fact": [
        question("Which peace was wonderful for the Holy Roman Empire?", "Westphalia", TREATY),
        question("Which state must leave the Holy Roman Empire?", "Bavaria", TREATY),
    ],
    "dropped_modality": [
        question(
            "Which people reached Ireland in the year 82?",
            "The Romans",
            "The Romans might have reached Ireland in the year 82.",
        ),
        question(
            "Which country recognised the annexation of Crimea?",
            "China",
            "China has never recognised the annexation of Crimea.",
        ),
    ],
    "broken_agreement": [
        question("Who are the founder of psychology in Leipzig?", "Wilhelm Wundt", WUNDT),
        question("What did Wundt wrote in Leipzig?", "A book", "Wundt wrote a book in Leipzig."),
        question("Who opened a laboratory in Leipzig , in 1879?", "Wilhelm Wundt", WUNDT),
        term_note(back="of a lens of stepped glass rings"),
    ],
    "not_standing_alone": [
        question("How much was the trade of China worth last year?", "$140 billion", TREATY),
        question("Which party currently governs Bavaria?", "The CSU", "The CSU governs Bavaria."),
    ],
    "unanswerable": [
        question("Which peace ended the Thirty Years’ War in 1648?", "The Treaty of Trianon"),
        question("Where do penguins breed in the southern winter months?", "1648", TREATY),
    ],
}


@pytest.mark.parametrize("note", SOUND, ids=lambda note: note.front[:40])
def test_a_sound_card_passes(note: Note) -> None:
    assert lint(note) == ()


@pytest.mark.parametrize(
    ("rule", "note"), [(rule, note) for rule, notes in FAULTY.items() for note in notes]
)
def test_a_faulty_card_is_found(rule: str, note: Note) -> None:
    assert rule in rules(note)


def test_every_rule_is_tried_and_has_a_reason() -> None:
    assert set(REASONS) == set(FAULTY) | {"duplicate"}
    for notes in FAULTY.values():
        for note in notes:
            assert all(finding.reason.endswith(".") for finding in lint(note))


def test_the_same_question_twice_is_a_duplicate() -> None:
    first, second = SOUND[0], question_note(
        id="other", front=SOUND[0].front, back=SOUND[0].back, evidence=SOUND[0].evidence
    )  # fmt: skip
    found = lint_deck([first, second])
    assert found[first.id] == ()
    assert [f.rule for f in found["other"]] == ["duplicate"]


def test_a_card_that_names_its_text_may_lean_on_it() -> None:
    note = question(
        "In “The Long War”, in which year did the dispute end?",
        "1648",
        "The dispute ended in 1648.",
    )
    assert "ambiguous_reference" not in rules(note)


def test_the_kinds_of_notes_are_all_judged() -> None:
    assert {note.kind for notes in FAULTY.values() for note in notes} == set(NoteKind)
