"""Picture cards: a figure with regions hidden, in the notation of Anki's image occlusion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.decks.deck import Note, NoteKind
from desktop.decks.identity import note_id
from desktop.glossary.term import DefinitionSource
from desktop.reading.document import BlockKind, Document, Evidence, Span

#: The rule of a card that asks what a picture shows.
PICTURE_RULE = f"picture_{DefinitionSource.READER.value}"

_SHAPE = re.compile(
    r"\{\{c\d+::image-occlusion:rect:left=([\d.]+):top=([\d.]+):width=([\d.]+):height=([\d.]+)"
    r"(:oi=1)?\}\}"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a picture, in shares (0..1) of its width and height."""

    left: float
    top: float
    width: float
    height: float


def occlusion_source(regions: Sequence[Region], *, hide_all: bool) -> str:
    """Return the source of a note that asks for each region on a card of its own.

    With ``hide_all`` the other regions are hidden on each card too.
    """
    tail = ":oi=1" if hide_all else ""
    return "\n".join(
        f"{{{{c{number}::image-occlusion:rect:left={_share(r.left)}:top={_share(r.top)}"
        f":width={_share(r.width)}:height={_share(r.height)}{tail}}}}}"
        for number, r in enumerate(regions, 1)
    )


def hidden_regions(note: Note) -> tuple[Region, ...]:
    """Return the regions that a note hides; none for any other note."""
    found = _SHAPE.finditer(note.cloze or "")
    return tuple(Region(*(float(share) for share in match.groups()[:4])) for match in found)


def hides_all(note: Note) -> bool:
    """Return whether each card hides the other regions too."""
    return ":oi=1}}" in (note.cloze or "")


def is_occlusion(note: Note) -> bool:
    """Return whether a note hides regions of a picture."""
    return note.kind is NoteKind.CLOZE and bool(_SHAPE.match(note.cloze or ""))


def has_picture_in_front(note: Note) -> bool:
    """Return whether the picture belongs to what the note asks."""
    return note.rule == PICTURE_RULE or is_occlusion(note)


def figures(document: Document) -> list[tuple[int, str]]:
    """Return the figures with a picture: their block, and their caption or description."""
    pictures = {picture.name for picture in document.pictures}
    found = []
    for block in document.blocks:
        if block.kind is BlockKind.FIGURE and block.picture in pictures:
            found.append((block.index, caption_of(document, block.index).quote))
    return found


def caption_of(document: Document, figure: int) -> Evidence:
    """Return the caption of a figure, else its description: it follows the figure, or leads."""
    kinds = {i: document.blocks[i].kind for i in range(figure - 2, figure + 2)
             if 0 <= i < len(document.blocks)}  # fmt: skip
    block = figure
    if kinds.get(figure + 1) is BlockKind.CAPTION:
        block = figure + 1
    elif kinds.get(figure - 1) is BlockKind.CAPTION and kinds.get(figure - 2) != BlockKind.FIGURE:
        block = figure - 1
    return document.evidence(Span(block, 0, len(document.blocks[block].text)))


def picture_note(document: Document, figure: int, front: str, back: str) -> Note:
    """Return a card that shows a figure and asks ``front``."""
    evidence = caption_of(document, figure)
    name = document.blocks[figure].picture or ""
    return Note(
        id=note_id(f"{name}\x1f{evidence.quote}", "picture", f"{front}\x1f{back}"),
        kind=NoteKind.QUESTION,
        front=front,
        back=back,
        evidence=evidence,
        rule=PICTURE_RULE,
        tags=("glossator", "glossator::picture"),
        title=document.name,
        author=", ".join(document.authors),
    )


def occlusion_note(
    document: Document, figure: int, front: str, regions: Sequence[Region], *, hide_all: bool
) -> Note:
    """Return a note that asks for regions of a figure under the heading ``front``."""
    source = occlusion_source(regions, hide_all=hide_all)
    back = caption_of(document, figure).quote or front
    base = picture_note(document, figure, front, back)
    return replace(
        base,
        id=note_id(base.id, "occlusion", source),
        kind=NoteKind.CLOZE,
        cloze=source,
        rule=f"occlusion_{DefinitionSource.READER.value}",
    )


def _share(value: float) -> str:
    """Return a share as Anki writes it: four digits, no zero before the point."""
    return f"{min(1.0, max(0.0, value)):.4f}".removeprefix("0")
