"""A glossary as files, read back by the programs that others would use."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pyglossary.glossary_v2 import Glossary as OtherGlossary

from desktop import cli
from desktop.errors import InputError, OutputError
from desktop.glossary.edits import Add, Entry, apply_edits
from desktop.glossary.term import Definition, DefinitionSource, Term, TermKind
from desktop.operations.glossary_files import glossary_deck, write_glossary
from desktop.operations.merging import MergedGlossary, merge_glossaries
from desktop.operations.texts import AnalysedText
from tests.operations.test_glossaries import GUILD, HEDDLE, LYON, SILK, WOOL, analysed, read


def text_of(source: str, *terms: tuple[Entry, str]) -> AnalysedText:
    document = read(source)
    return AnalysedText(document, analysed(document, terms))


@pytest.fixture
def merged() -> MergedGlossary:
    silk = text_of(
        SILK, (GUILD, "weavers of <Lyon> & more towns that kept looms"), (LYON, "a *city*")
    )
    document = silk.document
    own = apply_edits(
        silk.analysed.glossary,
        [Add(Entry("Éveil|x", TermKind.WORK), "an étude"), Add(Entry("weaver", TermKind.WORD))],
        document,
    )
    said = Definition(
        "threads a heddle",
        DefinitionSource.DOCUMENT,
        document.evidence(replace(own.terms[-1].mentions[0], start=31, end=57)),
    )
    own = replace(own, terms=(*own.terms, Term(
        "heddle", TermKind.WORD, ("heald", "Heddle eye"), 0.2, said,
        own.terms[-1].mentions[:1]),
    ))  # fmt: skip
    silk = replace(silk, analysed=replace(silk.analysed, glossary=own))
    return merge_glossaries([silk, text_of(WOOL, (HEDDLE, "a wire"), (GUILD, "carders"))])


class Page(HTMLParser):
    """Collects what a browser would find: tags with their ids, targets of links, words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values["href"]))
        assert tag not in {"script", "img", "link"}, "the page needs nothing else"
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_is_whole_and_its_links_lead_somewhere(merged: MergedGlossary, tmp_path: Path):
    out = tmp_path / "g.html"
    assert write_glossary(merged, out) == 5
    page = Page(out.read_text(encoding="utf-8"))
    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    assert page.links
    assert all(link.removeprefix("#") in page.ids for link in page.links)
    assert "weavers of <Lyon> & more towns that kept looms" in page.words
    assert "Silk" in page.words
    assert "The Loom Guild carded wool." in page.words


def test_an_entry_leads_to_those_it_is_related_to(merged: MergedGlossary, tmp_path: Path):
    first, *rest = merged.terms
    name = rest[0].term.term
    tied = replace(first, term=replace(first.term, related=(name, "nothing of this glossary")))
    write_glossary(replace(merged, terms=(tied, *rest)), tmp_path / "g.html")
    page = Page((tmp_path / "g.html").read_text(encoding="utf-8"))
    assert f"See also {name}" in page.words
    assert "nothing of this glossary" not in page.words


def test_mentions_are_quoted_up_to_a_number_and_the_rest_is_counted(tmp_path: Path):
    sentences = " ".join(f"Lyon sold {n} bales to Lyon." for n in "one two three four".split())
    text = text_of(f"# Bales\n\n{sentences} Lyon slept. Lyon woke. Lyon wove.\n", (LYON, "a city"))
    write_glossary(merge_glossaries([text]), tmp_path / "g.html")
    words = Page((tmp_path / "g.html").read_text(encoding="utf-8")).words
    assert "11 mentions" in words
    assert "and 2 more" in words


def test_markdown_says_the_words_to_the_letter(merged: MergedGlossary, tmp_path: Path):
    out = tmp_path / "g.md"
    write_glossary(merged, out)
    page = Page(MarkdownIt().render(out.read_text(encoding="utf-8")))
    assert "a *city*" in page.words
    assert "weavers of <Lyon> & more towns that kept looms" in page.words
    assert page.words.index("Éveil|x") < page.words.index("heddle") < page.words.index("Lyon")


