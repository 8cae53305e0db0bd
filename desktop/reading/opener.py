"""Opening a text: a file or its bytes → ``Document``; the format is told by the content."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from desktop.errors import InputError
from desktop.reading.advertisement import leave_out_advertisement
from desktop.reading.document import BlockKind, Document, LeftOut, Source
from desktop.reading.draft import Draft, Reading
from desktop.reading.encoding import decode
from desktop.reading.frame import tell_frame
from desktop.reading.headings import tell_headings
from desktop.reading.markup import Markup, is_tangled, markup_of
from desktop.reading.pictures import READ_FLAGS
from desktop.reading.plain_text import read_plain_text
from desktop.reading.repair import mend_certain, mend_likely
from desktop.reading.signatures import foreign_format, picture_type
from desktop.reading.tongue import language_of

#: The formats that open, with the name endings that usually go with them.
SUPPORTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Plain text", (".txt", ".text", ".asc")),
    ("Markdown", (".md", ".markdown", ".mkd", ".mdown")),
)

#: The largest file that is read, and the largest text that is read as Markdown, in bytes.
MAX_FILE = 200 * 1024 * 1024
MAX_MARKDOWN = 4 * 1024 * 1024

_FORMATS = ("txt", "md")


def open_document(
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
) -> Document:
    """Open the text at ``path``; ``format`` ("txt" or "md") overrides what its content says.

    Raises ``InputError`` with one sentence when it can't be read as a text.
    """
    path = Path(path)
    data = _read(path)
    return read_document(data, name=path.name, format=format, folder=path.parent)


def read_document(
    data: bytes,
    *,
    name: str,
    format: str | None = None,  # noqa: A002 - the word of the command line
    folder: Path | None = None,
) -> Document:
    """Read the bytes of a text that is called ``name``.

    ``format`` is "txt", "md" or None (told by the content). Pictures of a Markdown text are
    looked for in ``folder`` and below; without a folder none are read.
    """
    if format is not None and format not in _FORMATS:
        raise InputError(
            f"{name} can't be opened as {format!r}; this version opens plain text (txt) and "
            "Markdown (md)."
        )
    if len(data) > MAX_FILE:
        raise InputError(_too_large(name))
    if not data.strip():
        raise InputError(f"{name} is empty; there is nothing to read in it.")
    foreign = foreign_format(data) or ("a picture" if picture_type(data) else None)
    if foreign is not None and format is None:
        raise InputError(
            f"{name} is {foreign}; this version opens plain text and Markdown, so save it as "
            "text first."
        )
    text = decode(data, name)
    if not text.strip():
        raise InputError(f"{name} is empty; it holds nothing but white space.")
    reading, told = _parse(text, len(data), format, folder)
    source = Source(name, hashlib.sha256(data).hexdigest(), told)
    return _assemble(reading, source)


def _parse(text: str, size: int, chosen: str | None, folder: Path | None) -> tuple[Reading, str]:
    """Parse a text in the format that is given, or that its content shows."""
    markup = Markup.MARKDOWN if chosen == "md" else markup_of(text)
    if markup is Markup.MARKDOWN and chosen != "txt":
        if size <= MAX_MARKDOWN and not is_tangled(text):
            from desktop.reading.markdown import read_markdown

            return read_markdown(text, folder), "md"
        reading = read_plain_text(text, remnants=False)
        reading.warnings.append(
            "The text is too long or too tangled to be read as Markdown; its marks stay."
        )
        return reading, "txt"
    return read_plain_text(text, remnants=markup is not Markup.NONE), "txt"


def _assemble(reading: Reading, source: Source) -> Document:
    """Mend the parts of a reading, tell its frame and put the document together."""
    drafts, certain_breaks = mend_certain(reading.drafts)
    frame = tell_frame(drafts, reading)
    drafts, advertisement = leave_out_advertisement(drafts, frame.authors)
    tell_headings(drafts)
    drafts = mend_likely(drafts, certain_breaks)
    left_out: list[LeftOut] = [*reading.left_out, *advertisement]
    blocks = tuple(draft.finished(index) for index, draft in enumerate(drafts))
    if not blocks:
        raise InputError(f"{source.name} holds no text; there is nothing to read in it.")
    return Document(
        title=_first(drafts, BlockKind.TITLE),
        kicker=_first(drafts, BlockKind.KICKER),
        standfirst=_first(drafts, BlockKind.STANDFIRST),
        authors=frame.authors,
        date=frame.date,
        language=_language(reading, drafts),
        source=source,
        blocks=blocks,
        left_out=tuple(left_out),
        warnings=tuple(dict.fromkeys(reading.warnings)),
        pictures=tuple(reading.pictures),
    )


def _language(reading: Reading, drafts: list[Draft]) -> str:
    """Return the language that the text names, or the one that its words show."""
    if reading.language and reading.language[:2].isalpha():
        return reading.language[:2].lower()
    return language_of(" ".join(draft.text for draft in drafts))


def _first(drafts: list[Draft], kind: BlockKind) -> str | None:
    """Return the text of the first block of ``kind``."""
    return next((" ".join(d.text.split()) for d in drafts if d.kind is kind), None)


def _read(path: Path) -> bytes:
    """Return the bytes of a regular file; never waits on a pipe or a device."""
    name = path.name or str(path)
    try:
        descriptor = os.open(path, READ_FLAGS)
    except OSError as error:
        raise InputError(_cant_open(path, name, error)) from error
    except ValueError as error:
        raise InputError(f"{name!r} is not the name of a file.") from error
    try:
        state = os.fstat(descriptor)
        # Asked before it becomes a stream: Python opens none for a folder.
        if stat.S_ISDIR(state.st_mode):
            raise InputError(f"{name} is a folder; choose a file in it.")
        if not stat.S_ISREG(state.st_mode):
            raise InputError(f"{name} is a device or a pipe, not a file with a text.")
        if state.st_size > MAX_FILE:
            raise InputError(_too_large(name))
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(MAX_FILE + 1)
    except OSError as error:
        raise InputError(_cant_open(path, name, error)) from error
    finally:
        os.close(descriptor)


def _too_large(name: str) -> str:
    limit = MAX_FILE // (1024 * 1024)
    return f"{name} is larger than {limit} MB; split it into smaller files."


def _cant_open(path: Path, name: str, error: OSError) -> str:
    """Return the sentence for a file that does not open."""
    if isinstance(error, FileNotFoundError):
        return f"There is no file {path}; check its name and folder."
    # Not Path.is_dir: that raises where a folder on the way may not be entered.
    if isinstance(error, IsADirectoryError) or os.path.isdir(path):  # noqa: PTH112
        return f"{name} is a folder; choose a file in it."
    if isinstance(error, PermissionError):
        return f"{name} can't be read: you have no permission; change its access rights first."
    return f"{name} can't be read ({error.strerror or error}); check the file and its disk."
