"""Names, titles and abbreviations that are worth being asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.grammar import is_weakened
from desktop.facts.mentions import NAMES, Mention, Mentions
from desktop.facts.target import Target, head_of
from desktop.facts.units import Unit
from desktop.facts.vocabulary import HUMAN, SAYING, TAKING_UP, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_EXPANSION = re.compile(r"\(([A-Z][A-Za-z&-]{1,7})[,;) ]")
_TITLE = re.compile(r"[“\"]([A-Z][^“”\"]{8,120}?)[.,]?[”\"]")
_HINTS = {
    "person": "who?",
    "country": "which country?",
    "organisation": "which organisation?",
    "event": "which event?",
    "work": "title",
    "people": "which people?",
}
_KINDS = {
    "person": FactKind.WHO,
    "people": FactKind.WHO,
    "organisation": FactKind.WHO,
    "country": FactKind.WHO,
    "place": FactKind.WHERE,
}
#: Verbs of which "where" asks a full answer.
_PLACED = words(
    """bear found establish hold locate sign build meet die live open occur begin study teach work
    bury discover publish launch settle base situate"""
)
_PARTICLES = frozenset(
    {"ul", "al", "bin", "ibn", "van", "von", "de", "del", "la", "da", "el", "di"}
)


#: Bodies of people that are called by a name and by what they are.
_BODIES = words(
    """family dynasty empire administration government army party bank company tribe church movement
    committee council regime federation league clan kingdom republic commission court agency fleet
    brothers sultanate caliphate orchestra expedition"""
)


def named_kinds(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield the name of a "Rothschild family", a "Song dynasty": "Which family possessed …?"."""
    root, subject = clause.root, clause.subject
    first, last = clause.subject_range
    own = [t for t in root.doc[first:last] if t.dep_ != "det" or t.head != subject]
    if subject.lower_ not in _BODIES or not subject.is_lower or len(own) < 2 or own[-1] != subject:
        return
    name = own[:-1]
    if not all(t.dep_ == "compound" and t.text[0].isupper() for t in name):
        return
    if is_weakened(root) or root.lemma_ in {"be", "have"} | SAYING:
        return
    block = clause.unit.block.index
    start, end = name[0].idx, name[-1].idx + len(name[-1].text)
    known = mentions.covering(block, start, end)
    if known is None or known.kind not in NAMES:
        return
    kind = subject.text
    asked = propose(clause, Role.SUBJECT, "which", (first, last), opening=f"which {kind}")
    span = (start, subject.idx + len(kind))
    yield Target(
        (span,), FactKind.WHO, "which", "named_kind", 0.75, (f"which {kind}?",),
        f"The {clause.unit.text[span[0] : span[1]]}", asked,
    )  # fmt: skip


def titles(unit: Unit) -> Iterator[Target]:
    """Yield titles in quotation marks, without the marks."""
    for match in _TITLE.finditer(unit.text, unit.start, unit.end):
        words = match.group(1).split()
        if _is_listed(unit.text, match.start(), match.end()):
            continue
        if len(words) >= 3 and all(w[0].isupper() or len(w) < 4 for w in words):
            yield Target((match.span(1),), FactKind.WHAT, "work", "title", 0.85, ("title",))


