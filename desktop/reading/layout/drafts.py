"""Pages of words → drafts: columns in order, paragraphs whole across columns and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from desktop.reading.document import BlockKind, LeftOut, LeftOutKind, Mark, MarkKind
from desktop.reading.draft import HARD_BREAK, Draft, Reading
from desktop.reading.layout.columns import Column, columns_of
from desktop.reading.layout.furniture import counted_labels, leave_out_furniture
from desktop.reading.layout.kinds import NOTE_MARK, squeezed, tell_kinds
from desktop.reading.layout.paragraphs import (
    BULLET,
    Paragraph,
    Setting,
    paragraphs_of,
    setting_of,
)
from desktop.reading.layout.words import Line, Page, PlacedPicture, Word, follows, is_raised
from desktop.reading.sentences import ends_clause, ends_in_cut_word, ends_sentence, starts_lower

_MOST_LEVELS = 4
_PREVAILING = 0.25  # of the letters


@dataclass(slots=True)
class _Piece:
    """A paragraph, a table or a picture of one page, with its kind."""

    kind: BlockKind
    paragraph: Paragraph | None = None
    table: Column | None = None
    picture: PlacedPicture | None = None
    page: int = 0


def body_size(pages: Sequence[Page]) -> float:
    """Return the size of type in which most of a document is set."""
    weights: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            weights[word.size] += len(word.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 10.0


def reading_of(
    pages: Sequence[Page], labels: Mapping[int, str], outline: Mapping[str, int]
) -> Reading:
    """Return what pages of words say: drafts, and what belongs to the pages alone.

    ``labels`` are the labels that the document gives its pages; the others are told from the
    numbers on them. ``outline`` is the level of each heading that it names (``squeezed``).
    """
    even_sizes(pages)
    size = body_size(pages)
    left_out, printed = leave_out_furniture(pages, size)
    left_out += [
        LeftOut(LeftOutKind.BOILERPLATE, " ".join(page.aside)) for page in pages if page.aside
    ]
    counted = counted_labels(printed, len(pages))
    shown = {page.number: labels.get(page.number) or counted(page.number) for page in pages}
    return Reading(drafts_of(pages, size, shown, outline), left_out)


def even_sizes(pages: Sequence[Page]) -> None:
    """Give the words of a rough text layer, as recognition leaves it, one size each page.

    Where no size of type prevails, the sizes are but those of the boxes around the words.
    """
    weights: Counter[float] = Counter()
    for page in pages:
        for word in page.words:
            weights[round(word.size, 1)] += len(word.text)
    if not weights or max(weights.values()) >= _PREVAILING * weights.total():
        return
    for page in pages:
        if not page.words:
            continue
        usual = median(word.size for word in page.words)
        for word in page.words:
            if 0.6 * usual <= word.size <= 1.7 * usual:
                word.size = usual


def drafts_of(
    pages: Sequence[Page], size: float, labels: Mapping[int, str], outline: Mapping[str, int]
) -> list[Draft]:
    """Return the drafts of a document.

    ``size`` is that of the body's type, ``labels`` the label of each page, ``outline`` the level
    of each heading that the document's outline names (``squeezed``).
    """
    laid = [columns_of(page.words, size, page.number) for page in pages]
    setting = setting_of([column for columns in laid for column in columns], size)
    pieces: list[_Piece] = []
    count = 0
    for page, columns in zip(pages, laid, strict=True):
        pieces += _pieces(page, columns, setting, frozenset(outline), count)
        count += len(columns)
    levels = _levels(pieces, outline)
    notes = _note_anchors(pieces)
    return _Writer(setting, labels, levels, notes).write(pieces)


def _pieces(
    page: Page, columns: Sequence[Column], setting: Setting, titles: frozenset[str], count: int
) -> Iterator[_Piece]:
    """Yield what stands on one page in reading order."""
    grouped = [paragraphs_of(column, count + place, setting)
               for place, column in enumerate(columns)]  # fmt: skip
    kinds = iter(tell_kinds(grouped, setting, page.pictures, titles))
    waiting = sorted(page.pictures, key=lambda picture: (picture.top, picture.left))
    for column, paragraphs in zip(columns, grouped, strict=True):
        if column.cells is not None:
            yield _Piece(BlockKind.TABLE, table=column, page=page.number)
        for paragraph in paragraphs:
            for picture in [p for p in waiting if _precedes(p, paragraph)]:
                waiting.remove(picture)
                yield _Piece(BlockKind.FIGURE, picture=picture, page=page.number)
            yield _Piece(next(kinds), paragraph, page=page.number)
    for picture in waiting:
        yield _Piece(BlockKind.FIGURE, picture=picture, page=page.number)


def _precedes(picture: PlacedPicture, paragraph: Paragraph) -> bool:
    """Return whether a picture stands above a paragraph of its column."""
    beside = picture.left < paragraph.right and picture.right > paragraph.left
    return beside and picture.top < paragraph.lines[0].top


def _levels(pieces: Sequence[_Piece], outline: Mapping[str, int]) -> dict[int, int]:
    """Return the level of each heading by its place: the outline's, or by size and weight."""
    styles: Counter[tuple[float, bool]] = Counter()
    for piece in pieces:
        if piece.kind is BlockKind.HEADING and piece.paragraph is not None:
            styles[_style(piece.paragraph)] += 1
    order = sorted(styles, reverse=True)
    levels: dict[int, int] = {}
    for place, piece in enumerate(pieces):
        if piece.kind is BlockKind.HEADING and piece.paragraph is not None:
            told = outline.get(squeezed(piece.paragraph.text))
            ranked = min(_MOST_LEVELS, order.index(_style(piece.paragraph)) + 1)
            levels[place] = told or ranked
    return levels


