"""The options of a deck: how many cards a day, their steps and order, what is done with leeches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.study.options import (
    AutoAction,
    DeckOptions,
    LeechAction,
    NewMix,
    NewOrder,
    ReviewOrder,
)
from desktop.study.steps import StepsError, read_parameters, read_steps, write_steps
from desktop.window.option_fields import Check, Choice, Number, OptionFields, Text

if TYPE_CHECKING:
    from desktop.operations.study_options import Preset
    from desktop.operations.workspace import Workspace

_NEW_ORDERS = {
    NewOrder.POSITION: "As in the texts",
    NewOrder.RANDOM_NOTES: "At random, by note",
    NewOrder.RANDOM_CARDS: "At random",
    NewOrder.NEWEST_FIRST: "Newest first",
}
_MIXES = {
    NewMix.MIX: "Among the reviews",
    NewMix.AFTER: "After the reviews",
    NewMix.BEFORE: "Before the reviews",
}
_REVIEW_ORDERS = {
    ReviewOrder.DUE: "By due date, then at random",
    ReviewOrder.DUE_DECK: "By due date, then by deck",
    ReviewOrder.DECK_DUE: "By deck, then by due date",
    ReviewOrder.FADING_FIRST: "Most fading first",
    ReviewOrder.FADING_LAST: "Least fading first",
    ReviewOrder.OVERDUE: "Relatively most overdue first",
    ReviewOrder.SHORTEST: "Short intervals first",
    ReviewOrder.LONGEST: "Long intervals first",
    ReviewOrder.EASIEST: "Easy cards first",
    ReviewOrder.HARDEST: "Difficult cards first",
    ReviewOrder.RANDOM: "At random",
    ReviewOrder.ADDED: "Oldest cards first",
    ReviewOrder.ADDED_LAST: "Newest cards first",
}
_LEECHES = {LeechAction.SUSPEND: "Tag and suspend", LeechAction.TAG: "Tag only"}
_AUTO = {
    AutoAction.BURY: "Put the card off",
    AutoAction.AGAIN: "Answer Again",
    AutoAction.HARD: "Answer Hard",
    AutoAction.GOOD: "Answer Good",
}


@dataclass(frozen=True, slots=True)
class OptionsChoice:
    """The deck whose options are chosen, its preset, and all presets; no deck: the default."""

    deck_id: int | None
    deck_name: str
    preset: int
    presets: tuple[Preset, ...]
    decks_of: dict[int, int]  # how many decks have a preset


def read_choice(workspace: Workspace, deck_id: int | None) -> OptionsChoice:
    """Return what the dialog needs to know."""
    decks = workspace.decks()
    deck = next((deck for deck in decks if deck.id == deck_id), None)
    users: dict[int, int] = {}
    for other in decks:
        users[other.options_id] = users.get(other.options_id, 0) + 1
    presets = tuple(workspace.presets())
    if deck is None:
        return OptionsChoice(None, "All decks", presets[0].id, presets, users)
    return OptionsChoice(deck.id, deck.name, deck.options_id, presets, users)


class DeckOptionsDialog(QDialog):
    """Edits a preset and says which one the deck has."""

    def __init__(self, parent: QWidget, choice: OptionsChoice) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Options: {choice.deck_name.replace('::', ' › ')}")
        self.resize(min(900, parent.width() - 40), min(720, parent.height() - 40))
        self._choice = choice
        self._edited = {preset.id: preset.options for preset in choice.presets}
        self._new_name = ""
        self.presets = QComboBox()
        self.presets.setAccessibleName("Preset")
        for preset in choice.presets:
            self.presets.addItem(preset.name, preset.id)
        self.presets.setCurrentIndex(self.presets.findData(choice.preset))
        self.presets.setEnabled(choice.deck_id is not None)
        self.told = QLabel()
        self.told.setProperty("role", "muted")
        self.problem = QLabel()
        self.problem.setProperty("role", "warning")
        self.problem.hide()
        self.fields = OptionFields(_groups())
        self._lay_out()
        self._shown = choice.preset
        self._show(choice.preset)
        self.presets.currentIndexChanged.connect(self._preset_chosen)

    def _lay_out(self) -> None:
        new = QPushButton("New preset…")
        new.setEnabled(self._choice.deck_id is not None)
        new.clicked.connect(self._add)
        head = QHBoxLayout()
        head.addWidget(QLabel("Preset"))
        head.addWidget(self.presets, 1)
        head.addWidget(new)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.fields)
        buttons = QDialogButtonBox()
        save = QPushButton("Save")
        save.setProperty("role", "primary")
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(scroll, 1)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Close, unless a field can't be read; then say so."""
        if self._read():
            super().accept()

    def save(self, workspace: Workspace) -> None:
        """Store what was chosen."""
        preset = int(self.presets.currentData())
        workspace.apply_options(
            self._choice.deck_id, preset, self._edited[preset], new_name=self._new_name
        )

    # -- inside

    def _show(self, preset: int) -> None:
        self.fields.show_values(_values(self._edited[preset]))
        users = self._choice.decks_of.get(preset, 0)
        if preset == 0:
            self.told.setText("This preset is new.")
        elif users > 1:
            self.told.setText(f"{users} decks have this preset: a change holds for all.")
        else:
            self.told.setText("")

    def _read(self) -> bool:
        try:
            self._edited[self._shown] = _options(self.fields.values(), self._edited[self._shown])
        except StepsError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return False
        self.problem.hide()
        return True

    def _preset_chosen(self) -> None:
        preset = int(self.presets.currentData())
        if preset == self._shown:
            return
        if not self._read():
            self.presets.setCurrentIndex(self.presets.findData(self._shown))
            return
        self._shown = preset
        self._show(preset)

    def _add(self) -> None:
        name, agreed = QInputDialog.getText(self, "New preset", "Its name:")
        taken = {preset.name for preset in self._choice.presets}
        if not agreed or not name.strip() or not self._read():
            return
        if name.strip() in taken:
            self.problem.setText(f"There is a preset “{name.strip()}” already.")
            self.problem.show()
            return
        self._new_name = name.strip()
        self._edited[0] = self._edited[self._shown]
        at = self.presets.findData(0)
        if at < 0:
            self.presets.addItem(self._new_name, 0)
            at = self.presets.count() - 1
        self.presets.setItemText(at, self._new_name)
        self.presets.setCurrentIndex(at)


