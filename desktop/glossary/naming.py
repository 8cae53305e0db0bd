"""A name with all its forms, its kind and its article: what the evidence together says it is.

The parser's type, the words around each mention, the noun in the name itself, given names, the
gazetteer, the dictionary and the encyclopaedia vote; no one of them is right often enough alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from desktop.glossary import dictionary, encyclopedia, gazetteer
from desktop.glossary.kinds import is_company_word, kind_of_noun
from desktop.glossary.name_kinds import (
    REGIONAL,
    WORD,
    kind_of_article,
    kind_of_gloss,
    kind_of_head,
    kind_of_part,
)
from desktop.glossary.names import Mention
from desktop.glossary.runs import TITLES, is_common
from desktop.glossary.term import TermKind

KIND_OF_LABEL = {
    "PERSON": TermKind.PERSON,
    "GPE": TermKind.PLACE,
    "LOC": TermKind.PLACE,
    "FAC": TermKind.PLACE,
    "ORG": TermKind.ORGANISATION,
    "EVENT": TermKind.EVENT,
    "WORK_OF_ART": TermKind.WORK,
    "LAW": TermKind.WORK,
    "PRODUCT": TermKind.CONCEPT,
    "LANGUAGE": TermKind.CONCEPT,
}
#: What "… Revolution" weighs: more than an article that calls it a movement.
_EVENT_HEAD = 5.5
#: What one mention's type by the parser weighs at least.
_SEEN = 0.8
#: What a name's sound weighs beside one mention's type by the parser (1) and an article (5).
_SOUND = 3.0
SMALL = frozenset(["of", "the", "and", "for", "on", "in", "de", "del", "la", "le", "van", "von"])
_ACRONYM = re.compile(r"^(?:[A-Z][A-Z0-9]*\.?){2,}s?$|^[A-Z]+[0-9-]+$")
_INITIAL = re.compile(r"^(?:[A-Z]\.)+[A-Z]?\.?$")
_VERSUS = re.compile(r"\svs?\.?\s")
#: Nouns of places that are family names, too.
_SURNAMES = frozenset(
    """
    bank banks bridge bush camp church field fields forest gate hall hill hills lake land lane mill
    mills nation park parks rivers stone wood woods
    """.split()
)


@dataclass(slots=True, eq=False)
class Name:
    """A name with all its forms; ``forms`` counts each form's mentions."""

    forms: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    kind: TermKind = TermKind.CONCEPT
    article: encyclopedia.Article | None = None
    certainty: float = 0.0
    ambiguous: bool = False
    votes: dict[TermKind, float] = field(default_factory=dict)
    sounds: dict[TermKind, float] = field(default_factory=dict)

    @property
    def term(self) -> str:
        """The full form: the longest of a person's, else the one that the text uses most."""
        if self.kind is TermKind.PERSON:
            return max(self.forms, key=lambda form: (len(form.split()), self.forms[form], form))
        whole = [form for form in self.forms if not self._is_part(form)]
        return min(whole, key=lambda form: (is_acronym(form), -self.forms[form], -len(form), form))

    @property
    def main_form(self) -> str:
        """The form that the text uses most."""
        return self.forms.most_common(1)[0][0]

    def _is_part(self, form: str) -> bool:
        """Return whether a form only shortens another ("Fund" of a "Resolution Fund")."""
        words = encyclopedia.key(form).split()
        longer = (encyclopedia.key(other).split() for other in self.forms)
        return any(
            len(other) > len(words) and words in (other[-len(words) :], other[: len(words)])
            for other in longer
        )

    def absorb(self, other: Name) -> None:
        """Take over all mentions of another name."""
        self.forms.update(other.forms)
        self.mentions += other.mentions
        if self.article is None and other.article is not None:
            is_person = kind_of_article(other.article) is TermKind.PERSON
            same = is_person == (self.kind is TermKind.PERSON)
            self.article = other.article if same else None  # Luís Montenegro is no country


