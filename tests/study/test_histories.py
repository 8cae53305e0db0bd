"""Random histories are those of fsrs, and Anki's but where it is known to do otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.histories import RETENTIONS, count, differs_from_fsrs, histories

#: What may differ: Anki keeps buttons a day apart, rounds with 32 bits, and caps stability.
KNOWN = {"same", "Hard, Good and Easy a day apart", "a day, by rounding"}
KNOWN |= {"Anki's cap of stability, 100 years"}


@pytest.mark.parametrize("retention", RETENTIONS)
def test_histories_are_those_of_fsrs(retention: float) -> None:
    assert not any(differs_from_fsrs(h, retention) for h in histories(200, 17, retention))


@pytest.mark.parametrize("retention", RETENTIONS)
def test_histories_are_ankis_but_where_it_is_known(retention: float, tmp_path: Path) -> None:
    pytest.importorskip("anki.collection")
    different, answers, found = count(40, 18, retention, tmp_path)
    assert different == 0
    assert set(found) <= KNOWN
    assert found["same"] >= 0.85 * answers
    assert found["a day, by rounding"] <= 0.05 * answers
