"""The command line's contract: codes, streams, sentences, and what it must not load."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop import __version__, cli
from desktop.operations import texts
from desktop.reading.opener import SUPPORTED
from tests.command import ESSAY, ONE_SENTENCE, ROOT, Result, glossator, modules_loaded_by, python

LETTER = "The Keeper\n\nThe lamp of the tower was lit on 4 May 1871.\n\nIt burned until dawn.\n"

TEXT_KEYS = {
    "title", "kicker", "standfirst", "authors", "date", "language", "source", "blocks",
    "left_out", "warnings",
}  # fmt: skip


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def run(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str | Path) -> Result:
    """Run a command in this process."""
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stopped:  # argparse leaves this way
        code = int(stopped.code or 0)
    captured = capfdbinary.readouterr()
    return Result(code, captured.out, captured.err.decode())


def test_text_as_json_has_the_keys_of_the_contract(
    capfdbinary: pytest.CaptureFixture[bytes], letter: Path
) -> None:
    result = run(capfdbinary, "text", letter, "--json")
    data = json.loads(result.data)
    assert result.code == 0
    assert set(data) == TEXT_KEYS
    assert set(data["source"]) == {"name", "sha256", "format"}
    assert data["source"]["name"] == "letter.txt"
    assert [set(block) for block in data["blocks"]] == [{"index", "kind", "level", "text"}] * len(
        data["blocks"]
    )
    assert [block["index"] for block in data["blocks"]] == list(range(len(data["blocks"])))
    assert "The lamp of the tower was lit on 4 May 1871." in result.text


def test_json_is_utf8_sorted_indented_and_ends_with_a_newline(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    path = tmp_path / "ü.txt"
    path.write_text("Müller\n\n„Größe“ – 漢字 🌊.\n", encoding="utf-8")
    text = run(capfdbinary, "text", path, "--json").text
    assert "„Größe“ – 漢字 🌊" in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def test_text_for_people_is_wrapped_to_the_terminal(letter: Path) -> None:
    letter.write_text("Title of It\n\n" + "word " * 200, encoding="utf-8")
    for columns in (40, 72):
        result = glossator("text", letter, environment={"COLUMNS": str(columns)})
        assert max(map(len, result.text.splitlines())) <= columns
        assert result.text.split().count("word") == 200


def test_standard_input_takes_a_format(letter: Path) -> None:
    marked = b"# Title\n\nIt [burned](page.html) until dawn.\n"
    as_markdown = json.loads(glossator("text", "-", "--format", "md", "--json", stdin=marked).data)
    as_text = json.loads(glossator("text", "-", "--format", "txt", "--json", stdin=marked).data)
    assert as_markdown["source"]["format"] == "md"
    assert "It burned until dawn." in [block["text"] for block in as_markdown["blocks"]]
    assert as_text["source"]["format"] == "txt"


def test_the_formats_offered_are_those_that_can_be_read() -> None:
    endings = {ending.lstrip(".") for _name, group in SUPPORTED for ending in group}
    assert set(cli.FORMATS) <= endings


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["deck", "--help"]])
def test_asking_for_help_is_no_error(
    capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str]
) -> None:
    result = run(capfdbinary, *arguments)
    assert result.code == 0
    assert result.messages == ""
    assert "glossator" in result.text


def test_the_command_and_the_module_are_one_program() -> None:
    script = Path(sys.executable).parent / "glossator"
    for command in ([str(script)], [sys.executable, "-m", "desktop"]):
        if Path(command[0]).exists():
            done = subprocess.run([*command, "--version"], capture_output=True, text=True, cwd=ROOT)
            assert done.stdout == f"glossator {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["text"],
        ["text", "a.txt", "b.txt"],
        ["text", "a.txt", "--format", "dvi"],
        ["glossary", "a.txt", "--limit", "0"],
        ["glossary", "a.txt", "--limit", "some"],
        ["glossary", "a.txt", "--kinds", "person,robot"],
        ["glossary", "a.txt", "--kinds", ""],
        ["glossary", "a.txt", "--json", "--csv"],
        ["cards", "a.txt", "--kinds", "person"],
        ["deck", "a.txt"],
        ["deck", "a.txt", "-o", "deck.pdf"],
        ["library", "remove", "one"],
        ["library", "burn"],
    ],
)
def test_wrong_usage_exits_with_2(
    capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str]
) -> None:
    result = run(capfdbinary, *arguments)
    assert result.code == 2
    assert result.data == b""
    assert "usage: glossator" in result.messages
    assert "Traceback" not in result.messages


def bad_file(kind: str, folder: Path) -> Path:
    path = folder / f"{kind}.txt"
    match kind:
        case "folder":
            path.mkdir()
        case "empty":
            path.touch()
        case "blank":
            path.write_text(" \n\t\n")
        case "binary":
            path.write_bytes(bytes(range(256)) * 40)
        case "program":
            path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(4000))
        case "pdf":
            path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
        case "pipe":
            os.mkfifo(path)
        case "inside":
            (folder / "inside").write_text("a file")
            path = folder / "inside" / "inside.txt"
    return path


@pytest.mark.parametrize(
    "kind", ["missing", "folder", "empty", "blank", "binary", "program", "pdf", "pipe", "inside"]
)
@pytest.mark.parametrize("command", ["text", "glossary", "facts", "cards"])
def test_a_bad_file_is_told_in_one_sentence_that_names_it(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, kind: str, command: str
) -> None:
    result = run(capfdbinary, command, bad_file(kind, tmp_path))
    assert result.code == 1
    assert result.data == b""
    assert re.search(ONE_SENTENCE, result.messages), result.messages
    assert f"{kind}.txt" in result.messages
    assert "defect" not in result.messages


@contextmanager
def as_somebody_without_rights() -> Iterator[None]:
    """Give up root's right to read everything; others have no such right to give up."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_told_by_name(
    capfdbinary: pytest.CaptureFixture[bytes], letter: Path
) -> None:
    assert run(capfdbinary, "text", letter).code == 0  # everything it needs is loaded by now
    letter.chmod(0)
    with as_somebody_without_rights():
        result = run(capfdbinary, "text", letter)
    assert (result.code, result.data) == (1, b"")
    assert re.search(ONE_SENTENCE, result.messages)
    assert "letter.txt" in result.messages
    assert "permission" in result.messages


