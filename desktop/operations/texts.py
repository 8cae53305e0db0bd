"""What a reader does with files alone: read them, extract from them, write a deck.

Nothing here needs a library, a display or the network. One file gives what the pipeline gives;
several give one merged result (``desktop.operations.merging``).
"""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import InputError, OutputError
from desktop.reading.address import is_address
from desktop.settings import DEFAULT_LEVEL

if TYPE_CHECKING:
    from desktop.decks.deck import Deck, NoteKind
    from desktop.glossary.sources.opening import SourceList
    from desktop.glossary.term import Glossary, TermKind
    from desktop.operations.analysing import Analysed, AnalysisEvent
    from desktop.reading.document import Block, Document, Evidence, Picture

#: Stands for standard input where a file is expected.
STANDARD_INPUT = "-"

#: The endings that ``export_deck`` can write, and what each file is.
DECK_ENDINGS = {
    ".apkg": "Anki package",
    ".csv": "comma-separated text for Anki",
    ".tsv": "tab-separated text for Anki",
    ".txt": "tab-separated text for Anki",
}


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """One document with everything that was extracted from it."""

    document: Document
    analysed: Analysed


def read_text(file: str, *, format: str | None = None) -> Document:  # noqa: A002 (contract's word)
    """Read ``file`` into a document; raises ``InputError``.

    ``-`` is standard input; what begins with ``https://`` is fetched, once.
    """
    from desktop.reading.limits import MAX_FILE
    from desktop.reading.opener import open_document, read_document

    if is_address(file):
        from desktop.reading.web import fetch

        data, name = fetch(file)
        return read_document(data, name=name, format=format)
    if file != STANDARD_INPUT:
        return open_document(file, format=format)
    if sys.stdin is None:
        raise InputError("Standard input is closed; name a file instead.")
    data = sys.stdin.buffer.read(MAX_FILE + 1)
    return read_document(data, name="standard input", format=format)


def fetched(file: str, cache: Path) -> Path:
    """Return the path of a file, or of what its web address gives, kept in the folder ``cache``.

    Raises ``InputError``.
    """
    if not is_address(file):
        return Path(file)
    from desktop.reading.web import fetch

    data, name = fetch(file)
    path = cache / "pages" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path} can't be written ({error.strerror or error}).") from error
    return path


def analyse_texts(
    files: Sequence[str],
    *,
    format: str | None = None,  # noqa: A002
    level: str = DEFAULT_LEVEL,
    sources: SourceList | None = None,
    on_event: Callable[[int, AnalysisEvent], None] | None = None,
) -> list[AnalysedText]:
    """Read and analyse ``files`` here for a reader of ``level``.

    ``on_event`` gets each event with the index of its text.

    Every file is read before the first is analysed, so a wrong name is told at once. A file that
    says the same as an earlier one counts once.
    """
    if list(files).count(STANDARD_INPUT) > 1:
        raise InputError("Standard input (-) can be read once only; name it once.")
    documents: list[Document] = []
    for file in files:
        document = read_text(file, format=format)
        if all(document.text_hash != other.text_hash for other in documents):
            documents.append(document)
    from desktop.operations.analysing import analyse_document

    texts = []
    for index, document in enumerate(documents):

        def emit(event: AnalysisEvent, index: int = index) -> None:
            if on_event is not None:
                on_event(index, event)

        analysed = analyse_document(document, emit, level=level, sources=sources)
        texts.append(AnalysedText(document, analysed))
    return texts


def named_sources(places: Sequence[str], cache: Path) -> SourceList:
    """Return the sources named on the command line, in their order before the program's own.

    Each is opened to see that it can be used; raises ``InputError`` or ``MissingPieceError``.
    """
    from desktop.glossary.sources.opening import SourceList, open_source, setting_for
    from desktop.settings import EMBEDDED_SOURCES

    settings = tuple(dict.fromkeys(setting_for(place) for place in places))
    for setting in settings:
        open_source(setting, cache)
    return SourceList((*settings, *EMBEDDED_SOURCES), cache)


def choose_terms(
    glossary: Glossary, *, limit: int | None = None, kinds: Collection[TermKind] | None = None
) -> Glossary:
    """Return the glossary with its ``limit`` most important terms of ``kinds``."""
    terms = [term for term in glossary.terms if kinds is None or term.kind in kinds]
    return replace(glossary, terms=tuple(terms[:limit]))


