"""``glossator import`` and ``glossator library export OUT.apkg``, as a reader runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.anki import collections
from tests.command import ONE_SENTENCE, glossator


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    with collections.opened(folder / "anki") as anki:
        collections.fill(anki, 12)
        collections.study(anki, 10)
        return collections.export(anki, folder / "deck.apkg", legacy=False)


def test_a_package_is_taken_in_and_written_again(package: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    dry = glossator("--library", home, "import", package, "--dry-run", "--json")
    assert dry.code == 0
    told = json.loads(dry.text)
    assert (told["new"], told["cards"], told["same"]) == (12, 20, 0)
    done = glossator("--library", home, "import", package)
    assert (done.code, done.data) == (0, b"")
    assert done.messages == "12 notes: 12 new.\n"
    again = glossator("--library", home, "import", package)
    assert again.messages == "12 notes: 12 already here.\n"
    out = tmp_path / "out.apkg"
    written = glossator("--library", home, "library", "export", out, "--with-progress")
    assert written.messages == f"Wrote {out}: 12 notes.\n"
    part = glossator(
        "--library", home, "library", "export", tmp_path / "part.apkg", "--deck", "Music"
    )
    assert part.messages.endswith("3 notes.\n")
    back = glossator("--library", home, "import", out)
    assert back.messages == "12 notes: 12 already here.\n"
    assert glossator("--library", home, "library", "check").code == 0


def test_what_can_not_be_done_is_one_sentence(package: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.apkg"
    broken.write_bytes(package.read_bytes()[:500])
    for arguments in (
        ("import", broken),
        ("import", tmp_path / "none.apkg"),
        ("library", "export", tmp_path / "out.apkg"),
        ("library", "export", tmp_path / "out.apkg", "--deck", "No such"),
        ("library", "export", tmp_path / "folder", "--with-progress"),
    ):
        result = glossator("--library", tmp_path / "home", *arguments)
        assert result.code == 1
        assert re.search(ONE_SENTENCE, result.messages), result.messages
