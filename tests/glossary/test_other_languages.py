"""Texts that aren't English: names, terms, a sentence for the reader, nothing made up."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import spacy

from desktop.glossary.other_languages import extract_plainly
from desktop.glossary.sources.opening import EMBEDDED
from desktop.glossary.term import Glossary, TermKind
from desktop.language.models import model_for, other_language, remark_on
from desktop.operations.analysing import AnalysisEvent, GlossaryFound, Remark, analyse_document
from desktop.reading.document import Document
from tests.documents import document_of

_GERMAN = (
    "Die Imkerei ist in dem Tal von Oberau seit vielen Jahren ein Handwerk, und die Bienen sind "
    "der Stolz der Leute. Im Frühling stellte die Imkerin Clara Wendt ihre Bienen auf die Wiese. "
    "Nach dem Regen fand Clara Wendt die Bienen nicht mehr. Die Wiese war nass, und der Honig war "
    "in diesem Jahr dunkel. Der Honig von der Wiese ist für die Leute ein Heilmittel, und auch "
    "der Honig aus dem Wald wird von ihnen nicht verkauft.",
)
_FRENCH = (
    "Le phare de la pointe est une tour qui guide les bateaux dans la nuit. En hiver, Léa Morvan "
    "monte dans la tour avec une lampe, et les bateaux sont en sécurité. Les gens de Kervoal "
    "disent que la lampe de Léa Morvan ne dort pas. Dans le port de Kervoal, les bateaux sont "
    "nombreux, et la lampe est pour eux une étoile.",
)


def _german() -> Document:
    return replace(document_of(*_GERMAN, title="Das Tal"), language="de")


def _french() -> Document:
    return replace(document_of(*_FRENCH, title="Le phare"), language="fr")


def _names(glossary: Glossary) -> set[str]:
    return {term.term for term in glossary.terms}


def test_german_without_a_model_gives_names_and_frequent_nouns() -> None:
    glossary = extract_plainly(_german(), "de", None, EMBEDDED)
    assert {"Clara Wendt", "Bienen", "Honig", "Wiese"} <= _names(glossary)
    assert not {"Die", "Der", "Nach", "Stolz"} & _names(glossary)
    assert all(term.definition is None for term in glossary.terms)
    document = _german()
    for term in glossary.terms:
        assert {document.quote(span) for span in term.mentions} == {term.term}


def test_french_without_a_model_gives_names_by_their_capitals() -> None:
    glossary = extract_plainly(_french(), "fr", None, EMBEDDED)
    assert {"Léa Morvan", "Kervoal", "bateaux", "lampe"} <= _names(glossary)
    assert not {"Le", "En", "Les", "Dans"} & _names(glossary)


def test_a_model_tells_what_kind_a_name_is() -> None:
    model = spacy.blank("fr")
    ruler = model.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "PER", "pattern": "Léa Morvan"}, {"label": "LOC", "pattern": "Kervoal"}]
    )
    glossary = extract_plainly(_french(), "fr", model, EMBEDDED)
    kinds = {term.term: (term.kind, len(term.mentions)) for term in glossary.terms}
    assert kinds == {"Léa Morvan": (TermKind.PERSON, 2), "Kervoal": (TermKind.PLACE, 2)}


def test_the_reader_is_told_and_no_english_is_applied() -> None:
    events: list[AnalysisEvent] = []
    result = analyse_document(_german(), events.append, job=4)
    remarks = [event for event in events if isinstance(event, Remark)]
    assert [(event.job, event.message) for event in remarks] == [(4, remark_on("de"))]
    assert "German" in remarks[0].message
    assert model_for("de") is not None or "de_core_news_sm" in remarks[0].message
    assert [event.final for event in events if isinstance(event, GlossaryFound)] == [True]
    assert not result.facts.facts
    assert not result.deck.notes
    assert "Clara Wendt" in _names(result.glossary)


def test_english_under_a_foreign_flag_is_english() -> None:
    text = "The keeper of the lighthouse was an old man who had been at sea for most of his life."
    flagged = replace(document_of(text), language="de-DE")
    assert other_language(flagged) == ""
    assert other_language(replace(flagged, language="und")) == ""
    assert other_language(_german()) == "de"
    assert other_language(replace(document_of("Ett litet hus."), language="sv")) == "sv"


def test_the_command_line_tells_the_language_beside_the_glossary(tmp_path: Path) -> None:
    file = tmp_path / "tal.txt"
    file.write_text("\n\n".join(("Das Tal", *_GERMAN)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "glossary", str(file), "--json"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "This text is in German" in done.stderr
    assert '"Clara Wendt"' in done.stdout
