"""Rules on the answer: given away, one of several, not worth asking for, not in the evidence."""

from __future__ import annotations

import itertools
import re

from desktop.decks.deck import NoteKind
from desktop.decks.quality.view import (
    AUXILIARIES,
    QUESTION_WORD,
    STOP,
    View,
    content,
    stem,
    tokens,
    without_context,
    without_gaps,
)
from desktop.facts.vocabulary import words

#: Answers that name nothing.
_EMPTY_ANSWERS = words(
    """something someone somebody anything anyone everything everyone nothing people person thing
    things others another way ways part parts example examples kind kinds type types case cases
    fact facts several various different certain such same many some few more most less author
    text term word name"""
)
_NUMERALS = words(
    """one two three four five six seven eight nine ten eleven twelve hundred thousand million
    billion"""
)
_SEVERAL_GAP = re.compile(
    r"\b(?:one|some) of [^\[]* (?:is|was|are|were|include|includes) (?:the )?\["
    r"|(?:one of|some of|such as|including|(?<=\w )like|for (?:example|instance),?|e\.g\.,?) \W*\["
    r"|\[(?!which (?:two|three|four|five)\b)[^\]]*\] (?:and|or) (?:a number of|other|many|several"
    r"|various|some)\b"
    r"|(?:,|\band|\bor) \[[^\]]*\](?:, (?:and |or )?[\w’' -]+(?:,| and\b| or\b)|,? (?:and|or) )"
)
_SEVERAL = re.compile(
    r"\b(?:one (?:form|type|kind|sort|way|example|variety|reason|result|effect)|one of|some of"
    r"|an example of|for example|for instance|e\.g\.)"
    r"|\b(?:examples?|instances?) (?:of|is|are)\b|\bname (?:one|an?|some)\b"
)
#: "Which state is a member of …?" has as many answers as there are members.
_ONE_OF_A_KIND = re.compile(
    r"^(?:who|what|which [\w-]+) (?:is|was|ha[sd] (?:\w+ )?been) an? (?:[\w-]+ )?(?:member|part"
    r"|ally|friend|rival|enemy|neighbou?r|colleague|fan|proponent|advocate|follower|user|type|kind|form|example"
    r"|sort|supporter|critic|opponent|citizen|component|symptom|feature|element|aspect|source|cause"
    r"|way|method|use|advantage|disadvantage)\b"
)
#: "What did Wundt do?" can be answered with anything that he did.
_UNDER_TOLD = re.compile(
    r"^what (?:(?:did|does|do|has|have) (?:[\w'-]+ ){1,4}(?:do|done|have|say|said|make|include|use"
    r"|need|get|involve|want|like)|(?:happened|happens) to (?:[\w'-]+ ?){1,4}"
    r"|(?:is|was|are|were) (?:[\w'-]+ ){1,4}like)\?$"
)


def two_answers(card: View) -> bool:
    """Find questions that ask for one of several."""
    text = without_context(card.asked).lower().replace("’", "'")
    if "[" in text:
        return bool(_SEVERAL_GAP.search(text))
    if card.kind is NoteKind.TERM:
        return False
    if _SEVERAL.search(text) or _ONE_OF_A_KIND.search(text) or _UNDER_TOLD.search(text):
        return True
    return bool(re.search(r"\b(?:and/)?or\b", card.answer.lower()))


