"""Searches put together from parts: quoting what would mean something else, joining two."""

from __future__ import annotations

import re
from collections.abc import Sequence


def quoted(text: str, *, wild: bool = True) -> str:
    """Return ``text`` so that a search takes it to the letter, in quotes where it needs them."""
    signs = r'([\\"*_])' if wild else r'([\\"])'
    escaped = re.sub(signs, r"\\\1", text)
    return f'"{escaped}"' if re.search(r"[\s():]|^-|^$", text.replace("::", "")) else escaped


def joined(query: str, part: str, way: str) -> str:
    """Return a search with another part: ``way`` is "" for the part alone, and, or, not."""
    query, part = query.strip(), part.strip()
    if way == "not":
        bare = re.fullmatch(r'[^\s()"]+|\S+:"(?:\\.|[^\\"])*"', part)
        part = f"-{part}" if bare else f"-({part})"
        way = "and"
    if not way or not query or not part:
        return part
    if way == "or":
        return f"{query} or {part}"
    needs = re.search(r"(?i)(^|\s)or(\s|$)", query)
    return f"({query}) {part}" if needs else f"{query} {part}"


def unknown_fields(query: str, fields: Sequence[str]) -> list[str]:
    """Return the names in a search that are those of no field."""
    from desktop.study.search import named_fields
    from desktop.study.search_parser import parse_search

    asked = named_fields(parse_search(query))
    return [one.text for one in asked if fields and not any(map(one.matches, fields))]
