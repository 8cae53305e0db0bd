"""The process in which Anki's own engine runs: a copy of the reader's collection, and its sync.

Started by ``desktop.anki.sync`` alone, and the only module that imports the ``anki`` package. It
takes one JSON object a line on standard input and answers each with one on standard output:
``{"result": …}`` or ``{"error": kind, "message": text}``. Decks, notes and cards that are not
Glossator's are never written.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

#: Columns of a card and of the review log, as they are handed over.
CARD_COLUMNS = (
    "id", "nid", "did", "ord", "mod", "type", "queue", "due", "ivl", "factor", "reps", "lapses",
    "left", "odue", "odid", "flags", "data",
)  # fmt: skip
REVIEW_COLUMNS = ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type")

_SYNC_KINDS = ("none", "normal", "full", "download", "upload")

#: The seconds that a transfer may stand still, and how many ids go in one query.
_SILENCE, _MANY = 60, 500


class Engine:
    """One open collection; each public method is a command."""

    def __init__(self) -> None:
        self._col: Any = None
        self._path = ""

    def open(self, path: str) -> None:
        """Open the collection at ``path``, or make an empty one."""
        from anki.collection import Collection

        self._path = path
        self._col = Collection(path)

    def close(self) -> None:
        """Close the collection."""
        if self._col is not None:
            self._col.close()
            self._col = None

    # -- with the server

    def login(self, user: str, password: str, endpoint: str) -> str:
        """Return the key that stands for a user's password from now on."""
        return str(self._col.sync_login(user, password, endpoint or None).hkey)

    def sync(self, key: str, endpoint: str) -> dict[str, Any]:
        """Sync with the server; say whether a full sync is asked for, and where to sync next."""
        auth = self._auth(key, endpoint)
        answer = self._col.sync_collection(auth, False)
        kind = _SYNC_KINDS[answer.required]
        endpoint = answer.new_endpoint or endpoint
        if kind in ("none", "normal"):
            self._sync_media(key, endpoint)
        return {"kind": kind, "endpoint": endpoint, "message": answer.server_message,
                "usn": answer.server_media_usn}  # fmt: skip

    def full(self, key: str, endpoint: str, upload: bool) -> None:
        """Replace one collection by the other: the server's by this copy, or this by it."""
        auth = self._auth(key, endpoint)
        self._col.close_for_full_sync()
        try:
            self._col.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
        finally:
            self._col.reopen(after_full_sync=True)
        self._sync_media(key, endpoint)

    def _sync_media(self, key: str, endpoint: str) -> None:
        """Sync the media and wait for it."""
        self._col.sync_media(self._auth(key, endpoint))
        while self._col.media_sync_status().active:  # raises what went wrong
            time.sleep(0.05)

    def _auth(self, key: str, endpoint: str) -> Any:
        from anki.sync_pb2 import SyncAuth

        return SyncAuth(hkey=key, endpoint=endpoint or None, io_timeout_secs=_SILENCE)

    # -- reading

    def notes(self, types: dict[str, str]) -> dict[str, Any]:
        """Return all notes of our types (names by ids), their cards, and the decks' names."""
        found: list[dict[str, Any]] = []
        for number, name in types.items():
            model = self._col.models.get(int(number))
            if model is None:
                continue
            fields = [field["name"] for field in model["flds"]]
            rows = self._col.db.all(
                "select id, guid, mod, tags, flds from notes where mid = ? order by id", int(number)
            )
            found += [
                {"id": row[0], "guid": row[1], "mod": row[2], "tags": row[3].split(),
                 "type": name, "fields": dict(zip(fields, row[4].split("\x1f"), strict=False))}
                for row in rows
            ]  # fmt: skip
        columns = ", ".join(CARD_COLUMNS)
        ids = ",".join(str(int(number)) for number in types) or "0"
        cards = self._col.db.all(
            f"select {columns} from cards where nid in (select id from notes where mid in ({ids})) "
            "order by nid, ord"
        )
        decks = {str(deck.id): deck.name for deck in self._col.decks.all_names_and_ids()}
        return {"notes": found, "cards": cards, "decks": decks, "calendar": self._calendar()}

    def reviews(self, types: dict[str, str]) -> list[list[int]]:
        """Return the review log of all cards of our types, oldest first."""
        columns = ", ".join(REVIEW_COLUMNS)
        ids = ",".join(str(int(number)) for number in types) or "0"
        return list(
            self._col.db.all(
                f"select {columns} from revlog where cid in (select c.id from cards c join notes n "
                f"on n.id = c.nid where n.mid in ({ids})) order by id"
            )
        )

    def configurations(self, types: dict[str, str]) -> dict[str, Any]:
        """Return our note types, and the decks that their cards lie in, as Anki exchanges them."""
        models = [self._col.models.get(int(number)) for number in types]
        ids = ",".join(str(int(number)) for number in types) or "0"
        decks = self._col.db.list(
            "select distinct case when odid then odid else did end from cards where nid in "
            f"(select id from notes where mid in ({ids}))"
        )
        found = [self._col.decks.get(number, default=False) for number in decks]
        return {"types": [m for m in models if m], "decks": [d for d in found if d]}

    def _calendar(self) -> dict[str, Any]:
        return {
            "created": self._col.db.scalar("select crt from col"),
            "west": self._col.get_config("creationOffset", None),
            "rollover": self._col.get_config("rollover", 4),
        }

    # -- writing

    def add(self, path: str) -> None:
        """Take in a package with its schedule; what is there already stays single."""
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        options = ImportAnkiPackageOptions(with_scheduling=True, merge_notetypes=False)
        self._col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))

    def write(self, notes: Sequence[dict[str, Any]], cards: dict[str, Any]) -> None:
        """Change fields and tags of notes, and deck, rest and flag of cards."""
        for change in notes:
            note = self._col.get_note(change["id"])
            for name, text in change["fields"].items():
                note[name] = text
            if change["fields"] or change["tags"] is not None:
                if change["tags"] is not None:
                    note.tags = list(change["tags"])
                self._col.update_note(note)
        for deck, ids in cards["deck"]:
            self._col.set_deck(ids, self._col.decks.id(deck))
        for suspended, ids in cards["suspended"]:
            schedule = self._col.sched
            (schedule.suspend_cards if suspended else schedule.unsuspend_cards)(ids)
        for flag, ids in cards["flag"]:
            self._col.set_user_flag_for_cards(flag, ids)

    def study(self, cards: Sequence[dict[str, Any]], reviews: Sequence[Sequence[int]]) -> None:
        """Give cards a schedule, and the log the answers that it lacks."""
        from anki.cards import FSRSMemoryState

        changed = []
        for columns in cards:
            card = self._col.get_card(columns["id"])
            card.type, card.queue = columns["type"], columns["queue"]
            card.due, card.ivl, card.factor = columns["due"], columns["ivl"], columns["factor"]
            card.reps, card.lapses, card.left = columns["reps"], columns["lapses"], columns["left"]
            card.odid = card.odue = 0
            data = json.loads(columns["data"] or "{}")
            card.memory_state = None
            if "s" in data and "d" in data:
                card.memory_state = FSRSMemoryState(stability=data["s"], difficulty=data["d"])
            card.last_review_time = data.get("lrt")
            card.desired_retention = data.get("dr")
            changed.append(card)
        self._col.update_cards(changed)
        self._col.db.executemany(
            "insert or ignore into revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type) "
            "values (?, ?, -1, ?, ?, ?, ?, ?, ?)",
            [tuple(row) for row in reviews],
        )
        # A log that grew alone would wait for the next change before it is synced.
        self._col.db.execute("update col set mod = ?", int(time.time() * 1000))

    def media(self, files: dict[str, str]) -> None:
        """Take in files under their names."""
        for name, path in files.items():
            if not self._col.media.have(name):
                with open(path, "rb") as file:  # noqa: PTH123 (one file, read whole)
                    self._col.media.write_data(name, file.read())

    def read_media(self, names: Sequence[str], folder: str) -> list[str]:
        """Copy files of the collection to ``folder``; return the names of those that there are."""
        import shutil

        found = []
        for name in names:
            source = os.path.join(self._col.media.dir(), os.path.basename(name))  # noqa: PTH118, PTH119
            if os.path.isfile(source):  # noqa: PTH113
                shutil.copyfile(source, os.path.join(folder, os.path.basename(name)))  # noqa: PTH118, PTH119
                found.append(name)
        return found

    def delete(self, notes: Sequence[int]) -> None:
        """Delete notes with their cards; their reviews stay in the log."""
        self._col.remove_notes(list(notes))

    def drop_decks(self, names: Sequence[str]) -> None:
        """Remove those of the decks that hold no card, nor a deck that does."""
        for name in names:
            deck = self._col.decks.id_for_name(name)
            if deck is None:
                continue
            ids = ",".join(str(number) for number in self._col.decks.deck_and_child_ids(deck))
            held = f"select count() from cards where did in ({ids}) or odid in ({ids})"
            if not self._col.db.scalar(held):
                self._col.decks.remove([deck])

    def types(self, types: dict[str, str]) -> dict[str, Any]:
        """Return templates and style of our note types."""
        found = {}
        for number, name in types.items():
            model = self._col.models.get(int(number))
            if model is not None:
                sides = {t["name"]: [t["qfmt"], t["afmt"]] for t in model["tmpls"]}
                found[name] = {"templates": sides, "css": model["css"]}
        return found

    def update_type(self, number: int, templates: dict[str, Any], css: str) -> None:
        """Give a note type its newest look."""
        model = self._col.models.get(number)
        for template in model["tmpls"]:
            if template["name"] in templates:
                template["qfmt"], template["afmt"] = templates[template["name"]]
        model["css"] = css
        self._col.models.update_dict(model)


def serve(lines: Iterable[str], answer: Callable[[dict[str, Any]], None]) -> None:
    """Do what each line asks for, until the lines end."""
    engine = Engine()
    try:
        for line in lines:
            request = json.loads(line)
            command = getattr(engine, request.pop("do"))
            try:
                answer({"result": command(**request)})
            except Exception as error:
                answer({"error": _kind(error), "message": str(error)})
    finally:
        engine.close()


def _kind(error: Exception) -> str:
    """Return what kind of failure the reader is to be told of."""
    try:
        from anki import errors
    except ImportError:
        return "missing"
    kinds = {
        "AuthError": "login", "SyncError": "sync", "NetworkError": "network",
        "DBError": "collection", "Interrupted": "interrupted",
    }  # fmt: skip
    if isinstance(error, errors.SyncError) and "auth" in str(getattr(error, "kind", "")).lower():
        return "login"
    return kinds.get(type(error).__name__, type(error).__name__)


def main() -> None:
    """Serve the parent process; what the engine itself prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(value: dict[str, Any]) -> None:
        out.write(json.dumps(value, ensure_ascii=True) + "\n")
        out.flush()

    serve(sys.stdin, answer)


if __name__ == "__main__":
    main()
