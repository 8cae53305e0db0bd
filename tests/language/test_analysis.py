import pytest

from desktop.errors import Cancelled
from desktop.language.analysis import analyse
from desktop.reading.document import BlockKind
from tests.documents import document_of


def test_parses_keep_the_offsets_of_their_blocks() -> None:
    document = document_of("Ada “Lovelace” wrote\u00a0notes — 7 of them.", "É una prova… ok?")
    analysis = analyse(document)
    for block, doc in zip(document.blocks, analysis.docs, strict=True):
        assert len(doc.text) == len(block.text)
        assert doc.text.casefold() == block.text.casefold()


def test_words_set_in_capitals_are_read_in_ordinary_case() -> None:
    document = document_of(
        "NATO was founded in 1949.", frame=((BlockKind.BIO, "MARY MILLER was an editor of NATO."),)
    )
    bio = analyse(document).docs[2]
    assert bio.text == "Mary Miller was an editor of NATO."
    assert {token.ent_type_ for token in bio[:2]} == {"PERSON"}


def test_sentences_come_from_the_body_alone_unless_asked() -> None:
    document = document_of("One sentence here. Another one there.", title="Some Title")
    analysis = analyse(document)
    assert [s.text for _, s in analysis.sentences()] == [
        "One sentence here.",
        "Another one there.",
    ]
    assert any(b.kind is BlockKind.TITLE for b, _ in analysis.sentences(body_only=False))


def test_progress_rises_to_one_and_can_stop_the_work() -> None:
    document = document_of(*(f"This is paragraph number {n}." for n in range(40)))
    shares: list[float] = []
    analyse(document, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)

    def stop(_share: float) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        analyse(document, stop)
