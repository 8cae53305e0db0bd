"""AnkiConnect over the real Anki backend, for tests: its documented actions, and its bad days.

The add-on itself runs in Anki's window alone. This serves the same interface over HTTP on a
collection of the real backend, which so remains the judge of what was written. ``mischief`` makes
it fail as the add-on is known to: silently, with nulls, slowly, in an old version.
"""

from __future__ import annotations

import base64
import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from anki.collection import (
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.errors import NotFoundError

REVLOG = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")


class Actions:
    """The actions that Glossator may use, each as the add-on does it."""

    def __init__(self, collection: Collection) -> None:
        self.col = collection
        self.profile = "User 1"

    def version(self) -> int:
        return 6

    def apiReflect(self, scopes: list[str], actions: list[str] | None = None) -> dict[str, Any]:
        known = [name for name in dir(self) if not name.startswith("_")]
        return {"scopes": scopes, "actions": [n for n in known if not actions or n in actions]}

    def getActiveProfile(self) -> str:
        return self.profile

    def modelNamesAndIds(self) -> dict[str, int]:
        return {each.name: each.id for each in self.col.models.all_names_and_ids()}

    def modelTemplates(self, modelName: str) -> dict[str, dict[str, str]]:
        model = self._model(modelName)
        return {t["name"]: {"Front": t["qfmt"], "Back": t["afmt"]} for t in model["tmpls"]}

    def modelStyling(self, modelName: str) -> dict[str, str]:
        return {"css": self._model(modelName)["css"]}

    def updateModelTemplates(self, model: dict[str, Any]) -> None:
        found = self._model(model["name"])
        for template in found["tmpls"]:
            new = model["templates"].get(template["name"], {})
            template["qfmt"] = new.get("Front") or template["qfmt"]
            template["afmt"] = new.get("Back") or template["afmt"]
        self.col.models.update_dict(found)

    def updateModelStyling(self, model: dict[str, Any]) -> None:
        found = self._model(model["name"])
        found["css"] = model["css"]
        self.col.models.update_dict(found)

    def findNotes(self, query: str) -> list[int]:
        return list(self.col.find_notes(query))

    def findCards(self, query: str) -> list[int]:
        return list(self.col.find_cards(query))

    def notesInfo(self, notes: list[int]) -> list[dict[str, Any]]:
        return [self._note_info(nid) for nid in notes]

    def cardsInfo(self, cards: list[int]) -> list[dict[str, Any]]:
        return [self._card_info(cid) for cid in cards]

    def getDecks(self, cards: list[int]) -> dict[str, list[int]]:
        decks: dict[str, list[int]] = {}
        for cid in cards:
            did = self.col.db.scalar("select did from cards where id = ?", cid)
            decks.setdefault(self.col.decks.name(did), []).append(cid)
        return decks

    def deckNames(self) -> list[str]:
        return [deck.name for deck in self.col.decks.all_names_and_ids()]

    def getReviewsOfCards(self, cards: list[int]) -> dict[str, list[dict[str, int]]]:
        query = f"select {', '.join(REVLOG)} from revlog where cid = ?"
        return {
            str(cid): [dict(zip(REVLOG, row, strict=True)) for row in self.col.db.all(query, cid)]
            for cid in cards
        }

    def updateNoteFields(self, note: dict[str, Any]) -> None:
        found = self._note(note["id"])
        for name, value in note["fields"].items():
            if name in found:
                found[name] = value
        self.col.update_note(found)

    def addTags(self, notes: list[int], tags: str) -> None:
        self.col.tags.bulk_add(notes, tags)

    def removeTags(self, notes: list[int], tags: str) -> None:
        self.col.tags.bulk_remove(notes, tags)

    def changeDeck(self, cards: list[int], deck: str) -> None:
        self.col.set_deck(cards, self.col.decks.id(deck))

    def suspend(self, cards: list[int], suspend: bool = True) -> bool:
        for cid in cards:  # as the add-on does it: each one found leaves the next unlooked at
            if (self.col.get_card(cid).queue == -1) == suspend:
                cards.remove(cid)
        if not cards:
            return False
        (self.col.sched.suspend_cards if suspend else self.col.sched.unsuspend_cards)(cards)
        return True

    def unsuspend(self, cards: list[int]) -> None:
        self.suspend(cards, False)

    def setSpecificValueOfCard(
        self, card: int, keys: list[str], newValues: list[Any], warning_check: bool = False
    ) -> list[Any]:
        assert warning_check or not {"did", "due", "ivl", "queue"} & set(keys)
        found = self.col.get_card(card)
        for key, value in zip(keys, newValues, strict=True):
            setattr(found, key, value)
        self.col.update_card(found)
        return [True] * len(keys)

    def deleteNotes(self, notes: list[int]) -> None:
        self.col.remove_notes(notes)

    def deleteDecks(self, decks: list[str], cardsToo: bool = False) -> None:
        assert cardsToo
        self.col.decks.remove([did for d in decks if (did := self.col.decks.id_for_name(d))])

    def getDeckStats(self, decks: list[str]) -> dict[str, Any]:
        names = {self.col.decks.id(name): name for name in decks}
        counts = "select count() from cards where did = ? or odid = ?"
        return {
            str(did): {"name": name, "total_in_deck": self.col.db.scalar(counts, did, did)}
            for did, name in names.items()
        }

    def importPackage(self, path: str) -> bool:
        options = ImportAnkiPackageOptions(with_scheduling=True, merge_notetypes=False)
        request = ImportAnkiPackageRequest(package_path=path, options=options)
        self.col.import_anki_package(request)
        return True

    def exportPackage(self, deck: str, path: str, includeSched: bool = False) -> bool:
        did = self.col.decks.id_for_name(deck)
        if did is None:
            return False
        options = ExportAnkiPackageOptions(
            with_scheduling=includeSched, with_media=True, legacy=True
        )
        self.col.export_anki_package(out_path=path, options=options, limit=DeckIdLimit(did))
        return True

    def storeMediaFile(
        self, filename: str, data: str | None = None, path: str | None = None
    ) -> str:
        content = base64.b64decode(data) if data else Path(str(path)).read_bytes()
        if self.col.media.have(filename):
            self.col.media.trash_files([filename])
        return self.col.media.write_data(filename, content)

    def getMediaFilesNames(self, pattern: str = "*") -> list[str]:
        return [path.name for path in Path(self.col.media.dir()).glob(pattern)]

    def getMediaDirPath(self) -> str:
        return self.col.media.dir()

    def deleteMediaFile(self, filename: str) -> None:
        self.col.media.trash_files([filename])

    def _model(self, name: str) -> Any:
        model = self.col.models.by_name(name)
        if model is None:
            raise ValueError(f"model was not found: {name}")
        return model

    def _note(self, nid: int) -> Any:
        try:
            return self.col.get_note(nid)
        except NotFoundError:
            raise ValueError(f"Note was not found: {nid}") from None

    def _card_info(self, cid: int) -> dict[str, Any]:
        card = self.col.get_card(cid)
        return {
            "cardId": card.id, "note": card.nid, "ord": card.ord, "type": card.type,
            "queue": card.queue, "due": card.due, "interval": card.ivl, "factor": card.factor,
            "reps": card.reps, "lapses": card.lapses, "left": card.left, "mod": card.mod,
        }  # fmt: skip

    def _note_info(self, nid: int) -> dict[str, Any]:
        try:
            note = self.col.get_note(nid)
        except NotFoundError:
            return {}
        fields = {
            name: {"value": value, "order": order} for order, (name, value) in
            enumerate(note.items())
        }  # fmt: skip
        return {
            "noteId": note.id, "profile": self.profile, "tags": note.tags, "fields": fields,
            "modelName": note.note_type()["name"], "mod": note.mod,
            "cards": self.col.db.list("select id from cards where nid = ? order by ord", nid),
        }  # fmt: skip


class Server:
    """Serves one collection until closed; what ``mischief`` names goes wrong."""

    def __init__(self, collection: Collection) -> None:
        self.actions = Actions(collection)
        self.mischief: dict[str, Any] = {}
        self.asked: list[str] = []
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                body = server._answer(self.rfile.read(length))
                try:
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # who asked has gone

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.address = f"127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _answer(self, body: bytes) -> bytes:
        if "raw" in self.mischief:
            return bytes(self.mischief["raw"])
        if "hang" in self.mischief:
            time.sleep(self.mischief["hang"])
        with self._lock:
            return json.dumps(self._handle(json.loads(body))).encode()

    def _handle(self, request: dict[str, Any]) -> Any:
        action, params = request["action"], request.get("params", {})
        self.asked.append(action)
        if action == "multi":
            return {"result": [self._handle(each) for each in params["actions"]], "error": None}
        if action == "version" and "version" in self.mischief:
            return self.mischief["version"]
        if action in self.mischief.get("unsupported", ()):
            return {"result": None, "error": "unsupported action"}
        if action in self.mischief.get("null", ()):
            return {"result": None, "error": None}
        if action in self.mischief.get("silent", ()):
            return {"result": True if action == "importPackage" else None, "error": None}
        if "error" in self.mischief:
            return {"result": None, "error": self.mischief["error"]}
        if self.mischief.get("key") and request.get("key") != self.mischief["key"]:
            return {"result": None, "error": "valid api key must be provided"}
        method = None if action.startswith("_") else getattr(self.actions, action, None)
        if method is None:
            return {"result": None, "error": "unsupported action"}
        try:
            return {"result": method(**params), "error": None}
        except Exception as error:
            return {"result": None, "error": str(error)}


@contextmanager
def anki_connect(collection: Collection) -> Iterator[Server]:
    """Serve a collection for a while."""
    server = Server(collection)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def fresh_collection() -> Iterator[Collection]:
    """A collection of its own that nothing else uses."""
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            yield collection
        finally:
            collection.close()
