"""The block of ``key: value`` lines that may open a Markdown file."""

from __future__ import annotations

import re

from desktop.reading.dates import iso_date
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind, MarkKind
from desktop.reading.draft import Draft, Reading, wholly_marked

_FENCED = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}?)\s*:(?:\s+(.*))?$")

_TITLES = ("title",)
_KICKERS = ("kicker", "section", "rubric")
_STANDFIRSTS = ("standfirst", "subtitle", "description", "summary", "abstract", "dek")
_AUTHORS = ("author", "authors", "by")
_DATES = ("date", "published", "created")
_LANGUAGES = ("lang", "language")


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the lines of the front matter ("" when there is none) and the text below it."""
    match = _FENCED.match(text)
    if not match:
        return "", text
    lines = [line for line in match[1].splitlines() if line.strip()]
    pairs = sum(bool(_PAIR.match(line)) for line in lines)
    if not pairs or any(not _PAIR.match(line) and line[0] not in " \t-#" for line in lines):
        return "", text  # two rulers around prose
    return match[1], text[match.end() :]


def read_front_matter(matter: str, reading: Reading) -> None:
    """Take title, authors, date and standfirst; what has no place in the text is left out."""
    values = _values(matter)
    used: set[str] = set()

    def take(names: tuple[str, ...]) -> list[str]:
        for name in names:
            if values.get(name):
                used.add(name)
                return values[name]
        return []

    heading = next((d for d in reading.drafts if d.kind is BlockKind.HEADING), None)
    title = " ".join(take(_TITLES))
    repeated = heading is not None and heading is reading.drafts[0] and heading.text == title
    reading.authors = tuple(take(_AUTHORS))
    frame = [
        Draft(kind, text)
        for kind, text in (
            (BlockKind.KICKER, " ".join(take(_KICKERS))),
            (BlockKind.TITLE, "" if repeated else title),
            (BlockKind.STANDFIRST, " ".join(take(_STANDFIRSTS))),
            (BlockKind.BYLINE, ", ".join(reading.authors)),
        )
        if text
    ]
    _insert(frame, reading)
    reading.date = iso_date(" ".join(values.get("date", [])) or " ".join(take(_DATES)))
    language = " ".join(values.get("lang", []) + values.get("language", []))
    reading.language = language if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*", language) else None
    # A date or a language that was understood stands in the document itself.
    used |= set(_DATES) if reading.date else set()
    used |= set(_LANGUAGES) if reading.language else set()
    rest = [f"{name}: {', '.join(found)}" for name, found in values.items()
            if found and name not in used]  # fmt: skip
    if rest:
        reading.left_out.insert(0, LeftOut(LeftOutKind.BOILERPLATE, "\n".join(rest)))


def _insert(frame: list[Draft], reading: Reading) -> None:
    """Put the frame above the text; below its title where the text itself shows one."""
    has_title = any(draft.kind is BlockKind.TITLE for draft in frame)
    top = [draft for draft in frame if draft.kind is BlockKind.KICKER or has_title]
    below = [draft for draft in frame if draft not in top]
    drafts = reading.drafts
    place = int(bool(drafts) and drafts[0].kind is BlockKind.HEADING and drafts[0].level == 1)
    if place and len(drafts) > 1 and wholly_marked(drafts[1], MarkKind.EMPHASIS):
        place = 2  # the standfirst that the text shows below its title
    drafts[place:place] = below
    drafts[:0] = top


def _values(matter: str) -> dict[str, list[str]]:
    """Return key → values of a simple YAML block: scalars, ``[a, b]`` and ``- a`` lists."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in matter.splitlines():
        pair = _PAIR.match(line)
        if pair:
            key = pair[1].strip().lower()
            values[key] = _scalars(pair[2] or "")
        elif line.strip() and not line.startswith("#"):
            item = re.sub(r"^\s*-\s+", "", line)
            if item == line and values.get(key) and not values[key][-1].endswith((">", "|")):
                values[key][-1] += " " + line.strip()
            else:
                values.setdefault(key, []).extend(_scalars(item))
        elif line.strip():
            values.setdefault("#", []).append(line.lstrip("# "))
    return {name: [v for v in found if v not in {">", "|", ">-", "|-"}]
            for name, found in values.items()}  # fmt: skip


def _scalars(text: str) -> list[str]:
    """Return the values of ``a``, ``"a"`` or ``[a, "b"]``."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [value for piece in text[1:-1].split(",") for value in _scalars(piece)]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    text = re.sub(r"^name:\s*", "", text)
    return [text] if text else []
