"""The text of a dictionary's article, in plain or marked-up form, taken apart into senses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

#: Longer articles are cut: what matters stands first, and some "articles" are whole books.
MAX_ARTICLE = 60_000

_POS_NAMES = {
    "NOUN": "n noun n.pl pl.n sb substantive",
    "VERB": "v verb vb vt vi v.t v.i v.tr v.intr",
    "ADJ": "a adj adjective adjectival s",
    "ADV": "adv r adverb",
}
_POS = {name: pos for pos, names in _POS_NAMES.items() for name in names.split()}
#: "n.", "(adj.)", "noun:" at the start of a line, before a number or a gloss.
_POS_LABEL = re.compile(r"^[(\[]?([A-Za-z]{1,10}(?:\.[a-z]{1,6})?)\.?[)\]]?(?=[\s:.,]|$)[:.,]?\s*")
_NUMBER = re.compile(r"^[(\[]?\d{1,2}[)\].:]\s*|^\d{1,2}\s+(?=[a-z(])")
_BETWEEN_NUMBERS = re.compile(r"(?<=[\w.;,)\]”\"])\s+(?=\d{1,2}[.):]\s)")
_EXAMPLE = re.compile(r"[“\"]([^”\"]{3,400})[”\"]")
_SYNONYMS = re.compile(r"\[(?:syn|ant|also)[^\]]*\]", re.IGNORECASE)
_PRONUNCIATION = re.compile(r"^(?:/[^/]{1,60}/|\[[^\]]{1,60}\])\s*")
_BLOCKS = frozenset("p div br li ol ul dl dt dd tr table h1 h2 h3 h4 blockquote hr".split())
_SKIPPED = frozenset("script style audio video object svg sup".split())


@dataclass(frozen=True, slots=True)
class Gloss:
    """One sense as an article gives it."""

    text: str
    pos: str
    examples: tuple[str, ...]


class _PlainText(HTMLParser):
    """Collects the words between tags, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (the parser's name)
        self._skipping += tag in _SKIPPED
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._skipping = max(0, self._skipping - (tag in _SKIPPED))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(data)


def plain_text(html: str) -> str:
    """Return the words of marked-up text, each block on a line of its own."""
    parser = _PlainText()
    parser.feed(html[:MAX_ARTICLE].replace("\n", " "))
    parser.close()
    return "\n".join(" ".join(line.split()) for line in "".join(parser.parts).split("\n"))


def read_article(text: str, headword: str, *, is_html: bool) -> list[Gloss]:
    """Return the senses that an article lists, each with the part of speech named before it.

    Lines that repeat the headword or say how it sounds are no senses; a line wholly in quotation
    marks is an example of the sense before.
    """
    plain = plain_text(text) if is_html else text[:MAX_ARTICLE]
    found: list[Gloss] = []
    pos = ""
    for line in plain.split("\n"):
        for part in _BETWEEN_NUMBERS.split(line.strip()):
            rest, named = _without_label(_without_head(part, headword))
            pos = named or pos
            examples = tuple(match.group(1) for match in _EXAMPLE.finditer(rest))
            gloss = _tidy(rest)
            if len(gloss) > 2 and re.search(r"[^\W\d_]{2}", gloss):
                found.append(Gloss(gloss, pos, examples))
            elif examples and found:
                last = found[-1]
                found[-1] = Gloss(last.text, last.pos, (*last.examples, *examples))
    return found


def _without_head(line: str, headword: str) -> str:
    line = line.strip()
    if line.casefold().startswith(headword.casefold()):
        after = line[len(headword) :]
        if not after or not after[0].isalpha():
            line = after.lstrip(" ,;:–—-")
    return _PRONUNCIATION.sub("", line)


def _without_label(line: str) -> tuple[str, str]:
    """Return a line without the part of speech and the number that it begins with."""
    pos = ""
    line = _NUMBER.sub("", line)
    label = _POS_LABEL.match(line)
    if label and (found := _POS.get(label.group(1).casefold().rstrip("."))):
        rest = line[label.end() :]
        # "a" and "s" are parts of speech only before a number or with a full stop of their own.
        marked = len(label.group(1)) > 1 or label.group(0).rstrip()[-1:] in ".:)]"
        if marked or not rest or rest[0].isdigit():
            pos, line = found, rest
    return _NUMBER.sub("", line), pos


def _tidy(line: str) -> str:
    """Return a gloss without its examples and lists of synonyms."""
    line = _EXAMPLE.sub("", _SYNONYMS.sub("", line))
    line = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"(?:[;:,]\s*)+(?=[;,]|$)", "", line.strip()))
    return " ".join(line.split()).strip(" ;:,")
