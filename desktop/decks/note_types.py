"""Glossator's note types in Anki: fields, templates, and the ids that never change.

Anki tells note types, fields and templates apart by these ids. A field that is added or renamed
would split the note type of everyone who has imported a deck before, so the fields are frozen
with this version; the spare ones are there for what comes later. Templates and style can change:
then ``CHANGED`` must move on, or Anki keeps the ones it knows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.decks.collection import CollectionNoteType
from desktop.decks.deck import Note, NoteKind
from desktop.decks.occlusion import is_occlusion
from desktop.paths import resource

#: Unix time in seconds of the last change of a template or of the style.
CHANGED = 1_795_536_000

#: The fields that every note type has after its own two.
_COMMON = (
    "Evidence", "Quoted", "Title", "Author", "Reference", "Picture", "Audio", "Link", "Extra",
    "Spare 1", "Spare 2", "Spare 3", "Spare 4",
)  # fmt: skip


#: What Anki puts around LaTeX in a new note type.
_LATEX_PRE = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n"
    "\\begin{document}\n"
)
_LATEX_POST = "\\end{document}"


@dataclass(frozen=True, slots=True)
class AnkiNoteType:
    """A note type: ``templates`` are (name, name of the template's files) in order."""

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]
    is_cloze: bool = False
    stock_kind: int = 0  # the number of the Anki type that it is recognised as

    def field_id(self, field: str) -> int:
        """Return the fixed id of a field."""
        return _fixed_id(f"{self.id}/field/{field}")

    def template_id(self, template: str) -> int:
        """Return the fixed id of a template."""
        return _fixed_id(f"{self.id}/template/{template}")

    def written_templates(self) -> list[dict[str, str]]:
        """Return the templates with their HTML, by Anki's own keys."""
        evidence = _card_file("evidence.html")
        return [
            {
                "name": name,
                "qfmt": _card_file(f"{file}_front.html"),
                "afmt": _card_file(f"{file}_back.html").replace("<!-- evidence -->", evidence),
            }
            for name, file in self.templates
        ]

    def exchanged(self) -> CollectionNoteType:
        """Return the type as Anki exchanges it."""
        fields = [
            {
                "name": name, "ord": place, "id": self.field_id(name), "font": "Arial",
                "size": 20, "rtl": False, "sticky": False, "media": [],
            }
            for place, name in enumerate(self.fields)
        ]  # fmt: skip
        templates = [
            template
            | {"ord": place, "id": self.template_id(template["name"]), "did": None}
            | {"bqfmt": "", "bafmt": "", "bfont": "", "bsize": 0}
            for place, template in enumerate(self.written_templates())
        ]
        config: dict[str, Any] = {
            "id": self.id, "name": self.name, "type": int(self.is_cloze), "mod": CHANGED,
            "usn": -1, "sortf": 0, "did": None, "flds": fields, "tmpls": templates,
            "css": style(), "latexPre": _LATEX_PRE, "latexPost": _LATEX_POST, "latexsvg": False,
            "req": [], "tags": [], "vers": [],
        }  # fmt: skip
        if self.stock_kind:
            config["originalStockKind"] = self.stock_kind
            for place, field in enumerate(fields):
                field["tag"] = place
        return CollectionNoteType(self.id, self.name, CHANGED, config)


NOTE_TYPES = {
    NoteKind.QUESTION: AnkiNoteType(
        1_607_392_001_301, "Glossator Question", ("Question", "Answer", *_COMMON),
        (("Question", "question"),),
    ),
    NoteKind.CLOZE: AnkiNoteType(
        1_607_392_001_302, "Glossator Cloze", ("Text", "Sentence", *_COMMON),
        (("Cloze", "cloze"),), is_cloze=True,
    ),
    NoteKind.TERM: AnkiNoteType(
        1_607_392_001_303, "Glossator Term", ("Term", "Definition", "Prompt", *_COMMON),
        (("Term", "term"), ("Definition", "definition")),
    ),
}  # fmt: skip

#: Recognised by Anki as its own image occlusion: by this number and by the order of the fields.
OCCLUSION = AnkiNoteType(
    1_607_392_001_304, "Glossator Image Occlusion",
    ("Occlusion", "Image", "Header", "Back Extra", "Comments"),
    (("Image Occlusion", "occlusion"),), is_cloze=True, stock_kind=6,
)  # fmt: skip


#: The looks of all note types that any version wrote, the present one last; none ever goes.
LOOKS = frozenset(
    """
    a3ab9ea75b6ed09e 54833edd0ee4e5fd 13b6342a164bc9c7 1fb78b022532ed0b
    f6644b4d01295956 173ba08c278453a3 e2ad3609e3497f50 b3c4e3a31a7cb2d4
    """.split()
)


def note_type_of(note: Note) -> AnkiNoteType:
    """Return the type that a note has in Anki."""
    return OCCLUSION if is_occlusion(note) else NOTE_TYPES[note.kind]


def style() -> str:
    """Return the style sheet of all cards."""
    return _card_file("style.css")


def look(templates: Mapping[str, tuple[str, str]], css: str) -> str:
    """Return a digest of a note type's templates (front and back by name) and its style."""
    parts = [f"{name}\x1f{front}\x1f{back}" for name, (front, back) in sorted(templates.items())]
    return hashlib.sha256("\x1e".join([*parts, css]).encode()).hexdigest()[:16]


def present_look(note_type: AnkiNoteType) -> str:
    """Return the digest of a note type as this version writes it."""
    templates = note_type.written_templates()
    return look({t["name"]: (t["qfmt"], t["afmt"]) for t in templates}, style())


def is_untouched(digest: str) -> bool:
    """Return whether a note type in Anki looks as some version of ours wrote it.

    What a reader has edited there is left alone.
    """
    return digest in LOOKS


def _card_file(name: str) -> str:
    return resource("cards", name).read_text(encoding="utf-8").strip()


def _fixed_id(name: str) -> int:
    """Return a positive number for ``name``, of 53 bits: whole in every reader of JSON."""
    return int.from_bytes(hashlib.sha256(f"glossator/{name}".encode()).digest()[:7]) >> 3
