"""One glossary entry in full: what it means, where that comes from, and every mention."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.glossary.edits import Edit, Rename
from desktop.glossary.guard import Place
from desktop.glossary.keys import term_key
from desktop.glossary.neighbours import neighbours
from desktop.glossary.term import Definition, Term
from desktop.reading.document import Document, Span
from desktop.window import theme
from desktop.window.chips import KindChip
from desktop.window.entry_form import EntryForm
from desktop.window.entry_links import EntryLinks
from desktop.window.icons import IconButton, icon
from desktop.window.mention_list import MentionList
from desktop.window.passage import Passage
from desktop.window.senses_box import SensesBox
from desktop.window.wording import TERM_KINDS, counted, origin, unsure


class EntryPage(QWidget):
    """Shows one term; asks to go to places in the text by signals."""

    closed = Signal()
    mention_wanted = Signal(object)  # Span
    evidence_wanted = Signal(object)  # Span
    sense_chosen = Signal(object, str)  # Term, the sense that the reader takes for the right one
    shown = Signal(object)  # Term: it came on show
    edited = Signal(object)  # list[Edit], one step of undo
    know_wanted = Signal(object, bool)  # Term, whether the reader knows it
    merge_wanted = Signal(object)  # Term
    split_wanted = Signal(object)  # Term
    remove_wanted = Signal(object)  # Term
    related_wanted = Signal(str)  # the name of another entry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._term: Term | None = None
        self._document: Document | None = None
        self._mention = -1
        self._mentions: MentionList | None = None
        self._place: Place = (0, 0)
        self._keys: frozenset[str] = frozenset()
        self.form: EntryForm | None = None
        self.name = ""  # of the entry, as it will be when a change has come through
        self.links = EntryLinks()
        back = QPushButton("All entries")
        back.setProperty("role", "quiet")
        back.setIcon(icon("back", 16))
        back.clicked.connect(self.closed)
        self._back = back
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self.previous = IconButton("up", "Previous mention")
        self.next = IconButton("down", "Next mention")
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.edit_button = IconButton("edit", "Edit the entry (E)")
        self.edit_button.clicked.connect(self.edit)
        self.more = IconButton("more", "More on this entry")
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._make_menu())
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 12, 6)
        head.setSpacing(2)
        head.addWidget(back)
        head.addStretch()
        head.addWidget(self._count)
        head.addSpacing(6)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        head.addSpacing(6)
        head.addWidget(self.edit_button)
        head.addWidget(self.more)
        self._scroll, self._writing = _scroll_area(), _scroll_area()
        self._writing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._writing, 1)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._know_action = menu.addAction("I know this")
        self._know_action.triggered.connect(self.toggle_known)
        menu.addSeparator()
        for text, signal in (
            ("Merge with another entry…", self.merge_wanted),
            ("Split this entry…", self.split_wanted),
            ("Remove: this is no term", self.remove_wanted),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, s=signal: s.emit(self._term))
        return menu

    @property
    def term(self) -> Term | None:
        """The term on show."""
        return self._term

    @property
    def known(self) -> bool:
        """Whether the reader knows the term on show."""
        return self._term is not None and term_key(self._term.term, self._term.kind) in self._keys

    def set_known(self, keys: frozenset[str]) -> None:
        """Learn the keys of the terms that the reader knows."""
        self._keys = keys
        self._say_known()

    def toggle_known(self) -> None:
        """Say that the reader knows the term, or doesn't."""
        if self._term is not None:
            self.know_wanted.emit(self._term, not self.known)

    def show_term(
        self,
        term: Term,
        document: Document,
        terms: Sequence[Term] = (),
        mention: Span | None = None,
    ) -> None:
        """Show ``term``, whose place at hand is ``mention``, beside the other ``terms``."""
        self.end_editing()
        self._term, self._document, self.name = term, document, term.term
        self._mentions = None
        self.links = EntryLinks()
        self.links.term_wanted.connect(self.related_wanted)
        self.links.show_related(neighbours(term, terms, document))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 8, 20, 24)
        column.setSpacing(10)
        self._add_head(column, term)
        self._add_definition(column, term.definition)
        column.addWidget(self.links)
        self._add_mentions(column, term, document)
        column.addStretch()
        self._scroll.setWidget(body)
        self._say_known()
        at = term.mentions.index(mention) if mention in term.mentions else -1
        self._mention = at
        self._say_place()
        self.shown.emit(term)

    # -- editing

    def edit(self) -> None:
        """Put the fields of the entry in its place."""
        if self._term is None or self.form is not None:
            return
        self.form = EntryForm(self._term)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self.end_editing)
        self._writing.setWidget(self.form)
        self._scroll.hide()
        self._writing.show()
        self.form.start()

    def end_editing(self) -> None:
        """Show the entry again."""
        if self.form is None:
            return
        self.form = None
        self._writing.takeWidget().deleteLater()
        self._writing.hide()
        self._scroll.show()
        self.setFocus()

    def _save(self, edits: list[Edit]) -> None:
        named = [edit.term for edit in edits if isinstance(edit, Rename)]
        self.end_editing()
        self.name = named[-1] if named else self.name
        self.edited.emit(edits)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) mention, round and round."""
        if self._term is None or not self._term.mentions:
            return
        number = len(self._term.mentions)
        start = self._mention if self._mention >= 0 else (-1 if by > 0 else 0)
        self._go_to((start + by) % number)

    def _go_to(self, number: int) -> None:
        assert self._term is not None
        self._mention = number
        self._say_place()
        self.mention_wanted.emit(self._term.mentions[number])

    def _say_place(self) -> None:
        assert self._term is not None
        total = len(self._term.mentions)
        self._count.setText(
            f"{self._mention + 1} of {total}" if self._mention >= 0 else counted(total, "mention")
        )
        if self._mentions is not None:
            self._mentions.set_current(self._mention)

    def show_place(self, place: Place) -> None:
        """Show on the strip where the reader is."""
        self._place = place
        if self._mentions is not None:
            self._mentions.strip.set_place(place)

    def _add_head(self, column: QVBoxLayout, term: Term) -> None:
        name = QLabel(term.term)
        name.setFont(theme.serif(26, weight=QFont.Weight.DemiBold))
        name.setWordWrap(True)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(name)
        chip = KindChip()
        chip.set_kind(term.kind, TERM_KINDS[term.kind][0])
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        self._known_label = QLabel("you know this")
        self._known_label.setProperty("role", "muted")
        row.addWidget(self._known_label, 0, Qt.AlignmentFlag.AlignTop)
        others = [alias for alias in term.aliases if alias != term.term]
        if others:
            also = QLabel("also " + " · ".join(others))
            also.setProperty("role", "muted")
            also.setWordWrap(True)
            row.addWidget(also, 1)
        else:
            row.addStretch()
        column.addLayout(row)

    def _say_known(self) -> None:
        self._know_action.setText("I don’t know this after all" if self.known else "I know this")
        if self._term is not None:
            self._known_label.setVisible(self.known)

    def _add_definition(self, column: QVBoxLayout, definition: Definition | None) -> None:
        if definition is None:
            none = QLabel("Neither the text nor the reference works define it.")
            none.setProperty("role", "muted")
            none.setWordWrap(True)
            column.addWidget(none)
            write = QPushButton("Write your own definition")
            write.setProperty("role", "link")
            write.clicked.connect(self.edit)
            column.addWidget(write, 0, Qt.AlignmentFlag.AlignLeft)
            return
        meaning = QLabel(definition.text)
        meaning.setFont(theme.serif(17))
        meaning.setWordWrap(True)
        meaning.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addSpacing(4)
        column.addWidget(meaning)
        source = QLabel(f"<b>{escape(origin(definition))}</b>")
        if definition.reference:
            source.setText(f"{source.text()} · {escape(definition.reference)}")
        source.setProperty("role", "tiny")
        source.setWordWrap(True)
        column.addWidget(source)
        if definition.evidence is not None and self._document is not None:
            evidence = Passage(definition.evidence.quote, (0, 0), "Show this sentence in the text")
            span = definition.evidence.span
            evidence.clicked.connect(lambda: self.evidence_wanted.emit(span))
            column.addWidget(evidence)
        if definition.other_senses or unsure(definition):
            senses = SensesBox(definition)
            senses.sense_chosen.connect(lambda sense: self.sense_chosen.emit(self._term, sense))
            column.addWidget(senses)

    def _add_mentions(self, column: QVBoxLayout, term: Term, document: Document) -> None:
        if term.mentions:
            self._mentions = MentionList(term, document)
            self._mentions.strip.set_place(self._place)
            self._mentions.mention_wanted.connect(self._go_to)
            column.addWidget(self._mentions)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the arrow for a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_back"):
            self._back.setIcon(icon("back", 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape or Backspace."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _scroll_area() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
