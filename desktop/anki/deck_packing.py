"""The library's decks and presets as Anki exchanges them, under the ids that it knows them by."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from desktop.anki.options import preset_from_options
from desktop.decks.apkg import anki_deck_id, deck_name
from desktop.decks.collection import CollectionDeck, CollectionPreset
from desktop.decks.collection_file import deck_config, default_deck, default_preset
from desktop.library import study_decks
from desktop.library.anki_decks import kept_decks, kept_presets
from desktop.library.database import Database
from desktop.study.options import DeckOptions

_DEFAULT = 1
_DEFAULT_NAME = "Default"


class PackedDecks:
    """Decks with their presets: ``only`` these and those above them, ``None`` for all."""

    def __init__(self, database: Database, only: Collection[int] | None) -> None:
        self._options = {p.id: p.options for p in study_decks.presets(database)}
        self._preset_ids: dict[int, int] = {}
        self._presets: dict[int, CollectionPreset] = {_DEFAULT: default_preset()}
        self._pack_presets(database)
        self._deck_ids: dict[int, int] = {}
        self._deck_options: dict[int, DeckOptions] = {}
        self._decks: dict[int, CollectionDeck] = {}
        self._pack_decks(database, only)

    @property
    def decks(self) -> tuple[CollectionDeck, ...]:
        """The decks, and the one that Anki always has."""
        found = {_DEFAULT: default_deck()} | self._decks
        return tuple(found[number] for number in sorted(found))

    @property
    def presets(self) -> tuple[CollectionPreset, ...]:
        """The presets, the default one among them."""
        return tuple(self._presets[number] for number in sorted(self._presets))

    def deck(self, deck_id: int | None) -> int:
        """Return Anki's id of a deck."""
        return self._deck_ids.get(deck_id or 0, _DEFAULT)

    def options(self, deck_id: int | None) -> DeckOptions:
        """Return what a deck is studied by."""
        return self._deck_options.get(deck_id or 0) or self._options[study_decks.DEFAULT_PRESET]

    def _pack_presets(self, database: Database) -> None:
        kept = kept_presets(database)
        for preset in study_decks.presets(database):
            known = kept.get(preset.id)
            if known is None and preset.options == DeckOptions():
                self._preset_ids[preset.id] = _DEFAULT
                continue
            number = known.anki_id if known else _fixed_id(preset.name)
            if number in self._presets and not (known and number == _DEFAULT):
                number = _fixed_id(preset.name)
            base = known.config if known else None
            config = preset_from_options(preset.options, base)
            name = str(base["name"]) if base else preset.name
            config |= {"id": number, "name": name, "mod": int(config.get("mod", 0))}
            self._preset_ids[preset.id] = number
            self._presets[number] = CollectionPreset(number, name, config["mod"], config)

    def _pack_decks(self, database: Database, only: Collection[int] | None) -> None:
        kept = kept_decks(database)
        decks = study_decks.all_decks(database)
        if only is not None:
            end = study_decks.SEPARATOR
            chosen = [deck.name + end for deck in decks if deck.id in only]
            decks = [d for d in decks if any(name.startswith(d.name + end) for name in chosen)]
        for deck in decks:
            name = deck_name(deck.name) if deck.id not in kept else deck.name
            number = deck.anki_id or 0
            if (
                number <= 0
                or number in self._decks
                or (number == _DEFAULT) != (name == _DEFAULT_NAME)
            ):
                number = anki_deck_id(name)
            preset_id = self._preset_ids[deck.options_id]
            base = kept.get(deck.id)
            modified = deck.modified if base is None else int(base.get("mod", 0))
            config = deck_config(number, name, preset_id, modified, base)
            self._deck_ids[deck.id] = number
            self._deck_options[deck.id] = self._options[deck.options_id]
            self._decks[number] = CollectionDeck(number, name, modified, preset_id, config)

    def _deck_number(self, name: str, known: int) -> int:
        """Return Anki's id of a deck if it can keep it, else one from its name."""
        is_default = known == _DEFAULT and name == _DEFAULT_NAME
        free = known > _DEFAULT and known not in self._decks
        return known if is_default or free else anki_deck_id(name)


def _fixed_id(name: str) -> int:
    """Return an id for a preset that Anki doesn't know yet, always the same for its name."""
    digest = hashlib.sha256(f"preset/{name}".encode()).digest()
    return 2_000_000_000_000 + int.from_bytes(digest[:5])
