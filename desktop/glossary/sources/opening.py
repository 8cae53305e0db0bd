"""The reader's sources opened in their order; one that can't be used is told, not missed."""

from __future__ import annotations

import functools
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import GlossatorError, InputError
from desktop.glossary import dictionary
from desktop.glossary.derivation import derive
from desktop.glossary.sources import index
from desktop.glossary.sources.embedded import EmbeddedDictionary, EmbeddedEncyclopedia
from desktop.glossary.sources.entry import Entry, Source, SourceKind, language_code
from desktop.settings import EMBEDDED_SOURCES, SourceSetting

#: Begins the name of a lexicon of the ``wn`` database where a path could stand.
LEXICON_PREFIX = "wn:"
_WORDNET_ENDINGS = (".xml", ".xml.gz", ".xml.xz")


@dataclass(frozen=True, slots=True)
class SourceList:
    """The reader's sources as they are set, and the folder that keeps their indexes.

    It crosses to the language process. Without a folder indexes live as long as the process.
    """

    settings: tuple[SourceSetting, ...] = EMBEDDED_SOURCES
    cache: Path | None = None

    def version(self) -> str:
        """Return what tells this list from another: the order, and each file as it now is.

        It is empty for the sources that come with the program in their usual order.
        """
        if self.settings == EMBEDDED_SOURCES:
            return ""
        parts = [f"{s.kind}:{_state(s)}" for s in self.settings if s.enabled]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Sources:
    """Open sources in the reader's order, and a sentence for each that can't be used."""

    order: tuple[Source, ...]
    problems: tuple[str, ...] = ()

    def dictionaries(self) -> Iterator[Source]:
        """Yield the dictionaries in order."""
        return (source for source in self.order if source.kind is SourceKind.DICTIONARY)

    def own(self) -> Iterator[Source]:
        """Yield the reader's own sources in order."""
        embedded = (EmbeddedDictionary, EmbeddedEncyclopedia)
        return (source for source in self.order if not isinstance(source, embedded))

    def in_language(self, language: str) -> Sources:
        """Return those that describe ``language``, or don't say what they describe."""
        code = language_code(language)
        fitting = [s for s in self.order if not code or s.language in {"", code}]
        return Sources(tuple(fitting), self.problems)

    def senses(self, form: str, pos: str = "") -> tuple[Entry, ...]:
        """Return the senses of the first dictionary that has the form as this part of speech.

        Where none has, those of the first that has the form at all; where none has that, what
        the word's parts say if they are sure.
        """
        first: tuple[Entry, ...] = ()
        for source in self.dictionaries():
            found = source.lookup(form)
            if any(not sense.pos or not pos or sense.pos in pos for sense in found):
                return found
            first = first or found
        return first or derive(form, pos, self._known)

    def _known(self, form: str) -> tuple[Entry, ...]:
        every = (source.lookup(form) for source in self.dictionaries())
        return next((found for found in every if found), ())

    def entry_form(self, word: str, lemma: str, tag: str) -> str | None:
        """Return the form under which a dictionary has a word; see ``dictionary.entry_form``."""
        return dictionary.entry_form(word, lemma, tag, known=lambda form: bool(self.senses(form)))


EMBEDDED = Sources((EmbeddedEncyclopedia(), EmbeddedDictionary()))


def open_sources(sources: SourceList) -> Sources:
    """Open what is enabled; what can't be used becomes one of ``problems``."""
    opened: list[Source] = []
    problems: list[str] = []
    for setting in sources.settings:
        if setting.enabled:
            try:
                opened.append(open_source(setting, sources.cache))
            except GlossatorError as error:
                problems.append(str(error))
    return Sources(tuple(opened), tuple(problems))


def open_source(setting: SourceSetting, cache: Path | None) -> Source:
    """Open one source; the first time, a dictionary file is read into its index.

    Raises ``InputError`` where it can't be used and ``MissingPieceError`` where its library is
    absent.
    """
    if setting.kind == "encyclopedia":
        return EmbeddedEncyclopedia()
    if setting.kind == "dictionary":
        return EmbeddedDictionary()
    try:
        return _open_own(setting, cache)
    except InputError as error:
        raise InputError(f"The source {setting.place} can't be used: {error}.") from error


def describe(setting: SourceSetting, cache: Path | None) -> str:
    """Return a source's title, kind and licence, or the sentence that says why there is none."""
    try:
        source = open_source(setting, cache)
    except GlossatorError as error:
        return str(error)
    kind = "Encyclopaedia" if source.kind is SourceKind.ENCYCLOPEDIA else "Dictionary"
    return f"{kind}: {source.name}. {source.licence or 'It names no licence'}."


def setting_for(place: str) -> SourceSetting:
    """Return the setting of a source that the reader names; raises ``InputError``."""
    from desktop.glossary.sources.dictionary_file import FORMATS

    name = place.casefold()
    if name.startswith(LEXICON_PREFIX):
        return SourceSetting("lexicon", place[len(LEXICON_PREFIX) :])
    path = str(Path(place).expanduser().absolute())
    if name.endswith(".zim"):
        return SourceSetting("zim", path)
    if name.endswith(_WORDNET_ENDINGS):
        return SourceSetting("wordnet", path)
    if Path(name).suffix in FORMATS:
        return SourceSetting("file", path)
    raise InputError(
        f"The source {place} can't be used: its name must end in "
        f"{', '.join(_endings())}, or be a lexicon like wn:oewn:2024."
    )


def file_patterns() -> str:
    """Return the patterns of the names that a source's file may have, for a file dialog."""
    return " ".join(f"*{ending}" for ending in _endings())


def _endings() -> Iterable[str]:
    from desktop.glossary.sources.dictionary_file import FORMATS

    return (".zim", *_WORDNET_ENDINGS, *FORMATS)


def _open_own(setting: SourceSetting, cache: Path | None) -> Source:
    if setting.kind == "lexicon":
        from desktop.glossary.sources.wordnet import Lexicon

        return Lexicon(setting.place)
    path = Path(setting.place)
    try:
        if not path.is_file():
            raise InputError("there is no such file")
        if setting.kind == "zim":
            from desktop.glossary.sources.zim import ZimFile

            return ZimFile(path)
        return _indexed(setting, path, cache)
    except OSError as error:
        raise InputError(error.strerror or "it can't be read") from error


def _indexed(setting: SourceSetting, path: Path, cache: Path | None) -> index.IndexedDictionary:
    from desktop.glossary.sources.extras import extra
    from desktop.glossary.sources.indexing import build_index

    folder = (cache or _temporary_folder()) / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(f"{index.VERSION}:{setting.kind}:{_state(setting)}".encode())
    kept = folder / f"{digest.hexdigest()[:32]}.sqlite3"
    try:
        return index.IndexedDictionary(kept)
    except sqlite3.Error:
        kept.unlink(missing_ok=True)
    extra("wn" if setting.kind == "wordnet" else "pyglossary")
    build_index(setting.kind, path, kept)
    return index.IndexedDictionary(kept)


def _state(setting: SourceSetting) -> str:
    """Return the place of a source and the size and time of each of its files."""
    path = Path(setting.place)
    try:
        # A StarDict has several files of one stem.
        files = sorted(path.parent.glob(f"{_escaped(path.stem)}.*")) if setting.place else []
        if setting.kind != "file":
            files = [path] if setting.place else []
        states = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    except OSError:
        states = []
    return f"{setting.place}:{states}"


def _escaped(stem: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in stem)


@functools.cache
def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="glossator-")


def _temporary_folder() -> Path:
    return Path(_temporary().name)
