"""Which blocks of a saved page are its text, and what the others are.

Two cues decide: what the page's own markup calls a part (navigation, comments, advertisements),
and where running text without links stands. A page that is nothing but text keeps all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.reading.document import BlockKind, LeftOutKind, MarkKind
from desktop.reading.draft import Draft
from desktop.reading.xml_tree import Element, local_name

_N, _A, _B = LeftOutKind.NAVIGATION, LeftOutKind.ADVERTISEMENT, LeftOutKind.BOILERPLATE

_TAGS = {
    "nav": _N, "menu": _N, "dialog": _B, "form": _B, "button": _N, "select": _N, "label": _B,
    "textarea": _B, "fieldset": _B, "iframe": _B, "noframes": _B, "optgroup": _N,
}  # fmt: skip
_ROLES = {
    "navigation": _N, "menu": _N, "menubar": _N, "toolbar": _N, "search": _N, "banner": _B,
    "contentinfo": _B, "complementary": _B, "dialog": _B, "alertdialog": _B, "tablist": _N,
}  # fmt: skip


#: Words in ``class`` and ``id`` that tell what a part is.
_NAMED = (
    (_A, re.compile(
        r"(?:^|[\s_-])(?:ads?|advert\w*|adslot|ad-?(?:box|unit|container|wrap\w*|banner)|dfp|"
        r"sponsor\w*|promo\w*|outbrain|taboola|adsense|adsbygoogle|commercial|affiliate)"
        r"(?:$|[\s_-])", re.I)),
    (_B, re.compile(
        r"(?:^|[\s_-])(?:comments?|commentlist|comment-?\w*|disqus\w*|respond|replies|livefyre|"
        r"cookie\w*|gdpr|consent|modal|popup|overlay|newsletter\w*|subscri\w+|paywall|signup|"
        r"sign-up|login|registration|footer\w*|colophon|copyright|legal|disclaimer|"
        r"screen-?reader\w*|sr-only|visually-?hidden|visuallyhidden|skip-?\w*)(?:$|[\s_-])", re.I)),
    (_N, re.compile(
        r"(?:^|[\s_-])(?:nav\w*|menu\w*|breadcrumbs?|pagination|pager|sidebar\w*|side-?bar|rail|"
        r"related\w*|recommend\w*|more-?(?:stories|news|from|on)|most-?(?:read|popular|viewed)|"
        r"trending|popular|share\w*|sharing|social\w*|addthis\w*|sharedaddy|toolbar|tool-?box|tools|"
        r"tags?|tag-?list|tagged|categor\w+|catlinks|mw-editsection|toc|jump|widget\w*|teasers?|"
        r"read-?next|read-?more|up-?next|also-?read|see-?also-?box|masthead|site-?header|top-?bar|"
        r"topbar|printfooter|actions?|byline-?social|follow\w*|external-links|listen|player|"
        r"navbox\w*|vertical-navbox|authority-control|metadata)(?:$|[\s_-])", re.I)),
)  # fmt: skip
_MAIN = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text)?|post-?(?:body|content|text)?|entry-?(?:body|"
    r"content)?|story-?(?:body|content|text)?|main-?(?:content|text)?|content-?body|body-?content|"
    r"articlebody|storybody|page-?content|mw-parser-output|mw-content-text)(?:$|[\s_-])", re.I
)  # fmt: skip
#: Parts that a page may wrap its whole text in, whatever they are called.
_WRAPPING = re.compile(r"paywall|subscri|regist|login|premium|modal|overlay|popup", re.I)
_TALK = re.compile(r"comment|disqus|repl(?:y|ies)|respond|cookie|consent|gdpr", re.I)
_ABOUT_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:about-?(?:the-?)?authors?|author-?(?:bio|box|card|info|profile|description)|"
    r"bio-?(?:text|box)?)(?:$|[\s_-])", re.I
)  # fmt: skip
_LABEL = re.compile(
    r"\W*(?:advert(?:isement|ising)?s?|sponsored(?: content)?|share(?: (?:this|on|via)\b.{0,30})?|"
    r"tweet|print|e-?mail|pin it|facebook|twitter|linkedin|whatsapp|reddit|comments?|\d+ comments?|"
    r"leave a (?:comment|reply)|read more|more|continue reading|sign up|subscribe|log ?in|follow us"
    r"\b.{0,30}|related(?: \w+)?|most (?:read|popular)|recommended|loading\W*|close|menu|search|"
    r"skip to \w+(?: \w+)?|back to top|next|previous|story continues below.{0,20}|"
    r"article continues below.{0,20}|anzeige|werbung|teilen|drucken|publicité|publicidad)\W*", re.I
)  # fmt: skip

_FREE_OF_LINKS = frozenset({BlockKind.CODE, BlockKind.FIGURE, BlockKind.FOOTNOTE, BlockKind.TABLE})
_MOST_LINKS = 0.5  # the share of a block's characters beyond which it is a list of links
_ONE_BLOCK = frozenset({"p", "ul", "ol", "pre", "blockquote", "table"})
_HOLD = 0.75  # the share of running text that the part around the text must hold
_MOST = 0.5  # the share of a page's running text that no form or paywall holds
_SHORT = 60  # characters
_LEAST_TEXT = 140  # characters: below, a page has no main text to choose


@dataclass(slots=True)
class Choice:
    """For each draft None (it is text) or why it is left out."""

    drafts: Sequence[Draft]
    elements: Sequence[Element]
    reasons: list[LeftOutKind | None] = field(default_factory=list)
    _zones: dict[Element, LeftOutKind | None] = field(default_factory=dict)
    _misnamed: set[Element] = field(default_factory=set)

    def make(self, root: Element) -> list[LeftOutKind | None]:
        """Choose; ``root`` is the tree that the drafts were read from."""
        self._misnamed = self._belied()
        self.reasons = [self._zone(element) for element in self.elements]
        weights = [
            _weight(draft) if reason is None else 0.0
            for draft, reason in zip(self.drafts, self.reasons, strict=True)
        ]
        if sum(weights) < _LEAST_TEXT:
            return self._without_choice()
        main = self._main_part(root, weights)
        inside = set(main.iter())
        for place, element in enumerate(self.elements):
            if self.reasons[place] is None and element not in inside:
                self.reasons[place] = _B
        self._drop_links()
        self._drop_ends(weights)
        self._drop_lone_headings()
        return self.reasons

    def _without_choice(self) -> list[LeftOutKind | None]:
        """Keep a page that is too short to choose from, but for what it calls navigation."""
        if any(reason is None for reason in self.reasons):
            return self.reasons
        return [None] * len(self.drafts)

    def _zone(self, element: Element) -> LeftOutKind | None:
        """Return why an element's part of the page is no text, by its names and its parents'."""
        chain: list[Element] = []
        one = element
        while one is not None and one not in self._zones:
            chain.append(one)
            one = one.getparent()
        reason = self._zones[one] if one is not None else None
        for one in reversed(chain):
            if one not in self._misnamed:
                reason = reason or _named(one)
            self._zones[one] = reason
        return reason

    def _belied(self) -> set[Element]:
        """Return the parts that hold most of the page's text, though their names deny it.

        A form may wrap the whole page, a paywall the article; any other part is believed where
        some text stands outside it. Comments may well be longer than what they comment on.
        """
        names: dict[Element, LeftOutKind | None] = {}
        held: dict[Element, float] = {}
        total = free = 0.0
        for draft, element in zip(self.drafts, self.elements, strict=True):
            weight = _weight(draft)
            named = []
            for one in (element, *element.iterancestors()) if weight else ():
                if one not in names:
                    names[one] = _named(one)
                if names[one] is not None:
                    named.append(one)
            if any(_TALK.search(_called(one)) for one in named):
                continue
            total += weight
            free += 0.0 if named else weight
            for one in named:
                held[one] = held.get(one, 0.0) + weight
        return {
            one for one, weight in held.items()
            if weight >= _MOST * total
            and (free < _LEAST_TEXT or local_name(one) == "form" or _WRAPPING.search(_called(one)))
        }  # fmt: skip

    def _main_part(self, root: Element, weights: list[float]) -> Element:
        """Return the smallest part of the page that holds most of its running text."""
        sums: dict[Element, float] = {}
        for element, weight in zip(self.elements, weights, strict=True):
            one = element
            while weight and one is not None:
                sums[one] = sums.get(one, 0.0) + weight
                one = one.getparent()
        total = sums.get(root, 0.0)
        part = root
        while True:
            best = max(part, key=lambda child: sums.get(child, 0.0), default=None)
            if best is None or sums.get(best, 0.0) < _HOLD * total:
                return part
            if local_name(best) in _ONE_BLOCK or any(
                (_alike(best, other) or self._leads(best, other)) and sums.get(other, 0.0) >= _SHORT
                for other in part
            ):
                return part
            part = best

    def _leads(self, part: Element, other: Element) -> bool:
        """Return whether ``other`` is a paragraph beside a wrapped text: its beginning."""
        return part in self._misnamed and local_name(other) in _ONE_BLOCK

    def _drop_links(self) -> None:
        """Leave out blocks and whole lists that are mostly links, and labels of a page's parts."""
        lists: dict[Element, list[int]] = {}
        for place, (draft, element) in enumerate(zip(self.drafts, self.elements, strict=True)):
            if self.reasons[place] is not None or draft.kind in _FREE_OF_LINKS:
                continue
            if _LABEL.fullmatch(draft.text):
                self.reasons[place] = _A if draft.text.strip().lower()[:2] == "ad" else _N
            elif draft.kind is BlockKind.LIST_ITEM:
                lists.setdefault(element.getparent(), []).append(place)
            elif draft.kind is not BlockKind.HEADING and link_share(draft) > _MOST_LINKS:
                short = len(draft.text) < 200 or link_share(draft) > 0.8
                self.reasons[place] = _N if short else None
        for places in lists.values():
            characters = sum(len(self.drafts[place].text) for place in places)
            linked = sum(link_share(self.drafts[p]) * len(self.drafts[p].text) for p in places)
            if linked > 0.6 * characters:
                for place in places:
                    self.reasons[place] = _N

    def _drop_ends(self, weights: list[float]) -> None:
        """Leave out short scraps with links above the first and below the last running text."""
        running = [i for i, weight in enumerate(weights) if weight and self.reasons[i] is None]
        if not running:
            return
        for place, draft in enumerate(self.drafts):
            outside = place < running[0] or place > running[-1]
            if outside and self.reasons[place] is None and draft.kind in {
                BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
            } and len(draft.text) < _SHORT and link_share(draft) > 0.2:  # fmt: skip
                self.reasons[place] = _N

    def _drop_lone_headings(self) -> None:
        """Leave out headings below which nothing was kept before the next one of their rank."""
        for place, draft in enumerate(self.drafts):
            if draft.kind is not BlockKind.HEADING or self.reasons[place] is not None:
                continue
            for after in range(place + 1, len(self.drafts)):
                other = self.drafts[after]
                if other.kind is BlockKind.HEADING and (other.level or 1) <= (draft.level or 1):
                    if after > place + 1 and self._all_left(place + 1, after):
                        self.reasons[place] = _N
                    break
                if self.reasons[after] is None:
                    break
            else:
                if (draft.level or 1) > 1:
                    self.reasons[place] = _N

    def _all_left(self, start: int, end: int) -> bool:
        return all(reason is not None for reason in self.reasons[start:end])


