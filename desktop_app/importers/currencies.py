"""Leaves out values in other currencies than the rest: they are no dollars, and that must be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.domain.issues import Issue, IssueKind, QuickFix, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO
from desktop_app.domain.statement import SkipReason

from .amounts import looks_numeric
from .columnar import Run
from .columns import Columns, Role, TableKind
from .currency_words import CODE, DOLLARS, SIGN, SIGNS, currency_of
from .grid import Grid, Line
from .outcome import Outcome
from .patterns import late_regex

_tr = translator("Remarks")
_KEYS = frozenset({
    "currency", "ccy", "cur", "curr", "currency code", "iso currency", "value currency", "market currency",
    "position currency", "local currency", "trading currency", "instrument currency", "währung",
})  # fmt: skip
_IN_DOLLARS = late_regex(r"\$|\busd\b|\bdollars?\b|\bbase\b")
_MOST_LINES = 10
_KIND = IssueKind.FOREIGN_MONEY
_FIX = "Type its value in dollars, or leave it out."
_MANY_FIX = "Type their values in dollars, or leave them out."
_ALL_FIX = "Nothing to do if you plan in that currency. Else change the values into dollars."
_SUMMED_FIX = "If the file does not show its value in dollars, type it or leave the line out."


def settle_currencies(grid: Grid, headers: Mapping[int, Columns], outcome: Outcome) -> None:
    """Leave out rows in another currency than the others, and say so: their figures are no dollars.

    They stay where the file's own total adds them up as they stand, as values in dollars beside the currency
    a fund is traded in do. A table all in one other currency is counted as it stands.
    """
    found = _currencies(grid, headers)
    if not set(found.values()) - {DOLLARS}:
        return
    lines = outcome.kept_lines
    kept = set(lines)
    found = {line: code for line, code in found.items() if line in kept}
    base = _base(found, lines)
    if base != DOLLARS:
        message = _tr("All values are in {0}; they are shown as dollars.").format(base)
        if len(set(found.values())) > 1:
            message = _tr("Most values are in {0}; they are shown as dollars.").format(base)
        outcome.issues.append(Issue(Severity.INFO, message, _tr(_ALL_FIX), sheet=grid.sheet, kind=_KIND))
    others = {line: code for line, code in found.items() if code != base and line not in outcome.counted}
    if not others:
        return
    codes = ", ".join(sorted(set(others.values())))
    if _are_summed(outcome):
        message = _tr("Lines in {0} were counted as they stand: the file's own total adds them up.").format(
            codes
        )
        outcome.issues.append(Issue(Severity.INFO, message, _tr(_SUMMED_FIX), sheet=grid.sheet))
        return
    for table in outcome.tables:
        entries = [entry for entry in table.entries if entry.row.line in others]
        outcome.drop(table, entries, SkipReason.UNREADABLE)
    if len(others) > _MOST_LINES:
        message = _tr("{0:,} lines are in {1}, not in dollars. They were left out.").format(
            len(others), codes
        )
        outcome.issues.append(Issue(Severity.WARNING, message, _tr(_MANY_FIX), sheet=grid.sheet, kind=_KIND))
        return
    for line, code in others.items():
        message = _tr("This line is in {0}, not in dollars. It was left out.").format(code)
        if base != DOLLARS:
            message = _tr("This line is in {0}, not in {1}. It was left out.").format(code, base)
        quick = (QuickFix.VALUE,)
        outcome.issues.append(Issue(Severity.WARNING, message, _tr(_FIX), line, quick, grid.sheet, _KIND))


def _base(found: Mapping[int, str], lines: Sequence[int]) -> str:
    """Return the currency that is counted: dollars where any line has them, else that of most lines.

    Lines without a sign are in dollars, unless no line has the sign of dollars and the first has another:
    then only the first line has one.
    """
    codes = list(found.values())
    if not codes or DOLLARS in codes:
        return DOLLARS
    if len(found) < len(lines) and lines[0] not in found:
        return DOLLARS
    return max(dict.fromkeys(codes), key=codes.count)


def _are_summed(outcome: Outcome) -> bool:
    """Tell whether the file's own totals are the sums of all lines, those in other currencies among them."""
    accounts = [found for found in outcome.accounts.values() if found.gathered]
    total = sum((found.gathered.total for found in accounts), ZERO)
    whole = [pair[1] for pair in (outcome.whole_total, outcome.stated_above) if pair is not None]
    return total in whole or all(found.stated == found.gathered.total for found in accounts)


def _currencies(grid: Grid, headers: Mapping[int, Columns]) -> dict[int, str]:
    """Return the currency of each line that names one in its value or in a column of its own."""
    found: dict[int, str] = {}
    columns: Columns | None = None
    said: list[int] = []
    headed = ""
    for i, line in enumerate(grid.lines):
        if i in headers:
            columns = headers[i] if _may_differ(headers[i]) else None
            said = [j for j, key in enumerate(headers[i].keys) if key in _KEYS]
            headed = "" if columns is None else _headed(columns)
            continue
        if columns is None or (isinstance(line, Run) and not (said or headed)):
            continue
        for one in line.plain.one_by_one() if isinstance(line, Run) else (line,):
            if code := _currency(one, columns.index[Role.VALUE], said) or headed:
                found[one.number] = code
    return found


def _headed(columns: Columns) -> str:
    """Return the currency that the heading of the values names, "" when it names none."""
    place = columns.index[Role.VALUE]
    return currency_of(columns.keys[place]) if place < len(columns.keys) else ""


def _may_differ(columns: Columns) -> bool:
    """Tell whether a table has values whose heading does not say that they are in dollars."""
    place = columns.index.get(Role.VALUE)
    if columns.kind is not TableKind.HOLDINGS or place is None:
        return False
    return place >= len(columns.keys) or _IN_DOLLARS.search(columns.keys[place]) is None


def _currency(line: Line, value: int, said: Sequence[int]) -> str:
    """Return the currency of a row, "" where it names none."""
    cells = line.cells
    text = cells[value] if value < len(cells) else ""
    has_digits = any(map(str.isdigit, text))
    if has_digits and (sign := SIGN.search(text)):
        return SIGNS[sign[0]]
    if has_digits and (code := CODE.search(text)):
        return code[1]
    for place in said:
        cell = cells[place].strip() if place < len(cells) else ""
        if not looks_numeric(cell) and (code := CODE.fullmatch(cell.upper())):
            return code[1]
        if cell in SIGNS:
            return SIGNS[cell]
    return ""
