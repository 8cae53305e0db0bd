from __future__ import annotations

import pytest

from desktop.glossary.sense_choice import Question, choose


def question(word: str, pos: str, sentence: str) -> Question:
    start = sentence.index(word)
    return Question(word, pos, sentence, start, start + len(word))


@pytest.mark.parametrize(
    ("word", "pos", "sentence", "gloss"),
    [
        ("bolster", "VERB", "The talks are meant to bolster the alliance.", "support"),
        ("bolster", "NOUN", "She laid her head on the bolster and slept.", "pillow"),
        ("bank", "NOUN", "The bank lends money to companies at interest.", "financial"),
        ("veil", "NOUN", "Dense mist drew a veil over the face of the bride.", "garment"),
        ("tyre", "NOUN", "The van stood there with a flat tyre.", "hoop"),
        ("navy", "NOUN", "The Australian navy orders new ships.", "military vessels"),
    ],
)
def test_the_sense_follows_the_part_of_speech_and_the_sentence(
    word: str, pos: str, sentence: str, gloss: str
) -> None:
    (choice,) = choose([question(word, pos, sentence)])
    assert choice is not None
    assert gloss in choice.sense.gloss
    assert 0 < choice.confidence <= 1
    assert choice.sense not in choice.others


def test_a_word_without_entry_has_no_sense() -> None:
    assert choose([question("qwxzy", "NOUN", "A qwxzy.")]) == [None]
