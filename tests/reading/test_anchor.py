"""Anchors find their words again in a corrected text, or say that they are lost."""

import random
import time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from desktop.reading.anchor import Anchor, anchor_of, moved_places, places_of, points_of
from desktop.reading.document import Document, Span
from desktop.reading.plain_run import PlainRun
from tests.documents import document_of

HERON = (
    "The heron stands in the shallow water. It waits for a long time.",
    "Then it strikes, and a fish is gone. The heron stands in the shallow water again.",
    "Nobody saw it but the ferryman, who had been asleep until the splash woke him.",
    "He would tell the story for years, and in each telling the fish grew a little longer.",
)
_DRAW = random.Random(1)
_SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za str ent ing our ers".split()
)
WORDS = ["".join(_DRAW.choices(_SYLLABLES, k=_DRAW.randint(1, 4))) for _ in range(400)]


def text_of(seed: int, paragraphs: int = 12, words: int = 40) -> list[str]:
    """Paragraphs of words drawn at random: every stretch of some length stands once."""
    draw = random.Random(seed)
    return [" ".join(draw.choices(WORDS, k=words)).capitalize() + "." for _ in range(paragraphs)]


def quoted(document: Document, spans: tuple[Span, ...] | None) -> str | None:
    return None if spans is None else "\n".join(document.quote(span) for span in spans)


def find(document: Document, anchor: Anchor) -> tuple[Span, ...] | None:
    (spans,) = places_of(document, [anchor])
    return spans


def found_again(before: tuple[str, ...], after: tuple[str, ...], words: str) -> str | None:
    """Anchor ``words`` in one text and return what is found for them in the other."""
    old, new = document_of(*before), document_of(*after)
    block = next(b for b in old.blocks if words in b.text)
    start = block.text.index(words)
    anchor = anchor_of(old, (block.index, start), (block.index, start + len(words)))
    assert anchor.exact == words
    return quoted(new, find(new, anchor))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, tuple[int, int], tuple[int, int]]:
    seed = draw(st.integers(0, 10_000))
    texts = text_of(seed)
    block = draw(st.integers(0, len(texts) - 1))
    last = draw(st.integers(block, min(block + 2, len(texts) - 1)))
    start = draw(st.integers(0, len(texts[block]) - 30))
    low = start + 25 if last == block else 1
    end = draw(st.integers(low, len(texts[last])))
    return seed, (block, start), (last, end)


@given(stretches())
def test_an_unchanged_text_has_every_stretch_where_it_was(stretch):
    seed, first, last = stretch
    document = document_of(*text_of(seed), title=None)
    spans = find(document, anchor_of(document, first, last))
    assert spans is not None
    assert quoted(document, spans) == anchor_of(document, first, last).exact.strip("\n")
    assert (spans[0].block, spans[0].start) in (first, (first[0] + 1, 0))


@given(stretches(), st.integers(0, 12), st.integers(0, 3), st.integers(0, 10_000))
def test_edits_elsewhere_never_lose_or_move_a_stretch(stretch, at, removed, seed):
    """Paragraphs come and go, those around the stretch among them."""
    number, first, last = stretch
    old = text_of(number)
    put_in = text_of(seed + 20_000, paragraphs=3)
    if at <= first[0]:
        removed = min(removed, first[0] - at)
        new, shift = old[:at] + put_in + old[at + removed :], 3 - removed
    else:
        assume(at > last[0])
        new, shift = old[:at] + put_in + old[at + removed :], 0
    before, after = document_of(*old, title=None), document_of(*new, title=None)
    spans = find(after, anchor_of(before, first, last))
    expected = PlainRun(new).spans((first[0] + shift, first[1]), (last[0] + shift, last[1]))
    assert spans == expected


@given(stretches(), st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from("xyz ")), max_size=6))
def test_mistakes_mended_within_are_followed(stretch, mends):
    """One letter in twelve at most is another: the stretch found is the corrected one."""
    number, first, last = stretch
    assume(first[0] == last[0] and last[1] - first[1] >= 12 * max(1, len(mends)))
    old = text_of(number)
    letters = list(old[first[0]])
    for where, letter in mends:
        letters[first[1] + 2 + where % (last[1] - first[1] - 4)] = letter
    new = [*old[: first[0]], "".join(letters), *old[first[0] + 1 :]]
    before, after = document_of(*old, title=None), document_of(*new, title=None)
    spans = find(after, anchor_of(before, first, last))
    assert spans is not None
    (found,) = spans
    assert found.block == first[0]
    assert abs(found.start - first[1]) <= 2
    assert abs(found.end - last[1]) <= 2


