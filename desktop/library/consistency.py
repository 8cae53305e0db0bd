"""What must hold in a library beyond the file's integrity; a breach is a defect of ours."""

from __future__ import annotations

from desktop.library.database import Database

_RULES = (
    (
        "card {} is studied though its note is not accepted, or it is suspended",
        "SELECT c.id FROM cards c JOIN notes n ON n.id = c.note_id "
        "WHERE c.active = 1 AND (c.suspended = 1 OR n.status <> 'accepted')",
    ),
    (
        "the accepted note {} has no card",
        "SELECT n.id FROM notes n WHERE n.status = 'accepted' "
        "AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.note_id = n.id)",
    ),
    (
        "the note {} has no evidence in any document",
        "SELECT n.id FROM notes n "
        "WHERE NOT EXISTS (SELECT 1 FROM note_documents nd WHERE nd.note_id = n.id) "
        "AND NOT EXISTS (SELECT 1 FROM foreign_notes f WHERE f.note_id = n.id)",
    ),
    (
        "card {} is in no deck",
        "SELECT id FROM cards WHERE deck_id IS NULL",
    ),
    (
        "the options {} of a deck can't be read",
        "SELECT name FROM deck_options WHERE NOT json_valid(options)",
    ),
    (
        "the note {} was deleted and is there again",
        "SELECT note_id FROM deleted_notes WHERE note_id IN (SELECT id FROM notes)",
    ),
    (
        "card {} was studied but has no due time or no memory state",
        "SELECT id FROM cards WHERE state > 0 "
        "AND (due IS NULL OR stability IS NULL OR difficulty IS NULL)",
    ),
    (
        "document {} has no contents that can be read",
        "SELECT d.id FROM documents d LEFT JOIN document_contents c ON c.document_id = d.id "
        "WHERE c.content IS NULL OR NOT json_valid(c.content)",
    ),
    (
        "{} passages are in the index for searching that are in no text, or the other way round",
        "SELECT abs(indexed - stored) FROM (SELECT (SELECT count(*) FROM passages_docsize) AS "
        "indexed, (SELECT coalesce(sum(min(json_array_length(content, '$.blocks'), 1048576)), 0) "
        "FROM document_contents WHERE json_valid(content)) AS stored) WHERE indexed <> stored",
    ),
    (
        "the cached analysis of the text {} can't be read",
        "SELECT text_hash FROM analyses WHERE NOT json_valid(result)",
    ),
)


def inconsistencies(database: Database) -> list[str]:
    """Return what contradicts itself in the library, a sentence for each; none when it is well."""
    return [sentence.format(row[0]) for sentence, query in _RULES for row in database.rows(query)]
