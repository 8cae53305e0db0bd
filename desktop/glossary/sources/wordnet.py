"""Wordnets through the ``wn`` library: a WN-LMF file, or a lexicon of the reader's own database."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from desktop.errors import InputError
from desktop.glossary.sources.entry import Entry, SourceKind, language_code, reference
from desktop.glossary.sources.extras import extra
from desktop.glossary.sources.index import About

POS = {"n": "NOUN", "v": "VERB", "a": "ADJ", "s": "ADJ", "r": "ADV"}
#: What a sense is a kind of, or like: its gloss says more of the sense.
BROADER = ("hypernym", "instance_hypernym", "similar")


def read_lmf(path: Path) -> tuple[About, Iterator[Entry]]:
    """Return what a WN-LMF file holds; of several lexicons all, under the first one's title."""
    lmf = extra("wn.lmf")
    if not lmf.is_lmf(path):
        raise InputError("it is no wordnet in the WN-LMF format")
    lexicons = lmf.load(path, progress_handler=None)["lexicons"]
    if not lexicons:
        raise InputError("it has no lexicon")
    first = lexicons[0]
    about = About(
        f"{first['label']} {first.get('version', '')}".strip(),
        licence_name(first.get("license", "")),
        language_code(first["language"]),
    )
    return about, (sense for lexicon in lexicons for sense in _senses(lexicon))


def _senses(lexicon: dict[str, Any]) -> Iterator[Entry]:
    synsets = {synset["id"]: synset for synset in lexicon.get("synsets", ())}
    members: dict[str, list[str]] = {}
    for entry in lexicon.get("entries", ()):
        for sense in entry.get("senses", ()):
            members.setdefault(sense["synset"], []).append(entry["lemma"]["writtenForm"])
    for entry in lexicon.get("entries", ()):
        lemma = entry["lemma"]["writtenForm"]
        for sense in entry.get("senses", ()):
            synset = synsets.get(sense["synset"])
            gloss = _gloss(synset)
            if synset is None or not gloss:
                continue
            related = [
                _gloss(synsets.get(relation["target"]))
                for relation in synset.get("relations", ())
                if relation["relType"] in BROADER
            ]
            examples = (*sense.get("examples", ()), *synset.get("examples", ()))
            counts = [count["value"] for count in sense.get("counts", ())]
            yield Entry(
                lemma,
                gloss,
                POS.get(entry["lemma"]["partOfSpeech"], ""),
                examples=tuple(example["text"] for example in examples),
                synonyms=tuple(word for word in members[sense["synset"]] if word != lemma),
                related=tuple(text for text in related if text),
                count=sum(counts) if counts else None,
            )


def _gloss(synset: dict[str, Any] | None) -> str:
    definitions = synset.get("definitions", ()) if synset else ()
    return str(definitions[0]["text"]).strip() if definitions else ""


def licence_name(licence: str) -> str:
    """Return the short name of a licence given by its address; anything else as it is."""
    parts = licence.rstrip("/").split("/")
    if "creativecommons.org" in licence and len(parts) > 2:
        if "publicdomain" in parts:
            return "public domain"
        return f"CC {parts[-2].upper()} {parts[-1]}"
    return licence


class Lexicon:
    """A lexicon of the reader's ``wn`` database, named by its specifier (``oewn:2024``)."""

    kind = SourceKind.DICTIONARY

    def __init__(self, specifier: str) -> None:
        wn = extra("wn")
        # Asked before anything else: the library makes an empty database where there is none.
        if not wn.config.database_path.is_file():
            raise InputError("there is no wn database on this machine")
        try:
            self._wordnet = wn.Wordnet(specifier, expand="")
            self._lexicon = self._wordnet.lexicons()[0]
        except (wn.Error, IndexError) as error:
            raise InputError("the wn database has no such lexicon") from error

    @cached_property
    def name(self) -> str:
        """The lexicon's title and version."""
        return f"{self._lexicon.label} {self._lexicon.version}"

    @cached_property
    def licence(self) -> str:
        """The lexicon's licence."""
        return licence_name(self._lexicon.license)

    @cached_property
    def language(self) -> str:
        """The lexicon's language."""
        return language_code(self._lexicon.language)

    def lookup(self, form: str) -> tuple[Entry, ...]:
        """Return the senses of a form, in the lexicon's order for each part of speech."""
        senses = [(word, s) for word in self._wordnet.words(form) for s in word.senses()]
        return tuple(
            self._entry(word.lemma(), sense, rank) for rank, (word, sense) in enumerate(senses)
        )

    def _entry(self, lemma: str, sense: Any, rank: int) -> Entry:
        synset = sense.synset()
        counts = [int(count) for count in sense.counts()]
        return Entry(
            lemma,
            (synset.definition() or "").strip(),
            POS.get(synset.pos, ""),
            rank,
            tuple(str(example) for example in (*sense.examples(), *synset.examples())),
            tuple(word for word in synset.lemmas() if word != lemma),
            tuple(other.definition() or "" for other in synset.get_related(*BROADER)),
            sum(counts) if counts else None,
            reference(self, lemma),
        )
