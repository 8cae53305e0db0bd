"""Documents made of a few blocks, for tests of the text core."""

from __future__ import annotations

import hashlib

from desktop.reading.document import Block, BlockKind, Document, Mark, Source


def document_of(
    *paragraphs: str,
    title: str | None = "A test",
    authors: tuple[str, ...] = (),
    frame: tuple[tuple[BlockKind, str], ...] = (),
    marks: dict[int, tuple[Mark, ...]] | None = None,
) -> Document:
    """Return a document with a title, the paragraphs and the blocks of ``frame`` at the end."""
    parts = [(BlockKind.TITLE, title)] if title else []
    parts += [(BlockKind.PARAGRAPH, text) for text in paragraphs]
    parts += list(frame)
    blocks = tuple(
        Block(i, kind, text, marks=(marks or {}).get(i, ())) for i, (kind, text) in enumerate(parts)
    )
    digest = hashlib.sha256("\n".join(text for _, text in parts).encode()).hexdigest()
    return Document(
        title, None, None, authors, None, "en", Source("test.txt", digest, "txt"), blocks
    )
