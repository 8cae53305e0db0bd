"""What a card is like, in numbers: what the ranker learns from.

Pure text, no language model: the same numbers for a card that was made from a text and for one
that a reader is writing, in any process. Names that begin with ``q_`` tell of the question's
wording, with ``a_`` of the answer, with ``e_`` of how both go with the evidence, with ``ask_`` of
the question word; ``lint_`` are the findings of the linter, ``kind_`` and ``made_`` the kind of
note and the rule that made it.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Iterable

from desktop.decks.deck import Finding, Note, NoteKind
from desktop.decks.quality.view import STOP, view_of, without_context

_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)\]\d]*\s+(?=[A-Z\"“])")
_QUESTION_WORDS = ("who", "whom", "whose", "what", "which", "when", "where", "why", "how")
_FUNCTION = STOP | {"while", "because", "through", "against"}
#: What a question word, and the word after it, ask for.
_ASKING = (
    "who", "whose", "what_is", "what_does", "what_other", "which", "when", "where", "why",
    "how_many", "how_long", "how", "late", "yes_no",
)  # fmt: skip
_BE = frozenset({"is", "are", "was", "were"})
_DO = frozenset({"do", "does", "did"})
_VERBS = frozenset(
    """is are was were be been has have had do does did can could will would may might must
    became become becomes caused causes made makes allows allowed""".split()
)
_TIMES = re.compile(
    r"\b(?:1\d\d\d|20\d\d|centur(?:y|ies)|years?|days?|months?|hours?|minutes?|seconds?|ago|BC|AD"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|morning|evening|night|spring|summer|autumn|winter|before|after|during|since|until|when)\b"
)
_PLACES = re.compile(r"^(?:in|at|on|near|from|to|into|along|across|between|above|below) ", re.I)
_CAUSES = re.compile(r"\b(?:because|due|since|to|so|for|as|owing|caused?|in order)\b", re.I)
_MEANS = re.compile(r"\b(?:by|through|with|using|via|\w+ly|\w+ing)\b", re.I)
_NUMBERS = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|third"
    r"|hundreds?|thousands?|millions?|billions?|several|many|few|most|percent)\b",
    re.I,
)
#: "What is the term for …?" asks for a name, as "Which …?" does.
_ROUNDABOUT = re.compile(r"^what (?:is|was|are|were) (?:the )?(?:name|term|another name|word)\b")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation."""
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)]


@functools.cache
def stem(word: str) -> str:
    """Cut a word to what its forms mostly share."""
    word = word.removesuffix("'s")
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "y", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content(words: list[str]) -> list[str]:
    """Return the stems of the words that carry meaning."""
    return [stem(w) for w in words if w not in _FUNCTION]


def features(note: Note, findings: Iterable[Finding] = ()) -> dict[str, float]:
    """Return the numbers of a note; what doesn't apply to its kind is missing.

    A cloze has no wording of its own, and what a reference work says of a term is none of ours.
    """
    view = view_of(note)
    asked = without_context(view.asked)
    sentence = told(asked, view.answer, view.evidence)
    found = {f"lint_{finding.rule}": 1.0 for finding in findings}
    found[f"kind_{note.kind.value}"] = 1.0
    if note.rule:
        found[f"made_{note.rule}"] = 1.0
    if note.kind is not NoteKind.TERM:
        found |= _answer_traits(view.answer, sentence)
    if note.kind is NoteKind.QUESTION:
        words = words_of(asked)
        found |= _nearness(words, words_of(view.answer), words_of(sentence))
        found |= _wording(asked, sentence)
        asked_for = asking(words)
        found |= {f"ask_{kind}": float(kind == asked_for) for kind in _ASKING}
    return found


def told(asked: str, answer: str, evidence: str) -> str:
    """Return the sentence that holds the answer, and among several the nearest to the question."""
    wanted = set(content(words_of(asked)))
    given = set(content(words_of(answer)))
    bare = answer.strip(" .,;:").lower()

    def closeness(sentence: str) -> tuple[bool, float]:
        own = set(content(words_of(sentence)))
        return bare in sentence.lower(), 2 * len(given & own) + len(wanted & own)

    return max(_SENTENCE.split(evidence), key=closeness)


def asking(words: list[str]) -> str:
    """Return what kind of question the words ask."""
    places = [i for i, w in enumerate(words) if w in _QUESTION_WORDS]
    if not places:
        return "yes_no"
    at = places[0]
    if at > 2 and words[0] not in {"in", "by", "from", "to", "at", "on", "for", "with"}:
        return "late"
    if _ROUNDABOUT.match(" ".join(words)):
        return "which"
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in {"who", "whom"}:
        return "who"
    if word == "what":
        return "what_is" if after in _BE else "what_does" if after in _DO else "what_other"
    if word == "how":
        return {"many": "how_many", "much": "how_many", "long": "how_long"}.get(after, "how")
    return word


