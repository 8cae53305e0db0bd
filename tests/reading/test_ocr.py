"""Scanned PDFs and pictures are recognised where the extra is there; else a sentence says so."""

from __future__ import annotations

import io
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desktop.errors import InputError
from desktop.reading.limits import DEFAULT
from desktop.reading.opener import open_document
from desktop.reading.pdf import read_pdf
from tests.reading.pdf_files import Sheet, in_columns
from tests.reading.test_pdf import CLAY, GLAZE


def picture(tmp_path: Path) -> Image.Image:
    """Draw a page of two columns."""
    sheet = Sheet()
    in_columns(sheet, (CLAY, GLAZE), 2, 100, 5, by_row=False)
    with pypdfium2.PdfDocument(sheet.write(tmp_path / "drawn.pdf")) as document:
        drawn: Image.Image = document[0].render(scale=2.2).to_pil().convert("L")
    return drawn.crop((100, 180, drawn.width - 100, 520))


def scanned(tmp_path: Path) -> bytes:
    sheet = Sheet()
    sheet.pdf.image(picture(tmp_path), 20, 50, 555)
    return sheet.write(tmp_path / "scanned.pdf").read_bytes()


def likeness(found: str, gold: str) -> float:
    """Compare letters alone: recognition drops a space here and there."""
    a, b = ("".join(text.casefold().split()) for text in (found, gold))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def test_a_scanned_page_is_read_column_by_column(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    scanned(tmp_path)
    document = open_document(tmp_path / "scanned.pdf")
    assert likeness(" ".join(b.text for b in document.blocks), f"{CLAY} {GLAZE}") > 0.97
    assert any("expect errors" in warning for warning in document.warnings)


def test_a_picture_of_text_opens(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    picture(tmp_path).save(tmp_path / "page.jpg", quality=90)
    document = open_document(tmp_path / "page.jpg")
    assert document.source.format == "jpeg"
    assert likeness(" ".join(b.text for b in document.blocks), f"{CLAY} {GLAZE}") > 0.97


def test_without_the_extra_a_scanned_pdf_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(InputError, match=r"scanned document.*glossator\[ocr\]"):
        read_pdf(scanned(tmp_path), DEFAULT)


def test_a_damaged_picture_is_refused_in_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    stream = io.BytesIO()
    Image.new("RGB", (300, 100), "white").save(stream, "PNG")
    path = tmp_path / "cut.png"
    path.write_bytes(stream.getvalue()[:60])
    with pytest.raises(InputError, match=r"cut\.png"):
        open_document(path)
