"""Edits of a glossary as JSON objects, as the library keeps them."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from desktop.glossary.edits import (
    Add,
    AddAlias,
    Define,
    Edit,
    Entry,
    Merge,
    Place,
    Remove,
    RemoveAlias,
    Rename,
    Split,
)
from desktop.glossary.term import TermKind

_NAMES: dict[str, type[Any]] = {
    "define": Define, "rename": Rename, "add_alias": AddAlias, "remove_alias": RemoveAlias,
    "merge": Merge, "split": Split, "remove": Remove, "add": Add,
}  # fmt: skip
_BY_TYPE = {made: name for name, made in _NAMES.items()}


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """Return an edit as a JSON object that ``edit_from_json`` reads."""
    return {"edit": _BY_TYPE[type(edit)]} | asdict(edit)


def edit_from_json(data: dict[str, Any]) -> Edit:
    """Read what ``edit_to_json`` wrote; raises ``KeyError`` or ``ValueError`` for anything else."""
    made = _NAMES[data["edit"]]
    values = {field.name: _value(field.name, data[field.name]) for field in fields(made)}
    edit: Edit = made(**values)
    return edit


def _value(name: str, value: Any) -> Any:
    if name in {"entry", "other", "new"}:
        return Entry(value["term"], TermKind(value["kind"]))
    if name == "kind":
        return TermKind(value)
    if name == "places":
        return tuple(Place(**place) for place in value)
    return tuple(value) if name == "aliases" else value