@given(stretches())
def test_what_was_taken_out_is_lost_and_not_put_elsewhere(stretch):
    number, first, last = stretch
    assume(first[0] == last[0])
    old = text_of(number)
    block = old[first[0]]
    new = [*old[: first[0]], block[: first[1]] + block[last[1] :], *old[first[0] + 1 :]]
    before, after = document_of(*old, title=None), document_of(*new, title=None)
    assert find(after, anchor_of(before, first, last)) is None


@given(stretches())
def test_another_text_has_none_of_it(stretch):
    number, first, last = stretch
    anchor = anchor_of(document_of(*text_of(number), title=None), first, last)
    other = document_of(*HERON)
    assert find(other, anchor) is None


@given(stretches(), st.integers(0, 10_000))
def test_a_point_is_found_beside_its_words(stretch, seed):
    number, first, _last = stretch
    old = text_of(number)
    new = text_of(seed + 20_000, paragraphs=2) + old
    before, after = document_of(*old, title=None), document_of(*new, title=None)
    expected = (first[0] + 2, first[1])
    assert list(moved_places(before, after, [first])) == [expected]
    assert list(points_of(after, [anchor_of(before, first)])) == [expected]
    assert list(points_of(before, [anchor_of(before, first)])) == [first]


@given(stretches())
def test_an_anchor_survives_its_storage(stretch):
    number, first, last = stretch
    anchor = anchor_of(document_of(*text_of(number), title=None), first, last)
    assert Anchor.from_json(anchor.to_json()) == anchor


SIGNS = st.text(st.sampled_from("ab \n\u00ad\u00a0\u2009“”'’-–\u200b𝔖"), max_size=12)


@given(st.lists(SIGNS, min_size=1, max_size=5), st.data())
@example([" \u00ada"], None)
def test_places_and_positions_lead_to_each_other(texts, data):
    run = PlainRun(texts)
    if data is None:
        block, offset = 0, 2
    else:
        block = data.draw(st.integers(0, len(texts) - 1))
        offset = data.draw(st.integers(0, len(texts[block])))
    at = run.at((block, offset))
    assert 0 <= at <= len(run.text)
    assert run.at(run.place(at)) == at
    assert run.at(run.place(at, ends=True)) in (at, at - 1)  # the end of the block before


@pytest.mark.parametrize(
    ("after", "words", "expected"),
    [
        # A sentence corrected, with another like it further on.
        (
            ("The grey heron stands in shallow water. It waits for a long time.", *HERON[1:]),
            "The heron stands in the shallow water.",
            "The grey heron stands in shallow water.",
        ),
        # Signs and spaces set in another way.
        (
            (HERON[0], HERON[1].replace(", and a", "\u00a0–  and\u00ad a"), *HERON[2:]),
            "Then it strikes, and a fish is gone.",
            "Then it strikes\u00a0–  and\u00ad a fish is gone.",
        ),
        # One word, told from the same word elsewhere by what is around it.
        (("First of all.", *HERON), "heron", "heron"),
        # The word itself was corrected.
        ((*HERON[:2], HERON[2].replace("ferryman", "ferrymen"), HERON[3]), "ferryman", "ferrymen"),
        # It is another word now.
        ((*HERON[:2], HERON[2].replace("ferryman", "dog"), HERON[3]), "ferryman", None),
    ],
)  # fmt: skip
def test_what_a_reader_would_expect(after, words, expected):
    assert found_again(HERON, after, words) == expected


def test_of_two_like_places_the_one_with_its_own_surroundings_is_taken():
    old = document_of(*HERON)
    second = old.blocks[2].text.index("The heron")
    anchor = anchor_of(old, (2, second), (2, second + 38))
    swapped = document_of(HERON[1], HERON[2], HERON[0], HERON[3])
    spans = find(swapped, anchor)
    assert spans == (Span(1, second, second + 38),)


def test_what_can_not_be_told_apart_is_lost():
    refrain = ("Row, row, row.",)
    old = document_of("One verse about boats.", *refrain, "Another verse about oars.", *refrain)
    anchor = anchor_of(old, (2, 0), (2, 14))
    new = document_of(*["Row, row, row."] * 9)
    assert find(new, anchor) is None


def test_a_highlight_over_a_long_chapter_is_found_and_a_book_is_searched_quickly():
    old = text_of(3, paragraphs=4_000, words=60)
    new = [text.replace(WORDS[0], "changed") for text in old]
    new[100:100] = text_of(4, paragraphs=300, words=60)
    before, after = document_of(*old, title=None), document_of(*new, title=None)
    rows = range(110, 3_900, 40)
    anchors = [anchor_of(before, (block, 10), (block + 2, 90)) for block in rows]
    begin = time.process_time()
    found = list(places_of(after, anchors))
    took = (time.process_time() - begin) / len(anchors)
    assert all(spans is not None for spans in found)
    blocks = range(410, 4_200, 40)
    assert [spans[0].block for spans in found if spans] == list(blocks)
    assert took < 0.1
