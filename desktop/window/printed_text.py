"""A text on pages of paper: laid out, painted, written as PDF; all of it on any one thread."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from desktop.reading.document import Document
from desktop.window import theme
from desktop.window.colours import LIGHT
from desktop.window.highlight_colours import highlight_colour
from desktop.window.ornaments import draw_ornaments
from desktop.window.typesetting import PageStyle, Typesetter

if TYPE_CHECKING:
    from desktop.glossary.term import Term
    from desktop.operations.annotation_files import Passage

#: The unit of the layout: a 96th of an inch, as of the screen.
_UNIT = 96.0
_POINT = _UNIT / 72
_MARGIN_MM = (24.0, 20.0, 24.0, 22.0)  # left, top, right, bottom
_MOST_KEPT = 3_000  # blocks among which headings are kept with what follows
_RESOLUTION = 1200
#: Fixed for a PDF whose time is not asked for: the same text gives the same bytes.
_EPOCH = 946_684_800  # 2000-01-01

PAPERS = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What is printed beside the text, and on which paper; the size is in points."""

    highlights: bool = True
    notes: bool = True
    glossary: bool = False
    paper: str = "A4"
    family: str = ""
    points: float = 10.5


def page_layout(paper: str) -> QPageLayout:
    """Return the paper of that name with our margins."""
    return QPageLayout(
        QPageSize(PAPERS[paper]), QPageLayout.Orientation.Portrait,
        QMarginsF(*_MARGIN_MM), QPageLayout.Unit.Millimeter,
    )  # fmt: skip


