"""Readers that do what no reader should, for the tests of isolation."""

from __future__ import annotations

import ctypes
import os
import socket
import time
from pathlib import Path

from desktop.errors import InputError
from desktop.reading.document import BlockKind, Picture
from desktop.reading.draft import Draft, Reading
from desktop.reading.limits import Limits


def well(data: bytes, limits: Limits) -> Reading:
    print("what a library prints")
    os.write(1, b"and what C code prints")
    picture = Picture("a.png", "image/png", b"\x89PNG" + bytes(5000))
    drafts = [
        Draft(BlockKind.PARAGRAPH, line, anchor=f"line-{number}", page="xii", language="la")
        for number, line in enumerate(data.decode().splitlines())
    ]
    return Reading([*drafts, Draft(BlockKind.FIGURE, "", picture="a.png")], pictures=[picture],
                   whole=True)  # fmt: skip


def refuses(data: bytes, limits: Limits) -> Reading:
    raise InputError("it is locked with a password")


def fails(data: bytes, limits: Limits) -> Reading:
    raise ZeroDivisionError


def hangs(data: bytes, limits: Limits) -> Reading:
    while True:
        time.sleep(1)


def dies(data: bytes, limits: Limits) -> Reading:
    if b"die" in data:
        ctypes.string_at(0)
    return well(data, limits)


def fills_memory(data: bytes, limits: Limits) -> Reading:
    pieces = [bytes(64 << 20) for _ in range(100)]
    return Reading([Draft(BlockKind.PARAGRAPH, str(len(pieces)))])


def says_too_much(data: bytes, limits: Limits) -> Reading:
    picture = Picture("a", "image/png", bytes(5 << 20))
    return Reading([Draft(BlockKind.PARAGRAPH, "Words.")], pictures=[picture] * 3, whole=True)


def writes(data: bytes, limits: Limits) -> Reading:
    Path(data.decode()).write_text("left behind")
    return well(data, limits)


def connects(data: bytes, limits: Limits) -> Reading:
    socket.create_connection(("127.0.0.1", int(data)))
    return well(data, limits)


def takes_its_time(data: bytes, limits: Limits) -> Reading:
    for page in range(10):
        time.sleep(0.3)
        limits.report(page + 1, 10)
    return well(data, limits)


def takes_for_ever(data: bytes, limits: Limits) -> Reading:
    for page in range(1000):
        time.sleep(0.2)
        limits.report(page + 1, 1_000_000)
    return well(data, limits)
