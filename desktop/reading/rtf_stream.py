"""One stream of paragraphs of an RTF document: its text, a note, a running head, a box."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field

from desktop.reading.document import BlockKind
from desktop.reading.draft import Draft
from desktop.reading.runs import Runs
from desktop.reading.tables import Cell, table_drafts
from desktop.reading.written_lists import sign_of


@dataclass(slots=True)
class Stream:
    """The blocks so far, the paragraph at hand, and the table at hand.

    ``ids`` are the places that links lead to; ``label`` is what the file wrote before an item.
    """

    ids: MutableMapping[str, Draft]
    drafts: list[Draft] = field(default_factory=list)
    runs: Runs = field(default_factory=Runs)
    label: str | None = None
    names: list[str] = field(default_factory=list)
    after: list[Draft] = field(default_factory=list)
    _indents: list[int] = field(default_factory=list)
    _cell: list[Draft] = field(default_factory=list)
    _row: list[Cell] = field(default_factory=list)
    _rows: list[list[Cell]] = field(default_factory=list)

    def end_paragraph(
        self, told: tuple[BlockKind | None, int | None], depth: int, *, in_table: bool,
        hanging: int | None = None,
    ) -> None:  # fmt: skip
        """Make a block of the paragraph at hand; ``told`` is what its style says.

        ``hanging`` is how far it is indented below a first line that stands out.
        """
        kind, level = told
        label, self.label = self.label, None
        written = 0
        if label is None and hanging is not None:
            sign, written = sign_of(self.runs.text)
            label = sign or None
            depth = self._depth(hanging) if sign else 1
        if label is None:
            self._indents.clear()
        if label is not None and kind is None:
            kind, level = BlockKind.LIST_ITEM, depth
        draft = self.runs.draft(kind or BlockKind.PARAGRAPH, level)
        self.runs = Runs()
        draft.edit([(0, written, "")] if written else [])
        label = (label or "").strip()
        if any(c.isalnum() for c in label) and draft.text.strip():
            draft.edit([(0, 0, f"{label} ")])
        blocks = ([draft] if draft.text.strip() else []) + self.after
        self.after = []
        for name in self.names:
            self.ids.setdefault(name, (blocks or [draft])[0])
        self.names = []
        if in_table:
            self._cell += blocks
            return
        self.end_table()
        before = self.drafts[-1] if self.drafts else None
        if before and blocks and before.kind is BlockKind.CODE is blocks[0].kind:
            before.append(blocks.pop(0), "\n")
        self.drafts += blocks

    def _depth(self, indent: int) -> int:
        """Return the depth of an item by its indent and those of the items above it."""
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        return len(self._indents)

    def end_cell(self) -> None:
        """End a cell of the table at hand."""
        self._row.append(Cell(self._cell))
        self._cell = []

    def end_row(self) -> None:
        """End a row of the table at hand."""
        if self._cell:
            self.end_cell()
        if self._row:
            self._rows.append(self._row)
        self._row = []

    def end_table(self) -> None:
        """Add the table at hand, if there is one."""
        self.end_row()
        if self._rows:
            self.drafts += table_drafts(self._rows, self.ids)
            self._rows = []
