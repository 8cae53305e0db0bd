"""Mentions → names: one entry per person, place, organisation, event, work or concept.

All mentions of a document decide together: what kind a name is, which form is its full one, and
which shorter or other forms mean the same. A name that only its capital letter speaks for is left
out; so is an ordinary word that happens to be capitalised.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop.glossary import dictionary, encyclopedia
from desktop.glossary.kinds import kind_of_description, kind_of_noun
from desktop.glossary.names import Mention
from desktop.glossary.runs import TITLES, is_common
from desktop.glossary.term import TermKind

_KIND_OF_LABEL = {
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
_ACRONYM = re.compile(r"^(?:[A-Z][A-Z0-9]*\.?){2,}s?$|^[A-Z]+[0-9-]+$")
_ARTICLES = frozenset("la le el il los las les der die das al".split())
_LIFE_DATES = re.compile(r"\((?:born\b|died\b|c\.|\d{1,4}\s?(?:BC)?[–-]\s?(?:c\. )?\d{1,4}).*\)$")
_ORIGIN = re.compile(
    r"^(?:of|relating|pertaining|native|a native|a person|an inhabitant|a resident)\b[^;]*?"
    r"\b(?:of|to|in|from)\s(?:the\s)?([A-Z]\w+(?:\s[A-Z]\w+)*)"
)
_SMALL = frozenset(["of", "the", "and", "for", "on", "in", "de", "del", "la", "le", "van", "von"])


@dataclass(slots=True, eq=False)
class Name:
    """A name with all its forms; ``forms`` counts each form's mentions."""

    forms: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    kind: TermKind = TermKind.CONCEPT
    article: encyclopedia.Article | None = None
    certainty: float = 0.0
    ambiguous: bool = False

    @property
    def term(self) -> str:
        """The full form: the longest of a person's, else the one that the text uses most."""
        if self.kind is TermKind.PERSON:
            return max(self.forms, key=lambda form: (len(form.split()), self.forms[form], form))
        whole = [form for form in self.forms if not self._is_part(form)]
        return min(whole, key=lambda form: (_is_acronym(form), -self.forms[form], -len(form), form))

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
        self.article = self.article or other.article


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
    for form, name in by_form.items():
        name.article = _article(name)
        name.kind, name.certainty = _kind(name, hints.get(form))
        _settle_abbreviation(name, short_forms)
    _merge_abbreviations(by_form, short_forms)
    _merge_articles(by_form)
    _merge_plurals(by_form)
    _merge_people(by_form)
    _merge_shortened(by_form)
    names = [name for name in dict.fromkeys(by_form.values()) if _holds(name)]
    return sorted(names, key=lambda name: min(mention.span for mention in name.mentions))


def _is_acronym(form: str) -> bool:
    return bool(_ACRONYM.match(form))


def _words(form: str) -> list[str]:
    return [word for word in re.findall(r"[\w’'.-]+", form) if word.casefold() not in _SMALL]


def _article(name: Name) -> encyclopedia.Article | None:
    """Return the encyclopaedia's article of a name, never that of an ordinary word.

    A work that the text sets off (the *Economist*) is not the thing its words mean otherwise.
    """
    form = name.forms.most_common(1)[0][0]
    found = encyclopedia.article(form)
    if found is None:
        return None
    if any(mention.work for mention in name.mentions):
        return found if _kind_of_article(found) in {TermKind.WORK, TermKind.ORGANISATION} else None
    if len(_words(form)) == 1 and is_common(form):
        # An ordinary word: only where the parser, too, sees what the article describes.
        seen = {_KIND_OF_LABEL.get(mention.label) for mention in name.mentions} - {None}
        itself = encyclopedia.key(found.title) == encyclopedia.key(form)
        proper = {TermKind.PLACE, TermKind.PERSON} if itself else set(TermKind)
        return found if _kind_of_article(found) in (seen & proper) - {TermKind.CONCEPT} else None
    return found


