"""What the gazetteer knows, and when it says which of several cities is meant."""

from __future__ import annotations

import pytest

from desktop.glossary import gazetteer


@pytest.mark.parametrize(
    ("name", "places", "description"),
    [
        ("Rotterdam", {"Netherlands"}, "a city in the Netherlands"),
        ("Savannah", {"Georgia"}, "a city in Georgia, United States"),
        ("Savannah", {"United States"}, None),
        ("Paris", {"Texas"}, "a city in Texas, United States"),
        ("Wakefield", {"United Kingdom"}, "a city in the United Kingdom"),
        ("Cambridge", set(), None),
        ("Nowhereville", set(), None),
    ],
)
def test_a_city_is_the_one_in_a_country_that_the_text_names(
    name: str, places: set[str], description: str | None
) -> None:
    city = gazetteer.city_meant(name, places)
    assert (city.description if city else None) == description


def test_capitals_lead_to_their_countries() -> None:
    assert gazetteer.country_of_capital("Nairobi") == "Kenya"
    assert gazetteer.country_of_capital("Mombasa") is None


def test_given_names_of_many_origins_are_known() -> None:
    known = ("Tyrone", "Emiliano", "Kofi", "Jean-Luc")
    assert all(gazetteer.is_given_name(name) for name in known)
    assert not gazetteer.is_given_name("Rotterdam")
