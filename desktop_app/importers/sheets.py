"""Sheets of one workbook that describe the same money, such as a summary beside the details."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from desktop_app.domain.funds import FundKey
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.statement import SkipReason

from .account_labels import AccountName, plain_label
from .amounts import find_date
from .history import period_in
from .listed_accounts import drop_listed_accounts
from .outcome import Outcome, Table
from .patterns import late_regex
from .repeats import is_summary, lists_prices, state_totals, why_repeated

_tr = translator("Remarks")
_FEW = 3
"""This many equal values are no coincidence, whatever the funds are called."""
_MOSTLY = 0.6
"""Two sheets that share this part of their funds are the same account on two days."""
_OWN_ACCOUNT = late_regex(
    r"\b(?:ira|roth|hsa|sep|his|her|mine|joint|brokerage|taxable|rollover|individual|pension|utma|ugma)\b"
    r"|401|403|457|529",
    re.IGNORECASE,
)
"""Words of a sheet's title that make it an account; those of a summary or of details do not."""
_PUT_AWAY = late_regex(
    r"\bfor reference\b|\breference only\b|[(\[]old[)\]]"
    r"|\bold (?:copy|version|data|figures|balances|holdings|positions)\b"
    r"|\b(?:archived?|backup|copy|draft)\b"
    r"|\b(?:prior|previous|last) (?:year|quarter|month|period|statement)\b",
    re.IGNORECASE,
)
"""Words of a sheet's title that put it away; an old employer's plan is an account of today."""
_YEAR_END = late_regex(
    r"(?:\b(?:ye|fy|eoy|year[- ]?end|end of(?: year)?|as of|holdings|positions|balances|snapshot|old|in)\b"
    r"\W*)+"
    r"(?P<year>20[0-9]{2})\b|^\W*(?P<alone>20[0-9]{2})\W*$",
    re.IGNORECASE | re.ASCII,
)
"""Words of a title by which a year is that of the figures, not a fund's."""
_PERIOD = late_regex(
    r"\bq[1-4]\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s,-]+20[0-9]{2}"
    r"|^(?:20[0-9]{2}[-.]?(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-.]20[0-9]{2})$",
    re.IGNORECASE | re.ASCII,
)
_DECEMBER = 12
_TITLES = 3
_SAME = "Sheet “{0}” describes the same money as sheet “{1}”; it was counted once."
_SAME_AS_ALL = "Sheet “{0}” describes the same money as the other sheets; it was counted once."
_FIX = "If it is different money, save that sheet as a file of its own and import that too."
_PRICES = "Sheet “{0}” lists prices of the funds on sheet “{1}”, not what is held; it was left out."
_Placed = tuple[Outcome, Table]


def drop_repeated_sheets(
    outcomes: Sequence[Outcome], alone: AccountName, day_of: Callable[[Outcome], date | None]
) -> None:
    """Take back the tables whose money other sheets count, and older days of the same account.

    `alone` names the account where only one sheet is left and the file names none.
    """
    if len(outcomes) < 2:
        return
    _drop_price_lists(outcomes)
    _drop_older(outcomes, day_of)
    _drop_put_away(outcomes)
    tables = [(outcome, table) for outcome in outcomes for table in outcome.tables]
    for place in tables:
        if _is_all_of(place, tables):
            _drop(place, SkipReason.ROLLUP, _tr(_SAME_AS_ALL).format(place[0].sheet))
    for place in tables:
        drop_listed_accounts(place, outcomes)
    for place in sorted(tables, key=lambda place: _detail(place[1])):
        found = ((other, reason) for other in tables if (reason := _reason(place, other)) is not None)
        other, reason = next(found, (None, None))
        if other is not None and reason is not None:
            if is_summary(place[1], other[1]):
                state_totals(other[0], place[1])
            _drop(place, reason, _tr(_SAME).format(place[0].sheet, other[0].sheet))
    left = [outcome for outcome in outcomes if any(found.rows for found in outcome.accounts.values())]
    if len(left) == 1:
        _rename(left[0], alone)


def _drop_price_lists(outcomes: Sequence[Outcome]) -> None:
    """Leave out tables that list what a unit costs of the funds that another sheet holds."""
    tables = [(outcome, table) for outcome in outcomes for table in outcome.tables]
    for outcome, table in tables:
        other = next((o for o, held in tables if o is not outcome and lists_prices(table, held)), None)
        if other is None:
            continue
        gone = {entry.line.number for entry in table.entries}
        outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]
        message = _tr(_PRICES).format(outcome.sheet, other.sheet)
        _drop((outcome, table), SkipReason.NOT_A_HOLDING, message)
        outcome.dates.clear()
        outcome.outside.clear()


