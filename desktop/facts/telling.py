"""What something is, how somebody sees it, and why: definitions, views and causes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.facts.clauses import Clause, propose
from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.grammar import is_weakened
from desktop.facts.mentions import NAMES, Mentions
from desktop.facts.target import Target
from desktop.facts.vocabulary import EMPTY, EVALUATIVE, TAKING_UP, VIEWING, words

if TYPE_CHECKING:
    from spacy.tokens import Token


def descriptions(clause: Clause) -> Iterator[Target]:
    """Yield how somebody sees something: "X describes Y as Z"."""
    root = clause.root
    if root.lemma_.lower() not in VIEWING or any(c.dep_ == "agent" for c in root.subtree):
        return
    if is_weakened(root):
        return
    objects = [c for c in root.children if c.dep_ == "dobj"]
    for called in root.children:
        if called.dep_ == "oprd" and called.i > root.i and clause.operator is None:
            yield from _called(called, clause)
    for owner in [root, *objects]:
        for preposition in owner.children:
            if preposition.lower_ == "as" and preposition.i > root.i:
                yield from _described(preposition, clause)


def _called(called: Token, clause: Clause) -> Iterator[Target]:
    """Yield what somebody calls something: "X called Y “a Z”"."""
    subtree = [t for t in called.subtree if clause.tail_start <= t.i < clause.tail_end]
    if not 1 <= len(subtree) <= 10 or any(t.text in {",", ";"} for t in subtree):
        return
    if called.pos_ == "ADJ" and len(subtree) == 1:
        return
    before = subtree[0].nbor(-1)
    start = before.i if before.text in {"“", '"'} else subtree[0].i
    inner = [t for t in subtree if not t.is_quote]
    role = Role.DESCRIPTION if clause.root.lemma_ in {"consider", "regard"} else Role.OBJECT
    end = subtree[-1].i + 1
    if end < clause.tail_end and called.doc[end].text in {"”", '"'}:
        end += 1
    asked = propose(clause, role, "description", (start, end))
    span = (inner[0].idx, inner[-1].idx + len(inner[-1].text))
    yield Target(
        (span,), FactKind.POSITION, "description", "called_by", 0.85, ("what?",), "", asked
    )


def _described(preposition: Token, clause: Clause) -> Iterator[Target]:
    """Yield the view that follows "as"."""
    subtree = [t for t in preposition.subtree if preposition.i < t.i < clause.tail_end]
    while subtree and subtree[-1].is_punct and subtree[-1].text not in {"”", '"'}:
        subtree.pop()
    if not subtree or len(subtree) > 14:
        return
    first, last = subtree[0], subtree[-1]
    span = (first.idx, last.idx + len(last.text))
    quoted = first.text in {"“", '"'}
    if quoted and last.text not in {"”", '"'}:
        span = (span[0] + 1, span[1])
    end = clause.tail_end if quoted else last.i + 1
    asked = propose(clause, Role.DESCRIPTION, "description", (preposition.i, end))
    yield Target(
        (span,), FactKind.POSITION, "description", "described_as", 0.85, ("as what?",), "", asked
    )


def definitions(clause: Clause, mentions: Mentions) -> Iterator[Target]:
    """Yield the term of "X is a Y that …" and "X refers to Y"."""
    subject = clause.subject
    first, last = clause.subject_range
    words = [t for t in subject.doc[first:last] if t.dep_ != "det"]
    if not 1 <= len(words) <= 4 or clause.unit.tokens[0].i != first or not _is_term(subject, words):
        return
    gloss = _gloss(clause)
    if not 4 <= len(gloss) <= 28:
        return
    block = clause.unit.block.index
    mention = mentions.covering(block, subject.idx, subject.idx + len(subject.text))
    plain = not any(t.dep_ == "relcl" or t.tag_ in {"JJS", "CD"} for t in gloss)
    if mention is not None and mention.kind == "person" and plain and len(gloss) < _TELLING:
        return
    named = mention is not None and mention.kind in NAMES - {"abbreviation"}
    proposition = None
    if named and mention is not None and mention.sure:
        proposition = _which(clause)
    elif not named:
        definition = clause.words(gloss[0].i, min(gloss[-1].i + 1, clause.tail_end))
        proposition = Proposition(Role.DEFINED, "term", tail=definition)
        if clause.root.lemma_ == "be" and _is_ranked(gloss):
            # "Murder is the second leading cause of death": no term for it.
            verb = f"{clause.root.text} {definition}"
            proposition = Proposition(Role.SUBJECT, "thing", opening="what", verb=verb)
    yield Target(
        ((words[0].idx, words[-1].idx + len(words[-1].text)),),
        FactKind.DEFINITION,
        "name" if named else "term",
        "definition",
        0.85 if clause.root.lemma_ == "be" else 0.95,
        ("name" if named else "term",),
        "",
        proposition,
    )


def _is_ranked(gloss: list[Token]) -> bool:
    """Return whether what is said of a thing ranks it among others instead of defining it."""
    ranks = {"first", "second", "third", "leading", "main", "only", "primary", "major"}
    noun = next((t for t in gloss if t.dep_ == "attr"), gloss[-1])
    return any(t.tag_ in {"JJS", "RBS"} or t.lower_ in ranks for t in gloss if t.i < noun.i)


def _is_term(subject: Token, own: list[Token]) -> bool:
    """Return whether a subject is a bare term: no pronoun, no modifier that is not part of it."""
    if subject.pos_ not in {"NOUN", "PROPN"} or any(t.is_punct or t.pos_ == "PRON" for t in own):
        return False
    told = subject.head.tag_ == "VBD" and subject.pos_ != "PROPN"
    if (
        told
        or subject.lemma_.lower() in EMPTY | TAKING_UP
        or any(t.tag_ in {"JJR", "JJS"} for t in own)
    ):
        return False
    if any(t.lower_ in _COMMON_MODIFIERS | EVALUATIVE for t in own):
        return False
    if any(t.dep_ in {"poss", "prep", "relcl", "acl", "conj", "nummod", "appos"} for t in own):
        return False
    return all(t.lower_ in {"the", "a", "an"} for t in subject.lefts if t.dep_ == "det")


def _gloss(clause: Clause) -> list[Token]:
    """Return the tokens that say what the subject is."""
    root = clause.root
    if any(
        c.dep_ in {"neg", "advmod"} or c.tag_ == "MD" for c in root.children if c.i < root.i + 2
    ):
        return []
    if root.lemma_ == "be":
        attribute = next((c for c in root.children if c.dep_ == "attr"), None)
        if attribute is None:
            return []
        plural = attribute.tag_ == "NNS" and clause.subject.tag_ == "NNS"
        told = any(c.dep_ in {"relcl", "acl"} for c in attribute.children)
        bare = plural and told and attribute.left_edge.pos_ in {"NOUN", "ADJ"}
        if not bare and attribute.left_edge.lower_ not in {"a", "an", "any", "the"}:
            return []
        explained = any(c.dep_ in {"relcl", "acl", "prep"} for c in attribute.children)
        adjacent = attribute.left_edge.i == root.i + 1
        return (
            [t for t in attribute.subtree if t.i < clause.tail_end]
            if explained and adjacent
            else []
        )
    if root.lemma_ == "define" and any(c.dep_ == "auxpass" for c in root.children):
        views = [c for c in root.children if c.lower_ == "as" and c.i > root.i]
        gloss = [t for v in views for t in v.subtree if v.i < t.i < clause.tail_end]
        return [] if gloss and gloss[0].like_num else gloss
    if root.lemma_ not in {"refer", "mean", "denote"} or clause.operator is not None:
        return []
    gloss = list(root.doc[root.i + 1 : clause.tail_end])
    if gloss and gloss[0].lower_ == "to":
        gloss = gloss[1:]
    return gloss if gloss and gloss[0].lower_ not in {"that", "how", "when"} else []


def _which(clause: Clause) -> Proposition | None:
    """Return the parts of "Which N …?" from "X is a N that …", where N's clause says enough."""
    root = clause.root
    attribute = next((c for c in root.children if c.dep_ == "attr"), None)
    if attribute is None or attribute.tag_ != "NN":
        return None
    relative = next((c for c in attribute.children if c.dep_ == "relcl"), None)
    if relative is None or relative.left_edge.tag_ not in {"WDT", "WP"}:
        return None
    pronoun = relative.left_edge
    if pronoun.dep_ not in {"nsubj", "nsubjpass"} or pronoun.head != relative:
        return None
    start = attribute.left_edge.i + (attribute.left_edge.dep_ == "det")
    noun = clause.words(start, attribute.i + 1)
    between = clause.words(attribute.i + 1, pronoun.i)
    told = clause.words(pronoun.i + 1, clause.tail_end)
    if not noun or not told:
        return None
    return Proposition(
        Role.SUBJECT, "which", noun=f"{noun} {between}".strip(), verb=told, past=True
    )


