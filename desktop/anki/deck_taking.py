"""The decks and presets of a collection in the library; what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.anki.options import options_from_preset
from desktop.decks.collection import LEARNING, RELEARNING, Collection, CollectionPreset
from desktop.library import study_decks
from desktop.library.anki_decks import keep_deck, keep_preset, kept_presets
from desktop.library.database import Database
from desktop.study.options import DeckOptions

#: Anki's deck that is always there; without cards nobody needs it here.
_DEFAULT_DECK = 1


def _steps(options: DeckOptions) -> dict[int, int]:
    return {LEARNING: len(options.learning_steps), RELEARNING: len(options.relearning_steps)}


_USUAL_STEPS = _steps(DeckOptions())


@dataclass(frozen=True, slots=True)
class TakenDecks:
    """The library's decks by their ids in the collection, and how their cards are learnt."""

    ids: Mapping[int, int]
    step_numbers: Mapping[int, Mapping[int, int]]
    fallback: int | None

    def deck(self, anki_id: int) -> int:
        """Return the library's deck for one of the collection."""
        found = self.ids.get(anki_id, self.fallback)
        assert found is not None
        return found

    def steps(self, anki_id: int) -> Mapping[int, int]:
        """Return how many steps of learning and relearning a deck has."""
        return self.step_numbers.get(anki_id, _USUAL_STEPS)


def take_decks(database: Database, collection: Collection, now: datetime) -> TakenDecks:
    """Make the decks that the library lacks, with their presets, and return all of them."""
    used = {card.own_deck_id for card in collection.cards}
    presets = {preset.id: preset for preset in collection.presets}
    wanted = [
        deck
        for deck in collection.decks
        if deck.id in used or (deck.preset_id and deck.id != _DEFAULT_DECK)
    ]
    preset_ids = _take_presets(
        database, [presets[i] for i in sorted({d.preset_id for d in wanted}) if i in presets], now
    )
    known = {deck.name for deck in study_decks.all_decks(database)}
    ids: dict[int, int] = {}
    steps: dict[int, Mapping[int, int]] = {}
    for deck in wanted:  # in the order of their names: each after the one that holds it
        name = _name(deck.name)
        ids[deck.id] = study_decks.ensure_deck(database, name, now)
        if name not in known:
            preset_id = preset_ids.get(deck.preset_id, study_decks.DEFAULT_PRESET)
            keep_deck(database, ids[deck.id], deck.id, preset_id, deck.config)
        if deck.preset_id in presets:
            steps[deck.id] = _steps(options_from_preset(presets[deck.preset_id].config))
    fallback = None
    if used - ids.keys():
        fallback = study_decks.ensure_deck(database, "Anki", now)
    return TakenDecks(ids, steps, fallback)


def _take_presets(
    database: Database, presets: list[CollectionPreset], now: datetime
) -> dict[int, int]:
    """Return the library's presets by Anki's ids; new ones are made where none says the same."""
    kept = kept_presets(database)
    here = {preset.id: preset for preset in study_decks.presets(database)}
    by_anki_id = {preset.anki_id: number for number, preset in kept.items()}
    names = {preset.name for preset in here.values()}
    found: dict[int, int] = {}
    for preset in presets:
        known = by_anki_id.get(preset.id)
        if known is not None and kept[known].config == preset.config:
            found[preset.id] = known
            continue
        name = _free_name(preset.name.strip() or "Anki", names)
        names.add(name)
        options = options_from_preset(preset.config)
        found[preset.id] = study_decks.add_preset(database, name, options, now)
        keep_preset(database, found[preset.id], preset.id, preset.config)
    return found


def _free_name(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 1
    while (free := f"{name} (Anki)" if number == 1 else f"{name} (Anki {number})") in taken:
        number += 1
    return free


def _name(name: str) -> str:
    """Return a deck's name with something in each of its parts."""
    separator = study_decks.SEPARATOR
    return separator.join(part.strip() or "blank" for part in name.split(separator))
