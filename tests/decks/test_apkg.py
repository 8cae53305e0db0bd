"""Packages, judged by the real Anki."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.decks.apkg import UNDATED, deck_name, media_name, write_apkg
from desktop.decks.deck import Deck
from desktop.decks.note_types import NOTE_TYPES
from desktop.errors import InputError, OutputError
from desktop.reading.document import Picture
from tests.anki_judge import AnkiJudge, Verdict
from tests.decks.factory import cloze_note, deck, evidence, question_note, term_note

#: Over all ids and names of version 1.
PINNED = "e7dd0c24252a73ebd048d0c13d7326e8a118f37f9ed93a247a04b192c5725f4f"

HOSTILE = (
    "a < b & <b>c</b> {{c1::d}} }} :: {{Front}} [sound:x.mp3] [latex]e[/latex] &amp; \x00\x1f f"
)


def package(folder: Path, contents: Deck, name: str = "deck.apkg", **options: object) -> Path:
    path = folder / name
    write_apkg(contents, path, **options)  # type: ignore[arg-type]
    return path


def times_stored(path: Path) -> set[int]:
    """Return the times of change of all notes and cards in a package."""
    with zipfile.ZipFile(path) as archive:
        data = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        return {
            row[0]
            for row in connection.execute("select mod from notes union select mod from cards")
        }


def test_all_notes_are_new_then_all_known(tmp_path: Path, anki: AnkiJudge) -> None:
    path = package(tmp_path, deck())
    assert anki.take_package(path) == Verdict(new=3, updated=0, duplicate=0, conflicting=0)
    assert anki.problems() == []
    assert anki.take_package(path) == Verdict(new=0, updated=0, duplicate=3, conflicting=0)
    assert anki.problems() == []


def test_cards_show_question_answer_evidence_title_and_author(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    anki.take_package(package(tmp_path, deck()))
    question, cloze, term, definition = anki.cards()
    source = "A. Keeper The Keeper's Log"
    assert question.front == "When was the lamp lit?"
    assert question.back == (
        "When was the lamp lit? at dusk on 4 May 1871 The lamp was lit at dusk on 4 May 1871. "
        + source
    )
    assert cloze.front == "The lamp was lit at dusk on [date]."
    assert cloze.back == f"The lamp was lit at dusk on 4 May 1871. {source}"
    assert term.front == "Fresnel lens"
    assert "a lens of stepped rings" in term.back
    assert (
        definition.front == "a lens of stepped rings that gathers the light of a lamp into a beam"
    )
    assert definition.back.endswith(f"Fresnel lens A Fresnel lens stood around the flame. {source}")


def test_a_definition_that_names_its_term_asks_for_it_with_a_blank(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    named = term_note(front="Cold War", back="The Cold War was a rivalry of two powers.")
    bare = term_note(id="bare", front="Light", back="a light")
    anki.take_package(package(tmp_path, deck(named, bare)))
    fronts = [(card.template, card.front) for card in anki.cards()]
    assert fronts == [
        ("Term", "Cold War"),
        ("Definition", "The […] was a rivalry of two powers."),
        ("Term", "Light"),  # nothing would be left to ask with
    ]
    assert "The Cold War was a rivalry of two powers. Cold War" in anki.cards()[1].back
    assert anki.problems() == []


def test_a_definition_from_a_reference_work_names_it_and_its_licence(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    notes = [
        term_note(id=rule, rule=rule)
        for rule in ("term_encyclopedia", "word_dictionary", "term_document")
    ]
    anki.take_package(package(tmp_path, deck(*notes)))
    backs = {card.guid: card.back for card in anki.cards()}
    assert "Wikipedia (CC BY-SA 4.0)" in backs["term_encyclopedia"]
    assert "Open English WordNet 2024 (CC BY 4.0)" in backs["word_dictionary"]
    assert "CC BY" not in backs["term_document"]


def test_evidence_marks_the_answer_and_never_shows_on_a_front(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    anki.take_package(package(tmp_path, deck()))
    cards = anki.cards()
    assert '<mark class="gl-mark">at dusk on 4 May 1871</mark>' in cards[0].back_html
    for card in cards:
        assert "gl-evidence" not in card.front_html.split("</style>")[1]
        assert "Keeper" not in card.front


def test_two_exports_have_the_same_bytes(tmp_path: Path) -> None:
    picture = Picture("map.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    pictures = {"glossator-q-1": (picture,)}
    first = package(tmp_path, deck(), "one.apkg", pictures=pictures)
    second = package(tmp_path, deck(), "two.apkg", pictures=pictures)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_a_note_changed_later_is_updated_and_the_others_are_left_alone(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    notes = (question_note(modified=1_780_000_000), term_note(modified=1_780_000_000))
    anki.take_package(package(tmp_path, deck(*notes)))
    kept = anki.note("glossator-t-1")
    kept["Definition"] = "what the reader wrote in Anki"
    anki.collection.update_note(kept)
    changed = replace(notes[0], back="on 4 May 1871", modified=1_780_000_500)
    verdict = anki.take_package(package(tmp_path, deck(changed, notes[1]), "later.apkg"))
    assert (verdict.new, verdict.updated, verdict.duplicate) == (0, 1, 1)
    assert anki.note("glossator-q-1")["Answer"] == "on 4 May 1871"
    assert anki.note("glossator-t-1")["Definition"] == "what the reader wrote in Anki"
    assert anki.problems() == []


def test_a_note_without_a_date_takes_source_date_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert times_stored(package(tmp_path, deck(), "plain.apkg")) == {UNDATED}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert times_stored(package(tmp_path, deck(), "dated.apkg")) == {1_790_000_000}


def test_decks_nest_and_new_cards_come_in_the_order_of_the_deck(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    notes = [question_note(id=f"n{i}", front=f"Question {i:02}?") for i in range(30)]
    anki.take_package(package(tmp_path, deck(*notes, name="Reading::Lamps::Log")))
    cards = anki.cards()
    assert {card.deck for card in cards} == {"Reading::Lamps::Log"}
    assert [card.front for card in cards] == [f"Question {i:02}?" for i in range(30)]
    assert [card.position for card in cards] == list(range(1, 31))
    names = {entry.name for entry in anki.collection.decks.all_names_and_ids()}
    assert {"Reading", "Reading::Lamps"} <= names
    anki.collection.decks.select(anki.collection.decks.id("Reading::Lamps::Log"))
    assert anki.collection.sched.getCard().question().count("Question 00?") == 1


def test_tags_of_the_reader_stay_and_our_own_share_one_prefix(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    anki.take_package(package(tmp_path, deck(question_note(tags=("two words", "a::b", " ")))))
    assert anki.cards()[0].tags == ("a::b", "glossator", "two_words")


@pytest.mark.parametrize("name", ["plain", "A:: ::B", '::x::"y"::', "Ünï::漢字", " \t::"])
def test_deck_names_arrive_as_they_were_written(tmp_path: Path, anki: AnkiJudge, name: str) -> None:
    anki.take_package(package(tmp_path, deck(question_note(), name=name)))
    assert [card.deck for card in anki.cards()] == [deck_name(name)]
    assert anki.problems() == []


def test_text_that_looks_like_markup_is_shown_as_it_is(tmp_path: Path, anki: AnkiJudge) -> None:
    shown = "a < b & <b>c</b> {{c1::d}} }} :: {{Front}} [sound:x.mp3] [latex]e[/latex] &amp; f"
    notes = (
        question_note(front=HOSTILE, back=HOSTILE, title=HOSTILE, author=HOSTILE,
                      evidence=evidence(f"{HOSTILE} and more")),
        term_note(front="Fresnel", back=HOSTILE),
    )  # fmt: skip
    assert anki.take_package(package(tmp_path, deck(*notes))).new == 2
    question, term, definition = anki.cards()
    assert question.front == definition.front == shown
    assert question.back.startswith(f"{shown} {shown} ")
    assert term.back.startswith(f"Fresnel {shown} ")
    assert anki.collection.get_card(anki.collection.find_cards("")[0]).answer_av_tags() == []
    assert anki.problems() == []


@pytest.mark.parametrize(
    ("before", "answer", "hint", "after"),
    [
        ("In {{c2::x}} it says ", "that", None, " {{so}}."),
        ("A::B means ", "std::vector<int>", None, "::end"),
        ("{", "}", "a :: b", "}"),
        ("<b>&amp;", "x}} y", "h<i>", "</b>"),
        ("", "the whole {{c1::sentence}}", None, ""),
        ("one: ", ":two:", None, ": three"),
    ],
)
def test_a_cloze_hides_its_answer_whatever_the_text_holds(
    tmp_path: Path, anki: AnkiJudge, before: str, answer: str, hint: str | None, after: str
) -> None:
    gap = f"{{{{c1::{answer}{f'::{hint}' if hint else ''}}}}}"
    note = cloze_note(cloze=before + gap + after, back=before + answer + after, title="", author="")
    assert anki.take_package(package(tmp_path, deck(note))).new == 1
    (card,) = anki.cards()
    assert card.front == f"{before}[{hint or '...'}]{after}".strip()
    assert card.back.startswith((before + answer + after).strip())
    assert anki.problems() == []


def test_a_cloze_with_two_numbers_makes_two_cards(tmp_path: Path, anki: AnkiJudge) -> None:
    note = cloze_note(cloze="{{c1::One}} and {{c2::two}}.", back="One and two.")
    anki.take_package(package(tmp_path, deck(note)))
    assert [card.front for card in anki.cards()] == ["[...] and two.", "One and [...]."]


def test_a_cloze_without_a_gap_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="The lamp was lit"):
        package(tmp_path, deck(cloze_note(cloze="The lamp was lit at dusk on 4 May 1871.")))
    assert list(tmp_path.iterdir()) == []


def test_pictures_with_one_name_and_different_content_both_arrive(
    tmp_path: Path, anki: AnkiJudge
) -> None:
    one = Picture("img/map.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    two = Picture("old/map.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")
    notes = (question_note(), question_note(id="second"))
    pictures = {"glossator-q-1": (one,), "second": (two,)}
    anki.take_package(package(tmp_path, deck(*notes), pictures=pictures))
    folder = Path(anki.collection.media.dir())
    for picture, card in zip((one, two), anki.cards(), strict=True):
        assert (folder / media_name(picture)).read_bytes() == picture.data
        assert media_name(picture) in card.back_html
    assert anki.collection.media.check().missing == []


def test_ids_of_note_types_fields_and_templates_never_change() -> None:
    from hashlib import sha256

    listing = json.dumps(
        [
            [t.id, t.name, [[f, t.field_id(f)] for f in t.fields],
             [[n, t.template_id(n)] for n, _ in t.templates]]
            for t in NOTE_TYPES.values()
        ]
    )  # fmt: skip
    assert sha256(listing.encode()).hexdigest() == PINNED, (
        "note types of version 1 are frozen: a changed field or id splits every reader's note type"
    )


def test_anki_keeps_our_ids_and_adds_no_second_note_type(tmp_path: Path, anki: AnkiJudge) -> None:
    anki.take_package(package(tmp_path, deck()))
    anki.take_package(package(tmp_path, deck(question_note(id="n2"), name="Other"), "b.apkg"))
    ours = [m for m in anki.collection.models.all() if m["name"].startswith("Glossator")]
    assert {m["id"] for m in ours} == {t.id for t in NOTE_TYPES.values()}
    for note_type in NOTE_TYPES.values():
        model = anki.collection.models.get(note_type.id)
        assert model is not None
        assert [f["id"] for f in model["flds"]] == [note_type.field_id(f) for f in note_type.fields]
        assert [t["id"] for t in model["tmpls"]] == [
            note_type.template_id(name) for name, _ in note_type.templates
        ]


def test_an_output_that_cant_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    old = tmp_path / "deck.apkg"
    old.write_bytes(b"old")
    with pytest.raises(OutputError, match=r"a file, not a folder"):
        write_apkg(deck(), old / "inside.apkg")
    with pytest.raises(OutputError, match=r"create the folder"):
        write_apkg(deck(), tmp_path / "absent" / "deck.apkg")
    folder = tmp_path / "folder.apkg"
    folder.mkdir()
    with pytest.raises(OutputError, match=r"is a folder"):
        write_apkg(deck(), folder)
    assert old.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["deck.apkg", "folder.apkg"]


def test_a_large_deck_is_written_and_taken(tmp_path: Path, anki: AnkiJudge) -> None:
    notes = [question_note(id=f"n{i}", front=f"Question {i}?") for i in range(3000)]
    path = package(tmp_path, deck(*notes))
    assert anki.take_package(path).new == 3000
    assert len(io.BytesIO(path.read_bytes()).getbuffer()) < 1_500_000
