import pytest

from desktop.installed_data import word_counts
from desktop.reading.hyphenation import break_points, can_break, is_quick


def shown(text: str, language: str = "en") -> str:
    points = break_points(text, language)
    return "".join(("|" if at in points else "") + letter for at, letter in enumerate(text))


def test_long_words_are_broken_by_the_patterns_of_their_language():
    assert "|" in shown("incomprehensibly")
    assert shown("Straßenbahn", "de") == "Stra|ßen|bahn"
    assert break_points("incomprehensibly", "en-GB") == break_points("incomprehensibly", "en_GB")


@pytest.mark.parametrize(
    "text",
    ["the", "NATO", "UNESCO", "McDonald", "https://example.org/evaporation", "a@example.org",
     "version2.example", "some_identifier_name", "C:\\Windows\\System", "evaporation7"],
)  # fmt: skip
def test_short_words_capitals_and_what_is_no_prose_stay_whole(text):
    assert break_points(text, "en") == ()


def test_enough_letters_stay_on_both_lines():
    for word in ("evaporation", "thoroughness", "contemporaries", "counterfeited"):
        assert all(2 <= point <= len(word) - 3 for point in break_points(word, "en"))


def test_points_count_from_the_beginning_of_the_text():
    text = "𝔖o the evaporation went on; evaporation!"
    first, second = text.index("evaporation"), text.rindex("evaporation")
    points = break_points(text, "en")
    assert {p - first for p in points if p < second} == {p - second for p in points if p > second}


def test_the_patterns_are_applied_as_their_own_package_does():
    import pyphen

    theirs = pyphen.Pyphen(lang="en_GB", left=2, right=3)
    words = [word for word in list(word_counts())[:3_000] if word.isalpha() and word.islower()]
    for word in words:
        if len(word) >= 5:
            assert break_points(word, "en") == tuple(map(int, theirs.positions(word))), word


def test_large_files_are_told_to_be_slow_until_they_are_read():
    assert is_quick("en")
    assert is_quick("xx")
    can_break("hu")
    assert is_quick("hu")


def test_a_language_without_patterns_is_left_alone():
    assert not can_break("xx")
    assert break_points("evaporation", "xx") == ()
