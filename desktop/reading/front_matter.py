"""The block of ``key: value`` lines that may open a Markdown file."""

from __future__ import annotations

import re

from desktop.reading.dates import iso_date
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind
from desktop.reading.draft import Draft, Reading

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

    frame: list[Draft] = []
    heading = next((d for d in reading.drafts if d.kind is BlockKind.HEADING), None)
    title = " ".join(take(_TITLES))
    shown = heading.text if heading is not None else ""
    kicker, standfirst = " ".join(take(_KICKERS)), " ".join(take(_STANDFIRSTS))
    authors = take(_AUTHORS)
    for kind, text in (
        (BlockKind.KICKER, kicker),
        (BlockKind.TITLE, "" if title == shown and reading.drafts[0] is heading else title),
        (BlockKind.STANDFIRST, standfirst),
        (BlockKind.BYLINE, ", ".join(authors)),
    ):
        if text:
            frame.append(Draft(kind, text))
    reading.authors = tuple(authors)
    reading.language = " ".join(take(_LANGUAGES)) or None
    date = " ".join(take(_DATES))
    reading.date = iso_date(date)
    _insert(frame, reading)
    rest = [f"{name}: {', '.join(values[name])}" for name in values
            if values[name] and (name not in used or name in _LANGUAGES + _DATES)]  # fmt: skip
    if rest:
        reading.left_out.insert(0, LeftOut(LeftOutKind.BOILERPLATE, "\n".join(rest)))


def _insert(frame: list[Draft], reading: Reading) -> None:
    """Put the frame above the text; below its title where the text itself shows one."""
    has_title = any(draft.kind is BlockKind.TITLE for draft in frame)
    top = [draft for draft in frame if draft.kind is BlockKind.KICKER or has_title]
    below = [draft for draft in frame if draft not in top]
    first = reading.drafts[0] if reading.drafts else None
    place = 1 if first and first.kind is BlockKind.HEADING and first.level == 1 else 0
    reading.drafts[place:place] = below
    reading.drafts[:0] = top


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
