"""The reader's highlights as files: Markdown to read, JSON, the W3C's Web Annotations."""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.library.highlights import Bookmark, Highlight
from desktop.reading.anchor import places_of, points_of
from desktop.reading.document import Document, Span

#: What ``--format`` takes, with the ending and the name of each.
FORMS = {"md": (".md", "Markdown"), "json": (".json", "JSON"), "w3c": (".jsonld", "Web Annotation")}

_NAMESPACE = uuid.UUID("6c3a5f0e-4d0b-4d6e-9a55-70f0a6f7a1c3")  # ours, drawn once
_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A highlight and where it stands in the present text; ``None``: it is lost there."""

    highlight: Highlight
    spans: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its highlights and bookmarks in the order of the text, the lost ones last."""

    id: int
    document: Document
    passages: tuple[Passage, ...]
    bookmarks: tuple[tuple[Bookmark, tuple[int, int] | None], ...]


def marked_text(
    document_id: int,
    document: Document,
    highlights: Sequence[Highlight],
    bookmarks: Sequence[Bookmark],
) -> MarkedText:
    """Find highlights and bookmarks in the present text."""
    places = places_of(document, (mark.anchor for mark in highlights))
    passages = [Passage(mark, spans) for mark, spans in zip(highlights, places, strict=True)]
    passages.sort(key=lambda one: (one.spans is None, one.spans or (), one.highlight.id))
    points = points_of(document, (mark.anchor for mark in bookmarks))
    marked = list(zip(bookmarks, points, strict=True))
    marked.sort(key=lambda one: (one[1] is None, one[1] or (), one[0].id))
    return MarkedText(document_id, document, tuple(passages), tuple(marked))


def highlights_as(form: str, texts: Sequence[MarkedText]) -> str:
    """Return the highlights of texts in one of ``FORMS``."""
    if form == "md":
        return _markdown(texts)
    data = _json(texts) if form == "json" else _collection(texts)
    return json.dumps(data, ensure_ascii=False, sort_keys=form == "json", indent=2) + "\n"


# -- Markdown


def _markdown(texts: Sequence[MarkedText]) -> str:
    parts = []
    for text in texts:
        document = text.document
        parts.append(f"# {_plain(document.name)}")
        if document.authors:
            parts.append(_plain(", ".join(document.authors)))
        heading = ""
        for passage in text.passages:
            section = _heading_of(document, passage.spans)
            if section != heading:
                heading = section
                parts.append(f"## {_plain(section)}")
            parts.append(_passage(passage))
    return "\n\n".join(parts) + "\n" if parts else ""


def _heading_of(document: Document, spans: tuple[Span, ...] | None) -> str:
    """Return the heading that a passage stands under; "" above the first."""
    if spans is None:
        return "Not found in the present text"
    titles = [part.title for part in document.sections() if part.start <= spans[0].block]
    return (titles[-1] if titles else None) or ""


def _passage(passage: Passage) -> str:
    mark = passage.highlight
    quote = "\n>\n".join(f"> {_plain(line)}" for line in mark.anchor.exact.split("\n") if line)
    note = "".join(f"\n\n{_plain(line)}" for line in mark.note.split("\n") if line.strip())
    return f"{quote}{note}\n\n*{mark.colour}, {mark.made_at.date().isoformat()}*"


def _plain(text: str) -> str:
    """Return text of which Markdown makes nothing."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split()))


# -- JSON


def _json(texts: Sequence[MarkedText]) -> dict[str, Any]:
    return {"documents": [_text_json(text) for text in texts]}


def _text_json(text: MarkedText) -> dict[str, Any]:
    document = text.document
    return {
        "id": text.id,
        "title": document.name,
        "authors": list(document.authors),
        "sha256": document.source.sha256,
        "highlights": [_highlight_json(document, one) for one in text.passages],
        "bookmarks": [
            {
                "id": mark.id,
                "place": None if place is None else {"block": place[0], "offset": place[1]},
                "after": mark.anchor.suffix,
                "made": _time(mark.made_at),
            }
            for mark, place in text.bookmarks
        ],
    }


def _highlight_json(document: Document, passage: Passage) -> dict[str, Any]:
    mark, anchor = passage.highlight, passage.highlight.anchor
    return {
        "id": mark.id,
        "colour": mark.colour,
        "note": mark.note or None,
        "quote": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "section": (passage.spans and _heading_of(document, passage.spans)) or None,
        "lost": passage.spans is None,
        "evidence": [document.evidence(span).to_json() for span in passage.spans or ()],
        "made": _time(mark.made_at),
        "changed": _time(mark.changed_at),
    }


# -- Web Annotation Data Model (W3C Recommendation, 23 February 2017)


def _collection(texts: Sequence[MarkedText]) -> dict[str, Any]:
    items = [_annotation(text, passage) for text in texts for passage in text.passages]
    collection: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": _urn("collection", *(item["id"] for item in items)),
        "type": "AnnotationCollection",
        "label": "Highlights" if len(texts) != 1 else f"Highlights in {texts[0].document.name}",
        "total": len(items),
    }
    if items:
        collection["first"] = {
            "id": _urn("page", *(item["id"] for item in items)),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        }
    return collection


def _annotation(text: MarkedText, passage: Passage) -> dict[str, Any]:
    mark, anchor, document = passage.highlight, passage.highlight.anchor, text.document
    bodies = [{"type": "TextualBody", "value": mark.colour, "purpose": "tagging"}]
    if mark.note:
        comment = {"type": "TextualBody", "value": mark.note, "format": "text/plain"}
        bodies.insert(0, comment | {"purpose": "commenting"})
    source = {
        "id": _source_address(document.source.sha256),
        "type": "Text",
        "language": document.language,
        "dcterms:title": document.name,
    }
    return {
        "id": _urn("highlight", text.id, mark.id, _time(mark.made_at)),
        "type": "Annotation",
        "motivation": "commenting" if mark.note else "highlighting",
        "created": _time(mark.made_at),
        "modified": _time(mark.changed_at),
        "body": bodies,
        "target": {
            "source": source,
            "selector": {
                "type": "TextQuoteSelector",
                "exact": anchor.exact,
                "prefix": anchor.prefix,
                "suffix": anchor.suffix,
            },
        },
    }


def _urn(*parts: object) -> str:
    """Return an address that is the same each time for the same thing of one library."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, '/'.join(map(str, parts)))}"


def _source_address(sha256: str) -> str:
    """Return the address of a file by its bytes (RFC 6920)."""
    digest = bytes.fromhex(sha256)
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def _time(time: datetime) -> str:
    """Return a time as the model wants it: UTC, with a Z."""
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")
