"""One small real file of each format, written by us: what fuzzing starts from.

A format that is added gets its row here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.reading.test_docx import docx, p
from tests.reading.test_fb2 import BOOK
from tests.reading.test_html import PAGE

MARKDOWN = """---
title: Wells
---

# Wells

Dug in *1790*[^1] by `hand`, see [the list](#list).

> Water is life.

1. dig
2. line

| a | b |
|---|---|
| 1 | 2 |

[^1]: So they say.
"""


def zipped_book() -> bytes:
    """Return the FictionBook in a ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("book.fb2", BOOK)
    return stream.getvalue()


def word_document() -> bytes:
    """Return a Word document with headings, a list and emphasis."""
    return docx(p("Wells", "Titel") + p("One", "berschrift1") + p("Dug by hand.")
                + p("dig", numbered="1 0") + p("line", numbered="1 1"))  # fmt: skip


#: The key of a format → what makes its files.
SPECIMENS: dict[str, tuple[Callable[[], bytes], ...]] = {
    "txt": (
        lambda: ("CHAPTER I\n\nThe river rose in the ni-\nght.\n\n- one\n- two\n" * 3).encode(),
    ),
    "md": (MARKDOWN.encode,),
    "html": (PAGE.encode,),
    "fb2": (BOOK.encode, zipped_book),
    "docx": (word_document,),
}
