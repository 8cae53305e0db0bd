"""Measure the reading of PDFs: ``python -m tests.benchmarks.pdf DIR [-v]``.

``DIR`` holds PDFs, each with a JSON file of the same name: the blocks of its text in reading order
as pairs of a kind and a text ("h" a heading, "fn" a footnote, the rest paragraphs), without
running heads and page numbers. Printed for each reader (ours, and beside it the raw text of
PDFium and those of pdfminer.six and pypdf that are installed) are: the share of words in reading
order (F1 of an alignment), the share of the paragraphs that come out to the letter, the words
that don't belong to the text, and the time for a page. An ``olmocr_tests.jsonl`` in ``DIR`` is
run too: which texts must be there, be absent, or come in an order.
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from desktop.errors import InputError
from desktop.reading.opener import open_document

Read = Callable[[Path], list[str]]


def ours(path: Path) -> list[str]:
    """Return the blocks as the program reads them; figures have no text."""
    return [block.text for block in open_document(path).blocks if block.text]


def raw_pdfium(path: Path) -> list[str]:
    """Return the lines of PDFium's own text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(texts).replace("\ufffe", "-").splitlines()


def pdfminer(path: Path) -> list[str]:
    """Return pdfminer.six's paragraphs."""
    from pdfminer.high_level import extract_text

    return re.split(r"\n\s*\n", extract_text(str(path)).replace("\f", "\n\n"))


def pypdf(path: Path) -> list[str]:
    """Return the lines of pypdf."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages).splitlines()


READERS: dict[str, tuple[Read, str]] = {
    "ours": (ours, "desktop"),
    "PDFium, raw": (raw_pdfium, "pypdfium2"),
    "pdfminer.six": (pdfminer, "pdfminer"),
    "pypdf": (pypdf, "pypdf"),
}


def plain(text: str) -> str:
    """Return a text for comparison: one kind of hyphen, none at line ends, single spaces."""
    text = unicodedata.normalize("NFKC", text).replace("\u2010", "-")
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=[a-z])", "", text).split())


def words_of(pieces: list[str]) -> list[str]:
    """Return the words of a reading; a word cut at the end of a line is joined for everyone."""
    return plain("\n".join(pieces)).split()


def order_of(found: list[str], gold: list[str]) -> tuple[float, list[str]]:
    """Return the F1 of the words that align, and the found words that don't."""
    matcher = SequenceMatcher(None, found, gold, autojunk=False)
    hits = 0
    extra: list[str] = []
    last = 0
    for a, _, size in matcher.get_matching_blocks():
        extra += found[last:a]
        hits, last = hits + size, a + size
    return 2 * hits / (len(found) + len(gold)), extra


def score(path: Path, read: Read) -> tuple[float, float, list[str], float]:
    """Return order, exact paragraphs, words that don't belong, and milliseconds."""
    gold = [text for _, text, *_ in json.loads(path.with_suffix(".json").read_text())]
    began = time.perf_counter()
    pieces = read(path)
    taken = 1000 * (time.perf_counter() - began)
    order, extra = order_of(words_of(pieces), words_of(gold))
    wanted = Counter(plain(text) for text in gold)
    same = wanted & Counter(plain(text) for text in pieces)
    missing = list((wanted - same).elements())
    if "-v" in sys.argv and read is ours:
        for text in missing:
            print("    not to the letter:", text[:90], "…", text[-40:])
    vocabulary = Counter(words_of(gold))
    foreign = list((Counter(extra) - vocabulary).elements())
    return order, same.total() / max(1, wanted.total()), foreign, taken


def measure_synth(folder: Path) -> None:
    """Print the figures of every reader that is installed, file by file."""
    paths = [path for path in sorted(folder.glob("*.pdf")) if path.with_suffix(".json").exists()]
    if not paths:
        return
    for name, (read, module) in READERS.items():
        try:
            __import__(module)
        except ImportError:
            print(f"{name} is not installed")
            continue
        rows = [score(path, read) for path in paths]
        for path, (order, exact, foreign, taken) in zip(paths, rows, strict=True):
            print(f"{name:13s} {path.stem:14s} order {order:.4f}  exact {exact:.3f}  "
                  f"foreign words {len(foreign):3d}  {taken:6.0f} ms")  # fmt: skip
        mean = [sum(row[i] for row in rows) / len(rows) for i in (0, 1)]
        print(f"{name:13s} mean           order {mean[0]:.4f}  exact {mean[1]:.3f}")


def measure_tests(folder: Path, file: Path) -> None:
    """Print which of the tests of presence, absence and order every reader passes."""
    cases: list[dict[str, Any]] = [
        json.loads(line) for line in file.read_text().splitlines() if line.strip()
    ]
    cases = [c for c in cases if (folder / c["pdf"]).exists() and c["type"] in JUDGES]
    for name, (read, module) in READERS.items():
        try:
            __import__(module)
        except ImportError:
            continue
        texts: dict[str, str] = {}
        passed: list[bool] = []
        for case in cases:
            if case["pdf"] not in texts:
                try:
                    texts[case["pdf"]] = loose("\n".join(read(folder / case["pdf"])))
                except InputError as error:
                    texts[case["pdf"]] = ""
                    print(f"  {error}")
            passed.append(JUDGES[case["type"]](case, texts[case["pdf"]]))
            if not passed[-1] and "-v" in sys.argv and read is ours:
                print("    fails:", case["id"], case.get("text") or case["before"])
        print(f"{name:13s} tests passed {sum(passed)} of {len(passed)}")


def loose(text: str) -> str:
    """Return letters and digits alone, in lower case."""
    return "".join(c for c in plain(text).casefold() if c.isalnum())


JUDGES: dict[str, Callable[[dict[str, Any], str], bool]] = {
    "present": lambda case, text: loose(case["text"]) in text,
    "absent": lambda case, text: loose(case["text"]) not in text,
    "order": lambda case, text: (
        -1 < text.find(loose(case["before"])) < text.rfind(loose(case["after"]))
    ),
}


def main() -> None:
    """Measure the folders that are named."""
    for name in sys.argv[1:]:
        if not name.startswith("-"):
            folder = Path(name)
            measure_synth(folder)
            tests = folder / "olmocr_tests.jsonl"
            if tests.exists():
                measure_tests(folder, tests)


if __name__ == "__main__":
    main()
