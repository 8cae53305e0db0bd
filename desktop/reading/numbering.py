"""The numbers of ordered lists, which a page generates and a text must not lose."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.reading.xml_tree import Element, local_name

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
#: The elements that are lists.
LISTS = frozenset({"ul", "ol", "dl", "menu", "dir"})
_MOST = 100_000


def number_as(style: str, value: int) -> str:
    """Return a number as a list shows it: ``style`` is "1", "a", "A", "i" or "I"."""
    if not 0 < value < 4000:
        return str(value)
    if style in {"i", "I"}:
        digits = []
        for worth, letters in _ROMAN:
            count, value = divmod(value, worth)
            digits.append(letters * count)
        text = "".join(digits)
    elif style in {"a", "A"}:
        text = ""
        while value:
            value, letter = divmod(value - 1, 26)
            text = chr(ord("a") + letter) + text
    else:
        return str(value)
    return text.upper() if style.isupper() else text


@dataclass(slots=True)
class _List:
    """One open list: ``style`` is None where its items have no numbers."""

    style: str | None
    next: int = 1
    step: int = 1


@dataclass(slots=True)
class ListNumbers:
    """Follows the lists of an HTML tree; the first block of an item is the one that is numbered."""

    _open: list[_List] = field(default_factory=list)
    item_starts: bool = False
    current: str | None = None

    @property
    def depth(self) -> int:
        """How many lists are open."""
        return max(1, len(self._open))

    def start(self, element: Element, name: str) -> None:
        """Follow an element that begins."""
        if name in LISTS:
            self._open.append(_opened(element, name))
            self.item_starts = False
        elif name in {"li", "dd"}:
            self.item_starts, self.current = True, None
            if name == "li" and self._open and self._open[-1].style:
                last = self._open[-1]
                value = _whole_number(element.get("value"), last.next)
                self.current = f"{number_as(last.style or '1', value)}."
                last.next = value + last.step

    def end(self, name: str) -> None:
        """Follow an element that ends."""
        if name in LISTS and self._open:
            self._open.pop()
        if name in {"li", "dd"} or name in LISTS:
            self.item_starts = False

    def take(self) -> str | None:
        """Return the number of the item that begins, once."""
        self.item_starts = False
        number, self.current = self.current, None
        return number


def _opened(element: Element, name: str) -> _List:
    if name != "ol":
        return _List(None)
    style = element.get("type") or "1"
    reverse = element.get("reversed") is not None
    first = sum(local_name(child) == "li" for child in element) if reverse else 1
    start = _whole_number(element.get("start"), first)
    return _List(style if style in {"1", "a", "A", "i", "I"} else "1", start, -1 if reverse else 1)


def _whole_number(text: str | None, other: int) -> int:
    try:
        value = int(text or "")
    except ValueError:
        return other
    return value if abs(value) <= _MOST else other
