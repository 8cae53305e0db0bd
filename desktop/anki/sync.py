"""A sync server as a peer: Anki's own engine keeps a copy of the collection and syncs it.

The engine runs in a process of its own (``desktop.anki.engine``), so that its memory and its
licence stay out of this one. Only the two calls of ``Account`` reach for the network.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from desktop.anki.peer import OUR_TYPES, Look, Progress, Write, card_changes
from desktop.anki.sides import CardSide, NoteSide, TheirNote
from desktop.decks.collection import (
    QUEUE_SUSPENDED,
    Collection,
    CollectionCard,
    CollectionDeck,
    CollectionNote,
    CollectionNoteType,
    CollectionReview,
)
from desktop.errors import AnkiError, MissingPieceError

_TYPES = {str(each.id): each.name for each in OUR_TYPES.values()}

#: Seconds that one command may take; a first transfer of many media takes long.
_LONGEST = 3_600.0


class FullSync(StrEnum):
    """A whole collection replaces the other one; which one is for the reader to say."""

    DOWNLOAD = "download"  # the server's replaces this copy
    UPLOAD = "upload"  # this copy replaces the server's


@dataclass(frozen=True, slots=True)
class FullSyncWanted:
    """Both sides have no common past; ``possible`` are the ways that the server allows."""

    possible: tuple[FullSync, ...]


class LoginError(AnkiError):
    """The sync server doesn't take the login."""


class BrokenSyncError(AnkiError):
    """A sync broke off after both sides were compared; nothing of it holds."""


class Engine:
    """The process with Anki's engine and one collection in it; ``close`` ends it."""

    def __init__(self, collection: Path) -> None:
        if find_spec("anki") is None:
            raise MissingPieceError(
                "Syncing needs Anki's own engine; install it with “pip install glossator[sync]”."
            )
        collection.parent.mkdir(parents=True, exist_ok=True)
        root = Path(__file__).parents[2]
        path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")]))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed in ``close``)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "desktop.anki.engine"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
            env={**os.environ, "PYTHONPATH": path}, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests: IO[str] = self._process.stdin
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(
            target=self._read, args=(self._process.stdout,), daemon=True, name="anki engine"
        )
        self._reader.start()
        try:
            self.ask("open", path=str(collection))
        except BaseException:
            self.close()
            raise

    def ask(self, command: str, /, **values: Any) -> Any:
        """Do one command and return its result; raises ``AnkiError``."""
        try:
            self._requests.write(json.dumps({"do": command, **values}) + "\n")
            self._requests.flush()
            line = self._answers.get(timeout=_LONGEST)
        except (OSError, ValueError, queue.Empty):
            line = ""
        if not line:
            raise AnkiError("Anki's engine ended unexpectedly; sync again, nothing is lost.")
        answer = json.loads(line)
        if "error" in answer:
            raise _error(answer["error"], " ".join(str(answer["message"]).split()))
        return answer["result"]

    def close(self) -> None:
        """End the process; the collection is closed by it."""
        with contextlib.suppress(OSError, ValueError):
            self._requests.close()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()

    def _read(self, lines: IO[str]) -> None:
        for line in lines:
            self._answers.put(line)
        self._answers.put("")


@dataclass
class Account:
    """A login at a sync server: ``endpoint`` is its address, empty for AnkiWeb."""

    user: str
    endpoint: str
    key: str = ""

    @property
    def peer(self) -> str:
        """The name under which the library remembers what this account has."""
        return f"sync:{self.endpoint.rstrip('/') or 'ankiweb'}/{self.user}"

    def log_in(self, engine: Engine, password: str) -> None:
        """Get the key that stands for the password; raises ``LoginError``."""
        self.key = engine.ask("login", user=self.user, password=password, endpoint=self.endpoint)

    def sync(self, engine: Engine) -> FullSyncWanted | None:
        """Sync the copy with the server, or say that this takes a full sync."""
        try:
            found = engine.ask("sync", key=self.key, endpoint=self.endpoint)
        except BrokenSyncError:
            # The counts of both sides differed: the engine has marked its copy, and asks now for
            # a full sync.
            found = engine.ask("sync", key=self.key, endpoint=self.endpoint)
        self.endpoint = found["endpoint"] or self.endpoint
        match found["kind"]:
            case "full":
                return FullSyncWanted((FullSync.DOWNLOAD, FullSync.UPLOAD))
            case "download":
                return FullSyncWanted((FullSync.DOWNLOAD,))
            case "upload":
                return FullSyncWanted((FullSync.UPLOAD,))
        return None

    def sync_whole(self, engine: Engine, way: FullSync) -> None:
        """Replace one collection by the other, as the reader said."""
        upload = way is FullSync.UPLOAD
        engine.ask("full", key=self.key, endpoint=self.endpoint, upload=upload)


