"""The dialog that writes a glossary to a file: of which texts, as what, and where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
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

from desktop.window.export_dialog import file_name
from desktop.window.segments import Segments

_FORMATS = {
    "Page": ".html", "Markdown": ".md", "CSV": ".csv", "StarDict": ".ifo", "Anki": ".apkg",
}  # fmt: skip
_HINTS = {
    ".html": "A page to read in a browser or to print: each entry with the sentences it stands in.",
    ".md": "Plain text with marks, for a notebook or an editor.",
    ".csv": "A table: one line for each entry, without the sentences.",
    ".ifo": "A dictionary for GoldenDict, KOReader and others; three or four files side by side.",
    ".apkg": "A deck with the card of each defined entry; the same cards as in the deck of the"
    " text, so none comes twice.",
}


class GlossaryExportDialog(QDialog):
    """Asks what to write; ``path`` and ``this_text`` say what was chosen once it is accepted."""

    def __init__(self, parent: QWidget, *, title: str, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export the glossary")
        self.setMinimumWidth(540)
        self._title = title
        self.this_text = QRadioButton("This text")
        self.all_texts = QRadioButton("All texts of the library, as one glossary")
        self.this_text.setChecked(bool(title))
        self.this_text.setEnabled(bool(title))
        self.all_texts.setChecked(not title)
        self.format = Segments(_FORMATS, "Format")
        self.path_field = QLineEdit(str(folder / (self._name() + ".html")))
        self._hint = QLabel(_HINTS[".html"])
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self.export_button = QPushButton("Export")
        self.export_button.setProperty("role", "primary")
        self.export_button.setDefault(True)
        self.buttons = QDialogButtonBox()
        self.buttons.addButton(self.export_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.format.chosen.connect(self._format_chosen)
        self.this_text.toggled.connect(self._scope_chosen)
        self.path_field.textChanged.connect(
            lambda text: self.export_button.setEnabled(bool(text.strip()))
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(14)
        title = QLabel("Take the glossary with you")
        title.setProperty("role", "title")
        column.addWidget(title)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(14)
        which = QVBoxLayout()
        which.setSpacing(2)
        which.addWidget(self.this_text)
        which.addWidget(self.all_texts)
        form.addRow("Entries", which)
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
        column.addWidget(self.buttons)

    @property
    def path(self) -> Path:
        """The file to write, with the ending of its format."""
        path = Path(self.path_field.text().strip()).expanduser()
        ending = _FORMATS[self.format.choice]
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def _name(self) -> str:
        title = self._title if self.this_text.isChecked() else ""
        return file_name(f"{title} glossary" if title else "Glossary")

    def _scope_chosen(self) -> None:
        self.path_field.setText(str(self.path.with_name(self._name() + self.path.suffix)))

    def _format_chosen(self, name: str) -> None:
        typed = Path(self.path_field.text().strip())
        self.path_field.setText(str(typed.with_suffix(_FORMATS[name])))
        self._hint.setText(_HINTS[_FORMATS[name]])

    def _browse(self) -> None:
        ending = _FORMATS[self.format.choice]
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            "Export the glossary",
            str(self.path),
            f"{self.format.choice} (*{ending})",
            options=QFileDialog.Option.DontConfirmOverwrite,  # asked once, when it is written
        )
        if chosen:
            self.path_field.setText(chosen)