def test_standard_input_can_be_named_once(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    result = run(capfdbinary, "cards", "-", "-")
    assert result.code == 1
    assert re.search(ONE_SENTENCE, result.messages)


def test_a_full_standard_output_is_told(letter: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "text", str(letter), "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
    assert done.returncode == 1
    assert re.search(ONE_SENTENCE, done.stderr), done.stderr


def test_a_reader_of_the_output_that_stops_early_is_no_error(letter: Path) -> None:
    letter.write_text("Long\n\n" + "A line of a long text. " * 20_000, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", "text", str(letter)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    messages = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert messages == b""


def test_stopping_a_command_by_hand_exits_with_130(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(texts, "read_text", stop)
    assert run(capfdbinary, "text", "a.txt") == Result(130, b"", "")


def test_a_defect_of_the_program_goes_to_the_log(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, reader_home: Path
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("the reason")

    monkeypatch.setattr(texts, "read_text", fail)
    result = run(capfdbinary, "text", "a.txt")
    log = reader_home / "log" / "glossator.log"
    assert result.code == 1
    assert re.search(ONE_SENTENCE, result.messages)
    assert str(log) in result.messages
    assert "Traceback" not in result.messages
    assert "RuntimeError: the reason" in log.read_text(encoding="utf-8")


def test_importing_the_command_line_loads_neither_qt_nor_models() -> None:
    loaded = modules_loaded_by("import desktop.cli")
    heavy = {
        "PySide6",
        "spacy",
        "numpy",
        "onnxruntime",
        "markdown_it",
        "fsrs",
        "sqlite3",
    }
    assert not loaded & heavy


def test_reading_a_text_loads_neither_qt_nor_models(letter: Path) -> None:
    code = "import sys; from desktop.cli import main; assert main(['text', *sys.argv[1:]]) == 0"
    loaded = modules_loaded_by(code, [letter])
    assert not loaded & {"PySide6", "spacy", "numpy", "onnxruntime", "sqlite3"}


NO_SOCKETS = """
import sys
def guard(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"opened a socket: {event} {arguments}")
sys.addaudithook(guard)
from desktop.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("command", ["text", "cards"])
def test_no_command_that_reads_a_file_opens_a_socket(command: str) -> None:
    result = python("-c", NO_SOCKETS, command, ESSAY, "--json")
    assert result.code == 0, result.messages
    assert json.loads(result.data)


def test_the_window_gets_the_library_and_the_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reader_home: Path
) -> None:
    from desktop import app
    from desktop.paths import Folders

    calls: list[tuple[Path, list[str]]] = []

    def note_call(folders: Folders, files: list[Path], links: list[str]) -> int:
        calls.append((folders.data, [str(file) for file in files] + links))
        return 0

    monkeypatch.setattr(app, "run", note_call)
    assert cli.main([]) == 0
    link = "glossator://note/1"
    assert cli.main(["--library", str(tmp_path), "read", "a.txt", link, "b.md"]) == 0
    assert calls == [(reader_home, []), (tmp_path, ["a.txt", "b.md", link])]


def test_standard_streams_may_be_closed(letter: Path) -> None:
    def close_output() -> None:
        os.close(1)

    def close_input() -> None:
        os.close(0)

    command = [sys.executable, "-m", "desktop", "text"]
    for target, close in ((str(letter), close_output), ("-", close_input)):
        done = subprocess.run(
            [*command, target], cwd=ROOT, preexec_fn=close, stderr=subprocess.PIPE, text=True
        )
        assert done.returncode == 1
        assert re.search(ONE_SENTENCE, done.stderr), done.stderr


def test_progress_is_drawn_on_a_terminal_alone_and_wiped(letter: Path) -> None:
    ours, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", "cards", str(letter), "--json"],
        stdout=subprocess.PIPE,
        stderr=terminal,
        cwd=ROOT,
    )
    os.close(terminal)
    assert process.stdout is not None
    data = process.stdout.read()
    process.stdout.close()
    assert process.wait() == 0
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says that the other side is gone
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert json.loads(data)["cards"] is not None
    assert "Reading" in shown.decode()
    assert shown.endswith(b"\r\x1b[K")
    assert glossator("cards", letter, "--json").messages == ""
