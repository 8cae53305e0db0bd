"""``glossator push``: cards to a running Anki, what was done there back, and a preview of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.anki.compare import Choice, Comparison, Difference, Status, Who
from desktop.anki.connect import DEFAULT_ADDRESS, AnkiConnect
from desktop.anki.connect_peer import ConnectPeer
from desktop.anki.exchange import Local, Outcome, Plan, exchange, read_and_compare
from desktop.anki.package_peer import PackagePeer
from desktop.anki.peer import Peer
from desktop.decks.deck import Deck
from desktop.decks.unmarking import from_html
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.reading.document import Picture

#: What the preview says of each status, in the order in which it lists them.
WORDS = {
    Status.NEW: "new, to be added to Anki",
    Status.CHANGED: "changed here, to be updated in Anki",
    Status.EDITED: "edited in Anki, to be taken over here",
    Status.BOTH: "changed on both sides",
    Status.DELETED_HERE: "deleted here, still in Anki",
    Status.DELETED_THERE: "deleted in Anki, still here",
    Status.ONLY_THERE: "only in Anki",
    Status.UNCHANGED: "unchanged",
}


@dataclass(frozen=True, slots=True)
class PushWish:
    """What is asked of a push.

    ``against`` compares with a file that Anki wrote instead of a running Anki. ``prefer`` decides
    what both sides changed; ``delete`` lets Anki lose the cards that were deleted here.
    """

    address: str | None = None
    key: str | None = None
    dry_run: bool = False
    prefer: Choice = Choice.MERGE
    delete: bool = False
    against: Path | None = None


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push found, and what came of it; ``outcome`` is ``None`` where nothing was done."""

    comparisons: Sequence[Comparison]
    outcome: Outcome | None
    answers: int = 0  # that Anki's log had and the library's lacked

    def to_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        counts = {status.value: 0 for status in Status}
        for comparison in self.comparisons:
            counts[comparison.status.value] += 1
        notes = [c.to_json() for c in self.comparisons if c.status is not Status.UNCHANGED]
        done = None if self.outcome is None else self.outcome.to_json()
        return {"counts": counts, "notes": notes, "done": done, "answers": self.answers}

    @property
    def complete(self) -> bool:
        """Whether Anki has now all that it should have."""
        return self.outcome is None or not self.outcome.failed


def push_library(library: Path | None, wish: PushWish) -> PushReport:
    """Bring the library's accepted cards to Anki, and what was edited there into the library."""
    with opened(library) as workspace:
        if wish.against is not None:
            theirs = PackagePeer.open(wish.against)
            return PushReport(read_and_compare(workspace.anki_local(theirs.key), theirs), None)
        peer = _peer(workspace, wish)
        local = workspace.anki_local(peer.key)
        report = _push(local, peer, wish, pull=True)
        if report.outcome is not None:
            workspace.anki_take(peer.key, report.outcome)
            taken = workspace.anki_take_answers(peer.studied(list(report.outcome.there)))
            report = replace(report, answers=taken)
        return report


def push_deck(
    library: Path | None, deck: Deck, pictures: Mapping[str, Sequence[Picture]], wish: PushWish
) -> PushReport:
    """Bring a deck to Anki that isn't in the library; the library remembers what Anki has of it."""
    with opened(library) as workspace:
        if wish.against is not None:
            theirs = PackagePeer.open(wish.against)
            local = workspace.anki_local_of(deck, pictures, theirs.key)
            return PushReport(read_and_compare(local, theirs), None)
        peer = _peer(workspace, wish)
        local = workspace.anki_local_of(deck, pictures, peer.key)
        report = _push(local, peer, wish, pull=False)
        if report.outcome is not None:
            workspace.anki_met(peer.key, local, report.outcome)
        return report


def preview_lines(report: PushReport) -> Iterator[str]:
    """Yield what would be done, for a terminal: field by field, the unchanged only counted."""
    for status, words in WORDS.items():
        found = [c for c in report.comparisons if c.status is status]
        if not found:
            continue
        yield f"{len(found)} {words}"
        if status in (Status.UNCHANGED, Status.ONLY_THERE, Status.NEW):
            continue
        for comparison in found:
            yield f"  {comparison.title}"
            for difference in comparison.differences:
                yield f"    {difference_line(difference)}"


def difference_line(difference: Difference) -> str:
    """Return one difference in words, without markup."""
    card = "" if not difference.ordinal else f" of card {difference.ordinal + 1}"
    part = f"{difference.part}{card}"
    ours, theirs = (_plain(text) for text in (difference.ours, difference.theirs))
    match difference.who:
        case Who.WE:
            return f"{part}: {theirs} → {ours}"
        case Who.THEY:
            return f"{part}: {ours} ← {theirs}"
    return f"{part}: here {ours}, in Anki {theirs}"


def done_line(outcome: Outcome, answers: int = 0) -> str:
    """Return what was done, as one sentence; ``answers`` were taken over from Anki's log."""
    parts = [
        f"{number} {what}"
        for number, what in (
            (len(outcome.added), "added"),
            (len(outcome.updated), "updated"),
            (len(outcome.deleted_there), "deleted there"),
            (len(outcome.pulled), "taken over from Anki"),
            (answers, "answer taken over" if answers == 1 else "answers taken over"),
            (len(outcome.kept), "left for you to decide"),
            (len(outcome.failed), "not written"),
            (outcome.unchanged, "unchanged"),
        )
        if number
    ]
    return f"Anki: {', '.join(parts) or 'nothing to do'}."


def advice(outcome: Outcome) -> Iterator[str]:
    """Yield what the reader should know of what was not done."""
    if outcome.failed:
        yield (
            f"Anki did not take {len(outcome.failed)} changes: close its browser and editor, "
            "then push again."
        )
    if outcome.kept:
        yield (
            f"{len(outcome.kept)} cards differ on both sides or were deleted on one; decide with "
            "--prefer here or --prefer there, or card by card in the window."
        )
    for name in outcome.edited_types:
        yield f"The note type “{name}” was edited in Anki and keeps its look there."


def _push(local: Local, peer: Peer, wish: PushWish, *, pull: bool) -> PushReport:
    comparisons = read_and_compare(local, peer)
    if wish.dry_run:
        return PushReport(comparisons, None)
    choices = {
        c.id: Choice.OURS if wish.delete else Choice.SKIP
        for c in comparisons
        if c.status is Status.DELETED_HERE
    }
    plan = Plan(choices, wish.prefer, pull=pull)
    return PushReport(comparisons, exchange(local, peer, comparisons, plan))


def _peer(workspace: Workspace, wish: PushWish) -> ConnectPeer:
    settings = workspace.settings()
    address = wish.address or settings.anki_connect or DEFAULT_ADDRESS
    key = settings.anki_connect_key if wish.key is None else wish.key
    return ConnectPeer.open(AnkiConnect(address, key))


def _plain(field: str) -> str:
    text = " ".join(from_html(field).split())
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


@contextmanager
def opened(library: Path | None) -> Iterator[Workspace]:
    """Open the library for a while."""
    workspace = Workspace.open(reader_folders(library))
    try:
        yield workspace
    finally:
        workspace.close()