def is_acronym(form: str) -> bool:
    """Return whether a form is made of capitals: "NATO", "U.S.", "G20"."""
    return bool(_ACRONYM.match(form))


def words_of(form: str) -> list[str]:
    """Return the words of a form without the small ones that join them."""
    return [word for word in WORD.findall(form) if word.casefold() not in SMALL]


def spelled_out(form: str) -> str:
    """Return a name with the abbreviation that it begins with spelled out: "UN Charter"."""
    first, _, rest = form.partition(" ")
    if not rest or not is_acronym(first):
        return form
    found = encyclopedia.article(first)
    is_place = found is not None and kind_of_article(found) is not TermKind.PERSON
    return f"{found.title} {rest}" if found is not None and is_place else form


def settle(
    name: Name,
    hint: TermKind | None,
    short_forms: dict[str, str],
    sounds: dict[TermKind, float] | None = None,
) -> None:
    """Give a name its article and the kind on which all evidence agrees most.

    ``sounds`` are the chances of the kinds by the name alone (``name_model``).
    """
    name.sounds = sounds or {}
    name.article = _article(name)
    votes = _votes_of_mentions(name)
    for kind, weight in _votes_of_form(name).items():
        votes[kind] += weight
    if name.article is not None and (_speaks_against(votes, name) or _is_namesake(votes, name)):
        name.article = None  # "St. Augustine" the town is not the saint
    for kind, weight in _votes_of_books(name).items():
        votes[kind] += weight
    if hint is not None:
        votes[hint] += 3
    if _is_articled(name):
        votes[TermKind.PERSON] *= 0.2  # "the Po"
    if _is_mere_guess(name, votes) and not gazetteer.cities(name.main_form):
        votes.clear()
    if name.article is None and not any(mention.work for mention in name.mentions):
        for kind, chance in name.sounds.items():
            votes[kind] += _SOUND * chance
        if _is_never_human(name):
            votes[TermKind.PERSON] *= 0.4
    name.votes = votes
    if votes:
        decide(name)
    else:
        acronym = is_acronym(name.main_form)
        name.kind = TermKind.ABBREVIATION if acronym else TermKind.CONCEPT
    if name.article is None and _is_office(name):
        name.kind = TermKind.CONCEPT
    _settle_abbreviation(name, short_forms)


def decide(name: Name) -> None:
    """Give a name the kind that has most votes."""
    name.kind = max(name.votes, key=lambda kind: (name.votes[kind], kind.value))
    name.certainty = name.votes[name.kind]


def _is_office(name: Name) -> bool:
    """Return whether a name is that of an office: "First Minister", "Presiding Officers"."""
    words = words_of(name.main_form)
    set_off = any(mention.work or mention.title for mention in name.mentions)
    is_role = kind_of_noun(words[-1]) is TermKind.PERSON if len(words) > 1 else False
    return is_role and not set_off and all(map(is_common, words))


def _article(name: Name) -> encyclopedia.Article | None:
    """Return the encyclopaedia's article of a name, never that of an ordinary word.

    A work that the text sets off (the *Economist*) is not the thing its words mean otherwise.
    """
    form = name.main_form
    if any(mention.work for mention in name.mentions):
        return encyclopedia.work(form)
    found = encyclopedia.article(form) or encyclopedia.article(spelled_out(form))
    if found is None:
        return None
    if is_acronym(form) and form.replace(".", "") not in found.introduction.replace(".", "")[:600]:
        return None  # the probe PLATO is not Plato
    if len(words_of(form)) == 1 and is_common(words_of(form)[0]):
        # An ordinary word: only where the parser, too, sees what the article describes.
        seen = {KIND_OF_LABEL.get(mention.label) for mention in name.mentions} - {None}
        itself = encyclopedia.key(found.title) == encyclopedia.key(form)
        proper = {TermKind.PLACE, TermKind.PERSON} if itself else set(TermKind)
        return found if kind_of_article(found) in (seen & proper) - {TermKind.CONCEPT} else None
    return found


