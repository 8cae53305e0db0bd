"""Opening a file: what comes back, whatever it is called, and one sentence when it can't be."""

from __future__ import annotations

import contextlib
import os
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.reading.document import BlockKind
from desktop.reading.opener import MAX_FILE, SUPPORTED, open_document, read_document

PROSE = b"The river rose in the night, and nobody in the village slept before it fell again.\n"


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        open_document(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_text_opens_with_its_source(tmp_path: Path) -> None:
    path = tmp_path / "river.txt"
    path.write_bytes(PROSE)
    document = open_document(path)
    assert [block.text for block in document.blocks] == [PROSE.decode().strip()]
    assert document.source.name == "river.txt"
    assert document.source.format == "txt"
    assert len(document.source.sha256) == 64
    assert document.language == "en"


def test_the_content_tells_the_format_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("# Title\n\nFirst *word*.\n\n## Part\n\n- one\n- two\n", encoding="utf-8")
    document = open_document(path)
    assert document.source.format == "md"
    assert [block.kind for block in document.blocks][-2:] == [BlockKind.LIST_ITEM] * 2
    path = tmp_path / "river.md"
    path.write_bytes(PROSE)
    assert open_document(path).blocks[0].text.startswith("The river")


def test_the_reader_can_name_the_format() -> None:
    data = b"- one\n- two\n\n> quoted\n"
    assert read_document(data, name="-", format="txt").source.format == "txt"
    assert read_document(b"Plain.", name="-", format="md").source.format == "md"
    with pytest.raises(InputError, match="plain text"):
        read_document(data, name="-", format="djvu")


def test_the_same_bytes_give_the_same_document() -> None:
    assert read_document(PROSE, name="a.txt") == read_document(PROSE, name="a.txt")


def test_missing_file(tmp_path: Path) -> None:
    assert "nowhere.txt" in refused(tmp_path / "nowhere.txt")


def test_folder(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", "\ufeff\n".encode()])
def test_empty_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "nothing.txt"
    path.write_bytes(data)
    assert "nothing.txt is empty" in refused(path)


@pytest.mark.parametrize(
    "data", [random.Random(1).randbytes(5000), b"\0" * 5000, bytes(range(256)) * 20]
)
def test_binary_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "noise.txt"
    path.write_bytes(data)
    assert "noise.txt" in refused(path)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Give root's rights up for a while: root reads everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_bytes(PROSE)
    path.chmod(0)
    with as_nobody():
        assert "permission" in refused(path)


def test_too_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    assert "huge.txt is larger than 200 MB" in refused(path)


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert "a.txt" in refused(tmp_path / "a.txt")


def test_a_pipe_and_a_device_never_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "pipe.txt is a device or a pipe" in refused(pipe)
    assert "device" in refused(Path("/dev/zero"))


def test_a_name_that_no_file_can_have() -> None:
    refused(Path("bad\0name.txt"))
    refused(Path("x" * 5000))


@pytest.mark.parametrize(
    ("data", "called"),
    [
        (b"%!PS-Adobe-3.0\n%%Pages: 1\n", "a PostScript file"),
        (b"GIF89a" + b"\0" * 50, "a GIF picture"),
        (b"PK\x03\x04" + b"\0" * 50, "ZIP"),
    ],
)
def test_other_formats_are_named_with_what_to_do(data: bytes, called: str) -> None:
    with pytest.raises(InputError) as caught:
        read_document(data, name="paper.txt")
    assert called in str(caught.value)
    assert "this version opens plain text, Markdown" in str(caught.value)


def test_the_open_dialog_has_endings() -> None:
    assert all(ending.startswith(".") for _, endings in SUPPORTED for ending in endings)


def test_a_huge_text_is_refused_before_all_of_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    with path.open("wb") as stream:
        stream.write(b"a line without an end " * 4000)
        stream.truncate(100 << 20)
    tracemalloc.start()
    try:
        assert "line.txt is larger than 16 MB" in refused(path)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_texts_that_would_take_minutes_are_read_without_mending() -> None:
    lines = "one two\n" * 130_000 + "\nthe end\n"
    document = read_document(lines.encode(), name="log.txt")
    assert document.blocks[-1].text == "the end"
    assert "so many lines" in document.warnings[0]
    marked = "# T\n\n" + "*a* _b_ [c](d) `e` " * 15_000
    document = read_document("\n\n".join(marked.split(") ")).encode(), name="marks.md", format="md")
    assert document.source.format == "txt"
    assert "too tangled" in document.warnings[0]
