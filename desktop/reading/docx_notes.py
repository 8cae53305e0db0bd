"""The footnotes and endnotes of a Word document, numbered as the text refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.reading.docx_package import attribute
from desktop.reading.numbering import number_as
from desktop.reading.xml_tree import Element, local_name


class Notes:
    """The notes by kind ("footnote", "endnote") and id."""

    def __init__(self, roots: Mapping[str, Element | None]) -> None:
        self._notes: dict[tuple[str, str], Element] = {}
        self._labels: dict[tuple[str, str], str] = {}
        for kind, root in roots.items():
            for element in root if root is not None else ():
                separates = attribute(element, "type") not in {None, "normal"}
                if local_name(element) == kind and not separates:
                    self._notes[kind, attribute(element, "id") or ""] = element

    def refer(self, kind: str, note_id: str) -> tuple[str, str] | None:
        """Return the label and the name of a note that the text refers to."""
        key = (kind, note_id)
        if key not in self._notes:
            return None
        if key not in self._labels:
            count = sum(told == kind for told, _ in self._labels) + 1
            self._labels[key] = str(count) if kind == "footnote" else number_as("i", count)
        return self._labels[key], f"{kind}-{note_id}"

    def in_order(self) -> Iterator[tuple[str, str, str, Element]]:
        """Yield kind, label, name and element of the notes; those never referred to come last."""
        done: set[tuple[str, str]] = set()
        while True:  # a note may refer to another one
            left = [key for key in (*self._labels, *self._notes) if key not in done]
            if not left:
                return
            kind, note_id = left[0]
            done.add(left[0])
            label, name = self._labels.get(left[0], "*"), f"{kind}-{note_id}"
            yield kind, label, name, self._notes[left[0]]
