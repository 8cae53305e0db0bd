"""The key of cached results follows the text core."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import __version__
from desktop.operations import version


def test_the_version_changes_with_the_weights_of_the_text_core(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = version.pipeline_version()
    assert now.startswith(f"{__version__}.")
    assert version.pipeline_version.__wrapped__() == now
    (tmp_path / "weights.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(version, "resource", lambda _folder: tmp_path)
    assert version.pipeline_version.__wrapped__() != now
