"""The words of a text that a reader may not know, with the sentence that each first stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.glossary import dictionary
from desktop.glossary.candidates import is_hyphenated
from desktop.glossary.difficulty import DEFAULT_LEVEL, difficulty, is_hard
from desktop.language.analysis import Analysis
from desktop.reading.document import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class HardWord:
    """A hard word: how it first occurs, how hard it is (0..1), and all its places."""

    first: dictionary.Question
    difficulty: float
    mentions: tuple[Span, ...]

    @property
    def lemma(self) -> str:
        """The form under which the dictionary has the word."""
        return self.first.lemma


def find_hard_words(
    analysis: Analysis, taken: set[tuple[int, int]], level: str = DEFAULT_LEVEL
) -> list[HardWord]:
    """Return the hard words that the dictionary knows, hardest first."""
    found: dict[tuple[str, str], HardWord] = {}
    for block in analysis.document.body():
        doc = analysis.docs[block.index]
        for token in doc:
            if (block.index, token.i) in taken or not _is_plain_word(token):
                continue
            lemma = dictionary.entry_form(token.text, token.lemma_, token.tag_)
            if lemma is None or not is_hard(token.text, level) or not is_hard(lemma, level):
                continue
            span = Span(block.index, token.idx, token.idx + len(token))
            word = _hard_word(token, lemma, span)
            key = (lemma, word.first.pos)
            if key in found:
                word = replace(found[key], mentions=(*found[key].mentions, span))
            found[key] = word
    words = _one_per_lemma(list(found.values()))
    return sorted(words, key=lambda word: (-word.difficulty, word.mentions[0]))


def _hard_word(token: Token, lemma: str, span: Span) -> HardWord:
    sentence = token.sent
    start = token.idx - sentence.start_char
    question = dictionary.Question(
        lemma, _part_of_speech(token, lemma), sentence.text, start, start + len(token)
    )
    return HardWord(question, min(difficulty(token.text), difficulty(lemma)), (span,))


def _part_of_speech(token: Token, lemma: str) -> str:
    """Return a token's part of speech; a noun before a noun may be the adjective ("interstate")."""
    before_noun = token.pos_ == "NOUN" and token.dep_ == "compound"
    if before_noun and any(sense.pos == "ADJ" for sense in dictionary.senses(lemma)):
        return "NOUN|ADJ"
    return str(token.pos_)


def _is_plain_word(token: Token) -> bool:
    """Return whether a token is an ordinary word: a content word, not capitalised, no number."""
    return (
        token.pos_ in {"NOUN", "VERB", "ADJ", "ADV"}
        and token.is_alpha
        and len(token) > 3
        and (token.text.islower() or (bool(token.is_sent_start) and not token.ent_type_))
        and not is_hyphenated(token)
    )


def _one_per_lemma(words: Sequence[HardWord]) -> Iterator[HardWord]:
    """Join the parts of speech of a lemma under the one that occurs most."""
    grouped: dict[str, list[HardWord]] = defaultdict(list)
    for word in words:
        grouped[word.lemma].append(word)
    for same in grouped.values():
        main = max(same, key=lambda word: (len(word.mentions), word.first.pos))
        spans = sorted(span for word in same for span in word.mentions)
        yield replace(main, mentions=tuple(spans))
