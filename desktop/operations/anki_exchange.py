"""The library's part of an exchange with Anki: what it brings, and what it takes over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.anki.exchange import Local, Outcome
from desktop.anki.sides import Agreed, CardSide, NoteSide, OurNote, TheirNote
from desktop.decks.apkg import TAG_PREFIX, deck_name, note_fields, note_tags
from desktop.decks.deck import Deck, Note, NoteKind
from desktop.decks.faces import reworded
from desktop.decks.note_types import NOTE_TYPES, note_type_of
from desktop.decks.unmarking import from_html, wording_in
from desktop.errors import LibraryError
from desktop.library import anki_meetings, decks, documents
from desktop.library.anki_meetings import Meeting, PlacedCard
from desktop.library.decks import NoteStatus
from desktop.operations.open_library import OpenLibrary
from desktop.operations.texts import pictures_of_notes
from desktop.reading.document import Picture, Span

Pictures = Mapping[str, Sequence[Picture]]


class AnkiExchange(OpenLibrary):
    """The part of a workspace that meets Anki; whoever talks to Anki does it elsewhere."""

    @property
    def folder(self) -> Path:
        """Where the library lies."""
        return self._database.path.parent

    def anki_local(self, peer: str) -> Local:
        """Return all that the library has, and how it last met the Anki named ``peer``."""
        notes = self._anki_notes()
        pictures = self._anki_pictures(notes)
        ours = self._our_notes(notes, pictures)
        agreed = self._agreed(peer)
        deleted = frozenset(anki_meetings.deleted_ids(self._database))
        return Local(tuple(ours), notes, pictures, agreed, deleted)

    def anki_local_of(self, deck: Deck, pictures: Pictures, peer: str) -> Local:
        """Return a deck that is not in the library as what it brings to an exchange."""
        name = deck_name(deck.name)
        ours = [
            OurNote(note.id, note_type_of(note).name, _side(note, pictures, {0: CardSide(name)}),
                    note.front, note.modified)
            for note in deck.notes
        ]  # fmt: skip
        notes = {note.id: note for note in deck.notes}
        return Local(tuple(ours), notes, pictures, self._agreed(peer), whole=False)

    def anki_met(self, peer: str, local: Local, outcome: Outcome) -> None:
        """Remember how the notes of a deck that isn't in the library stand in Anki now."""
        sides = {note.id: note.side for note in local.ours}
        with self._change():
            self._keep(peer, outcome, sides)

    def anki_take(self, peer: str, outcome: Outcome) -> None:
        """Take over what was done in Anki, as one action that can be undone."""
        now = self._now()
        with self._action("Take over from Anki", "notes", "cards"):
            adopted = [note for note in outcome.adopted if self._adopt(note, now)]
            sides = dict(outcome.pulled) | {note.id: note.side for note in adopted}
            notes = self._anki_notes(list(sides)) if sides else {}
            pictures = self._anki_pictures(notes)
            for note_id, note in notes.items():
                self._pull(note, sides[note_id], pictures, now)
            if outcome.delete_here:
                decks.delete_notes(self._database, outcome.delete_here, now)
        with self._change():
            met = dict(outcome.met) | {note.id: note for note in adopted}
            notes = self._anki_notes(list(met))
            ours = self._our_notes(notes, self._anki_pictures(notes))
            self._keep(peer, replace(outcome, met=met), {note.id: note.side for note in ours})
            gone = [*outcome.deleted_there, *outcome.delete_here]
            anki_meetings.forget_meetings(self._database, peer, gone)

    def dated(self, deck: Deck, pictures: Pictures) -> Deck:
        """Return a deck for a file, each note with the time at which what is written changed.

        Anki takes a note that it has only where that time is newer; a picture that was added and
        a program that writes its cards otherwise change what is written, too.
        """
        digests = {note.id: _digest(note, pictures) for note in deck.notes}
        modified = {note.id: note.modified for note in deck.notes}
        with self._change():
            times = anki_meetings.content_times(self._database, digests, modified, self._now())
        return replace(
            deck, notes=tuple(replace(note, modified=times[note.id]) for note in deck.notes)
        )

    # -- what the library has

    def _anki_notes(self, note_ids: Sequence[str] | None = None) -> dict[str, Note]:
        """Return the notes that were ever accepted, in the order of study."""
        wanted = (NoteStatus.ACCEPTED, NoteStatus.REFUSED)
        found = decks.records(self._database, None, wanted)
        chosen = None if note_ids is None else set(note_ids)
        return {
            record.note.id: record.note
            for record in found
            if record.cards and (chosen is None or record.note.id in chosen)
        }

    def _anki_pictures(self, notes: Mapping[str, Note]) -> dict[str, Sequence[Picture]]:
        """Return the pictures of notes; only documents that have some are read."""
        found: dict[str, Sequence[Picture]] = {}
        if not notes:
            return found
        for document_id in documents.with_pictures(self._database):
            records = decks.records(self._database, document_id)
            inside = tuple(notes[r.note.id] for r in records if r.note.id in notes)
            if inside:
                deck = Deck("", "", "", inside)
                found |= pictures_of_notes(
                    deck, documents.read_document(self._database, document_id)
                )
        return found

    def _our_notes(self, notes: Mapping[str, Note], pictures: Pictures) -> list[OurNote]:
        cards: dict[str, dict[int, CardSide]] = {}
        for card in anki_meetings.placed_cards(self._database, list(notes)):
            side = CardSide(deck_name(card.deck), card.rests, card.flag)
            cards.setdefault(card.note_id, {})[card.ordinal] = side
        return [
            OurNote(note.id, note_type_of(note).name,
                    _side(note, pictures, cards[note.id]), note.front, note.modified)
            for note in notes.values()
            if note.id in cards
        ]  # fmt: skip

    def _agreed(self, peer: str) -> dict[str, Agreed]:
        with self._database.decoding("what Anki has"):
            return {
                m.note_id: Agreed(
                    m.anki_id, NoteSide.from_json(m.ours), NoteSide.from_json(m.theirs)
                )
                for m in anki_meetings.meetings(self._database, peer)
            }

    def _keep(self, peer: str, outcome: Outcome, ours: Mapping[str, NoteSide]) -> None:
        met: Iterable[Meeting] = (
            Meeting(note_id, note.anki_id, ours[note_id].to_json(), note.side.to_json())
            for note_id, note in outcome.met.items()
            if note_id in ours
        )
        anki_meetings.keep_meetings(self._database, peer, met)

    # -- what it takes over

    def _pull(self, note: Note, side: NoteSide, pictures: Pictures, now: datetime) -> None:
        """Give a note the wording, the tags and the places of cards that Anki has."""
        decks.edit_note(self._database, _reworded(note, side, pictures), now)
        for card in anki_meetings.placed_cards(self._database, [note.id]):
            wanted = side.cards.get(card.ordinal)
            if wanted is not None:
                self._place(card, wanted, now)

    def _place(self, card: PlacedCard, wanted: CardSide, now: datetime) -> None:
        if wanted != CardSide(deck_name(card.deck), card.rests, card.flag):
            deck = card.deck if wanted.deck == deck_name(card.deck) else wanted.deck
            anki_meetings.place_card(
                self._database, card, now,
                deck=deck, suspended=wanted.suspended, flag=wanted.flag,
            )  # fmt: skip

    def _adopt(self, note: TheirNote, now: datetime) -> bool:
        """Take in a note that only Anki has, where its text is here; return whether it could be."""
        status = anki_meetings.known_status(self._database, [note.id]).get(note.id)
        if status is NoteStatus.PROPOSED:
            decks.set_status(self._database, [note.id], NoteStatus.ACCEPTED, now)
        if status is not None:
            return True
        found = self._from_text(note)
        if found is None:
            return False
        document_id, own = found
        decks.insert_accepted(self._database, document_id, own, now, decks.ORIGIN_TEXT)
        return True

    def _from_text(self, note: TheirNote) -> tuple[int, Note] | None:
        """Return a note of Anki's with its sentence in one of the texts, if that is here."""
        fields = {name: from_html(text) for name, text in note.side.fields.items()}
        title, quote = fields.get("Title"), fields.get("Evidence")
        kind = next((k for k, t in NOTE_TYPES.items() if t.name == note.type_name), None)
        if not title or not quote or kind is None:
            return None
        for document_id in documents.with_title(self._database, title):
            document = documents.read_document(self._database, document_id)
            for block in document.blocks:
                start = block.text.find(quote)
                if start >= 0:
                    span = Span(block.index, start, start + len(quote))
                    own = Note(
                        note.id, kind, "?", "?", document.evidence(span), title=title,
                        author=fields.get("Author", ""), rule="anki",
                        term=fields.get("Term") if kind is NoteKind.TERM else None,
                        cloze="{{c1::?}}" if kind is NoteKind.CLOZE else None,
                        tags=tuple(sorted(note.side.tags - {TAG_PREFIX})),
                    )  # fmt: skip
                    return document_id, _reworded(own, note.side, {})
        return None


