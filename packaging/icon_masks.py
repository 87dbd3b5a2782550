"""Draws every icon of one colour beforehand: strips of masks that the program colours when it starts.

`python3 packaging/dev.py icons` writes them after a drawing has changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
MASKS = ICONS / "masks"
SIZES = (16, 20, 32, 40)
"""Pixels: the two sizes that a first window shows, for usual screens and those with small pixels."""


def drawings() -> dict[str, str]:
    """Return the drawings that take a colour, by name."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(ICONS.glob("*.svg"))}
    return {name: text for name, text in found.items() if "currentColor" in text}


def strip(size: int) -> QImage:
    """Return all icons side by side, `size` pixels wide; its text `names` says in which order."""
    known = drawings()
    drawn = QImage(size * len(known), size, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(0)
    painter = QPainter(drawn)
    for i, text in enumerate(known.values()):
        place = QRectF(i * size, 0, size, size)
        painter.setClipRect(place)
        QSvgRenderer(QByteArray(text.replace("currentColor", "#000000").encode())).render(painter, place)
    painter.end()
    mask = drawn.convertToFormat(QImage.Format.Format_Alpha8)
    mask.reinterpretAsFormat(QImage.Format.Format_Grayscale8)
    mask.setText("names", " ".join(known))
    return mask


def main() -> int:
    """Write the strips; returns an exit code."""
    MASKS.mkdir(exist_ok=True)
    for size in SIZES:
        path = MASKS / f"{size}.png"
        if not strip(size).save(str(path), "PNG"):
            print(f"{path} cannot be written.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
