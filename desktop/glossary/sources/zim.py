"""Articles of a Kiwix ZIM file (a Wikipedia, say), through the ``libzim`` library."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from desktop.errors import InputError
from desktop.glossary.encyclopedia import Article
from desktop.glossary.sources.entry import Entry, SourceKind, language_code, reference
from desktop.glossary.sources.extras import extra
from desktop.glossary.sources.glosses import plain_text
from desktop.glossary.sources.wordnet import licence_name

#: Articles are far smaller; what is larger is a file that means harm.
MAX_ARTICLE_BYTES = 8_000_000
_HEAD_BYTES = 200_000
_MAX_REDIRECTS = 5

_PARAGRAPH = re.compile(r"<p\b[^>]*>((?:(?!<p\b).)*?)</p\s*>", re.DOTALL | re.IGNORECASE)
#: What stands beside the text: tables (with tables in them, from the inside), notes.
_ASIDE = re.compile(
    r"<(table|style|script|figure)\b(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_NOTE_MARK = re.compile(r"\[(?:\d+|[a-z]|note \d+|citation needed)\]")
_POINTER = re.compile(
    r"\b(?:may|can|could|might) (?:also )?refer to\b|\bmost (?:commonly|often) refers to\b"
)


class ZimFile:
    """The articles of one ZIM file; raises ``InputError`` where the file can't be used."""

    kind = SourceKind.ENCYCLOPEDIA

    def __init__(self, path: Path) -> None:
        libzim = extra("libzim.reader")
        try:
            self._archive = libzim.Archive(path)
        except (RuntimeError, OSError, ValueError) as error:
            raise InputError("it is no ZIM file, or damaged") from error
        self._path = path

    @cached_property
    def name(self) -> str:
        """The file's title."""
        return self._metadata("Title") or self._path.stem

    @cached_property
    def licence(self) -> str:
        """The licence that the file names."""
        return licence_name(self._metadata("License"))

    @cached_property
    def language(self) -> str:
        """The language of the articles."""
        return language_code(self._metadata("Language"))

    def _metadata(self, name: str) -> str:
        try:
            text = self._archive.get_metadata(name).decode("utf-8", "replace")
        except (KeyError, RuntimeError):
            return ""
        return " ".join(text.split())[:200]

    def lookup(self, form: str) -> tuple[Entry, ...]:
        """Return the first sentence of the article with this title, if there is one."""
        for title in dict.fromkeys((form, form[:1].upper() + form[1:])):
            found = self._article(title)
            if found is not None:
                return (found,)
        return ()

    def _article(self, title: str) -> Entry | None:
        try:
            if not self._archive.has_entry_by_title(title):
                return None
            entry = self._archive.get_entry_by_title(title)
            for _ in range(_MAX_REDIRECTS):
                if not entry.is_redirect:
                    break
                entry = entry.get_redirect_entry()
            item = entry.get_item()
            if not item.mimetype.startswith("text/html") or item.size > MAX_ARTICLE_BYTES:
                return None
            head = bytes(item.content)[:_HEAD_BYTES].decode("utf-8", "replace")
        except (KeyError, RuntimeError):
            return None  # a damaged article is as good as none
        text = introduction(head)
        if not text or _POINTER.search(text[:200]):
            return None
        sentence = Article(entry.title, "", text, "").first_sentence()
        return Entry(entry.title, sentence, "NOUN", reference=reference(self, entry.title))


def introduction(html: str) -> str:
    """Return the first paragraph of an article that says something, without notes and tables."""
    shorter = html
    for _ in range(6):
        shorter, count = _ASIDE.subn(" ", shorter)
        if not count:
            break
    for match in _PARAGRAPH.finditer(shorter):
        text = " ".join(plain_text(match.group(1)).split())
        text = _NOTE_MARK.sub("", text)
        if len(text.split()) > 3 and re.search(r"[.!?]", text):
            return text
    return ""
