"""Where an entry leads: related entries, the cards made of it, and the other texts that have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.glossary.term import Term
from desktop.window import theme
from desktop.window.flow_layout import FlowLayout
from desktop.window.messages import elide
from desktop.window.wording import SOURCES, counted

if TYPE_CHECKING:
    from desktop.library.glossary import TermInDocument

_SHOWN = 12


class EntryLinks(QWidget):
    """Sections below an entry, each shown only where it has something."""

    term_wanted = Signal(str)  # the name of another entry of this text
    cards_wanted = Signal(str)  # the cards that speak of a term
    text_wanted = Signal(int, str)  # document id, the key of the term there

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._cards = QPushButton()
        self._cards.setProperty("role", "link")
        self._related = _Section("Related")
        self._texts = _Section("In your other texts")
        for part in (self._cards, self._related, self._texts):
            part.hide()
            self._column.addWidget(part)
        self._name = ""
        self._cards.clicked.connect(lambda: self.cards_wanted.emit(self._name))

    def show_cards(self, name: str, number: int) -> None:
        """Lead to the ``number`` cards on the term ``name``."""
        self._name = name
        self._cards.setText(f"Show {'its card' if number == 1 else f'its {number} cards'}")
        self._cards.setVisible(number > 0)

    def show_related(self, terms: Sequence[Term]) -> None:
        """Lead to other entries."""
        row = QWidget()
        flow = FlowLayout(row, spacing=6)
        for term in terms:
            chip = QPushButton(elide(term.term, 40).replace("&", "&&"))
            chip.setProperty("role", "link")
            if term.definition is not None:
                chip.setToolTip(term.definition.text)
            chip.clicked.connect(lambda _on=False, name=term.term: self.term_wanted.emit(name))
            flow.addWidget(chip)
        self._related.show_content(row if terms else None)

    def show_texts(self, places: Sequence[TermInDocument], meaning: str | None) -> None:
        """Show the other texts side by side, with what the term means in each.

        ``meaning`` is what it means here; where a text says the same it is not repeated.
        """
        if not places:
            self._texts.show_content(None)
            return
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for place in places[:_SHOWN]:
            column.addWidget(self._text_card(place, meaning))
        if len(places) > _SHOWN:
            rest = QLabel(f"and {counted(len(places) - _SHOWN, 'more text')}")
            rest.setProperty("role", "muted")
            column.addWidget(rest)
        self._texts.show_content(body)

    def _text_card(self, place: TermInDocument, meaning: str | None) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(2)
        title = QPushButton(elide(place.title, 60).replace("&", "&&"))
        title.setProperty("role", "link")
        title.setToolTip("Open this text at the entry")
        title.clicked.connect(lambda: self.text_wanted.emit(place.document_id, place.key))
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
        differs = place.definition is not None and place.definition != meaning
        if differs and place.definition is not None:
            words = QLabel(place.definition)
            words.setFont(theme.serif(theme.TYPE_BASE + 1))
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        facts = [counted(place.mentions, "mention")]
        if differs and place.source is not None:
            facts.append(SOURCES[place.source])
        elif place.definition is not None:
            facts.append("the same meaning")
        tiny = QLabel(" · ".join(facts))
        tiny.setProperty("role", "tiny")
        column.addWidget(tiny)
        return card


class _Section(QWidget):
    """A small heading over some content, hidden without it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 10, 0, 0)
        self._column.setSpacing(6)
        heading = QLabel(title)
        heading.setFont(theme.small_capitals(theme.TYPE_TINY))
        heading.setProperty("role", "heading")
        self._column.addWidget(heading)

    def show_content(self, content: QWidget | None) -> None:
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        if content is not None:
            self._column.addWidget(content)
        self.setVisible(content is not None)
