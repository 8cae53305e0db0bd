"""A glossary with the sentences of its mentions, to be printed, and as Markdown and HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from desktop.glossary.keys import normalised_form
from desktop.glossary.term import Definition, DefinitionSource, Term
from desktop.reading.document import Document, Span
from desktop.reading.sentences import sentence_around

#: So many sentences are quoted for each term; the first ones tell most.
_QUOTED = 5

_SOURCES = {
    DefinitionSource.READER: "my own words",
    DefinitionSource.DOCUMENT: "from the text",
    DefinitionSource.ENCYCLOPEDIA: "encyclopaedia",
    DefinitionSource.DICTIONARY: "dictionary",
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence with a mention: ``text[start:end]`` is the mention, ``where`` its place."""

    text: str
    start: int
    end: int
    where: str


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """A term with its first sentences; ``more`` counts the mentions that are not quoted."""

    term: Term
    quotations: tuple[Quotation, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The terms of one or more texts from A to Z."""

    title: str
    terms: tuple[ListedTerm, ...]


def make_listing(
    title: str, terms: Sequence[tuple[Term, Sequence[Document]]], *, several: bool = False
) -> Listing:
    """Return a listing; each term comes with the document of each of its mentions.

    With ``several`` texts each quotation names its own.
    """
    listed = [_listed(term, documents, several) for term, documents in terms]
    listed.sort(key=lambda line: (_plain(line.term.term), line.term.term))
    return Listing(title, tuple(listed))


def listing_markdown(listing: Listing) -> str:
    """Return the listing as Markdown: a heading for each letter, an entry for each term."""
    lines = [f"# Glossary: {_marked_down(listing.title)}", ""]
    for letter, terms in _by_letter(listing):
        lines += [f"## {letter}", ""]
        for line in terms:
            lines += [*_entry_markdown(line), ""]
    return "\n".join(lines)


def listing_html(listing: Listing) -> str:
    """Return the listing as one page that needs nothing else and prints well."""
    letters = _by_letter(listing)
    title = escape(f"Glossary: {listing.title}")
    index = " ".join(f'<a href="#letter-{n}">{escape(x)}</a>' for n, (x, _) in enumerate(letters))
    body: list[str] = []
    anchors = {normalised_form(line.term.term): f"t{n}" for n, line in enumerate(listing.terms)}
    entries = 0
    for number, (letter, terms) in enumerate(letters):
        body.append(f'<section><h2 id="letter-{number}">{escape(letter)}</h2>')
        body += [_entry_html(line, f"t{entries + n}", anchors) for n, line in enumerate(terms)]
        entries += len(terms)
        body.append("</section>")
    count = f"{len(listing.terms)} {'entry' if len(listing.terms) == 1 else 'entries'}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><p>Glossary</p><h1>{escape(listing.title)}</h1><p>{count}</p>"
        f"<nav>{index}</nav></header>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def described_source(definition: Definition) -> str:
    """Return where a definition comes from, with the entry and licence of a reference work."""
    name = _SOURCES[definition.source]
    return f"{name}: {definition.reference}" if definition.reference else name


def _listed(term: Term, documents: Sequence[Document], several: bool) -> ListedTerm:
    quotations: list[Quotation] = []
    seen: set[tuple[str, Span]] = set()
    more = 0
    for span, document in zip(term.mentions, documents, strict=True):
        sentence = sentence_around(document, span)
        key = (document.source.sha256, sentence.span)
        if key in seen:
            continue
        if len(quotations) == _QUOTED:
            more += 1
            continue
        seen.add(key)
        start = span.start - sentence.span.start
        where = document.name if several else ""
        quotations.append(Quotation(sentence.quote, start, start + span.end - span.start, where))
    return ListedTerm(term, tuple(quotations), more)


def _by_letter(listing: Listing) -> list[tuple[str, list[ListedTerm]]]:
    def letter(line: ListedTerm) -> str:
        first = _plain(line.term.term)[:1]
        return first.upper() if first.isalpha() else "#"

    return [(key, list(lines)) for key, lines in groupby(listing.terms, letter)]


def _plain(name: str) -> str:
    """Return a name as it is sorted: in small letters without their accents."""
    letters = unicodedata.normalize("NFD", normalised_form(name))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _entry_markdown(line: ListedTerm) -> Iterator[str]:
    term, meaning = line.term, line.term.definition
    also = f", also {', '.join(map(_marked_down, term.aliases))}" if term.aliases else ""
    head = f"**{_marked_down(term.term)}** ({term.kind.value}{also})"
    if meaning is not None:
        source = _marked_down(described_source(meaning))
        head += f" — {_marked_down(meaning.text)} *({source})*"
    yield head
    for quotation in line.quotations:
        before, words, after = _parts(quotation)
        where = f" — {_marked_down(quotation.where)}" if quotation.where else ""
        yield ""
        yield f"> {_marked_down(before)}**{_marked_down(words)}**{_marked_down(after)}{where}"


def _entry_html(line: ListedTerm, anchor: str, anchors: Mapping[str, str]) -> str:
    term, meaning = line.term, line.term.definition
    also = f'<span class="also">also {escape(" · ".join(term.aliases))}</span>'
    parts = [
        f'<article id="{anchor}"><h3>{escape(term.term)} '
        f'<span class="kind">{term.kind.value}</span></h3>',
        also if term.aliases else "",
    ]
    if meaning is not None:
        source = escape(described_source(meaning))
        quotes = [quotation.text for quotation in line.quotations]
        if meaning.evidence is not None and meaning.evidence.quote in quotes:
            source = f'<a href="#{anchor}-{quotes.index(meaning.evidence.quote) + 1}">{source}</a>'
        parts.append(f'<p class="meaning">{escape(meaning.text)}</p><p class="source">{source}</p>')
    related = [
        f'<a href="#{anchors[normalised_form(name)]}">{escape(name)}</a>'
        for name in term.related
        if normalised_form(name) in anchors
    ]
    if related:
        parts.append(f'<p class="source">See also {" · ".join(related)}</p>')
    places = []
    for number, quotation in enumerate(line.quotations, 1):
        before, words, after = map(escape, _parts(quotation))
        where = f" <cite>{escape(quotation.where)}</cite>" if quotation.where else ""
        places.append(f'<li id="{anchor}-{number}">{before}<mark>{words}</mark>{after}{where}</li>')
    if line.more > 0:
        places.append(f'<li class="more">and {line.more} more</li>')
    number = len(term.mentions)
    if places:
        parts.append(
            f"<details open><summary>{number} {'mention' if number == 1 else 'mentions'}"
            f"</summary><ol>{''.join(places)}</ol></details>"
        )
    return "".join(parts) + "</article>"


def _parts(quotation: Quotation) -> tuple[str, str, str]:
    """Return what stands before, in and after the mention, in one line."""
    text = quotation.text
    pieces = (text[: quotation.start], text[quotation.start : quotation.end], text[quotation.end :])
    before, words, after = (piece.replace("\n", " ") for piece in pieces)
    return before, words, after


def _marked_down(text: str) -> str:
    """Return ``text`` with what Markdown would take for its own marks made harmless."""
    flat = " ".join(text.split()) if "\n" in text else text
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in flat)


_STYLE = """
:root { color-scheme: light dark; --text: #23201b; --muted: #665f54; --line: #e4dfd4;
  --page: #fffdf9; --accent: #a43c28; --mark: #fbeec2; }
@media (prefers-color-scheme: dark) { :root { --text: #e9e4da; --muted: #a59d90; --line: #3a362f;
  --page: #1d1b18; --accent: #ec907a; --mark: #4a401f; } }
body { margin: 0 auto; max-width: 42rem; padding: 3rem 1.5rem; background: var(--page);
  color: var(--text); font: 1.06rem/1.55 "Source Serif Pro", Charter, Georgia, serif; }
header p, .kind, .source, .also, summary, cite, .more { font-family: "Source Sans Pro",
  "Segoe UI", "Helvetica Neue", sans-serif; font-size: .84rem; color: var(--muted); }
header p { margin: 0; } h1 { margin: .1rem 0 .4rem; line-height: 1.2; font-size: 2rem; }
nav { margin-top: 1rem; display: flex; flex-wrap: wrap; gap: .3rem .7rem; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
h2 { margin: 2.4rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line);
  color: var(--accent); font-size: 1.1rem; }
article { margin: 0 0 1.5rem; break-inside: avoid; } h3 { margin: 0; font-size: 1.15rem; }
.kind { font-weight: 400; margin-left: .4rem; } .also { display: block; }
.meaning { margin: .2rem 0 0; } .source { margin: 0; }
summary { cursor: pointer; margin-top: .3rem; }
ol { margin: .3rem 0 0; padding-left: 1.4rem; font-size: .94rem; color: var(--muted); }
li { margin: .15rem 0; } li:target { color: var(--text); } .more { list-style: none; }
mark { background: var(--mark); color: inherit; } cite { white-space: nowrap; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; color: #000;
  background: none; } nav { display: none; } h2 { break-after: avoid; } }
"""
