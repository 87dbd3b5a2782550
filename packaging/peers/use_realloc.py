"""Asks realloc 0.1.5.2 as its `rebalance-cli-json` does, with cents as the units of every fund.

Its trades are whole units; a unit of one cent at the price 1 costs it nothing by rounding.
"""

from __future__ import annotations

import logging
from decimal import Decimal
from typing import Any

from child import CannotError, serve
from realloc import Account, PortfolioModel, PortfolioStateManager
from realloc.plugins.rebalancers.default_rebalancer import DefaultRebalancer
from realloc.portfolio import (
    calculate_portfolio_positions,
    calculate_target_shares,
    compute_portfolio_trades,
)

ITERATIONS = 100
"""Ten times its default."""


def solve(problem: dict[str, Any]) -> tuple[list[tuple[str, str, str]], str]:
    """One fund per class; what an account offers is told as positions of 0, which it prefers when it buys."""
    funds = [fund for account in problem["accounts"] for fund in account["funds"]]
    if any(len(fund["mix"]) > 1 for fund in funds):
        raise CannotError("no look-through: a target is a share of one fund")
    symbol = {fund["name"]: next(iter(fund["mix"])) for fund in funds}
    name = {leaf: fund for fund, leaf in symbol.items()}
    accounts = [
        Account(
            asked["name"],
            asked["name"],
            _cents(asked["cash"]),
            {symbol[fund["name"]]: _cents(fund["value"]) for fund in asked["funds"]},
            enforce_no_negative_positions=True,
        )
        for asked in problem["accounts"]
    ]
    prices = dict.fromkeys(problem["targets"], 1.0)
    model = PortfolioModel("target", {leaf: float(share) for leaf, share in problem["targets"].items()})
    held, cash = calculate_portfolio_positions(accounts)
    wanted = calculate_target_shares(held, cash, prices, model)
    state = PortfolioStateManager(accounts, prices, compute_portfolio_trades(held, wanted, prices))
    sums: dict[tuple[str, str], int] = {}
    for trade in DefaultRebalancer().execute_rebalance(state, wanted, ITERATIONS):
        key = (trade.account_id, name[trade.symbol])
        sums[key] = sums.get(key, 0) + int(trade.shares)
    remark = "cannot be told to trade one way only; asked for the target" if problem["one_way"] else ""
    return [(*key, str(Decimal(cents) / 100)) for key, cents in sums.items()], remark


def _cents(dollars: str) -> float:
    return float(Decimal(dollars) * 100)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    serve(solve)
