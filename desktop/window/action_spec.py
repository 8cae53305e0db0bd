"""What an action of the window is, and where its keys work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.window.icons import icon

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


class Scope(StrEnum):
    """Where an action's keys work; the value heads its group in the help."""

    WINDOW = "Everywhere"
    READ = "Reading"
    TEXT = "In the text"
    ENTRY = "An entry"
    CARDS = "Cards"
    STUDY = "Studying"
    BROWSE = "Browsing"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action; the first of ``keys`` is the one that menus and the help name."""

    id: str
    text: str
    keys: tuple[str, ...]
    icon: str
    scope: Scope
    handler: Callable[[MainWindow], object]


def tint(menu: QMenu) -> None:
    """Draw the icons of a menu's actions in the colours of the theme."""
    for action in menu.actions():
        if name := action.property("icon_name"):
            action.setIcon(icon(name))
