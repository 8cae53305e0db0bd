"""Broken paragraphs are made whole, and unbroken ones stay as they are."""

from __future__ import annotations

from desktop.reading.document import BlockKind, Document, LeftOutKind
from desktop.reading.opener import read_document

LONG = (
    "The committee had met every Tuesday since the spring, and it had agreed on nothing but the "
    "colour of the paper on which its disagreement was to be printed."
)


def read(text: str) -> Document:
    return read_document(text.encode(), name="page.txt")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_a_word_cut_over_a_blank_line_is_whole_again() -> None:
    document = read(f"{LONG} They wanted a legally bind-\n\ning treaty by the autumn.\n\n{LONG}")
    assert len(document.blocks) == 2
    assert "legally binding treaty" in document.blocks[0].text


def test_a_paragraph_that_goes_on_in_lower_case_is_joined() -> None:
    half = LONG[:-1] + " and"
    assert texts(read(f"{half}\n\nit went on in the next column without a stop.\n\n{LONG}")) == [
        f"{half} it went on in the next column without a stop.",
        LONG,
    ]


def test_a_caption_between_the_halves_follows_the_whole() -> None:
    document = read(
        f"{LONG} The delegates argued about the\n\nPHOTO: ANNA BERG / REUTERS\n\n"
        f"price of salt until the lamps were lit.\n\n{LONG}"
    )
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.CREDIT, BlockKind.PARAGRAPH]
    assert "about the price of salt" in document.blocks[0].text


def test_a_capital_counts_only_where_two_breaks_are_certain() -> None:
    open_end = "Nobody in the delegation had expected the reply that came from the palace of King"
    rest = "Ludwig, which was long and courteous and said that he would rather not come at all."
    assert len(read(f"{open_end}\n\n{rest}\n\n{LONG}").blocks) == 3
    broken = (LONG[:80] + "\n\n" + LONG[81:] + "\n\n") * 2
    document = read(f"{broken}{open_end}\n\n{rest}\n\n{LONG}")
    assert f"{open_end} {rest}" in texts(document)


def test_unbroken_paragraphs_stay() -> None:
    paragraphs = [LONG, "Nobody spoke.", "“Why not?” asked the clerk.", LONG, "It rained."]
    assert texts(read("\n\n".join(paragraphs))) == paragraphs


def test_hard_wrapped_lines_are_joined() -> None:
    document = read(
        "The first settlers came by water, as settlers do, and they named\n"
        "what they found after what they had lost. Of the eleven streams\n"
        "that run down from the plateau nine still bear the names of riv-\n"
        "ers in another country.\n"
        "\n"
        "Their children forgot the rivers and kept the names, which is\n"
        "perhaps the usual course of things.\n"
    )
    assert texts(document) == [
        "The first settlers came by water, as settlers do, and they named what they found after "
        "what they had lost. Of the eleven streams that run down from the plateau nine still bear "
        "the names of rivers in another country.",
        "Their children forgot the rivers and kept the names, which is perhaps the usual course "
        "of things.",
    ]


def test_an_indent_opens_a_paragraph() -> None:
    lines = [
        "   The mill had been built when the river was still", "used for rafting timber, and its",
        "wheel was larger than any in the valley, though it", "turned only twice a year.",
        "   On those two days the whole village came to look", "at it, with baskets and children,",
        "as though it were a ship about to leave the harbour", "for good.",
        "   Then it stood still again.",
    ]  # fmt: skip
    assert len(read("\n".join(lines)).blocks) == 3


PAGES = """\
   It was not until the third winter that the engineers understood what
the villagers had known all along, namely that the ground beneath the
dam was moving, and that it moved faster in the years when the snow lay
long.

                                   7
\f                          THE DAM AT ARVEN

   They measured it with glass rods and with threads of silk. A young
assistant, whose name is not recorded, proposed to drain the lake, and

                                   8
\f                          THE DAM AT ARVEN

was sent home. The lake was drained nine years later, when nobody could
any longer deny what the rods had shown from the first day on.

                                   9
"""


