"""Analysis → Glossary: names, concepts, abbreviations and hard words with their definitions.

A definition comes from the text where it states one, then from the reader's sources in their
order, from a dictionary in the sense meant here; where none is sure there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from desktop.glossary import dictionary, encyclopedia, gazetteer
from desktop.glossary.abbreviations import Abbreviation, find_abbreviations
from desktop.glossary.candidates import STATED, Candidate, find_concepts
from desktop.glossary.composed import composed_definition
from desktop.glossary.definitions import stated_definitions
from desktop.glossary.entities import group_names
from desktop.glossary.fitting import best_for
from desktop.glossary.hard_words import HardWord, find_hard_words
from desktop.glossary.identity import places_named
from desktop.glossary.idioms import IDIOM_REFERENCE, IDIOMATIC, Idiom, find_idioms
from desktop.glossary.levels import is_hard
from desktop.glossary.looking_up import name_definition, phrase_definition
from desktop.glossary.names import Mention, find_mentions
from desktop.glossary.naming import Name
from desktop.glossary.peoples import home_of, peoples
from desktop.glossary.places import everywhere, occurrences
from desktop.glossary.ranking import importance
from desktop.glossary.relations import relate
from desktop.glossary.sense_choice import choose
from desktop.glossary.sources.opening import EMBEDDED, Sources
from desktop.glossary.stating import Stated
from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.language.analysis import Analysis
from desktop.reading.document import Document, Span
from desktop.settings import DEFAULT_LEVEL, READING_LEVELS

#: What speaks for a name beside its mentions, on the scale of a concept's termhood.
_NAME_WEIGHT = 0.25
#: From this probability on a dictionary sense is shown as the meaning; below it is left out.
_SURE_ENOUGH = 0.38
#: Below this quality ("his novel X") what a reference work says comes first.
_ENOUGH = 0.5
#: Definitions of this quality decide what kind of thing a name is.
_TELLING = 0.6

#: What persons and firms can be: "the owner of several newspapers".
_EITHER = re.compile(
    r"(?:an?\s|the\s)?(?:[\w-]+\s){0,2}?(?:owner|member|ally|rival|leader|producer|sponsor|partner|"
    r"investor|shareholder|successor|predecessor|founder|publisher)\b"
)

_Found = dict[str, list[tuple[int, Stated]]]


def extract_glossary(
    analysis: Analysis,
    *,
    level: str = DEFAULT_LEVEL,
    easier: bool = False,
    without: Collection[str] = (),
    on_draft: Callable[[Glossary], None] | None = None,
    sources: Sources = EMBEDDED,
    weigh_senses: bool = True,
) -> Glossary:
    """Return the glossary of an analysed document, most important terms first.

    It has the words that are hard for a reader of the CEFR ``level``, but for the lemmas in
    ``without``; with ``easier`` also those hard at a lower level, in their most frequent sense
    (``at_level`` leaves them out again). ``on_draft`` gets the glossary as soon as everything but
    the weighing of dictionary senses is done; in it each word has its most frequent sense.
    Without ``weigh_senses`` that draft is what is returned.
    ``sources`` are asked in their order for what the text doesn't say itself.
    """
    document = analysis.document
    sources = sources.in_language(document.language)
    mentions = find_mentions(analysis)
    abbreviations = find_abbreviations(document)
    stated = _stated(analysis, mentions)
    names = group_names(mentions, {a.short: a.long for a in abbreviations}, _hints(stated))
    places = places_named(names)
    terms = [
        _name_term(document, name, stated, abbreviations, sources, places)
        for name in names
        if not _is_short_for_a_noun(name, abbreviations)
    ]
    terms += _origins(document, terms, mentions)
    terms = _with_authors(document, terms)
    abbreviations = _of_no_name(terms, abbreviations)
    taken = _covered(analysis, (span for term in terms for span in term.mentions))
    taken |= _covered(analysis, (mention.span for mention in peoples(mentions)))
    taken |= _covered(analysis, everywhere(document, [item.short for item in abbreviations]))
    concepts = find_concepts(analysis, taken, abbreviations)
    for concept in concepts:
        terms = _with_concept(terms, _concept_term(document, concept, stated, sources))
    terms += _other_abbreviations(document, terms, abbreviations, stated)
    terms = relate(document, terms, mentions)
    taken |= _covered(analysis, (span for c in concepts for span in c.mentions))
    known = {form.casefold() for term in terms for form in (term.term, *term.aliases)}
    known.update(without)
    idioms = find_idioms(analysis, taken, without=known) if is_hard(IDIOMATIC, level) else {}
    terms += [_idiom_term(document, idiom, spans) for idiom, spans in idioms.items()]
    taken |= _covered(analysis, (span for spans in idioms.values() for span in spans))
    lowest = READING_LEVELS[0] if easier else level
    words = find_hard_words(analysis, taken, lowest, without=known, sources=sources)
    easy = [word for word in words if not is_hard(word.difficulty, level)]
    words = words[: len(words) - len(easy)]  # they come hardest first
    terms += _word_terms(document, easy, sources, weigh=False)
    if on_draft is not None:
        drafts = _word_terms(document, words, sources, weigh=False)
        on_draft(_glossary(document, [*terms, *drafts]))
    return _glossary(document, [*terms, *_word_terms(document, words, sources, weigh=weigh_senses)])


def _glossary(document: Document, terms: Iterable[Term]) -> Glossary:
    ordered = sorted(terms, key=lambda term: (-term.importance, term.term.casefold(), term.kind))
    return Glossary(document.name, document.source.sha256, tuple(ordered))


def _stated(analysis: Analysis, mentions: Sequence[Mention]) -> _Found:
    """Return the definitions that the text states, by the key of the form that they stand at."""
    found: _Found = defaultdict(list)
    for mention in mentions:
        doc = analysis.docs[mention.span.block]
        for stated in stated_definitions(doc, mention.start, mention.end, mention.title):
            found[encyclopedia.key(mention.text)].append((mention.span.block, stated))
    return found


def _hints(stated: _Found) -> dict[str, TermKind]:
    """Return the kinds that the definitions themselves name."""
    hints: dict[str, TermKind] = {}
    for form, found in stated.items():
        telling = [
            item
            for _, item in found
            if item.quality >= _TELLING and item.kind is not None and not _EITHER.match(item.text)
        ]
        if telling and telling[0].kind is not None and telling[0].form != "office":
            hints[form] = telling[0].kind
    return hints


def _name_term(
    document: Document,
    name: Name,
    stated: _Found,
    abbreviations: Sequence[Abbreviation],
    sources: Sources,
    places: Collection[str],
) -> Term:
    forms = list(name.forms)
    found = [item for form in forms for item in stated.get(encyclopedia.key(form), ())]
    stated_here = _from_text(document, name.term, name.kind, found)
    says_enough = stated_here is not None and stated_here.confidence >= _ENOUGH
    definition = (
        (stated_here if says_enough else None)
        or _spelled_out(document, name, abbreviations)
        or name_definition(document, name, sources, places)
        or stated_here
        or composed_definition(name)
    )
    home_forms = [] if name.kind is TermKind.PERSON else forms
    spans = occurrences(document, [m.span for m in name.mentions], forms, loose=home_forms)
    aliases = tuple(sorted(set(forms) - {name.term}, key=lambda form: (-name.forms[form], form)))
    score = importance(
        document,
        name.kind,
        spans,
        defined_here=_is_stated(definition),
        weight=_NAME_WEIGHT,
        familiar=_is_familiar(name),
    )
    return Term(name.term, name.kind, aliases, score, definition, spans)


def _is_familiar(name: Name) -> bool:
    """Return whether a name is that of a place which everyone knows: a country or its capital."""
    known = any(map(gazetteer.is_country, name.forms)) or any(
        gazetteer.country_of_capital(form) and name.article is not None for form in name.forms
    )
    return name.kind is TermKind.PLACE and known


def _from_text(
    document: Document, term: str, kind: TermKind, found: Iterable[tuple[int, Stated]]
) -> Definition | None:
    best = best_for(term, kind, found)
    if best is None:
        return None
    block, stated = best
    evidence = document.evidence(Span(block, *stated.sentence))
    text = document.blocks[block].text[stated.start : stated.end]
    return Definition(text, DefinitionSource.DOCUMENT, evidence, confidence=stated.quality)


def _spelled_out(
    document: Document, name: Name, abbreviations: Sequence[Abbreviation]
) -> Definition | None:
    """Return the long form of a name that the text only abbreviates afterwards."""
    if any(" " in form for form in name.forms):
        return None
    for abbreviation in abbreviations:
        if abbreviation.short in name.forms:
            evidence = document.evidence(abbreviation.long_span)
            return Definition(abbreviation.long, DefinitionSource.DOCUMENT, evidence)
    return None


def _is_stated(definition: Definition | None) -> bool:
    return definition is not None and definition.source is DefinitionSource.DOCUMENT


def _origins(document: Document, terms: list[Term], mentions: Sequence[Mention]) -> list[Term]:
    """Attach "Chinese" to China; return entries for the peoples that the dictionary describes.

    ``terms`` is changed in place.
    """
    by_form = {
        encyclopedia.key(form): place
        for place, term in enumerate(terms)
        for form in (term.term, *term.aliases)
    }
    grouped: dict[str, list[Span]] = defaultdict(list)
    for mention in peoples(mentions):
        grouped[mention.text].append(mention.span)
    extra: dict[str, Term] = {}
    for word, spans in grouped.items():
        home = home_of(word)
        place = by_form.get(encyclopedia.key(home)) if home else None
        if place is not None and terms[place].kind is TermKind.PLACE:
            terms[place] = _with_form(document, terms[place], word, spans)
        elif (people := _people(document, word, spans)) is not None:
            meaning = people.definition.text if people.definition else word
            before = extra.get(meaning)
            extra[meaning] = _with_form(document, before, word, spans) if before else people
    return list(extra.values())


def _with_form(document: Document, term: Term, form: str, spans: Sequence[Span]) -> Term:
    merged = tuple(sorted({*term.mentions, *spans}))
    score = importance(
        document, term.kind, merged, defined_here=_is_stated(term.definition), weight=_NAME_WEIGHT
    )
    return replace(term, aliases=(*term.aliases, form), importance=score, mentions=merged)


def _people(document: Document, word: str, spans: Sequence[Span]) -> Term | None:
    """Return an entry for a people ("Uighur") where the dictionary says which one it is."""
    for sense in dictionary.senses(word):
        if sense.gloss.startswith(("a member of", "an ethnic", "a people")):
            reference = dictionary.REFERENCE.format(word)
            definition = Definition(sense.gloss, DefinitionSource.DICTIONARY, reference=reference)
            score = importance(document, TermKind.CONCEPT, spans, defined_here=False)
            return Term(word, TermKind.CONCEPT, (), score, definition, tuple(sorted(spans)))
    return None


def _with_authors(document: Document, terms: list[Term]) -> list[Term]:
    """Make sure that the text's own authors have an entry."""
    result = list(terms)
    known = {form.casefold() for term in terms for form in (term.term, *term.aliases)}
    for author in document.authors:
        spans = occurrences(document, [], [author], loose=[author])
        is_personal = 1 < len(author.split()) < 5 and not author.startswith("The ")
        if author.casefold() not in known and spans and is_personal:
            score = importance(document, TermKind.PERSON, spans, defined_here=False)
            result.append(Term(author, TermKind.PERSON, (), score, None, spans))
    return result


