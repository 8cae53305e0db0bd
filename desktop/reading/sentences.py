"""How lines, sentences and paragraphs begin and end: the cues that mending and quoting use."""

from __future__ import annotations

import re

from desktop.reading.document import Document, Evidence, Span

_CLOSERS = "\"'”’»›)]}*_"
_OPENERS = "\"'“‘„‚«‹([{*_—–¿¡"
_SPACES = " \t\n\N{NO-BREAK SPACE}"
_END = re.compile(r"[.!?…。！？][" + re.escape(_CLOSERS) + r"]*(?:\[?\d{1,3}\]?|\[[\w ]{1,20}\])?$")
_BETWEEN = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")
_CUT_WORD = re.compile(r"[^\W\d_][-\N{HYPHEN}\N{SOFT HYPHEN}]$")
_ALWAYS_DOTTED = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Capt|Lt|Sgt|Rev|Hon|Sen|Gov|No|vs|cf|Fig|figs?|"
    r"pp|vol|ed|eds|bzw|ca|Nr|Abb|[A-Z])\.$"
)


def ends_sentence(text: str) -> bool:
    """Return whether ``text`` ends as a sentence does; an abbreviation's dot is no end."""
    text = text.rstrip()
    return bool(_END.search(text[-30:])) and not _ALWAYS_DOTTED.search(text[-30:])


def ends_clause(text: str) -> bool:
    """Return whether ``text`` ends as a paragraph may: a sentence, or a colon before a list."""
    return ends_sentence(text) or text.rstrip().endswith(":")


def ends_in_cut_word(text: str) -> bool:
    """Return whether the last word of ``text`` is cut by a hyphen."""
    return bool(_CUT_WORD.search(text.rstrip()[-2:]))


def starts_lower(text: str) -> bool:
    """Return whether ``text`` goes on in lower case, as the rest of a sentence does."""
    return text.lstrip(_OPENERS + _SPACES)[:1].islower()


def starts_sentence(text: str) -> bool:
    """Return whether ``text`` may begin a sentence: a capital, a digit, a letter without case."""
    first = text.lstrip(_OPENERS + _SPACES)[:1]
    return bool(first) and not first.islower() and (first.isalnum())


def first_word(text: str) -> str:
    """Return the first white-space separated word."""
    return text.split(None, 1)[0] if text.strip() else ""


def is_upper(text: str) -> bool:
    """Return whether ``text`` is set in capitals: at least two letters, none in lower case."""
    return text.isupper() and sum(c.isalpha() for c in text) > 1


def sentence_around(document: Document, mention: Span) -> Evidence:
    """Return the sentence in which ``mention`` stands, by its punctuation."""
    text = document.blocks[mention.block].text
    start, end = 0, len(text.rstrip())
    for match in _BETWEEN.finditer(text):
        if match.end() <= mention.start:
            start = match.end()
        elif match.start() >= mention.end:
            end = match.start() + len(match.group().rstrip())
            break
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return document.evidence(Span(mention.block, start, end))
