"""The navigation of an EPUB: its table of contents and the pages of the printed book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from desktop.reading.document import BlockKind
from desktop.reading.dom_notes import kinds_of
from desktop.reading.draft import Draft
from desktop.reading.xml_tree import Element, local_name

_LEVELS = 6
_NEAR = 4  # blocks: a heading this far below the place is the chapter's own
_HEAD_WORDS = 25

Find = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents or of the list of pages: its words, where it leads, its depth."""

    title: str
    target: str  # file#id, or file alone
    depth: int = 1


@dataclass(slots=True)
class Navigation:
    """The contents and the pages of a book."""

    contents: list[Entry] = field(default_factory=list)
    pages: list[Entry] = field(default_factory=list)


def read_nav(root: Element, find: Find) -> Navigation:
    """Read the navigation document of an EPUB 3; ``find`` returns the member of a reference."""
    navigation = Navigation()
    for nav in root.iter():
        if local_name(nav) != "nav":
            continue
        kinds = kinds_of(nav)
        if "toc" in kinds and not navigation.contents:
            navigation.contents = _nav_entries(nav, find)
        elif "page-list" in kinds:
            navigation.pages = _nav_entries(nav, find)
    return navigation


def read_ncx(root: Element, find: Find) -> Navigation:
    """Read the navigation (NCX) of an EPUB 2."""
    navigation = Navigation()
    for element in root.iter():
        name = local_name(element)
        if name not in {"navpoint", "pagetarget"}:
            continue
        label = next((c for c in element if local_name(c) == "navlabel"), None)
        place = next((c.get("src") for c in element if local_name(c) == "content"), None)
        target = _target(place, find)
        title = " ".join("".join(label.itertext()).split()) if label is not None else ""
        if target and title:
            depth = 1 + sum(local_name(one) == "navpoint" for one in element.iterancestors())
            chosen = navigation.contents if name == "navpoint" else navigation.pages
            chosen.append(Entry(title, target, depth))
    return navigation


def tell_chapters(
    drafts: list[Draft], entries: Iterable[Entry], ids: Mapping[str, Draft], book: str | None
) -> None:
    """Give chapters without a heading the one that the contents name.

    A block that says the same is the heading; where there is none, one is put in. ``book`` is the
    title of the whole, which heads no chapter.
    """
    places = {id(draft): place for place, draft in enumerate(drafts)}
    wanted: list[tuple[int, Entry]] = []
    for entry in entries:
        goal = ids.get(entry.target) or ids.get(entry.target.partition("#")[0])
        if goal is not None and id(goal) in places:
            wanted.append((places[id(goal)], entry))
    taken = {place for place, _ in wanted}
    new: list[tuple[int, Draft]] = []
    headed: set[int] = set()
    for place, entry in wanted:
        if place in headed or _plain(entry.title) == _plain(book or ""):
            continue
        headed.add(place)
        heading = _head(drafts, place, entry, taken)
        if heading is not None:
            new.append((place, heading))
    for place, heading in sorted(new, key=lambda one: -one[0]):
        heading.page, heading.language = drafts[place].page, drafts[place].language
        drafts.insert(place, heading)


def _head(drafts: list[Draft], place: int, entry: Entry, taken: set[int]) -> Draft | None:
    """Return the heading that a chapter lacks; None where it has its own, or is no text."""
    level = min(_LEVELS, max(1, entry.depth))
    text = False
    for near in range(place, min(place + _NEAR, len(drafts))):
        draft = drafts[near]
        if near > place and near in taken:
            break
        if draft.kind in {BlockKind.HEADING, BlockKind.TITLE}:
            return None
        if draft.kind is BlockKind.PARAGRAPH and _plain(draft.text) == _plain(entry.title):
            draft.kind, draft.level = BlockKind.HEADING, level
            return None
        text = text or (bool(draft.text.strip()) and draft.kind is not BlockKind.FIGURE)
        if len(draft.text.split(None, _HEAD_WORDS)) >= _HEAD_WORDS:
            break
    return Draft(BlockKind.HEADING, entry.title, level) if text else None


def number_pages(drafts: list[Draft], pages: Iterable[Entry], ids: Mapping[str, Draft]) -> None:
    """Give the blocks the pages of the printed book, where the text itself does not mark them."""
    if any(draft.page for draft in drafts):
        return
    labels: dict[int, str] = {}
    for entry in pages:
        goal = ids.get(entry.target)
        if goal is not None:
            labels.setdefault(id(goal), entry.title)
    page: str | None = None
    for draft in drafts:
        page = labels.get(id(draft), page)
        draft.page = page


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _nav_entries(nav: Element, find: Find) -> list[Entry]:
    entries = []
    for link in nav.iter():
        target = _target(link.get("href"), find) if local_name(link) == "a" else None
        title = " ".join("".join(link.itertext()).split())
        if target and title:
            depth = sum(local_name(one) in {"ol", "ul"} for one in link.iterancestors())
            entries.append(Entry(title, target, depth))
    return entries


def _target(reference: str | None, find: Find) -> str | None:
    name = find(reference or "")
    place = (reference or "").partition("#")[2]
    return (f"{name}#{place}" if place else name) if name else None
