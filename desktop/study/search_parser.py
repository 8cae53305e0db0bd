"""Read a search as the reader types it: letters → tokens → the values of ``desktop.study.search``.

Words beside each other must all be found; ``or`` binds less than that. A minus before a word, a
quoted text or a group excludes it. ``key:value`` asks for one thing; a key that isn't known is the
name of a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from desktop.errors import SearchError
from desktop.study.search import All, Either, Field, Node, Not, Words
from desktop.study.search_keys import KEYS, MATCHINGS, checked_pattern, in_plain_sight
from desktop.study.wildcards import Pattern

#: More brackets within brackets than this are no question of a person.
_DEEPEST = 100

_TOKEN = re.compile(
    r"(?P<open>\()|(?P<close>\))"
    r'|(?P<key>(?:\\\S|[^\\\s()":])+:)?"(?P<quoted>(?:\\.|[^\\"])*)(?P<end>"|\Z|\\\Z)'
    r'|(?P<bare>(?:\\\S|\\|[^\\\s()"])+)',
    re.DOTALL,
)
_COLON = re.compile(r"((?:\\.|[^\\:])*):(.*)", re.DOTALL)
_TROUBLE = "“{}” stands alone; put it between two things to look for, or in double quotes."


class _Kind(StrEnum):
    OPEN = "("
    CLOSE = ")"
    MINUS = "-"
    OR = "or"
    AND = "and"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str = ""


def parse_search(query: str) -> Node:
    """Return what ``query`` means; an empty one means every card.

    Raises ``SearchError`` with a sentence that says what can't be understood, or isn't supported.
    """
    parser = _Parser(_tokens(query))
    return parser.whole()


def _tokens(query: str) -> list[_Token]:
    """Cut a query at blanks, brackets and quotes."""
    tokens: list[_Token] = []
    place, after_minus = 0, False
    while place < len(query):
        if query[place].isspace():
            place += 1
            continue
        if _is_minus(query, place) and not after_minus:
            tokens.append(_Token(_Kind.MINUS))
            place, after_minus = place + 1, True
            continue
        found = _TOKEN.match(query, place)
        assert found is not None  # the last branch takes any other letter
        tokens.append(_token(found))
        place, after_minus = found.end(), False
    return tokens


def _is_minus(query: str, place: int) -> bool:
    """Whether a hyphen stands there that excludes what follows it at once."""
    following = query[place + 1 : place + 2]
    return query[place] == "-" and following not in ("", ")") and not following.isspace()


def _token(found: re.Match[str]) -> _Token:
    """Return the token of a match."""
    if found["open"]:
        return _Token(_Kind.OPEN)
    if found["close"]:
        return _Token(_Kind.CLOSE)
    if found["bare"] is not None:
        word = found["bare"]
        if word.lower() in ("or", "and"):
            return _Token(_Kind(word.lower()))
        return _Token(_Kind.TERM, word)
    if found["end"] != '"':
        raise SearchError('A double quote is open; close it, or type \\" for the sign itself.')
    if not found["quoted"]:
        raise SearchError('Between the double quotes stands nothing; type \\"\\" for the signs.')
    return _Token(_Kind.TERM, (found["key"] or "") + found["quoted"])


class _Parser:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def whole(self) -> Node:
        """Read all tokens."""
        if not self._tokens:
            return All(())
        node = self._either()
        if self._next() is not None:
            raise SearchError("A bracket closes that was never opened; type \\) for the sign.")
        return node

    def _next(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _either(self) -> Node:
        """Read what ``or`` joins."""
        parts = [self._all()]
        while (token := self._next()) is not None and token.kind is _Kind.OR:
            self._place += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Node:
        """Read what stands side by side."""
        parts = [self._one()]
        while (token := self._next()) is not None and token.kind not in (_Kind.OR, _Kind.CLOSE):
            if token.kind is _Kind.AND:
                self._place += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Node:
        """Read a term or a group, excluded or not."""
        token = self._next()
        if token is None or token.kind in (_Kind.OR, _Kind.AND, _Kind.CLOSE):
            raise self._missing(token)
        self._place += 1
        if token.kind is _Kind.MINUS:
            return Not(self._one())
        if token.kind is _Kind.TERM:
            return _term(token.text)
        return self._group()

    def _group(self) -> Node:
        """Read up to the bracket that closes."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise SearchError("This search has too many brackets within brackets.")
        if (token := self._next()) is not None and token.kind is _Kind.CLOSE:
            raise SearchError('Between the brackets stands nothing; type "()" for the signs.')
        node = self._either()
        if self._next() is None:
            raise SearchError("A bracket is open; close it, or type \\( for the sign itself.")
        self._place += 1
        self._depth -= 1
        return node

    def _missing(self, token: _Token | None) -> SearchError:
        """Return the sentence for a place where something to look for was expected."""
        if token is not None and token.kind in (_Kind.OR, _Kind.AND):
            return SearchError(_TROUBLE.format(token.kind.value))
        before = self._tokens[self._place - 1].kind if self._place else None
        if before in (_Kind.OR, _Kind.AND):
            return SearchError(_TROUBLE.format(before.value))
        if token is None:
            return SearchError("A bracket is open; close it, or type \\( for the sign itself.")
        return SearchError("A bracket closes that was never opened; type \\) for the sign.")


def _term(text: str) -> Node:
    """Return the meaning of one word or ``key:value``."""
    divided = _COLON.fullmatch(text)
    if divided is None:
        return Words(checked_pattern(text))
    key, value = divided[1], divided[2]
    if not key:
        raise SearchError("Nothing stands before the colon; type \\: for the sign itself.")
    known: Callable[[str], Node] | None = KEYS.get(key.lower())
    if known is not None:
        return known(value)
    for prefix, matching in MATCHINGS.items():
        if value.startswith(prefix):
            rest = value[len(prefix) :]
            return Field(checked_pattern(key), in_plain_sight(rest, matching), matching)
    return Field(checked_pattern(key), Pattern(checked_pattern(value).raw))
