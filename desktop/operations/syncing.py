"""``glossator sync``: the library and a collection on a sync server, through Anki's own engine.

The copy of the collection that the engine syncs lies beside the library. What is not Glossator's
in it is only ever passed on. Steps that belong to the library's thread are calls of a workspace;
the rest may run beside it (``Sync``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Collection as Some
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from desktop.anki.compare import Choice, Comparison, Status
from desktop.anki.exchange import Local, Outcome, Plan, exchange, read_and_compare
from desktop.anki.login import forget_key, keep_key, stored_key
from desktop.anki.peer import Progress
from desktop.anki.sync import Account, Engine, FullSync, FullSyncWanted, LoginError, SyncPeer
from desktop.decks.collection import Collection
from desktop.errors import AnkiError
from desktop.operations.pushing import PushReport, opened
from desktop.operations.workspace import Workspace

T = TypeVar("T")

_PICTURE = re.compile(r'<img\b[^>]*?\bsrc="([^"]+)"')

#: More deletions in Anki at once than both of these are not taken over unasked.
_MANY_GONE, _LARGE_SHARE = 10, 0.25

#: Asks for the password of a name at an address; ``None`` gives up.
AskPassword = Callable[[str, str], str | None]
#: Asks which collection replaces the other one; ``None`` gives up.
AskFull = Callable[[FullSyncWanted], FullSync | None]
#: Shows what would be done, with the choices that hold unasked; ``None`` gives up.
Choose = Callable[[Sequence[Comparison], Mapping[str, Choice]], "dict[str, Choice] | None"]
#: Runs a step on the library's thread and returns its result.
OnLibrary = Callable[[Callable[[Workspace], T]], T]


@dataclass(frozen=True, slots=True)
class SyncWish:
    """What is asked of a sync; ``None`` takes the settings' own."""

    user: str | None = None
    address: str | None = None
    dry_run: bool = False
    prefer: Choice = Choice.MERGE
    choices: dict[str, Choice] | None = None


def copy_of_collection(folder: Path, account: Account) -> Path:
    """Return where the copy of an account's collection lies, of a library in ``folder``."""
    digest = hashlib.sha256(account.peer.encode()).hexdigest()[:16]
    return folder / "anki" / digest / "collection.anki2"


class Sync:
    """One sync of the library in ``folder``, step by step; ``close`` ends the engine."""

    def __init__(self, folder: Path, account: Account) -> None:
        self.account = account
        self._key = account.peer  # the server may name another address for the next sync
        self._engine = Engine(copy_of_collection(folder, account))
        self._peer = SyncPeer(self._engine, self._key)

    @property
    def peer(self) -> str:
        """The name under which the library remembers this account."""
        return self._key

    def close(self) -> None:
        """End the engine; its collection stays for the next sync."""
        self._engine.close()

    def log_in(self, ask_password: AskPassword, *, anew: bool = False) -> None:
        """Take the key from the keyring, or ask for the password; raises ``AnkiError``."""
        account = self.account
        stored = None if anew else stored_key(account.user, account.endpoint)
        if stored:
            account.key = stored
            return
        password = ask_password(account.user, account.endpoint)
        if not password:
            raise AnkiError("Without the password there is no sync; nothing was changed.")
        endpoint = account.endpoint
        account.log_in(self._engine, password)
        keep_key(account.user, endpoint, account.key)

    def fetch(self, ask_password: AskPassword, ask_full: AskFull) -> bool:
        """Bring the copy up to date; a stale key and a full sync are asked about.

        Returns whether the copy is another one now: what it lacks was not deleted then.
        """
        endpoint = self.account.endpoint
        try:
            wanted = self.account.sync(self._engine)
        except LoginError:
            forget_key(self.account.user, endpoint)
            self.log_in(ask_password, anew=True)
            wanted = self.account.sync(self._engine)
        if wanted is None:
            return False
        self._sync_whole(wanted, ask_full)
        return True

    def _sync_whole(self, wanted: FullSyncWanted, ask_full: AskFull) -> FullSync:
        way = ask_full(wanted)
        if way is None or way not in wanted.possible:
            raise AnkiError(
                "The server's collection and the copy here have no common past; decide which one "
                "holds (--full download or --full upload), then sync again."
            )
        self.account.sync_whole(self._engine, way)
        return way

    def compare(self, local: Local) -> list[Comparison]:
        """Return what an exchange with the copy would do."""
        return read_and_compare(local, self._peer)

    def exchange(self, local: Local, found: Sequence[Comparison], plan: Plan) -> Outcome:
        """Write to the copy what the library changed; return what the library has to take."""
        return exchange(local, self._peer, found, replace(plan, propagate=True))

    def collection(self) -> Collection:
        """Return all of our notes in the copy, with schedule and log."""
        return self._peer.collection()

    def study(self, progress: Progress) -> None:
        """Write to the copy what was studied here."""
        self._peer.study(progress)

    def files_of(self, theirs: Collection, note_ids: Some[str]) -> list[tuple[str, bytes]]:
        """Return the media that these notes name."""
        texts = (field for note in theirs.notes if note.guid in note_ids for field in note.fields)
        names = {name for text in texts for name in _PICTURE.findall(text)}
        return list(self._peer.files(sorted(names))) if names else []

    def send(self, ask_full: AskFull) -> None:
        """Let the server have what was written to the copy."""
        wanted = self.account.sync(self._engine)
        if wanted is None:
            return
        if self._sync_whole(wanted, ask_full) is FullSync.DOWNLOAD:
            raise AnkiError("The copy is the server's collection now; sync again to add to it.")


