"""Notes in the library: proposed by the program, accepted, edited or refused by the reader."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from desktop.decks.deck import Note, NoteKind
from desktop.decks.markup import Gap, parse_cloze
from desktop.errors import LibraryError
from desktop.library.database import Database
from desktop.library.reviews import card_from_row
from desktop.library.study_decks import ensure_deck_of_document
from desktop.library.times import to_ms
from desktop.reading.document import Evidence, Span
from desktop.study.card import Card

#: The place of a new card among all: documents in the order of adding, then the deck's order.
NEW_ORDER = (
    "(SELECT min(nd.document_id * 1000000 + nd.position) FROM note_documents nd "
    "WHERE nd.note_id = {note})"
)

#: Who made a note: the program from a text, or the reader.
ORIGIN_TEXT, ORIGIN_READER = "text", "reader"

_CHOSEN = "(SELECT value FROM json_each(?))"
_NOTE_COLUMNS = (
    "n.id, n.kind, n.status, n.edited, n.front, n.back, n.cloze, n.fact, n.term, n.rule, "
    'n.confidence, n.tags, n.modified, nd.document_id, nd.block, nd.start, nd."end", nd.quote, '
    "nd.title, nd.author"
)
_IN_ORDER = "ORDER BY nd.document_id, nd.position, nd.block, nd.start, n.id"


class NoteStatus(StrEnum):
    """What the reader decided about a note; only accepted ones are studied."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A note as the reader has it; ``cards`` is empty until it was accepted for the first time."""

    note: Note
    status: NoteStatus
    edited: bool
    document_id: int
    cards: tuple[Card, ...] = ()

    @property
    def card(self) -> Card | None:
        """The note's first card, if it has one."""
        return self.cards[0] if self.cards else None


def records(
    database: Database,
    document_id: int | None = None,
    statuses: Sequence[NoteStatus] = tuple(NoteStatus),
) -> list[CardRecord]:
    """Return the notes in the order of study; a note of several documents stands at its first."""
    if document_id is None:
        scope = (
            "nd.document_id = (SELECT min(o.document_id) FROM note_documents o "
            "WHERE o.note_id = n.id)"
        )
    else:
        scope = "nd.document_id = :document"
    parameters = {"document": document_id, "statuses": json.dumps([s.value for s in statuses])}
    chosen = "n.status IN (SELECT value FROM json_each(:statuses))"
    source = f"FROM note_documents nd JOIN notes n ON n.id = nd.note_id WHERE {scope} AND {chosen}"
    rows = database.rows(f"SELECT {_NOTE_COLUMNS} {source} {_IN_ORDER}", parameters)
    card_rows = database.rows(
        f"SELECT * FROM cards WHERE note_id IN (SELECT n.id {source}) ORDER BY note_id, ordinal",
        parameters,
    )
    with database.decoding("a card"):
        cards: dict[str, list[Card]] = {}
        for row in card_rows:
            cards.setdefault(row["note_id"], []).append(card_from_row(row))
        return [_record(row, tuple(cards.get(row["id"], ()))) for row in rows]


def count_notes(database: Database, document_id: int | None = None) -> dict[NoteStatus, int]:
    """Return how many notes of a document, or of the library, have each status."""
    within = "WHERE id IN (SELECT note_id FROM note_documents WHERE document_id = ?)"
    rows = database.rows(
        f"SELECT status, count(*) AS number FROM notes {within if document_id else ''} "
        "GROUP BY status",
        (document_id,) if document_id else (),
    )
    return {NoteStatus(row["status"]): row["number"] for row in rows}


def decided_notes(database: Database) -> list[tuple[Note, NoteStatus]]:
    """Return the notes of ours that the reader accepted or refused as they stood, oldest first."""
    rows = database.rows(
        f"SELECT {_NOTE_COLUMNS} FROM notes n JOIN note_documents nd ON nd.note_id = n.id "
        "WHERE n.status <> 'proposed' AND n.origin = 'text' AND n.edited = 0 "
        "GROUP BY n.id HAVING nd.document_id = min(nd.document_id) ORDER BY n.added_at, n.id"
    )
    with database.decoding("a card"):
        return [(_note(row), NoteStatus(row["status"])) for row in rows]


def read_note(
    database: Database, note_id: str, document_id: int | None = None
) -> tuple[Note, int | None]:
    """Return a note with its evidence and that evidence's document.

    Of several sources ``document_id`` chooses one; otherwise the first counts. A note that came
    from Anki has no document, and its evidence is empty.
    """
    row = database.row(
        f"SELECT {_NOTE_COLUMNS} FROM notes n LEFT JOIN note_documents nd ON nd.note_id = n.id "
        "WHERE n.id = ? ORDER BY nd.document_id <> coalesce(?, -1), nd.document_id LIMIT 1",
        (note_id, document_id),
    )
    if row is None:
        raise LibraryError("This card is no longer in the library; it may have been deleted.")
    with database.decoding("a card"):
        return _note(row), row["document_id"]


