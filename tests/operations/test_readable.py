"""Plain text for a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.operations.readable import (
    card_lines,
    display_width,
    document_lines,
    shorten,
    table_lines,
)
from desktop.reading.opener import read_document
from tests.decks.factory import cloze_note, question_note

MARKDOWN = """# A Title

First paragraph.

## Below it

> Quoted words.

- one
- two
  - deeper

```
code  stays
```

Last paragraph.
"""


def test_every_kind_of_block_has_its_look() -> None:
    document = read_document(MARKDOWN.encode(), name="a.md", format="md")
    assert "\n".join(document_lines(document, 40)).rstrip() == "\n".join(
        [
            "A Title",
            "═══════",
            "",
            "First paragraph.",
            "",
            "Below it",
            "────────",
            "",
            "    Quoted words.",
            "",
            "• one",
            "• two",
            "  • deeper",
            "",
            "    code  stays",
            "",
            "Last paragraph.",
        ]
    )


def test_a_table_is_aligned_and_wraps_its_last_column() -> None:
    rows = [("lamp", "7", "what burns at night and is put out at dawn"), ("漢字", "12", "letters")]
    assert list(table_lines(("Term", "Times", "Meaning"), rows, 36)) == [
        "Term  Times  Meaning",
        "────  ─────  ───────────────────────",
        "lamp      7  what burns at night and",
        "             is put out at dawn",
        "漢字     12  letters",
    ]


@given(
    st.lists(st.tuples(st.text(max_size=30), st.text(max_size=60)), max_size=4),
    st.integers(min_value=40, max_value=100),
)
def test_no_line_of_a_table_is_wider_than_asked(rows: list[tuple[str, str]], width: int) -> None:
    for line in table_lines(("One", "Two"), rows, width):
        assert display_width(line) <= width


def test_a_card_shows_its_sentence_where_it_says_more() -> None:
    shown = "\n".join(card_lines([question_note(), cloze_note()], 80))
    assert shown.count("The lamp was lit at dusk on 4 May 1871.") == 2
    assert "1. When was the lamp lit?" in shown
    assert "2. The lamp was lit at dusk on […]." in shown
    without = replace(cloze_note(), back="It was lit.")
    assert "“The lamp was lit" in "\n".join(card_lines([without], 80))


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [("lamp", 4, "lamp"), ("lamps", 4, "lam…"), ("漢字漢字", 5, "漢字…"), ("", 3, "")],
)
def test_shortening_counts_columns(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short
