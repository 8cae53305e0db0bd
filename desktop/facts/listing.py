"""Lists that are worth being asked for: names in a row, and a few short members together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import FactKind, Role
from desktop.facts.mentions import NAMES, Mention
from desktop.facts.target import Target
from desktop.facts.units import Unit

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLURALS = {"country": "countries", "person": "people", "organisation": "organisations"}
_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
_LINK = re.compile(r"(?:,? and|,) (?:the )?")
#: A member of the row that stands before those that were recognised.
_GOES_BEFORE = re.compile(r"[A-Z][\w’'.]+,\s(?:the\s)?$")
_GOES_ON = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LOOSE_MEMBERS = frozenset({"other", "others", "various", "several", "many", "some", "most"})
_LOOSE_LISTS = frozenset({"as", "like", "including", "include", "includes", "e.g.", "eg"})


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
        joined = mention is not None and row and mention.kind == row[-1].kind
        if mention is not None and joined and mention.sure and _LINK.fullmatch(link):
            row.append(mention)
            continue
        whole = not _GOES_BEFORE.search(text[unit.start : row[0].start]) if row else False
        if 3 <= len(row) <= 5 and whole and _closed(text, row) and row[0].kind in NAMES:
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
    if _GOES_BEFORE.search(unit.text[unit.start : span[0]]):
        return None
    inside = first.doc[start : last.i + 1]
    if any(t.pos_ in {"VERB", "AUX", "SCONJ"} or t.tag_ in {"WDT", "WP"} for t in inside):
        return None
    if any(t.lower_ in _LOOSE_MEMBERS for t in inside):
        return None
    if asks and re.search(r"[’'](?:s\b|$)", text):
        # "Atkinson and Shiffrin's model" is one thing of two people.
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
