"""Anki's stored note types, decks and presets (schema 18), in the form of its exchange format.

Since 2022 Anki keeps them as protocol buffers. What becomes of them here is the JSON that Anki
writes into packages for older versions (schema 11): one form for both ages of package.
"""

from __future__ import annotations

import json
from typing import Any

from desktop.anki.protobuf import Field, Message, Shape, Type, decode, parse

_U, _S, _B, _F, _T = Type.UNSIGNED, Type.SIGNED, Type.BOOL, Type.FLOAT, Type.TEXT

#: Where Anki keeps what a newer version wrote and this one doesn't know: JSON of its own.
_OTHER = Field(255, "other", Type.BYTES)

_NOTE_TYPE: Shape = (
    Field(1, "type", _U), Field(2, "sortf", _U), Field(3, "css", _T), Field(5, "latexPre", _T),
    Field(6, "latexPost", _T), Field(7, "latexsvg", _B), _OTHER,
)  # fmt: skip
_REQUIREMENT: Shape = (Field(1, "ord", _U), Field(2, "kind", _U), Field(3, "fields", _U, True))
_REQUIREMENT_KINDS = ("none", "any", "all")

_FIELD: Shape = (
    Field(1, "sticky", _B), Field(2, "rtl", _B), Field(3, "font", _T), Field(4, "size", _U),
    Field(5, "description", _T), Field(6, "plainText", _B), Field(7, "collapsed", _B),
    Field(8, "excludeFromSearch", _B), Field(11, "preventDeletion", _B), _OTHER,
)  # fmt: skip
_TEMPLATE: Shape = (
    Field(1, "qfmt", _T), Field(2, "afmt", _T), Field(3, "bqfmt", _T), Field(4, "bafmt", _T),
    Field(6, "bfont", _T), Field(7, "bsize", _U), _OTHER,
)  # fmt: skip

_DECK: Shape = (
    Field(1, "collapsed", _B), Field(2, "browserCollapsed", _B), Field(3, "day", _U),
    Field(4, "new", _S), Field(5, "review", _S), Field(6, "learning", _S),
    Field(7, "milliseconds", _S), _OTHER,
)  # fmt: skip
_NORMAL_DECK: Shape = (
    Field(1, "conf", _S), Field(2, "extendNew", _U), Field(3, "extendRev", _U),
    Field(4, "desc", _T), Field(5, "md", _B),
)  # fmt: skip
_DAY_LIMIT: Shape = (Field(1, "limit", _U), Field(2, "today", _U))
_FILTERED_DECK: Shape = (
    Field(1, "resched", _B), Field(3, "delays", _F, True), Field(4, "previewDelay", _U),
    Field(7, "previewAgainSecs", _U), Field(5, "previewHardSecs", _U),
    Field(6, "previewGoodSecs", _U),
)  # fmt: skip
_SEARCH: Shape = (Field(1, "search", _T), Field(2, "limit", _U), Field(3, "order", _U))

_PRESET: Shape = (
    Field(24, "maxTaken", _U), Field(30, "newMix", _U), Field(35, "newPerDayMinimum", _U),
    Field(31, "interdayLearningMix", _U), Field(33, "reviewOrder", _U),
    Field(32, "newSortOrder", _U), Field(34, "newGatherPriority", _U),
    Field(29, "buryInterdayLearning", _B), Field(3, "fsrsWeights", _F, True),
    Field(5, "fsrsParams5", _F, True), Field(6, "fsrsParams6", _F, True),
    Field(37, "desiredRetention", _F), Field(46, "ignoreRevlogsBeforeDate", _T),
    Field(4, "easyDaysPercentages", _F, True), Field(38, "stopTimerOnAnswer", _B),
    Field(41, "secondsToShowQuestion", _F), Field(42, "secondsToShowAnswer", _F),
    Field(36, "questionAction", _U), Field(43, "answerAction", _U), Field(44, "waitForAudio", _B),
    Field(40, "sm2Retention", _F), Field(45, "weightSearch", _T), _OTHER,
)  # fmt: skip
#: What the exchange format puts elsewhere, turns round, or counts otherwise.
_PRESET_PARTS: Shape = (
    Field(1, "learn", _F, True), Field(2, "relearn", _F, True), Field(9, "new_per_day", _U),
    Field(10, "reviews_per_day", _U), Field(11, "ease", _F), Field(12, "easy", _F),
    Field(13, "hard", _F), Field(14, "lapse", _F), Field(15, "interval", _F),
    Field(16, "maximum", _U), Field(17, "minimum", _U), Field(18, "good_days", _U),
    Field(19, "easy_days", _U), Field(20, "insert_order", _U), Field(21, "leech_action", _U),
    Field(22, "leech_fails", _U), Field(23, "no_autoplay", _B), Field(25, "timer", _B),
    Field(26, "skip_question", _B), Field(27, "bury_new", _B), Field(28, "bury_reviews", _B),
)  # fmt: skip


