"""Train the ranker of cards: ``python -m tests.benchmarks.train_cards DIR``.

``DIR`` holds ``cards/quiz_design.jsonl.gz``. Prints how well the ranker foretells the teachers of
documents that it hasn't seen (each document left out once), beside length alone and beside what
another teacher of the very same question says, and writes ``resources/models/card_ranker.json``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop.decks.deck import Note, NoteKind
from desktop.decks.features import features, told
from desktop.decks.quality import lint
from desktop.decks.ranking import Ranker, Weight, fit, matrix
from desktop.paths import resource
from desktop.reading.document import Evidence, Span

#: Standard deviation of the prior of each standardised weight.
SPREAD = 0.055
#: The share of our own cards that pass the linter and are kept as they stand: the teachers judged
#: the questions of seven generators, of which they kept fewer.
KEPT = 0.8
#: Shares of the cards at which the acceptance of the best is told.
SHARES = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
#: Numbers that these data can't tell anything about.
_FOREIGN = ("kind_", "made_", "lint_duplicate", "lint_too_long")

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A generated question with the teacher's verdict, and the document it was asked of."""

    note: Note
    numbers: dict[str, float]
    kept: bool
    document: int


def judged_questions(path: Path) -> list[Judged]:
    """Return all questions; the evidence of each is the sentence that holds the answer."""
    judged = []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in map(json.loads, stream):
            answer = row["answer_span"]
            for question in row["questions"]:
                sentence = told(question["question"], answer, row["context"])
                evidence = Evidence(Span(0, 0, len(sentence)), sentence)
                note = Note("judged", NoteKind.QUESTION, question["question"], answer, evidence)
                numbers = {
                    name: value
                    for name, value in features(note, lint(note)).items()
                    if not name.startswith(_FOREIGN)
                }
                judged.append(Judged(note, numbers, question["label"] == 1, row["doc_id"]))
    return judged


def trained(judged: list[Judged], only: tuple[str, ...] = ()) -> Ranker:
    """Return the ranker of the judged questions, on all numbers or ``only`` some."""
    names = sorted(only or {name for one in judged for name in one.numbers})
    weights = {}
    for name in names:
        values = [one.numbers.get(name, 0.0) for one in judged]
        weights[name] = Weight(float(np.mean(values)), float(np.std(values)) or 1.0, 0.0)
    rows = matrix([{n: one.numbers.get(n, 0.0) for n in names} for one in judged], names, weights)
    kept = np.array([float(one.kept) for one in judged])
    spreads = np.array([10.0] + [SPREAD] * len(names))
    fitted = fit(rows, kept, np.zeros(len(names) + 1), spreads)
    moved = {
        name: Weight(weights[name].mean, weights[name].spread, float(value))
        for name, value in zip(names, fitted[1:], strict=True)
    }
    return Ranker(float(fitted[0]), moved)


def foretold(judged: list[Judged], only: tuple[str, ...] = ()) -> Array:
    """Return the probability of each question by a ranker that hasn't seen its document."""
    chances = np.zeros(len(judged))
    for document in sorted({one.document for one in judged}):
        ranker = trained([one for one in judged if one.document != document], only)
        for index, one in enumerate(judged):
            if one.document == document:
                full = {name: one.numbers.get(name, 0.0) for name in ranker.weights}
                chances[index] = ranker.of(full)
    return chances


def auc(chances: Array, kept: Array) -> float:
    """Return the chance that a kept one is placed before a refused one, ties half."""
    good, bad = chances[kept], chances[~kept]
    order = np.sort(bad)
    below = np.searchsorted(order, good, "left") + np.searchsorted(order, good, "right")
    return float(below.mean() / (2 * len(bad)))


def other_teachers(judged: list[Judged]) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Return, for questions judged more than once, what the others say and what this one says."""
    same: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    for one in judged:
        same[one.note.front, one.note.back, one.note.evidence.quote].append(one.kept)
    pairs = [
        (float(np.mean(votes[:i] + votes[i + 1 :])), vote)
        for votes in same.values()
        if len(votes) > 1
        for i, vote in enumerate(votes)
    ]
    return np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])


def report(judged: list[Judged]) -> None:
    """Print the cross-validated agreement and the acceptance of the best-ranked."""
    kept = np.array([one.kept for one in judged])
    documents = np.array([one.document for one in judged])
    print(f"Ranker and teachers: {len(judged)} questions of {len(set(documents))} documents,")
    print("  each document foretold by a ranker of the others")
    for name, only in (("ranker", ()), ("length alone", ("q_log",))):
        chances = foretold(judged, only)
        within = [
            auc(chances[documents == d], kept[documents == d]) for d in sorted(set(documents))
        ]
        best = kept[np.argsort(-chances, kind="stable")]
        curve = "  ".join(f"{s:.0%} {best[: int(s * len(best))].mean():.2f}" for s in SHARES)
        print(f"  {name:13} AUC {auc(chances, kept):.3f}, within documents {np.mean(within):.3f}")
        print(f"  {'':13} kept of the best {curve}")
    others, own = other_teachers(judged)
    print(
        f"  another teacher of the same question: AUC {auc(others, own):.3f} ({len(own)} verdicts)"
    )


def shifted(ranker: Ranker) -> Ranker:
    """Return the ranker rounded, with the log odds of an ordinary card of ours."""
    rows = {
        name: Weight(round(w.mean, 4), round(w.spread, 4), round(w.weight, 4))
        for name, w in ranker.weights.items()
        if round(w.weight, 4)
    }
    return Ranker(round(math.log(KEPT / (1 - KEPT)), 4), rows)


def main() -> None:
    """Report and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    judged = judged_questions(options.folder / "cards" / "quiz_design.jsonl.gz")
    report(judged)
    out = resource("models", "card_ranker.json")
    out.parent.mkdir(exist_ok=True)
    data = shifted(trained(judged)).to_json()
    lines = [f'  "{n}": {json.dumps(row)}' for n, row in data["weights"].items()]
    out.write_text(
        f'{{"bias": {data["bias"]}, "weights": {{\n' + ",\n".join(lines) + "\n}}\n", "utf-8"
    )
    print(f"wrote {len(lines)} weights to {out.name}")


if __name__ == "__main__":
    main()
