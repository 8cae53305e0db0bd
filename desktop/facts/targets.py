"""What a statement is worth being asked for: its figures, dates, names, terms and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.mentions import DATES, FIGURES, NAMES, Mention, Mentions
from desktop.facts.units import Unit
from desktop.facts.vocabulary import MEASURES, VIEWING

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEASURE = re.compile(
    r"\b\d[\d,.]*[-‑](" + "|".join(sorted(MEASURES)) + r")\b(?:,? (?:and )?\d[\d,.]*[-‑]("
    + "|".join(sorted(MEASURES)) + r")\b)?"
)  # fmt: skip
_EXPANSION = re.compile(r"\(([A-Z][A-Za-z&-]{1,7}s?)[,;) ]")
_QUOTED_TITLE = re.compile(r"[“\"]([A-Z][^“”\"]{8,120}?)[.,]?[”\"]")
_SMALL = frozenset({"one", "1", "a", "zero", "0"})
_HINTS = {
    "person": "who?",
    "country": "which country?",
    "organisation": "which organisation?",
    "event": "which event?",
    "work": "which work?",
    "people": "which people?",
    "year": "year",
    "date": "date",
    "money": "amount",
    "percent": "percentage",
    "quantity": "how much?",
    "ordinal": "which in number?",
}


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to ask for: its ranges in the block, what it is, how much it is worth (0..1)."""

    ranges: tuple[tuple[int, int], ...]
    kind: FactKind
    asks: str
    rule: str
    worth: float
    hints: tuple[str, ...] = ("",)
    answer: str = ""
    proposition: Proposition | None = None


def targets_of(unit: Unit, clause: Clause | None, mentions: Mentions) -> Iterator[Target]:
    """Yield everything in the unit that can be asked for."""
    found = mentions.within(unit.block.index, unit.start, unit.end)
    found = [m for m in found if not any(a <= m.start < b for a, b in unit.drops)]
    taken: list[tuple[int, int]] = []
    for target in [*_spans(unit, found), *_measures(unit), *_titles(unit), *_lists(unit, found)]:
        taken += target.ranges
        yield target
    yield from _expansions(unit)
    if clause is not None:
        yield from _descriptions(clause)
        yield from _definitions(clause, mentions)
        yield from _causes(clause)
    for mention in found:
        if any(a <= mention.start and mention.end <= b for a, b in taken):
            continue
        target = _of_mention(mention, unit, clause)
        if target is not None:
            yield target


def tokens_in(unit: Unit, start: int, end: int) -> list[Token]:
    """Return the unit's tokens that lie in the block's range, whole."""
    return [t for t in unit.tokens if start <= t.idx and t.idx + len(t.text) <= end]


def head_of(tokens: list[Token]) -> Token:
    """Return the token of a range whose head lies outside it."""
    return next((t for t in tokens if t.head not in tokens or t.head == t), tokens[-1])


def _spans(unit: Unit, found: list[Mention]) -> Iterator[Target]:
    """Yield from-to pairs of figures or years, hidden together."""
    text = unit.block.text
    for left, right in zip(found, found[1:], strict=False):
        between = text[left.end : right.start].strip().lower()
        before = text[max(unit.start, left.start - 40) : left.start].lower()
        same = left.kind == right.kind and left.kind in FIGURES | DATES
        from_to = between == "to" and re.search(r"\bfrom\b[^.;:]*$", before)
        spread = between == "and" and re.search(r"\bbetween\s+(?:about\s+)?$", before)
        dashed = between in {"–", "-", "—"} and left.kind == "year" and "(" not in before[-2:]
        if not same or not (from_to or spread or dashed):
            continue
        years = left.kind in DATES
        asks = "period" if years else left.kind
        hint = ("year", "year") if years else (_HINTS.get(left.kind, "number"),) * 2
        joint = "–" if dashed else f" {between} "
        yield Target(
            ((left.start, left.end), (right.start, right.end)),
            FactKind.DATE if years else FactKind.QUANTITY,
            asks, "from_to", 1.0 if from_to else 0.85, hint,
            text[left.start : left.end] + joint + text[right.start : right.end],
        )  # fmt: skip


def _measures(unit: Unit) -> Iterator[Target]:
    """Yield measures that are spelt with hyphens ("a 17-page, 5300-word statement")."""
    for match in _MEASURE.finditer(unit.block.text, unit.start, unit.end):
        nouns = [noun for noun in match.groups() if noun]
        hint = "how many " + " and ".join(noun + "s" for noun in nouns) + "?"
        yield Target((match.span(),), FactKind.QUANTITY, "measure", "measure", 0.95, (hint,))


