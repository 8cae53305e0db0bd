import pytest

from desktop.glossary.search import Query, searchable, stem
from tests.glossary.factory import document, glossary


@pytest.mark.parametrize(
    "forms",
    [
        "treaty treaties", "annex annexed annexes annexing", "plan plans planned planning",
        "rely relies relied", "bake bakes baked baking", "city cities city's", "happy happier",
        "carve carves carved carving", "heavy heavily", "class classes",
    ],
)  # fmt: skip
def test_the_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


def test_short_words_and_other_words_keep_apart():
    assert stem("bus") == "bus"
    assert stem("red") == "red"
    assert stem("ring") == "ring"
    assert stem("thing") != stem("the")


def found(words: str) -> list[str]:
    return [t.term for t in glossary().terms if Query(words).finds(searchable(t, document()))]


def test_names_other_names_meanings_and_forms_are_searched():
    assert found("STAVES") == ["stave"]
    assert found("lind kept") == ["Maria Lind"]
    assert found("cereals") == ["rye"]
    assert found("grooves cutting") == ["croze"]
    assert found("locomotive") == []
    assert not Query("  ")
