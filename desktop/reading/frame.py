"""The frame of a page told from its body: title, kicker, standfirst, byline, captions, bio.

Each rule wants a cue that an ordinary short paragraph does not give; without one the block stays
a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.reading.bylines import proper_case, split_byline
from desktop.reading.dates import iso_date
from desktop.reading.document import BlockKind, MarkKind
from desktop.reading.draft import Draft, Reading, wholly_marked
from desktop.reading.sentences import ends_sentence, is_upper, starts_lower, starts_sentence

_BODY_WORDS = 30  # a paragraph of this length is body,
_SENTENCE_WORDS = 18  # and one of this length when it ends as a sentence does
_TITLE_WORDS = 25
_MOST_WORDS = 200
_LONGEST = 20_000  # characters
_MOST_HEAD_BLOCKS = 10

CHAPTER = re.compile(
    r"(?:(?:chapter|book|part|canto|act|scene|letter|section|kapitel|teil|chapitre|capítulo)\s+"
    r"(?:\d{1,3}|[ivxlc]+|the\s+\w+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)\b|(?:preface|prologue|epilogue|foreword|introduction|contents)\W*$)",
    re.I,
)
_CREDIT_LABEL = re.compile(
    r"(?:photo(?:graph)?s?|pictures?|images?|illustrations?|credits?|fotos?|bild(?:er)?|grafik|"
    r"photographie|graphics?|drawings?|source|©|\(c\))\s*(?:credits?|by|von|courtesy|par|:|/|©|\b)",
    re.I,
)
_AGENCIES = re.compile(
    r"\b(?:associated press|reuters|getty(?: images)?|afp|dpa|picture alliance|imago|alamy|"
    r"shutterstock|magnum|epa|ullstein|bridgeman|akg[- ]images|corbis|keystone|laif|ap photo|"
    r"wikimedia(?: commons)?|library of congress|istock|unsplash|xinhua|tass|afp/getty|efe|ansa)\b",
    re.I,
)
FIGURE_LABEL = re.compile(
    r"(?:figure|fig\.?|table|plate|chart|map|abbildung|abb\.|tabelle|exhibit)\s*\d{1,3}[a-z]?"
    r"\s*[.:|–—]\s*\S", re.I
)  # fmt: skip
_SHOWN = re.compile(
    r"\b(?:pictured|in (?:the|this) (?:picture|photo|photograph|image)|(?:at|from|on the) "
    r"(?:left|right)|(?:left|right|cent(?:re|er)|above|below)\)|im bild|links im)", re.I
)  # fmt: skip
_THE_AUTHOR = re.compile(
    r"(?:the (?:author|writer|reporter)|die autorin|der autor|l['’]auteure?|our (?:author|"
    r"correspondent))\s+(\w+)", re.I
)  # fmt: skip
_BIO_VERBS = frozenset(
    "is was has teaches writes lives works serves served worked covers directs edits heads "
    "ist war lehrt schreibt lebt arbeitet leitet est était enseigne vit es fue".split()
)
_ABOUT_AUTHOR = re.compile(
    r"(?:about the authors?|the authors?|über den autor|der autor)\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame says of the text: its authors and its date (``YYYY-MM-DD``)."""

    authors: tuple[str, ...]
    date: str | None


def tell_frame(drafts: list[Draft], reading: Reading) -> Frame:
    """Give the blocks of the frame their kinds and return what they say."""
    head = _head_length(drafts)
    authors, date = _tell_head(drafts, head)
    authors = reading.authors or authors
    _tell_credits(drafts, head)
    bio_of = _tell_bio(drafts, authors)
    _tell_captions(drafts, head)
    return Frame(authors or bio_of, reading.date or date)


def _words(draft: Draft) -> int:
    """Count the words of a block, as far as any rule asks; a line without end counts as many."""
    if len(draft.text) > _LONGEST:
        return _MOST_WORDS
    return len(draft.text.split(None, _MOST_WORDS)[:_MOST_WORDS])


