"""Decks from facts and terms: each fact in the kind of card that suits it, in order of study."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from desktop.decks.cloze import can_hide, cloze_source, revealed, shown, suits_cloze
from desktop.decks.deck import Deck, Finding, Note, NoteKind, RefusedNote
from desktop.decks.framing import frame_of, framed
from desktop.decks.identity import note_id
from desktop.decks.quality import lint, lint_deck
from desktop.decks.questions import ask
from desktop.decks.ranking import IMPROBABLE, LEAST_PROBABLE, Ranker, shipped_ranker
from desktop.facts.fact import Fact, Facts
from desktop.facts.identity import normalised
from desktop.facts.vocabulary import OFFICES, words
from desktop.glossary.levels import is_hard
from desktop.glossary.term import DefinitionSource, Glossary, Term, TermKind
from desktop.language import frequency
from desktop.reading.document import Document, Evidence, Span
from desktop.reading.sentences import sentence_around

#: A fact below this importance makes no card; where its paragraph has none, less is enough.
_LEAST = 0.52
_LEAST_ALONE = 0.45
#: What is worth less makes no card of its own.
_SUREST = 0.6
#: A target worth this much makes a card beside another one of the same statement.
_STRONG = 0.85
#: Questions of these rules must have so many words that tell something.
_TOLD = {
    "name_subject": 5,
    "object": 4,
    "subject": 4,
    "agent": 3,
    "name_object": 5,
    "named_kind": 5,
    "number": 4,
    "date": 4,
}
_ASKING = words("what which whom does were have been many year decade century when in")
#: Terms that a reference work defines make at most this share of the cards that the text makes.
_TERM_SHARE = 0.1
#: The level whose readers may not know a word that is worth a card.
_LEVEL = "C1"
#: Nor is a word of this Zipf frequency one of those that everybody meets.
_RARE = 2.3
#: The tag of cards on what holds for a time.
AGES = "glossator::ages"
#: A definition that is surer than this makes a card.
_SURE = {
    DefinitionSource.READER: 0.0,
    DefinitionSource.DOCUMENT: 0.91,
    DefinitionSource.ENCYCLOPEDIA: 0.95,
    DefinitionSource.DICTIONARY: 0.97,
}
_JOINED = re.compile(
    r"[\s\"”’)]*(?:\([^()]*\)[\s,]*)?(?:,|–|—|:|\(|\b(?:is|are|was|were|refers? to|means?"
    r"|denotes?|is defined as|are defined as|is when|describes?|involves|consists of)\b)?[\s\"“]*"
)
_GIVEN = re.compile(
    r"[\s,\"”–—(]*(?:(?:is|are|was|were|also|often|that|which|collectively|commonly|what) )*"
    r"(?:called|known as|termed|named|referred to as|or|labeled|dubbed)?"
    r"[\s,\"“]*(?:the |an? )?[\"“]?"
)
#: Words of definitions that every text has.
_EVERYWHERE = frozenset({"which", "their", "these", "other", "about", "between", "from", "such"})
#: Names that a reference work describes in general only, which a reader knows or doesn't need.
_KNOWN_KINDS = frozenset({TermKind.PLACE, TermKind.PERSON})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A note with what decides on its place: importance, and where it stands in the text."""

    note: Note
    importance: float
    place: Span
    answer: str = ""


def build_deck(
    facts: Facts,
    glossary: Glossary,
    document: Document,
    *,
    name: str | None = None,
    limit: int | None = None,
    kinds: Collection[NoteKind] | None = None,
    ranker: Ranker | None = None,
) -> Deck:
    """Return the cards of a document in order of study, which is the order of its text.

    ``kinds`` keeps notes of these kinds only; ``limit`` keeps the most important ones. The
    confidence of a card is its rule's times the probability that ``ranker`` gives it.
    """
    wanted = frozenset(kinds) if kinds is not None else frozenset(NoteKind)
    refused: list[RefusedNote] = []
    chosen = _from_facts(facts, document, wanted, refused)
    if NoteKind.TERM in wanted:
        chosen += _from_terms(glossary, document, chosen)
    sound = _judged(chosen, ranker or shipped_ranker(), refused)
    if limit is not None:
        best = sorted(sound, key=lambda c: (-c.importance, c.place, c.note.id))[: max(0, limit)]
        sound = best
    ordered = sorted(sound, key=lambda c: (c.place, c.note.kind.value, c.note.id))
    title = document.name
    return Deck(
        name or "Glossator::" + title.replace("::", ":"),
        title,
        document.source.sha256,
        tuple(c.note for c in ordered),
        _in_order(refused, {c.note.id for c in ordered}),
    )