def _speaks_against(votes: dict[TermKind, float], name: Name) -> bool:
    """Return whether the text itself shows another kind than the article of an alias has."""
    if name.article is None or encyclopedia.key(name.article.bare_title) in _keys(name):
        return False
    kind = kind_of_article(name.article)
    other = {TermKind.PERSON: TermKind.PLACE, TermKind.PLACE: TermKind.PERSON}.get(
        kind or name.kind
    )
    return kind is not None and other is not None and votes[other] - votes[kind] >= 2


def _is_namesake(votes: dict[TermKind, float], name: Name) -> bool:
    """Return whether the article is on another thing of that name: Siemens the unit."""
    article = name.article
    kind = kind_of_article(article) if article is not None else None
    if article is None or kind is None or not article.title.endswith(")"):
        return False
    return not votes.get(kind) and max(votes.values(), default=0.0) >= _SEEN


def _keys(name: Name) -> set[str]:
    return {encyclopedia.key(form) for form in name.forms}


def _votes_of_books(name: Name) -> dict[TermKind, float]:
    """Return the kind that the encyclopaedia, else the dictionary, gives the name."""
    form = name.main_form
    if name.article is not None:
        described = kind_of_article(name.article)
        return {described: 5.0} if described else {}
    if " " not in form and not is_common(form) and (by_gloss := kind_of_gloss(form)):
        return {by_gloss: 2.0}
    return {}


def _votes_of_mentions(name: Name) -> dict[TermKind, float]:
    """Return what the parser and the surroundings say, scaled: many mentions prove no more."""
    votes: dict[TermKind, float] = defaultdict(float)
    form = name.main_form
    for mention in name.mentions:
        if kind := KIND_OF_LABEL.get(mention.label):
            doubt = 0.4 + name.sounds[kind] if name.sounds else 1.0
            votes[kind] += _trust_in_label(kind, form) * min(doubt, 1.0)
        if mention.preposition in {"in", "at", "near", "across", "throughout"}:
            votes[TermKind.PLACE] += 1.0
        if mention.title and set(mention.title.casefold().replace(".", "").split()) & TITLES:
            votes[TermKind.PERSON] += 4
        if mention.cue is not None:
            votes[mention.cue] += 3
        if mention.work:
            votes[TermKind.WORK] += 3
    scale = 3.0 / max(sum(votes.values()), 3.0)
    return defaultdict(float, {kind: count * scale for kind, count in votes.items()})


def _votes_of_form(name: Name) -> dict[TermKind, float]:
    """Return what the words of the name say by themselves; those of a title say nothing."""
    votes: dict[TermKind, float] = defaultdict(float)
    form = name.main_form
    words = WORD.findall(form)
    by_head = kind_of_head(form)
    is_title = all(mention.work for mention in name.mentions) and len(words) > 1
    if is_title and (by_head is not TermKind.PLACE or ":" in form):
        return {TermKind.WORK: 3.0}
    if _VERSUS.search(form):
        return {TermKind.EVENT: 6.0}  # a case at law
    if by_head and _is_called_so(name, words):
        votes[by_head] += 1.5
        votes[TermKind.PERSON] += 2.0
    elif by_head:
        votes[by_head] += _EVENT_HEAD if by_head is TermKind.EVENT else 4
    elif len(words) > 1 and (by_part := kind_of_part(words)):
        votes[by_part] += 2.5
    if len(words) > 1 and ("&" in form or is_company_word(words[-1])):
        votes[TermKind.ORGANISATION] += 4
    if gazetteer.is_country(form):
        votes[TermKind.PLACE] += 5
    if "–" not in form and reads_as_person(words):
        is_sure = len(words) > 1 and not is_common(words[0])
        votes[TermKind.PERSON] += 2.5 if is_sure else 0.8
    elif gazetteer.cities(form):
        votes[TermKind.PLACE] += 0 if gazetteer.is_given_name(form) else 2
    elif len(words) > 1 and any(_is_large_city(word) for word in words):
        votes[TermKind.ORGANISATION] += 1.5  # "Dinamo Zagreb", "Manchester United"
    return votes


