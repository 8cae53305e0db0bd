"""What stands on a PDF page but not in its text: filled-in fields, typed remarks, pictures."""

from __future__ import annotations

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium_c

#: Fields of a form, and text that was typed onto the page.
_SHOWN = frozenset({pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT})
_MOST_LOOKED_AT = 1000
_MOST_PICTURES = 50
#: Of the page: a page without text of which pictures cover less is merely an empty one.
_COVERED = 0.25


def flattened(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Return a page with what was filled in as part of its text."""
    page = document[number]
    if not _is_filled_in(page):
        return page
    if pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) != pdfium_c.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[number]


def _is_filled_in(page: pypdfium2.PdfPage) -> bool:
    for place in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), _MOST_LOOKED_AT)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, place)
        if not ctypes.cast(annotation, ctypes.c_void_p).value:
            continue
        kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
        pdfium_c.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWN:
            return True
    return False


def is_picture(page: pypdfium2.PdfPage) -> bool:
    """Return whether pictures cover much of a page, as on one that was scanned."""
    width, height = page.get_size()
    covered = 0.0
    images = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    for _, image in zip(range(_MOST_PICTURES), images, strict=False):
        try:
            left, bottom, right, top = image.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered >= _COVERED * width * height)


def pictured(numbers: list[int], count: int) -> str:
    """Return the sentence on pages that are pictures; ``numbers`` count from 1."""
    if len(numbers) == 1:
        return f"Page {numbers[0]} is a picture; what is written in it was not read."
    if len(numbers) <= 6:
        shown = ", ".join(str(one) for one in numbers[:-1]) + f" and {numbers[-1]}"
        return f"Pages {shown} are pictures; what is written in them was not read."
    return f"{len(numbers)} of {count} pages are pictures; what is written in them was not read."