def glossary_csv(glossary: Glossary) -> str:
    """Return the glossary as comma-separated values with a line of column names."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(
        ("term", "kind", "aliases", "importance", "mentions", "definition", "source", "reference")
    )
    for term in glossary.terms:
        meaning = term.definition
        writer.writerow(
            (
                term.term,
                term.kind.value,
                "; ".join(term.aliases),
                round(term.importance, 4),
                len(term.mentions),
                meaning.text if meaning else "",
                meaning.source.value if meaning else "",
                (meaning.reference or "") if meaning else "",
            )
        )
    return rows.getvalue()


def document_json(document: Document) -> dict[str, Any]:
    """Return the contract's ``text`` object: frame, blocks, what was left out, warnings."""
    source = document.source
    return {
        "title": document.title,
        "kicker": document.kicker,
        "standfirst": document.standfirst,
        "authors": list(document.authors),
        "date": document.date,
        "language": document.language,
        "source": {"name": source.name, "sha256": source.sha256, "format": source.format},
        "blocks": [_block_json(block) for block in document.blocks],
        "left_out": [{"kind": piece.kind.value, "text": piece.text} for piece in document.left_out],
        "warnings": list(document.warnings),
    }


def _block_json(block: Block) -> dict[str, Any]:
    """Return a block as the contract has it, with whatever else is known of it."""
    data: dict[str, Any] = {
        "index": block.index,
        "kind": block.kind.value,
        "level": block.level,
        "text": block.text,
    }
    if block.marks:
        data["marks"] = [
            {"start": m.start, "end": m.end, "kind": m.kind.value, "target": m.target}
            for m in block.marks
        ]
    for name in ("anchor", "page", "language", "picture"):
        if getattr(block, name) is not None:
            data[name] = getattr(block, name)
    return data


def build_cards(
    text: AnalysedText,
    *,
    name: str | None = None,
    limit: int | None = None,
    kinds: Collection[NoteKind] | None = None,
) -> Deck:
    """Return the deck of one text: all of its cards, or the best ``limit`` of ``kinds``."""
    from desktop.decks.build import build_deck

    analysed = text.analysed
    return build_deck(
        analysed.facts, analysed.glossary, text.document, name=name, limit=limit, kinds=kinds
    )


def check_output(path: Path, inputs: Sequence[str] = ()) -> None:
    """Refuse, before any work is done, an output path that can't be meant or can't be written.

    Raises ``OutputError`` for a folder, a missing folder around it, and one of the ``inputs``.
    """
    # os.path, because Path.is_dir raises where a name is too long or a folder can't be entered.
    if os.path.isdir(path):  # noqa: PTH112
        raise OutputError(f"{path} is a folder; name a file to write.")
    if not os.path.isdir(path.parent):  # noqa: PTH112
        raise OutputError(
            f"{path} can't be written because there is no folder {path.parent}; create it first."
        )
    for file in inputs:
        if file != STANDARD_INPUT and _same_file(path, Path(file)):
            raise OutputError(f"{path} is the text itself; choose another name for the deck.")


def export_deck(
    deck: Deck, path: Path, *, pictures: Mapping[str, Sequence[Picture]] | None = None
) -> None:
    """Write ``deck`` as its ending says: ``.apkg``, or ``.csv``, ``.tsv``, ``.txt`` with headers.

    ``pictures`` maps note ids to the pictures of their cards (packages only). Raises
    ``OutputError`` for any other ending and when the file can't be written, ``InputError`` when
    there is no card to write.
    """
    ending = path.suffix.lower()
    if ending not in DECK_ENDINGS:
        raise OutputError(
            f"{path.name} doesn't end in {', '.join(DECK_ENDINGS)}; the ending says what to write."
        )
    if not deck.notes:
        raise InputError(f"No card could be made from {deck.title}, so no deck was written.")
    if ending == ".apkg":
        from desktop.decks.apkg import write_apkg

        write_apkg(deck, path, pictures=pictures)
    else:
        from desktop.decks.delimited import write_delimited

        write_delimited(deck, path)


def pictures_of_notes(deck: Deck, document: Document) -> dict[str, tuple[Picture, ...]]:
    """Return, by note id, the pictures whose caption or description a note quotes."""
    shown = pictures_by_block(document)
    return {
        note.id: (shown[note.evidence.span.block],)
        for note in deck.notes
        if note.evidence.span.block in shown and _quotes(note.evidence, document)
    }


def pictures_by_block(document: Document) -> dict[int, Picture]:
    """Return the picture that each figure shows and each caption speaks of.

    A caption follows its figure; only where none does, the one before it counts.
    """
    by_name = {picture.name: picture for picture in document.pictures}
    shown: dict[int, Picture] = {}
    for figure in document.blocks:
        picture = by_name.get(figure.picture or "")
        if picture is None:
            continue
        shown[figure.index] = picture
        for index in (figure.index + 1, figure.index - 1):
            beside = document.blocks[index] if 0 <= index < len(document.blocks) else None
            if beside is not None and beside.kind == "caption":
                shown.setdefault(index, picture)
                break
    return shown


def _quotes(evidence: Evidence, document: Document) -> bool:
    """Return whether the evidence is of this document (a deck may hold several)."""
    return document.quote(evidence.span) == evidence.quote


def _same_file(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:  # one of them is not there
        return False
