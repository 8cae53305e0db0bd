"""What an exchange with Anki would do: our notes and Anki's against how they last met.

A part of a note (a field, its tags, the deck of a card …) that only one side changed goes to the
other. Where both changed the same part, the reader decides; until then each keeps its own. A
deletion gives way to whatever the other side did with the note since.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desktop.anki.sides import Agreed, CardSide, NoteSide, OurNote, TheirNote


class Status(StrEnum):
    """What is to be said of a note."""

    NEW = "new"  # Anki lacks it
    CHANGED = "changed"  # here alone
    EDITED = "edited"  # in Anki alone
    BOTH = "both"  # on both sides, not in the same part or in the same one
    UNCHANGED = "unchanged"
    DELETED_HERE = "orphaned"  # Anki still has it
    DELETED_THERE = "deleted"  # Anki had it
    ONLY_THERE = "only there"  # of another library, or of an earlier export


class Who(StrEnum):
    """Which side changed a part since both last met."""

    WE = "here"
    THEY = "there"
    BOTH = "both"


class Choice(StrEnum):
    """What the reader decides about a note; ``MERGE`` leaves what both changed as each has it."""

    MERGE = "merge"
    OURS = "ours"
    THEIRS = "theirs"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that differs or was changed; ``part`` is a field's name, or ``tags``, ``deck`` …"""

    part: str
    who: Who
    before: str | None
    ours: str
    theirs: str
    ordinal: int | None = None  # of the card, for what a card has


@dataclass(frozen=True, slots=True)
class Comparison:
    """One note on both sides."""

    id: str
    title: str
    status: Status
    ours: OurNote | None
    theirs: TheirNote | None
    agreed: Agreed | None
    differences: tuple[Difference, ...] = ()

    @property
    def in_conflict(self) -> bool:
        """Whether both changed the same part, or one deleted what the other changed."""
        return any(difference.who is Who.BOTH for difference in self.differences)

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as a JSON object."""
        return {
            "id": self.id,
            "title": self.title,
            "status": self.status.value,
            "conflict": self.in_conflict,
            "differences": [
                {
                    "part": d.part,
                    "card": d.ordinal,
                    "changed": d.who.value,
                    "before": d.before,
                    "ours": d.ours,
                    "theirs": d.theirs,
                }
                for d in self.differences
            ],
        }


def compare(
    ours: Sequence[OurNote],
    theirs: Sequence[TheirNote],
    agreed: Mapping[str, Agreed],
    *,
    deleted: Collection[str] = (),
) -> list[Comparison]:
    """Compare all notes: ours in their order, then those that only Anki has.

    ``deleted`` are ids of notes that the reader deleted here.
    """
    there = {note.id: note for note in theirs}
    found = [_one(note, there.get(note.id), agreed.get(note.id)) for note in ours]
    here = {note.id for note in ours}
    for note in theirs:
        if note.id not in here:
            found.append(_without_ours(note, agreed.get(note.id), note.id in deleted))
    return found


def merged(comparison: Comparison, choice: Choice = Choice.MERGE) -> tuple[NoteSide, NoteSide]:
    """Return how our side and Anki's should stand after the exchange of a note on both sides."""
    ours, theirs = _both_sides(comparison)
    if choice is Choice.SKIP:
        return ours, theirs
    to_us: list[Difference] = []
    to_them: list[Difference] = []
    for difference in comparison.differences:
        if _wins(difference.who, choice, Choice.OURS, Who.WE):
            to_them.append(difference)
        elif _wins(difference.who, choice, Choice.THEIRS, Who.THEY):
            to_us.append(difference)
    tags = _merged_tags(comparison)
    return (
        _with(replace(ours, tags=tags), theirs, to_us),
        _with(replace(theirs, tags=tags), ours, to_them),
    )


def _wins(who: Who, choice: Choice, wish: Choice, side: Who) -> bool:
    """Return whether a part goes from ``side`` to the other one."""
    if who is Who.BOTH:
        return choice is wish
    return who is side and choice in (Choice.MERGE, wish)


def _with(side: NoteSide, source: NoteSide, parts: Sequence[Difference]) -> NoteSide:
    """Return ``side`` with some parts as ``source`` has them."""
    fields, cards = dict(side.fields), dict(side.cards)
    for difference in parts:
        number = difference.ordinal
        if number is None:
            if difference.part in source.fields and difference.part in fields:
                fields[difference.part] = source.fields[difference.part]
        elif number in cards and number in source.cards:
            value = getattr(source.cards[number], difference.part)
            cards[number] = replace(cards[number], **{difference.part: value})
    return replace(side, fields=fields, cards=cards)


def _merged_tags(comparison: Comparison) -> frozenset[str]:
    """Return the tags of both sides, without those that one of them took away.

    To Anki tags are the same whatever their capitals; its spelling holds.
    """
    ours, theirs = _both_sides(comparison)
    tags = {tag.casefold(): tag for tag in sorted(ours.tags)}
    tags |= {tag.casefold(): tag for tag in sorted(theirs.tags)}
    if comparison.agreed is not None:
        before = _folded(comparison.agreed.ours.tags) & _folded(comparison.agreed.theirs.tags)
        for gone in (before - _folded(ours.tags)) | (before - _folded(theirs.tags)):
            tags.pop(gone, None)
    return frozenset(tags.values())


