"""What an office document says of itself, used where its text does not say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.reading.bylines import split_byline
from desktop.reading.dates import iso_date
from desktop.reading.document import BlockKind
from desktop.reading.draft import Draft, Reading
from desktop.reading.tongue import language_of, told_language

_HEAD = 12  # blocks
_SAMPLE = 200  # blocks
_DATE_WORDS = 12
_TIME = re.compile(r"(?<=\d)T\d.*", re.S)


@dataclass(frozen=True, slots=True)
class Properties:
    """The title, the authors (parted by ``;``), the date and the language that a file states."""

    title: str | None = None
    authors: str | None = None
    date: str | None = None
    language: str | None = None


def apply_properties(reading: Reading, told: Properties) -> None:
    """Complete a reading: word processors fill these in by themselves, so the text comes first."""
    head = reading.drafts[:_HEAD]
    _tell_title(head, told.title)
    if not reading.authors:
        reading.authors = _authors(head, told.authors)
    if reading.date is None and not any(_states_date(draft) for draft in head):
        reading.date = iso_date(_TIME.sub("", told.date or ""))
    shown = language_of(" ".join(draft.text for draft in reading.drafts[:_SAMPLE]))
    if shown == "und":
        reading.language = told_language(told.language, reading.drafts)


def _tell_title(head: list[Draft], title: str | None) -> None:
    """Make the block that repeats the stated title the title."""
    wanted = " ".join((title or "").split()).casefold()
    if not wanted or any(draft.kind is BlockKind.TITLE for draft in head):
        return
    for draft in head:
        plain = draft.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        if plain and " ".join(draft.text.split()).casefold() == wanted:
            draft.kind, draft.level = BlockKind.TITLE, None
            return


def _authors(head: list[Draft], stated: str | None) -> tuple[str, ...]:
    """Return the authors of a line that is set as theirs, or the stated ones that are names."""
    lines = [d.text for d in head if d.kind is BlockKind.BYLINE and not iso_date(d.text)]
    named = [name for line in lines
             for name in split_byline(line, labelled=False) or split_byline(line)]  # fmt: skip
    if named:
        return tuple(dict.fromkeys(named))
    if any(split_byline(draft.text) for draft in head):
        return ()  # the frame will find them
    names = [split_byline(part, labelled=False) for part in (stated or "").split(";")]
    return tuple(dict.fromkeys(name for found in names for name in found))


def _states_date(draft: Draft) -> bool:
    return len(draft.text.split()) <= _DATE_WORDS and iso_date(draft.text) is not None
