from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.glossary.sources.entry import SourceKind
from desktop.glossary.sources.opening import (
    EMBEDDED,
    SourceList,
    open_source,
    open_sources,
    setting_for,
)
from desktop.settings import EMBEDDED_SOURCES, SourceSetting
from tests.glossary.sources.files import write_lmf, write_stardict, write_zim

PAGE = """<html><body><table><tr><td><p>A box. Not text.</p></td></tr></table>
<p class="empty"></p><p><b>{}</b> (1890–1941){} is a harbour pilot from Bremen.<sup>[1]</sup>
Later things.</p></body></html>"""


def test_a_wn_lmf_file_gives_senses_with_examples_and_what_they_are_a_kind_of(
    tmp_path: Path,
) -> None:
    source = open_source(setting_for(str(write_lmf(tmp_path / "sail.xml"))), tmp_path)
    noun, verb = source.lookup("luff")
    assert (noun.pos, noun.gloss, noun.count) == ("NOUN", "the forward edge of a sail", 7)
    assert noun.examples == ("the luff was frayed along its whole length",)
    assert noun.synonyms == ("fore edge",)
    assert noun.related == ("a line where a surface ends",)
    assert noun.reference == "Sailor's Wordnet 1.0, “luff” (CC BY 4.0)"
    assert (verb.pos, verb.rank) == ("VERB", 1)
    assert source.lookup("Jury  rig")[0].lemma == "jury rig"
    assert source.lookup("keel") == ()
    assert (source.kind, source.language) == (SourceKind.DICTIONARY, "en")


def test_a_packed_wn_lmf_file_reads_the_same(tmp_path: Path) -> None:
    plain = write_lmf(tmp_path / "sail.xml")
    packed = tmp_path / "sail.xml.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    sources = [open_source(setting_for(str(path)), tmp_path) for path in (plain, packed)]
    assert sources[0].lookup("luff") == sources[1].lookup("luff")


@pytest.mark.parametrize("packed", [False, True])
def test_a_stardict_gives_its_senses_with_their_part_of_speech(
    tmp_path: Path, packed: bool
) -> None:
    info = write_stardict(tmp_path / "deck", packed=packed)
    source = open_source(setting_for(str(info)), tmp_path)
    found = [(entry.pos, entry.gloss, entry.examples) for entry in source.lookup("luff")]
    assert found == [
        ("NOUN", "the leading edge of a fore-and-aft sail", ("they laced the luff to the mast",)),
        ("NOUN", "the fullest part of a bow", ()),
        ("VERB", "turn into the wind", ()),
    ]
    assert source.lookup("zephyrine")[0].reference == "Deck Words, “zephyrine” (public domain)"


def test_the_index_of_a_dictionary_is_kept_until_the_file_changes(tmp_path: Path) -> None:
    info = write_stardict(tmp_path / "deck")
    open_source(setting_for(str(info)), tmp_path)
    (kept,) = (tmp_path / "sources").iterdir()
    before = kept.stat().st_mtime_ns
    open_source(setting_for(str(info)), tmp_path)
    assert kept.stat().st_mtime_ns == before
    kept.write_bytes(b"damaged")
    assert open_source(setting_for(str(info)), tmp_path).lookup("luff")
    version = SourceList((setting_for(str(info)),)).version()
    time.sleep(0.01)
    write_stardict(tmp_path / "deck")
    assert SourceList((setting_for(str(info)),)).version() != version


