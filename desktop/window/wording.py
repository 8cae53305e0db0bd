"""The words of the interface for the kinds, sources and states of the core's values."""

from __future__ import annotations

from datetime import timedelta

from desktop.decks.deck import NoteKind
from desktop.glossary.term import Definition, DefinitionSource, TermKind

TERM_KINDS = {
    TermKind.PERSON: ("Person", "People"),
    TermKind.PLACE: ("Place", "Places"),
    TermKind.ORGANISATION: ("Organisation", "Organisations"),
    TermKind.EVENT: ("Event", "Events"),
    TermKind.WORK: ("Work", "Works"),
    TermKind.CONCEPT: ("Concept", "Concepts"),
    TermKind.ABBREVIATION: ("Abbreviation", "Abbreviations"),
    TermKind.WORD: ("Word", "Words"),
}

NOTE_KINDS = {
    NoteKind.QUESTION: ("Question", "Questions"),
    NoteKind.CLOZE: ("Gap", "Gaps"),
    NoteKind.TERM: ("Term", "Terms"),
}

SOURCES = {
    DefinitionSource.READER: "Your own words",
    DefinitionSource.DOCUMENT: "From the text",
    DefinitionSource.ENCYCLOPEDIA: "Encyclopaedia",
    DefinitionSource.DICTIONARY: "Dictionary",
}

#: The legend of the marks; each state differs in form, not in colour alone.
TINTS_EXPLAINED = (
    "Dots: no card of the term was studied yet. Strong dashes: it fades from memory, a card is"
    " due. A thin line: it is remembered."
)

#: Below this the chosen sense is shown as a likely one (see the sense benchmark).
UNSURE = 0.5

_STEPS = ((365.0, "year"), (30.0, "month"), (1.0, "day"))


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return e.g. ``"1 card"`` or ``"1,204 cards"``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def within(name: str) -> str:
    """Return the name of an action as it stands within a sentence."""
    return name[:1].lower() + name[1:]


def interval(span: timedelta) -> str:
    """Return the time until a card comes back, short enough for a button."""
    minutes = span.total_seconds() / 60
    if minutes < 1:
        return "< 1 min"
    if minutes < 60:
        return f"{round(minutes)} min"
    hours = minutes / 60
    if hours < 24:
        return f"{round(hours)} h"
    days = hours / 24
    for length, name in _STEPS:
        if days >= length:
            value = days / length
            number = f"{value:.1f}".removesuffix(".0") if name != "day" else f"{round(value)}"
            return f"{number} {name if number == '1' else name + 's'}"
    return f"{round(days)} days"


def reading_time(words: int) -> str:
    """Return how long a text takes at 230 words a minute (a usual pace for prose)."""
    minutes = max(1, round(words / 230))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02d} min"


def origin(definition: Definition) -> str:
    """Return where a definition comes from, with a word of caution when its sense is unsure."""
    name = SOURCES[definition.source]
    return f"{name} · likely sense" if unsure(definition) else name


def unsure(definition: Definition) -> bool:
    """Return whether another sense of the dictionary may well be the one that is meant."""
    return definition.source is DefinitionSource.DICTIONARY and definition.confidence < UNSURE