def sync_notes(database: Database, document_id: int, notes: Sequence[Note], now: datetime) -> None:
    """Bring the notes of a document into line with a new analysis.

    New notes are proposed; proposed ones that the reader never touched take the new wording, and
    go when the analysis no longer makes them. Accepted, edited, refused and deleted ones stay as
    the reader left them; only their place and their evidence follow the text.
    """
    deleted = {row["note_id"] for row in database.rows("SELECT note_id FROM deleted_notes")}
    wanted = {note.id: note for note in notes if note.id not in deleted}
    for position, note in enumerate(wanted.values()):
        row = database.row("SELECT * FROM notes WHERE id = ?", (note.id,))
        if row is None:
            _insert(database, note, NoteStatus.PROPOSED, ORIGIN_TEXT, now)
        elif row["status"] == NoteStatus.PROPOSED and not row["edited"]:
            _reword(database, row, note, now)
        _link(database, document_id, note, position, now)
    _drop_vanished(database, document_id, wanted.keys())
    _renumber(database, document_id)


def set_status(
    database: Database, note_ids: Sequence[str], status: NoteStatus, now: datetime
) -> None:
    """Accept or refuse notes; the cards of an accepted note are made, of another one rest."""
    database.run(
        f"UPDATE notes SET status = ? WHERE id IN {_CHOSEN}", (status.value, _list(note_ids))
    )
    refresh_cards(database, note_ids, now)


def delete_notes(database: Database, note_ids: Sequence[str], now: datetime) -> None:
    """Delete notes with their cards for good; their reviews stay in the log."""
    database.run(
        "INSERT INTO deleted_notes (note_id, deleted_at) "
        f"SELECT id, ? FROM notes WHERE id IN {_CHOSEN}",
        (to_ms(now), _list(note_ids)),
    )
    database.run(f"DELETE FROM notes WHERE id IN {_CHOSEN}", (_list(note_ids),))


def edit_note(database: Database, note: Note, now: datetime) -> None:
    """Store the reader's wording of an existing note: kind, front, back, cloze and tags."""
    row = database.row("SELECT * FROM notes WHERE id = ?", (note.id,))
    if row is None:
        raise LibraryError("This card is no longer in the library; it may have been deleted.")
    content = (note.kind.value, note.front, note.back, note.cloze, _list(note.tags))
    if content == (row["kind"], row["front"], row["back"], row["cloze"], row["tags"]):
        return
    database.run(
        "UPDATE notes SET kind = ?, front = ?, back = ?, cloze = ?, tags = ?, edited = 1, "
        "modified = ? WHERE id = ?",
        (*content, _later(row["modified"], now), note.id),
    )
    refresh_cards(database, [note.id], now)


def was_accepted(database: Database, note_id: str) -> bool:
    """Return whether a note has cards: it was accepted at least once."""
    return database.row("SELECT 1 FROM cards WHERE note_id = ?", (note_id,)) is not None


def insert_accepted(
    database: Database,
    document_id: int,
    note: Note,
    now: datetime,
    origin: str = ORIGIN_READER,
) -> None:
    """Store a note that the reader wrote or rescued; it stands where its evidence does."""
    if database.row("SELECT 1 FROM notes WHERE id = ?", (note.id,)):
        raise LibraryError("The library already has this card.")
    database.run("DELETE FROM deleted_notes WHERE note_id = ?", (note.id,))
    _insert(database, note, NoteStatus.ACCEPTED, origin, now)
    span = note.evidence.span
    position = database.value(
        "SELECT max(position) FROM note_documents WHERE document_id = ? "
        "AND (block, start) <= (?, ?)",
        (document_id, span.block, span.start),
    )
    _link(database, document_id, note, position or 0, now)
    refresh_cards(database, [note.id], now)


def first_ordinal(database: Database, note_id: str) -> int:
    """Return the place of a note's first card among its templates or gaps."""
    return int(
        database.value("SELECT coalesce(min(ordinal), 0) FROM cards WHERE note_id = ?", (note_id,))
    )


def note_exists(database: Database, note_id: str) -> bool:
    """Return whether the library has the note, in whatever document."""
    return database.row("SELECT 1 FROM notes WHERE id = ?", (note_id,)) is not None


def link_note(database: Database, document_id: int, note: Note, now: datetime) -> None:
    """Store that a note, which another document gave, has its evidence in this one too."""
    _link(database, document_id, note, 0, now)