def _folded(tags: Collection[str]) -> set[str]:
    return {tag.casefold() for tag in tags}


def _both_sides(comparison: Comparison) -> tuple[NoteSide, NoteSide]:
    if comparison.ours is None or comparison.theirs is None:
        raise ValueError(f"the note {comparison.id} is on one side alone")
    return comparison.ours.side, comparison.theirs.side


def _one(ours: OurNote, theirs: TheirNote | None, agreed: Agreed | None) -> Comparison:
    """Compare a note that we have."""
    if theirs is None:
        if agreed is None:
            return Comparison(ours.id, ours.title, Status.NEW, ours, None, None)
        changed = tuple(
            Difference(part, Who.BOTH, before, now or "", "", ordinal)
            for part, ordinal, before, now in _parts_of(agreed.ours, ours.side)
            if before != now
        )
        return Comparison(ours.id, ours.title, Status.DELETED_THERE, ours, None, agreed, changed)
    if agreed is None:
        found = tuple(_at_first_sight(ours, theirs))
    else:
        found = tuple(_since(agreed, ours.side, theirs.side))
    return Comparison(ours.id, ours.title, _status(found), ours, theirs, agreed, found)


def _without_ours(theirs: TheirNote, agreed: Agreed | None, deleted: bool) -> Comparison:
    """Judge a note that only Anki has."""
    title = next((plain for v in theirs.side.fields.values() if (plain := _same(v))), "")
    if agreed is None and not deleted:
        return Comparison(theirs.id, title, Status.ONLY_THERE, None, theirs, None)
    changed: tuple[Difference, ...] = ()
    if agreed is not None:
        changed = tuple(
            Difference(part, Who.BOTH, before, "", now or "", ordinal)
            for part, ordinal, before, now in _parts_of(agreed.theirs, theirs.side)
            if before != now
        )
    return Comparison(theirs.id, title, Status.DELETED_HERE, None, theirs, agreed, changed)


def _status(differences: Sequence[Difference]) -> Status:
    who = {difference.who for difference in differences}
    if not who:
        return Status.UNCHANGED
    if who == {Who.WE}:
        return Status.CHANGED
    if who == {Who.THEY}:
        return Status.EDITED
    return Status.BOTH


def _since(agreed: Agreed, ours: NoteSide, theirs: NoteSide) -> Iterator[Difference]:
    """Yield the parts that either side changed since both last met."""
    we = {(part, n): (old, new) for part, n, old, new in _parts_of(agreed.ours, ours)}
    they = {(part, n): (old, new) for part, n, old, new in _parts_of(agreed.theirs, theirs)}
    for part, ordinal in dict.fromkeys([*we, *they]):
        our_before, our_now = we.get((part, ordinal), (None, None))
        before, now = they.get((part, ordinal), (None, None))
        if our_now is None or now is None or (our_before == our_now and before == now):
            continue  # a card or a field that one side alone has: nothing to bring over
        if _same(our_now) == _same(now):
            continue  # both did the same
        who = Who.BOTH
        if our_before == our_now or before is None:
            who = Who.THEY
        elif before == now or our_before is None:
            who = Who.WE
        if part == "tags" and who is Who.BOTH:
            who = Who.THEY if our_now == our_before else Who.WE  # tags are merged one by one
        yield Difference(part, who, before, our_now, now, ordinal)


def _at_first_sight(ours: OurNote, theirs: TheirNote) -> Iterator[Difference]:
    """Yield what differs of a note that never was compared: the time of its content decides.

    Where the reader put the card in Anki, and whether it rests there, holds.
    """
    who = Who.BOTH
    if theirs.modified is not None:
        who = Who.THEY if theirs.modified > ours.modified else Who.WE
    for part, ordinal, now, our_now in _parts_of(theirs.side, ours.side):
        if now is None or our_now is None or _same(now) == _same(our_now):
            continue
        if ordinal is not None:
            yield Difference(part, Who.THEY, None, our_now, now, ordinal)
        elif part == "tags":
            yield Difference(part, Who.WE if ours.side.tags > theirs.side.tags else Who.THEY,
                             None, our_now, now)  # fmt: skip
        else:
            yield Difference(part, Who.WE if not now else who, None, our_now, now)


def _parts_of(
    before: NoteSide, now: NoteSide
) -> Iterator[tuple[str, int | None, str | None, str | None]]:
    """Yield each part with its text on two sides; ``None`` where a side doesn't have it."""
    for name in dict.fromkeys([*before.fields, *now.fields]):
        yield name, None, before.fields.get(name), now.fields.get(name)
    yield "tags", None, " ".join(sorted(before.tags)), " ".join(sorted(now.tags))
    for number in sorted(before.cards.keys() | now.cards.keys()):
        for part in ("deck", "suspended", "flag"):
            yield part, number, _of(before.cards, number, part), _of(now.cards, number, part)


def _of(cards: Mapping[int, CardSide], number: int, part: str) -> str | None:
    card = cards.get(number)
    if card is None:
        return None
    value = getattr(card, part)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _same(markup: str) -> str:
    """Return HTML in the form in which equal texts are equal: Anki rewrites what it stores."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(markup)).split())
