"""Cards as text that Anki imports: CSV or tab-separated, with Anki's own header lines.

The file names Anki's stock note types (as they are called in English), so that it can be imported
without a package before it; the evidence goes below the answer. The package is the better way:
it brings its own card design and does not depend on the language of the reader's Anki.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from desktop.decks.apkg import deck_name, note_tags, says_more
from desktop.decks.credit import definition_credit
from desktop.decks.deck import Deck, Note, NoteKind
from desktop.decks.markup import cloze_html, to_html
from desktop.decks.occlusion import is_occlusion
from desktop.decks.writing import write_whole

#: The stock note types of Anki; each takes two fields. Terms are asked in one direction only:
#: turned round, the quoted sentence would stand in the question and give the term away.
STOCK_TYPES = {NoteKind.QUESTION: "Basic", NoteKind.CLOZE: "Cloze", NoteKind.TERM: "Basic"}

_COLUMNS = ("GUID", "Note type", "Tags", "Front", "Back")


def write_delimited(deck: Deck, path: str | Path) -> None:
    """Write ``deck`` as comma-separated (``.csv``) or tab-separated text, whole or not at all.

    Raises ``OutputError`` when the file can't be written and ``InputError`` when a cloze has lost
    its gap.
    """
    separator = "," if Path(path).suffix.lower() == ".csv" else "\t"
    write_whole(path, delimited_text(deck, separator).encode("utf-8"))


def delimited_text(deck: Deck, separator: str) -> str:
    """Return the deck as text: header lines for Anki, then one line for each note."""
    lines = io.StringIO()
    name = {",": "Comma", "\t": "Tab"}[separator]
    lines.write(f"#separator:{name}\n#html:true\n")
    lines.write(f"#columns:{separator.join(_COLUMNS)}\n")
    lines.write("#guid column:1\n#notetype column:2\n#tags column:3\n")
    lines.write(f"#deck:{deck_name(deck.name)}\n")
    writer = csv.writer(lines, delimiter=separator, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for note in deck.notes:
        if is_occlusion(note):
            continue  # text carries no pictures
        writer.writerow((note.id, STOCK_TYPES[note.kind], " ".join(note_tags(note)), *_sides(note)))
    return lines.getvalue()


def _sides(note: Note) -> tuple[str, str]:
    """Return both fields as HTML; a cloze hides its sentence on the first."""
    evidence = _evidence(note)
    if note.kind is NoteKind.CLOZE:
        return cloze_html(note), evidence
    return to_html(note.front), to_html(note.back) + (f"<br><br>{evidence}" if evidence else "")


def _evidence(note: Note) -> str:
    """Return the quoted sentence, where it says more than the card's back, and its source."""
    parts = []
    if says_more(note):
        parts.append(f"<blockquote>{to_html(note.evidence.quote)}</blockquote>")
    named = (definition_credit(note), note.author, note.title)
    source = " · ".join(to_html(part) for part in named if part)
    if source:
        parts.append(f"<small>{source}</small>")
    return "".join(parts)
