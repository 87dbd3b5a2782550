"""Our own icons, asked for by name and coloured by meaning at run time."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from desktop_app.domain.resources import resource_path

from .theme import theme

DISABLED_OPACITY = 0.45
_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


@cache
def _drawing(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, color_name: str = "muted", size: int = 20, ratio: float | None = None) -> QPixmap:
    """Draw an icon `size` logical pixels wide in a colour of the table.

    `ratio` is device pixels per logical pixel, the screen's own when left out. Raises
    `FileNotFoundError` for an unknown name.
    """
    app = QGuiApplication.instance()
    scale = ratio or (app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0)
    key = (name, theme().color(color_name).name(), size, scale)
    if key not in _pixmaps:
        _pixmaps[key] = _render(name, key[1], size, scale)
    return _pixmaps[key]


def _render(name: str, color: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # loaded with the first icon, not at import

    drawing = _drawing(name).replace("currentColor", color)
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _faint(drawn: QPixmap) -> QPixmap:
    """Return a paler copy, for what cannot be used now."""
    pale = QPixmap(drawn.size())
    pale.setDevicePixelRatio(drawn.devicePixelRatio())
    pale.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pale)
    painter.setOpacity(DISABLED_OPACITY)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return pale


def icon(name: str, color_name: str = "muted", size: int = 20) -> QIcon:
    """Return an icon for menus and plain Qt widgets; ask again when the theme changes."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, color_name, size, ratio))
        made.addPixmap(_faint(pixmap(name, "muted", size, ratio)), QIcon.Mode.Disabled)
    return made
