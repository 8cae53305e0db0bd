"""Names that no reference work has, explained through the name that stands in them.

Only one pattern is sure enough: an abbreviation in front that stands for one well-known body
("UN Security Council"). What two joined places mean is not ("Paris-Dakar" is a race).
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
_REST = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:of|and|for|on) (?:the )?)?[A-Z][\w’'-]*)*")


def composed_definition(name: Name) -> Definition | None:
    """Explain "UN Security Council" as the Security Council of the United Nations."""
    short, _, rest = name.term.partition(" ")
    if name.kind is not TermKind.ORGANISATION or not _REST.fullmatch(rest):
        return None
    if not is_short_form(short) or not short.isupper():
        return None
    owner = encyclopedia.article(short)
    if owner is None or kind_of_description(owner.description) not in _BODIES:
        return None
    if not encyclopedia.spells(short, owner.title):
        return None
    whole = f"the {owner.title}" if owner.introduction.startswith("The ") else owner.title
    return Definition(
        f"the {rest} of {whole}",
        DefinitionSource.ENCYCLOPEDIA,
        reference=f"Put together from its parts; {owner.reference}",
        confidence=_CONFIDENCE,
    )
