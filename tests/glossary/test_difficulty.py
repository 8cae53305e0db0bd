from __future__ import annotations

import itertools

import pytest

from desktop.glossary.difficulty import difficulties
from desktop.glossary.extract import extract_glossary
from desktop.glossary.hard_words import find_hard_words
from desktop.glossary.levels import at_level, is_hard
from desktop.glossary.rarity import rarity
from desktop.glossary.term import TermKind
from desktop.glossary.word_features import FEATURES, features
from desktop.glossary.word_model import word_model
from desktop.language.analysis import Analysis, analyse, load_model
from desktop.settings import READING_LEVELS
from tests.documents import document_of

_TEXT = (
    "The gardener was a taciturn man. He pruned the wisteria with assiduous care, watered the "
    "beans in the evening and told nobody what the seeds had cost. His neighbours thought him "
    "obstinate; the children loved his strawberries and his quiet, rocky garden."
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(document_of(_TEXT))


def _difficulty(sentence: str, word: str) -> float:
    doc = load_model()(sentence)
    (token,) = [token for token in doc if token.text == word]
    return difficulties([doc[token.i : token.i + 1]], [token.lemma_.casefold()])[0]


@pytest.mark.parametrize("word", ["bellicosity", "vexatious", "taciturn", "macabre", "perfidy"])
def test_rare_words_are_hard(word: str) -> None:
    assert is_hard(_difficulty(f"They spoke of something {word} there.", word))


@pytest.mark.parametrize("word", ["relationship", "houses", "walking", "important", "favour"])
def test_common_words_are_easy_in_any_form_or_spelling(word: str) -> None:
    assert not is_hard(_difficulty(f"They spoke of {word} there.", word))
    assert rarity(word) < 0.5


def test_what_is_hard_at_a_level_is_hard_at_every_easier_one(analysis: Analysis) -> None:
    found = [
        {word.lemma for word in find_hard_words(analysis, set(), level)} for level in READING_LEVELS
    ]
    for easier, harder in itertools.pairwise(found):
        assert harder <= easier
    assert len(found[0]) > len(found[-1])


def test_a_reader_at_b2_knows_what_learners_meet_and_not_what_is_rare(analysis: Analysis) -> None:
    words = {word.lemma: word for word in find_hard_words(analysis, set())}
    assert {"taciturn", "assiduous"} <= set(words)
    assert not {"garden", "evening", "rocky", "strawberry", "quiet"} & set(words)
    assert all(0.62 <= word.difficulty <= 1 for word in words.values())


def test_words_can_be_left_out_by_lemma(analysis: Analysis) -> None:
    lemmas = {word.lemma for word in find_hard_words(analysis, set(), without={"taciturn"})}
    assert "taciturn" not in lemmas
    assert "assiduous" in lemmas
    glossary = extract_glossary(analysis, without=["taciturn"])
    assert "taciturn" not in {term.term for term in glossary.terms}


def test_a_glossary_with_easier_words_is_cut_to_a_level_without_a_new_analysis(
    analysis: Analysis,
) -> None:
    everything = extract_glossary(analysis, easier=True)
    words = [term for term in everything.terms if term.kind is TermKind.WORD]
    assert all(term.difficulty is not None for term in words)
    assert at_level(everything) == extract_glossary(analysis)
    sizes = [len(at_level(everything, level).terms) for level in READING_LEVELS]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[2]


def test_names_have_no_difficulty() -> None:
    glossary = extract_glossary(analyse(document_of("Anna Petrova moved to Lisbon in 1998.")))
    assert {term.difficulty for term in glossary.terms} == {None}


def test_phrases_get_a_chance_too_and_the_same_one_each_time() -> None:
    doc = load_model()("The committee gave short shrift to the recalcitrant tenants.")
    targets = [doc[2:6], doc[7:9], doc[1:2]]
    assert len(features(targets[0])) == FEATURES
    chances = word_model().chances(targets)
    assert chances == word_model().chances(targets)
    assert chances[1] > 0.5
    assert word_model().chances([]) == []
