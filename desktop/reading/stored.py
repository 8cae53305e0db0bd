"""A document as plain data, for the library and for the way from one process to another."""

from __future__ import annotations

from typing import Any

from desktop.reading.document import (
    Block,
    BlockKind,
    Document,
    LeftOut,
    LeftOutKind,
    Mark,
    MarkKind,
    Picture,
    Source,
)

#: The fields of a block that most blocks don't have, in the order of ``Block``.
_OPTIONAL = ("picture", "anchor", "page", "language")


def content_of(document: Document) -> dict[str, Any]:
    """Return all of a document but its source and the data of its pictures."""
    return {
        "title": document.title,
        "kicker": document.kicker,
        "standfirst": document.standfirst,
        "authors": list(document.authors),
        "date": document.date,
        "language": document.language,
        "blocks": [_to_block(block) for block in document.blocks],
        "left_out": [{"kind": piece.kind.value, "text": piece.text} for piece in document.left_out],
        "warnings": list(document.warnings),
    }


def _to_block(block: Block) -> dict[str, Any]:
    """Return a block without the keys that are empty in most."""
    data: dict[str, Any] = {"kind": block.kind.value, "text": block.text}
    if block.level is not None:
        data["level"] = block.level
    if block.marks:
        data["marks"] = [[m.start, m.end, m.kind.value, m.target] for m in block.marks]
    for name in _OPTIONAL:
        value = getattr(block, name)
        if value is not None:
            data[name] = value
    return data


def document_from_content(
    data: dict[str, Any], source: Source, pictures: tuple[Picture, ...]
) -> Document:
    """Read what ``content_of`` wrote."""
    blocks = tuple(
        Block(
            index,
            BlockKind(block["kind"]),
            block["text"],
            block.get("level"),
            tuple(Mark(s, e, MarkKind(kind), to) for s, e, kind, to in block.get("marks", ())),
            *(block.get(name) for name in _OPTIONAL),
        )
        for index, block in enumerate(data["blocks"])
    )
    return Document(
        title=data["title"],
        kicker=data["kicker"],
        standfirst=data["standfirst"],
        authors=tuple(data["authors"]),
        date=data["date"],
        language=data["language"],
        source=source,
        blocks=blocks,
        left_out=tuple(LeftOut(LeftOutKind(p["kind"]), p["text"]) for p in data["left_out"]),
        warnings=tuple(data["warnings"]),
        pictures=pictures,
    )
