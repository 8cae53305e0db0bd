"""The marks of the terms on the page: quiet lines under them, painted over the set text.

They are no part of the text's format: so selecting, copying and searching know nothing of them,
and a new glossary costs nothing but the lines on show. How well a term is remembered is told by
the line's form as well as by its colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.glossary.term import Term
from desktop.reading.document import Span
from desktop.settings import Settings
from desktop.window import theme
from desktop.window.colours import mixed
from desktop.window.mention_index import Mention
from desktop.window.page_geometry import PageGeometry

_BELOW = 3  # pixels between the baseline and the line


class Tint(StrEnum):
    """How well a term is remembered, as the page shows it; the value is said in words."""

    NONE = "no card studied yet"
    FADING = "fading from memory"
    KNOWN = "remembered"


@dataclass(frozen=True, slots=True)
class TermLook:
    """How terms are told in the text.

    ``wanted`` is the share of cards that should be remembered: below it a term fades.
    """

    marks: bool = True
    unmarked: frozenset[str] = frozenset()  # kinds
    hints: bool = False
    tints: bool = True
    wanted: float = 0.9

    @classmethod
    def of(cls, settings: Settings) -> TermLook:
        """Return the look that the reader's settings ask for."""
        return cls(
            marks=settings.mark_terms,
            unmarked=frozenset(settings.unmarked_kinds),
            hints=settings.word_hints,
            tints=settings.memory_tints,
        )


def tint_of(term: Term, memory: Mapping[str, float], wanted: float) -> Tint:
    """Return the tint of ``term``: ``memory`` gives the share remembered by name, lower case.

    A term fades when fewer than ``wanted`` of such cards would be remembered now: just then its
    cards are due.
    """
    share = memory.get(term.term.casefold())
    if share is None:
        return Tint.NONE
    return Tint.KNOWN if share >= wanted else Tint.FADING


def mark_pen(kind: str, tint: Tint) -> QPen:
    """Return the pen of a mark: dots, dashes where it fades, a thin line where it is known."""
    c = theme.colours()
    strength, width, style = {
        Tint.NONE: (0.7, 1.0, Qt.PenStyle.DotLine),
        Tint.FADING: (1.0, 2.0, Qt.PenStyle.DashLine),
        Tint.KNOWN: (0.4, 1.0, Qt.PenStyle.SolidLine),
    }[tint]
    pen = QPen(QColor(mixed(c.page, c.kinds[kind], strength)), width, style)
    if tint is Tint.FADING:
        pen.setDashPattern([2.5, 1.5])
    elif tint is Tint.NONE:
        pen.setDashPattern([1.0, 2.0])
    return pen


class TermMarks:
    """Paints marks; the pens of a theme are made once."""

    def __init__(self) -> None:
        self._pens: dict[tuple[str, str, Tint], QPen] = {}

    def paint(
        self,
        painter: QPainter,
        geometry: PageGeometry,
        mentions: Iterable[tuple[Mention, str, Tint]],
        shift: float,
    ) -> None:
        """Paint the lines of ``mentions`` (with kind and tint), ``shift`` pixels scrolled."""
        name = theme.colours().name
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # dots, not a haze
        tops: dict[int, float] = {}
        for (span, _index), kind, tint in mentions:
            key = (name, kind, tint)
            pen = self._pens.get(key)
            if pen is None:
                pen = self._pens[key] = mark_pen(kind, tint)
            if span.block not in tops:
                tops[span.block] = geometry.top_of(span.block) - shift
            painter.setPen(pen)
            for piece in geometry.pieces(span):
                y = tops[span.block] + round(piece.baseline) + _BELOW
                painter.drawLine(QLineF(piece.left, y, piece.right, y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_stop(painter: QPainter, geometry: PageGeometry, span: Span, shift: float) -> None:
    """Paint the frame around the mention that the keys have come to."""
    painter.setPen(QPen(QColor(theme.colours().accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    top = geometry.top_of(span.block) - shift
    for piece in geometry.pieces(span):
        letters = piece.baseline - 0.82 * (piece.baseline - piece.top)  # clear of a hint
        width, height = piece.right - piece.left, piece.bottom - letters
        box = QRectF(piece.left, top + letters, width, height)
        painter.drawRoundedRect(box.adjusted(-3, 0, 3, 2), 4, 4)
