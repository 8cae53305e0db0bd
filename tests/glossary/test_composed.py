"""Names that are explained through an abbreviation in front."""

from __future__ import annotations

import pytest

from desktop.glossary.extract import extract_glossary
from desktop.language.analysis import analyse
from tests.documents import document_of


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        (
            "The envoys spoke before the UN General Assembly in New York.",
            "UN General Assembly",
            "the General Assembly of the United Nations",
        ),
        (
            "The blockade was brought before the UN Security Council by Norway.",
            "UN Security Council",
            "the Security Council of the United Nations",
        ),
    ],
)  # fmt: skip
def test_an_abbreviation_in_front_tells_whose_body_it_is(
    text: str, term: str, meaning: str
) -> None:
    found = {t.term: t.definition for t in extract_glossary(analyse(document_of(text))).terms}
    definition = found[term]
    assert definition is not None
    assert definition.text == meaning
    assert definition.reference is not None
    assert "Put together" in definition.reference


def test_two_joined_parts_of_the_world_are_a_region() -> None:
    text = "Ports in the Asia-Pacific region grew fast. The rally from Paris-Dakar ended in 2007."
    found = {t.term: t.definition for t in extract_glossary(analyse(document_of(text))).terms}
    definition = found["Asia-Pacific"]
    assert definition is not None
    assert definition.text == "the region of Asia and the Pacific Ocean"
    assert all("Dakar" not in term or not d or "region of" not in d.text
               for term, d in found.items())  # fmt: skip
