"""Glossary, facts and cards on the command line: keys, places, choice, order, equal bytes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.reading.opener import open_document
from tests.command import ESSAY, glossator

LAMP = """The Lamp of Skerry Rock

In 1871 the engineer Thomas Brand built the lighthouse on Skerry Rock for 42,000 pounds. The
Northern Board (NB) paid for it. A Fresnel lens, which is a lens of stepped rings, stood around
the flame. Brand called the lamp the best that had ever been lit in Scotland.
"""

KEEPER = """A Keeper's Year

Thomas Brand kept the lighthouse in Norway from 1880 to 1892. He wrote 312 letters to London.
The lamp burned 900 litres of oil in 1885, because the winter was the longest of the century.
"""

EVIDENCE_KEYS = {"block", "start", "end", "quote"}


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("stories")
    paths = (folder / "lamp.txt", folder / "keeper.txt")
    for path, text in zip(paths, (LAMP, KEEPER), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def printed(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str | Path) -> str:
    assert cli.main([str(argument) for argument in arguments]) == 0
    return capfdbinary.readouterr().out.decode("utf-8")


def as_json(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str | Path) -> Any:
    text = printed(capfdbinary, *arguments, "--json")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    return json.loads(text)


def test_a_lower_level_of_reading_has_more_words_and_the_same_others(
    capfdbinary: pytest.CaptureFixture[bytes], stories: tuple[Path, Path]
) -> None:
    hard: dict[str, set[str]] = {}
    others = []
    for level in ("A2", "B2", "C2"):
        terms = as_json(capfdbinary, "glossary", stories[0], "--level", level)["terms"]
        hard[level] = {term["term"] for term in terms if term["kind"] == "word"}
        others.append([term["term"] for term in terms if term["kind"] != "word"])
        assert all((term["difficulty"] is None) == (term["kind"] != "word") for term in terms)
    assert hard["C2"] <= hard["B2"] <= hard["A2"]
    assert others[0] == others[1] == others[2]


def test_glossary_has_the_keys_and_places_of_the_contract(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    document = open_document(ESSAY)
    data = as_json(capfdbinary, "glossary", ESSAY)
    assert set(data) == {"document", "terms"}
    assert data["document"] == {"title": document.title, "sha256": document.source.sha256}
    assert data["terms"]
    for term in data["terms"]:
        assert {"term", "kind", "aliases", "importance", "definition", "mentions"} <= set(term)
        assert term["kind"] in cli.TERM_KINDS
        assert 0 <= term["importance"] <= 1
        names = {name.casefold() for name in [term["term"], *term["aliases"]]}
        for mention in term["mentions"]:
            text = document.blocks[mention["block"]].text[mention["start"] : mention["end"]]
            assert text.strip() == text != "", names
        definition = term["definition"]
        if definition is not None:
            assert {"text", "source", "evidence", "reference"} <= set(definition)
            assert definition["source"] in {"document", "dictionary", "encyclopedia"}
            check_evidence(document.blocks, definition["evidence"])
            if definition["source"] == "document":
                assert definition["evidence"] is not None
            else:
                assert definition["reference"], "a reference work is named with its licence"
    importances = [term["importance"] for term in data["terms"]]
    assert importances == sorted(importances, reverse=True)


def check_evidence(blocks: Any, evidence: dict[str, Any] | None) -> None:
    if evidence is not None:
        assert set(evidence) >= EVIDENCE_KEYS
        text = blocks[evidence["block"]].text
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"] != ""


def test_facts_and_cards_have_the_keys_and_places_of_the_contract(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    blocks = open_document(ESSAY).blocks
    facts = as_json(capfdbinary, "facts", ESSAY)["facts"]
    assert facts
    for fact in facts:
        assert {"id", "statement", "kind", "importance", "evidence"} <= set(fact)
        check_evidence(blocks, fact["evidence"])
    cards = as_json(capfdbinary, "cards", ESSAY)["cards"]
    assert {card["kind"] for card in cards} == set(cli.NOTE_KINDS)
    known = {fact["id"] for fact in facts}
    for card in cards:
        assert {
            "id", "kind", "front", "back", "cloze", "evidence", "fact", "term", "rule",
            "confidence", "tags",
        } <= set(card)  # fmt: skip
        assert (card["cloze"] is not None) == (card["kind"] == "cloze")
        assert card["fact"] is None or card["fact"] in known
        assert card["front"].strip()
        assert card["back"].strip()
        check_evidence(blocks, card["evidence"])
    assert len({card["id"] for card in cards}) == len(cards)


def test_limit_and_kinds_choose_the_most_important(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    everything = as_json(capfdbinary, "glossary", ESSAY)["terms"]
    chosen = as_json(
        capfdbinary, "glossary", ESSAY, "--limit", "4", "--kinds", "person,organisation"
    )["terms"]
    expected = [t["term"] for t in everything if t["kind"] in {"person", "organisation"}][:4]
    assert [term["term"] for term in chosen] == expected
    cards = as_json(capfdbinary, "cards", ESSAY, "--limit", "5", "--kinds", "cloze")["cards"]
    assert len(cards) == 5
    assert {card["kind"] for card in cards} == {"cloze"}


def test_glossary_as_csv_has_one_row_for_each_term(
    capfdbinary: pytest.CaptureFixture[bytes], stories: tuple[Path, Path]
) -> None:
    terms = as_json(capfdbinary, "glossary", stories[0])["terms"]
    rows = list(csv.DictReader(io.StringIO(printed(capfdbinary, "glossary", stories[0], "--csv"))))
    assert [row["term"] for row in rows] == [term["term"] for term in terms]
    assert [int(row["mentions"]) for row in rows] == [len(term["mentions"]) for term in terms]


@pytest.mark.parametrize("command", ["glossary", "facts", "cards"])
def test_output_for_people_keeps_to_the_width(
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    stories: tuple[Path, Path],
) -> None:
    monkeypatch.setenv("COLUMNS", "64")
    lines = printed(capfdbinary, command, stories[0]).splitlines()
    assert lines
    assert max(map(len, lines)) <= 64


def test_several_texts_make_one_glossary_whose_places_name_their_document(
    capfdbinary: pytest.CaptureFixture[bytes], stories: tuple[Path, Path]
) -> None:
    documents = [open_document(path) for path in stories]
    data = as_json(capfdbinary, "glossary", *stories)
    assert [d["sha256"] for d in data["documents"]] == [d.source.sha256 for d in documents]
    names = [term["term"] for term in data["terms"]]
    assert names.count("Thomas Brand") == 1
    brand = next(term for term in data["terms"] if term["term"] == "Thomas Brand")
    assert {mention["document"] for mention in brand["mentions"]} == {0, 1}
    for term in data["terms"]:
        for mention in term["mentions"]:
            text = documents[mention["document"]].blocks[mention["block"]].text
            assert text[mention["start"] : mention["end"]].strip()
        evidence = term["definition"] and term["definition"]["evidence"]
        if evidence:
            check_evidence(documents[evidence["document"]].blocks, evidence)


def test_several_texts_make_one_deck_and_share_its_limit(
    capfdbinary: pytest.CaptureFixture[bytes], stories: tuple[Path, Path]
) -> None:
    documents = [open_document(path) for path in stories]
    cards = as_json(capfdbinary, "cards", *stories)["cards"]
    origins = [card["evidence"]["document"] for card in cards]
    assert set(origins) == {0, 1}
    assert origins == sorted(origins), "text after text"
    assert len({card["id"] for card in cards}) == len(cards)
    for card in cards:
        check_evidence(documents[card["evidence"]["document"]].blocks, card["evidence"])
    few = as_json(capfdbinary, "cards", *stories, "--limit", "2")["cards"]
    assert [card["evidence"]["document"] for card in few] == [0, 1]


def test_the_same_text_named_twice_counts_once(
    capfdbinary: pytest.CaptureFixture[bytes], stories: tuple[Path, Path]
) -> None:
    once = as_json(capfdbinary, "cards", stories[0])
    assert as_json(capfdbinary, "cards", stories[0], stories[0]) == once


def test_two_runs_give_the_same_bytes_whatever_the_order_of_hashes(
    tmp_path: Path, stories: tuple[Path, Path]
) -> None:
    def run(seed: str) -> list[bytes]:
        environment = {"PYTHONHASHSEED": seed}
        out = tmp_path / f"{seed}.apkg"
        deck = glossator("deck", *stories, "-o", out, environment=environment)
        assert deck.code == 0, deck.messages
        glossary = glossator("glossary", ESSAY, "--json", environment=environment)
        cards = glossator("cards", ESSAY, "--json", environment=environment)
        return [out.read_bytes(), glossary.data, cards.data]

    assert run("1") == run("2")


@pytest.mark.parametrize("command", ["glossary", "facts", "cards"])
def test_a_text_that_gives_nothing_says_so(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Well, well.", encoding="utf-8")
    assert cli.main([command, str(path)]) == 0
    streams = capfd.readouterr()
    assert streams.out == ""
    assert "note.txt" in streams.err
    assert cli.main([command, str(path), "--json"]) == 0
    data = json.loads(capfd.readouterr().out)
    assert data[{"glossary": "terms"}.get(command, command)] == []


def test_cards_tell_what_was_refused_and_which_paragraphs_have_cards(
    stories: tuple[Path, Path], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    plain = as_json(capfdbinary, "cards", stories[0])
    data = as_json(capfdbinary, "cards", stories[0], "--refused", "--coverage", "--limit", "1")
    assert set(data) == {*plain, "refused", "coverage"}
    assert [len(p["cards"]) for p in data["coverage"]] == [len(plain["cards"])]
    assert all(card["findings"] for card in data["refused"])
    both = as_json(capfdbinary, "cards", *stories, "--coverage")
    assert [p["document"] for p in both["coverage"]] == [0, 1]
    text = printed(capfdbinary, "cards", *stories, "--coverage")
    assert "The Lamp of Skerry Rock: 1 of 1 paragraphs have cards." in text
