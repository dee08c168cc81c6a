"""Icons from SVG files, painted in the palette's text colour and crisp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reviewer import paths


def icon(name: str, color: QColor | None = None) -> QIcon:
    """Return the icon in `resources/icons/<name>.svg`.

    Without `color` it follows the palette of the application and the state of its button.
    """
    return QIcon(_Engine(name, color))


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: QColor) -> None:
    """Paint an icon into a rectangle."""
    renderer(name, color.name()).render(painter, rect)


@lru_cache(maxsize=256)
def renderer(name: str, color: str) -> QSvgRenderer:
    """Return the drawing of an icon in a colour ("#rrggbb")."""
    drawing = paths.resource("icons", f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(drawing.replace(b"currentColor", color.encode("ascii"))))


class _Engine(QIconEngine):
    def __init__(self, name: str, color: QColor | None) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def clone(self) -> QIconEngine:
        """Return a copy, for QIcon."""
        return _Engine(self._name, self._color)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the icon as large as fits."""
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        color = self._color if self._color is not None else _color(mode)
        painter.save()
        painter.setOpacity(color.alphaF() * (0.45 if mode == QIcon.Mode.Disabled else 1))
        renderer(self._name, color.name()).render(painter, square)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon on a clear ground."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


def _color(mode: QIcon.Mode) -> QColor:
    roles = QPalette.ColorRole
    role = roles.HighlightedText if mode == QIcon.Mode.Selected else roles.WindowText
    return QGuiApplication.palette().color(QPalette.ColorGroup.Active, role)