def test_page_numbers_and_running_heads_are_left_out() -> None:
    document = read(PAGES)
    assert len(document.blocks) == 2
    assert "to drain the lake, and was sent home" in document.blocks[1].text
    kinds = [piece.kind for piece in document.left_out]
    assert kinds.count(LeftOutKind.PAGE_NUMBER) == 3
    assert kinds.count(LeftOutKind.RUNNING_HEAD) == 2


def test_page_numbers_are_found_without_form_feeds() -> None:
    document = read(PAGES.replace("\f", "\n"))
    assert [piece.text for piece in document.left_out if piece.text.isdigit()] == ["7", "8", "9"]
    assert len(document.blocks) == 2


def test_running_heads_that_name_the_page_are_left_out() -> None:
    head = "Page {} | The Mountain Gazette | Saturday, 3 June 2017"
    document = read(
        f"{head.format(14)}\n\nThe wolves came back in a snow storm and settled in the forest\n"
        "above the village, where nobody had seen one for a hundred and\n"
        f"fifty years. Nobody saw them now, but the shepherds counted\n{head.format(15)}\n"
        "their sheep twice in the evening and once more in the morning\nbefore they let them go.\n"
    )
    assert [piece.text for piece in document.left_out] == [head.format(14), head.format(15)]
    assert "the shepherds counted their sheep twice" in document.blocks[0].text


def test_numbers_between_whole_sentences_are_sections() -> None:
    document = read(f"1\n\n{LONG}\n\n2\n\n{LONG}\n\n3\n\n{LONG}")
    assert not document.left_out
    assert [block.text for block in document.blocks if block.text.isdigit()] == ["1", "2", "3"]


def test_verse_keeps_its_lines() -> None:
    document = read(
        "He had heard the song as a child and could still say most of it when he was asked, and\n"
        "sometimes when he was not asked, standing by the stove with his hands behind his back\n"
        "and his eyes on the lamp, as he had been taught to do at school in the years before the\n"
        "war came to the valley and the school was shut.\n\n"
        "The weir is loud, the weir is deep,\nIt sings the drowned men all to sleep,\n"
        "And those who hear it in the night\nAre never seen by morning light.\n"
    )
    assert document.blocks[1].text.count("\n") == 3


def test_mail_keeps_its_header_and_its_quotation() -> None:
    document = read(
        "From: Anna Berg <anna@example.org>\nTo: The Reading Group\nSubject: Salt\n\nDear all,\n\n"
        "thank you for a lively evening, which I shall remember for a long time and\n"
        "which has left me with more questions than I came with on Tuesday, when it\n"
        "was still light outside and nobody had yet mentioned the tax on salt.\n\n"
        "> Could we have something with people in it next time?\n\nOf course we could.\n"
    )
    assert document.blocks[0].text.count("\n") == 2
    quote = next(block for block in document.blocks if block.kind is BlockKind.QUOTE)
    assert quote.text == "Could we have something with people in it next time?"
    assert not document.left_out


def test_lines_above_a_text_are_blocks_of_their_own() -> None:
    for text in (LONG, "The mill had been built when the river was still used for\nrafting."):
        document = read(f"The Salt Roads\nBy Anna Berg\n\n{text}\n\n{LONG}")
        assert document.title == "The Salt Roads"
        assert document.authors == ("Anna Berg",)


def test_a_stanza_that_opens_a_text_stays_together() -> None:
    stanza = "The weir is loud, the weir is deep,\nIt sings the drowned men all to sleep,"
    assert texts(read(f"{stanza}\n\n{stanza}")) == [stanza, stanza]


def test_three_wrapped_lines_are_one_paragraph() -> None:
    assert texts(read("The cat sat on the mat and looked at the dog that\n"
                      "Peter had brought from town, and the dog\nlooked back.")) == [
        "The cat sat on the mat and looked at the dog that Peter had brought from town, and the "
        "dog looked back."
    ]  # fmt: skip
