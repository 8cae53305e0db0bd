from desktop.language.frequency import UNGRADED, grade, is_known, zipf


def test_common_words_are_more_frequent_than_rare_ones() -> None:
    assert zipf("the") > zipf("house") > zipf("promulgate") >= zipf("qwxzy")


def test_grades_know_everyday_words_and_leave_rare_ones_ungraded() -> None:
    assert grade("House") == 10
    assert grade("bellicosity") > 35
    assert grade("qwxzy") == UNGRADED


def test_a_word_is_known_when_either_list_has_it() -> None:
    assert is_known("houses")
    assert not is_known("qwxzy")