def _is_short_for_a_noun(name: Name, abbreviations: Sequence[Abbreviation]) -> bool:
    """Return whether what looks like a name is explained as the short form of a common noun."""
    plain = {item.short for item in abbreviations if item.long[1:].islower()}
    return name.kind in {TermKind.ABBREVIATION, TermKind.CONCEPT} and set(name.forms) <= plain


def _of_no_name(terms: Sequence[Term], abbreviations: Sequence[Abbreviation]) -> list[Abbreviation]:
    """Return the abbreviations, longer than a letter, that are no entry's other form."""
    known = {form for term in terms for form in (term.term, *term.aliases)}
    return [item for item in abbreviations if item.short not in known and len(item.short) > 1]


def _other_abbreviations(
    document: Document,
    terms: Sequence[Term],
    abbreviations: Sequence[Abbreviation],
    stated: _Found,
) -> list[Term]:
    """Return entries for explained abbreviations whose long form has none."""
    result: list[Term] = []
    for item in _of_no_name(terms, abbreviations):
        spans = everywhere(document, [item.short, item.long])
        definition = _of_abbreviation(document, item, stated)
        score = importance(
            document, TermKind.ABBREVIATION, spans, defined_here=True, weight=_NAME_WEIGHT
        )
        result.append(
            Term(item.short, TermKind.ABBREVIATION, (item.long,), score, definition, spans)
        )
    return result


