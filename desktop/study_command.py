"""``glossator study``: the window's study at a terminal, with its keys, schedule and undo."""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.errors import GlossatorError, MissingPieceError
from desktop.study.card import Rating
from desktop.terminal import DELETE, Keys, coloured, edited

if TYPE_CHECKING:
    from desktop.operations.workspace import StudyItem, Workspace
    from desktop.study.cramming import Cram

_RATINGS = {"1": Rating.AGAIN, "2": Rating.HARD, "3": Rating.GOOD, "4": Rating.EASY}
_SHOW = (" ", "\r", "\n")
_WIDEST = 88
_HELP = """\
Space or Enter shows the answer, then means Good; 1 Again, 2 Hard, 3 Good, 4 Easy.
V the sentence it comes from · S its paragraph · I about the card · E edit · * mark · F and 0-7 flag
U undo · Ctrl+R redo · - put the card off until tomorrow · = the note · @ suspend the card
! suspend the note · Del delete the note · ? this help · Q or Ctrl+C the end; all is saved"""


def add_study_options(study: argparse.ArgumentParser) -> None:
    """Add what ``study`` takes."""
    what = study.add_mutually_exclusive_group()
    what.add_argument("--text", metavar="ID", type=int, help="only the cards of this text")
    what.add_argument("--deck", metavar="A::B", help="only this deck and those within it")
    study.add_argument(
        "--cram", action="store_true", help="go through the cards, due or not; nothing is kept"
    )


def run(options: argparse.Namespace, write: Callable[[str], None]) -> int:
    """Study until nothing is due or the reader has enough; return the exit code."""
    from desktop.operations.workspace import Workspace
    from desktop.paths import reader_folders

    workspace = Workspace.open(reader_folders(options.library))
    try:
        session = TerminalStudy(workspace, Keys(), write, options.text, options.deck)
        if options.cram:
            session.cram()
        try:
            session.run()
        except KeyboardInterrupt:
            session.write()
        session.end()
    finally:
        workspace.close()
    return 0


