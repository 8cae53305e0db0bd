from desktop.reading.document import Block, BlockKind, Document, Source, Span
from desktop.reading.search import find_words


def document_of(*texts: str) -> Document:
    blocks = tuple(Block(at, BlockKind.PARAGRAPH, text) for at, text in enumerate(texts))
    return Document(
        title="T", kicker=None, standfirst=None, authors=(), date=None, language="en",
        source=Source("t.txt", "0" * 64, "txt"), blocks=blocks,
    )  # fmt: skip


def test_every_place_is_found_in_order_capitals_or_not():
    text = document_of("Salt and SALT.", "No pepper.", "Sea salt")
    assert find_words(text, "salt") == [Span(0, 0, 4), Span(0, 9, 13), Span(2, 4, 8)]


def test_spaces_quotes_hyphens_and_soft_hyphens_do_not_hinder():
    text = document_of("the pan\u2019s  own salt\u2011pit", "evapo\u00adration")
    assert find_words(text, "pan's own salt-pit") == [Span(0, 4, 23)]
    assert find_words(text, "evaporation") == [Span(1, 0, 12)]


def test_signs_mean_themselves_and_letters_beyond_the_plane_count_once():
    assert find_words(document_of("𝔖alt (a.b)"), "(a.b)") == [Span(0, 5, 10)]


def test_nothing_is_found_for_nothing_and_no_more_than_wanted():
    assert find_words(document_of("aaa"), "  ") == []
    assert len(find_words(document_of("a " * 50), "a", most=7)) == 7