def _drop_older(outcomes: Sequence[Outcome], day_of: Callable[[Outcome], date | None]) -> None:
    """Of sheets that show the same funds on different days keep the newest."""
    days = [(_day_in_title(outcome) or day_of(outcome), outcome) for outcome in outcomes]
    dated = sorted(
        ((day, outcome) for day, outcome in days if day and outcome.tables), key=lambda pair: pair[0]
    )
    for i, (day, outcome) in enumerate(dated):
        newer = next((pair for pair in dated[:i:-1] if pair[0] > day and _is_older(outcome, pair[1])), None)
        if newer is None:
            continue
        for table in outcome.tables:
            message = _tr("Sheet “{0}” is of {1}, older than sheet “{2}”; it was left out.").format(
                outcome.sheet, day, newer[1].sheet
            )
            _drop((outcome, table), SkipReason.NOT_A_HOLDING, message, Severity.WARNING)
        outcome.dates.clear()
        outcome.outside.clear()


def _day_in_title(outcome: Outcome) -> date | None:
    """Return the day that a sheet's title names; of a past year, quarter or month the last."""
    title = outcome.sheet.replace("_", " ")
    if (day := find_date(title)) is not None:
        return day
    above = (found for line in outcome.outside[:_TITLES] if (found := _YEAR_END.match(line)))
    found = _YEAR_END.search(title) or next(above, None)
    if found is not None:
        year = int(found["year"] or found["alone"])
        return date(year, _DECEMBER, 31) if year < date.today().year else None
    period = period_in(title, day_first=False) if _PERIOD.search(title) else None
    if period is None:
        return None
    year, month, _ = period.order
    return date(year, month, monthrange(year, month)[1])


def _is_older(outcome: Outcome, newer: Outcome) -> bool:
    """Tell whether a sheet shows the account of another, newer one: also where its title alone names it."""
    if _alike(outcome, newer):
        return True
    if _are_accounts(outcome, newer) or _day_in_title(outcome) is None:
        return False
    if any(not _is_dated_title(key) for key in _all_accounts(outcome) - _all_accounts(newer)):
        return False
    funds, others = _funds(outcome), _funds(newer)
    return len(funds & others) >= max(2, _MOSTLY * min(len(funds), len(others)))


def _is_dated_title(text: str) -> bool:
    """Tell whether what stands for an account's name is a title with a day or words that put it away."""
    return is_put_away(text) or find_date(text) is not None or _YEAR_END.search(text) is not None


def _drop_put_away(outcomes: Sequence[Outcome]) -> None:
    """Of sheets that show the same funds leave out those whose title says that they are old or a copy."""
    for outcome in outcomes:
        if not is_put_away(outcome.sheet) or not any(table.entries for table in outcome.tables):
            continue
        other = next((o for o in outcomes if not is_put_away(o.sheet) and _alike(outcome, o)), None)
        if other is None:
            continue
        for table in outcome.tables:
            message = _tr("Sheet “{0}” was left out: sheet “{1}” has the same funds.").format(
                outcome.sheet, other.sheet
            )
            _drop((outcome, table), SkipReason.NOT_A_HOLDING, message, Severity.WARNING)
        outcome.dates.clear()
        outcome.outside.clear()


def is_put_away(title: str) -> bool:
    """Tell whether a sheet's title says that it is old or a copy."""
    return _PUT_AWAY.search(title.replace("_", " ")) is not None


def _alike(one: Outcome, other: Outcome) -> bool:
    """Tell whether two sheets may be one account: no other account is named and most funds are the same."""
    if _are_accounts(one, other):
        return False
    mine, theirs = _all_accounts(one), _all_accounts(other)
    if mine != theirs:
        return False
    funds, others = _funds(one), _funds(other)
    return len(funds & others) >= _MOSTLY * len(funds | others) > 0


def _are_accounts(one: Outcome, other: Outcome) -> bool:
    """Tell whether the titles of two sheets name an account each."""
    titles = (one.sheet, other.sheet)
    return titles[0] != titles[1] and all(_OWN_ACCOUNT.search(title) for title in titles)


def _all_accounts(outcome: Outcome) -> set[str]:
    return set().union(*(_accounts(table) for table in outcome.tables))


def _funds(outcome: Outcome) -> set[FundKey]:
    return {entry.row.fund.key for table in outcome.tables for entry in table.entries}


