"""Writing an Anki package with everything: several decks, schedules, the log, media.

The collection goes row by row into a file on the disk and from there into the package, so that
memory doesn't grow with it. Schema 11 is what every Anki reads. The same content gives the same
bytes.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from desktop.decks.cloze_text import plain_text
from desktop.decks.collection import (
    FIELD_SEPARATOR,
    CollectionCard,
    CollectionDeck,
    CollectionNote,
    CollectionNoteType,
    CollectionPreset,
    CollectionReview,
)
from desktop.decks.writing import write_streamed

#: The earliest date that a zip file can hold.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)

_PIECE = 1 << 18
_PORTION = 2_000

_SCHEMA = """
CREATE TABLE col (
    id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
    ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL,
    conf text NOT NULL, models text NOT NULL, decks text NOT NULL, dconf text NOT NULL,
    tags text NOT NULL
);
CREATE TABLE notes (
    id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL,
    csum integer NOT NULL, flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE cards (
    id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL,
    due integer NOT NULL, ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL,
    lapses integer NOT NULL, left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE revlog (
    id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
    ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL,
    time integer NOT NULL, type integer NOT NULL
);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
"""

#: Those of Anki's indexes that its import asks by.
_INDEXES = """
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_revlog_cid ON revlog (cid);
"""

_PICTURE = re.compile(
    r"(?i)<img\b[^>]{0,999}?\bsrc\s{0,9}=\s{0,9}[\"']?([^\"'>]{1,500})[\"']?[^>]{0,999}>"
)

#: What a deck is in Anki's exchange format.
_FRESH_DECK: dict[str, Any] = {
    "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0],
    "collapsed": True, "browserCollapsed": True, "desc": "", "dyn": 0, "conf": 1, "extendNew": 0,
    "extendRev": 0, "reviewLimit": None, "newLimit": None, "reviewLimitToday": None,
    "newLimitToday": None, "desiredRetention": None,
}  # fmt: skip


#: What Anki writes into a preset that it makes, in its exchange format.
FRESH_PRESET: dict[str, Any] = {
    "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
    "new": {"bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0],
            "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200,
            "hardFactor": 1.2},
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    "dyn": False, "newMix": 0, "newPerDayMinimum": 0, "interdayLearningMix": 0, "reviewOrder": 0,
    "newSortOrder": 0, "newGatherPriority": 0, "buryInterdayLearning": False, "fsrsWeights": [],
    "fsrsParams5": [], "fsrsParams6": [], "desiredRetention": 0.9, "ignoreRevlogsBeforeDate": "",
    "easyDaysPercentages": [1.0] * 7, "stopTimerOnAnswer": False, "secondsToShowQuestion": 0.0,
    "secondsToShowAnswer": 0.0, "questionAction": 0, "answerAction": 0, "waitForAudio": True,
    "sm2Retention": 0.9, "weightSearch": "",
}  # fmt: skip

#: The first day of every collection that we write: 1 January 2015, at four in the morning. All
#: that is due lies after it.
CREATED = 1_420_084_800

_DEFAULT = 1  # Anki's id of the deck and of the preset that are always there


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a package will hold; the rows are asked for once, in this order.

    ``created`` is the collection's first day in seconds, ``start_hour`` the hour at which the
    reader's days begin. Notes are ordered by id, so are cards and reviews.
    """

    created: int
    start_hour: int
    fsrs: bool
    note_types: tuple[CollectionNoteType, ...]
    decks: tuple[CollectionDeck, ...]
    presets: tuple[CollectionPreset, ...]
    notes: Iterable[CollectionNote]
    cards: Iterable[CollectionCard]
    reviews: Iterable[CollectionReview]
    media: Iterable[tuple[str, bytes]]


def write_collection(
    path: str | Path, outgoing: Outgoing, *, report: Callable[[int], object] = lambda _rows: None
) -> None:
    """Write a package whole or not at all; ``report`` hears how many rows are written so far.

    Raises ``OutputError`` when it can't be written; what ``report`` raises leaves nothing behind.
    """
    write_streamed(path, lambda file: pack_collection(file, outgoing, report=report))


def pack_collection(
    file: IO[bytes], outgoing: Outgoing, *, report: Callable[[int], object] = lambda _rows: None
) -> None:
    """Write a package into an open file."""
    with tempfile.TemporaryDirectory(prefix="glossator-") as folder:
        collection = Path(folder) / "collection"
        try:
            _write_database(collection, outgoing, report)
        except sqlite3.OperationalError as error:
            full = error.sqlite_errorname == "SQLITE_FULL"
            raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            _add_file(archive, "collection.anki2", collection)
            names = []
            for number, (name, data) in enumerate(outgoing.media):
                add_member(archive, str(number), data)
                names.append(name)
            listing = {str(number): name for number, name in enumerate(names)}
            add_member(archive, "media", json.dumps(listing).encode())


def deck_config(
    deck_id: int, name: str, preset_id: int, modified: int, base: Any
) -> dict[str, Any]:
    """Return a deck in Anki's exchange format; ``base`` is how Anki had it, if it did."""
    config = _FRESH_DECK if base is None else base
    return config | {"id": deck_id, "name": name, "conf": preset_id, "mod": modified}


def default_deck() -> CollectionDeck:
    """Return the deck without which Anki takes no collection."""
    config = deck_config(_DEFAULT, "Default", _DEFAULT, 0, None)
    return CollectionDeck(_DEFAULT, "Default", 0, _DEFAULT, config)


def default_preset() -> CollectionPreset:
    """Return the preset without which Anki takes no collection."""
    config = FRESH_PRESET | {"id": _DEFAULT, "name": "Default", "mod": 0}
    return CollectionPreset(_DEFAULT, "Default", 0, config)


def _write_database(path: Path, outgoing: Outgoing, report: Callable[[int], object]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        done = 0
        changed = 0
        sort_fields = {one.id: int(one.config.get("sortf") or 0) for one in outgoing.note_types}
        for rows in _portions(outgoing.notes):
            connection.executemany(
                "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
                (_note_row(note, sort_fields[note.type_id]) for note in rows),
            )
            changed = max(changed, *(note.modified for note in rows))
            report(done := done + len(rows))
        for cards in _portions(outgoing.cards):
            connection.executemany(
                "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_card_row(card) for card in cards),
            )
            report(done := done + len(cards))
        for reviews in _portions(outgoing.reviews):
            connection.executemany(
                "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)",
                (_review_row(review) for review in reviews),
            )
            report(done := done + len(reviews))
        connection.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            (
                outgoing.created, changed * 1000, changed * 1000, _configuration(outgoing),
                _by_id(outgoing.note_types), _by_id(outgoing.decks), _by_id(outgoing.presets),
            ),
        )  # fmt: skip
        connection.execute("COMMIT")
        connection.executescript(_INDEXES)
    finally:
        connection.close()


def _portions(rows: Iterable[Any]) -> Iterator[list[Any]]:
    portion = []
    for row in rows:
        portion.append(row)
        if len(portion) == _PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _note_row(note: CollectionNote, sort_field: int) -> tuple[Any, ...]:
    fields = note.fields
    shown = fields[sort_field] if sort_field < len(fields) else fields[0]
    tags = f" {' '.join(note.tags)} " if note.tags else ""
    return (
        note.id, note.guid, note.type_id, note.modified, tags, FIELD_SEPARATOR.join(fields),
        _stripped(shown), _checksum(fields[0]),
    )  # fmt: skip


def _card_row(card: CollectionCard) -> tuple[Any, ...]:
    return (
        card.id, card.note_id, card.deck_id, card.ordinal, card.modified, card.kind, card.queue,
        card.due, card.interval, card.factor, card.reps, card.lapses, card.left, card.home_due,
        card.home_deck_id, card.flags, card.data,
    )  # fmt: skip


def _review_row(review: CollectionReview) -> tuple[int, ...]:
    return (
        review.id, review.card_id, review.rating, review.interval, review.last_interval,
        review.factor, review.took, review.kind,
    )  # fmt: skip


def _stripped(field: str) -> str:
    """Return a field without its markup, pictures as their names, as Anki sorts by it."""
    if "<" not in field and "&" not in field:
        return field
    return plain_text(_PICTURE.sub(r" \1 ", field))


def _checksum(field: str) -> int:
    """Return what Anki finds notes with the same first field by."""
    return int(hashlib.sha1(_stripped(field).encode()).hexdigest()[:8], 16)


def _by_id(things: Iterable[CollectionNoteType | CollectionDeck | CollectionPreset]) -> str:
    listed = {str(one.id): one.config for one in things}
    return json.dumps(listed, ensure_ascii=False, sort_keys=True)


def _configuration(outgoing: Outgoing) -> str:
    """Return the settings of the collection."""
    return json.dumps(
        {
            "schedVer": 2, "sched2021": True, "creationOffset": 0, "rollover": outgoing.start_hour,
            "fsrs": outgoing.fsrs, "curDeck": 1, "activeDecks": [1], "nextPos": 1, "newSpread": 0,
            "collapseTime": 1200, "estTimes": True, "dueCounts": True, "timeLim": 0,
            "sortType": "noteFld", "sortBackwards": False, "addToCur": True, "dayLearnFirst": False,
        },
        sort_keys=True,
    )  # fmt: skip


def add_member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file to a package in such a way that the same data give the same bytes."""
    archive.writestr(_entry(name), data)


def _add_file(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = _entry(name)
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(entry, "w") as target:
        while piece := source.read(_PIECE):
            target.write(piece)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same bytes on every system
    entry.external_attr = 0o644 << 16
    return entry
