"""What things are and do: subjects and objects of telling verbs, identities, places, means.

These are the statements of expository prose, which speaks of kinds of things and names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.grammar import has_more, is_weakened
from desktop.facts.mentions import NAMES, Mention, Mentions
from desktop.facts.target import Target
from desktop.facts.vocabulary import EMPTY, HUMAN, POSITION, SAYING, TAKING_UP, VIEWING, words
from desktop.language import frequency

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Verbs that tell too little of what their subject or object is.
WEAK = words(
    """be have make take do get give include involve show see use become seem appear remain want
    need like say think believe know feel find come go put let keep help allow begin start continue
    try tend mean lead contain represent suggest cause affect influence play provide require face
    receive bear share hold draw raise pose present offer reflect experience learn understand
    lay extend exist apply work stay arise increase decrease rise fall matter focus
    conduct suffer demonstrate place tell report perform do set carry pay enjoy consider gain lose
    develop change express undergo spend ask expect choose seek exhibit display possess meet"""
)
#: What is said to be one of these is told by nothing but itself.
_OUTCOMES = words("result product outcome consequence effect cause reason sign part member")
#: A subject that only stands in a relation has as many answers as the relation has members.
_RELATING = words("refer mean denote define relate associate link correlate correspond differ vary")
#: What these say of a subject must be long to be true of it alone.
_LOOSELY_TOLD = words("occur study observe see perceive know believe consider call measure")
_ORDINALS = words("first second third fourth fifth last next other former latter main")
_NO_TERM = frozenset({"PRON", "PROPN", "NUM", "AUX"})
INDEFINITE = words("some any many most several each every no another all both such more other")
#: Words from this Zipf frequency on are so common that nobody learns them from a card.
_COMMON = 4.6
#: A single word is worth asking for below this Zipf frequency, or where it weighs so much.
_TERM = 3.6
_WEIGHTY = 0.5
#: A question about a kind of thing must tell so many content words of it to have one answer.
_TOLD = 3
#: What is cut off an object may be so long together with it.
_LONGEST_PHRASE = 22
_SITTING = words("locate situate lie find sit")
_PLACING = words("in at on near between behind below above beneath inside under within along")
_FINITE_PLURALS = {"are": "is", "were": "was", "have": "has", "do": "does"}


def objects(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield the short object of a telling verb: "What did Wundt establish at Leipzig in 1879?"."""
    root, thing = clause.root, _object_of(clause)
    if thing is None:
        return
    subtree = [t for t in thing.subtree if t.i < clause.tail_end]
    while subtree and subtree[-1].is_punct and subtree[-1].text != "”":
        subtree.pop()
    if not subtree or subtree[0].i != root.i + 1 or thing.pos_ != "NOUN":
        return
    whole, subtree = subtree, _core_of(thing, subtree)
    if len(subtree) > 9 or len(whole) > _LONGEST_PHRASE:
        return
    if any(t.pos_ == "PRON" or t.like_num or t.tag_ in {"JJR", "RBR"} for t in subtree):
        return
    if any(t.lower_ in INDEFINITE | {"others", "one"} for t in subject_words(clause)):
        return
    if leads_on(subtree) or not _is_pointed(clause, subtree):
        return
    if len(subtree) == 2 and subtree[0].lower_ == "the":
        # "They restored the dynasty": which one the text around tells.
        return
    block = clause.unit.block.index
    known = mentions.within(block, subtree[0].idx, subtree[-1].idx + len(subtree[-1].text))
    if not known and not (is_rare(subtree) and is_rare(subject_words(clause))):
        return
    first, last = subtree[0], subtree[-1]
    span = (first.idx, last.idx + len(last.text))
    human = thing.lemma_.lower() in HUMAN
    asked = propose(
        clause, Role.OBJECT, "thing", (first.i, whole[-1].i + 1), opening="who" if human else ""
    )
    yield Target((span,), FactKind.WHAT, "thing", "object", 0.72, ("what?",), "", asked)


