"""Tables that nobody could read: what looks like holdings must not be lost without a warning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import Issue, QuickFix, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money

from . import rows as words
from .amounts import find_date, looks_numeric, parse_amount
from .classifier import classify
from .columns import Role, TableKind, read_roles
from .grid import Line, filled
from .knowledge import fund_facts
from .outcome import Outcome
from .patterns import late_regex
from .subjects import speaks_of_else, title_of
from .tables import Part
from .wording import is_cash_line, is_group, is_source

_tr = translator("Remarks")
_MOST_LINES = 300
_FEWEST = 2
_LABEL_AND_AMOUNT = 2
_CASH_LEFT = late_regex(r"(?:ending|closing)\b.*\bcash\b.*\b(?:balance|value)", re.IGNORECASE)
_CASH_FIX = "If it is money held, type it by hand."
_FIX = "If it is money held, say what its columns are."
_HELD = frozenset({Role.VALUE, Role.UNITS})
_FUND = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP})


def unread_sheets(outcome: Outcome, parts: Sequence[Part], usable: Sequence[Part]) -> Iterator[Issue]:
    """Yield what to say of each sheet that was left out: a warning where it looks like holdings."""
    used = {part.grid.sheet for part in usable}
    for part in parts:
        sheet = part.grid.sheet
        if not sheet or sheet in used:
            continue
        first = _looks_held(part, outcome)
        if first is None:
            if (cash := _cash_on(part, outcome)) is not None:
                yield cash
            message = _tr("Sheet “{0}” holds no table of holdings; it was left out.").format(sheet)
            yield Issue(Severity.INFO, message)
            continue
        message = _tr(
            "Sheet “{0}” looks like holdings, but its columns are not known; it was left out."
        ).format(sheet)
        yield Issue(Severity.WARNING, message, _tr(_FIX), first, (QuickFix.COLUMNS,), sheet)


def _cash_on(part: Part, outcome: Outcome) -> Issue | None:
    """Return a warning for cash that a sheet without a table names, and no account that was read has."""
    found = [account for account in outcome.accounts.values() if account.gathered]
    for line in islice(part.grid.lines, _MOST_LINES):
        cells, amounts = filled(line.cells), _amounts(line)
        if (
            len(cells) != _LABEL_AND_AMOUNT
            or not amounts
            or not is_cash_line(cells[0].split("(")[0].strip(" :*"))
        ):
            continue
        if amounts[0] > 0 and not any(row.value == amounts[0] for account in found for row in account.rows):
            return _not_counted(line, cells[0], amounts[0], part.grid.sheet)
    return None


def _not_counted(line: Line, label: str, amount: Money, sheet: str) -> Issue:
    message = _tr("“{0}”, {1:,.2f}, was not counted.").format(label.strip(" :*")[:60], amount)
    return Issue(Severity.WARNING, message, _tr(_CASH_FIX), line.number or None, sheet=sheet)


def unread_tables(whole: Outcome, outcome: Outcome) -> Iterator[Issue]:
    """Yield warnings for rows under no known heading that look like holdings, and for closing cash."""
    rows = list(_fund_rows(outcome.foreign))
    if len(rows) >= _FEWEST and not _is_counted(rows, whole):
        message = _tr("A table looks like holdings, but its columns are not known; it was left out.")
        line = rows[0].number or None
        yield Issue(Severity.WARNING, message, _tr(_FIX), line, (QuickFix.COLUMNS,), outcome.sheet)
    yield from _unread_cash(whole, outcome)


def _unread_cash(whole: Outcome, outcome: Outcome) -> Iterator[Issue]:
    """Yield a warning for cash that a ledger closes with, unless a row has it or a total proves the rows."""
    found = [account for account in whole.accounts.values() if account.gathered]
    if not found or all(account.stated == account.gathered.total for account in found):
        return
    for line in islice(outcome.foreign, _MOST_LINES):
        cells, amounts = filled(line.cells), _amounts(line)
        if len(cells) != _LABEL_AND_AMOUNT or not amounts or not _CASH_LEFT.fullmatch(cells[0].strip(" :*")):
            continue
        if not any(row.value == amounts[0] for account in found for row in account.rows):
            yield _not_counted(line, cells[0], amounts[0], outcome.sheet)


def _looks_held(part: Part, outcome: Outcome) -> int | None:
    """Return the first line of what may be holdings on a sheet, None where nothing is."""
    end = min(part.headers, default=len(part.grid.lines))
    lines = part.grid.lines[:end]
    for position, columns in part.headers.items():
        if columns.kind is TableKind.ACCOUNTS and {Role.UNITS, Role.PRICE} & columns.index.keys():
            lines = (*lines, *part.rows_below(position))
    rows = list(_fund_rows(lines))
    if len(rows) < _FEWEST or speaks_of_else(part.grid.sheet) or _is_counted(rows, outcome):
        return None
    place = next(i for i, line in enumerate(part.grid.lines) if line is rows[0])
    heading = next((line for line in reversed(part.grid.lines[:place]) if len(filled(line.cells)) > 1), None)
    roles = (read_roles(heading.cells) or {}) if heading is not None else {}
    is_menu = bool(_FUND & roles.keys()) and not _HELD & roles.keys()
    if is_menu or speaks_of_else(title_of(part.grid, max(place - 1, 0))):
        return None
    return rows[0].number


def _fund_rows(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines with a fund that is known and an amount of money."""
    return (line for line in islice(lines, _MOST_LINES) if _amounts(line) and _names_fund(line))


def _amounts(line: Line) -> list[Money]:
    found = (parse_amount(text) for cell in line.cells if (text := cell.strip()) and find_date(text) is None)
    return [amount for amount in found if amount]


def _names_fund(line: Line) -> bool:
    for text in filled(line.cells):
        if text in fund_facts():
            return True
        if (
            looks_numeric(text)
            or len(text) < 4
            or is_group(text)
            or is_source(text)
            or words.is_section(text)
        ):
            continue
        if words.is_total(text) or find_date(text) is not None:
            continue
        if classify(None, None, text).classified_by is not ClassifiedBy.UNKNOWN:
            return True
    return False


def _is_counted(rows: Sequence[Line], outcome: Outcome) -> bool:
    """Tell whether the money of rows is that of an account, or of all of them, that was read."""
    totals = [found.gathered.total for found in outcome.accounts.values() if found.gathered]
    totals.append(sum(totals, ZERO))
    width = max(len(line.cells) for line in rows)
    for column in range(width):
        cells = [line.cells[column].strip() if column < len(line.cells) else "" for line in rows]
        amounts = [amount for cell in cells if (amount := parse_amount(cell)) is not None]
        together = sum(amounts, ZERO)
        if amounts and any(abs(together - total) <= CENT * max(2, len(rows)) for total in totals):
            return True
    return False