def _style(paragraph: Paragraph) -> tuple[float, bool]:
    return round(paragraph.size), all(line.bold for line in paragraph.lines)


def _note_anchors(pieces: Sequence[_Piece]) -> dict[tuple[int, str], str]:
    """Return the anchor of each footnote by its page and its mark."""
    anchors: dict[tuple[int, str], str] = {}
    for piece in pieces:
        if piece.kind is BlockKind.FOOTNOTE and piece.paragraph is not None:
            mark = NOTE_MARK.match(piece.paragraph.text)
            if mark:
                key = (piece.page, mark[1])
                anchors.setdefault(key, f"note-{piece.page + 1}-{len(anchors) + 1}")
    return anchors


class _Writer:
    """Turns pieces into drafts and joins what columns and pages have parted."""

    def __init__(
        self, setting: Setting, labels: Mapping[int, str], levels: Mapping[int, int],
        notes: Mapping[tuple[int, str], str],
    ) -> None:  # fmt: skip
        self.setting = setting
        self.labels = labels
        self.levels = levels
        self.notes = notes
        self.drafts: list[Draft] = []
        self.open: dict[BlockKind, tuple[Paragraph, Draft]] = {}

    def write(self, pieces: Sequence[_Piece]) -> list[Draft]:
        """Return the drafts of all pieces."""
        for place, piece in enumerate(pieces):
            if piece.table is not None:
                text = "\n".join(
                    "\t".join(cell.text for cell in row) for row in piece.table.cells or ()
                )
                self._add(Draft(BlockKind.TABLE, text), piece)
            elif piece.picture is not None:
                self._add(Draft(BlockKind.FIGURE, "", picture=piece.picture.name), piece)
            elif piece.paragraph is not None:
                self._paragraph(piece, piece.paragraph, place)
        return self.drafts

    def _add(self, draft: Draft, piece: _Piece) -> None:
        draft.page = self.labels.get(piece.page)
        self.drafts.append(draft)

    def _paragraph(self, piece: _Piece, paragraph: Paragraph, place: int) -> None:
        """Add a paragraph, or its text to the one that goes on with it."""
        draft = self._draft(piece.kind, paragraph)
        if piece.kind in {BlockKind.PARAGRAPH, BlockKind.FOOTNOTE, BlockKind.LIST_ITEM}:
            before = self.open.get(piece.kind)
            if piece.kind is BlockKind.PARAGRAPH and before is None:
                before = self.open.get(BlockKind.LIST_ITEM)
            if before is not None and _goes_on(*before, paragraph, draft, self.setting):
                before[1].append(draft, "\n")
                self.open[piece.kind] = (paragraph, before[1])
                return
        if piece.kind is BlockKind.HEADING:
            draft.level = self.levels.get(place, 1)
            self.open.clear()
        elif piece.kind is BlockKind.LIST_ITEM:
            draft.level = 1
            bullet = BULLET.match(draft.text)
            if bullet:
                draft.edit([(0, bullet.end(), "")])
            self.open.pop(BlockKind.PARAGRAPH, None)
        elif piece.kind is BlockKind.FOOTNOTE:
            self._anchor(draft, piece)
        if piece.kind is BlockKind.PARAGRAPH:
            self.open.pop(BlockKind.LIST_ITEM, None)
        self._add(draft, piece)
        self.open[piece.kind] = (paragraph, draft)

    def _anchor(self, draft: Draft, piece: _Piece) -> None:
        """Give a footnote the anchor that links lead to, and its mark the usual look."""
        mark = NOTE_MARK.match(draft.text)
        if mark is None:
            return
        draft.anchor = self.notes.get((piece.page, mark[1]))
        if mark.end(1) == mark.end() or draft.text[mark.end(1)].isspace():
            draft.edit([(0, mark.end(), f"[{mark[1]}] ")])

    def _draft(self, kind: BlockKind, paragraph: Paragraph) -> Draft:
        """Return the text of a paragraph with its emphasis and the links to its notes."""
        glue = "\n"
        if paragraph.verse and kind is not BlockKind.CODE:
            glue = HARD_BREAK
        writing = _Writing(self.notes if kind is not BlockKind.FOOTNOTE else {})
        for place, line in enumerate(paragraph.lines):
            if place:
                before = paragraph.lines[place - 1]
                level = abs(line.baseline - before.baseline) < 0.3 * line.size
                drop = len(before.text) == 1 and before.size > 1.5 * line.size
                writing.put("" if drop else " " if level else glue)
            writing.line(line)
        styled = kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE,
                          BlockKind.CAPTION}  # fmt: skip
        return Draft(kind, writing.text, marks=writing.marks(emphasis=styled))