def note_type(
    head: dict[str, Any],
    config: bytes,
    fields: list[tuple[str, bytes]],
    templates: list[tuple[str, bytes]],
) -> dict[str, Any]:
    """Return a note type; ``head`` has ``id``, ``name`` and ``mod``, the lists are in order."""
    message = parse(config)
    found = head | {"usn": -1, "did": None} | _known(config, _NOTE_TYPE)
    found["req"] = [_requirement(data) for data in message.get(8, [])]
    if kind := _number(message, 9):
        found["originalStockKind"] = kind
    if 10 in message:
        found["originalId"] = _number(message, 10)
    found["flds"] = [_field(name, ord_, data) for ord_, (name, data) in enumerate(fields)]
    found["tmpls"] = [_template(name, ord_, data) for ord_, (name, data) in enumerate(templates)]
    return found


def deck(head: dict[str, Any], common: bytes, kind: bytes) -> dict[str, Any]:
    """Return a deck; ``head`` has ``id``, ``name`` and ``mod``."""
    found = _known(common, _DECK)
    day = found.pop("day")
    for source, name in (
        ("learning", "lrnToday"), ("review", "revToday"), ("new", "newToday"),
        ("milliseconds", "timeToday"),
    ):  # fmt: skip
        found[name] = [day, found.pop(source)]
    kinds = parse(kind)
    if 2 in kinds:
        return head | {"usn": -1, "dyn": 1} | found | _filtered(kinds[2][-1])
    return head | {"usn": -1, "dyn": 0} | found | _normal(kinds[1][-1] if 1 in kinds else b"")


def preset(head: dict[str, Any], config: bytes) -> dict[str, Any]:
    """Return deck options; ``head`` has ``id``, ``name`` and ``mod``."""
    part = decode(config, _PRESET_PARTS)
    own = {
        "usn": -1,
        "dyn": False,
        "autoplay": not part["no_autoplay"],
        "timer": int(part["timer"]),
        "replayq": not part["skip_question"],
        "new": {
            "bury": part["bury_new"],
            "delays": part["learn"],
            "initialFactor": round(part["ease"] * 1000),
            "ints": [part["good_days"], part["easy_days"], 0],
            "order": int(part["insert_order"] == 0),
            "perDay": part["new_per_day"],
        },
        "rev": {
            "bury": part["bury_reviews"],
            "ease4": part["easy"],
            "ivlFct": part["interval"],
            "maxIvl": part["maximum"],
            "perDay": part["reviews_per_day"],
            "hardFactor": part["hard"],
        },
        "lapse": {
            "delays": part["relearn"],
            "leechAction": part["leech_action"],
            "leechFails": part["leech_fails"],
            "minInt": part["minimum"],
            "mult": part["lapse"],
        },
    }
    return head | own | _known(config, _PRESET)


def _requirement(data: Any) -> list[Any]:
    found = decode(_bytes(data), _REQUIREMENT)
    if found["kind"] >= len(_REQUIREMENT_KINDS):
        raise ValueError("an unknown kind of requirement")
    return [found["ord"], _REQUIREMENT_KINDS[found["kind"]], found["fields"]]


def _field(name: str, position: int, data: bytes) -> dict[str, Any]:
    message = parse(data)
    ids = {"id": _number(message, 9), "tag": _number(message, 10)}
    return {"name": name, "ord": position} | _known(data, _FIELD) | ids


def _template(name: str, position: int, data: bytes) -> dict[str, Any]:
    message = parse(data)
    ids = {"did": _number(message, 5) or None, "id": _number(message, 8)}
    return {"name": name, "ord": position} | _known(data, _TEMPLATE) | ids


def _normal(data: Any) -> dict[str, Any]:
    body = _bytes(data)
    message = parse(body)
    found = decode(body, _NORMAL_DECK)
    if not found["md"]:
        del found["md"]
    found["reviewLimit"], found["newLimit"] = _number(message, 6), _number(message, 7)
    for number, name in ((8, "reviewLimitToday"), (9, "newLimitToday")):
        found[name] = decode(_bytes(message[number][-1]), _DAY_LIMIT) if number in message else None
    wanted = decode(body, (Field(10, "retention", _F),))["retention"]
    found["desiredRetention"] = round(wanted * 100) if 10 in message else None
    return found


def _filtered(data: Any) -> dict[str, Any]:
    body = _bytes(data)
    found = decode(body, _FILTERED_DECK)
    searches = [decode(_bytes(one), _SEARCH) for one in parse(body).get(2, [])]
    found["terms"] = [[one["search"], one["limit"], one["order"]] for one in searches]
    found["delays"] = found["delays"] or None
    return found | {"desc": "", "separate": True}


def _known(data: bytes, shape: Shape) -> dict[str, Any]:
    """Return the fields of a shape, with what Anki kept for a newer version of itself."""
    found = decode(data, shape)
    other = found.pop("other")
    if other:
        kept = json.loads(other)
        if isinstance(kept, dict):
            found = kept | found
    return found


def _number(message: Message, number: int) -> int | None:
    """Return a whole number that may be absent."""
    if number not in message:
        return None
    value = message[number][-1]
    if not isinstance(value, int):
        raise ValueError("a text in place of a number")
    return value - (1 << 64) if value >= 1 << 63 else value


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("a number in place of a message")
    return value
