"""``glossator study``: keys from a pipe and from a real terminal, scheduled as in the window."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.library import reviews
from desktop.operations.workspace import Workspace
from desktop.paths import reader_folders
from desktop.study.card import CardState, Rating
from tests.command import ONE_SENTENCE, ROOT, glossator
from tests.library.factory import accept_all, add_analysed, make_cloze, make_document, make_note


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library with two texts of a few accepted cards."""
    workspace = Workspace.open(reader_folders(tmp_path))
    for title in ("Dunes", "Bells"):
        document = make_document(title)
        add_analysed(workspace, document, [*(make_note(document, i) for i in range(1, 4)),
                                           make_cloze(document, 4)])  # fmt: skip
    accept_all(workspace)
    workspace.close()
    return tmp_path


def study(home: Path, keys: str, *options: str) -> str:
    result = glossator("--library", home, "study", *options, stdin=keys.encode())
    assert (result.code, result.messages) == (0, "")
    return result.text


def opened(home: Path) -> Workspace:
    return Workspace.open(reader_folders(home))


def ratings(home: Path) -> list[Rating]:
    workspace = opened(home)
    found = [review.rating for review in reviews.all_reviews(workspace._database)]
    workspace.close()
    return found


def test_answers_are_stored_as_they_are_given(home: Path) -> None:
    shown = study(home, " 3 1 4\nq")
    assert ratings(home) == [Rating.GOOD, Rating.AGAIN, Rating.EASY]
    assert "How long is Dunes number 0?" in shown
    assert "100 miles" not in shown.split("Space")[0]  # the answer comes when it is asked for
    assert "10 new · 0 learning · 0 review · Glossator::Dunes" in shown
    assert re.search(r"1 Again <1m · 2 Hard <6m · 3 Good <10m · 4 Easy \d+d", shown)
    assert shown.endswith("3 answers, 67 % right. All is saved.\n")


def test_a_rating_counts_only_once_the_answer_is_shown(home: Path) -> None:
    study(home, "3344 q")
    assert ratings(home) == []


def test_space_means_good_once_the_answer_is_shown(home: Path) -> None:
    study(home, "  " * 2)
    assert ratings(home) == [Rating.GOOD] * 2


def test_undo_and_redo_are_those_of_the_window(home: Path) -> None:
    shown = study(home, " 1uu\x12q")
    assert "Undone: Answer card." in shown
    assert "There is nothing to undo." in shown
    assert "Done again: Answer card." in shown
    assert ratings(home) == [Rating.AGAIN]


def test_cards_get_flags_and_marks_and_leave(home: Path) -> None:
    shown = study(home, "\x1b[Af3*-@=!\x7f\x1b[3~q")
    for sentence in (
        "Green flag.", "Marked.", "Put off until tomorrow.", "The card is suspended.",
        "The note is put off", "The note is suspended.", "The note is deleted",
    ):  # fmt: skip
        assert sentence in shown
    assert "green flag · marked" in shown
    workspace = opened(home)
    cards = [card for record in workspace.cards() for card in record.cards]
    assert sum(card.flag == 3 for card in cards) == 1
    assert sum(card.buried_until is not None for card in cards) >= 2
    assert sum(card.suspended for card in cards) >= 2
    assert len(workspace.cards()) == 7  # Del deletes; Backspace and arrows do nothing
    workspace.close()


def test_evidence_paragraph_and_history_are_shown(home: Path) -> None:
    shown = study(home, " v s i3q")
    assert "“Dunes number 0 is 100 miles long" in shown.replace("\n", " ")
    assert "new; 0 reviews, 0 lapses; Glossator::Dunes" in shown


def test_a_card_is_edited_in_the_readers_editor(home: Path, tmp_path: Path) -> None:
    editor = f'{sys.executable} -c "import sys, pathlib; p = pathlib.Path(sys.argv[1]); '
    editor += "p.write_text(p.read_text().replace('How long', 'How very long'))\""
    result = glossator("--library", home, "study", stdin=b"eq", environment={"EDITOR": editor})
    assert "Card changed." in result.text
    assert "How very long is Dunes number 0?" in result.text
    assert "The editor “false” failed" in glossator(
        "--library", home, "study", stdin=b"eq", environment={"EDITOR": "false", "VISUAL": ""}
    ).text  # fmt: skip
    none = {"EDITOR": "", "VISUAL": ""}
    assert "Set EDITOR" in glossator(
        "--library", home, "study", stdin=b"eq", environment=none
    ).text  # fmt: skip


