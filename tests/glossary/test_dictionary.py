from __future__ import annotations

import pytest

from desktop.glossary import dictionary
from desktop.glossary.dictionary import Question


@pytest.mark.parametrize(
    ("gloss", "pos"),
    [
        ("the act of governing", "NOUN"),
        ("support and strengthen", "VERB"),
        ("to enlarge beyond bounds", "VERB"),
        ("causing irritation or annoyance", "ADJ"),
        ("deficient in amount or quality", "ADJ"),
        ("in an abundant manner", "ADV"),
        ("readiness to embark on new ventures", "NOUN"),
    ],
)
def test_a_gloss_shows_the_part_of_speech_that_it_defines(gloss: str, pos: str) -> None:
    assert dictionary.gloss_pos(gloss) == pos


def question(word: str, pos: str, sentence: str) -> Question:
    start = sentence.index(word)
    return Question(word, pos, sentence, start, start + len(word))


@pytest.mark.parametrize(
    ("word", "pos", "sentence", "gloss"),
    [
        ("bolster", "VERB", "The talks are meant to bolster the alliance.", "support"),
        ("bolster", "NOUN", "She laid her head on the bolster and slept.", "pillow"),
        ("bank", "NOUN", "The bank lends money to companies at interest.", "financial"),
        ("concession", "NOUN", "As a concession to the strikers he raised their pay.", "conced"),
        ("navy", "NOUN", "The Australian navy orders new ships.", "military vessels"),
    ],
)
def test_the_sense_follows_the_part_of_speech_and_the_sentence(
    word: str, pos: str, sentence: str, gloss: str
) -> None:
    (choice,) = dictionary.choose([question(word, pos, sentence)])
    assert choice is not None
    assert gloss in choice.sense.gloss
    assert 0 < choice.confidence <= 1
    assert choice.sense not in choice.others


def test_a_word_without_entry_has_no_sense() -> None:
    assert dictionary.choose([question("qwxzy", "NOUN", "A qwxzy.")]) == [None]


def test_the_form_with_an_entry_of_its_own_comes_first_but_for_verbs() -> None:
    assert dictionary.entry_form("auspices", "auspex", "NNS") == "auspices"
    assert dictionary.entry_form("crabs", "crab", "NNS") == "crab"
    assert dictionary.entry_form("accorded", "accord", "VBN") == "accord"
    assert dictionary.entry_form("qwxzy", "qwxzy", "NN") is None
