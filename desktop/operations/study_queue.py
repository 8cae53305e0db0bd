"""The queue of a day: which reviews and new cards are left, gathered once and kept until a change.

As in Anki the limits, orders and burying of siblings are applied when the queue is gathered;
learning cards are asked for by their time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace

from desktop.library import queues
from desktop.library.database import Database
from desktop.library.queues import Moment, Scope, Waiting
from desktop.study.limits import DayLimits
from desktop.study.options import DeckOptions, ReviewOrder
from desktop.study.pauses import share_of_today
from desktop.study.session import Queue, Tally, next_queue

#: The decks with their options: id, name, options.
DeckList = list[tuple[int, str, DeckOptions]]


@dataclass(slots=True)
class StudyQueue:
    """The reviews and new cards that are left for today, each in its order."""

    reviews: dict[int, Waiting]
    new: dict[int, Waiting]
    done: Tally
    options: DeckOptions

    @property
    def left(self) -> Tally:
        """How many wait."""
        return Tally(len(self.new), len(self.reviews))

    def head(self) -> int | None:
        """Return the card to ask next."""
        queue = next_queue(self.left, self.done, self.options.new_mix)
        if queue is None:
            return None
        return next(iter(self.reviews if queue is Queue.REVIEW else self.new))

    def answered(self, card_id: int) -> bool:
        """Take out an answered card; return whether it was there."""
        if self.reviews.pop(card_id, None) is not None:
            self.done = replace(self.done, review=self.done.review + 1)
            return True
        if self.new.pop(card_id, None) is not None:
            self.done = replace(self.done, new=self.done.new + 1)
            return True
        return False

    def drop_siblings(self, note_id: str, options: DeckOptions) -> None:
        """Take out the cards of a note that were buried."""
        for cards, buried in ((self.reviews, options.bury_reviews), (self.new, options.bury_new)):
            if buried:
                for card in [c for c in cards.values() if c.note_id == note_id]:
                    del cards[card.id]


def gather(
    database: Database,
    moment: Moment,
    scope: Scope,
    root: DeckOptions,
    decks: DeckList,
    days_left: int,
) -> StudyQueue:
    """Return the queue of what is studied.

    ``root`` holds for all of it, ``decks`` limit their own cards; none are given where a document
    or single notes are studied. With ``days_left`` above 0 the reader catches up: what waits is
    spread over these days, most fading first, and no new card comes before it.
    """
    done = queues.done_today(database, moment.day, scope)
    total = Tally(sum(d.new for d in done.values()), sum(d.review for d in done.values()))
    options = {deck_id: of_deck for deck_id, _name, of_deck in decks}
    limits = DayLimits(root, done)
    if scope.document_id is None and scope.note_ids is None:
        limits.add_decks(decks)
    limits.count_done()
    order = root.review_order
    waiting = queues.count_reviews(database, moment, scope) if days_left else 0
    if waiting:
        limits.replace_reviews(share_of_today(waiting, total.review, days_left))
        order = ReviewOrder.FADING_FIRST
    siblings = _Siblings(options, root, queues.learning_notes(database, moment, scope))
    decays = {deck_id: o.parameters[-1] for deck_id, o in options.items() if o.parameters}
    reviews: dict[int, Waiting] = {}
    if limits.allows_reviews:
        found = queues.waiting_reviews(database, moment, scope, order, decays)
        reviews = _take(found, lambda: limits.allows_reviews, siblings.review, limits.take_review)
    new: dict[int, Waiting] = {}
    if limits.allows_new:
        found = queues.waiting_new(database, moment, scope, root.new_order)
        new = _take(found, lambda: limits.allows_new, siblings.new, limits.take_new)
    return StudyQueue(reviews, new, total, root)


def _take(
    found: Generator[Waiting],
    more: Callable[[], bool],
    wanted: Callable[[Waiting], bool],
    allowed: Callable[[int | None], bool],
) -> dict[int, Waiting]:
    """Return the cards that siblings and limits let through, until the limits allow no more."""
    taken = {}
    with closing(found) as cards:
        for card in cards:
            if not more():
                break
            if wanted(card) and allowed(card.deck_id):
                taken[card.id] = card
    return taken


class _Siblings:
    """Lets through one card of a note, where a deck buries the others until the next day."""

    def __init__(self, options: dict[int, DeckOptions], root: DeckOptions, seen: set[str]) -> None:
        self._options, self._root, self._seen = options, root, seen

    def review(self, card: Waiting) -> bool:
        """Return whether a review is asked."""
        return self._first(card, buried=self._of(card).bury_reviews)

    def new(self, card: Waiting) -> bool:
        """Return whether a new card is asked."""
        return self._first(card, buried=self._of(card).bury_new)

    def _of(self, card: Waiting) -> DeckOptions:
        found = None if card.deck_id is None else self._options.get(card.deck_id)
        return found or self._root

    def _first(self, card: Waiting, *, buried: bool) -> bool:
        if buried and card.note_id in self._seen:
            return False
        self._seen.add(card.note_id)
        return True
