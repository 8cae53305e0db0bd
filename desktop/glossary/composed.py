"""Names that no reference work has, explained through the names that stand in them.

Two patterns are sure enough: an abbreviation in front that stands for one well-known body ("UN
Security Council"), and two continents or oceans joined ("Asia-Pacific"). What two joined cities
mean is not ("Paris-Dakar" is a race).
"""

from __future__ import annotations

import re

from desktop.glossary import encyclopedia
from desktop.glossary.abbreviations import is_short_form
from desktop.glossary.kinds import kind_of_description
from desktop.glossary.naming import Name
from desktop.glossary.term import Definition, DefinitionSource, TermKind

_BODIES = frozenset({TermKind.ORGANISATION, TermKind.PLACE})
#: A name whose parts are sure is a little less so itself.
_CONFIDENCE = 0.9
_REGION = re.compile(r"\b(?:continent|ocean)\b", re.IGNORECASE)
_REST = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|and|for|on) (?:the )?)?[A-Z][\w’'-]*)*")


def composed_definition(name: Name) -> Definition | None:
    """Return what the names within a name make it, None where one of them isn't sure."""
    if name.kind is TermKind.ORGANISATION:
        return _of_a_body(name.term)
    return _of_two_regions(name.term) if name.kind is TermKind.PLACE else None


def _of_two_regions(term: str) -> Definition | None:
    """Explain two continents or oceans that are joined as the region that they make."""
    parts = re.split(r"[-–]", term)
    found = [region for part in parts if (region := _region(part)) is not None]
    if len(parts) != 2 or len(found) != 2:
        return None
    left, right = (_in_running_text(region) for region in found)
    return _put_together(f"the region of {left} and {right}", found[0])


def _region(name: str) -> encyclopedia.Article | None:
    """Return the article of a continent or an ocean."""
    for form in (name, f"{name} Ocean"):
        found = encyclopedia.article(form)
        if found is not None and _REGION.search(found.description):
            return found
    return None


def _of_a_body(term: str) -> Definition | None:
    """Explain "UN Security Council" as the Security Council of the United Nations."""
    short, _, rest = term.partition(" ")
    if not _REST.fullmatch(rest):
        return None
    if not is_short_form(short) or not short.isupper():
        return None
    owner = encyclopedia.article(short)
    if owner is None or kind_of_description(owner.description) not in _BODIES:
        return None
    if not encyclopedia.spells(short, owner.title):
        return None
    return _put_together(f"the {rest} of {_in_running_text(owner)}", owner)


def _in_running_text(part: encyclopedia.Article) -> str:
    """Return an article's title with "the" where running text has it."""
    return f"the {part.title}" if part.introduction.startswith("The ") else part.title


def _put_together(text: str, part: encyclopedia.Article) -> Definition:
    return Definition(
        text,
        DefinitionSource.ENCYCLOPEDIA,
        reference=f"Put together from its parts; {part.reference}",
        confidence=_CONFIDENCE,
    )
