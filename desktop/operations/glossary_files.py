"""Glossaries as files: tables, pages, dictionaries and decks, as the ending of the name says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import InputError, OutputError
from desktop.operations.merging import MergedGlossary, as_glossary, merged_title
from desktop.operations.texts import export_deck, glossary_csv

if TYPE_CHECKING:
    from desktop.decks.deck import Deck
    from desktop.glossary.listing import Listing
    from desktop.glossary.term import Term

#: The endings that ``write_glossary`` can write, and what each file is.
GLOSSARY_ENDINGS = {
    ".csv": "comma-separated table",
    ".md": "Markdown",
    ".html": "page for a browser or the printer",
    ".ifo": "StarDict dictionary",
    ".apkg": "Anki package of its term cards",
}


def check_ending(path: Path) -> None:
    """Refuse a name whose ending says nothing that can be written."""
    if path.suffix.lower() not in GLOSSARY_ENDINGS:
        raise OutputError(
            f"{path.name} doesn't end in {', '.join(GLOSSARY_ENDINGS)}; "
            "the ending says what to write."
        )


def write_glossary(merged: MergedGlossary, path: Path) -> int:
    """Write the glossary of one or more texts and return how many entries the file has.

    Raises ``OutputError`` for an unknown ending and when a file can't be written, ``InputError``
    when there is nothing to write.
    """
    check_ending(path)
    if not merged.terms:
        raise InputError(f"No term was found in {merged_title(merged.documents)}.")
    return _WRITERS[path.suffix.lower()](merged, path)


def glossary_deck(merged: MergedGlossary) -> Deck:
    """Return a deck with the card of each defined term, in the order of the texts."""
    from desktop.decks.build import build_term_note, is_reader_s
    from desktop.decks.deck import Deck
    from desktop.decks.quality import lint_deck

    notes = []
    for entry in merged.terms:
        at = entry.definition_document
        document = merged.documents[at if at is not None else entry.documents[0]]
        term = _within(entry.term, entry.documents, merged.documents.index(document))
        note = build_term_note(term, document)
        if note is not None:
            place = (merged.documents.index(document), note.evidence.span, note.id)
            notes.append((place, note))
    notes.sort(key=lambda pair: pair[0])
    faults = lint_deck(note for _place, note in notes)
    sound = {note.id: note for _place, note in notes if is_reader_s(note) or not faults[note.id]}
    title = merged_title(merged.documents)
    name = "Glossator::" + title.replace("::", ": ")
    return Deck(name, title, merged.documents[0].source.sha256, tuple(sound.values()))


def _write_csv(merged: MergedGlossary, path: Path) -> int:
    _write(path, glossary_csv(as_glossary(merged)).encode("utf-8", "replace"))
    return len(merged.terms)


def _write_markdown(merged: MergedGlossary, path: Path) -> int:
    from desktop.glossary.listing import listing_markdown

    listing = _listing(merged)
    _write(path, listing_markdown(listing).encode("utf-8", "replace"))
    return len(listing.terms)


def _write_html(merged: MergedGlossary, path: Path) -> int:
    from desktop.glossary.listing import listing_html

    listing = _listing(merged)
    _write(path, listing_html(listing).encode("utf-8", "replace"))
    return len(listing.terms)


def _write_stardict(merged: MergedGlossary, path: Path) -> int:
    """Write the dictionary's files beside each other; the one that is opened comes last."""
    from desktop.glossary.stardict import stardict_files

    listing = _listing(merged)
    for ending, data in stardict_files(listing).items():
        _write(path.with_suffix(path.suffix if ending == ".ifo" else ending), data)
    return len(listing.terms)


def _write_deck(merged: MergedGlossary, path: Path) -> int:
    deck = glossary_deck(merged)
    export_deck(deck, path)
    return len(deck.notes)


_WRITERS: dict[str, Callable[[MergedGlossary, Path], int]] = {
    ".csv": _write_csv, ".md": _write_markdown, ".html": _write_html, ".ifo": _write_stardict,
    ".apkg": _write_deck,
}  # fmt: skip


def _listing(merged: MergedGlossary) -> Listing:
    from desktop.glossary.listing import make_listing

    several = len(merged.documents) > 1
    terms = [
        (entry.term, [merged.documents[number] for number in entry.documents])
        for entry in merged.terms
    ]
    return make_listing(merged_title(merged.documents), terms, several=several)


def _within(term: Term, documents: Sequence[int], number: int) -> Term:
    """Return a merged term with its mentions in one document alone."""
    from dataclasses import replace

    own = tuple(span for span, at in zip(term.mentions, documents, strict=True) if at == number)
    return replace(term, mentions=own)


def _write(path: Path, data: bytes) -> None:
    from desktop.decks.writing import write_whole

    write_whole(path, data)
