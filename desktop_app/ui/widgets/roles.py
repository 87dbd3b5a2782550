"""What item models tell our delegates beside Qt's own roles."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt

from desktop_app.domain.drift import BandState
from desktop_app.domain.money import Weight
from desktop_app.domain.records import dataclass

_FIRST: Final = int(Qt.ItemDataRole.UserRole) + 400

BAND_ROLE: Final = _FIRST
"""A `BandValue` for `BandBarDelegate`."""
STATE_ROLE: Final = _FIRST + 1
"""A `StateValue` (or a bare `BandState`) for `StateDelegate`."""
CLASS_ROLE: Final = _FIRST + 2
"""An `AssetClass` or `ClassFamily` whose swatch stands before the words; None for none."""
TAG_ROLE: Final = _FIRST + 3
"""A short text shown as a tag behind the words."""
COLOR_ROLE: Final = _FIRST + 4
"""Name in the colour table for the words ("muted", "drift.over"); "text" when not given."""
STRONG_ROLE: Final = _FIRST + 5
"""True for words at weight 600 (groups, totals)."""
GROUND_ROLE: Final = _FIRST + 6
"""Name in the colour table for the ground of the row ("surface" for accounts, "drift.near.tint")."""
TOTAL_ROLE: Final = _FIRST + 7
"""True for a totals row: a control-coloured line above it."""
ICON_ROLE: Final = _FIRST + 8
"""Name of an icon before the words, in the colour of the words."""
FALL_ROLE: Final = _FIRST + 9
"""A `FallBars` for `FallBarsDelegate`."""


@dataclass(frozen=True, slots=True)
class BandValue:
    """One band bar: ends and target as fractions of 1, `used_signed` in bands (+1.24 = 124 % above)."""

    low: Weight
    target: Weight
    high: Weight
    used_signed: Decimal
    state: BandState


@dataclass(frozen=True, slots=True)
class StateValue:
    """A band state and the side on which the class lies."""

    state: BandState
    above: bool = True
