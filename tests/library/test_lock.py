"""Two programs never write one library, and a dead one never keeps it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import LibraryError, LibraryInUseError
from desktop.library.lock import LibraryLock
from desktop.paths import reader_folders
from tests.library.factory import open_workspace

HOLDER = """
import sys
from pathlib import Path
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
workspace = Workspace.open(reader_folders(Path(sys.argv[1])))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A second Glossator that has the library open."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_second_program_is_refused_and_the_first_goes_on(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    with pytest.raises(LibraryInUseError, match="open in another Glossator") as caught:
        open_workspace(tmp_path)
    assert str(reader_folders(tmp_path).data) in str(caught.value)
    assert other.poll() is None


def test_a_killed_program_leaves_the_library_free(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    other.kill()
    other.wait()
    workspace = open_workspace(tmp_path)
    assert workspace.check() == []
    workspace.close()


PARENT = """
import subprocess, sys
from pathlib import Path
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
workspace = Workspace.open(reader_folders(Path(sys.argv[1])))
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], close_fds=False)
print(child.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="descriptors are inherited like this on POSIX")
def test_a_child_that_outlives_a_killed_program_does_not_keep_the_library(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        try:
            parent.kill()
            parent.wait()
            os.kill(child, 0)
            open_workspace(tmp_path).close()
        finally:
            os.kill(child, signal.SIGKILL)


def test_a_second_workspace_in_the_same_process_is_refused_until_the_first_closes(
    tmp_path: Path,
) -> None:
    first = open_workspace(tmp_path)
    with pytest.raises(LibraryInUseError):
        open_workspace(tmp_path)
    first.close()
    open_workspace(tmp_path).close()


def test_a_library_that_can_not_be_opened_is_not_held(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite3"
    library.write_text("not a library " * 100)
    with pytest.raises(LibraryError):
        open_workspace(tmp_path)
    library.unlink()
    open_workspace(tmp_path).close()


def test_lock_in_a_place_that_is_no_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="can't be written"):
        LibraryLock(tmp_path / "file" / "library.sqlite3")
