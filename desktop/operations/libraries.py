"""The library's actions on the command line: each opens the library, acts, says what it did."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.errors import InputError, OutputError
from desktop.operations.listing import texts_json
from desktop.operations.readable import table_lines
from desktop.operations.workspace import (
    LibraryTerm,
    Workspace,
    restore_library,
)
from desktop.paths import reader_folders


def list_documents(library: Path | None, *, width: int) -> list[str]:
    """Return a table of the library's texts."""
    with _open(library) as workspace:
        documents = workspace.documents()
    if not documents:
        return ["The library is empty; `glossator library add FILE` puts a text into it."]
    rows = [
        (
            str(line.id),
            line.title,
            ", ".join(line.authors) or "–",
            str(line.word_count),
            str(line.cards_total),
            str(line.cards_due),
            line.added_at.astimezone().date().isoformat(),
        )
        for line in documents
    ]
    head = ("ID", "Title", "Author", "Words", "Cards", "Due", "Added")
    return list(table_lines(head, rows, width))


def documents_json(library: Path | None) -> str:
    """Return the library's texts as JSON."""
    with _open(library) as workspace:
        listed = texts_json(workspace.documents(), workspace.labels())
    return json.dumps(listed, ensure_ascii=False, sort_keys=True, indent=2)


def list_glossary(library: Path | None, *, width: int) -> list[str]:
    """Return a table of the terms of all texts, those of most texts first."""
    with _open(library) as workspace:
        terms = workspace.library_terms()
    if not terms:
        return ["No text of the library was analysed yet; open it in the window first."]
    rows = [
        (t.term, t.kind.value, str(t.documents), str(t.mentions), t.definition or "–")
        for t in terms
    ]
    return list(table_lines(("Term", "Kind", "Texts", "Times", "Definition"), rows, width))


def glossary_json(library: Path | None) -> str:
    """Return the terms of all texts as JSON; each term names its texts."""
    with _open(library) as workspace:
        terms = [_term_json(line) for line in workspace.library_terms()]
        where = workspace.documents_of_terms()
    for term in terms:
        term["documents"] = where[term["key"]]
    return json.dumps({"terms": terms}, ensure_ascii=False, sort_keys=True, indent=2)


def search_lines(library: Path | None, words: str, limit: int) -> list[str]:
    """Return the passages that have ``words``, text by text."""
    with _open(library) as workspace:
        found = workspace.search(words, most_documents=limit)
    if not found.documents:
        return [f"No text of the library has {words}."]
    lines = []
    for one in found.best:
        by = f" – {', '.join(one.authors)}" if one.authors else ""
        lines += [f"{one.document_id}  {one.title}{by} ({one.count})"]
        lines += [f"    {passage.excerpt}" for passage in one.passages]
    rest = found.documents - len(found.best)
    return lines + ([f"… and {rest} more texts"] if rest else [])


def search_json(library: Path | None, words: str, limit: int) -> dict[str, Any]:
    """Return the passages that have ``words`` as JSON."""
    with _open(library) as workspace:
        found = workspace.search(words, most_documents=limit)
    return {
        "query": words,
        "documents_found": found.documents,
        "passages_found": found.passages,
        "documents": [
            {
                "id": one.document_id,
                "title": one.title,
                "authors": list(one.authors),
                "passages_found": one.count,
                "passages": [
                    {
                        "block": p.block,
                        "start": p.start,
                        "end": p.end,
                        "excerpt": p.excerpt,
                        "marks": [list(mark) for mark in p.marks],
                    }
                    for p in one.passages
                ],
            }
            for one in found.best
        ],
    }


def add_files(
    library: Path | None,
    files: Sequence[str],
    *,
    format: str | None = None,  # noqa: A002 (the contract's word)
    say: Callable[[str], None],
) -> list[str]:
    """Add files; return the id of each. A file that is there already keeps its id."""
    from desktop.operations.texts import read_text

    documents = [read_text(file, format=format) for file in files]  # all, before the first is added
    with _open(library) as workspace:
        known = {line.id for line in workspace.documents()}
        ids = [workspace.add_document(document) for document in documents]
    for document, number in zip(documents, ids, strict=True):
        say(f"{'Known already' if number in known else 'Added'}: {document.name}")
    return [str(number) for number in ids]


def remove_document(library: Path | None, number: int) -> str:
    """Remove a document with its cards; return what was removed."""
    with _open(library) as workspace:
        name = workspace.document(number).name
        workspace.remove_document(number)
    return f"Removed: {name}"


def export_files(
    library: Path | None, path: Path, *, deck: str | None = None, with_progress: bool = False
) -> str:
    """Write the whole library to the folder ``path`` as plain files.

    A ``path`` that ends in ``.apkg`` is a package for Anki, of all decks or of ``deck``.
    """
    with _open(library) as workspace:
        if path.suffix.lower() == ".apkg":
            deck_id = None if deck is None else workspace.deck_id(deck)
            number = workspace.write_package(path, deck_id=deck_id, with_progress=with_progress)
            return f"Wrote {path}: {number} {'note' if number == 1 else 'notes'}."
        if deck is not None or with_progress:
            raise OutputError(f"{path} must end in .apkg: only Anki takes decks with progress.")
        workspace.export(path)
    return f"Wrote the library to {path}."


def write_backup(library: Path | None, out: Path) -> str:
    """Write a copy of the whole library."""
    with _open(library) as workspace:
        workspace.backup(out)
    return f"Wrote a backup to {out}."


def restore_backup(library: Path | None, source: Path) -> str:
    """Put a backup in place of the library and say where the one before it is kept."""
    kept = restore_library(reader_folders(library), source)
    before = f" The library before it is kept as {kept}." if kept else ""
    return f"Restored {source}.{before}"


def highlights(library: Path | None, number: int | None, form: str) -> str:
    """Return the highlights of a text, or of all, as Markdown, JSON or Web Annotations."""
    from desktop.operations.annotation_files import highlights_as

    with _open(library) as workspace:
        return highlights_as(form, workspace.marked_texts(number))


def replace_text(library: Path | None, number: int, file: str) -> str:
    """Put a corrected file in the place of a text; return what was replaced."""
    from desktop.operations.texts import read_text

    document = read_text(file)
    with _open(library) as workspace:
        before = workspace.document(number).name
        known = workspace.known_document(document)
        if known not in (None, number):
            raise InputError(f"{file} is in the library already, as {known}.")
        workspace.replace_text(number, document)
    return f"Replaced the text of {before}; cards, highlights and the place of reading were kept."


def forget_judgements(library: Path | None) -> str:
    """Let the ranker of cards forget what the reader accepted and refused."""
    with _open(library) as workspace:
        workspace.forget_judgements()
    return "New cards are ranked as they came with the program; your cards stay as they are."


def problems(library: Path | None) -> list[str]:
    """Return what is wrong with the library's file; nothing when all is well."""
    with _open(library) as workspace:
        return workspace.check()


@contextmanager
def _open(library: Path | None) -> Iterator[Workspace]:
    workspace = Workspace.open(reader_folders(library))
    try:
        yield workspace
    finally:
        workspace.close()


def _term_json(line: LibraryTerm) -> dict[str, Any]:
    source = line.source.value if line.source else None
    meaning = {"text": line.definition, "source": source} if line.definition else None
    return {
        "key": line.key,
        "term": line.term,
        "kind": line.kind.value,
        "mentions": line.mentions,
        "known": line.known,
        "definition": meaning,
    }
