"""Bylines, dates, languages and marks: the small decisions that a frame rests on."""

from __future__ import annotations

import pytest

from desktop.reading.bylines import proper_case, split_byline
from desktop.reading.dates import iso_date
from desktop.reading.document import BlockKind, Mark, MarkKind
from desktop.reading.draft import Draft
from desktop.reading.markup import Markup, markup_of
from desktop.reading.tongue import language_of


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("BY ANNA BERG", ("Anna Berg",)),
        ("By Anna Berg and Jan Roth", ("Anna Berg", "Jan Roth")),
        ("By Anna Berg, Jan Roth & Mary-Ann O'Hara", ("Anna Berg", "Jan Roth", "Mary-Ann O'Hara")),
        ("By J. R. R. Tolkien", ("J. R. R. Tolkien",)),
        ("Von Jan von der Heide", ("Jan von der Heide",)),
        ("Par Émile Zola", ("Émile Zola",)),
        ("By Anna Berg, staff writer", ("Anna Berg",)),
        ("BY SEAN MCGUIRE", ("Sean McGuire",)),
        ("By the sea", ()),
        ("By noon nobody was left", ()),
        ("By 1990 Anna Berg had left", ()),
        ("Anna Berg", ()),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...]) -> None:
    assert split_byline(line) == authors


def test_names_in_capitals() -> None:
    assert proper_case("PIOTR VAN DEN BERG") == "Piotr van den Berg"
    assert proper_case("MARGARET O’NEILL") == "Margaret O’Neill"
    assert proper_case("Ludwig van Beethoven") == "Ludwig van Beethoven"


@pytest.mark.parametrize(
    ("text", "date"),
    [("12 March 2021", "2021-03-12"), ("March 12, 2021", "2021-03-12"),
     ("3. Oktober 1990", "1990-10-03"), ("2021-03-12", "2021-03-12"),
     ("1er mai 1968", "1968-05-01"), ("31 February 2020", None), ("spring 2020", None), ("", None)],
)  # fmt: skip
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The river rose in the night, and nobody in the village slept before it fell.", "en"),
        ("Der Fluss stieg in der Nacht, und niemand schlief, bevor er wieder fiel.", "de"),
        ("La rivière est montée dans la nuit, et personne n'a dormi dans le village.", "fr"),
        ("El río creció por la noche y nadie durmió en el pueblo hasta que se fue.", "es"),
        ("Il fiume è salito nella notte e nessuno nel paese ha dormito con la luce.", "it"),
        ("De rivier steeg in de nacht en niemand in het dorp heeft geslapen.", "nl"),
        ("Река поднялась ночью, и никто в деревне не спал.", "ru"),
        ("川は夜のうちに増水した。", "ja"),
        ("lorem xyzzy plugh", "und"),
        ("1234 5678", "und"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Plain words, and 2 * 3 * 4 = 24, and snake_case_names.", Markup.NONE),
        ("# One heading\n\nThen prose.", Markup.REMNANTS),
        ("Prose with *some* emphasis and **more** of it.", Markup.REMNANTS),
        ("User-agent: *\n# a remark\nDisallow: /", Markup.NONE),
        ("# One\n\n- a\n- b\n", Markup.MARKDOWN),
        ("---\ntitle: X\n---\nProse.", Markup.MARKDOWN),
        ("Prose\n\n![a](b.png)\n", Markup.MARKDOWN),
    ],
)
def test_markup_is_told_by_content(text: str, markup: Markup) -> None:
    assert markup_of(text) is markup


def test_edits_move_marks() -> None:
    draft = Draft(BlockKind.PARAGRAPH, "  one two-\nthree", marks=[Mark(6, 16, MarkKind.STRONG)])
    draft.edit([(0, 2, ""), (9, 11, "")])
    assert draft.text == "one twothree"
    (mark,) = draft.marks
    assert draft.text[mark.start : mark.end] == "twothree"
