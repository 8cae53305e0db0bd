"""A file that is made to do harm costs one sentence: no hang, no memory, nothing written."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.reading.formats import Format
from desktop.reading.isolation import BrokenReaderError, ReadingProcess, read_isolated
from desktop.reading.limits import DEFAULT, Limits

LIMITS = replace(DEFAULT, seconds=5.0)


def reader(function: str) -> Format:
    return Format("try", "Trial", "a trial", (), f"tests.reading.misbehaving:{function}")


def refused(function: str, data: bytes = b"Words.", limits: Limits = LIMITS) -> str:
    with pytest.raises(InputError) as caught:
        read_isolated(data, "odd.xyz", reader(function), limits)
    sentence = str(caught.value)
    assert sentence.startswith("odd.xyz can't be opened as a trial: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_what_was_read_comes_back_whole() -> None:
    document = read_isolated("Eins.\nZwei – “ß”.".encode(), "a", reader("well"), LIMITS)
    assert [block.text for block in document.blocks] == ["Eins.", "Zwei – “ß”.", ""]
    assert (document.blocks[1].anchor, document.blocks[1].page) == ("line-1", "xii")
    assert document.blocks[1].language == "la"
    assert document.blocks[2].picture == document.pictures[0].name
    assert len(document.pictures[0].data) == 5004
    assert document.source.format == "try"


def test_the_reason_of_a_reader_becomes_the_sentence() -> None:
    assert "it is locked with a password." in refused("refuses")


def test_a_defect_of_a_reader_is_a_sentence_too() -> None:
    assert "damaged" in refused("fails")


def test_a_reader_that_hangs_is_stopped() -> None:
    began = time.monotonic()
    assert "too long" in refused("hangs", limits=replace(LIMITS, seconds=2.0))
    assert time.monotonic() - began < 5


def test_a_reader_that_crashes_is_a_sentence() -> None:
    assert "damaged" in refused("dies", b"die")


def test_memory_is_bounded() -> None:
    assert "memory" in refused("fills_memory")


def test_what_comes_back_is_bounded() -> None:
    assert "larger" in refused("says_too_much", limits=replace(LIMITS, output=8 << 20))


def test_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    refused("writes", str(path).encode())
    assert not path.exists()


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_no_connection_is_opened(listening: socket.socket) -> None:
    refused("connects", str(listening.getsockname()[1]).encode())
    listening.settimeout(0.05)
    with pytest.raises(TimeoutError):
        listening.accept()


def test_who_reports_progress_is_given_time() -> None:
    short = replace(LIMITS, seconds=1.5, longest=20.0)
    assert read_isolated(b"Words.", "a", reader("takes_its_time"), short).blocks
    assert "too long" in refused("takes_for_ever", limits=short)


def test_a_process_goes_on_after_a_refusal_and_starts_again_after_a_crash() -> None:
    with ReadingProcess(reader("dies"), LIMITS) as process:
        assert process.read(b"One.", "a").blocks[0].text == "One."
        with pytest.raises(BrokenReaderError):
            process.read(b"die", "b")
        assert process.read(b"Two.", "c").blocks[0].text == "Two."
