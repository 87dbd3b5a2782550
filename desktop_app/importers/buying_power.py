"""Lines that say what cash may be spent beside lines that say what cash is held."""

from __future__ import annotations

import re

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.statement import SkipReason, StatementRow

from .outcome import Outcome, Table
from .patterns import late_regex

_tr = translator("Remarks")
_POWER = late_regex(r"(?:(?:cash|your|my|total) )*buying power(?: .*)?", re.IGNORECASE)
_TO_SPEND = late_regex(
    r"(?:(?:cash|funds|money|amount|total) )*available (?:to|for) (?:trade|trading|invest(?:ing|ment)?)",
    re.IGNORECASE,
)
_FEWEST, _MOST = 2, 2_000
"""Rows of a table that is looked through."""
_FIX = "If it is cash of its own, count it."


def drop_buying_power(outcome: Outcome, table: Table) -> None:
    """Leave out buying power, or cash “available to trade”, where the same account lists its cash as well.

    Buying power goes beside any cash line; what is available to trade only beside one of the same amount.
    """
    if not _FEWEST <= table.size <= _MOST:
        return
    for entry in [entry for entry in table.entries if _is_bare(entry.row)]:
        row = entry.row
        held = [
            other.row.value
            for other in table.entries
            if other.found is entry.found and other is not entry and _is_cash(other.row)
        ]
        is_twice = row.value in held if _TO_SPEND.fullmatch(row.fund.name) else bool(held)
        if is_twice and row.line not in outcome.counted:
            outcome.drop(table, [entry], SkipReason.NOT_A_HOLDING)
            message = _tr(
                "“{0}” says what may be spent, not what is held. Its {1:,.2f} was not counted."
            ).format(row.fund.name, row.value)
            outcome.tell(entry.line, message, _tr(_FIX), QuickFix.COUNT)


def _is_bare(row: StatementRow) -> bool:
    name = row.fund.name
    bare = row.units is None and row.price is None and not row.fund.symbol
    return bare and bool(_POWER.fullmatch(name) or _TO_SPEND.fullmatch(name))


def _is_cash(row: StatementRow) -> bool:
    """Tell whether a row is cash by its class, or by a name of what may be traded with."""
    if _POWER.fullmatch(row.fund.name):
        return False
    return row.fund.mix.main is AssetClass.CASH or bool(_TO_SPEND.fullmatch(row.fund.name))
