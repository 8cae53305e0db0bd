"""The command line: the same work as the window's, for scripts and terminals.

Data go to standard output, messages and progress to standard error. Exit codes: 0 done, 1 the
input or the environment prevents it (one sentence says why), 2 wrong usage. Neither Qt nor the
language models are imported before a command needs them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop import __version__
from desktop.errors import GlossatorError, OutputError
from desktop.reading.formats import BY_KEY
from desktop.settings import DEFAULT_LEVEL, READING_LEVELS

if TYPE_CHECKING:
    from desktop.decks.deck import Deck
    from desktop.operations.analysing import AnalysisEvent
    from desktop.operations.texts import AnalysedText

#: What ``--format`` takes: the formats that can be read so far.
FORMATS = tuple(BY_KEY)

TERM_KINDS = (
    "person", "place", "organisation", "event", "work", "concept", "abbreviation", "word",
)  # fmt: skip
NOTE_KINDS = ("question", "cloze", "term")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    library: Path | None = None
    try:
        options = build_parser().parse_args(arguments)
        library = options.library
        code: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except GlossatorError as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has seen enough; what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _defect(error, library)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="glossator",
        description="Read something hard and keep it: a text beside its glossary, its facts as "
        "flashcards. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"glossator {__version__}")
    parser.add_argument(
        "--library", metavar="DIR", type=Path, help="the folder of the reader's library"
    )
    parser.set_defaults(run=_open_window, files=[])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_reading_commands(commands)
    _add_deck_commands(commands)
    _add_library_commands(commands)
    _add_anki_commands(commands)
    _add_study_command(commands)
    return parser


def _add_reading_commands(commands: Any) -> None:
    read = commands.add_parser("read", help="open the window with these texts")
    read.add_argument(
        "files", metavar="FILE", nargs="+",
        help="a text, its https:// address, or the glossator:// link of a card",
    )  # fmt: skip
    read.set_defaults(run=_open_window)

    text = commands.add_parser("text", help="show the text as it was understood")
    _add_input(text, several=False)
    _add_json(text)
    text.set_defaults(run=_text)

    glossary = commands.add_parser("glossary", help="show the glossary of one or more texts")
    _add_input(glossary)
    _add_sources(glossary)
    output = _add_json(glossary)
    output.add_argument("--csv", action="store_true", help="print comma-separated values")
    output.add_argument(
        "-o", "--output", metavar="OUT", type=Path,
        help="the file to write: .csv, .md, .html, .ifo (StarDict) or .apkg (term cards)",
    )  # fmt: skip
    _add_choice(glossary, TERM_KINDS, "terms")
    _add_level(glossary)
    glossary.set_defaults(run=_glossary, usage_error=glossary.error)

    facts = commands.add_parser("facts", help="show the key facts, best first")
    _add_input(facts, several=False)
    _add_json(facts)
    facts.set_defaults(run=_facts, level=DEFAULT_LEVEL)


def _add_deck_commands(commands: Any) -> None:
    cards = commands.add_parser("cards", help="show the cards in the order of study")
    _add_input(cards)
    _add_sources(cards)
    _add_json(cards)
    _add_choice(cards, NOTE_KINDS, "cards")
    _add_level(cards)
    cards.add_argument("--refused", action="store_true", help="show what was kept out, and why")
    cards.add_argument("--coverage", action="store_true", help="show which paragraphs have cards")
    cards.set_defaults(run=_cards)

    deck = commands.add_parser("deck", help="write the cards as a deck for Anki")
    _add_input(deck)
    _add_sources(deck)
    deck.add_argument(
        "-o", "--output", metavar="OUT", type=Path, required=True,
        help="the file to write: .apkg, .csv, .tsv or .txt",
    )  # fmt: skip
    deck.add_argument("--name", metavar="A::B", help="the name of the deck; :: nests decks")
    _add_choice(deck, NOTE_KINDS, "cards")
    _add_level(deck)
    deck.set_defaults(run=_deck, usage_error=deck.error)


def _add_library_commands(commands: Any) -> None:
    library = commands.add_parser("library", help="the reader's own library")
    library.add_argument(
        "--library", metavar="DIR", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    library.set_defaults(run=_library, json=False)
    actions = library.add_subparsers(title="actions", metavar="ACTION", dest="action")
    _add_json(actions.add_parser("list", help="list the texts (also without an action)"))
    _add_json(actions.add_parser("glossary", help="list the terms of all texts, one entry each"))
    search = actions.add_parser("search", help="look for words in the texts themselves")
    search.add_argument("words", metavar="QUERY", nargs="+", help='words, or a "phrase"')
    _add_json(search)
    search.add_argument("--limit", metavar="N", type=int, default=20, help="at most N texts")
    found = actions.add_parser("cards", help="find cards by Anki's search language")
    found.add_argument("query", metavar="QUERY", nargs="*", help="as in 'deck:x is:due -tag:y'")
    _add_json(found)
    found.add_argument(
        "--sort", metavar="COLUMN", default="added", help="such as front, due, -added (last first)"
    )
    found.add_argument("--limit", metavar="N", type=int, help="at most N cards")
    found.set_defaults(usage_error=found.error)
    add = actions.add_parser("add", help="add texts")
    add.add_argument("files", metavar="FILE", nargs="+")
    add.add_argument("--format", choices=FORMATS, help="what the files are, if not by content")
    remove = actions.add_parser("remove", help="remove a text with its cards")
    remove.add_argument("id", metavar="ID", type=int)
    export = actions.add_parser("export", help="write everything as plain files, or for Anki")
    export.add_argument("path", metavar="DIR|OUT.apkg", type=Path)
    export.add_argument("--with-progress", action="store_true", help="with schedules, for Anki")
    export.add_argument("--deck", metavar="A::B", help="only this deck, with those within it")
    backup = actions.add_parser("backup", help="write a copy of the whole library")
    backup.add_argument("path", metavar="OUT", type=Path)
    restore = actions.add_parser("restore", help="put a backup in place of the library")
    restore.add_argument("path", metavar="FILE", type=Path)
    replace = actions.add_parser("replace", help="put a corrected file in the place of a text")
    replace.add_argument("id", metavar="ID", type=int)
    replace.add_argument("file", metavar="FILE")
    marked = actions.add_parser("highlights", help="print the highlights of a text, or of all")
    marked.add_argument("id", metavar="ID", type=int, nargs="?")
    marked.add_argument(
        "--format", choices=("md", "json", "w3c"), default="md",
        help="Markdown, JSON, or W3C Web Annotations (default: %(default)s)",
    )  # fmt: skip
    actions.add_parser("forget-judgements", help="rank new cards without your decisions")
    actions.add_parser("check", help="check the library for damage")


def _add_anki_commands(commands: Any) -> None:
    from desktop import anki_commands

    push = commands.add_parser("push", help="bring cards to a running Anki, and back")
    anki_commands.add_push_options(push)
    push.add_argument("--format", choices=FORMATS, help="what the text is, if not by content")
    _add_sources(push)
    _add_json(push)
    push.add_argument("--name", metavar="A::B", help="the name of the deck; :: nests decks")
    _add_choice(push, NOTE_KINDS, "cards")
    _add_level(push)
    push.set_defaults(run=_push)
    sync = commands.add_parser("sync", help="sync with Anki's server, or one of your own")
    anki_commands.add_sync_options(sync)
    _add_json(sync)
    sync.set_defaults(run=_sync)
    incoming = commands.add_parser("import", help="take an Anki package into the library")
    anki_commands.add_import_options(incoming)
    _add_json(incoming)
    incoming.set_defaults(run=_import)
    links = commands.add_parser("register-links", help="open glossator:// links of cards here")
    links.set_defaults(run=_register_links)


def _add_study_command(commands: Any) -> None:
    from desktop import study_command

    study = commands.add_parser("study", help="study here, in the terminal")
    study_command.add_study_options(study)
    study.set_defaults(run=lambda options: study_command.run(options, _print))


def _sync(options: argparse.Namespace) -> int:
    from desktop import anki_commands

    return anki_commands.sync(options, say=_say, print_json=_print_json, print_lines=_print_lines)


def _import(options: argparse.Namespace) -> int:
    from desktop import anki_commands

    return anki_commands.import_package(options, say=_say, print_json=_print_json)


def _register_links(_options: argparse.Namespace) -> int:
    from desktop.operations.registering import register_links

    _say(register_links())
    return 0


def _push(options: argparse.Namespace) -> int:
    from desktop import anki_commands

    built = _build_deck(options, name=options.name) if options.files else None
    return anki_commands.push(
        options,
        None if built is None else (built[0], built[2]),
        say=_say,
        print_json=_print_json,
        print_lines=_print_lines,
    )


def _add_input(command: argparse.ArgumentParser, *, several: bool = True) -> None:
    if several:
        command.add_argument("files", metavar="FILE", nargs="+", help="a text; - is standard input")
    else:
        command.add_argument("file", metavar="FILE", help="a text; - is standard input")
    command.add_argument("--format", choices=FORMATS, help="what the text is, if not by content")


def _add_sources(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--source", metavar="PATH", action="append", dest="sources", default=[],
        help="a dictionary or encyclopaedia of your own, asked before the program's; repeat it "
        "for several",
    )  # fmt: skip


def _add_json(command: argparse.ArgumentParser) -> Any:
    group = command.add_mutually_exclusive_group()
    group.add_argument("--json", action="store_true", help="print JSON")
    return group


def _add_level(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--level", choices=READING_LEVELS, default=DEFAULT_LEVEL,
        help="the reader's CEFR level: hard words are those above it (default: %(default)s)",
    )  # fmt: skip


def _add_choice(command: argparse.ArgumentParser, kinds: Sequence[str], what: str) -> None:
    def kind_list(value: str) -> tuple[str, ...]:
        chosen = tuple(part.strip() for part in value.split(",") if part.strip())
        unknown = [kind for kind in chosen if kind not in kinds]
        if unknown or not chosen:
            raise argparse.ArgumentTypeError(
                f"{', '.join(unknown) or 'nothing'} is not among {', '.join(kinds)}"
            )
        return chosen

    def count(value: str) -> int:
        if not value.isdecimal() or int(value) < 1:
            raise argparse.ArgumentTypeError(f"{value} is not a whole number above 0")
        return int(value)

    command.add_argument("--limit", metavar="N", type=count, help=f"at most N {what}, the best")
    command.add_argument(
        "--kinds", metavar="KIND,…", type=kind_list, help=f"only these: {', '.join(kinds)}"
    )


def _open_window(options: argparse.Namespace) -> int:
    from desktop.app import run
    from desktop.paths import reader_folders

    folders = reader_folders(options.library)
    from desktop.decks.link import is_link
    from desktop.operations.texts import fetched

    links = [file for file in options.files if is_link(file)]
    files = [fetched(file, folders.cache) for file in options.files if not is_link(file)]
    return run(folders, files, links)


def _text(options: argparse.Namespace) -> int:
    from desktop.operations import texts

    document = texts.read_text(options.file, format=options.format)
    if options.json:
        _print_json(texts.document_json(document))
    else:
        from desktop.operations.readable import document_lines

        _print_lines(document_lines(document, _width()))
        for warning in document.warnings:
            _say(warning)
    return 0


def _glossary(options: argparse.Namespace) -> int:
    from desktop.glossary.term import TermKind
    from desktop.operations import merging, readable, texts

    out: Path | None = options.output
    if out is not None:
        _check_glossary_output(options, out)
    kinds = {TermKind(kind) for kind in options.kinds} if options.kinds else None
    read = _analyse(options)
    merged = merging.merge_glossaries(read).chosen(limit=options.limit, kinds=kinds)
    glossary, data = merging.as_glossary(merged), merged.to_json()
    if len(read) == 1:
        glossary = texts.choose_terms(read[0].analysed.glossary, limit=options.limit, kinds=kinds)
        data = glossary.to_json()
    if out is not None:
        from desktop.operations.glossary_files import GLOSSARY_ENDINGS, write_glossary

        number = write_glossary(merged, out)
        what = GLOSSARY_ENDINGS[out.suffix.lower()]
        _say(f"Wrote {out}: {number} {'entry' if number == 1 else 'entries'} ({what}).")
    elif options.json:
        _print_json(data)
    elif options.csv:
        _print(texts.glossary_csv(glossary))
    elif glossary.terms:
        _print_lines(readable.glossary_lines(glossary.terms, _width()))
    else:
        _say(f"No term was found in {glossary.title}.")
    return 0


def _check_glossary_output(options: argparse.Namespace, out: Path) -> None:
    """Refuse an ending or a place that can't be meant before any work is done."""
    from desktop.operations import glossary_files, texts

    if out.suffix.lower() not in glossary_files.GLOSSARY_ENDINGS:
        options.usage_error(f"{out} must end in {', '.join(glossary_files.GLOSSARY_ENDINGS)}")
    texts.check_output(out, options.files)


