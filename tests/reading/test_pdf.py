"""PDFs become documents: columns in order, paragraphs whole, furniture left out, nothing lost."""

from __future__ import annotations

import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desktop.errors import InputError
from desktop.reading.document import BlockKind, Document, LeftOutKind, MarkKind
from desktop.reading.opener import open_document, read_document
from tests.reading.pdf_files import (
    LEADING,
    MARGIN,
    SELF_REFERRING,
    WIDTH,
    Sheet,
    column_lefts,
    in_columns,
    letters,
    many_pages,
)

KILN = (
    "The potter fills the kiln at dusk, when the draught is steady and the chimney begins to draw. "
    "Large jars stand at the back, where the flame is hottest, and small bowls near the door. "
    "Nobody opens the spy hole before midnight, because cold air would crack the glaze at once."
)
CLAY = (
    "Clay from the river bank has to rest for a winter. Frost breaks its lumps, rain carries the "
    "salt away, and by spring it can be kneaded without cracking. Older potters buried it for the "
    "use of their grandchildren, or so it is told in the villages along the upper valley."
)
GLAZE = (
    "Ash makes the simplest glaze of all. It falls on the shoulders of the jars during the fire, "
    "melts there, and runs down in green drops. What cannot be planned in this way is prized most, "
    "and buyers turn each jar in their hands before they name a price for it."
)
WHEEL = (
    "A kick wheel is slow, and its slowness is a virtue. The hand has time to feel where the wall "
    "grows thin, and the foot stops by itself when the eye is in doubt. Electric wheels have been "
    "sold in the town for thirty years without replacing it."
)
TEXTS = (KILN, CLAY, GLAZE, WHEEL)


def paragraphs(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind is BlockKind.PARAGRAPH]


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    return [b.text for b in document.blocks if b.kind is kind]


def left_out(document: Document, kind: LeftOutKind) -> list[str]:
    return [piece.text for piece in document.left_out if piece.kind is kind]


def all_text(document: Document) -> str:
    return " ".join([b.text for b in document.blocks] + [p.text for p in document.left_out])


def raw_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("by_row", [False, True])
def test_columns_are_read_one_after_the_other(tmp_path: Path, count: int, by_row: bool) -> None:
    sheet = Sheet()
    sheet.put(MARGIN + 120, 90, "Notes from a Village of Potters", 18, "B")
    in_columns(sheet, TEXTS, count, 140, 16 if count == 3 else 15, by_row=by_row)
    document = open_document(sheet.write(tmp_path / "columns.pdf"))
    assert document.title == "Notes from a Village of Potters"
    assert paragraphs(document) == list(TEXTS)
    assert document.source.format == "pdf"
    assert document.language == "en"


def book(tmp_path: Path) -> Path:
    """Set five pages with running heads, page numbers and a paragraph across each page end."""
    sheet = Sheet()
    width = WIDTH - 2 * MARGIN
    lines = [line for text in TEXTS * 4 for line in sheet.lines(text, width)]
    per_page = 10
    for start in range(0, len(lines), per_page):
        if start:
            sheet.page()
        number = 41 + start // per_page
        head = "A VILLAGE OF POTTERS" if number % 2 else "THE WINTER OF THE CLAY"
        sheet.put(MARGIN + 150, 50, head, 8)
        sheet.flow(lines[start : start + per_page], MARGIN, 90)
        sheet.put(WIDTH / 2, 800, str(number), 9)
    return sheet.write(tmp_path / "book.pdf")


def test_running_heads_and_page_numbers_are_left_out_and_paragraphs_go_on(tmp_path: Path) -> None:
    document = open_document(book(tmp_path))
    assert paragraphs(document) == list(TEXTS * 4)
    heads = left_out(document, LeftOutKind.RUNNING_HEAD)
    assert set(heads) == {"A VILLAGE OF POTTERS", "THE WINTER OF THE CLAY"}
    numbers = left_out(document, LeftOutKind.PAGE_NUMBER)
    assert numbers[:2] == ["41", "42"]


