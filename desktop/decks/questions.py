"""Questions worded from a fact's clause: who, what, which, when, where, how many, why."""

from __future__ import annotations

import re

from desktop.facts.fact import Fact, Proposition, Role

_LONGEST = 25
_WH = {
    "person": "who",
    "people": "who",
    "country": "which country",
    "organisation": "which organisation",
    "event": "which event",
    "thing": "what",
}
_BE = {"is", "are", "was", "were"}


def ask(fact: Fact) -> str | None:
    """Return a question whose answer is the fact's, or None where it would be clumsy."""
    parts = fact.proposition
    if parts is None:
        return None
    for tail in dict.fromkeys((parts.tail, parts.short_tail)):
        question = _tidy(_worded(parts, tail) or "")
        if question and len(question.split()) <= _LONGEST:
            return question
    return None


def _worded(parts: Proposition, tail: str) -> str | None:
    """Word the question with the given tail."""
    role = parts.role
    if role is Role.EXPANSION:
        return f"What does {parts.subject} stand for?"
    if role is Role.DEFINED:
        return f"What is the term for {_lower_first(tail)}?"
    if role is Role.SUBJECT:
        return _of_subject(parts, tail)
    opening = parts.opening or {
        Role.OBJECT: "what",
        Role.TIME: "in which year" if parts.asks == "year" else "when",
        Role.PLACE: "where",
        Role.AGENT: "by whom",
        Role.COUNT: f"how many {parts.noun}",
        Role.CAUSE: "why",
        Role.DESCRIPTION: "how",
    }.get(role)
    if opening is None:
        return None
    return _join(parts.lead, opening, _inverted(parts), tail)


def _of_subject(parts: Proposition, tail: str) -> str | None:
    """Word a question for the subject, which keeps the order of the statement."""
    if parts.opening:
        return _join(parts.lead, parts.opening, parts.verb, tail)
    if parts.asks == "number":
        return _join(parts.lead, f"how many {parts.noun}", parts.verb, tail)
    if parts.asks == "group":
        return _join(parts.lead, f"which {parts.noun}", parts.verb, tail)
    if parts.asks in {"ordinal", "which"}:
        return _join(parts.lead, f"which {parts.noun}", parts.verb, tail)
    opening = _WH.get(parts.asks)
    if opening is None:
        return None
    if parts.plural_answer or parts.plural_subject:
        if opening in {"who", "what"}:
            if _first(parts.verb) in {"are", "were", "have", "do"} or not parts.past:
                return None
        else:
            noun = opening.split()[1]
            opening = "which " + (noun[:-1] + "ies" if noun.endswith("y") else noun + "s")
    return _join(parts.lead, opening, parts.verb, tail)


def _inverted(parts: Proposition) -> str:
    """Return operator, subject and the rest of the verb: "did Wundt establish"."""
    operator = parts.operator
    if not operator:
        operator = "did" if parts.past else ("do" if parts.plural_subject else "does")
    rest = re.sub(r"^n[’']t\b", "not", parts.base)
    return " ".join(part for part in (operator, parts.subject, rest) if part)


def _join(lead: str, *parts: str) -> str:
    """Put the pieces together; an adverbial that led the statement leads the question."""
    body = " ".join(part for part in parts if part)
    return (f"{lead}, {body}" if lead else body) + "?"


def _tidy(question: str) -> str:
    """Mend spaces and punctuation at the joints, and begin with a capital."""
    text = re.sub(r"\s+", " ", question)
    text = re.sub(r"\s+([,;?])", r"\1", text)
    text = re.sub(r"[,;:]+(?=[,;:?])", "", text)
    text = re.sub(r"[.,](?=[”\"]?\?$)", "", text)
    return text[:1].upper() + text[1:]


def _lower_first(text: str) -> str:
    """Lower the first letter of a phrase that opens with an article."""
    return re.sub(r"^(A|An|The|Any)\b", lambda m: m.group().lower(), text)


def _first(text: str) -> str:
    """Return the first word."""
    return text.split(" ", 1)[0].lower()