def _facts(options: argparse.Namespace) -> int:
    from desktop.operations.readable import fact_lines

    options.files = [options.file]
    facts = _analyse(options)[0].analysed.facts
    if options.json:
        _print_json(facts.to_json())
    elif facts.facts:
        _print_lines(fact_lines(facts.facts, _width()))
    else:
        _say(f"No fact was found in {facts.title}.")
    return 0


def _cards(options: argparse.Namespace) -> int:
    from desktop.operations import card_reports
    from desktop.operations.readable import card_lines

    deck, data, read = _build_deck(options)
    report = {"refused": options.refused, "coverage": options.coverage}
    if options.json:
        _print_json(data | card_reports.reports_json(read, **report))
    elif any(report.values()):
        _print_lines(card_reports.report_lines(read, _width(), **report))
    elif deck.notes:
        _print_lines(card_lines(deck.notes, _width()))
    else:
        _say(f"No card could be made from {deck.title}.")
    return 0


def _deck(options: argparse.Namespace) -> int:
    from desktop.operations import texts

    out: Path = options.output
    if out.suffix.lower() not in texts.DECK_ENDINGS:
        options.usage_error(f"{out} must end in {', '.join(texts.DECK_ENDINGS)}")
    texts.check_output(out, options.files)
    deck, _data, read = _build_deck(options, name=options.name)
    pictures: dict[str, Any] = {}
    for text in read:
        pictures |= texts.pictures_of_notes(deck, text.document)
    texts.export_deck(deck, out, pictures=pictures)
    counts = [sum(note.kind == kind for note in deck.notes) for kind in NOTE_KINDS]
    parts = [f"{count} {kind}" for count, kind in zip(counts, NOTE_KINDS, strict=True) if count]
    _say(f"Wrote {out}: {len(deck.notes)} notes ({', '.join(parts)}) in the deck {deck.name}.")
    return 0