def _is_body(draft: Draft) -> bool:
    """Return whether a block is, by its length alone, running text."""
    if draft.kind in {BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE}:
        return True
    if _is_byline(draft):
        return False
    needed = _SENTENCE_WORDS if ends_sentence(draft.text) else _BODY_WORDS
    return draft.kind is BlockKind.PARAGRAPH and (_words(draft) >= needed or "\n" in draft.text)


def _head_length(drafts: list[Draft]) -> int:
    """Return how many blocks stand above the first paragraph of the body."""
    for place, draft in enumerate(drafts[: _MOST_HEAD_BLOCKS + 1]):
        if _is_body(draft):
            # A long standfirst stands between the title and the byline.
            after = drafts[place + 1 : place + 3]
            if place > 0 and _words(draft) <= 70 and any(_is_byline(d) for d in after):
                continue
            return place
    return 0


def _is_byline(draft: Draft) -> bool:
    return draft.kind is BlockKind.PARAGRAPH and bool(split_byline(_first_line(draft)))


def _first_line(draft: Draft) -> str:
    return draft.text.split("\n", 1)[0]


def _tell_head(drafts: list[Draft], head: int) -> tuple[tuple[str, ...], str | None]:
    """Give the blocks above the body their kinds; return the authors and the date."""
    zone = drafts[:head]
    authors: list[str] = []
    date: str | None = None
    title = _title_place(zone)
    if title is not None:
        zone[title].kind, zone[title].level = BlockKind.TITLE, None
        if _has_second_title(zone, title):  # "MOBY-DICK;" "or, THE WHALE."
            zone[title].append(zone[title + 1], " ")
            del drafts[title + 1], zone[title + 1]
            head -= 1
    for place, draft in enumerate(zone):
        if draft.kind is not BlockKind.PARAGRAPH:
            continue
        below_title = title is not None and place > title
        names = split_byline(_first_line(draft)) or (
            split_byline(draft.text, labelled=False) if below_title else ()
        )
        day = iso_date(draft.text) if _words(draft) <= 12 else None
        if names:
            authors += [name for name in names if name not in authors]
        date = date or day
        if names or day:
            draft.kind = BlockKind.BYLINE
    _tell_standfirst(drafts, title, head)
    return tuple(authors), date


def _title_place(zone: list[Draft]) -> int | None:
    """Return which block of the head is the title."""
    told = [place for place, draft in enumerate(zone) if draft.kind is BlockKind.TITLE]
    if told:
        return told[0]
    headings = [place for place, draft in enumerate(zone) if draft.kind is BlockKind.HEADING]
    prose = [place for place, draft in enumerate(zone) if _is_prose(draft)]
    headings = [place for place in headings if not prose or place < prose[0]]
    if headings:
        top = min(zone[place].level or 1 for place in headings)
        return next(place for place in headings if (zone[place].level or 1) == top)
    free = [place for place, draft in enumerate(zone) if _may_be_title(draft)]
    if not free or (prose and prose[0] < free[0]):
        return None
    if len(free) > 1 and _may_be_kicker(zone[free[0]], zone[free[1]]):
        return free[1]
    return free[0]


def _has_second_title(zone: list[Draft], title: int) -> bool:
    """Return whether the block below the title is its second half: "or, …"."""
    if title + 1 >= len(zone) or zone[title].text[-1:] not in {";", ","}:
        return False
    second = zone[title + 1]
    return second.kind is BlockKind.PARAGRAPH and _words(second) <= 12


def _is_prose(draft: Draft) -> bool:
    """Return whether a short block reads like a sentence of the text: then no title is below."""
    sentence = ends_sentence(draft.text) and not is_upper(draft.text) and _words(draft) > 4
    return draft.kind is BlockKind.PARAGRAPH and sentence and not split_byline(draft.text)


