"""Print or save as PDF: what goes along with the text, and how its pages will look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.window.icons import IconButton
from desktop.window.print_worker import PrintWorker
from desktop.window.printed_text import PAPERS, PrintOptions
from desktop.window.segments import Segments

if TYPE_CHECKING:
    from desktop.window.printed_text import PrintedText

_PREVIEW_WIDTH = 400


class PrintDialog(QDialog):
    """Shows one page at a time; ``make`` lays a text out, on a thread of its own."""

    def __init__(
        self,
        parent: QWidget,
        make: Callable[[PrintOptions], PrintedText],
        suggested: Path,
        *,
        notes: bool,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Print or save as PDF")
        self._make, self._suggested = make, suggested
        self.page, self.pages = 0, 0
        self.worker = PrintWorker()
        self.preview = QLabel("Laying out…")
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setFixedSize(_PREVIEW_WIDTH, round(_PREVIEW_WIDTH * 1.4142))
        self.preview.setAccessibleName("Preview of the page")
        self.preview.setStyleSheet("background: #ffffff; color: #665f54;")
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.previous = IconButton("back", "Previous page (PgUp)", size=16)
        self.next = IconButton("forward", "Next page (PgDown)", size=16)
        self.highlights = _check("Highlights", on=True)
        self.notes = _check("Notes on highlights, at the end", on=notes)
        self.glossary = _check("Glossary, at the end", on=False)
        self.paper = Segments(PAPERS, "Paper")
        if QLocale().territory() in (QLocale.Country.UnitedStates, QLocale.Country.Canada):
            self.paper.choose("Letter")
        self.pdf_button = QPushButton("Save as PDF…")
        self.pdf_button.setProperty("role", "primary")
        self.print_button = QPushButton("Print…")
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        self._lay_out_widgets()
        self._connect()
        self._set()

    def _lay_out_widgets(self) -> None:
        title = QLabel("On paper")
        title.setProperty("role", "title")
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addWidget(title)
        for check in (self.highlights, self.notes, self.glossary):
            side.addWidget(check)
        side.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch()
        side.addWidget(self.told)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        for button in (self.pdf_button, self.print_button, close):
            side.addWidget(button)
        turn = QHBoxLayout()
        turn.addStretch()
        for widget in (self.previous, self.count, self.next):
            turn.addWidget(widget)
        turn.addStretch()
        left = QVBoxLayout()
        left.addWidget(self.preview)
        left.addLayout(turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 18)
        row.setSpacing(28)
        row.addLayout(left)
        row.addLayout(side, 1)
        self.setMinimumWidth(720)

    def _connect(self) -> None:
        worker = self.worker
        worker.laid_out.connect(self._laid_out)
        worker.painted.connect(self._show)
        worker.written.connect(lambda path: self._done(f"Saved as {path.name}."))
        worker.printed.connect(lambda: self._done("Sent to the printer."))
        worker.failed.connect(lambda error: self._done(str(error)))
        for check in (self.highlights, self.notes, self.glossary):
            check.toggled.connect(self._set)
        self.paper.chosen.connect(self._set)
        self.previous.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        self.pdf_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print)

    @property
    def options(self) -> PrintOptions:
        """What is chosen."""
        return PrintOptions(
            highlights=self.highlights.isChecked(),
            notes=self.notes.isChecked(),
            glossary=self.glossary.isChecked(),
            paper=self.paper.choice,
        )

    def turn(self, step: int) -> None:
        """Show the next or previous page."""
        self.page = max(0, min(self.page + step, self.pages - 1))
        self.count.setText(f"{self.page + 1} of {self.pages}")
        self.previous.setEnabled(self.page > 0)
        self.next.setEnabled(self.page + 1 < self.pages)
        self.worker.paint(self.page, _PREVIEW_WIDTH, self.devicePixelRatioF())

    def save(self) -> None:
        """Ask for a file and write the PDF."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "Save as PDF", str(self._suggested), "PDF (*.pdf)"
        )
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
            self._work("Writing…")
            self.worker.write(path)

    def print(self) -> None:
        """Ask for a printer and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from desktop.window.printed_text import page_layout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(self.paper.choice))
        printer.setDocName(self._suggested.stem)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, self.pages))
        if dialog.exec():
            self._work("Printing…")
            self.worker.print_on(printer, printer.fromPage(), printer.toPage())

    def _set(self, _what: object = None) -> None:
        options = self.options
        self.worker.lay_out(lambda: self._make(options))

    def _laid_out(self, pages: int) -> None:
        self.pages = pages
        self.turn(0)

    def _show(self, number: int, image: QImage) -> None:
        if number == self.page:
            self.preview.setPixmap(QPixmap.fromImage(image))

    def _work(self, words: str) -> None:
        self.told.setText(words)
        for button in (self.pdf_button, self.print_button):
            button.setEnabled(False)

    def _done(self, words: str) -> None:
        self.told.setText(words)
        for button in (self.pdf_button, self.print_button):
            button.setEnabled(True)

    def done(self, result: int) -> None:
        """End the thread with the dialog."""
        self.worker.close()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the pages."""
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)


def _check(text: str, *, on: bool) -> QCheckBox:
    box = QCheckBox(text)
    box.setChecked(on)
    return box
