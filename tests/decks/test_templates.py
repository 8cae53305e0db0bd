"""Cards of other people's note types are rendered as the real Anki renders them."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from desktop.decks.card_page import card_page, latex_file, side_text, spoken_text
from desktop.decks.cloze_text import cloze_numbers, gap_only, plain_text, with_gap
from desktop.decks.collection import CollectionNoteType
from desktop.decks.templates import CardRenderer, RenderedSides, compiled
from tests.anki_judge import AnkiJudge, visible_text

FIELDS = {
    "F": "a <b>bold</b> &amp; word[sound:a.mp3] and {{c1::a gap::so}} with {{c2::another}}",
    "G": "green<br>grass",
    "Empty": " <br> ",
    "Japanese": "日本[にほん]語 漢字[かんじ] [sound:x.mp3]",
}
TEMPLATES = (
    "{{F}}",
    "{{text:F}} {{ F }} {{{G}}}",
    "{{F}} {{hint:G}}{{hint:Empty}}",
    "{{F}} {{type:G}}",
    "{{F}}{{#G}}has {{G}}{{#Empty}}never{{/Empty}}{{/G}}{{^Empty}}it is empty{{/Empty}}",
    "{{F}} {{^G}}no{{/G}} {{Tags}} | {{Type}} | {{Deck}} | {{Subdeck}} | {{Card}} | {{CardFlag}}",
    "{{furigana:Japanese}} / {{kanji:Japanese}} / {{kana:Japanese}} / {{text:furigana:Japanese}}",
    "{{F}}<!-- {{G}} {{Nothing}} --> after",
    "{{unknown:F}} {{text:unknown:G}}",
    "{{=<% %>=}}<%F%> <%text:G%> {{G}}",
    "{{#c1}}one {{F}}{{/c1}}{{^c1}}not one {{G}}{{/c1}}",
)
CLOZES = (
    "A {{c1::gap::a hint}} <i>and</i> {{c2::more {{c1::nested}} words}} {{c1::twice}}",
    "{{c1::a::b::c}} {{c2::x}y}} {{c3::<b>bold</b>}} {{c1,2::shared}}",
    r"Mathematics \( x_{ {{c1::i}} } < {{c2::y}} \) stays",
    "{{c2::only two::}} {{C2::capital}}",
)


def anki_sides(card: Any) -> RenderedSides:
    """What the real Anki shows, its marks of sounds turned back."""
    return RenderedSides(card.question(), card.answer())


def same_text(ours: str, theirs: str) -> None:
    ours = re.sub(r"\[sound:[^\]]*\]", "♪", ours)
    theirs = re.sub(r"\[anki:play:[^\]]*\]", "♪", theirs)
    assert visible_text(ours) == visible_text(theirs)


def note_type(model: dict[str, Any]) -> CollectionNoteType:
    return CollectionNoteType(model["id"], model["name"], 0, model)


def check(anki: AnkiJudge, note: Any) -> None:
    col = anki.collection
    model = note.note_type()
    fields = dict(zip([f["name"] for f in model["flds"]], note.fields, strict=True))
    cards = note.cards()
    assert cards
    for card in cards:
        ours = CardRenderer(note_type(model)).sides(
            fields, card.ord, deck=col.decks.name(card.did),
            tags=" ".join(note.tags), flag=card.user_flag(), card_id=card.id,
        )  # fmt: skip
        theirs = anki_sides(card)
        same_text(ours.question, theirs.question)
        same_text(ours.answer, theirs.answer)


def add_type(anki: AnkiJudge, templates: list[tuple[str, str]]) -> dict[str, Any]:
    models = anki.collection.models
    model = models.new("Mixed")
    for name in FIELDS:
        models.add_field(model, models.new_field(name))
    for number, (front, back) in enumerate(templates):
        template = models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        models.add_template(model, template)
    models.add(model)
    return models.by_name("Mixed")  # type: ignore[return-value]


def test_templates_are_filled_as_anki_fills_them(anki: AnkiJudge) -> None:
    back = "{{FrontSide}}<hr id=answer>{{G}} {{type:G}}"
    model = add_type(anki, [(front, back) for front in TEMPLATES])
    note = anki.collection.new_note(model)
    for place, text in enumerate(FIELDS.values()):
        note.fields[place] = text
    note.tags = ["one", "two::three"]
    anki.collection.add_note(note, anki.collection.decks.id("Far::Away"))
    assert len(note.cards()) == len(TEMPLATES)
    check(anki, note)


@pytest.mark.parametrize("text", CLOZES)
def test_gaps_are_shown_as_anki_shows_them(anki: AnkiJudge, text: str) -> None:
    col = anki.collection
    model = col.models.by_name("Cloze")
    assert model is not None
    for front in ("{{cloze:Text}}", "{{cloze-only:Text}} {{type:cloze:Text}} {{text:cloze:Text}}"):
        model["tmpls"][0]["qfmt"], model["tmpls"][0]["afmt"] = front, front + "<br>{{Back Extra}}"
        if "{{cloze:" not in front:
            model["tmpls"][0]["qfmt"] += "<i>{{cloze:Text}}</i>"
            model["tmpls"][0]["afmt"] += "<i>{{cloze:Text}}</i>"
        col.models.update_dict(model)
        note = col.new_note(model)
        note["Text"], note["Back Extra"] = text, "extra"
        col.add_note(note, col.decks.id("Default"))
        check(anki, note)


def test_all_standard_types_are_rendered_alike(anki: AnkiJudge) -> None:
    for model in anki.collection.models.all():
        note = anki.collection.new_note(model)
        note.fields = [f"<i>{f['name']}</i> & so on" for f in model["flds"]]
        if model.get("originalStockKind") == 6:
            note.fields[0] = "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}"
        elif model["type"] == 1:
            note.fields[0] = CLOZES[0]
        anki.collection.add_note(note, anki.collection.decks.id("Default"))
        if model.get("originalStockKind") != 6:  # a script draws it there
            check(anki, note)


def test_a_template_that_is_none_says_so() -> None:
    for source in ("{{#A}}x", "x{{/A}}", "{{#A}}{{/B}}", "{{#A}}" * 60, "x" * 200_000):
        assert compiled(source).problem
        assert compiled(source).filled({"A": "y"}, gap=1, question=True)
    assert "no field" in compiled("{{Nothing}}").filled({}, gap=1, question=True)


def test_a_missing_gap_and_a_blank_front_say_so() -> None:
    config = {"flds": [{"name": "T"}], "tmpls": [{"name": "C", "qfmt": "{{T}}", "afmt": "{{T}}"}]}
    basic = CollectionNoteType(1, "Basic", 0, config | {"type": 0})
    cloze = CollectionNoteType(1, "Cloze", 0, config | {"type": 1})
    assert "blank" in CardRenderer(basic).sides({"T": "<br>"}, 0).question
    assert "No cloze 2" in CardRenderer(cloze).sides({"T": "{{c1::x}}"}, 1).question


def test_a_gap_without_an_end_stays_as_text() -> None:
    assert with_gap("{{c2::x}} {{c1::none", 2, question=False).endswith("</span> {{c1::none")


def test_numbers_of_gaps() -> None:
    assert cloze_numbers("{{c1::a {{c3::b}}}} {{c2,4::c}} {{c5::open") == {1, 2, 3, 4}
    assert gap_only("{{c1::a::h}} {{c1::b}}", 1, question=True) == "h, ..."
    assert with_gap("{{c1::a}}", 2, question=True) == ""


def test_a_page_runs_and_fetches_nothing() -> None:
    side = (
        "<style>b{color:red}</style><script>alert(1)</script>x<SCRIPT src='//e.org/a.js'></SCRIPT>"
        "<img src='https://e.org/p.png'><img src=own.png><img alt=a src=\"file:///etc/passwd\">"
        "<iframe src=x></iframe><canvas></canvas>[sound:a &amp; b.mp3] end"
    )
    page = card_page(side, ".card{color:blue}")
    assert page.sounds == ("a & b.mp3",)
    assert page.css == ".card{color:blue}\nb{color:red}"
    assert 'src="own.png"' in page.body
    assert not re.search(r"(?i)script|alert|e\.org|passwd|iframe|canvas|<style", page.body)
    assert side_text(page.body).endswith("end")


def test_hints_open_and_typed_answers_are_told() -> None:
    side = compiled("{{hint:A}}[[type:B]]").filled({"A": "aha"}, gap=1, question=True)
    closed = card_page(side, "", typed=lambda field: f"<{field}>")
    assert "aha" not in closed.body
    assert "<B>" in closed.body
    number = re.search(r'href="hint:(\w+)"', closed.body)
    assert number
    assert "aha" in card_page(side, "", opened=[number[1]]).body


def test_latex_is_ankis_picture_or_its_source(anki: AnkiJudge) -> None:
    col = anki.collection
    for kind, text in (("latex", "a<br>b &amp; c"), ("$", "x^2"), ("$$", "y")):
        note = col.new_note(col.models.by_name("Basic"))
        note["Front"] = f"[{kind}]{text}[/{kind}]"
        col.add_note(note, col.decks.id("Default"))
        shown = note.cards()[0].question()
        name = latex_file(text, kind=kind)
        assert name in shown
        assert f'src="{name}"' in card_page(note["Front"], "", media=[name]).body
        assert "<code>" in card_page(note["Front"], "").body


def test_the_text_of_both_sides() -> None:
    sides = RenderedSides("<div>Who?</div>", "<div>Who?</div>\n<hr id=answer>I &amp; you<br>both")
    assert spoken_text(sides, {}) == ("Who?", "I & you\nboth")
    assert spoken_text(RenderedSides("a", "a"), {}) == ("a", "a")
    typed = RenderedSides("a[[type:B]]", "a [[type:nc:B]]<script>x()</script>")
    assert spoken_text(typed, {"B": "<b>word</b>"}) == ("a", "a word")
    assert plain_text("a<style>b</style><!-- c -->d<script>e</script>f < g") == "adf < g"


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<style", "\\(", "{{c1::", "日", "[latex]", "[[type:"]
)
def test_fields_made_to_take_long_do_not(piece: str) -> None:
    text = piece * 20_000
    template = {"name": "C", "qfmt": "{{furigana:cloze:T}}{{T}}", "afmt": "{{text:T}}"}
    config = {"flds": [{"name": "T"}], "type": 1, "tmpls": [template]}
    began = time.monotonic()
    sides = CardRenderer(CollectionNoteType(1, "C", 0, config)).sides({"T": text + "{{c1::x}}"}, 0)
    card_page(sides.question, "")
    spoken_text(sides, {})
    assert time.monotonic() - began < 5