def _alike(part: Element, other: Element) -> bool:
    """Return whether two parts side by side are marked up as parts of one text."""
    return part is not other and (part.tag, _first_class(part)) == (other.tag, _first_class(other))


def _first_class(element: Element) -> str:
    return next(iter((element.get("class") or "").split()), "")


def link_share(draft: Draft) -> float:
    """Return the share of a block's characters that lead out of its text."""
    linked = sum(
        mark.end - mark.start
        for mark in draft.marks
        if mark.kind is MarkKind.LINK and not (mark.target or "").startswith("#")
    )
    return linked / max(1, len(draft.text))


def _weight(draft: Draft) -> float:
    """Return how much a block counts as running text: its characters that are no links."""
    if draft.kind not in {
        BlockKind.PARAGRAPH,
        BlockKind.QUOTE,
        BlockKind.LIST_ITEM,
        BlockKind.CODE,
    }:
        return 0.0
    own = len(draft.text) * (1 - min(1.0, link_share(draft)))
    return own if len(draft.text) >= _SHORT and link_share(draft) <= _MOST_LINKS else 0.0


def is_sign_of_place(element: Element) -> LeftOutKind | None:
    """Return NAVIGATION for what stands within a heading or a line only to lead elsewhere."""
    called = element.get("class") or ""
    if "mw-editsection" in called or "mw-jump" in called:
        return _N
    if local_name(element) != "a" or "#" not in (element.get("href") or ""):
        return None
    said = "".join(element.itertext()).strip()
    return _N if said in {"¶", "#", "§", "🔗"} else None


def is_about_author(element: Element) -> bool:
    """Return whether the page calls a part a note on its author."""
    return any(_ABOUT_AUTHOR.search(_called(one)) for one in (element, *element.iterancestors()))


def _named(element: Element) -> LeftOutKind | None:
    """Return what an element's own name, role, class and id call it, if it is no text."""
    name = local_name(element)
    if name in {"html", "body", "article", "main"}:
        return None
    if name in _TAGS:
        return _TAGS[name]
    if name == "footer" and not _within(element, "article", "blockquote"):
        return _B
    if name == "aside" and not _within(element, "article"):
        return _N
    role = (element.get("role") or "").lower()
    if role in _ROLES:
        return _ROLES[role]
    called = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not called.strip() or len(called) > 2000:
        return None
    for reason, pattern in _NAMED:
        if pattern.search(called) and not _MAIN.search(called):
            return reason
    return None


def _called(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:2000]


def _within(element: Element, *names: str) -> bool:
    return any(local_name(parent) in names for parent in element.iterancestors())
