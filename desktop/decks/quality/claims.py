"""Rules on what a card claims: judgements asked as facts, and weakening words that were lost."""

from __future__ import annotations

import re

from desktop.decks.deck import NoteKind
from desktop.decks.quality.view import (
    STOP,
    View,
    content,
    stem,
    tokens,
    without_gaps,
    without_quotations,
)
from desktop.facts.vocabulary import EVALUATIVE, HEDGES, NEGATIONS, OBLIGATION, STANCE, words

_WEAKENING = HEDGES - words("can will must shall ought should")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“])")
_ATTRIBUTED = re.compile(
    r"\b(?:[Aa]ccording to|describe[sd]?|calls?|called|characteri[sz]e[sd]?|argue[sd]?|views?|think"
    r"|thought|believe[sd]?|say|said|opinion|considered?|regard(?:s|ed)?|praised?|criticised?)\b"
)
_JUDGED = re.compile(
    r"\b(?:is|are|was|were|be) (?:a |an |the |very |most |more |so |too )*([a-z]+)(?: ([a-z0-9]+))?"
)
#: A gloss that tells what somebody thinks of a thing, or what it isn't.
_JUDGING_GLOSS = re.compile(
    r"^(?:an? |the |one of )?(?:\w+ly )?(?:beloved|vague|famous|favou?rite|learnable|popular|great"
    r"|good|bad|best|worst|important|key|useful|valuable|powerful|interesting|fascinating|"
    r"controversial)\b|, not an? ",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(
    r"\b(?:formerly|once|previously|originally|not|no longer|might|may|could|would)\b[^.;]*$"
)
_ANSWERED = re.compile(r"^(?:[Aa]n? |[Tt]he )?(?:very |most |more |so |too )*([a-z]+)\b")
#: Judging words that tell a fact where what they serve follows: "essential for breathing".
_SERVING = words(
    """essential necessary vital effective ineffective sufficient insufficient dangerous useful
    appropriate inappropriate superior inferior responsible"""
)
#: Words of both lists: "just 5 km", "mere days", "a just war".
_FOCUSING = words("just mere clear")
#: "The feast was celebrated on …" tells, "the celebrated author" judges.
_AFTER_PASSIVE = words("on in at by as with every from to throughout between during for annually")
_NO_NEGATION = re.compile(r"\bnot (?:only|just|merely|simply|until)\b|\bno\. ?\d", re.IGNORECASE)
_MONTH = re.compile(r"(?<!^)(?<![.!?] )\bMay\b|^May(?= \d)")
_CLAIMED = re.compile(
    r"\b(?:claim|argu|believ|suggest|alleg|hypothesi[sz]|speculat|propos|contend|assum)"
    r"(?:e|es|ed|s|ing)? (?:[\w,]+ )?that\b|\b(?:is|are|was|were) (?:often |widely |also )?"
    r"(?:believed|thought|said|alleged|rumou?red|reported|supposed|assumed|claimed) to\b"
)
_CLAIM_KEPT = re.compile(
    r"claim|argu|belie[fv]|suggest|alleg|hypothesi|speculat|propos|contend|assum|thought|think"
    r"|sa(?:id|ys?)\b|rumou?r|report|suppos|according|theor|view|hold",
    re.IGNORECASE,
)


def opinion_as_fact(card: View) -> bool:
    """Find judgements that nobody is named for."""
    if card.kind is NoteKind.TERM:
        return bool(_JUDGING_GLOSS.search(card.answer))
    if _ATTRIBUTED.search(card.asked):
        return False
    text = without_quotations(card.asked)
    lowered = [t.lower() for t in tokens(text)]
    if any(w in STANCE for w in lowered) or any(w in OBLIGATION - {"need"} for w in lowered):
        return True
    if any(_judges(m.group(1), m.group(2) or "") for m in _JUDGED.finditer(text.lower())):
        return True
    answered = _ANSWERED.match(card.answer)
    return bool(answered) and _judges(answered.group(1), "") if answered else False


def _judges(word: str, following: str) -> bool:
    """Return whether a predicate's word judges, with what follows it."""
    if word in _SERVING and following in {"for", "to", "in", "against", "at", "than"}:
        return False
    told = word.endswith("ed") and following in _AFTER_PASSIVE
    if told or word in _FOCUSING:
        return False
    return word in EVALUATIVE


def dropped_modality(card: View) -> bool:
    """Find a "not", "might" or "according to" of the sentence that the card has lost."""
    if card.kind is NoteKind.TERM:
        return _lost_before_gloss(card)
    sentence = _told(card)
    both = f"{without_gaps(card.asked)} {card.answer}"
    whole = [t.lower() for t in tokens(both)]
    kept = {stem(w) for w in whole}
    said = [t.lower() for t in tokens(_MONTH.sub("1", _NO_NEGATION.sub("also", sentence)))]
    first: dict[str, int] = {}  # a word may come again in a clause that the card leaves out
    for index, word in enumerate(said):
        if word not in STOP and word[0].isalnum() and stem(word) in kept:
            first.setdefault(stem(word), index)
    carried = sorted(first.values())
    if not carried:
        return False
    window = said[max(0, carried[0] - 2) : carried[-1] + 1]
    marks = [w for w in window if w in _WEAKENING or w in NEGATIONS]
    marks += ["according"] * ("according" in said)
    if any(mark not in whole and not _negated_as(mark, whole) for mark in marks):
        return True
    return _lost_claim(sentence, both)


def _lost_before_gloss(card: View) -> bool:
    """Return whether a gloss leaves out that it was true once only, or might be."""
    at = card.evidence.find(card.answer)
    return at > 0 and bool(_NO_LONGER.search(card.evidence[max(0, at - 45) : at]))


def _lost_claim(sentence: str, both: str) -> bool:
    """Return whether the text only claims what the card tells as a fact."""
    claim = _CLAIMED.search(sentence)
    if claim is None or _CLAIM_KEPT.search(both):
        return False
    kept = {stem(w) for w in content(both)}
    after = [stem(w) for w in content(sentence[claim.end() :])]
    before = [stem(w) for w in content(sentence[: claim.start()])]
    # The card is about what is claimed, not about who claims it.
    return sum(w in kept for w in after) >= 2 > sum(w in kept for w in before) or (
        claim.group().endswith("to") and sum(w in kept for w in after) >= 2
    )


def _told(card: View) -> str:
    """Return the sentence of the evidence that shares most with the card."""
    wanted = set(content(f"{card.asked} {card.answer}"))
    sentences = _SENTENCE.split(card.evidence)
    return max(sentences, key=lambda sentence: len(wanted & set(content(sentence))))


def _negated_as(mark: str, whole: list[str]) -> bool:
    """Return whether a negation is kept in another form ("n't" as "not")."""
    return mark in NEGATIONS and any(w in NEGATIONS or w.endswith("n't") for w in whole)
