import pytest

from desktop.glossary.hints import short_gloss
from desktop.glossary.term import Definition, DefinitionSource


@pytest.mark.parametrize(
    ("meaning", "hint"),
    [
        ("a narrow strip of wood; slat", "slat"),
        ("the act of crossing a river", "crossing a river"),
        ("someone who makes barrels", "one who makes barrels"),
        ("to bend (as wood) under steam", "bend under steam"),
        ("a heavy hammer with a long wooden handle used by smiths", "heavy hammer with a long…"),
        ("a tool that cuts grooves in the staves of a barrel", None),
        ("", None),
    ],
)
def test_a_hint_is_the_shortest_form_of_a_meaning(meaning, hint):
    assert short_gloss(Definition(meaning, DefinitionSource.DICTIONARY)) == hint


def test_a_hint_never_ends_in_the_middle_of_nothing():
    for meaning in ("a state of being in the middle of a very long affair", "the last of the many"):
        hint = short_gloss(Definition(meaning, DefinitionSource.DICTIONARY))
        assert hint is None or not hint.rstrip("…").endswith((" of", " the", " a", " in"))
