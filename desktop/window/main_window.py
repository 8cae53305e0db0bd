"""The main window: builds the views and the desks, and wires them in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
)

from desktop.glossary.guard import Place
from desktop.glossary.term import Glossary
from desktop.reading.document import Document, Span
from desktop.settings import Settings
from desktop.window import dialogs, theme
from desktop.window.actions import make_actions
from desktop.window.anki_desk import AnkiDesk
from desktop.window.anki_import import AnkiImport, is_package
from desktop.window.browser_actions import BrowserActions
from desktop.window.card_actions import CardActions
from desktop.window.card_desk import CardDesk
from desktop.window.card_links import CardLinks
from desktop.window.desk import AnalysisState, Desk, OpenText
from desktop.window.dictionary import Dictionary
from desktop.window.exports import Exports
from desktop.window.glossary_actions import GlossaryActions
from desktop.window.glossary_desk import GlossaryDesk
from desktop.window.imports import Imports
from desktop.window.jobs import Lane
from desktop.window.library_actions import LibraryActions
from desktop.window.marking import Marking
from desktop.window.marks_desk import MarksDesk
from desktop.window.messages import elide
from desktop.window.navigation import Navigation
from desktop.window.rail import Page
from desktop.window.reading_desk import ReadingDesk
from desktop.window.reading_page import GLOSSARY
from desktop.window.recall_actions import RecallActions
from desktop.window.review_desk import ReviewDesk
from desktop.window.set_page import ReadingStyle
from desktop.window.shell import Shell
from desktop.window.statistics_actions import StatisticsActions
from desktop.window.study_actions import StudyActions
from desktop.window.study_desk import StudyDesk
from desktop.window.study_head import THIS_TEXT
from desktop.window.term_marks import TermLook
from desktop.window.wording import counted, within

if TYPE_CHECKING:
    from desktop.operations.anki_packages import ImportPlan
    from desktop.operations.workspace import DocumentSummary


class MainWindow(Shell):
    """One reader's window; ``lane`` is their library, ``state`` what the window kept of itself."""

    shown_text = Signal()  # the text is on the screen
    shown_glossary = Signal()  # entries are on the screen

    def __init__(self, lane: Lane, settings: Settings, state: Mapping[str, Any]) -> None:
        super().__init__()
        self._lane, self._settings = lane, settings
        self.desk: Desk = Desk(lane)
        self.cards: CardDesk = CardDesk(lane)
        self.study: StudyDesk = StudyDesk(lane)
        self.review: ReviewDesk = ReviewDesk(lane)
        self.reading: ReadingDesk = ReadingDesk(lane)
        self.glossary: GlossaryDesk = GlossaryDesk(lane)
        self.entries: GlossaryActions = GlossaryActions(self)
        self.card_actions: CardActions = CardActions(self)
        self.marks: MarksDesk = MarksDesk(lane)
        self.dictionary: Dictionary = Dictionary(self, lane)
        self.marking: Marking = Marking(self)
        self.study_actions: StudyActions = StudyActions(self)
        self.navigation: Navigation = Navigation(self)
        self.links: CardLinks = CardLinks(lane, self.open_files)
        self.statistics: StatisticsActions = StatisticsActions(self, lane)
        self.browser: BrowserActions = BrowserActions(self, lane)
        self.library: LibraryActions = LibraryActions(self, lane)
        self.imports: Imports = Imports(self, lane)
        self.anki_import: AnkiImport = AnkiImport(self, lane)
        self.recall: RecallActions = RecallActions(self, lane)
        self.anki: AnkiDesk = AnkiDesk(self, lane)
        self.exports: Exports = Exports(self, state.get("export_folder"))
        self.actions_by_id = make_actions(self, self.scopes())
        self.add_buttons(self.actions_by_id)
        self.study_view.head.fill_menu(self.actions_by_id)
        self._connect_signals()
        self._apply_reading_style()
        self.restore(state)

    def _connect_signals(self) -> None:
        desk, cards, reader, glossary = self.desk, self.cards, self.reader, self.glossary_view
        reading, review = self.reading, self.review
        self.rail.page_chosen.connect(lambda page: self.go_to(Page(page)))
        self.page_entered.connect(self._page_entered)
        self.files_dropped.connect(self.open_files)
        self.anki_import.told.connect(self._tell_import)
        # the text
        desk.opened.connect(self._text_opened)
        desk.closed.connect(self._text_closed)
        desk.glossary_changed.connect(self._show_glossary)
        desk.analysis_changed.connect(self._show_analysis)
        desk.documents_changed.connect(self.library_view.show_documents)
        desk.documents_changed.connect(self._show_recent)
        self.recent_chosen.connect(self.open_and_read)
        desk.failed.connect(self.messages.report)
        self.reading_page.cancel_wanted.connect(desk.cancel_analysis)
        self.reading_page.again_wanted.connect(desk.analyse_again)
        self.no_text.action_wanted.connect(self.choose_files)
        reader.term_activated.connect(self._open_term)
        reader.link_activated.connect(self._open_link)
        reader.place_changed.connect(desk.save_place)
        reader.place_changed.connect(self._show_progress)
        reader.view_changed.connect(reading.show_view)
        reader.view_changed.connect(self._follow_view)
        reading.reach_changed.connect(self._show_reach)
        reading.memory_changed.connect(reader.set_memory)
        reader.size_changed.connect(self._keep_size)
        reader.painted.connect(self.shown_text)
        # the glossary
        glossary.mention_wanted.connect(reader.show_mention)
        glossary.evidence_wanted.connect(reader.show_evidence)
        glossary.entry_closed.connect(reader.clear_light)
        glossary.guard_changed.connect(self._guard)
        entry, entries, words = glossary.entry, self.entries, self.glossary
        entry.shown.connect(entries.entry_shown)
        entry.edited.connect(entries.save)
        entry.sense_chosen.connect(entries.take_sense)
        entry.know_wanted.connect(words.know)
        entry.merge_wanted.connect(entries.merge)
        entry.split_wanted.connect(entries.split)
        entry.remove_wanted.connect(entries.remove)
        entry.related_wanted.connect(entries.show_related)
        words.known_changed.connect(entries.show_known)
        words.texts_found.connect(entries.show_texts)
        words.prepared.connect(entries.prepared)
        words.learning.connect(entries.learn)
        words.did.connect(lambda sentence: self.messages.tell(sentence, "Undo", cards.undo))
        words.exported.connect(self.exports.tell_glossary)
        words.failed.connect(self.messages.report)
        desk.cards_ready.connect(entries.cards_ready)
        # the library
        self.library_view.open_wanted.connect(self.open_and_read)
        self.library_view.add_wanted.connect(self.choose_files)
        self.library_view.export_wanted.connect(self._open_and_export)
        # the cards
        cards.text_cards_changed.connect(self.text_cards_view.show_cards)
        cards.text_cards_changed.connect(self.card_margin.set_cards)
        self.card_margin.sentence_wanted.connect(reader.show_evidence)
        self.card_margin.cards_wanted.connect(self.card_actions.show)
        cards.all_cards_changed.connect(self.all_cards_view.show_cards)
        for view in (self.text_cards_view, self.all_cards_view):
            view.accept_wanted.connect(cards.accept)
            view.refuse_wanted.connect(cards.refuse)
            view.delete_wanted.connect(cards.delete)
            view.suspend_wanted.connect(cards.suspend)
            view.edit_wanted.connect(cards.edit)
            view.evidence_wanted.connect(self.show_in_text)
            view.study_wanted.connect(lambda: self.go_to(Page.STUDY))
            view.rescue_wanted.connect(review.rescue)
            view.alternatives_wanted.connect(review.find_alternatives)
            view.turn_wanted.connect(review.turn)
            view.form_wanted.connect(review.take_form)
            view.rescue_edited_wanted.connect(review.rescue_edited)
            view.paragraph_wanted.connect(review.find_paragraph)
            review.alternatives_found.connect(view.show_alternatives)
            review.paragraph_found.connect(view.show_paragraph)
        review.review_changed.connect(self.text_cards_view.show_review)
        review.did.connect(lambda sentence: self.messages.tell(sentence, "Undo", cards.undo))
        review.failed.connect(self.messages.report)
        desk.cards_ready.connect(review.refresh)
        cards.did.connect(lambda sentence: self.messages.tell(sentence, "Undo", cards.undo))
        cards.undone.connect(self._tell_undone)
        cards.redone.connect(self._tell_redone)
        cards.failed.connect(self.messages.report)
        cards.exported.connect(self.exports.tell_cards)
        cards.due_changed.connect(lambda counts: self.rail.set_due(counts.total))
        # highlights and bookmarks
        marks, marking = self.marks, self.marking
        marks.marks_changed.connect(marking.show_marks)
        marks.highlighted.connect(marking.highlighted)
        marks.did.connect(lambda sentence: self.messages.tell(sentence, "Undo", cards.undo))
        marks.exported.connect(self.exports.tell_highlights)
        marks.failed.connect(self.messages.report)
        self.highlights.activated.connect(marking.clicked)
        self.mark_margin.note_wanted.connect(marking.edit_note)
        marking.editor.written.connect(marks.write_note)
        self.marks_view.place_wanted.connect(marking.go_to_row)
        self.marks_view.note_wanted.connect(marking.edit_note)
        self.marks_view.colour_wanted.connect(marks.recolour)
        self.marks_view.remove_wanted.connect(marking.remove_row)
        self.marks_view.export_wanted.connect(self.exports.highlights)
        # study
        study, acts = self.study, self.study_actions
        study.changed.connect(acts.show)
        study.paragraph_found.connect(self.study_view.show_paragraph)
        study.leech_found.connect(acts.tell_leech)
        study.did.connect(lambda sentence: self.messages.tell(sentence, "Undo", cards.undo))
        study.failed.connect(self.messages.report)
        self.study_view.answered.connect(study.answer)
        self.study_view.bury_wanted.connect(lambda _card: acts.bury())
        self.study_view.edit_wanted.connect(cards.edit)
        self.study_view.foreign.link_wanted.connect(self._open_link)
        self.study_view.evidence_wanted.connect(self.show_in_text)
        self.study_view.offer_taken.connect(acts.take_offer)
        self.study_view.scope.chosen.connect(lambda s: study.set_everything(s != THIS_TEXT))
        self.anki.did.connect(self.messages.tell)
        self.anki.failed.connect(self.messages.report)
        self.links.found.connect(self.show_in_text)
        self.links.missing.connect(self.messages.tell)
        self._lane.failed.connect(self.messages.report)

    # -- what the reader asks for

    def choose_files(self) -> None:
        """Ask for files and open them."""
        from desktop.reading.opener import SUPPORTED

        every = " ".join(f"*{ending}" for _name, endings in SUPPORTED for ending in endings)
        kinds = [f"All texts ({every})"]
        kinds += [f"{n} ({' '.join('*' + e for e in endings)})" for n, endings in SUPPORTED]
        chosen, _filter = QFileDialog.getOpenFileNames(
            self, "Open a text", "", ";;".join([*kinds, "All files (*)"])
        )
        self.open_files([Path(name) for name in chosen])

    def open_files(self, files: Sequence[Path]) -> None:
        """Add files to the library and show the first of them; Anki's decks are told of first."""
        texts = [path for path in files if not is_package(path)]
        if texts:
            self.imports.open_files(texts)
        self.anki_import.open([path for path in files if is_package(path)])

    def show_text_facts(self) -> None:
        """Show what was left out of the text and what is doubtful in it."""
        if self.desk.text is not None:
            dialogs.show_left_out(self, self.desk.text.document)

    def show_preferences(self) -> None:
        """Let the reader change the settings; each change shows at once."""
        folder = self.desk.source_folder
        dialogs.ask_preferences(self, self._settings, folder, self.apply_settings)

    def toggle_dark(self) -> None:
        """Change between light and dark."""
        dark = theme.colours().dark
        self.apply_settings(replace(self._settings, theme="light" if dark else "dark"))

    def memory_tinted(self) -> bool:
        """Return whether the reader wants to see what fades."""
        return self._settings.memory_tints

    def toggle_hints(self) -> None:
        """Show or hide the hints above hard words."""
        self.apply_settings(replace(self._settings, word_hints=not self._settings.word_hints))

    def step_term(self, *, forward: bool) -> None:
        """Go to the next or previous term on the page and tell of it."""
        self.reader.setFocus()
        self.reader.step_term(forward)

    def apply_settings(self, settings: Settings) -> None:
        """Dress the window by ``settings`` and keep them."""
        if settings == self._settings:
            return
        redress = settings.theme != self._settings.theme
        asks_others = settings.sources != self._settings.sources
        chosen = settings.reading_level != self._settings.reading_level
        self._settings = settings
        if redress:
            app = QApplication.instance()
            assert isinstance(app, QApplication)
            theme.apply_theme(app, settings.theme)
        self._apply_reading_style()
        self._lane.submit(lambda ws: ws.save_settings(settings))
        if asks_others:
            self.desk.analyse_anew()
        if chosen:
            self.desk.refresh_glossary()

    # -- answers to signals

    def _page_entered(self, page: int) -> None:
        for desk in (self.cards, self.study):
            desk.set_studying(page == Page.STUDY)
        self.study_actions.page_entered(page)
        self.desk.listing = page == Page.LIBRARY
        if page == Page.LIBRARY:  # what was read since is not a change that is told
            self.desk.flush()
            self.desk.list_documents()

    def _text_opened(self, text: OpenText) -> None:
        place = (text.position.block, text.position.offset) if text.position else None
        self.reading_page.show_text(True)
        self.reading_page.show_title(text.document.name)
        self.reading_page.show_fraction(text.position.fraction if text.position else 0)
        self.navigation.new_text()
        self.reader.show_document(text.document, place)
        self.setWindowTitle(f"{text.document.name} – Glossator")
        self.cards.set_document(text.id)
        self.study.set_document(text.id)
        self.review.set_document(text.id, text.document)
        self.reading.set_document(text.id)
        self.marks.set_document(text.id, text.document)
        self._show_reach()
        self.glossary.set_document(text.id)
        self.entries.new_text(text.position is None)
        self.go_to(Page.READ)
        if text.position is None:
            self._tell_left_out(text.document)

    def _tell_left_out(self, document: Document) -> None:
        """Say of a new text that not all of its file is on the page."""
        if document.left_out:
            number = counted(len(document.left_out), "piece")
            self.messages.tell(
                f"{number} of the file did not belong to the text.", "Show", self.show_text_facts
            )
        elif document.warnings:
            self.messages.tell(document.warnings[0], "Show", self.show_text_facts)

    def _text_closed(self) -> None:
        self.reading_page.show_text(False)
        self.reading_page.show_title("")
        self._show_glossary(None)
        self._show_analysis(AnalysisState(False))
        self.setWindowTitle("Glossator")
        self.cards.set_document(None)
        self.study.set_document(None)
        self.review.set_document(None)
        self.reading.set_document(None)
        self.marks.set_document(None, None)
        self.glossary.set_document(None)

    def _show_glossary(self, glossary: Glossary | None) -> None:
        text = self.desk.text
        self.reader.set_glossary(glossary)
        self.glossary_view.show_glossary(glossary, text.document if text else None)
        self.reader.tell_place()
        self.entries.glossary_shown(glossary)
        if glossary is not None and glossary.terms:
            QTimer.singleShot(0, self, self.shown_glossary.emit)

    def _show_analysis(self, state: AnalysisState) -> None:
        self.reading_page.show_work(state.running, state.stage, state.fraction, state.message)
        if state.running:
            self.glossary_view.show_waiting(state.stage, "Entries appear here as they are found.")
        elif state.message:
            self.glossary_view.show_waiting("No entries", state.message)
        else:
            self.glossary_view.show_waiting("No entries", "Nothing in this text needs a gloss.")

    def _show_progress(self, _block: int, _offset: int, fraction: float) -> None:
        self.reading_page.show_fraction(fraction, self.reader.minutes_left())

    def _open_term(self, index: int) -> None:
        self.reading_page.show_tab(GLOSSARY)
        mention = self.reader.last_activated
        self.glossary_view.show_entry(index, mention)
        if mention is not None:
            self.reader.show_mention(mention)

    def _follow_view(self, first: Place, _last: Place) -> None:
        self.glossary_view.show_on_page(self.reader.indices_on_show(), first)

    def _guard(self, on: bool) -> None:
        self.apply_settings(replace(self._settings, spoiler_guard=on))

    def _show_reach(self, _furthest: Place | None = None) -> None:
        reach = self.reading.reach if self._settings.spoiler_guard else None
        self.glossary_view.set_reach(reach)
        self.reader.set_reach(reach)

    def _open_link(self, address: str) -> None:
        if QUrl(address).scheme() in ("http", "https", "mailto"):
            self.messages.tell(
                f"This link leads out of Glossator: {elide(address, 80)}",
                "Open in the browser",
                lambda: QDesktopServices.openUrl(QUrl(address)),
            )
        elif not self.navigation.follow(address):
            self.messages.tell("This link leads to no place in the text.")

    def show_in_text(self, document_id: int, span: Span) -> None:
        """Go to a place in a text of the library."""
        text = self.desk.text
        self.go_to(Page.READ)
        if text is not None and text.id == document_id:
            self.reader.show_evidence(span)
            return

        def opened(text: OpenText) -> None:
            if text.id == document_id:
                self.desk.opened.disconnect(opened)
                self.reader.show_evidence(span)

        self.desk.opened.connect(opened)
        self.desk.open_document(document_id)

    def open_and_read(self, document_id: int) -> None:
        """Open a text of the library and go to it."""
        self.desk.open_document(document_id)
        self.go_to(Page.READ)

    def _open_and_export(self, document_id: int) -> None:
        text = self.desk.text
        if text is not None and text.id == document_id:
            self.exports.cards()
        else:
            self.open_and_read(document_id)
            self._lane.submit(lambda _ws: None, lambda _n: self.exports.cards())

    def _show_recent(self, summaries: Sequence[DocumentSummary]) -> None:
        opened = [line for line in summaries if line.opened_at is not None]
        opened.sort(key=lambda line: line.opened_at or line.added_at, reverse=True)
        self.show_recent([(line.id, line.title) for line in opened])

    def _tell_import(self, plan: ImportPlan) -> None:
        from desktop.operations.anki_packages import plan_sentence

        self.messages.tell(
            f"Taken in. {plan_sentence(plan)}", "Study", lambda: self.go_to(Page.STUDY)
        )

    def _tell_undone(self, name: str) -> None:
        self.messages.tell(f"Undone: {within(name)}." if name else "There is nothing to undo.")

    def _tell_redone(self, name: str) -> None:
        self.messages.tell(f"Done again: {within(name)}." if name else "There is nothing to redo.")

    def _keep_size(self, points: int) -> None:
        self.apply_settings(replace(self._settings, reading_size=points))

    def _apply_reading_style(self) -> None:
        s = self._settings
        self.reader.set_reading_style(
            ReadingStyle(s.reading_font, s.reading_size, s.measure, s.word_hints, s.justified)
        )
        self.reader.set_look(TermLook.of(s))
        self._show_reach()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's state and where the reader is."""
        state = self.kept_state() | {"export_folder": str(self.exports.folder)}
        self._lane.submit(lambda ws: ws.save_state("window", state))
        self.hide()  # the language process may take a moment to end
        self.reading.flush()
        self.anki_import.close()
        self.imports.close()
        self.desk.close()
        self.statistics.close()
        self.browser.close()
        super().closeEvent(event)
