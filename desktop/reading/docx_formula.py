"""Formulas of Word (OMML) written on one line: fractions, powers, sums, roots, brackets."""

from __future__ import annotations

from desktop.reading.docx_package import attribute, child
from desktop.reading.xml_tree import Element, local_name

_SIGNS = {"sub": "_", "sup": "^"}


def formula_text(element: Element) -> str:
    """Return what a formula or a part of one says, on one line."""
    name = local_name(element)
    if name == "t":
        return element.text or ""
    if name == "f":
        return "/".join(_grouped(part) for part in _parts(element))
    if name in {"ssup", "ssub", "ssubsup", "spre"}:
        return _indexed(element)
    if name == "nary":
        return _property(element, "naryPr", "chr", "∫") + _indexed(element)
    if name == "rad":
        return _root(element)
    if name == "d":
        parts = [formula_text(part) for part in _parts(element)]
        between = _property(element, "dPr", "sepChr", "|")
        opens = _property(element, "dPr", "begChr", "(")
        return opens + between.join(parts) + _property(element, "dPr", "endChr", ")")
    if name in {"m", "eqarr"}:
        between = "; " if name == "m" else ", "
        return between.join(formula_text(part) for part in _parts(element))
    if name == "mr":
        return " ".join(formula_text(part) for part in _parts(element))
    return "".join(formula_text(part) for part in _parts(element))


def _indexed(element: Element) -> str:
    """Return a base with its index and its power, or an operator's bounds and what it is of."""
    pieces = []
    for part in _parts(element):
        sign = _SIGNS.get(local_name(part), "")
        text = _grouped(part) if sign else formula_text(part)
        space = " " if local_name(element) == "nary" and not sign else ""
        pieces.append(space + sign + text if text else "")
    return "".join(pieces)


def _root(element: Element) -> str:
    degree, base = child(element, "deg"), child(element, "e")
    degree_text = formula_text(degree) if degree is not None else ""
    return f"{degree_text}√{_grouped(base) if base is not None else ''}"


def _grouped(part: Element) -> str:
    """Return a part in brackets where it is more than one sign."""
    text = formula_text(part).strip()
    closed = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    return text if len(text) <= 1 or text.isalnum() or closed else f"({text})"


def _parts(element: Element) -> list[Element]:
    """Return the parts of an element without its properties."""
    return [part for part in element if local_name(part) and not local_name(part).endswith("pr")]


def _property(element: Element, group: str, name: str, other: str) -> str:
    found = child(element, group.lower(), name.lower())
    value = attribute(found, "val") if found is not None else None
    return other if value is None else value
