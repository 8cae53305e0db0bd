import pytest

from desktop.language.lemmas import lemmas


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("went", ("go", "VERB")),
        ("mice", ("mouse", "NOUN")),
        ("running", ("run", "VERB")),
        ("Abolished", ("abolish", "VERB")),
        ("happier", ("happy", "ADJ")),
        ("boxes", ("box", "NOUN")),
        ("ladies’", ("lady", "NOUN")),
        ("ferryman's", ("ferryman", "NOUN")),
        ("river", ("river", "NOUN")),
    ],
)
def test_the_dictionary_form_is_found_from_an_inflected_one(word, lemma):
    assert lemma in lemmas(word)


def test_a_word_that_is_a_dictionary_form_comes_first():
    assert lemmas("saw")[0][0] == "saw"
    assert ("see", "VERB") in lemmas("saw")


def test_what_is_no_word_has_none():
    assert lemmas("") == lemmas("'") == lemmas("qwrtzp") == ()