def _object_of(clause: Clause) -> Token | None:
    """Return the one object of a telling verb that has no other answer."""
    root = clause.root
    found = [c for c in root.children if c.dep_ == "dobj" and c.i > root.i]
    joined = [c for c in clause.subject.subtree if c.dep_ == "conj" and c.pos_ == "PROPN"]
    # A row of names: those who wrote a study.
    if len(found) != 1 or len(joined) > 1 or has_more(root) or is_weakened(root):
        return None
    if root.lemma_.lower() in WEAK | VIEWING:
        return None
    human = clause.subject.lemma_.lower() in HUMAN or clause.subject.pos_ == "PROPN"
    # "The stimulus is eating too much": the parser's progressive is a noun.
    return found[0] if root.tag_ != "VBG" or human else None


def _core_of(noun: Token, phrase: list[Token]) -> list[Token]:
    """Return a noun phrase without the clause or addition behind it that makes it long."""
    if len(phrase) <= 9:
        return phrase
    for place, token in enumerate(phrase):
        opens = token.text in {",", "(", "—", "–"} or token.tag_ in {"WDT", "WP", "WRB"}
        opens = opens or token.dep_ == "acl"
        if token.i > noun.i and (opens or (token.dep_ == "prep" and token.lower_ != "of")):
            return phrase[:place]
    return phrase


def _is_pointed(clause: Clause, answer: Sequence[Token]) -> bool:
    """Return whether the rest of the clause tells enough to have one object as its answer."""
    tail = clause.root.doc[clause.tail_start : clause.tail_end]
    told = [t for t in tail if t not in answer and t.pos_ in {"NOUN", "PROPN", "NUM"}]
    own = [t for t in subject_words(clause) if t.pos_ in {"NOUN", "PROPN", "ADJ"}]
    named = any(t.pos_ == "PROPN" for t in own)
    return len(told) >= (1 if named else 0) + (len(own) < 2)


