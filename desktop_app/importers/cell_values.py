"""Reads the amounts of a table's cells, and works out a value that its cell does not give."""

from __future__ import annotations

import re
from decimal import Decimal

from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import LARGEST
from desktop_app.domain.statement import SkipReason

from .amounts import FigureStyle, is_missing, parse_amount, split_scale
from .checks import worth
from .outcome import Outcome
from .patterns import late_regex
from .rows import Instrument, Row
from .wording import is_source

_tr = translator("Remarks")
_AMOUNT_IN_TEXT = late_regex(r"[-+(]?\$?\s?[0-9][0-9,]*(?:\.[0-9]+)?\)?", re.ASCII)
_FIRST_OF_TWO = late_regex(
    r"(?P<value>\$?[0-9][0-9,]*\.[0-9]{2})\s+(?:(?P<vested>\$?[0-9][0-9,]*\.[0-9]{2})\s+(?:is\s+)?vested"
    r"|(?:[-+−(]|\$0\.00).*)",
    re.IGNORECASE | re.ASCII,
)
"""A value with its vested part, or with what it has changed by, in the same cell."""
_NO_VALUE_FIX = "Look up its value on the plan's website and type this holding by hand."
_VALUE_OR_NOT = (QuickFix.VALUE, QuickFix.LEAVE_OUT)
UNREADABLE_FIX = "Look at this line in the file and correct it, or type the holding by hand."
_OF_SHARES = late_regex(r"%|\b(?:percent|pct|change|return|yield|goal|target|share|weight)\b", re.IGNORECASE)
"""Words for a row of percents in a column of money."""


class CellValues:
    """Reads figures as one file writes them; what is odd about a value is told to `out`."""

    def __init__(self, out: Outcome, style: FigureStyle) -> None:
        self._out = out
        self._comma = style.decimal_comma

    def amount(self, text: str) -> Decimal | None:
        """Return the number of a cell as this file writes figures."""
        return parse_amount(text, decimal_comma=self._comma)

    def work_out(
        self, row: Row, item: Instrument, units: Decimal | None, price: Decimal | None
    ) -> tuple[Decimal | None, SkipReason | None]:
        """Work out a value the file does not give, or say why there is none."""
        if not is_missing(row.value):
            return self._recover(row, item)
        if units is not None and price is not None:
            value = worth(item, units, price)
            if abs(value) < LARGEST:
                return value, None
            message = _tr("{0}: units times price is more than any holding is worth.").format(item.name)
            self._out.warn(row.line, message, _tr(UNREADABLE_FIX), *_VALUE_OR_NOT)
            return None, SkipReason.UNREADABLE
        if not units:
            return None, SkipReason.EMPTY
        if "$" in row.units and item.symbol is None and is_source(item.name):
            return None, SkipReason.SOURCE_SPLIT
        message = _tr("{0}: the file gives {1} units, but neither a value nor a price.").format(
            item.name, row.units
        )
        self._out.warn(row.line, message, _tr(_NO_VALUE_FIX), *_VALUE_OR_NOT)
        return None, SkipReason.UNREADABLE

    def _recover(self, row: Row, item: Instrument) -> tuple[Decimal | None, SkipReason | None]:
        """Take the one figure out of a value cell with words in it; else say that it cannot be read."""
        figure, scale = split_scale(row.value)
        found = [figure] if scale > 1 else _AMOUNT_IN_TEXT.findall(row.value)
        shown = row.value[:60]
        if len(found) == 1 and "%" not in row.value and len(row.value) < 40:
            value = self.amount(found[0])
            if value is not None and abs(value * scale) < LARGEST:
                value *= scale
                message = _tr("The value of {0} stands as “{1}”; {2:,.2f} was taken.").format(
                    item.name, shown, value
                )
                self._out.warn(row.line, message, _tr("Check this value against the file."), *_VALUE_OR_NOT)
                return value, None
        first = _FIRST_OF_TWO.fullmatch(row.value)
        if first is not None and (value := self.amount(first["value"])) is not None:
            row.vested = row.vested or first["vested"] or ""
            return value, None
        if row.value.rstrip().endswith("%") and _OF_SHARES.search(item.name):
            return None, SkipReason.NOT_A_HOLDING
        message = _tr("The value of {0} cannot be read: “{1}”.").format(item.name, shown)
        self._out.warn(row.line, message, _tr(UNREADABLE_FIX), *_VALUE_OR_NOT)
        return None, SkipReason.UNREADABLE

    def ask(self, row: Row, item: Instrument) -> None:
        """Say that a line the user counted has no value, unless that was said already."""
        if all(issue.line != row.line.number for issue in self._out.issues[-1:]):
            message = _tr("{0}: this line has no value where the table has its values.").format(item.name)
            self._out.warn(row.line, message, _tr("Type its value, or leave it out."), *_VALUE_OR_NOT)
