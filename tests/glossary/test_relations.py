"""Which terms of a glossary lead to which others."""

from __future__ import annotations

from desktop.glossary.extract import extract_glossary
from desktop.glossary.term import Glossary, Term
from desktop.language.analysis import analyse
from tests.documents import document_of


def terms_of(*paragraphs: str) -> dict[str, Term]:
    glossary = extract_glossary(analyse(document_of(*paragraphs)))
    assert Glossary.from_json(glossary.to_json()).to_json() == glossary.to_json()
    return {term.term: term for term in glossary.terms}


def test_a_seat_of_government_is_an_entry_of_its_own_and_leads_to_its_country() -> None:
    terms = terms_of("Nairobi warned that Kenya would close the border. Nairobi has no choice.")
    assert "Kenya" in terms["Nairobi"].related
    assert "Nairobi" not in terms["Kenya"].aliases


def test_the_office_before_a_name_leads_to_the_country() -> None:
    terms = terms_of("Kenya waited. The Kenyan President William Ruto spoke in Mombasa.")
    assert "Kenya" in terms["William Ruto"].related


def test_a_work_leads_to_its_author() -> None:
    terms = terms_of(
        "She read “The Silent Harbour” by Maria Lindqvist. Maria Lindqvist is Swedish."
    )
    assert terms["The Silent Harbour"].related == ("Maria Lindqvist",)