class TerminalStudy:
    """One sitting: asks card after card and does what the keys say."""

    def __init__(
        self,
        workspace: Workspace,
        keys: Keys,
        write: Callable[[str], None],
        text: int | None = None,
        deck: str | None = None,
    ) -> None:
        self._workspace, self._keys, self._write = workspace, keys, write
        self._document_id, self._deck_id = text, None if deck is None else _deck_id(workspace, deck)
        if text is not None:
            workspace.document(text)  # says that there is none
        self._cram: Cram | None = None
        self._answers = self._right = 0
        self._colours = coloured()
        self._since = 0.0
        self._shown = False  # the answer
        self._commands: dict[str, Callable[[StudyItem], bool]] = {
            "v": self._evidence, "s": self._paragraph, "i": self._info, "u": self._undo,
            "\x12": self._redo, "*": self._mark, "f": self._flag, "-": self._bury,
            "=": self._bury_note, "@": self._suspend, "!": self._suspend_note,
            DELETE: self._delete, "e": self._edit, "?": self._help,
        }  # fmt: skip

    def cram(self) -> None:
        """Go through all cards of what was chosen, in memory alone."""
        self._cram = self._workspace.cram(self._document_id, deck_id=self._deck_id)

    def run(self) -> None:
        """Study until the end."""
        with self._keys.at_once():
            while (item := self._next()) is not None:
                if not self._ask(item):
                    return

    def end(self) -> None:
        """Say what was done."""
        if self._answers:
            share = round(100 * self._right / self._answers)
            kept = "Nothing of it is kept." if self._cram else "All is saved."
            self.write(f"{_counted(self._answers, 'answer')}, {share} % right. {kept}")
        if self._cram is None and self._peek() is None:
            self.write("Nothing is due now.")

    def write(self, text: str = "") -> None:
        """Write a line."""
        self._write(text + "\n")

    # -- one card

    def _next(self) -> StudyItem | None:
        if self._cram is not None:
            head = self._cram.head
            return None if head is None else self._workspace.crammed_card(head, self._document_id)
        return self._peek()

    def _peek(self) -> StudyItem | None:
        return self._workspace.next_card(self._document_id, deck_id=self._deck_id)

    def _ask(self, item: StudyItem) -> bool:
        """Ask a card and do what is wanted until another one is to come; ``False`` at the end."""
        self._since, self._shown = time.monotonic(), False
        self._front(item)
        if (wanted := self._typed(item)) is not None:
            typed = self._keys.line()
            if typed is None:
                return False
            self._compare(typed, wanted)
            self._answer_side(item)
        while True:
            key = self._keys.read()
            if key in ("", "q", "Q"):
                return False
            if key in _SHOW and not self._shown:
                self._answer_side(item)
            elif self._shown and (rating := _RATINGS.get("3" if key in _SHOW else key)):
                self._rate(item, rating)
                return True
            elif command := self._commands.get(key.lower()):
                try:
                    if command(item):
                        return True
                except GlossatorError as error:
                    self.write(str(error))

    def _front(self, item: StudyItem) -> None:
        self.write(self._dim("─" * min(self._width(), 40)))
        self.write(self._dim(" · ".join([self._counts(), *_signs(item)])))
        if item.picture is not None:
            self.write(self._dim("(a picture, which only the window shows)"))
        self._paragraphs(item.front, bold=True)
        typing = self._typed(item) is not None
        asked = "Type the answer, then Enter" if typing else "Space: the answer · ?: all keys"
        self.write(self._dim(asked))

    def _typed(self, item: StudyItem) -> str | None:
        """Return the answer that is to be typed, if the deck asks for that."""
        from desktop.decks.faces import typed_answer

        if not item.options.type_answers:
            return None
        return typed_answer(item.note, item.card.ordinal)

    def _compare(self, typed: str, wanted: str) -> None:
        """Show what was typed beside the answer: [wrong] letters and _missing_ ones."""
        from desktop.study.typed import Letters, compare

        found = compare(typed, wanted)
        if found.right:
            self.write("Right.")
            return
        frames = {Letters.SAME: "{}", Letters.WRONG: "[{}]", Letters.MISSING: "_{}_"}
        for name, runs in (("Typed: ", found.typed), ("Answer:", found.answer)):
            words = "".join(frames[run.letters].format(run.text) for run in runs)
            self.write(f"{name} {words}")

    def _answer_side(self, item: StudyItem) -> None:
        from desktop.study.scheduler import format_interval

        self._shown = True
        self._paragraphs(item.back)
        if item.note.evidence.quote and item.note.evidence.quote not in item.back:
            self._evidence(item)
        names = [f"{int(r)} {r.name.title()}" for r in Rating]
        if not item.cramming:
            names = [f"{n} {format_interval(item.intervals[r])}"
                     for n, r in zip(names, Rating, strict=True)]  # fmt: skip
        self.write(self._dim(" · ".join(names)))

    def _rate(self, item: StudyItem, rating: Rating) -> None:
        took = int((time.monotonic() - self._since) * 1000)
        if self._cram is not None:
            self._cram.answer(rating)
        else:
            limit = item.options.timer_limit * 1000
            answered = self._workspace.answer(item.card.id, rating, min(took, limit))
            if answered.leech:
                self.write("This card is a leech now: it was forgotten again and again.")
        self._answers += 1
        self._right += rating is not Rating.AGAIN

    # -- commands; True where another card is to be asked

    def _evidence(self, item: StudyItem) -> bool:
        if item.note.evidence.quote:
            self._paragraphs(f"“{item.note.evidence.quote}” – {item.note.title}", dim=True)
        return False

    def _paragraph(self, item: StudyItem) -> bool:
        if item.document_id is not None:
            block = item.note.evidence.span.block
            self._paragraphs(self._workspace.block_text(item.document_id, block), dim=True)
        return False

    def _info(self, item: StudyItem) -> bool:
        info = self._workspace.card_info(item.card.id)
        chance = info.retrievability
        known = "new" if chance is None else f"{chance:.0%} remembered now"
        card = info.card
        if card.stability is not None and card.difficulty is not None:
            known += f", stability {card.stability:.1f} d, difficulty {card.difficulty:.1f}"
        self.write(
            f"{known}; {_counted(card.reps, 'review')}, {_counted(card.lapses, 'lapse')}; "
            f"{info.deck}"
        )
        for review in info.history[-5:]:
            self.write(self._dim(f"{review.reviewed_at:%Y-%m-%d %H:%M}  {review.rating.name}"))
        return False

    def _undo(self, _item: StudyItem) -> bool:
        if self._cram is not None:
            done = self._cram.undo()
            self.write("Undone." if done else "There is nothing to undo.")
            return done
        name = self._workspace.undo()
        self.write(f"Undone: {name}." if name else "There is nothing to undo.")
        if name == "Answer card" and self._answers:
            self._answers -= 1
        return name is not None

    def _redo(self, _item: StudyItem) -> bool:
        if self._cram is not None:
            return self._cram.redo()
        name = self._workspace.redo()
        self.write(f"Done again: {name}." if name else "There is nothing to redo.")
        self._answers += name == "Answer card"
        return name is not None

    def _edit(self, item: StudyItem) -> bool:
        """Let the reader change the card in their editor: front, a line of dashes, back."""
        note, rule = item.note, "\n-----\n"
        before = note.cloze if note.cloze is not None else note.front + rule + note.back
        after = edited(before, self._keys).strip()
        if after == before.strip():
            self.write("Nothing changed.")
            return False
        if note.cloze is not None:
            self._workspace.edit_note(note.id, cloze=after)
        else:
            front, _, back = after.partition(rule)
            self._workspace.edit_note(note.id, front=front, back=back)
        self.write("Card changed.")
        return True

    def _mark(self, item: StudyItem) -> bool:
        marked = "marked" not in item.note.tags
        self._workspace.mark([item.note.id], marked)
        self.write("Marked." if marked else "No longer marked.")
        return True

    def _flag(self, item: StudyItem) -> bool:
        from desktop.operations.marking import FLAGS

        self.write("Flag: " + " · ".join(f"{n} {name}" for n, name in enumerate(FLAGS)))
        key = self._keys.read()
        if not key.isdecimal() or int(key) >= len(FLAGS):
            return False
        self._workspace.flag([item.card.id], int(key))
        self.write(f"{FLAGS[int(key)].title()} flag." if int(key) else "No flag.")
        return False

    def _bury(self, item: StudyItem) -> bool:
        self._workspace.bury(item.card.id)
        return self._leave(item, "Put off until tomorrow.")

    def _bury_note(self, item: StudyItem) -> bool:
        self._workspace.bury_note(item.note.id)
        return self._leave(item, "The note is put off until tomorrow.")

    def _suspend(self, item: StudyItem) -> bool:
        self._workspace.suspend_cards([item.card.id])
        return self._leave(item, "The card is suspended.")

    def _suspend_note(self, item: StudyItem) -> bool:
        self._workspace.suspend([item.note.id])
        return self._leave(item, "The note is suspended.")

    def _delete(self, item: StudyItem) -> bool:
        self._workspace.delete_notes([item.note.id])
        return self._leave(item, "The note is deleted; U takes that back.")

    def _leave(self, item: StudyItem, sentence: str) -> bool:
        if self._cram is not None:
            self._cram.drop(item.card.id)
        self.write(sentence)
        return True

    def _help(self, _item: StudyItem) -> bool:
        self.write(_HELP)
        return False

    # -- how it looks

    def _counts(self) -> str:
        if self._cram is not None:
            return f"cramming, {self._cram.left} left"
        due = self._workspace.due_counts(self._document_id, deck_id=self._deck_id)
        return f"{due.new} new · {due.learning} learning · {due.review} review"

    def _paragraphs(self, text: str, *, bold: bool = False, dim: bool = False) -> None:
        from desktop.operations.readable import wrapped

        for paragraph in text.splitlines() or [""]:
            for line in wrapped(paragraph, self._width()):
                self.write(self._bold(line) if bold else self._dim(line) if dim else line)

    def _width(self) -> int:
        return min(shutil.get_terminal_size().columns, _WIDEST)

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self._colours else text

    def _dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self._colours else text


def _signs(item: StudyItem) -> list[str]:
    """Return where a card is from, and its flag and mark."""
    from desktop.operations.marking import FLAGS

    flag = [f"{FLAGS[item.card.flag]} flag"] if item.card.flag else []
    mark = ["marked"] if "marked" in item.note.tags else []
    return [item.deck or item.note.title, *flag, *mark]


def _deck_id(workspace: Workspace, name: str) -> int:
    """Return the deck of that name; case doesn't matter."""
    for deck in workspace.decks():
        if deck.name.casefold() == name.casefold():
            return deck.id
    names = ", ".join(deck.name for deck in workspace.decks()) or "none yet"
    raise MissingPieceError(f"There is no deck “{name}”; the decks are: {names}.")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
