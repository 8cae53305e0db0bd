from __future__ import annotations

import pytest

from desktop.glossary import encyclopedia


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("UN", "United Nations"),
        ("the Russian Federation", "Russia"),
        ("People’s Republic of China", "China"),
        ("North Atlantic Treaty Organization", "NATO"),
        ("covid-19", "COVID-19"),
    ],
)
def test_other_names_lead_to_the_article(name: str, title: str) -> None:
    found = encyclopedia.article(name)
    assert found is not None
    assert found.title == title


def test_an_unknown_name_has_no_article() -> None:
    assert encyclopedia.article("Qwxzy of Nowhere") is None


def test_the_first_sentence_is_whole_and_without_asides() -> None:
    for title in ("Russia", "Sigmund Freud", "Houston", "DNA", "William James"):
        found = encyclopedia.article(title)
        assert found is not None
        sentence = found.first_sentence()
        assert sentence.endswith((".", "…"))
        assert "(" not in sentence
        assert len(sentence.split()) <= 47
