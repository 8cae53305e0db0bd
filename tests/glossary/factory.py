"""A short text of our own with terms, for tests of the glossary beside and in the text."""

from __future__ import annotations

from desktop.glossary.term import Definition, DefinitionSource, Glossary, Term, TermKind
from desktop.reading.document import Block, BlockKind, Document, Evidence, Source, Span

TEXTS = (
    "The cooper bent each stave over a fire. Maria Lind watched the staves darken.",
    "A croze cuts the groove. The stave must be dry, or the groove will split.",
    "Lind kept the croze of her mother; the Harbour Guild asked for it twice.",
    *(f"Barrel {n} held salted herring, and barrel {n + 1} held rye." for n in range(60)),
)


def document(texts: tuple[str, ...] = TEXTS) -> Document:
    blocks = tuple(Block(i, BlockKind.PARAGRAPH, text) for i, text in enumerate(texts))
    return Document(
        title="Staves", kicker=None, standfirst=None, authors=(), date=None, language="en",
        source=Source("t.txt", "0" * 64, "txt"), blocks=blocks,
    )  # fmt: skip


def spans(words: str, texts: tuple[str, ...] = TEXTS) -> tuple[Span, ...]:
    found = []
    for block, text in enumerate(texts):
        at = text.find(words)
        while at >= 0:
            found.append(Span(block, at, at + len(words)))
            at = text.find(words, at + 1)
    return tuple(found)


def term(
    name: str, kind: TermKind, *forms: str, meaning: str = "", sure: float = 1.0,
    others: tuple[str, ...] = (),
) -> Term:  # fmt: skip
    definition = (
        Definition(meaning, DefinitionSource.DICTIONARY, None, "A dictionary, CC BY", sure, others)
        if meaning
        else None
    )
    mentions = sorted(span for form in forms or (name,) for span in spans(form))
    aliases = tuple(form for form in forms if form != name)
    return Term(name, kind, aliases, 0.5, definition, tuple(mentions))


def glossary() -> Glossary:
    groove = spans("A croze cuts the groove.")[0]
    croze = Definition(
        "the tool that cuts the groove", DefinitionSource.DOCUMENT,
        Evidence(groove, "A croze cuts the groove."),
    )  # fmt: skip
    return Glossary(
        "Staves", "0" * 64, (
            term("stave", TermKind.WORD, "stave", meaning="a narrow strip of wood; slat",
                 sure=0.3, others=("a verse", "a staff in music")),
            Term("croze", TermKind.CONCEPT, (), 0.4, croze, spans("croze")),
            term("Maria Lind", TermKind.PERSON, "Maria Lind", "Lind kept"),
            term("Harbour Guild", TermKind.ORGANISATION),
            term("rye", TermKind.WORD, meaning="a hardy cereal of cold countries"),
        ),
    )  # fmt: skip