def test_a_zim_file_gives_the_first_sentence_of_the_article(tmp_path: Path) -> None:
    path = write_zim(
        tmp_path / "harbour.zim",
        [
            ("Ada Lund", PAGE.format("Ada Lund", "")),
            ("Lund", "<p><b>Lund</b> may refer to: a town, a name.</p>"),
        ],
    )
    source = open_source(setting_for(str(path)), tmp_path)
    (entry,) = source.lookup("Ada Lund")
    assert entry.gloss == "Ada Lund is a harbour pilot from Bremen."
    assert entry.reference == "Harbour Encyclopaedia, “Ada Lund” (CC BY-SA 4.0)"
    assert source.lookup("Lund") == ()  # a page that points to others
    assert source.lookup("Nobody") == ()
    assert (source.kind, source.language) == (SourceKind.ENCYCLOPEDIA, "en")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zim", b"no zim"),
        ("a.xml", b"<?xml version='1.0'?>\n<html></html>"),
        ("a.xml", b"\x00\x01"),
        ("a.xml.gz", b"\x1f\x8b\x08 broken"),
        ("a.ifo", b"StarDict's dict ifo file\nversion=2.4.2\n"),
        ("a.ifo", b"\xff\xfe\x00"),
        ("a.tsv", b""),
        ("a.bgl", b"\x12\x34\x00\x01"),
        ("a.mdx", b"\x00\x00\x00\xff"),
        ("a.index", b"word\tA\tB\n"),
    ],
)
def test_a_broken_file_is_one_sentence_and_the_others_still_answer(
    tmp_path: Path, name: str, content: bytes
) -> None:
    broken = tmp_path / name
    broken.write_bytes(content)
    good = write_lmf(tmp_path / "sail.xml")
    settings = (setting_for(str(broken)), setting_for(str(good)))
    sources = open_sources(SourceList(settings, tmp_path))
    (problem,) = sources.problems
    assert problem.startswith(f"The source {broken} can't be used: ")
    assert problem.endswith(".")
    assert "\n" not in problem
    assert sources.senses("luff", "VERB")


def test_an_index_that_points_beyond_its_file_is_told(tmp_path: Path) -> None:
    info = write_stardict(tmp_path / "deck", packed=True)
    body = (tmp_path / "deck" / "deck.dict.dz").read_bytes()
    (tmp_path / "deck" / "deck.dict.dz").write_bytes(body[: len(body) // 2])
    with pytest.raises(InputError, match="can't be used"):
        open_source(setting_for(str(info)), tmp_path)


def test_what_is_absent_or_of_no_known_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        open_source(setting_for(str(tmp_path / "none.zim")), tmp_path)
    with pytest.raises(InputError, match="its name must end in"):
        setting_for("dictionary.pdf")
    with pytest.raises(InputError, match="wn"):
        open_source(SourceSetting("lexicon", "nobody:9"), tmp_path)


def test_a_lexicon_of_the_wn_database_answers_as_its_file_does(
    tmp_path: Path,
) -> None:
    import wn

    path = write_lmf(tmp_path / "sail.xml")
    before = wn.config.database_path.parent  # asking for data_directory would make it
    wn.config.data_directory = tmp_path / "wn"
    try:
        wn.add(path, progress_handler=None)
        lexicon = open_source(setting_for("wn:sail:1.0"), tmp_path)
        assert lexicon.lookup("luff") == open_source(setting_for(str(path)), None).lookup("luff")
        assert (lexicon.name, lexicon.licence) == ("Sailor's Wordnet 1.0", "CC BY 4.0")
        with pytest.raises(InputError, match="no such lexicon"):
            open_source(setting_for("wn:nobody:9"), tmp_path)
    finally:
        wn.config.data_directory = before


def test_the_first_dictionary_with_the_part_of_speech_answers(tmp_path: Path) -> None:
    sail = setting_for(str(write_lmf(tmp_path / "sail.xml")))
    deck = setting_for(str(write_stardict(tmp_path / "deck")))
    sources = open_sources(SourceList((sail, deck, *EMBEDDED_SOURCES), tmp_path))
    assert sources.senses("luff", "NOUN")[0].gloss == "the forward edge of a sail"
    assert sources.senses("gripefoot")[0].reference.startswith("Deck Words")
    assert sources.senses("harbour")[0].reference.startswith("Open English WordNet")
    assert sources.entry_form("zephyrine", "zephyrine", "JJ") == "zephyrine"
    assert EMBEDDED.entry_form("zephyrine", "zephyrine", "JJ") is None
    turned = open_sources(SourceList((deck, sail), tmp_path))
    assert turned.senses("luff", "NOUN")[0].gloss == "the leading edge of a fore-and-aft sail"


def test_a_source_of_another_language_is_not_asked(tmp_path: Path) -> None:
    sail = setting_for(str(write_lmf(tmp_path / "sail.xml")))
    sources = open_sources(SourceList((sail,), tmp_path))
    assert sources.in_language("en-GB").order == sources.order
    assert sources.in_language("de").order == ()


def test_the_list_as_it_comes_needs_no_key_of_its_own() -> None:
    assert SourceList().version() == ""
    assert SourceList((SourceSetting("dictionary"),)).version() != ""
    off = (EMBEDDED_SOURCES[0], SourceSetting("dictionary", enabled=False))
    assert SourceList(off).version() != SourceList((SourceSetting("dictionary"),)).version()
