"""Measure which sentences define: ``python -m tests.benchmarks.definitions DIR``.

``DIR`` holds ``deft_dev.jsonl.gz`` (``tokens``, BIO ``tags``, ``has_def``) and ``w00.jsonl.gz``
(``tokens``, ``tags``, ``label``). Printed are precision, recall and F1 of the sentences that
define, and the overlap in tokens of the term and definition spans with the gold ones in the
sentences that define; for our rules, and for a peer in the same run: a regular expression over
cue words, which takes what stands before and behind the cue. The rules are not trained, so nothing
of the sets is held back.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from desktop.glossary.definitions import stated_definitions
from desktop.language.analysis import load_model

#: From this quality on a construction counts as a definition, as it does for a concept's entry.
SURE = 0.75
_CUE = re.compile(
    r"\b(?:(?P<after>is|are|was|were) (?:an?|the|any|one)|refers? to|(?:is|are) defined as|means|"
    r"consists? of|(?P<called>(?:is|are|,|also) (?:called|known as|termed|referred to as)))\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The tokens of the terms and of the definitions in a sentence; both empty: it has none."""

    terms: frozenset[int]
    definitions: frozenset[int]


def by_cues(doc: Doc) -> Found:
    """Return what the peer finds: the words on both sides of the first cue."""
    match = _CUE.search(doc.text)
    if match is None:
        return Found(frozenset(), frozenset())
    before = frozenset(t.i for t in doc if t.idx < match.start() and not t.is_punct)
    behind = frozenset(t.i for t in doc if t.idx >= match.end() and not t.is_punct)
    return Found(behind, before) if match["called"] else Found(before, behind)


def phrases(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the noun phrases up to their heads, without article."""
    for head in doc:
        inner = head.dep_ == "compound" and head.head.i > head.i
        if head.pos_ not in {"NOUN", "PROPN"} or inner:
            continue
        start = head.left_edge.i
        while start < head.i and _opens(doc[start]):
            start += 1
        yield start, head.i + 1


def _opens(token: Token) -> bool:
    return token.dep_ in {"det", "poss"} or token.is_punct


def by_rules(doc: Doc) -> Found:
    """Return what the glossary's rules find."""
    terms: set[int] = set()
    definitions: set[int] = set()
    for start, end in phrases(doc):
        for stated in stated_definitions(doc, start, end):
            if stated.quality >= SURE:
                terms.update(range(start, end))
                definitions.update(
                    token.i for token in doc if stated.start <= token.idx < stated.end
                )
    return Found(frozenset(terms), frozenset(definitions))


def f1(hits: int, found: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * hits / (found + gold) if found + gold else 0.0


def measure(rows: list[dict[str, Any]], docs: list[Doc], finder: Callable[[Doc], Found]) -> str:
    """Return one line of figures."""
    hits = found = gold = 0
    overlap = {"TERM": [0, 0, 0], "DEF": [0, 0, 0]}
    for row, doc in zip(rows, docs, strict=True):
        defines = bool(row.get("has_def", row.get("label")))
        result = finder(doc)
        hits += defines and bool(result.definitions)
        found += bool(result.definitions)
        gold += defines
        if not defines:
            continue
        for name, mine in (("TERM", result.terms), ("DEF", result.definitions)):
            right = {i for i, tag in enumerate(row["tags"]) if _is_tagged(tag, name)}
            counts = (len(right & mine), len(mine), len(right))
            overlap[name] = [a + b for a, b in zip(overlap[name], counts, strict=True)]
    spans = "  ".join(f"{name.lower()} tokens F1 {f1(*n):.3f}" for name, n in overlap.items())
    precision, recall = hits / max(found, 1), hits / max(gold, 1)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1(hits, found, gold):.3f}  {spans}"


def _is_tagged(tag: str, name: str) -> bool:
    plain = tag.removeprefix("B-").removeprefix("I-").upper()
    return plain in {name, "DEFINITION" if name == "DEF" else name}


def main() -> None:
    """Print the figures of both sets in the folder that is the first argument."""
    folder = Path(sys.argv[1])
    nlp = load_model()
    for name in ("deft_dev", "w00"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
            rows = [json.loads(line) for line in stream]
        words = [[token if token.strip() else "_" for token in row["tokens"]] for row in rows]
        docs = list(nlp.pipe([Doc(nlp.vocab, words=tokens) for tokens in words], batch_size=64))
        for label, finder in (("cue regex", by_cues), ("rules", by_rules)):
            print(f"{name:9s} {label:10s} {measure(rows, docs, finder)}")


if __name__ == "__main__":
    main()
