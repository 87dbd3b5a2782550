"""What the percents of a checklist's exchanges are shares of, told by the figures themselves."""

from __future__ import annotations

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist
from desktop_app.domain.money import ZERO, Money


def are_of_what_is_left(checklist: Checklist, account: Account) -> bool:
    """Tell whether a fund's second percent is one of what its first exchange left.

    Plans made today give shares of the fund as it was held; those of older documents went line by line.
    """
    held: dict[str, Money] = {}
    for holding in account.holdings:
        held[holding.fund.key] = held.get(holding.fund.key, ZERO) + holding.value
    left = dict(held)
    for _, exchange, _ in checklist.of_account(account.id):
        share, key = exchange.percent_of_fund, exchange.source.key if exchange.source else None
        if share is None or key not in held:
            continue
        misses = [abs(share * there - exchange.amount) for there in (held[key], left[key])]
        if left[key] != held[key] and misses[1] < misses[0]:
            return True
        left[key] -= exchange.amount
    return False
