"""What makes a fact the same fact: its sentence, what is asked and the answer."""

from __future__ import annotations

import hashlib
import unicodedata


def fact_id(quote: str, asks: str, answer: str) -> str:
    """Return a stable identity from the sentence, what is asked and the answer (20 characters)."""
    key = "\x1f".join(("glossator fact 1", normalised(quote), asks, normalised(answer)))
    return hashlib.sha256(key.encode()).hexdigest()[:20]


def normalised(text: str) -> str:
    """Return the letters and digits of ``text``, case-folded: what identity is made of."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())
