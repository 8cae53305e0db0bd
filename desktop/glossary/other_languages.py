"""A plain glossary of texts in other languages: names, terms and how often, seldom a definition.

With a model of the language names are its entities and terms its frequent nouns. Without one a
run of capitalised words inside a sentence is a name, and a word that comes often is a term. Only a
reader's own dictionary of that language tells what something means; no facts are drawn.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from desktop.glossary.ranking import importance
from desktop.glossary.sources.opening import Sources
from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.reading.document import Block, Document, Span
from desktop.reading.tongue import small_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_KINDS = {
    "PER": TermKind.PERSON, "PERSON": TermKind.PERSON, "persName": TermKind.PERSON,
    "PRS": TermKind.PERSON, "LOC": TermKind.PLACE, "GPE": TermKind.PLACE,
    "placeName": TermKind.PLACE, "geogName": TermKind.PLACE, "ORG": TermKind.ORGANISATION,
    "orgName": TermKind.ORGANISATION, "EVENT": TermKind.EVENT, "EVN": TermKind.EVENT,
    "WORK_OF_ART": TermKind.WORK, "WRK": TermKind.WORK, "MISC": TermKind.CONCEPT,
}  # fmt: skip
#: Languages that write every noun with a capital.
_CAPITALISED_NOUNS = frozenset({"de", "lb"})
_SHORTEST = 5
_OFTEN = 3
#: At most one term of mere frequency for so many words of text.
_WORDS_A_TERM = 60

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?…:]|[\n])[\"”’»«„“)\]\s–—-]*$")
_PARTICLES = (
    "de la du des del della di da dos das van von der den zu zum zur af av ter y le los las".split()
)
_BETWEEN = re.compile(r"\s+(?:(?:" + "|".join(_PARTICLES) + r")\s+){0,2}|-")
#: Where every noun has a capital, "Honig von der Wiese" is built as "Otto von der Aue" is.
_BESIDE = re.compile(r"\s+|-")

_Found = dict[tuple[str, TermKind], list[Span]]


def extract_plainly(
    document: Document,
    language: str,
    model: Language | None,
    sources: Sources,
    progress: Callable[[float], None] = lambda _share: None,
) -> Glossary:
    """Return the names and terms of a text in ``language``, most important first."""
    found = _by_model(document, model, progress) if model else _by_capitals(document, language)
    known = sources.in_language(language)
    terms = [
        Term(
            form,
            kind,
            (),
            importance(document, kind, spans, defined_here=False),
            _definition(form, known),
            tuple(sorted(spans)),
        )
        for (form, kind), spans in found.items()
    ]
    terms.sort(key=lambda term: (-term.importance, term.term.casefold(), term.kind))
    return Glossary(document.name, document.source.sha256, tuple(terms))


def _definition(form: str, sources: Sources) -> Definition | None:
    for source in sources.own():
        for entry in (*source.lookup(form), *source.lookup(form.casefold())):
            return Definition(entry.gloss, DefinitionSource.DICTIONARY, reference=entry.reference)
    return None


def _by_model(document: Document, model: Language, progress: Callable[[float], None]) -> _Found:
    """Return the entities and the frequent nouns; no parse outlives its block."""
    names: dict[str, list[tuple[TermKind, Span]]] = defaultdict(list)
    nouns: dict[str, list[Span]] = defaultdict(list)
    blocks = list(document.body())
    total = max(1, len(blocks))
    for done, (block, doc) in enumerate(
        zip(blocks, model.pipe(block.text for block in blocks), strict=True)
    ):
        for entity in doc.ents:
            if entity.label_ in _KINDS and any(c.isupper() for c in entity.text):
                span = Span(block.index, entity.start_char, entity.end_char)
                names[entity.text].append((_KINDS[entity.label_], span))
        for lemma, span in _nouns(doc, block):
            nouns[lemma].append(span)
        progress((done + 1) / total)
    found: _Found = {}
    for form, places in names.items():
        kind = Counter(kind for kind, _ in places).most_common(1)[0][0]
        if kind is not TermKind.CONCEPT or len(places) > 1:
            found[form, kind] = [span for _, span in places]
    return found | _most_frequent(nouns, document)


def _nouns(doc: Doc, block: Block) -> Iterator[tuple[str, Span]]:
    for token in doc:
        if token.pos_ == "NOUN" and not token.ent_type_ and len(token) >= _SHORTEST:
            lemma = token.lemma_ or token.text
            yield lemma, Span(block.index, token.idx, token.idx + len(token))


def _most_frequent(places: Mapping[str, list[Span]], document: Document) -> _Found:
    """Return the words that come often, the most frequent ones of a long text."""
    often = [(form, spans) for form, spans in places.items() if len(spans) >= _OFTEN]
    often.sort(key=lambda each: (-len(each[1]), each[0]))
    most = max(5, document.word_count() // _WORDS_A_TERM)
    return {(form, TermKind.CONCEPT): spans for form, spans in often[:most]}


def _by_capitals(document: Document, language: str) -> _Found:
    """Return runs of capitals inside sentences, and what is frequent."""
    small = small_words(language)
    runs: dict[str, list[Span]] = defaultdict(list)
    inside: Counter[str] = Counter()
    words: dict[str, list[Span]] = defaultdict(list)
    nouns_have_capitals = language in _CAPITALISED_NOUNS
    for block in document.body():
        for start, end, opens in _runs(
            block.text, small, _BESIDE if nouns_have_capitals else _BETWEEN
        ):
            form = block.text[start:end]
            runs[form].append(Span(block.index, start, end))
            inside[form] += not opens
        for word in _WORD.finditer(block.text):
            form = word.group()
            is_term = form[:1].isupper() if nouns_have_capitals else form.islower()
            if is_term and len(form) >= _SHORTEST and form.lower() not in small:
                words[form].append(Span(block.index, *word.span()))
    found: _Found = {
        (form, TermKind.CONCEPT): spans
        for form, spans in runs.items()
        if inside[form] and (" " in form or not nouns_have_capitals)
    }
    taken = [span for spans in found.values() for span in spans]
    covered = {(span.block, at) for span in taken for at in range(span.start, span.end)}
    free = {
        form: [span for span in spans if (span.block, span.start) not in covered]
        for form, spans in words.items()
    }
    return _most_frequent(free, document) | found


def _runs(
    text: str, small: frozenset[str], between: re.Pattern[str]
) -> Iterator[tuple[int, int, bool]]:
    """Yield where runs of capitalised words stand, and whether each opens a sentence."""
    run: tuple[int, int] | None = None
    for word in _WORD.finditer(text):
        form = word.group()
        if not form[0].isupper() or len(form) < 2:
            continue
        if run and between.fullmatch(text[run[1] : word.start()]):
            run = (run[0], word.end())
            continue
        if run:
            yield (*run, bool(_SENTENCE_END.search(text[: run[0]][-12:])))
        opens = bool(_SENTENCE_END.search(text[: word.start()][-12:]))
        run = None if opens and form.lower() in small else word.span()
    if run:
        yield (*run, bool(_SENTENCE_END.search(text[: run[0]][-12:])))