class SyncPeer:
    """The copy of a collection; what is written to it goes out with the next sync."""

    def __init__(self, engine: Engine, key: str) -> None:
        self._engine = engine
        self.key = key

    def notes(self, known: Mapping[int, str]) -> list[TheirNote]:  # noqa: ARG002 (GUIDs tell)
        """Return all notes of our types."""
        found = self._engine.ask("notes", types=_TYPES)
        decks = {int(number): name for number, name in found["decks"].items()}
        by_note: dict[int, list[CollectionCard]] = {}
        for row in found["cards"]:
            card = CollectionCard(*row)
            by_note.setdefault(card.note_id, []).append(card)
        return [_note(note, by_note.get(note["id"], []), decks) for note in found["notes"]]

    def collection(self) -> Collection:
        """Return all of our notes with schedule and log, as a package would bring them."""
        found = self._engine.ask("notes", types=_TYPES)
        configurations = self._engine.ask("configurations", types=_TYPES)
        types = {name: int(number) for number, name in _TYPES.items()}
        return Collection(
            created=found["calendar"]["created"],
            created_west=found["calendar"]["west"],
            fsrs=True,
            notes=tuple(
                CollectionNote(
                    note["id"], note["guid"], types[note["type"]], note["mod"],
                    tuple(note["tags"]), tuple(note["fields"].values()),
                )
                for note in found["notes"]
            ),
            cards=tuple(CollectionCard(*row) for row in found["cards"]),
            reviews=tuple(
                CollectionReview(*row) for row in self._engine.ask("reviews", types=_TYPES)
            ),
            note_types=tuple(
                CollectionNoteType(int(each["id"]), each["name"], int(each["mod"]), each)
                for each in configurations["types"]
            ),
            decks=tuple(
                CollectionDeck(int(each["id"]), each["name"], int(each["mod"]), 0, each)
                for each in sorted(configurations["decks"], key=lambda each: str(each["name"]))
            ),
            presets=(),
            media=(),
        )  # fmt: skip

    def files(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those of the media files that there are."""
        with tempfile.TemporaryDirectory(prefix="glossator-") as folder:
            for name in self._engine.ask("read_media", names=list(names), folder=folder):
                yield name, (Path(folder) / Path(name).name).read_bytes()

    def add(self, package: bytes) -> None:
        """Take in a package of notes; those that are there already stay single."""
        with tempfile.TemporaryDirectory(prefix="glossator-") as folder:
            path = Path(folder) / "glossator.apkg"
            path.write_bytes(package)
            self._engine.ask("add", path=str(path))

    def write(self, writes: Sequence[Write]) -> None:
        """Bring notes to how they should stand."""
        if not writes:
            return
        self._store_media({name: data for write in writes for name, data in write.media.items()})
        notes = []
        cards: dict[str, dict[object, list[int]]] = {}
        for write in writes:
            now, wanted = write.note.side, write.wanted
            fields = {n: text for n, text in wanted.fields.items() if now.fields[n] != text}
            tags = sorted(wanted.tags) if wanted.tags != now.tags else None
            if fields or tags is not None:
                notes.append({"id": write.note.anki_id, "fields": fields, "tags": tags})
            for part, changes in card_changes(write).items():
                for value, ids in changes.items():
                    cards.setdefault(part, {}).setdefault(value, []).extend(ids)
        parts = {p: list(cards.get(p, {}).items()) for p in ("deck", "suspended", "flag")}
        self._engine.ask("write", notes=notes, cards=parts)

    def study(self, progress: Progress) -> None:
        """Give cards a schedule and the log the answers that it lacks."""
        rows = [
            (r.id, r.card_id, r.rating, r.interval, r.last_interval, r.factor, r.took, r.kind)
            for r in progress.reviews
        ]
        if progress.cards or rows:
            self._engine.ask("study", cards=list(progress.cards), reviews=rows)

    def delete(self, anki_ids: Sequence[int]) -> None:
        """Delete notes with their cards."""
        self._engine.ask("delete", notes=list(anki_ids))

    def drop_decks(self, names: Sequence[str]) -> None:
        """Remove those of the decks that are empty."""
        self._engine.ask("drop_decks", names=list(names))

    def types(self) -> dict[str, Look]:
        """Return how our note types look in the collection."""
        found = self._engine.ask("types", types=_TYPES)
        return {
            name: Look({t: (q, a) for t, (q, a) in each["templates"].items()}, each["css"])
            for name, each in found.items()
        }

    def update_type(self, name: str, look: Look) -> None:
        """Give one of our note types its newest look."""
        templates = {key: list(sides) for key, sides in look.templates.items()}
        number = OUR_TYPES[name].id
        self._engine.ask("update_type", number=number, templates=templates, css=look.css)

    def _store_media(self, files: Mapping[str, bytes]) -> None:
        if not files:
            return
        with tempfile.TemporaryDirectory(prefix="glossator-") as folder:
            paths = {}
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
                paths[name] = str(Path(folder) / name)
            self._engine.ask("media", files=paths)


def _note(
    note: Mapping[str, Any], cards: Sequence[CollectionCard], decks: Mapping[int, str]
) -> TheirNote:
    sides = {
        card.ordinal: CardSide(
            decks.get(card.own_deck_id, ""), card.queue == QUEUE_SUSPENDED, card.flag
        )
        for card in cards
    }
    side = NoteSide(note["fields"], frozenset(note["tags"]), sides)
    ids = {card.ordinal: card.id for card in cards}
    return TheirNote(note["guid"], note["id"], note["type"], side, ids, note["mod"])


def _error(kind: str, message: str) -> AnkiError:
    """Return the sentence for a failure of the engine."""
    match kind:
        case "login":
            return LoginError("The sync server does not take this name and password; try again.")
        case "network":
            return AnkiError(
                "The sync server can't be reached; check the address and the network, then sync "
                "again."
            )
        case "collection":
            return AnkiError(
                "The copy of the collection is in use or damaged; close other Glossators, or "
                "remove it and sync anew: the server has all of it."
            )
        case "sync":
            return BrokenSyncError(f"The sync did not work: {message.rstrip('.')[:300]}.")
        case "missing":
            return AnkiError("Anki's engine is not installed; “pip install glossator[sync]”.")
    return AnkiError(f"The sync did not work: {message.rstrip('.')[:300]}.")
