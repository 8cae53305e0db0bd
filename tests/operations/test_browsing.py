"""Browsing the library: searches beside it, and changes of many cards that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from desktop.decks.replacing import Replacement
from desktop.errors import InputError, LibraryError, SearchError
from desktop.operations.card_reader import Sorting, StudiedNow
from desktop.operations.workspace import Workspace
from desktop.study.card import CardState, Rating
from desktop.study.dates_due import DueWish
from tests.library.factory import Clock, accept_all, add_analysed, make_document, open_workspace


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path, clock)
    for title in ("Rivers", "Hills"):
        accept_all(workspace, add_analysed(workspace, make_document(title)))
    yield workspace
    workspace.close()


def study(workspace: Workspace, rating: Rating) -> int:
    item = workspace.next_card()
    assert item is not None
    workspace.answer(item.card.id, rating)
    return item.card.id


def test_words_fields_texts_and_kinds_find_cards(workspace: Workspace) -> None:
    everything = workspace.find_cards("")
    assert len(everything) == 12  # four questions and a cloze of two gaps for each text
    assert len(workspace.find_cards("rivers")) == 6
    assert len(workspace.find_cards("doc:rivers kind:cloze")) == 2
    assert len(workspace.find_cards('front:"How long is Hills number 1?"')) == 1
    assert workspace.find_cards("question:*hills*") == workspace.find_cards(
        "front:*hills* -kind:cloze"
    )
    assert len(workspace.find_cards("evidence:*naïve* -kind:cloze")) == 8
    assert len(workspace.find_cards('title:rivers author:"Ann Lee, Bo Ek"')) == 6
    assert workspace.find_cards("deck:glossator::rivers") == workspace.find_cards("doc:rivers")
    assert len(workspace.find_cards("tag:length")) == 12
    assert len(workspace.find_cards('note:"glossator cloze" card:2')) == 2


def test_what_was_refused_or_deleted_is_not_found(workspace: Workspace) -> None:
    workspace.refuse(["Rivers-1"])
    workspace.delete_notes(["Rivers-2"])
    workspace.suspend(["Rivers-3"])
    assert len(workspace.find_cards("doc:rivers")) == 4
    assert len(workspace.find_cards("is:suspended")) == 1
    workspace.refuse(["Rivers-3"])
    assert workspace.find_cards("is:suspended") == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("(a", "A bracket is open; close it, or type \\( for the sign itself."),
        ("prop:ease>2", "“prop:ease” isn't supported: FSRS has no ease; use prop:d, difficulty."),
        ("has-cd:x", "“has-cd:” isn't supported: cards here hold no custom data."),
        ("is:foo", "“is:foo” isn't known; after “is:” comes one of new, learn, review, due, "
         "suspended, buried, buried-manually, buried-sibling, leech, marked."),
        ("re:(", "A bracket is open; close it, or type \\( for the sign itself."),
        ('"re:("', "“(” is no regular expression (missing ), unterminated subpattern at position "
         "0)."),
    ],
)  # fmt: skip
def test_a_search_that_means_nothing_is_refused_in_a_sentence(
    workspace: Workspace, query: str, sentence: str
) -> None:
    with pytest.raises(SearchError) as caught:
        workspace.find_cards(query)
    assert str(caught.value) == sentence


def test_an_expression_that_would_never_end_is_given_up(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.library.note_text._PATIENCE", 0.2)
    workspace.edit_note("Rivers-1", back="a" * 5000)
    with pytest.raises(SearchError, match="takes too long"):
        workspace.find_cards('"re:(a|a)*b$"')
    assert workspace.find_cards('"re:^How.*miles"')


def test_cards_stand_in_the_order_that_was_asked_for(workspace: Workspace) -> None:
    by_id = workspace.find_cards("")
    assert by_id == sorted(by_id)
    assert workspace.find_cards("", Sorting("added", True)) == by_id[::-1]
    rows = workspace.card_rows(workspace.find_cards("", Sorting("front")))
    assert [row.front for row in rows] == sorted((row.front for row in rows), key=str.lower)
    for column in ("back", "deck", "due", "interval", "stability", "difficulty", "reps", "lapses",
                   "flag", "state", "position", "kind", "tags", "edited", "document"):  # fmt: skip
        for backwards in (False, True):
            assert sorted(workspace.find_cards("", Sorting(column, backwards))) == by_id


def test_a_row_tells_all_of_its_card(workspace: Workspace, clock: Clock) -> None:
    card = study(workspace, Rating.EASY)
    workspace.flag([card], 3)
    clock.move(days=2)
    (row,) = workspace.card_rows([card])
    assert (row.state, row.flag, row.reps, row.deck) == (
        CardState.REVIEW,
        3,
        1,
        "Glossator::Rivers",
    )
    assert row.interval == (row.due - row.last_review).days
    assert (row.note_type, row.template, row.document) == (
        "Glossator Question",
        "Question",
        "Rivers",
    )
    assert workspace.find_cards(f"prop:ivl={row.interval} flag:3 rated:3 -rated:1") == [card]
    assert workspace.card_rows([1, 2]) == []


def test_another_thread_reads_what_was_committed(workspace: Workspace) -> None:
    reader, found = workspace.card_reader(), []

    def work() -> None:
        found.append(reader.find("doc:rivers"))
        workspace_rows = reader.rows(found[0][:2])
        found.append([row.front for row in workspace_rows])
        found.append(reader.lists())
        reader.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert len(found[0]) == 6
    assert len(found[1]) == 2
    assert found[2].decks == ("Glossator", "Glossator::Hills", "Glossator::Rivers")
    assert found[2].tags == ("length",)
    assert found[2].documents == ("Hills", "Rivers")


def test_a_day_is_set_and_taken_back(workspace: Workspace, clock: Clock) -> None:
    known, new = study(workspace, Rating.EASY), workspace.find_cards("is:new")[3]
    before = workspace.card_rows([known, new])
    workspace.set_due([known, new], DueWish.parse("3"))
    after = workspace.card_rows([known, new])
    assert sorted(workspace.find_cards("prop:due=3")) == sorted([known, new])
    assert sorted(workspace.find_cards("resched:1")) == sorted([known, new])
    assert [row.state for row in after] == [CardState.REVIEW, CardState.REVIEW]
    assert after[0].stability == before[0].stability
    assert after[1].interval == 3
    clock.move(days=3)
    assert {known, new} <= set(workspace.find_cards("is:due"))
    assert workspace.undo() == "Set day of 2 cards"
    assert workspace.card_rows([known, new]) == before
    assert workspace.find_cards("resched:9") == []


def test_days_are_spread_evenly_and_always_alike(workspace: Workspace) -> None:
    cards = workspace.find_cards("")
    workspace.set_due(cards, DueWish.parse("1-4"))
    days = [workspace.find_cards(f"prop:due={day}") for day in range(1, 5)]
    assert sorted(card for found in days for card in found) == cards
    assert sum(map(bool, days)) >= 3
    assert workspace.find_cards("prop:due<1 or prop:due>4") == []


@pytest.mark.parametrize("text", ["", "x", "-1", "1-", "999999", "3!!", "1.5"])
def test_a_day_that_can_not_be_meant_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        DueWish.parse(text)


def test_cards_that_begin_anew_are_new_again(workspace: Workspace) -> None:
    card = study(workspace, Rating.EASY)
    workspace.forget([card])
    assert card in workspace.find_cards("is:new")
    assert workspace.find_cards("resched:1") == [card]
    assert workspace.find_cards("rated:1") == [card]


def test_tags_come_and_go(workspace: Workspace) -> None:
    cards = workspace.find_cards("doc:rivers")
    workspace.tag_cards(cards, add=["geo::water"], remove=["length"])
    assert workspace.find_cards("tag:geo") == cards
    assert workspace.find_cards("tag:length -doc:hills") == []
    workspace.undo()
    assert workspace.find_cards("tag:geo") == []


def test_text_is_replaced_in_the_notes_that_have_it(workspace: Workspace) -> None:
    cards = workspace.find_cards("")
    wish = Replacement("\\b(m)iles", "$1ilestones", regex=True)
    assert len(workspace.card_reader().count_replacements(cards, wish)) == 10
    assert workspace.replace_in_cards(cards, wish) == 10
    assert workspace.find_cards("back:*miles") == []
    assert len(workspace.find_cards('back:"*101 milestones*"')) == 2
    cloze = workspace.card_rows(workspace.find_cards("kind:cloze"))
    assert all("milestones" in row.back for row in cloze)
    assert workspace.undo() == "Replace text"
    assert len(workspace.find_cards("back:*milestones*")) == 0


def test_a_replacement_keeps_to_its_side_and_case(workspace: Workspace) -> None:
    cards = workspace.find_cards("doc:hills -kind:cloze")
    count = workspace.card_reader().count_replacements
    assert len(count(cards, Replacement("hills", "", side="front"))) == 4
    assert len(count(cards, Replacement("hills", "", match_case=True))) == 0
    assert len(count(cards, Replacement("miles", "x", side="front"))) == 0
    assert len(count(cards, Replacement(".", "x"))) == 0  # no regular expression


def test_what_would_take_a_side_or_a_gap_away_stays(workspace: Workspace) -> None:
    everything = workspace.find_cards("")
    assert workspace.replace_in_cards(everything, Replacement(".+", "", regex=True)) == 0
    assert workspace.replace_in_cards(everything, Replacement("{{c", "")) == 0
    assert workspace.check() == []


@pytest.mark.parametrize("wish", [
    Replacement("", "x"), Replacement("(", "x", regex=True), Replacement("a", "$3", regex=True),
])  # fmt: skip
def test_a_replacement_that_can_not_be_meant_is_refused(
    workspace: Workspace, wish: Replacement
) -> None:
    with pytest.raises(InputError):
        workspace.replace_in_cards(workspace.find_cards(""), wish)


def test_notes_with_the_same_text_are_found(workspace: Workspace) -> None:
    workspace.edit_note("Hills-1", front="  How LONG is rivers number 0?")
    groups = workspace.card_reader().duplicates("front")
    assert [notes for _text, notes in groups] == [["Hills-1", "Rivers-1"]]
    answers = workspace.card_reader().duplicates("back")
    assert len(answers) == 4  # both texts give the same numbers
    assert len(workspace.find_cards("nid:" + ",".join(answers[0][1]))) == 2


def test_chosen_cards_are_exported(workspace: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    cards = workspace.find_cards("doc:rivers kind:question")
    assert workspace.export_cards(cards, out, "Glossator::Mine") == 4
    assert out.read_text(encoding="utf-8").count("How long is Rivers") == 4
    with pytest.raises(LibraryError):
        workspace.export_cards([], out, "Mine")


def test_the_deck_that_is_studied_is_the_current_one(workspace: Workspace) -> None:
    assert workspace.find_cards("deck:current") == []
    deck = next(d for d in workspace.decks() if d.name == "Glossator::Hills")
    workspace.choose_deck(deck.id)
    hills = workspace.find_cards("doc:hills")
    assert workspace.find_cards("deck:current") == hills
    find = workspace.card_reader().find
    assert find("deck:current", studied=StudiedNow(deck_id=deck.id)) == hills
    assert find("deck:current", studied=StudiedNow(document_id=deck.document_id)) == hills
    assert find("deck:current") == []


def test_a_tag_is_renamed_with_those_below_it(workspace: Workspace) -> None:
    rivers, hills = workspace.find_cards("doc:rivers"), workspace.find_cards("doc:hills")
    workspace.tag_cards(rivers, add=["geo", "geo::water"])
    workspace.tag_cards(hills, add=["geology", "geo::land::high"])
    assert workspace.rename_tag("geo", "earth::science") == 10
    assert workspace.card_reader().lists().tags == (
        "earth::science", "earth::science::land::high", "earth::science::water", "geology",
        "length",
    )  # fmt: skip
    assert workspace.find_cards("tag:geo") == []
    assert workspace.rename_tag("earth::science::water", "") == 5
    assert workspace.find_cards("tag:*water") == []
    with pytest.raises(LibraryError):
        workspace.rename_tag("geology", "two words")
    workspace.undo()
    assert workspace.undo() == "Rename tag"
    assert workspace.find_cards("tag:geo") == rivers + hills


def test_retrievability_follows_the_parameters_of_the_deck(
    workspace: Workspace, clock: Clock
) -> None:
    card = study(workspace, Rating.EASY)
    clock.move(days=30)
    assert workspace.find_cards("prop:r<0.9") == [card]
    found = [s for s in range(50, 100) if workspace.find_cards(f"prop:r>={s / 100}")]
    options = workspace.options()
    decay = (*[0.5] * 20, 0.6)
    workspace.save_options(replace(options, parameters=decay))
    assert [s for s in range(50, 100) if workspace.find_cards(f"prop:r>={s / 100}")] != found
