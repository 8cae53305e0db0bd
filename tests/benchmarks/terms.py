"""Measure terms and keyphrases: ``python -m tests.benchmarks.terms GLOSSARY KEYPHRASES``.

``GLOSSARY`` holds ``psychology2e.jsonl.gz``: the first ten entries of a section's glossary, as
``extract_glossary`` orders them, against the authors' key terms; once all entries count, once
those that are neither hard words nor people. ``KEYPHRASES`` holds ``semeval2017.jsonl.gz``: the
first 5, 10 and 15 phrases of ``rank_candidates`` against the annotators'. Either may be left out
by "-". Both by exact match of Porter stems, brackets in the authors' terms aside, micro-averaged.
The peer is YAKE where it is installed, else noun phrases by frequency. ``-n N`` takes every Nth.

The shipped weights were trained on these two files; ``train_terms`` prints cross-validated figures.
"""

from __future__ import annotations

import argparse
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from nltk.stem import PorterStemmer

from desktop.glossary.extract import extract_glossary
from desktop.glossary.keyphrases import rank_candidates
from desktop.glossary.noun_phrases import find_phrases
from desktop.glossary.term import TermKind
from desktop.language.analysis import Analysis, analyse
from tests.benchmarks.text import f1, read, rows

_STEMMER = PorterStemmer()
_Ranker = Callable[[Analysis], Sequence[str]]


@functools.cache
def stemmed(phrase: str) -> str:
    """Return a phrase as the stems of its words, what stands in brackets left out."""
    plain = re.sub(r"\([^()]*\)", "", phrase)
    return " ".join(_STEMMER.stem(word) for word in re.findall(r"\w+", plain.casefold()))


def gold_terms(row: dict[str, Any]) -> set[str]:
    """Return the authors' key terms of a section."""
    return {stemmed(entry["term"]) for entry in row["glossary"]} - {""}


def gold_keyphrases(row: dict[str, Any]) -> set[str]:
    """Return the annotators' keyphrases of an abstract."""
    return {stemmed(phrase) for phrase in row["gold"]} - {""}


def count_hits(found: Iterable[str], gold: set[str], size: int) -> Counter[str]:
    """Compare the first ``size`` different stemmed phrases with the gold."""
    top = list(dict.fromkeys(phrase for phrase in found if phrase))[:size]
    return Counter(hits=len(gold & set(top)), found=len(top), gold=len(gold))


def f1_of(total: Counter[str]) -> float:
    """Return the F1 of summed counts."""
    return f1(total["hits"], total["found"], total["gold"])


def glossary_terms(analysis: Analysis) -> list[str]:
    """Return the entries of the glossary by importance."""
    return [term.term for term in extract_glossary(analysis).terms]


def glossary_concepts(analysis: Analysis) -> list[str]:
    """Return the entries of the glossary that are neither hard words nor people."""
    left_out = {TermKind.WORD, TermKind.PERSON}
    return [t.term for t in extract_glossary(analysis).terms if t.kind not in left_out]


def ranked_phrases(analysis: Analysis) -> list[str]:
    """Return the noun phrases that the program ranks first."""
    return [candidate.phrase.key for candidate in rank_candidates(analysis)[:40]]


def by_frequency(analysis: Analysis) -> list[str]:
    """Return the noun phrases that stand in the text most often (the peer of last resort)."""
    found = [phrase for phrase in find_phrases(analysis).values() if phrase.places[0].whole]
    return [p.key for p in sorted(found, key=lambda p: (-len(p.places), p.key))[:40]]


def peer() -> tuple[str, _Ranker]:
    """Return the name and the ranker of what we compare with."""
    try:
        import yake
    except ImportError:
        return "by frequency", by_frequency
    extractor = yake.KeywordExtractor(n=3, top=30)

    def rank(analysis: Analysis) -> list[str]:
        text = "\n\n".join(block.text for block in analysis.document.body())
        return [phrase for phrase, _ in extractor.extract_keywords(text)]

    return "YAKE", rank


def measure(
    title: str,
    samples: Sequence[tuple[Analysis, set[str]]],
    rankers: Sequence[tuple[str, _Ranker]],
    sizes: Sequence[int],
) -> None:
    """Print F1 at each size for each ranker."""
    for name, rank in rankers:
        totals = {size: Counter[str]() for size in sizes}
        for analysis, gold in samples:
            found = [stemmed(phrase) for phrase in rank(analysis)]
            for size in sizes:
                totals[size].update(count_hits(found, gold, size))
        shown = "  ".join(f"F1@{size} {f1_of(total):.3f}" for size, total in totals.items())
        print(f"{title:12s} {name:32s} {shown}", flush=True)


def main() -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser()
    parser.add_argument("glossary")
    parser.add_argument("keyphrases")
    parser.add_argument("-n", type=int, default=1)
    options = parser.parse_args()
    if options.glossary != "-":
        taken = rows(Path(options.glossary) / "psychology2e.jsonl.gz")[:: options.n]
        samples = [(analyse(read(row["text"])), gold_terms(row)) for row in taken]
        ours = [
            ("glossary", glossary_terms),
            ("glossary, no words or people", glossary_concepts),
            ("candidates", ranked_phrases),
        ]
        measure("key terms", samples, [*ours, peer()], (10,))
    if options.keyphrases != "-":
        taken = rows(Path(options.keyphrases) / "semeval2017.jsonl.gz")[:: options.n]
        samples = [(analyse(read(row["text"])), gold_keyphrases(row)) for row in taken]
        measure("keyphrases", samples, [("candidates", ranked_phrases), peer()], (5, 10, 15))


if __name__ == "__main__":
    main()
