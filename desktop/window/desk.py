"""The text on the desk: opening and adding texts, their analysis, and where the reader is."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.errors import GlossatorError, InputError
from desktop.paths import bundled_essay
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.glossary.sources.opening import SourceList
    from desktop.glossary.term import Glossary
    from desktop.operations.analysing import (
        Analysed,
        AnalysisDone,
        AnalysisEvent,
        AnalysisWorker,
    )
    from desktop.operations.workspace import ReadingPosition, Workspace
    from desktop.reading.document import Document

log = logging.getLogger(__name__)

_SAVE_MS = 400
_LIST_MS = 250

STOPPED = "The analysis was stopped."

STAGES = {
    "starting": "Getting ready…",
    "reading": "Reading closely…",
    "glossary": "Choosing entries…",
    "cards": "Writing cards…",
}


@dataclass(frozen=True, slots=True)
class OpenText:
    """A text as it comes to the desk."""

    id: int
    document: Document
    position: ReadingPosition | None


@dataclass(frozen=True, slots=True)
class AnalysisState:
    """How the analysis of the text stands; ``message`` says why it failed."""

    running: bool
    stage: str = ""
    fraction: float = 0.0
    message: str = ""


class Desk(QObject):
    """Holds the open text; all that it learns goes out as signals on the window's thread."""

    opened = Signal(object)  # OpenText
    closed = Signal()  # no text is open
    glossary_changed = Signal(object)  # Glossary or None
    analysis_changed = Signal(object)  # AnalysisState
    cards_ready = Signal()
    documents_changed = Signal(object)  # list[DocumentSummary]
    failed = Signal(object)
    _heard = Signal(object)  # AnalysisEvent, from the worker's thread

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._text: OpenText | None = None
        self._worker: AnalysisWorker | None = None
        self._sources: SourceList | None = None  # those of the open text's glossary
        self._analysing = True  # unless the reader stopped it
        self.listing = False  # whether the texts of the library are on show
        self._place: ReadingPosition | None = None
        self._glossary: Glossary | None = None  # as it is shown
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(_SAVE_MS)
        self._save_timer.timeout.connect(self.flush)
        # One list for many changes: each answer to a card is one.
        self._list_timer = QTimer(self)
        self._list_timer.setSingleShot(True)
        self._list_timer.setInterval(_LIST_MS)
        self._list_timer.timeout.connect(self.list_documents)
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        lane.changed.connect(self._library_changed)

    @property
    def text(self) -> OpenText | None:
        """The open text."""
        return self._text

    @property
    def source_folder(self) -> Path | None:
        """Where the reader's dictionaries are kept ready; known once a text was looked up."""
        return self._sources.cache if self._sources else None

    # -- opening

    def open_first(self, files: Sequence[Path]) -> list[Exception]:
        """Open what the window starts with and return what went wrong with ``files``.

        That is the first of ``files``, else the text that was open last, else, in a library that
        never had one, the bundled essay.
        """
        text, errors = self._lane.ask(lambda workspace: _first_text(workspace, files))
        if text is not None:
            self._take(text)
        return errors

    def open_document(self, document_id: int) -> None:
        """Open a text of the library."""
        if self._text is None or self._text.id != document_id:
            self._lane.submit(lambda ws: _open(ws, document_id), self._opened, self.failed.emit)

    def forget(self, document_ids: Sequence[int]) -> None:
        """Close the open text if it is among those that were removed."""
        if self._text is not None and self._text.id in document_ids:
            self._close_text()

    def list_documents(self) -> None:
        """Ask for the texts of the library."""
        self._lane.submit(lambda ws: ws.documents(), self.documents_changed.emit)

    # -- where the reader is

    def save_place(self, block: int, offset: int, fraction: float) -> None:
        """Note where the reader is; it is stored when the page has come to rest."""
        from desktop.operations.workspace import ReadingPosition

        self._place = ReadingPosition(block, offset, fraction)
        self._save_timer.start()

    def flush(self) -> None:
        """Store the place that waits to be stored."""
        self._save_timer.stop()
        if self._place is not None and self._text is not None:
            place, document_id = self._place, self._text.id
            self._place = None
            self._lane.submit(lambda ws: ws.save_reading_position(document_id, place))

    # -- analysis

    def start_analysis(self) -> None:
        """Start the language process and give it the open text, unless it is known already."""
        from desktop.operations.analysing import AnalysisWorker

        if self._worker is None:
            self._worker = AnalysisWorker(self._heard.emit)
        if self._text is not None:
            self._look_up(self._text, start=True)
        else:
            self._worker.start()

    def cancel_analysis(self) -> None:
        """Stop the analysis of the open text."""
        self._stop()
        self.analysis_changed.emit(AnalysisState(False, message=STOPPED))

    def analyse_again(self) -> None:
        """Analyse the open text, after a cancel or a failure."""
        if self._text is not None:
            self._analysing = True
            self._submit(self._text)

    def analyse_anew(self) -> None:
        """Look for the analysis of the open text with other sources, or begin one."""
        if self._text is not None and self._worker is not None:
            self._stop()
            self._analysing = True
            self._look_up(self._text)

    def close(self) -> None:
        """Store the place and end the language process."""
        self._list_timer.stop()
        self.flush()
        if self._worker is not None:
            self._worker.close()

    def _look_up(self, text: OpenText, *, start: bool = False) -> None:
        """Show what an earlier analysis found, or begin one."""
        from desktop.operations.version import analysis_version

        def find(ws: Workspace) -> tuple[SourceList, Analysed | None]:
            sources = ws.sources()
            return sources, ws.analysed(text.id, analysis_version(sources))

        def found(result: tuple[SourceList, Analysed | None]) -> None:
            if text is not self._text:
                return
            self._sources, analysed = result
            if analysed is None:
                self._submit(text)
            else:
                self._show(analysed)
            if start and self._worker is not None:
                self._worker.start()

        self._lane.submit(find, found)

    def _submit(self, text: OpenText) -> None:
        if self._worker is None or not self._analysing:
            return
        self.analysis_changed.emit(AnalysisState(True, STAGES["starting"]))
        self._worker.start()
        place = self._place or text.position
        self._worker.submit(text.id, text.document, self._sources, place.block if place else 0)

    def _stop(self) -> None:
        self._analysing = False
        if self._worker is not None and self._text is not None:
            self._worker.cancel(self._text.id)

    def _show_glossary(self, glossary: Glossary | None) -> None:
        if glossary != self._glossary or glossary is None:
            self._glossary = glossary
            self.glossary_changed.emit(glossary)

    def _edit_and_show(self, found: Glossary) -> None:
        """Show what the analysis found just now, with the reader's edits."""
        text = self._text
        if text is None:
            return

        def edited(glossary: Glossary) -> None:
            if text is self._text:
                self._show_glossary(glossary)

        self._lane.submit(lambda ws: ws.with_edits(text.id, found), edited)

    def refresh_glossary(self) -> None:
        """Show the glossary of the library again: it was changed, or the reader's level was."""
        text = self._text
        if text is None or self._glossary is None:
            return

        def found(glossary: Glossary | None) -> None:
            if text is self._text and glossary is not None and self._glossary is not None:
                self._show_glossary(glossary)

        self._lane.submit(lambda ws: ws.glossary(text.id), found)

    def _show(self, analysed: Analysed) -> None:
        self._show_glossary(analysed.glossary)
        self.analysis_changed.emit(AnalysisState(False, fraction=1.0))
        self.cards_ready.emit()

    def _hear(self, event: AnalysisEvent) -> None:
        from desktop.operations import analysing as a

        if isinstance(event, a.AnalysisDone):
            self._keep(event)
        if self._text is None or event.job != self._text.id:
            return
        if not self._analysing:
            return  # what was under way when the reader stopped it
        if isinstance(event, a.AnalysisProgress):
            stage = STAGES.get(event.stage, "")
            self.analysis_changed.emit(AnalysisState(True, stage, event.fraction))
        elif isinstance(event, a.SourceMissing | a.Remark):
            self.failed.emit(InputError(event.message))
        elif isinstance(event, a.GlossaryFound):
            self._edit_and_show(event.glossary)
        elif isinstance(event, a.AnalysisFailed):
            self.analysis_changed.emit(AnalysisState(False, message=event.message))
        elif isinstance(event, a.AnalysisCancelled):
            self.analysis_changed.emit(AnalysisState(False, message=STOPPED))

    def _keep(self, done: AnalysisDone) -> None:
        from desktop.operations.version import analysis_version

        def keep(workspace: Workspace) -> Analysed:
            version = analysis_version(done.sources)
            workspace.save_analysed(done.job, version, done.result)
            return workspace.analysed(done.job, version) or done.result

        def kept(result: Analysed) -> None:
            current = done.sources == (self._sources or done.sources)
            if self._text is not None and self._text.id == done.job and current:
                self._show(result)

        self._lane.submit(keep, kept)

    # -- inside

    def _opened(self, text: OpenText) -> None:
        self._leave()
        self._take(text)
        if self._worker is not None:
            self._look_up(text)

    def _take(self, text: OpenText) -> None:
        self._text = text
        self._analysing = True
        self.opened.emit(text)
        self._show_glossary(None)
        self.analysis_changed.emit(AnalysisState(True, STAGES["starting"]))

    def _leave(self) -> None:
        self.flush()
        self._stop()
        self._text = None

    def _close_text(self) -> None:
        self._place = self._glossary = None
        self._leave()
        self.closed.emit()

    def _library_changed(self, kinds: frozenset[str]) -> None:
        # The counts of cards are shown on the library's page alone: no answer waits for them.
        if "documents" in kinds or (self.listing and kinds & {"notes", "cards", "reviews"}):
            self._list_timer.start()
        if "glossary" in kinds:
            self.refresh_glossary()


def _first_text(
    workspace: Workspace, files: Sequence[Path]
) -> tuple[OpenText | None, list[Exception]]:
    ids, errors = _add_files(workspace, files)
    if ids:
        return _open(workspace, ids[0]), errors
    shelf = workspace.documents()
    last = workspace.state("document")
    if last in [line.id for line in shelf]:
        return _open(workspace, last), errors
    if shelf:
        latest = workspace.recent(1) or shelf[-1:]
        return _open(workspace, latest[0].id), errors
    if workspace.state("welcomed"):
        return None, errors
    workspace.save_state("welcomed", True)
    return _open(workspace, workspace.add_file(bundled_essay())), errors


def _add_files(workspace: Workspace, files: Sequence[Path]) -> tuple[list[int], list[Exception]]:
    ids: list[int] = []
    errors: list[Exception] = []
    for path in files:
        try:
            ids.append(workspace.add_file(path))
        except GlossatorError as error:
            errors.append(error)
    return ids, errors


def _open(workspace: Workspace, document_id: int) -> OpenText:
    document = workspace.document(document_id)
    position = workspace.reading_position(document_id)
    workspace.mark_opened(document_id)
    workspace.save_state("document", document_id)
    return OpenText(document_id, document, position)
