"""Links within a text: from the ids of its source to the anchors of its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from desktop.reading.document import Mark, MarkKind
from desktop.reading.draft import Draft


def settle_links(drafts: Iterable[Draft], ids: Mapping[str, Draft]) -> None:
    """Give the drafts that are linked to an anchor, and the links to them its name.

    A link target ``#key`` leads to ``ids[key]`` (``key`` is ``id``, ``#id`` or ``file#id``);
    one that leads nowhere is no link.
    """
    taken: set[str] = set()
    for draft in drafts:
        kept = []
        for mark in draft.marks:
            target = mark.target or ""
            if mark.kind is MarkKind.LINK and target.startswith("#"):
                goal = _goal(target[1:], ids)
                if goal is None:
                    continue
                target = f"#{_anchor(goal, target[1:], taken)}"
                kept.append(Mark(mark.start, mark.end, mark.kind, target))
            else:
                kept.append(mark)
        draft.marks = kept


def _goal(key: str, ids: Mapping[str, Draft]) -> Draft | None:
    for one in (key, unquote(key)):
        if one in ids:
            return ids[one]
    return None


def _anchor(goal: Draft, key: str, taken: set[str]) -> str:
    """Return the anchor of a draft, made from the id where it has none yet."""
    if goal.anchor is None:
        name = key.rpartition("#")[2] or key or "start"
        unique, count = name, 1
        while unique in taken:
            count += 1
            unique = f"{name}-{count}"
        goal.anchor = unique
        taken.add(unique)
    return goal.anchor