def _judged(
    chosen: list[_Candidate], ranker: Ranker, refused: list[RefusedNote]
) -> list[_Candidate]:
    """Return the candidates that linter and ranker let pass, each with its confidence."""
    sound: list[_Candidate] = []
    faults: dict[str, tuple[Finding, ...]] = lint_deck(c.note for c in chosen)
    for candidate in chosen:
        note = candidate.note
        findings = faults[note.id]
        if is_reader_s(note):
            sound.append(candidate)
            continue
        probability = ranker.probability(note, findings)
        note = replace(note, confidence=round(note.confidence * probability, 3))
        if not findings and probability < LEAST_PROBABLE:
            findings = (IMPROBABLE,)
        if findings:
            refused.append(RefusedNote(note, findings))
        else:
            sound.append(replace(candidate, note=note))
    return sound


def _in_order(refused: list[RefusedNote], made: set[str]) -> tuple[RefusedNote, ...]:
    """Return each refused note once, without those that are in the deck in another form."""
    once = {r.note.id: r for r in reversed(refused) if r.note.id not in made}
    return tuple(sorted(once.values(), key=lambda r: (r.note.evidence.span, r.note.id)))


def is_reader_s(note: Note) -> bool:
    """Return whether the reader wrote what the card asks for: then nobody else judges it."""
    return note.rule.endswith(f"_{DefinitionSource.READER.value}")


def build_term_note(term: Term, document: Document) -> Note | None:
    """Return the card of one term, however sure; ``None`` without a definition or a mention."""
    if term.definition is None or not term.mentions:
        return None
    evidence = term.definition.evidence or sentence_around(document, min(term.mentions))
    return _term_note(term, evidence, document)


def _from_facts(
    facts: Facts, document: Document, wanted: frozenset[NoteKind], refused: list[RefusedNote]
) -> list[_Candidate]:
    """Return sound cards of the facts, best first, one for each statement of a sentence.

    ``refused`` takes what no form of its fact could mend.
    """
    chosen: list[_Candidate] = []
    covered: set[int] = set()
    for group in _by_statement(facts):
        made: list[Fact] = []
        for fact in group:
            least = _LEAST_ALONE if fact.evidence.span.block not in covered else _LEAST
            if fact.confidence < _SUREST or fact.importance < least or not _adds(fact, made):
                continue
            note = _note(fact, document, wanted, refused)
            if made and note is not None and note.kind is NoteKind.CLOZE and fact.rule == "date":
                continue
            if note is not None:
                made.append(fact)
                chosen.append(_Candidate(note, fact.importance, fact.answer_span, fact.answer))
        covered |= {fact.evidence.span.block for fact in made}
    return chosen


def _by_statement(facts: Facts) -> list[list[Fact]]:
    """Return the facts of each statement, the most important statements first.

    Which fact of a statement makes its card depends on the statement alone, so that changes
    elsewhere in the text leave the card as it is.
    """
    groups: dict[tuple[Span, str], list[Fact]] = defaultdict(list)
    for fact in facts.facts:
        groups[fact.evidence.span, fact.statement].append(fact)
    ranked = sorted(groups.items(), key=lambda g: (-max(f.importance for f in g[1]), g[0]))
    return [sorted(group, key=lambda f: (-f.confidence, f.answer_span)) for _, group in ranked]


def _adds(fact: Fact, earlier: list[Fact]) -> bool:
    """Return whether a statement bears one more card: two of its facts must be worth their own."""
    if not earlier:
        return True
    strong = min(fact.confidence, earlier[0].confidence) >= _STRONG
    strong = strong and not fact.rule.startswith("name_")
    strong = strong and (ask(fact) is not None or fact.rule not in {"date", "number"})
    return len(earlier) == 1 and strong and fact.asks != earlier[0].asks


