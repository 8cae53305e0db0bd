"""One exchange between the library's notes and an Anki: compare, send, and say what came of it.

Works on plain values, so that it may run beside the library's thread: ``Local`` is what the
library has, ``Outcome`` what is to be taken into it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.anki.compare import Choice, Comparison, Status, compare, merged
from desktop.anki.peer import Peer, Readable, Write, upgrade_types
from desktop.anki.sides import Agreed, CardSide, NoteSide, OurNote, TheirNote
from desktop.decks.apkg import media_name, package_bytes
from desktop.decks.deck import Deck, Note
from desktop.reading.document import Picture

#: More than the ids that a note with its cards takes.
_MOST_CARDS = 20

#: Above all decks that are ours in Anki.
ROOT = "Glossator"


@dataclass(frozen=True, slots=True)
class Local:
    """What the library brings to an exchange.

    ``notes`` and ``pictures`` are by note id; ``whole`` says that these are all notes there are,
    so that what Anki has beside them was deleted here or is another library's.
    """

    ours: tuple[OurNote, ...]
    notes: Mapping[str, Note]
    pictures: Mapping[str, Sequence[Picture]]
    agreed: Mapping[str, Agreed]
    deleted: frozenset[str] = frozenset()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """How an exchange deals with what isn't plainly one side's change.

    ``choices`` are the reader's by note id; ``default`` holds for conflicts that have none.
    ``propagate`` lets deletions go to the other side, and takes over notes of other libraries.
    """

    choices: Mapping[str, Choice] = field(default_factory=dict)
    default: Choice = Choice.MERGE
    propagate: bool = False
    pull: bool = True

    def choice(self, comparison: Comparison) -> Choice:
        """Return what is to be done with a note."""
        return self.choices.get(comparison.id, self.default)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an exchange did to Anki and what the library has to take over.

    ``pulled`` are our sides as they should stand now; ``met`` what is agreed on from now on, by
    the sides as read back; ``adopted`` are notes that only Anki had. ``kept`` waits for the
    reader; ``failed`` could not be written, as reading back showed; ``edited_types`` are note
    types that the reader has edited in Anki, so that their newest look was not put there.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted_there: tuple[str, ...] = ()
    delete_here: tuple[str, ...] = ()
    pulled: Mapping[str, NoteSide] = field(default_factory=dict)
    adopted: tuple[TheirNote, ...] = ()
    met: Mapping[str, TheirNote] = field(default_factory=dict)
    kept: tuple[Comparison, ...] = ()
    failed: tuple[Comparison, ...] = ()
    unchanged: int = 0
    edited_types: tuple[str, ...] = ()
    there: tuple[TheirNote, ...] = ()  # all that Anki has now

    def to_json(self) -> dict[str, Any]:
        """Return how many notes met with what, as a JSON object."""
        return {
            "added": len(self.added),
            "updated": len(self.updated),
            "pulled": len(self.pulled),
            "deleted_there": len(self.deleted_there),
            "deleted_here": len(self.delete_here),
            "adopted": len(self.adopted),
            "unchanged": self.unchanged,
            "kept": [each.to_json() for each in self.kept],
            "failed": [each.to_json() for each in self.failed],
        }


def read_and_compare(local: Local, peer: Readable) -> list[Comparison]:
    """Read Anki and compare it with the library."""
    known = {agreed.anki_id: note_id for note_id, agreed in local.agreed.items()}
    found = compare(local.ours, peer.notes(known), local.agreed, deleted=local.deleted)
    return found if local.whole else [each for each in found if each.ours is not None]


@dataclass
class _Work:
    """What is to be done, collected note by note."""

    add: list[Comparison] = field(default_factory=list)
    write: list[tuple[Comparison, NoteSide]] = field(default_factory=list)
    delete: list[Comparison] = field(default_factory=list)
    delete_here: list[Comparison] = field(default_factory=list)
    adopt: list[TheirNote] = field(default_factory=list)
    pulled: dict[str, NoteSide] = field(default_factory=dict)
    kept: list[Comparison] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    unchanged: int = 0


def exchange(local: Local, peer: Peer, comparisons: Sequence[Comparison], plan: Plan) -> Outcome:
    """Do what the comparisons ask for, under the reader's choices, and read it back."""
    work = _Work()
    for comparison in comparisons:
        _plan_one(comparison, plan, work)
    edited_types = tuple(upgrade_types(peer))
    pictures = {media_name(p): p.data for each in local.pictures.values() for p in each}
    if work.delete:
        peer.delete([c.theirs.anki_id for c in work.delete if c.theirs is not None])
    for package in _packages(local, work.add):
        peer.add(package)
    writes = [_write(comparison, side, pictures) for comparison, side in work.write]
    peer.write(writes)
    if not (work.delete or work.add or writes):
        there = {c.id: c.theirs for c in comparisons if c.theirs is not None}
    else:
        there = _read_back(local, peer, work, writes)
        _drop_empty_decks(peer, comparisons, there)
    return replace(_outcome(work, there), edited_types=edited_types)


