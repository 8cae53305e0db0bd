"""Anki packages: one deck as an ``.apkg`` file, byte for byte the same for the same deck.

Each note has the time at which it last changed: Anki updates a note it knows (by its GUID, our
note id) only where that time is newer. New cards are numbered in the order of study.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.decks.cloze_text import cloze_numbers
from desktop.decks.collection import CollectionCard, CollectionDeck, CollectionNote
from desktop.decks.collection_file import (
    CREATED,
    Outgoing,
    deck_config,
    default_deck,
    default_preset,
    new_card,
    pack_collection,
    write_collection,
)
from desktop.decks.credit import definition_credit
from desktop.decks.deck import Deck, Note, NoteKind
from desktop.decks.link import note_link
from desktop.decks.markup import asked_for, cloze_html, marked_html, to_html
from desktop.decks.note_types import NOTE_TYPES, AnkiNoteType, note_type_of
from desktop.decks.occlusion import PICTURE_RULE, is_occlusion
from desktop.decks.reverse import definition_as_question
from desktop.decks.templates import compiled

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
    write_collection(path, _outgoing(deck, pictures or {}))


def package_bytes(
    deck: Deck, pictures: Mapping[str, Sequence[Picture]], first_id: int = _FIRST_ID
) -> bytes:
    """Return the package that ``write_apkg`` writes, its notes and cards numbered from an id."""
    package = io.BytesIO()
    pack_collection(package, _outgoing(deck, pictures, first_id))
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


def anki_ordinals(note_type: AnkiNoteType, fields: Sequence[str]) -> tuple[int, ...]:
    """Return the cards that Anki makes of a note: its gaps, or the templates that say something."""
    if note_type.is_cloze:
        return tuple(number - 1 for number in sorted(cloze_numbers(fields[0]))) or (0,)
    named = dict(zip(note_type.fields, fields, strict=True))
    empty = dict.fromkeys(note_type.fields, "")
    fronts = [compiled(template["qfmt"]) for template in note_type.written_templates()]
    said = [
        place
        for place, front in enumerate(fronts)
        if front.filled(named, gap=1, question=True) != front.filled(empty, gap=1, question=True)
    ]
    return tuple(said) or (0,)


def anki_deck_id(name: str) -> int:
    """Return an id from the name; Anki knows decks by name, so equal names may share it."""
    return 1_000_000_000_000 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:6])


def _outgoing(
    deck: Deck, pictures: Mapping[str, Sequence[Picture]], first_id: int = _FIRST_ID
) -> Outgoing:
    """Return the deck as new cards in the order of study."""
    name = deck_name(deck.name)
    number = anki_deck_id(name)
    config = deck_config(number, name, 1, 0, None) | {"desc": _description(deck)}
    types = {note_type_of(note).id: note_type_of(note) for note in deck.notes}
    media = {
        media_name(picture): picture.data
        for note in deck.notes
        for picture in pictures.get(note.id, ())
    }
    notes, cards = _rows(deck, pictures, number, first_id)
    return Outgoing(
        created=CREATED,
        start_hour=4,
        fsrs=True,
        note_types=tuple(types[i].exchanged() for i in sorted(types)),
        decks=(default_deck(), CollectionDeck(number, name, 0, 1, config)),
        presets=(default_preset(),),
        notes=notes,
        cards=cards,
        reviews=(),
        media=sorted(media.items()),
    )


def _rows(
    deck: Deck, pictures: Mapping[str, Sequence[Picture]], deck_id: int, first_id: int
) -> tuple[list[CollectionNote], list[CollectionCard]]:
    undated = undated_time()
    numbers = itertools.count(first_id)
    notes, cards = [], []
    for position, note in enumerate(deck.notes, 1):
        note_type = note_type_of(note)
        fields = tuple(note_fields(note, pictures.get(note.id, ())))
        changed = note.modified or undated
        tags = tuple(note_tags(note))
        made = CollectionNote(next(numbers), note.id, note_type.id, changed, tags, fields)
        notes.append(made)
        cards += [
            new_card(next(numbers), made.id, deck_id, ordinal, changed, position)
            for ordinal in anki_ordinals(note_type, fields)
        ]
    return notes, cards


def undated_time() -> int:
    """Return the time of a note without a date: ``SOURCE_DATE_EPOCH``, or a constant."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdecimal() else UNDATED


def _description(deck: Deck) -> str:
    authors = {note.author for note in deck.notes if note.author}
    by = f" by {authors.pop()}" if len(authors) == 1 else ""
    return to_html(f"From “{deck.title}”{by}. Made with Glossator.") if deck.title else ""