def subjects(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield a kind of thing that does something: "Which gland releases growth hormone?"."""
    root, subject = clause.root, clause.subject
    own = subject_words(clause)
    if subject.tag_ not in {"NN", "NNS"} or len(own) > 5 or is_weakened(root):
        return
    if root.lemma_.lower() in WEAK | SAYING | POSITION | _RELATING:
        return
    if any(t.pos_ in _NO_TERM or t.is_punct or t.dep_ == "prep" for t in own):
        return
    if any(t.lower_ in _ORDINALS for t in own):
        return
    if subject.text[0].isupper() and not subject.is_sent_start:
        return
    if subject.lemma_.lower() in HUMAN | TAKING_UP | EMPTY or own[0].lower_ in INDEFINITE:
        return
    block = clause.unit.block.index
    known = mentions.covering(block, subject.idx, subject.idx + len(subject.text))
    if known is not None and (known.kind in NAMES or known.name[:1].isupper()):
        return
    if (known is None and not is_rare(own)) or _told(clause) < _TOLD:
        return
    if root.lemma_ in _LOOSELY_TOLD and _told(clause) < 2 * _TOLD:
        return
    if len(own) == 1 + (own[0].dep_ == "det") and not _is_a_term(subject, known):
        return
    inner = [t for t in own if t.dep_ != "det"]
    span = (inner[0].idx, inner[-1].idx + len(inner[-1].text))
    asked = _asked_subject(clause, inner)
    yield Target((span,), FactKind.WHAT, "thing", "subject", 0.68, ("what?",), "", asked)


def _is_a_term(noun: Token, known: Mention | None) -> bool:
    """Return whether a single word is of the subject's own language, not of everyday speech."""
    rare = frequency.zipf(noun.lemma_) < _TERM
    return rare or (known is not None and known.importance >= _WEIGHTY)


def _asked_subject(clause: Clause, inner: Sequence[Token]) -> Proposition | None:
    """Return "which gland …" for "the thyroid gland", "what …" for a single word."""
    asked = propose(clause, Role.SUBJECT, "thing", clause.subject_range)
    if asked is None:
        return None
    kind = inner[-1].text.islower() and frequency.zipf(inner[-1].lemma_) < _COMMON + 0.6
    counted = clause.subject.tag_ == "NNS" or any(c.dep_ == "det" for c in clause.subject.children)
    if len(inner) > 1 and kind and counted:
        return replace(asked, opening=f"which {inner[-1].text}")
    opening = "who" if clause.subject.lemma_.endswith(("ist", "ician")) else "what"
    if clause.subject.tag_ == "NN":
        return replace(asked, opening=opening)
    verb = _in_the_singular(clause, asked.verb)
    return replace(asked, opening=opening, verb=verb) if verb else None


def _in_the_singular(clause: Clause, verb: str) -> str | None:
    """Return a verb group of a plural subject as "what" takes it, None where it can't be told."""
    finite = clause.operator or clause.root
    rest = verb.split()
    if finite.text not in rest:
        return None
    place = rest.index(finite.text)
    if finite.tag_ in {"VBP", "VB"} or finite.text.lower() in _FINITE_PLURALS:
        rest[place] = third_person(finite.text.lower())
    elif finite.tag_ not in {"VBD", "MD"}:
        return None
    return " ".join(rest)


def third_person(verb: str) -> str:
    """Return the third person singular of the present tense of a plural form."""
    if verb in _FINITE_PLURALS:
        return _FINITE_PLURALS[verb]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def identities(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield what one definite thing is: "The capital of Peru is Lima", "The largest organ is …"."""
    root, subject = clause.root, clause.subject
    if root.lemma_ != "be" or clause.operator != root or is_weakened(root):
        return
    attribute = next((c for c in root.children if c.dep_ == "attr" and c.i > root.i), None)
    if attribute is None or subject.pos_ != "NOUN" or not _is_definite(clause):
        return
    subtree = [t for t in attribute.subtree if t.i < clause.tail_end]
    while subtree and subtree[-1].is_punct and subtree[-1].text != "”":
        subtree.pop()
    if not subtree or subtree[0].i != root.i + 1 or len(subtree) > 7:
        return
    plain = not any(t.dep_ in {"relcl", "acl", "advcl"} or t.text in {",", ":"} for t in subtree)
    if not plain or attribute.pos_ not in {"NOUN", "PROPN"} or attribute.lemma_ in EMPTY:
        return
    if attribute.lemma_.lower() in _OUTCOMES:
        return
    if attribute.pos_ == "NOUN" and attribute.left_edge.lower_ in INDEFINITE | {"a", "an", "one"}:
        return
    if any(t.pos_ == "PRON" or t.like_num for t in subtree):
        return
    block = clause.unit.block.index
    known = mentions.covering(block, attribute.idx, attribute.idx + len(attribute.text))
    if known is None and not is_rare(subtree):
        return
    person = known is not None and known.kind == "person" and known.sure
    asked = propose(
        clause, Role.OBJECT, "identity", (subtree[0].i, subtree[-1].i + 1),
        opening="who" if person else "",
    )  # fmt: skip
    asks = known.kind if known is not None and known.sure and known.kind in NAMES else "thing"
    hint = "who?" if person else "what?"
    inner = [t for t in subtree if t.dep_ != "det" or t.i > attribute.i]
    span = (inner[0].idx, inner[-1].idx + len(inner[-1].text))
    kind = FactKind.WHO if person else FactKind.WHAT
    yield Target((span,), kind, asks, "identity", 0.85, (hint,), "", asked)


def _is_definite(clause: Clause) -> bool:
    """Return whether the subject names one thing by what it is: "the capital of Peru"."""
    subject = clause.subject
    own = subject_words(clause)
    if any(t.lower_ in {"next", "last", "previous", "first", "main", "other"} for t in own):
        return False
    determined = any(t.lower_ == "the" or t.dep_ == "poss" for t in own)
    told = [t for t in own if t.pos_ in {"NOUN", "PROPN", "ADJ"} and t != subject]
    tied = any(c.dep_ == "prep" and c.lower_ in {"of", "for", "in"} for c in subject.children)
    empty = subject.lemma_.lower() in EMPTY | TAKING_UP | HUMAN
    return determined and bool(told) and (tied or not empty)


def places(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield where a thing is: "Where is the thyroid gland located?", "Where is Mostar?"."""
    root = clause.root
    there = root.lemma_ == "be" and _is_a_place(clause, mentions)
    sitting = root.lemma_ in _SITTING and is_rare(subject_words(clause))
    if not (there or sitting) or is_weakened(root):
        return
    if root.lemma_ == "find" and not any(c.dep_ == "auxpass" for c in root.children):
        return
    for preposition in root.children:
        if preposition.i < root.i or preposition.lower_ not in _PLACING:
            continue
        subtree = [t for t in preposition.subtree if t.i < clause.tail_end]
        if not 2 <= len(subtree) <= 8 or subtree[0].i != root.i + 1:
            continue
        if any(t.pos_ == "PRON" or t.is_punct or t.like_num for t in subtree):
            continue
        if there and not any(t.pos_ == "PROPN" for t in subtree):
            continue
        first, last = subtree[0], subtree[-1]
        span = (first.idx, last.idx + len(last.text))
        asked = propose(clause, Role.PLACE, "place", (first.i, last.i + 1))
        yield Target((span,), FactKind.WHERE, "where", "place", 0.75, ("where?",), "", asked)
        return


def _is_a_place(clause: Clause, mentions: Mentions) -> bool:
    """Return whether the subject is a place or a house that has a name."""
    subject, block = clause.subject, clause.unit.block.index
    known = mentions.covering(block, subject.idx, subject.idx + len(subject.text))
    return known is not None and known.kind in {"place", "country", "organisation"}


def means(clause: Clause) -> Iterator[Target]:
    """Yield how something is done: "by …ing"."""
    for preposition in clause.root.children:
        if preposition.i < clause.root.i or preposition.lower_ != "by":
            continue
        if not any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in preposition.children):
            continue
        subtree = [t for t in preposition.subtree if t.i < clause.tail_end]
        if not 3 <= len(subtree) <= 9 or subtree[-1].i + 1 != clause.tail_end:
            continue
        if any(t.pos_ == "PRON" or t.is_punct for t in subtree):
            continue
        first, last = subtree[0], subtree[-1]
        span = (first.idx, last.idx + len(last.text))
        asked = propose(clause, Role.DESCRIPTION, "means", (first.i, last.i + 1), opening="how")
        yield Target((span,), FactKind.CAUSE, "means", "means", 0.7, ("how?",), "", asked)
        return


def subject_words(clause: Clause) -> list[Token]:
    """Return the tokens of the subject without what is added between commas."""
    return list(clause.root.doc[clause.subject_range[0] : clause.subject_range[1]])


def is_rare(tokens: Sequence[Token]) -> bool:
    """Return whether a noun or an adjective of the phrase is no everyday word."""
    return any(
        t.pos_ in {"NOUN", "PROPN", "ADJ"}
        and t.is_alpha
        and len(t) > 3
        and frequency.zipf(t.lemma_) < _COMMON
        for t in tokens
    )


def _told(clause: Clause) -> int:
    """Count the content words that the clause says of its subject."""
    tail = clause.root.doc[clause.tail_start : clause.tail_end]
    return sum(t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"} and not t.is_stop for t in tail)


def leads_on(subtree: Sequence[Token]) -> bool:
    """Return whether the phrase leaves open what it means ("a number of …", "such effects")."""
    empty = subtree[0].lower_ in INDEFINITE | {"this", "these", "those", "that"}
    return empty or any(t.lemma_.lower() in {"number", "variety", "range", "lot"} for t in subtree)
