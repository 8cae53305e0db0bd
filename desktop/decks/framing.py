"""What a card says of its text where it needs it: whose view it asks for, and as of when."""

from __future__ import annotations

import re

from desktop.facts.fact import Fact, FactKind
from desktop.facts.moment import UNDATED
from desktop.facts.vocabulary import words
from desktop.reading.document import Document

_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
#: Words that lose their capital when something is put before them.
_OPENING = words(
    """who whose whom what which when where why how in by from of to for about at on over under with
    according during after before since until between among because despite following although
    while if unlike like as through within without no
    the a an most some many more fewer less there all each every nearly almost only both during"""
)
#: Forms whose question is a view's own, so that it can be asked for with its holder's name.
_VIEWS = words("identity object figure number called_by described_as cause means purpose effect")


#: What is exact enough to be asked of its text by name, where the statement leans on it.
_TOLD_OF_A_TEXT = frozenset({FactKind.QUANTITY, FactKind.DATE, FactKind.LIST})


def frame_of(fact: Fact, text: str, document: Document) -> str | None:
    """Return the words to put before what is asked, None where nothing makes it stand alone.

    Most statements need none: the evidence on the back names author and title anyway. A view is
    asked for as its author's, what was true on the day of writing is told with the year, and a
    figure that leans on its text is told of that text.
    """
    if fact.opinion:
        known = len(document.authors) == 1 and " " in document.authors[0]
        suits = fact.rule in _VIEWS and not fact.needs_context
        return f"According to {display_name(document.authors[0])}, " if known and suits else None
    if fact.needs_context:
        told = fact.kind in _TOLD_OF_A_TEXT and fact.as_of != UNDATED
        return f"In {named_text(document)}, " if told else None
    if fact.as_of and fact.as_of != UNDATED and not _YEAR.search(f"{text} {fact.answer}"):
        return f"As of {fact.as_of[:4]}, "
    return ""


def framed(asked: str, frame: str) -> str:
    """Return what is asked behind its frame, without the capital of a small word at its start."""
    if not frame:
        return asked
    if not asked.endswith("?") and frame.endswith("”, "):
        return f"{frame[:-2]}: {asked}"  # a statement keeps its capital behind a title
    small = asked.split(" ", 1)[0].lower() in _OPENING
    return frame + (asked[0].lower() + asked[1:] if small else asked)


def named_text(document: Document) -> str:
    """Return the text's title, with its author's name where it has one: "Ada Roe’s “Fog”"."""
    title = f"“{display_title(document.name)}”"
    if len(document.authors) != 1 or " " not in document.authors[0]:
        return title
    author = display_name(document.authors[0])
    return f"the text {title} by {author}" if author.startswith("The ") else f"{author}’s {title}"


def display_name(name: str) -> str:
    """Return an author's name that is set in capitals in ordinary letters."""
    return name.title() if name.isupper() else name


def display_title(title: str) -> str:
    """Return a title that is set in capitals in ordinary ones."""
    if not title.isupper():
        return title
    small = words("a an and the of in on to for by at or with")
    shown = [w.lower() if w.lower() in small and i else w.capitalize()
             for i, w in enumerate(title.split())]  # fmt: skip
    return " ".join(shown)
