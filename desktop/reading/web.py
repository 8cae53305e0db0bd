"""A page from the web, fetched only when the reader typed its address; the one download there is.

No cookies, no script, no picture, nothing else of the page is asked for.
"""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
from email.message import Message
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from desktop.errors import InputError
from desktop.reading.address import is_address

#: The largest answer that is taken, in bytes, and how long it may take, in seconds.
MAX_PAGE = 20 * 1024 * 1024
_SECONDS = 20.0
_SILENCE = 10.0
_MOST_REDIRECTS = 5
_CHUNK = 1 << 16

#: What a server may call a text; octet-stream is what it calls a file that it doesn't know.
_KINDS = re.compile(
    r"text/(?:html|plain|markdown|x-markdown|rtf|xml)|application/(?:xhtml\+xml|pdf|rtf|epub\+zip|"
    r"xml|zip|octet-stream|x-fictionbook\+xml|vnd\.openxmlformats-officedocument\.wordprocessingml"
    r"\.document|vnd\.oasis\.opendocument\.text)"
)


def fetch(address: str) -> tuple[bytes, str]:
    """Return the contents of an ``http(s)`` address and a name for them; raises ``InputError``."""
    shown = address[:120]
    try:
        parts = urlsplit(address)
        if not parts.hostname or not is_address(address):
            raise ValueError("no host")
        request = urllib.request.Request(
            address,
            headers={"User-Agent": "Glossator (a reader's desktop program)", "Accept": "*/*"},
        )
        opener = urllib.request.build_opener(_FewRedirects)
        with opener.open(request, timeout=_SILENCE) as answer:
            return _body(answer, shown), _name(answer.geturl(), answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            raise InputError(f"{shown} can't be read: {_refusal(error)}.") from error
    except TimeoutError as error:
        raise InputError(f"{shown} can't be read: the server takes too long.") from error
    except urllib.error.URLError as error:
        late = isinstance(error.reason, TimeoutError)
        cause = "the server takes too long" if late else f"no connection ({_reason(error.reason)})"
        raise InputError(f"{shown} can't be read: {cause}.") from error
    except (OSError, http.client.HTTPException) as error:
        raise InputError(f"{shown} can't be read: the connection broke off.") from error
    except ValueError as error:
        raise InputError(f"{shown} is not the address of a page; check how it is typed.") from error


class _FewRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, to web pages alone."""

    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
        headers: Any, newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        if not is_address(newurl):
            raise urllib.error.URLError("it leads to no web page")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _body(answer: Any, shown: str) -> bytes:
    """Return what the server sends, within the limits."""
    kind = answer.headers.get_content_type()
    if not _KINDS.fullmatch(kind):
        raise InputError(f"{shown} can't be read: it is {kind}, not a text.")
    began = time.monotonic()
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_CHUNK):
        size += len(piece)
        if size > MAX_PAGE:
            raise InputError(f"{shown} can't be read: it is larger than {MAX_PAGE >> 20} MB.")
        if time.monotonic() - began > _SECONDS:
            raise TimeoutError
        pieces.append(piece)
    told = answer.headers.get("Content-Length") or ""
    if told.isdecimal() and size < int(told):
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)


def _name(address: str, headers: Message) -> str:
    """Return what the page is called in the library: the last part of its address."""
    parts = urlsplit(address)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    name = re.sub(r"[^\w.\- ]+", "-", last).strip(". -")[:80]
    return name or parts.hostname or str(headers.get_content_type())


def _refusal(error: urllib.error.HTTPError) -> str:
    if 300 <= error.code < 400:
        return "it leads on and on, or to no web page"
    return f"the server answers {error.code} ({_reason(error.reason)})"


def _reason(reason: object) -> str:
    text = getattr(reason, "strerror", None) or str(reason)
    return " ".join(str(text).split())[:120]
