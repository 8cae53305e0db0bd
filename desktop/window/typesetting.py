"""From a document to a set page: one QTextDocument, and the way between spans and positions.

One chapter is set at a time; places are told in the blocks of the whole document. Every block of
the chapter is one block of the QTextDocument, with the same text, so that a span needs nothing but
the block's position and, for letters beyond the basic plane, Qt's UTF-16.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextOption,
)

from desktop.reading.document import Block, BlockKind, Document, MarkKind, Span
from desktop.reading.hyphenation import can_break, is_quick
from desktop.window import theme
from desktop.window.colours import LIGHT, Colours
from desktop.window.pictures import SCHEME, load_picture
from desktop.window.set_text import SetBlock
from desktop.window.table_setting import column_stops, rows_of

LINK_SCHEME = "link:"

_K = BlockKind


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How a page is set: the body size in pixels, the reader's face, the text width in pixels.

    With ``hints`` the lines of running text leave room for small type above their words;
    ``justified`` sets running text to an even right edge, with words broken where need be.
    """

    size: float
    family: str
    width: int
    ratio: float = 1.0
    hints: bool = False
    justified: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """A kind of block: its size as a multiple of the body, leading in per cent, space around."""

    scale: float = 1.0
    leading: int = 130
    above: float = 0.0  # multiples of the body size
    below: float = 0.85
    indent: float = 0.0
    font: str = "serif"  # serif, sans, capitals or mono
    weight: QFont.Weight = QFont.Weight.Normal
    italic: bool = False
    muted: bool = False
    accent: bool = False


_DEMI = QFont.Weight.DemiBold

_LOOKS = {
    _K.KICKER: _Look(0.72, 110, 0, 0.7, font="capitals", accent=True),
    _K.TITLE: _Look(2.15, 92, 0, 0.45, weight=_DEMI),
    _K.STANDFIRST: _Look(1.22, 114, 0.1, 0.75, italic=True, muted=True),
    _K.BYLINE: _Look(0.78, 115, 0, 1.9, font="sans", weight=_DEMI, muted=True),
    _K.PARAGRAPH: _Look(),
    _K.QUOTE: _Look(1.24, 118, 0.7, 1.5, indent=1.5, italic=True),
    _K.LIST_ITEM: _Look(below=0.35),
    _K.CODE: _Look(0.84, 118, 0.7, 1.3, indent=0.7, font="mono"),
    _K.TABLE: _Look(0.84, 118, 0.4, 1.0, font="sans"),
    _K.FIGURE: _Look(1.0, 100, 1.1, 0.5),
    _K.CAPTION: _Look(0.8, 115, 0, 0.35, font="sans", muted=True),
    _K.CREDIT: _Look(0.62, 115, 0, 1.6, font="capitals", muted=True),
    _K.BIO: _Look(0.84, 120, 2.0, 0.8, font="sans", muted=True),
    _K.FOOTNOTE: _Look(0.8, 118, 0.2, 0.5, font="sans", muted=True),
}

# Headings by level: 2 is the first one inside a text, 1 stands for a part of a longer one.
_HEADINGS = {
    1: _Look(1.6, 98, 1.6, 0.6, weight=_DEMI),
    2: _Look(1.3, 102, 1.5, 0.5, weight=_DEMI),
    3: _Look(1.08, 108, 1.2, 0.4, weight=_DEMI),
}


_NUMBER = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})[.)]\s")

#: A reference to a note stands above the line, as in print.
_REFERENCE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]|[a-z])[\])]?")
_RAISED = QTextCharFormat.VerticalAlignment.AlignSuperScript

#: What is set to an even right edge, and where words may be broken.
_JUSTIFIED = frozenset({_K.PARAGRAPH, _K.BIO, _K.FOOTNOTE})
_LEAST_EVEN = 24  # multiples of the size of the type: in narrower lines the gaps would be wide
_BROKEN = _JUSTIFIED | {_K.QUOTE, _K.LIST_ITEM, _K.CAPTION, _K.STANDFIRST}

#: How far a list item stands in for each level, in multiples of the body size.
_ITEM_INDENT = 1.5
_NUMBER_INDENT = 1.1

#: What hints add to the leading of running text, in per cent.
_HINT_ROOM = 20
_WITH_HINTS = frozenset(
    {_K.PARAGRAPH, _K.STANDFIRST, _K.QUOTE, _K.LIST_ITEM, _K.CAPTION, _K.BIO, _K.FOOTNOTE}
)

