"""Small PDFs for the tests, drawn word by word where it matters how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

#: A4 in points; the margins of a page and the space between two columns.
WIDTH, HEIGHT, MARGIN, BETWEEN = 595.0, 842.0, 60.0, 24.0
LEADING = 13.0


class Sheet:
    """A PDF in the making: text is put where it is wanted."""

    def __init__(self) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))
        self.page()

    def page(self) -> None:
        self.pdf.add_page()

    def put(self, x: float, y: float, text: str, size: float = 10, style: str = "") -> float:
        """Put a line; return where it ends."""
        self.pdf.set_font("times", style, size)
        self.pdf.text(x, y, text)
        return x + self.pdf.get_string_width(text)

    def lines(self, text: str, width: float, *, indent: float = 12, size: float = 10) -> list[str]:
        """Break a paragraph into lines; a tab stands for its indent."""
        self.pdf.set_font("times", "", size)
        found: list[str] = []
        line, room = "\t", width - indent
        for word in text.split():
            longer = f"{line} {word}" if line.strip() else line + word
            if self.pdf.get_string_width(longer.strip()) > room and line.strip():
                found.append(line)
                line, room = word, width
            else:
                line = longer
        return [*found, line]

    def flow(self, lines: Sequence[str], x: float, y: float, size: float = 10) -> float:
        """Put lines below one another; return where the next one would stand."""
        for line in lines:
            self.put(x + (12 if line.startswith("\t") else 0), y, line.strip(), size)
            y += LEADING * size / 10
        return y

    def write(self, path: Path) -> Path:
        self.pdf.output(str(path))
        return path


def column_lefts(count: int) -> tuple[list[float], float]:
    """Return where ``count`` columns begin, and their width."""
    width = (WIDTH - 2 * MARGIN - (count - 1) * BETWEEN) / count
    return [MARGIN + place * (width + BETWEEN) for place in range(count)], width


def in_columns(
    sheet: Sheet, texts: Sequence[str], count: int, top: float, rows: int, *, by_row: bool
) -> None:
    """Set paragraphs in columns, drawn one column after the other or row by row across them."""
    lefts, width = column_lefts(count)
    lines = [line for text in texts for line in sheet.lines(text, width)]
    places = [
        (lefts[place // rows], top + LEADING * (place % rows), line)
        for place, line in enumerate(lines)
    ]
    if by_row:
        places.sort(key=lambda place: (place[1], place[0]))
    for x, y, line in places:
        sheet.put(x + (12 if line.startswith("\t") else 0), y, line.strip())


def letters(text: str) -> list[str]:
    """Return the characters of a text that are no white space, sorted."""
    return sorted("".join(text.split()))


SELF_REFERRING = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R
/Resources << /XObject << /F 5 0 R >> >> >> endobj
4 0 obj << /Length 4 >> stream
/F Do
endstream endobj
5 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Length 10
/Resources << /XObject << /F 5 0 R >> >> >> stream
/F Do /F Do
endstream endobj
trailer << /Root 1 0 R >>
"""


def many_pages(count: int) -> bytes:
    """Return a PDF that shows one page very often."""
    kids = b" ".join([b"3 0 R"] * count)
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids ["
        + kids
        + b"] /Count %d >> endobj\n" % count
        + b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj\n"
        b"trailer << /Root 1 0 R >>\n"
    )
