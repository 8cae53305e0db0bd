"""Who wrote it: "BY THEO SOMMER", "Von Anna Berg und Jan Roth", "By Ann Lee, staff writer"."""

from __future__ import annotations

import re

_BY = re.compile(
    r"(?:written\s+)?(?:by|von|par|por|di|door|text(?:\s+by)?|words(?:\s+by)?|author)\s*:?\s+",
    re.I,
)
_SEPARATOR = re.compile(r"\s*(?:,|;|&|\||/|·|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s*", re.I)
_PARTICLES = frozenset(
    "van von de der den del della di da dos das du la le el al bin ibn ten ter zu zur "
    "y af av".split()
)
_WORD = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+)*\.?")
_NOT_NAMES = frozenset(
    "the a an our staff editor editors correspondent correspondents reporter writer writers "
    "professor chapter part section introduction preface abstract summary conclusion news "
    "contributing special photo photograph photographs illustration picture pictures image "
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday in on at of for from to with".split()
)
_MOST_WORDS = 5


def split_byline(text: str, *, labelled: bool = True) -> tuple[str, ...]:
    """Return the authors that a byline names, in ordinary case; () when it is none.

    With ``labelled`` the line must begin with "by" or its like; otherwise it must consist of
    names alone.
    """
    text = " ".join(text.split())
    match = _BY.match(text)
    if labelled and match is None:
        return ()
    if len(text) > 200:
        return ()
    rest = text[match.end() :] if match else text
    parts = [part for part in _SEPARATOR.split(rest) if part.strip()]
    names: list[str] = []
    for part in parts:
        if not _is_name(part):
            break  # what follows a name is its role: "By Ann Lee, staff writer"
        names.append(proper_case(part.strip().rstrip(",")))
    if not names or (not labelled and len(names) < len(parts)):
        return ()
    if len(names) < len(parts) and len(rest.split()) > 14:
        return ()  # a sentence that happens to begin with "By"
    return tuple(names)


def _is_name(text: str) -> bool:
    """Return whether ``text`` looks like one person's name: two to five capitalised words."""
    words = text.replace(".", ". ").split()
    if not 2 <= len(words) <= _MOST_WORDS or any(c.isdigit() for c in text):
        return False
    if text.rstrip()[-1:] in "!?:;" or not all(_WORD.fullmatch(word) for word in words):
        return False
    if any(word.lower().strip(".") in _NOT_NAMES for word in words):
        return False
    plain = [word for word in words if word.lower() not in _PARTICLES or word[0].isupper()]
    return len(plain) >= 2 and all(word[0].isupper() for word in plain)


def proper_case(name: str) -> str:
    """Return a name set in capitals in ordinary case: O'NEILL → O'Neill."""
    if not name.isupper():
        return name
    words = name.split()
    return " ".join(
        word.lower()
        if place > 0 and word.lower() in _PARTICLES
        else "-".join(_capitalised(piece) for piece in word.split("-"))
        for place, word in enumerate(words)
    )


def _capitalised(word: str) -> str:
    """Capitalise one part of a name, with its O' or Mc."""
    if re.fullmatch(r"(?:\w\.)+", word):
        return word
    match = re.match(r"(O['’]|D['’]|MC)(\w{2,})", word)
    if match:
        head = "Mc" if match[1] == "MC" else match[1]
        return head + match[2].capitalize()
    return word.capitalize()
