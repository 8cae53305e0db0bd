"""Anki packages: one deck as an ``.apkg`` file, byte for byte the same for the same deck.

genanki lays the collection out. What it leaves open is settled afterwards in the collection
itself: the note types with their ids, and the time at which each note last changed: Anki updates a
note it knows (by its GUID, our note id) only where that time is newer. New cards are numbered in
the order of study. Schedules, foreign notes and options go out through ``collection_file``.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import re
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.decks.collection_file import add_member
from desktop.decks.credit import definition_credit
from desktop.decks.deck import Deck, Note, NoteKind
from desktop.decks.link import note_link
from desktop.decks.markup import asked_for, cloze_html, marked_html, to_html
from desktop.decks.note_types import NOTE_TYPES, AnkiNoteType, note_type_of, style
from desktop.decks.occlusion import PICTURE_RULE, is_occlusion
from desktop.decks.reverse import definition_as_question
from desktop.decks.writing import write_whole

if TYPE_CHECKING:
    from desktop.reading.document import Picture

#: All tags that Glossator itself gives begin with this; others are the reader's.
TAG_PREFIX = "glossator"

#: The time of a note whose last change no library keeps (Unix seconds): never newer than Anki's.
UNDATED = 1_767_225_600

#: Ids of notes and cards are milliseconds and count from here; Anki moves them where taken.
_FIRST_ID = UNDATED * 1000

_ENDINGS = {
    "image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif",
    "image/webp": ".webp",
}  # fmt: skip


def write_apkg(
    deck: Deck,
    path: str | Path,
    *,
    pictures: Mapping[str, Sequence[Picture]] | None = None,
) -> None:
    """Write ``deck`` as an Anki package; ``pictures`` maps note ids to the pictures to show.

    The file is written whole or not at all. Raises ``OutputError`` when it can't be written and
    ``InputError`` when a cloze has lost its gap.
    """
    write_whole(path, package_bytes(deck, pictures or {}))


def package_bytes(
    deck: Deck, pictures: Mapping[str, Sequence[Picture]], first_id: int = _FIRST_ID
) -> bytes:
    """Return the package that ``write_apkg`` writes, its notes and cards numbered from an id."""
    used = {note.id: pictures[note.id] for note in deck.notes if note.id in pictures}
    media = {media_name(picture): picture.data for each in used.values() for picture in each}
    names = sorted(media)
    listing = json.dumps({str(number): name for number, name in enumerate(names)})
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        add_member(archive, "collection.anki2", _collection(deck, used, first_id))
        for number, name in enumerate(names):
            add_member(archive, str(number), media[name])
        add_member(archive, "media", listing.encode())
    return package.getvalue()


def media_name(picture: Picture) -> str:
    """Return a flat file name from the picture's content, so that no two pictures collide."""
    digest = hashlib.sha256(picture.data).hexdigest()[:24]
    ending = _ENDINGS.get(picture.media_type) or Path(picture.name).suffix.lower()
    return f"{TAG_PREFIX}-{digest}{ending if re.fullmatch(r'.[a-z0-9]{1,5}', ending) else ''}"


def deck_name(name: str) -> str:
    """Return a nested deck name that Anki keeps as it is: no empty part, no control character."""
    clean = re.sub('[\x00-\x1f\x7f\ud800-\udfff"]', " ", name)
    parts = [" ".join(part.split()) for part in clean.split("::")]
    return "::".join(part for part in parts if part) or "Glossator"


def note_tags(note: Note) -> list[str]:
    """Return the note's tags for Anki, sorted; one always says that the note is Glossator's."""
    tags = {re.sub(r"[\s\x00-\x1f\x7f\ud800-\udfff]+", "_", tag.strip()) for tag in note.tags}
    return sorted(tags - {""} | {TAG_PREFIX})


