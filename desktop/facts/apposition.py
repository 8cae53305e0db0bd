"""Who or what a name is, as an addition between commas tells: "Ada Roe, a chemist from Leeds, …".

Such an addition stands alone even where the sentence around it doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.facts.fact import FactKind, Proposition, Role
from desktop.facts.grammar import subject_of
from desktop.facts.mentions import NAMES, Mention, Mentions
from desktop.facts.target import Target
from desktop.facts.units import Wording
from desktop.facts.vocabulary import EVALUATIVE, LEANING, words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_ARTICLES = words("a an the one")
#: What sets an addition off, with what may close it.
_SET_OFF = {",": ",.;", "—": "—.;", "–": "–.;", "(": ")"}
_STOPS = frozenset(",.;—–():")
#: An addition of more words is too long for an answer.
_LONGEST = 8
_KINDS = NAMES - {"people", "abbreviation"}
#: What leans on the text around it.
_POINTING = LEANING | words("same former latter other another late then current this that")


#: What makes an office or a rank one person's.
_RANKED = words("first second third fourth fifth sixth seventh eighth ninth tenth last only")


@dataclass(frozen=True, slots=True)
class Addition:
    """A name with what is said of it, as a statement of its own."""

    wording: Wording
    target: Target
    start: int
    end: int


def additions(block: int, sentence: TokenSpan, mentions: Mentions) -> Iterator[Addition]:
    """Yield what the sentence adds to names between commas."""
    for token in sentence:
        if token.dep_ != "appos" or token.i < token.head.i:
            continue
        if token.pos_ == "PROPN":
            made = _held(block, token, mentions)
            if made is not None:
                yield made
            continue
        if token.pos_ != "NOUN":
            continue
        name = token.head
        mention = mentions.covering(block, name.idx, name.idx + len(name.text))
        if mention is None or not _is_whole_name(mention, name):
            continue
        phrase = _phrase(token)
        if phrase is None or not _tells(phrase) or any(t.text == name.text for t in phrase):
            continue
        made = _stated(mention, name, phrase, sentence)
        if made is not None:
            yield made


def _held(block: int, name: Token, mentions: Mentions) -> Addition | None:
    """Return who holds the one office that stands before a name: "the fourth emperor, X, …"."""
    head = name.head
    while head.dep_ == "pobj" and head.head.lower_ == "of":
        # "the third abbot of Lorsch, X": the parser ties the name to the nearest noun.
        head = head.head.head
    first = head.left_edge
    phrase = list(name.doc[first.i : name.left_edge.i])
    mention = mentions.covering(block, name.idx, name.idx + len(name.text))
    if mention is None or mention.kind != "person" or " " not in mention.name:
        return None
    if not phrase or phrase[-1].text != "," or first.lower_ != "the" or head.pos_ != "NOUN":
        return None
    phrase = phrase[:-1]
    one = any(t.lower_ in _RANKED or t.tag_ == "JJS" for t in phrase)
    pointing = _POINTING - _RANKED
    plain = not any(t.pos_ == "PRON" or t.is_punct or t.lower_ in pointing for t in phrase)
    told = sum(t.pos_ in {"NOUN", "PROPN", "ADJ"} for t in phrase)
    following = name.doc[_behind(name, mention) : _behind(name, mention) + 1]
    closed = len(following) == 1 and following[0].text in {",", "."}
    if not (one and plain and closed and told >= 3 and len(phrase) <= _LONGEST):
        return None
    text = name.doc.text
    told_of = text[phrase[0].idx : phrase[-1].idx + len(phrase[-1].text)]
    start, end = mention.start, mention.end
    lead = f"{told_of[0].upper()}{told_of[1:]} was "
    wording = Wording(f"{lead}{text[start:end]}.", ((start, end, len(lead)),))
    asked = Proposition(Role.SUBJECT, "person", opening="who", verb=f"was the{told_of[3:]}")
    target = Target(
        ((start, end),), FactKind.WHO, "person", "holder", 0.85, ("who?",), mention.name, asked
    )
    return Addition(wording, target, phrase[0].idx, end)


def _behind(name: Token, mention: Mention) -> int:
    """Return the index of the token behind a mention."""
    place = name.i
    while place < len(name.doc) and name.doc[place].idx < mention.end:
        place += 1
    return place


def _is_whole_name(mention: Mention, name: Token) -> bool:
    """Return whether the noun is the end of a name that tells which one is meant."""
    if mention.kind not in _KINDS or not mention.name[:1].isupper():
        return False
    if mention.kind == "person":
        if " " not in mention.name or not mention.sure:
            return False
    elif mention.end != name.idx + len(name.text):
        return False
    before = name.left_edge.i
    cut_off = before and name.doc[before].idx < mention.start - 4
    return not cut_off and name.dep_ != "conj" and not any(c.dep_ == "conj" for c in name.children)


def _phrase(token: Token) -> list[Token] | None:
    """Return the tokens of an addition that is closed on both sides and short enough."""
    first = token.left_edge
    opener = first.nbor(-1).text if first.i else ""
    if opener not in _SET_OFF or first.lower_ not in _ARTICLES:
        return None
    inner = [t for t in token.doc[first.i : token.right_edge.i + 1] if not t.is_space]
    for place, word in enumerate(inner):
        relative = word.tag_ in {"WDT", "WP", "WP$", "WRB"}
        if word.i > token.i and (relative or word.text in _STOPS):
            inner = inner[:place]
            break
    while inner and inner[-1].dep_ in {"prep", "cc", "mark", "punct"}:
        inner.pop()
    last = inner[-1] if inner else None
    if last is None or last.i < token.i or last.i + 1 >= len(token.doc):
        return None
    following = last.nbor(1)
    closed = following.text in _SET_OFF[opener] or following.tag_ in {"WDT", "WP", "WP$", "WRB"}
    return inner if closed and len(inner) <= _LONGEST else None


def _tells(phrase: list[Token]) -> bool:
    """Return whether an addition says more than a bare noun, without judging or pointing back."""
    if any(t.pos_ == "PRON" or t.lower_ in _POINTING or t.is_quote for t in phrase):
        return False
    if any(t.lemma_.lower() in EVALUATIVE or t.dep_ in {"conj", "cc"} for t in phrase):
        return False
    content = [t for t in phrase if t.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}]
    tied = any(t.pos_ == "PROPN" for t in phrase) or any(t.dep_ == "prep" for t in phrase)
    definite = phrase[0].lower_ in {"the", "one"}
    return len(content) >= 2 and (tied or (len(content) > 2 and not definite))


def _stated(
    mention: Mention, name: Token, phrase: list[Token], sentence: TokenSpan
) -> Addition | None:
    """Return "NAME is ADDITION" with the question for the addition."""
    text = name.doc.text
    person = mention.kind == "person"
    start, end = phrase[0].idx, phrase[-1].idx + len(phrase[-1].text)
    subject = subject_of(sentence.root)
    past = sentence.root.tag_ == "VBD" or any(
        c.tag_ == "VBD" for c in sentence.root.children if c.dep_ in {"aux", "auxpass"}
    )
    verb = "was" if past and (person or mention.kind in {"event", "work"}) else "is"
    if subject is None or name.tag_ == "NNPS":
        return None
    determined = any(c.dep_ == "det" and c.lower_ == "the" for c in name.children)
    shown = mention.name if person else text[mention.start : mention.end]
    shown = f"the {shown}" if determined else shown
    head = f"{shown[0].upper()}{shown[1:]} {verb} "
    wording = Wording(f"{head}{text[start:end]}.", ((start, end, len(head)),))
    asked = Proposition(
        Role.SUBJECT, "description", opening="who" if person else "what", verb=f"{verb} {shown}"
    )
    target = Target(
        ((start, end),), FactKind.DEFINITION, "description", "apposition", 0.8,
        ("who?" if person else "what?",), "", asked,
    )  # fmt: skip
    return Addition(wording, target, min(mention.start, start), max(mention.end, end))
