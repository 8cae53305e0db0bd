"""The start of the program: what it says when it can't, and what it measures when it can."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.errors import MissingPieceError
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.window.prerequisites import missing_library

START = (
    "import sys\n"
    "from pathlib import Path\n"
    "if __name__ == '__main__':\n"
    "    from desktop.app import run\n"
    "    from desktop.paths import reader_folders\n"
    "    sys.exit(run(reader_folders(Path(sys.argv[1])), [Path(a) for a in sys.argv[2:]]))\n"
)


def begin(home: Path, *files: Path, **environment: str | None) -> subprocess.Popen[str]:
    """Start the program in a process of its own; ``None`` takes a variable away."""
    script = home.parent / "start.py"
    script.write_text(START, encoding="utf-8")
    changed = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd()), **environment}
    kept = {k: v for k, v in os.environ.items() if k not in changed}
    return subprocess.Popen(
        [sys.executable, str(script), str(home), *map(str, files)],
        env=kept | {k: v for k, v in changed.items() if v is not None},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start(home: Path, *files: Path, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    process = begin(home, *files, **environment)
    out, errors = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, out, errors)


def test_a_start_is_traced_and_the_second_one_knows_the_text(tmp_path):
    home = tmp_path / "library"
    for _ in range(2):
        result = start(home, GLOSSATOR_TRACE_START="quit")
        assert result.returncode == 0, result.stderr
        moments = {m["moment"]: m for m in map(json.loads, result.stdout.splitlines())}
        assert set(moments) == {"first_paint", "first_entries", "cards_ready"}
        assert all(0 < m["seconds"] < 120 and m["rss_mb"] > 10 for m in moments.values())
    paint, cards = moments["first_paint"]["seconds"], moments["cards_ready"]["seconds"]
    assert cards - paint < 2
    assert "Traceback" not in result.stderr
    log = home / "log" / "glossator.log"
    assert not log.exists() or "ERROR" not in log.read_text(encoding="utf-8")


def test_a_start_with_files_opens_them_beside_the_window(tmp_path):
    home, note = tmp_path / "library", tmp_path / "note.txt"
    note.write_text("The lamp was lit on 4 May 1871, and the street saw it.\n", encoding="utf-8")
    process = begin(home, note, tmp_path / "missing.txt", GLOSSATOR_TRACE_START="1")
    try:
        for _ in range(200):
            time.sleep(0.1)
            if (home / "library.sqlite3").exists() and titles(home) == ["note.txt"]:
                break
        process.send_signal(signal.SIGTERM)
        _out, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    assert titles(home) == ["note.txt"]


def titles(home: Path) -> list[str]:
    connection = sqlite3.connect(home / "library.sqlite3")
    try:
        return [row[0] for row in connection.execute("SELECT source_name FROM documents")]
    except sqlite3.Error:
        return []  # the library is being made
    finally:
        connection.close()


def test_a_second_window_on_a_library_says_so_in_one_sentence(tmp_path):
    home = tmp_path / "library"
    workspace = Workspace.open(reader_folders(home))
    try:
        result = start(home)
    finally:
        workspace.close()
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_polite_end_from_outside_closes_the_library(tmp_path):
    home = tmp_path / "library"
    process = begin(home, GLOSSATOR_TRACE_START="1")
    try:
        assert process.stdout is not None
        process.stdout.readline()  # the first paint
        process.send_signal(signal.SIGTERM)
        _out, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    workspace = Workspace.open(reader_folders(home))
    assert workspace.state("window")["tab"] == "Glossary"
    workspace.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")
def test_without_a_display_one_sentence_says_what_to_do(tmp_path):
    result = start(tmp_path / "library", QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None)
    assert result.returncode == 1
    assert result.stderr.strip().splitlines() == [
        "There is no display to open a window on; start Glossator from a desktop session,"
        " or set DISPLAY (over ssh: ssh -X)."
    ]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays of Linux")
def test_a_display_that_does_not_answer_is_named(tmp_path):
    result = start(
        tmp_path / "library", QT_QPA_PLATFORM=None, DISPLAY=":4711", WAYLAND_DISPLAY=None
    )
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    # A bare system lacks the libraries of the X platform; that is said first.
    assert ":4711" in result.stderr or "apt install" in result.stderr


@pytest.mark.parametrize(
    ("message", "package"),
    [
        ("libGL.so.1: cannot open shared object file: No such file or directory", "libgl1"),
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "libegl1"),
        ("libxcb-cursor.so.0: cannot open shared object file: x", "libxcb-cursor0"),
    ],
)
def test_a_missing_system_library_is_named_with_its_package(message, package):
    error = missing_library(message)
    assert isinstance(error, MissingPieceError)
    assert str(error).endswith(f"apt install {package}")
    assert "\n" not in str(error)


def test_an_unknown_library_is_named_too():
    assert "libnew.so.7" in str(missing_library("libnew.so.7: cannot open shared object file"))
