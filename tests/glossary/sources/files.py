"""Small dictionaries and encyclopaedias of our own, made as other programs make them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

LMF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE LexicalResource SYSTEM "http://globalwordnet.github.io/schemas/WN-LMF-1.1.dtd">
<LexicalResource xmlns:dc="https://globalwordnet.github.io/schemas/dc/">
  <Lexicon id="sail" label="Sailor's Wordnet" language="en" email="sailor@example.org"
    license="https://creativecommons.org/licenses/by/4.0/" version="1.0">
    <LexicalEntry id="w1"><Lemma writtenForm="luff" partOfSpeech="n"/>
      <Sense id="s1" synset="y1"><Count>7</Count></Sense></LexicalEntry>
    <LexicalEntry id="w2"><Lemma writtenForm="luff" partOfSpeech="v"/>
      <Sense id="s2" synset="y2"/></LexicalEntry>
    <LexicalEntry id="w3"><Lemma writtenForm="jury rig" partOfSpeech="n"/>
      <Sense id="s3" synset="y3"/></LexicalEntry>
    <LexicalEntry id="w4"><Lemma writtenForm="fore edge" partOfSpeech="n"/>
      <Sense id="s4" synset="y1"/></LexicalEntry>
    <LexicalEntry id="w5"><Lemma writtenForm="edge" partOfSpeech="n"/>
      <Sense id="s5" synset="y4"/></LexicalEntry>
    <Synset id="y1" ili="" partOfSpeech="n">
      <Definition>the forward edge of a sail</Definition>
      <SynsetRelation relType="hypernym" target="y4"/>
      <Example>the luff was frayed along its whole length</Example></Synset>
    <Synset id="y2" ili="" partOfSpeech="v">
      <Definition>steer so near the wind that the sails flap</Definition></Synset>
    <Synset id="y3" ili="" partOfSpeech="n">
      <Definition>a rig put together from what is at hand after a mast is lost</Definition></Synset>
    <Synset id="y4" ili="" partOfSpeech="n">
      <Definition>a line where a surface ends</Definition></Synset>
  </Lexicon>
</LexicalResource>
"""

ARTICLES = {
    "luff": "<b>luff</b> /lʌf/<br><i>n.</i> 1. the leading edge of a fore-and-aft sail "
    "“they laced the luff to the mast” 2. the fullest part of a bow<br>"
    "<i>v.</i> turn into the wind",
    "gripefoot": "n. a clamp that holds a boat on the deck",
    "zephyrine": "adj. like a light wind from the west",
}


def write_lmf(path: Path) -> Path:
    """Write a wordnet of five senses in the WN-LMF format."""
    path.write_text(LMF, encoding="utf-8")
    return path


def write_stardict(folder: Path, *, packed: bool = False) -> Path:
    """Write a StarDict dictionary (``packed``: as dictzip) and return the path of its .ifo."""
    folder.mkdir(parents=True, exist_ok=True)
    index, body = b"", b""
    for word in sorted(ARTICLES):
        article = ARTICLES[word].encode()
        index += word.encode() + b"\0" + struct.pack(">II", len(body), len(article))
        body += article
    (folder / "deck.idx").write_bytes(index)
    if packed:
        (folder / "deck.dict.dz").write_bytes(dictzip(body))
    else:
        (folder / "deck.dict").write_bytes(body)
    info = folder / "deck.ifo"
    info.write_text(
        "StarDict's dict ifo file\nversion=2.4.2\nbookname=Deck Words\n"
        f"wordcount={len(ARTICLES)}\nidxfilesize={len(index)}\nsametypesequence=h\n"
        "copyright=public domain\n",
        encoding="utf-8",
    )
    return info


def dictzip(data: bytes, chunk: int = 128) -> bytes:
    """Return ``data`` as gzip in chunks that can be read alone, with their table in the header."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces: list[bytes] = []
    for at in range(0, len(data), chunk):
        pieces.append(packer.compress(data[at : at + chunk]) + packer.flush(zlib.Z_FULL_FLUSH))
    sizes = b"".join(struct.pack("<H", len(piece)) for piece in pieces)
    table = struct.pack("<HHH", 1, chunk, len(pieces)) + sizes
    extra = b"RA" + struct.pack("<H", len(table)) + table
    header = b"\x1f\x8b\x08\x04\0\0\0\0\x02\x03" + struct.pack("<H", len(extra)) + extra
    end = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return header + b"".join(pieces) + packer.flush() + end


def write_zim(path: Path, articles: Sequence[tuple[str, str]]) -> Path:
    """Write a ZIM file of (title, HTML) with libzim's own writer."""
    from libzim.writer import Creator, Hint, Item, StringProvider

    class Page(Item):  # type: ignore[misc]
        def __init__(self, title: str, html: str) -> None:
            super().__init__()
            self._title, self._html = title, html

        def get_path(self) -> str:
            return self._title.replace(" ", "_")

        def get_title(self) -> str:
            return self._title

        def get_mimetype(self) -> str:
            return "text/html"

        def get_contentprovider(self) -> StringProvider:
            return StringProvider(self._html)

        def get_hints(self) -> dict[Hint, bool]:
            return {Hint.FRONT_ARTICLE: True}

    with Creator(path).config_indexing(False, "eng") as creator:
        creator.set_mainpath(articles[0][0].replace(" ", "_"))
        for title, html in articles:
            creator.add_item(Page(title, html))
        for name, value in {
            "Title": "Harbour Encyclopaedia", "Language": "eng", "License": "CC BY-SA 4.0",
            "Name": "harbour", "Creator": "us", "Publisher": "us", "Date": "2024-01-01",
            "Description": "Ships and harbours",
        }.items():  # fmt: skip
            creator.add_metadata(name, value)
    return path
