from desktop.reading.chapters import chapters_of, title_of
from desktop.reading.document import Block, BlockKind, Document, Source


def book(*parts: tuple[int | None, int]) -> Document:
    """A document of headings (level, letters of the paragraph under it)."""
    blocks: list[Block] = []
    for level, letters in parts:
        if level is not None:
            head = f"Part at {len(blocks)}"
            blocks.append(Block(len(blocks), BlockKind.HEADING, head, level=level))
        if letters:
            blocks.append(Block(len(blocks), BlockKind.PARAGRAPH, "x" * letters))
    return Document(
        title="T", kicker=None, standfirst=None, authors=(), date=None, language="en",
        source=Source("t.txt", "0" * 64, "txt"), blocks=tuple(blocks),
    )  # fmt: skip


def test_a_short_text_is_one_chapter():
    assert chapters_of(book((1, 900), (1, 900)), most=5000) == (range(4),)


def test_no_blocks_no_chapters():
    assert chapters_of(book()) == ()


def test_a_long_text_is_cut_at_its_uppermost_headings():
    text = book((1, 3000), (2, 1000), (1, 3000), (1, 2000))
    assert chapters_of(text, most=5000) == (range(4), range(4, 6), range(6, 8))
    assert title_of(text, range(4, 6)) == "Part at 4"


def test_a_part_that_is_too_long_is_cut_at_lower_headings():
    text = book((1, 0), (2, 3000), (2, 3000), (1, 1000))
    assert chapters_of(text, most=5000) == (range(3), range(3, 5), range(5, 7))


def test_a_text_without_headings_is_cut_between_blocks():
    chapters = chapters_of(book(*[(None, 1000)] * 12), most=5000)
    assert chapters == (range(5), range(5, 10), range(10, 12))


def test_what_is_too_short_stands_before_the_next():
    assert chapters_of(book((1, 10), (1, 20), (1, 3000), (1, 3000)), most=5000) == (
        range(6), range(6, 8),
    )  # fmt: skip


def test_every_block_stands_in_one_chapter():
    for most in (500, 2000, 7000):
        text = book((None, 300), (1, 2500), (3, 4000), (2, 10), (1, 9000), (2, 1), (2, 800))
        chapters = chapters_of(text, most=most)
        assert [at for part in chapters for at in part] == list(range(len(text.blocks)))
