"""The drawn icons: our own SVG files, tinted in the colours of the active theme."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.paths import resource
from desktop.window import theme


@functools.cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon ``name`` in ``colour`` (``#rrggbb``), ``size`` logical pixels square."""
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def icon(name: str, size: int = 20, ratio: float = 2.0) -> QIcon:
    """Return the icon ``name`` in the theme's colours: at rest, switched on and disabled."""
    c = theme.colours()
    result = QIcon()
    mode, state = QIcon.Mode, QIcon.State
    result.addPixmap(pixmap(name, c.muted, size, ratio), mode.Normal, state.Off)
    result.addPixmap(pixmap(name, c.text, size, ratio), mode.Active, state.Off)
    result.addPixmap(pixmap(name, c.accent, size, ratio), mode.Normal, state.On)
    result.addPixmap(pixmap(name, c.accent, size, ratio), mode.Active, state.On)
    result.addPixmap(pixmap(name, c.line_strong, size, ratio), mode.Disabled, state.Off)
    return result


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons", "glossator.svg")))


class IconButton(QToolButton):
    """A tool button with one of our icons, which follows a change of theme."""

    def __init__(
        self, name: str, tip: str, parent: QWidget | None = None, *, size: int = 20
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._size = size
        self._tinted_for = ""
        self.setIconSize(QSize(size, size))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self._tint()

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self._tinted_for = ""
        self._tint()

    def _tint(self) -> None:
        if self._tinted_for != theme.colours().name:
            self._tinted_for = theme.colours().name
            self.setIcon(icon(self._name, self._size))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again when the palette changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._tint()
