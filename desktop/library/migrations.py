"""The schema of the library, as numbered steps; what a file lacks is applied in one transaction.

A step that a reader's file may have seen is never changed: what is needed later is a new step at
the end of ``MIGRATIONS``, and a real file of the version before it under ``tests/library/files``.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

#: Marks the file as ours in its header ("Glos").
APPLICATION_ID = 0x476C6F73

_VERSION_1 = """
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL                 -- JSON
);
CREATE TABLE state (                    -- of the window: geometry, last document
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL                 -- JSON
);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: running work is named by it
    sha256 TEXT NOT NULL UNIQUE,        -- of the file's bytes
    text_hash TEXT NOT NULL,            -- of the blocks; key of the analysis
    source_name TEXT NOT NULL,
    source_format TEXT NOT NULL,
    title TEXT,
    authors TEXT NOT NULL,              -- JSON list
    language TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    added_at INTEGER NOT NULL,          -- milliseconds since 1970, as all times but notes.modified
    opened_at INTEGER
);
CREATE INDEX documents_text ON documents (text_hash);
CREATE TABLE document_contents (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    content TEXT NOT NULL               -- JSON: frame, blocks with marks, left_out, warnings
);
CREATE TABLE pictures (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (document_id, position)
);
CREATE TABLE reading_positions (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    block INTEGER NOT NULL,
    "offset" INTEGER NOT NULL,
    fraction REAL NOT NULL,             -- 0..1 of the document
    saved_at INTEGER NOT NULL
);
CREATE TABLE analyses (
    text_hash TEXT NOT NULL,
    version TEXT NOT NULL,              -- of the pipeline that made the result
    result TEXT NOT NULL,               -- JSON
    made_at INTEGER NOT NULL,
    PRIMARY KEY (text_hash, version)
);
CREATE TABLE notes (
    id TEXT PRIMARY KEY,                -- stable identity, the GUID in Anki
    kind TEXT NOT NULL CHECK (kind IN ('question', 'cloze', 'term')),
    status TEXT NOT NULL CHECK (status IN ('proposed', 'accepted', 'refused')),
    origin TEXT NOT NULL CHECK (origin IN ('text', 'reader')),
    edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1)),
    front TEXT NOT NULL,
    back TEXT NOT NULL,
    cloze TEXT,
    fact TEXT,
    term TEXT,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    tags TEXT NOT NULL,                 -- JSON list
    modified INTEGER NOT NULL,          -- SECONDS since 1970 of the content's last change
    added_at INTEGER NOT NULL
);
CREATE INDEX notes_status ON notes (status);
CREATE TABLE note_documents (           -- the evidence of a note, once for each source
    note_id TEXT NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,          -- order of study within the document
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    PRIMARY KEY (document_id, note_id)
);
CREATE INDEX note_documents_note ON note_documents (note_id);
CREATE TABLE deleted_notes (            -- so that a new analysis doesn't bring them back
    note_id TEXT PRIMARY KEY,
    deleted_at INTEGER NOT NULL
);
CREATE TABLE cards (
    id INTEGER PRIMARY KEY,             -- milliseconds of its making, as in Anki
    note_id TEXT NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    step INTEGER,
    stability REAL,
    difficulty REAL,
    due INTEGER,
    last_review INTEGER,
    reps INTEGER NOT NULL DEFAULT 0,
    lapses INTEGER NOT NULL DEFAULT 0,
    suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1)),
    buried_until INTEGER,
    new_order INTEGER NOT NULL,         -- place among all new cards
    active INTEGER NOT NULL CHECK (active IN (0, 1)),  -- 1: accepted and not suspended
    UNIQUE (note_id, ordinal)
);
-- Studying asks for the first row of one of these two, whatever the size of the library.
CREATE INDEX cards_due ON cards (state, due) WHERE active = 1;
CREATE INDEX cards_new ON cards (new_order, id) WHERE active = 1 AND state = 0;
CREATE TABLE reviews (                  -- outlives its card: the history is the reader's
    id INTEGER PRIMARY KEY,             -- milliseconds of the answer, made unique, as in Anki
    card_id INTEGER NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    reviewed_at INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    state_before INTEGER NOT NULL,
    state_after INTEGER NOT NULL,
    stability REAL NOT NULL,
    difficulty REAL NOT NULL,
    interval INTEGER NOT NULL,          -- milliseconds until the card comes again
    last_interval INTEGER NOT NULL
);
CREATE INDEX reviews_card ON reviews (card_id, id);
"""

_VERSION_2 = """
ALTER TABLE documents ADD COLUMN terms_listed INTEGER NOT NULL DEFAULT 0
    CHECK (terms_listed IN (0, 1));     -- document_terms holds its glossary