#: Space after a figure with its caption.
_AFTER_FIGURE = 1.5
_LEFT_TAB = QTextOption.TabType.LeftTab

#: Typewriter faces look larger than text faces of the same size.
_MONO_SCALE = 0.86


def numbered(block: Block) -> bool:
    """Return whether a list item brings a number of its own."""
    return _NUMBER.match(block.text) is not None


def look_of(block: Block) -> _Look:
    """Return how ``block`` is set."""
    if block.kind is BlockKind.HEADING:
        return _HEADINGS[min(block.level or 2, 3)]
    return _LOOKS[block.kind]


class Typesetter:
    """Sets some blocks of a document; translates between spans and positions in the set text."""

    def __init__(
        self,
        document: Document,
        style: PageStyle,
        blocks: range | None = None,
        colours: Colours | None = None,
    ) -> None:
        self.document = document
        self.style = style
        self.blocks = range(len(document.blocks)) if blocks is None else blocks
        self.colours = colours or theme.colours()
        self._set: list[SetBlock] = []

    def set_into(self, target: QTextDocument) -> None:
        """Fill ``target``, which is empty, with the blocks."""
        self._set = []
        colours = self.colours
        option = QTextOption(target.defaultTextOption())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        target.setDefaultTextOption(option)
        cursor = QTextCursor(target)
        cursor.beginEditBlock()
        for number in self.blocks:
            block = self.document.blocks[number]
            self._set_block(cursor, block, first=number == self.blocks.start, colours=colours)
        cursor.endEditBlock()

    def fit(self, width: int) -> bool:
        """Note another width of the text; return whether that asks for setting it again."""
        style, blocks = self.style, self.document.blocks[self.blocks.start : self.blocks.stop]
        self.style = replace(style, width=width)
        limit = _LEAST_EVEN * style.size
        turns = style.justified and (style.width >= limit) != (width >= limit)
        return turns or any(block.picture or (block.kind is BlockKind.TABLE) for block in blocks)

    def position(self, block: int, offset: int) -> int:
        """Return the position in the set text of a code-point offset in a block."""
        return self._set[block - self.blocks.start].position(offset)

    def range_of(self, span: Span) -> tuple[int, int]:
        """Return the positions (half-open) of ``span`` in the set text."""
        return self.position(span.block, span.start), self.position(span.block, span.end)

    def place(self, position: int) -> tuple[int, int]:
        """Return the block and the code-point offset in it of a position in the set text."""
        if not self._set:
            return 0, 0
        number = max(0, bisect_right(self._set, position, key=lambda block: block.start) - 1)
        return self.blocks[number], self._set[number].offset(position)

    def char_format(self, block: Block, colours: Colours) -> QTextCharFormat:
        """Return the character format that the text of ``block`` starts from."""
        look = look_of(block)
        size = self.style.size * look.scale
        font = {
            "serif": lambda: theme.serif(size, weight=look.weight, family=self.style.family),
            "sans": lambda: theme.sans(size, weight=look.weight),
            "capitals": lambda: theme.small_capitals(size),
            "mono": lambda: theme.mono(size),
        }[look.font]()
        font.setItalic(look.italic)
        form = QTextCharFormat()
        form.setFont(font)
        ink = colours.muted if look.muted else colours.accent if look.accent else colours.text
        form.setForeground(QColor(ink))
        return form

    def _set_block(
        self, cursor: QTextCursor, block: Block, *, first: bool, colours: Colours
    ) -> None:
        form = self.char_format(block, colours)
        block_form = self._block_format(block, colours, first=first)
        if first:
            cursor.setBlockFormat(block_form)
            cursor.setBlockCharFormat(form)
        else:
            cursor.insertBlock(block_form, form)
        if self._set_picture(cursor, block, colours):
            return  # its text is what is said where the picture can't be seen
        breaks = self.style.justified and block.kind in _BROKEN
        language = self._language_of(block) if breaks else None
        set_block = SetBlock(cursor.position(), block.text, language)
        self._set.append(set_block)
        cursor.insertText(_one_line(set_block.set_text()), form)
        self._set_marks(cursor, block, colours)

    def _set_picture(self, cursor: QTextCursor, block: Block, colours: Colours) -> bool:
        if block.kind is not BlockKind.FIGURE or block.picture is None:
            return False
        paper = LIGHT.page if colours.dark else None
        image = load_picture(
            self.document, block.picture, self.style.width, self.style.ratio, paper
        )
        if image is None:
            return False
        self._set.append(SetBlock(cursor.position(), block.text))
        name = SCHEME + block.picture
        resource_kind = QTextDocument.ResourceType.ImageResource.value
        cursor.document().addResource(resource_kind, QUrl(name), image)
        form = QTextImageFormat()
        form.setName(name)
        form.setWidth(image.width() / image.devicePixelRatio())
        form.setHeight(image.height() / image.devicePixelRatio())
        form.setProperty(QTextImageFormat.Property.ImageAltText.value, block.text)
        cursor.insertImage(form)
        return True

    def _set_marks(self, cursor: QTextCursor, block: Block, colours: Colours) -> None:
        for mark in block.marks:
            form = QTextCharFormat()
            if mark.kind is MarkKind.EMPHASIS:
                # Emphasis on the whole of an italic block is how it was written, not a contrast.
                whole = mark.end - mark.start >= len(block.text)
                form.setFontItalic(whole or not look_of(block).italic)
            elif mark.kind is MarkKind.STRONG:
                form.setFontWeight(QFont.Weight.DemiBold)
                form.setForeground(QColor(colours.text))
            elif mark.kind is MarkKind.CODE:
                size = self.style.size * look_of(block).scale * _MONO_SCALE
                form.setFont(theme.mono(size))
            elif mark.target:
                form.setAnchor(True)
                form.setAnchorHref(LINK_SCHEME + mark.target)
                form.setForeground(QColor(colours.accent))
                if mark.target.startswith("#") and _REFERENCE.fullmatch(
                    block.text[mark.start : mark.end]
                ):
                    form.setVerticalAlignment(_RAISED)
            part = QTextCursor(cursor.document())
            part.setPosition(self.position(block.index, mark.start))
            end = self.position(block.index, mark.end)
            part.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            part.mergeCharFormat(form)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _block_format(self, block: Block, colours: Colours, *, first: bool) -> QTextBlockFormat:
        look = look_of(block)
        size = self.style.size
        form = QTextBlockFormat()
        leading = look.leading
        if self.style.hints and block.kind in _WITH_HINTS:
            leading += _HINT_ROOM
        form.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(0 if first else look.above * size)
        form.setBottomMargin(look.below * size)
        form.setLeftMargin(look.indent * size)
        wide = self.style.width >= _LEAST_EVEN * self.style.size * look.scale
        even = self.style.justified and wide and block.kind in _JUSTIFIED
        if even and can_break(self._language_of(block)):  # else the gaps would be wide
            form.setAlignment(Qt.AlignmentFlag.AlignJustify)
        if block.kind is BlockKind.LIST_ITEM:
            if not self._is_followed_by(block, _K.LIST_ITEM):
                form.setBottomMargin(_LOOKS[_K.PARAGRAPH].below * size)
            form.setLeftMargin(_ITEM_INDENT * size * (block.level or 1))
            if numbered(block):  # its number hangs out, where other items have a bullet
                form.setTextIndent(-_NUMBER_INDENT * size)
        if block.kind is BlockKind.HEADING:
            form.setHeadingLevel(block.level or 2)
        elif block.kind is BlockKind.TITLE:
            form.setHeadingLevel(1)
        elif block.kind is BlockKind.TABLE:
            font = self.char_format(block, colours).font()
            stops = column_stops(rows_of(block.text), font, self.style.width)
            form.setTabPositions([QTextOption.Tab(at, _LEFT_TAB) for at in stops])
        elif block.kind is BlockKind.CAPTION and not self._is_followed_by(
            block, _K.CREDIT, _K.CAPTION, _K.FIGURE
        ):
            form.setBottomMargin(_AFTER_FIGURE * size)
        return form

    def _language_of(self, block: Block) -> str:
        """Return the language of a block, "" while its words can't be broken without a wait."""
        language = block.language or self.document.language
        return language if is_quick(language) else ""

    def _is_followed_by(self, block: Block, *kinds: BlockKind) -> bool:
        following = self.document.blocks[block.index + 1 : block.index + 2]
        return any(one.kind in kinds for one in following)


def _one_line(text: str) -> str:
    """Return ``text`` with line ends that stay inside one block (same length)."""
    return text.replace("\n", "\u2028").replace("\r", "\u2028")
