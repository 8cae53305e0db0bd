"""What a reader changes in a glossary holds, whatever a later analysis finds."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from desktop.glossary.edit_json import edit_from_json, edit_to_json
from desktop.glossary.edits import (
    Add,
    AddAlias,
    Define,
    Edit,
    Entry,
    Merge,
    Place,
    Remove,
    RemoveAlias,
    Rename,
    Split,
    apply_edits,
)
from desktop.glossary.finding import find_mentions
from desktop.glossary.keys import normalised_form, term_key
from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.reading.document import Document
from desktop.reading.opener import read_document

TEXT = """# Bread

The baker's guild of Ghent kept the Great Oven. Ghent grew. A miller grinds; millers ground rye.

Jan Maes led the guild. Maes baked for the Oven, and his son Piet Maes kneaded. RYE was dear.

The city of Ghent taxed loaves. Two loaves, one loaf of rye.
"""

GUILD = Entry("guild", TermKind.CONCEPT)
GHENT = Entry("Ghent", TermKind.PLACE)
MAES = Entry("Jan Maes", TermKind.PERSON)
PIET = Entry("Piet Maes", TermKind.PERSON)


def bread(text: str = TEXT) -> Document:
    return read_document(text.encode(), name="bread.md")


def words(document: Document, term: Term) -> list[str]:
    return [document.quote(span) for span in term.mentions]


def term_of(document: Document, entry: Entry, *aliases: str, importance: float = 0.5) -> Term:
    found = Definition("as found", DefinitionSource.DICTIONARY)
    mentions = find_mentions(document, [entry.term, *aliases])
    return Term(entry.term, entry.kind, aliases, importance, found, mentions)


def glossary_of(document: Document) -> Glossary:
    terms = (
        term_of(document, MAES, "Maes", importance=0.9),
        term_of(document, GHENT, importance=0.8),
        term_of(document, GUILD),
    )
    return Glossary("Bread", "0", terms)


def edited(*edits: Edit, document: Document | None = None) -> dict[str, Term]:
    document = document or bread()
    result = apply_edits(glossary_of(document), edits, document)
    return {term.term: term for term in result.terms}


def test_a_definition_of_the_reader_s_own_comes_before_what_was_found():
    assert edited(Define(GUILD, "bakers together"))["guild"].definition == Definition(
        "bakers together", DefinitionSource.READER
    )
    again = edited(Define(GUILD, "bakers together"), Define(GUILD, None))
    assert again["guild"].definition.text == "as found"


def test_a_defined_entry_stays_when_a_newer_program_no_longer_finds_it():
    document = bread()
    result = apply_edits(Glossary("", "", ()), [Define(GUILD, "bakers together")], document)
    assert [term.term for term in result.terms] == ["guild"]
    assert words(document, result.terms[0]) == ["guild", "guild"]


def test_an_entry_is_found_again_under_another_kind_and_as_an_alias():
    place = Entry("the ghent", TermKind.ORGANISATION)
    assert edited(Define(place, "a town"))["Ghent"].definition.text == "a town"
    surname = Entry("Maes", TermKind.PERSON)
    assert edited(Define(surname, "a baker"))["Jan Maes"].definition.text == "a baker"


def test_a_new_name_keeps_the_old_one_as_an_alias():
    terms = edited(Rename(GUILD, "bakers' guild", TermKind.ORGANISATION))
    assert terms["bakers' guild"].kind is TermKind.ORGANISATION
    assert terms["bakers' guild"].aliases == ("guild",)
    assert "guild" not in terms


def test_an_alias_brings_its_mentions_and_takes_them_away():
    document = bread()
    terms = edited(AddAlias(GHENT, "The city"))
    assert words(document, terms["Ghent"]) == ["Ghent", "Ghent", "The city", "Ghent"]
    terms = edited(RemoveAlias(MAES, "Maes"))
    assert terms["Jan Maes"].aliases == ()
    assert words(document, terms["Jan Maes"]) == ["Jan Maes"]


def test_two_entries_become_one():
    terms = edited(Define(GUILD, "mine"), Merge(GHENT, GUILD))
    assert "guild" not in terms
    assert terms["Ghent"].aliases == ("guild",)
    assert len(terms["Ghent"].mentions) == 5
    assert terms["Ghent"].definition.text == "mine"


def test_an_entry_is_split_by_a_name():
    document = bread()
    terms = edited(AddAlias(MAES, "Piet Maes"), Split(MAES, PIET))
    assert words(document, terms["Piet Maes"]) == ["Piet Maes"]
    assert "Piet Maes" not in terms["Jan Maes"].aliases
    assert words(document, terms["Jan Maes"]) == ["Jan Maes", "Maes"]


def test_an_entry_is_split_by_places_that_are_found_again_in_a_corrected_text():
    document = bread()
    last = glossary_of(document).terms[0].mentions[-1]
    split = Split(MAES, PIET, places=(Place.of(document, last),))
    corrected = bread(TEXT.replace("# Bread", "# Bread\n\nA new paragraph on Ghent.", 1))
    terms = edited(split, document=corrected)
    assert words(corrected, terms["Piet Maes"]) == ["Maes"]
    (span,) = terms["Piet Maes"].mentions
    assert (span.block, span.start) == (last.block + 1, last.start)


def test_a_removed_entry_goes_and_one_with_its_name_as_an_alias_stays():
    assert "Ghent" not in edited(Remove(GHENT))
    assert "Jan Maes" in edited(Remove(Entry("Maes", TermKind.PERSON)))


def test_an_added_entry_has_its_mentions_in_every_form():
    document = bread()
    terms = edited(Add(Entry("miller", TermKind.WORD), "one who grinds"))
    assert words(document, terms["miller"]) == ["miller", "millers"]
    assert terms["miller"].definition.source is DefinitionSource.READER
    assert words(document, edited(Add(Entry("rye", TermKind.WORD)))["rye"]) == ["rye", "RYE", "rye"]


def test_what_stands_within_a_longer_name_is_no_mention():
    document = bread()
    terms = edited(Add(Entry("Great Oven", TermKind.WORK)), Add(Entry("Oven", TermKind.WORK)))
    assert words(document, terms["Oven"]) == ["Oven"]


def test_edits_that_find_nothing_change_nothing():
    gone = Entry("yeast", TermKind.WORD)
    plain = edited()
    for edit in (Rename(gone, "x", TermKind.WORD), AddAlias(gone, "x"), RemoveAlias(gone, "x"),
                 Merge(gone, GUILD), Merge(GUILD, GUILD), Split(gone, PIET), Remove(gone),
                 Define(gone, None)):  # fmt: skip
        assert edited(edit) == plain


def test_edits_go_one_after_the_other():
    terms = edited(
        Rename(GUILD, "Guild of Bakers", TermKind.ORGANISATION),
        Define(Entry("Guild of Bakers", TermKind.ORGANISATION), "they bake"),
        Merge(GHENT, Entry("Guild of Bakers", TermKind.ORGANISATION)),
    )
    assert terms["Ghent"].aliases == ("Guild of Bakers", "guild")


@pytest.mark.parametrize(
    "edit",
    [
        Define(GUILD, "x"), Define(GUILD, None), Rename(GUILD, "y", TermKind.WORD),
        AddAlias(GUILD, "z"), RemoveAlias(GUILD, "z"), Merge(GUILD, GHENT), Remove(GUILD),
        Split(MAES, PIET, ("P.",), (Place(1, 2, "a ", "Maes", " b"),)), Add(PIET, "t", ("P.",)),
    ],
)  # fmt: skip
def test_an_edit_comes_back_from_its_json(edit):
    assert edit_from_json(json.loads(json.dumps(edit_to_json(edit)))) == edit


@pytest.mark.parametrize(
    ("name", "form"),
    [("The  Hague", "hague"), ("U.S.", "us"), ("Plato’s", "plato"), ("’s", "'s"), ("A", "a"),
     ("an  Élan", "élan"), ("Ｎato", "nato")],
)  # fmt: skip
def test_forms_of_a_name_are_one(name, form):
    assert normalised_form(name) == form


def test_the_key_parts_people_and_words_from_names():
    assert term_key("NATO", TermKind.ORGANISATION) == term_key("NATO", TermKind.ABBREVIATION)
    assert term_key("GDP", TermKind.CONCEPT) == term_key("GDP", TermKind.ABBREVIATION)
    assert term_key("Mercury", TermKind.PERSON) != term_key("Mercury", TermKind.PLACE)
    assert term_key("Polish", TermKind.PLACE) != term_key("polish", TermKind.WORD)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("carry", "She carries, carried, is carrying, carry on; carrycot.",
         ["carries", "carried", "carrying", "carry"]),
        ("plan", "Planned plans of planning planets.", ["Planned", "plans", "planning"]),
        ("bake", "He baked; baking bakes bakers.", ["baked", "baking", "bakes"]),
        ("C", "C and c and C++.", ["C", "C"]),
        ("Plato's cave", "In Plato’s cave.", ["Plato’s cave"]),
        ("sugar beet", "Sugar\nbeets grow.", ["Sugar beets"]),
    ],
)  # fmt: skip
def test_a_name_is_found_in_its_regular_forms(name, text, found):
    document = read_document(text.encode(), name="a.txt")
    spans = find_mentions(document, [name])
    assert [" ".join(document.quote(span).split()) for span in spans] == found


def test_edits_are_pure():
    document = bread()
    glossary = glossary_of(document)
    before = replace(glossary)
    edits = [Define(GUILD, "x"), Remove(GHENT)]
    assert apply_edits(glossary, edits, document) == apply_edits(glossary, edits, document)
    assert glossary == before
