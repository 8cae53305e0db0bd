"""Links of cards (``glossator://note/…``): each opens its text at the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.decks.link import is_link, linked_note

if TYPE_CHECKING:
    from desktop.reading.document import Span
    from desktop.window.jobs import Lane

UNKNOWN_CARD = "The card of this link is not in the library; open its text here first."
NO_CARD = "This link names no card of Glossator."


class CardLinks(QObject):
    """Finds the places of links; ``found`` brings the text and the place in it."""

    found = Signal(int, object)  # document id, Span
    missing = Signal(str)  # a sentence

    def __init__(self, lane: Lane, open_files: Callable[[Sequence[Path]], None]) -> None:
        super().__init__()
        self._lane = lane
        self._open_files = open_files

    def open_all(self, wanted: Sequence[str]) -> None:
        """Open the files and the links that this or a second start of the program asks for."""
        self._open_files([Path(item) for item in wanted if not is_link(item)])
        for item in wanted:
            if is_link(item):
                self.open(item)

    def open(self, address: str) -> None:
        """Open the text of the card that ``address`` names, at its sentence."""
        note_id = linked_note(address)
        if note_id is None:
            self.missing.emit(NO_CARD)
            return

        def show(place: tuple[int, Span] | None) -> None:
            if place is None:
                self.missing.emit(UNKNOWN_CARD)
            else:
                self.found.emit(*place)

        self._lane.submit(lambda ws: ws.place_of_note(note_id), show)
