"""A typed web address: fetched once, within limits, and each failure one sentence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.operations.texts import fetched, read_text
from desktop.reading import web
from tests.reading.test_html import PAGE


class Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str | None]]

    def log_message(self, *_arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Cookie")))
        kind, body = "text/html; charset=utf-8", PAGE.encode()
        if self.path == "/gone":
            self.send_error(404)
            return
        if self.path.startswith(("/round", "/file", "/moved")):
            self.send_response(302)
            goals = {"/round": "/round", "/file": "file:///etc/passwd", "/moved": "/the-keepers"}
            self.send_header("Location", goals[self.path])
            self.send_header("Set-Cookie", "a=b")
            self.end_headers()
            return
        if self.path == "/film":
            kind = "video/mp4"
        elif self.path == "/large":
            body = bytes(web.MAX_PAGE + 1)
        elif self.path == "/slow":
            self.server.wake.wait(5)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) + (self.path == "/cut")))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked, server.wake = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.wake.set()
    server.shutdown()
    server.server_close()
    thread.join()


def at(site: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{site.server_port}{path}"


def test_a_page_is_read_and_nothing_else_is_asked_for(site: ThreadingHTTPServer) -> None:
    document = read_text(at(site, "/the-keepers?x=1"))
    assert (document.title, document.source.name) == ("The last keepers", "the-keepers")
    assert document.source.format == "html"
    assert site.asked == [("/the-keepers?x=1", None)]


def test_redirects_are_followed_without_cookies(site: ThreadingHTTPServer) -> None:
    assert read_text(at(site, "/moved")).source.name == "the-keepers"
    assert site.asked == [("/moved", None), ("/the-keepers", None)]


def test_the_window_gets_a_file(site: ThreadingHTTPServer, tmp_path: Path) -> None:
    path = fetched(at(site, "/the-keepers"), tmp_path)
    assert path.read_bytes() == PAGE.encode()
    assert fetched("a/b.txt", tmp_path) == Path("a/b.txt")


@pytest.mark.parametrize(
    ("path", "cause"),
    [("/gone", "404"), ("/round", "on and on"), ("/film", "video/mp4"), ("/large", "20 MB"),
     ("/file", "no web page"), ("/cut", "broke off"), ("/slow", "too long")],
)  # fmt: skip
def test_failures_are_sentences(
    site: ThreadingHTTPServer, path: str, cause: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_SILENCE", 1.0)
    with pytest.raises(InputError) as caught:
        web.fetch(at(site, path))
    sentence = str(caught.value)
    assert cause in sentence
    assert sentence.startswith("http://127.0.0.1")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://", "https://[", "http://a b/"])
def test_addresses_that_lead_nowhere(address: str) -> None:
    with pytest.raises(InputError):
        web.fetch(address)