def _may_be_title(draft: Draft) -> bool:
    """Return whether a block above the body can be its title."""
    text = draft.text
    return (
        draft.kind is BlockKind.PARAGRAPH
        and 1 <= _words(draft) <= _TITLE_WORDS
        and starts_sentence(text)
        and (not ends_sentence(text) or text[-1] in "?!" or is_upper(text))
        and (text[-1] not in ",;" or is_upper(text))
        and not split_byline(text)
        and not iso_date(text)
        and not re.match(r"[\w-]+:\s", text)
        and any(c.isalpha() for c in text)
    )


def _may_be_kicker_text(draft: Draft) -> bool:
    return _words(draft) <= 6 and not ends_sentence(draft.text)


def _may_be_kicker(first: Draft, second: Draft) -> bool:
    """Return whether the first of two lines is a kicker above the title."""
    return (
        _words(first) <= 4
        and not ends_sentence(first.text)
        and (is_upper(first.text) or _words(second) > _words(first) + 1)
        and not CHAPTER.match(first.text)
        and not (is_upper(first.text) and not is_upper(second.text) and _words(second) > 9)
    )


def _tell_standfirst(drafts: list[Draft], title: int | None, head: int) -> None:
    """Tell the kicker above the title and the standfirst below it."""
    if title is None:
        return
    for draft in drafts[:title]:
        if draft.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING} and _may_be_kicker_text(draft):
            draft.kind, draft.level = BlockKind.KICKER, None
            break
    if any(draft.kind is BlockKind.STANDFIRST for draft in drafts):
        return
    below = drafts[title + 1] if title + 1 < len(drafts) else None
    if below is not None and _is_long_heading(below, drafts[title + 2 : title + 3]):
        below.kind, below.level = BlockKind.STANDFIRST, None
        return
    bylines = [i for i in range(title, head) if drafts[i].kind is BlockKind.BYLINE]
    for place in range(title + 1, min(head + 1, len(drafts))):
        draft = drafts[place]
        if draft.kind is not BlockKind.PARAGRAPH or CHAPTER.match(draft.text):
            continue
        framed = place < head and (
            any(place < byline for byline in bylines)
            or ((place == title + 1 or bool(bylines)) and not ends_sentence(draft.text))
        )  # fmt: skip
        emphasised = (
            wholly_marked(draft, MarkKind.EMPHASIS, MarkKind.STRONG) and _words(draft) <= 80
        )
        if (framed and _words(draft) > 3 and starts_sentence(draft.text)) or emphasised:
            draft.kind = BlockKind.STANDFIRST
            return
        if place >= head:
            return


def _is_long_heading(draft: Draft, after: list[Draft]) -> bool:
    """Return whether a heading right below the title is a sentence of its own: the standfirst."""
    return (
        draft.kind is BlockKind.HEADING
        and _words(draft) >= 6
        and (ends_sentence(draft.text) or (draft.level or 1) >= 3)
        and bool(after)
        and after[0].kind in {BlockKind.PARAGRAPH, BlockKind.BYLINE}
    )


def _tell_credits(drafts: list[Draft], head: int) -> None:
    """Tell picture credits: a label or an agency, in a short line that is no sentence."""
    for draft in drafts[head:] + drafts[:head]:
        text = draft.text
        if draft.kind is not BlockKind.PARAGRAPH or _words(draft) > 15 or ends_sentence(text):
            continue
        agency = bool(_AGENCIES.search(text))
        label = bool(_CREDIT_LABEL.match(text))
        styled = is_upper(text) or "/" in text or "©" in text or "|" in text
        if (agency and (label or styled or _words(draft) <= 6)) or (label and styled):
            draft.kind = BlockKind.CREDIT


def _tell_captions(drafts: list[Draft], head: int) -> None:
    """Tell captions: labelled ("Figure 2: …"), or without an end beside a credit or a picture."""
    for place, draft in enumerate(drafts):
        if draft.kind is not BlockKind.PARAGRAPH or _words(draft) > 120:
            continue
        if FIGURE_LABEL.match(draft.text) or (place >= head and _beside_picture(drafts, place)):
            draft.kind = BlockKind.CAPTION


