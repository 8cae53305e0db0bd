"""Selections on the page: their places, and sentences selected by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor

from desktop.glossary.guard import Place
from desktop.reading.document import Document, Span
from desktop.reading.sentences import sentence_around

if TYPE_CHECKING:
    from desktop.window.set_page import SetPage


def selected_places(page: SetPage, document: Document) -> tuple[Place, Place] | None:
    """Return where the selected words begin and end, without the spaces around them."""
    cursor = page.textCursor()
    if not cursor.hasSelection():
        return None
    (block, start), (last, end) = (
        page.place_of(at) for at in (cursor.selectionStart(), cursor.selectionEnd())
    )
    while (block, start) < (last, end) and start >= len(document.blocks[block].text.rstrip()):
        block, start = block + 1, 0
    while (block, start) < (last, end) and not document.blocks[last].text[:end].strip():
        last -= 1
        end = len(document.blocks[last].text)
    first_text, last_text = document.blocks[block].text, document.blocks[last].text
    start += len(first_text[start:]) - len(first_text[start:].lstrip())
    end = len(last_text[:end].rstrip())
    return ((block, start), (last, end)) if (block, start) < (last, end) else None


def select(page: SetPage, first: Place, last: Place) -> None:
    """Select what lies between two places of the chapter on show."""
    page.bring_into_view(Span(*first, first[1]))
    cursor = QTextCursor(page.document())
    cursor.setPosition(page.position(first))
    cursor.setPosition(page.position(last), QTextCursor.MoveMode.KeepAnchor)
    page.setTextCursor(cursor)


def selection_rects(page: SetPage) -> tuple[QRect, QRect]:
    """Return where the selection begins and ends, in coordinates of the page."""
    cursor = page.textCursor()
    rects = []
    for at in (cursor.selectionStart(), cursor.selectionEnd()):
        part = QTextCursor(page.document())
        part.setPosition(at)
        rects.append(page.cursorRect(part).translated(page.viewport().pos()))
    return rects[0], rects[1]


def next_sentence(document: Document, place: Place, *, forward: bool) -> Span | None:
    """Return the sentence that begins after ``place``, or the one before it."""
    block, offset = place
    while 0 <= block < len(document.blocks):
        text = document.blocks[block].text
        found = _sentences(document, block)
        if forward:
            found = [span for span in found if span.start >= offset]
        else:
            found = [span for span in reversed(found) if span.end <= offset]
        if found:
            return found[0]
        block += 1 if forward else -1
        offset = 0 if forward else 1 << 30
        del text
    return None


def _sentences(document: Document, block: int) -> list[Span]:
    text, found, at = document.blocks[block].text, [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        span = sentence_around(document, Span(block, at, at + 1)).span
        found.append(span)
        at = max(at + 1, span.end)
    return found
