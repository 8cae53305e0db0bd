"""Mentions → names: one entry per person, place, organisation, event, work or concept.

All mentions of a document decide together: what kind a name is, which form is its full one, and
which shorter or other forms mean the same. A name that only its capital letter speaks for is left
out; so is an ordinary word that happens to be capitalised.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from desktop.glossary import dictionary, encyclopedia, gazetteer
from desktop.glossary.name_model import chances_of_kinds
from desktop.glossary.names import Mention
from desktop.glossary.naming import (
    KIND_OF_LABEL,
    SMALL,
    Name,
    decide,
    is_acronym,
    settle,
    spelled_out,
    words_of,
)
from desktop.glossary.peoples import is_people
from desktop.glossary.runs import TITLES, is_common
from desktop.glossary.term import TermKind
from desktop.language import frequency

#: From this certainty on a name speaks for the others of its list, with so much weight.
_SURE = 4.0
_LIST_VOTE = 1.5
#: So many times more than in full a name may stand without its noun.
_ALONE = 4
#: Grades of words: in use, and rare.
_IN_USE, _RARE = 35, 50
#: A word that sounds so much like one kind is a name; less is needed where the parser agrees.
_CERTAIN = 0.85
_CLEAR = 0.6
_AGREED = 0.3
#: A part of a text that goes by a number or letter.
_NUMBERED = re.compile(
    r"(?:Page|Chapter|Figure|Table|Section|Volume|Part|Appendix|Box|Note)s? "
    r"(?:[A-Z]?[\dIVX][\d.,IVX-]*|[A-Z])$"
)
_PREPOSITIONS = frozenset("to with by at from against into".split())
_ENTITIES = frozenset(["PERSON", "ORG", "GPE", "LOC", "FAC"])
_ARTICLES = frozenset("la le el il los las les der die das al".split())


def group_names(
    mentions: Sequence[Mention], short_forms: dict[str, str], hints: dict[str, TermKind]
) -> list[Name]:
    """Return the names that the mentions speak of, in order of first mention.

    ``short_forms`` maps abbreviations to the long forms that the text gives them; ``hints`` maps
    case-folded names to the kind that the text's own definition shows.
    """
    by_form: dict[str, Name] = {}
    for mention in mentions:
        if is_people(mention):
            continue
        name = by_form.setdefault(encyclopedia.key(mention.text), Name())
        name.forms[mention.text] += 1
        name.mentions.append(mention)
    sounds = chances_of_kinds([name.main_form for name in by_form.values()])
    for (form, name), sound in zip(by_form.items(), sounds, strict=True):
        settle(name, hints.get(form), short_forms, sound)
    _agree_in_lists(by_form, mentions)
    _merge_abbreviations(by_form, short_forms)
    _without_opening_adjectives(by_form)
    _merge_spelled_out(by_form)
    _merge_articles(by_form)
    _merge_plurals(by_form)
    _merge_people(by_form)
    _merge_shortened(by_form)
    _merge_first_words(by_form)
    names = [name for name in dict.fromkeys(by_form.values()) if _holds(name)]
    return sorted(names, key=lambda name: min(mention.span for mention in name.mentions))


def _agree_in_lists(by_form: dict[str, Name], mentions: Sequence[Mention]) -> None:
    """Let the sure names of a list, when they are of one kind, speak for the others."""
    lists: list[list[Name]] = []
    for mention in mentions:
        name = by_form.get(encyclopedia.key(mention.text))
        if name is None:
            continue
        if not mention.listed or not lists:
            lists.append([])
        lists[-1].append(name)
    decided = {name: (name.kind, name.certainty) for name in by_form.values()}
    for names in lists:
        kinds = {decided[name][0] for name in names if decided[name][1] >= _SURE}
        for name in names if len(kinds) == 1 else ():
            if decided[name][1] < _SURE and name.article is None and not is_acronym(name.term):
                name.votes[next(iter(kinds))] = name.votes.get(next(iter(kinds)), 0) + _LIST_VOTE
                decide(name)


def _merge(by_form: dict[str, Name], form: str, into: Name) -> None:
    name = by_form[form]
    if name is into:
        return
    into.absorb(name)
    for other, owner in by_form.items():
        if owner is name:
            by_form[other] = into


def _merge_abbreviations(by_form: dict[str, Name], short_forms: dict[str, str]) -> None:
    """Join a short form with the long form that the text gives it."""
    for short, long in short_forms.items():
        short_key, long_key = encyclopedia.key(short), encyclopedia.key(long)
        if short_key in by_form and long_key in by_form:
            _merge(by_form, short_key, by_form[long_key])


def _without_opening_adjectives(by_form: dict[str, Name]) -> None:
    """Take "Neighbouring Finland", met only where sentences begin, for the Finland of the text."""
    for form, name in list(by_form.items()):
        first, _, rest = form.partition(" ")
        owner = by_form.get(rest)
        opens = all(mention.sentence_start for mention in name.mentions)
        if owner is None or owner is name or not opens or name.article is not None:
            continue
        describes = any(sense.pos == "ADJ" for sense in dictionary.senses(first))
        is_adjective = describes or first.endswith(("ing", "ed"))
        if is_adjective and is_common(first) and not is_common(rest):
            cut = len(first) + 1
            for mention in name.mentions:
                span = replace(mention.span, start=mention.span.start + cut)
                short = replace(mention, text=mention.text[cut:], span=span)
                owner.mentions.append(short)
                owner.forms[short.text] += 1
            del by_form[form]


def _merge_spelled_out(by_form: dict[str, Name]) -> None:
    """Join "US Navy" with "United States Navy"."""
    for form, name in list(by_form.items()):
        long = encyclopedia.key(spelled_out(name.main_form))
        if long != form and long in by_form and by_form[long] is not name:
            _merge(by_form, form, by_form[long])


def _merge_articles(by_form: dict[str, Name]) -> None:
    """Join forms that the encyclopaedia knows as one thing (UK, United Kingdom)."""
    owners: dict[str, Name] = {}
    for form, name in list(by_form.items()):
        if name.article is None:
            continue
        owner = owners.setdefault(name.article.title, name)
        if owner is not name:
            _merge(by_form, form, owner)


def _merge_plurals(by_form: dict[str, Name]) -> None:
    """Join "Huguenots" with "Huguenot", and a name with itself after a foreign article."""
    for form, name in list(by_form.items()):
        single = by_form.get(form.removesuffix("s"))
        if form.endswith("s") and single is not None and single is not name:
            _merge(by_form, form, single)
        article, _, rest = form.partition(" ")
        if article in _ARTICLES and rest in by_form and by_form[rest] is not name:
            _merge(by_form, rest, name)  # "Rance" and "La Rance"


def _merge_people(by_form: dict[str, Name]) -> None:
    """Join a family or given name with the one full name that it can belong to."""
    owners: dict[str, set[Name]] = defaultdict(set)
    for name in set(by_form.values()):
        if name.kind is TermKind.PERSON and _reads_as_full(name):
            words = words_of(name.term.partition(" of ")[0])
            parts = {words[0], words[-1], " ".join(words[1:]), " ".join(words[:-1])}
            if len(words) > 2 and words[0].casefold() in TITLES:
                parts = parts - {words[0]} | {words[1]}  # "Brian" of Sir Brian Mallory
            if "-" in words[-1]:
                parts = parts | {words[-1].partition("-")[2]}  # "Bashir" of Omar al-Bashir
            for part in parts:
                owners[encyclopedia.key(part)].add(name)
    for form, name in list(by_form.items()):
        full = set() if is_acronym(name.main_form) else owners.get(form, set()) - {name}
        owner = _bearer(full, len(name.mentions))
        if owner is None:
            name.ambiguous = bool(full)  # "Louis" beside Louis XIII and Louis XIV
            continue
        is_plain_word = is_common(form) and name.kind is not TermKind.PERSON
        may_be_other = name.article is not None and not _follows_throughout(name, owner)
        if not may_be_other and not is_plain_word and _comes_after(name, owner):
            _merge(by_form, form, owner)


def _reads_as_full(name: Name) -> bool:
    """Return whether a name is a given and a family name, not "Represent Acme"."""
    words = words_of(name.term)
    first = words[0] if words else ""
    is_known = gazetteer.is_given_name(first) or first.casefold().rstrip(".") in TITLES
    return len(words) > 1 and (is_known or not is_common(first) or name.article is not None)


def _bearer(people: set[Name], alone: int) -> Name | None:
    """Return whose a shared name is when it stands alone.

    Of several bearers it is the one that the text is about: met first, named in full more often
    than each of the others, or no less often where the short form stands ``alone`` many times.
    """
    if len(people) < 2:
        return next(iter(people), None)
    first = min(people, key=lambda name: min(mention.span for mention in name.mentions))
    others = max(len(name.mentions) for name in people if name is not first)
    is_subject = len(first.mentions) > others or (alone > 2 and len(first.mentions) == others)
    return first if is_subject else None


def _comes_after(short: Name, full: Name) -> bool:
    """Return whether the full name was met first, or at least stands in the same text often."""
    first = min(mention.span for mention in full.mentions)
    return first < max(mention.span for mention in short.mentions)


def _follows_throughout(short: Name, full: Name) -> bool:
    """Return whether "Jordan" is met only after Michael Jordan, and never as a place is."""
    first = min(mention.span for mention in full.mentions)
    as_place = sum(bool(mention.preposition) for mention in short.mentions)
    return first < min(mention.span for mention in short.mentions) and not as_place


def _merge_shortened(by_form: dict[str, Name]) -> None:
    """Join "the Games" with the Winter Olympic Games: the end, or the start, of one longer name."""
    by_edge: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for form in by_form:
        words = form.split()
        for edge in {words[0], words[-1]} if words else ():
            by_edge[edge].append((form, words))
    for form, name in list(by_form.items()):
        words = form.split()
        if name.article is not None or name.kind is TermKind.PERSON:
            continue
        if len(words) == 1 and not (is_common(form) or is_acronym(form)):
            continue
        longer = {
            other
            for edge in ({words[0], words[-1]} if words else ())
            for key, long in by_edge[edge]
            if (other := by_form[key]) is not name
            and len(long) > len(words)
            and _shortens(words, long, other)
        }
        if len(longer) == 1 and _comes_after(name, owner := next(iter(longer))):
            _merge(by_form, form, owner)


def _shortens(short: list[str], long: list[str], owner: Name) -> bool:
    """Return whether ``short`` is the end of ``long``, or, in a title, its first words."""
    if owner.kind in {TermKind.PERSON, TermKind.PLACE}:
        return False
    if long[-len(short) :] == short:
        if len(short) > 1 and owner.kind is TermKind.CONCEPT:
            return False  # an Officer and a Deputy Officer
        joiner = long[-len(short) - 1]
        return joiner not in SMALL | _PREPOSITIONS  # "Revocation of the Edict" is another thing
    starts = long[: len(short)] == short and len(short) > 1
    return starts and (owner.kind is TermKind.WORK or long[len(short)] in SMALL)


def _merge_first_words(by_form: dict[str, Name]) -> None:
    """Join "Lehman" with the one "Lehman Brothers": a noun follows what no city or person bears."""
    longer: dict[str, set[Name]] = defaultdict(set)
    for form, name in by_form.items():
        words = form.split()
        is_thing = name.kind in {TermKind.ORGANISATION, TermKind.PLACE, TermKind.WORK}
        first = name.main_form.partition(" ")[0]
        if is_thing and len(words) == 2 and is_common(words[1]) and not is_acronym(first):
            longer[words[0]].add(name)
    for form, owners in longer.items():
        if form not in by_form or len(owners) > 1:
            continue
        name, owner = by_form[form], next(iter(owners))
        if name is owner or name.article is not None:
            continue
        word = name.main_form
        shared = is_common(form) or gazetteer.cities(word) or gazetteer.is_given_name(word)
        titled = any(mention.title for mention in name.mentions)
        usual = len(name.mentions) <= _ALONE * len(owner.mentions)
        if usual and not shared and not titled and _comes_after(name, owner):
            _merge(by_form, form, owner)


def _holds(name: Name) -> bool:
    """Return whether a name is sure enough to be shown."""
    term = name.term
    after_figures = sum(mention.after_number for mention in name.mentions)
    if len(term) < 5 and after_figures * 2 >= len(name.mentions):
        return False  # a unit of measurement: "20 kHz"
    words = words_of(term)
    if all(word.casefold() in TITLES for word in words):
        return False
    if not term[0].isalnum() or _NUMBERED.match(term):
        return False  # "'s Ark", "Page A7"
    shouted = len(words) > 1 and all(word.isupper() and len(word) > 1 for word in words)
    if shouted and any(map(is_common, words)):
        return False  # a heading within the text
    if not words or name.ambiguous or len(term) < 2 or not any(c.isalpha() for c in term):
        return False
    set_off = any(mention.work for mention in name.mentions) or _sounds_as_seen(name)
    lone_word = len(words) == 1 and is_common(term) and not is_acronym(term) and not set_off
    if name.article is None and all(m.label == "LANGUAGE" for m in name.mentions):
        return False
    if name.article is not None or (name.certainty >= 3 and not lone_word):
        return True
    labelled = sum(mention.label != "" for mention in name.mentions)
    if len(words) == 1:
        if is_acronym(term):
            is_body = labelled > 0 and term.isalpha() and name.kind is TermKind.ORGANISATION
            return len(name.mentions) > 1 or (is_body and len(term) > 2)
        if lone_word or _is_adjective(term):
            return False
        known = frequency.is_known(term.casefold()) or term.endswith("ly")
        inside = any(not mention.sentence_start for mention in name.mentions) or not known
        return inside and (labelled > 0 or len(name.mentions) > 1 or name.certainty >= 2)
    all_common = all(is_common(word) for word in words)
    if all_common and labelled == 0:
        return len(name.mentions) > 1
    return True


def _sounds_as_seen(name: Name) -> bool:
    """Return whether a word in the dictionary is a name by parser and sound alike.

    A rare word ("Airbus") needs less than a word in use ("Trump"), which is a person or nothing;
    "Army" and "Hub" stay words.
    """
    grade = frequency.grade(name.term.casefold())
    seen = sum(mention.label in _ENTITIES for mention in name.mentions)
    if grade < _IN_USE or seen * 2 <= len(name.mentions) or not name.sounds:
        return False
    kind, chance = max(name.sounds.items(), key=lambda item: item[1])
    if grade < _RARE:
        return kind is TermKind.PERSON and chance >= _CERTAIN
    agreed = all(KIND_OF_LABEL.get(mention.label) is kind for mention in name.mentions)
    named = kind in {TermKind.PERSON, TermKind.PLACE, TermKind.ORGANISATION}
    inside = any(not mention.sentence_start for mention in name.mentions)
    return inside and named and chance >= (_AGREED if agreed else _CLEAR)


def _is_adjective(word: str) -> bool:
    """Return whether the dictionary knows a word as an adjective only ("Olympic")."""
    found = dictionary.senses(word)
    return bool(found) and all(sense.pos == "ADJ" for sense in found)
