"""What the columns of a table mean, read from its heading line."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from desktop_app.domain.records import dataclass

from .amounts import looks_numeric
from .currency_words import DOLLARS, currency_of
from .headwords import Role, header_key, role_of
from .patterns import late_regex
from .periods import (
    Period,
    has_short,
    is_bare_time,
    is_past,
    is_short_period,
    is_year_of,
    latest_short,
    period_of,
    says_now,
    without_period,
)

__all__ = [
    "MOVED",
    "Columns",
    "Role",
    "TableKind",
    "header_key",
    "latest_roles",
    "read_header",
    "read_roles",
    "role_of",
    "says_when",
]

Places = dict[Role, list[tuple[int, int]]]
"""Each role's columns, each with the rank of its words."""

_DATED = (Role.VALUE, Role.UNITS, Role.PRICE, Role.VESTED, Role.WEIGHT)
_BARE_DATE = 900
"""The rank of a heading that is only a date: a value if nothing else is."""
_LONGEST_DATE = 40
_BARE_MARKET = 850
_MARKET = late_regex(r"(?:at |current )?(?:market|mkt\.?)(?: ?\(?(?:\$|usd)\)?)?")
_COST = late_regex(r"(?:(?:total|average|avg\.?|unrealized|original|net) )*(?:cost|book|gain|profit|g/l)\b")
_OPENING = late_regex(r"(?:opening|beginning|begin|starting|start|open|prior|previous)")
_CLOSING = late_regex(r"(?:closing|ending|end|close|current)")
_BARE_NUMBER = late_regex(r"[0-9]{1,6}(?:\.[0-9])?", re.ASCII)
MOVED = frozenset({"activity", "transactions", "net activity"})
"""Words for what changed between two times, where balances stand beside it."""
_OPENED = late_regex(r"(?:opening|beginning|starting|start|prior|previous)\b.*\b(?:balance|value)")
_PLAIN = 3
"""Roles that a heading with a number among its words must name."""
_YEAR_OR_DAY = late_regex(r"\b(?:19|20)[0-9]{2}\b|[0-9][-/.][0-9]{1,2}[-/.][0-9]", re.ASCII)
_RUN = late_regex(r"(?:report )?run(?:_| )?(?:dt|date|time|on)?")
_POSITION = frozenset({Role.UNITS, Role.PRICE, Role.VALUE, Role.DATE, Role.VESTED})
_LOAN = late_regex(r"\bloans?\b")
_LOAN_WORDS = late_regex(
    r"\b(?:loans?|balance|amount|payment|rate|date|principal|interest|term|payoff|type|number|id|name|status"
    r"|original|outstanding|remaining|maturity|due|purpose|frequency)\b"
)
_OWED = late_regex(r"\b(?:outstanding|current|remaining|payoff|balance)\b")


class TableKind(StrEnum):
    """What the rows under a heading line are."""

    HOLDINGS = "holdings"
    SOURCES = "sources"
    ACTIVITY = "activity"
    ACCOUNTS = "accounts"
    BREAKDOWN = "breakdown"
    LOANS = "loans"


@dataclass(frozen=True, slots=True)
class Columns:
    """A heading line: which column has which role, and what kind of table it opens.

    `index` maps each role to its best column; `values` and `account_names` are all columns of these
    roles in order of preference; `keys` are the headings as `header_key` gives them; `days` are the
    columns whose heading names the day of their figures. `owned` tells that rows are told apart by
    whose they are as well as by their account.
    """

    kind: TableKind
    index: dict[Role, int]
    values: tuple[int, ...]
    account_names: tuple[int, ...]
    keys: tuple[str, ...]
    days: tuple[tuple[int, date], ...] = ()
    owned: bool = False

    def has(self, *keys: str) -> bool:
        """Tell whether all these headings (as `header_key` gives them) stand in the line."""
        return set(keys) <= set(self.keys)

    @property
    def width(self) -> int:
        """How many columns there are; a heading that is guessed may have fewer words than columns."""
        return max(len(self.keys), *(place + 1 for place in self.index.values()))

    def with_more(self, *roles: Role) -> Columns:
        """Return the heading with a further column at its end for each role, headed by its name."""
        width = self.width
        added = {role: width + k for k, role in enumerate(roles)}
        keys = (*self.keys, *[""] * (width - len(self.keys)), *(role.value for role in roles))
        return replace(self, index={**self.index, **added}, keys=keys)

    @property
    def day(self) -> date | None:
        """The day that the heading of the money column names."""
        days = dict(self.days)
        return next((days[place] for place in self._money if place in days), None)

    @property
    def time(self) -> str:
        """The heading of the money column where it is the only one of its time, "" where several may be."""
        return self.keys[self._money[0]] if len(self.values) < 2 and self._money else ""

    @property
    def _money(self) -> list[int]:
        """The columns of the value, of what is vested and of the price."""
        return [self.index[role] for role in (Role.VALUE, Role.VESTED, Role.PRICE) if role in self.index]

    @property
    def only_vested(self) -> bool:
        """Whether the value is the vested part, because the table has no other money."""
        place = self.index.get(Role.VALUE, len(self.keys))
        known = role_of(self.keys[place]) if place < len(self.keys) else None
        return known is not None and known[0] is Role.VESTED

    @property
    def only_dated(self) -> bool:
        """Whether the value's heading is a date and nothing else."""
        place = self.index.get(Role.VALUE, len(self.keys))
        return place < len(self.keys) and bool(self.keys[place]) and not without_period(self.keys[place])