def run_sync(
    sync: Sync,
    wish: SyncWish,
    on_library: Callable[[Callable[[Workspace], Any]], Any],
    ask_password: AskPassword,
    ask_full: AskFull,
    choose: Choose | None = None,
) -> PushReport:
    """Do a whole sync; ``choose`` may show what would be done and returns the reader's choices."""
    sync.log_in(ask_password)
    another = sync.fetch(ask_password, ask_full)
    local: Local = on_library(lambda ws: ws.anki_local(sync.peer))
    found = sync.compare(local)
    if wish.dry_run:
        return PushReport(found, None)
    choices = _careful(found, another) | (wish.choices or {})
    if choose is not None and any(c.status is not Status.UNCHANGED for c in found):
        chosen = choose(found, choices)
        if chosen is None:
            return PushReport(found, None)
        choices |= chosen
    outcome = sync.exchange(local, found, Plan(choices, wish.prefer))
    theirs = sync.collection()
    sync.study(on_library(lambda ws: ws.anki_progress(theirs)))
    # The library takes over what the server has: a sync that breaks off is simply done again.
    sync.send(ask_full)
    adopted = {note.id for note in outcome.adopted}
    files = sync.files_of(theirs, adopted)

    def take(workspace: Workspace) -> None:
        workspace.anki_take(sync.peer, outcome)
        workspace.anki_take_progress(theirs, adopted, files)

    on_library(take)
    return PushReport(found, outcome)


def _careful(found: Sequence[Comparison], another: bool) -> dict[str, Choice]:
    """Return choices that keep the library from losing many cards at once.

    A collection that was replaced as a whole lacks notes that nobody deleted: they are added
    again. Where an unlikely share is gone otherwise, the reader decides.
    """
    gone = [comparison.id for comparison in found if comparison.status is Status.DELETED_THERE]
    met = sum(comparison.agreed is not None for comparison in found)
    if another:
        return dict.fromkeys(gone, Choice.OURS)
    if len(gone) > max(_MANY_GONE, met * _LARGE_SHARE):
        return dict.fromkeys(gone, Choice.SKIP)
    return {}


def sync_library(
    library: Path | None, wish: SyncWish, ask_password: AskPassword, ask_full: AskFull
) -> PushReport:
    """Sync the library; the account is remembered in the settings, its key in the keyring."""
    with opened(library) as workspace:
        account = account_of(workspace, wish)
        sync = Sync(workspace.folder, account)
        try:
            report = run_sync(sync, wish, lambda work: work(workspace), ask_password, ask_full)
        finally:
            sync.close()
    return report


def account_of(workspace: Workspace, wish: SyncWish) -> Account:
    """Return the account that is meant, and remember it; raises ``AnkiError`` without a name."""
    settings = workspace.settings()
    user = wish.user or settings.sync_user
    address = settings.sync_address if wish.address is None else wish.address
    if not user:
        raise AnkiError("Whose collection? Name the account with --user, or in the settings.")
    if address and not address.startswith(("http://", "https://")):
        raise AnkiError(f"“{address}” is no address of a sync server; it begins with https://.")
    if address and not address.endswith("/"):
        address += "/"
    if (user, address) != (settings.sync_user, settings.sync_address):
        workspace.save_settings(replace(settings, sync_user=user, sync_address=address))
    return Account(user, address)
