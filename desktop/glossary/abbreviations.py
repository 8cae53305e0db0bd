"""Abbreviations that a text explains: "the World Health Organization (WHO)", in either order.

As with Schwartz and Hearst (2003), brackets propose the pairs; so do "…, or WHO,", "WHO, the …",
"WHO stands for …", a dash or a colon. Whether two forms belong together is decided by
``alignment``, which asks for more where nothing but a comma holds them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.glossary.alignment import FAIR, STRICT, align
from desktop.language import frequency
from desktop.reading.document import BlockKind, Document, Span


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with the long form that the text gives it, and where both stand."""

    short: str
    long: str
    short_span: Span
    long_span: Span


_Range = tuple[int, int]

#: Behind a short form it makes a reference to literature of the bracket: "(CDC, 2021)".
_YEAR = re.compile(r",\s*(?:n\.d\.|(?:1[5-9]|20)\d\d)")
_LONGEST_BRACKET = 160
_CLOSING = {")": "(", "]": "["}
_QUOTES = " “”„\"'’‘*"
_LEAD = re.compile(
    r"(?:(?:from here on|here(?:in)?after|henceforth|(?:also )?abbreviated(?: as| to)?|abbr\.?|"
    r"(?:also )?(?:known|referred to) as|in short|short|also|or|the|i\.\s?e\.|called|"
    r"acronym)[,:]?\s+)+(?=\S)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[^\W_](?:[\w./+&’'()\[\]-]|,(?=\w)){0,14}$")
_SIMPLE = r"(?:(?:[^\W\d_]\.){2,5}|[^\W\d_](?:[\w&/’-]|\.(?=\w)){1,9})"
#: "LONG, or SHORT," and the like; group 1 is the short form.
_AFTER = re.compile(
    r"(?:,? (?:or|(?:commonly )?abbreviated(?: as| to)?|hereafter|henceforth|shortened to|"
    rf"(?:better |also |commonly )?known as)(?: the)?| [–—]) [“\"']?({_SIMPLE})(?![\w-])"
)
#: "SHORT, the LONG" and the like; group 1 is the short form, the long form begins where it ends.
_BEFORE = re.compile(
    rf"(?<![\w-])({_SIMPLE})[”\"']?"
    r"(?:, (?:or |which )?(?:short for |stands for |meaning )?(?:the )?|"
    r" (?:stands for|is short for|means|denotes) (?:the )?|: (?:the )?| [–—=-] (?:the )?|\t)[“\"']?"
    r"(?=[^\W_])"
)
_LAST_WORD = re.compile(r"(?<![\w-])([^\W_][\w./&+-]{1,9})[”\"’]?\s*$")
_SLASH = re.compile(rf"(?<=[^\W\d_])/({_SIMPLE})(?![\w-])")
#: What a long form doesn't reach across; a bracket that is part of a word ("NH(2)") is none.
_CLAUSE = re.compile(r"[.;:!?]\s|(?<![\w\])])[(\[](?:[^()\[\]]*[)\]])?|[“”]|\s[–—]\s")
_LONG_END = re.compile(r"[.;:!?,](?:\s|$)|[()\[\]“”\"]|\s[–—]\s|\n|$")
#: Words that begin no long form and end none.
_NO_BORDER = frozenset(
    """
    a an the and or of in on at by for from to with as is are was were be than that which plus
    """.split()
)
_LOCANT = re.compile(
    r"(?:[\d,'’′()+±\[\]-]|[A-Za-z](?=-)|alpha|beta|gamma|delta|omega|kappa|[α-ω]|trans|cis|"
    r"ortho|meta|para|tert|Delta)+-$"
)


def find_abbreviations(document: Document) -> list[Abbreviation]:
    """Return the abbreviations that the text explains, each once, in reading order."""
    found: dict[str, Abbreviation] = {}
    for abbreviation in explained(document):
        found.setdefault(abbreviation.short, abbreviation)
    return list(found.values())


def explained(document: Document) -> Iterator[Abbreviation]:
    """Yield every place where the text explains a short form: body, headings, captions, notes."""
    for block in document.blocks:
        if block.kind in {BlockKind.CODE, BlockKind.FIGURE}:
            continue
        pairs = [*_bracketed(block.text), *_unbracketed(block.text)]
        for short, long in sorted(set(pairs)):
            yield Abbreviation(
                block.text[slice(*short)],
                block.text[slice(*long)],
                Span(block.index, *short),
                Span(block.index, *long),
            )


