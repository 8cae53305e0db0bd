"""The container of a Word document: its parts, and what they refer to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from desktop.errors import InputError
from desktop.reading.archive import Archive
from desktop.reading.limits import Limits
from desktop.reading.xml_tree import Element, local_name, parse_xml


def attribute(element: Element, name: str) -> str | None:
    """Return the attribute of that local name, whatever its namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of local names (lower case)."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local_name(e) == name), None)
    return element


def value_of(element: Element | None, *path: str) -> str | None:
    """Return the attribute ``val`` of the element along a path."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the last word of its type, the target, whether it is elsewhere."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a Word document by name."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self.archive = Archive(data, limits)
        self._folded = {name.lower(): name for name in self.archive.names}
        self.root = self.relations("")

    def xml(self, name: str | None) -> Element | None:
        """Return the root of a part, or None when there is no such part."""
        stored = self._folded.get((name or "").lower())
        if stored is None:
            return None
        data = self.archive.read(stored)
        return parse_xml(data, self._limits) if data.strip() else None

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None when there is no such part."""
        stored = self._folded.get(name.lower())
        return None if stored is None else self.archive.read(stored)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to, by id; targets are names of parts."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            target = attribute(element, "Target")
            if local_name(element) != "relationship" or target is None:
                continue
            external = attribute(element, "TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (attribute(element, "Type") or "").rpartition("/")[2]
            found[attribute(element, "Id") or ""] = Relation(kind, target, external)
        return found

    def main_part(self) -> str:
        """Return the name of the part with the text."""
        for relation in self.root.values():
            if relation.kind == "officeDocument" and relation.target.lower() in self._folded:
                return relation.target
        if "word/document.xml" in self._folded:
            return "word/document.xml"
        raise InputError("the part with its text is missing")