def answer_leaked(card: View) -> bool:
    """Find words of the answer in what is asked."""
    if card.kind is NoteKind.TERM:
        term = [stem(w) for w in content(card.asked)]
        back = {stem(w) for w in content(card.answer)}
        return bool(term) and all(w in back for w in term)
    # "Which peace …?" may be answered by "the Peace of …".
    text = re.sub(r"\b[Ww]hich \w+", "", without_gaps(card.asked))
    asked = {stem(w) for w in content(text)}
    answer = [stem(w) for w in content(card.answer)]
    if not answer:
        return bool(card.answer.strip()) and _spelled_in(card.answer, text)
    shared = [w for w in answer if w in asked]
    figures = [w for w in answer if w[0].isdigit() or w in _NUMERALS]
    if figures:
        # "340 miles" isn't given away by the miles.
        return all(w in asked for w in figures)
    if _derived(card.answer, text):
        return True
    if len(answer) <= 3:
        telling = [w for w in answer if w not in _class_words(card.answer, text)]
        shared = [w for w in telling if w in asked]
        return not telling or len(shared) >= max(1, (len(telling) + 1) // 2)
    return len(shared) >= 0.7 * len(answer) or _spelled_in(card.answer, text)


def _class_words(answer: str, text: str) -> set[str]:
    """Return the words of the answer that only say what sort of thing it is: "surgery".

    They end it, or stand before "of", and the question has them in small letters.
    """
    found = [t for t in tokens(answer) if t[0].isalnum()]
    heads = {found[-1]} | {a for a, b in itertools.pairwise(found) if b == "of"}
    if len(content(answer)) < 2:
        return set()
    asked = [t for t in tokens(text) if t[0].isalnum()]
    small = {stem(t) for t in asked if t.islower()}
    capital = {stem(t.lower()) for t in asked if not t.islower()}
    return {stem(h.lower()) for h in heads} & (small - capital)


def _spelled_in(answer: str, text: str) -> bool:
    """Return whether the answer stands in the text to the letter."""
    return bool(re.search(rf"(?<!\w){re.escape(answer.strip().lower())}(?!\w)", text.lower()))


def _derived(answer: str, text: str) -> bool:
    """Return whether a name of one word is asked for by a word made of it: Japan, Japanese."""
    named = [t for t in tokens(answer) if t.lower() not in STOP and t[0].isalpha()]
    if len(named) != 1 or not named[0][0].isupper() or len(named[0]) < 4:
        return False
    name = named[0].lower()
    others = [t.lower() for t in tokens(text) if t[0].isupper() and len(t) >= 4]
    return any(
        abs(len(other) - len(name)) <= 4 and (other.startswith(name) or name.startswith(other))
        for other in others
    )


def trivial(card: View) -> bool:
    """Find yes/no questions, empty answers and cards with nothing to hold on to."""
    answer = card.answer.strip(" .…").lower()
    if not answer or answer in STOP or answer in {"yes", "no", "true", "false"}:
        return True
    if card.kind is NoteKind.TERM:
        return len(content(card.answer)) < 3
    carrying = content(card.answer)
    if not carrying or all(word in _EMPTY_ANSWERS for word in carrying):
        return True
    if card.kind is NoteKind.QUESTION:
        asked = without_context(card.asked)
        opening = asked.split(" ", 1)[0].lower()
        if not QUESTION_WORD.search(asked) or opening in AUXILIARIES:
            return True
        # "What is a hygrometer?" asks enough with one word.
        defining = re.match(r"(?:what|who) (?:is|are|was|were|does)\b", asked.lower())
        return len(content(asked)) < (1 if defining else 2)
    return len(content(without_gaps(without_context(card.asked)))) < 3


def unanswerable(card: View) -> bool:
    """Find answers and questions that the quoted sentence doesn't carry."""
    if card.kind is NoteKind.TERM:
        return not card.evidence.strip()
    said = {stem(w) for w in content(card.evidence)}
    answer = [stem(w) for w in content(card.answer)]
    # A surname in the sentence may be answered by the full name.
    known_answer = sum(w in said for w in answer) >= 0.6 * len(answer)
    full_name = bool(answer) and answer[-1] in said and card.answer.istitle()
    if answer and not known_answer and not full_name and answer[0] not in said:
        return True
    asked = {stem(w) for w in content(without_gaps(without_context(card.asked)))}
    known = sum(any(w[:5] == s[:5] for s in said) for w in asked)
    return bool(asked) and known < 0.4 * len(asked)
