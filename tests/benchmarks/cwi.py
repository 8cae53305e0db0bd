"""CWI 2018 (Yimam et al.): words and phrases that readers marked as hard, in their sentences."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.language.analysis import load_model

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

GENRES = ("News", "WikiNews", "Wikipedia")


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A word or phrase where it stands, whether any reader marked it, and in which sentence."""

    span: TokenSpan
    hard: bool
    sentence: str


def read_targets(folder: Path, part: str) -> dict[str, list[Target]]:
    """Return the targets of ``part`` ("Train" or "Dev") by genre, parsed."""
    return {genre: list(_parsed(_rows(folder / f"{genre}_{part}.jsonl.gz"))) for genre in GENRES}


def _rows(path: Path) -> list[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _parsed(rows: Sequence[dict[str, object]]) -> Iterator[Target]:
    sentences = list(dict.fromkeys(str(row["sentence"]) for row in rows))
    docs = dict(zip(sentences, load_model().pipe(sentences, batch_size=16), strict=True))
    for row in rows:
        sentence = str(row["sentence"])
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        span = docs[sentence].char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield Target(span, bool(row["label"]), sentence)