def is_short_form(text: str) -> bool:
    """Return whether a string looks like an abbreviation: short, with a capital or digit in it."""
    letters = [c for c in text if c.isalpha()]
    if not (_SHORT.match(text) and letters and len(text) > 1):
        return False
    capitals = sum(c.isupper() for c in letters)
    inner = any(c.isupper() for c in letters[1:])
    mixed = (
        inner
        or re.match(r"[A-Z]{1,3}-\w", text)
        or (capitals >= 1 and len(letters) <= 3)
        or any(c.isdigit() for c in text)
    )
    return bool(mixed) and not (text[0].isdigit() and capitals == 0)


def _bracketed(text: str) -> Iterator[tuple[_Range, _Range]]:
    """Yield (short, long) of "LONG (SHORT)", "SHORT (LONG)" and "(LONG, SHORT)"."""
    for start, end in _brackets(text):
        inner = _trimmed(text, start + 1, end)
        parts = list(_parts(text, inner))
        found = None
        for part in parts[:1] + parts[-1:]:
            found = found or _before_bracket(text, start, part)
        if found is None and len(parts) > 1:
            found = _inside_bracket(text, inner, parts[-1])
        if found is None:
            found = _opposite(text, start, inner, parts[0])
        if found is not None:
            yield found


def _brackets(text: str) -> Iterator[_Range]:
    """Yield where brackets open and close, those inside others too: "FEV(1)" may stand in one."""
    opened: list[int] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match.group() not in _CLOSING:
            opened.append(match.start())
        elif opened and text[opened[-1]] == _CLOSING[match.group()]:
            start = opened.pop()
            if match.start() - start <= _LONGEST_BRACKET:
                yield start, match.start()


def _trimmed(text: str, start: int, end: int) -> _Range:
    """Return a range without white space, quotation marks and lead-ins such as "hereafter"."""
    while True:
        before = start, end
        while start < end and text[start] in _QUOTES:
            start += 1
        while start < end and text[end - 1] in _QUOTES + ",":
            end -= 1
        lead = _LEAD.match(text, start, end)
        start = lead.end() if lead else start
        for tail in (" for short", " in short", " hereafter"):
            if text[start:end].endswith(tail):
                end -= len(tail)
        if before == (start, end):
            return start, end


def _parts(text: str, inner: _Range) -> Iterator[_Range]:
    place = inner[0]
    for match in re.finditer(r"[;,]\s|\s=\s|$", text[slice(*inner)]):
        yield _trimmed(text, place, inner[0] + match.start())
        place = inner[0] + match.end()


def _before_bracket(text: str, bracket: int, short: _Range) -> tuple[_Range, _Range] | None:
    form = text[slice(*short)]
    if not _may_be_short(form):
        return None
    is_plain = is_short_form(form) or " " in form
    threshold = FAIR if is_plain and not _YEAR.match(text, short[1]) else STRICT
    long = _long_before(form, text, bracket, threshold)
    return (short, long) if long else None


def _may_be_short(form: str) -> bool:
    """Return whether a bracket's content can be a short form; words of the language can't."""
    words = form.split(" ")
    if len(words) > 2 or len(form) > 14 or not all(_SHORT.match(word) for word in words):
        return False
    if not any(c.isalpha() for c in form) or form.count("(") != form.count(")"):
        return False
    if len(words) == 2:  # "TNF alpha", "H. pylori"; not "p. 23"
        is_page = words[0].endswith(".") and words[1].isdigit()
        return any(c.isupper() or c.isdigit() for c in form) and not is_page
    is_word = frequency.grade(form) <= 50 and len(form) > 2
    return (
        is_short_form(form)
        or (form.islower() and not is_word)
        or (len(form) == 1 and form.isupper())
    )


def _long_before(form: str, text: str, end: int, threshold: float) -> _Range | None:
    """Return where in ``text`` the long form stands that ends before ``end``."""
    while end and text[end - 1] in _QUOTES:
        end -= 1
    letters = sum(c.isalnum() for c in form)
    base = max(0, end - 40 * (letters + 5))
    words = list(re.finditer(r"\S+", text[base:end]))
    window = words[-min(letters + 5, letters * 2 + 1) :]
    if not window:
        return None
    start = base + window[0].start()
    for clause in _CLAUSE.finditer(text, start, end):
        start = clause.end()
    found = _aligned(form, text[start:end], threshold)
    if found is None:
        return None
    begin = start + found
    begin = _with_locants(text, begin, start)
    return (begin, end) if _is_long_form(form, text[begin:end]) else None


