"""Charts over dates or ages: axes, layers, marks, read-out, picture. Import it when first needed.

One `ChartSpan` per page ties its `Chart`s together: they zoom, move and read out as one. Layers (`AreaStack`,
`Line`, `Spread`, `Band`) take plain numbers; colours are asked for by meaning or family. Every chart needs
`describe`, and a table beside it with the same numbers.
"""

from .axes import WHOLE_NUMBERS, Scale
from .axis_words import axis_dollars, axis_number, axis_percent
from .chart import Chart
from .layers import AreaStack, Band, BandPart, Layer, Line, Spread
from .marks import ChartMark, MarkShape, paint_shape
from .picture import picture_of, write_picture
from .read_out import ReadLine, ReadOut
from .span import ChartSpan
from .ticks import nice_range, nice_step

__all__ = [
    "WHOLE_NUMBERS",
    "AreaStack",
    "Band",
    "BandPart",
    "Chart",
    "ChartMark",
    "ChartSpan",
    "Layer",
    "Line",
    "MarkShape",
    "ReadLine",
    "ReadOut",
    "Scale",
    "Spread",
    "axis_dollars",
    "axis_number",
    "axis_percent",
    "nice_range",
    "nice_step",
    "paint_shape",
    "picture_of",
    "write_picture",
]
