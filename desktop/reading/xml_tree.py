"""XML and HTML → lxml trees, within limits: no entity, no other file, no network, no deep nest."""

from __future__ import annotations

import re
from html import escape
from html.entities import html5
from typing import Any, TypeAlias

from lxml import etree, html

from desktop.errors import InputError
from desktop.reading.limits import Limits

#: lxml carries no type information.
Element: TypeAlias = Any

#: More attributes on one element than this are no text, and take a parser minutes.
_MOST_ATTRIBUTES = 2000
_TAG_WITH_MUCH = re.compile(rb"<[^<>]{40000}")
#: HTML parsers drop the whole of a page that is nested deeper than 2,048 (or 255) levels; what
#: opens an element beyond this depth is dropped instead, its text kept.
_DEEPEST = 400
_HTML_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>")
#: Elements that don't nest in themselves alone, or at all; many pages never close them.
_FLAT = frozenset(
    "p li tr td th dt dd option thead tbody tfoot area base br col embed hr img input link meta "
    "param source track wbr".split()
)
_PROLOGUE = re.compile(
    r"^\ufeff?\s*(?:<\?xml[^>]*\?>)?(?:\s*<!--.*?-->)*\s*(?:<!DOCTYPE[^>\[]*>)?", re.I | re.S
)
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAMED_BYTES = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARES = re.compile(r"<!DOCTYPE[^<>\[]*\[", re.I)
_SUBSET = 20_000  # bytes in which the declarations of a file stand
_INTERNAL = re.compile(
    rb"^((?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?(?:\s*<!--.*?-->)*\s*)"
    rb"<!DOCTYPE[^<>\[]*\[(.*?)\]\s*>", re.S
)  # fmt: skip
_PLAIN_ENTITY = re.compile(
    rb"<!ENTITY\s+([A-Za-z][\w.-]{0,31})\s+(?:\"((?:[^\"&<%]|&#x?[0-9A-Fa-f]{1,6};){0,100})\"|"
    rb"'((?:[^'&<%]|&#x?[0-9A-Fa-f]{1,6};){0,100})')\s*>"
)
_MOST_ENTITIES = 100
_ENTITY = re.compile(rb"<!\s*ENTITY", re.I)


def parse_xml(data: bytes, limits: Limits) -> Element:
    """Return the root of an XML file; raises ``InputError`` with the bare reason.

    What can still be understood of a damaged file is kept. Entities that the file defines are not
    replaced: they are how a kilobyte becomes a terabyte, or how another file gets in.
    """
    if len(data) > limits.member:
        raise InputError(f"a part of it is larger than {limits.member >> 20} MB")
    data = _written_out(data)
    narrow = data.replace(b"\0", b"")  # UTF-16 too
    if _ENTITY.search(narrow[:200_000]):
        raise InputError("it defines entities of its own, which no text needs")
    _check_attributes(narrow)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, recover=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_NAMED_BYTES.sub(_numbered, data), parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError("it is damaged") from error
    if root is None:
        raise InputError("it is damaged")
    if depth_of(root, limits.nesting) > limits.nesting:
        raise InputError(f"it is nested more than {limits.nesting} levels deep")
    return root


def parse_xhtml(text: str, limits: Limits) -> Element | None:
    """Return the root of a chapter that is well-formed XML, or None when it has to be mended.

    The named characters of HTML are written out; other entities make it one that is not.
    """
    if len(text) > limits.member:
        raise InputError(f"it is larger than {limits.member >> 20} MB")
    if _DECLARES.search(text[:_SUBSET]):
        text = _written_out(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    text = _NAMED.sub(_character, _PROLOGUE.sub("", text, count=1))
    data = text.encode("utf-8", "replace")
    _check_attributes(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _written_out(data: bytes) -> bytes:
    """Return a file with the words that it abbreviates by entities of its own written out.

    Only plain words are: no markup, no other entity, no other file.
    """
    subset = _INTERNAL.match(data[:_SUBSET])
    if subset is None or b"<!ENTITY" not in subset[2]:
        return data
    told = _PLAIN_ENTITY.findall(subset[2])
    if len(told) != subset[2].count(b"<!ENTITY") or len(told) > _MOST_ENTITIES:
        return data
    words = {name: one or other for name, one, other in told}
    body = _NAMED_BYTES.sub(lambda named: words.get(named[1], named[0]), data[subset.end() :])
    return subset[1] + body


def _character(match: re.Match[str]) -> str:
    """Return the character that a name of HTML stands for; XML's own names stay."""
    found = html5.get(f"{match[1]};")
    return match[0] if found is None or match[1] in _XML_NAMES else escape(found)


def _numbered(named: re.Match[bytes]) -> bytes:
    """Return a character that HTML knows by name by its number, in whatever encoding of ASCII."""
    name = named[1].decode()
    characters = html5.get(f"{name};")
    if characters is None or name in _XML_NAMES:
        return named[0]
    return "".join(f"&#{ord(c)};" for c in characters).encode()


def parse_html(text: str, limits: Limits) -> Element:
    """Return the root (``html``) of a page, however it is written."""
    if len(text) > limits.member:
        raise InputError(f"it is larger than {limits.member >> 20} MB")
    data = _flattened(text).encode("utf-8", "replace")
    _check_attributes(data)
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True,
        default_doctype=False,
    )  # fmt: skip
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError("it holds no text") from error
    return root


def _flattened(text: str) -> str:
    """Return a page without the tags that open elements beyond the depth that parsers bear."""
    if text.count("<") <= _DEEPEST:
        return text
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _FLAT:
            return tag[0]
        if tag[1]:
            depth = max(0, depth - 1)
            return tag[0]
        depth += 1
        return tag[0] if depth <= _DEEPEST else " "

    return _HTML_TAG.sub(kept, text)


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace, in lower case; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def depth_of(root: Element, most: int) -> int:
    """Return how deep a tree is, as far as ``most`` + 1."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if deepest > most:
            break
    return deepest


def _check_attributes(data: bytes) -> None:
    """Refuse a tag with so many attributes that a parser would take minutes for it."""
    for match in _TAG_WITH_MUCH.finditer(data):
        end = data.find(b">", match.start())
        if data.count(b"=", match.start(), end if end >= 0 else len(data)) > _MOST_ATTRIBUTES:
            raise InputError("an element of it has thousands of attributes, which no text needs")
