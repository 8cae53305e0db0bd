"""The dialogs of the window, each loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.reading.document import Document
    from desktop.settings import Settings


def show_left_out(parent: QWidget, document: Document) -> None:
    """Show what was left out of a text and what is doubtful in it."""
    from desktop.window.left_out_dialog import LeftOutDialog

    LeftOutDialog(parent, document).exec()


def ask_preferences(
    parent: QWidget,
    settings: Settings,
    source_folder: Path | None,
    changed: Callable[[Settings], object],
) -> None:
    """Let the reader change the settings; ``changed`` hears of each change at once."""
    from desktop.window.preferences_dialog import PreferencesDialog

    dialog = PreferencesDialog(parent, settings, source_folder)
    dialog.changed.connect(changed)
    dialog.exec()


def show_help(parent: QWidget) -> None:
    """Show the keys."""
    from desktop.window.help_dialog import HelpDialog

    HelpDialog(parent).exec()


def show_about(parent: QWidget) -> None:
    """Show what Glossator is."""
    from desktop.window.about_dialog import AboutDialog

    AboutDialog(parent).exec()
