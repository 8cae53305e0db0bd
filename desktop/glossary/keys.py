"""Under which name a term is the same in every text: the key that edits and libraries use."""

from __future__ import annotations

import functools
import re
import unicodedata

from desktop.glossary.term import TermKind

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-"})
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)")
_POSSESSIVE = re.compile(r"'s?$")
_INITIALS = re.compile(r"(?:\w\.){2,}")
_IDEAS = frozenset({TermKind.CONCEPT, TermKind.WORD})


@functools.lru_cache(maxsize=1 << 14)
def normalised_form(name: str) -> str:
    """Return ``name`` without what varies from text to text: case, article, quotes, full stops."""
    text = unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold()
    text = _ARTICLE.sub("", " ".join(text.split()))
    if _INITIALS.fullmatch(text):
        text = text.replace(".", "")
    return _POSSESSIVE.sub("", text) or text


def kind_class(term: str, kind: TermKind) -> str:
    """Return the class of kinds within which one form is one term: person, idea or name.

    What one text takes for a place and the next for an organisation is the same name; a person
    and a word of everyday language are not. Initials (GDP) are a name whatever they stand for.
    """
    if kind is TermKind.PERSON:
        return "person"
    return "idea" if kind in _IDEAS and not term.isupper() else "name"


def term_key(term: str, kind: TermKind) -> str:
    """Return the key of a term, the same in all texts, e.g. ``name:nato``."""
    return f"{kind_class(term, kind)}:{normalised_form(term)}"
