"""What the resolution of references says of one word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one word asks for: an edit (start, end, new text), the context, or a refusal.

    ``back`` says that the sentence before makes the refused word clear, ``as_of`` for which day
    (or year) the statement holds.
    """

    edit: tuple[int, int, str] | None = None
    needs_context: bool = False
    refusal: str = ""
    back: bool = False
    as_of: str = ""
