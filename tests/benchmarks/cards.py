"""Measure facts and cards: ``python -m tests.benchmarks.cards DIR``.

``DIR`` holds ``facts/squad_dev.jsonl.gz`` (articles with the questions that people asked),
``cards/quiz_design.jsonl.gz`` (generated questions that teachers accepted or refused) and
``glossary/psychology2e.jsonl.gz`` (sections of a textbook). Printed are

- precision, recall and F1 of the facts' answers and of the answer candidates beside the entity
  tagger's, in the same run: exact (without case, articles and punctuation) and by at least half of
  the words. The ranker of candidates was fitted on these articles; ``train_answers`` prints what it
  finds in articles that it hasn't seen;
- the agreement of the linter with the teachers (AUC: the chance that an accepted question gets
  fewer faults than a refused one, ties count half) and the share accepted of what passes, and the
  same of the ranker, each document left out once;
- coverage, the reasons of paragraphs without a card and of cards kept out, lengths,
  near-duplicates and kinds of the cards of ten sections, and the time taken.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

from desktop.decks.build import build_deck
from desktop.decks.coverage import paragraph_coverage
from desktop.decks.deck import Deck, Note, NoteKind
from desktop.decks.quality import lint
from desktop.facts.answers import find_answers
from desktop.facts.extract import extract_facts
from desktop.facts.fact import Facts
from desktop.facts.ranking import content_words, nearly_same
from desktop.glossary.extract import extract_glossary
from desktop.language.analysis import Analysis, analyse
from desktop.reading.document import Block, BlockKind, Document, Source
from tests.benchmarks.train_cards import judged_questions, report

_SECTIONS = 10


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a packed JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def document_of(title: str, paragraphs: list[str]) -> Document:
    """Return a document of a title, headings ("# …") and paragraphs."""
    blocks = [Block(0, BlockKind.TITLE, title)]
    for text in paragraphs:
        kind = BlockKind.HEADING if text.startswith("# ") else BlockKind.PARAGRAPH
        blocks.append(Block(len(blocks), kind, text.removeprefix("# ")))
    digest = hashlib.sha256("\n".join(paragraphs).encode()).hexdigest()
    return Document(title, None, None, (), None, "en", Source(title, digest, "txt"), tuple(blocks))


def plain(text: str) -> str:
    """Return the words of an answer without case, articles and punctuation."""
    return " ".join(w for w in re.findall(r"\w+", text.lower()) if w not in {"a", "an", "the"})


def same(left: str, right: str) -> bool:
    """Return whether two plain answers share at least half of their words."""
    a, b = set(left.split()), set(right.split())
    return bool(a and b) and len(a & b) >= 0.5 * len(a | b)


class Score:
    """Hits of candidates and of asked-for answers, for precision, recall and F1."""

    def __init__(self) -> None:
        self.candidates = self.right = self.asked = self.found = 0

    def add(self, candidates: set[str], asked: list[set[str]], *, exact: bool) -> None:
        """Count one paragraph."""

        def matches(candidate: str, answers: set[str]) -> bool:
            return candidate in answers if exact else any(same(candidate, a) for a in answers)

        self.candidates += len(candidates)
        self.right += sum(any(matches(c, answers) for answers in asked) for c in candidates)
        self.asked += len(asked)
        self.found += sum(any(matches(c, answers) for c in candidates) for answers in asked)

    def __str__(self) -> str:
        precision = self.right / max(1, self.candidates)
        recall = self.found / max(1, self.asked)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({self.candidates} candidates)"


def measure_candidates(path: Path, limit: int | None) -> None:
    """Print how well facts and entities find what people asked for."""
    found_by = ("facts", "answers", "entities")
    scores = {(who, exact): Score() for who in found_by for exact in (True, False)}
    for row in rows(path)[:limit]:
        paragraphs = row["paragraphs"]
        document = document_of(row["title"].replace("_", " "), [p["context"] for p in paragraphs])
        analysis = analyse(document)
        facts = extract_facts(analysis, extract_glossary(analysis)).facts
        answers = find_answers(analysis)
        for block, paragraph in enumerate(paragraphs, 1):
            asked = [{plain(a["text"]) for a in qa["answers"]} for qa in paragraph["qas"]]
            found = {plain(f.answer) for f in facts if f.answer_span.block == block}
            likely = {plain(a.text) for a in answers if a.span.block == block}
            entities = {plain(e.text) for e in analysis.docs[block].ents}
            for exact in (True, False):
                scores["facts", exact].add(found, asked, exact=exact)
                scores["answers", exact].add(likely, asked, exact=exact)
                scores["entities", exact].add(entities, asked, exact=exact)
    print("Answer candidates")
    for (who, exact), score in scores.items():
        print(f"  {who:9} {'exact' if exact else 'half':6} {score}")


def area(good: list[int], bad: list[int]) -> float:
    """Return the chance that a good one has fewer faults than a bad one, ties half."""
    wins = sum((g < b) + 0.5 * (g == b) for g in good for b in bad)
    return wins / (len(good) * len(bad))


def measure_linter(path: Path) -> None:
    """Print the linter's agreement with teachers; length of the answer was not theirs to judge."""
    faults: dict[bool, list[int]] = {True: [], False: []}
    rules: dict[str, Counter[bool]] = {}
    judged = judged_questions(path)
    for one in judged:
        accepted = one.kept
        found = [f.rule for f in lint(one.note) if f.rule != "too_long"]
        faults[accepted].append(len(found))
        for rule in found:
            rules.setdefault(rule, Counter())[accepted] += 1
    passed = Counter(verdict for verdict, counts in faults.items() for n in counts if n == 0)
    total = {verdict: len(counts) for verdict, counts in faults.items()}
    print("Linter and teachers")
    print(f"  AUC {area(faults[True], faults[False]):.3f}")
    print(f"  accepted of all    {total[True] / sum(total.values()):.3f}")
    print(f"  accepted of passed {passed[True] / max(1, sum(passed.values())):.3f}"
          f"  ({sum(passed.values())} of {sum(total.values())})")  # fmt: skip
    for rule, counts in sorted(rules.items()):
        print(f"    {rule:20} refused {counts[False]:4}  accepted {counts[True]:4}")
    report(judged)