def test_blocks_know_the_printed_page_on_which_they_begin(tmp_path: Path) -> None:
    document = open_document(book(tmp_path))
    pages = [block.page for block in document.blocks]
    assert pages[0] == "41"
    assert pages == sorted(pages)
    assert pages[-1] is not None
    assert int(pages[-1]) > 43


def test_no_character_of_the_text_layer_is_lost(tmp_path: Path) -> None:
    path = book(tmp_path)
    assert letters(all_text(open_document(path))) == letters(raw_text(path))


def test_a_word_parted_by_the_end_of_a_column_is_one_word(tmp_path: Path) -> None:
    sheet = Sheet()
    lefts, width = column_lefts(2)
    first = [*sheet.lines(KILN, width), *sheet.lines(GLAZE, width)]
    first[-1] = first[-1] + " and every wan-"
    second = ["dering buyer knows it by its colour alone,", "from far away and in poor light."]
    sheet.flow(first, lefts[0], 100)
    sheet.flow([*second, *sheet.lines(CLAY, width), *sheet.lines(WHEEL, width)], lefts[1], 100)
    document = open_document(sheet.write(tmp_path / "parted.pdf"))
    assert any(
        text.endswith("every wandering buyer knows it by its colour alone, from far away and in "
                      "poor light.")
        for text in paragraphs(document)
    )  # fmt: skip


