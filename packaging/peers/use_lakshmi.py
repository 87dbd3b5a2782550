"""Asks lakshmi 3.1.0 as its command `lak analyze allocate` does: one account after the other.

The argument is how often the round of accounts is made; with funds typed in by value it needs no prices.
"""

from __future__ import annotations

import sys
from typing import Any

from child import serve
from lakshmi import Account, AssetClass, Portfolio
from lakshmi.analyze import Allocate
from lakshmi.assets import ManualAsset

ROUNDS = int(sys.argv[1])


def solve(problem: dict[str, Any]) -> tuple[list[tuple[str, str, float]], str]:
    """Menus are holdings of 0, frozen funds are excluded, one-way money goes without its --rebalance."""
    root = AssetClass("All")
    for leaf, share in problem["targets"].items():
        root.add_subclass(float(share), AssetClass(leaf))
    portfolio = Portfolio(root)
    for asked in problem["accounts"]:
        account = Account(asked["name"], "401(k)")
        for fund in asked["funds"]:
            mix = {leaf: float(share) for leaf, share in fund["mix"].items()}
            account.add_asset(ManualAsset(fund["name"], float(fund["value"]), mix))
        account.add_cash(float(asked["cash"]))
        portfolio.add_account(account)
    for _ in range(ROUNDS):
        for asked in problem["accounts"]:
            excluded = [fund["name"] for fund in asked["funds"] if fund["locked"]]
            Allocate(asked["name"], excluded, rebalance=not problem["one_way"]).analyze(portfolio)
    return [
        (account.name(), asset.short_name(), float(asset.get_what_if()))
        for account in portfolio.accounts()
        for asset in account.assets()
    ], ""


if __name__ == "__main__":
    serve(solve)
