"""Measure how well broken text is mended: ``python tests/benchmarks/text.py DIR``.

``DIR`` holds ``hard_wrapped.jsonl.gz`` (``raw`` → ``gold_paragraphs``) and
``line_end_hyphens.jsonl.gz`` (``left``, ``right`` → ``keep_hyphen``). Printed are word F1 and
paragraph-boundary F1 on the broken pages, the share of paragraphs that an unbroken copy keeps to
the letter, and the balanced accuracy of the decisions on hyphens.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from desktop.reading.document import Document
from desktop.reading.hyphens import Vocabulary, line_glue
from desktop.reading.opener import read_document


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a packed JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def read(text: str) -> Document:
    """Read a text as the program would."""
    return read_document(text.encode(), name="page.txt", format="txt")


def boundaries(paragraphs: list[str]) -> set[int]:
    """Return after how many words each paragraph but the last ends."""
    ends: set[int] = set()
    count = 0
    for paragraph in paragraphs[:-1]:
        count += len(paragraph.split())
        ends.add(count)
    return ends


def compare(found: list[str], gold: list[str]) -> Counter[str]:
    """Count the words and boundaries of ``found`` and ``gold`` that agree."""
    words, right = " ".join(found).split(), " ".join(gold).split()
    matcher = SequenceMatcher(None, words, right, autojunk=False)
    place: dict[int, int] = {}
    hits = 0
    for a, b, size in matcher.get_matching_blocks():
        hits += size
        for offset in range(size):
            place[a + offset + 1] = b + offset + 1
    mapped = {place.get(end, -end) for end in boundaries(found)}
    expected = boundaries(gold)
    return Counter(
        words=hits, found_words=len(words), gold_words=len(right),
        ends=len(mapped & expected), found_ends=len(mapped), gold_ends=len(expected),
    )  # fmt: skip


def f1(hits: int, found: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * hits / (found + gold) if found + gold else 1.0


def measure_pages(pages: list[dict[str, Any]], *, verbose: bool) -> None:
    """Print the figures of the hard-wrapped pages, by style and in all."""
    totals: dict[str, Counter[str]] = {}
    for page in pages:
        document = read(page["raw"])
        count = compare([block.text for block in document.blocks], page["gold_paragraphs"])
        for key in (page["style"], "all"):
            totals.setdefault(key, Counter()).update(count)
        if verbose:
            score = f1(count["ends"], count["found_ends"], count["gold_ends"])
            print(f"  {page['id']:45s} {page['style']:7s} {score:.3f}")
    for style, count in totals.items():
        words = f1(count["words"], count["found_words"], count["gold_words"])
        ends = f1(count["ends"], count["found_ends"], count["gold_ends"])
        print(f"hard-wrapped, {style:7s} word F1 {words:.4f}  boundary F1 {ends:.4f}")


def measure_unbroken(pages: list[dict[str, Any]]) -> None:
    """Print which share of the paragraphs of an unbroken copy stay as they are."""
    same = total = 0
    for page in pages:
        document = read("\n\n".join(page["gold_paragraphs"]))
        kept = Counter(block.text for block in document.blocks)
        gold = Counter(" ".join(text.split()) for text in page["gold_paragraphs"])
        same += (kept & gold).total()
        total += gold.total()
    print(f"unbroken copy, exact paragraphs {same / total:.4f}")


def measure_hyphens(cases: list[dict[str, Any]], pages: list[dict[str, Any]]) -> None:
    """Print the balanced accuracy of keep-or-join at line ends, with the article's own words."""
    vocabularies = {page["id"]: Vocabulary([page["raw"]]) for page in pages}
    right: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    for case in cases:
        vocabulary = vocabularies.get(case["article"]) or Vocabulary([])
        line = case["left"] + "-"
        cut, _ = line_glue(line + case["right"], len(line), len(line), vocabulary)
        gold = bool(case["keep_hyphen"])
        total[gold] += 1
        right[gold] += (cut == 0) == gold
    keep, join = (right[kind] / total[kind] for kind in (True, False))
    print(f"hyphens: kept {keep:.4f}  joined {join:.4f}  balanced {(keep + join) / 2:.4f}")


def main() -> None:
    """Run the three measurements on the folder that is the first argument."""
    folder = Path(sys.argv[1])
    pages = rows(folder / "hard_wrapped.jsonl.gz")
    measure_pages(pages, verbose="-v" in sys.argv)
    measure_unbroken(pages)
    measure_hyphens(rows(folder / "line_end_hyphens.jsonl.gz"), pages)


if __name__ == "__main__":
    main()