def test_answers_are_typed_where_the_deck_asks_for_that(home: Path) -> None:
    workspace = opened(home)
    workspace.save_options(replace(workspace.options(), type_answers=True))
    workspace.close()
    shown = study(home, "100 miles\n3101 pile\n1")
    assert "Type the answer, then Enter\nRight.\n100 miles" in shown
    assert "Typed:  101 [p]ile\nAnswer: 101 _m_ile_s_\n101 miles" in shown
    assert ratings(home) == [Rating.GOOD, Rating.AGAIN]


def test_one_text_or_one_deck_is_studied(home: Path) -> None:
    assert "Dunes" not in study(home, " 3" * 4 + "q", "--text", "2")
    assert "Dunes" not in study(home, " 3q", "--deck", "glossator::bells")
    unknown = glossator("--library", home, "study", "--deck", "Boats")
    assert unknown.code == 1
    assert re.match(ONE_SENTENCE, unknown.messages)
    missing = glossator("--library", home, "study", "--text", "77")
    assert missing.code == 1
    assert re.match(ONE_SENTENCE, missing.messages)


def test_cramming_keeps_nothing(home: Path) -> None:
    shown = study(home, " 1" + " 3" * 12, "--cram")
    assert "cramming, 10 left" in shown
    assert shown.endswith("11 answers, 91 % right. Nothing of it is kept.\n")
    assert ratings(home) == []


def test_when_nothing_is_due_it_says_so(tmp_path: Path) -> None:
    assert study(tmp_path, "") == "Nothing is due now.\n"


class Terminal:
    """``glossator study`` on a terminal of its own."""

    def __init__(self, home: Path) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "--library", str(home), "study"],
            stdin=slave, stdout=slave, stderr=subprocess.PIPE, cwd=ROOT,
            env={**os.environ, "TERM": "xterm"}, preexec_fn=lambda: _own_terminal(slave),
        )  # fmt: skip
        os.close(slave)
        self.shown = ""

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def wait_for(self, words: str) -> None:
        limit = time.monotonic() + 30
        while words not in self.shown:
            assert time.monotonic() < limit, self.shown
            self.shown += os.read(self._master, 4096).decode()

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        os.close(self._master)


def _own_terminal(handle: int) -> None:
    import fcntl
    import termios

    os.setsid()
    fcntl.ioctl(handle, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    one = Terminal(home)
    yield one
    one.close()


def test_on_a_terminal_each_key_works_at_once_and_ctrl_c_ends(
    terminal: Terminal, home: Path
) -> None:
    terminal.wait_for("How long is Dunes number 0?")
    assert "\x1b[1mHow long" in terminal.shown
    terminal.press("\r")
    terminal.wait_for("100 miles")
    terminal.press("4")
    terminal.wait_for("How long is Dunes number 1?")
    terminal.press("\x03")
    terminal.wait_for("All is saved.")
    assert terminal.process.wait(timeout=30) == 0
    assert terminal.process.stderr.read() == b""
    assert ratings(home) == [Rating.EASY]


def test_a_kill_loses_no_answer(terminal: Terminal, home: Path) -> None:
    terminal.wait_for("number 0?")
    terminal.press(" ")
    terminal.wait_for("100 miles")
    terminal.press("1")
    terminal.wait_for("number 1?")
    terminal.process.send_signal(signal.SIGKILL)
    terminal.process.wait(timeout=30)
    assert ratings(home) == [Rating.AGAIN]
    workspace = opened(home)
    assert workspace.check() == []
    states = [card.state for record in workspace.cards() for card in record.cards]
    assert states.count(CardState.LEARNING) == 1
    workspace.close()
