"""The actions of the study page; the keys are Anki's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction, QKeySequence

from desktop.study.card import Rating
from desktop.window.action_spec import ActionSpec, Scope
from desktop.window.study_card import FLAG_NAMES

_S = Scope.STUDY


def _flag(number: int) -> ActionSpec:
    name = f"{FLAG_NAMES[number]} flag, or none"
    return ActionSpec(
        f"flag_{number}", name, (f"Ctrl+{number}",), "", _S, lambda w: w.study_actions.flag(number)
    )


STUDY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("proceed", "Show the answer, then Good", ("Space", "Return", "Enter"), "", _S,
               lambda w: w.study_view.proceed()),
    ActionSpec("again", "Again", ("1",), "", _S, lambda w: w.study_view.rate(Rating.AGAIN)),
    ActionSpec("hard", "Hard", ("2",), "", _S, lambda w: w.study_view.rate(Rating.HARD)),
    ActionSpec("good", "Good", ("3",), "", _S, lambda w: w.study_view.rate(Rating.GOOD)),
    ActionSpec("easy", "Easy", ("4",), "", _S, lambda w: w.study_view.rate(Rating.EASY)),
    ActionSpec("undo_answer", "Undo", ("U",), "undo", _S, lambda w: w.study_actions.undo()),
    ActionSpec("edit_studied", "Edit the card", ("E",), "edit", _S,
               lambda w: w.study_view.edit()),
    ActionSpec("mark", "Mark the note, or not", ("*",), "", _S,
               lambda w: w.study_actions.mark()),
    *(_flag(number) for number in range(1, 8)),
    ActionSpec("bury", "Put the card off until tomorrow", ("-",), "bury", _S,
               lambda w: w.study_actions.bury()),
    ActionSpec("bury_note", "Put the note off until tomorrow", ("=",), "bury", _S,
               lambda w: w.study_actions.bury_note()),
    ActionSpec("suspend", "Suspend the card", ("@",), "suspend", _S,
               lambda w: w.study_actions.suspend_card()),
    ActionSpec("suspend_note", "Suspend the note", ("!",), "suspend", _S,
               lambda w: w.study_actions.suspend_note()),
    ActionSpec("forget", "Let the card begin anew", ("Ctrl+Alt+N",), "", _S,
               lambda w: w.study_actions.forget()),
    ActionSpec("delete_studied", "Delete the note", ("Ctrl+Del",), "remove", _S,
               lambda w: w.study_actions.delete()),
    ActionSpec("card_info", "About the card…", ("I",), "info", _S,
               lambda w: w.study_actions.show_info()),
    ActionSpec("evidence", "Show or hide the sentence it comes from", ("V",), "quote", _S,
               lambda w: w.study_view.toggle_evidence()),
    ActionSpec("in_text", "Show it in the text; Y leads back", ("S",), "show", _S,
               lambda w: w.study_view.show_in_text()),
    ActionSpec("decks", "Decks…", ("D",), "library", _S, lambda w: w.study_actions.show_decks()),
    ActionSpec("deck_options", "Options of the deck…", ("O",), "settings", _S,
               lambda w: w.study_actions.show_options()),
    ActionSpec("cram", "Cram, whatever is due…", (), "", _S, lambda w: w.study_actions.cram()),
    ActionSpec("catch_up", "Spread a backlog over days…", (), "", _S,
               lambda w: w.study_actions.catch_up()),
    ActionSpec("vacation", "Vacation…", (), "", _S, lambda w: w.study_actions.vacation()),
    ActionSpec("auto_advance", "Advance by itself, or not", ("Shift+A",), "", _S,
               lambda w: w.study_view.toggle_auto()),
    ActionSpec("back_to_card", "Back to the studied card", ("Y",), "study", Scope.READ,
               lambda w: w.study_actions.back_to_card()),
)  # fmt: skip


def lend_keys(actions: Mapping[str, QAction], specs: Iterable[ActionSpec], studying: bool) -> None:
    """Let the study page have the keys that it shares with actions of the whole window.

    Qt would call neither of two actions with one key.
    """
    window = [spec for spec in specs if spec.scope is Scope.WINDOW]
    study = [spec for spec in STUDY_ACTIONS if spec.scope is _S]
    shared = {key for spec in window for key in spec.keys}
    shared &= {key for spec in study for key in spec.keys}
    for group, has_keys in ((window, not studying), (study, studying)):
        for spec in group:
            if shared.intersection(spec.keys):
                keys = [key for key in spec.keys if has_keys or key not in shared]
                actions[spec.id].setShortcuts([QKeySequence(key) for key in keys])
