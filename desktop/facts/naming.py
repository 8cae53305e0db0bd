"""Names, titles, lists and abbreviations that are worth being asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.mentions import NAMES, Mention
from desktop.facts.target import Target, head_of
from desktop.facts.units import Unit
from desktop.facts.vocabulary import HUMAN, words

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
_PLURALS = {"country": "countries", "person": "people", "organisation": "organisations"}
_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
_KINDS = {
    "person": FactKind.WHO,
    "people": FactKind.WHO,
    "organisation": FactKind.WHO,
    "country": FactKind.WHO,
    "place": FactKind.WHERE,
}
_LINK = re.compile(r"(?:,? and|,) (?:the )?")
#: Verbs of which "where" asks a full answer.
_PLACED = words(
    """bear found establish hold locate sign build meet die live open occur begin study teach work
    bury discover publish launch settle base situate"""
)
_GOES_ON = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_PARTICLES = frozenset(
    {"ul", "al", "bin", "ibn", "van", "von", "de", "del", "la", "da", "el", "di"}
)
_LOOSE_LISTS = frozenset({"as", "like", "including", "include", "includes", "e.g.", "eg"})


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


def lists(unit: Unit, found: list[Mention], clause: Clause | None) -> Iterator[Target]:
    """Yield lists of three to five short members, and pairs of names that act together."""
    rows = list(_rows(unit, found))
    for row in rows:
        yield _row(row, clause)
    covered = [(row[0].start, row[-1].end) for row in rows]
    for token in unit.tokens:
        if any(a <= token.idx < b for a, b in covered):
            continue
        if token.dep_ == "conj" or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        members = _members(token)
        pair = len(members) == 2 and clause is not None and token == clause.subject
        if not (3 <= len(members) <= 5 or pair) or not _plain(members, unit):
            continue
        names = [m for m in found if any(m.start <= t.idx < m.end for t in members)]
        kinds = {m.kind for m in names if m.kind in NAMES and m.sure}
        same = len(kinds) == 1 and len({m.start for m in names}) == len(members)
        if pair and not (same and kinds <= {"person", "country"}):
            continue
        target = _listed(unit, members, kinds.pop() if same else "", clause)
        if target is not None:
            yield target


def _rows(unit: Unit, found: list[Mention]) -> Iterator[list[Mention]]:
    """Yield three to five names of one kind that stand in a row: "Australia, UK and the US"."""
    text = unit.text
    row: list[Mention] = []
    for mention in [*found, None]:
        link = text[row[-1].end : mention.start] if row and mention is not None else ""
        if mention is not None and row and mention.kind == row[-1].kind and _LINK.fullmatch(link):
            row.append(mention)
            continue
        if 3 <= len(row) <= 5 and _closed(text, row) and row[0].kind in NAMES:
            before = text[unit.start : row[0].start].lower().rstrip(" ,").rsplit(" ", 1)[-1]
            if before.removesuffix(" the") not in _LOOSE_LISTS:
                yield row
        row = [mention] if mention is not None and mention.sure else []


def _closed(text: str, row: list[Mention]) -> bool:
    """Return whether "and" stands before the last name only and the list ends there."""
    links = [text[a.end : b.start] for a, b in pairwise(row)]
    last = "and" in links[-1] and not any("and" in link for link in links[:-1])
    return last and not re.match(r",? (?:and|as well as) [A-Z]|, [A-Z]", text[row[-1].end :])


def _row(row: list[Mention], clause: Clause | None) -> Target:
    """Return the target that hides a row of names; a subject can be asked for with "which"."""
    kind = row[0].kind
    plural = _PLURALS.get(kind, "")
    hint = f"which {_NUMBERS[len(row)]} {plural}?" if plural else f"which {_NUMBERS[len(row)]}?"
    asked = None
    if clause is not None and plural:
        first, last = clause.subject_range
        doc = clause.root.doc
        opens = doc[first].idx in {row[0].start, row[0].start - 4}
        if opens and doc[last - 1].idx + len(doc[last - 1].text) == row[-1].end:
            noun = f"{_NUMBERS[len(row)]} {plural}"
            asked = propose(clause, Role.SUBJECT, "group", (first, last), plural=True, noun=noun)
    span = (row[0].start, row[-1].end)
    return Target((span,), FactKind.LIST, kind, "list", 1.0, (hint,), "", asked)


def _members(token: Token) -> list[Token]:
    """Return the members of the co-ordination that ``token`` opens, in order."""
    members = [token]
    while len(members) < 8:
        last = members[-1]
        # The model calls the second of three names an apposition of the first at times.
        appositions = [
            c for c in last.children if c.dep_ == "appos" and c.pos_ == last.pos_ == "PROPN"
        ]
        joined = sorted(
            [c for c in last.children if c.dep_ == "conj"] + appositions, key=lambda t: t.i
        )
        if not joined:
            break
        if len(joined) > 1 and joined[0].dep_ == "appos":
            members += joined
        else:
            members.append(joined[0])
    return members


def _plain(members: list[Token], unit: Unit) -> bool:
    """Return whether a list is whole and has only short members."""
    first, last = members[0], members[-1]
    if any(c.dep_ in {"relcl", "acl", "prep"} for m in members for c in m.children):
        return False
    if any(t.lower_ in {"respectively", "etc"} for t in unit.tokens):
        return False
    if any(m.pos_ not in {"NOUN", "PROPN"} or m.like_num for m in members):
        return False
    following = first.doc[last.i + 1 : last.i + 3]
    if len(following) == 2 and following[0].text == "," and following[1].pos_ in _GOES_ON:
        return False
    if any(c.dep_ == "nummod" for m in members for c in m.children):
        return False
    before = first.doc[max(0, first.left_edge.i - 1)].lower_
    if before in _LOOSE_LISTS or first.head.lower_ in _LOOSE_LISTS:
        return False
    inside = first.doc[first.i : last.i + 1]
    links = [t.lower_ for t in inside if t.dep_ == "cc"]
    commas = sum(t.text == "," for t in inside)
    return links == ["and"] and commas >= len(members) - 2


def _listed(unit: Unit, members: list[Token], asks: str, clause: Clause | None) -> Target | None:
    """Return the target that hides all members at once."""
    first, last = members[0], members[-1]
    start = first.left_edge.i
    while first.doc[start].dep_ in {"det", "poss", "case", "cc"} and start < first.i:
        start += 1
    span = (first.doc[start].idx, last.idx + len(last.text))
    text = unit.text[span[0] : span[1]]
    inside = first.doc[start : last.i + 1]
    if any(t.pos_ in {"VERB", "AUX", "SCONJ"} or t.tag_ in {"WDT", "WP"} for t in inside):
        return None
    if any(t.lower_ in {"other", "others", "various", "several"} for t in inside):
        return None
    if len(text.split()) > 8 or span[0] < unit.start or span[1] > unit.end or "(" in text:
        return None
    count = _NUMBERS[len(members)]
    plural = _PLURALS.get(asks)
    hint = f"which {count} {plural}?" if plural else f"which {count}?"
    proposition = None
    if clause is not None and first == clause.subject and plural:
        whole = first.doc[clause.subject_range[1] - 1] == last
        if whole and clause.subject_range[0] >= start - 1:
            noun = f"{count} {plural}"
            proposition = propose(
                clause, Role.SUBJECT, "group", clause.subject_range, plural=True, noun=noun
            )
    # Any three things can be members of a row; names of one kind are a fact.
    worth = 0.8 if plural else 0.5
    return Target((span,), FactKind.LIST, asks or "list", "list", worth, (hint,), "", proposition)


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
    if head.dep_ == "conj" or any(c.dep_ in {"conj", "appos"} for c in head.children):
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
    proposition = None
    doer = role is not Role.AGENT or mention.kind in {"person", "country"}
    if asks != "name" and doer and role in {Role.SUBJECT, Role.AGENT, Role.PLACE}:
        proposition = _asked(mention, tokens, head, clause, role)
    if proposition is not None:
        worth += 0.05
    elif role is Role.OBJECT:
        worth -= 0.05
    hint = _HINTS.get(asks, "name" if mention.kind in NAMES else "term")
    if asks == "place":
        hint = "where?" if role is Role.PLACE else "which place?"
    full = mention.kind == "person" and mention.name != unit.text[mention.start : mention.end]
    return Target(
        ((mention.start, mention.end),),
        _KINDS.get(asks, FactKind.WHAT),
        asks,
        f"name_{role.value}",
        worth,
        (hint,),
        mention.name if full else "",
        proposition,
    )


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
    some = {"many", "some", "most", "several", "few", "other", "all", "both"}
    counted = any(
        c.dep_ == "nummod" or c.lower_ in some or (c.dep_ == "amod" and c.is_lower)
        for t in tokens
        for c in t.children
    )
    return (
        led
        or _is_named_by_place(tokens[-1], mention)
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
        verb = (clause.operator or clause.root).lower_
        if verb in {"are", "were", "have"} or (
            clause.root.tag_ == "VBP" and clause.operator is None
        ):
            return None
        return propose(clause, Role.SUBJECT, mention.kind, (first, last))
    subtree = list(head.head.subtree)
    if len([t for t in subtree if t.dep_ != "det"]) > len(tokens) + 1:
        return None
    if head.head.i < clause.tail_start:
        return None
    return propose(clause, role, mention.kind, (head.head.i, subtree[-1].i + 1))