CREATE TABLE glossary_edits (           -- what the reader changed, in the order of doing
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    edit TEXT NOT NULL,                 -- JSON
    made_at INTEGER NOT NULL
);
CREATE INDEX glossary_edits_document ON glossary_edits (document_id, id);
CREATE TABLE known_terms (              -- what the reader knows, in every text
    key TEXT PRIMARY KEY,
    term TEXT NOT NULL,
    known_at INTEGER NOT NULL
);
CREATE TABLE document_terms (           -- the glossaries with their edits, to be searched
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    key TEXT NOT NULL,                  -- the same in all texts
    term TEXT NOT NULL,
    kind TEXT NOT NULL,
    names TEXT NOT NULL,                -- the keys of its aliases, each between line feeds
    importance REAL NOT NULL,
    mentions INTEGER NOT NULL,
    definition TEXT,
    source TEXT,
    PRIMARY KEY (document_id, key)
);
-- Holds all that the list of the library's terms is made of.
CREATE INDEX document_terms_key ON document_terms (key, kind, source, mentions, importance);
"""

_VERSION_3 = """
CREATE TABLE card_judgements (          -- of cards that the reader edited or deleted
    id INTEGER PRIMARY KEY,
    note_id TEXT NOT NULL UNIQUE,
    kept REAL NOT NULL,                 -- 0 deleted … 1 kept
    numbers TEXT NOT NULL               -- JSON: what the card was like when it was made
);
"""

_VERSION_4 = """
CREATE TABLE deck_options (             -- a preset: what a deck is studied by
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    options TEXT NOT NULL,              -- JSON; an absent key has its default
    modified INTEGER NOT NULL           -- SECONDS since 1970
);
INSERT INTO deck_options (id, name, options, modified) VALUES (1, 'Default', coalesce(
    (SELECT json_group_object(key, json(value)) FROM settings
     WHERE key IN ('desired_retention', 'new_per_day', 'reviews_per_day')), '{}'), 0);
CREATE TABLE decks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,          -- nested: "A::B"
    document_id INTEGER UNIQUE REFERENCES documents (id) ON DELETE SET NULL,  -- whose cards it gets
    options_id INTEGER NOT NULL DEFAULT 1 REFERENCES deck_options (id),
    anki_id INTEGER,                    -- in the Anki that it came from or went to
    modified INTEGER NOT NULL           -- SECONDS since 1970
);
CREATE INDEX decks_options ON decks (options_id);
INSERT INTO decks (name, modified)
    SELECT 'Glossator', 0 WHERE EXISTS (SELECT 1 FROM cards);
-- Of several documents with one title, all but the first have their number in the deck's name.
INSERT INTO decks (name, document_id, modified)
    SELECT 'Glossator::' || title || CASE WHEN number = 1 THEN '' ELSE ' (' || id || ')' END,
        id, added_at / 1000
    FROM (SELECT d.id, d.added_at, replace(coalesce(nullif(d.title, ''), d.source_name), '::', ':')
                AS title, row_number() OVER
                (PARTITION BY coalesce(nullif(d.title, ''), d.source_name) ORDER BY d.id) AS number
          FROM documents d WHERE d.id IN (SELECT min(nd.document_id) FROM note_documents nd
                JOIN cards c ON c.note_id = nd.note_id GROUP BY nd.note_id))
    ORDER BY id;
ALTER TABLE cards ADD COLUMN deck_id INTEGER REFERENCES decks (id);
ALTER TABLE cards ADD COLUMN flag INTEGER NOT NULL DEFAULT 0;
UPDATE cards SET deck_id = (SELECT k.id FROM note_documents nd JOIN decks k
    ON k.document_id = nd.document_id WHERE nd.note_id = cards.note_id
    ORDER BY nd.document_id LIMIT 1);