def _is_listed(text: str, start: int, end: int) -> bool:
    """Return whether a title in quotation marks is one of several in a row."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    behind = re.match(r"[,/]\s*(?:and |or )?[“\"A-Z]|(?:and|or) [“\"A-Z]", after)
    return bool(behind or re.search(r"[”\"],?(?: and| or|/)?$", before) or before.endswith("/"))


def between(unit: Unit, found: list[Mention]) -> Iterator[Target]:
    """Yield the two names of "between X and Y", also of "between A’s X and B’s Y"."""
    text = unit.text
    owned = r"(?:the |[A-Z][\w.-]+(?: [A-Z][\w.-]+)*[’']s? )?"
    for left, right in pairwise(_outermost(found, text)):
        before = re.search(rf"\bbetween {owned}$", text[unit.start : left.start])
        joined = re.fullmatch(rf" and {owned}", text[left.end : right.start])
        if not before or not joined or {left.kind, right.kind} - NAMES - {"concept"}:
            continue
        if re.match(r" [a-z]+s?\b(?! (?:and|or)\b)", text[right.end :]) and "people" in {
            left.kind,
            right.kind,
        }:
            continue
        hints = tuple(_HINTS.get(m.kind, "name") if m.sure else "name" for m in (left, right))
        yield Target(
            ((left.start, left.end), (right.start, right.end)),
            FactKind.LIST,
            "pair",
            "between",
            0.8,
            hints,
            f"{text[left.start : left.end]} and {text[right.start : right.end]}",
        )


def _outermost(found: list[Mention], text: str) -> list[Mention]:
    """Return the mentions without the owners of what follows ("Putin" of "Putin’s Union")."""
    return [m for m in found if not re.match(r"[’']s? ", text[m.end : m.end + 3])]


def expansions(unit: Unit) -> Iterator[Target]:
    """Yield the long form of an abbreviation in brackets: "World Health Organization (WHO)"."""
    text = unit.text
    for match in _EXPANSION.finditer(text, unit.start, unit.end):
        letters = [c.lower() for c in match.group(1) if c.isupper()]
        start = _long_form(text, unit.start, match.start(), letters) if len(letters) > 1 else None
        if start is None:
            continue
        end = len(text[: match.start()].rstrip())
        yield Target(
            ((start, end),),
            FactKind.DEFINITION,
            "expansion",
            "abbreviation",
            0.75,
            ("full name",),
            text[start:end],
            Proposition(Role.EXPANSION, "expansion", subject=match.group(1).removesuffix("s")),
        )


def _long_form(text: str, start: int, end: int, letters: list[str]) -> int | None:
    """Return where the words begin whose initials are ``letters``, each word used in order."""
    words = list(re.finditer(r"[^\W_]+", text[start:end]))
    wanted = len(letters) - 1
    for word in reversed(words[-len(letters) - 5 :]):
        if word.group() in {"of", "the", "and", "for", "on", "in", "to", "de", "a"}:
            continue
        if word.group()[0].lower() != letters[wanted]:
            return None
        if wanted == 0:
            return start + word.start()
        wanted -= 1
    return None


def named(
    mention: Mention, tokens: list[Token], clause: Clause | None, unit: Unit
) -> Target | None:
    """Return a name or term by the part that it plays in the clause."""
    head = head_of(tokens)
    if head.dep_ == "conj" or any(c.dep_ == "conj" or _is_tight(c) for c in head.children):
        return None
    after_colon = re.search(r"[A-Z][\w’']*: $", unit.text[unit.start : mention.start])
    if _is_part_of_a_name(tokens, mention) or clause is None or after_colon:
        return None
    role, worth = _part(head, clause)
    if role is Role.AGENT and mention.kind not in {"person", "country", "organisation", "people"}:
        role, worth = Role.OBJECT, 0.5
    if role is None or (mention.kind == "concept" and len(tokens) == 1 and tokens[0].is_lower):
        return None
    if role is Role.OBJECT and re.match(r", [A-Z]", unit.text[mention.end :]):
        return None
    if mention.kind == "concept" and role is Role.SUBJECT:
        if clause.root.lemma_ in {"be", "have", "become"}:
            return None
        worth = 0.5
    asks = mention.kind if mention.sure and not _is_doubtful(head, mention) else "name"
    proposition = _question(mention, tokens, clause, role, asks)
    if proposition is not None:
        worth += 0.05
    elif role is Role.OBJECT:
        worth -= 0.05
    hint = _HINTS.get(asks, "name" if mention.kind in NAMES else "term")
    if asks == "place":
        hint = "where?" if role is Role.PLACE else "which place?"
    return Target(
        ((mention.start, mention.end),),
        _KINDS.get(asks, FactKind.WHAT),
        asks,
        f"name_{role.value}",
        worth,
        (hint,),
        _full_name(mention, unit.text[mention.start : mention.end]),
        proposition,
    )


def _question(
    mention: Mention, tokens: list[Token], clause: Clause, role: Role, asks: str
) -> Proposition | None:
    """Return the question for a name by its part, None where it would be clumsy."""
    head = head_of(tokens)
    if role is Role.OBJECT:
        return _asked_object(mention, tokens, head, clause)
    doer = role is not Role.AGENT or mention.kind in {"person", "country"}
    if asks == "name" or not doer or role not in {Role.SUBJECT, Role.AGENT, Role.PLACE}:
        return None
    return _asked(mention, tokens, head, clause, role)


def _full_name(mention: Mention, surface: str) -> str:
    """Return the name in full where the text writes it shorter, else ""."""
    longer = len(mention.name) > len(surface) and set(surface.split()) <= set(mention.name.split())
    full = mention.name != surface and (
        mention.kind == "person" or (mention.kind == "organisation" and longer)
    )
    return mention.name if full else ""


def _is_tight(child: Token) -> bool:
    """Return whether an apposition belongs to the name, not set off from it by a comma."""
    return child.dep_ == "appos" and child.left_edge.nbor(-1).text not in {",", "—", "–"}


def _is_part_of_a_name(tokens: list[Token], mention: Mention) -> bool:
    """Return whether a capitalised word stands directly before or behind the name."""
    doc = tokens[0].doc
    before = doc[tokens[0].i - 1] if tokens[0].i else None
    after = doc[tokens[-1].i + 1] if tokens[-1].i + 1 < len(doc) else None
    title = before is not None and (before.lemma_.lower() in HUMAN or before.text.endswith("."))
    if before is not None and before.lower_ in _PARTICLES and before.i:
        led_by = before.nbor(-1)
        if led_by.text[0].isupper() or led_by.text == "-":
            return True
    led = before is not None and before.pos_ == "PROPN" and not title and before.text[0].isupper()
    followed = after is not None and after.pos_ == "PROPN" and after.text[0].isupper()
    dated = after is not None and after.like_num
    if mention.kind in {"organisation", "work"} and after is not None and after.lower_ == "and":
        # "the Board of Church and Society" is one name.
        followed = followed or after.nbor(1).text[0].isupper()
    some = {"many", "some", "most", "several", "few", "other", "all", "both"}
    counted = any(
        c.dep_ == "nummod" or c.lower_ in some or (c.dep_ == "amod" and c.is_lower)
        for t in tokens
        for c in t.children
    )
    return (
        led
        or _is_named_by_place(tokens[-1], mention)
        or (len(tokens) == 1 and tokens[0].lower_ in TAKING_UP | HUMAN)
        or followed
        or dated
        or counted
        or (mention.kind in NAMES and not mention.name[:1].isupper())
    )


def _is_doubtful(head: Token, mention: Mention) -> bool:
    """Return whether a person stands where a place would: nobody is "at" or "in" somebody."""
    return mention.kind == "person" and head.head.lower_ in {"at", "in", "near", "into"}


def _is_named_by_place(last: Token, mention: Mention) -> bool:
    """Return whether an "of" goes on with a person's name ("William of Malmesbury")."""
    rest = last.doc[last.i + 1 : last.i + 3]
    joined = len(rest) == 2 and rest[0].lower_ == "of" and rest[1].text[0].isupper()
    return joined and mention.kind in {"person", "people"}


