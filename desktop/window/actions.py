"""Every action of the window in one table: its id, text, keys, icon, place and handler."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.library.highlights import HIGHLIGHT_COLOURS
from desktop.window import dialogs
from desktop.window.action_spec import ActionSpec
from desktop.window.action_spec import Scope as Scope
from desktop.window.action_spec import tint as tint
from desktop.window.browser_keys import BROWSE_ACTIONS
from desktop.window.rail import Page
from desktop.window.study_keys import STUDY_ACTIONS

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


_W, _R, _C = Scope.WINDOW, Scope.READ, Scope.CARDS
_E, _B, _T = Scope.ENTRY, Scope.BROWSE, Scope.TEXT


def _in_colour(number: int) -> Callable[[MainWindow], object]:
    return lambda window: window.marking.number(number)


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("library", "Library", ("Ctrl+1", "Alt+1"), "library", _W,
               lambda w: w.go_to(Page.LIBRARY)),
    ActionSpec("read", "Read", ("Ctrl+2", "Alt+2"), "read", _W, lambda w: w.go_to(Page.READ)),
    ActionSpec("cards", "Cards", ("Ctrl+3", "Alt+3"), "cards", _W, lambda w: w.go_to(Page.CARDS)),
    ActionSpec("study", "Study", ("Ctrl+4", "Alt+4"), "study", _W, lambda w: w.go_to(Page.STUDY)),
    ActionSpec("statistics", "Statistics", ("T",), "statistics", _W,
               lambda w: w.go_to(Page.STATISTICS)),
    ActionSpec("browse", "Browse", ("B",), "browse", _W, lambda w: w.go_to(Page.BROWSE)),
    ActionSpec("open", "Open a text…", ("Ctrl+O",), "open", _W, lambda w: w.choose_files()),
    ActionSpec("search_library", "Search in all texts…", ("Ctrl+Shift+F",), "search", _W,
               lambda w: w.library.search()),
    ActionSpec("import_anki", "Import from Anki…", ("Ctrl+Shift+O",), "", _W,
               lambda w: w.anki_import.choose()),
    ActionSpec("export", "Export cards…", ("Ctrl+E",), "export", _W, lambda w: w.exports.cards()),
    ActionSpec("anki_push", "Exchange with Anki…", ("Ctrl+Alt+A",), "", _W,
               lambda w: w.anki.push()),
    ActionSpec("anki_sync", "Sync with Anki’s server…", ("Ctrl+Alt+Y",), "", _W,
               lambda w: w.anki.sync()),
    ActionSpec("anki_compare", "Compare with a file of Anki…", (), "", _W,
               lambda w: w.anki.compare_file()),
    ActionSpec("export_glossary", "Export the glossary…", ("Ctrl+Shift+E",), "export", _W,
               lambda w: w.exports.glossary()),
    ActionSpec("print", "Print or save as PDF…", ("Ctrl+P",), "", _W,
               lambda w: w.exports.on_paper()),
    ActionSpec("left_out", "About this text…", ("Ctrl+I",), "info", _W,
               lambda w: w.show_text_facts()),
    ActionSpec("undo", "Undo", ("Ctrl+Z",), "undo", _W, lambda w: w.cards.undo()),
    ActionSpec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", _W, lambda w: w.cards.redo()),
    ActionSpec("dark", "Light or dark", ("Ctrl+D",), "dark", _W, lambda w: w.toggle_dark()),
    ActionSpec("full_screen", "Full screen", ("F11",), "full_screen", _W,
               lambda w: w.toggle_full_screen()),
    ActionSpec("text_alone", "The text alone", ("F8",), "", _W,
               lambda w: w.toggle_text_alone()),
    ActionSpec("preferences", "Preferences…", ("Ctrl+,",), "settings", _W,
               lambda w: w.show_preferences()),
    ActionSpec("help", "Keys and help", ("F1", "?"), "help", _W, dialogs.show_help),
    ActionSpec("about", "About Glossator", (), "info", _W, dialogs.show_about),
    ActionSpec("next_pane", "Go to the next part of the window", ("F6",), "", _W,
               lambda w: w.focus_next_part()),
    ActionSpec("quit", "Quit", ("Ctrl+Q",), "close", _W, lambda w: w.close()),
    ActionSpec("find", "Search the glossary or the cards", ("/",), "", _R,
               lambda w: w.focus_search()),
    ActionSpec("find_text", "Search in the text…", ("Ctrl+F",), "search", _R,
               lambda w: w.navigation.search()),
    ActionSpec("outline", "Outline…", ("Ctrl+T",), "outline", _R,
               lambda w: w.navigation.show_outline()),
    ActionSpec("enlarge", "Enlarge the picture", ("L",), "", _R,
               lambda w: w.navigation.enlarge()),
    ActionSpec("back", "Back to before the jump", ("Alt+Left",), "back", _R,
               lambda w: w.navigation.back()),
    ActionSpec("forward", "Forward again", ("Alt+Right",), "forward", _R,
               lambda w: w.navigation.forward()),
    ActionSpec("pane", "Show or hide the side pane", ("F9",), "pane", _R,
               lambda w: w.toggle_pane()),
    ActionSpec("glossary_tab", "Glossary", ("Ctrl+G",), "glossary", _R,
               lambda w: w.show_side("Glossary")),
    ActionSpec("cards_tab", "Cards of this text", ("Ctrl+K",), "cards", _R,
               lambda w: w.show_side("Cards")),
    ActionSpec("next_mention", "Next mention", ("]", "F3"), "down", _R,
               lambda w: w.glossary_view.step_mention(1)),
    ActionSpec("previous_mention", "Previous mention", ("[", "Shift+F3"), "up", _R,
               lambda w: w.glossary_view.step_mention(-1)),
    ActionSpec("next_term", "Next term on the page", ("N",), "", _R,
               lambda w: w.step_term(forward=True)),
    ActionSpec("previous_term", "Previous term on the page", ("P",), "", _R,
               lambda w: w.step_term(forward=False)),
    ActionSpec("next_card", "Next sentence with cards", ("C",), "", _R,
               lambda w: w.card_actions.step(forward=True)),
    ActionSpec("previous_card", "Previous sentence with cards", ("Shift+C",), "", _R,
               lambda w: w.card_actions.step(forward=False)),
    ActionSpec("next_chapter", "Next chapter", ("Ctrl+PgDown",), "", _R,
               lambda w: w.reader.turn_chapter(1)),
    ActionSpec("previous_chapter", "Previous chapter", ("Ctrl+PgUp",), "", _R,
               lambda w: w.reader.turn_chapter(-1)),
    ActionSpec("hints", "Hints above hard words", ("Shift+H",), "", _R,
               lambda w: w.toggle_hints()),
    ActionSpec("highlight", "Highlight the selection", ("H",), "mark", _T,
               lambda w: w.marking.highlight()),
    *(ActionSpec(f"highlight_{number}", f"Highlight in {colour}", (str(number),), "", _T,
                 _in_colour(number))
      for number, colour in enumerate(HIGHLIGHT_COLOURS, 1)),
    ActionSpec("highlight_note", "Note on the selection or highlight", ("A",), "note", _T,
               lambda w: w.marking.note()),
    ActionSpec("remove_highlight", "Remove the highlight", ("Del", "Backspace"), "remove", _T,
               lambda w: w.marking.remove()),
    ActionSpec("next_highlight", "Next highlight", ("J",), "", _R,
               lambda w: w.marking.step(forward=True)),
    ActionSpec("previous_highlight", "Previous highlight", ("Shift+J",), "", _R,
               lambda w: w.marking.step(forward=False)),
    ActionSpec("bookmark", "Bookmark the page, or not", ("M",), "bookmark", _T,
               lambda w: w.marking.bookmark()),
    ActionSpec("marks_tab", "Highlights and bookmarks", ("Ctrl+M",), "mark", _R,
               lambda w: w.marking.show_list()),
    ActionSpec("look_up", "Look the selected word up", ("D",), "look_up", _T,
               lambda w: w.dictionary.look_up()),
    ActionSpec("next_word", "Select the next word", ("Shift+Right",), "", _T,
               lambda w: w.dictionary.select_word(forward=True)),
    ActionSpec("previous_word", "Select the previous word", ("Shift+Left",), "", _T,
               lambda w: w.dictionary.select_word(forward=False)),
    ActionSpec("next_sentence", "Select the next sentence", (".",), "", _T,
               lambda w: w.marking.select_sentence(forward=True)),
    ActionSpec("previous_sentence", "Select the previous sentence", (",",), "", _T,
               lambda w: w.marking.select_sentence(forward=False)),
    ActionSpec("more_sentences", "Add the next sentence to the selection", (">",), "", _T,
               lambda w: w.marking.select_sentence(forward=True, extend=True)),
    ActionSpec("gap_card", "Gap card of the selection or highlight", ("G",), "add", _T,
               lambda w: w.card_actions.write_gap()),
    ActionSpec("export_highlights", "Export the highlights…", (), "export", _R,
               lambda w: w.exports.highlights()),
    ActionSpec("export_all_highlights", "Export the highlights of all texts…", (), "export", _W,
               lambda w: w.exports.highlights(of_all=True)),
    ActionSpec("before_reading", "Before you read…", ("Ctrl+B",), "prepare", _R,
               lambda w: w.entries.ask_before_reading()),
    ActionSpec("reread", "Read again…", ("Ctrl+R",), "resume", _R, lambda w: w.recall.reread()),
    ActionSpec("check_reading", "Check what you remember", ("Ctrl+Shift+B",), "study", _R,
               lambda w: w.recall.check()),
    ActionSpec("new_card", "New card from the selection…", ("Ctrl+N",), "add", _R,
               lambda w: w.card_actions.write()),
    ActionSpec("picture_card", "New card from a picture…", ("Ctrl+Shift+N",), "add", _R,
               lambda w: w.card_actions.write_on_picture()),
    ActionSpec("add_entry", "Make an entry of the selection…", ("Ctrl+J",), "add", _R,
               lambda w: w.entries.add()),
    ActionSpec("edit_entry", "Edit the entry", ("E",), "edit", _E, lambda w: w.entries.edit()),
    ActionSpec("know_entry", "I know this, or not", ("K",), "accept", _E,
               lambda w: w.glossary_view.entry.toggle_known()),
    ActionSpec("merge_entry", "Merge with another entry…", ("M",), "", _E,
               lambda w: w.entries.on_shown(w.entries.merge)),
    ActionSpec("split_entry", "Split the entry…", ("X",), "", _E,
               lambda w: w.entries.on_shown(w.entries.split)),
    ActionSpec("remove_entry", "Remove the entry", ("Del",), "remove", _E,
               lambda w: w.entries.on_shown(w.entries.remove)),
    ActionSpec("larger", "Larger letters", ("Ctrl++", "Ctrl+="), "larger", _R,
               lambda w: w.reader.change_size(1)),
    ActionSpec("smaller", "Smaller letters", ("Ctrl+-",), "smaller", _R,
               lambda w: w.reader.change_size(-1)),
    ActionSpec("usual_size", "Usual size", ("Ctrl+0",), "", _R,
               lambda w: w.reader.change_size(0)),
    ActionSpec("accept", "Accept the card", ("A",), "accept", _C,
               lambda w: w.active_cards().accept_current()),
    ActionSpec("accept_all", "Accept all on show", ("Ctrl+Shift+A",), "accept_all", _C,
               lambda w: w.active_cards().accept_all()),
    ActionSpec("refuse", "Refuse the card", ("X", "R"), "close", _C,
               lambda w: w.active_cards().refuse_current()),
    ActionSpec("edit_card", "Edit the card", ("E",), "edit", _C,
               lambda w: w.active_cards().edit_current()),
    ActionSpec("reword_card", "Choose another wording", ("W",), "", _C,
               lambda w: w.active_cards().reword_current()),
    ActionSpec("turn_card", "Turn it into another kind of card", ("K",), "", _C,
               lambda w: w.active_cards().turn_current()),
    ActionSpec("gaps", "Paragraphs without a card", ("U",), "", _C,
               lambda w: w.active_cards().toggle_gaps()),
    ActionSpec("suspend_card", "Suspend the card, or wake it", ("@",), "suspend", _C,
               lambda w: w.active_cards().suspend_current()),
    ActionSpec("delete_card", "Delete the card", ("Del",), "remove", _C,
               lambda w: w.active_cards().delete_current()),
    ActionSpec("card_in_text", "Show its sentence in the text", ("G", "S"), "show", _C,
               lambda w: w.active_cards().show_current_evidence()),
    *STUDY_ACTIONS,
    *BROWSE_ACTIONS,
)  # fmt: skip


def make_actions(
    window: MainWindow, places: dict[Scope, tuple[QWidget, ...]]
) -> dict[str, QAction]:
    """Make the table's actions for ``window``; ``places`` says which widgets a scope covers.

    An action outside the whole window works only while the focus is within one of its widgets.
    """
    made = {}
    for spec in ACTIONS:
        action = QAction(spec.text, window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.triggered.connect(lambda _on=False, s=spec: s.handler(window))
        action.setProperty("icon_name", spec.icon)
        if spec.scope is Scope.WINDOW:
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for widget in places[spec.scope]:
                widget.addAction(action)
        made[spec.id] = action
    return made
