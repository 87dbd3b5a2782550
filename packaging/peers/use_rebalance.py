"""Asks rebalance 0.5.1 as its command `rebalance` does, with fractional units at the price of 1 dollar.

The prices it would fetch from the network are given to it here; one unit is one dollar, to three decimals.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import rebalance.asset
from child import CannotError, serve
from loguru import logger
from rebalance import Portfolio
from rebalance.asset import Asset
from rebalance.money import Price


def solve(problem: dict[str, Any]) -> tuple[list[tuple[str, str, float]], str]:
    """One account, one fund per class; money that may not sell is asked with its selling switched off."""
    if len(problem["accounts"]) > 1:
        raise CannotError("one account only")
    (account,) = problem["accounts"]
    if any(len(fund["mix"]) > 1 for fund in account["funds"]):
        raise CannotError("no look-through: a target is a share of one fund")
    cash = float(account["cash"])
    portfolio = Portfolio()
    portfolio.common_currency = "USD"
    portfolio.selling_allowed = not (problem["one_way"] and cash > 0)
    portfolio.add_cash(cash, "USD")
    targets = {}
    for fund in account["funds"]:
        portfolio.add_asset(Asset(fund["name"], float(fund["value"]), fractional=True))
        targets[fund["name"]] = float(Decimal(problem["targets"][next(iter(fund["mix"]))]) * 100)
    units, *_ = portfolio.rebalance(targets)
    one_way = problem["one_way"] and cash < 0
    remark = "its command cannot sell without buying; asked for the target" if one_way else ""
    return [(account["name"], fund, dollars) for fund, dollars in units.items()], remark


if __name__ == "__main__":
    logger.remove()
    rebalance.asset.fetch_yfinance_price = lambda _ticker: Price(1.0, "USD")
    serve(solve)
