"""Regions of a picture drawn by mouse or set by keys, to be hidden on cards."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.decks.occlusion import Region
from desktop.window import theme
from desktop.window.picture_face import PictureFace

_STEP, _LEAST = 0.02, 0.01
_HANDLE = 10
_NEW = Region(0.4, 0.4, 0.2, 0.2)
_MOVES = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class OcclusionCanvas(PictureFace):
    """Drag to draw a region, drag it to move it, its corner to resize it.

    By keys: Insert or + adds one, Page Down and Page Up choose, the arrows move, with Shift they
    resize, Delete removes.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, most_height=360)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.regions: list[Region] = []
        self.current = -1
        self._grip: tuple[str, QPointF, Region] | None = None  # what is dragged, from where

    def set_regions(self, regions: list[Region]) -> None:
        """Begin with other regions."""
        self.regions, self.current = list(regions), -1
        self._tell()

    def add(self, region: Region = _NEW) -> None:
        """Add a region and choose it."""
        self.regions.append(region)
        self.current = len(self.regions) - 1
        self._tell()

    def remove(self) -> None:
        """Remove the chosen region."""
        if 0 <= self.current < len(self.regions):
            del self.regions[self.current]
            self.current = min(self.current, len(self.regions) - 1)
            self._tell()

    def words(self) -> str:
        """Return which region is chosen and where it stands."""
        if not 0 <= self.current < len(self.regions):
            many = len(self.regions)
            return "No region is hidden yet." if not many else f"{many} hidden, none chosen."
        r = self.regions[self.current]
        left, top, width, height = (round(100 * v) for v in (r.left, r.top, r.width, r.height))
        return (
            f"Region {self.current + 1} of {len(self.regions)}: {left} % from the left, {top} % "
            f"from the top, {width} % wide, {height} % high."
        )

    def _tell(self) -> None:
        self.changed.emit()
        self.setAccessibleDescription(self.words())
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words()))
        self.update()

    def _set_current(self, region: Region) -> None:
        self.regions[self.current] = region
        self._tell()

    # -- painting

    def paint_regions(self, painter: QPainter) -> None:
        """Paint the regions so that what is under them can be seen while they are set."""
        c = theme.colours()
        for number, region in enumerate(self.regions):
            chosen, box = number == self.current, self.rect_of(region)
            fill = QColor(c.accent if chosen else c.muted)
            fill.setAlpha(120)
            painter.setBrush(fill)
            painter.setPen(QPen(QColor(c.accent if chosen else c.text), 2 if chosen else 1))
            painter.drawRect(box)
            painter.setPen(QColor(c.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            if chosen:
                painter.setBrush(QColor(c.card))
                painter.drawRect(self._corner(box))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _corner(self, box: QRectF) -> QRectF:
        return QRectF(box.right() - _HANDLE / 2, box.bottom() - _HANDLE / 2, _HANDLE, _HANDLE)

    # -- the mouse

    def _at(self, point: QPointF) -> QPointF:
        whole = self.picture_rect()
        x = (point.x() - whole.left()) / max(1.0, whole.width())
        y = (point.y() - whole.top()) / max(1.0, whole.height())
        return QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a region or of its corner, or begin a new one."""
        at, here = event.position(), self._at(event.position())
        if 0 <= self.current < len(self.regions):
            chosen = self.regions[self.current]
            if self._corner(self.rect_of(chosen)).adjusted(-4, -4, 4, 4).contains(at):
                self._grip = ("resize", here, chosen)
                return
        for number in reversed(range(len(self.regions))):
            if self.rect_of(self.regions[number]).contains(at):
                self.current = number
                self._grip = ("move", here, self.regions[number])
                self._tell()
                return
        self.current = -1
        self._grip = ("draw", here, Region(here.x(), here.y(), 0.0, 0.0))
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw, move or resize."""
        if self._grip is None:
            return
        what, start, region = self._grip
        here = self._at(event.position())
        if what == "draw":
            drawn = Region(
                min(start.x(), here.x()), min(start.y(), here.y()),
                abs(here.x() - start.x()), abs(here.y() - start.y()),
            )  # fmt: skip
            if min(drawn.width, drawn.height) < _LEAST:
                return
            if self.current < 0:
                self.add(drawn)
            self._set_current(drawn)
        elif what == "move":
            self._set_current(moved(region, here.x() - start.x(), here.y() - start.y()))
        else:
            self._set_current(resized(region, here.x() - start.x(), here.y() - start.y()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    # -- the keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add, choose, move, resize and remove regions."""
        key = Qt.Key(event.key())
        chosen = 0 <= self.current < len(self.regions)
        if key in (Qt.Key.Key_Insert, Qt.Key.Key_Plus):
            self.add()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self.regions:
            step = 1 if key == Qt.Key.Key_PageDown else -1
            self.current = (self.current + step) % len(self.regions)
            self._tell()
        elif key == Qt.Key.Key_Delete and chosen:
            self.remove()
        elif key in _MOVES and chosen:
            change = resized if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else moved
            self._set_current(change(self.regions[self.current], *_MOVES[key]))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()


def moved(region: Region, right: float, down: float) -> Region:
    """Return a region moved within the picture."""
    left = min(1 - region.width, max(0.0, region.left + right))
    return replace(region, left=left, top=min(1 - region.height, max(0.0, region.top + down)))


def resized(region: Region, wider: float, higher: float) -> Region:
    """Return a region of another size, its left top corner where it was."""
    width = min(1 - region.left, max(_LEAST, region.width + wider))
    return replace(
        region, width=width, height=min(1 - region.top, max(_LEAST, region.height + higher))
    )
