"""The limits of a day: how many new cards and reviews each deck and those above it still allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.study.options import DeckOptions
from desktop.study.session import DueCounts, Tally

_SEPARATOR = "::"


@dataclass(slots=True)
class _Left:
    """What one deck still allows today."""

    review: int
    new: int
    ignores_reviews: bool

    @classmethod
    def of(cls, options: DeckOptions) -> _Left:
        return cls(options.reviews_per_day, options.new_per_day, options.new_ignores_review_limit)


class DayLimits:
    """Allows cards one by one, as Anki does.

    A card counts for its deck, for every deck above it that is studied, and for ``root``, the
    whole of what is studied. Reviews are to be asked for first: the limit of reviews holds for
    new cards too, unless a deck's options say otherwise, so that a backlog comes first.
    """

    def __init__(self, root: DeckOptions, done: Mapping[int | None, Tally]) -> None:
        self._root = _Left.of(root)
        self._names: dict[int | None, str] = {}
        self._options: dict[str, DeckOptions] = {}
        self._left: dict[str, _Left] = {}
        self._paths: dict[int | None, list[_Left]] = {}
        self._done = done

    def add_decks(self, decks: Iterable[tuple[int, str, DeckOptions]]) -> None:
        """Let decks (id, name, options) limit their cards and those of the decks within them."""
        for deck_id, name, options in decks:
            self._names[deck_id] = name
            self._options[name] = options

    def count_done(self) -> None:
        """Take off what was done today; to be called once, after all decks were added."""
        for deck_id, done in self._done.items():
            for left in self._path(deck_id):
                left.review -= done.review
                left.new -= done.new

    def replace_reviews(self, reviews: int) -> None:
        """Allow that many more reviews in all, whatever the decks say, and no new card."""
        for known in (self._paths, self._names):
            known.clear()
        self._root.review, self._root.new = reviews, 0

    @property
    def allows_reviews(self) -> bool:
        """Whether any deck may show another review."""
        return self._root.review > 0

    @property
    def allows_new(self) -> bool:
        """Whether any deck may show another new card."""
        return _new_left(self._root) > 0

    def take_review(self, deck_id: int | None) -> bool:
        """Allow a review of a card of that deck, and count it."""
        path = self._path(deck_id)
        if any(left.review <= 0 for left in path):
            return False
        for left in path:
            left.review -= 1
        return True

    def take_new(self, deck_id: int | None) -> bool:
        """Allow a new card of that deck, and count it."""
        path = self._path(deck_id)
        if any(_new_left(left) <= 0 for left in path):
            return False
        for left in path:
            left.new -= 1
            left.review -= not left.ignores_reviews
        return True

    def _path(self, deck_id: int | None) -> list[_Left]:
        found = self._paths.get(deck_id)
        if found is None:
            found = self._paths[deck_id] = [self._root, *self._decks_of(deck_id)]
        return found

    def _decks_of(self, deck_id: int | None) -> Iterator[_Left]:
        """Yield what a deck and those above it allow; most decks are never asked for."""
        parts = self._names[deck_id].split(_SEPARATOR) if deck_id in self._names else []
        for end in range(1, len(parts) + 1):
            name = _SEPARATOR.join(parts[:end])
            if name not in self._left and name in self._options:
                self._left[name] = _Left.of(self._options[name])
            if name in self._left:
                yield self._left[name]


def _new_left(left: _Left) -> int:
    return left.new if left.ignores_reviews else min(left.new, left.review)


def tree_counts(
    decks: Iterable[tuple[int, str, DeckOptions]],
    waiting: Mapping[int, DueCounts],
    done: Mapping[int | None, Tally],
) -> dict[int, DueCounts]:
    """Return what waits in each deck (id, name, options) and those within it, within the limits.

    ``waiting`` and ``done`` are of each deck by itself.
    """
    none, nothing = DueCounts(0, 0, 0), Tally(0, 0)
    sums: dict[str, DueCounts] = {}
    dones: dict[str, Tally] = {}
    counts = {}
    # The longest names first: a deck comes after all that are within it.
    for deck_id, name, options in sorted(decks, key=lambda deck: -deck[1].count(_SEPARATOR)):
        own, within = waiting.get(deck_id, none), sums.get(name, none)
        did, below = done.get(deck_id, nothing), dones.get(name, nothing)
        did = Tally(did.new + below.new, did.review + below.review)
        room = max(options.reviews_per_day - did.review, 0)
        review = min(own.review + within.review, room)
        allowed = max(options.new_per_day - did.new, 0)
        if not options.new_ignores_review_limit:
            allowed = min(allowed, room - review)
        found = DueCounts(
            min(own.new + within.new, allowed), own.learning + within.learning, review
        )
        counts[deck_id] = found
        above = name.rpartition(_SEPARATOR)[0]
        rest = sums.get(above, none)
        sums[above] = DueCounts(
            rest.new + found.new, rest.learning + found.learning, rest.review + found.review
        )
        other = dones.get(above, nothing)
        dones[above] = Tally(other.new + did.new, other.review + did.review)
    return counts
