"""A rendered card as a page to be shown: nothing in it runs, and nothing is fetched.

Of HTML and CSS a card gets what Qt's rich text knows: fonts, colours, alignment, lists, tables,
pictures; no flexible boxes, no columns, no animations. Sounds are listed by name. LaTeX is the
picture that Anki made of it where the deck has one, else its source.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from desktop.decks.cloze_text import plain_text
from desktop.decks.occlusion_shapes import Shape, shapes_in
from desktop.decks.templates import RenderedSides

_SOUND = re.compile(r"\[sound:([^\]\n]{1,500})\]")
_TYPED = re.compile(r"\[\[type:([^\]\n]{1,500})\]\]")
_LATEX = re.compile(
    r"(?si)\[latex\](.{1,4000}?)\[/latex\]|\[\$\$\](.{1,4000}?)\[/\$\$\]"
    r"|\[\$\](.{1,4000}?)\[/\$\]"
)
_RUNNING = re.compile(r"(?si)<(script|style|iframe|object|embed|canvas|button)\b")
_PICTURE = re.compile(r"(?i)(<img\b[^>]{0,2000}?\bsrc\s{0,9}=\s{0,9})(\"[^\"]*\"|'[^']*'|[^\s>]+)")
_ELSEWHERE = re.compile(r"(?i)\s*(?:[a-z][a-z0-9+.-]*:|//)")
_LINE_BREAK = re.compile(r"(?i)<br ?/?>|</?div>")
_SOUND_SIGN = "♪"

#: How ``templates`` writes what a hint hides.
_HINT = re.compile(r'<div id="hint(\w{16})" class=hint style="display: none">')


@dataclass(frozen=True, slots=True)
class CardPage:
    """What a side of a card shows: HTML of the body, its style, the sounds that it names.

    ``shapes`` are to be drawn on its first picture: the regions of an image occlusion.
    """

    body: str
    css: str
    sounds: tuple[str, ...]
    shapes: tuple[Shape, ...] = ()

    def whole(self, *, extra_css: str = "") -> str:
        """Return a document for Qt's rich text; ``extra_css`` overrides the card's own."""
        css = f"{self.css}\n{extra_css}".replace("</", "< /")
        return (
            f'<html><head><style>{css}</style></head><body class="card">'
            f'<div class="card">{self.body}</div></body></html>'
        )


def card_page(
    side: str,
    css: str,
    *,
    media: Collection[str] = (),
    opened: Collection[str] = (),
    typed: Callable[[str], str] = lambda _field: "",
) -> CardPage:
    """Return a rendered side as a page.

    ``media`` are the names of the files that are there, ``opened`` the hints that the reader
    opened, ``typed`` tells what stands in the place of a field that Anki lets type in.
    """
    shapes, side = shapes_in(side) if "data-shape=" in side else ((), side)
    body, styles = _without_running(side)
    body = _TYPED.sub(lambda match: typed(match[1]), body)
    body = _LATEX.sub(lambda match: _latex(match, media), body)
    sounds = tuple(html.unescape(name) for name in _SOUND.findall(body))
    body = _SOUND.sub(lambda match: f"{_SOUND_SIGN} {match[1]}", body)
    body = _PICTURE.sub(_local_picture, body)
    body = _with_hints(body, opened)
    return CardPage(body, "\n".join([css, *styles]), sounds, shapes)


def picture_names(*sides: str) -> list[str]:
    """Return the names of the pictures in rendered sides, and of those that LaTeX may have."""
    found: dict[str, None] = {}
    for side in sides:
        for match in _PICTURE.finditer(side):
            found[html.unescape(match[2].strip("\"'"))] = None
        for match in _LATEX.finditer(side):
            for group, kind in ((1, "latex"), (2, "$$"), (3, "$")):
                if match[group] is not None:
                    for svg in (False, True):
                        found[latex_file(match[group], kind=kind, svg=svg)] = None
    return list(found)


def spoken_text(sides: RenderedSides, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return both sides as plain text, the answer without the question that it repeats.

    What Anki lets type in is told on the answer, from the note's ``fields``.
    """
    question = side_text(sides.question)
    answer = sides.answer
    if sides.question and answer.startswith(sides.question):
        answer = answer[len(sides.question) :]
    if "[[type:" in answer:
        answer = _TYPED.sub(lambda match: fields.get(match[1].rpartition(":")[2], ""), answer)
    return question, side_text(answer) or side_text(sides.answer)


def side_text(side: str) -> str:
    """Return the words of a rendered side, lines as lines."""
    if "<script" in side or "<button" in side:
        side, _styles = _without_running(side)
    if "<" in side or "[" in side:
        side = _TYPED.sub("", _SOUND.sub("", _LINE_BREAK.sub("\n", side)))
    text = plain_text(side)
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def latex_file(source: str, *, kind: str, svg: bool = False) -> str:
    """Return the name under which Anki keeps the picture of LaTeX; ``kind`` is its mark."""
    text = plain_text(re.sub(r"(?i)<br( /)?>|<div>", "\n", source))
    if kind == "$":
        text = f"${text}$"
    elif kind == "$$":
        text = f"\\begin{{displaymath}}{text}\\end{{displaymath}}"
    digest = hashlib.sha1(text.encode()).hexdigest()
    return f"latex-{digest}.{'svg' if svg else 'png'}"


def _latex(match: re.Match[str], media: Collection[str]) -> str:
    """Return Anki's picture of a piece of LaTeX, or its source."""
    for group, kind in ((1, "latex"), (2, "$$"), (3, "$")):
        if match[group] is not None:
            for svg in (False, True):
                name = latex_file(match[group], kind=kind, svg=svg)
                if name in media:
                    return f'<img class=latex src="{name}">'
            return f"<code>{match[group]}</code>"
    return match[0]


def _local_picture(match: re.Match[str]) -> str:
    """Return an image that names a file of the deck, never an address."""
    name = html.unescape(match[2].strip("\"'"))
    if _ELSEWHERE.match(name):
        return f'{match[1]}""'
    return match[1] + html.escape(f'"{name}"', quote=False)


def _with_hints(body: str, opened: Collection[str]) -> str:
    """Return HTML with the hints that are opened, and without the others."""
    pieces, at = [], 0
    while match := _HINT.search(body, at):
        mark = f"</div><!--/hint{match[1]}-->"
        end = body.find(mark, match.end())
        if end < 0:
            break
        pieces.append(body[at : match.start()])
        if match[1] in opened:
            pieces.append(f'<div class="hint">{body[match.end() : end]}</div>')
        at = end + len(mark)
    return "".join([*pieces, body[at:]])


def _without_running(body: str) -> tuple[str, list[str]]:
    """Return HTML without the elements that would run, load or draw something, and the styles."""
    pieces, styles, at = [], [], 0
    lower = body.lower()
    while match := _RUNNING.search(body, at):
        pieces.append(body[at : match.start()])
        opened = lower.find(">", match.end()) + 1 or len(body)
        end = lower.find(f"</{match[1].lower()}", opened)
        if end < 0:  # an element that never ends hides nothing but its tag
            at = opened
            continue
        if match[1].lower() == "style":
            styles.append(body[opened:end])
        at = lower.find(">", end) + 1 or len(body)
    return "".join([*pieces, body[at:]]), styles
