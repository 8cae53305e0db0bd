"""Pictures of text → words with their places, through RapidOCR, an extra that need not be there.

Runs in the process for untrusted files. A page takes seconds, so that only as many are read as
fit into the time that a file may take.
"""

from __future__ import annotations

import contextlib
import io
import logging
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.errors import InputError
from desktop.reading.draft import Reading
from desktop.reading.formats import recognises_text
from desktop.reading.heartbeat import heartbeat
from desktop.reading.layout.drafts import reading_of
from desktop.reading.layout.words import Page, Word
from desktop.reading.limits import Limits

if TYPE_CHECKING:
    import numpy

#: How a reader who lacks it gets it.
INSTALL = "pip install 'glossator[ocr]'"

_LONGEST_SIDE = 2_000  # pixels of a picture that is looked at
_FOUND_AT = 1_536  # pixels of its longer side while lines are looked for
_MOST_PIXELS = 100_000_000
_POINTS = 800.0  # the longer side of a page, so that sizes of type are as elsewhere
_SURE = 0.5  # below, what was recognised is a stain
_SHARE = 0.75  # of the time that a file may take
_SPAWNED = 10.0  # seconds, at most, that a process takes until this module is there
_LOADED = time.monotonic()
_ROOM = 2048 * 1024 * 1024  # bytes of address space

#: What the box around a line has of its type: the box has a margin, and depth below the line.
_SIZE, _DEPTH = 0.8, 0.26


class Recogniser:
    """Recognises the text of pictures; the models are loaded once."""

    def __init__(self) -> None:
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        from rapidocr import RapidOCR

        self._engine: Callable[..., Any] = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_type": "max",
                "Det.limit_side_len": _FOUND_AT,
                "Global.use_cls": False,
            }
        )

    def read(self, image: numpy.ndarray[Any, Any], number: int) -> Page:
        """Return the words of a picture (rows × columns × 3 bytes) as those of a page."""
        height, width = image.shape[:2]
        scale = _POINTS / max(width, height)
        found = self._engine(image)
        words: list[Word] = []
        lines = zip(found.boxes, found.txts, found.scores, strict=True) if found.txts else ()
        for box, text, score in lines:
            if score >= _SURE and text.strip():
                corners = [(float(x) * scale, float(y) * scale) for x, y in box]
                words += _words(corners, text, len(words))
        return Page(number, width * scale, height * scale, words)


def _words(corners: list[tuple[float, float]], text: str, order: int) -> list[Word]:
    """Return the words of a line; the width of each follows from its letters."""
    (left, top), (right, _), _, (_, bottom) = corners
    height = max(1.0, bottom - top)
    words: list[Word] = []
    at = 0
    for piece in text.split():
        at = text.index(piece, at)
        begin = left + (right - left) * at / len(text)
        at += len(piece)
        end = left + (right - left) * at / len(text)
        baseline = bottom - _DEPTH * height
        words.append(
            Word(piece, begin, end, baseline, round(_SIZE * height, 1), order + len(words))
        )
    return words


def read_scanned(
    count: int, render: Callable[[int, int], numpy.ndarray[Any, Any] | None], limits: Limits
) -> Reading:
    """Read the text in the pictures of ``count`` pages.

    ``render(number, side)`` draws a page so that its longer side has ``side`` pixels.
    """
    if not recognises_text():
        raise InputError(
            "it holds pictures of pages and no text, as a scanned document does; to have it "
            f"recognised, install the extra: {INSTALL}"
        )
    began = time.monotonic()
    budget = _SHARE * limits.longest
    pages: list[Page] = []
    done = 0
    with heartbeat(_reporting(limits), limits.longest):
        _make_room()
        recogniser = Recogniser()
        while done < count:
            image = render(done, _LONGEST_SIDE)
            if image is not None:
                pages.append(recogniser.read(image, done))
            done += 1
            elapsed = time.monotonic() - began
            if elapsed + elapsed / done > budget:
                break
    if not any(page.words for page in pages):
        raise InputError("it holds pictures, and no text could be recognised in them")
    reading = reading_of(pages, {}, {})
    reading.warnings.append("The text was recognised in pictures of the pages; expect errors.")
    if done < count:
        reading.warnings.append(f"Only the first {done} of {count} pages were recognised.")
    return reading


def _reporting(limits: Limits) -> Callable[[], None]:
    """Return what tells who waits how much of the time is used: a page alone takes long.

    It is counted from when the process began, as who waits counts it: the pages were looked at
    for a text before, and a share that lags behind would promise too late an end.
    """

    def report() -> None:
        used = time.monotonic() - _LOADED + _SPAWNED
        limits.report(min(int(limits.longest) - 1, int(used)), int(limits.longest) - 1)

    return report


def _make_room() -> None:
    """Give the recogniser the address space that it maps; of it, it uses less than 1 GB."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if soft == resource.RLIM_INFINITY:
            return
        room = _ROOM if hard == resource.RLIM_INFINITY else min(_ROOM, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (room, hard))


def read_picture_of_text(data: bytes, limits: Limits) -> Reading:
    """Read the text in a picture file; raises ``InputError`` with the bare reason."""
    import numpy
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        if picture.width * picture.height > _MOST_PIXELS:
            raise InputError("it has more pixels than a page of text needs")
        picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        drawn = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise InputError("it is damaged") from error
    drawn.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return read_scanned(1, lambda _number, _side: numpy.asarray(drawn)[:, :, ::-1], limits)
