"""Asks this checkout's own engine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from child import serve

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rules import AccountRules, Goal, PlanRules
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan, warm_up


def solve(problem: dict[str, Any]) -> tuple[list[tuple[str, str, str]], str]:
    """Plan with the rules as they are: menus, frozen funds, one-way money."""
    accounts, rules = [], []
    for asked in problem["accounts"]:
        funds = {one["name"]: _fund(one) for one in asked["funds"]}
        held = [Holding(funds[one["name"]], Decimal(one["value"])) for one in asked["funds"]]
        locked = tuple(one["name"] for one in asked["funds"] if one["locked"])
        accounts.append(Account(asked["name"], asked["name"], tuple(one for one in held if one.value)))
        rules.append(
            (asked["name"], AccountRules(menu=tuple(funds.values()), no_sell=locked, no_buy=locked)),
        )
    plan = make_plan(
        Snapshot(tuple(accounts)),
        TargetAllocation.from_names(problem["targets"]),
        PlanRules(
            date(2026, 11, 22),
            goal=Goal.NEW_MONEY if problem["one_way"] else Goal.TARGET,
            cash_flow=tuple((one["name"], Decimal(one["cash"])) for one in problem["accounts"]),
            accounts=tuple(rules),
        ),
    )
    remark = f"exchanges from fund to fund: {len(plan.exchanges)}"
    return [(one.account_id, one.fund.name, str(one.change)) for one in plan.trades], remark


def _fund(asked: dict[str, Any]) -> Fund:
    return Fund(asked["name"].casefold(), asked["name"], AssetMix.from_names(asked["mix"]), ClassifiedBy.USER)


if __name__ == "__main__":
    warm_up()
    serve(solve)
