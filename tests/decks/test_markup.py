"""Plain text in Anki's fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.decks.markup import Gap, asked_for, cloze_html, marked_html, parse_cloze, to_html
from tests.anki_judge import visible_text
from tests.decks.factory import cloze_note, question_note, term_note

#: Letters that are apt to be taken for markup.
TRICKY = st.text(alphabet="ab {}:c1<>&[]\\$;\"'", max_size=24)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("one\r\ntwo\rthree\n", "one<br>two<br>three<br>"),
        ("{{c1::x}}", "&#123;&#123;c1&#58;&#58;x&#125;&#125;"),
        ("std::map", "std&#58;&#58;map"),
        ("[sound:a.mp3] [$]x[/$]", "&#91;sound:a.mp3] &#91;$]x&#91;/$]"),
        ("a\x00b\x1fc\ud800", "a b c "),
        ("plain: 2:1 [note] $5", "plain: 2:1 [note] $5"),
    ],
)
def test_text_becomes_html_that_shows_it(text: str, html: str) -> None:
    assert to_html(text) == html


@given(TRICKY)
def test_nothing_of_a_text_is_lost_or_left_to_anki(text: str) -> None:
    html = to_html(text)
    assert visible_text(html) == " ".join(text.split())
    assert not any(syntax in html for syntax in ("{{", "}}", "::"))


@given(before=TRICKY, answer=TRICKY.filter(bool), hint=TRICKY.filter(bool), after=TRICKY)
def test_a_gap_is_found_again_in_any_text(before: str, answer: str, hint: str, after: str) -> None:
    sentence = before + answer + after
    pieces = parse_cloze(f"{before}{{{{c1::{answer}::{hint}}}}}{after}", sentence)
    assert "".join(p.answer if isinstance(p, Gap) else p for p in pieces) == sentence
    assert any(isinstance(piece, Gap) for piece in pieces)


def test_a_cloze_that_the_reader_changed_is_read_as_anki_reads_it() -> None:
    pieces = parse_cloze("On {{c2::4 May::day}} it {{c1::burned}}.", "Something else.")
    assert pieces == ["On ", Gap(2, "4 May", "day"), " it ", Gap(1, "burned"), "."]


@pytest.mark.parametrize(
    ("text", "parts", "html"),
    [
        ("lit at dusk, in May", ["At dusk"], 'lit <mark class="gl-mark">at dusk</mark>, in May'),
        ("May and May", ["May"], "May and May"),
        ("dismay in May", ["May"], 'dismay in <mark class="gl-mark">May</mark>'),
        ("the whole of it.", ["the whole of it"], "the whole of it."),
        ("a < b", ["a"], '<mark class="gl-mark">a</mark> &lt; b'),
        ("a b c", ["b c", "b"], 'a <mark class="gl-mark">b</mark> c'),
        ("nothing here", ["absent", "", "."], "nothing here"),
    ],
)
def test_what_is_asked_for_is_marked_where_it_stands_once(
    text: str, parts: list[str], html: str
) -> None:
    assert marked_html(text, parts) == html


def test_a_note_asks_for_its_answer_or_its_gaps() -> None:
    assert asked_for(question_note()) == ["at dusk on 4 May 1871"]
    assert asked_for(cloze_note()) == ["4 May 1871"]
    assert asked_for(term_note())[0] == "Fresnel lens"
    assert cloze_html(cloze_note()) == "The lamp was lit at dusk on {{c1::4 May 1871::date}}."
