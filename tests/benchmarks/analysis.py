"""How long an analysis takes: ``python -m tests.benchmarks.analysis [WORDS …] [--from PATH]``.

Texts of 1,000, 10,000 and 60,000 words are made: from the files of a folder (or one file), or
from the sentences of the bundled essay, mixed anew and with made-up names and nouns in them, so
that vocabulary grows with length. Each length is a process of its own. For each stage the seconds
of processor time are printed (the least of ``--repeat`` runs), then the first entries, the whole
through the portions, peak memory, and the ratio to spaCy's pipeline alone on the same text.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from desktop.paths import bundled_essay
from desktop.reading.document import Block, BlockKind, Document

Result = TypeVar("Result")
LENGTHS = (1_000, 10_000, 60_000)
STAGES = ("spaCy", "parse", "draft", "senses", "facts", "cards")
_PARAGRAPH = 110
_CHAPTER = 40


def main() -> None:
    """Print one line a length."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("words", nargs="*", type=int, default=list(LENGTHS))
    options.add_argument("--from", dest="path", type=Path, help="a file, or a folder of texts")
    options.add_argument("--repeat", type=int, default=2)
    chosen = options.parse_args()
    titles = (*STAGES, "first", "whole", "wall", "MB", "words/s", "× spaCy")
    print("   words " + "".join(f"{title:>9}" for title in titles))
    context = multiprocessing.get_context("spawn")
    for words in chosen.words:
        process = context.Process(target=measure, args=(words, chosen.path, chosen.repeat))
        process.start()
        process.join()


def measure(words: int, path: Path | None, repeat: int) -> None:
    """Print the line of one length; in a process of its own, so that memory is its own."""
    from desktop.operations.analysing import warm_up

    document = text_of(words, path)
    warm_up()
    runs = [whole_seconds(document) for _ in range(repeat)]
    first, whole, wall = (min(values) for values in zip(*runs, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stages = [stage_seconds(document) for _ in range(repeat)] if words <= LENGTHS[-1] else []
    best = {name: min(run[name] for run in stages) for name in STAGES} if stages else {}
    peer = best.get("spaCy", 0.0)
    count = document.word_count()
    print(
        f"{count:8}" + "".join(f"{best[name]:9.2f}" if best else f"{'–':>9}" for name in STAGES),
        f"{first:9.2f}{whole:9.2f}{wall:9.2f}",
        f"{memory:9.0f}{count / whole:9.0f}",
        f"{whole / peer:8.2f}" if peer else f"{'–':>8}",
        flush=True,
    )


def stage_seconds(document: Document) -> dict[str, float]:
    """Return the processor seconds of each stage on the text as one portion."""
    from desktop.decks.build import build_deck
    from desktop.facts.extract import extract_facts
    from desktop.glossary.extract import extract_glossary
    from desktop.language import similarity
    from desktop.language.analysis import analyse, load_model

    similarity.forget()
    took: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], Result]) -> Result:
        begun = time.process_time()
        result = work()
        took[stage] = time.process_time() - begun
        return result

    texts = [block.text for block in document.blocks]
    timed("spaCy", lambda: sum(len(doc) for doc in load_model().pipe(texts)))
    analysis = timed("parse", lambda: analyse(document))
    drafted: list[float] = []
    begun = time.process_time()
    glossary = extract_glossary(analysis, on_draft=lambda _g: drafted.append(time.process_time()))
    took["draft"] = drafted[0] - begun
    took["senses"] = time.process_time() - drafted[0]
    facts = timed("facts", lambda: extract_facts(analysis, glossary))
    timed("cards", lambda: build_deck(facts, glossary, document))
    return took


def whole_seconds(document: Document) -> tuple[float, float, float]:
    """Return when the first entries came (by the clock), the processor time of all, and the wall's.

    This is what the window's language process does, portions and merging included.
    """
    from desktop.language import similarity
    from desktop.operations.analysing import AnalysisEvent, GlossaryFound, analyse_document

    similarity.forget()
    shown: list[float] = []
    begun, wall = time.process_time(), time.perf_counter()

    def heard(event: AnalysisEvent) -> None:
        if isinstance(event, GlossaryFound):
            shown.append(time.perf_counter() - wall)

    analyse_document(document, heard)
    return shown[0], time.process_time() - begun, time.perf_counter() - wall


def text_of(words: int, path: Path | None) -> Document:
    """Return a text of about so many words, the same at each run."""
    from desktop.reading.opener import open_document

    if path is None:
        essay = open_document(bundled_essay())
        return _cut(essay, _mixed(essay, words), words)
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    first, blocks = None, []
    for file in files:
        document = open_document(file)
        first = first or document
        blocks += document.blocks
        if sum(len(block.text.split()) for block in blocks) >= words:
            break
    if first is None:
        raise SystemExit(f"There is no text in {path}.")
    return _cut(first, iter(blocks), words)


def _cut(document: Document, blocks: Iterator[Block], words: int) -> Document:
    kept: list[Block] = []
    count = 0
    for block in blocks:
        if count >= words:
            break
        kept.append(replace(block, index=len(kept)))
        count += len(block.text.split())
    return replace(document, blocks=tuple(kept))


def _mixed(essay: Document, words: int) -> Iterator[Block]:
    """Yield paragraphs of the essay's sentences in a random order, with names of our own."""
    dice = random.Random(1)
    sentences = [
        sentence
        for block in essay.body()
        for sentence in re.split(r"(?<=[.!?]) (?=[A-Z“])", block.text)
        if 5 < len(sentence.split()) < 60
    ]
    names = [_made_up(dice) for _ in range(max(40, words // 60))]
    for number in range(words):
        if number % _CHAPTER == 0:
            yield Block(0, BlockKind.HEADING, f"Part {number // _CHAPTER + 1}", 1)
        paragraph: list[str] = []
        while sum(len(sentence.split()) for sentence in paragraph) < _PARAGRAPH:
            name = dice.choice(names)
            paragraph.append(re.sub(r"(?<=[a-z] )[A-Z][a-z]{3,}", name, dice.choice(sentences)))
        yield Block(0, BlockKind.PARAGRAPH, " ".join(paragraph))


def _made_up(dice: random.Random) -> str:
    syllables = [dice.choice("bdfgklmnprstv") + dice.choice("aeiou") for _ in range(3)]
    return "".join(syllables).capitalize() + dice.choice("nrsl")


if __name__ == "__main__":
    main()
