"""What the reader does with glossary entries: dialogs, and the words that tell what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.glossary.edits import Define, Edit, Entry, Remove
from desktop.glossary.keys import term_key
from desktop.window.messages import elide
from desktop.window.rail import Page
from desktop.window.reading_page import CARDS, GLOSSARY

if TYPE_CHECKING:
    from desktop.glossary.term import Glossary, Term
    from desktop.library.glossary import TermInDocument
    from desktop.operations.preparing import Preparation
    from desktop.window.main_window import MainWindow

#: So many new terms are worth an offer.
_WORTH = 3


class GlossaryActions(QObject):
    """Stands between the window's views and its glossary desk."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked = False  # the reader wants to see the terms now
        self._offer = False  # a new text is open
        self._known: frozenset[str] = frozenset()
        self._wanted_key = ""  # the entry to open when its text has come

    # -- entries

    def edit(self) -> None:
        """Edit the entry on show."""
        self._window.glossary_view.entry.edit()

    def on_shown(self, act: Callable[[Term], None]) -> None:
        """Do something to the entry on show."""
        entry = self._window.glossary_view.entry
        if entry.term is not None and entry.form is None:
            act(entry.term)

    def save(self, edits: list[Edit]) -> None:
        """Store what the reader changed in the entry on show."""
        self._window.glossary.edit(edits, "Entry changed.")

    def take_sense(self, term: Term, sense: str) -> None:
        """Take another sense of the dictionary as the reader's definition."""
        self._window.glossary.edit([Define(Entry.of(term), sense)], "Definition changed.")

    def remove(self, term: Term) -> None:
        """Take an entry out of the glossary."""
        sentence = f"“{elide(term.term, 40)}” is no entry any more."
        self._window.glossary.edit([Remove(Entry.of(term))], sentence)

    def merge(self, term: Term) -> None:
        """Ask which entry is the same."""
        from desktop.window.entry_dialogs import MergeDialog

        text = self._window.desk.text
        if text is None:
            return
        terms = self._window.glossary_view.model.open_terms()
        dialog = MergeDialog(self._window, term, terms, text.document)
        if dialog.exec():
            self._window.glossary.edit(dialog.edits, "Entries merged.")

    def split(self, term: Term) -> None:
        """Ask what of an entry is something else."""
        from desktop.window.entry_dialogs import SplitDialog

        text = self._window.desk.text
        if text is None:
            return
        dialog = SplitDialog(self._window, term, text.document)
        if dialog.exec():
            self._window.glossary.edit(dialog.edits, "Entry split.")

    def add(self) -> None:
        """Make an entry of what is selected in the text."""
        from desktop.window.entry_dialogs import NewEntryDialog

        if self._window.desk.text is None:
            return
        selected = self._window.reader.textCursor().selectedText().replace("\u00ad", "")
        name = " ".join(selected.replace("\u2029", " ").split())[:120].strip('.,;:!?“”"()')
        dialog = NewEntryDialog(self._window, name)
        if dialog.exec():
            self._window.glossary.edit(dialog.edits, "Entry added.")

    def show_known(self, keys: frozenset[str]) -> None:
        """Leave what the reader knows unmarked and out of the list."""
        self._known = keys
        self._window.glossary_view.set_known(keys)
        self._unmark_known()

    def _unmark_known(self) -> None:
        terms = self._window.glossary_view.model.terms
        names = {t.term.casefold() for t in terms if term_key(t.term, t.kind) in self._known}
        self._window.reader.set_known(frozenset(names))

    # -- where an entry leads

    def entry_shown(self, term: Term) -> None:
        """Fill in what leads from an entry elsewhere."""
        links = self._window.glossary_view.entry.links
        links.cards_wanted.connect(self.show_cards)
        links.text_wanted.connect(self.open_text)
        links.show_cards(term.term, len(self._cards_on(term.term)))
        self._window.glossary.find_texts(term)

    def show_texts(self, term: Term, places: list[TermInDocument]) -> None:
        """Show in which other texts the entry is."""
        entry = self._window.glossary_view.entry
        if entry.term is not None and entry.term.term == term.term:
            meaning = term.definition.text if term.definition else None
            entry.links.show_texts(places, meaning)

    def show_cards(self, name: str) -> None:
        """Show the cards that speak of a term."""
        self._window.reading_page.show_tab(CARDS)
        view = self._window.text_cards_view
        view.status.choose("All")
        view.search.setText(name)
        view.list.setFocus()

    def show_related(self, name: str) -> None:
        """Open another entry of the text."""
        index = self._window.glossary_view.index_of(name)
        if index is not None:
            self._window.glossary_view.show_entry(index)
            self._window.glossary_view.entry.setFocus()

    def open_text(self, document_id: int, key: str) -> None:
        """Open another text at its entry."""
        self._wanted_key = key
        self._window.desk.open_document(document_id)

    def _cards_on(self, name: str) -> list[object]:
        words = name.casefold()
        return [
            record
            for record in self._window.text_cards_view.model.records
            if any(words in side.casefold() for side in (record.note.front, record.note.back))
        ]

    # -- the glossary as a whole

    def glossary_shown(self, glossary: Glossary | None) -> None:
        """Mark no known terms; open the entry that was asked for in another text."""
        self._unmark_known()
        if not glossary or not self._wanted_key:
            return
        for index, term in enumerate(glossary.terms):
            if term_key(term.term, term.kind) == self._wanted_key:
                self._wanted_key = ""
                self._window.reading_page.show_tab(GLOSSARY)
                self._window.glossary_view.show_entry(index)
                return

    # -- before reading

    def new_text(self, new: bool) -> None:
        """Note that a text was opened; a ``new`` one brings the offer to look at its terms."""
        self._asked, self._offer = False, new

    def ask_before_reading(self) -> None:
        """Show the important terms of the text now."""
        self._asked = True
        self._window.glossary.prepare()

    def cards_ready(self) -> None:
        """Look for new terms when a new text was analysed."""
        if self._offer:
            self._window.glossary.prepare()

    def prepared(self, preparation: Preparation) -> None:
        """Show the terms, or offer them in passing."""
        from desktop.window.before_reading_dialog import new_of_all

        number = len(preparation.new)
        if not self._asked:
            if self._offer and number >= _WORTH:
                sentence = new_of_all(number, len(preparation.terms))
                show = self.ask_before_reading
                self._window.messages.tell(f"Before you read: {sentence}", "Show them", show)
            self._offer = False
            return
        self._asked = self._offer = False
        self._show_preparation(preparation)

    def learn(self, note_ids: list[str]) -> None:
        """Study the cards of chosen terms."""
        if note_ids:
            self._window.study.study_only(note_ids)
            self._window.go_to(Page.STUDY)

    def _show_preparation(self, preparation: Preparation) -> None:
        from desktop.window.before_reading_dialog import BeforeReadingDialog

        window, text = self._window, self._window.desk.text
        if text is None:
            return
        if not preparation.terms:
            window.messages.tell("No important term of this text has a definition.")
            return
        dialog = BeforeReadingDialog(window, text.document.name, preparation)
        dialog.known.connect(lambda term: window.glossary.know(term, True))
        dialog.learn_wanted.connect(window.glossary.learn)
        dialog.exec()