def _kind(name: Name, hint: TermKind | None) -> tuple[TermKind, float]:
    """Return the kind on which all evidence agrees most, and the votes for it."""
    votes: dict[TermKind, float] = defaultdict(float)
    form = name.forms.most_common(1)[0][0]
    for mention in name.mentions:
        if kind := _KIND_OF_LABEL.get(mention.label):
            votes[kind] += _trust_in_label(kind, form)
        if mention.preposition in {"in", "at", "near", "across", "throughout"}:
            votes[TermKind.PLACE] += 1.0
        if mention.title and set(mention.title.casefold().replace(".", "").split()) & TITLES:
            votes[TermKind.PERSON] += 4
        if mention.work:
            votes[TermKind.WORK] += 3
    scale = 3.0 / max(sum(votes.values()), 3.0)  # many mentions don't outvote everything else
    votes = defaultdict(float, {kind: count * scale for kind, count in votes.items()})
    if by_head := _kind_of_head(form):
        votes[by_head] += 4
    if name.article and (described := _kind_of_article(name.article)):
        votes[described] += 5
    elif " " not in form and not is_common(form) and (by_gloss := _kind_of_gloss(form)):
        votes[by_gloss] += 2
    if hint is not None:
        votes[hint] += 3
    if not votes:
        return (TermKind.ABBREVIATION if _is_acronym(form) else TermKind.CONCEPT), 0.0
    best = max(votes, key=lambda kind: (votes[kind], kind.value))
    return best, votes[best]


def _settle_abbreviation(name: Name, short_forms: dict[str, str]) -> None:
    """Take an abbreviation for what its long form is: a plain phrase is no organisation.

    Without a long form the parser's type of a string of capitals is a guess.
    """
    form = name.forms.most_common(1)[0][0]
    if not _is_acronym(form) or name.article is not None:
        return
    long = short_forms.get(form)
    if long is not None and not any(word[:1].isupper() for word in _words(long)[1:]):
        name.kind, name.certainty = TermKind.ABBREVIATION, 5.0
    elif long is None and name.certainty < 3:
        has_digit = any(c.isdigit() for c in form)
        if has_digit or name.kind is not TermKind.ORGANISATION:
            name.kind = TermKind.ABBREVIATION


def _trust_in_label(kind: TermKind, form: str) -> float:
    """Weigh the parser's type: unknown single words and titled phrases mislead it most."""
    words = _words(form)
    if kind is TermKind.PERSON and len(words) > 1 and all(map(is_common, words)):
        return 0.2
    return 1.0 if len(words) > 1 else 0.8


def _kind_of_gloss(form: str) -> TermKind | None:
    """Return the kind that the dictionary gives a proper noun ("a city in …"), if it has it."""
    found = dictionary.senses(form)
    return kind_of_description(found[0].gloss) if found else None


def _kind_of_article(article: encyclopedia.Article) -> TermKind | None:
    if article.topic == "People":
        return TermKind.PERSON
    found = kind_of_description(article.description)
    if found is None and _LIFE_DATES.search(article.description):
        return TermKind.PERSON
    if found is None:
        match = re.search(r"\b(?:is|was|are|were)\s+(?:an?|the)\s+(.*)", article.first_sentence())
        found = kind_of_description(match.group(1)) if match else None
    return found


def _kind_of_head(form: str) -> TermKind | None:
    """Return the kind shown by the noun in a name of several words ("… Union", "Battle of …")."""
    words = re.findall(r"[\w’'.-]+", form)
    if len(words) < 2:
        return None
    head = words[-1]
    for place, word in enumerate(words):
        if place and word in {"of", "for", "on", "in"}:
            head = words[place - 1]
            break
    if not is_common(head):
        return None
    kind = kind_of_noun(head)
    return None if kind is TermKind.PERSON else kind


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
        if name.kind is TermKind.PERSON and len(_words(name.term)) > 1:
            words = _words(name.term)
            for part in {words[0], words[-1], " ".join(words[1:]), " ".join(words[:-1])}:
                owners[encyclopedia.key(part)].add(name)
    for form, name in list(by_form.items()):
        full = owners.get(form, set()) - {name}
        owner = _bearer(full, len(name.mentions))
        if owner is None:
            name.ambiguous = bool(full)  # "Louis" beside Louis XIII and Louis XIV
            continue
        is_plain_word = is_common(form) and name.kind is not TermKind.PERSON
        if name.article is None and not is_plain_word and _comes_after(name, owner):
            _merge(by_form, form, owner)


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


