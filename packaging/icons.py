"""Draws the icons of every system from the two SVG files: PNG in sizes, .ico for Windows, .icns for macOS.

`python icons.py FOLDER` runs with the interpreter the program is built with, for it draws with Qt.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from environment import ROOT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

SOURCES = {
    "even-keel": ROOT / "resources" / "icons" / "app.svg",
    "household": ROOT / "packaging" / "icons" / "household.svg",
}
PNG_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
SIDE = (328, 628)
"""Twice the size NSIS asks for, for screens with small pixels."""
GROUND = "#0B5F73"
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_KINDS = {
    "icp4": 16, "icp5": 32, "ic11": 32, "ic12": 64, "ic07": 128, "ic08": 256, "ic13": 256, "ic09": 512,
    "ic14": 512, "ic10": 1024,
}  # fmt: skip
"""Apple's names for PNG pictures by side in pixels; 11 to 14 are the ones for two pixels per point."""


def main(arguments: list[str]) -> int:
    """Draw everything into the folder named first; returns an exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCES.items():
        pictures = {size: draw(source, size) for size in PNG_SIZES}
        for size, picture in pictures.items():
            (folder / f"{name}-{size}.png").write_bytes(picture)
        (folder / f"{name}.ico").write_bytes(ico(pictures))
        (folder / f"{name}.icns").write_bytes(icns(pictures))
    draw_side(SOURCES["even-keel"]).save(str(folder / "installer-side.bmp"), "BMP")
    return 0


def draw(source: Path, size: int) -> bytes:
    """Return a PNG of an SVG file, `size` pixels wide and high."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(content.data())


def draw_side(source: Path) -> QImage:
    """Return the picture beside the last page of the Windows installer: the mark on its own ground."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(*SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    width = SIDE[0] * 0.7
    QSvgRenderer(str(source)).render(painter, QRectF((SIDE[0] - width) / 2, SIDE[1] * 0.2, width, width))
    painter.end()
    return image


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """Return a Windows icon of PNG pictures by size in pixels (Windows Vista and later read those)."""
    chosen = [(size, pictures[size]) for size in ICO_SIZES]
    entries, content = [], b""
    start = 6 + 16 * len(chosen)
    for size, picture in chosen:
        side = size % 256  # 0 stands for 256
        entries.append(struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), start + len(content)))
        content += picture
    return struct.pack("<HHH", 0, 1, len(chosen)) + b"".join(entries) + content


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """Return a macOS icon of PNG pictures by size in pixels."""
    parts = [
        kind.encode() + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
        for kind, size in ICNS_KINDS.items()
    ]
    content = b"".join(parts)
    return b"icns" + struct.pack(">I", 8 + len(content)) + content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
