"""Words that point elsewhere in the text: "the dispute", "this region", "last year", "such"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from desktop.facts.moment import judge_time
from desktop.facts.verdict import Verdict
from desktop.facts.vocabulary import HUMAN, LEANING, TAKING_UP, UNIQUE_NOUNS, words

if TYPE_CHECKING:
    from collections import Counter

    from spacy.tokens import Token

    from desktop.facts.mentions import Mention
    from desktop.facts.units import Unit

_COMPLEMENTS = frozenset({"prep", "relcl", "acl", "appos", "ccomp", "nummod"})
#: Nouns for states, and for what belongs to them.
_LANDS = words("country nation state power neighbour neighbor side partner")
_STATES = _LANDS | {"government", "capital"}
_SAME_AS_NAME = HUMAN | _LANDS
#: A noun that the text uses so often is clear to who knows which text it is.
_FAMILIAR = 8
_COUNTS = {"two": 2, "three": 3, "four": 4, "both": 2}
#: Places of the text itself.
_IN_TEXT = words("above below here aforementioned preceding following foregoing")
_PARTS = words("many some several few most all both each neither none one two three")
_AFTER = words(
    "thereafter afterwards afterward thereby therein thereof subsequently meanwhile latter"
)
_SOON = words("immediately soon shortly promptly instantly thereupon quickly eventually")
_LEANS = re.compile(
    r"(?:In (?:return|response|retaliation|reply|exchange|doing so|so doing|the process)"
    r"|Later(?: on)?(?=,| [A-Z])|At first|At that|By then|Since then|Until then"
    r"|The (?:next|following|same|previous) (?:day|year|month|week|morning|evening|night)"
    r"|That (?:day|year|month|week|night)|Even)\b(?! (?:to|for|against)\b)"
)
#: Endings of nouns for what was done: "the discovery", "the measurement".
_DEEDS = ("ment", "tion", "sion", "overy")
_ORDINALS = words("first second third fourth fifth sixth seventh eighth ninth tenth last")
_TEXT_PARTS = words(
    "chapter section figure table paragraph page module example diagram image appendix"
)


class Surroundings(Protocol):
    """What the checks need to know of the text around a unit."""

    lemmas: Counter[str]
    title_words: frozenset[str]
    date: str
    #: Whether the text is about one thing that has a name.
    particular: bool

    def titled(self, lemma: str) -> str:
        """Return what the whole text is about where the noun means it, else ""."""

    def named(self, token: Token, unit: Unit) -> Mention | None:
        """Return the name or term that ``token`` is part of."""

    def described(self, lemma: str) -> list[str]:
        """Return the names that this paragraph has called by that noun."""

    def is_latest(self, name: str) -> bool:
        """Return whether no other name has come up in the paragraph since this one."""

    def once(self, lemma: str) -> bool:
        """Return whether the text has brought up just one such thing with "a" or "an"."""

    def two(self, kind: str) -> list[str]:
        """Return the two persons or countries that stand out here, or nothing."""

    def seen(self, lemma: str) -> bool:
        """Return whether the noun occurred before."""

    def unique(self, lemma: str) -> bool:
        """Return whether the noun had "the" from its first mention on."""


def describe_check(token: Token, unit: Unit, around: Surroundings) -> Verdict:
    """Judge one word that may point out of its sentence."""
    word = token.lower_
    opening = _opening(token, unit)
    if opening.refusal:
        return opening
    if word in {"this", "that", "these", "those"}:
        return _demonstrative(token)
    if word == "the" and token.dep_ == "det":
        return _definite(token, unit, around)
    if word in _SOON and token.dep_ == "advmod" and not list(token.children):
        return Verdict(needs_context=token.head == unit.root and unit.root.tag_ == "VBD")
    timely = judge_time(token, around.date)
    if timely is not None:
        return timely
    if _is_one_study(token):
        return Verdict(needs_context=True)
    counted = word == "later" and any(c.dep_ == "npadvmod" for c in token.children)
    if token.tag_ in {"JJR", "RBR"} or counted:
        return _comparative(token, unit)
    return _remainder(token)


def _remainder(token: Token) -> Verdict:
    """Judge "such", "another", "many", "there", "above", "Figure 3" and "thereafter"."""
    word = token.lower_
    if word == "such" and not _followed_by(token, "as") and token.head.lower_ != "as":
        return Verdict(refusal="“such” takes up what came before")
    if word in {"another", "others"} and not (token.i and token.nbor(-1).lower_ == "one"):
        return Verdict(refusal=f"“{token.text}” takes up what came before")
    if word == "other" and not _followed_by(token, "than"):
        definite = any(c.lower_ == "the" for c in token.head.children)
        return Verdict(refusal="“the other” takes up what came before") if definite else Verdict()
    if word in _IN_TEXT and token.dep_ in {"advmod", "pobj", "amod", "pcomp"}:
        return Verdict(refusal=f"“{token.text}” points into the text")
    if token.lemma_.lower() in _TEXT_PARTS and _followed_by_number(token):
        return Verdict(refusal="it points to a figure or part of the text")
    if word in _ORDINALS and token.dep_ in {"nsubj", "nsubjpass"}:
        return Verdict(refusal=f"unclear which is “{token.text}”", back=True)
    alone = token.dep_ in {"nsubj", "nsubjpass"} and not list(token.children)
    if (word in _PARTS and alone) or (word == "there" and token.dep_ == "advmod"):
        return Verdict(refusal=f"“{token.text}” takes up what came before", back=True)
    if word == "time" and [t.lower_ for t in token.lefts] == ["the"] and token.head.lower_ == "at":
        alone = not any(c.i > token.i for c in token.children)
        return (
            Verdict(refusal="“at the time” counts from what came before", back=True)
            if alone
            else Verdict()
        )
    if word in _AFTER:
        return Verdict(refusal=f"“{token.text}” leans on what came before")
    return Verdict()


def _opening(token: Token, unit: Unit) -> Verdict:
    """Judge the first word of a unit, "once more", and "so" in the place of a clause."""
    closed = token.i + 1 < len(token.doc) and token.nbor(1).is_punct
    if token.lower_ == "so" and closed:
        return Verdict(refusal="“so” takes up what came before", back=True)
    if token.lower_ == "more" and token.i and token.nbor(-1).lower_ == "once":
        return Verdict(refusal="“once more” takes up what came before")
    if not unit.tokens or token.i != unit.tokens[0].i:
        return Verdict()
    if _LEANS.match(unit.text, token.idx):
        return Verdict(refusal="the opening leans on what came before")
    if token.lower_ in LEANING and _stands_free(token) and not _is_completed(token):
        return Verdict(refusal=f"“{token.text}” leans on what came before")
    return Verdict()


def _is_one_study(token: Token) -> bool:
    """Return whether the word is "one" before a noun that the text knows ("In one study, …")."""
    return token.lower_ == "one" and token.dep_ == "nummod" and token.head.lemma_ in TAKING_UP


def _stands_free(token: Token) -> bool:
    """Return whether a linking word stands by itself ("Similarly, …") and modifies no noun."""
    return token.dep_ not in {"amod", "compound", "nsubj", "nsubjpass", "expl", "det"}


def _is_completed(token: Token) -> bool:
    """Return whether the linking word says itself what it leans on ("Instead of gold, …")."""
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"of", "than", "from"}


def _is_second_relative(token: Token) -> bool:
    """Return whether a "that" is relative as the one before: "a plan that failed but that …"."""
    if not token.i or token.nbor(-1).dep_ != "cc" or token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return any(t.tag_ in {"WDT", "WP"} for t in token.sent if t.i < token.i)


def _demonstrative(token: Token) -> Verdict:
    """Judge "this", "that", "these", "those" as pronoun or before a noun."""
    if token.tag_ in {"WDT", "IN", "WP"} or token.dep_ in {"mark", "advmod"}:
        return Verdict()
    if _is_second_relative(token):
        return Verdict()
    if token.dep_ != "det":
        explained = any(c.dep_ in {"prep", "relcl", "acl"} for c in token.children)
        if explained and token.lower_ in {"that", "those"}:
            return Verdict()
    if _is_named_here(token):
        return Verdict(edit=(token.idx, token.idx + len(token.text), "the"))
    return Verdict(refusal=f"“{token.text}” takes up what came before", back=True)


def _is_named_here(token: Token) -> bool:
    """Return whether "this process of cell division is called …" says all by itself."""
    noun = token.head
    verb = noun.head
    told = any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children)
    told = told and noun.lemma_ not in {"type", "kind", "sort", "form", "approach", "class"}
    naming = verb.lemma_ in {"call", "know", "term", "name", "refer"}
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return told and naming and passive and noun.dep_ == "nsubjpass" and token.lower_ == "this"


def _definite(token: Token, unit: Unit, around: Surroundings) -> Verdict:
    """Judge a noun with "the": known to everybody, explained here, or a reference back."""
    head = token.head
    lemma = head.lemma_.lower()
    if head.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ"}:
        return Verdict()
    if head.lower_ == "two" and not any(c.i > head.i for c in head.children):
        names = around.two("person")
        joined = " and ".join(names)
        edit = (token.idx, head.idx + len(head.text), joined)
        return Verdict(edit=edit) if names else Verdict(refusal="unclear which two are meant")
    lefts = [c for c in head.lefts if c.i > token.i]
    if any(c.lower_ in _COUNTS for c in lefts):
        return _counted(token, head, lefts, around)
    if any(c.lower_ in {"same", "former", "latter", "above", "following"} for c in lefts):
        return Verdict(refusal=f"“the {head.text}” takes up what came before")
    if head.lower_ in {"former", "latter", "same", "other", "others"} | _ORDINALS:
        return Verdict(refusal=f"“the {head.text}” takes up what came before")
    inside = [head, *lefts]
    if any(t.pos_ == "PROPN" or around.named(t, unit) for t in inside):
        return Verdict()
    if any(c.dep_ in _COMPLEMENTS and c.i > head.i for c in head.children) or _is_placed(head):
        return Verdict()
    following = head.doc[head.i + 1 : head.i + 2]
    if len(following) and following[0].pos_ == "PROPN" and following[0].text[0].isupper():
        return Verdict()
    if lemma in UNIQUE_NOUNS or head.pos_ == "ADJ":
        return Verdict()
    if any(t.text[0].isupper() or t.tag_ in {"JJS", "CD"} or t.ent_type_ for t in lefts):
        return Verdict()
    if any(o.lemma_.lower() == lemma and o.i < token.i for o in unit.tokens):
        return Verdict()
    return _plain_definite(token, head, lefts, unit, around)


def _plain_definite(
    token: Token, head: Token, lefts: list[Token], unit: Unit, around: Surroundings
) -> Verdict:
    """Judge "the dispute", "the company": resolved by an earlier description, or unclear."""
    lemma = head.lemma_.lower()
    names = around.described(lemma)
    bare = not lefts and head.tag_ == "NN"
    place = (token.idx, head.idx + len(head.text))
    if len(names) == 1 and bare and around.is_latest(names[0]):
        return Verdict(edit=(*place, names[0]))
    if bare and not names and (whole := around.titled(lemma)):
        return Verdict(edit=(*place, whole))
    general = _is_general(unit.root) and not around.particular
    deed = bare and lemma.endswith(_DEEDS)
    if lemma not in TAKING_UP | HUMAN and not deed and general:
        return Verdict()
    if {lemma, head.lower_} & around.title_words:
        rival = around.particular and names and around.is_latest(names[-1])
        return _unclear(head) if rival else Verdict(needs_context=True)
    if around.particular or around.once(lemma):
        # The name of the text doesn't tell which one is meant.
        return _unclear(head) if bare else Verdict(needs_context=True)
    return _taken_up(head, lefts, around, deed=deed, general=general)


def _taken_up(
    head: Token, lefts: list[Token], around: Surroundings, *, deed: bool, general: bool
) -> Verdict:
    """Judge a definite noun by what the text has said before."""
    lemma = head.lemma_.lower()
    if lemma in TAKING_UP and (around.lemmas[lemma] >= _FAMILIAR or (lefts and not general)):
        return Verdict(needs_context=True)
    if not lefts and (lemma in TAKING_UP or deed):
        return _unclear(head)
    if around.unique(lemma) and lemma not in TAKING_UP:
        return Verdict()
    if not lefts and around.seen(lemma) and around.lemmas[lemma] < 6:
        return _unclear(head)
    return Verdict(needs_context=around.seen(lemma) or not lefts)


def _unclear(head: Token) -> Verdict:
    """Return the refusal of a noun that more than one thing may be meant by."""
    return Verdict(refusal=f"unclear which {head.text} is meant")


def _is_placed(head: Token) -> bool:
    """Return whether a name says which one it is: "the lighthouse on Skerry Rock"."""
    rest = head.doc[head.i + 1 : head.i + 4]
    if len(rest) < 2 or rest[0].lower_ not in {"of", "on", "in", "at", "near"}:
        return False
    named = rest[2] if len(rest) > 2 and rest[1].lower_ == "the" else rest[1]
    return bool(named.pos_ == "PROPN" and named.text[0].isupper())


def _is_general(root: Token) -> bool:
    """Return whether a clause tells what is always so: "The zygote divides", "can divide"."""
    auxiliaries = [c for c in root.children if c.dep_ in {"aux", "auxpass"} and c.i < root.i]
    finite = auxiliaries[0] if auxiliaries else root
    return (finite.tag_ in {"VBZ", "VBP"} and finite.lemma_ != "have") or finite.lower_ == "can"


def _counted(token: Token, head: Token, lefts: list[Token], around: Surroundings) -> Verdict:
    """Judge "the two presidents": resolved when the text has named exactly so many."""
    count = next(_COUNTS[c.lower_] for c in lefts if c.lower_ in _COUNTS)
    names = around.described(head.lemma_.lower())
    rest = [c for c in head.children if c.i > head.i and c.dep_ in _COMPLEMENTS]
    if len(names) == count and len(lefts) == 1 and not rest:
        joined = ", ".join(names[:-1]) + " and " + names[-1]
        return Verdict(edit=(token.idx, head.idx + len(head.text), joined))
    if rest:
        return Verdict()
    kind = "person" if head.lemma_ in HUMAN else "country" if head.lemma_ in _STATES else ""
    pair = around.two(kind) if count == 2 and len(lefts) == 1 and kind else []
    if pair:
        place = "" if head.lemma_ in _SAME_AS_NAME else f"the {head.text} of "
        edit = (token.idx, head.idx + len(head.text), place + " and ".join(pair))
        return Verdict(edit=edit)
    return Verdict(refusal=f"unclear which {count} {head.text} are meant")


def _comparative(token: Token, unit: Unit) -> Verdict:
    """Judge "higher", "later": fine with its "than", or before a noun."""
    if token.lower_ == "later" and any(c.dep_ == "npadvmod" for c in token.children):
        return Verdict(refusal="“later” counts from what came before", back=True)
    if any(t.lower_ == "than" and 0 < t.i - token.i < 9 for t in unit.tokens):
        return Verdict()
    if token.i and token.nbor(-1).lower_ in {"the", "no"}:
        return Verdict()
    if token.dep_ in {"acomp", "advmod", "attr", "oprd"} and token.lower_ not in {
        "more",
        "earlier",
    }:
        return Verdict(refusal=f"“{token.text}” compares with what came before")
    if token.lower_ == "more" and token.dep_ == "advmod" and token.head.dep_ in {"acomp", "ROOT"}:
        return Verdict(refusal="“more” compares with what came before")
    return Verdict()


def _followed_by(token: Token, word: str) -> bool:
    """Return whether one of the next five words is ``word``."""
    return any(t.lower_ == word for t in token.doc[token.i + 1 : token.i + 6])


def _followed_by_number(token: Token) -> bool:
    """Return whether a number or letter label follows ("Figure 3", "Table B")."""
    following = token.doc[token.i + 1 : token.i + 2]
    if not following:
        return False
    label = following[0].text
    return bool(following[0].like_num) or (len(label) == 1 and label.isupper())
