"""The last step of reading, the same for every format: drafts → ``Document``."""

from __future__ import annotations

from desktop.errors import InputError
from desktop.reading.advertisement import leave_out_advertisement
from desktop.reading.document import BlockKind, Document, LeftOut, Source
from desktop.reading.draft import Draft, Reading
from desktop.reading.frame import tell_frame
from desktop.reading.headings import tell_headings
from desktop.reading.repair import mend_certain, mend_likely, settle_whole
from desktop.reading.tongue import language_of


def assemble(reading: Reading, source: Source) -> Document:
    """Mend the parts of a reading, tell its frame and put the document together.

    Raises ``InputError`` with the bare reason when nothing is left to read.
    """
    if reading.whole:
        drafts = settle_whole(reading.drafts)
        frame = tell_frame(drafts, reading)
        advertisement: list[LeftOut] = []
    else:
        drafts, certain_breaks = mend_certain(reading.drafts)
        frame = tell_frame(drafts, reading)
        drafts, advertisement = leave_out_advertisement(drafts, frame.authors)
        tell_headings(drafts)
        drafts = mend_likely(drafts, certain_breaks)
    left_out = [*reading.left_out, *advertisement]
    blocks = tuple(draft.finished(index) for index, draft in enumerate(drafts))
    if not blocks:
        raise InputError("it holds no text")
    return Document(
        title=_first(drafts, BlockKind.TITLE),
        kicker=_first(drafts, BlockKind.KICKER),
        standfirst=_first(drafts, BlockKind.STANDFIRST),
        authors=frame.authors,
        date=frame.date,
        language=_language(reading, drafts),
        source=source,
        blocks=blocks,
        left_out=tuple(left_out),
        warnings=tuple(dict.fromkeys(reading.warnings)),
        pictures=tuple(reading.pictures),
    )


def _language(reading: Reading, drafts: list[Draft]) -> str:
    """Return the language that the text names, or the one that its words show."""
    if reading.language and reading.language[:2].isalpha():
        return reading.language[:2].lower()
    return language_of(" ".join(draft.text for draft in drafts))


def _first(drafts: list[Draft], kind: BlockKind) -> str | None:
    """Return the text of the first block of ``kind``."""
    return next((" ".join(d.text.split()) for d in drafts if d.kind is kind), None)
