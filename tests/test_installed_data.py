"""Data of installed packages: found without importing the package, or missed in a sentence."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from desktop.errors import MissingPieceError
from desktop.installed_data import data_file, text_lines, word_counts, word_list_file


def test_a_file_is_found_without_importing_its_package() -> None:
    path = word_list_file("nouns.txt")
    assert path.is_file()
    assert path.parent.parent.name not in sys.modules


@pytest.mark.parametrize("package", ["no_such_package_at_all", "desktop"])
def test_a_missing_file_is_told_in_a_sentence(package: str) -> None:
    with pytest.raises(MissingPieceError, match=f"package {package} is missing.*install"):
        data_file(package, "nothing.bin")


def test_lines_come_packed_or_plain(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("é\tb\nc\n".encode())
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress("é\tb\nc\n".encode()))
    assert text_lines(tmp_path / "a.txt") == text_lines(tmp_path / "a.txt.gz") == ["é\tb", "c"]


def test_common_words_are_counted_more_often_than_rare_ones() -> None:
    counts = word_counts()
    assert counts["the"] > counts["river"] > counts.get("promulgated", 0)