CREATE INDEX cards_deck ON cards (deck_id, state, due);
CREATE TABLE note_types (               -- of notes from Anki that are not of our types
    id INTEGER PRIMARY KEY,             -- Anki's
    name TEXT NOT NULL,
    config TEXT NOT NULL,               -- JSON: all that Anki needs to get it back
    modified INTEGER NOT NULL           -- SECONDS since 1970
);
CREATE TABLE foreign_notes (            -- the fields of such notes
    note_id TEXT PRIMARY KEY REFERENCES notes (id) ON DELETE CASCADE,  -- the GUID
    note_type_id INTEGER NOT NULL REFERENCES note_types (id),
    fields TEXT NOT NULL,               -- JSON list of HTML
    anki_id INTEGER NOT NULL
);
CREATE INDEX foreign_notes_type ON foreign_notes (note_type_id);
CREATE TABLE media (                    -- files that such notes name
    name TEXT PRIMARY KEY,
    data BLOB NOT NULL,
    sha1 TEXT NOT NULL
);
"""

_VERSION_5 = """
CREATE TABLE schedule_changes (         -- of a card's schedule, made by hand; outlives its card
    id INTEGER PRIMARY KEY,             -- milliseconds of the change, made unique
    card_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('due', 'forgotten'))
);
CREATE INDEX schedule_changes_card ON schedule_changes (card_id, id);
CREATE INDEX notes_tags ON notes (tags);  -- the tree of tags, and searches by them
"""

_VERSION_6 = """
-- What Anki keeps of its cards, reviews, decks and options and the library has no place for. It
-- goes back as it came; that of a card counts until the card is studied here.
CREATE TABLE anki_cards (
    card_id INTEGER PRIMARY KEY REFERENCES cards (id) ON DELETE CASCADE,
    modified INTEGER NOT NULL,          -- SECONDS since 1970
    kind INTEGER NOT NULL,              -- 0 new, 1 learning, 2 review, 3 relearning
    queue INTEGER NOT NULL,
    due INTEGER NOT NULL,               -- a place, a time in seconds, or a day since 1970
    interval INTEGER NOT NULL,          -- days, below zero seconds
    factor INTEGER NOT NULL,
    reps INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    "left" INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    data TEXT NOT NULL,                 -- JSON
    due_at INTEGER,                     -- cards.due as this made it
    last_review INTEGER                 -- cards.last_review as this made it
);
CREATE TABLE anki_reviews (             -- lines of its log, those without an answer too
    id INTEGER PRIMARY KEY,             -- milliseconds
    card_id INTEGER NOT NULL,
    rating INTEGER NOT NULL,
    interval INTEGER NOT NULL,          -- days, below zero seconds
    last_interval INTEGER NOT NULL,
    factor INTEGER NOT NULL,
    took INTEGER NOT NULL,              -- milliseconds
    kind INTEGER NOT NULL
);
CREATE INDEX anki_reviews_card ON anki_reviews (card_id);
CREATE TABLE anki_decks (
    deck_id INTEGER PRIMARY KEY REFERENCES decks (id) ON DELETE CASCADE,
    config TEXT NOT NULL                -- JSON
);
CREATE TABLE anki_presets (
    options_id INTEGER PRIMARY KEY REFERENCES deck_options (id) ON DELETE CASCADE,
    anki_id INTEGER NOT NULL,
    config TEXT NOT NULL                -- JSON
);
"""

_VERSION_7 = """
CREATE TABLE highlights (               -- what the reader marked in a text, with their notes
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    colour TEXT NOT NULL,
    note TEXT NOT NULL,                 -- empty: none
    anchor TEXT NOT NULL,               -- JSON: the quote, what is around it, where it began
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
);
CREATE INDEX highlights_document ON highlights (document_id, id);
CREATE TABLE bookmarks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    anchor TEXT NOT NULL,               -- JSON: a point, by what is around it
    made_at INTEGER NOT NULL
);
CREATE INDEX bookmarks_document ON bookmarks (document_id, id);
"""

_VERSION_8 = """
CREATE TABLE anki_meetings (            -- how a note stood here and in an Anki when both last met
    id INTEGER PRIMARY KEY,
    peer TEXT NOT NULL,                 -- which Anki
    note_id TEXT NOT NULL,              -- outlives the note: its deletion goes to that Anki
    anki_id INTEGER NOT NULL,
    ours TEXT NOT NULL,                 -- JSON
    theirs TEXT,                        -- JSON; null where it is the same
    UNIQUE (peer, note_id)
);
CREATE TABLE anki_contents (            -- what was last written to a file for Anki
    note_id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,               -- of fields and tags
    modified INTEGER NOT NULL           -- SECONDS since 1970, as it was told to Anki
);
"""

_VERSION_9 = """
CREATE TABLE labels (                   -- collections and tags of texts
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('collection', 'tag')),
    name TEXT NOT NULL COLLATE NOCASE,
    UNIQUE (kind, name)
);
CREATE TABLE document_labels (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (document_id, label_id)
);
CREATE INDEX document_labels_label ON document_labels (label_id);
ALTER TABLE documents ADD COLUMN cover TEXT;  -- the name of the picture that stands for it
UPDATE documents SET cover = (
    SELECT json_extract(b.value, '$.picture')
    FROM document_contents c,
        json_each(iif(json_valid(c.content), c.content, '{}'), '$.blocks') b
    WHERE c.document_id = documents.id AND json_extract(b.value, '$.picture') IS NOT NULL
    ORDER BY b.key LIMIT 1);