def _of_abbreviation(document: Document, item: Abbreviation, stated: _Found) -> Definition:
    """Return what the text says of an abbreviated thing, at least what the letters stand for."""
    found = [
        (block, said)
        for form in (item.short, item.long)
        for block, said in stated.get(encyclopedia.key(form), ())
        if said.quality >= STATED and item.long not in said.text
    ]
    told = _from_text(document, item.short, TermKind.CONCEPT, found)
    evidence = document.evidence(item.long_span)
    return told or Definition(item.long, DefinitionSource.DOCUMENT, evidence)


def _concept_term(document: Document, concept: Candidate, stated: _Found, sources: Sources) -> Term:
    """Return a concept's entry; it goes by its abbreviation where the text mostly uses that."""
    found = list(concept.stated)
    if concept.short is not None:
        of_short = stated.get(encyclopedia.key(concept.short.short), ())
        found += [pair for pair in of_short if pair[1].quality >= STATED]
    definition = _from_text(document, concept.phrase, TermKind.CONCEPT, found)
    definition = definition or phrase_definition(concept.phrase, concept.article, sources)
    spans = set(concept.mentions)
    term, kind = concept.phrase, TermKind.CONCEPT
    aliases: tuple[str, ...] = ()
    if concept.short is not None:
        places = everywhere(document, [concept.short.short])
        spans |= set(places)
        aliases = (concept.short.short,)
        if len(places) > 2 * len(concept.mentions):
            term, kind, aliases = concept.short.short, TermKind.ABBREVIATION, (concept.phrase,)
            evidence = document.evidence(concept.short.long_span)
            definition = definition or Definition(
                concept.short.long, DefinitionSource.DOCUMENT, evidence
            )
    mentions = tuple(sorted(spans))
    score = importance(
        document,
        TermKind.CONCEPT,
        mentions,
        defined_here=_is_stated(definition),
        weight=min(1.0, concept.score / 5),
        probability=concept.probability,
    )
    return Term(term, kind, aliases, score, definition, mentions)


