"""What leaves the library as a file: asking where to, never replacing unasked, telling of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.window.card_desk import CardCounts, ExportWish
from desktop.window.glossary_desk import GlossaryWish
from desktop.window.wording import counted

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


class Exports(QObject):
    """Exports cards and glossaries; ``folder`` is where the last file went."""

    def __init__(self, window: MainWindow, folder: str | None) -> None:
        super().__init__(window)
        self._window = window
        self.folder = Path(folder or _documents_folder())

    def cards(self) -> None:
        """Ask which cards to export and do it."""
        self._window.cards.count(self._ask_for_cards)

    def glossary(self) -> None:
        """Ask for the file of the glossary and write it."""
        from desktop.window.glossary_export_dialog import GlossaryExportDialog

        text = self._window.desk.text
        title = text.document.name if text else ""
        dialog = GlossaryExportDialog(self._window, title=title, folder=self.folder)
        if dialog.exec() and self._may_write(dialog.path):
            this = text.id if text is not None and dialog.this_text.isChecked() else None
            self._window.glossary.export(GlossaryWish(dialog.path, this))

    def highlights(self, *, of_all: bool = False) -> None:
        """Ask for the file of the highlights and write it."""
        from desktop.operations.annotation_files import FORMS

        text = self._window.desk.text
        name = "Highlights" if of_all or text is None else f"{text.document.name} – highlights"
        kinds = {f"{what} (*{ending})": (form, ending) for form, (ending, what) in FORMS.items()}
        start = str(self.folder / (name.replace("/", "-")[:100] + ".md"))
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, "Export highlights", start, ";;".join(kinds)
        )
        if chosen:
            path = Path(chosen)
            form, ending = next(
                (one for one in kinds.values() if one[1] == path.suffix), kinds[kind]
            )
            path = path if path.suffix == ending else path.with_name(path.name + ending)
            self.folder = path.parent
            self._window.marks.export(path, form, of_all=of_all)

    def on_paper(self) -> None:
        """Show how the text looks on paper, to be printed or saved as PDF."""
        from desktop.window.print_dialog import PrintDialog
        from desktop.window.printed_text import PrintedText, PrintOptions

        window, text = self._window, self._window.desk.text
        if text is None:
            return
        document = text.document
        passages = tuple(window.highlights.passages)
        terms = tuple(window.glossary_view.model.open_terms())

        def make(options: PrintOptions) -> PrintedText:
            return PrintedText(document, options, passages, terms)

        name = document.name.replace("/", "-")[:100]
        noted = any(passage.highlight.note for passage in passages)
        PrintDialog(window, make, self.folder / f"{name}.pdf", notes=noted).exec()

    def tell_highlights(self, path: Path, number: int) -> None:
        """Tell that highlights were written."""
        self._tell(counted(number, "highlight"), path)

    def tell_cards(self, path: Path, number: int) -> None:
        """Tell that cards were written."""
        self._tell(counted(number, "card"), path)

    def tell_glossary(self, path: Path, number: int) -> None:
        """Tell that a glossary was written."""
        self._tell(counted(number, "entry", "entries"), path)

    def _ask_for_cards(self, counts: CardCounts) -> None:
        from desktop.window.export_dialog import ExportDialog

        text = self._window.desk.text
        title = text.document.name if text else ""
        dialog = ExportDialog(self._window, title=title, folder=self.folder, counts=counts)
        if not dialog.exec() or not self._may_write(dialog.path):
            return
        this = text.id if text is not None and dialog.this_text.isChecked() else None
        proposed = dialog.with_proposed.isChecked()
        self._window.cards.export(
            ExportWish(dialog.path, dialog.name, this, proposed, dialog.progress_wanted)
        )

    def _may_write(self, path: Path) -> bool:
        """Return whether ``path`` is free, or may be replaced."""
        there = "A file of this name is there already; its contents would be lost."
        ask = self._window.messages.decide
        if path.exists() and not ask(f"Replace {path.name}?", there, "Replace"):
            return False
        self.folder = path.parent
        return True

    def _tell(self, what: str, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self._window.messages.tell(
            f"{what} written to {path.name}.",
            "Show the folder",
            lambda: QDesktopServices.openUrl(folder),
        )


def _documents_folder() -> str:
    """Return where the reader's system keeps documents."""
    where = QStandardPaths.StandardLocation.DocumentsLocation
    folder = QStandardPaths.writableLocation(where)
    return folder if Path(folder).is_dir() else str(Path.home())
