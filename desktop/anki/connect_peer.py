"""A running Anki as a peer: read and written through AnkiConnect in small batches.

AnkiConnect may fail without a word: a field stays as it was while its note is open in the browser,
a list of cards is half done. So nothing counts as done until it was read back.
"""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from desktop.anki.connect import IMPORT_WAIT, AnkiConnect, NotSupportedError
from desktop.anki.peer import OUR_TYPES, Look, Write, card_changes
from desktop.anki.sides import CardSide, NoteSide, TheirNote
from desktop.decks.collection import (
    QUEUE_SUSPENDED,
    Collection,
    CollectionCard,
    CollectionDeck,
    CollectionNote,
    CollectionReview,
)
from desktop.decks.link import note_linked_in
from desktop.errors import AnkiError

T = TypeVar("T")

#: How many notes are asked for at a time, and how many changes go in one request.
_NOTES, _CARDS, _CHANGES = 100, 400, 20

_FLAGS = range(1, 8)


class ConnectPeer:
    """Anki with the profile that is open in it; ``open`` makes sure that it can be used."""

    def __init__(self, connect: AnkiConnect, profile: str) -> None:
        self._connect = connect
        self.profile = profile
        self.key = f"connect:{profile}"

    @classmethod
    def open(cls, connect: AnkiConnect) -> ConnectPeer:
        """Make contact; raises ``AnkiError`` where Anki is closed, too old or has no profile."""
        connect.check_version()
        try:
            profile = connect.ask("getActiveProfile")
        except NotSupportedError:
            profile = ""
        connect.ask("deckNames")  # answered with a profile open alone
        return cls(connect, str(profile or ""))

    # -- reading

    def notes(self, known: Mapping[int, str]) -> list[TheirNote]:
        """Return all notes of our types, in whatever deck."""
        self._check_profile()
        types = self._types()
        if not types:
            return []
        query = " or ".join(f'"note:{_escaped(name)}"' for name in types)
        found = self._numbers("findNotes", query=query)
        infos = [info for part in _parts(found, _NOTES) for info in self._infos(part)]
        cards = [card for info in infos for card in info["cards"]]
        decks = self._decks(cards)
        resting = set(self._numbers("findCards", query=f"is:suspended ({query})"))
        flags = {
            card: flag
            for flag in _FLAGS
            for card in self._numbers("findCards", query=f"flag:{flag} ({query})")
        }
        names = self._identities(infos, known)
        notes: dict[str, TheirNote] = {}
        for info in sorted(infos, key=lambda each: each["noteId"]):
            note_id = names.get(info["noteId"])
            if note_id is None:
                continue
            sides = {
                number: CardSide(decks.get(card, ""), card in resting, flags.get(card, 0))
                for number, card in enumerate(info["cards"])
            }
            note = _note(note_id, info, types[info["modelName"]], sides)
            # Of a note that was duplicated in Anki the known one, else the first, is ours.
            if note_id not in notes or known.get(note.anki_id) == note_id:
                notes[note_id] = note
        return list(notes.values())

    def reviews(self, card_ids: Sequence[int]) -> list[CollectionReview]:
        """Return the review log of cards."""
        found: list[CollectionReview] = []
        for part in _parts(card_ids, _CARDS):
            answer = self._connect.ask("getReviewsOfCards", cards=list(part))
            if not isinstance(answer, dict):
                raise AnkiError("Anki gave no answer to “getReviewsOfCards”; try again.")
            for card, rows in answer.items():
                found += [_review(int(card), row) for row in rows]
        return found

    def studied(self, notes: Sequence[TheirNote]) -> Collection:
        """Return those cards of notes that have a log, with it, as a package would bring them.

        AnkiConnect doesn't tell when the collection was made: days are counted from 1970, and the
        day on which a review is due is left to whoever knows when a day begins.
        """
        answers = self.reviews([card for note in notes for card in note.card_ids.values()])
        wanted = {review.card_id for review in answers}
        chosen = [note for note in notes if wanted & set(note.card_ids.values())]
        places = {
            card: (note, number)
            for note in chosen
            for number, card in note.card_ids.items()
            if card in wanted
        }
        names = sorted({note.side.cards[n].deck for note, n in places.values()})
        decks = {name: number for number, name in enumerate(names, 1)}
        cards = []
        for part in _parts(list(places), _NOTES):
            infos = self._connect.ask("cardsInfo", cards=list(part))
            for info in infos if isinstance(infos, list) else []:
                if info:
                    note, number = places[info["cardId"]]
                    deck = decks[note.side.cards[number].deck]
                    cards.append(_card(info, note, number, deck))
        return Collection(
            created=0, created_west=0, fsrs=True,
            notes=tuple(
                CollectionNote(
                    note.anki_id, note.id, OUR_TYPES[note.type_name].id, note.modified or 0,
                    tuple(sorted(note.side.tags)), tuple(note.side.fields.values()),
                )
                for note in chosen
            ),
            cards=tuple(cards), reviews=tuple(sorted(answers, key=lambda each: each.id)),
            note_types=(), presets=(), media=(),
            decks=tuple(CollectionDeck(n, name, 0, 0, {}) for name, n in decks.items()),
        )  # fmt: skip

    def _types(self) -> dict[str, str]:
        """Return the names that our note types have in Anki, each with our own name of it."""
        answer = self._connect.ask("modelNamesAndIds")
        ids = {each.id: each.name for each in OUR_TYPES.values()}
        return {
            str(name): ids[int(number)]
            for name, number in dict(answer or {}).items()
            if int(number) in ids
        }

    def _infos(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        """Return what Anki says of notes, without those that are gone meanwhile."""
        answer = self._connect.ask("notesInfo", notes=list(ids))
        if not isinstance(answer, list) or len(answer) != len(ids):
            raise AnkiError("Anki gave no answer to “notesInfo”; look at Anki and try again.")
        return [info for info in answer if info]

    def _decks(self, cards: Sequence[int]) -> dict[int, str]:
        decks: dict[int, str] = {}
        for part in _parts(cards, _CARDS):
            for deck, inside in dict(self._connect.ask("getDecks", cards=list(part)) or {}).items():
                decks |= dict.fromkeys(inside, str(deck))
        return decks

    def _identities(
        self, infos: Sequence[dict[str, Any]], known: Mapping[int, str]
    ) -> dict[int, str]:
        """Return our ids by Anki's: known from before, told by the card's link, or by its GUID."""
        found: dict[int, str] = {}
        for info in infos:
            number = info["noteId"]
            linked = note_linked_in(each["value"] for each in info["fields"].values())
            name = known.get(number) or linked
            if name is not None:
                found[number] = name
        unnamed = [info for info in infos if info["noteId"] not in found]
        return found | (self._guids(unnamed) if unnamed else {})

    def _guids(self, infos: Sequence[dict[str, Any]]) -> dict[int, str]:
        """Return the GUIDs of notes whose link is gone: only an export tells them."""
        from desktop.anki.package import AnkiPackage

        cards = [info["cards"][0] for info in infos if info["cards"]]
        tops = {deck.partition("::")[0] for deck in self._decks(cards).values()}
        wanted = {info["noteId"] for info in infos}
        found: dict[int, str] = {}
        with tempfile.TemporaryDirectory(prefix="glossator-") as folder:
            for number, deck in enumerate(sorted(tops)):
                path = Path(folder) / f"{number}.apkg"
                self._connect.ask("exportPackage", wait=IMPORT_WAIT, deck=deck, path=str(path))
                if path.is_file():
                    with AnkiPackage(path) as package:
                        notes = package.collection().notes
                    found |= {note.id: note.guid for note in notes if note.id in wanted}
        return found

    def _numbers(self, action: str, **params: Any) -> list[int]:
        answer = self._connect.ask(action, **params)
        if not isinstance(answer, list):
            raise AnkiError(f"Anki gave no answer to “{action}”; look at Anki and try again.")
        return [int(number) for number in answer]

    def _check_profile(self) -> None:
        """Refuse to go on when the reader has opened another profile meanwhile."""
        if not self.profile:
            return
        now = self._connect.ask("getActiveProfile")
        if now != self.profile:
            raise AnkiError(
                f"Anki has changed to the profile “{now}”; open “{self.profile}” again, or begin "
                "anew for this one."
            )

    # -- writing

    def add(self, package: bytes) -> None:
        """Let Anki import a package; a second import of the same adds nothing."""
        self._check_profile()
        with tempfile.TemporaryDirectory(prefix="glossator-") as folder:
            path = Path(folder) / "glossator.apkg"
            path.write_bytes(package)
            try:
                if self._connect.ask("importPackage", wait=IMPORT_WAIT, path=str(path)):
                    return
            except NotSupportedError:
                raise
            except AnkiError as error:
                if "refuses" not in str(error):
                    raise
        self._add_through_media(package)

    def _add_through_media(self, package: bytes) -> None:
        """Hand the package over inside Anki's own folder: Anki may see no other one of ours."""
        digest = hashlib.sha256(package).hexdigest()[:12]
        name = f"_glossator-{digest}.apkg"
        data = base64.b64encode(package).decode("ascii")
        self._connect.ask("storeMediaFile", wait=IMPORT_WAIT, filename=name, data=data)
        try:
            folder = str(self._connect.ask("getMediaDirPath"))
            separator = "\\" if "\\" in folder and "/" not in folder else "/"
            path = f"{folder}{separator}{name}"
            if not self._connect.ask("importPackage", wait=IMPORT_WAIT, path=path):
                raise AnkiError("Anki did not take the cards; close its dialogs and try again.")
        finally:
            self._connect.ask("deleteMediaFile", filename=name)

    def write(self, writes: Sequence[Write]) -> None:
        """Change fields, tags, decks, rest and flags, a few at a time."""
        if not writes:
            return
        self._check_profile()
        self._store_media({name: data for write in writes for name, data in write.media.items()})
        self._do(list(_field_changes(writes)))
        self._do(list(_tag_changes(writes)))
        self._change_cards(writes)

    def delete(self, anki_ids: Sequence[int]) -> None:
        """Delete notes with their cards."""
        self._check_profile()
        for part in _parts(anki_ids, _NOTES):
            self._connect.ask("deleteNotes", notes=list(part))

    def drop_decks(self, names: Sequence[str]) -> None:
        """Remove those of the decks that are empty, with all within them."""
        for name in names:
            if not self._numbers("findCards", query=f'"deck:{_escaped(name)}"'):
                self._connect.ask("deleteDecks", decks=[name], cardsToo=True)

    def types(self) -> dict[str, Look]:
        """Return how our note types look in Anki, by our own names of them."""
        found = {}
        for name, ours in self._types().items():
            templates = self._connect.ask("modelTemplates", modelName=name)
            css = self._connect.ask("modelStyling", modelName=name)["css"]
            sides = {str(key): (each["Front"], each["Back"]) for key, each in templates.items()}
            found[ours] = Look(sides, str(css))
        return found

    def update_type(self, name: str, look: Look) -> None:
        """Give one of our note types its newest templates and style."""
        there = next((n for n, ours in self._types().items() if ours == name), name)
        templates = {
            key: {"Front": front, "Back": back} for key, (front, back) in look.templates.items()
        }
        self._connect.ask("updateModelTemplates", model={"name": there, "templates": templates})
        self._connect.ask("updateModelStyling", model={"name": there, "css": look.css})

    def _store_media(self, files: Mapping[str, bytes]) -> None:
        """Give Anki the files that it lacks; it reads them itself where it can."""
        if not files:
            return
        there = self._connect.ask("getMediaFilesNames", pattern="glossator-*")
        with tempfile.TemporaryDirectory(prefix="glossator-") as folder:
            for name in sorted(files.keys() - set(there or ())):
                path = Path(folder) / name
                path.write_bytes(files[name])
                try:
                    self._connect.ask("storeMediaFile", filename=name, path=str(path))
                except AnkiError:
                    data = base64.b64encode(files[name]).decode("ascii")
                    self._connect.ask("storeMediaFile", filename=name, data=data)

    def _change_cards(self, writes: Sequence[Write]) -> None:
        decks: dict[object, list[int]] = {}
        rest: dict[object, list[int]] = {}
        flags: list[tuple[str, dict[str, Any]]] = []
        for write in writes:
            changes = card_changes(write)
            for collected, part in ((decks, "deck"), (rest, "suspended")):
                for value, cards in changes[part].items():
                    collected.setdefault(value, []).extend(cards)
            flags += [
                ("setSpecificValueOfCard", {"card": card, "keys": ["flags"], "newValues": [flag]})
                for flag, cards in changes["flag"].items()
                for card in cards
            ]
        for deck, cards in decks.items():
            for some in _parts(cards, _CARDS):
                self._connect.ask("changeDeck", cards=list(some), deck=deck)
        for suspended, cards in rest.items():
            action = "suspend" if suspended else "unsuspend"
            for some in _parts(cards, _CARDS):
                self._connect.ask(action, cards=list(some))
        self._do(flags)

    def _do(self, actions: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Do actions in batches; one that fails shows when the notes are read back."""
        for part in _parts(actions, _CHANGES):
            results = self._connect.ask_all(part)
            if all(isinstance(result, AnkiError) for result in results):
                raise results[0]


def _field_changes(writes: Sequence[Write]) -> Iterator[tuple[str, dict[str, Any]]]:
    for write in writes:
        now = write.note.side.fields
        changed = {name: text for name, text in write.wanted.fields.items() if now[name] != text}
        if changed:
            yield "updateNoteFields", {"note": {"id": write.note.anki_id, "fields": changed}}


def _tag_changes(writes: Sequence[Write]) -> Iterator[tuple[str, dict[str, Any]]]:
    for write in writes:
        now, wanted, notes = write.note.side.tags, write.wanted.tags, [write.note.anki_id]
        if removed := now - wanted:
            yield "removeTags", {"notes": notes, "tags": " ".join(sorted(removed))}
        if added := wanted - now:
            yield "addTags", {"notes": notes, "tags": " ".join(sorted(added))}


def _note(
    note_id: str, info: dict[str, Any], type_name: str, sides: dict[int, CardSide]
) -> TheirNote:
    fields = sorted(info["fields"].items(), key=lambda item: item[1]["order"])
    side = NoteSide({name: each["value"] for name, each in fields}, frozenset(info["tags"]), sides)
    card_ids = dict(enumerate(info["cards"]))
    modified = info.get("mod")
    return TheirNote(note_id, info["noteId"], type_name, side, card_ids, modified)


def _card(info: dict[str, Any], note: TheirNote, number: int, deck: int) -> CollectionCard:
    place = note.side.cards[number]
    return CollectionCard(
        int(info["cardId"]), note.anki_id, deck, number, int(info.get("mod") or 0),
        int(info["type"]), QUEUE_SUSPENDED if place.suspended else int(info["queue"]),
        int(info["due"]), int(info["interval"]), int(info["factor"]), int(info["reps"]),
        int(info["lapses"]), int(info["left"]), 0, 0, place.flag, "",
    )  # fmt: skip


def _review(card: int, row: dict[str, Any]) -> CollectionReview:
    return CollectionReview(
        int(row["id"]), card, int(row["ease"]), int(row["ivl"]), int(row["lastIvl"]),
        int(row["factor"]), int(row["time"]), int(row["type"]),
    )  # fmt: skip


def _escaped(name: str) -> str:
    """Return a name for Anki's search: these letters mean something in it."""
    return "".join(f"\\{letter}" if letter in '\\"*_' else letter for letter in name)


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
