"""The keys of a search: what each takes, what it means, and what is said of a wrong value."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from desktop.errors import SearchError
from desktop.study.search import (
    Answered,
    CurrentDeck,
    Deck,
    Document,
    Duplicates,
    Flag,
    IdKind,
    Ids,
    InState,
    Kind,
    Matching,
    Node,
    NoteType,
    Nothing,
    Preset,
    Property,
    Quantity,
    State,
    Tag,
    Template,
    Within,
    Words,
)
from desktop.study.wildcards import ESCAPABLE, Pattern

#: The prefixes of a value that say how its text is compared.
MATCHINGS = {f"{m.value}:": m for m in (Matching.REGEX, Matching.NO_ACCENTS)}

_LARGEST = 2**32 - 1
_COMPARISON = re.compile(r"([a-z]+)(!=|<=|>=|=|<|>)(.*)", re.DOTALL)
_NAMES = ", ".join(quantity.value for quantity in Quantity)
_FRACTIONS = (Quantity.STABILITY, Quantity.DIFFICULTY, Quantity.RETRIEVABILITY)


def checked_pattern(text: str) -> Pattern:
    """Return text with wildcards; a backslash must stand before a sign that has a meaning."""
    place = 0
    while (place := text.find("\\", place)) >= 0:
        if text[place + 1 : place + 2] not in ESCAPABLE or place + 1 == len(text):
            sign = text[place : place + 2]
            raise SearchError(f"“{sign}” means nothing here; type \\\\ for a backslash itself.")
        place += 2
    return Pattern(text)


def in_plain_sight(text: str, matching: Matching) -> Pattern:
    """Return the text of a comparison; a regular expression is checked, nothing else in it."""
    if matching is not Matching.REGEX:
        return checked_pattern(text)
    text = text.replace('\\"', '"')
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise SearchError(f"“{text}” is no regular expression ({error}).") from error
    return Pattern(text)


def _words(matching: Matching) -> Callable[[str], Node]:
    return lambda value: Words(in_plain_sight(value, matching), matching)


def _tag(value: str) -> Node:
    for prefix, matching in MATCHINGS.items():
        if value.startswith(prefix):
            return Tag(in_plain_sight(value[len(prefix) :], matching), matching)
    return Tag(checked_pattern(value))


def _deck(value: str) -> Node:
    if value.lower() == "current":
        return CurrentDeck()
    if value.lower() == "filtered":
        return Nothing()
    return Deck(checked_pattern(value))


def _template(value: str) -> Node:
    if re.fullmatch(r"\+?[0-9]{1,5}", value) and int(value) <= 65_535:
        return Template(Pattern(value), max(int(value) - 1, 0))
    return Template(checked_pattern(value))


def _kind(value: str) -> Node:
    if value.lower() not in ("question", "cloze", "term"):
        raise SearchError("“kind:” takes question, cloze or term.")
    return Kind(value.lower())


def _state(value: str) -> Node:
    try:
        return InState(State(value))
    except ValueError:
        names = ", ".join(state.value for state in State)
        raise SearchError(f"“is:{value}” isn't known; after “is:” comes one of {names}.") from None


def _flag(value: str) -> Node:
    number = _whole(value, "“flag:”", "a number from 0 to 7")
    if number > 7:
        raise SearchError("“flag:” takes a number from 0 to 7; 0 is no flag.")
    return Flag(number)


def _property(value: str) -> Node:
    if value.startswith(("cdn:", "cds:")):
        raise SearchError(f"“prop:{value[:4]}” isn't supported: cards here hold no custom data.")
    found = _COMPARISON.fullmatch(value)
    name = found[1] if found else value
    if name == "ease":
        raise SearchError("“prop:ease” isn't supported: FSRS has no ease; use prop:d, difficulty.")
    if name in ("rated", "resched") and found:
        return _answered(found[2], found[3], manual=name == "resched")
    if name not in list(Quantity):
        raise SearchError(f"“prop:” compares one of {_NAMES}, rated, resched; as in prop:s<7.")
    if not found:
        raise SearchError(f"After “prop:{name}” comes =, !=, <, >, <= or >= and a number.")
    quantity, where = Quantity(name), f"“prop:{name}”"
    if quantity in _FRACTIONS:
        return Property(quantity, found[2], _fraction(found[3], where))
    signed = quantity is Quantity.DUE
    return Property(quantity, found[2], _whole(found[3], where, signed=signed))


def _answered(operator: str, value: str, *, manual: bool) -> Node:
    """Read the days and the button of ``prop:rated`` and ``prop:resched``."""
    where = "“prop:resched”" if manual else "“prop:rated”"
    days, colon, button = value.partition(":")
    number = _whole(value if manual else days, where, "0 or a number below", signed=True)
    if number > 0:
        raise SearchError(f"{where} takes 0 for today, -1 for yesterday and so on.")
    rating = _button(button, where) if colon and not manual else None
    return Answered(operator, number, rating, manual)


def _rated(value: str) -> Node:
    days, colon, button = value.partition(":")
    number = max(_whole(days, "“rated:”", "a number of days"), 1)
    rating = _button(button, "“rated:”") if colon else None
    return Answered(">", -number, rating)


def _rescheduled(value: str) -> Node:
    number = _whole(value, "“resched:”", "a number of days")
    return Answered(">", -number, manual=True)


def _button(value: str, where: str) -> int:
    number = _whole(value, where, "a button from 1 to 4 after the days")
    if not 1 <= number <= 4:
        raise SearchError(f"{where} takes a button from 1 (Again) to 4 (Easy) after the days.")
    return number


def _within(event: str) -> Callable[[str], Node]:
    def read(value: str) -> Node:
        return Within(event, max(_whole(value, f"“{event}:”", "a number of days"), 1))

    return read


def _ids(kind: IdKind) -> Callable[[str], Node]:
    own = kind is IdKind.NOTE  # whose ids may be letters

    def read(value: str) -> Node:
        ids = value.split(",")
        if not all(re.fullmatch(r"[^\s,]+" if own else r"[0-9]{1,18}", one) for one in ids):
            raise SearchError(f"“{kind.value}:” takes numbers with commas between them.")
        return Ids(kind, tuple(ids))

    return read


def _note_type_id(value: str) -> Node:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise SearchError(f"“mid:” takes the number of a note type, not “{value}”.")
    return Ids(IdKind.NOTE_TYPE, (str(int(value)),))


def _duplicates(value: str) -> Node:
    number, comma, text = value.partition(",")
    if not comma or not re.fullmatch(r"[+-]?[0-9]{1,18}", number):
        raise SearchError("“dupe:” takes the number of a note type, a comma and the first field.")
    return Duplicates(int(number), re.sub(r'\\([\\"])', r"\1", text))


def _custom_data(_value: str) -> Node:
    raise SearchError("“has-cd:” isn't supported: cards here hold no custom data.")


def _whole(value: str, where: str, what: str = "a whole number", *, signed: bool = False) -> int:
    """Read a whole number, below 0 only where ``signed``."""
    sign = "[+-]?" if signed else r"\+?"
    if not re.fullmatch(sign + "[0-9]{1,18}", value) or abs(int(value)) > _LARGEST:
        raise SearchError(f"{where} takes {what}, not “{value}”.")
    return int(value)


def _fraction(value: str, where: str) -> float:
    """Read a number."""
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", value):
        raise SearchError(f"{where} takes a number, not “{value}”.")
    number = float(value)
    if not math.isfinite(number):
        raise SearchError(f"{where} takes a number, not “{value}”.")
    return number


#: What stands before the colon; anything else is the name of a field.
KEYS: dict[str, Callable[[str], Node]] = {
    "re": _words(Matching.REGEX),
    "nc": _words(Matching.NO_ACCENTS),
    "w": _words(Matching.WORD),
    "deck": _deck,
    "tag": _tag,
    "note": lambda value: NoteType(checked_pattern(value)),
    "card": _template,
    "preset": lambda value: Preset(value),
    "doc": lambda value: Document(checked_pattern(value)),
    "kind": _kind,
    "is": _state,
    "flag": _flag,
    "prop": _property,
    "rated": _rated,
    "resched": _rescheduled,
    "added": _within("added"),
    "edited": _within("edited"),
    "introduced": _within("introduced"),
    "nid": _ids(IdKind.NOTE),
    "cid": _ids(IdKind.CARD),
    "did": _ids(IdKind.DECK),
    "mid": _note_type_id,
    "dupe": _duplicates,
    "has-cd": _custom_data,
}
