"""Whose words a definition is in: what a licence asks to be said wherever the words go."""

from __future__ import annotations

from desktop.decks.deck import Note, NoteKind
from desktop.glossary.term import DefinitionSource

#: The works that definitions are taken from, with their licences.
_WORKS = {
    DefinitionSource.ENCYCLOPEDIA: "Wikipedia (CC BY-SA 4.0)",
    DefinitionSource.DICTIONARY: "Open English WordNet 2024 (CC BY 4.0)",
}


def definition_credit(note: Note) -> str:
    """Return the work and licence that a term's definition comes from; empty for the text itself.

    The rule that made the note ends in the source of its definition.
    """
    if note.kind is not NoteKind.TERM:
        return ""
    source = note.rule.rpartition("_")[2]
    return next((work for kind, work in _WORKS.items() if kind.value == source), "")