def _part(head: Token, clause: Clause) -> tuple[Role | None, float]:
    """Return which part of the main clause a name plays, and what asking for it is worth."""
    root = clause.root
    if head.dep_ in {"nsubj", "nsubjpass"} and head.head == root:
        return Role.SUBJECT, 0.7
    if head.dep_ in {"dobj", "attr", "oprd"} and head.head == root:
        return Role.OBJECT, 0.6
    if head.dep_ != "pobj":
        return None, 0.0
    preposition = head.head
    if preposition.dep_ == "agent" and preposition.head == root:
        return Role.AGENT, 0.75
    if preposition.head == root:
        placed = preposition.lower_ in {"in", "at"} and root.lemma_ in _PLACED
        return (Role.PLACE, 0.65) if placed else (Role.OBJECT, 0.45)
    if preposition.head.dep_ in {"dobj", "attr"} and preposition.head.head == root:
        return Role.OBJECT, 0.5
    return None, 0.0


def _asked_object(
    mention: Mention, tokens: list[Token], head: Token, clause: Clause
) -> Proposition | None:
    """Return the question for a name that is the direct object: "What did X close in 1987?"."""
    first, last = head.left_edge.i, tokens[-1].i + 1
    own = [t for t in head.subtree if t not in tokens and t.dep_ != "det"]
    if head.dep_ != "dobj" or head.head != clause.root or own or first != clause.root.i + 1:
        return None
    if clause.root.lemma_ in {"have", "include", "make", "see", "get"} or is_weakened(clause.root):
        return None
    kind = mention.kind if mention.sure else "name"
    opening = {"person": "whom", "country": "which country"}.get(kind, "what")
    return propose(clause, Role.OBJECT, mention.kind, (first, last), opening=opening)


def _asked(
    mention: Mention, tokens: list[Token], head: Token, clause: Clause, role: Role
) -> Proposition | None:
    """Return the proposition of a question whose answer is the name and no more."""
    if role is Role.SUBJECT:
        first, last = clause.subject_range
        inside = head.doc[first:last]
        extra = [t for t in inside if t not in tokens and t.dep_ != "det" and not t.is_punct]
        titled = all(t.dep_ == "compound" or t.ent_type_ == "NORP" for t in extra)
        if extra and not (titled and mention.kind == "person"):
            return None
        if clause.root.lemma_ in SAYING and any(c.dep_ == "neg" for c in clause.root.children):
            return None
        verb = (clause.operator or clause.root).lower_
        if verb in {"are", "were", "have"} or (
            clause.root.tag_ == "VBP" and clause.operator is None
        ):
            return None
        return propose(clause, Role.SUBJECT, mention.kind, (first, last))
    subtree = list(head.head.subtree)
    added = {t for c in head.children if c.dep_ == "appos" for t in c.subtree}
    own = [t for t in subtree if t.dep_ != "det" and t not in added and not t.is_punct]
    if len(own) > len(tokens) + 1:
        return None
    if head.head.i < clause.tail_start:
        return None
    return propose(clause, role, mention.kind, (head.head.i, subtree[-1].i + 1))