def note_fields(note: Note, pictures: Sequence[Picture] = ()) -> list[str]:
    """Return the HTML of the note's fields, in the order of its note type."""
    quote = note.evidence.quote
    images = "".join(f'<img src="{media_name(picture)}">' for picture in pictures)
    if is_occlusion(note):
        return _occlusion_fields(note, images)
    filled = {
        "Evidence": marked_html(quote, asked_for(note)) if says_more(note) else to_html(quote),
        "Quoted": "1" if says_more(note) else "",
        "Title": to_html(note.title),
        "Author": to_html(note.author),
        "Reference": to_html(definition_credit(note)),
        "Picture": "" if note.rule == PICTURE_RULE else images,
        "Link": note_link(note.id),
    }
    match note.kind:
        case NoteKind.QUESTION:
            shown = f"<div>{images}</div>" if note.rule == PICTURE_RULE and images else ""
            filled |= {"Question": shown + to_html(note.front), "Answer": to_html(note.back)}
        case NoteKind.CLOZE:
            filled |= {"Text": cloze_html(note), "Sentence": to_html(note.back)}
        case NoteKind.TERM:
            prompt = definition_as_question(note.back, note.front)
            filled |= {"Term": to_html(note.front), "Definition": to_html(note.back)}
            filled |= {"Prompt": to_html(prompt)}
    return [filled.get(field, "") for field in NOTE_TYPES[note.kind].fields]


def _occlusion_fields(note: Note, images: str) -> list[str]:
    """Return the fields of a picture with hidden regions; its source is Anki's to the letter."""
    quote = note.evidence.quote
    credit = to_html(" · ".join(filter(None, (note.author, note.title))) or "Glossator")
    extra = (to_html(quote), f'<a class="gl-link" href="{note_link(note.id)}">{credit}</a>')
    source = (note.cloze or "").replace("\n", "<br>")
    return [source, images, to_html(note.front), "<br>".join(filter(None, extra)), ""]


def says_more(note: Note) -> bool:
    """Return whether the quoted sentence adds to the card's back instead of repeating it."""
    return note.evidence.quote.split() != note.back.split()


def anki_deck_id(name: str) -> int:
    """Return an id from the name; Anki knows decks by name, so equal names may share it."""
    return 1_000_000_000_000 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:6])


def _collection(deck: Deck, pictures: Mapping[str, Sequence[Picture]], first_id: int) -> bytes:
    """Return the SQLite file of the package, with the deck as new cards in the order of study."""
    import genanki

    types = {note_type_of(note).id: note_type_of(note) for note in deck.notes}
    models = {number: _model(note_type) for number, note_type in types.items()}
    name = deck_name(deck.name)
    anki_deck = genanki.Deck(anki_deck_id(name), name, _description(deck))
    for position, note in enumerate(deck.notes, 1):
        anki_deck.add_note(
            genanki.Note(
                model=models[note_type_of(note).id],
                fields=note_fields(note, pictures.get(note.id, ())),
                sort_field=re.sub(r"\s+", " ", note.back if note.cloze else note.front),
                tags=note_tags(note),
                guid=note.id,
                due=position,
            )
        )
    connection = sqlite3.connect(":memory:")
    try:
        numbers = itertools.count(first_id)
        genanki.Package(anki_deck).write_to_db(connection.cursor(), UNDATED, numbers)
        _write_note_types(connection, types)
        _date_notes(connection, deck)
        connection.commit()
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _model(note_type: AnkiNoteType) -> Any:
    """Return a note type as genanki needs it to make the cards of a note."""
    import genanki

    return genanki.Model(
        note_type.id,
        note_type.name,
        [{"name": field} for field in note_type.fields],
        note_type.written_templates(),
        style(),
        genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
    )


def _write_note_types(connection: sqlite3.Connection, types: Mapping[int, AnkiNoteType]) -> None:
    """Write the note types as Anki exchanges them: with ids of fields and templates, and dated."""
    models = {str(number): types[number].exchanged().config for number in sorted(types)}
    written = json.dumps(models, sort_keys=True, ensure_ascii=False)
    connection.execute("UPDATE col SET models = ?", (written,))


def _date_notes(connection: sqlite3.Connection, deck: Deck) -> None:
    """Write when each note last changed."""
    undated = undated_time()
    dates = [(note.modified or undated, note.id) for note in deck.notes]
    connection.execute("CREATE INDEX by_guid ON notes (guid)")  # for decks of many thousand notes
    connection.executemany("UPDATE notes SET mod = ? WHERE guid = ?", dates)
    connection.execute("DROP INDEX by_guid")
    connection.execute("UPDATE cards SET mod = (SELECT mod FROM notes WHERE notes.id = cards.nid)")


def undated_time() -> int:
    """Return the time of a note without a date: ``SOURCE_DATE_EPOCH``, or a constant."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdecimal() else UNDATED


def _description(deck: Deck) -> str:
    authors = {note.author for note in deck.notes if note.author}
    by = f" by {authors.pop()}" if len(authors) == 1 else ""
    return to_html(f"From “{deck.title}”{by}. Made with Glossator.") if deck.title else ""
