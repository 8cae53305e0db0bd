r"""Find and replace in the wording of notes: plain text or a regular expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from desktop.errors import InputError

#: So long, in seconds, may one replacement in one text take.
_PATIENCE = 1.0


@dataclass(frozen=True, slots=True)
class Replacement:
    r"""What is to be found, and what takes its place; ``side`` is front, back or both ("").

    With ``regex`` both are those of a regular expression, ``$1`` or ``\1`` for a group.
    """

    find: str
    put: str
    regex: bool = False
    match_case: bool = False
    side: str = ""

    def worker(self) -> Callable[[str], str]:
        """Return what replaces in one text; raises ``InputError`` for what can't be meant.

        The worker itself raises it where an expression takes too long.
        """
        import regex

        if not self.find:
            raise InputError("Type what is to be found.")
        flags = 0 if self.match_case else regex.IGNORECASE
        expression = self.find if self.regex else regex.escape(self.find)
        put = re.sub(r"\$(\d)", r"\\\1", self.put) if self.regex else self.put.replace("\\", r"\\")
        try:
            pattern = regex.compile(expression, flags)
            # A group that there isn't shows only when something is replaced.
            regex.compile(f"(?:{expression})?", flags).sub(put, "a")
        except (regex.error, IndexError) as error:
            raise InputError(f"This regular expression can't be used ({error}).") from error

        def change(text: str) -> str:
            try:
                return str(pattern.sub(put, text, timeout=_PATIENCE, concurrent=True))
            except TimeoutError:
                raise InputError("This expression takes too long; make it simpler.") from None

        return change