def _goes_on(
    before: Paragraph, draft: Draft, paragraph: Paragraph, rest: Draft, setting: Setting
) -> bool:
    """Return whether a paragraph goes on with one in a later column or on a later page."""
    if before.column == paragraph.column and before.page == paragraph.page:
        return starts_lower(rest.text) and not ends_clause(draft.text) and before.full
    if abs(before.size - paragraph.size) > 0.06 * before.size or paragraph.verse:
        return False
    if ends_in_cut_word(draft.text):
        return True
    if starts_lower(rest.text) and not ends_sentence(draft.text):
        return True
    if rest.kind is not BlockKind.PARAGRAPH or paragraph.indented:
        return False
    if setting.indented:
        return before.full or not ends_sentence(draft.text)
    return before.full and not ends_clause(draft.text)


class _Writing:
    """The text of a paragraph as it grows, with the type of each word."""

    def __init__(self, notes: Mapping[tuple[int, str], str]) -> None:
        self.notes = notes
        self.pieces: list[str] = []
        self.length = 0
        self.runs: list[tuple[int, int, Word]] = []
        self.links: list[Mark] = []

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def put(self, text: str) -> None:
        """Add text that belongs to no word."""
        self.pieces.append(text)
        self.length += len(text)

    def line(self, line: Line) -> None:
        """Add the words of a line."""
        before: Word | None = None
        for word in line.words:
            anchor = self._anchor(word, line)
            glued = before is not None and (
                follows(before, word) or (is_raised(word, line) and _touches(before, word))
            )
            if before is not None and not glued and not anchor:
                self.put(" ")
            start = self.length
            self.put(f"[{word.text}]" if anchor else word.text)
            if anchor:
                self.links.append(Mark(start, self.length, MarkKind.LINK, f"#{anchor}"))
            self.runs.append((start, self.length, word))
            before = word

    def _anchor(self, word: Word, line: Line) -> str | None:
        """Return the anchor of the note that a raised word names; it may be on the next page."""
        if not is_raised(word, line):
            return None
        page = line.page
        return self.notes.get((page, word.text)) or self.notes.get((page + 1, word.text))

    def marks(self, *, emphasis: bool) -> list[Mark]:
        """Return links, and emphasis where it is not the style of the whole paragraph."""
        found = list(self.links)
        if not emphasis:
            return found
        letters = sum(end - start for start, end, _ in self.runs)
        for kind, name in ((MarkKind.EMPHASIS, "italic"), (MarkKind.STRONG, "bold")):
            styled = [(start, end) for start, end, word in self.runs if getattr(word, name)]
            if sum(end - start for start, end in styled) <= 0.6 * letters:
                found += [Mark(start, end, kind) for start, end in _merged(styled)]
        return found


def _merged(styled: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join neighbouring ranges that only white space parts."""
    merged: list[tuple[int, int]] = []
    for start, end in styled:
        if merged and start - merged[-1][1] <= 1:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _touches(before: Word, word: Word) -> bool:
    """Return whether no more than a hair parts two words."""
    return word.left - before.right < 0.15 * before.size
