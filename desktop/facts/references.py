"""Who is "he", which are "the two presidents": resolved where it is sure, refused where not."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.facts.descriptions import describe_check
from desktop.facts.grammar import (
    deep_in,
    is_cut_off,
    is_expletive,
    is_idiom,
    is_loose_also,
    is_rival,
    loose_range,
    modified,
    own_subject,
    part_of,
    subject_of,
)
from desktop.facts.mentions import NAMES, Mention, Mentions
from desktop.facts.units import Unit
from desktop.facts.verdict import Verdict
from desktop.facts.vocabulary import HUMAN

if TYPE_CHECKING:
    from spacy.tokens import Token

_HUMAN_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers"})
_FEMALE = frozenset({"she", "her", "hers"})
_THING_PRONOUNS = frozenset({"it", "its"})
_PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs"})
_FIRST_PERSON = frozenset(
    {"i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours", "one’s", "one's"}
)
#: Nouns of amount: "it" in "90 percent of it" isn't the percentage.
_SHARES = frozenset(
    {
        "number",
        "figure",
        "level",
        "rate",
        "percent",
        "cent",
        "half",
        "third",
        "quarter",
        "part",
        "rest",
        "most",
    }
)
_SHARED = frozenset({"century", "time", "age", "era", "world", "planet", "day", "species"})


@dataclass(frozen=True, slots=True)
class Settled:
    """What a unit needs in order to stand alone: ``edits`` (start, end, new text) of its text,
    the context of its document where it shows what stands at one of ``leaning``, or nothing;
    ``refusal`` says why it can't, ``back`` whether the sentence before would make it clear,
    ``as_of`` for which day it holds, ``refused_at`` where the first refused word stands.
    """

    edits: tuple[tuple[int, int, str], ...] = ()
    leaning: tuple[int, ...] = ()
    refusal: str = ""
    back: bool = False
    as_of: str = ""
    refused_at: int = -1


def _in_clause_of_its_own(token: Token) -> bool:
    """Return whether a pronoun stands in a main clause before the one that is looked at."""
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    return verb.dep_ in {"ccomp", "parataxis", "ROOT"} and subject_of(verb) is not None


def _is_quoted(token: Token, unit: Unit) -> bool:
    """Return whether a word stands between quotation marks: then somebody else speaks."""
    before = unit.text[unit.start : token.idx]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


@dataclass(slots=True)
class _Topic:
    """The subject of a clause that was read: what a pronoun of the next one may take up."""

    text: str
    number: str
    human: bool
    sure: bool


class Discourse:
    """What was said so far in a document; units must be given to it in reading order."""

    def __init__(
        self,
        mentions: Mentions,
        lemmas: Counter[str],
        title: str,
        pairs: Counter[frozenset[str]],
        *,
        date: str = "",
        one_thing: bool = False,
        main: str = "",
    ) -> None:
        self._mentions = mentions
        self.lemmas = lemmas
        self.date = date
        self.title_words = frozenset(title.lower().split())
        self._title = title if one_thing else ""
        self._main = main
        self.particular = bool(main)
        self._main_names: set[str] = set()
        self._main_nouns: set[str] = set()
        self._paragraph = -1
        self._topic: _Topic | None = None
        self._people: list[str] = []
        self._recent = ""
        self._genders: dict[str, bool] = {}
        self._by_description: dict[str, list[str]] = defaultdict(list)
        self._older: dict[str, list[str]] = {}
        self._pairs = pairs
        self._last_pair: str | None = None
        self._introduced: dict[str, bool] = {}
        self._indefinite: Counter[str] = Counter()

    def settle(self, unit: Unit) -> Settled:
        """Resolve what the unit refers to, then remember what it says."""
        if unit.block.index != self._paragraph:
            self._paragraph = unit.block.index
            self._topic = None
            self._people = []
            self._recent = ""
            self._older, self._by_description = self._by_description, defaultdict(list)
        edits: list[tuple[int, int, str]] = []
        refusal = ""
        back = True
        leaning: list[int] = []
        refused_at = -1
        as_of = ""
        for token in unit.tokens:
            verdict = self._pronoun(token, unit)
            if verdict is None:
                verdict = describe_check(token, unit, self)
            if verdict.edit:
                edits.append(verdict.edit)
            elif is_loose_also(token):
                edits.append(loose_range(token))
            if verdict.needs_context:
                leaning.append(token.idx)
            as_of = as_of or verdict.as_of
            if verdict.refusal and not refusal:
                refusal, refused_at = verdict.refusal, token.idx
            back = back and (verdict.back or not verdict.refusal)
        edits = [
            (a, b, "the " + new[4:] if new.startswith("The ") and a != unit.start else new)
            for a, b, new in edits
        ]
        self._remember(unit, edits, refusal)
        return Settled(tuple(edits), tuple(leaning), refusal, back, as_of, refused_at)

    def named(self, token: Token, unit: Unit) -> Mention | None:
        """Return the name or term that ``token`` is part of."""
        mention = self._mentions.covering(unit.block.index, token.idx, token.idx + len(token.text))
        return mention if mention and mention.kind in NAMES | {"concept"} else None

    def described(self, lemma: str) -> list[str]:
        """Return the names that this paragraph or the last has called by that noun, in order."""
        names = self._by_description.get(lemma, [])
        return list(dict.fromkeys([*self._older.get(lemma, []), *names]))

    def is_latest(self, name: str) -> bool:
        """Return whether no other name has come up in the paragraph since this one."""
        return name.removeprefix("the ") == self._recent

    def titled(self, lemma: str) -> str:
        """Return what the text is about where the noun means it ("the 1973 oil crisis", "Lyon")."""
        if lemma in self._main_nouns and self._recent in {"", *self._main_names}:
            return self._main
        words = self._title.lower().split()
        plain = 2 <= len(words) <= 5 and not {"of", "in", "and", "for", "to"} & set(words)
        return f"the {self._title}" if plain and words[-1] == lemma else ""

    def once(self, lemma: str) -> bool:
        """Return whether the text has brought up just one such thing with "a" or "an"."""
        return self._indefinite[lemma] == 1

    def two(self, kind: str) -> list[str]:
        """Return the two persons or countries that stand out here, or nothing.

        They are the only two of their kind in the paragraph so far, or are named in the whole text
        at least three times each and twice as often as any other.
        """
        near = list(dict.fromkeys(self._people)) if kind == "person" else []
        if len(near) == 2:
            return near
        ranked = self._mentions.ranked(kind)
        if len(ranked) < 2 or near:
            return []
        second, third = ranked[1][1], ranked[2][1] if len(ranked) > 2 else 0
        return sorted(name for name, _ in ranked[:2]) if second >= max(3, 2 * third) else []

    def seen(self, lemma: str) -> bool:
        """Return whether the noun occurred before this unit."""
        return lemma in self._introduced

    def unique(self, lemma: str) -> bool:
        """Return whether the noun had "the" from its first mention on, as what exists once has."""
        return self._introduced.get(lemma, False)

    def _pronoun(self, token: Token, unit: Unit) -> Verdict | None:
        """Judge a personal pronoun; None where ``token`` isn't one."""
        word = token.lower_
        if word in _FIRST_PERSON and token.pos_ in {"PRON", "DET"}:
            generic = word == "our" and token.head.lemma_.lower() in _SHARED
            generic = generic or (token.tag_ == "PRP$" and _is_quoted(token, unit))
            return (
                Verdict() if generic else Verdict(refusal=f"“{token.text}” is the author or reader")
            )
        if word not in _HUMAN_PRONOUNS | _THING_PRONOUNS | _PLURAL_PRONOUNS:
            return None
        if word == "it" and (is_expletive(token) or is_idiom(token)):
            return Verdict()
        if self._inside(token, unit):
            return Verdict()
        name = self._outside(token, unit)
        if name is None:
            return Verdict(refusal=f"unclear whom or what “{token.text}” means", back=True)
        if token.tag_ == "PRP$" or word in {"his", "its", "their"}:
            name += "’" if name.endswith("s") and word == "their" else "’s"
        return Verdict(edit=(token.idx, token.idx + len(token.text), name))

    def _inside(self, token: Token, unit: Unit) -> bool:
        """Return whether the unit itself names what the pronoun means, before it."""
        subject = subject_of(unit.root)
        if subject is not None and token.i == subject.i:
            # "X no longer exists: it …": a subject that the unit names before is meant.
            return any(
                self._fits(token, other, unit)
                for other in unit.tokens
                if other.i < token.i
                and other.dep_ in {"nsubj", "nsubjpass"}
                and other.pos_ != "PRON"
            )
        in_lead = subject is not None and token.i < subject.left_edge.i
        if in_lead and _in_clause_of_its_own(token):
            return any(o.i < token.i and self._fits(token, o, unit) for o in unit.tokens)
        if in_lead:
            # "In his book, Marx …": the subject that follows is meant, when it fits.
            return subject is not None and self._fits(token, subject, unit)
        if subject is not None and subject.left_edge.i <= token.i <= subject.right_edge.i:
            return any(
                self._fits(token, other, unit)
                for other in unit.tokens
                if subject.left_edge.i <= other.i < token.i and other.pos_ in {"NOUN", "PROPN"}
            )
        # An object is never its own clause's subject, unless it is a reflexive.
        own = own_subject(token)
        if subject is not None and subject != own and self._fits(token, subject, unit):
            return True
        before = [t for t in unit.tokens if t.i < token.i and t.pos_ in {"NOUN", "PROPN"}]
        return any(
            self._fits(token, other, unit)
            for other in before
            if other.dep_ != "compound" and not part_of(other, own) and not deep_in(other, subject)
        )

    def _fits(self, pronoun: Token, noun: Token, unit: Unit) -> bool:
        """Return whether the pronoun can mean the noun."""
        word = pronoun.lower_
        if noun.pos_ == "PRON":
            # "he … his": the pronoun that stands first is resolved on its own.
            return any(
                word in group and noun.lower_ in group
                for group in (_HUMAN_PRONOUNS, _THING_PRONOUNS, _PLURAL_PRONOUNS)
            ) or (word in _PLURAL_PRONOUNS and noun.lower_ in {"who", "those", "some", "many"})
        mention = self.named(noun, unit)
        person = mention is not None and mention.kind == "person"
        if word in _THING_PRONOUNS and mention is not None and not mention.sure:
            person = False
        human = person or noun.lemma_.lower() in HUMAN
        joined = any(c.dep_ == "conj" and c.i < pronoun.i for c in noun.children)
        plural = noun.tag_ in {"NNS", "NNPS"} or joined
        if word in _THING_PRONOUNS and noun.dep_ == "conj" and pronoun.tag_ != "PRP$":
            return False
        if not noun.text[0].isalpha() or noun.lemma_.lower() in _SHARES:
            return False
        if word in _PLURAL_PRONOUNS:
            generic = human and any(
                c.lower_ in {"a", "an", "each", "every", "any", "no"} for c in noun.children
            )
            return plural or generic or (mention is not None and mention.kind == "people")
        if word in _HUMAN_PRONOUNS:
            return human and not plural
        return not human and not plural

    def _outside(self, token: Token, unit: Unit) -> str | None:
        """Return what an earlier clause of the paragraph called what the pronoun means, if sure."""
        subject = subject_of(unit.root)
        if subject is None or token.i > subject.right_edge.i:
            return None
        in_subject = token.i == subject.i or token.head.i == subject.i
        if not in_subject and not (token.i < subject.left_edge.i and token.lower_ == "their"):
            return None
        word = token.lower_
        topic = self._topic
        if word in _HUMAN_PRONOUNS:
            return self._person(word in _FEMALE)
        wanted = "plural" if word in _PLURAL_PRONOUNS else "singular"
        if topic is not None and topic.sure and not topic.human and topic.number == wanted:
            return topic.text
        unclear = topic is None or topic.number != "plural"
        if wanted != "plural" or not unclear:
            return None
        pair = list(dict.fromkeys(self._people))
        return " and ".join(pair) if len(pair) == 2 else self._protagonists()

    def _protagonists(self) -> str | None:
        """Return the two that the whole text is about, in the words used last.

        They are sure where all pairs of names that the text joins more than once come to four
        mentions or more and are at most two pairs (two countries, and those who lead them).
        """
        repeated = [count for count in self._pairs.values() if count > 1]
        sure = sum(repeated) >= 4 and len(repeated) <= 2
        return self._last_pair if sure else None

    def _person(self, female: bool) -> str | None:
        """Return the one person whom "he" or "she" can mean here."""
        topic = self._topic
        fitting = [n for n in dict.fromkeys(self._people) if self._genders.get(n, female) == female]
        if topic is not None and topic.human and topic.sure and topic.text in fitting:
            chosen = topic.text
        elif len(fitting) == 1 and len(set(self._people)) == 1 and (topic is None or topic.sure):
            chosen = fitting[0]
        else:
            return None
        self._genders[chosen] = female
        return chosen

    def _remember(self, unit: Unit, edits: list[tuple[int, int, str]], refusal: str) -> None:
        """Keep the unit's names, its descriptions of them and its subject."""
        mentions = self._mentions.within(unit.block.index, unit.start, unit.end)
        people = [m for m in mentions if m.kind == "person"]
        self._people += [m.name for m in people]
        for token in unit.tokens:
            if token.tag_ == "NN" and any(c.lower_ in {"a", "an"} for c in token.lefts):
                self._indefinite[token.lemma_.lower()] += 1
            if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() not in self._introduced:
                noun = token.head if token.dep_ == "compound" else token
                definite = token.pos_ == "NOUN" and any(c.lower_ == "the" for c in noun.lefts)
                self._introduced[token.lemma_.lower()] = definite
        for mention in mentions:
            if mention.kind in NAMES:
                self._remember_description(mention, unit)
                if mention.kind != "people":
                    self._recent = mention.name
        self._topic = self._topic_of(unit, edits, refusal, people)

    def _remember_description(self, mention: Mention, unit: Unit) -> None:
        """Note the noun that a name is called by: "President X", "X, a company", "X is a city"."""
        inside = [t for t in unit.tokens if mention.start <= t.idx < mention.end]
        if not inside or is_cut_off(inside[0]):
            return
        head = next((t for t in inside if t.head not in inside), inside[0])
        nouns = [t for t in head.lefts if t.dep_ == "compound" and t not in inside]
        nouns += [t for t in head.children if t.dep_ == "appos"]
        if head.dep_ == "appos":
            nouns.append(head.head)
        if head.dep_ == "nsubj" and head.head.lemma_ == "be":
            nouns += [t for t in head.head.children if t.dep_ == "attr"]
        if head.pos_ == "PROPN" and len(inside) > 1 and mention.kind not in {"person", "country"}:
            nouns.append(head)
        surface = unit.text[mention.start : mention.end]
        main = bool(self._main) and surface == self._main.removeprefix("the ")
        if main:
            self._main_names.add(mention.name)
        for noun in nouns:
            if main and noun.tag_ == "NN" and noun.dep_ in {"attr", "appos"}:
                self._main_nouns.add(noun.lemma_.lower())
            names = self._by_description[noun.lemma_.lower()]
            before = inside[0].nbor(-1).lower_ if inside[0].i else ""
            name = f"the {mention.name}" if before == "the" else mention.name
            if name not in names and mention.name not in names:
                names.append(name)

    def _rivals(self, unit: Unit, subject: Mention) -> set[str]:
        """Return the other names of a clause that "it" could take up as well as its subject."""
        found = set()
        for token in unit.tokens:
            if is_rival(token, unit.root):
                mention = self.named(token, unit)
                if mention is not None and mention.name != subject.name:
                    found.add(mention.name)
        return found

    def _topic_of(
        self,
        unit: Unit,
        edits: list[tuple[int, int, str]],
        refusal: str,
        people: list[Mention],
    ) -> _Topic | None:
        """Return the subject of the unit as something that the next one may take up."""
        subject = subject_of(unit.root)
        if subject is None:
            return None
        for start, end, text in edits:
            if start <= subject.idx < end:
                plural = subject.lower_ in _PLURAL_PRONOUNS or subject.tag_ in {"NNS", "CD"}
                human = subject.lower_ in _HUMAN_PRONOUNS
                sure = not human or len({m.name for m in people} - {text}) == 0
                return _Topic(text, "plural" if plural else "singular", human, sure)
        if subject.pos_ == "PRON":
            return _Topic(subject.text, "", subject.lower_ in _HUMAN_PRONOUNS, sure=False)
        words = [t for t in subject.subtree if not t.is_punct] or [subject]
        mention = self.named(subject, unit)
        joined = [c for c in subject.children if c.dep_ == "conj"]
        if joined:
            parts = [subject, *joined]
            named = all(self.named(part, unit) for part in parts)
            text = unit.text[words[0].idx : words[-1].idx + len(words[-1].text)]
            sure = named and len(words) <= 6 and len(joined) == 1 and not refusal
            if sure:
                names = [self.named(part, unit) for part in parts]
                pair = frozenset(m.name for m in names if m is not None)
                self._last_pair = text if self._pairs[pair] > 1 else self._last_pair
            return _Topic(text, "plural", human=False, sure=sure)
        human = (mention is not None and mention.kind == "person") or subject.lemma_ in HUMAN
        if mention is not None:
            others = {m.name for m in people} - {mention.name}
            number = "plural" if subject.tag_ in {"NNS", "NNPS"} else "singular"
            name = mention.name
            if mention.kind not in {"person"}:
                name = unit.text[words[0].idx : words[-1].idx + len(words[-1].text)]
            short = len(words) <= 5 or mention.kind == "person"
            rivals = others if human else self._rivals(unit, mention)
            return _Topic(name, number, human, sure=short and not rivals)
        counted = subject.lemma_.lower() in _SHARES
        if subject.tag_ == "NNS" and len(words) <= 3 and not modified(subject) and not counted:
            text = unit.text[words[0].idx : words[-1].idx + len(words[-1].text)]
            text = text if words[0].pos_ == "PROPN" else text[0].lower() + text[1:]
            return _Topic(text, "plural", human=False, sure=words[0].pos_ != "DET")
        return _Topic(subject.text, "", human, sure=False)