def cards_of(analysis: Analysis) -> tuple[Facts, Deck, float]:
    """Return facts and deck of a parsed text and the seconds that both took."""
    glossary = extract_glossary(analysis)
    start = time.perf_counter()
    facts = extract_facts(analysis, glossary)
    deck = build_deck(facts, glossary, analysis.document)
    return facts, deck, time.perf_counter() - start


def measure_decks(path: Path) -> None:
    """Print what the decks of some sections are like."""
    chosen = rows(path)
    chosen = chosen[:: max(1, len(chosen) // _SECTIONS)][:_SECTIONS]
    covered = paragraphs = words = 0
    seconds = 0.0
    notes: list[Note] = []
    gaps: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    twins = 0
    for row in chosen:
        texts = [t.strip() for t in re.split(r"\n\s*\n", row["text"]) if t.strip()]
        document = document_of(row["title"], texts)
        facts, deck, taken = cards_of(analyse(document))
        coverage = paragraph_coverage(document, facts, deck)
        covered += sum(bool(paragraph.notes) for paragraph in coverage)
        paragraphs += len(coverage)
        gaps.update(paragraph.gap.value for paragraph in coverage if paragraph.gap)
        refused.update(f.rule for one in deck.refused for f in one.findings)
        words += document.word_count()
        seconds += taken
        contents = [content_words(f"{note.front} {note.back}") for note in deck.notes]
        pairs = ((a, b) for i, a in enumerate(contents) for b in contents[:i])
        twins += sum(nearly_same(a, b) for a, b in pairs)
        notes += deck.notes
    kinds = Counter(note.kind.value for note in notes)
    print(f"Decks of {len(chosen)} sections, {words} words")
    print(f"  cards {len(notes)}  {dict(sorted(kinds.items()))}")
    print(
        f"  paragraphs with a card {covered / max(1, paragraphs):.2f}  {dict(sorted(gaps.items()))}"
    )
    print(f"  refused {dict(sorted(refused.items()))}")
    lengths = [len(note.front.split()) for note in notes if note.kind is NoteKind.QUESTION]
    clozes = [len(note.front.split()) for note in notes if note.kind is NoteKind.CLOZE]
    for name, counts in (("question", lengths), ("cloze", clozes)):
        if counts:
            print(f"  words of a {name}: median {statistics.median(counts)}, most {max(counts)}")
    print(f"  near-duplicates {twins}")
    print(f"  {10_000 * seconds / max(1, words):.2f} s for 10,000 words after the parse")


def main() -> None:
    """Run the measurements that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, help="only so many articles of facts/")
    options = parser.parse_args()
    measure_linter(options.folder / "cards" / "quiz_design.jsonl.gz")
    measure_decks(options.folder / "glossary" / "psychology2e.jsonl.gz")
    measure_candidates(options.folder / "facts" / "squad_dev.jsonl.gz", options.articles)


if __name__ == "__main__":
    main()
