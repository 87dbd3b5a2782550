"""Accounts and their funds as numbers ready to be shown, and the words beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.accounts import Account, Holding
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund, FundKey
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import ONE, ZERO, Money, to_step
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import StatementAccount
from desktop_app.ui import words
from desktop_app.workflow.desk import Desk

from .drift_words import class_name
from .rounding import TENTHS, spread


@dataclass(frozen=True, slots=True)
class FundLine:
    """One fund of one account, its contribution sources put together.

    `value` is exact dollars, `dollars` the same rounded by itself, `share` a fraction of the household in
    thousandths, rounded so that the column adds. `sources` names each source with its dollars; `vested`
    is in dollars, None where not all of it is known.
    """

    account: Account
    fund: Fund
    value: Money
    units: Decimal | None
    price: Decimal | None
    sources: tuple[tuple[str, Money], ...] = ()
    dollars: Decimal = ZERO
    share: Decimal = ZERO
    vested: Money | None = None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account with the funds to show; its numbers are always those of the whole account."""

    account: Account
    funds: tuple[FundLine, ...]
    dollars: Decimal = ZERO
    share: Decimal = ZERO
    vested: Money | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The accounts to list, and how many accounts and funds match besides: too many to look through."""

    lines: tuple[AccountLine, ...]
    more_accounts: int = 0
    more_funds: int = 0


def listing(desk: Desk, wanted: str = "", most: int = sys.maxsize) -> Listing:
    """Return the accounts and funds that match `wanted`, at most `most` rows of them."""
    accounts = desk.snapshot.accounts
    in_tenths = spread([account.total for account in accounts], TENTHS)
    read = {account.id: account for account, _ in desk.household.newest()}
    search = _Search(wanted)
    lines: list[AccountLine] = []
    more_accounts, more_funds, room = 0, 0, most
    for account, tenths in zip(accounts, in_tenths, strict=True):
        if room <= 0:
            count = search.count_in(account)
            more_accounts += count is not None
            more_funds += count or 0
            continue
        line = search.matching(_with_vested(_account_line(account, tenths), read[account.id]))
        if line is not None:
            shown = line.funds[: max(room - 1, 1)]
            more_funds += len(line.funds) - len(shown)
            lines.append(replace(line, funds=shown))
            room -= 1 + len(shown)
    return Listing(tuple(lines), more_accounts, more_funds)


def _with_vested(line: AccountLine, read: StatementAccount) -> AccountLine:
    """Add what is vested in dollars; None where not all rows of a fund say it."""
    parts: dict[FundKey, list[Decimal | None]] = {}
    for row in read.rows:
        parts.setdefault(row.fund.key, []).append(row.vested)
    if not any(part is not None for said in parts.values() for part in said):
        return line
    funds = tuple(replace(fund, vested=_sum_of_known(parts[fund.fund.key])) for fund in line.funds)
    return replace(line, funds=funds, vested=_sum_of_known([fund.vested for fund in funds]))


def merged_funds(account: Account) -> tuple[FundLine, ...]:
    """Return one line per fund of an account in the order of the statement."""
    by_key: dict[str, list[Holding]] = {}
    for holding in account.holdings:
        by_key.setdefault(holding.fund.key, []).append(holding)
    return tuple(_fund_line(account, holdings) for holdings in by_key.values())


def program_fund(household: Household, key: FundKey) -> Fund | None:
    """Return a fund as the program read and classified it, without the user's own mix."""
    for statement in reversed(household.statements):
        for account in statement.accounts:
            for row in account.rows:
                if row.fund.key == key:
                    return row.fund
    return None


def mix_words(mix: AssetMix) -> str:
    """Write a mix in one line: "US large", or "Mixed: 54 % US large, 36 % US bonds …"."""
    if mix.is_single:
        return class_name(mix.main)
    parts = sorted(mix, key=lambda part: -part[1])
    shown = ", ".join(_part_words(leaf, share) for leaf, share in parts[:2])
    more = " …" if len(parts) > 2 else ""
    return _tr("Mixed: {0}").format(shown + more)


def whole_mix_words(mix: AssetMix) -> str:
    """Write every part of a mix, the largest first."""
    if mix.is_single:
        return class_name(mix.main)
    parts = sorted(mix, key=lambda part: -part[1])
    return ", ".join(_part_words(leaf, share) for leaf, share in parts)


