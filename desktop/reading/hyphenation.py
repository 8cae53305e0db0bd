"""Where words may be broken at the end of a line, by the patterns of their language.

The patterns are those of LibreOffice, as the package pyphen carries them; of it only these files
are read. They are applied as Liang described it (Word Hy-phen-a-tion by Com-put-er, 1983).
"""

from __future__ import annotations

import functools
import importlib.util
import re
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
#: What runs on without a space and is no prose: addresses, paths, numbers with letters.
_NO_PROSE = re.compile(r"\S*(?:[/\\@_]|\d|\w\.\w)\S*")
_SHORTEST = 5
_LEAST_BEFORE, _LEAST_AFTER = 2, 3

#: Lines of a pattern file that are no patterns: remarks, limits, further levels.
_NO_PATTERN = re.compile(r"[%#]|[A-Z]{4}")
_DIGIT = re.compile(r"\d")
_LEVEL = re.compile(r"[1-9]")
_DIGITS = str.maketrans("", "", "0123456789")
_HEXADECIMAL = re.compile(r"\^{2}([0-9a-f]{2})")
#: A larger file takes longer to read than a page may wait for it.
_LARGE = 200_000  # bytes

#: The letters of a pattern → its line; few of the thousands are met, and only those are parsed.
_Patterns = dict[str, str]


def break_points(text: str, language: str) -> tuple[int, ...]:
    """Return the offsets in ``text`` at which a word may be broken with a hyphen.

    None for a language without patterns, for capitals and for what is no prose.
    """
    if len(text) < _SHORTEST or not can_break(language):
        return ()
    barred = [match.span() for match in _NO_PROSE.finditer(text)]
    found, at = [], 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        if end - start < _SHORTEST:
            continue
        while at < len(barred) and barred[at][1] <= start:
            at += 1
        if at < len(barred) and barred[at][0] < end:
            continue
        found += [start + point for point in _points(match.group(), language)]
    return tuple(found)


def can_break(language: str) -> bool:
    """Return whether words of a language (ISO 639, perhaps with a country) can be broken here."""
    return bool(_patterns(language))


def is_quick(language: str) -> bool:
    """Return whether the patterns of a language are read already, or in a few milliseconds."""
    path = _file(language)
    return path is None or language in _read or path.stat().st_size < _LARGE


_read: set[str] = set()  # languages whose patterns were asked for


@functools.lru_cache(maxsize=50_000)
def _points(word: str, language: str) -> tuple[int, ...]:
    if word[1:] != word[1:].lower():
        return ()
    patterns = _patterns(language)
    dotted = f".{word.lower()}."
    levels = [0] * (len(dotted) + 1)
    longest = _longest(language)
    for start in range(len(dotted)):
        for end in range(start + 1, min(len(dotted), start + longest) + 1):
            line = patterns.get(dotted[start:end])
            for at, level in _levels(line) if line else ():
                if level > levels[start + at]:
                    levels[start + at] = level
    last = len(word) - _LEAST_AFTER
    return tuple(at for at in range(_LEAST_BEFORE, last + 1) if levels[at + 1] % 2)


@functools.lru_cache(maxsize=16)
def _longest(language: str) -> int:
    return max(map(len, _patterns(language)), default=0)


@functools.lru_cache(maxsize=16)
def _patterns(language: str) -> _Patterns:
    """Return the patterns of a language, empty where there are none."""
    path = _file(language)
    found: _Patterns = {}
    if path is not None:
        encoding, _, content = path.read_bytes().partition(b"\n")
        name = encoding.decode("ascii", "replace").strip().replace("microsoft-", "")
        text = content.decode(name, "replace")
        text = _HEXADECIMAL.sub(lambda match: chr(int(match.group(1), 16)), text)
        patterns = [one for one in text.split() if not _NO_PATTERN.match(one)]
        lines = [one for one in patterns if _LEVEL.search(one.partition("/")[0])]
        heads = "\n".join(line.partition("/")[0] for line in lines)
        found = dict(zip(heads.translate(_DIGITS).split("\n"), lines, strict=True)) if lines else {}
    _read.add(language)
    return found


@functools.lru_cache(maxsize=20_000)
def _levels(line: str) -> tuple[tuple[int, int], ...]:
    """Return at which letters of a pattern which levels stand."""
    # What is broken and spelled in another way ("Schiff-fahrt") is left whole.
    pattern, _, respelled = line.partition("/")
    levels = []
    for before, match in enumerate(_DIGIT.finditer(pattern)):
        level = int(match.group())
        if level:
            levels.append((match.start() - before, level + 1 if respelled and level % 2 else level))
    return tuple(levels)


@functools.lru_cache(maxsize=16)
def _file(language: str) -> Path | None:
    """Return the pattern file of a language: that of its country, else the language's own."""
    spec = importlib.util.find_spec("pyphen")
    folders = spec.submodule_search_locations if spec else None
    if not folders:  # it comes as an extra
        return None
    folder = Path(folders[0]) / "dictionaries"
    code, _, country = language.replace("-", "_").partition("_")
    code = code.lower()
    wanted = (f"{code}_{country.upper()}", code, f"{code}_{code.upper()}")
    exact = [folder / f"hyph_{name}.dic" for name in wanted]
    others = sorted(folder.glob(f"hyph_{code}_*.dic")) if code.isalpha() else []
    return next((path for path in (*exact, *others) if path.is_file()), None)
