"""Documents, glossaries, facts and cards laid out as plain text for a person at a terminal.

Every function returns lines without a line end; ``width`` is the number of columns.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.decks.deck import Note, RefusedNote
    from desktop.facts.fact import Fact
    from desktop.glossary.term import Term
    from desktop.reading.document import Block, Document

#: Wider lines than this are hard to read, however wide the terminal is.
WIDEST_LINE = 100

#: Between two columns of a table.
_GAP = 2


def document_lines(document: Document, width: int) -> Iterator[str]:
    """Yield the text as it was understood: frame, body, and a note of what was left out."""
    width = min(width, WIDEST_LINE)
    after_list = False
    for block in document.blocks:
        in_list = block.kind == "list_item"
        if after_list and not in_list:
            yield ""
        yield from _block_lines(block, width)
        if not in_list:
            yield ""
        after_list = in_list
    if document.left_out:
        yield "─" * min(width, 24)
        yield "Left out:"
        for piece in document.left_out:
            words = " ".join(piece.text.split())
            label = piece.kind.value.replace("_", " ")
            yield "  " + shorten(f"{label}: {words}", width - 2)


def glossary_lines(terms: Sequence[Term], width: int) -> Iterator[str]:
    """Yield a table of the terms with kind, number of mentions and definition."""
    rows = [
        (
            term.term,
            term.kind.value,
            str(len(term.mentions)),
            term.definition.text if term.definition else "–",
        )
        for term in terms
    ]
    yield from table_lines(("Term", "Kind", "Times", "Definition"), rows, width)


def fact_lines(facts: Sequence[Fact], width: int) -> Iterator[str]:
    """Yield the facts, numbered, each with its kind and the words that it asks for."""
    width = min(width, WIDEST_LINE)
    margin = len(str(len(facts))) + 2
    for number, fact in enumerate(facts, 1):
        yield from _hanging(f"{number}.", fact.statement, margin, width)
        asked = f" · {fact.answer}" if fact.answer and fact.answer != fact.statement else ""
        yield from _hanging("", f"{fact.kind.value}{asked}", margin, width)
        yield ""


def card_lines(notes: Sequence[Note], width: int) -> Iterator[str]:
    """Yield the cards, numbered, with front, back and the sentence that they rest on."""
    width = min(width, WIDEST_LINE)
    margin = len(str(len(notes))) + 2
    for number, note in enumerate(notes, 1):
        yield from _hanging(f"{number}.", note.front, margin, width)
        yield from _hanging("", f"→ {note.back}", margin, width)
        if note.evidence.quote.strip() != note.back.strip():
            quote = " ".join(note.evidence.quote.split())
            yield from _hanging("", f"“{quote}”", margin, width)
        yield ""


def refused_lines(refused: Sequence[RefusedNote], width: int) -> Iterator[str]:
    """Yield the cards that were kept out, numbered, each with the reasons."""
    width = min(width, WIDEST_LINE)
    margin = len(str(len(refused))) + 2
    for number, card in enumerate(refused, 1):
        yield from _hanging(f"{number}.", card.note.front, margin, width)
        yield from _hanging("", f"→ {card.note.back}", margin, width)
        for finding in card.findings:
            yield from _hanging("", f"{finding.rule}: {finding.reason}", margin, width)
        yield ""


def table_lines(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, right: Sequence[int] = ()
) -> Iterator[str]:
    """Yield an aligned table; the last column wraps, columns of numbers stand to the right."""
    count = len(head)
    widths = [
        min(max(display_width(row[i]) for row in [head, *rows]), max(12, width // 3))
        for i in range(count - 1)
    ]
    numeric = {i for i in range(count) if rows and all(row[i].isdigit() for row in rows)}
    numeric |= set(right)
    last = max(16, width - sum(widths) - _GAP * (count - 1))
    rule = [
        "─" * size for size in [*widths, min(last, max(map(display_width, _column(head, rows))))]
    ]
    for row in [head, rule, *rows]:
        cells = [wrapped(row[i], widths[i]) for i in range(count - 1)] + [wrapped(row[-1], last)]
        for line in range(max(map(len, cells))):
            parts = [cell[line] if line < len(cell) else "" for cell in cells]
            padded = [
                _pad(part, widths[i], right=i in numeric) for i, part in enumerate(parts[:-1])
            ]
            yield (" " * _GAP).join([*padded, parts[-1]]).rstrip()


def display_width(text: str) -> int:
    """Return the number of terminal columns of ``text`` (wide letters count two, marks none)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def shorten(text: str, width: int) -> str:
    """Cut ``text`` to ``width`` columns, with an ellipsis where something was cut."""
    if display_width(text) <= width:
        return text
    while text and display_width(text) >= width:
        text = text[:-1]
    return text.rstrip() + "…"


def _column(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [head[-1], *(row[-1] for row in rows)]


def _block_lines(block: Block, width: int) -> list[str]:
    """Lay one block out as its kind asks for."""
    text = block.text
    match block.kind.value:
        case "title":
            lines = wrapped(text, width)
            return [*lines, "═" * max(map(display_width, lines))]
        case "kicker":
            return wrapped(text.upper(), width)
        case "heading":
            lines = wrapped(text, width)
            rule = "─" if (block.level or 1) <= 2 else "·"
            return [*lines, rule * max(map(display_width, lines))]
        case "quote":
            return _hanging("", text, 4, width)
        case "list_item":
            indent = 2 * (block.level or 1)
            return _hanging(" " * (indent - 2) + "•", text, indent, width)
        case "code" | "table":
            return ["    " + line for line in text.splitlines()]
        case "paragraph":
            return wrapped(text, width)
        case "figure":
            return [f"[figure: {text}]" if text else "[figure]"]
        case kind:
            return _hanging("", f"[{kind}] {text}", 2, width)


def _hanging(label: str, text: str, margin: int, width: int) -> list[str]:
    """Wrap ``text`` behind a margin, with ``label`` in the margin of its first line."""
    lines = wrapped(text, max(16, width - margin))
    first = label + " " * max(1 if label else 0, margin - display_width(label)) + lines[0]
    return [first, *(" " * margin + line for line in lines[1:])]


def wrapped(text: str, width: int) -> list[str]:
    """Wrap at white space; a line break in the text stays a line break."""
    lines: list[str] = []
    for line in text.splitlines() or [""]:
        if display_width(line) == len(line):
            lines += textwrap.wrap(line, width, break_on_hyphens=False) or [""]
        else:
            lines += _wrap_wide(line, width)
    return lines


def _wrap_wide(line: str, width: int) -> list[str]:
    """Wrap a line that holds letters of more or less than one column."""
    lines, current = [], ""
    for word in line.split():
        joined = f"{current} {word}" if current else word
        if display_width(joined) <= width:
            current = joined
            continue
        if current:
            lines.append(current)
        while display_width(word) > width:
            cut = next(
                n for n in range(len(word), 0, -1) if n == 1 or display_width(word[:n]) <= width
            )
            lines.append(word[:cut])
            word = word[cut:]
        current = word
    return [*lines, current] if current or not lines else lines


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * max(0, width - display_width(text))
    return space + text if right else text + space
