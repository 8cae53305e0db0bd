"""What a saved page says of itself: title, authors, date, language (meta elements, JSON-LD)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.reading.dates import iso_date
from desktop.reading.xml_tree import Element, local_name

_ARTICLE = re.compile(r"article|posting|report|newsarticle|blog|creativework|review", re.I)
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_AUTHORS = ("author", "article:author", "byl", "parsely-author", "dc.creator", "citation_author",
            "sailthru.author")  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date",
    "parsely-pub-date", "dc.date", "dc.date.issued", "citation_publication_date", "pubdate",
    "publish-date", "sailthru.date", "dcterms.date", "dcterms.created",
)  # fmt: skip
_SITE = re.compile(r"\s+(?:\||-|–|—|·|»|::|«|•)\s+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w+)*")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MOST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Title, authors, date (``YYYY-MM-DD``) and language of a page; the page's own heading."""

    title: str | None
    authors: tuple[str, ...]
    date: str | None
    language: str | None
    heading: Element | None
    body: str | None = None  # the whole text, where the structured data hold it


def read_metadata(root: Element) -> PageMetadata:
    """Return what the head of a page, its structured data and its first heading say."""
    metas = _metas(root)
    data = next(_linked_data(root), {})
    named = [metas[key] for key in _TITLES if key in metas]
    if isinstance(data.get("headline"), str):
        named.insert(0, data["headline"])
    head = next((_text(one) for one in root.iter("{*}title", "title") if _in_head(one)), "")
    title, heading = _title(named, head, root)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    language = language or metas.get("content-language") or metas.get("og:locale") or ""
    return PageMetadata(
        title,
        tuple(dict.fromkeys(_authors(data, metas, root))),
        _date(data, metas, root),
        language if _LANGUAGE.fullmatch(language) else None,
        heading,
        data["articleBody"] if isinstance(data.get("articleBody"), str) else None,
    )


def _title(named: list[str], head: str, root: Element) -> tuple[str | None, Element | None]:
    """Return the title and the heading that shows it: the one that the head of the page names."""
    names = [" ".join(name.split()) for name in (*named, head) if name.strip()]
    headings = list(root.iter("h1", "h2", "{*}h1", "{*}h2"))
    for name in names:
        for heading in headings[:50]:
            shown = _text(heading)
            if len(shown) >= 3 and _same(shown, name):
                return shown, heading
    first = [one for one in headings if local_name(one) == "h1" and _text(one)]
    if len(first) == 1:
        return _text(first[0]), first[0]
    if not names:
        return None, None
    return (names[0] if named else _without_site(names[0])), None


def _same(shown: str, name: str) -> bool:
    """Return whether a heading says what the head of the page calls the text."""
    one, other = sorted((shown.casefold(), name.casefold()), key=len)
    if one in _SITE.split(other):
        return True
    return one in other and 2 * len(one) >= len(other)


def _without_site(title: str) -> str:
    """Return a page's title without the name of its site at the end."""
    parts = _SITE.split(title)
    if len(parts) > 1 and len(parts[0].split()) >= 3:
        return parts[0]
    return title


def _metas(root: Element) -> dict[str, str]:
    """Return the page's meta elements: lower-case name → contents; the first of a name counts."""
    found: dict[str, str] = {}
    for meta in root.iter("meta", "{*}meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key, content = (meta.get(attribute) or "").lower(), (meta.get("content") or "").strip()
            if key and content:
                found.setdefault(key, content[:2000])
    return found


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Yield the descriptions of articles in the page's JSON-LD."""
    for script in root.iter("script", "{*}script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        queue = [found]
        while queue:
            one = queue.pop(0)
            if isinstance(one, list):
                queue += one[:50]
            elif isinstance(one, dict):
                if _ARTICLE.search(str(one.get("@type", ""))):
                    yield one
                queue += [one[key] for key in ("@graph", "mainEntity") if key in one]


def _authors(data: dict[str, Any], metas: dict[str, str], root: Element) -> Iterator[str]:
    """Yield the names of authors from the best place that has any."""
    found: list[str] = []
    people = data.get("author")
    for person in people if isinstance(people, list) else [people]:
        name = person.get("name") if isinstance(person, dict) else person
        found += [name] if isinstance(name, str) else []
    if not found:
        found = [metas[key] for key in _AUTHORS if key in metas][:1]
    if not found:
        found = [_text(one) for one in root.xpath("//*[@rel='author' or @itemprop='author']")[:3]]
    for name in found:
        for part in re.split(
            r"\s*(?:;|\||,|\band\b|\bund\b)\s*", re.sub(r"^by\s+", "", name, flags=re.I)
        ):
            if 2 < len(part) <= _MOST_NAME and "/" not in part and "@" not in part:
                yield " ".join(part.split()).strip(" -–—·•,")


def _date(data: dict[str, Any], metas: dict[str, str], root: Element) -> str | None:
    """Return the day on which the text was published."""
    candidates = [data.get("datePublished"), *(metas.get(key) for key in _DATES)]
    candidates += [one.get("datetime") for one in root.iter("time", "{*}time")][:1]
    for value in candidates:
        if isinstance(value, str) and value:
            day = _DAY.match(value.strip())
            found = iso_date(day[0]) if day else iso_date(value[:60])
            if found or day:
                return found or (day[0] if day else None)
    return None


def _in_head(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) in {"head", "html"}


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
