"""Pages that a browser saved as one file (MHTML): the page and the pictures beside it."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from desktop.errors import InputError
from desktop.reading.limits import Limits

_MOST_PARTS = 2000


def unpacked_page(data: bytes, limits: Limits) -> tuple[bytes, dict[str, bytes]]:
    """Return the page, and the pictures by the addresses at which it shows them.

    Raises ``InputError`` when no page is in the file.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    page: bytes | None = None
    pictures: dict[str, bytes] = {}
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS or part.is_multipart() or not isinstance(part, EmailMessage):
            continue
        kind = part.get_content_type()
        if kind in {"text/html", "application/xhtml+xml"} and page is None:
            page = _bytes(part)
        elif kind.startswith("image/") and sum(map(len, pictures.values())) < limits.pictures:
            _keep(part, pictures)
    if page is None:
        raise InputError("no page is in it")
    return page, pictures


def _keep(part: EmailMessage, pictures: dict[str, bytes]) -> None:
    """Keep a picture under its address and under its name in the file."""
    location = str(part.get("Content-Location") or "").strip()
    name = str(part.get("Content-ID") or "").strip(" <>")
    for address in (location, f"cid:{name}" if name else ""):
        if address:
            pictures.setdefault(address, _bytes(part))


def _bytes(part: EmailMessage) -> bytes:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return b""
    charset = part.get_content_charset()
    if charset and part.get_content_maintype() == "text":
        try:
            return body.decode(charset).encode("utf-8")
        except (LookupError, UnicodeError):
            return body
    return body
