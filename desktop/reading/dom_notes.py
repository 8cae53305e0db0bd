"""Notes in (X)HTML: references to them, the notes themselves, the way back."""

from __future__ import annotations

import re

from desktop.reading.xml_tree import Element, local_name

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_REFERENCE = frozenset({"noteref", "doc-noteref"})
_NOTE = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
_NOTES = frozenset({"footnotes", "endnotes", "rearnotes", "doc-endnotes", "doc-footnotes"})
_BACK = frozenset(
    "doc-backlink backlink footnote-back footnote-backref reversefootnote mw-cite-backlink".split()
)
_REFERENCE_CLASS = re.compile(
    r"\b(?:foot|end|side)?-?note-?ref|\bfn-?ref|\bfootnote\b|\bnoteref", re.I
)
_LABEL = re.compile(r"[\[(]?\s*(\d{1,4}|[a-z]|[ivxl]{1,6}|[*†‡§¶]{1,3})\s*[\])]?", re.I)
_ARROWS = frozenset("↩↑^⏎↵⤴︎\ufe0e←")


def kinds_of(element: Element) -> set[str]:
    """Return what an element says that it is: ``epub:type``, ``role`` and ``class``."""
    said = (element.get(name) or "" for name in (_EPUB_TYPE, "epub:type", "role", "class"))
    return set(" ".join(said).lower().split())


def note_mark(element: Element) -> str | None:
    """Return the label ("1", "*") of a link that refers to a note, or None."""
    if local_name(element) == "sup":
        links = [child for child in element if local_name(child) == "a"]
        if len(links) != 1 or len(element) != 1:
            return None
        link, raised = links[0], True
    else:
        link = element
        raised = any(local_name(child) == "sup" for child in element)
    if not (link.get("href") or "").strip() or "#" not in link.get("href"):
        return None
    label = _LABEL.fullmatch("".join(element.itertext()).strip())
    if label is None:
        return None
    kinds = kinds_of(link) | kinds_of(element)
    told = bool(kinds & _REFERENCE) or bool(_REFERENCE_CLASS.search(" ".join(kinds)))
    return label[1] if raised or told else None


def is_note(element: Element) -> bool:
    """Return whether an element is one note: it says so, or stands in a list of notes."""
    name = local_name(element)
    if name not in {"aside", "li", "div", "section", "p", "dd", "td"}:
        return False
    kinds = kinds_of(element)
    if kinds & _NOTE and not kinds & _NOTES:
        return True
    if name != "li":
        return False
    around = [element.getparent()]
    if around[0] is not None:
        around.append(around[0].getparent())
    return any(one is not None and is_note_list(one) for one in around)


def is_note_list(element: Element) -> bool:
    """Return whether an element holds the notes of a text."""
    kinds = kinds_of(element)
    return bool(kinds & _NOTES) or (
        local_name(element) in {"ol", "div"} and bool(kinds & {"references"})
    )


def is_back_link(element: Element) -> bool:
    """Return whether a link leads from a note back to its reference, and says nothing else."""
    text = "".join(element.itertext()).strip()
    if kinds_of(element) & _BACK:
        return len(text) <= 3
    return bool(text) and set(text) <= _ARROWS and "#" in (element.get("href") or "")
