"""What a search for cards means: the parts of a query as values.

The language is Anki's, so that a query means here what it means there; ``doc:`` and ``kind:`` are
ours. ``desktop.study.search_parser`` reads a query into these values, ``desktop.library`` finds
the cards. ``GUIDE`` explains the language to the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.study.wildcards import Pattern


class Matching(StrEnum):
    """How text is compared."""

    PLAIN = "plain"  # with wildcards
    REGEX = "re"
    NO_ACCENTS = "nc"  # with wildcards; accents don't count
    WORD = "w"  # with wildcards; from the beginning to the end of words


class State(StrEnum):
    """What ``is:`` asks for."""

    NEW = "new"
    LEARNING = "learn"
    REVIEW = "review"
    DUE = "due"
    SUSPENDED = "suspended"
    BURIED = "buried"
    BURIED_BY_READER = "buried-manually"
    BURIED_SIBLING = "buried-sibling"
    LEECH = "leech"  # these two are ours: Anki has the tags alone
    MARKED = "marked"


class Quantity(StrEnum):
    """What ``prop:`` compares."""

    INTERVAL = "ivl"  # days
    DUE = "due"  # days from today
    REPS = "reps"
    LAPSES = "lapses"
    POSITION = "pos"  # among new cards
    STABILITY = "s"  # days
    DIFFICULTY = "d"  # 0..1
    RETRIEVABILITY = "r"  # 0..1


class IdKind(StrEnum):
    """What the numbers of an id search belong to."""

    NOTE = "nid"
    CARD = "cid"
    DECK = "did"
    NOTE_TYPE = "mid"


@dataclass(frozen=True, slots=True)
class All:
    """Cards for which all parts hold; without parts, every card."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Cards for which one of the parts holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Cards for which ``part`` doesn't hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Words:
    """Notes with this text somewhere; for ``REGEX`` the pattern's raw text is the expression."""

    pattern: Pattern
    matching: Matching = Matching.PLAIN


@dataclass(frozen=True, slots=True)
class Field:
    """Notes whose field ``name`` is this text as a whole (``PLAIN``), or has it."""

    name: Pattern
    pattern: Pattern
    matching: Matching = Matching.PLAIN


@dataclass(frozen=True, slots=True)
class Deck:
    """Cards in a deck and in those below it."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class CurrentDeck:
    """Cards in the deck that is studied now and in those below it."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Notes with a tag or with one below it."""

    pattern: Pattern
    matching: Matching = Matching.PLAIN


@dataclass(frozen=True, slots=True)
class NoteType:
    """Notes of a type."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Template:
    """Cards of one template: by its name, or by its place (from 0) where ``ordinal`` is given."""

    pattern: Pattern
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """Cards in decks that are studied by the options of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """Cards made from a text of this title."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Kind:
    """Cards of notes of one of our kinds."""

    kind: str


@dataclass(frozen=True, slots=True)
class InState:
    """Cards in a state."""

    state: State


@dataclass(frozen=True, slots=True)
class Flag:
    """Cards with a flag (0: with none)."""

    number: int


@dataclass(frozen=True, slots=True)
class Property:
    """Cards of which a quantity compares so."""

    quantity: Quantity
    operator: str  # = != < > <= >=
    value: float


@dataclass(frozen=True, slots=True)
class Answered:
    """Cards answered on some day: ``days`` from today (0, -1 …) compared by ``operator``.

    ``rating`` (1..4) narrows it to one button. With ``manual`` changes of the schedule by hand
    count instead of answers.
    """

    operator: str
    days: int
    rating: int | None = None
    manual: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """Cards added, edited or first answered within the last ``days`` days; 1 is today."""

    event: str  # added, edited, introduced
    days: int


@dataclass(frozen=True, slots=True)
class Ids:
    """What has one of these ids; notes may have ids that are no numbers."""

    kind: IdKind
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Notes of a type (its number) whose first field is this text."""

    note_type: int
    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """No card at all: what Glossator never has, such as a filtered deck."""


Node = (
    All | Either | Not | Words | Field | Deck | CurrentDeck | Tag | NoteType | Template | Preset
    | Document | Kind | InState | Flag | Property | Answered | Within | Ids | Duplicates | Nothing
)  # fmt: skip


def named_fields(node: Node) -> list[Pattern]:
    """Return the names of the fields that a search asks for."""
    match node:
        case Field(name):
            return [name]
        case Not(part):
            return named_fields(part)
        case All(parts) | Either(parts):
            return [name for part in parts for name in named_fields(part)]
    return []


#: What one may type, with what it finds; the help of the browser.
GUIDE = (
    ("river delta", "both words, anywhere on the note"),
    ('"river delta"', "these words together"),
    ("river or lake, -sea, (a or b) c", "either; without; grouped"),
    ("d*g, d_g", "any letters between; one letter"),
    ("w:sea, re:19\\d\\d, nc:cafe", "a whole word; a regular expression; accents don't count"),
    ("front:…, back:*sea*", "a field that is this, or has it"),
    ("deck:Biology, deck:current", "a deck with those below it; the one studied now"),
    ("tag:exam, tag:none, tag:geo*", "a tag with those below it; no tag; its beginning"),
    ("doc:delta*, kind:cloze", "the title of the text; question, cloze or term"),
    ("note:…, card:1, preset:…", "type of note; template; deck options"),
    ("is:due, is:new, is:learn, is:review", "what state a card is in"),
    ("is:suspended, is:buried, is:leech, is:marked", "what was put aside or marked"),
    ("flag:1, flag:0", "a flag (1–7); none"),
    ("prop:ivl>10, prop:due<=3, prop:lapses>2, prop:reps=0", "days, days from today, numbers"),
    ("prop:s<7, prop:d>0.5, prop:r<0.8", "stability in days, difficulty, chance to remember"),
    ("added:7, edited:3, introduced:1", "within so many days"),
    ("rated:1, rated:7:1, prop:rated=-1", "answered within days; with Again; yesterday"),
    ("nid:…, cid:…, did:…, dupe:…", "by number; with the same first field"),
)
