"""The study desk: asks the library for the card to study, stores answers, crams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.library.decks import NoteStatus
from desktop.study.session import DueCounts
from desktop.window.jobs import Lane

if TYPE_CHECKING:
    from desktop.operations.study_options import Backlog
    from desktop.operations.workspace import StudyItem, Workspace
    from desktop.study.cramming import Cram, CramOrder

_STUDIED = frozenset({"documents", "notes", "cards", "reviews", "settings", "decks"})


@dataclass(frozen=True, slots=True)
class StudyScope:
    """What is studied: some notes, else a deck, else a text, else all."""

    document_id: int | None = None
    deck_id: int | None = None
    note_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyState:
    """What the study page shows: a card, or the reason why there is none.

    ``cram`` holds how many cards are left and done of a cramming session.
    """

    item: StudyItem | None
    counts: DueCounts
    title: str = ""
    deck: str = ""
    proposed: int = 0
    accepted: int = 0
    away_until: date | None = None
    backlog: Backlog | None = None
    cram: tuple[int, int] | None = None


class StudyDesk(QObject):
    """Works on the cards that are studied through the lane; results go out as signals."""

    changed = Signal(object)  # StudyState
    paragraph_found = Signal(object, str)  # card id, text
    leech_found = Signal()
    did = Signal(str)  # a sentence on what was done and can be undone
    failed = Signal(object)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = self.lane = lane
        self._document_id: int | None = None
        self._everything = False
        self._deck_id: int | None = None
        self._only: tuple[str, ...] = ()  # the notes to study before anything else
        self._cram: Cram | None = None
        self._studying = False
        self._busy = 0  # own jobs under way: what they change they show themselves
        lane.changed.connect(self._library_changed)

    # -- what is studied

    @property
    def scope(self) -> StudyScope:
        """What is studied now."""
        if self._only:
            return StudyScope(note_ids=self._only)
        if self._deck_id is not None:
            return StudyScope(deck_id=self._deck_id)
        return StudyScope(document_id=None if self._everything else self._document_id)

    @property
    def cramming(self) -> bool:
        """Whether cards are crammed."""
        return self._cram is not None

    def set_document(self, document_id: int | None) -> None:
        """Study another text."""
        self._document_id = document_id
        self._only, self._deck_id, self._cram = (), None, None

    def set_everything(self, everything: bool) -> None:
        """Study all texts, or the open one only."""
        self._everything = everything
        self._only, self._deck_id, self._cram = (), None, None
        self.study()

    def study_deck(self, deck_id: int) -> None:
        """Study a deck and those within it."""
        self._only, self._deck_id, self._cram = (), deck_id, None
        self._lane.submit(lambda ws: ws.choose_deck(deck_id))
        self.study()

    def study_only(self, note_ids: Sequence[str]) -> None:
        """Study the cards of these notes before anything else."""
        self._only, self._cram = tuple(note_ids), None

    def set_studying(self, studying: bool) -> None:
        """Say whether the study page is on show."""
        self._studying = studying
        if studying:
            self.study()

    def study(self) -> None:
        """Ask for the card to study now."""
        self._do(lambda _ws: None)

    # -- answers

    def answer(self, card_id: int, rating: int, took_ms: int) -> None:
        """Store an answer, then show the next card; while cramming nothing is stored."""
        from desktop.study.card import Rating

        if self._cram is not None:
            self._cram.answer(Rating(rating))
            self.study()
            return

        def told(leech: bool) -> None:
            if leech:
                self.leech_found.emit()

        self._do(lambda ws: ws.answer(card_id, Rating(rating), took_ms).leech, told)

    def undo(self) -> bool:
        """Take back the last answer while cramming; return whether there was one."""
        if self._cram is None or not self._cram.undo():
            return False
        self.study()
        return True

    def change(self, work: Callable[[Workspace], object], sentence: str = "") -> None:
        """Change cards, say so, and show the card that comes then."""

        def told(_result: object) -> None:
            if sentence:
                self.did.emit(sentence)

        self._do(work, told)

    def leave(self, card_id: int, work: Callable[[Workspace], object], sentence: str) -> None:
        """Do what takes a card out of study for a while."""
        if self._cram is not None:
            self._cram.drop(card_id)
        self.change(work, sentence)

    def accept_all(self) -> None:
        """Accept every proposed card of what is studied."""
        scope = self.scope.document_id

        def work(workspace: Workspace) -> None:
            records = workspace.cards(scope)
            ids = [r.note.id for r in records if r.status is NoteStatus.PROPOSED]
            if ids:
                workspace.accept(ids)

        self._do(work)

    # -- cramming

    def begin_cramming(self, order: CramOrder, limit: int) -> None:
        """Go through the cards of what is studied, due or not, without changing their schedule."""
        scope = self.scope

        def work(workspace: Workspace) -> Cram:
            return workspace.cram(
                scope.document_id, deck_id=scope.deck_id, note_ids=scope.note_ids or None,
                order=order, limit=limit,
            )  # fmt: skip

        def begun(cram: Cram) -> None:
            self._cram = cram
            self.study()

        self._lane.submit(work, begun, self.failed.emit)

    def end_cramming(self) -> None:
        """Study again what is due."""
        self._cram = None
        self.study()

    # -- inside

    def _do(
        self, work: Callable[[Workspace], object], told: Callable[..., object] | None = None
    ) -> None:
        """Work on the library and show the card that comes then, in one go."""
        scope, cram = self.scope, self._cram
        self._busy += 1

        def job(workspace: Workspace) -> tuple[object, StudyState | None]:
            result = work(workspace)
            return result, _state(workspace, scope, cram) if self._studying else None

        def done(found: tuple[object, StudyState | None]) -> None:
            self._busy -= 1
            result, state = found
            if told is not None:
                told(result)
            if state is not None and scope == self.scope and cram is self._cram:
                self._show(state)

        def failed(error: Exception) -> None:
            self._busy -= 1
            self.failed.emit(error)
            if self._studying and work is not None:
                self._lane.submit(lambda ws: _state(ws, scope, cram), self._show)

        self._lane.submit(job, done, failed)

    def _show(self, state: StudyState) -> None:
        if state.item is None and self._only:
            self._only = ()  # these are done: from now on all others again
        self.changed.emit(state)
        item = state.item
        if item is not None and item.document_id is not None:
            document_id, block = item.document_id, item.note.evidence.span.block
            self._lane.submit(
                lambda ws: ws.block_text(document_id, block),
                lambda text: self.paragraph_found.emit(item.card.id, text),
            )

    def _library_changed(self, kinds: frozenset[str]) -> None:
        if self._studying and not self._busy and kinds & _STUDIED:
            self.study()


def _state(workspace: Workspace, scope: StudyScope, cram: Cram | None) -> StudyState:
    """Return what the study page shows of ``scope``."""
    if cram is not None:
        return _cram_state(workspace, scope, cram)
    where = {"deck_id": scope.deck_id, "note_ids": scope.note_ids or None}
    item = workspace.next_card(scope.document_id, **where)  # type: ignore[arg-type]
    counts = workspace.due_counts(scope.document_id, **where)  # type: ignore[arg-type]
    names = {deck.id: deck.name for deck in workspace.decks()} if scope.deck_id else {}
    deck = names.get(scope.deck_id or 0, "")
    if item is not None:
        return StudyState(item, counts, item.note.title, deck)
    pauses, today = workspace.pauses(), workspace.today()
    notes = workspace.count_notes(scope.document_id)
    return StudyState(
        None,
        counts,
        deck=deck,
        proposed=notes.get(NoteStatus.PROPOSED, 0),
        accepted=notes.get(NoteStatus.ACCEPTED, 0),
        away_until=pauses.last if pauses.on_vacation(today) else None,
        backlog=workspace.backlog(scope.document_id, deck_id=scope.deck_id),
    )


def _cram_state(workspace: Workspace, scope: StudyScope, cram: Cram) -> StudyState:
    head = cram.head
    counts = DueCounts(0, 0, cram.left)
    told = (cram.left, cram.done)
    if head is None:
        return StudyState(None, counts, cram=told)
    item = workspace.crammed_card(head, scope.document_id)
    return StudyState(item, counts, item.note.title, cram=told)
