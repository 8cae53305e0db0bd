"""The card linter: named rules, each with a reason for the reader, run on every card.

It reads nothing but the card and its evidence, needs no language model, and so serves generated
cards and cards written by hand alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.decks.cloze import hidden, shown
from desktop.decks.deck import Note, NoteKind
from desktop.facts.descriptions import DEICTIC
from desktop.facts.vocabulary import (
    EVALUATIVE,
    HEDGES,
    LEANING,
    NEGATIONS,
    OBLIGATION,
    STANCE,
    TAKING_UP,
    words,
)

MAX_QUESTION_WORDS = 25
MAX_ANSWER_WORDS = 8
MAX_CLOZE_WORDS = 50
MAX_DEFINITION_WORDS = 45

#: What each rule tells the reader.
REASONS = {
    "ambiguous_reference": "The card speaks of something that only the text around it makes clear.",
    "dangling_pronoun": "A pronoun on the card has nothing that it could stand for.",
    "two_answers": "More than one answer would be right.",
    "answer_leaked": "The question gives its answer away.",
    "too_long": "The card is too long to be answered from memory.",
    "trivial": "The answer is too easily guessed, or there is nothing to remember.",
    "opinion_as_fact": "The card asks for a judgement as if it were a fact.",
    "dropped_modality": "The text says this with a “not”, “might” or “according to”.",
    "broken_agreement": "The wording is not grammatical.",
    "not_standing_alone": "Months later it won't be clear when or where this holds.",
    "duplicate": "Another card of the deck asks the same.",
    "unanswerable": "The quoted sentence doesn't give this answer.",
}

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*|[^\w\s]")
_WH = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|why|how)\b(?! is more\b)", re.IGNORECASE
)
_PRONOUNS = words("he she it they him her them his its their hers theirs")
_FIRST_PERSON = words("i we us our my me your you")
_STOP = words(
    """the a an of in on at to for from by with and or but as is are was were be been being has
    have had do does did that this these those it its which who whom whose what when where why how
    many much more most than then there their his her they he she not no into over under about
    between after before during since until up out off so such also only other some any all each
    both one can could will would may might shall should must"""
)
_RANKS = words("first second third last other two three four")
_WEAKENING = HEDGES - words("can will must shall ought should")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“])")
_AUXILIARIES = words("is are was were do does did has have had can could will would may might must")
_IRREGULAR_PAST = words(
    """was were had went came took gave said wrote became began kept met sent stood told thought
    brought bought taught caught fought sought grew knew threw drew flew spoke chose ran"""
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a card: the rule's name and the reason for the reader."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Card:
    """A note as the rules see it: what is asked, what is answered, what the text says."""

    note: Note
    asked: str
    answer: str
    evidence: str


def lint(note: Note) -> tuple[Finding, ...]:
    """Return the faults of a note, none for a sound one."""
    card = _card(note)
    return tuple(Finding(rule, REASONS[rule]) for rule, check in _CHECKS.items() if check(card))


def lint_deck(notes: Iterable[Note]) -> dict[str, tuple[Finding, ...]]:
    """Return the faults of each note by id; a repeated card is a ``duplicate``."""
    found: dict[str, tuple[Finding, ...]] = {}
    seen: set[tuple[str, str]] = set()
    for note in notes:
        card = _card(note)
        key = (" ".join(_content(card.asked)), " ".join(_content(card.answer)))
        faults = lint(note)
        if key in seen or note.id in found:
            faults = (*faults, Finding("duplicate", REASONS["duplicate"]))
        seen.add(key)
        found[note.id] = faults
    return found


def _card(note: Note) -> _Card:
    """Return the note's question and answer, whatever its kind."""
    if note.kind is NoteKind.CLOZE and note.cloze:
        return _Card(note, shown(note.cloze), " … ".join(hidden(note.cloze)), note.evidence.quote)
    return _Card(note, note.front, note.back, note.evidence.quote)