def _detail(table: Table) -> tuple[bool, bool, bool, int]:
    """Sort the tables that say least first: they are the ones to leave out."""
    units = any(entry.row.units is not None for entry in table.entries)
    return bool(_accounts(table)), not table.by_source, units, len(table.entries)


def _is_all_of(place: _Placed, tables: Sequence[_Placed]) -> bool:
    """Tell whether a sheet holds just the rows of two or more others, or the same funds with their sums.

    One that names accounts does only where all others do: “held in IRA; 403(b)” beside a sheet for each.
    """
    outcome, table = place
    others = [other for sheet, other in tables if sheet is not outcome and other.entries]
    if len(others) < 2 or not table.entries:
        return False
    if _accounts(table) and not all(map(_accounts, others)):
        return False
    together = sum((_rows(other) for other in others), Counter[tuple[FundKey, Money]]())
    if _rows(table) == together:
        return True
    sums: dict[FundKey, Money] = {}
    for other in others:
        for key, value in _by_fund(other).items():
            sums[key] = sums.get(key, ZERO) + value
    return len(sums) >= _FEW and _by_fund(table) == sums


def _reason(place: _Placed, kept: _Placed) -> SkipReason | None:
    """Return why a table is left out beside one of another sheet, None when its money is its own."""
    table, other = place[1], kept[1]
    if place[0] is kept[0] or not table.entries or not other.entries:
        return None
    if place[0].is_part and kept[0].is_part:
        return None
    if _accounts(table) and _accounts(other):
        if not _accounts(table) & _accounts(other):
            return None
    elif not (_accounts(table) or _accounts(other)) and _are_accounts(place[0], kept[0]):
        return None
    if table.by_source is not other.by_source and _is_same_by_fund(table, other):
        return SkipReason.SOURCE_SPLIT
    if _is_within(table, other):
        return SkipReason.ROLLUP
    return why_repeated(table, other)


def _is_same_by_fund(table: Table, other: Table) -> bool:
    """Tell whether two tables have the same sums by fund; one may lack the tickers of the other."""
    return _by_fund(table) == _by_fund(other) or _by_name(table) == _by_name(other)


def _by_name(table: Table) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for entry in table.entries:
        name = plain_label(entry.row.fund.name)
        sums[name] = sums.get(name, ZERO) + entry.row.value
    return sums


def _is_within(table: Table, other: Table) -> bool:
    """Tell whether all rows of a table stand in another: by fund and value, or by fund and sum."""
    mine, theirs = _rows(table), _rows(other)
    if not mine:
        return False
    if len(mine) == 1:
        return mine == theirs and _units(table) == _units(other)
    if mine <= theirs or _by_fund(table).items() <= _by_fund(other).items():
        return True
    if _named_rows(table) <= _named_rows(other):
        return True
    values, other_values = (Counter(value for _, value in rows.elements()) for rows in (mine, theirs))
    return len(values) >= _FEW and values == other_values


def _accounts(table: Table) -> set[str]:
    """Return the accounts that the file itself names."""
    return {entry.found.id for entry in table.entries if not entry.found.is_fallback}


def _rows(table: Table) -> Counter[tuple[FundKey, Money]]:
    return Counter((entry.row.fund.key, entry.row.value) for entry in table.entries if entry.row.value)


def _named_rows(table: Table) -> Counter[tuple[str, Money]]:
    """Return the rows by name: one sheet may give tickers that another lacks."""
    return Counter((plain_label(entry.row.fund.name), entry.row.value) for entry in table.entries)


def _units(table: Table) -> list[object]:
    return [entry.row.units for entry in table.entries]


def _by_fund(table: Table) -> dict[FundKey, Money]:
    sums: dict[FundKey, Money] = {}
    for entry in table.entries:
        sums[entry.row.fund.key] = sums.get(entry.row.fund.key, ZERO) + entry.row.value
    return sums


def _drop(place: _Placed, reason: SkipReason, message: str, severity: Severity = Severity.INFO) -> None:
    outcome, table = place
    first = table.entries[0].line.number
    accounts = [entry.found for entry in table.entries]
    outcome.drop(table, list(table.entries), reason)
    for found in accounts:
        if not found.rows:
            found.stated = None
    outcome.issues.append(Issue(severity, message, _tr(_FIX), first, (), outcome.sheet))


def _rename(outcome: Outcome, alone: AccountName) -> None:
    """Let the one account left go by the file's name, as it does where a workbook has one sheet."""
    for key, found in tuple(outcome.accounts.items()):
        if found.is_fallback and alone.id not in outcome.accounts:
            found.id, found.name = alone
            outcome.accounts[alone.id] = outcome.accounts.pop(key)
