"""The commands that meet Anki: what they take and what they say."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.anki.sync import FullSync, FullSyncWanted
    from desktop.decks.deck import Deck
    from desktop.operations.pushing import PushReport
    from desktop.operations.texts import AnalysedText


def add_push_options(push: argparse.ArgumentParser) -> None:
    """Add what ``push`` alone takes."""
    push.add_argument(
        "files", metavar="FILE", nargs="*",
        help="a text whose cards go to Anki; without one, the accepted cards of the library",
    )  # fmt: skip
    push.add_argument("--dry-run", action="store_true", help="only show what would be done")
    push.add_argument(
        "--against", metavar="FILE", type=Path,
        help="compare with an .apkg or .colpkg that Anki exported; nothing is written",
    )  # fmt: skip
    push.add_argument(
        "--prefer", choices=("here", "there"), help="which side wins where both changed the same"
    )
    push.add_argument("--delete", action="store_true", help="delete in Anki what was deleted here")
    push.add_argument("--address", metavar="HOST:PORT", help="where AnkiConnect answers")
    push.add_argument("--key", help="the API key that AnkiConnect asks for")


def add_sync_options(sync: argparse.ArgumentParser) -> None:
    """Add what ``sync`` takes."""
    sync.add_argument("--user", metavar="NAME", help="the account; kept in the settings")
    sync.add_argument(
        "--address",
        metavar="URL",
        help="a server of your own; empty: AnkiWeb; kept in the settings",
    )
    sync.add_argument(
        "--full", choices=("download", "upload"),
        help="where both have no common past: let the server's collection replace the copy here "
        "(download), or the copy here the server's (upload)",
    )  # fmt: skip
    sync.add_argument("--dry-run", action="store_true", help="fetch, and show what would be done")
    sync.add_argument(
        "--prefer", choices=("here", "there"), help="which side wins where both changed the same"
    )


def sync(
    options: argparse.Namespace,
    *,
    say: Callable[[str], None],
    print_json: Callable[[Any], None],
    print_lines: Callable[[Iterable[str]], None],
) -> int:
    """Sync the library with a server; return the exit code."""
    from desktop.anki.compare import Choice
    from desktop.anki.sync import FullSync
    from desktop.operations import syncing

    prefer = {None: Choice.MERGE, "here": Choice.OURS, "there": Choice.THEIRS}[options.prefer]
    wish = syncing.SyncWish(options.user, options.address, options.dry_run, prefer)

    def ask_full(wanted: FullSyncWanted) -> FullSync | None:
        if options.full:
            return FullSync(options.full)
        return _asked_full(wanted, say)

    report = syncing.sync_library(options.library, wish, _asked_password, ask_full)
    shown = print_json if options.json else None
    return _tell(report, say=say, print_json=shown, print_lines=print_lines)


def add_import_options(incoming: argparse.ArgumentParser) -> None:
    """Add what ``import`` takes."""
    incoming.add_argument("file", metavar="DECK", type=Path, help="an .apkg or .colpkg of Anki")
    incoming.add_argument("--dry-run", action="store_true", help="only show what would be done")


def import_package(
    options: argparse.Namespace,
    *,
    say: Callable[[str], None],
    print_json: Callable[[Any], None],
) -> int:
    """Take a package into the library; return the exit code."""
    from desktop.operations.anki_packages import plan_json, plan_sentence, read_package
    from desktop.operations.progress import ProgressLine
    from desktop.operations.workspace import Workspace
    from desktop.paths import reader_folders

    with ProgressLine(sys.stderr, [str(options.file)]) as progress:

        def read(done: int, total: int) -> None:
            progress.draw("Reading the package", done / max(total, 1))

        def taken(done: int, total: int) -> None:
            progress.draw("Taking it in", done / max(total, 1))

        incoming = read_package(options.file, report=read)
        workspace = Workspace.open(reader_folders(options.library))
        try:
            if options.dry_run:
                plan = workspace.plan_import(incoming)
            else:
                plan = workspace.take_in(incoming, report=taken)
        finally:
            workspace.close()
    if options.json:
        print_json(plan_json(plan))
    say(plan_sentence(plan))
    for what in plan.left_out:
        say(f"Left out: {what}.")
    return 0


def _asked_password(user: str, endpoint: str) -> str | None:
    """Ask for the password on the terminal; without one it is the first line of the input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n") or None
    import getpass

    return getpass.getpass(f"Password of {user} at {endpoint or 'AnkiWeb'}: ")


def _asked_full(wanted: FullSyncWanted, say: Callable[[str], None]) -> FullSync | None:
    """Ask which collection replaces the other one; nobody but the reader answers that."""
    from desktop.anki.sync import FullSync

    ways = " or ".join(way.value for way in wanted.possible)
    say(
        "The server's collection and the copy here have no common past. Download: the server's "
        "replaces the copy, the library is merged with it. Upload: the copy replaces the "
        f"server's. Possible: {ways}."
    )
    if not sys.stdin.isatty():
        return None
    answer = input(f"{ways.capitalize()}, or nothing? ").strip().lower()
    return next((way for way in FullSync if answer and way.value.startswith(answer)), None)


def push(
    options: argparse.Namespace,
    built: tuple[Deck, Sequence[AnalysedText]] | None,
    *,
    say: Callable[[str], None],
    print_json: Callable[[Any], None],
    print_lines: Callable[[Iterable[str]], None],
) -> int:
    """Push a deck, or the library where ``built`` is ``None``; return the exit code."""
    from desktop.anki.compare import Choice
    from desktop.operations import pushing, texts

    prefer = {None: Choice.MERGE, "here": Choice.OURS, "there": Choice.THEIRS}[options.prefer]
    wish = pushing.PushWish(
        options.address, options.key, options.dry_run, prefer, options.delete, options.against
    )
    if built is None:
        report = pushing.push_library(options.library, wish)
    else:
        deck, read = built
        pictures: dict[str, Any] = {}
        for text in read:
            pictures |= texts.pictures_of_notes(deck, text.document)
        report = pushing.push_deck(options.library, deck, pictures, wish)
    shown = print_json if options.json else None
    return _tell(report, say=say, print_json=shown, print_lines=print_lines)


def _tell(
    report: PushReport,
    *,
    say: Callable[[str], None],
    print_json: Callable[[Any], None] | None,
    print_lines: Callable[[Iterable[str]], None],
) -> int:
    """Print what an exchange did or would do, as JSON if wanted; return the exit code."""
    from desktop.operations import pushing

    if print_json is not None:
        print_json(report.to_json())
    elif report.outcome is None:
        print_lines(pushing.preview_lines(report))
    if report.outcome is not None:
        say(pushing.done_line(report.outcome, report.answers))
        for sentence in pushing.advice(report.outcome):
            say(sentence)
    return 0 if report.complete else 1
