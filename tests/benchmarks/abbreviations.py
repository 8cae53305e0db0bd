"""Measure abbreviations and their long forms: ``python -m tests.benchmarks.abbreviations DIR``.

``DIR`` holds ``med1250_dev.jsonl.gz`` (``text`` → ``pairs`` of short and long form). A pair counts
when both forms are the annotators' to the letter. Beside ours stands the method of Schwartz and
Hearst (2003), written down here from the paper.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.glossary.abbreviations import explained
from desktop.reading.document import Block, BlockKind, Document, Source
from tests.benchmarks.text import f1, rows

Pairs = set[tuple[str, str]]


def ours(text: str) -> Pairs:
    """Return the pairs that the program finds; a line is a paragraph."""
    blocks = tuple(Block(i, BlockKind.PARAGRAPH, line) for i, line in enumerate(text.split("\n")))
    document = Document(None, None, None, (), None, "en", Source("a.txt", "", "txt"), blocks)
    return {(found.short, found.long) for found in explained(document)}


def schwartz_hearst(text: str) -> Pairs:
    """Return the pairs "long (short)" and "short (long)" of Schwartz and Hearst's method."""
    found: Pairs = set()
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text):
        for match in re.finditer(r"\(([^()]+)\)", sentence):
            inner = re.split(r"[;,]\s", match.group(1))[0].strip()
            words = sentence[: match.start()].split()
            if len(inner.split()) > 2 or len(inner) > 10:
                if not words or not _is_short(words[-1]):
                    continue
                short, long = words[-1], _best_long_form(words[-1], inner)
            elif _is_short(inner):
                count = sum(map(str.isalnum, inner))
                window = " ".join(words[-min(count + 5, count * 2) :])
                short, long = inner, _best_long_form(inner, window)
            else:
                continue
            if long and len(long) > len(short) and short not in long.split():
                found.add((short, long))
    return found


def _is_short(form: str) -> bool:
    return 1 < len(form) <= 10 and any(map(str.isalpha, form)) and form[0].isalnum()


def _best_long_form(short: str, long: str) -> str | None:
    place = len(long) - 1
    for number in range(len(short) - 1, -1, -1):
        letter = short[number].casefold()
        if not letter.isalnum():
            continue
        while place >= 0 and (
            long[place].casefold() != letter
            or (number == 0 and place > 0 and long[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    return long[long.rfind(" ", 0, place + 1) + 1 :]


def measure(name: str, find: Callable[[str], Pairs], folder: Path) -> None:
    """Print precision, recall and F of one method."""
    hits = found = gold = 0
    for row in rows(folder / "med1250_dev.jsonl.gz"):
        pairs, right = find(row["text"]), {(short, long) for short, long in row["pairs"]}
        hits, found, gold = hits + len(pairs & right), found + len(pairs), gold + len(right)
    precision, recall = hits / found, hits / gold
    print(f"{name:16s} P {precision:.3f}  R {recall:.3f}  F {f1(hits, found, gold):.3f}")


def main() -> None:
    """Measure ours and the peer on the folder that is the first argument."""
    folder = Path(sys.argv[1])
    measure("ours", ours, folder)
    measure("Schwartz-Hearst", schwartz_hearst, folder)


if __name__ == "__main__":
    main()
