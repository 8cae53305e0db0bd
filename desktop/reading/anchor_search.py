"""The search for an anchor's words in a text that may have changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from desktop.reading.anchor import CONTEXT, Anchor, Place
from desktop.reading.document import Document, Span
from desktop.reading.plain_run import PlainRun, spelled_alike

_INNER = 64  # letters of the quote that help to find either of its ends
_SEEDS, _SEEDS_OF_A_LENGTH, _MOST_HITS = (24, 10), 12, 12
_NEAR = 30_000  # letters around the old place, searched before all of the text
_STEP, _CANDIDATES = 16, 6
#: Shares of letters that must have stayed (of two texts on nothing in common it is about 0.35):
#: around an end of the quote, within the quote, on one side of it; within one that is long enough
#: to need no other proof; beside a short one that stands there to the letter.
_LEAST_END, _LEAST_INNER, _LEAST_OUTER, _LEAST_ALONE = 0.55, 0.6, 0.6, 0.8
_LEAST_CONTEXT, _SURE_END = 0.35, 0.8
_SPEAKS = 24  # letters of a quote that stands once need no context
_SNAP = 24
_ALIKE = 0.95
_CLEAR = 0.06  # how much better the best place must be than the next


class AnchorSearch:
    """Looks for anchors in one document; what is not there, or can't be told, is lost."""

    def __init__(self, document: Document) -> None:
        self._run = PlainRun([block.text for block in document.blocks])

    def share_of(self, place: Place) -> float:
        """Return how much of the text (0..1) stands before a place."""
        return self._run.at(place) / max(1, len(self._run.text))

    def place_at(self, share: float) -> Place:
        """Return the place that has ``share`` (0..1) of the text before it."""
        return self._run.place(int(share * len(self._run.text)))

    def find(self, anchor: Anchor) -> tuple[Span, ...] | None:
        """Return where the quote stands now, a span for each block; ``None``: it is lost."""
        found = self._stretch(anchor)
        return None if found is None else self._run.spans(*found) or None

    def find_point(self, anchor: Anchor) -> Place | None:
        """Return where the beginning of the quote, or the point, is now; ``None``: it is lost."""
        if anchor.exact:
            found = self._stretch(anchor)
            return None if found is None else found[0]
        at = self._point(anchor)
        return None if at is None else self._run.place(at)

    # -- a quote

    def _stretch(self, anchor: Anchor) -> tuple[Place, Place] | None:
        run, found = self._run, self._found(anchor)
        if found is None:
            return None
        first, last = run.place(found[0]), run.place(found[1], ends=True)
        if found[1] - found[0] == len(spelled_alike(anchor.exact)):
            return first, last
        # What was a block from its beginning or to its end is so in the changed text too.
        if anchor.prefix[-1:] in ("", "\n") and first[1] <= _SNAP:
            first = (first[0], 0)
        end = run.end_of(last[0])
        if anchor.suffix[:1] in ("", "\n") and end - last[1] <= _SNAP:
            last = (last[0], end)
        return first, last

    def _found(self, anchor: Anchor) -> tuple[int, int] | None:
        quote = spelled_alike(anchor.exact)
        if not quote.strip():
            return None
        hint = self._run.at(anchor.place)
        prefix, suffix = spelled_alike(anchor.prefix), spelled_alike(anchor.suffix)
        if self._stands_at(hint, quote, prefix, suffix):
            return hint, hint + len(quote)
        found = self._unchanged(quote, prefix, suffix, hint)
        if found is not None:
            return found
        return self._changed(quote, prefix, suffix, hint)

    def _stands_at(self, at: int, quote: str, prefix: str, suffix: str) -> bool:
        text = self._run.text
        if not text.startswith(quote, at):
            return False
        end = at + len(quote)
        return text[:at].endswith(prefix) if not suffix else text.startswith(suffix, end)

    def _unchanged(self, quote: str, prefix: str, suffix: str, hint: int) -> tuple[int, int] | None:
        """Return the one place where the quote stands to the letter, by what is around it."""
        text = self._run.text
        scored = []
        for at in _occurrences(text, quote, 0, len(text), 200):
            end = at + len(quote)
            around = _alike_ends(prefix, text[max(0, at - len(prefix)) : at])
            around += _alike_begins(suffix, text[end : end + len(suffix)])
            share = around / max(1, len(prefix) + len(suffix))
            scored.append((share, at))
        if not scored:
            return None
        best = max(scored)
        if len(scored) == 1 and (len(quote) >= _SPEAKS or best[0] >= _LEAST_CONTEXT):
            return best[1], best[1] + len(quote)
        chosen = _clearly_best(scored, hint) if best[0] >= _LEAST_CONTEXT else None
        return None if chosen is None else (chosen, chosen + len(quote))

    def _changed(self, quote: str, prefix: str, suffix: str, hint: int) -> tuple[int, int] | None:
        """Return the one place where most of the quote stands, among some of its surroundings."""
        head, tail = quote[:_INNER], quote[-_INNER:]
        reach = 2 * len(quote) + 2 * CONTEXT
        text, scored = self._run.text, []
        for first in self._meetings(prefix, head, self._bounds(hint), late=True):
            bounds = [(max(0, first.at - CONTEXT), first.at + reach)]
            for last in self._meetings(tail, suffix, bounds, late=False):
                length = last.at - first.at
                if not max(1, len(quote) / 2 - 8) <= length <= len(quote) * 2 + 8:
                    continue
                kept = _share_kept(quote, text[first.at : last.at])
                speaks = kept >= _LEAST_ALONE and len(quote) >= 2 * _SPEAKS
                if kept >= _LEAST_INNER and (speaks or max(first.left, last.right) >= _LEAST_OUTER):
                    scored.append(((first.share + last.share) / 2 + kept, first.at, last.at))
        if not scored:
            return None
        scored.sort(reverse=True)
        best = scored[0]
        rivals = [one for one in scored[1:] if one[1] >= best[2] or one[2] <= best[1]]
        if rivals and rivals[0][0] > best[0] - 2 * _CLEAR:
            return None
        return _trimmed(text, best[1], best[2])

    # -- a point

    def _point(self, anchor: Anchor) -> int | None:
        prefix, suffix = spelled_alike(anchor.prefix), spelled_alike(anchor.suffix)
        text, hint = self._run.text, self._run.at(anchor.place)
        if self._stands_at(hint, suffix, prefix, "") or not prefix + suffix:
            return hint
        for around in (len(prefix + suffix), 32):
            words = prefix[-around:] + suffix[:around]
            hits = list(_occurrences(text, words, 0, len(text), 2))
            if len(hits) == 1:
                return hits[0] + len(prefix[-around:])
        met = self._meetings(prefix, suffix, self._bounds(hint), late=True)
        return _clearly_best([(one.share, one.at) for one in met], hint)

    # -- an end of a quote, or a point

    def _bounds(self, hint: int) -> list[tuple[int, int]]:
        """Return where to look: around ``hint``, then everywhere."""
        return [(max(0, hint - _NEAR), hint + _NEAR), (0, len(self._run.text))]

    def _meetings(
        self, left: str, right: str, places: list[tuple[int, int]], *, late: bool
    ) -> list[_Meeting]:
        """Return where something like ``left`` meets ``right``; later places only if need be."""
        found: dict[int, _Meeting] = {}
        for bounds in places:
            for start in self._candidates(left + right, *bounds):
                met = self._meet(left, right, start, late=late)
                if met.share >= _LEAST_END:
                    found[met.at] = met
            if any(met.share >= _SURE_END for met in found.values()):
                break
        return list(found.values())

    def _candidates(self, words: str, begin: int, end: int) -> list[int]:
        """Return where ``words`` may begin: pieces of them vote for it, the most votes first."""
        votes: Counter[int] = Counter()
        for length in _SEEDS:
            step = max(3, (len(words) - length) // _SEEDS_OF_A_LENGTH)
            for offset in range(0, max(1, len(words) - length + 1), step):
                seed = words[offset : offset + length]
                hits = list(_occurrences(self._run.text, seed, begin, end, _MOST_HITS + 1))
                if len(hits) <= _MOST_HITS:  # else it says nothing of where
                    votes.update((hit - offset) // _STEP for hit in hits)
        # Letters put in or left out between two pieces part their votes by a little.
        heard = {at: votes[at] + votes[at - 1] + votes[at + 1] for at in votes}
        ranked = sorted(heard, key=lambda at: (-heard[at], -votes[at], at))[:_CANDIDATES]
        return [max(0, at * _STEP) for at in ranked]

    def _meet(self, left: str, right: str, start: int, *, late: bool) -> _Meeting:
        """Return where both sides, which begin at about ``start``, meet best.

        What was put between them falls to the left side where they are to meet ``late``.
        """
        words = len(left) + len(right)
        begin = max(0, start - words // 2)
        here = self._run.text[begin : start + words + words // 2]
        before = _errors_ending_at(left, here)
        after = _errors_ending_at(right[::-1], here[::-1])[::-1]
        errors = [a + b for a, b in zip(before, after, strict=True)]
        least = min(errors)
        at = len(errors) - 1 - errors[::-1].index(least) if late else errors.index(least)
        return _Meeting(
            begin + at,
            1 - least / max(1, words),
            1 - before[at] / len(left) if left else 0.0,
            1 - after[at] / len(right) if right else 0.0,
        )


class _Meeting(NamedTuple):
    """Where two sides meet, and which share of both and of each is there."""

    at: int
    share: float
    left: float
    right: float


def _occurrences(text: str, words: str, begin: int, end: int, most: int) -> Iterator[int]:
    at = text.find(words, begin, end) if words else -1
    while at >= 0 and most:
        yield at
        most -= 1
        at = text.find(words, at + 1, end)


def _clearly_best(scored: list[tuple[float, int]], hint: int) -> int | None:
    """Return the best place; of several alike all around, the one by far nearest to ``hint``."""
    if not scored:
        return None
    best = max(share for share, _at in scored)
    good = sorted(
        (at for share, at in scored if share > best - _CLEAR), key=lambda at: abs(at - hint)
    )
    alike = best >= _ALIKE
    if len(good) == 1 or (alike and 3 * abs(good[0] - hint) < abs(good[1] - hint)):
        return good[0]
    return None


def _alike_begins(first: str, second: str) -> int:
    """Return how many letters stayed, counted from the beginning: all alike, or by pieces."""
    if second.startswith(first):
        return len(first)
    pieces = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(piece.size for piece in pieces if piece.size >= 3)


def _alike_ends(first: str, second: str) -> int:
    return _alike_begins(first[::-1], second[::-1])


def _errors_ending_at(words: str, here: str) -> list[int]:
    """Return for each position of ``here`` how unlike ``words`` what ends there is at best.

    That is the least number of letters put in, left out or changed, found for a column at a time
    by Myers' bit vectors (Journal of the ACM 46, 1999).
    """
    masks: dict[str, int] = {}
    for bit, letter in enumerate(words):
        masks[letter] = masks.get(letter, 0) | 1 << bit
    full, last = (1 << len(words)) - 1, 1 << len(words) >> 1
    up, down, errors = full, 0, len(words)
    found = [errors]
    for letter in here:
        same = masks.get(letter, 0)
        diagonal = (((same & up) + up) ^ up) | same | down
        right_up = down | ~(diagonal | up) & full
        right_down = up & diagonal
        if right_up & last:
            errors += 1
        elif right_down & last:
            errors -= 1
        right_up = right_up << 1 & full
        right_down = right_down << 1 & full
        vertical = same | down
        up = right_down | ~(vertical | right_up) & full
        down = right_up & vertical
        found.append(errors)
    return found


def _share_kept(quote: str, here: str) -> float:
    """Return the share (0..1) of the quote that stands here, of long ones by words."""
    if len(quote) <= 400:
        return SequenceMatcher(None, quote, here, autojunk=False).ratio()
    return SequenceMatcher(None, quote.split(), here.split(), autojunk=False).ratio()


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    """Return a stretch without the spaces at its ends."""
    while first < last and text[first] == " ":
        first += 1
    while last > first and text[last - 1] == " ":
        last -= 1
    return first, last
