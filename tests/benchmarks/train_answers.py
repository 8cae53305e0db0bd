"""Train the ranker of answers: ``python -m tests.benchmarks.train_answers DIR``.

``DIR`` holds ``facts/squad_dev.jsonl.gz``. Prints how well it finds what people asked of articles
that it hasn't seen (each quarter of them left out once) and writes
``resources/models/answers.json``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop.decks.ranking import fit
from desktop.facts.answers import Asked
from desktop.language.analysis import analyse
from desktop.paths import resource
from tests.benchmarks.cards import Score, document_of, plain, rows, same

_FOLDS = 4
#: A feature that fewer phrases have tells nothing.
_FEWEST = 200
#: Standard deviation of the prior of each weight.
_SPREAD = 0.25

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Article:
    """An article's paragraphs and what was asked of each."""

    asked: Asked
    wanted: list[list[set[str]]]
    features: list[frozenset[str]]
    labels: list[bool]


def article(row: dict[str, Any]) -> Article:
    """Return the phrases of an article, and which of them were asked for."""
    paragraphs = row["paragraphs"]
    document = document_of(row["title"].replace("_", " "), [p["context"] for p in paragraphs])
    asked = Asked(analyse(document), {})
    wanted = [
        [{plain(a["text"]) for a in qa["answers"]} for qa in paragraph["qas"]]
        for paragraph in paragraphs
    ]
    features, labels = [], []
    for block, answers in enumerate(wanted, 1):
        for span, named in asked.candidates(block):
            text = plain(span.text)
            features.append(named)
            labels.append(any(same(text, answer) for each in answers for answer in each))
    return Article(asked, wanted, features, labels)


def trained(articles: list[Article]) -> dict[str, float]:
    """Return the weights of highest posterior probability."""
    counts = Counter(name for one in articles for named in one.features for name in named)
    names = sorted(name for name, count in counts.items() if count >= _FEWEST)
    places = {name: place for place, name in enumerate(names, 1)}
    every = [named for one in articles for named in one.features]
    matrix: Array = np.zeros((len(every), len(names) + 1))
    matrix[:, 0] = 1.0
    for index, named in enumerate(every):
        matrix[index, [places[name] for name in named if name in places]] = 1.0
    labels = np.array([float(label) for one in articles for label in one.labels])
    spreads = np.array([10.0] + [_SPREAD] * len(names))
    weights = fit(matrix, labels, np.zeros(len(names) + 1), spreads)
    return {"": float(weights[0])} | {n: float(weights[places[n]]) for n in names}


def score(article: Article, weights: dict[str, float], scores: dict[bool, Score]) -> None:
    """Count what the ranker finds in an article."""
    ranker = article.asked.with_weights(weights)
    for block, wanted in enumerate(article.wanted, 1):
        found = {plain(answer.text) for answer in ranker.answers(block)}
        for exact, each in scores.items():
            each.add(found, wanted, exact=exact)


def main() -> None:
    """Cross-validate, train on everything, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    articles = [article(row) for row in rows(folder / "facts" / "squad_dev.jsonl.gz")]
    scores = {exact: Score() for exact in (True, False)}
    for fold in range(_FOLDS):
        weights = trained([a for i, a in enumerate(articles) if i % _FOLDS != fold])
        for one in articles[fold::_FOLDS]:
            score(one, weights, scores)
    print(f"Articles left out: exact {scores[True]}")
    print(f"                   half  {scores[False]}")
    weights = {name: round(weight, 3) for name, weight in trained(articles).items()}
    target = resource("models", "answers.json")
    Path(str(target)).write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"{len(weights)} weights")


if __name__ == "__main__":
    main()