def decided_words(fund: Fund, remembered: str = "") -> str:
    """Say how a fund's mix was decided; `remembered` are the words for an answer of the user's own."""
    if fund.classified_by is ClassifiedBy.UNKNOWN:
        return _tr("not known yet")
    said = {
        ClassifiedBy.SYMBOL: _tr("ticker"),
        ClassifiedBy.NAME: _tr("name"),
        ClassifiedBy.USER: remembered or _tr("your answer"),
    }[fund.classified_by]
    return _tr("{0}, an estimate").format(said) if fund.estimated else said


def units_words(units: Decimal | None) -> str:
    """Write units with three decimals, of small ones four digits that count; blank when the file has none."""
    if units is None:
        return ""
    digits = 3
    if units and abs(units) < 1 and units != units.quantize(Decimal("0.001")):
        digits = min(3 - units.adjusted(), 10)
    return f"{words.MINUS if units < 0 else ''}{abs(units):,.{digits}f}"


def price_words(price: Decimal | None) -> str:
    """Write a price with its cents, up to four decimals when it has more; blank when there is none."""
    if price is None:
        return ""
    exponent = price.normalize().as_tuple().exponent
    digits = min(max(2, -exponent if isinstance(exponent, int) else 2), 4)
    return f"${price:,.{digits}f}"


def single_swatch(mix: AssetMix) -> AssetClass | None:
    """Return the leaf whose colour stands for the mix, None for several classes."""
    return mix.main if mix.is_single else None


def _account_line(account: Account, tenths: int) -> AccountLine:
    funds = merged_funds(account)
    in_tenths = spread([line.value for line in funds], tenths)
    shown = tuple(
        replace(line, dollars=to_step(line.value, ONE), share=Decimal(tenth) / TENTHS)
        for line, tenth in zip(funds, in_tenths, strict=True)
    )
    return AccountLine(account, shown, to_step(account.total, ONE), Decimal(tenths) / TENTHS)


def _fund_line(account: Account, holdings: list[Holding]) -> FundLine:
    prices = {holding.price for holding in holdings}
    return FundLine(
        account=account,
        fund=holdings[0].fund,
        value=sum((holding.value for holding in holdings), ZERO),
        units=_sum_of_known([holding.units for holding in holdings]),
        price=prices.pop() if len(prices) == 1 else None,
        sources=tuple((holding.source, holding.value) for holding in holdings if holding.source),
    )


def _sum_of_known(units: Iterable[Decimal | None]) -> Decimal | None:
    total = ZERO
    for count in units:
        if count is None:
            return None
        total += count
    return total


class _Search:
    """Looks for words in accounts and funds; each fund is looked at once."""

    def __init__(self, wanted: str) -> None:
        self._sought = wanted.strip().casefold()
        self._known: dict[FundKey, bool] = {}

    def matching(self, line: AccountLine) -> AccountLine | None:
        """Return the line with the funds that match; an account that matches itself keeps them all."""
        if self._has_name(line.account):
            return line
        funds = tuple(fund for fund in line.funds if self._has(fund.fund))
        return replace(line, funds=funds) if funds else None

    def count_in(self, account: Account) -> int | None:
        """Return how many funds `matching` would keep, None where it would keep nothing."""
        if self._has_name(account):
            return len({holding.fund.key for holding in account.holdings})
        return len({each.fund.key for each in account.holdings if self._has(each.fund)}) or None

    def _has_name(self, account: Account) -> bool:
        return not self._sought or self._sought in f"{account.name} {account.masked_id}".casefold()

    def _has(self, fund: Fund) -> bool:
        if fund.key not in self._known:
            self._known[fund.key] = self._sought in _search_text(fund)
        return self._known[fund.key]


def _search_text(fund: Fund) -> str:
    parts = (fund.name, fund.symbol or "", fund.cusip or "", whole_mix_words(fund.mix), decided_words(fund))
    return " ".join(parts).casefold()


def _part_words(leaf: AssetClass, share: Decimal) -> str:
    digits = 0 if share * 100 == int(share * 100) else 1
    return f"{words.percent(share, digits)} {class_name(leaf)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Holdings", text)