def _beside_picture(drafts: list[Draft], place: int) -> bool:
    """Return whether an open, short block stands beside a credit or a picture without caption."""
    draft = drafts[place]
    closed = ends_sentence(draft.text) and not _SHOWN.search(draft.text)
    if closed or _words(draft) > 45:
        return False
    if starts_lower(draft.text) or not _words(draft) >= 3:
        return False
    for near in (place - 1, place + 1):
        if not 0 <= near < len(drafts):
            continue
        if drafts[near].kind is BlockKind.FIGURE and near < place:
            return True
        if drafts[near].kind is BlockKind.CREDIT:
            other = drafts[near + 1 if near > place else near - 1 : near + 2 if near > place
                           else near]  # fmt: skip
            if any(block.kind is BlockKind.CAPTION for block in other):
                continue
            return True
    return False


def _tell_bio(drafts: list[Draft], authors: tuple[str, ...]) -> tuple[str, ...]:
    """Tell the note on the author near the end; return the author that it names."""
    for place in range(len(drafts) - 1, max(len(drafts) // 2, len(drafts) - 14) - 1, -1):
        draft = drafts[place]
        if draft.kind is not BlockKind.PARAGRAPH or _words(draft) > 110:
            continue
        if place and _ABOUT_AUTHOR.match(drafts[place - 1].text):
            draft.kind = BlockKind.BIO
            return ()
        role = _THE_AUTHOR.match(draft.text)
        if role and role[1].lower() in _BIO_VERBS and _words(draft) <= 40 and place > 1:
            draft.kind = BlockKind.BIO
            return ()
        name = _bio_name(draft, authors) or _introduced(drafts, place, authors)
        if name and place > 1:
            draft.kind = BlockKind.BIO
            return (name,)
    return ()


def _introduced(drafts: list[Draft], place: int, authors: tuple[str, ...]) -> str | None:
    """Return whose note the last paragraph is: a name that the standfirst has introduced."""
    standfirst = next((d.text for d in drafts if d.kind is BlockKind.STANDFIRST), "")
    words = drafts[place].text.split()
    verb = next((i for i, word in enumerate(words[:6]) if word.lower() in _BIO_VERBS), 0)
    name = " ".join(words[:verb]).rstrip(",")
    if authors or place < len(drafts) - 1 or not split_byline(name, labelled=False):
        return None
    return proper_case(name) if name in standfirst else None


def _bio_name(draft: Draft, authors: tuple[str, ...]) -> str | None:
    """Return whose note a block is: it begins with the author's name, or with one that is set
    apart by type, and says who that is.
    """
    text = draft.text
    for author in authors:
        if text.casefold().startswith(author.casefold()):
            follows = text[len(author) :].replace(",", " ").split()[:12]
            return author if _BIO_VERBS & {word.lower() for word in follows} else None
    mark = next((m for m in draft.marks if m.start == 0 and m.kind is not MarkKind.LINK), None)
    name = text[: mark.end] if mark else _leading_capitals(text)
    if authors or not split_byline(name, labelled=False):
        return None
    follows = text[len(name) :].split()[:12]
    verb = next((i for i, word in enumerate(follows) if word.lower() in _BIO_VERBS), None)
    # "ANN LEE is …" or "Ann Lee, a historian, is …", not "MRNA LEVELS of … was".
    says = verb is not None and (verb == 0 or text[len(name) :].lstrip().startswith((",", "(")))
    return proper_case(name) if says else None


def _leading_capitals(text: str) -> str:
    """Return the words in capitals that a text begins with."""
    words: list[str] = []
    for word in text.split():
        if not (is_upper(word) or re.fullmatch(r"(?:[A-Z]\.)+", word)):
            break
        words.append(word)
    return " ".join(words)
