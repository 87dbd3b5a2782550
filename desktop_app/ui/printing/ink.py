"""Black words and lines on paper: fonts, measuring and drawing, always as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from desktop_app.domain.records import dataclass
from desktop_app.reports.sheet import Run

HAIR = 4.0
LINE = 8.0
HEAVY = 20.0

_UNMAPPED_FEATURES = ("liga", "clig", "calt", "dlig")
"""Substitutions whose glyphs cannot be mapped back to letters when text is copied out of a PDF."""

_SAMPLE = "Enter the exchanges in this order, all on one day. $15,400.12"
_USUAL_WIDTH = 0.465
"""Mean width of a letter of the sample, in heights of the font."""
_NARROWEST = 0.9


class Type(Enum):
    """The letters used on paper: height in mils, height of a line, bold or not."""

    TITLE = (265, 330, True)
    LONG_TITLE = (200, 250, True)
    SECTION = (155, 210, True)
    BODY = (132, 210, False)
    STRONG = (132, 210, True)
    ORDER_NAME = (132, 220, True)
    ORDER_LABEL = (132, 220, False)
    ORDER_DOLLARS = (172, 220, True)
    FACT = (132, 180, False)
    KICKER = (122, 170, False)
    SMALL = (112, 160, False)
    SMALL_STRONG = (112, 160, True)

    @property
    def line(self) -> float:
        """Distance from one line to the next at normal size."""
        return float(self.value[1])


@lru_cache(maxsize=64)
def _font(family: str, pixels: int, *, bold: bool) -> QFont:
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias)
    for feature in _UNMAPPED_FEATURES:
        font.setFeature(QFont.Tag(feature), 0)
    return font


@lru_cache(maxsize=8)
def _fit(family: str) -> float:
    """Return the factor that brings a wide font (DejaVu, Verdana) near the width the sheet is drawn for."""
    metrics = QFontMetricsF(_font(family, 1000, bold=False))
    width = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) / 1000
    return max(_NARROWEST, min(1.0, _USUAL_WIDTH / width))


def font_of(kind: Type, scale: float) -> QFont:
    """Return the application's own font in one of our sizes, with one painter unit per mil."""
    size, _, bold = kind.value
    family = QGuiApplication.font().family()
    return _font(family, round(size * scale * _fit(family)), bold=bold)


def _digit_gaps(text: str, font: QFont) -> list[QTextLayout.FormatRange]:
    """Widen narrow digits so that all have the same width, whatever the font brings along.

    The font's own tabular digits cannot be used: their glyphs lose the digit when text is copied out
    of a PDF.
    """
    metrics = QFontMetricsF(font)
    widths = {digit: metrics.horizontalAdvance(digit) for digit in "0123456789"}
    widest = max(widths.values())
    room = [(widest - widths.get(char, widest)) / 2 for char in text]
    after = [own + following for own, following in zip(room, [*room[1:], 0.0], strict=True)]
    return [_spread(at, gap) for at, gap in enumerate(after) if gap > 1]


def _spread(at: int, gap: float) -> QTextLayout.FormatRange:
    """Put free space behind one character."""
    spread = QTextCharFormat()
    spread.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    spread.setFontLetterSpacing(gap)
    return _range(at, 1, spread)


def _range(start: int, length: int, text_format: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start = start
    found.length = length
    found.format = text_format
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """Text broken into lines for one width; `height` and `width` (of the widest line) in mils."""

    layout: QTextLayout
    height: float
    width: float
    lines: int

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Paint with the upper left corner at x, y."""
        painter.setPen(QPen(Qt.GlobalColor.black))
        self.layout.draw(painter, QPointF(x, y))

    def draw_right(self, painter: QPainter, right: float, y: float) -> None:
        """Paint a single line so that it ends at `right`."""
        self.draw(painter, right - self.width, y)


def words(
    text: str | Sequence[Run], kind: Type, scale: float, width: float | None = None, *, figures: bool = False
) -> Words:
    """Break text into lines no wider than `width` (None: one line); `figures` makes digits equally wide."""
    runs = (Run(text),) if isinstance(text, str) else tuple(text)
    plain = "".join(run.text for run in runs)
    font = font_of(kind, scale)
    layout = QTextLayout(plain, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    layout.setFormats([*_strong_ranges(runs), *(_digit_gaps(plain, font) if figures else [])])
    step = kind.line * scale
    count, widest = 0, 0.0
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(width if width is not None else 1e6)
        line.setPosition(QPointF(0, count * step + (step - line.height()) / 2))
        widest = max(widest, line.naturalTextWidth())
        count += 1
        line = layout.createLine()
    layout.endLayout()
    return Words(layout, max(count, 1) * step, widest, count)


def _strong_ranges(runs: Sequence[Run]) -> list[QTextLayout.FormatRange]:
    found = []
    at = 0
    for run in runs:
        length = len(run.text.encode("utf-16-le")) // 2
        if run.strong:
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            found.append(_range(at, length, bold))
        at += length
    return found


def rule(painter: QPainter, x1: float, x2: float, y: float, thickness: float = HAIR) -> None:
    """Paint a level black line."""
    painter.fillRect(QRectF(x1, y - thickness / 2, x2 - x1, thickness), Qt.GlobalColor.black)


def tick_box(painter: QPainter, x: float, y: float, size: float, *, ticked: bool = False) -> None:
    """Paint a box to tick, ticked already if the user did so on screen."""
    pen = QPen(Qt.GlobalColor.black)
    pen.setWidthF(11)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(x, y, size, size), size * 0.1, size * 0.1)
    if ticked:
        pen.setWidthF(22)
        painter.setPen(pen)
        points = [
            QPointF(x + size * 0.22, y + size * 0.53),
            QPointF(x + size * 0.43, y + size * 0.74),
            QPointF(x + size * 0.80, y + size * 0.27),
        ]
        painter.drawPolyline(points)
