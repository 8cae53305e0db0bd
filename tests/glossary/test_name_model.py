"""What a name sounds like is one vote among others."""

from __future__ import annotations

import pytest

from desktop.glossary.name_model import chances_of_kinds
from desktop.glossary.term import TermKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Citigroup", TermKind.ORGANISATION),
        ("Roosevelt", TermKind.PERSON),
        ("Lombardy", TermKind.PLACE),
        ("Battle of Leipzig", TermKind.EVENT),
    ],
)
def test_the_likeliest_kind(name: str, kind: TermKind) -> None:
    (chances,) = chances_of_kinds([name])
    assert max(chances, key=lambda one: chances[one]) is kind
    assert sum(chances.values()) == pytest.approx(1.0)


def test_no_names_no_chances() -> None:
    assert chances_of_kinds([]) == []
