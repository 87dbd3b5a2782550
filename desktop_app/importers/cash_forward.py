"""Cash that a file shows only as what came and went: opening balance, movements, closing balance."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.statement import StatementRow

from .amounts import find_date, looks_numeric, parse_amount
from .classifier import classify
from .grid import Grid, Line, filled
from .judged import Judged
from .outcome import Found, Outcome
from .patterns import late_regex

_tr = translator("Remarks")
_MOST_LINES = 2_000
_MOST_ROWS = 30
_FEWEST_ROWS = 3
_NAME = "Cash"
_OPENED = late_regex(r"\b(?:beginning|begin|opening|open|starting|start|previous|prior|brought forward)\b")
_CLOSED = late_regex(r"\b(?:ending|end|closing|close|current|new|carried forward)\b")
_BALANCE = late_regex(r"\b(?:balance|value|cash)\b")
_CASH = late_regex(r"\b(?:cash|uninvested|money not invested)\b")
_OUT = late_regex(
    r"\b(?:withdrawals?|distributions?|fees?|charges?|payments?|paid out|expenses?|debits?|out|transfers? to"
    r"|taken out|spent|purchases?|claims?|moved to)\b"
)
_COUNTED = "Cash is shown only by what came and went: {0:,.2f} at the end. It was counted as cash."
_PROVEN = (
    "Cash is shown only by what came and went: {0:,.2f} at the end. "
    "It was counted as cash, as the file's total says."
)
_FIX = "If it is no cash of this account, leave it out."


class _Step(NamedTuple):
    """One line of such a table: its words in small letters and its amounts."""

    line: Line
    label: str
    amounts: list[Decimal]


def count_cash_forward(
    grid: Grid, out: Outcome, judged: Judged, amounts: Collection[Money], *, decimal_comma: bool
) -> None:
    """Count what such a table of cash closes with, unless the rows have it or a total says they are all.

    The movements must lead from the opening to the closing balance, and one of its lines or its title speak
    of cash. `amounts` are dollars that the file states above its tables.
    """
    for steps, title in _blocks(grid, decimal_comma=decimal_comma):
        closed = _closing(steps, title)
        if closed is None or closed[1] <= 0 or closed[0].line.number in judged.leave_out:
            continue
        line, value = closed[0].line, to_cents(closed[1])
        lines = {step.line.number for step in steps}
        if out.stated_above is not None and out.stated_above[0] in lines:
            out.stated_above = None
        found, proven = _owner(out, value, amounts)
        if found is None:
            continue
        found.rows.append(StatementRow(line.number, classify(None, None, _NAME), value))
        out.skipped = [row for row in out.skipped if row.line != line.number]
        out.foreign = [other for other in out.foreign if other.number not in lines]
        tell = out.tell if proven else out.warn
        said = _tr(_PROVEN if proven else _COUNTED).format(value)
        tell(line, said, _tr(_FIX), QuickFix.LEAVE_OUT)


def _blocks(grid: Grid, *, decimal_comma: bool) -> Iterator[tuple[list[_Step], str]]:
    """Yield runs of lines with words and amounts only, each with the words above it in small letters."""
    steps: list[_Step] = []
    title = above = ""
    for line in islice(grid.lines, _MOST_LINES):
        cells = filled(line.cells)
        step = _step(line, cells, decimal_comma=decimal_comma)
        if step is not None:
            title = title if steps else above
            steps.append(step)
            continue
        if _FEWEST_ROWS <= len(steps) <= _MOST_ROWS:
            yield steps, title
        steps = []
        above = " ".join(cells).lower() if cells else above
    if _FEWEST_ROWS <= len(steps) <= _MOST_ROWS:
        yield steps, title


def _step(line: Line, cells: Sequence[str], *, decimal_comma: bool) -> _Step | None:
    if len(cells) < 2 or looks_numeric(cells[0]) or not line.number:
        return None
    amounts = [
        amount
        for cell in cells[1:]
        if find_date(cell) is None and (amount := parse_amount(cell, decimal_comma=decimal_comma)) is not None
    ]
    return _Step(line, cells[0].lower(), amounts) if len(amounts) == len(cells) - 1 else None


def _closing(steps: Sequence[_Step], title: str) -> tuple[_Step, Decimal] | None:
    """Return the closing balance of cash among these lines, None where none follows from the others."""
    balances = [i for i, step in enumerate(steps) if _BALANCE.search(step.label)]
    for one in balances:
        for other in balances:
            if other - one < 2 or not _speaks_of_cash(steps[one], steps[other], title):
                continue
            opened, closed = (one, other) if _is_forward(steps[one], steps[other]) else (other, one)
            if _leads_over(steps[opened], steps[one + 1 : other], steps[closed]):
                return steps[closed], steps[closed].amounts[0]
    return None


def _speaks_of_cash(one: _Step, other: _Step, title: str) -> bool:
    own = [_CASH.search(step.label) is not None for step in (one, other)]
    return all(own) or (_CASH.search(title) is not None and not looks_numeric(title))


def _is_forward(first: _Step, last: _Step) -> bool:
    """Tell whether the first of two balances is the opening one, by its words or by its day."""
    if _CLOSED.search(first.label) or _OPENED.search(last.label):
        return bool(_OPENED.search(first.label))
    days = find_date(first.label), find_date(last.label)
    return days[0] is None or days[1] is None or days[0] < days[1]


def _leads_over(opened: _Step, moves: Sequence[_Step], closed: _Step) -> bool:
    """Tell whether movements, as signed or by their words, lead from one balance to the other."""
    if not moves:
        return False
    signed = [step.amounts[0] for step in moves]
    worded = [-abs(step.amounts[0]) if _OUT.search(step.label) else step.amounts[0] for step in moves]
    return any(
        abs(opened.amounts[0] + sum(moved, ZERO) - closed.amounts[0]) <= CENT for moved in (signed, worded)
    )


def _owner(out: Outcome, value: Money, amounts: Collection[Money]) -> tuple[Found | None, bool]:
    """Return the account whose cash this is, None without a sure one, and whether a total says so."""
    held = [found for found in out.accounts.values() if found.gathered]
    if any(_has_cash(found, value) for found in held):
        return None, False
    proven = [
        found
        for found in held
        if found.stated is not None and abs(found.gathered.total + value - found.stated) <= CENT
    ]
    if len(proven) == 1:
        return proven[0], True
    if len(held) != 1:
        return None, False
    (found,) = held
    totals = [pair[1] for pair in (out.whole_total, out.stated_above) if pair is not None]
    if any(abs(found.gathered.total + value - known) <= CENT for known in (*totals, *amounts)):
        return found, True
    if found.stated is not None or totals:
        return None, False
    return found, False


def _has_cash(found: Found, value: Money) -> bool:
    """Tell whether a row of an account has these dollars, or is cash."""
    return any(row.value == value or row.fund.mix.main is AssetClass.CASH for row in found.rows[:_MOST_LINES])
