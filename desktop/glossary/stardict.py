"""A glossary as a StarDict dictionary, which most dictionary programs and readers open.

The format: an ``.ifo`` of key=value lines, an ``.idx`` of words with offset and size of their
article in the ``.dict``, and a ``.syn`` of other names with the number of their word in the
``.idx``. Numbers are 32 bits, most significant byte first.
(StarDict 3, doc/StarDictFileFormat.)
"""

from __future__ import annotations

import struct
from html import escape

from desktop.glossary.listing import ListedTerm, Listing, described_source

#: StarDict allows names of fewer bytes than this.
_LONGEST = 256


def stardict_files(listing: Listing) -> dict[str, bytes]:
    """Return the contents of the files by their endings; the ``.ifo`` is the last."""
    articles: list[tuple[bytes, bytes]] = []
    others: list[tuple[bytes, int]] = []
    terms = sorted(listing.terms, key=lambda line: _order(_word(line.term.term)))
    for number, line in enumerate(terms):
        articles.append((_word(line.term.term), _article(line).encode()))
        others += [(_word(alias), number) for alias in line.term.aliases]
    others.sort(key=lambda other: (_order(other[0]), other[1]))
    index, text = bytearray(), bytearray()
    for word, article in articles:
        index += word + b"\0" + struct.pack(">II", len(text), len(article))
        text += article
    synonyms = b"".join(word + b"\0" + struct.pack(">I", number) for word, number in others)
    files = {".dict": bytes(text), ".idx": bytes(index)}
    if synonyms:
        files[".syn"] = synonyms
    files[".ifo"] = _description(listing, len(index), len(others)).encode()
    return files


def _description(listing: Listing, index_size: int, others: int) -> str:
    name = " ".join(f"Glossary: {listing.title}".split())
    lines = [
        "StarDict's dict ifo file",
        "version=2.4.2",
        f"bookname={name}",
        f"wordcount={len(listing.terms)}",
        *([f"synwordcount={others}"] if others else []),
        f"idxfilesize={index_size}",
        "sametypesequence=h",
    ]
    return "\n".join(lines) + "\n"


def _article(line: ListedTerm) -> str:
    """Return the article of a term in the simple HTML that StarDict programs show."""
    meaning = line.term.definition
    parts = [f"<i>{line.term.kind.value}</i>"]
    if line.term.aliases:
        parts.append(f"also {escape(', '.join(line.term.aliases))}")
    if meaning is not None:
        parts.append(f"<b>{escape(meaning.text)}</b>")
        parts.append(f"<small>{escape(described_source(meaning))}</small>")
    for quotation in line.quotations[:2]:
        parts.append(f"“{escape(' '.join(quotation.text.split()))}”")
    return "<br>".join(parts)


def _word(name: str) -> bytes:
    """Return a name as the index holds it: in one line, cut between characters if too long."""
    data = " ".join(name.replace("\0", "").split()).encode()
    return data[: _LONGEST - 1].decode(errors="ignore").encode()


def _order(word: bytes) -> tuple[bytes, bytes]:
    """Return the key of StarDict's order: without the case of ASCII letters, then by bytes."""
    return word.lower(), word
