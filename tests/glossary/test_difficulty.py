from __future__ import annotations

import pytest

from desktop.glossary.difficulty import THRESHOLDS, difficulty, is_hard


@pytest.mark.parametrize("word", ["bellicosity", "promulgated", "vexatious", "portend", "macabre"])
def test_rare_words_are_hard(word: str) -> None:
    assert is_hard(word)


@pytest.mark.parametrize("word", ["relationship", "houses", "walking", "important", "favour"])
def test_common_words_are_not_hard_in_any_form_or_spelling(word: str) -> None:
    assert not is_hard(word)


def test_a_higher_level_never_has_more_hard_words() -> None:
    words = ["thwart", "domain", "meager", "alliance", "entente", "bolster", "tree"]
    counts = [sum(is_hard(word, level) for word in words) for level in THRESHOLDS]
    assert counts == sorted(counts, reverse=True)


def test_difficulty_is_a_share() -> None:
    assert all(0 <= difficulty(word) <= 1 for word in ["the", "entente", "qwxzy", "a", "ing"])
