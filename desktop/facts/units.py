"""Sentences cut into the statements that they make, and the wording of such a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.facts.vocabulary import CONNECTIVE_PHRASES, CONNECTIVES, HEDGES, STANCE
from desktop.reading.document import Block

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_VERBAL = frozenset({"VERB", "AUX"})
#: Tags of finite verbs; the tagger takes a plural's present tense for an infinitive at times.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PARENTHESIS = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_REFERENCE = re.compile(
    r"^\W*(?:(?:and|or)\W*)*$"
    r"|\b(?:1[5-9]|20)\d\d[a-z]?\W*$|\b(?:[Ff]ig(?:ure|\.)|[Ss]ee\b|[Tt]able \d|[Cc]hapter \d)"
    r"|et al|^\W*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\W*$|citation needed"
    r"|^\W*(?:update|note|when|who|clarification)\b"
)
_PHRASES = re.compile(
    r"(?:" + "|".join(CONNECTIVE_PHRASES) + r")\s*,\s*|as a result\s+(?!of\b)|(?:"
    + "|".join(sorted(CONNECTIVES)) + r")(?:\s*,\s*|\s+(?=[A-Z]|the\b|an?\b))",
    re.IGNORECASE,
)  # fmt: skip


#: A feeling about the statement, set off at its start; doubts ("perhaps") are part of it.
_STANCES = re.compile(r"(?:" + "|".join(sorted(STANCE - HEDGES)) + r")\s*,\s*", re.IGNORECASE)


#: The headings that stand before the sentences of a structured abstract.
_LABEL = re.compile(
    r"(?:Background|Objectives?|Aims?|Introduction|Methods|Design|Setting|Participants|Results|"
    r"Findings|Discussion|Interpretation|Conclusions?|Significance): "
)


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
    #: The block's text with capitals as in running text; offsets are the block's.
    text: str = ""

    @property
    def whole(self) -> bool:
        """Whether the unit is all that its sentence says."""
        return self.end - self.start >= len(self.sentence.text.strip()) - 3


def units_of(block: Block, sentence: TokenSpan) -> Iterator[Unit]:
    """Yield the statements of ``sentence``: itself, or its co-ordinated main clauses."""
    text = sentence.doc.text
    start = sentence.start_char
    end = start + len(sentence.text.rstrip())
    edges = [start, *_cuts(sentence), end]
    for number, (opening, closing) in enumerate(pairwise(edges)):
        left, right = _trimmed(text, opening, closing)
        drops = _droppable(text, left, right)
        tokens = tuple(
            token
            for token in sentence
            if left <= token.idx < right
            and not token.is_space
            and not any(a <= token.idx < b for a, b in drops)
        )
        root = _root_of(tokens)
        if root is not None:
            yield Unit(block, sentence, root, left, right, number == 0, drops, tokens, text)


def _root_of(tokens: tuple[Token, ...]) -> Token | None:
    """Return the main verb of a stretch of tokens, else what governs it."""
    inside = {token.i for token in tokens}
    outer = [t for t in tokens if t.head.i not in inside or t.head == t]
    verbs = [t for t in outer if t.pos_ in _VERBAL and has_subject(t)]
    if verbs:
        return verbs[0]
    # The parser took a noun or a participle for the root; a finite clause beside it serves.
    clauses = [t for t in tokens if t.dep_ in {"ccomp", "ROOT"} and t.tag_ in FINITE]
    clauses = [t for t in clauses if has_subject(t) and not _is_subordinate(t)]
    return next(iter(clauses), outer[0] if outer else None)


def has_subject(verb: Token) -> bool:
    """Return whether a verb has a subject before it."""
    return any(child.dep_ in _SUBJECTS and child.i < verb.i for child in verb.children)


def _is_subordinate(verb: Token) -> bool:
    """Return whether a conjunction or a question word opens the clause."""
    return any(c.dep_ == "mark" or c.tag_ in {"WDT", "WP", "WRB"} for c in verb.children)


def _cuts(sentence: TokenSpan) -> list[int]:
    """Return where further main clauses begin: after semicolons, and after "…, and"."""
    cuts = []
    depth = 0
    listed = False
    for token in sentence:
        depth += token.text in {"(", "“", "["}
        depth -= token.text in {")", "”", "]"}
        if depth > 0 or token.i == sentence.start:
            continue
        listed = listed or token.text == ":"
        if token.text == ";" and not listed:
            cuts.append(token.idx + 1)
        elif token.lower_ in {"and", "but", "yet"} and token.nbor(-1).text in {",", "–", "—"}:
            clause = _clause_after(token, sentence)
            if clause is not None:
                cuts.append(token.idx + len(token.text))
        elif token.lower_ in {"whereas", "while"} and _contrasts(token, sentence):
            cuts.append(token.idx + len(token.text))
    return cuts


def _clause_after(link: Token, sentence: TokenSpan) -> Token | None:
    """Return the verb of a whole clause that opens after a conjunction, if there is one."""
    for token in sentence.doc[link.i + 1 : sentence.end]:
        if token.dep_ != "conj" or token.pos_ not in _VERBAL or not has_subject(token):
            continue
        opens = token.left_edge.i == link.i + 1
        main = token.head == sentence.root or token.head.dep_ in {"ccomp", "conj"}
        upper = token.head.dep_ == "ROOT" or (main and has_subject(token.head))
        return token if opens and upper and not _is_subordinate(token.head) else None
    return None


def _contrasts(link: Token, sentence: TokenSpan) -> bool:
    """Return whether a "whereas" or ", while" sets a whole clause against the main one."""
    verb = link.head
    whole = link.dep_ == "mark" and verb.left_edge == link and has_subject(verb)
    behind = verb.head == sentence.root and verb.head.i < link.i and has_subject(verb.head)
    return whole and behind and (link.lower_ == "whereas" or link.nbor(-1).text == ",")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take spaces, and a comma, a semicolon or an "and" before a cut, off both ends."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" ,;–—\n\t"))
    piece = re.sub(
        r"[\s,;–—]*(?:\b(?:and|but|yet|whereas|while)\b)?[\s,;–—]*$", "", text[start:end]
    )
    return start, start + len(piece)


def _droppable(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the ranges of literature references and of a linking word at the start."""
    drops = []
    label = _LABEL.match(text, start, end)
    opening = label.end() if label else start
    while match := _PHRASES.match(text, opening, end) or _STANCES.match(text, opening, end):
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
