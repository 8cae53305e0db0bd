"""An advertisement that shares the page with a text, told by several independent cues.

A run of blocks near the end is left out only when at least four kinds of cue agree and their sum
passes a threshold with a margin; an essay's own last words share its vocabulary and its names and
never do.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from desktop.reading.document import BlockKind, LeftOut, LeftOutKind, MarkKind
from desktop.reading.draft import Draft
from desktop.reading.sentences import ends_sentence

_ZONE = 14  # blocks at the end that are looked at
_FEWEST_BLOCKS = 4  # a page with an advertisement has a text above it
_SCORE_NEEDED = 6.0
_CUES_NEEDED = 4
_CUES_NEEDED_BELOW_LABEL = 2

_SLOGAN_WORDS = 12

_ADDRESS = re.compile(
    r"https?://|\bwww\.|\b[\w.-]+@[\w-]+\.\w|\b[\w-]+\.(?:com|org|net|de|co\.uk|eu|io|shop)\b"
    r"|(?:tel|phone|call|fax)\W{0,3}\+?[\d(][\d ()/-]{5,}|\+\d{2}[\d ()/-]{6,}",
    re.I,
)
_SIGN = re.compile(r"[®™℠]|\((?:R|TM)\)")
_ADDRESSING = frozenset(
    "you your yours yourself we our ours us sie ihr ihre ihnen wir unser unsere uns "
    "vous votre vos nous notre nos usted su nosotros nuestro nuestra".split()
)
_COMMERCE = frozenset(
    "buy order shop call visit offer offers price prices sale save free discover subscribe "
    "solutions solution services service products product customers brand quality delivery "
    "guarantee warranty available experience trusted partner leading innovative worldwide "
    "kaufen bestellen angebot rabatt kostenlos lösungen kunden jetzt store stores online today "
    "book tickets reserve deal deals exclusive premium sponsor sponsored advertisement".split()
)
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|$)")
_LABEL = re.compile(r"(?:advertisement|anzeige|publicité|sponsored|werbung)\W*$", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REFERENCES = re.compile(
    r"(?:references|bibliography|sources?|notes?|further reading|literatur|quellen|footnotes|"
    r"acknowledge?ments?)\b",
    re.I,
)
_TAIL_KINDS = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.FIGURE, BlockKind.LIST_ITEM}
)
_FRAME_END = frozenset({BlockKind.BIO, BlockKind.CREDIT, BlockKind.CAPTION})


def leave_out_advertisement(
    drafts: list[Draft], authors: tuple[str, ...]
) -> tuple[list[Draft], list[LeftOut]]:
    """Return the blocks without an advertisement near their end, and the advertisement."""
    best: tuple[float, int, int] | None = None  # score, start, end
    if len(drafts) < _FEWEST_BLOCKS:
        return drafts, []
    first = max(2, len(drafts) - _ZONE)
    far = _count(drafts[:first])
    for start in range(first, len(drafts)):
        for end in range(start + 1, len(drafts) + 1):
            if any(draft.kind not in _TAIL_KINDS for draft in drafts[start:end]):
                break
            if end < len(drafts) and drafts[end].kind not in _FRAME_END:
                continue
            score = _score(drafts, (start, end), far, first, authors)
            if score is not None and (best is None or (score, end - start) > (best[0],
                                                          best[2] - best[1])):  # fmt: skip
                best = (score, start, end)
    if best is None:
        return drafts, []
    _, start, end = best
    start = _with_brand_lines(drafts, start, end)
    text = "\n\n".join(_with_targets(draft) for draft in drafts[start:end] if draft.text)
    return drafts[:start] + drafts[end:], [LeftOut(LeftOutKind.ADVERTISEMENT, text)]


@dataclass(slots=True)
class _Rest:
    """The page without a group: how often it uses a word, and how its body talks."""

    far: Counter[str]
    near: Counter[str]
    body_words: int
    body_addressing: int

    def __getitem__(self, word: str) -> int:
        """Return how often ``word`` (folded to lower case) occurs."""
        return self.far[word] + self.near[word]


def _folded(drafts: list[Draft]) -> list[str]:
    return [word.casefold() for draft in drafts for word in _WORD.findall(draft.text)]


def _body(drafts: list[Draft]) -> list[Draft]:
    return [d for d in drafts if d.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}]


def _count(drafts: list[Draft]) -> _Rest:
    """Count the words of the blocks above the zone once."""
    body = _folded(_body(drafts))
    addressing = sum(word in _ADDRESSING for word in body)
    return _Rest(Counter(_folded(drafts)), Counter(), len(body), addressing)


def _score(
    drafts: list[Draft], group: tuple[int, int], far: _Rest, zone: int, authors: tuple[str, ...]
) -> float | None:
    """Return how surely a group of blocks of the zone is an advertisement, or None."""
    start, end = group
    blocks, above = drafts[start:end], drafts[zone:start]
    text = "\n".join(draft.text for draft in blocks)
    words = _WORD.findall(text)
    near = _count(above)
    rest = _Rest(
        far.far, near.far + Counter(_folded(drafts[end:])),
        far.body_words + near.body_words, far.body_addressing + near.body_addressing,
    )  # fmt: skip
    if len(words) < 6 or rest.body_words < 3 * len(words):
        return None
    if _about_the_text(blocks, text, authors):
        return None
    brands = _brands(blocks, rest)
    after_frame = drafts[start - 1].kind in _FRAME_END
    if not _each_sells(blocks, brands, drafts[start - 1].kind is BlockKind.BIO):
        return None
    cues = {
        "label": 4.0 * bool(_LABEL.match(blocks[0].text)),
        "address": 2.0 * bool(_ADDRESS.search(text) or any(map(_links_out, blocks))),
        "sign": 2.0 * bool(_SIGN.search(text)),
        "addressing": _addressing(words, rest),
        "brand": 2.0 * bool(brands),
        "slogans": _slogans(blocks),
        "commerce": min(1.5, 0.5 * len({w.casefold() for w in words} & _COMMERCE)),
        "strange": _strangeness(words, rest),
        "place": 1.5 * after_frame,
    }
    given = sum(value >= 0.5 for value in cues.values())
    total = sum(cues.values())
    # Without words of its own and without a sign of trade a block is part of the text.
    trade = cues["address"] and cues["place"] and cues["commerce"] >= 1
    foreign = cues["strange"] > 0 and (cues["brand"] or cues["sign"] or cues["label"] or trade)
    needed = _CUES_NEEDED_BELOW_LABEL if cues["label"] else _CUES_NEEDED
    return total if given >= needed and total >= _SCORE_NEEDED and foreign else None


def _about_the_text(group: list[Draft], text: str, authors: tuple[str, ...]) -> bool:
    """Return whether a group names the author or holds references: then it is no advertisement."""
    names = {author.split()[-1].casefold() for author in authors}
    return bool(names & {word.casefold() for word in _WORD.findall(text)}) or any(
        _REFERENCES.match(draft.text) for draft in group
    )


def _links_out(draft: Draft) -> bool:
    return any(mark.kind is MarkKind.LINK for mark in draft.marks)


def _addressing(words: list[str], rest: _Rest) -> float:
    """Score talk to a customer (you, we, our) that the body does not use."""
    share = sum(word.casefold() in _ADDRESSING for word in words) / len(words)
    body_share = rest.body_addressing / rest.body_words
    return 1.5 if share >= 0.03 and share >= 3 * body_share else 0.0


def _brands(blocks: list[Draft], rest: _Rest) -> set[str]:
    """Return the names that come again and again in the group and nowhere else."""
    named = {word for draft in blocks for word in _WORD.findall(draft.text)
             if word[:1].isupper() and len(word) > 2}  # fmt: skip
    found = set()
    for name in {word.casefold() for word in named if rest[word.casefold()] == 0}:
        times = [len(re.findall(rf"\b{re.escape(name)}\b", d.text.casefold())) for d in blocks]
        if sum(map(bool, times)) >= 2 or sum(times) >= 3:
            found.add(name)
    return found


def _each_sells(blocks: list[Draft], brands: set[str], after_bio: bool) -> bool:
    """Return whether every block of a group belongs to it by a sign of its own.

    A paragraph needs the brand, an address or a trade mark; a short line may be a slogan, or
    stand below a block that sells. Below the author's note the text itself is over.
    """
    sold = False
    for draft in blocks:
        words = {word.casefold() for word in _WORD.findall(draft.text)}
        sells = bool(
            words & brands
            or _ADDRESS.search(draft.text)
            or _SIGN.search(draft.text)
            or _LABEL.match(draft.text)
            or _links_out(draft)
        )
        short = len(draft.text.split()) <= _SLOGAN_WORDS
        if not (sells or after_bio or _is_slogan(draft) or (sold and short)):
            return False
        sold = sells
        after_bio = after_bio or bool(_LABEL.match(draft.text))
    return True


def _is_slogan(draft: Draft) -> bool:
    """Return whether a short line is no sentence of a text: open, loud or clipped."""
    words = len(draft.text.split())
    sentences = len(_SENTENCE_ENDS.findall(draft.text))
    clipped = sentences >= 2 and words <= 3 * sentences
    return words <= _SLOGAN_WORDS and (
        not ends_sentence(draft.text) or "!" in draft.text or clipped
    )


def _slogans(group: list[Draft]) -> float:
    """Score short lines that shout or stand alone beside the longer text of the group."""
    short = [d for d in group if 0 < len(d.text.split()) <= _SLOGAN_WORDS]
    if len(group) < 2 or len(short) < 2:
        return 0.0
    loud = any("!" in d.text for d in short)
    clipped = any(d.text.count(".") >= 1 and len(d.text.split()) <= 8 for d in short)
    return 0.5 + 0.5 * (loud or clipped)


def _strangeness(words: list[str], rest: _Rest) -> float:
    """Score content words and names that the rest of the page does not know."""
    content = {word.casefold() for word in words if len(word) >= 5}
    if not content:
        return 0.0
    known = sum(rest[word] > 0 for word in content) / len(content)
    return 2.0 if known <= 0.12 else 1.0 if known <= 0.22 else 0.0


def _with_brand_lines(drafts: list[Draft], start: int, end: int) -> int:
    """Return the start of the group with the short lines above it that hold its brand alone."""
    group = " ".join(draft.text for draft in drafts[start:end])
    while start > 2:
        above = drafts[start - 1]
        words = above.text.split()
        named = [word for word in words if re.search(rf"\b{re.escape(word.strip('.!,'))}\b", group)]
        if (
            above.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING}
            or not 0 < len(words) <= 4
            or len(named) < len(words)
            or (
                ends_sentence(drafts[start - 2].text) is False
                and drafts[start - 2].kind is BlockKind.PARAGRAPH
            )
        ):
            break
        start -= 1
    return start


def _with_targets(draft: Draft) -> str:
    """Return the text of a block; a link's address is added where its text does not say it."""
    pieces: list[str] = []
    done = 0
    for mark in sorted(draft.marks, key=lambda m: m.end):
        target = mark.target or ""
        bare = re.sub(r"^(?:https?://|mailto:|tel:)", "", target).rstrip("/")
        if mark.kind is MarkKind.LINK and bare and bare not in draft.text[mark.start : mark.end]:
            pieces += (draft.text[done : mark.end], f" ({target})")
            done = mark.end
    return "".join([*pieces, draft.text[done:]])
