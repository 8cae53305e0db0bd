"""The dialog that takes cards to Anki: which ones, under what name, into which file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.window.card_desk import CardCounts
from desktop.window.segments import Segments
from desktop.window.wording import counted

_FORMATS = {
    "Anki package": ".apkg",
    "CSV": ".csv",
    "TSV": ".tsv",
}
_HINTS = {
    ".apkg": "Double-click the file to take it into Anki. Exporting again later updates the"
    " same cards there and duplicates none. Anki takes a card that changed here whole, with its"
    " tags, leaves cards in the deck where it has them, and deletes none; “Exchange with Anki” in"
    " the menu keeps what you changed there.",
    ".csv": "For Anki’s text import or a table program: comma-separated, with header lines.",
    ".tsv": "For Anki’s text import or a table program: tab-separated, with header lines.",
}


class ExportDialog(QDialog):
    """Asks what to export; ``path``, ``name`` … say what was chosen once it is accepted."""

    def __init__(self, parent: QWidget, *, title: str, folder: Path, counts: CardCounts) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export cards")
        self.setMinimumWidth(540)
        self._counts = counts
        self.name_field = QLineEdit(title or "Glossator")
        self.this_text = QRadioButton("This text")
        self.all_texts = QRadioButton("All texts of the library")
        self.this_text.setChecked(bool(title))
        self.this_text.setEnabled(bool(title))
        self.all_texts.setChecked(not title)
        self.with_proposed = QCheckBox("Also the proposed cards")
        self.with_progress = QCheckBox("With your progress: schedules, answers, flags, options")
        self.format = Segments(_FORMATS, "Format")
        self.path_field = QLineEdit(str(folder / (file_name(title or "Glossator") + ".apkg")))
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self.buttons = QDialogButtonBox()
        self.export_button = QPushButton("Export")
        self.export_button.setProperty("role", "primary")
        self.export_button.setDefault(True)
        self.buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.format.chosen.connect(self._format_chosen)
        for button in (self.this_text, self.all_texts, self.with_proposed, self.with_progress):
            button.toggled.connect(self._count_cards)
        self.path_field.textChanged.connect(self._count_cards)
        if not counts.accepted[0] and counts.proposed[0]:
            self.with_proposed.setChecked(True)
        self._hint.setText(_HINTS[".apkg"])
        self._count_cards()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(14)
        title = QLabel("Take your cards to Anki")
        title.setProperty("role", "title")
        column.addWidget(title)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(14)
        form.addRow("Deck", self.name_field)
        which = QVBoxLayout()
        which.setSpacing(2)
        for widget in (
            self.this_text, self.all_texts, self.with_proposed, self.with_progress,
        ):  # fmt: skip
            which.addWidget(widget)
        form.addRow("Cards", which)
        form.addRow("Format", self.format)
        row = QHBoxLayout()
        row.addWidget(self.path_field, 1)
        browse = QPushButton("Choose…")
        browse.clicked.connect(self._browse)
        row.addWidget(browse)
        form.addRow("File", row)
        column.addLayout(form)
        column.addWidget(self._hint)
        column.addSpacing(6)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch()
        foot.addWidget(self.buttons)
        column.addLayout(foot)

    @property
    def path(self) -> Path:
        """The file to write."""
        return Path(self.path_field.text().strip()).expanduser()

    @property
    def name(self) -> str:
        """The deck's name, nested by ``::``."""
        return self.name_field.text().strip() or "Glossator"

    @property
    def progress_wanted(self) -> bool:
        """Whether schedules go along; then cards go in the decks that they are in here."""
        return self.with_progress.isChecked() and self.path.suffix.lower() == ".apkg"

    def _format_chosen(self, name: str) -> None:
        ending = _FORMATS[name]
        self.with_progress.setVisible(ending == ".apkg")
        self.path_field.setText(str(self.path.with_suffix(ending)))
        self._hint.setText(_HINTS[ending])

    def _count_cards(self) -> None:
        progress = self.progress_wanted
        self.name_field.setEnabled(not progress)
        self.with_proposed.setEnabled(not progress)
        at = 0 if self.this_text.isChecked() else 1
        proposed = self._counts.proposed[at]
        number = self._counts.accepted[at] + proposed * (
            self.with_proposed.isChecked() and not progress
        )
        self._count.setText(counted(number, "card"))
        self.with_proposed.setText(f"Also the {counted(proposed, 'proposed card')}")
        self.with_proposed.setVisible(proposed > 0)
        others = progress and at == 1  # decks from Anki are not counted here
        self.export_button.setEnabled(
            (number > 0 or others) and bool(self.path_field.text().strip())
        )

    def _browse(self) -> None:
        ending = _FORMATS[self.format.choice]
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            "Export cards",
            str(self.path),
            f"{self.format.choice} (*{ending})",
            options=QFileDialog.Option.DontConfirmOverwrite,  # asked once, when it is written
        )
        if chosen:
            path = Path(chosen)
            self.path_field.setText(str(path if path.suffix else path.with_suffix(ending)))


def file_name(title: str) -> str:
    """Return ``title`` as the name of a file that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:80] or "Glossator"
