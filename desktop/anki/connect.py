"""AnkiConnect, the add-on through which a running Anki takes requests: one call, its errors.

Only the standard library's HTTP is used, and no address but the one in the settings, which is
this computer's own unless the reader says otherwise.
"""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Sequence
from typing import Any

from desktop.errors import AnkiError

DEFAULT_ADDRESS = "127.0.0.1:8765"

#: The version of the interface that is spoken here, and the oldest that can be.
VERSION = 6

#: Seconds to wait for a connection, for an answer, and for a large import.
CONNECT_WAIT, ANSWER_WAIT, IMPORT_WAIT = 3.0, 20.0, 900.0

_MAX_ANSWER = 512 * 1024 * 1024
_AGAIN = "then try again; what was done already is not done twice."


class NotSupportedError(AnkiError):
    """An action that an old AnkiConnect doesn't know."""


class AnkiConnect:
    """One AnkiConnect at ``address`` (``host:port``); ``key`` is what it may ask for.

    Every call raises ``AnkiError`` with one sentence: Anki closed, busy, without a profile, too
    old, or something else at the address.
    """

    def __init__(
        self, address: str = DEFAULT_ADDRESS, key: str = "", *, wait: float = ANSWER_WAIT
    ) -> None:
        self.address = address
        self._host, self._port = _split(address)
        self._key = key
        self._wait = wait

    def ask(self, action: str, /, *, wait: float | None = None, **params: Any) -> Any:
        """Do one action and return its result."""
        request = self._request(action, params)
        return self._result(action, self._send(request, wait or self._wait))

    def ask_all(self, actions: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
        """Do some actions in one request; return result or ``AnkiError`` of each, in order."""
        requests = [self._request(action, params) for action, params in actions]
        answers = self.ask("multi", actions=requests)
        if not isinstance(answers, list) or len(answers) != len(actions):
            raise self._nothing("multi")
        results: list[Any] = []
        for (action, _params), answer in zip(actions, answers, strict=True):
            try:
                results.append(self._result(action, answer))
            except AnkiError as error:
                results.append(error)
        return results

    def check_version(self) -> None:
        """Raise ``AnkiError`` unless a usable AnkiConnect answers."""
        version = self.ask("version")
        if not isinstance(version, int):
            raise self._other()
        if version < VERSION:
            raise AnkiError(
                f"The AnkiConnect add-on in Anki is too old (version {version} of its interface, "
                f"{VERSION} is needed); update it under Tools, Add-ons."
            )

    def _request(self, action: str, params: dict[str, Any]) -> dict[str, Any]:
        request: dict[str, Any] = {"action": action, "version": VERSION, "params": params}
        if self._key:
            request["key"] = self._key
        return request

    def _send(self, request: dict[str, Any], wait: float) -> Any:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=CONNECT_WAIT)
        try:
            connection.connect()
            connection.sock.settimeout(wait)
            body = json.dumps(request).encode()
            connection.request("POST", "/", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            data = answer.read(_MAX_ANSWER + 1)
            if answer.status == http.client.FORBIDDEN:
                raise AnkiError(
                    f"AnkiConnect at {self.address} refuses this computer; allow it in the "
                    "add-on's configuration."
                )
            if answer.status != http.client.OK or len(data) > _MAX_ANSWER:
                raise self._other()
            return json.loads(data)
        except TimeoutError:
            raise AnkiError(
                "Anki does not answer: it may be busy, or a dialog may be open in it; finish "
                f"that, {_AGAIN}"
            ) from None
        except (ConnectionRefusedError, socket.gaierror):
            raise AnkiError(
                f"No Anki answers at {self.address}; open Anki with the AnkiConnect add-on "
                f"(2055492159), {_AGAIN}"
            ) from None
        except (ConnectionError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, http.client.RemoteDisconnected | ConnectionError):
                raise AnkiError(f"Anki was closed meanwhile; open it, {_AGAIN}") from None
            raise self._other() from None
        except OSError as error:
            raise AnkiError(
                f"{self.address} can't be reached ({error.strerror or error}); check the address "
                "in the settings."
            ) from None
        finally:
            connection.close()

    def _result(self, action: str, answer: Any) -> Any:
        if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
            if answer is None or isinstance(answer, dict):
                raise self._other()
            return answer  # of an interface older than our own: its version says so
        error = answer["error"]
        if error is None:
            return answer["result"]
        text = str(error)
        if "unsupported action" in text:
            raise NotSupportedError(
                f"AnkiConnect in Anki is too old, it doesn't know “{action}”; update it under "
                "Tools, Add-ons."
            )
        if "api key" in text:
            raise AnkiError("AnkiConnect asks for its API key; put it into the settings.")
        if "collection is not available" in text or "CollectionNotOpen" in text:
            raise AnkiError(
                f"Anki has no profile open, or is syncing; open one or let it end, {_AGAIN}"
            )
        raise AnkiError(f"Anki refuses “{action}”: {' '.join(text.split())[:300]}.")

    def _nothing(self, action: str) -> AnkiError:
        return AnkiError(f"Anki answered “{action}” with nothing; look at Anki, {_AGAIN}")

    def _other(self) -> AnkiError:
        return AnkiError(
            f"What answers at {self.address} is not AnkiConnect; check the address in the settings."
        )


def _split(address: str) -> tuple[str, int]:
    """Return host and port; raise ``AnkiError`` for what is none."""
    rest = address.removeprefix("http://").rstrip("/")
    host, _colon, port = rest.rpartition(":")
    if not host:
        host, port = rest, DEFAULT_ADDRESS.rpartition(":")[2]
    if not host or not port.isdecimal() or not 0 < int(port) < 65536 or "/" in host:
        raise AnkiError(f"“{address}” is no address of AnkiConnect; write {DEFAULT_ADDRESS}.")
    return host.strip("[]"), int(port)