def read_header(cells: list[str]) -> Columns | None:
    """Return what a line's cells mean if it is the heading of a table we know how to judge."""
    found = read_roles(cells)
    if found is None:
        return None
    if is_loan_heading(cells):
        return _loans(cells, found)
    return columns_of(cells, found) if len(found) > 1 else None


def read_roles(cells: list[str]) -> Places | None:
    """Return the roles that a line's cells name, None when one of them is a figure.

    One bare number (of the line, or typed into a free cell) hides no heading that is plain without it.
    """
    found: Places = {}
    dates: list[tuple[int, int]] = []
    odd = 0
    for column, cell in enumerate(cells):
        if not cell:
            continue
        if looks_numeric(cell) and not _is_date(cell):
            odd += 1
            if odd > 1 or not _BARE_NUMBER.fullmatch(cell.strip()):
                return None
        elif (known := role_of(cell)) is not None:
            found.setdefault(known[0], []).append((known[1], column))
        elif _is_date(cell) and not (column and is_year_of(cell, cells[column - 1])):
            dates.append((_BARE_DATE, column))
    if Role.VALUE not in found:
        _take_bare(found, cells)
    if odd and not _is_plain(found, cells):
        return None
    _take_dates(found, dates, cells)
    return found


def _take_dates(found: Places, dates: list[tuple[int, int]], cells: list[str]) -> None:
    """Take columns headed by a date alone for the value, where nothing else is."""
    if all(is_past(header_key(cells[column])) for _, column in dates):
        return
    if found and Role.VALUE not in found and Role.DATE not in found:
        found[Role.VALUE] = dates


def _market(cells: list[str]) -> int | None:
    """Return the column headed “Market” alone where cost or gain beside it says that it is a value."""
    keys = [header_key(cell) for cell in cells]
    places = [column for column, key in enumerate(keys) if _MARKET.fullmatch(key)]
    return places[0] if len(places) == 1 and any(map(_COST.match, keys)) else None


def _take_bare(found: Places, cells: list[str]) -> None:
    """Take “Market” beside cost, or “Closing” behind “Opening”, for the value."""
    place = _market(cells)
    if place is None:
        place = _closing(cells)
        if place is not None and [column for _, column in found.get(Role.PRICE, ())] == [place]:
            del found[Role.PRICE]
    if place is not None:
        found[Role.VALUE] = [(_BARE_MARKET, place)]


def _closing(cells: list[str]) -> int | None:
    """Return the column headed “Closing” alone where one headed “Opening” stands before it."""
    keys = [header_key(cell) for cell in cells]
    opened = next((column for column, key in enumerate(keys) if _OPENING.fullmatch(key)), len(keys))
    places = [column for column, key in enumerate(keys) if column > opened and _CLOSING.fullmatch(key)]
    grouped = opened + 1 < len(keys) and not keys[opened + 1]
    return places[0] if len(places) == 1 and not grouped else None


def latest_roles(cells: list[str]) -> Places:
    """Return the roles that a line's cells name, of several times the latest; none beside figures."""
    keys = tuple(header_key(cell) for cell in cells)
    return _of_one_time(read_roles(cells) or {}, _periods(keys), keys)


def _periods(keys: tuple[str, ...]) -> dict[int, Period]:
    return {i: period for i, key in enumerate(keys) if (period := period_of(key)) is not None}


