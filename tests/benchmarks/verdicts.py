"""What became of the cards that were judged by hand: ``python -m tests.benchmarks.verdicts DIR``.

``DIR`` holds ``facts/squad_dev.jsonl.gz`` and ``glossary/psychology2e.jsonl.gz``. Printed are, for
each verdict, how many of the judged cards the program still makes: kept ones should stay, and the
others should go or come in another form under their old identity.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from desktop.decks.build import build_deck
from desktop.facts.extract import extract_facts
from desktop.glossary.extract import extract_glossary
from desktop.language.analysis import analyse
from desktop.reading.document import Document
from tests.benchmarks.cards import document_of, rows

VERDICTS = Path(__file__).parents[1] / "decks" / "verdicts" / "verdicts.jsonl"


def judged() -> dict[str, dict[str, str]]:
    """Return the verdict of each judged card by text and id."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in VERDICTS.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["text"]][row["card"]] = row["verdict"]
    return found


def document(text: str, folder: Path) -> Document:
    """Return a benchmark's text by its name: "squad08", "psy64"."""
    kind, place = text[:-2], int(text[-2:])
    if kind == "squad":
        row = rows(folder / "facts" / "squad_dev.jsonl.gz")[place]
        paragraphs = [p["context"] for p in row["paragraphs"]]
        return document_of(row["title"].replace("_", " "), paragraphs)
    row = rows(folder / "glossary" / "psychology2e.jsonl.gz")[place]
    body = row.get("text") or "\n\n".join(row["paragraphs"])
    paragraphs = [part.strip() for part in body.split("\n\n") if part.strip()]
    return document_of(row.get("title") or row["section"], paragraphs)


def main() -> None:
    """Print how many cards of each verdict are made today."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    total: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for text, verdicts in sorted(judged().items()):
        analysis = analyse(document(text, folder))
        glossary = extract_glossary(analysis)
        deck = build_deck(extract_facts(analysis, glossary), glossary, analysis.document)
        today = {note.id for note in deck.notes}
        total.update(verdicts.values())
        made.update(verdict for card, verdict in verdicts.items() if card in today)
    for verdict, count in total.most_common():
        print(f"{verdict:8} {made[verdict]:4} of {count:4} are made today")


if __name__ == "__main__":
    main()