def drop_proposals(database: Database, terms: Sequence[str]) -> None:
    """Remove the proposed cards of terms that the reader never touched."""
    database.run(
        "DELETE FROM notes WHERE kind = 'term' AND status = 'proposed' AND edited = 0 "
        f"AND origin = 'text' AND term IN {_CHOSEN}",
        (_list(terms),),
    )


def learnt_terms(database: Database) -> set[str]:
    """Return the names, in small letters, of the terms with a card that the reader remembers."""
    rows = database.rows(
        "SELECT DISTINCT n.term FROM notes n JOIN cards c ON c.note_id = n.id "
        "WHERE n.kind = 'term' AND n.status = 'accepted' AND c.state = 2"
    )
    return {row["term"].casefold() for row in rows if row["term"]}


def set_suspended(
    database: Database, note_ids: Sequence[str], suspended: bool, now: datetime
) -> None:
    """Suspend or wake all cards of the notes."""
    database.run(
        f"UPDATE cards SET suspended = ? WHERE note_id IN {_CHOSEN}",
        (int(suspended), _list(note_ids)),
    )
    refresh_cards(database, note_ids, now)


def ordinals(kind: NoteKind, cloze: str | None, back: str) -> tuple[int, ...]:
    """Return the ordinals of a note's cards: one for each number among a cloze's gaps, or 0."""
    if kind is not NoteKind.CLOZE:
        return (0,)
    pieces = parse_cloze(cloze or "", back)
    numbers = {piece.number for piece in pieces if isinstance(piece, Gap) and piece.number}
    return tuple(number - 1 for number in sorted(numbers)) or (0,)


def _record(row: Any, cards: tuple[Card, ...]) -> CardRecord:
    """Build a record from a note's row."""
    status = NoteStatus(row["status"])
    return CardRecord(_note(row), status, bool(row["edited"]), row["document_id"], cards)


def _note(row: Any) -> Note:
    """Build a note from a row with its evidence."""
    return Note(
        id=row["id"],
        kind=NoteKind(row["kind"]),
        front=row["front"],
        back=row["back"],
        evidence=_evidence(row),
        cloze=row["cloze"],
        fact=row["fact"],
        term=row["term"],
        rule=row["rule"],
        confidence=row["confidence"],
        tags=tuple(json.loads(row["tags"])),
        title=row["title"] or "",
        author=row["author"] or "",
        modified=row["modified"],
    )


def _evidence(row: Any) -> Evidence:
    """Build the evidence of a note; one without a document has none."""
    if row["block"] is None:
        return Evidence(Span(0, 0, 0), "")
    return Evidence(Span(row["block"], row["start"], row["end"]), row["quote"])


def _insert(database: Database, note: Note, status: NoteStatus, origin: str, now: datetime) -> None:
    """Insert a note without its evidence."""
    database.run(
        "INSERT INTO notes (id, kind, status, origin, front, back, cloze, fact, term, rule, "
        "confidence, tags, modified, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            note.id, note.kind.value, status.value, origin, note.front, note.back, note.cloze,
            note.fact, note.term, note.rule, note.confidence, _list(note.tags),
            note.modified or to_ms(now) // 1000, to_ms(now),
        ),
    )  # fmt: skip


def _reword(database: Database, row: Any, note: Note, now: datetime) -> None:
    """Give an untouched proposal its new wording; ``modified`` moves only if that is new."""
    content = (note.kind.value, note.front, note.back, note.cloze, _list(note.tags))
    same = content == (row["kind"], row["front"], row["back"], row["cloze"], row["tags"])
    database.run(
        "UPDATE notes SET kind = ?, front = ?, back = ?, cloze = ?, tags = ?, fact = ?, term = ?, "
        "rule = ?, confidence = ?, modified = ? WHERE id = ?",
        (
            *content, note.fact, note.term, note.rule, note.confidence,
            row["modified"] if same else _later(row["modified"], now), note.id,
        ),
    )  # fmt: skip


def _link(database: Database, document_id: int, note: Note, position: int, now: datetime) -> None:
    """Store a note's evidence in a document; another quote or source is another content."""
    shown = (note.evidence.quote, note.title, note.author)
    row = database.row(
        "SELECT quote, title, author FROM note_documents WHERE document_id = ? AND note_id = ?",
        (document_id, note.id),
    )
    if row is not None and tuple(row) != shown:
        modified = database.value("SELECT modified FROM notes WHERE id = ?", (note.id,))
        database.run("UPDATE notes SET modified = ? WHERE id = ?", (_later(modified, now), note.id))
    span = note.evidence.span
    database.run(
        'INSERT INTO note_documents (note_id, document_id, position, block, start, "end", quote, '
        "title, author) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (document_id, note_id) DO UPDATE SET position = excluded.position, "
        'block = excluded.block, start = excluded.start, "end" = excluded."end", '
        "quote = excluded.quote, title = excluded.title, author = excluded.author",
        (note.id, document_id, position, span.block, span.start, span.end, *shown),
    )