def _note(
    fact: Fact, document: Document, wanted: frozenset[NoteKind], refused: list[RefusedNote]
) -> Note | None:
    """Return the first sound form of a fact's card: a question, else a cloze."""
    faulty: list[RefusedNote] = []
    for note in forms(fact, document):
        if note.kind not in wanted:
            continue
        findings = lint(note)
        if not findings:
            return note
        faulty.append(RefusedNote(note, findings))
    refused += faulty[:1]
    return None


def forms(fact: Fact, document: Document) -> Iterator[Note]:
    """Yield the forms that a fact's card can take, the best first."""
    author = ", ".join(document.authors)
    base = Note(
        # The fact's identity: its sentence, what is asked and the answer.
        id=note_id(fact.id, "fact", ""),
        kind=NoteKind.QUESTION,
        front="",
        back="",
        evidence=fact.evidence,
        fact=fact.id,
        rule=fact.rule,
        confidence=fact.confidence,
        tags=("glossator", f"glossator::{fact.kind.value}"),
        title=document.name,
        author=author,
    )
    if fact.as_of:
        base = replace(base, tags=(*base.tags, AGES))
    question = ask(fact)
    frame = frame_of(fact, question or fact.statement, document)
    if frame is None:
        return
    if question and _is_pointed(fact, question):
        yield replace(base, front=framed(question, frame), back=_answer(fact.answer))
    if can_hide(fact) and not fact.opinion and suits_cloze(fact):
        source = framed(cloze_source(fact.statement, fact.targets, fact.hints), frame)
        yield replace(
            base, kind=NoteKind.CLOZE, front=shown(source), back=revealed(source), cloze=source
        )


def _is_pointed(fact: Fact, question: str) -> bool:
    """Return whether what asks for a name tells enough of its deed to have one answer."""
    least = _TOLD.get(fact.rule)
    if least is None:
        return True
    told = [w for w in re.findall(r"[\w’'-]+", question) if len(w) > 3 or w[0].isdigit()]
    return len([w for w in told if w.lower() not in _ASKING]) >= least


def _answer(text: str) -> str:
    """Return an answer as it stands on the back: without loose punctuation."""
    answer = text.strip(" ,;:")
    return answer[:1].upper() + answer[1:]


def _from_terms(
    glossary: Glossary, document: Document, chosen: list[_Candidate]
) -> list[_Candidate]:
    """Return cards of the terms that are defined surely, placed where each is first met.

    What the text itself explains comes always; of the rest the most important ones, up to a share
    of the deck, since a reader of the text knows most of them.
    """
    asked: dict[str, list[_Candidate]] = defaultdict(list)
    for candidate in chosen:
        asked[_singular(candidate.answer)].append(candidate)
    words = {w.lower() for b in document.body() for w in re.findall(r"[^\W\d_]{4,}", b.text)}
    whole = [t.term.lower().split() for t in glossary.terms if t.kind is not TermKind.WORD]
    parts = {part for told in whole if len(told) > 1 for part in told}
    own: list[_Candidate] = []
    others: list[_Candidate] = []
    for term in glossary.terms:
        definition = term.definition
        if definition is None or definition.confidence < _SURE[definition.source]:
            continue
        if not term.mentions or _is_past_office(term):
            continue
        evidence = definition.evidence or sentence_around(document, min(term.mentions))
        names = {_singular(name) for name in (term.term, *term.aliases)}
        if asked[_singular(definition.text)]:
            continue
        if any(_tells_it(twin, evidence) for name in names for twin in asked[name]):
            continue
        note = _term_note(term, evidence, document)
        card = _Candidate(note, term.importance, min(term.mentions))
        if definition.source in {DefinitionSource.DOCUMENT, DefinitionSource.READER}:
            if definition.source is DefinitionSource.READER or _stands_beside(term):
                own.append(card)
        elif _may_be_told(term, parts) and _is_meant(term, words) and not lint(note):
            others.append(card)
    room = round(_TERM_SHARE * (len(chosen) + len(own)))
    return own + sorted(others, key=lambda c: (-c.importance, c.place))[:room]


