"""What the words beside a name show of its kind: "the novelist X", "X, who …", "village of X"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop.glossary import gazetteer
from desktop.glossary.kinds import kind_of_noun
from desktop.glossary.term import TermKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
#: Nouns before "of" that say what the name is: "the city of X"; a "state of X" may be a mood.
_PLACED = frozenset(
    """
    city town village island isle port county province district region suburb duchy kingdom
    republic capital
    """.split()
)
_KIN = frozenset(
    """
    wife husband son daughter father mother brother sister widow widower uncle aunt nephew niece
    grandfather grandmother grandson granddaughter parents children cousin girlfriend boyfriend
    childhood biographer widow face hand hands eyes voice
    """.split()
)
#: What people do and bodies don't.
_HUMAN_ACTS = frozenset(
    """
    bear marry divorce laugh smile nod sigh weep cry whisper shout sing bow sit sleep study retire
    graduate emigrate think believe remember wonder love
    """.split()
)

#: What people do, and bodies that bear no given name.
_SPEECH_ACTS = frozenset(
    """
    argue say write explain tell point claim insist reply add describe recall note suggest teach
    """.split()
)
#: What places do.
_STATES = frozenset("lie stand border become have join host sit grow".split())
_PAGES = frozenset(["p", "pp", "vol", "chap"])
#: What firms have: "X’s shareholders".
_FIRMS = frozenset(
    "chairman ceo shareholders shares headquarters revenue customers employees board".split()
)


#: A list of examples is followed back over so many tokens.
_LONGEST_LIST = 25


def cue(doc: Doc, start: int, end: int) -> TermKind | None:
    """Return the kind that the words beside a name show.

    "the novelist X" and "the river X"; "the village of X"; "X, who …", "X’s wife", "X was born".
    """
    before = doc[start - 1] if start else None
    if before is not None and before.pos_ == "NOUN" and before.text.islower():
        return kind_of_noun(before.text)
    if before is not None and before.text == "of" and start > 1 and doc[start - 2].text.islower():
        return TermKind.PLACE if doc[start - 2].text in _PLACED else None
    after = [token.lower_ for token in doc[end : end + 3]]
    if after[:2] == [",", "where"]:
        return TermKind.PLACE
    if by_reference := _kind_of_reference(after, end - start):
        return by_reference
    if by_phrase := _kind_of_class(doc, start) or _kind_of_apposition(doc, start, end):
        return by_phrase
    if after[:1] == ["who"] or after[:2] in ([",", "who"], [",", "whose"]):
        return TermKind.PERSON
    is_possessive = after[:1] in (["'s"], ["’s"], ["'"], ["’"])
    if is_possessive and after[1:2] and after[1] in _KIN:
        return TermKind.PERSON
    if is_possessive and _FIRMS & {token.lower_ for token in doc[end + 1 : end + 4]}:
        return TermKind.ORGANISATION
    if doc[end - 1].dep_ in {"nsubj", "nsubjpass"}:
        act = doc[end - 1].head.lemma_
        named = end - start > 1 and gazetteer.is_given_name(doc[start].text)
        if act in _HUMAN_ACTS or (named and act in _SPEECH_ACTS):
            return TermKind.PERSON
        form = doc[start:end].text
        alone = end - start == 1 and gazetteer.is_given_name(form) and not gazetteer.cities(form)
        if alone and doc[end - 1].head.pos_ == "VERB" and act not in _STATES:
            return TermKind.PERSON  # "Kenny bought …"
    return None


def _kind_of_reference(after: list[str], length: int) -> TermKind | None:
    """Return the kind of what a text refers to: "Milner (1966)", "[The Wealth of Nations, p. 12]".

    ``after`` are the tokens behind a name of ``length`` tokens.
    """
    if after[:2] == ["et", "al"] or (after[:1] == ["("] and _YEAR.match("".join(after[1:2]))):
        return TermKind.PERSON
    paged = after[:1] == [","] and "".join(after[1:2]).rstrip(".") in _PAGES
    return TermKind.WORK if paged and length > 1 else None


def _kind_of_class(doc: Doc, start: int) -> TermKind | None:
    """Return the kind of "firms such as A, B and X": a class and its examples (Hearst, 1992)."""
    at = start - 1
    first = max(doc[start].sent.start, start - _LONGEST_LIST)
    while at > first and doc[at].lower_ not in {"including", "like", "as"}:
        token = doc[at]
        if not (token.text[:1].isupper() or token.is_punct or token.lower_ in {"and", "or", "the"}):
            return None
        at -= 1
    is_such = doc[at].lower_ != "as" or (at > first and doc[at - 1].lower_ == "such")
    if at <= first or not is_such:
        return None
    before = at - 2 if doc[at].lower_ == "as" else at - 1
    if before >= first and doc[before].text == ",":
        before -= 1
    noun = doc[before]
    if before < first or noun.tag_ != "NNS":
        return None
    return kind_of_noun(noun.text)


def _kind_of_apposition(doc: Doc, start: int, end: int) -> TermKind | None:
    """Return the kind in "her cousin, X," and "X, her cousin", which define nothing."""
    last = doc[end - 1]
    near = last.head if last.dep_ == "appos" and start - 3 < last.head.i < start else None
    if near is None:
        found = (child for child in last.children if child.dep_ == "appos" and child.i >= end)
        near = next(found, None)
    if near is None or near.pos_ != "NOUN" or not any(c.tag_ == "PRP$" for c in near.lefts):
        return None
    kind = kind_of_noun(near.text)
    return kind if kind in {TermKind.PERSON, TermKind.PLACE, TermKind.ORGANISATION} else None