def _merge_shortened(by_form: dict[str, Name]) -> None:
    """Join "the Games" with the Winter Olympic Games: the end, or the start, of one longer name."""
    for form, name in list(by_form.items()):
        words = form.split()
        if name.article is not None or name.kind is TermKind.PERSON:
            continue
        if len(words) == 1 and not (is_common(form) or _is_acronym(form)):
            continue
        longer = {
            other
            for key, other in by_form.items()
            if other is not name
            and len(key.split()) > len(words)
            and _shortens(words, key.split(), other)
        }
        if len(longer) == 1 and _comes_after(name, owner := next(iter(longer))):
            _merge(by_form, form, owner)


def _shortens(short: list[str], long: list[str], owner: Name) -> bool:
    """Return whether ``short`` is the end of ``long``, or, in a title, its first words."""
    if owner.kind in {TermKind.PERSON, TermKind.PLACE}:
        return False
    if long[-len(short) :] == short:
        return long[-len(short) - 1] not in _SMALL  # "Revocation of the Edict" is another thing
    starts = long[: len(short)] == short and len(short) > 1
    return starts and (owner.kind is TermKind.WORK or long[len(short)] in _SMALL)


def _holds(name: Name) -> bool:
    """Return whether a name is sure enough to be shown."""
    term = name.term
    after_figures = sum(mention.after_number for mention in name.mentions)
    if len(term) < 5 and after_figures * 2 >= len(name.mentions):
        return False  # a unit of measurement: "20 kHz"
    words = _words(term)
    if not words or name.ambiguous or len(term) < 2 or not any(c.isalpha() for c in term):
        return False
    set_off = any(mention.work for mention in name.mentions)
    lone_word = len(words) == 1 and is_common(term) and not _is_acronym(term) and not set_off
    if name.article is None and all(m.label == "LANGUAGE" for m in name.mentions):
        return False
    if name.article is not None or (name.certainty >= 3 and not lone_word):
        return True
    labelled = sum(mention.label != "" for mention in name.mentions)
    if len(words) == 1:
        if _is_acronym(term):
            is_body = labelled > 0 and term.isalpha() and name.kind is TermKind.ORGANISATION
            return len(name.mentions) > 1 or (is_body and len(term) > 2)
        if lone_word or _is_adjective(term):
            return False
        inside = any(not mention.sentence_start for mention in name.mentions)
        return inside and (labelled > 0 or len(name.mentions) > 1 or name.certainty >= 2)
    all_common = all(is_common(word) for word in words)
    if all_common and labelled == 0:
        return len(name.mentions) > 1
    return True


def _is_adjective(word: str) -> bool:
    """Return whether the dictionary knows a word as an adjective only ("Olympic")."""
    found = dictionary.senses(word)
    return bool(found) and all(sense.pos == "ADJ" for sense in found)


def is_people(mention: Mention) -> bool:
    """Return whether a mention names a people or an origin, not a thing of its own."""
    if mention.work or " " in mention.text:
        return False
    if mention.label == "NORP":
        article = encyclopedia.article(mention.text)
        is_named_thing = article is not None and _kind_of_article(article) is TermKind.PLACE
        return not is_named_thing or home_of(mention.text) is not None
    return any(sense.gloss.startswith("a member of a people") for sense in
               dictionary.senses(mention.text))  # fmt: skip


def peoples(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions of peoples and origins ("Chinese", "Tibetan"), hyphenated ones apart."""
    return [mention for mention in mentions if is_people(mention) and "-" not in mention.text]


def home_of(demonym: str) -> str | None:
    """Return the name that a demonym derives from, as the dictionary says ("Chinese" → "China")."""
    for sense in dictionary.senses(demonym):
        match = _ORIGIN.search(sense.gloss)
        if match:
            return match.group(1)
    return None