def _plan_one(comparison: Comparison, plan: Plan, work: _Work) -> None:
    """Decide what becomes of one note."""
    choice = plan.choice(comparison)
    if choice is Choice.SKIP:
        if comparison.status is not Status.UNCHANGED:
            work.kept.append(comparison)
        return
    match comparison.status:
        case Status.NEW:
            if choice is not Choice.THEIRS:
                work.add.append(comparison)
        case Status.DELETED_THERE:
            _plan_deleted_there(comparison, plan, choice, work)
        case Status.DELETED_HERE:
            _plan_deleted_here(comparison, plan, choice, work)
        case Status.ONLY_THERE:
            if plan.propagate and comparison.theirs is not None:
                work.adopt.append(comparison.theirs)
        case _:
            _plan_both(comparison, plan, choice, work)


def _plan_deleted_there(comparison: Comparison, plan: Plan, choice: Choice, work: _Work) -> None:
    if choice is Choice.OURS or (plan.propagate and comparison.in_conflict):
        work.add.append(comparison)
    elif choice is Choice.THEIRS or plan.propagate:
        work.delete_here.append(comparison)
    else:
        work.kept.append(comparison)


def _plan_deleted_here(comparison: Comparison, plan: Plan, choice: Choice, work: _Work) -> None:
    assert comparison.theirs is not None
    if choice is Choice.OURS or (plan.propagate and not comparison.in_conflict):
        work.delete.append(comparison)
    elif choice is Choice.THEIRS or plan.propagate:
        work.adopt.append(comparison.theirs)
    else:
        work.kept.append(comparison)


def _plan_both(comparison: Comparison, plan: Plan, choice: Choice, work: _Work) -> None:
    assert comparison.ours is not None
    assert comparison.theirs is not None
    if not plan.pull and choice in (Choice.MERGE, Choice.THEIRS):
        our_side, their_side = comparison.ours.side, merged(comparison, Choice.MERGE)[1]
    else:
        our_side, their_side = merged(comparison, choice)
    if comparison.in_conflict and choice is Choice.MERGE:
        work.kept.append(comparison)
    if their_side != comparison.theirs.side:
        work.write.append((comparison, their_side))
    if our_side != comparison.ours.side:
        work.pulled[comparison.id] = our_side
    if their_side == comparison.theirs.side and our_side == comparison.ours.side:
        work.unchanged += not comparison.in_conflict
    if not (comparison.in_conflict and choice is Choice.MERGE):
        work.met.append(comparison.id)


def _packages(local: Local, new: Sequence[Comparison]) -> list[bytes]:
    """Return packages of new notes, one for each deck, in the order of study."""
    decks: dict[str, list[Note]] = {}
    for comparison in new:
        note = local.notes.get(comparison.id)
        if note is not None and comparison.ours is not None:
            cards = comparison.ours.side.cards
            name = cards[min(cards)].deck if cards else "Glossator"
            decks.setdefault(name, []).append(note)
    # Ids that no note ever had: one that was deleted and comes back must not have its old id, by
    # which a sync would delete it again.
    first = int(time.time() * 1000)
    packages = []
    for name, notes in decks.items():
        packages.append(package_bytes(Deck(name, "", "", tuple(notes)), local.pictures, first))
        first += _MOST_CARDS * len(notes)
    return packages


