"""The last balance of a list of what came and went: cash that no table of holdings shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, Money, to_cents

from .columns import Columns, TableKind
from .grid import Grid, Line
from .holdings import Holdings
from .judged import Judged
from .outcome import Outcome
from .registers import closing
from .rows import Row

_tr = translator("Remarks")
_MOST_ROWS = 2_000
_NAME = "Cash"
_COUNTED = "A list of what came and went ends with ${0:,.2f}, part of the file's total: counted as cash."
_LEFT = "A list of what came and went ends with a balance of ${0:,.2f}. It was not counted."
_FIX = "If it is cash of this account that no line above has, type it by hand."
_COUNTED_FIX = "If it is no cash of this account, leave it out."


def count_closing_cash(
    grid: Grid,
    headers: Mapping[int, Columns],
    out: Outcome,
    holdings: Holdings,
    judged: Judged,
    amounts: Collection[Money],
) -> None:
    """Count the last balance of such a list where a total of the file holds it; else say it was left out.

    `amounts` are dollars that the file states above its tables. Cash among the rows is that balance already.
    """
    for i, columns in headers.items():
        if columns.kind is not TableKind.ACTIVITY:
            continue
        end = min((k for k in headers if k > i), default=len(grid.lines))
        lines = grid.lines[i + 1 : min(end, i + 1 + _MOST_ROWS)]
        last = closing(columns, [line.cells for line in lines])
        if last is not None and last[1] > 0 and not _has_cash(out, to_cents(last[1])):
            _count(lines[last[0]], to_cents(last[1]), out, holdings, judged, amounts)


def _has_cash(out: Outcome, value: Money) -> bool:
    """Tell whether a row has these dollars, or is cash."""
    return any(
        row.value == value or row.fund.mix.main is AssetClass.CASH
        for found in out.accounts.values()
        for row in found.rows[:_MOST_ROWS]
    )


def _count(
    line: Line, value: Money, out: Outcome, holdings: Holdings, judged: Judged, amounts: Collection[Money]
) -> None:
    if line.number in judged.leave_out:
        return
    held = [found for found in out.accounts.values() if found.gathered]
    stated = {*amounts, *(pair[1] for pair in (out.whole_total, out.stated_above) if pair)}
    if held and held[0].stated is not None:
        stated.add(held[0].stated)
    if len(held) != 1 or not any(abs(held[0].gathered.total + value - known) <= CENT for known in stated):
        out.warn(line, _tr(_LEFT).format(value), _tr(_FIX))
        return
    out.skipped = [row for row in out.skipped if row.line != line.number]
    holdings.start_table(by_source=False)
    holdings.take_counted(Row(line, _NAME, "", "", "", "", f"{value}", "", "", "", ""), None)
    out.tell(line, _tr(_COUNTED).format(value), _tr(_COUNTED_FIX), QuickFix.LEAVE_OUT)
