from desktop.glossary.guard import term_until
from desktop.glossary.term import TermKind
from tests.glossary.factory import document, glossary, spans, term

TERMS = {t.term: t for t in glossary().terms}


def test_a_term_of_what_is_still_to_come_is_not_there():
    assert term_until(TERMS["Harbour Guild"], (1, 30), document()) is None
    assert term_until(TERMS["Harbour Guild"], (2, 99), document()) is TERMS["Harbour Guild"]


def test_mentions_and_a_definition_from_further_on_are_left_out():
    early = spans("stave")[0]
    shown = term_until(TERMS["stave"], (0, early.end), document())
    assert shown is not None
    assert shown.mentions == (early,)
    assert shown.definition == TERMS["stave"].definition  # a dictionary tells nothing of the text
    croze = term_until(TERMS["croze"], (1, len("A croze cuts")), document())
    assert croze is not None
    assert croze.definition is None
    assert term_until(TERMS["croze"], (9, 0), document()) is TERMS["croze"]


def test_a_name_that_is_told_later_is_not_told_now():
    texts = ("The stranger sat down.", "The stranger was Ada Holt herself.")
    stranger = term("Ada Holt", TermKind.PERSON, "The stranger", "Ada Holt")
    mentions = tuple(sorted((*spans("The stranger", texts), *spans("Ada Holt", texts))))
    from dataclasses import replace

    stranger = replace(stranger, mentions=mentions)
    shown = term_until(stranger, (0, 22), document(texts))
    assert shown is not None
    assert (shown.term, shown.aliases) == ("The stranger", ("The stranger",))
