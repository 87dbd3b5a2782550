"""Our own icons, asked for by name and coloured by meaning at run time.

They are SVG files. To load what draws those takes 2 ms, so the sizes that a first window shows are drawn
beforehand (`packaging/icon_masks.py`), and only coloured here.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap

from desktop_app.domain.resources import resource_path

from .theme import theme

DISABLED_OPACITY = 0.45
MASKED_SIZES = frozenset({16, 20, 32, 40})
"""Pixels in which there is a mask of every icon."""
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
    pixels = round(size * ratio)
    drawn = _colored(name, color, pixels) or _drawn(name, color, pixels)
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def _masks(pixels: int) -> tuple[QImage, dict[str, int]]:
    """Return all masks of a size side by side, and at which place each name is."""
    strip = QImage(str(resource_path(f"icons/masks/{pixels}.png")))
    return strip, {name: i for i, name in enumerate(strip.text("names").split())}


def _colored(name: str, color: str, pixels: int) -> QPixmap | None:
    """Colour the mask of an icon; None where there is none."""
    if pixels not in MASKED_SIZES:
        return None
    strip, places = _masks(pixels)
    if name not in places:
        return None
    made = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(QColor(color))
    made.setAlphaChannel(strip.copy(places[name] * pixels, 0, pixels, pixels))
    return QPixmap.fromImage(made)


def _drawn(name: str, color: str, pixels: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # loaded with the first icon that is drawn, not at import

    drawing = _drawing(name).replace("currentColor", color)
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(drawn.rect()))
    painter.end()
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
