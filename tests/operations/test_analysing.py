"""The whole analysis, in this process and in the language process."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest

from desktop.operations.analysing import (
    Analysed,
    AnalysisCancelled,
    AnalysisDone,
    AnalysisEvent,
    AnalysisProgress,
    AnalysisWorker,
    GlossaryFound,
    analyse_document,
)
from desktop.settings import READING_LEVELS
from tests.documents import document_of

_TEXT = (
    "Marie Curie was a physicist who studied radioactivity in Paris. In 1911 she received the "
    "Nobel Prize in Chemistry. Radioactivity is the decay of an unstable nucleus."
)


class Listener:
    def __init__(self) -> None:
        self.events: list[AnalysisEvent] = []
        self._changed = threading.Condition()

    def __call__(self, event: AnalysisEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, *kinds: type, timeout: float = 60) -> AnalysisEvent:
        with self._changed:
            found = self._changed.wait_for(
                lambda: next((e for e in self.events if isinstance(e, kinds)), None), timeout
            )
        assert found is not None
        return found


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def worker(listener: Listener) -> Iterator[AnalysisWorker]:
    made = AnalysisWorker(listener)
    yield made
    made.close()


def test_progress_rises_and_the_glossary_comes_before_the_cards() -> None:
    events: list[AnalysisEvent] = []
    result = analyse_document(document_of(_TEXT), events.append, job=7)
    shares = [e.fraction for e in events if isinstance(e, AnalysisProgress)]
    assert shares == sorted(shares)
    assert [e.final for e in events if isinstance(e, GlossaryFound)] == [False, True]
    assert {e.job for e in events} == {7}
    assert any(term.term == "Marie Curie" for term in result.glossary.terms)
    assert result.deck.notes


def test_a_result_survives_its_json() -> None:
    result = analyse_document(document_of(_TEXT, authors=("Ann Author",)))
    assert Analysed.from_json(result.to_json()).to_json() == result.to_json()


def test_the_language_process_gives_the_same_result(
    worker: AnalysisWorker, listener: Listener
) -> None:
    document = document_of(_TEXT)
    worker.start()
    worker.submit(3, document)
    done = listener.wait_for(AnalysisDone)
    assert isinstance(done, AnalysisDone)
    assert done.job == 3
    assert done.result.to_json() == analyse_document(document).to_json()


def test_a_long_text_is_cancelled_while_it_is_read(
    worker: AnalysisWorker, listener: Listener
) -> None:
    worker.submit(1, document_of(*[f"{_TEXT} This is part {n}." for n in range(600)]))
    listener.wait_for(AnalysisProgress)
    worker.cancel(1)
    assert isinstance(listener.wait_for(AnalysisCancelled, AnalysisDone), AnalysisCancelled)


def test_a_text_without_words_has_nothing_to_show() -> None:
    result = analyse_document(document_of("…", title=None))
    assert result.glossary.terms == ()
    assert result.deck.notes == ()


def test_another_level_needs_no_new_analysis_and_leaves_nothing_out() -> None:
    text = "The taciturn gardener watered the strange orchids and pruned the obstinate wisteria."
    analysed = analyse_document(document_of(text))
    assert analysed.easier
    kept = Analysed.from_json(json.loads(json.dumps(analysed.to_json())))
    at = {level: kept.at_level(level) for level in READING_LEVELS}
    sizes = [len(found.glossary.terms) for found in at.values()]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
    assert not at["A2"].easier
    assert at["C2"].at_level("B2") == analysed.at_level("B2") == analysed
