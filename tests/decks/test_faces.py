"""The faces of cards, and the rewording of notes."""

from __future__ import annotations

from desktop.decks.deck import Note, NoteKind
from desktop.decks.faces import card_faces, reworded
from tests.library.factory import make_document, make_note

DOCUMENT = make_document()


def cloze(source: str, front: str, back: str) -> Note:
    return make_note(DOCUMENT, 1, kind=NoteKind.CLOZE, front=front, back=back, cloze=source)


def test_a_plain_note_has_the_faces_that_it_says() -> None:
    note = make_note(DOCUMENT, 1)
    assert card_faces(note, 0) == (note.front, note.back)


def test_a_cloze_of_one_gap_keeps_the_front_that_was_made_for_it() -> None:
    note = cloze("{{c1::Xi}} met Putin.", "[who?] met Putin.", "Xi met Putin.")
    assert card_faces(note, 0) == ("[who?] met Putin.", "Xi met Putin.")


def test_each_gap_of_a_cloze_is_asked_with_its_hint() -> None:
    note = cloze("{{c1::A}} and {{c2::B::letter}} and {{c1::C}}", "x", "A and B and C")
    assert card_faces(note, 0) == ("[…] and B and […]", "A and B and C")
    assert card_faces(note, 1) == ("A and [letter] and C", "A and B and C")


def test_rewording_a_cloze_derives_both_faces() -> None:
    note = reworded(cloze("{{c1::A}} b", "[…] b", "A b"), cloze=" {{c2::New::h}} text ")
    assert (note.cloze, note.front, note.back) == ("{{c2::New::h}} text", "[h] text", "New text")


def test_rewording_with_the_same_source_keeps_the_faces() -> None:
    note = cloze("{{c1::A}} b", "[hint] b", "A b")
    assert reworded(note, cloze=note.cloze) == note


def test_tags_can_be_changed_alone() -> None:
    note = make_note(DOCUMENT, 1)
    assert reworded(note, tags=("x",)).tags == ("x",)
    assert reworded(note, front=" New? ").front == "New?"