def test_headings_are_told_by_their_type_and_ranked(tmp_path: Path) -> None:
    sheet = Sheet()
    width = WIDTH - 2 * MARGIN
    y = sheet.put(MARGIN, 80, "Fire and Earth", 20, "B") and 120.0
    for size, title, text in (
        (14, "The kiln", KILN), (11, "Of the clay", CLAY), (14, "The glaze", GLAZE)
    ):  # fmt: skip
        sheet.put(MARGIN, y, title, size, "B")
        y = sheet.flow(sheet.lines(text, width), MARGIN, y + 20) + 20
    document = open_document(sheet.write(tmp_path / "headings.pdf"))
    assert document.title == "Fire and Earth"
    found = [(b.text, b.level) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert [title for title, _ in found] == ["The kiln", "Of the clay", "The glaze"]
    levels = [level or 0 for _, level in found]
    assert levels[0] == levels[2] < levels[1]


def test_the_outline_gives_the_levels(tmp_path: Path) -> None:
    sheet = Sheet()
    width = WIDTH - 2 * MARGIN
    sheet.pdf.start_section("The kiln", level=0)
    sheet.put(MARGIN, 80, "The kiln", 10)
    y = sheet.flow(sheet.lines(KILN, width), MARGIN, 110)
    y = sheet.flow(sheet.lines(GLAZE, width), MARGIN, y)
    sheet.pdf.start_section("Of the clay", level=1)
    sheet.put(MARGIN, y + 30, "Of the clay", 10)
    sheet.flow(sheet.lines(CLAY, width), MARGIN, y + 60)
    document = open_document(sheet.write(tmp_path / "outline.pdf"))
    assert [(b.text, b.level) for b in document.blocks if b.level] == [("Of the clay", 2)]
    assert document.title == "The kiln"


def test_a_footnote_is_linked_from_its_mark(tmp_path: Path) -> None:
    sheet = Sheet()
    width = WIDTH - 2 * MARGIN
    y = sheet.flow(sheet.lines(KILN, width), MARGIN, 100)
    end = sheet.put(MARGIN + 12, y, "Such a kiln burns for three days and three nights.")
    sheet.put(end, y - 4, "1", 6)
    sheet.flow(sheet.lines(CLAY, width), MARGIN, y + LEADING)
    sheet.put(MARGIN, 756, "1", 5)
    sheet.put(MARGIN + 3, 760, "The longest fire on record lasted for nine days.", 8)
    sheet.put(MARGIN, 769, "2", 5)
    sheet.put(MARGIN + 3, 773, "Nobody has found where the clay of the oldest jars was dug.", 8)
    document = open_document(sheet.write(tmp_path / "note.pdf"))
    assert of_kind(document, BlockKind.FOOTNOTE) == [
        "[1] The longest fire on record lasted for nine days.",
        "[2] Nobody has found where the clay of the oldest jars was dug.",
    ]
    note = next(b for b in document.blocks if b.kind is BlockKind.FOOTNOTE)
    block = next(b for b in document.blocks if "three nights" in b.text)
    link = next(m for m in block.marks if m.kind is MarkKind.LINK)
    assert block.text[link.start : link.end] == "[1]"
    assert document.place_of((link.target or "").removeprefix("#")) == note.index


def test_lists_tables_and_captions_keep_their_kinds(tmp_path: Path) -> None:
    sheet = Sheet()
    width = WIDTH - 2 * MARGIN
    y = sheet.flow(sheet.lines(KILN, width), MARGIN, 100) + 10
    for item in ("dry wood of the red pine", "a shovel for the ashes", "water in two buckets"):
        sheet.put(MARGIN + 10, y, "- " + item, 10)
        y += LEADING
    y += 20
    rows = [("Jar", "Height", "Price"), ("Storage", "62 cm", "410"), ("Tea", "21 cm", "95"),
            ("Water", "35 cm", "150"), ("Oil", "18 cm", "70")]  # fmt: skip
    for row in rows:
        for place, cell in enumerate(row):
            sheet.put(MARGIN + 40 + place * 120, y, cell)
        y += LEADING
    sheet.put(MARGIN, y + 14, "Table 1. Jars of the village and what they cost.", 9)
    sheet.flow(sheet.lines(CLAY, width), MARGIN, y + 50)
    document = open_document(sheet.write(tmp_path / "kinds.pdf"))
    assert of_kind(document, BlockKind.LIST_ITEM) == [
        "dry wood of the red pine", "a shovel for the ashes", "water in two buckets"
    ]  # fmt: skip
    assert of_kind(document, BlockKind.TABLE) == ["\n".join("\t".join(row) for row in rows)]
    assert of_kind(document, BlockKind.CAPTION) == [
        "Table 1. Jars of the village and what they cost."
    ]
    assert paragraphs(document) == [KILN, CLAY]


def test_emphasis_comes_from_the_fonts(tmp_path: Path) -> None:
    sheet = Sheet()
    y = sheet.flow(sheet.lines(KILN, 400), MARGIN, 100)
    end = sheet.put(MARGIN + 12, y, "They call it ")
    end = sheet.put(end, y, "anagama,", style="I")
    sheet.put(end, y, " the cave that breathes.")
    document = open_document(sheet.write(tmp_path / "emphasis.pdf"))
    block = next(b for b in document.blocks if "anagama" in b.text)
    assert [(block.text[m.start : m.end], m.kind) for m in block.marks] == [
        ("anagama,", MarkKind.EMPHASIS)
    ]


def test_a_drop_capital_goes_back_to_its_word(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.put(MARGIN, 126, KILN[0], 42)
    lines = sheet.lines(KILN[1:], 270, indent=0)
    for place, line in enumerate(lines):
        sheet.put(MARGIN + (28 if place < 3 else 0), 100 + place * LEADING, line.strip())
    y = sheet.flow(sheet.lines(CLAY, 298), MARGIN, 100 + len(lines) * LEADING)
    sheet.flow(sheet.lines(GLAZE, 298), MARGIN, y)
    document = open_document(sheet.write(tmp_path / "initial.pdf"))
    assert paragraphs(document) == [KILN, CLAY, GLAZE]


def test_pages_that_are_pictures_are_told(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.flow(sheet.lines(KILN, 400), MARGIN, 100)
    for _ in range(2):
        sheet.page()
        sheet.pdf.image(Image.effect_mandelbrot((240, 320), (-2, -1, 1, 1), 40), 0, 0, WIDTH)
    document = open_document(sheet.write(tmp_path / "scan.pdf"))
    assert document.warnings == (
        "Pages 2 and 3 are pictures; what is written in them was not read.",
    )


def test_what_was_typed_into_a_form_is_read() -> None:
    words = b"BT /F 12 Tf 5 5 Td (Ada Quill) Tj ET"
    font = b"<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    name = b"BT /F 12 Tf 60 700 Td (Name of the potter:) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[5 0 R]"
        b"/Resources<</Font" + font + b">>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(name), name),
        b"<</Type/Annot/Subtype/FreeText/Rect[200 690 320 712]/DA(/F 12 Tf)/F 4/AP<</N 6 0 R>>>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 120 22]/Resources<</Font" + font
        + b">>/Length %d>>stream\n%s\nendstream" % (len(words), words),
    ]  # fmt: skip
    body = b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1)
    )
    document = read_document(body + b"trailer<</Root 1 0 R/Size 7>>", name="form.pdf")
    assert [block.text for block in document.blocks] == ["Name of the potter:", "Ada Quill"]


