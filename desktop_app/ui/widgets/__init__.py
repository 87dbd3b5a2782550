"""Our own widgets and painters; they know colours and numbers, nothing of a household."""

from .band_bar import BandBarDelegate, paint_band_bar
from .banner import Banner
from .buttons import IconButton, OutlinedButton, PrimaryButton, QuietButton
from .card import Card
from .delegates import ClassDelegate, RowDelegate, StateDelegate
from .gauge import Gauge
from .labels import Chip, ElidedLabel, Hairline, SectionTitle, Tag, TextLabel
from .legend import Legend, LegendRow
from .marks import DriftMark, drift_mark_pixmap, paint_mark
from .ring import Ring, RingSlice
from .roles import (
    BAND_ROLE,
    CLASS_ROLE,
    COLOR_ROLE,
    GROUND_ROLE,
    ICON_ROLE,
    STATE_ROLE,
    STRONG_ROLE,
    TAG_ROLE,
    TOTAL_ROLE,
    BandValue,
    StateValue,
)
from .segmented import SegmentedControl
from .swatch import Swatch, paint_swatch, swatch_pixmap
from .tables import TableHeader, TableView, TreeTable

__all__ = [
    "BAND_ROLE",
    "CLASS_ROLE",
    "COLOR_ROLE",
    "GROUND_ROLE",
    "ICON_ROLE",
    "STATE_ROLE",
    "STRONG_ROLE",
    "TAG_ROLE",
    "TOTAL_ROLE",
    "BandBarDelegate",
    "BandValue",
    "Banner",
    "Card",
    "Chip",
    "ClassDelegate",
    "DriftMark",
    "ElidedLabel",
    "Gauge",
    "Hairline",
    "IconButton",
    "Legend",
    "LegendRow",
    "OutlinedButton",
    "PrimaryButton",
    "QuietButton",
    "Ring",
    "RingSlice",
    "RowDelegate",
    "SectionTitle",
    "SegmentedControl",
    "StateDelegate",
    "StateValue",
    "Swatch",
    "TableHeader",
    "TableView",
    "Tag",
    "TextLabel",
    "TreeTable",
    "drift_mark_pixmap",
    "paint_band_bar",
    "paint_mark",
    "paint_swatch",
    "swatch_pixmap",
]