-- Holds the words of all blocks, not their text: that is in document_contents, whose changes the
-- triggers follow, those of undo as well. A row is a block: document_id * 2^20 + its index.
CREATE VIRTUAL TABLE passages USING fts5(
    text, content = '', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO passages (rowid, text)
    SELECT c.document_id * 1048576 + b.key, json_extract(b.value, '$.text')
    FROM document_contents c,
        json_each(iif(json_valid(c.content), c.content, '{}'), '$.blocks') b
    WHERE b.key < 1048576;
CREATE TRIGGER passages_added AFTER INSERT ON document_contents BEGIN
    INSERT INTO passages (rowid, text)
        SELECT NEW.document_id * 1048576 + b.key, json_extract(b.value, '$.text')
        FROM json_each(iif(json_valid(NEW.content), NEW.content, '{}'), '$.blocks') b
        WHERE b.key < 1048576;
END;
CREATE TRIGGER passages_removed AFTER DELETE ON document_contents BEGIN
    INSERT INTO passages (passages, rowid, text)
        SELECT 'delete', OLD.document_id * 1048576 + b.key, json_extract(b.value, '$.text')
        FROM json_each(iif(json_valid(OLD.content), OLD.content, '{}'), '$.blocks') b
        WHERE b.key < 1048576;
END;
CREATE TRIGGER passages_changed AFTER UPDATE ON document_contents BEGIN
    INSERT INTO passages (passages, rowid, text)
        SELECT 'delete', OLD.document_id * 1048576 + b.key, json_extract(b.value, '$.text')
        FROM json_each(iif(json_valid(OLD.content), OLD.content, '{}'), '$.blocks') b
        WHERE b.key < 1048576;
    INSERT INTO passages (rowid, text)
        SELECT NEW.document_id * 1048576 + b.key, json_extract(b.value, '$.text')
        FROM json_each(iif(json_valid(NEW.content), NEW.content, '{}'), '$.blocks') b
        WHERE b.key < 1048576;
END;
"""

#: Step n brings a file of version n - 1 to version n.
MIGRATIONS = (
    _VERSION_1,
    _VERSION_2,
    _VERSION_3,
    _VERSION_4,
    _VERSION_5,
    _VERSION_6,
    _VERSION_7,
    _VERSION_8,
    _VERSION_9,
)

NEWEST_VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, path: Path, to: int = NEWEST_VERSION) -> None:
    """Bring the open library at ``path`` to version ``to``, after a backup of an older file.

    The backup is ``backups/<name>-version-<n>.sqlite3`` beside the library. Raises
    ``sqlite3.Error``; the file is then as it was, because all steps are one transaction.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version >= to:
        return
    if version > 0:
        _back_up(connection, path, version)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for script in MIGRATIONS[version:to]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {to}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """Cut a script at its statements' ends; ``executescript`` would commit before it begins."""
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the file as it is before its first step."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    copy = sqlite3.connect(folder / f"{path.stem}-version-{version}.sqlite3")
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
