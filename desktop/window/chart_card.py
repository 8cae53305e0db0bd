"""One chart of the statistics page: the picture, its words, its table, and its files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.decks.writing import write_whole
from desktop.study.chart import Chart, as_csv
from desktop.window import theme
from desktop.window.chart_canvas import ChartCanvas
from desktop.window.chart_legend import ChartLegend
from desktop.window.chart_paint import chart_paint, height_of
from desktop.window.icons import IconButton

_SCALE = 2  # pixels of a saved picture for each of the screen's
_WIDTH = 900  # of a saved picture


class ChartCard(QFrame):
    """A card with the chart, what it comes to, and the menu of what can be done with it."""

    save_wanted = Signal(object, str)  # the view, "png" or "csv"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.chart: Chart | None = None
        self._title = QLabel()
        self._title.setFont(theme.sans(theme.TYPE_LARGE, weight=QFont.Weight.DemiBold))
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.legend = ChartLegend()
        self.canvas = ChartCanvas()
        self.table = QTableWidget()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setAlternatingRowColors(False)
        self.table.hide()
        self.menu_button = IconButton("more", "Save or show as a table")
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu_button.clicked.connect(self._show_menu)
        self.canvas.told.connect(self.words.setText)
        self.canvas.table_wanted.connect(self.toggle_table)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 16, 14)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.canvas)
        column.addWidget(self.table)
        column.addWidget(self.legend)
        column.addStretch(1)

    def show_chart(self, chart: Chart) -> None:
        """Show a chart."""
        self.chart = chart
        self._title.setText(chart.title)
        self.words.setText(chart.summary)
        self.canvas.show_chart(chart)
        self.legend.show_series(chart)
        if not self.table.isHidden():
            self._fill_table()

    def toggle_table(self) -> None:
        """Show the numbers as a table, or the picture again."""
        tabular = self.table.isHidden()
        if tabular:
            self._fill_table()
        self.table.setVisible(tabular)
        self.canvas.setVisible(not tabular)
        (self.table if tabular else self.canvas).setFocus()

    def image(self) -> QImage:
        """Return the chart with its title and words, as a picture to be saved."""
        assert self.chart is not None
        height = height_of(self.chart)
        image = QImage(
            _WIDTH * _SCALE, (height + 112) * _SCALE, QImage.Format.Format_ARGB32_Premultiplied
        )
        image.setDevicePixelRatio(_SCALE)
        c = theme.colours()
        image.fill(c.card)
        painter = QPainter(image)
        painter.setPen(c.text)
        painter.setFont(theme.sans(theme.TYPE_LARGE, weight=QFont.Weight.DemiBold))
        painter.drawText(QPointF(24, 34), self.chart.title)
        painter.setPen(c.muted)
        painter.setFont(theme.sans(theme.TYPE_SMALL))
        painter.drawText(
            QRectF(24, 44, _WIDTH - 48, 20), Qt.AlignmentFlag.AlignLeft, self.chart.summary
        )
        chart_paint(self.chart, QRectF(24, 72, _WIDTH - 48, height)).paint(painter, None)
        self.legend.paint_at(painter, QPointF(24, height + 84))
        painter.end()
        return image

    def save(self, path: Path) -> None:
        """Write the picture or the numbers, as the ending says."""
        assert self.chart is not None
        if path.suffix.lower() == ".csv":
            write_whole(path, as_csv(self.chart).encode())
        else:
            data = QByteArray()
            buffer = QBuffer(data)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QImageWriter(buffer, QByteArray(b"png")).write(self.image())
            write_whole(path, bytes(data.data()))

    def _fill_table(self) -> None:
        assert self.chart is not None
        heads, rows = self.chart.table()
        self.table.setColumnCount(len(heads))
        self.table.setRowCount(len(rows))
        self.table.setHorizontalHeaderLabels(list(heads))
        for row, values in enumerate(rows):
            for column, text in enumerate(values):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(row, column, item)
        self.table.resizeColumnsToContents()
        self.table.setFixedHeight(min(height_of(self.chart) + 60, 44 + 34 * len(rows)))
        self.table.setAccessibleName(self.chart.title)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(
            "Show as a picture" if not self.table.isHidden() else "Show as a table",
            self.toggle_table,
        )
        menu.addSeparator()
        menu.addAction("Save the picture (PNG)…", lambda: self.save_wanted.emit(self, "png"))
        menu.addAction("Save the numbers (CSV)…", lambda: self.save_wanted.emit(self, "csv"))
        menu.addAction("Copy the numbers", self._copy)
        menu.exec(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
        menu.deleteLater()

    def _copy(self) -> None:
        assert self.chart is not None
        QGuiApplication.clipboard().setText(as_csv(self.chart))
