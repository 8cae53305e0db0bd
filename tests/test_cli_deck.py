"""Writing decks from the command line: whole, in the right place, or not at all."""

from __future__ import annotations

import re
import resource
from pathlib import Path

import pytest

from desktop import cli
from tests.anki_judge import AnkiJudge
from tests.command import ONE_SENTENCE, glossator

STORY = """The Lamp of Skerry Rock

In 1871 the engineer Thomas Brand built the lighthouse on Skerry Rock for 42,000 pounds.
A Fresnel lens, which is a lens of stepped rings, stood around the flame.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", [".apkg", ".csv", ".tsv", ".txt"])
def test_a_deck_is_written_as_its_ending_says(
    story: Path, tmp_path: Path, anki: AnkiJudge, ending: str, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out" / f"Deck{ending}"
    out.parent.mkdir()
    assert cli.main(["deck", str(story), "-o", str(out), "--name", "Reading::Lamps"]) == 0
    streams = capfd.readouterr()
    assert streams.out == ""
    assert str(out) in streams.err
    verdict = anki.take_package(out) if ending == ".apkg" else anki.take_text(out)
    assert verdict.new > 0
    assert verdict.conflicting == verdict.other == 0
    assert {card.deck for card in anki.cards()} == {"Reading::Lamps"}
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def refused(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert cli.main([str(argument) for argument in arguments]) == 1
    message = capfd.readouterr().err
    assert re.search(ONE_SENTENCE, message), message
    return message


def test_an_output_that_cant_be_written_is_told_before_the_work(
    story: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_arguments: object, **_options: object) -> None:
        raise AssertionError("the text was analysed in vain")

    monkeypatch.setattr("desktop.operations.texts.analyse_texts", never)
    absent = tmp_path / "absent" / "deck.apkg"
    assert str(absent) in refused(capfd, "deck", story, "-o", absent)
    folder = tmp_path / "folder.apkg"
    folder.mkdir()
    assert "is a folder" in refused(capfd, "deck", story, "-o", folder)
    inside = tmp_path / "story.txt" / "deck.apkg"
    assert str(inside) in refused(capfd, "deck", story, "-o", inside)


def test_a_name_that_is_too_long_is_told(
    story: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "too long" in refused(capfd, "deck", story, "-o", tmp_path / f"{'a' * 300}.apkg")


def test_a_text_is_never_overwritten_by_its_deck(
    story: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(story)
    for out in (story, link):
        assert "is the text itself" in refused(capfd, "deck", story, "-o", out)
    assert story.read_text(encoding="utf-8") == STORY


def test_a_text_without_cards_makes_no_deck(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Well, well.", encoding="utf-8")
    assert "note.txt" in refused(capfd, "deck", note, "-o", tmp_path / "deck.apkg")
    assert not (tmp_path / "deck.apkg").exists()


def test_a_full_disk_leaves_the_old_deck_and_nothing_half_written(
    story: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "deck.apkg"
    out.parent.mkdir()
    out.write_bytes(b"the old deck")

    def allow_small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    result = glossator("deck", story, "-o", out, preexec_fn=allow_small_files_only)
    assert result.code == 1
    assert re.search(ONE_SENTENCE, result.messages), result.messages
    assert str(out) in result.messages
    assert out.read_bytes() == b"the old deck"
    assert [path.name for path in out.parent.iterdir()] == ["deck.apkg"]


def test_a_deck_that_is_replaced_keeps_its_permissions(story: Path, tmp_path: Path) -> None:
    out = tmp_path / "deck.csv"
    out.write_text("old")
    out.chmod(0o640)
    assert cli.main(["deck", str(story), "-o", str(out)]) == 0
    assert out.stat().st_mode & 0o777 == 0o640
    assert out.read_text(encoding="utf-8").startswith("#separator")