def _side(note: Note, pictures: Pictures, cards: Mapping[int, CardSide]) -> NoteSide:
    fields = note_fields(note, pictures.get(note.id, ()))
    names = note_type_of(note).fields
    tags = frozenset(note_tags(note))
    return NoteSide(dict(zip(names, fields, strict=True)), tags, cards)


def _reworded(note: Note, side: NoteSide, pictures: Pictures) -> Note:
    """Return a note in the words and with the tags that Anki has for it."""
    ours = _side(note, pictures, {})
    edited = {name: text for name, text in side.fields.items() if ours.fields.get(name) != text}
    wording = wording_in(note, edited)
    kept = [tag for tag in note.tags if tag.strip().replace(" ", "_") in side.tags]
    known = {tag.strip().replace(" ", "_") for tag in note.tags} | {TAG_PREFIX}
    tags = (*kept, *sorted(side.tags - known))
    try:
        return reworded(
            note, front=wording.get("front"), back=wording.get("back"),
            cloze=wording.get("cloze"), tags=tags,
        )  # fmt: skip
    except LibraryError:  # what was emptied in Anki can't be a card here
        return replace(note, tags=tags)


def _digest(note: Note, pictures: Pictures) -> str:
    """Return a digest of what is written of a note."""
    side = _side(note, pictures, {})
    return hashlib.sha256(side.to_json().encode()).hexdigest()[:32]
