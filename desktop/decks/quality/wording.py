"""Rules on the wording: lengths that can be read at a glance, and grammar."""

from __future__ import annotations

import re

from desktop.decks.deck import NoteKind
from desktop.decks.quality.view import View, without_context, word_count
from desktop.facts.vocabulary import words

MAX_QUESTION_WORDS = 25
MAX_ANSWER_WORDS = 8
MAX_CLOZE_WORDS = 50
MAX_DEFINITION_WORDS = 45
MAX_TERM_WORDS = 8

_IRREGULAR_PAST = words(
    """was were had went came took gave said wrote became began kept met sent stood told thought
    brought bought taught caught fought sought grew knew threw drew flew spoke chose ran"""
)
_FINITE = words("is are was were has had")
#: Plurals without -s, and singulars with it.
_PLURALS = words(
    """people men women children police data media criteria phenomena species series cattle
    bacteria mice feet teeth geese fish sheep deer aircraft nuclei fungi alumni stimuli larvae
    algae strata crises theses hypotheses analyses genera women's vertebrae"""
)
_SINGULARS = words(
    """series species news means gas lens bus process class glass loss mass pass press dress stress
    status virus corpus genus census focus nucleus basis crisis thesis analysis hypothesis axis
    diabetes athletics headquarters canvas atlas bias chaos cosmos ethos"""
)
_ED = words("need feed speed breed succeed proceed exceed bleed seed heed weed deed embed shed wed")
_PUNCTUATION = re.compile(
    r"\s[,.;?](?!\d)|[,;:]{2}|,\?|\(\s*\)|\b([a-z]\w+) \1\b|\.\?|\?\?|[a-z]{2}[?!][A-Z]|\s[-–]\?"
)
_ARTICLE = re.compile(
    r"\b[Aa] (?=[aeio])(?!one\b|once\b|one-|eu|ewe|o'|e-)[a-z]+"
    r"|\b[Aa]n (?=[bcdfgjklmnpqrstvwyz])[a-z]{2,}"
)
_NUMBER = re.compile(r"^(?:[a-z]+ )?which ([a-z-]+) (is|was|has|are|were|have)\b")
_CUT_SHORT = re.compile(r"\b(?:[A-Z]|or|and|of|the|than|a|an|that|which|to|with|instead|too)$")
#: "Did … start and grew": the second verb has kept its past.
_SECOND_PAST = re.compile(
    r"\b(?:did|does|do) [^?,]*? and (?:" + "|".join(sorted(_IRREGULAR_PAST)) + r")\b"
)
_UNFINISHED = re.compile(
    r"\b(?:did|does|do) (?:[^?]*?\b)?(?:and|the|a|an|or|very)\?$"
    r"|\b(?:did|does|do|is|was|are|were) (?:[\w'-]+ )?(?:of|and|the|a|an)\?$"
    r"|\b(?:did|does|do) (?:[^?]*?\b)?(?:of|by|to|from|in|with)\?$|\b(?:and|or|the|a|an)\?$"
    r"|^in which (?:year|decade|century)\b.*\b(?:of|by|to|from|in|with|about|at|on|for|and)\?$"
)


def too_long(card: View) -> bool:
    """Hold cards to lengths that can be read at a glance."""
    if card.kind is NoteKind.TERM:
        cut_off = card.answer.rstrip().endswith(("…", "..."))
        long = word_count(card.answer) > MAX_DEFINITION_WORDS
        return cut_off or long or word_count(card.asked) > MAX_TERM_WORDS
    if card.kind is NoteKind.CLOZE:
        longest = max((word_count(part) for part in card.answer.split(" … ")), default=0)
        return word_count(card.asked) > MAX_CLOZE_WORDS or longest > MAX_ANSWER_WORDS + 4
    return word_count(card.asked) > MAX_QUESTION_WORDS or word_count(card.answer) > MAX_ANSWER_WORDS


def broken_agreement(card: View) -> bool:
    """Find wording that can't be right: verbs, articles, stray punctuation."""
    if card.kind is NoteKind.TERM:
        opening = r"(?:of|in|on|to|by|with|for|and|or|is|are|was|you|we)\b"
        broken = _CUT_SHORT.search(card.answer) or re.match(opening, card.answer)
        return bool(broken) or "[" in card.answer
    text = card.asked.replace("’", "'")
    if _PUNCTUATION.search(re.sub(r"\bthat that\b|\bhad had\b", "", text)):
        return True
    if text.count('"') % 2:
        return True
    if any(text.count(a) != text.count(b) for a, b in (("“", "”"), ("(", ")"), ("[", "]"))):
        return True
    if _ARTICLE.search(text):
        return True
    return card.kind is NoteKind.QUESTION and _broken_question(text)


def _broken_question(text: str) -> bool:
    """Find questions without an end, verbs of the wrong number, and tenses told twice."""
    if not text.endswith("?") or not re.match(r"[A-Z0-9“\"]", text):
        return True
    lowered = without_context(text).lower()
    if len(re.findall(r"\w+", lowered)) < 3:
        return True
    if re.search(r"\bwho (?:have|do)\b", lowered) or _wrong_who(lowered):
        return True
    if _UNFINISHED.search(lowered):
        return True
    return _wrong_number(lowered) or _double_tense(lowered)


def _wrong_who(text: str) -> bool:
    """Find "who are the founder of …": many who are one."""
    match = re.search(
        r"^who are (?:the |an? )?((?:[\w'-]+ )*?[\w'-]+?)(?: (?:of|in|that|who|for)\b|\?)", text
    )
    if match is None:
        return bool(re.search(r"^who (?:are|were) an? ", text))
    last = match.group(1).split()[-1]
    return not (last.endswith("s") or last in _PLURALS or " and " in match.group(1))


def _wrong_number(text: str) -> bool:
    """Find "which country are" and "how many states is"."""
    if re.search(r"^(?:[a-z]+ )?how many [\w-]+ (?:is|was|has)\b", text):
        return True
    match = _NUMBER.search(text)
    if match is None:
        return False
    noun, verb = match.groups()
    if noun in _PLURALS & _SINGULARS:
        return False
    ends = noun.endswith("s") and noun not in _SINGULARS
    ends = ends and not noun.endswith(("ss", "us", "is", "ics"))
    plural = ends or noun in _PLURALS
    if verb in {"is", "was", "has"}:
        return plural
    # "Which country are Alma and Omsk in?" turns the verb to what follows.
    return not plural and not noun.endswith(("s", "ae", "i", "a")) and " and " not in text


def _double_tense(text: str) -> bool:
    """Find "did … wrote" and "did … opened"."""
    match = re.search(r"\b(?:did|does|do) ((?:[\w'-]+ ){1,4})", text)
    if match is None:
        return False
    following = match.group(1).split()[1:]
    if set(following) & (_IRREGULAR_PAST | _FINITE) and not re.search(r"\bthat\b|\bwho\b", text):
        return True
    if _SECOND_PAST.search(text) and not re.search(r"\bthat\b|\bwho\b", text):
        return True
    pattern = r"\b(?:did|does) [^?]*?(\w+) (\w+ed)(?:\?| (?:in|to|by|from|with|the|a|an|at|on)\b)"
    for before, verb in re.findall(pattern, text):
        subject = before not in {"the", "a", "an", "of", "be", "get", "have", "to", "and", "was"}
        if subject and verb not in _ED and text.count(" did ") + text.count(" does ") == 1:
            return bool(re.search(rf"\b(?:did|does) (?:the )?(?:[\w'-]+ )?{before} {verb}\b", text))
    return False