def _drop_vanished(database: Database, document_id: int, wanted: Collection[str]) -> None:
    """Remove untouched proposals that a new analysis no longer makes."""
    gone = [
        row["id"]
        for row in database.rows(
            "SELECT n.id FROM note_documents nd JOIN notes n ON n.id = nd.note_id "
            "WHERE nd.document_id = ? AND n.status = 'proposed' AND n.edited = 0 "
            "AND n.origin = 'text'",
            (document_id,),
        )
        if row["id"] not in wanted
    ]
    database.run(
        f"DELETE FROM note_documents WHERE document_id = ? AND note_id IN {_CHOSEN}",
        (document_id, _list(gone)),
    )
    database.run(
        f"DELETE FROM notes WHERE id IN {_CHOSEN} AND NOT EXISTS "
        "(SELECT 1 FROM note_documents nd WHERE nd.note_id = notes.id)",
        (_list(gone),),
    )


def _renumber(database: Database, document_id: int) -> None:
    """Let the new cards of a document follow the order of its notes."""
    place = NEW_ORDER.format(note="cards.note_id")
    database.run(
        f"UPDATE cards SET new_order = {place} WHERE new_order <> {place} AND note_id IN "
        "(SELECT note_id FROM note_documents WHERE document_id = ?)",
        (document_id,),
    )


def refresh_cards(database: Database, note_ids: Sequence[str], now: datetime) -> None:
    """Make the cards that accepted notes lack, and say of each card whether it is studied.

    A card whose gap was edited away rests with its schedule, in case the gap comes back. A note
    from Anki that is in no document has the cards that it came with.
    """
    rows = database.rows(
        "SELECT n.id, n.kind, n.status, n.cloze, n.back, (SELECT min(nd.document_id) "
        "FROM note_documents nd WHERE nd.note_id = n.id) AS document_id, "
        f"{NEW_ORDER.format(note='n.id')} AS new_order FROM notes n WHERE n.id IN {_CHOSEN} "
        "ORDER BY new_order, n.id",
        (_list(note_ids),),
    )
    existing = {
        (row["note_id"], row["ordinal"]): row
        for row in database.rows(
            f"SELECT note_id, ordinal, suspended, active FROM cards WHERE note_id IN {_CHOSEN}",
            (_list(note_ids),),
        )
    }
    card_id = _next_card_id(database, now)
    decks: dict[int, int] = {}
    studied: set[tuple[str, int]] = set()
    complete: set[str] = set()
    for row in rows:
        if row["status"] != NoteStatus.ACCEPTED:
            continue
        if row["document_id"] is None:
            complete.add(row["id"])
            continue
        for ordinal in ordinals(NoteKind(row["kind"]), row["cloze"], row["back"]):
            studied.add((row["id"], ordinal))
            if (row["id"], ordinal) not in existing:
                document_id = row["document_id"]
                if document_id not in decks:
                    decks[document_id] = ensure_deck_of_document(database, document_id, now)
                database.run(
                    "INSERT INTO cards (id, note_id, ordinal, new_order, active, deck_id) "
                    "VALUES (?, ?, ?, ?, 1, ?)",
                    (card_id, row["id"], ordinal, row["new_order"], decks[document_id]),
                )
                card_id += 1
    changes = []
    for key, card in existing.items():
        active = int((key in studied or key[0] in complete) and not card["suspended"])
        if active != card["active"]:
            changes.append((active, *key))
    database.run_many("UPDATE cards SET active = ? WHERE note_id = ? AND ordinal = ?", changes)


def _next_card_id(database: Database, now: datetime) -> int:
    """Return an id that no card ever had: the time, or the one after the last."""
    last = database.value("SELECT max(id) FROM cards") or 0
    reviewed = database.value("SELECT max(card_id) FROM reviews") or 0
    return max(to_ms(now), int(last) + 1, int(reviewed) + 1)


def _later(modified: int, now: datetime) -> int:
    """Return the time of a change in seconds, after ``modified`` even within the same second."""
    return max(to_ms(now) // 1000, modified + 1)


def _list(values: Sequence[str]) -> str:
    """Return values as a JSON list, for a tags column or ``json_each``."""
    return json.dumps(list(values), ensure_ascii=False)