def _is_plain(found: Places, cells: list[str]) -> bool:
    """Tell whether most cells have roles, and these are a fund and its value or units and price."""
    roles = sum(map(len, found.values()))
    if len(found) < _PLAIN or 2 * roles < min(_filled_left(cells), sum(map(bool, map(str.strip, cells)))):
        return False
    instrument = bool(found.keys() & {Role.NAME, Role.SYMBOL, Role.CUSIP})
    return instrument and (Role.VALUE in found or {Role.UNITS, Role.PRICE} <= found.keys())


def _filled_left(cells: list[str]) -> int:
    """Return how many cells of a line stand before its first gap."""
    texts = [cell.strip() for cell in cells]
    start = next((k for k, text in enumerate(texts) if text), 0)
    end = next((k for k in range(start, len(texts)) if not texts[k]), len(texts))
    return end - start


def columns_of(cells: list[str], found: Places) -> Columns | None:
    """Return a heading from the roles of its cells, None when they make no table we know."""
    keys = tuple(header_key(cell) for cell in cells)
    periods = _periods(keys)
    found = _without_activity(found, periods, keys)
    latest = _in_dollars(_of_one_time(found, periods, keys), keys)
    ordered = {role: _ordered(places, periods) for role, places in latest.items()}
    _fund_in_account_name(ordered)
    index = {role: columns[0] for role, columns in ordered.items()}
    _vested_alone(index, ordered)
    kind = _kind(index)
    if kind is TableKind.ACCOUNTS and _lists_amounts(index, keys):
        kind = TableKind.ACTIVITY
    if kind is None:
        return None
    days = tuple((i, period.day) for i, period in periods.items() if period.day is not None)
    names = ordered.get(Role.ACCOUNT_NAME, ())
    return Columns(kind, index, ordered.get(Role.VALUE, ()), names, keys, days)


def _ordered(places: list[tuple[int, int]], periods: dict[int, Period]) -> tuple[int, ...]:
    """Return columns in order of preference: of equal words those without a day first."""
    return tuple(
        column for _, _, column in sorted((rank, column in periods, column) for rank, column in places)
    )


def says_when(top: list[str], bottom: list[str]) -> bool:
    """Tell whether words for times (“Prior”, “Current”) stand below one word for several columns."""
    times = [i for i, cell in enumerate(bottom) if is_bare_time(header_key(cell))]
    others = [cell for i, cell in enumerate(bottom) if cell.strip() and i not in times]
    free = [i for i in times if i >= len(top) or not top[i].strip()]
    return len(times) > 1 and bool(free) and all(role_of(cell) for cell in others)


def is_loan_heading(cells: list[str]) -> bool:
    """Tell whether a line heads a table of loans: its first words and all others are those of a loan."""
    keys = [header_key(cell) for cell in cells if cell.strip()]
    if len(keys) < 2 or not _LOAN.search(keys[0]):
        return False
    return all(_LOAN_WORDS.search(key) for key in keys)


def _loans(cells: list[str], found: Places) -> Columns:
    keys = tuple(header_key(cell) for cell in cells)
    owed = [column for column, key in enumerate(keys) if column and _OWED.search(key)]
    index: dict[Role, int] = {}
    if Role.VALUE in found:
        index[Role.VALUE] = found[Role.VALUE][0][1]
    if owed:
        index[Role.VALUE] = next((i for i in owed if "outstanding" in keys[i]), owed[-1])
    return Columns(TableKind.LOANS, index, (), (), keys)


def is_day_heading(cell: str) -> bool:
    """Tell whether a cell is a day, month, quarter or year and nothing else."""
    return _is_date(cell)


def _is_date(cell: str) -> bool:
    """Tell whether a cell is a day, month, quarter or year and nothing else."""
    return len(cell) <= _LONGEST_DATE and _is_short_date(cell)


@lru_cache(maxsize=8192)
def _is_short_date(cell: str) -> bool:
    key = header_key(cell)
    if _YEAR_OR_DAY.search(cell) is None:
        return is_short_period(key)
    return period_of(key) is not None and not without_period(key)


def _without_activity(found: Places, periods: dict[int, Period], keys: tuple[str, ...]) -> Places:
    """Leave out “Activity” among balances of two times: it is what came in between, and money itself.

    Beside all there is to say of a position, vested money included, a run date is that of the report.
    """
    places = found.get(Role.ACTIVITY, ())
    if found.keys() >= _POSITION and all(_RUN.fullmatch(keys[column]) for _, column in places):
        return {role: columns for role, columns in found.items() if role is not Role.ACTIVITY}
    if not places or Role.DATE in found or any(keys[column] not in MOVED for _, column in places):
        return found
    times = {periods[column].order for _, column in found.get(Role.VALUE, ()) if column in periods}
    if len(times) < 2 and not (Role.VALUE in found and any(map(_OPENED.match, keys))):
        return found
    return {role: columns for role, columns in found.items() if role is not Role.ACTIVITY}


