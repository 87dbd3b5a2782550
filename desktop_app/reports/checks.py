"""The numbers of a checklist, account by account, before they become words or cells."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist
from desktop_app.domain.funds import Fund, FundKey
from desktop_app.domain.money import HUNDRED, ZERO, Money, largest_remainder
from desktop_app.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class FundCheck:
    """One fund of an account: dollars before, the change, and the whole percent of the account afterwards.

    `percent` is None when the account cannot be set in percents (a fund below zero, an empty account), and
    for a fund that a realign leaves as it is.
    """

    fund: Fund
    before: Money
    change: Money
    percent: int | None

    @property
    def after(self) -> Money:
        """Dollars that should be in the fund afterwards."""
        return self.before + self.change


def fund_checks(checklist: Checklist, account: Account) -> tuple[FundCheck, ...]:
    """Return every fund held or bought in an account; contribution sources of one fund are added up.

    Percents are those of the plan's own realign election, else the shares afterwards rounded by
    largest remainder so that they add to 100.
    """
    funds: dict[FundKey, Fund] = {}
    before: dict[FundKey, Decimal] = {}
    change: dict[FundKey, Decimal] = {}
    for holding in account.holdings:
        funds.setdefault(holding.fund.key, holding.fund)
        before[holding.fund.key] = before.get(holding.fund.key, ZERO) + holding.value
    for trade in checklist.plan.trades:
        if trade.account_id == account.id:
            funds.setdefault(trade.fund.key, trade.fund)
            before[trade.fund.key] = trade.before
            change[trade.fund.key] = change.get(trade.fund.key, ZERO) + trade.change
    rows = [(funds[key], before.get(key, ZERO), change.get(key, ZERO)) for key in funds]
    percents = _percents(checklist, account, rows)
    return tuple(FundCheck(*row, percent) for row, percent in zip(rows, percents, strict=True))


def _percents(
    checklist: Checklist, account: Account, rows: list[tuple[Fund, Money, Money]]
) -> tuple[int | None, ...]:
    election = checklist.plan.realign_of(account.id)
    if election is not None:
        elected = {fund.key: percent for fund, percent in election.percents}
        aside = {trade.fund.key for trade in checklist.plan.left_out(election)}
        return tuple(None if fund.key in aside else elected.get(fund.key, 0) for fund, _, _ in rows)
    after = [before + change for _, before, change in rows]
    if not sum(after, ZERO) or min(after) < 0:
        return tuple(None for _ in rows)
    return largest_remainder(after, int(HUNDRED))


def moved_in(checklist: Checklist, account: Account) -> Money:
    """Return the dollars of all exchanges of one account, each counted once."""
    return sum((exchange.amount for _, exchange, _ in checklist.of_account(account.id)), ZERO)
