"""Builders for small households, so that a test reads like the case it states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, PlanRules
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan

TODAY = date(2026, 11, 22)


@dataclass
class Household:
    """Funds by name, accounts by id; `plan` asks the engine with keyword rules."""

    mixes: dict[str, Fund] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    account_rules: dict[str, AccountRules] = field(default_factory=dict)

    def fund(self, name: str, **mix: str) -> Fund:
        """Declare a fund by the classes it holds: fund("Balanced", us_large="0.6", us_bond="0.4")."""
        self.mixes[name] = Fund(name.casefold(), name, AssetMix.from_names(mix), ClassifiedBy.USER)
        return self.mixes[name]

    def classes(self, **names: str) -> None:
        """Declare funds that hold one class: classes(Stock="us_large")."""
        for name, leaf in names.items():
            self.fund(name, **{leaf: "1"})

    def hold(self, account: str, values: Mapping[str, str], **rules: object) -> None:
        """Add an account with dollars per fund and its rules."""
        holdings = tuple(Holding(self.mixes[name], Decimal(value)) for name, value in values.items())
        self.accounts.append(Account(account, account, holdings))
        if "menu" in rules:
            rules["menu"] = tuple(self.mixes[name] for name in rules["menu"])  # type: ignore[attr-defined]
        self.account_rules[account] = AccountRules(**rules)  # type: ignore[arg-type]

    @property
    def snapshot(self) -> Snapshot:
        return Snapshot(tuple(self.accounts))

    def rules(self, **rules: object) -> PlanRules:
        flow = rules.pop("cash_flow", {})
        cash = tuple((name, Decimal(amount)) for name, amount in flow.items())  # type: ignore[attr-defined]
        return PlanRules(
            today=TODAY,
            cash_flow=cash,
            accounts=tuple(self.account_rules.items()),
            **rules,  # type: ignore[arg-type]
        )

    def plan(self, target: Mapping[str, str] | TargetAllocation, **rules: object) -> ExchangePlan:
        """Make a plan for a target by class names."""
        aim = target if isinstance(target, TargetAllocation) else TargetAllocation.from_names(target)
        return make_plan(self.snapshot, aim, self.rules(**rules))


@pytest.fixture
def household() -> Household:
    """An empty household to fill."""
    return Household()


@pytest.fixture
def four_funds(household: Household) -> Household:
    """US, Intl, Bond and Stable, one class each, held by nobody yet."""
    household.classes(US="us_large", Intl="intl_developed", Bond="us_bond", Stable="stable_value")
    return household


def changes(plan: ExchangePlan) -> dict[str, str]:
    """Return the change per fund that changes, as text."""
    return {trade.fund.name: str(trade.change) for trade in plan.trades if trade.change}


def moves(plan: ExchangePlan) -> list[tuple[str, str, str]]:
    """Return the exchanges as (from, to, amount)."""
    return [
        (
            "cash" if exchange.source is None else exchange.source.name,
            "cash" if exchange.target is None else exchange.target.name,
            str(exchange.amount),
        )
        for exchange in plan.exchanges
    ]


@pytest.fixture(name="changes")
def changes_fixture() -> object:
    return changes


@pytest.fixture(name="moves")
def moves_fixture() -> object:
    return moves
