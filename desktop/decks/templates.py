"""Card templates as Anki fills them: fields, filters, conditional sections, special fields.

    template = compiled("{{#Hint}}{{hint:Hint}}{{/Hint}} {{cloze:Text}}")
    template.filled(fields, gap=1, question=True)

What comes out is HTML with Anki's own marks in it (``[sound:…]``, ``[[type:…]]``, LaTeX);
``desktop.decks.card_page`` makes it fit to be shown.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop.decks.cloze_text import cloze_numbers, gap_only, plain_text, with_gap
from desktop.decks.collection import CollectionNoteType

#: A field is empty as long as only white space and line breaks are in it.
_EMPTY = re.compile(r"(?si)(?:\s|</?(?:br|div) ?/?>)*")
_OTHER_BRACES = re.compile(r"^\s*\{\{=<% %>=\}\}")

# Other people's decks may be made to keep an expression busy: so all that repeats is bounded.
_TAG = re.compile(r"(?s)<!--.{0,5000}?-->|\{\{(.{0,1000}?)\}\}")
_OTHER_TAG = re.compile(r"(?s)<!--.{0,5000}?-->|<%(.{0,1000}?)%>")
_FURIGANA = re.compile(r" ?([^ >\[]{1,100})\[([^\]\n]{1,200})\]")
_LONGEST_TEMPLATE = 100_000
_DEEPEST_SECTION = 40

_BLANK = "The front of this card is blank."
_NO_GAP = "No cloze {number} found on card."


@dataclass(frozen=True, slots=True)
class Template:
    """A template taken apart: text, replacements, sections; or the ``problem`` that prevents it."""

    nodes: tuple[_Node, ...]
    problem: str = ""

    def filled(self, fields: Mapping[str, str], *, gap: int, question: bool) -> str:
        """Return the template's HTML; ``gap`` is the number of the card's gap, from 1."""
        if self.problem:
            return html.escape(self.problem)
        out: list[str] = []
        _fill(self.nodes, _Filling(fields, gap, question), out)
        return "".join(out)


@dataclass(frozen=True, slots=True)
class _Replacement:
    name: str
    filters: tuple[str, ...]  # the one beside the field first


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    negated: bool
    nodes: tuple[_Node, ...]


_Node = str | _Replacement | _Section


@dataclass(frozen=True, slots=True)
class _Filling:
    fields: Mapping[str, str]
    gap: int
    question: bool


@dataclass(frozen=True, slots=True)
class RenderedSides:
    """The two sides of a card as HTML."""

    question: str
    answer: str


class CardRenderer:
    """Renders the cards of one note type."""

    def __init__(self, note_type: CollectionNoteType) -> None:
        self._name = note_type.name
        self._cloze = note_type.is_cloze
        self._templates = [
            (name, compiled(front), compiled(back)) for name, front, back in note_type.templates
        ]

    def sides(
        self,
        fields: Mapping[str, str],
        ordinal: int,
        *,
        deck: str = "",
        tags: str = "",
        flag: int = 0,
        card_id: int = 0,
    ) -> RenderedSides:
        """Return both sides of the card ``ordinal`` of a note, as Anki renders them."""
        place = 0 if self._cloze else min(ordinal, len(self._templates) - 1)
        name, front, back = self._templates[place]
        gap = ordinal + 1
        filled = {
            "Tags": tags,
            "Type": self._name,
            "Deck": deck,
            "Subdeck": deck.rpartition("::")[2],
            "Card": name,
            "CardFlag": f"flag{flag}",
            "CardID": str(card_id),
            f"c{gap}": "1",
            **fields,
        }
        question = front.filled(filled, gap=gap, question=True)
        if self._cloze:
            if not any(gap in cloze_numbers(text) for text in fields.values()):
                question = _NO_GAP.format(number=gap)
        elif is_empty(question):
            question = _BLANK
        filled["FrontSide"] = question
        return RenderedSides(question, back.filled(filled, gap=gap, question=False))


def is_empty(text: str) -> bool:
    """Return whether a field counts as empty."""
    return _EMPTY.fullmatch(text) is not None


@lru_cache(maxsize=512)
def compiled(source: str) -> Template:
    """Return a template ready to be filled."""
    if len(source) > _LONGEST_TEMPLATE:
        return Template((), "This template is too long.")
    tag = _TAG
    if _OTHER_BRACES.match(source):
        source, tag = _OTHER_BRACES.sub("", source), _OTHER_TAG
    open_sections: list[tuple[str, bool, list[_Node]]] = [("", False, [])]
    at = 0
    for match in tag.finditer(source):
        inside = match[1]
        if inside is None:
            continue  # a comment is text, whatever it holds
        open_sections[-1][2].append(source[at : match.start()])
        at = match.end()
        word = inside.lstrip("{").strip()
        if word[:1] in ("#", "^"):
            open_sections.append((word[1:].strip(), word[0] == "^", []))
            if len(open_sections) > _DEEPEST_SECTION:
                return Template((), "The sections of this template are nested too deeply.")
        elif word[:1] == "/":
            name, negated, nodes = open_sections.pop()
            if not open_sections or name != word[1:].strip():
                return Template((), f"Found {{{{{word}}}}}, but it closes nothing.")
            open_sections[-1][2].append(_Section(name, negated, _tidied(nodes)))
        else:
            *filters, name = word.split(":")
            open_sections[-1][2].append(_Replacement(name, tuple(reversed(filters))))
    if len(open_sections) > 1:
        return Template((), f"Missing {{{{/{open_sections[-1][0]}}}}}.")
    open_sections[0][2].append(source[at:])
    return Template(_tidied(open_sections[0][2]))


def _tidied(nodes: list[_Node]) -> tuple[_Node, ...]:
    return tuple(node for node in nodes if node != "")


def _fill(nodes: tuple[_Node, ...], filling: _Filling, out: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            out.append(node)
        elif isinstance(node, _Section):
            if is_empty(filling.fields.get(node.name, "")) == node.negated:
                _fill(node.nodes, filling, out)
        else:
            out.append(_replaced(node, filling))


def _replaced(node: _Replacement, filling: _Filling) -> str:
    text = filling.fields.get(node.name)
    if text is None:
        if node.name == "FrontSide":
            return ""
        return html.escape(f"Found {{{{{node.name}}}}}, but there is no field of this name.")
    for name in node.filters:
        changed = _filtered(text, name.strip(), node, filling)
        if changed is None:  # a filter of an add-on; Anki leaves the others beyond it to it too
            break
        text = changed
    return text


def _filtered(text: str, name: str, node: _Replacement, filling: _Filling) -> str | None:
    """Return a field's text after one filter; ``None`` for one that nobody knows."""
    if name == "cloze":
        return with_gap(text, filling.gap, question=filling.question)
    if name == "cloze-only":
        return gap_only(text, filling.gap, question=filling.question)
    if name == "type":
        kinds = "".join(f"{one}:" for one in reversed(node.filters) if one != "type")
        return f"[[type:{kinds}{node.name}]]"
    if name == "hint":
        return _hint(text, node.name)
    if name.startswith(("tts ", "tts-voices")):
        return ""
    known = _FILTERS.get(name)
    return None if known is None else known(text)


def _hint(text: str, name: str) -> str:
    """Return a link that the reader opens, and what it opens."""
    if not text.strip():
        return ""
    number = hashlib.sha256(text.encode()).hexdigest()[:16]
    return (
        f'\n<a class=hint href="hint:{number}">\n{name}</a>\n'
        f'<div id="hint{number}" class=hint style="display: none">{text}</div>'
        f"<!--/hint{number}-->\n"
    )


def _ruby(replacement: str) -> Callable[[str], str]:
    """Return the filter that writes ``base[reading]`` by a replacement."""

    def changed(match: re.Match[str]) -> str:
        return match[0] if match[2].startswith("sound:") else match.expand(replacement)

    return lambda text: _FURIGANA.sub(changed, text.replace("&nbsp;", " ")) if "[" in text else text


_FILTERS: Mapping[str, Callable[[str], str]] = {
    "text": plain_text,
    "furigana": _ruby(r"<ruby><rb>\1</rb><rt>\2</rt></ruby>"),
    "kanji": _ruby(r"\1"),
    "kana": _ruby(r"\2"),
}
