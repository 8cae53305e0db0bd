"""The wire format of protocol buffers, as far as Anki's messages need it.

A message becomes a mapping from field numbers to the values found, in their order: whole numbers
of varints, four or eight bytes of fixed-size fields, bytes of all else. Tables of fields
(``Shape``) then name and type them.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Message = dict[int, list[Any]]

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5
_WIDEST = 10  # bytes of a varint of 64 bits


class Type(Enum):
    """What a field's value is."""

    UNSIGNED = "unsigned"
    SIGNED = "signed"
    BOOL = "bool"
    FLOAT = "float"
    TEXT = "text"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its number: its name in Anki's exchange format, its type, whether it repeats.

    ``default`` stands where the message has no such field; proto3 leaves zeros out.
    """

    number: int
    name: str
    type: Type
    repeated: bool = False
    default: Any = None


Shape = tuple[Field, ...]

_ZEROS: Mapping[Type, Any] = {
    Type.UNSIGNED: 0, Type.SIGNED: 0, Type.BOOL: False, Type.FLOAT: 0.0, Type.TEXT: "",
    Type.BYTES: b"",
}  # fmt: skip


def parse(data: bytes) -> Message:
    """Return the fields of a message; raises ``ValueError`` where it is none."""
    found: Message = {}
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        value: Any
        if kind == _VARINT:
            value, at = _varint(data, at)
        elif kind == _LENGTH:
            size, at = _varint(data, at)
            value, at = _piece(data, at, size)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            value, at = _piece(data, at, 8 if kind == _EIGHT_BYTES else 4)
        else:
            raise ValueError(f"a field of the unknown kind {kind}")
        found.setdefault(number, []).append(value)
    return found


def decode(data: bytes, shape: Shape) -> dict[str, Any]:
    """Return the fields of ``shape`` that a message has, by name, absent ones as their default."""
    message = parse(data)
    return {field.name: _value(message.get(field.number, []), field) for field in shape}


def _value(found: list[Any], field: Field) -> Any:
    if field.repeated:
        return [one for value in found for one in _repeated(value, field.type)]
    if not found:
        return _ZEROS[field.type] if field.default is None else field.default
    return _typed(found[-1], field.type)


def _repeated(value: Any, kind: Type) -> list[Any]:
    """Return one value, or those of a packed list."""
    if kind in (Type.TEXT, Type.BYTES) or isinstance(value, int):
        return [_typed(value, kind)]
    if kind is Type.FLOAT:
        return [_typed(value[at : at + 4], kind) for at in range(0, len(value), 4)]
    numbers, at = [], 0
    while at < len(value):
        number, at = _varint(value, at)
        numbers.append(_typed(number, kind))
    return numbers


def _typed(value: Any, kind: Type) -> Any:
    """Return a value of the wire as one of Python; raises ``ValueError`` where it is another."""
    if kind in (Type.TEXT, Type.BYTES):
        if not isinstance(value, bytes):
            raise ValueError("a number in place of a text")
        return value.decode() if kind is Type.TEXT else value
    if kind is Type.FLOAT:
        if not isinstance(value, bytes) or len(value) != 4:
            raise ValueError("no floating-point number")
        return shortest_float(struct.unpack("<f", value)[0])
    if not isinstance(value, int):
        raise ValueError("a text in place of a number")
    if kind is Type.BOOL:
        return bool(value)
    if kind is Type.SIGNED and value >= 1 << 63:
        return value - (1 << 64)
    return value


def shortest_float(value: float) -> float:
    """Return the number with the fewest digits that has the same four bytes, as Anki writes it."""
    if not abs(value) < 1e38:  # no number, or too large to be rounded
        return 0.0
    packed = struct.pack("<f", value)
    for digits in range(6, 10):
        short = float(f"{value:.{digits}g}")
        if struct.pack("<f", short) == packed:
            return short
    return value


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = 0
    for shift in range(_WIDEST):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        number |= (byte & 127) << (7 * shift)
        if byte < 128:
            return number & ((1 << 64) - 1), at
    raise ValueError("a number without an end")


def _piece(data: bytes, at: int, size: int) -> tuple[bytes, int]:
    if size > len(data) - at:
        raise ValueError("a piece longer than its message")
    return data[at : at + size], at + size