def _singular(name: str) -> str:
    """Return what singular and plural of a term have in common."""
    return normalised(name).removesuffix("s")


def _may_be_told(term: Term, parts: set[str]) -> bool:
    """Return whether a reference work is the place to look: no known names, no stale ones.

    ``parts`` are the words of longer terms, in which they may mean something of their own.
    """
    definition = term.definition
    looked_up = definition is not None and definition.source is DefinitionSource.DICTIONARY
    if looked_up:
        hard = term.difficulty is not None and is_hard(term.difficulty, _LEVEL)
        rare = frequency.zipf(term.term) < _RARE
        alone = term.kind is TermKind.WORD and term.term.islower() and term.term not in parts
        return hard and rare and alone
    return term.kind not in _KNOWN_KINDS


def _is_meant(term: Term, words: set[str]) -> bool:
    """Return whether what an encyclopaedia tells has to do with the text: two words in common."""
    definition = term.definition
    if definition is None or definition.source is not DefinitionSource.ENCYCLOPEDIA:
        return True
    own = set(re.findall(r"[^\W\d_]{4,}", term.term.lower()))
    told = set(re.findall(r"[^\W\d_]{5,}", definition.text.lower())) - own - _EVERYWHERE
    return len(term.term) > 2 and len(told & words) >= 2


def _tells_it(card: _Candidate, evidence: Evidence) -> bool:
    """Return whether a card that asks for the term already says what it is."""
    defining = card.note.rule in {"definition", "called", "term_given"}
    return defining or card.note.evidence.span.overlaps(evidence.span)


def _stands_beside(term: Term) -> bool:
    """Return whether the text joins the term to its definition: "X is …", "X, a …", "…, called X".

    A definition from further away in the sentence may be another word's.
    """
    definition = term.definition
    if definition is None or definition.evidence is None:
        return False
    evidence = definition.evidence
    at = evidence.quote.find(definition.text)
    if at < 0:
        return False
    for mention in term.mentions:
        if mention.block != evidence.span.block:
            continue
        start, end = mention.start - evidence.span.start, mention.end - evidence.span.start
        if not _is_the_term(evidence.quote[max(0, start) : max(0, end)], term):
            continue
        if 0 <= end <= at and _JOINED.fullmatch(evidence.quote[end:at]):
            return True
        rest = evidence.quote[at + len(definition.text) : start] if start > at else None
        if rest is not None and _GIVEN.fullmatch(rest):
            return True
    return False


def _is_past_office(term: Term) -> bool:
    """Return whether a person is told by an office alone, without the time of it."""
    told = term.definition.text if term.definition is not None else ""
    held = any(word.lower() in OFFICES for word in re.findall(r"[A-Za-z]+", told)[:4])
    return term.kind is TermKind.PERSON and held and not re.search(r"\d{4}", told)


def _is_the_term(mention: str, term: Term) -> bool:
    """Return whether a mention says the whole term, or is its abbreviation or name."""
    if term.kind is not TermKind.CONCEPT:
        return True
    told, whole = len(mention.split()), len(term.term.split())
    return told >= whole or mention.isupper()


def _term_note(term: Term, evidence: Evidence, document: Document) -> Note:
    """Return the card of a term; one term of a reference work is one card in all texts."""
    definition = term.definition
    assert definition is not None
    own = definition.source is DefinitionSource.DOCUMENT
    quote = evidence.quote if own else definition.source.value
    kind = "word" if term.kind is TermKind.WORD else "term"
    return Note(
        id=note_id(quote, "term", term.term),
        kind=NoteKind.TERM,
        front=term.term,
        back=definition.text,
        evidence=evidence,
        term=term.term,
        rule=f"{kind}_{definition.source.value}",
        confidence=round(definition.confidence, 3),
        tags=("glossator", f"glossator::{term.kind.value}"),
        title=document.name,
        author=", ".join(document.authors),
    )