def names_given(clause: Clause) -> Iterator[Target]:
    """Yield what something is called: "X is known as Y", "is called Y", "is referred to as Y"."""
    root = clause.root
    if root.lemma_ not in _NAMING or clause.operator is None:
        return
    if not any(c.dep_ == "auxpass" for c in root.children):
        return
    for token in root.doc[root.i + 1 : clause.tail_end]:
        outer = token.head == root or token.head.head == root or token.head.head.head == root
        if (token.dep_ == "oprd" and token.head == root) or (
            token.dep_ == "pobj" and token.head.lower_ == "as" and outer
        ):
            answer = token
        else:
            continue
        subtree = [t for t in answer.subtree if t.i < clause.tail_end]
        if len(subtree) > 7 or any(t.text in {",", ":"} or t.dep_ == "relcl" for t in subtree):
            return
        first, last = subtree[0], subtree[-1]
        inner = [t for t in subtree if t.dep_ != "det" and not t.is_quote]
        asked = propose(clause, Role.OBJECT, "name", (first.i, last.i + 1))
        span = (inner[0].idx, inner[-1].idx + len(inner[-1].text)) if inner else (0, 0)
        if inner:
            yield Target((span,), FactKind.WHAT, "name", "called", 0.85, ("name",), "", asked)
        return


