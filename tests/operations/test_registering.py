"""The entry that tells a desktop whose links ``glossator://`` are."""

from __future__ import annotations

import configparser
import sys
from pathlib import Path

import pytest

from desktop.operations import registering


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="desktops of freedesktop.org")
def test_links_are_registered_for_this_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert "glossator://" in registering.register_links()
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(tmp_path / "applications" / "glossator.desktop", encoding="utf-8")
    section = entry["Desktop Entry"]
    assert section["MimeType"] == "x-scheme-handler/glossator;"
    assert section["Exec"].endswith(" read %U")
    assert (tmp_path / "icons/hicolor/scalable/apps/glossator.svg").is_file()


def test_a_path_with_odd_letters_is_quoted() -> None:
    entry = registering.desktop_entry(registering._quoted("/opt/my $tools/50%/glossator"))
    assert 'Exec="/opt/my \\$tools/50%%/glossator" read %U' in entry