def _aligned(form: str, long: str, threshold: float) -> int | None:
    """Return where the long form begins; the parts of "IFN-gamma" may stand in another order."""
    if len(form) == 1:
        last = re.search(r"[^\W\d_]{4,}$", long)
        return last.start() if last and last.group()[0].casefold() == form.casefold() else None
    forms = [form]
    parts = re.split(r"[-\s(]|(?<=[A-Za-z])(?=[\dα-ω]+$)", form.rstrip(")"))
    if len(parts) == 2 and all(parts):
        forms.append(f"{parts[1]}-{parts[0]}")
    found = [best for candidate in forms if (best := align(candidate, long)) is not None]
    best = max(found, key=lambda item: item.score, default=None)
    return best.start if best is not None and best.score >= threshold else None


def _with_locants(text: str, begin: int, least: int) -> int:
    """Take in what a chemist or a hyphen puts before a word: "2,6-", "alpha-", "c-"."""
    token = begin
    while token > least and not text[token - 1].isspace():
        token -= 1
    return token if token < begin and _LOCANT.match(text[token:begin]) else begin


def _is_long_form(form: str, long: str) -> bool:
    words = [word.casefold() for word in re.findall(r"[^\W_]+", long)]
    if not words or len(long) <= len(form) or form.casefold() in long.casefold().split():
        return False
    balanced = all(long.count(a) == long.count(b) for a, b in ("()", "[]", "“”"))
    return balanced and not _NO_BORDER & {words[0], words[-1]}


def _inside_bracket(text: str, inner: _Range, short: _Range) -> tuple[_Range, _Range] | None:
    """Find "(posttransplant disorder, PTD)"."""
    form = text[slice(*short)]
    before = text[inner[0] : short[0]].rstrip(" ,;=" + _QUOTES)
    best = align(form, before)
    if best is None or best.score < FAIR or not is_short_form(form):
        return None
    begin, end = inner[0] + best.start, inner[0] + len(before)
    if not _is_long_form(form, text[begin:end]):
        return None
    return short, (_with_locants(text, begin, inner[0]), end)


def _opposite(
    text: str, bracket: int, inner: _Range, first: _Range
) -> tuple[_Range, _Range] | None:
    """Find "WHO (World Health Organization)"."""
    base = max(0, bracket - 14)
    before = _LAST_WORD.search(text[base:bracket])
    if before is None:
        return None
    short = base + before.start(1), base + before.end(1)
    form = text[slice(*short)]
    for long in (inner, first):
        words = text[slice(*long)]
        best = align(form, words, whole=True)
        fits = is_short_form(form) or (best is not None and best.score >= STRICT and form.islower())
        plain = " " in words or (len(words) > 2 * len(form) and words.isalpha())
        if fits and plain and best is not None and best.score >= 1.4 and _is_long_form(form, words):
            return short, long
    return None


def _unbracketed(text: str) -> Iterator[tuple[_Range, _Range]]:
    """Yield the pairs that a comma, "or", "stands for", a dash, a colon or a slash joins."""
    for pattern in (_AFTER, _SLASH):
        for match in pattern.finditer(text):
            if is_short_form(match.group(1)) and not match.group(1).istitle():
                long = _long_before(match.group(1), text, match.start(), STRICT)
                if long is not None:
                    yield match.span(1), long
    for match in _BEFORE.finditer(text):
        form = match.group(1)
        bare_comma = match.group().endswith(", ") and sum(map(str.isupper, form)) < 3
        if is_short_form(form) and not form.istitle() and not bare_comma:
            long = _long_after(form, text, match.end())
            if long is not None:
                yield match.span(1), long


def _long_after(form: str, text: str, start: int) -> _Range | None:
    """Return the long form that begins at ``start``, of as many words as align best."""
    stop = _LONG_END.search(text, start, start + 160)
    limit = stop.start() if stop else min(len(text), start + 160)
    best_score, best_end = STRICT - 1e-9, -1
    for count, word in enumerate(re.finditer(r"[^\W_]+", text[start:limit])):
        end = start + word.end()
        if count > sum(c.isalnum() for c in form) + 3:
            break
        found = align(form, text[start:end], whole=True)
        if found is not None and found.score > best_score and _is_long_form(form, text[start:end]):
            best_score, best_end = found.score, end
    if best_end < 0 or " " not in text[start:best_end]:
        return None
    return start, best_end
