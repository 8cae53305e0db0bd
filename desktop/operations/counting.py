"""The names of actions on one card or on several, for the menu of undo."""

from __future__ import annotations


def counted(verb: str, number: int) -> str:
    """Return e.g. ``"Accept card"`` or ``"Accept 12 cards"``."""
    return f"{verb} card" if number == 1 else f"{verb} {number} cards"
