"""How well senses are chosen: ``python -m tests.benchmarks.senses DIR WORDNET``.

``DIR`` holds folders with ``NAME.data.xml.gz`` and ``NAME.gold.key.txt`` in the format of the
unified evaluation framework (Raganato et al. 2017): lemma and part of speech are given, the keys
are WordNet 3.0's. ``WORDNET`` is the folder of its database (``data.noun``, ``index.noun``, …,
``cntlist.rev``). Printed are, per corpus and in all, the share of right answers of each lemma's
first sense and of our choice, and how right the choice is where it is sure.
"""

from __future__ import annotations

import gzip
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from desktop.glossary.sense_choice import Choice, Question, choose
from desktop.glossary.sources.entry import Entry

_FILES = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}
_LETTERS = {"n": "NOUN", "v": "VERB", "a": "ADJ", "s": "ADJ", "r": "ADV"}
_NUMBERS = {"n": 1, "v": 2, "a": 3, "r": 4, "s": 5}
_BANDS = (0.9, 0.7, 0.5, 0.3, 0.0)


class WordNet:
    """A WordNet database of Princeton's format; entries carry their sense key as reference."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / "cntlist.rev").read_text(encoding="latin-1").splitlines()
        self._counts = {key: int(count) for key, _, count in (line.split() for line in lines)}
        self._rows: dict[tuple[str, str], list[str]] = {}
        self._glosses: dict[tuple[str, str], str] = {}
        self._index: dict[tuple[str, str], list[str]] = {}
        for pos, name in _FILES.items():
            for line in (folder / f"data.{name}").read_text(encoding="latin-1").splitlines():
                if not line.startswith(" "):
                    head, _, gloss = line.partition(" | ")
                    self._rows[pos, line[:8]] = head.split()
                    self._glosses[pos, line[:8]] = gloss.strip()
            for line in (folder / f"index.{name}").read_text(encoding="latin-1").splitlines():
                if not line.startswith(" "):
                    fields = line.split()
                    self._index[fields[0], pos] = fields[-int(fields[2]) :]

    def senses(self, lemma: str, pos: str) -> tuple[Entry, ...]:
        """Return the senses of a lemma in WordNet's order."""
        places = self._index.get((lemma.replace(" ", "_").casefold(), pos), [])
        return tuple(self._entry(lemma, pos, at, rank) for rank, at in enumerate(places))

    def _entry(self, lemma: str, pos: str, at: str, rank: int) -> Entry:
        text = self._glosses[pos, at]
        key = self._key(lemma.replace(" ", "_").casefold(), pos, at)
        words = [word.replace("_", " ") for word, _ in self._words(pos, at)]
        return Entry(
            lemma,
            re.split(r';\s*"', text)[0],
            pos,
            rank,
            tuple(re.findall(r'"([^"]*)"', text)),
            tuple(word for word in words if word.casefold() != lemma.casefold()),
            tuple(re.split(r';\s*"', self._glosses[other])[0] for other in self._broader(pos, at)),
            self._counts.get(key, 0),
            key,
        )

    def _words(self, pos: str, at: str) -> list[tuple[str, int]]:
        row = self._rows[pos, at]
        pairs = zip(row[4 : 4 + 2 * int(row[3], 16) : 2], row[5::2], strict=False)
        return [(re.sub(r"\(\w+\)$", "", word), int(number, 16)) for word, number in pairs]

    def _broader(self, pos: str, at: str, kinds: str = "@&") -> list[tuple[str, str]]:
        row = self._rows[pos, at]
        start = 5 + 2 * int(row[3], 16)
        pointers = [row[i : i + 3] for i in range(start, start + 4 * int(row[start - 1]), 4)]
        return [(_LETTERS[p], where) for kind, where, p in pointers if kind[0] in kinds][:2]

    def _key(self, lemma: str, pos: str, at: str) -> str:
        row = self._rows[pos, at]
        numbers = {word.casefold(): number for word, number in reversed(self._words(pos, at))}
        head = ":"
        if row[2] == "s":
            word, number = self._words(*self._broader(pos, at, "&")[0])[0]
            head = f"{word.casefold()}:{number:02d}"
        return f"{lemma}%{_NUMBERS[row[2]]}:{row[1]}:{numbers.get(lemma, 0):02d}:{head}"


def texts(folder: Path) -> Iterator[dict[str, Question]]:
    """Yield the questions of each text of a corpus by their ids."""
    with gzip.open(folder / f"{folder.name}.data.xml.gz") as stream:
        root = ET.parse(stream).getroot()
    for text in root.iter("text"):
        sentences = [[(w.text or "", w) for w in s] for s in text.iter("sentence")]
        plain = [" ".join(word for word, _ in sentence) for sentence in sentences]
        questions: dict[str, Question] = {}
        for number, sentence in enumerate(sentences):
            near = tuple(plain[max(0, number - 2) : number + 3])
            start = 0
            for word, element in sentence:
                if element.tag == "instance":
                    lemma = element.get("lemma", "").replace("_", " ")
                    questions[element.get("id", "")] = Question(
                        lemma, element.get("pos", ""), plain[number], start, start + len(word), near
                    )
                start += len(word) + 1
        yield questions


def main(folder: Path, wordnet: Path) -> None:
    """Print the shares of right answers."""
    net = WordNet(wordnet)
    right: dict[str, Counter[str]] = defaultdict(Counter)
    sure: Counter[tuple[float, bool]] = Counter()
    for corpus in sorted(path for path in folder.iterdir() if path.is_dir()):
        lines = (corpus / f"{corpus.name}.gold.key.txt").read_text(encoding="utf-8").splitlines()
        gold = {line.split()[0]: set(line.split()[1:]) for line in lines}
        for questions in texts(corpus):
            choices = choose(list(questions.values()), net.senses)
            for (name, question), choice in zip(questions.items(), choices, strict=True):
                first = net.senses(question.lemma, question.pos)[0]
                ours = _reference(choice) in gold[name]
                for where in (corpus.name, "in all"):
                    right[where]["all"] += 1
                    right[where]["first"] += first.reference in gold[name]
                    right[where]["ours"] += ours
                if choice is not None and choice.others:
                    band = next(low for low in _BANDS if choice.confidence >= low)
                    sure[band, ours] += 1
    for where, count in right.items():
        first, ours = (100 * count[who] / count["all"] for who in ("first", "ours"))
        print(f"{where:12s} {count['all']:5d} words  first sense {first:.1f}  ours {ours:.1f}")
    for low in _BANDS:
        hits, misses = sure[low, True], sure[low, False]
        if hits + misses:
            share = 100 * hits / (hits + misses)
            print(f"confidence from {low:.1f}  {hits + misses:5d} words  {share:.1f} % right")


def _reference(choice: Choice | None) -> str:
    return choice.sense.reference if choice else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