def _write(comparison: Comparison, side: NoteSide, pictures: Mapping[str, bytes]) -> Write:
    assert comparison.theirs is not None
    before = " ".join(comparison.theirs.side.fields.values())
    text = " ".join(side.fields.values())
    media = {name: data for name, data in pictures.items() if name in text and name not in before}
    return Write(comparison.theirs, side, media)


def _read_back(
    local: Local, peer: Peer, work: _Work, writes: Sequence[Write]
) -> dict[str, TheirNote]:
    """Read Anki again; what is not as it should be is tried once more."""
    known = {agreed.anki_id: note_id for note_id, agreed in local.agreed.items()}
    known |= {write.note.anki_id: write.note.id for write in writes}
    there = {note.id: note for note in peer.notes(known)}
    again = [
        Write(there[write.note.id], write.wanted, write.media)
        for write in writes
        if write.note.id in there and not _stands(there[write.note.id].side, write.wanted)
    ]
    for comparison in work.add:  # a package says nothing of rest, flags and cards elsewhere
        note = there.get(comparison.id)
        if note is not None and comparison.ours is not None:
            wanted = _with_cards_of(note.side, comparison.ours.side)
            if wanted != note.side:
                again.append(Write(note, wanted))
    if again:
        peer.write(again)
        there = {note.id: note for note in peer.notes(known)}
    return there


def _drop_empty_decks(
    peer: Peer, comparisons: Sequence[Comparison], there: Mapping[str, TheirNote]
) -> None:
    """Remove decks of our tree that this exchange has emptied: what was renamed here."""
    sides = [c.theirs.side for c in comparisons if c.theirs is not None]
    before = {card.deck for side in sides for card in side.cards.values()}
    now = {card.deck for note in there.values() for card in note.side.cards.values()}
    gone = [name for name in before - now if name.partition("::")[0] == ROOT and name != ROOT]
    if gone:
        peer.drop_decks(sorted(gone, key=len, reverse=True))


def _with_cards_of(side: NoteSide, ours: NoteSide) -> NoteSide:
    """Return a new note's side with its cards where we have them; the rest go with the first."""
    if not ours.cards:
        return side
    first = ours.cards[min(ours.cards)]
    cards: dict[int, CardSide] = {number: ours.cards.get(number, first) for number in side.cards}
    return replace(side, cards=cards)


def _stands(side: NoteSide, wanted: NoteSide) -> bool:
    """Return whether a note stands in Anki as it should; Anki normalises what it stores."""
    difference = compare(
        [OurNote("", "", wanted, "")],
        [TheirNote("", 0, "", side, {})],
        {"": Agreed(0, wanted, wanted)},
    )
    return not difference[0].differences


def _outcome(work: _Work, there: Mapping[str, TheirNote]) -> Outcome:
    """Say what was done, by what Anki has now."""
    failed: list[Comparison] = []
    updated: list[str] = []
    met = set(work.met)
    for comparison, side in work.write:
        note = there.get(comparison.id)
        if note is not None and _stands(note.side, side):
            updated.append(comparison.id)
        else:
            failed.append(comparison)
            met.discard(comparison.id)
    added = [comparison for comparison in work.add if comparison.id in there]
    failed += [comparison for comparison in work.add if comparison.id not in there]
    met |= {comparison.id for comparison in added}
    deleted = [comparison.id for comparison in work.delete if comparison.id not in there]
    failed += [comparison for comparison in work.delete if comparison.id in there]
    return Outcome(
        added=tuple(comparison.id for comparison in added),
        updated=tuple(updated),
        deleted_there=tuple(deleted),
        delete_here=tuple(comparison.id for comparison in work.delete_here),
        pulled=work.pulled,
        adopted=tuple(work.adopt),
        met={note_id: there[note_id] for note_id in met if note_id in there},
        kept=tuple(work.kept),
        failed=tuple(failed),
        unchanged=work.unchanged,
        there=tuple(there.values()),
    )


def ids_of(comparisons: Collection[Comparison], *statuses: Status) -> list[str]:
    """Return the ids of the notes of these statuses."""
    return [each.id for each in comparisons if each.status in statuses]
