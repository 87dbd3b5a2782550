"""What the columns of a table mean, read from its heading line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .amounts import looks_numeric


class Role(StrEnum):
    """What the cells of one column are."""

    NAME = "name"
    SYMBOL = "symbol"
    CUSIP = "cusip"
    UNITS = "units"
    PRICE = "price"
    VALUE = "value"
    ACCOUNT_ID = "account-id"
    ACCOUNT_NAME = "account-name"
    ACCOUNT_TOTAL = "account-total"
    SOURCE = "source"
    DATE = "date"
    ACTIVITY = "activity"


class TableKind(StrEnum):
    """What the rows under a heading line are."""

    HOLDINGS = "holdings"
    SOURCES = "sources"
    ACTIVITY = "activity"
    ACCOUNTS = "accounts"


ALIASES: dict[Role, tuple[str, ...]] = {
    Role.NAME: (
        "investment name", "fund name", "security description", "security name", "investment description",
        "fund description", "investment option", "investment options", "investment choice", "investment fund",
        "description", "your investments", "investment", "investments", "fund", "funds", "holding name",
        "holding", "holdings", "asset name", "instrument", "instrument name", "fund/investment",
        "option name",
        "security", "long name", "position", "name", "asset", "company name", "company",
        "description/symbol", "option", "fund option", "investment/fund", "funds held",
    ),
    Role.SYMBOL: (
        "symbol", "ticker", "ticker symbol", "fund symbol", "fund ticker", "symbol/cusip", "symbol / cusip",
        "symbol/cusip/id", "trading symbol", "security symbol", "ticker/cusip", "instrument symbol",
    ),
    Role.CUSIP: ("cusip", "cusip #", "cusip number", "cusip no.", "cusip id", "cusip/isin"),
    Role.UNITS: (
        "quantity", "qty", "qty #", "shares", "units", "number of units", "number of shares", "# of units",
        "# of shares", "no. of shares", "no. of units", "shares/units", "units/shares", "shares owned",
        "shares held", "units held", "share balance", "unit balance", "current shares", "current units",
        "total shares", "total units", "ending shares", "ending units", "closing units", "# of units/shares",
        "shares or units", "unit/share balance", "position quantity", "share quantity", "qty.",
    ),
    Role.PRICE: (
        "last price", "price", "share price", "unit price", "unit value", "fund price", "current price",
        "nav",
        "closing price", "market price", "price per share", "price/share", "share value", "unit/share price",
        "price per unit", "unit share price", "nav/price", "price/nav", "latest price", "close", "last",
        "mark",
        "close price", "ending price", "share/unit price", "nav/unit value", "price per unit/share",
    ),
    Role.VALUE: (
        "current value", "market value", "mkt val", "mkt value", "current market value", "ending value",
        "ending market value", "closing balance", "ending balance", "closing value", "current balance",
        "total value", "total balance", "total market value", "value", "balance", "position value",
        "account value", "fund balance", "fund value", "investment value", "dollar value", "total amount",
        "dollar amount", "amount", "total", "market val", "value in usd", "market value usd", "usd value",
        "dollars", "value as of", "balance as of", "vested balance",
    ),
    Role.ACCOUNT_ID: (
        "account number", "account #", "account no", "account no.", "account id", "acct #", "acct number",
        "acct no", "account num", "plan number", "plan id", "plan #", "plan no.", "fund account number",
        "account name/number", "account name / number", "account number/name", "account", "acct",
        "contract number", "contract",
    ),
    Role.ACCOUNT_NAME: (
        "account name", "plan name", "account nickname", "account description", "account title", "plan",
        "account registration", "registration", "account type",
    ),
    Role.ACCOUNT_TOTAL: ("net account value", "ending mkt value", "total assets", "total account value"),
    Role.SOURCE: (
        "source", "money source", "source name", "contribution source", "money type", "contribution type",
        "money source name", "contribution source name", "tax source", "source of money", "money source type",
    ),
    Role.DATE: (
        "cob date", "as of date", "as-of date", "valuation date", "balance date", "price date",
        "pricing date",
        "date range", "as of", "statement date", "effective date", "date",
    ),
    Role.ACTIVITY: (
        "trade date", "settlement date", "run date", "process date", "transaction date", "transaction type",
        "transaction description", "transaction activity", "activity date", "activity", "action",
        "net amount",
        "posting date", "post date", "transaction", "transactions", "activity type",
        "order status", "order type",
    ),
}  # fmt: skip
"""Heading words by role, the better ones first."""

_BY_ALIAS = {alias: (role, rank) for role, names in ALIASES.items() for rank, alias in enumerate(names)}
_INVISIBLE = re.compile(r"[\ufeff\u200b-\u200f\u2060]")
_UNIT = re.compile(r"\s*(?:\((?:\$|usd|us\$|in usd|in dollars|us dollars)\)|\$|\busd)$")
_TWICE = re.compile(r"(.+?)\s*\((.+)\)")
_AS_OF = re.compile(r"\s+(?:as of|on|at)\s.*\d.*$")


def header_key(cell: str) -> str:
    """Return a heading for comparing: lower case, single spaces, no footnote stars."""
    text = _INVISIBLE.sub("", cell).replace("’", "'").strip().lower().strip('*†‡ :\t"')
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def role_of(cell: str) -> tuple[Role, int] | None:
    """Return the role a heading names and its rank among that role's words, None if it names none.

    `Mkt Val (Market Value)` counts when both words say the same; unit marks such as `($)` are dropped.
    """
    key = header_key(cell)
    if not key or len(key) > 60 or "%" in key:
        return None
    for candidate in (key, _UNIT.sub("", key), _AS_OF.sub("", key)):
        if candidate in _BY_ALIAS:
            return _BY_ALIAS[candidate]
    twice = _TWICE.fullmatch(key)
    if twice:
        outer, inner = _BY_ALIAS.get(twice[1]), _BY_ALIAS.get(twice[2])
        if outer and inner and outer[0] is inner[0]:
            return inner
    return None


@dataclass(frozen=True, slots=True)
class Columns:
    """A heading line: which column has which role, and what kind of table it opens.

    `index` maps each role to its best column; `values` and `account_names` are all columns of these
    roles in order of preference; `keys` are the headings as `header_key` gives them.
    """

    kind: TableKind
    index: dict[Role, int]
    values: tuple[int, ...]
    account_names: tuple[int, ...]
    keys: tuple[str, ...]

    def has(self, *keys: str) -> bool:
        """Tell whether all these headings (as `header_key` gives them) stand in the line."""
        return set(keys) <= set(self.keys)


def read_header(cells: list[str]) -> Columns | None:
    """Return what a line's cells mean if it is the heading of a table we know how to judge."""
    found: dict[Role, list[tuple[int, int]]] = {}
    for column, cell in enumerate(cells):
        if not cell:
            continue
        if looks_numeric(cell):
            return None
        known = role_of(cell)
        if known is not None:
            found.setdefault(known[0], []).append((known[1], column))
    if len(found) < 2:
        return None
    ordered = {role: tuple(column for _, column in sorted(places)) for role, places in found.items()}
    _fund_in_account_name(ordered)
    index = {role: columns[0] for role, columns in ordered.items()}
    kind = _kind(index)
    if kind is None:
        return None
    keys = tuple(header_key(cell) for cell in cells)
    return Columns(kind, index, ordered.get(Role.VALUE, ()), ordered.get(Role.ACCOUNT_NAME, ()), keys)


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
    if Role.SOURCE in index and money:
        return TableKind.SOURCES
    if Role.ACCOUNT_ID in index and Role.VALUE in index:
        return TableKind.ACCOUNTS
    return None
