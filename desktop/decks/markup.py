"""Plain text as HTML for Anki: nothing in a text can become markup, a gap or a media tag."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.decks.deck import Note, NoteKind
from desktop.errors import InputError

#: What Anki reads in a field although it is no HTML: gaps, and references to media or LaTeX.
_ANKI_SYNTAX = re.compile(r"\{\{|\}\}|::|\[(?=(?:/?latex|/?\$\$?|sound:|anki:))", re.IGNORECASE)
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_GAP_START = re.compile(r"\{\{c(\d+)::")
_GAP = re.compile(r"\{\{c(\d+)::(.*?)(?:::(.*?))?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a cloze: its number, what it hides, the hint shown in its place."""

    number: int
    answer: str
    hint: str | None = None


def to_html(text: str) -> str:
    """Return plain text as HTML that shows exactly this text in an Anki field."""
    clean = _NOT_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = html.escape(clean, quote=False)
    neutral = _ANKI_SYNTAX.sub(
        lambda match: "".join(f"&#{ord(letter)};" for letter in match.group()), escaped
    )
    return neutral.replace("\n", "<br>")


def marked_html(text: str, parts: Iterable[str]) -> str:
    """Return ``text`` as HTML with each of ``parts`` marked that stands in it just once.

    An answer may begin with a capital that the text does not have; a part of a word is no answer.
    """
    places = sorted(place for part in parts if (place := _place(text, part)))
    pieces, end = [], 0
    for start, stop in places:
        if start >= end:
            inside = to_html(text[start:stop])
            pieces.append(f'{to_html(text[end:start])}<mark class="gl-mark">{inside}</mark>')
            end = stop
    return "".join(pieces) + to_html(text[end:])


def _place(text: str, part: str) -> tuple[int, int] | None:
    part = part.strip().rstrip(".")
    if not part or part == text.strip().rstrip("."):
        return None
    first = re.escape(part[0]) if not part[0].isupper() else f"[{part[0]}{part[0].lower()}]"
    found = list(re.finditer(rf"(?<!\w){first}{re.escape(part[1:])}(?!\w)", text))
    return found[0].span() if len(found) == 1 else None


def asked_for(note: Note) -> list[str]:
    """Return the words that a note asks for: its answer, its gaps, a term and its meaning."""
    if note.kind is NoteKind.QUESTION:
        return [note.back]
    if note.kind is NoteKind.TERM:
        return [note.front, note.back]
    pieces = parse_cloze(note.cloze or "", note.back)
    return [piece.answer for piece in pieces if isinstance(piece, Gap)]


def cloze_html(note: Note) -> str:
    """Return the note's cloze as HTML with Anki's gaps; raises ``InputError`` without any gap."""
    pieces = parse_cloze(note.cloze or "", note.back)
    if not any(isinstance(piece, Gap) for piece in pieces):
        raise InputError(
            f"The card “{note.back}” hides nothing any more; mark a gap in it or delete it."
        )
    return "".join(
        to_html(piece)
        if isinstance(piece, str)
        else f"{{{{c{piece.number}::{_inside(piece.answer)}"
        + (f"::{_inside(piece.hint)}" if piece.hint else "")
        + "}}"
        for piece in pieces
    )


def _inside(text: str) -> str:
    """Return HTML for the inside of a gap, where a colon or brace at the edge would join Anki's."""
    return re.sub(r"^[:{}]|[:{}]$", lambda match: f"&#{ord(match.group())};", to_html(text))


def parse_cloze(cloze: str, sentence: str) -> list[str | Gap]:
    """Split a cloze into text and gaps.

    Braces and colons of the text itself could pass for Anki's. ``sentence``, the cloze with its
    gaps filled, tells them apart: only a reading that gives the sentence back counts. Where none
    does (the reader changed one of the two), the first reading of Anki's syntax is taken.
    """
    aligned = _align(cloze, sentence)
    if aligned is not None:
        return aligned
    pieces: list[str | Gap] = []
    end = 0
    for match in _GAP.finditer(cloze):
        pieces += [cloze[end : match.start()], Gap(int(match[1]), match[2], match[3])]
        end = match.end()
    pieces.append(cloze[end:])
    return [piece for piece in pieces if piece]


def _align(cloze: str, sentence: str) -> list[str | Gap] | None:
    """Return the reading of ``cloze`` that spells ``sentence``, gaps preferred to bare text."""
    for start in _GAP_START.finditer(cloze):
        before = cloze[: start.start()]
        if not sentence.startswith(before):
            return None
        reading = _align_gap(cloze[start.end() :], sentence[len(before) :], int(start[1]))
        if reading is not None:
            return [before, *reading] if before else reading
    if cloze == sentence:
        return [cloze] if cloze else []
    return None


def _align_gap(rest: str, sentence: str, number: int) -> list[str | Gap] | None:
    """Read ``rest`` as the inside of a gap and what follows it, balanced braces first."""
    ends = [match.start() for match in re.finditer(r"(?=\}\})", rest)]
    ends.sort(key=lambda end: rest.count("{{", 0, end) != rest.count("}}", 0, end))
    for end in ends:
        inside = rest[:end]
        for cut in [*(match.start() for match in re.finditer("(?=::)", inside)), len(inside)]:
            answer, hint = inside[:cut], inside[cut + 2 :] or None
            if answer and sentence.startswith(answer):
                after = _align(rest[end + 2 :], sentence[len(answer) :])
                if after is not None:
                    return [Gap(number, answer, hint), *after]
    return None