def _with_concept(terms: list[Term], concept: Term) -> list[Term]:
    """Add a concept; what a heading or title capitalises ("Human Rights") is the same term."""
    same = [t for t in terms if t.term.casefold() == concept.term.casefold()]
    spans = tuple(sorted({*concept.mentions, *(span for t in same for span in t.mentions)}))
    score = max(t.importance for t in (concept, *same))
    rest = [t for t in terms if t not in same]
    return [*rest, replace(concept, mentions=spans, importance=score)]


def _idiom_term(document: Document, idiom: Idiom, spans: Sequence[Span]) -> Term:
    definition = Definition(
        idiom.meaning, DefinitionSource.DICTIONARY, reference=IDIOM_REFERENCE.format(idiom.phrase)
    )
    score = importance(document, TermKind.WORD, spans, defined_here=False, weight=IDIOMATIC)
    places = tuple(sorted(spans))
    return Term(idiom.phrase, TermKind.WORD, (), score, definition, places, difficulty=IDIOMATIC)


def _word_terms(
    document: Document, words: Sequence[HardWord], sources: Sources, *, weigh: bool
) -> list[Term]:
    """Return the hard words with the sense that their first sentences mean."""
    asked = [word.questions if weigh else word.questions[:1] for word in words]
    questions = [question for several in asked for question in several]
    answers = iter(choose(questions, sources.senses, by_meaning=weigh))
    choices = [next(iter([next(answers) for _ in several])) for several in asked]
    terms: list[Term] = []
    for word, choice in zip(words, choices, strict=True):
        if choice is None or choice.confidence < _SURE_ENOUGH:
            continue
        definition = Definition(
            choice.sense.gloss,
            DefinitionSource.DICTIONARY,
            reference=choice.sense.reference,
            confidence=round(choice.confidence, 3),
            other_senses=tuple(sense.gloss for sense in choice.others),
        )
        spans = word.mentions
        score = importance(
            document, TermKind.WORD, spans, defined_here=False, weight=word.difficulty
        )
        terms.append(
            Term(
                word.lemma, TermKind.WORD, (), score, definition, spans, difficulty=word.difficulty
            )
        )
    return terms


def _covered(analysis: Analysis, spans: Iterable[Span]) -> set[tuple[int, int]]:
    """Return (block, token) for every token that one of the spans touches."""
    covered: set[tuple[int, int]] = set()
    for span in spans:
        doc = analysis.docs[span.block]
        tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is not None:
            covered.update((span.block, i) for i in range(tokens.start, tokens.end))
    return covered
