"""Typed answers are compared letter by letter; steps are read as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.study.steps import StepsError, read_parameters, read_steps, write_steps
from desktop.study.typed import Letters, Run, compare


def test_what_is_wrong_and_what_is_missing() -> None:
    found = compare("the cat sad", "the  cat sat")
    assert found.typed == (Run(Letters.SAME, "the cat sa"), Run(Letters.WRONG, "d"))
    assert found.answer == (Run(Letters.SAME, "the cat sa"), Run(Letters.MISSING, "t"))
    assert not found.right
    assert compare("cafe\u0301 ", "café").right
    assert compare("", "x").answer == (Run(Letters.MISSING, "x"),)


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_runs_are_the_two_texts(typed: str, answer: str) -> None:
    found = compare(typed, answer)
    assert "".join(run.text for run in compare(typed, typed).typed) == "".join(
        run.text for run in found.typed
    )
    assert "".join(run.text for run in compare(answer, answer).typed) == "".join(
        run.text for run in found.answer
    )


def test_steps_are_read_as_anki_writes_them() -> None:
    assert read_steps("1m 10m") == (60, 600)
    assert read_steps("30s 1.5h 2d 5") == (30, 5400, 172_800, 300)
    assert read_steps("") == ()
    assert write_steps((30, 5400, 172_800, 300)) == "30s 90m 2d 5m"
    with pytest.raises(StepsError, match="soon"):
        read_steps("1m soon")


@given(st.lists(st.integers(1, 10**7), max_size=5))
def test_written_steps_come_back(steps: list[int]) -> None:
    assert read_steps(write_steps(steps)) == tuple(steps)


def test_parameters_are_checked() -> None:
    import fsrs

    usual = fsrs.scheduler.DEFAULT_PARAMETERS
    assert read_parameters(", ".join(map(str, usual))) == tuple(usual)
    assert read_parameters(" ") == ()
    with pytest.raises(StepsError, match="21"):
        read_parameters("1 2 3")
    with pytest.raises(StepsError, match="bounds"):
        read_parameters(" ".join(["-5"] * 21))
    with pytest.raises(StepsError, match="numbers"):
        read_parameters("a")