def _groups() -> Sequence[tuple[str, Sequence[tuple[str, str, object]]]]:
    """Return the fields: groups of (option, label, field)."""
    return (
        ("In a day", (
            ("new_per_day", "New cards", Number(0, 9999)),
            ("reviews_per_day", "Reviews", Number(0, 9999)),
            ("new_ignores_review_limit", "New cards even beyond the limit of reviews", Check()),
        )),
        ("Memory", (
            ("desired_retention", "To be remembered", Number(70, 99, " %")),
            ("maximum_interval", "Longest interval", Number(1, 36_500, " days")),
            ("fuzz", "Spread cards that were learnt together", Check()),
            ("parameters", "FSRS parameters", Text("the usual ones")),
        )),
        ("Steps", (
            ("learning_steps", "New cards", Text("1m 10m")),
            ("relearning_steps", "Forgotten cards", Text("10m")),
        )),
        ("Order", (
            ("new_order", "New cards", Choice(_NEW_ORDERS)),
            ("new_mix", "They come", Choice(_MIXES)),
            ("review_order", "Reviews", Choice(_REVIEW_ORDERS)),
        )),
        ("Cards of one note", (
            ("bury_new", "Put new siblings off until tomorrow", Check()),
            ("bury_reviews", "Put reviews of siblings off", Check()),
            ("bury_interday", "Put siblings that are learnt over days off", Check()),
        )),
        ("Leeches", (
            ("leech_threshold", "Forgotten so often", Number(0, 99, " times")),
            ("leech_action", "Then", Choice(_LEECHES)),
        )),
        ("On the page", (
            ("type_answers", "Type the answer", Check()),
            ("show_timer", "Show a timer", Check()),
            ("timer_limit", "An answer counts for", Number(1, 7200, " s at most")),
        )),
        ("Advance by itself (Shift+A)", (
            ("auto_question", "Answer after", Number(0, 600, " s")),
            ("auto_answer", "Go on after", Number(0, 600, " s")),
            ("auto_action", "Going on means", Choice(_AUTO)),
        )),
    )  # fmt: skip


def _values(options: DeckOptions) -> dict[str, object]:
    """Return the options as the fields show them."""
    values = dict(options.to_json())
    values["desired_retention"] = round(options.desired_retention * 100)
    values["learning_steps"] = write_steps(options.learning_steps)
    values["relearning_steps"] = write_steps(options.relearning_steps)
    values["parameters"] = ", ".join(f"{number:g}" for number in options.parameters)
    values["auto_question"] = round(options.auto_question)
    values["auto_answer"] = round(options.auto_answer)
    return values


def _options(values: dict[str, object], before: DeckOptions) -> DeckOptions:
    """Return the options that the fields show; raises ``StepsError`` where one can't be read."""
    read = dict(values)
    # What a field rounds stays as it was unless it was changed.
    for name, old in _values(before).items():
        if read.get(name) == old:
            del read[name]
    if "desired_retention" in read:
        read["desired_retention"] = int(str(read["desired_retention"])) / 100
    for name in ("learning_steps", "relearning_steps"):
        if name in read:
            read[name] = read_steps(str(read[name]))
    if "parameters" in read:
        read["parameters"] = read_parameters(str(read["parameters"]))
    return replace(before, **read)  # type: ignore[arg-type]
