"""Train the model of names: ``python -m tests.benchmarks.train_names``.

It learns from installed data alone: titles of the encyclopaedia whose description shows their
kind, family names of its people, cities, and names of firms and bodies in its introductions.
Printed is how it does on a third of the titles that it hasn't seen; the weights of a training on
everything are written to ``resources/models/name_kinds.npy``.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from desktop.glossary import encyclopedia, gazetteer
from desktop.glossary.encyclopedia import Article
from desktop.glossary.kinds import is_company_word, kind_of_noun
from desktop.glossary.name_kinds import kind_of_article
from desktop.glossary.name_model import KINDS
from desktop.glossary.term import TermKind
from desktop.language import similarity
from desktop.paths import resource

_ROUNDS = 400
_RATE = 2.0
_MOMENTUM = 0.9
_RIDGE = 1.0
_CITIES = 600
_RUN = re.compile(r"\b((?:[A-Z][\w&’'-]+ ){1,4})([A-Z][a-z]+)\b")
_OPENERS = frozenset("The In A An At On".split())
#: Subject areas in which a description's noun can be trusted for each kind.
_TRUSTED = {
    TermKind.PLACE: {"Geography", "History", "Uncategorized"},
    TermKind.ORGANISATION: {
        "Society and social sciences", "History", "Arts", "Technology", "Uncategorized",
        "Everyday life",
    },
    TermKind.WORK: {"Arts", "Philosophy and religion", "Uncategorized"},
}  # fmt: skip
_FIRMS_NOT = frozenset("United Brothers Systems Media Records".split())
_YEARS = re.compile(r"\b\d{3,4}\b|\bborn\b|\bBC\b")


def _is_proper(article: Article) -> bool:
    """Return whether a title is a proper name: never in lower case in its own introduction."""
    title = article.bare_title
    lower = title[0].lower() + title[1:]
    capital = " " in title and title.split()[-1][0].isupper()
    return capital or not re.search(rf"\b{re.escape(lower)}\b", article.introduction)


def kind_of_title(article: Article) -> TermKind | None:
    """Return the kind of what a title names where the data are sure of it."""
    kind = kind_of_article(article)
    if kind is TermKind.PERSON:
        return kind if _YEARS.search(article.description) else None
    trusted = _TRUSTED.get(kind, {article.topic}) if kind else set()
    return kind if article.topic in trusted and _is_proper(article) else None


def _is_held_out(article: Article) -> bool:
    return hashlib.sha256(article.title.encode()).digest()[0] % 3 == 0


def _names_of(article: Article) -> Iterator[tuple[str, TermKind]]:
    kind, title = kind_of_title(article), article.bare_title
    if kind is None:
        return
    yield title, kind
    if kind is TermKind.PERSON and " " in title:
        yield title.split()[-1], kind
    elif kind is not TermKind.PERSON:
        yield from ((name, kind) for name in article.other_names())


def _bodies_in(article: Article) -> Iterator[tuple[str, TermKind]]:
    """Yield firms, bodies, events and works in an introduction that their last word shows."""
    for match in _RUN.finditer(article.introduction):
        words, last = match.group(1).split(), match.group(2)
        words = words[1:] if words[0] in _OPENERS else words
        name = " ".join([*words, last])
        if not words or encyclopedia.article(name):
            continue
        if is_company_word(last) and last not in _FIRMS_NOT:
            yield name, TermKind.ORGANISATION
            yield " ".join(words), TermKind.ORGANISATION
        elif (kind := kind_of_noun(last)) in {
            TermKind.EVENT, TermKind.ORGANISATION, TermKind.WORK,
        }:  # fmt: skip
            yield name, kind


def examples(articles: list[Article]) -> list[tuple[str, TermKind]]:
    """Return names with their kinds, each once."""
    found = [pair for article in articles for pair in _names_of(article)]
    found += sorted({pair for article in articles for pair in _bodies_in(article)})
    large = sorted(
        name
        for name, cities in gazetteer.all_cities().items()
        if max(city.population for city in cities) > 300_000
    )
    found += [(name, TermKind.PLACE) for name in random.Random(1).sample(large, _CITIES)]
    return list(dict.fromkeys(found))


def fit(pairs: list[tuple[str, TermKind]]) -> Any:
    """Return weights of shape (385, 6): softmax regression, rare kinds weighing more."""
    vectors = similarity.vectors([name for name, _ in pairs])
    matrix = np.hstack([vectors, np.ones((len(pairs), 1))]).astype(np.float64)
    right = np.array([[kind is column for column in KINDS] for _, kind in pairs], dtype=float)
    share = (len(pairs) / (len(KINDS) * right.sum(axis=0))) ** 0.5
    weight = (right * share).sum(axis=1, keepdims=True)
    weight /= weight.mean()
    weights = np.zeros((matrix.shape[1], len(KINDS)))
    pace = np.zeros_like(weights)
    for _ in range(_ROUNDS):
        scores = matrix @ weights
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        ridge = weights * (_RIDGE / len(pairs))
        ridge[-1] = 0.0
        pace = _MOMENTUM * pace + matrix.T @ ((chances - right) * weight) / len(pairs) + ridge
        weights -= _RATE * pace
    return weights


def main() -> None:
    """Print the confusion on titles held out, train on everything and write the weights."""
    articles = encyclopedia.articles()
    weights = fit(examples([one for one in articles if not _is_held_out(one)]))
    held = [(a.bare_title, kind_of_title(a)) for a in articles if _is_held_out(a)]
    known = [(name, kind) for name, kind in held if kind is not None]
    vectors = similarity.vectors([name for name, _ in known])
    best = (vectors @ weights[:-1] + weights[-1]).argmax(axis=1)
    table = Counter((kind, KINDS[i]) for (_, kind), i in zip(known, best, strict=True))
    right = sum(count for (kind, told), count in table.items() if kind is told)
    print(f"{len(known)} titles held out, {right / len(known):.3f} right")
    for kind in KINDS:
        row = {told.value: table[kind, told] for told in KINDS if table[kind, told]}
        print(f"  {kind.value:13s} {row}")
    np.save(resource("models", "name_kinds.npy"), fit(examples(articles)).astype(np.float16))


if __name__ == "__main__":
    main()
