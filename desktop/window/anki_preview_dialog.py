"""What an exchange with Anki would do, card by card, before it does it; the reader may choose."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.anki.compare import Choice, Comparison, Difference, Status, Who
from desktop.decks.unmarking import from_html
from desktop.window.messages import elide
from desktop.window.segments import Segments
from desktop.window.wording import counted

_HEADS = {
    Status.BOTH: "Changed on both sides",
    Status.EDITED: "Edited in Anki",
    Status.CHANGED: "Changed here",
    Status.NEW: "New for Anki",
    Status.DELETED_THERE: "Deleted in Anki",
    Status.DELETED_HERE: "Deleted here",
    Status.ONLY_THERE: "Only in Anki",
}

#: What may be done with a card of each status; the first is what is done unasked.
_CHOICES: Mapping[Status, Mapping[str, Choice]] = {
    Status.BOTH: {"Merge": Choice.MERGE, "Mine": Choice.OURS, "Anki’s": Choice.THEIRS,
                  "Leave": Choice.SKIP},
    Status.EDITED: {"Take over": Choice.MERGE, "Mine": Choice.OURS, "Leave": Choice.SKIP},
    Status.CHANGED: {"Update Anki": Choice.MERGE, "Leave": Choice.SKIP},
    Status.NEW: {"Add to Anki": Choice.MERGE, "Leave": Choice.SKIP},
    Status.DELETED_THERE: {"Keep here": Choice.SKIP, "Add again": Choice.OURS,
                           "Delete here": Choice.THEIRS},
    Status.DELETED_HERE: {"Keep in Anki": Choice.SKIP, "Delete there": Choice.OURS,
                          "Bring back": Choice.THEIRS},
    Status.ONLY_THERE: {"Take over": Choice.MERGE, "Leave": Choice.SKIP},
}  # fmt: skip

_NOTES = {
    Status.NEW: "Anki gets this card.",
    Status.DELETED_THERE: "Anki had this card; it was deleted there.",
    Status.DELETED_HERE: "You deleted this card here; Anki still has it, with its reviews.",
    Status.ONLY_THERE: "This card of Glossator’s is in Anki and not in this library.",
}


class AnkiPreviewDialog(QDialog):
    """Lists what would change; ``choices`` are the reader's once it is accepted.

    ``usual`` are the choices that hold unasked where they are not the usual ones. Without
    ``may_act`` it only shows.
    """

    def __init__(
        self,
        parent: QWidget,
        comparisons: Sequence[Comparison],
        *,
        usual: Mapping[str, Choice] | None = None,
        takes_over: bool = False,
        may_act: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Anki and Glossator")
        self.resize(900, 600)
        self._usual = usual or {}
        self._may_act = may_act
        self._takes_over = takes_over
        self._found = {
            c.id: c
            for c in comparisons
            if c.status in _HEADS and (takes_over or c.status is not Status.ONLY_THERE)
        }
        self._unchanged = sum(c.status is Status.UNCHANGED for c in comparisons)
        self.choices: dict[str, Choice] = {c.id: self._first(c) for c in self._found.values()}
        self.list = QTreeWidget()
        self.list.setObjectName("exchange_list")
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(True)
        self.list.setAccessibleName("Cards that differ")
        self.list.currentItemChanged.connect(self._show)
        self._details = QTextBrowser()
        self._details.setOpenLinks(False)
        self._details.setAccessibleName("What differs")
        self._place = QVBoxLayout()
        self._segments: Segments | None = None
        self._lay_out()
        self._fill()

    def _first(self, comparison: Comparison) -> Choice:
        usual = self._usual.get(comparison.id)
        if usual is not None:
            return usual
        if self._takes_over and comparison.status is Status.DELETED_THERE:
            return Choice.OURS if comparison.in_conflict else Choice.THEIRS
        if self._takes_over and comparison.status is Status.DELETED_HERE:
            return Choice.THEIRS if comparison.in_conflict else Choice.OURS
        return next(iter(_CHOICES[comparison.status].values()))

    def _lay_out(self) -> None:
        title = QLabel("What would change")
        title.setProperty("role", "title")
        summary = QLabel(self._summary())
        summary.setProperty("role", "muted")
        summary.setWordWrap(True)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self._details, 1)
        self._place.setContentsMargins(0, 8, 0, 0)
        column.addLayout(self._place)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.list)
        panes.addWidget(right)
        panes.setSizes([380, 480])
        panes.setChildrenCollapsible(False)
        buttons = QDialogButtonBox()
        if self._may_act:
            self.go = QPushButton("Exchange")
            self.go.setProperty("role", "primary")
            self.go.setDefault(True)
            self.go.setEnabled(bool(self._found))
            buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        close = "Cancel" if self._may_act else "Close"
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(28, 22, 28, 20)
        outer.setSpacing(12)
        outer.addWidget(title)
        outer.addWidget(summary)
        outer.addWidget(panes, 1)
        outer.addLayout(foot)

    def _summary(self) -> str:
        conflicts = sum(c.in_conflict for c in self._found.values())
        parts = [counted(self._unchanged, "card") + " unchanged" if self._unchanged else ""]
        if conflicts:
            parts.append(
                f"{counted(conflicts, 'card')} changed in the same place on both sides: each side "
                "keeps its own until you choose"
            )
        if not self._found:
            parts.insert(0, "Both sides are the same")
        return ". ".join(part for part in parts if part) + "."

    def _fill(self) -> None:
        for status, head in _HEADS.items():
            found = [c for c in self._found.values() if c.status is status]
            if not found:
                continue
            group = QTreeWidgetItem(self.list, [f"{head} ({len(found)})"])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = QFont(self.list.font())
            font.setWeight(QFont.Weight.DemiBold)
            group.setFont(0, font)
            for comparison in found:
                item = QTreeWidgetItem(group, [elide(" ".join(comparison.title.split()), 90)])
                item.setData(0, Qt.ItemDataRole.UserRole, comparison.id)
                item.setToolTip(0, comparison.title)
            group.setExpanded(True)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first.child(0) or first)

    def _show(self, item: QTreeWidgetItem | None) -> None:
        """Show one card with what may be done with it."""
        if self._segments is not None:
            self._place.removeWidget(self._segments)
            self._segments.deleteLater()
            self._segments = None
        key = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        if key is None:
            self._details.clear()
            return
        comparison = self._found[key]
        self._details.setHtml(_page(comparison))
        if self._may_act:
            names = _CHOICES[comparison.status]
            chosen = self.choices[key]
            self._segments = Segments(names, "What is done")
            self._segments.choose(next((n for n, c in names.items() if c is chosen), "Leave"))
            self._segments.chosen.connect(lambda name: self._choose(key, names[name]))
            self._place.addWidget(self._segments)

    def _choose(self, key: str, choice: Choice) -> None:
        self.choices[key] = choice


def _page(comparison: Comparison) -> str:
    """Return a card's differences as HTML, all of it text of ours or escaped."""
    parts = [f"<h3>{html.escape(comparison.title)}</h3>"]
    if comparison.status in _NOTES:
        parts.append(f"<p>{_NOTES[comparison.status]}</p>")
    parts += [_difference(difference) for difference in comparison.differences]
    return "".join(parts)


def _difference(difference: Difference) -> str:
    card = f" of card {difference.ordinal + 1}" if difference.ordinal else ""
    who = {
        Who.WE: "changed here",
        Who.THEY: "changed in Anki",
        Who.BOTH: "changed on both sides",
    }[difference.who]
    part = difference.part[:1].upper() + difference.part[1:]
    rows = [("Here", difference.ours), ("In Anki", difference.theirs)]
    if difference.before is not None:
        rows.insert(0, ("Before", difference.before))
    cells = "".join(
        f'<tr><td width="70" valign="top"><small>{head}</small></td>'
        f"<td>{html.escape(from_html(text)) or '–'}</td></tr>"
        for head, text in rows
    )
    return (
        f"<p><b>{html.escape(part)}{card}</b> – {who}</p>"
        f'<table cellspacing="0" cellpadding="3">{cells}</table>'
    )