def _of_one_time(found: Places, periods: dict[int, Period], keys: tuple[str, ...]) -> Places:
    """Return the columns of the latest time; what stands only beside earlier values is theirs."""
    latest = {role: _latest(role, places, periods, keys) for role, places in found.items()}
    held = {periods[column].order for _, column in latest.get(Role.VALUE, ()) if column in periods}
    past = {periods[column].order for _, column in found.get(Role.VALUE, ()) if column in periods} - held
    for role in (role for role in _DATED if role in latest and past and role is not Role.VALUE):
        kept = [p for p in latest[role] if p[1] not in periods or periods[p[1]].order not in past]
        if kept:
            latest[role] = kept
        else:
            del latest[role]
    return latest


def _latest(
    role: Role, places: list[tuple[int, int]], periods: dict[int, Period], keys: tuple[str, ...]
) -> list[tuple[int, int]]:
    """Leave out the columns of earlier dates where one role has figures of several."""
    dated = [periods[column].order for _, column in places if column in periods]
    if role not in _DATED or len(places) < 2:
        return places
    now = [pair for pair in places if pair[1] not in periods and says_now(keys[pair[1]])]
    if now and all(pair in now or pair[1] in periods or has_short(keys[pair[1]]) for pair in places):
        return now
    if not dated:
        latest = latest_short({column: keys[column] for _, column in places})
        return [pair for pair in places if pair[1] in latest]
    if len(dated) < 2:
        return places
    return [pair for pair in places if pair[1] not in periods or periods[pair[1]].order == max(dated)]


def _in_dollars(found: Places, keys: tuple[str, ...]) -> Places:
    """Leave out the columns of other currencies where one of the same role is in dollars."""
    kept = dict(found)
    for role in (Role.VALUE, Role.PRICE):
        places = found.get(role, [])
        codes = {column: currency_of(keys[column]) for _, column in places}
        if len(set(codes.values())) > 1 and DOLLARS in codes.values():
            kept[role] = [pair for pair in places if codes[pair[1]] in {DOLLARS, ""}]
    return kept


def _vested_alone(index: dict[Role, int], ordered: dict[Role, tuple[int, ...]]) -> None:
    """Where a table has no money but what is vested, that is its value."""
    if Role.VALUE in index or Role.VESTED not in index or {Role.UNITS, Role.PRICE} <= index.keys():
        return
    index[Role.VALUE] = index.pop(Role.VESTED)
    ordered[Role.VALUE] = (index[Role.VALUE],)


def _fund_in_account_name(ordered: dict[Role, tuple[int, ...]]) -> None:
    """Where no column names the fund but one beside a ticker is called “Account Name”, that is the fund."""
    named = ordered.get(Role.ACCOUNT_NAME, ())
    if Role.NAME in ordered or not named:
        return
    if all(role in ordered for role in (Role.SYMBOL, Role.UNITS, Role.ACCOUNT_ID)):
        ordered[Role.NAME] = named[:1]
        if len(named) > 1:
            ordered[Role.ACCOUNT_NAME] = named[1:]
        else:
            del ordered[Role.ACCOUNT_NAME]


def _lists_amounts(index: dict[Role, int], keys: tuple[str, ...]) -> bool:
    """Tell whether rows begin with a day and end with what was paid then (“Date, Account, Type, Amount”)."""
    return index.get(Role.DATE) == 0 and keys[index.get(Role.VALUE, 0)] in {"amount", "amount ($)", "amt"}


def _kind(index: dict[Role, int]) -> TableKind | None:
    if Role.ACTIVITY in index:
        return TableKind.ACTIVITY
    instrument = any(role in index for role in (Role.NAME, Role.SYMBOL, Role.CUSIP))
    money = Role.VALUE in index or (Role.UNITS in index and Role.PRICE in index)
    if instrument and money:
        return TableKind.HOLDINGS
    if instrument:
        return None
    if Role.ACCOUNT_TOTAL in index and (Role.ACCOUNT_ID in index or Role.ACCOUNT_NAME in index):
        return TableKind.ACCOUNTS
    if not money:
        return None
    if Role.SOURCE in index:
        return TableKind.SOURCES
    if Role.CATEGORY in index:
        return TableKind.BREAKDOWN
    named = any(role in index for role in (Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER))
    return TableKind.ACCOUNTS if named else None
