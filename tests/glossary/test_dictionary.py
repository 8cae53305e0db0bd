from __future__ import annotations

import pytest

from desktop.glossary import dictionary


@pytest.mark.parametrize(
    ("gloss", "pos"),
    [
        ("the act of governing", "NOUN"),
        ("support and strengthen", "VERB"),
        ("to enlarge beyond bounds", "VERB"),
        ("causing irritation or annoyance", "ADJ"),
        ("deficient in amount or quality", "ADJ"),
        ("in an abundant manner", "ADV"),
        ("hoop that covers a wheel", "NOUN"),
        ("fruit (as a peach) whose flesh is soft", "NOUN"),
        ("readiness to embark on new ventures", "NOUN"),
    ],
)
def test_a_gloss_shows_the_part_of_speech_that_it_defines(gloss: str, pos: str) -> None:
    assert dictionary.gloss_pos(gloss) == pos


def test_the_form_with_an_entry_of_its_own_comes_first_but_for_verbs() -> None:
    assert dictionary.entry_form("auspices", "auspex", "NNS") == "auspices"
    assert dictionary.entry_form("crabs", "crab", "NNS") == "crab"
    assert dictionary.entry_form("accorded", "accord", "VBN") == "accord"
    assert dictionary.entry_form("qwxzy", "qwxzy", "NN") is None
