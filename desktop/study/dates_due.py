"""The reader's wish for when cards come again: ``3``, ``1-7`` (spread), ``3!`` (interval too)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from desktop.errors import InputError

_FARTHEST = 36_500


@dataclass(frozen=True, slots=True)
class DueWish:
    """From how many to how many days from today; ``new_interval`` makes it the interval too."""

    first: int
    last: int
    new_interval: bool = False

    @classmethod
    def parse(cls, text: str) -> DueWish:
        """Read what the reader typed; raises ``InputError`` with what can be typed."""
        found = re.fullmatch(r"\s*(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?\s*(!?)\s*", text)
        if found is None:
            raise InputError("Type days from today: 0 for today, 1-7 to spread over a week, or 5!.")
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        if max(first, last) > _FARTHEST:
            raise InputError(f"A card can come in {_FARTHEST:,} days at the latest.")
        return cls(min(first, last), max(first, last), bool(found[3]))

    def days_of(self, card_id: int) -> int:
        """Return the days for one card: spread by its id, the same each time."""
        digest = hashlib.sha256(f"due/{card_id}".encode()).digest()
        return self.first + int.from_bytes(digest[:8]) % (self.last - self.first + 1)
