"""Sentences cut into the statements that they make, and the wording of such a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.facts.vocabulary import CONNECTIVE_PHRASES, CONNECTIVES
from desktop.reading.document import Block

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_PARENTHESIS = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_REFERENCE = re.compile(
    r"^\W*$|\b(?:1[5-9]|20)\d\d[a-z]?\W*$|\b(?:[Ff]ig(?:ure|\.)|[Ss]ee\b|[Tt]able \d|[Cc]hapter \d)"
    r"|et al|^\W*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\W*$|citation needed"
)
_PHRASES = re.compile(
    r"(?:" + "|".join(CONNECTIVE_PHRASES) + r")\s*,\s*|(?:"
    + "|".join(sorted(CONNECTIVES)) + r")(?:\s*,\s*|\s+(?=[A-Z]|the\b|an?\b))",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One statement of a sentence: a clause with a subject and a finite verb of its own.

    ``start``–``end`` is its range in the block; ``drops`` are ranges that carry no statement
    (references to literature, a linking word at the start).
    """

    block: Block
    sentence: TokenSpan
    root: Token
    start: int
    end: int
    first: bool
    drops: tuple[tuple[int, int], ...] = ()
    tokens: tuple[Token, ...] = field(default=())

    @property
    def whole(self) -> bool:
        """Whether the unit is all that its sentence says."""
        return self.end - self.start >= len(self.sentence.text.strip()) - 3


def units_of(block: Block, sentence: TokenSpan) -> Iterator[Unit]:
    """Yield the statements of ``sentence``: itself, or its co-ordinated main clauses."""
    text = block.text
    start = sentence.start_char
    end = start + len(sentence.text.rstrip())
    edges = [start]
    roots = [sentence.root]
    for clause, cut in _further_clauses(sentence):
        roots.append(clause)
        edges.append(cut)
    edges.append(end)
    for number, root in enumerate(roots):
        left, right = _trimmed(text, edges[number], edges[number + 1])
        drops = _droppable(text, left, right)
        tokens = tuple(
            token
            for token in sentence
            if left <= token.idx < right
            and not token.is_space
            and not any(a <= token.idx < b for a, b in drops)
        )
        if root in tokens:
            yield Unit(block, sentence, root, left, right, number == 0, drops, tokens)


def _further_clauses(sentence: TokenSpan) -> Iterator[tuple[Token, int]]:
    """Yield the roots of co-ordinated main clauses with the place where each begins."""
    previous = sentence.root
    while True:
        following = [
            child
            for child in previous.children
            if child.dep_ in {"conj", "ccomp", "parataxis"}
            and any(grand.dep_ in _SUBJECTS and grand.i < child.i for grand in child.children)
        ]
        cut = None
        for child in following:
            first = child.doc[min(token.i for token in child.subtree)]
            if child.dep_ == "ccomp" and child.i < previous.i:
                continue
            cut = _cut_before(first)
            if cut is not None and first.i > previous.i:
                yield child, cut
                previous = child
                break
            cut = None
        if cut is None:
            return


def _cut_before(first: Token) -> int | None:
    """Return where a clause that opens with ``first`` begins, if a break stands before it."""
    index = first.i
    doc = first.doc
    if index and doc[index - 1].lower_ in {"and", "but", "yet"}:
        index -= 1
        if index and doc[index - 1].text in {",", ";", "–", "—"}:
            return int(doc[index].idx + len(doc[index].text))
        return None
    if index and doc[index - 1].text == ";":
        return int(first.idx)
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take spaces, and a comma, a semicolon or an "and" before a cut, off both ends."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" ,;–—\n\t"))
    piece = re.sub(r"[\s,;–—]*(?:\b(?:and|but|yet)\b)?[\s,;–—]*$", "", text[start:end])
    return start, start + len(piece)


def _droppable(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the ranges of literature references and of a linking word at the start."""
    drops = []
    opening = start
    while match := _PHRASES.match(text, opening, end):
        opening = match.end()
    if opening > start:
        drops.append((start, opening))
    for match in _PARENTHESIS.finditer(text, start, end):
        if _REFERENCE.search(match.group().strip(" ()[]")):
            drops.append((match.start(), match.end()))
    return tuple(drops)


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement as it is shown, which still knows where each part of it comes from.

    ``pieces`` are (start in the block, end in the block, start in ``text``) of what is verbatim.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the block's range ``start``–``end`` stands in ``text``, if verbatim."""
        for a, b, offset in self.pieces:
            if a <= start and end <= b:
                return offset + start - a, offset + end - a
        return None


def word_range(
    text: str, start: int, end: int, edits: list[tuple[int, int, str]], *, capital: bool = True
) -> Wording:
    """Return ``text[start:end]`` with ``edits`` (start, end, new text) made.

    With ``capital`` it begins with a capital and ends with a full stop.
    """
    out = ""
    pieces: list[tuple[int, int, int]] = []
    position = start
    for a, b, new in [*sorted(edit for edit in edits if start <= edit[0] < end), (end, end, "")]:
        if a < position:
            continue
        if a > position:
            piece_start = position
            while piece_start < a and text[piece_start].isspace() and (not out or out[-1] == " "):
                piece_start += 1
            pieces.append((piece_start, a, len(out)))
            out += text[piece_start:a]
        out += new
        position = b
    if "\n" in out:
        out = out.replace("\n", " ")
    stripped = out.rstrip(" ,;:–—")
    out = stripped
    if capital and out:
        out = out[0].upper() + out[1:]
        if out[-1] not in ".!?…" and not re.search(r"[.!?…][\"”’')\]]+$", out):
            out += "."
    return Wording(out, tuple(pieces))