def _titles(unit: Unit) -> Iterator[Target]:
    """Yield titles in quotation marks, without the marks."""
    for match in _QUOTED_TITLE.finditer(unit.block.text, unit.start, unit.end):
        words = match.group(1).split()
        big = [w for w in words if w[0].isupper() or len(w) < 4]
        if len(words) >= 3 and len(big) == len(words):
            yield Target((match.span(1),), FactKind.WHAT, "work", "title", 0.85, ("title",))


def _lists(unit: Unit, found: list[Mention]) -> Iterator[Target]:
    """Yield lists of three to five short members, hidden as one."""
    for token in unit.tokens:
        if token.dep_ == "conj" or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        members = [token]
        while nexts := [c for c in members[-1].children if c.dep_ == "conj"]:
            members.append(nexts[0])
        start = min(t.i for t in token.lefts) if list(token.lefts) else token.i
        end = members[-1].right_edge.i + 1
        if not 3 <= len(members) <= 5 or not _plain_members(members):
            continue
        while token.doc[start].dep_ in {"det", "poss", "case"} and start < token.i:
            start += 1
        names = [m for m in found if any(m.start <= t.idx < m.end for t in members)]
        kinds = {m.kind for m in names if m.kind in NAMES}
        asks = kinds.pop() if len(kinds) == 1 and len(names) == len(members) else ""
        last = token.doc[end - 1]
        span = (token.doc[start].idx, last.idx + len(last.text))
        if len(unit.block.text[span[0] : span[1]].split()) > 8:
            continue
        noun = {"country": "countries", "person": "people", "organisation": "organisations"}
        hint = f"{_COUNT_WORDS[len(members)]} {noun.get(asks, 'items')}"
        yield Target((span,), FactKind.LIST, asks or "list", "list", 0.8, (hint,))


_COUNT_WORDS = {3: "three", 4: "four", 5: "five"}


def _plain_members(members: list[Token]) -> bool:
    """Return whether a list has only short members, no clauses and no "such as" before it."""
    for member in members:
        if any(c.dep_ in {"relcl", "acl", "prep", "appos"} for c in member.children):
            return False
    head = members[0].head
    return head.lower_ not in {"as", "like", "including"} and head.dep_ != "prep_like"


def _expansions(unit: Unit) -> Iterator[Target]:
    """Yield the long form of an abbreviation in brackets: "North Atlantic Treaty … (NATO)"."""
    text = unit.block.text
    for match in _EXPANSION.finditer(text, unit.start, unit.end):
        short = match.group(1)
        letters = [c.lower() for c in short if c.isupper()]
        if len(letters) < 2:
            continue
        start = _long_form(text, unit.start, match.start(), letters)
        if start is None:
            continue
        end = match.start() - (match.start() - len(text[: match.start()].rstrip()))
        proposition = Proposition(Role.EXPANSION, "expansion", subject=short.removesuffix("s"))
        yield Target(
            ((start, end),), FactKind.DEFINITION, "expansion", "abbreviation", 0.75,
            ("full name",), text[start:end], proposition,
        )  # fmt: skip


def _long_form(text: str, start: int, end: int, letters: list[str]) -> int | None:
    """Return where the words begin whose initials are ``letters``, each word used in order."""
    words = list(re.finditer(r"[^\W_]+", text[start:end]))
    wanted = len(letters) - 1
    for back, word in enumerate(reversed(words)):
        initial = word.group()[0].lower()
        if initial == letters[wanted]:
            if wanted == 0:
                return start + word.start()
            wanted -= 1
        elif word.group() not in {"of", "the", "and", "for", "on", "in", "to", "de"}:
            return None
        if back > len(letters) + 4:
            return None
    return None


def _of_mention(mention: Mention, unit: Unit, clause: Clause | None) -> Target | None:
    """Return what a single name, date or figure is worth."""
    tokens = tokens_in(unit, mention.start, mention.end)
    text = unit.block.text
    if not tokens or _half_of_a_word(text, mention.start, mention.end):
        return None
    if mention.kind in DATES:
        return _of_date(mention, tokens, clause, unit)
    if mention.kind in FIGURES:
        return _of_figure(mention, tokens, clause, unit)
    if mention.kind == "ordinal":
        return _of_ordinal(mention, tokens, clause, unit)
    return _of_name(mention, tokens, clause)