def _answer_traits(answer: str, sentence: str) -> dict[str, float]:
    """Return what an answer looks like."""
    words = words_of(answer)
    raw = answer.strip()
    capitals = [w for w in _WORD.findall(raw) if w[0].isupper()]
    share = len(words) / max(1, len(words_of(sentence)))
    return {
        "a_number": float(bool(_NUMBERS.search(raw))),
        "a_time": float(bool(_TIMES.search(raw))),
        "a_place": float(bool(_PLACES.match(raw))),
        "a_cause": float(bool(_CAUSES.search(raw))),
        "a_means": float(bool(_MEANS.search(raw))),
        "a_name": len(capitals) / max(1, len(words)),
        "a_verb": float(any(w in _VERBS for w in words)),
        "a_verb_first": float(bool(words) and words[0] in _VERBS),
        "a_article": float(bool(words) and words[0] in {"the", "a", "an"}),
        "a_list": float(" and " in raw or ", " in raw),
        "a_whole": float(share > 0.8),
        "a_share": min(1.0, share),
        "a_plural": float(bool(words) and words[-1].endswith("s")),
        "a_short": float(len(words) <= 3),
        "a_long": float(len(words) > 8),
        "a_log": math.log1p(len(words)),
    }


def _nearness(asked: list[str], answer: list[str], sentence: list[str]) -> dict[str, float]:
    """Return how a question, its answer and the sentence go together."""
    said = [stem(w) for w in sentence]
    given = content(answer)
    question = content(asked)
    start, end = _place(answer, sentence)
    outside = [w for i, w in enumerate(said) if not start <= i < end]
    left = [stem(w) for w in sentence[:start] if w not in _FUNCTION]
    right = [stem(w) for w in sentence[end:] if w not in _FUNCTION]
    rest = left + right
    known = [w for w in question if w in said]
    known_outside = [w for w in question if w in outside]
    places = [i for i, w in enumerate(said) if w in set(question) and not start <= i < end]
    gap = min((start - i if i < start else i - end + 1 for i in places), default=30)
    beside = set(left[-2:] + right[:2])
    return {
        "e_known": len(known) / max(1, len(question)),
        "e_known_outside": len(known_outside) / max(1, len(question)),
        "e_unknown": float(len(question) - len(known)),
        "e_rest_used": len([w for w in rest if w in question]) / max(1, len(rest)),
        "e_rest_missing": math.log1p(len([w for w in rest if w not in question])),
        "e_gap": math.log1p(gap),
        "e_beside_used": len([w for w in beside if w in question]) / max(1, len(beside)),
        "e_answer_in_question": len([w for w in given if w in question]) / max(1, len(given)),
        "e_answer_found": float(end > start),
        "e_answer_first": float(end > start and start <= 1),
        "e_answer_last": float(end > start and end >= len(sentence) - 1),
        "e_order": _order(question, said),
        "e_bigrams": _bigrams(asked, sentence),
        "e_run": _run([stem(w) for w in asked], said) / max(1, len(asked)),
    }


def _place(answer: list[str], sentence: list[str]) -> tuple[int, int]:
    """Return where the answer's words stand in the sentence; an empty range where they don't."""
    size = len(answer)
    for at in range(len(sentence) - size + 1 if size else 0):
        if sentence[at : at + size] == answer:
            return at, at + size
    return 0, 0


def _order(question: list[str], said: list[str]) -> float:
    """Return the share of the known words that come in the order of the sentence."""
    places = [said.index(w) for w in question if w in said]
    if len(places) < 2:
        return 1.0
    return sum(b >= a for a, b in itertools.pairwise(places)) / (len(places) - 1)


def _bigrams(asked: list[str], sentence: list[str]) -> float:
    """Return the share of the question's pairs of words that the sentence has too."""
    pairs = set(itertools.pairwise(asked))
    return len(pairs & set(itertools.pairwise(sentence))) / max(1, len(pairs))


def _run(asked: list[str], said: list[str]) -> int:
    """Return the length of the longest run of words in both."""
    best = 0
    row = [0] * (len(said) + 1)
    for word in asked:
        previous = 0
        for i, other in enumerate(said, 1):
            kept = row[i]
            row[i] = previous + 1 if word == other else 0
            previous = kept
            best = max(best, row[i])
    return best


def _wording(asked: str, sentence: str) -> dict[str, float]:
    """Return what a question's wording is like."""
    words = words_of(asked)
    tokens = _WORD.findall(asked)
    inner = [t for t in tokens[1:] if t[0].isupper()]
    named = {w.lower() for w in _WORD.findall(sentence)[1:] if w[0].isupper()}
    lowered = [t for t in tokens if t.islower() and t in named and t not in _FUNCTION]
    bare = content(words)
    last = words[-1] if words else ""
    return {
        "q_log": math.log1p(len(words)),
        "q_short": float(len(words) < 6),
        "q_very_short": float(len(words) < 5),
        "q_long": float(len(words) > 18),
        "q_content": math.log1p(len(bare)),
        "q_names": min(3.0, len(inner)),
        "q_lowered": float(len(lowered)),
        "q_repeats": float(len(bare) - len(set(bare))),
        "q_ends_function": float(last in _FUNCTION - {"for", "of", "in", "to", "with", "from"}),
        "q_ends_preposition": float(last in {"for", "of", "in", "to", "with", "from", "by", "on"}),
        "q_spaced": float(" - " in asked or " ' " in asked or " ," in asked),
        "q_the_noun": float(bool(re.search(r"\b[Tt]he [a-z]+\?$", asked))),
        "q_pronoun": float(bool({"it", "they", "he", "she", "its", "their"} & set(words))),
        "q_that": float("that" in words),
        "q_comma": float("," in asked),
    }
