"""One reader's library and all that they do with it: the face of the core to the window.

A workspace belongs to the thread that opened it. Every change is one transaction; after its
commit the listeners hear which kinds of record changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop.decks.deck import Deck, Note
from desktop.errors import LibraryError
from desktop.library import backup, decks
from desktop.library.consistency import inconsistencies
from desktop.library.database import Database
from desktop.library.decks import CardRecord as CardRecord
from desktop.library.decks import NoteStatus as NoteStatus
from desktop.library.documents import DocumentSummary as DocumentSummary
from desktop.library.documents import ReadingPosition as ReadingPosition
from desktop.library.glossary import LibraryTerm as LibraryTerm
from desktop.library.glossary import TermInDocument as TermInDocument
from desktop.library.highlights import HIGHLIGHT_COLOURS as HIGHLIGHT_COLOURS
from desktop.library.highlights import Bookmark as Bookmark
from desktop.library.highlights import Highlight as Highlight
from desktop.library.labels import Label as Label
from desktop.library.labels import LabelKind as LabelKind
from desktop.library.lock import LibraryLock
from desktop.library.passages import DocumentPassages as DocumentPassages
from desktop.library.passages import Found as Found
from desktop.library.passages import Passage as Passage
from desktop.library.undo import UndoLog
from desktop.operations.anki_progress import AnkiProgress
from desktop.operations.annotating import Annotations
from desktop.operations.browsing import Browsing
from desktop.operations.collecting import Collecting
from desktop.operations.correcting import Correcting
from desktop.operations.desk import Desk
from desktop.operations.exams import Planner
from desktop.operations.fitting import Fitter
from desktop.operations.glossaries import Glossaries
from desktop.operations.importing import Importing
from desktop.operations.looking_up import LookedUp as LookedUp
from desktop.operations.looking_up import LookingUp
from desktop.operations.marking import Marking
from desktop.operations.open_library import KINDS as KINDS
from desktop.operations.packing import Packing
from desktop.operations.remembering import Remembering
from desktop.operations.reviewing import CardReview as CardReview
from desktop.operations.reviewing import Reviewing
from desktop.operations.shelf import Shelf
from desktop.operations.study_options import StudyOptions
from desktop.operations.studying import StudyItem as StudyItem
from desktop.paths import Folders, library_file
from desktop.study.session import DueCounts as DueCounts


class Workspace(
    Shelf,
    Collecting,
    Correcting,
    Annotations,
    LookingUp,
    Glossaries,
    Reviewing,
    Desk,
    Fitter,
    Marking,
    StudyOptions,
    Browsing,
    Planner,
    Packing,
    AnkiProgress,
    Remembering,
    Importing,
):
    """A reader's open library: documents, glossaries, cards and their review, and its files."""

    def deck(
        self,
        document_ids: Sequence[int] | None = None,
        *,
        include_proposed: bool = False,
        name: str | None = None,
    ) -> Deck:
        """Return the accepted notes of documents (``None``: of all) as a deck, in their order.

        The content times of the notes are those of the library: an export to Anki updates just
        what changed. Raises ``LibraryError`` when there is no note.
        """
        wanted = [NoteStatus.ACCEPTED] + [NoteStatus.PROPOSED] * include_proposed
        shelf = {line.id: line for line in self.documents()}
        chosen = list(shelf) if document_ids is None else list(dict.fromkeys(document_ids))
        notes: dict[str, Note] = {}
        for document_id in chosen:
            for record in decks.records(self._database, document_id, wanted):
                notes.setdefault(record.note.id, record.note)
        if not notes:
            raise LibraryError("There are no accepted cards to export; accept some first.")
        titles = [shelf[document_id].title for document_id in chosen if document_id in shelf]
        single = len(titles) == 1
        sha256 = self.document(chosen[0]).source.sha256 if single else ""
        deck_name = "Glossator::" + titles[0].replace("::", ":") if single else "Glossator"
        return Deck(name or deck_name, " · ".join(titles), sha256, tuple(notes.values()))

    def write_glossary(self, path: str | Path, document_id: int | None = None) -> int:
        """Write the glossary of a text, or of all, as the ending of ``path`` says.

        Returns the number of entries; raises ``LibraryError`` when no text was analysed yet.
        """
        from desktop.operations.edited import edited_analysis, latest_analysed
        from desktop.operations.glossary_files import write_glossary
        from desktop.operations.merging import merge_glossaries
        from desktop.operations.texts import AnalysedText

        chosen = [line.id for line in self.documents()] if document_id is None else [document_id]
        texts = []
        for number in chosen:
            found = latest_analysed(self._database, number)
            if found is not None:
                edited = edited_analysis(self._database, number, found)
                texts.append(AnalysedText(self.document(number), edited))
        if not texts:
            raise LibraryError("There is no glossary yet; let a text be analysed first.")
        return write_glossary(merge_glossaries(texts), Path(path))

    def backup(self, out: str | Path) -> None:
        """Copy the library to the file ``out`` while it is open."""
        backup.write_backup(self._database, Path(out))

    def check(self) -> list[str]:
        """Check the library and return what is wrong with it; nothing when it is well."""
        return self._database.problems() + inconsistencies(self._database)

    def export(self, folder: str | Path) -> None:
        """Write everything in the library to ``folder`` as files that other programs can read."""
        from desktop.operations.export import export_library

        export_library(self, self._database, Path(folder))

    def restore(self, source: str | Path) -> None:
        """Put a backup in the library's place; the present one is kept under ``backups``."""
        path = self._database.path
        self._database.close()
        try:
            backup.restore_backup(path, Path(source), self._now())
        finally:
            # Whatever came of it, the library that stands there now is open again.
            self._database = Database.open(path)
            self._undo = UndoLog(self._database)
            self._settings = None
        self._tell(KINDS)


def restore_library(folders: Folders, source: str | Path) -> Path | None:
    """Put a backup in the place of a library that isn't open, even of a damaged one.

    Returns where the replaced library is kept, ``None`` where there was none.
    """
    path = library_file(folders)
    lock = LibraryLock(path)
    try:
        kept = backup.restore_backup(path, Path(source), datetime.now(UTC))
        Database.open(path).close()
    finally:
        lock.release()
    return kept
