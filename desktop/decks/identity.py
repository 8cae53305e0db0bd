"""What makes a note the same note, here and in Anki.

Apart from building decks, so that the window can name a note without loading the rules of facts.
"""

from __future__ import annotations

import hashlib

from desktop.facts.identity import normalised


def note_id(anchor: str, target: str, answer: str) -> str:
    """Return a note's stable identity from its fact's, or from a term and where it is defined.

    Neither the wording of the card nor its place counts, so a reworded question, a corrected typo
    elsewhere and a second text with the same sentence leave it as it is (20 characters).
    """
    key = "\x1f".join(("glossator note 1", normalised(anchor), target, normalised(answer)))
    return hashlib.sha256(key.encode()).hexdigest()[:20]
