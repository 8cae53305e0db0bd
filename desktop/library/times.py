"""Times as the library stores them: whole milliseconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Return the milliseconds of an aware time, exactly."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(milliseconds: int) -> datetime:
    """Return the UTC time of ``milliseconds``."""
    return _EPOCH + milliseconds * _MILLISECOND


def optional_ms(moment: datetime | None) -> int | None:
    """Return the milliseconds of a time that may be absent."""
    return None if moment is None else to_ms(moment)


def optional_time(milliseconds: int | None) -> datetime | None:
    """Return the time of milliseconds that may be absent."""
    return None if milliseconds is None else from_ms(milliseconds)