def test_a_picture_stands_above_its_caption(tmp_path: Path) -> None:
    sheet = Sheet()
    drawn = Image.effect_mandelbrot((240, 160), (-2, -1, 1, 1), 40)
    y = sheet.flow(sheet.lines(KILN, 400), MARGIN, 100)
    sheet.pdf.image(drawn, MARGIN, y + 10, 240)
    sheet.put(MARGIN, y + 184, "The kiln on the third night, seen from the wood store.", 8)
    y = sheet.flow(sheet.lines(CLAY, 400), MARGIN, y + 220)
    sheet.flow(sheet.lines(GLAZE, 400), MARGIN, y)
    document = open_document(sheet.write(tmp_path / "picture.pdf"))
    kinds = [block.kind for block in document.blocks]
    place = kinds.index(BlockKind.FIGURE)
    assert kinds[place + 1] is BlockKind.CAPTION
    assert [picture.name for picture in document.pictures] == [document.blocks[place].picture]
    assert paragraphs(document) == [KILN, CLAY, GLAZE]


def test_the_title_of_the_metadata_is_found_on_the_page(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.pdf.set_title("Fire and Earth")
    sheet.put(MARGIN, 70, "Studies in Ceramics", 16, "B")
    sheet.put(MARGIN, 100, "Fire and Earth", 12, "B")
    sheet.flow(sheet.lines(KILN, 400), MARGIN, 130)
    assert open_document(sheet.write(tmp_path / "title.pdf")).title == "Fire and Earth"


def test_a_turned_page_is_read_upright(tmp_path: Path) -> None:
    sheet = Sheet()
    with sheet.pdf.rotation(90, 300, 300):
        sheet.flow(sheet.lines(KILN, 300), 150, 200)
    document = open_document(sheet.write(tmp_path / "turned.pdf"))
    assert paragraphs(document) == [KILN]


def test_the_author_of_the_metadata_is_taken_when_it_is_a_name(tmp_path: Path) -> None:
    for author, authors in (("Mira Holm", ("Mira Holm",)), ("scan_0042.tif", ())):
        sheet = Sheet()
        sheet.pdf.set_author(author)
        sheet.flow(sheet.lines(KILN, 400), MARGIN, 100)
        assert open_document(sheet.write(tmp_path / "author.pdf")).authors == authors


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.put(MARGIN, 100, KILN)
    sheet.pdf.set_encryption(owner_password="a", user_password="b")
    with pytest.raises(InputError, match=r"locked\.pdf .*password"):
        open_document(sheet.write(tmp_path / "locked.pdf"))


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text"):
        open_document(Sheet().write(tmp_path / "blank.pdf"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("loop.pdf", SELF_REFERRING),
        ("pages.pdf", many_pages(5_001)),
        ("broken.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"),
    ],
)
def test_hostile_pdfs_are_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    began = time.monotonic()
    with pytest.raises(InputError) as caught:
        open_document(path)
    assert time.monotonic() - began < 10
    assert str(caught.value).startswith(name)


def test_every_cut_of_a_pdf_opens_or_is_refused(tmp_path: Path) -> None:
    data = book(tmp_path).read_bytes()
    for part in (0.2, 0.5, 0.8, 0.97):
        path = tmp_path / "cut.pdf"
        path.write_bytes(data[: int(part * len(data))])
        try:
            said = open_document(path).blocks[0].text
        except InputError as error:
            said = str(error)
        assert said
