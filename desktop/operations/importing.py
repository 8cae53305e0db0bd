"""Taking an Anki package into the library: told beforehand, then taken in as one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.library import anki_notes, backup
from desktop.library.anki_notes import KnownNote
from desktop.operations.open_library import OpenLibrary

if TYPE_CHECKING:
    from desktop.anki.planning import ImportPlan
    from desktop.decks.collection import Collection
    from desktop.operations.anki_packages import Incoming

Report = Callable[[int, int], None]

#: Cards and answers of a package up to which its import can be undone, in a second or two.
_MOST_UNDONE = 20_000


def _unheard(_done: int, _total: int) -> None:
    """Take a report where nobody listens."""


class Importing(OpenLibrary):
    """The part of a workspace that takes in what comes from Anki."""

    def plan_import(self, incoming: Incoming) -> ImportPlan:
        """Return what ``take_in`` would do, note by note; nothing changes."""
        return self._plan(incoming.collection)[0]

    def take_in(self, incoming: Incoming, *, report: Report = _unheard) -> ImportPlan:
        """Take a package in as one transaction, and return what was done.

        The reader's edits, decks and later answers stay; lines of the log are never doubled.
        ``report`` may stop it by raising ``Cancelled``: then nothing has changed. It can be
        undone; of a large package there is a backup of the library from before instead.
        """
        from desktop.anki.calendar import Calendar
        from desktop.anki.media_taking import TakenMedia
        from desktop.anki.package import AnkiPackage
        from desktop.anki.taking import Taking

        collection = incoming.collection
        now = self._now()
        calendar = Calendar(self.settings().day_start_hour, self._zone)
        kinds = ("notes", "cards", "reviews", "decks")
        if len(collection.cards) + len(collection.reviews) > _MOST_UNDONE:
            self._back_up_before_import()
            change = self._change(*kinds)
        else:
            change = self._action("Import from Anki", *kinds)
        with change:
            plan, known = self._plan(collection)
            media = TakenMedia()
            with AnkiPackage(incoming.path, report=report) as package:
                media.take(self._database, package.media(collection.media))
            Taking(self._database, collection, plan, calendar, now, report).run(known, media)
        return plan

    def _back_up_before_import(self) -> None:
        path = self._database.path
        folder = path.parent / "backups"
        folder.mkdir(exist_ok=True)
        backup.write_backup(
            self._database,
            folder / f"{path.stem}-before-import-{self._now():%Y%m%d-%H%M%S}.sqlite3",
        )

    def _plan(self, collection: Collection) -> tuple[ImportPlan, dict[str, KnownNote]]:
        from desktop.anki.planning import plan_import

        guids = [note.guid for note in collection.notes]
        known = anki_notes.known_notes(self._database, guids)
        deleted = anki_notes.deleted_notes(self._database, guids)
        return plan_import(collection, known, deleted), known
