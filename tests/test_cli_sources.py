"""A reader's own dictionaries and encyclopaedias on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.glossary.sources.opening import setting_for
from desktop.operations.version import analysis_version, pipeline_version
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.settings import EMBEDDED_SOURCES, Settings, SourceSetting
from tests.command import ONE_SENTENCE
from tests.glossary.sources.files import write_lmf, write_stardict, write_zim

STORY = """A Race Lost

Jonas Weller steered the yacht out of the harbour in 1931. The sail shook along the luff until a
seam tore. Nobody had tightened the gripefoot.
"""
WELLER = (
    "<html><body><p>Jonas Weller was a yachtsman from Kiel who wrote about harbours.</p></body>"
)


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GLOSSATOR_HOME", str(tmp_path / "home"))
    path = tmp_path / "race.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def glossary(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str | Path) -> dict[str, Any]:
    capfdbinary.readouterr()  # what the making of the files printed
    assert cli.main(["glossary", "--json", *map(str, arguments)]) == 0
    terms = json.loads(capfdbinary.readouterr().out)["terms"]
    return {term["term"]: term["definition"] for term in terms}


def test_sources_are_asked_in_their_order(
    story: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    plain = glossary(capfdbinary, story)
    assert "gripefoot" not in plain
    assert (plain["Jonas Weller"] or {}).get("source") != "encyclopedia"
    sail = write_lmf(tmp_path / "sail.xml")
    deck = write_stardict(tmp_path / "deck", packed=True)
    harbour = write_zim(tmp_path / "harbour.zim", [("Jonas Weller", WELLER)])
    named = ("--source", sail, "--source", deck, "--source", harbour)
    own = glossary(capfdbinary, story, *named)
    assert own["luff"]["text"] == "the forward edge of a sail"
    assert own["luff"]["reference"] == "Sailor's Wordnet 1.0, “luff” (CC BY 4.0)"
    assert own["gripefoot"]["text"] == "a clamp that holds a boat on the deck"
    weller = own["Jonas Weller"]
    assert weller["source"] == "encyclopedia"
    assert weller["reference"] == "Harbour Encyclopaedia, “Jonas Weller” (CC BY-SA 4.0)"
    turned = glossary(capfdbinary, story, "--source", deck, "--source", sail)
    assert turned["luff"]["text"] == "the leading edge of a fore-and-aft sail"


def test_a_source_that_cannot_be_used_is_one_sentence(
    story: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    broken = tmp_path / "broken.zim"
    broken.write_bytes(b"ZIM?")
    for place in (broken, tmp_path / "absent.ifo", "dictionary.pdf"):
        out = ["-o", str(tmp_path / "out.apkg")]
        assert cli.main(["deck", str(story), *out, "--source", str(place)]) == 1
        said = capfdbinary.readouterr()
        assert said.out == b""
        assert re.match(ONE_SENTENCE, said.err.decode())
        assert str(place) in said.err.decode()
        assert not (tmp_path / "out.apkg").exists()


def test_the_library_keeps_sources_and_each_list_has_its_own_results(tmp_path: Path) -> None:
    sail = setting_for(str(write_lmf(tmp_path / "sail.xml")))
    workspace = Workspace.open(reader_folders(tmp_path / "home"))
    try:
        assert workspace.settings().sources == EMBEDDED_SOURCES
        assert analysis_version(workspace.sources()) == pipeline_version()
        workspace.save_settings(Settings(sources=(sail, *EMBEDDED_SOURCES)))
        assert workspace.settings().sources == (sail, *EMBEDDED_SOURCES)
        assert analysis_version(workspace.sources()).startswith(f"{pipeline_version()}+")
    finally:
        workspace.close()


def test_settings_of_a_newer_version_keep_the_sources_that_we_know() -> None:
    stored = Settings().to_json()
    stored["sources"] = [{"kind": "oracle", "place": "Delphi"}, {"kind": "dictionary"}]
    read = Settings.from_json(json.loads(json.dumps(stored))).sources
    assert read == (SourceSetting("dictionary"), SourceSetting("encyclopedia"))
