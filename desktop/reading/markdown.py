"""Markdown → drafts: headings, paragraphs, quotes, lists, code, tables, pictures, notes."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.reading.bylines import split_byline
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind, Mark, MarkKind
from desktop.reading.draft import HARD_BREAK, Draft, Reading, wholly_marked
from desktop.reading.front_matter import read_front_matter, split_front_matter
from desktop.reading.inline import Image, Inline, read_inline
from desktop.reading.pictures import read_picture

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_NOTE = re.compile(r"^( {0,3})\[\^([^\]\s]{1,40})\]:", re.M)
_NOTE_REFERENCE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_NOTE_START = re.compile(r"\[([^\]\s]{1,40})\] ?:\s*")
_BYLINE_LINES = 4
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_HIDDEN_HTML = re.compile(r"<!--(.*?)-->|<(script|style)\b[^>]*>(.*?)</\2\s*>", re.S | re.I)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|tr|table|figure|figcaption|section|blockquote|hr)\b[^>]*>", re.I
)
_FIGURE_LABEL = re.compile(
    r"(?:figure|fig\.|table|plate|chart|map|abbildung|abb\.|tabelle|illustration)\s*\d", re.I
)


def read_markdown(text: str, folder: Path | None = None) -> Reading:
    """Read a Markdown text; its pictures are looked for in ``folder`` and below."""
    matter, body = split_front_matter(text)
    reading = _MarkdownReader(folder).read(body)
    if matter:
        read_front_matter(matter, reading)
    return reading


def markdown_parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables and struck-through text."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


class _MarkdownReader:
    """One pass over the tokens of a text."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.reading = Reading([])
        self.containers: list[str] = []
        self.numbers: list[str] = []
        self.item_starts = False
        self.row: list[str] = []
        self.rows: list[str] = []
        self.lines: list[str] = []
        self.source_rows: list[str] = []
        self.last_line = 0

    def read(self, text: str) -> Reading:
        """Return what ``text`` says."""
        # A note would be taken for the definition of a link and vanish, or for the rest of another.
        text = _NOTE.sub(r"\n\1\\[^\2\\] :", text)
        self.lines = text.split("\n")
        tokens = markdown_parser().parse(text)
        for place, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(token, tokens[place - 1])
            else:
                self._structure(token)
        _settle_notes(self.reading.drafts)
        return self.reading

    def _flush_item(self) -> None:
        """Show the number of a list item that does not begin with a paragraph."""
        number = self.numbers[-1] if self.numbers else ""
        if self.item_starts and number:
            depth = sum("list" in kind for kind in self.containers)
            self.reading.drafts.append(Draft(BlockKind.LIST_ITEM, f"{number}.", depth))
        self.item_starts = False

    def _structure(self, token: Token) -> None:
        """Follow what opens and closes, and take blocks without inline content."""
        kind = token.type
        if kind in {"blockquote_open", "bullet_list_open", "ordered_list_open"}:
            self._flush_item()
            self.containers.append(kind)
            self.numbers.append("")
        elif kind in {"blockquote_close", "bullet_list_close", "ordered_list_close"}:
            self.containers.pop()
            self.numbers.pop()
        elif kind == "list_item_open":
            self._flush_item()
            self.item_starts = True
            self.numbers[-1] = token.info  # the number as the text has it
        elif kind == "list_item_close":
            self._flush_item()
        elif kind in {"fence", "code_block"}:
            if len(token.info.split()) > 1:  # more than the name of a language
                self._leave_out([token.info])
            self._add(Draft(BlockKind.CODE, token.content.rstrip("\n")), token)
        elif kind == "html_block":
            self._html(token)
        elif kind == "tr_close":
            self.rows.append("\t".join(self.row))
            self.row = []
        elif kind == "table_open" and token.map:
            self.source_rows = self.lines[token.map[0] : token.map[1]]
        elif kind == "table_close":
            self._table(token)

    def _table(self, token: Token) -> None:
        """Add a table; the parser drops cells beyond the head, so then its source is shown."""
        cells = [len(_CELL_BORDER.split(row.strip().strip("|"))) for row in self.source_rows]
        if cells and max(cells) > cells[0]:
            self.rows = [row.strip() for row in self.source_rows]
        self._add(Draft(BlockKind.TABLE, "\n".join(self.rows)), token)
        self.rows = []

    def _inline(self, token: Token, opener: Token) -> None:
        """Take the text of a heading, a cell or a paragraph."""
        inline = read_inline(token.children or [])
        self._leave_out(inline.comments)
        if opener.type in {"th_open", "td_open"}:
            self.row.append(" ".join(inline.text.split()))
            return
        if opener.type == "heading_open":
            draft = Draft(BlockKind.HEADING, inline.text, int(opener.tag[1]), inline.marks)
        else:
            draft = self._paragraph(inline)
        _read_notes(draft)
        draft.trim()
        leads = next((child.type == "image" for child in token.children or []), False)
        if leads:
            self._figures(inline, token)
        if draft.text:
            self._add(draft, token)
            self._caption_after_figure(draft)
        if not leads:
            self._figures(inline, token)

    def _figures(self, inline: Inline, token: Token) -> None:
        for image in inline.images:
            self._figure(image, token)

    def _paragraph(self, inline: Inline) -> Draft:
        """Return a paragraph, a quotation or a list item, as its place demands."""
        lines = inline.text.strip().split("\n")
        if 1 < len(lines) <= _BYLINE_LINES and split_byline(lines[0]):
            inline.text = inline.text.replace("\n", HARD_BREAK)  # authors, one on a line
        draft = Draft(BlockKind.PARAGRAPH, inline.text, None, inline.marks)
        lists = [place for place, kind in enumerate(self.containers) if "list" in kind]
        if lists and self.item_starts:
            draft.kind, draft.level = BlockKind.LIST_ITEM, len(lists)
            number = self.numbers[lists[-1]]
            if number:
                draft.edit([(0, 0, f"{number}. ")])
            if draft.text.strip():
                self.item_starts = False
        elif "blockquote_open" in self.containers:
            draft.kind = BlockKind.QUOTE
        return draft

    def _figure(self, image: Image, token: Token) -> None:
        """Add a picture and the caption that its title is."""
        found = read_picture(self.folder, image.target)
        draft = Draft(BlockKind.FIGURE, image.text)
        if isinstance(found, str):
            self.reading.warnings.append(found)
        else:
            draft.picture = found.name
            if all(picture.name != found.name for picture in self.reading.pictures):
                self.reading.pictures.append(found)
        self._add(draft, token)
        if image.title.strip():
            self._add(Draft(BlockKind.CAPTION, image.title), token)

    def _caption_after_figure(self, draft: Draft) -> None:
        """Tell a caption: set in italics throughout, or labelled, right below a picture."""
        drafts = self.reading.drafts
        if len(drafts) < 2 or draft is not drafts[-1] or draft.kind is not BlockKind.PARAGRAPH:
            return
        if drafts[-2].kind is BlockKind.FIGURE and (
            wholly_marked(draft, MarkKind.EMPHASIS) or _FIGURE_LABEL.match(draft.text)
        ):
            draft.kind = BlockKind.CAPTION

    def _html(self, token: Token) -> None:
        """Take the text of an HTML block; scripts, styles and comments are left out."""
        hidden = [first or last for first, _, last in _HIDDEN_HTML.findall(token.content)]
        self._leave_out(hidden)
        shown = _BLOCK_TAG.sub("\n\n", _HIDDEN_HTML.sub(" ", token.content))
        shown = re.sub(r"<br\s*/?>", HARD_BREAK, shown, flags=re.I)
        for piece in re.split(r"\n\s*\n", html.unescape(_TAG.sub("", shown))):
            if piece.strip():
                self._add(Draft(BlockKind.PARAGRAPH, piece.strip()), token)

    def _leave_out(self, pieces: list[str]) -> None:
        for piece in pieces:
            if piece.strip():
                self.reading.left_out.append(LeftOut(LeftOutKind.BOILERPLATE, piece.strip()))

    def _add(self, draft: Draft, token: Token) -> None:
        """Append a draft and note how far it stands below the one before."""
        if draft.kind is not BlockKind.LIST_ITEM:
            self._flush_item()
        if token.map:
            draft.gap = max(0, token.map[0] - self.last_line)
            self.last_line = token.map[1]
        self.reading.drafts.append(draft)


def _read_notes(draft: Draft) -> None:
    """Turn ``[^1]`` into a link ``[1]``, and a paragraph that begins with it into the footnote."""
    start = _NOTE_START.match(draft.text)
    if start and draft.kind is BlockKind.PARAGRAPH and start[0].rstrip().endswith("] :"):
        label = start[1].removeprefix("^")
        draft.edit([(0, start.end(), f"[{label}] ")])
        draft.kind, draft.anchor = BlockKind.FOOTNOTE, f"note-{label}"
    found = list(_NOTE_REFERENCE.finditer(draft.text))
    draft.edit([(m.start(), m.end(), f"[{m[1]}]") for m in found])
    for shorter, m in enumerate(found):
        place = m.start() - shorter
        draft.marks.append(Mark(place, m.end() - 1 - shorter, MarkKind.LINK, f"#note-{m[1]}"))


def _settle_notes(drafts: list[Draft]) -> None:
    """Take the link from references to notes that the text doesn't have."""
    anchors = {f"#{draft.anchor}" for draft in drafts if draft.anchor}
    for draft in drafts:
        draft.marks = [
            mark for mark in draft.marks
            if not (mark.target or "").startswith("#note-") or mark.target in anchors
        ]  # fmt: skip
