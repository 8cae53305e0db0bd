"""A note as the rules see it: what is asked, what is answered, what the text says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.decks.cloze import hidden, shown
from desktop.decks.deck import Note, NoteKind
from desktop.facts.vocabulary import words

#: Words that carry no meaning of their own.
STOP = words(
    """the a an of in on at to for from by with and or but as is are was were be been being has
    have had do does did that this these those it its which who whom whose what when where why how
    many much more most than then there their his her they he she not no into over under about
    between after before during since until up out off so such also only other some any all each
    both one can could will would may might shall should must"""
)
AUXILIARIES = words("is are was were do does did has have had can could will would may might must")
QUESTION_WORD = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how)\b(?! is more\b)", re.IGNORECASE
)

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*|[^\w\s]")
_GAP = re.compile(r"\[[^\]]*\]")
_CONTEXT = re.compile(r"(?:In (?:[^“”?]{1,60} )?)?“[^”]+”(?: by [^,:]+)?[,:]\s*")


@dataclass(frozen=True, slots=True)
class View:
    """The two sides of a card as text, and its evidence."""

    note: Note
    asked: str
    answer: str
    evidence: str

    @property
    def kind(self) -> NoteKind:
        """The note's kind."""
        return self.note.kind


def view_of(note: Note) -> View:
    """Return the note's question and answer, whatever its kind."""
    if note.kind is NoteKind.CLOZE and note.cloze:
        return View(note, shown(note.cloze), " … ".join(hidden(note.cloze)), note.evidence.quote)
    return View(note, note.front, note.back, note.evidence.quote)


def tokens(text: str) -> list[str]:
    """Split into words and punctuation marks."""
    return _TOKEN.findall(text.replace("’", "'"))


def word_count(text: str) -> int:
    """Count the words between white space."""
    return len(text.split())


def content(text: str) -> list[str]:
    """Return the lower-case words that carry meaning."""
    return [w for w in (t.lower() for t in tokens(text)) if w[0].isalnum() and w not in STOP]


def stem(word: str) -> str:
    """Cut a word to what its forms share."""
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def has_context(text: str) -> bool:
    """Return whether the card says which text it speaks of."""
    return bool(_CONTEXT.match(text))


def without_context(text: str) -> str:
    """Return what is asked without the name of the text before it."""
    return _CONTEXT.sub("", text, count=1) if has_context(text) else text


def without_gaps(text: str, instead: str = "") -> str:
    """Return a cloze's front without its gaps and hints."""
    return _GAP.sub(instead, text)


def without_quotations(text: str) -> str:
    """Return the text without what it quotes."""
    return re.sub(r"“[^”]*”|\"[^\"]*\"", "“…”", text)