def terms_given(clause: Clause) -> Iterator[Target]:
    """Yield a term that a participle introduces: "an explanation, called a hypothesis"."""
    for token in clause.unit.tokens:
        if token.lemma_ not in _NAMING or token.tag_ != "VBN" or token.dep_ not in {"acl", "advcl"}:
            continue
        named = [c for c in token.children if c.dep_ == "oprd"]
        views = [c for c in token.children if c.lower_ == "as"]
        named += [g for view in views for g in view.children if g.dep_ == "pobj"]
        if not named or named[0].i < token.i:
            continue
        words = [t for t in named[0].subtree if t.dep_ != "det" and not t.is_quote]
        if 1 <= len(words) <= 4 and not any(t.is_punct and t.text != "-" for t in words):
            span = (words[0].idx, words[-1].idx + len(words[-1].text))
            asks = "name" if words[-1].pos_ == "PROPN" else "term"
            yield Target((span,), FactKind.DEFINITION, asks, "term_given", 0.9, (asks,))


#: What may stand before any noun makes no term of it.
_COMMON_MODIFIERS = words("unique special typical common main new own different similar recent")
#: What a person is must be told in so many words to be true of nobody else.
_TELLING = 9
_NAMING = frozenset({"call", "know", "refer", "term", "name", "dub", "label", "nickname"})


def causes(clause: Clause) -> Iterator[Target]:
    """Yield short causes: "because of X", "due to X"."""
    root = clause.root
    for token in root.children:
        subtree = list(token.subtree)
        opening = " ".join(t.lower_ for t in subtree[:2])
        if token.i < root.i or opening not in {"because of", "due to"}:
            continue
        if not 3 <= len(subtree) <= 10 or subtree[-1].i + 1 != clause.tail_end:
            continue
        start, end = subtree[0].i, subtree[-1].i + 1
        last = subtree[-1]
        yield Target(
            ((subtree[0].idx, last.idx + len(last.text)),),
            FactKind.CAUSE,
            "cause",
            "cause",
            0.7,
            ("why?",),
            "",
            propose(clause, Role.CAUSE, "cause", (start, end)),
        )
