"""From a document to its glossary, facts and deck: in this process or in the language process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from desktop.decks.deck import Deck, Note, RefusedNote
from desktop.facts.fact import Facts
from desktop.glossary.levels import at_level, is_hard
from desktop.glossary.sources.opening import SourceList, open_sources
from desktop.glossary.term import Glossary, Term
from desktop.language.worker import JobEvent, Worker
from desktop.operations.version import analysis_version
from desktop.reading.document import Block, BlockKind, Document, Source
from desktop.settings import DEFAULT_LEVEL


@dataclass(frozen=True, slots=True)
class Analysed:
    """Everything that was extracted from one document.

    The glossary has the words that are hard at one level of reading; ``easier`` are those that
    are hard below it.
    """

    glossary: Glossary
    facts: Facts
    deck: Deck
    easier: tuple[Term, ...] = ()

    def at_level(self, level: str) -> Analysed:
        """Return the same analysis with the words that are hard at another level."""
        if self.glossary == at_level(self.glossary, level) and not any(
            term.difficulty is None or is_hard(term.difficulty, level) for term in self.easier
        ):
            return self
        terms = (*self.glossary.terms, *self.easier)
        everything = replace(
            self.glossary,
            terms=tuple(sorted(terms, key=lambda t: (-t.importance, t.term.casefold(), t.kind))),
        )
        return _divided(everything, level, self.facts, self.deck)

    def to_json(self) -> dict[str, Any]:
        """Return the result as a JSON object that ``from_json`` reads."""
        refused = self.deck.refused
        authors = {n.author for n in (*self.deck.notes, *(r.note for r in refused))}
        return {
            "glossary": self.glossary.to_json(),
            "facts": self.facts.to_json(),
            "deck": self.deck.to_json(),
            "deck_name": self.deck.name,
            "refused": [note.to_json() for note in refused],
            "easier": [term.to_json() for term in self.easier],
            "author": authors.pop() if len(authors) == 1 else "",
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Analysed:
        """Read what ``to_json`` wrote."""
        head = data["deck"]["document"]
        author = data["author"]
        notes = tuple(
            Note.from_json(card, title=head["title"], author=author)
            for card in data["deck"]["cards"]
        )
        refused = tuple(
            RefusedNote.from_json(card, title=head["title"], author=author)
            for card in data.get("refused", ())
        )
        deck = Deck(data["deck_name"], head["title"], head["sha256"], notes, refused)
        easier = tuple(Term.from_json(term) for term in data.get("easier", ()))
        facts = Facts.from_json(data["facts"])
        return cls(Glossary.from_json(data["glossary"]), facts, deck, easier)


def _divided(everything: Glossary, level: str, facts: Facts, deck: Deck) -> Analysed:
    glossary = at_level(everything, level)
    kept = set(glossary.terms)
    easier = tuple(term for term in everything.terms if term not in kept)
    return Analysed(glossary, facts, deck, easier)


@dataclass(frozen=True, slots=True)
class AnalysisProgress:
    """How far the analysis is; ``stage`` is starting, reading, glossary or cards."""

    job: int
    stage: str
    fraction: float


@dataclass(frozen=True, slots=True)
class GlossaryFound:
    """A glossary to show; a draft (``final`` false) lacks the weighing of dictionary senses."""

    job: int
    glossary: Glossary
    final: bool


@dataclass(frozen=True, slots=True)
class SourceMissing:
    """A source of the reader's can't be used; the analysis goes on without it."""

    job: int
    message: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that the reader should know of the analysis: the text isn't English."""

    job: int
    message: str


@dataclass(frozen=True, slots=True)
class AnalysisDone:
    """The whole result, and the sources that it was extracted with."""

    job: int
    result: Analysed
    sources: SourceList


@dataclass(frozen=True, slots=True)
class AnalysisFailed:
    """The analysis failed; ``message`` is a sentence for the reader."""

    job: int
    message: str


@dataclass(frozen=True, slots=True)
class AnalysisCancelled:
    """The reader stopped the analysis."""

    job: int