def _tokens(text: str) -> list[str]:
    """Split into words and punctuation marks."""
    return _TOKEN.findall(text.replace("’", "'"))


def _word_count(text: str) -> int:
    """Count the words between white space."""
    return len(text.split())


def _content(text: str) -> list[str]:
    """Return the lower-case words that carry meaning."""
    return [w for w in (t.lower() for t in _tokens(text)) if w[0].isalnum() and w not in _STOP]


def _stem(word: str) -> str:
    """Cut a word to what its forms share."""
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def _ambiguous_reference(card: _Card) -> bool:
    """Find "the dispute", "this region", "the two presidents" without what explains them."""
    if card.note.kind is NoteKind.TERM or _has_context(card.asked):
        return False
    text = card.asked.replace("’", "'")
    if re.search(
        r"\b(?:this|these|those|such|the (?:former|latter|same|other))\b(?! as\b)", text, re.I
    ):
        return not re.search(r"\b(?:those|that) (?:who|of|in|with|that)\b", text, re.I)
    following = r"(?![\w'-])(?!\s+(?:of|in|for|between|that|which|who|on|with|about|by|at)\b)"
    for match in re.finditer(r"\b[Tt]he ([a-z]+)" + following, text):
        noun = _stem(match.group(1))
        if noun in TAKING_UP - _RANKS and noun not in text[: match.start()].lower():
            return True
    counted = re.search(r"\b[Tt]he (?:two|three|four) [a-z]+" + following, text)
    return bool(counted)


def _has_context(text: str) -> bool:
    """Return whether the card says which text it speaks of."""
    return bool(re.match(r"(?:In )?“[^”]+”[,:]", text))


def _dangling_pronoun(card: _Card) -> bool:
    """Find a pronoun with no name or noun before it, and the first person."""
    tokens = _tokens(re.sub(r"\[[^\]]*\]", "Name", card.asked))
    lowered = [t.lower() for t in tokens]
    if set(lowered) & _FIRST_PERSON and "“" not in card.asked:
        return not re.search(r"\bour (?:century|time|age|world|planet)\b", card.asked)
    for index, word in enumerate(lowered):
        if word not in _PRONOUNS:
            continue
        if word == "it" and re.search(r"\bit\b.*\b(?:to|that)\b", " ".join(lowered[index:])):
            continue
        before = tokens[:index]
        nouns = [t for t in before if t.lower() not in _STOP and t[0].isalpha() and len(t) > 2]
        nouns = [t for t in nouns if not _WH.fullmatch(t) and t.lower() not in _PRONOUNS]
        inverted = index > 0 and lowered[index - 1] in _AUXILIARIES
        if not nouns and (inverted or not _who_first(lowered[:index])):
            return True
    return False


def _who_first(before: list[str]) -> bool:
    """Return whether "who" or "which" asks for what the pronoun means."""
    return bool(before) and before[0] in {"who", "which", "what", "whose"}


def _two_answers(card: _Card) -> bool:
    """Find questions that ask for one of several."""
    text = card.asked.lower()
    gap = text.find("[")
    if gap >= 0:
        several = r"\b(?:one|some) of [^\[]* (?:is|was|are|were|include|includes) (?:the )?\["
        example = r"(?:one of|some of|such as|including|like|for example,?|e\.g\.,?) \W*\["
        return bool(re.search(several, text) or re.search(example, text))
    if re.search(r"\b(?:one of|some of|an example of|for example|for instance|e\.g\.)", text):
        return True
    return " or " in f" {card.answer} " and card.note.kind is NoteKind.QUESTION


