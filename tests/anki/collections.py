"""Collections that the real Anki makes, with something of everything, and its exports of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import Any

from anki.collection import Collection, ExportAnkiPackageOptions
from anki.scheduler.v3 import CardAnswer

DECKS = ("Science", "Science::Rocks", "Science::Rocks::Ore – naïve", "Music")
GAPS = "The {{c1::pitch::what?}} falls when the {{c2::string}} gets {{c1::longer}}."
OCCLUSION = (
    "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}<br>"
    "{{c2::image-occlusion:rect:left=.5:top=.5:width=.2:height=.2}}<br>"
)
PICTURE, SOUND = "an ore.png", "tune.mp3"


@contextmanager
def opened(folder: Path) -> Iterator[Collection]:
    """A collection of the real Anki in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    collection = Collection(str(folder / "collection.anki2"))
    try:
        yield collection
    finally:
        collection.close()


def fill(collection: Collection, notes: int = 60, *, seed: int = 1) -> None:
    """Add notes of all standard types in nested decks, with media, options of their own, FSRS."""
    rng = random.Random(seed)
    collection.set_config("fsrs", True)
    media = Path(collection.media.dir())
    (media / PICTURE).write_bytes(rng.randbytes(500))
    (media / SOUND).write_bytes(rng.randbytes(700))
    decks = [collection.decks.id(name) for name in DECKS]
    preset = collection.decks.add_config("Slow")
    preset["new"] |= {"perDay": 7, "delays": [2.0, 15.0, 60.0]}
    preset |= {"desiredRetention": 0.85, "newMix": 1, "easyDaysPercentages": [1.0, 0.5] + [1.0] * 5}
    collection.decks.update_config(preset)
    deck = collection.decks.get(decks[1])
    assert deck is not None
    deck |= {"conf": preset["id"], "desc": "Stones & more", "newLimit": 5, "desiredRetention": 88}
    collection.decks.save(deck)
    types = collection.models.all()
    for number in range(notes):
        _add_note(collection, types[number % len(types)], number, decks[number % len(decks)])


def _add_note(collection: Collection, kind: dict[str, Any], number: int, deck: int) -> None:
    note = collection.new_note(kind)
    for place, field in enumerate(kind["flds"]):
        note.fields[place] = f"<b>{field['name']}</b> no. {number} &amp; more"
    if kind.get("originalStockKind") == 6:
        note.fields[0], note.fields[1] = OCCLUSION, f'<img src="{PICTURE}">'
    elif kind["type"] == 1:
        note.fields[0] = GAPS
    elif number % 5 == 0:
        note.fields[1] += f"[sound:{SOUND}]<br>naïve ‘text’ – und noch mehr"
    note.tags = ["stone", f"lesson::{number % 4}"] if number % 3 else []
    collection.add_note(note, deck)


def study(collection: Collection, reviews: int, *, seed: int = 1) -> None:
    """Answer cards over many days; flag, suspend and bury some."""
    rng = random.Random(seed)
    ids = list(collection.find_cards(""))
    done = 0
    for number, card_id in enumerate(ids[: len(ids) * 3 // 4]):
        answers = min(reviews - done, 1 + number % 7 if number < len(ids) // 2 else 1)
        for _ in range(answers):
            _answer(collection, collection.get_card(card_id), rng.choice((1, 2, 3, 3, 3, 4)))
        done += answers
    while done < reviews:
        _answer(collection, collection.get_card(rng.choice(ids[: len(ids) // 2])), 3)
        done += 1
    collection.set_user_flag_for_cards(3, ids[1:4])
    collection.set_user_flag_for_cards(7, ids[5:6])
    collection.sched.suspend_cards(ids[4:9])
    collection.sched.bury_cards(ids[10:12])
    collection.sched.set_due_date(ids[12:14], "5-9")
    _spread_log(collection, rng)
    collection.fix_integrity()


def _answer(collection: Collection, card: Any, rating: int) -> None:
    states = collection._backend.get_scheduling_states(card.id)
    new = (states.again, states.hard, states.good, states.easy)[rating - 1]
    card.start_timer()
    answer = CardAnswer(
        card_id=card.id, current_state=states.current, new_state=new, rating=rating - 1,
        answered_at_millis=_next_moment(collection), milliseconds_taken=1500 + card.id % 900,
    )  # fmt: skip
    collection._backend.answer_card(answer)


def _next_moment(collection: Collection) -> int:
    last = collection.db.scalar("select max(id) from revlog") or 0
    return max(int(last) + 1, int(time() * 1000))


def _spread_log(collection: Collection, rng: random.Random) -> None:
    """Let the reviews of each card lie days apart, as in life."""
    rows = collection.db.all("select id from revlog order by id desc")
    moves = [(number * 13_000_000 + rng.randrange(1000), row[0]) for number, row in enumerate(rows)]
    collection.db.executemany("update revlog set id = id - ? where id = ?", reversed(moves))


def export(collection: Collection, path: Path, *, legacy: bool, deck_id: int | None = None) -> Path:
    """Let Anki export everything, or a deck, as ``.apkg``, or all as ``.colpkg``."""
    if path.suffix == ".colpkg":
        collection.export_collection_package(str(path), include_media=True, legacy=legacy)
        collection.reopen()
        return path
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy
    )
    collection.export_anki_package(out_path=str(path), options=options, limit=None)
    return path