def _build_deck(
    options: argparse.Namespace, *, name: str | None = None
) -> tuple[Deck, dict[str, Any], list[AnalysedText]]:
    """Return the deck that the options ask for, its JSON, and the texts that it comes from."""
    from desktop.decks.deck import NoteKind
    from desktop.operations import merging, texts

    kinds = {NoteKind(kind) for kind in options.kinds} if options.kinds else None
    read = _analyse(options)
    if len(read) > 1:
        merged = merging.merge_decks(read, name=name, limit=options.limit, kinds=kinds)
        return merged.deck, merged.to_json(), read
    deck = texts.build_cards(read[0], name=name, limit=options.limit, kinds=kinds)
    return deck, deck.to_json(), read


def _library(options: argparse.Namespace) -> int:
    from desktop.operations import libraries

    library = options.library
    match options.action:
        case None | "list":
            if options.json:
                _print(libraries.documents_json(library) + "\n")
            else:
                _print_lines(libraries.list_documents(library, width=_width()))
        case "glossary":
            if options.json:
                _print(libraries.glossary_json(library) + "\n")
            else:
                _print_lines(libraries.list_glossary(library, width=_width()))
        case "search":
            # The shell took the quotation marks of a phrase away.
            words = " ".join(f'"{one}"' if " " in one else one for one in options.words)
            if options.json:
                _print_json(libraries.search_json(library, words, options.limit))
            else:
                _print_lines(libraries.search_lines(library, words, options.limit))
        case "cards":
            _library_cards(options)
        case "add":
            add = libraries.add_files(library, options.files, format=options.format, say=_say)
            _print_lines(add)
        case "highlights":
            _print(libraries.highlights(library, options.id, options.format))
        case "check":
            found = libraries.problems(library)
            _print_lines(found or ["The library is sound."])
            return 1 if found else 0
        case _:
            _say(_changed_library(options))
    return 0


