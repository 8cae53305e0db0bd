from __future__ import annotations

import pytest

from desktop.glossary import dictionary


@pytest.mark.parametrize(
    ("lemma", "parts"),
    [
        ("covert", ["ADJ", "ADJ", "NOUN", "NOUN"]),  # "secret or hidden; …", "a flock of coots"
        ("hobble", ["NOUN", "NOUN", "VERB", "VERB", "VERB"]),
        ("quotidian", ["ADJ"]),  # "found in the ordinary course of events"
        ("meanwhile", ["NOUN", "ADV", "ADV"]),
        ("unscrupulously", ["ADV"]),  # "without scruples"
    ],
)
def test_glosses_and_their_order_tell_the_parts_of_speech(lemma: str, parts: list[str]) -> None:
    assert [sense.pos for sense in dictionary.senses(lemma)] == parts


def test_the_form_with_an_entry_of_its_own_comes_first_but_for_verbs() -> None:
    assert dictionary.entry_form("auspices", "auspex", "NNS") == "auspices"
    assert dictionary.entry_form("crabs", "crab", "NNS") == "crab"
    assert dictionary.entry_form("accorded", "accord", "VBN") == "accord"
    assert dictionary.entry_form("qwxzy", "qwxzy", "NN") is None
