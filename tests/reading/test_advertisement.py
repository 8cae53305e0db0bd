"""An advertisement beside a text is left out; a text's own last words never are."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.reading.document import Document, LeftOutKind
from desktop.reading.opener import open_document, read_document

TEXTS = Path(__file__).parent / "texts"
BODY = [
    "The gabelle was the most hated of the taxes of the old kingdom. It obliged every adult to buy "
    "a fixed amount of salt at a fixed price, whether they needed it or not, and it was collected "
    "by men who had bought the right to collect it from a king who was always short of money.",
    "Smugglers walked by night. In some provinces whole villages lived on what they carried across "
    "a border that no map could have shown them, and the guards who were to stop them lived on "
    "what the smugglers paid for not being seen.",
    "In India the march to Dandi made the tax famous once more. Gandhi walked for twenty-four days "
    "to the coast, picked up a lump of mud and salt, and so broke the law of an empire that had "
    "thought of everything but that.",
]


def read(*paragraphs: str) -> Document:
    return read_document("\n\n".join(paragraphs).encode(), name="page.txt")


def advertisements(document: Document) -> list[str]:
    return [p.text for p in document.left_out if p.kind is LeftOutKind.ADVERTISEMENT]


def test_it_is_left_out_whole() -> None:
    page = open_document(TEXTS / "newspaper_page.txt")
    (advertisement,) = advertisements(page)
    assert advertisement.startswith("VITRANOX\n\nYour home")
    assert advertisement.endswith("Breathe like never before.™")
    assert "www.vitranox.example" in advertisement
    assert not any("Vitranox" in block.text or "filters" in block.text for block in page.blocks)


OTHERS = [
    "KRONHOLM\n\nSEAFARER CHRONOMETER\n\nA mark of every voyage. "
    "Discover the collection at www.kronholm.example",
    "Velabank\n\nWe look further.\n\nAs one of the leading banks of the region Velabank supports "
    "companies and investors with financing solutions from a single source. Talk to us. "
    "www.velabank.example\n\nVelabank | Values with weight.",
    "Fly more. Pay less.\n\nBook your flight with SkyNord by 31 May and save up to 40% on all "
    "routes to Scandinavia. Call 0800 123 4567 or visit skynord.example.\n\nSkyNord®",
    "Master of Public Health\n\nThe Marlow School in Berne prepares exceptional students for "
    "leadership in hospitals and civil society. Apply now! Scholarships available. "
    "www.marlow-school.example\n\nMarlow School – Understand today. Shape tomorrow.",
    "ADVERTISEMENT\n\nThe new Orion kettle boils a litre in ninety seconds and switches itself "
    "off. At all good stores.",
]


@pytest.mark.parametrize("text", OTHERS)
@pytest.mark.parametrize("note", ["", "JAN ROTH is a historian in Lyon."])
def test_many_kinds_are_told_and_nothing_with_them(text: str, note: str) -> None:
    above = [*BODY, *([note] if note else [])]
    document = read("On Salt", "By Jan Roth", *above, *text.split("\n\n"))
    assert advertisements(document) == [text]
    assert document.blocks[-1].text == above[-1]


def test_other_trades_are_told_too() -> None:
    document = read(
        "On Salt", "By Jan Roth", *BODY, "JAN ROTH is a historian in Lyon.",
        "Nordbank. Growing with you.",
        "Planning your retirement? Our advisers at Nordbank find the portfolio that suits your "
        "ambitions. Visit www.nordbank.example or any branch and ask for your free consultation.",
        "Nordbank – because tomorrow begins now!",
    )  # fmt: skip
    assert len(advertisements(document)) == 1
    assert document.blocks[-1].kind.value == "bio"


def test_it_is_told_above_the_note_on_the_author() -> None:
    document = read(
        "On Salt", "By Jan Roth", *BODY, "Photo: Getty Images",
        "Alpenrose® cheese! Taste our mountains. Order your hamper at www.alpenrose.example today.",
        "Alpenrose. You deserve it!", "JAN ROTH is a historian in Lyon.",
    )  # fmt: skip
    assert len(advertisements(document)) == 1
    assert document.blocks[-1].text.startswith("JAN ROTH")


@pytest.mark.parametrize(
    "ending",
    [
        "So much for salt.",
        "What, then, should we do? You and I can begin in our own kitchens, where the salt stands "
        "unlocked on the shelf. Visit www.saltmuseum.example and see how our ancestors hid it!",
        "We must act now. Our children will ask us what we did. Write to your member of parliament "
        "today! Join us at www.saltmarch.example.",
        "Salt is freedom. Freedom is salt. You cannot have one without the other!",
        "The author thanks the Lyon Archive. Write to him at jan.roth@lyon.example.",
        "References: 1. Roth, J. (2001). Salt and the State. Lyon University Press. "
        "https://doi.example/10.1000/182",
    ],
)
def test_the_last_words_of_a_text_stay(ending: str) -> None:
    for above in ([], ["JAN ROTH is a historian in Lyon."]):
        document = read("On Salt", "By Jan Roth", *BODY, *above, ending)
        assert not advertisements(document)
        assert document.blocks[-1].text == ending


def test_an_essay_that_addresses_its_reader_throughout_keeps_its_end() -> None:
    document = read(
        "You have bought a notebook. You open it, and your first thought is that we spoil "
        "everything that we begin; your second is that the paper is very white and our hand "
        "very poor, and that nobody has asked you to begin at all.",
        "You write a date. You cross it out! Nobody sees you do it, and that is what our notebooks "
        "are for: they are the one room of your house in which we may break the plates.",
        "Moleskine® or a school exercise book, it makes no difference to you or your thoughts.",
        "So buy the cheapest notebook in the shop, and begin tonight. You will not regret it!",
    )
    assert not advertisements(document)