def _answer_leaked(card: _Card) -> bool:
    """Find words of the answer in what is asked."""
    if card.note.kind is NoteKind.TERM:
        return _term_leaked(card)
    # "Which peace …?" may be answered by "the Peace of …".
    asked_words = re.sub(r"\[[^\]]*\]|\b[Ww]hich \w+", "", card.asked)
    asked = {_stem(w) for w in _content(asked_words)}
    answer = [_stem(w) for w in _content(card.answer)]
    if not answer:
        return False
    shared = [w for w in answer if w in asked]
    if all(w.isdigit() or w[0].isdigit() for w in answer):
        return len(shared) == len(answer)
    if len(answer) <= 3:
        return len(shared) >= max(1, (len(answer) + 1) // 2)
    return len(shared) >= 0.7 * len(answer)


def _term_leaked(card: _Card) -> bool:
    """Find a definition that uses the term itself."""
    term = [_stem(w) for w in _content(card.asked)]
    back = {_stem(w) for w in _content(card.answer)}
    return bool(term) and all(w in back for w in term)


def _too_long(card: _Card) -> bool:
    """Hold cards to lengths that can be read at a glance."""
    if card.note.kind is NoteKind.TERM:
        cut_off = card.answer.rstrip().endswith(("…", "..."))
        return (
            cut_off
            or _word_count(card.answer) > MAX_DEFINITION_WORDS
            or _word_count(card.asked) > 8
        )
    if card.note.kind is NoteKind.CLOZE:
        longest = max((_word_count(part) for part in card.answer.split(" … ")), default=0)
        return _word_count(card.asked) > MAX_CLOZE_WORDS or longest > MAX_ANSWER_WORDS + 4
    return (
        _word_count(card.asked) > MAX_QUESTION_WORDS or _word_count(card.answer) > MAX_ANSWER_WORDS
    )


def _trivial(card: _Card) -> bool:
    """Find yes/no questions, empty answers and cards with nothing to hold on to."""
    answer = card.answer.strip(" .…").lower()
    if not answer or answer in _STOP or answer in {"yes", "no"}:
        return True
    if card.note.kind is NoteKind.TERM:
        return len(_content(card.answer)) < 3
    if card.note.kind is NoteKind.QUESTION:
        opening = card.asked.split(" ", 1)[0].lower()
        if not _WH.search(card.asked) or (opening in _AUXILIARIES):
            return True
        return len(_content(card.asked)) < 2
    return len(_content(re.sub(r"\[[^\]]*\]|^(?:In )?“[^”]*”[,:]", "", card.asked))) < 3


def _opinion_as_fact(card: _Card) -> bool:
    """Find judgements that nobody is named for."""
    if card.note.kind is NoteKind.TERM:
        return False
    text = card.asked
    if re.search(r"\b(?:[Aa]ccording to|describes?|calls?|characteri[sz]e|argues?|view)\b", text):
        return False
    lowered = [t.lower() for t in _tokens(re.sub(r"“[^”]*”", "", text))]
    if any(w in STANCE for w in lowered) or any(w in OBLIGATION - {"need"} for w in lowered):
        return True
    pattern = r"\b(?:is|are|was|were|be) (?:a |an |the |very |most |more |so )*([a-z]+)"
    return any(m.group(1) in EVALUATIVE for m in re.finditer(pattern, text.lower()))


def _dropped_modality(card: _Card) -> bool:
    """Find a "not", "might" or "according to" of the sentence that the card has lost."""
    if card.note.kind is NoteKind.TERM:
        return False
    whole = [t.lower() for t in _tokens(f"{card.asked} {card.answer}")]
    said = [t.lower() for t in _tokens(_told(card))]
    kept = {_stem(w) for w in whole}
    carried = [
        i for i, w in enumerate(said) if w not in _STOP and w[0].isalnum() and _stem(w) in kept
    ]
    if not carried:
        return False
    window = said[max(0, carried[0] - 2) : carried[-1] + 1]
    marks = [w for w in window if w in _WEAKENING or w in NEGATIONS or w == "according"]
    return any(mark not in whole and not _negated_as(mark, whole) for mark in marks)


def _told(card: _Card) -> str:
    """Return the sentence of the evidence that shares most with the card."""
    wanted = set(_content(f"{card.asked} {card.answer}"))
    sentences = _SENTENCE.split(card.evidence)
    return max(sentences, key=lambda sentence: len(wanted & set(_content(sentence))))


def _negated_as(mark: str, whole: list[str]) -> bool:
    """Return whether a negation is kept in another form ("n't" as "not")."""
    return mark in NEGATIONS and any(w in NEGATIONS or w.endswith("n't") for w in whole)


def _broken_agreement(card: _Card) -> bool:
    """Find wording that can't be right: verbs, articles, stray punctuation."""
    if card.note.kind is NoteKind.TERM:
        return bool(
            re.match(r"(?:of|in|on|to|by|with|for|and|or|is|are|was|you|we)\b", card.answer)
            or "[" in card.answer
        )
    text = card.asked.replace("’", "'")
    if re.search(
        r"\s[,.;?]|[,;:]{2}|,\?|\(\s*\)|\b(\w{2,}) \1\b|\.\?",
        re.sub(r"\bthat that\b|\bhad had\b", "", text),
    ):
        return True
    for opening, closing in (("“", "”"), ("(", ")"), ("[", "]")):
        if text.count(opening) != text.count(closing):
            return True
    if card.note.kind is not NoteKind.QUESTION:
        return False
    if not text.endswith("?") or not re.match(r"[A-Z0-9“\"]", text):
        return True
    lowered = text.lower()
    if re.search(r"\bwho (?:are|have|do)\b", lowered):
        return True
    if re.search(
        r"\b(?:did|does|do) (?:[^?]*?\b)?(?:of|by|to|from|and|in|with|the|a|an)\?$", lowered
    ):
        return True
    return _double_tense(lowered)


def _double_tense(text: str) -> bool:
    """Find "did … wrote" and a question word without a verb after it."""
    match = re.search(r"\bdid ((?:[\w'-]+ ){1,4})", text)
    if match and set(match.group(1).split()[1:]) & _IRREGULAR_PAST:
        return True
    return len(re.findall(r"\w+", text)) < 4


def _not_standing_alone(card: _Card) -> bool:
    """Find times that depend on the day of writing and openings that lean on a text."""
    if card.note.kind is NoteKind.TERM or _has_context(card.asked):
        return False
    lowered = [t.lower() for t in _tokens(card.asked)]
    if set(lowered) & DEICTIC:
        return True
    if re.search(r"\b(?:last|next|this) (?:year|month|week|decade|century)\b|\bago\b", card.asked):
        return True
    if re.search(
        r"\b(?:see|figure|table|chapter) \d|\b(?:above|below) (?:is|are|,)", card.asked.lower()
    ):
        return True
    return bool(lowered) and lowered[0] in LEANING and "?" not in card.asked


def _unanswerable(card: _Card) -> bool:
    """Find answers and questions that the quoted sentence doesn't carry."""
    if card.note.kind is NoteKind.TERM:
        return not card.evidence.strip()
    said = {_stem(w) for w in _content(card.evidence)}
    answer = [_stem(w) for w in _content(card.answer)]
    # A surname in the sentence may be answered by the full name.
    known_answer = sum(w in said for w in answer) >= 0.6 * len(answer)
    full_name = bool(answer) and answer[-1] in said and card.answer.istitle()
    if answer and not known_answer and not full_name and answer[0] not in said:
        return True
    asked = {_stem(w) for w in _content(re.sub(r"\[[^\]]*\]|^(?:In )?“[^”]*”[,:]", "", card.asked))}
    known = sum(any(w[:5] == s[:5] for s in said) for w in asked)
    return bool(asked) and known < 0.4 * len(asked)


_CHECKS: dict[str, Callable[[_Card], bool]] = {
    "ambiguous_reference": _ambiguous_reference,
    "dangling_pronoun": _dangling_pronoun,
    "two_answers": _two_answers,
    "answer_leaked": _answer_leaked,
    "too_long": _too_long,
    "trivial": _trivial,
    "opinion_as_fact": _opinion_as_fact,
    "dropped_modality": _dropped_modality,
    "broken_agreement": _broken_agreement,
    "not_standing_alone": _not_standing_alone,
    "unanswerable": _unanswerable,
}