def test_the_table_has_a_line_for_each_entry(merged: MergedGlossary, tmp_path: Path):
    out = tmp_path / "g.csv"
    write_glossary(merged, out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert {row["term"] for row in rows} == {"Loom Guild", "Lyon", "Éveil|x", "weaver", "heddle"}


def test_another_program_reads_the_dictionary(merged: MergedGlossary, tmp_path: Path):
    out = tmp_path / "Weaving.ifo"
    write_glossary(merged, out)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".dict", ".idx", ".ifo", ".syn"]
    OtherGlossary.init()
    other = OtherGlossary()
    assert other.directRead(str(out), formatName="Stardict")
    entries = {entry.l_term[0]: entry for entry in other}
    assert list(entries) == sorted(entries, key=lambda word: word.encode().lower())
    assert set(entries) == {"Loom Guild", "Lyon", "Éveil|x", "weaver", "heddle"}
    assert set(entries["heddle"].l_term) == {"heddle", "heald", "Heddle eye"}
    assert "weavers of &lt;Lyon&gt; &amp; more towns" in entries["Loom Guild"].defi
    assert other.getInfo("name") == "Glossary: Silk · Wool"


def test_the_deck_holds_the_card_of_each_defined_term(merged: MergedGlossary, tmp_path: Path):
    deck = glossary_deck(merged)
    assert {note.term for note in deck.notes} <= {"Loom Guild", "Lyon", "Éveil|x", "heddle"}
    assert "Loom Guild" in {note.term for note in deck.notes}
    assert write_glossary(merged, tmp_path / "g.apkg") == len(deck.notes)
    for note in deck.notes:
        document = next(d for d in merged.documents if d.name == note.title)
        assert document.quote(note.evidence.span) == note.evidence.quote


@pytest.mark.parametrize("ending", [".csv", ".md", ".html", ".ifo", ".apkg"])
def test_the_same_glossary_gives_the_same_bytes(
    merged: MergedGlossary, tmp_path: Path, ending: str
):
    files = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        write_glossary(merged, folder / f"g{ending}")
        files.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert files[0] == files[1]


def test_what_can_t_be_written_is_told_in_a_sentence(merged: MergedGlossary, tmp_path: Path):
    with pytest.raises(OutputError, match="ending says"):
        write_glossary(merged, tmp_path / "g.pdf")
    with pytest.raises(InputError, match="No term"):
        write_glossary(replace(merged, terms=()), tmp_path / "g.md")
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_writes_by_the_ending(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    text = tmp_path / "lamp.txt"
    text.write_text(
        "The Northern Lights Board (NLB) built a lighthouse. The NLB lit it in 1871.\n", "utf-8"
    )
    out = tmp_path / "lamp.html"
    assert cli.main(["glossary", str(text), "-o", str(out)]) == 0
    streams = capfd.readouterr()
    assert streams.out == ""
    assert "Wrote" in streams.err
    assert "NLB" in Page(out.read_text(encoding="utf-8")).words
    with pytest.raises(SystemExit) as refused:
        cli.main(["glossary", str(text), "-o", str(tmp_path / "lamp.doc")])
    assert refused.value.code == 2
    assert cli.main(["glossary", str(text), "-o", str(tmp_path / "no" / "lamp.md")]) == 1


def test_the_library_s_glossary_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    from tests.library.factory import open_workspace
    from tests.operations.test_glossaries import add

    home = str(tmp_path)
    assert cli.main(["--library", home, "library", "glossary"]) == 0
    assert "analysed" in capfd.readouterr().out
    workspace = open_workspace(tmp_path)
    add(workspace, SILK, [(GUILD, "weavers"), (LYON, "a city")])
    add(workspace, WOOL, [(GUILD, "carders")])
    workspace.close()
    assert cli.main(["--library", home, "library", "glossary", "--json"]) == 0
    terms = json.loads(capfd.readouterr().out)["terms"]
    assert [(line["term"], line["documents"], line["mentions"]) for line in terms] == [
        ("Loom Guild", [1, 2], 2), ("Lyon", [1], 2),
    ]  # fmt: skip
    assert cli.main(["--library", home, "library", "glossary"]) == 0
    assert capfd.readouterr().out.splitlines()[2].split()[:2] == ["Loom", "Guild"]