def _library_cards(options: argparse.Namespace) -> None:
    """Print the cards that a query finds."""
    from desktop.operations import card_finding

    if options.sort.removeprefix("-") not in card_finding.SORTS:
        options.usage_error(f"--sort takes one of {', '.join(card_finding.SORTS)}")
    query = " ".join(options.query)
    wish = {"sort": options.sort, "limit": options.limit}
    if options.json:
        _print_json(card_finding.cards_json(options.library, query, **wish))
    else:
        _print_lines(card_finding.card_table(options.library, query, width=_width(), **wish))


def _changed_library(options: argparse.Namespace) -> str:
    """Do what one sentence tells of."""
    from desktop.operations import libraries

    library = options.library
    match options.action:
        case "remove":
            return libraries.remove_document(library, options.id)
        case "replace":
            return libraries.replace_text(library, options.id, options.file)
        case "export":
            return libraries.export_files(
                library, options.path, deck=options.deck, with_progress=options.with_progress
            )
        case "backup":
            return libraries.write_backup(library, options.path)
        case "restore":
            return libraries.restore_backup(library, options.path)
        case _:
            return libraries.forget_judgements(library)


def _analyse(options: argparse.Namespace) -> list[AnalysedText]:
    from desktop.operations.progress import ProgressLine
    from desktop.operations.texts import analyse_texts, named_sources
    from desktop.paths import reader_folders

    named = getattr(options, "sources", [])
    sources = named_sources(named, reader_folders(options.library).cache) if named else None
    remarks: list[str] = []

    def heard(index: int, event: AnalysisEvent) -> None:
        remark = getattr(event, "message", None)
        if remark:
            remarks.append(remark)
        progress(index, event)

    with ProgressLine(sys.stderr, options.files) as progress:
        found = analyse_texts(
            options.files,
            format=options.format,
            level=options.level,
            sources=sources,
            on_event=heard,
        )
    for remark in dict.fromkeys(remarks):
        _say(remark)
    return found


def _width() -> int:
    return shutil.get_terminal_size().columns


def _print_json(data: Any) -> None:
    _print(json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2) + "\n")


def _print_lines(lines: Iterable[str]) -> None:
    text = "\n".join(lines).rstrip("\n")
    _print(f"{text}\n" if text else "")


def _print(text: str) -> None:
    """Write to standard output: always UTF-8, bare line feeds, on every system."""
    if sys.stdout is None:
        raise OutputError("Standard output is closed; send it to a file or a terminal.")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What can't be written now can't be written when the interpreter ends either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"Standard output can't be written: {error.strerror}.") from error


def _say(message: str) -> None:
    """Write one message to standard error; a file name may hold what the terminal can't show."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    print(message.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def _defect(error: Exception, library: Path | None) -> int:
    """Write the traceback of an unexpected error to the log and say where it is."""
    from desktop.operations.defects import log_defect

    log = log_defect(error, library)
    where = f"the details are in {log}" if log else "and no log could be written"
    _say(f"Glossator met a defect of its own ({type(error).__name__}); {where}.")
    return 1