class PrintedText:
    """One text on its pages; belongs to the thread that made it."""

    def __init__(
        self,
        document: Document,
        options: PrintOptions,
        passages: Sequence[Passage] = (),
        terms: Sequence[Term] = (),
    ) -> None:
        self._source, self._options = document, options
        self.layout = page_layout(options.paper)
        inches = self.layout.paintRect(QPageLayout.Unit.Inch)
        self._size = QSizeF(inches.width() * _UNIT, inches.height() * _UNIT)
        pixels = options.points * _POINT
        style = PageStyle(
            pixels, options.family, int(self._size.width()), ratio=1.5, justified=True
        )
        self._setter = Typesetter(document, style, colours=LIGHT)
        self._page = QTextDocument()
        self._page.setDocumentMargin(0)
        self._page.setUndoRedoEnabled(False)
        self._setter.set_into(self._page)
        found = [passage for passage in passages if passage.spans]
        if options.highlights:
            self._mark(found)
        if options.notes:
            self._add_notes([passage for passage in found if passage.highlight.note])
        if options.glossary:
            self._add_glossary([term for term in terms if term.definition])
        self._page.setPageSize(self._size)
        self._keep_headings()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._page.pageCount()

    # -- what is printed beside the text

    def _mark(self, passages: Sequence[Passage]) -> None:
        for passage in passages:
            form = QTextCharFormat()
            ground = highlight_colour(passage.highlight.colour, LIGHT.name).ground
            form.setBackground(QColor(ground))
            for span in passage.spans or ():
                cursor = QTextCursor(self._page)
                start, end = self._setter.range_of(span)
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(form)

    def _add_notes(self, passages: Sequence[Passage]) -> None:
        """Add the notes at the end, numbered in the text from its end on, so that places stay."""
        if not passages:
            return
        raised = QTextCharFormat()
        raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        raised.setForeground(QColor(LIGHT.accent))
        for number, passage in sorted(enumerate(passages, 1), reverse=True):
            span = (passage.spans or ())[-1]
            cursor = QTextCursor(self._page)
            cursor.setPosition(self._setter.position(span.block, span.end))
            form = cursor.charFormat()
            form.merge(raised)
            cursor.insertText(str(number), form)
        self._add_heading("Notes")
        for number, passage in enumerate(passages, 1):
            quote = " ".join(passage.highlight.anchor.exact.split())
            short = quote if len(quote) <= 80 else f"{quote[:78].rsplit(' ', 1)[0]} …"
            self._add_line(f"{number}. ", f"“{short}” ", passage.highlight.note)

    def _add_glossary(self, terms: Sequence[Term]) -> None:
        if terms:
            self._add_heading("Glossary")
        for term in sorted(terms, key=lambda term: term.term.casefold()):
            meaning = term.definition.text if term.definition else ""
            self._add_line("", f"{term.term}  ", meaning, strong=True)

    def _add_heading(self, text: str) -> None:
        size = self._options.points * _POINT
        form, block = QTextCharFormat(), QTextBlockFormat()
        form.setFont(
            theme.serif(1.3 * size, weight=QFont.Weight.DemiBold, family=self._options.family)
        )
        form.setForeground(QColor(LIGHT.text))
        block.setTopMargin(2.2 * size)
        block.setBottomMargin(0.5 * size)
        block.setHeadingLevel(2)
        cursor = QTextCursor(self._page)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(block, form)
        cursor.insertText(text, form)

    def _add_line(self, number: str, head: str, text: str, *, strong: bool = False) -> None:
        size = 0.86 * self._options.points * _POINT
        plain, block = QTextCharFormat(), QTextBlockFormat()
        plain.setFont(theme.sans(size))
        plain.setForeground(QColor(LIGHT.text))
        first = QTextCharFormat(plain)
        first.setFont(theme.sans(size, weight=QFont.Weight.DemiBold) if strong else plain.font())
        if not strong:
            first.setForeground(QColor(LIGHT.muted))
        block.setBottomMargin(0.4 * size)
        block.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self._page)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(block, plain)
        cursor.insertText(number, plain)
        cursor.insertText(head, first)
        cursor.insertText(" ".join(text.split()), plain)

    def _keep_headings(self) -> None:
        """Begin a new page before a heading that would stand alone at the foot of one."""
        if self._page.blockCount() > _MOST_KEPT:
            return
        height, layout = self._size.height(), self._page.documentLayout()
        block = self._page.firstBlock()
        while block.isValid():
            following = block.next()
            if block.blockFormat().headingLevel() and following.isValid():
                here = int(layout.blockBoundingRect(block).top() // height)
                lines = following.layout()
                top = layout.blockBoundingRect(following).top()
                line = lines.lineAt(0).y() if lines.lineCount() else 0.0
                if int((top + line) // height) > here:
                    form = block.blockFormat()
                    form.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                    QTextCursor(block).setBlockFormat(form)
            block = following

    # -- on paper

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page (from 0) with the corner of its text at the origin, in our unit."""
        width, height = self._size.width(), self._size.height()
        top = number * height
        painter.save()
        painter.setClipRect(QRectF(-12, 0, width + 24, height))
        painter.translate(0, -top)
        clip = QRectF(-12, top, width + 24, height)
        draw_ornaments(painter, clip.toAlignedRect(), self._page, self._setter, 0)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = clip
        self._page.documentLayout().draw(painter, context)
        painter.restore()
        painter.setFont(theme.sans(0.8 * self._options.points * _POINT))
        painter.setPen(QColor(LIGHT.muted))
        foot = QRectF(0, height + 18, width, 24)
        painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, str(number + 1))
        if number:
            head = QRectF(0, -34, width, 24)
            title = painter.fontMetrics().elidedText(
                self._source.name, Qt.TextElideMode.ElideRight, int(width)
            )
            painter.drawText(head, Qt.AlignmentFlag.AlignHCenter, title)

    def image(self, number: int, width: int, ratio: float = 1.0) -> QImage:
        """Return a page as a picture, ``width`` logical pixels wide."""
        full = self.layout.fullRect(QPageLayout.Unit.Inch)
        scale = width * ratio / (full.width() * _UNIT)
        height = round(full.height() * _UNIT * scale)
        image = QImage(round(width * ratio), height, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._to_text(painter, scale)
        self.paint(painter, number)
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image

    def print_on(self, device: QPagedPaintDevice, pages: range | None = None) -> None:
        """Paint the pages on a printer, or into a file, that has this layout."""
        painter = QPainter(device)
        scale = painter.device().logicalDpiX() / _UNIT
        for count, number in enumerate(range(self.pages) if pages is None else pages):
            if count:
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            self.paint(painter, number)
            painter.restore()
        painter.end()

    def pdf(self) -> bytes:
        """Return the text as a PDF, the same bytes for the same text."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(_RESOLUTION)
        writer.setPageLayout(self.layout)
        writer.setTitle(self._source.name)
        writer.setCreator("Glossator")
        when = int(os.environ.get("SOURCE_DATE_EPOCH", _EPOCH))
        if hasattr(writer, "setDocumentId"):
            writer.setDocumentId(QUuid.createUuidV5(QUuid(), self._source.source.sha256.encode()))
        writer.setDocumentXmpMetadata(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>")
        self.print_on(writer)
        buffer.close()
        return _dated(bytes(buffer.data().data()), when)

    def _to_text(self, painter: QPainter, scale: float) -> None:
        full = self.layout.fullRect(QPageLayout.Unit.Inch)
        inner = self.layout.paintRect(QPageLayout.Unit.Inch)
        painter.scale(scale, scale)
        painter.translate((inner.left() - full.left()) * _UNIT, (inner.top() - full.top()) * _UNIT)


def write_pdf(path: Path, printed: PrintedText) -> None:
    """Write a text as PDF."""
    from desktop.decks.writing import write_whole

    write_whole(path, printed.pdf())


def _dated(pdf: bytes, when: int) -> bytes:
    """Put a fixed time in the place of the present one; no byte moves."""
    time = datetime.fromtimestamp(when, UTC).strftime("%Y%m%d%H%M%S").encode()
    return re.sub(rb"(?<=Date \(D:)\d{14}[^)]*", lambda m: _same_length(m, time), pdf)


def _same_length(match: re.Match[bytes], time: bytes) -> bytes:
    rest = match.group()[14:]
    zone = b"Z" if len(rest) == 1 else b"+00'00'"[: len(rest)]
    return time + zone + rest[len(zone) :]
