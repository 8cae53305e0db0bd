"""Cloze notes: what is hidden is whole, and what was hidden comes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.decks.cloze import cloze_source, hidden, revealed, shown

_PLAIN = st.text(
    alphabet=st.characters(blacklist_characters="{}:", blacklist_categories=("Cs", "Cc")),
    min_size=1,
    max_size=80,
)


@given(_PLAIN, st.data())
def test_a_cloze_gives_its_statement_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    source = cloze_source(text, ((start, end),), ("hint",))
    assert revealed(source) == text
    assert hidden(source) == [text[start:end]]
    assert shown(source) == text[:start] + "[hint]" + text[end:]


def test_parts_that_belong_together_are_hidden_together() -> None:
    text = "Trade rose from $140 billion to $250 billion."
    source = cloze_source(text, ((16, 28), (32, 44)), ("amount", "amount"))
    assert source == "Trade rose from {{c1::$140 billion::amount}} to {{c1::$250 billion::amount}}."
    assert shown(source) == "Trade rose from [amount] to [amount]."


def test_without_a_hint_the_gap_is_an_ellipsis() -> None:
    assert shown(cloze_source("Water boils.", ((0, 5),), ("",))) == "[…] boils."
