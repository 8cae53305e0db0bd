"""The reader's settings: one frozen value with defaults, stored as JSON in the library."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

#: CEFR levels of reading that a reader can name, easiest first.
READING_LEVELS = ("A2", "B1", "B2", "C1", "C2")
DEFAULT_LEVEL = "B2"


@dataclass(frozen=True, slots=True)
class SourceSetting:
    """One reference work in the reader's order.

    ``kind`` is ``"encyclopedia"`` or ``"dictionary"`` (the two that come with the program),
    ``"wordnet"`` (a WN-LMF file), ``"lexicon"`` (in the reader's ``wn`` database, by its
    specifier), ``"file"`` (a dictionary file of another program) or ``"zim"``; ``place`` is the
    path or the specifier.
    """

    kind: str
    place: str = ""
    enabled: bool = True

    @property
    def embedded(self) -> bool:
        """Whether it comes with the program."""
        return not self.place


SOURCE_KINDS = ("encyclopedia", "dictionary", "wordnet", "lexicon", "file", "zim")
EMBEDDED_SOURCES = (SourceSetting("encyclopedia"), SourceSetting("dictionary"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reader can choose; unknown keys of a newer version are ignored when read.

    ``theme`` is ``"system"``, ``"light"``, ``"dark"`` or ``"sepia"``. Sizes are in points, the
    measure (line length) in characters. ``day_start_hour`` is local time; ``vacation`` holds the
    first and the last day without study, ``caught_up`` the last day over which a backlog is
    spread (ISO dates). How cards are scheduled is chosen by deck, in its options.
    ``justified`` text has an even right edge; its words are broken where need be.
    ``unmarked_kinds`` are kinds of term that get no mark in the text; ``spoiler_guard`` keeps the
    glossary to what was read. ``reading_level`` is the reader's CEFR level: words above it are
    in the glossary. ``sources`` are asked in their order for what the text itself doesn't
    say.
    ``anki_connect`` is where AnkiConnect answers, ``anki_connect_key`` the key that it may ask
    for. ``sync_address`` is the sync server (empty: AnkiWeb), ``sync_user`` the account there.
    """

    theme: str = "system"
    reading_font: str = ""
    reading_size: int = 14
    measure: int = 68
    justified: bool = True
    mark_terms: bool = True
    unmarked_kinds: tuple[str, ...] = ()
    word_hints: bool = False
    memory_tints: bool = True
    spoiler_guard: bool = False
    reading_level: str = DEFAULT_LEVEL
    day_start_hour: int = 4
    vacation: tuple[str, ...] = ()
    caught_up: str = ""
    sources: tuple[SourceSetting, ...] = EMBEDDED_SOURCES
    anki_connect: str = "127.0.0.1:8765"
    anki_connect_key: str = ""
    sync_address: str = ""
    sync_user: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the settings as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Settings:
        """Read what ``to_json`` wrote, keeping the default of each key that is absent."""
        known = {field.name for field in fields(cls)}
        kept = {key: value for key, value in data.items() if key in known}
        for key in ("unmarked_kinds", "vacation"):  # JSON knows lists alone
            if key in kept:
                kept[key] = tuple(kept[key])
        if "sources" in kept:
            kept["sources"] = _read_sources(kept["sources"])
        return cls(**kept)


def _read_sources(rows: list[dict[str, Any]]) -> tuple[SourceSetting, ...]:
    """Read sources, without kinds of a newer version; the embedded ones are always among them."""
    read = [
        SourceSetting(row["kind"], row.get("place", ""), bool(row.get("enabled", True)))
        for row in rows
        if row.get("kind") in SOURCE_KINDS
    ]
    kinds = {source.kind for source in read}
    return (*read, *(source for source in EMBEDDED_SOURCES if source.kind not in kinds))