def _half_of_a_word(text: str, start: int, end: int) -> bool:
    """Return whether a hyphen, a digit or a letter ties the range to what stands beside it."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    joined = "-‑/"
    tied = (before in joined and before) or (after in joined and after)
    return bool(tied) or before.isalnum() or after.isalnum()


def _of_date(
    mention: Mention, tokens: list[Token], clause: Clause | None, unit: Unit
) -> Target | None:
    """Return a date; it can be asked with "when" where it belongs to the main verb."""
    text = unit.block.text
    if text[max(0, mention.start - 1) : mention.start] == "(" or not re.search(r"\d", mention.name):
        return None
    if not re.search(r"\d{4}|\d\w* [A-Z]|[a-z] \d", text[mention.start : mention.end]):
        return None
    head = head_of(tokens)
    preposition = head.head
    asks = "year" if mention.kind == "year" else "date"
    proposition = None
    direct = preposition.dep_ == "prep" and clause is not None and preposition.head == clause.root
    if direct and clause is not None and preposition.lower_ in {"in", "on"}:
        subtree = list(preposition.subtree)
        if len(subtree) == len(tokens) + 1:
            span = (preposition.i, preposition.i + len(subtree))
            proposition = propose(clause, Role.TIME, asks, span)
    worth = 0.9 if direct else 0.65
    return Target(
        ((mention.start, mention.end),), FactKind.DATE, asks, "date", worth, (asks,), "", proposition
    )  # fmt: skip


def _of_figure(
    mention: Mention, tokens: list[Token], clause: Clause | None, unit: Unit
) -> Target | None:
    """Return a figure; counted nouns are asked for with "how many"."""
    text = unit.block.text[mention.start : mention.end]
    head = head_of(tokens)
    if mention.kind in {"number", "quantity"} and (
        text.lower() in _SMALL or "one" in text.lower().split()
    ):
        return None
    if mention.kind == "number":
        return _of_number(mention, head, tokens, clause)
    hint = _HINTS[mention.kind]
    return Target(
        ((mention.start, mention.end),), FactKind.QUANTITY, mention.kind, "figure", 0.9, (hint,)
    )


def _of_number(
    mention: Mention, head: Token, tokens: list[Token], clause: Clause | None
) -> Target | None:
    """Return a number that counts something that the clause names."""
    noun = head.head
    if head.dep_ != "nummod" or noun.tag_ != "NNS" or noun.i < head.i:
        return None
    if tokens[0].i and tokens[0].nbor(-1).lower_ in {
        "the",
        "these",
        "those",
        "both",
        "these",
        "his",
    }:
        return None
    between = [t for t in noun.doc[tokens[-1].i + 1 : noun.i + 1]]
    if any(t.is_punct for t in between) or len(between) > 3:
        return None
    counted = noun.doc.text[between[0].idx : noun.idx + len(noun.text)]
    proposition = None
    if clause is not None:
        proposition = _counting(clause, noun, tokens, counted)
    digits = any(c.isdigit() for t in tokens for c in t.text)
    return Target(
        ((mention.start, mention.end),), FactKind.QUANTITY, "number", "number",
        0.85 if digits else 0.7, (f"how many {counted}?",), "", proposition,
    )  # fmt: skip


def _counting(clause: Clause, noun: Token, number: list[Token], counted: str) -> Proposition | None:
    """Return the proposition of a "how many" question on the subject or the object."""
    left = noun.left_edge.i
    if any(t.i < number[0].i and t.i >= left for t in noun.subtree):
        return None
    end = noun.right_edge.i + 1
    if noun == clause.subject and clause.subject_range[0] == left:
        rest = clause.words(number[-1].i + 1, clause.subject_range[1])
        return (
            propose(
                clause, Role.COUNTED_SUBJECT, "number", clause.subject_range, plural=True, noun=rest
            )
            if False
            else propose_subject_count(clause, rest)
        )
    if noun.dep_ in {"dobj", "attr"} and noun.head == clause.root:
        rest = clause.words(noun.i + 1, min(end, clause.tail_end))
        proposition = propose(clause, Role.COUNT, "number", (left, noun.i + 1), noun=counted)
        return proposition if not rest or proposition is None else proposition
    return None


def propose_subject_count(clause: Clause, counted: str) -> Proposition | None:
    """Return the proposition of "How many N …?" where the counted noun is the subject."""
    return propose(clause, Role.SUBJECT, "number", clause.subject_range, plural=True, noun=counted)


def _of_ordinal(
    mention: Mention, tokens: list[Token], clause: Clause | None, unit: Unit
) -> Target | None:
    """Return "the 38th" of "the 38th meeting of …"; small ordinals are too easily guessed."""
    text = unit.block.text[mention.start : mention.end]
    noun = tokens[-1].head
    if not text[0].isdigit() or noun.pos_ not in {"NOUN", "PROPN"} or text.startswith("1st"):
        return None
    if noun.lemma_.lower() in {"century", "birthday", "anniversary", "minute"}:
        return None
    proposition = None
    before = tokens[0].nbor(-1) if tokens[0].i else None
    if (
        clause is not None
        and noun == clause.subject
        and before is not None
        and before.lower_ == "the"
    ):
        rest = clause.words(tokens[-1].i + 1, clause.subject_range[1])
        proposition = propose(clause, Role.SUBJECT, "ordinal", clause.subject_range, noun=rest)
    return Target(
        ((mention.start, mention.end),), FactKind.QUANTITY, "ordinal", "ordinal", 0.9,
        (_HINTS["ordinal"],), "", proposition,
    )  # fmt: skip


def _of_name(mention: Mention, tokens: list[Token], clause: Clause | None) -> Target | None:
    """Return a name or term by the part that it plays in the clause."""
    head = head_of(tokens)
    kind = {
        "person": FactKind.WHO, "people": FactKind.WHO, "organisation": FactKind.WHO,
        "country": FactKind.WHO, "place": FactKind.WHERE,
    }.get(mention.kind, FactKind.WHAT)  # fmt: skip
    if head.dep_ == "conj" or any(c.dep_ == "conj" for c in head.children):
        return None
    role, worth = _part(head, clause)
    if role is None:
        return None
    proposition = None
    if clause is not None and role in {Role.SUBJECT, Role.AGENT, Role.PLACE}:
        proposition = _asked_name(mention, tokens, head, clause, role)
    hint = _HINTS.get(mention.kind, "")
    if mention.kind == "place":
        hint = "where?" if role is Role.PLACE else "which place?"
    return Target(
        ((mention.start, mention.end),), kind, mention.kind, f"name_{role.value}",
        worth + 0.15 * mention.importance, (hint,), "", proposition,
    )  # fmt: skip


def _part(head: Token, clause: Clause | None) -> tuple[Role | None, float]:
    """Return which part of the main clause a name plays, and what asking for it is worth."""
    root = clause.root if clause is not None else None
    if head.dep_ in {"nsubj", "nsubjpass"} and head.head == root:
        return Role.SUBJECT, 0.7
    if head.dep_ in {"dobj", "attr", "oprd"} and head.head == root:
        return Role.OBJECT, 0.6
    if head.dep_ == "pobj":
        preposition = head.head
        if preposition.dep_ == "agent" and preposition.head == root:
            return Role.AGENT, 0.75
        if preposition.head == root:
            place = preposition.lower_ in {"in", "at"}
            return (Role.PLACE, 0.6) if place else (Role.OBJECT, 0.5)
        if preposition.head.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"}:
            return Role.OBJECT, 0.45
    if head.dep_ == "compound" and head.head.dep_ in {"dobj", "pobj", "attr"}:
        return Role.OBJECT, 0.4
    return None, 0.0


def _asked_name(
    mention: Mention, tokens: list[Token], head: Token, clause: Clause, role: Role
) -> Proposition | None:
    """Return the proposition of a question whose answer is the name and no more."""
    if role is Role.SUBJECT:
        first, last = clause.subject_range
        extra = [
            t
            for t in head.doc[first:last]
            if t not in tokens and t.dep_ != "det" and not t.is_punct
        ]
        titled = all(t.dep_ == "compound" or t.ent_type_ == "NORP" for t in extra)
        if extra and not (titled and mention.kind == "person"):
            return None
        plural = head.tag_ == "NNPS" or head.tag_ == "NNS"
        return propose(clause, Role.SUBJECT, mention.kind, (first, last), plural=plural)
    preposition = head.head
    subtree = list(preposition.subtree)
    if len([t for t in subtree if t.dep_ != "det"]) > len(tokens) + 1:
        return None
    span = (preposition.i, subtree[-1].i + 1)
    if role is Role.PLACE and clause.operator is not None and clause.operator.dep_ != "auxpass":
        return None
    return propose(clause, role, mention.kind, span)


def _descriptions(clause: Clause) -> Iterator[Target]:
    """Yield how somebody sees something: "X describes Y as Z"."""
    root = clause.root
    if root.lemma_.lower() not in VIEWING:
        return
    for preposition in root.children:
        if preposition.lower_ != "as" or preposition.i < root.i:
            continue
        subtree = [t for t in preposition.subtree if t.i > preposition.i]
        if not subtree or subtree[-1].i >= clause.tail_end + 1 or len(subtree) > 14:
            continue
        start, end = preposition.i, subtree[-1].i + 1
        first, last = subtree[0], subtree[-1]
        while last.is_punct and last.text not in {"”", '"'}:
            last = last.nbor(-1)
        span = (first.idx, last.idx + len(last.text))
        proposition = propose(
            clause, Role.DESCRIPTION, "description", (start, min(end, clause.tail_end))
        )
        yield Target(
            (span,), FactKind.POSITION, "description", "described_as", 0.8, ("as what?",), "", proposition
        )  # fmt: skip


def _definitions(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield the term of "X is a Y that …" and "X refers to Y"."""
    root, subject = clause.root, clause.subject
    first, last = clause.subject_range
    words = [t for t in subject.doc[first:last] if t.dep_ != "det"]
    if not words or len(words) > 4 or subject.pos_ == "PRON" or any(t.is_punct for t in words):
        return
    if (
        any(t.dep_ in {"poss", "prep", "relcl", "acl", "conj", "amod_"} for t in words)
        or clause.unit.tokens[0].i != first
    ):
        return
    gloss: list[Token] = []
    if root.lemma_ == "be" and root.tag_ in {"VBZ", "VBP"} and not _negated(root):
        attribute = next((c for c in root.children if c.dep_ == "attr"), None)
        if attribute is not None and attribute.left_edge.lower_ in {"a", "an", "any", "the"}:
            modified = any(c.dep_ in {"relcl", "acl", "prep"} for c in attribute.children)
            gloss = (
                list(attribute.subtree) if modified and attribute.left_edge.i == root.i + 1 else []
            )
    elif root.lemma_ in {"refer", "mean", "denote"} and not _negated(root):
        gloss = list(root.doc[root.i + 1 : clause.tail_end])
        gloss = gloss[1:] if gloss and gloss[0].lower_ == "to" else gloss
    if not 4 <= len(gloss) <= 28:
        return
    start, end = words[0], words[-1]
    if words[0].pos_ == "PRON" or any(t.tag_ == "DT" and t.lower_ != "the" for t in subject.lefts):
        return
    mention = mentions.covering(
        clause.unit.block.index, subject.idx, subject.idx + len(subject.text)
    )
    named = mention is not None and mention.kind in NAMES - {"abbreviation"}
    definition = clause.words(gloss[0].i, min(gloss[-1].i + 1, clause.tail_end))
    proposition = None if named else Proposition(Role.DEFINED, "term", tail=definition)
    worth = 0.95 if root.lemma_ != "be" else 0.85
    yield Target(
        ((start.idx, end.idx + len(end.text)),), FactKind.DEFINITION,
        mention.kind if named and mention else "term", "definition", worth,
        (_HINTS.get(mention.kind, "term") if named and mention else "term",), "", proposition,
    )  # fmt: skip


def _negated(root: Token) -> bool:
    """Return whether the verb is negated or weakened."""
    return any(c.dep_ == "neg" or c.tag_ == "MD" for c in root.children)


def _causes(clause: Clause) -> Iterator[Target]:
    """Yield short causes: "because of X", "due to X"."""
    root = clause.root
    for token in root.children:
        text = " ".join(t.lower_ for t in token.subtree)
        if (
            token.dep_ != "prep"
            or token.i < root.i
            or not text.startswith(("because of", "due to"))
        ):
            continue
        subtree = list(token.subtree)
        if not 3 <= len(subtree) <= 10 or subtree[-1].i >= clause.tail_end:
            continue
        start, end = subtree[0].i, subtree[-1].i + 1
        proposition = propose(clause, Role.CAUSE, "cause", (start, end))
        last = subtree[-1]
        yield Target(
            ((subtree[0].idx, last.idx + len(last.text)),), FactKind.CAUSE, "cause", "cause", 0.7,
            ("why?",), "", proposition,
        )  # fmt: skip
