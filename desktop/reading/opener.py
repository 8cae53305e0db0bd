"""Opening a text: a file or its bytes → ``Document``; the format is told by the content."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

from desktop.errors import InputError
from desktop.reading.assembly import assemble
from desktop.reading.document import Block, Document, Picture, Source
from desktop.reading.draft import Reading
from desktop.reading.encoding import decode
from desktop.reading.formats import BY_KEY, FORMATS, Format, names_of_formats
from desktop.reading.limits import MAX_FILE, Watch
from desktop.reading.markup import Markup, is_tangled, markup_of
from desktop.reading.pictures import READ_FLAGS, read_picture
from desktop.reading.plain_text import read_plain_text
from desktop.reading.signatures import CALLED, told_format

#: The formats that open, with the name endings that usually go with them.
SUPPORTED: tuple[tuple[str, tuple[str, ...]], ...] = tuple(
    (one.name, one.endings) for one in FORMATS
)

#: The largest text that is read as Markdown, in bytes.
MAX_MARKDOWN = 4 * 1024 * 1024

_MOST_REASONS = 3
_HEAD = 64 * 1024


def open_document(
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the word of the command line
    watch: Watch | None = None,
) -> Document:
    """Open the text at ``path``; ``format`` ("txt", "md", …) overrides what its content says.

    ``watch`` is called again and again with the share (0..1) that was read, as far as it is
    known; what it raises ends the reading.

    Raises ``InputError`` with one sentence when it can't be read as a text.
    """
    path = Path(path)
    data = _read(path, format)
    return read_document(data, name=path.name, format=format, folder=path.parent, watch=watch)


def read_document(
    data: bytes,
    *,
    name: str,
    format: str | None = None,  # noqa: A002 - the word of the command line
    folder: Path | None = None,
    watch: Watch | None = None,
) -> Document:
    """Read the bytes of a text that is called ``name``.

    ``format`` is the key of a format ("txt", "md", …) or None (told by the content). Pictures that
    lie beside the text are looked for in ``folder`` and below; without a folder none are read.
    """
    if format is not None and format not in BY_KEY:
        raise InputError(
            f"{name} can't be opened as {format!r}; this version opens {names_of_formats()}."
        )
    if len(data) > MAX_FILE:
        raise InputError(_too_large(name, MAX_FILE))
    if not data or data.isspace():
        raise InputError(f"{name} is empty; there is nothing to read in it.")
    told = format or told_format(data)
    if told is not None and told not in BY_KEY:
        raise InputError(
            f"{name} is {CALLED[told]}; this version opens {names_of_formats()}, so save it as "
            "one of these first."
        )
    if told is not None and BY_KEY[told].reader:
        return _read_apart(data, name, BY_KEY[told], folder, watch)
    return _read_text(data, name, format, folder)


def _read_apart(
    data: bytes, name: str, one: Format, folder: Path | None, watch: Watch | None
) -> Document:
    """Read an untrusted format in a process of its own; add the pictures that lie beside it."""
    from desktop.reading.isolation import read_isolated

    if len(data) > one.largest:
        raise InputError(_too_large(name, one.largest))
    return _with_pictures(read_isolated(data, name, one, watch=watch), folder)


def _with_pictures(document: Document, folder: Path | None) -> Document:
    """Return the document with the pictures that its figures name but that are not in the file.

    A figure of which neither picture nor words are left is none.
    """
    known = {picture.name for picture in document.pictures}
    targets = [b.picture for b in document.blocks if b.picture and b.picture not in known]
    if not targets:
        return document
    found = {target: read_picture(folder, target) for target in dict.fromkeys(targets)}
    blocks: list[Block] = []
    for block in document.blocks:
        picture = found.get(block.picture or "")
        if isinstance(picture, Picture):
            block = replace(block, picture=picture.name)
        elif picture is not None:
            block = replace(block, picture=None)
        if block.text or block.picture:
            blocks.append(replace(block, index=len(blocks)))
    pictures = {one.name: one for one in found.values() if isinstance(one, Picture)}
    return replace(
        document,
        blocks=tuple(blocks),
        pictures=(*document.pictures, *pictures.values()),
        warnings=(*document.warnings, *_missing([t for t in found.values() if isinstance(t, str)])),
    )


def _missing(reasons: list[str]) -> list[str]:
    """Return why pictures are not shown, in at most a few sentences."""
    if len(reasons) <= _MOST_REASONS:
        return reasons
    return [f"{len(reasons)} pictures of the page were not found beside it or can't be shown."]


def _read_text(data: bytes, name: str, chosen: str | None, folder: Path | None) -> Document:
    """Read plain text or Markdown, here: their parsers are ours or were tried with anything."""
    if len(data) > BY_KEY["txt"].largest:
        raise InputError(_too_large(name, BY_KEY["txt"].largest))
    text = decode(data, name)
    if not text.strip():
        raise InputError(f"{name} is empty; it holds nothing but white space.")
    reading, told = _parse(text, len(data), chosen, folder)
    source = Source(name, hashlib.sha256(data).hexdigest(), told)
    try:
        return assemble(reading, source)
    except InputError as error:
        raise InputError(f"{name} can't be opened: {error}.") from error


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


def _read(path: Path, chosen: str | None) -> bytes:
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
            raise InputError(_too_large(name, MAX_FILE))
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            head = stream.read(_HEAD)
            told = chosen or told_format(head)
            # Refused before all of it is in memory: most huge files are logs or dumps.
            largest = BY_KEY[told].largest if told in BY_KEY else BY_KEY["txt"].largest
            if state.st_size > largest and (told in BY_KEY or told is None):
                raise InputError(_too_large(name, largest))
            return head + stream.read(MAX_FILE + 1 - len(head))
    except OSError as error:
        raise InputError(_cant_open(path, name, error)) from error
    finally:
        os.close(descriptor)


def _too_large(name: str, limit: int) -> str:
    return f"{name} is larger than {limit >> 20} MB; split it into smaller files."


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