AnalysisEvent = (
    AnalysisProgress
    | GlossaryFound
    | SourceMissing
    | Remark
    | AnalysisDone
    | AnalysisFailed
    | AnalysisCancelled
)


def analyse_document(
    document: Document,
    emit: Callable[[AnalysisEvent], None] | None = None,
    *,
    job: int = 0,
    level: str = DEFAULT_LEVEL,
    sources: SourceList | None = None,
    at: int = 0,
) -> Analysed:
    """Analyse ``document`` in this process; ``emit`` hears of progress and of draft glossaries.

    ``level`` is the reader's CEFR level: it decides which words count as hard. ``sources`` are
    those that come with the program, unless others are given. A long text is analysed by
    portions, the one with the block ``at`` first; what an earlier run that was broken off has
    finished is taken from the folder of ``sources``.

    Raises ``MissingPieceError`` when a model is absent; what ``emit`` raises ends the work.
    """
    from desktop.decks.build import build_deck
    from desktop.operations.extraction import FINDING, Extraction
    from desktop.operations.portions import PortionStore

    say: Callable[[AnalysisEvent], None] = emit or (lambda _event: None)
    chosen = sources or SourceList()
    opened = open_sources(chosen)
    for problem in opened.problems:
        say(SourceMissing(job, problem))
    store = PortionStore(chosen.cache, document, f"{analysis_version(chosen)} {level}")
    found = Extraction(
        tell=lambda stage, fraction: say(AnalysisProgress(job, stage, fraction)),
        show=lambda glossary, final: say(GlossaryFound(job, at_level(glossary, level), final)),
        level=level,
        sources=opened,
        store=store,
        remark=lambda sentence: say(Remark(job, sentence)),
    ).find(document, at)
    say(AnalysisProgress(job, "cards", FINDING))
    deck = build_deck(found.facts, at_level(found.glossary, level), document)
    store.clear()
    return _divided(found.glossary, level, found.facts, deck)


class AnalysisWorker:
    """Analyses documents in the language process; events come on a thread of its own."""

    def __init__(self, on_event: Callable[[AnalysisEvent], None]) -> None:
        self._on_event = on_event
        self._worker = Worker(warm_up, _analyse_job, self._translate)

    def start(self) -> None:
        """Start the process and let it load its models."""
        self._worker.start()

    def submit(
        self, job: int, document: Document, sources: SourceList | None = None, at: int = 0
    ) -> None:
        """Analyse ``document`` with ``sources``; its events carry the number ``job``.

        ``at`` is the block that the reader has in view.
        """
        self._on_event(AnalysisProgress(job, "starting", 0.0))
        # The analysis reads text alone: pictures would only cross the pipe in vain.
        self._worker.submit(job, (replace(document, pictures=()), sources or SourceList(), at))

    def cancel(self, job: int) -> None:
        """Stop the analysis ``job``."""
        self._worker.cancel(job)

    def close(self) -> None:
        """End the process."""
        self._worker.close()

    def _translate(self, event: JobEvent) -> None:
        match event.kind:
            case "report":
                self._on_event(replace(event.value, job=event.job))
            case "done":
                self._on_event(AnalysisDone(event.job, *event.value))
            case "failed":
                self._on_event(AnalysisFailed(event.job, event.value))
            case "cancelled":
                self._on_event(AnalysisCancelled(event.job))


#: A text that makes the models, word lists and dictionaries load.
_FIRST_WORDS = Document(
    None, None, None, (), None, "en", Source("", "", ""),
    (Block(0, BlockKind.PARAGRAPH, "A laconic gardener from Oslo was called Ada Hope in 1921."),),
)  # fmt: skip


def warm_up() -> None:
    """Load what every analysis needs, so that the first text doesn't wait for it."""
    analyse_document(_FIRST_WORDS)


def _analyse_job(
    payload: tuple[Document, SourceList, int], emit: Callable[[AnalysisEvent], None]
) -> tuple[Analysed, SourceList]:
    document, sources, at = payload
    return analyse_document(document, emit, sources=sources, at=at), sources
