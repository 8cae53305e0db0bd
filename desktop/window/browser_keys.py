"""The actions of the browser."""

from __future__ import annotations

from desktop.window.action_spec import ActionSpec, Scope

_B = Scope.BROWSE

BROWSE_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("browse_find", "Search the cards", ("Ctrl+F", "/"), "search", _B,
               lambda w: w.browser.focus_search()),
    ActionSpec("browse_edit", "Edit the card", ("E",), "edit", _B, lambda w: w.browser.edit()),
    ActionSpec("browse_info", "About the card…", ("I",), "info", _B,
               lambda w: w.browser.show_info()),
    ActionSpec("browse_in_text", "Show it in the text", ("S",), "show", _B,
               lambda w: w.browser.show_in_text()),
    ActionSpec("browse_suspend", "Suspend the cards, or wake them", ("@", "Ctrl+J"), "suspend", _B,
               lambda w: w.browser.toggle_suspended()),
    ActionSpec("browse_bury", "Put the cards off until tomorrow", ("-",), "bury", _B,
               lambda w: w.browser.bury()),
    ActionSpec("browse_mark", "Mark the notes, or not", ("*",), "", _B,
               lambda w: w.browser.toggle_marked()),
    ActionSpec("browse_flag", "Flag the cards…", ("F",), "", _B, lambda w: w.browser.ask_flag()),
    ActionSpec("browse_move", "Move to a deck…", ("D",), "", _B, lambda w: w.browser.move()),
    ActionSpec("browse_tags", "Change tags…", ("G",), "", _B, lambda w: w.browser.change_tags()),
    ActionSpec("browse_due", "Set the day…", ("Ctrl+Shift+D",), "", _B,
               lambda w: w.browser.set_due()),
    ActionSpec("browse_forget", "Let the cards begin anew", ("Ctrl+Alt+N",), "", _B,
               lambda w: w.browser.forget()),
    ActionSpec("browse_replace", "Find and replace…", ("Ctrl+H", "Ctrl+Alt+F"), "", _B,
               lambda w: w.browser.replace()),
    ActionSpec("browse_duplicates", "Notes with the same text…", ("Ctrl+U",), "", _B,
               lambda w: w.browser.find_duplicates()),
    ActionSpec("browse_export", "Export the cards…", ("Ctrl+Alt+E",), "export", _B,
               lambda w: w.browser.export()),
    ActionSpec("browse_guide", "What a search can be…", ("F2",), "help", _B,
               lambda w: w.browser.show_guide()),
    ActionSpec("browse_save", "Save this search…", ("Ctrl+S",), "", _B,
               lambda w: w.browser.save_search()),
    ActionSpec("browse_delete", "Delete the notes", ("Del", "Ctrl+Del"), "remove", _B,
               lambda w: w.browser.delete()),
)  # fmt: skip
