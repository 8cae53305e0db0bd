"""Is what a reader typed a web address? Asked of every file, so it loads nothing."""

from __future__ import annotations


def is_address(file: str) -> bool:
    """Return whether what was typed is the address of a page and not the name of a file."""
    return file[:8].lower().startswith(("http://", "https://"))