def _is_articled(name: Name) -> bool:
    return sum(mention.articled for mention in name.mentions) * 2 > len(name.mentions)


def _is_never_human(name: Name) -> bool:
    """Return whether a lone word stands often, and never as people do or are called."""
    form = name.main_form
    return (
        len(name.mentions) > 2
        and " " not in form
        and not gazetteer.is_given_name(form)
        and all(m.cue is not TermKind.PERSON and not m.title for m in name.mentions)
    )


def _is_called_so(name: Name, words: list[str]) -> bool:
    """Return whether a given name stands before a noun in what the parser takes for a person."""
    seen = sum(mention.label == "PERSON" for mention in name.mentions)
    is_given = gazetteer.is_given_name(words[0]) and not is_common(words[0])
    placed = any(mention.preposition or mention.articled for mention in name.mentions)
    is_surname = words[-1].casefold() in _SURNAMES and not placed
    family = kind_of_noun(words[-1]) is TermKind.ORGANISATION and not placed  # "Thomas Brand"
    is_person = seen * 2 > len(name.mentions) or is_surname or family
    return len(words) == 2 and is_given and is_person


def _is_mere_guess(name: Name, votes: dict[TermKind, float]) -> bool:
    """Return whether only the parser takes a word that never stands where places do for one."""
    only = {kind for kind, weight in votes.items() if weight} == {TermKind.PLACE}
    unknown = name.article is None and not dictionary.senses(name.main_form)
    guessed = only and unknown and all(m.cue is None for m in name.mentions)
    unplaced = not any(mention.preposition for mention in name.mentions)
    return guessed and unplaced and len(name.mentions) > 2 and " " not in name.main_form


def reads_as_person(words: list[str]) -> bool:
    """Return whether words are built like a person's name: given name or initials, family name."""
    if "of" in words[1:]:
        words = words[: words.index("of")]  # "Eric of Pomerania"
    first, last = words[0], words[-1]
    if any(c.isdigit() for word in words for c in word) or len(words) > 5:
        return False
    if len(words) > 1 and _INITIAL.match(first):
        return not is_common(last) or len(words) == 2
    if not gazetteer.is_given_name(first):
        return False
    if len(words) == 1:
        return not gazetteer.cities(first) and not gazetteer.is_country(first)
    head = kind_of_noun(last) if is_common(last) else None
    return head is None and first.casefold() not in REGIONAL


def _is_large_city(word: str) -> bool:
    large = any(city.population > 200_000 for city in gazetteer.cities(word))
    return large and not gazetteer.is_given_name(word) and not is_common(word)


def _settle_abbreviation(name: Name, short_forms: dict[str, str]) -> None:
    """Take an abbreviation for what its long form is: a plain phrase is no organisation.

    Without a long form the parser's type of a string of capitals is a guess.
    """
    form = name.main_form
    if not is_acronym(form) or name.article is not None:
        return
    long = short_forms.get(form)
    if long is not None and not any(word[:1].isupper() for word in words_of(long)[1:]):
        name.kind, name.certainty = TermKind.ABBREVIATION, 5.0
    elif long is None and name.certainty < 3:
        has_digit = any(c.isdigit() for c in form)
        if has_digit or name.kind is not TermKind.ORGANISATION:
            name.kind = TermKind.ABBREVIATION


def _trust_in_label(kind: TermKind, form: str) -> float:
    """Weigh the parser's type: unknown single words and titled phrases mislead it most."""
    words = words_of(form)
    if kind is TermKind.PERSON and len(words) > 1 and all(map(is_common, words)):
        return 0.2
    return 1.0 if len(words) > 1 else 0.8
