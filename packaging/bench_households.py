"""Random households as plans make them: menus of real funds, part of them held, some of it frozen."""

from __future__ import annotations

import csv
import random
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from environment import ROOT

if TYPE_CHECKING:
    from desktop_app.domain.accounts import Account, Snapshot
    from desktop_app.domain.funds import Fund
    from desktop_app.domain.rules import AccountRules, PlanRules
    from desktop_app.domain.targets import TargetAllocation

TODAY = date(2026, 11, 22)
SELDOM = {"crypto", "commodities", "us_sector"}
"""Classes a menu seldom offers."""

TARGETS = (
    {"stocks": "0.6", "fixed_income": "0.4"},
    {"us_large": "0.35", "us_small": "0.10", "intl_developed": "0.15", "bonds": "0.30", "short_term": "0.10"},
    {
        "us_large": "0.36", "us_mid": "0.06", "us_small": "0.04", "intl_developed": "0.15",
        "emerging": "0.05", "bonds": "0.27", "short_term": "0.07",
    },
)  # fmt: skip


def household(
    accounts: int, funds: int, seed: int, *, limited: bool
) -> tuple[Snapshot, TargetAllocation, PlanRules]:
    """Return a household, a target and rules; `limited` adds smallest exchanges and how many there may be."""
    from desktop_app.domain.accounts import Snapshot
    from desktop_app.domain.rules import PlanRules
    from desktop_app.domain.targets import TargetAllocation

    dice = random.Random(seed)
    made = [_account(dice, f"A{number}", funds, limited=limited) for number in range(accounts)]
    rules = PlanRules(
        TODAY,
        accounts=tuple((account.id, own) for account, own in made),
        max_exchanges=dice.choice((None, None, 3 * accounts, 6 * accounts)) if limited else None,
    )
    target = TargetAllocation.from_names(dice.choice(TARGETS))
    return Snapshot(tuple(account for account, _ in made)), target, rules


def _account(dice: random.Random, name: str, funds: int, *, limited: bool) -> tuple[Account, AccountRules]:
    """Return an account that holds up to half of its menu; in one of four the first fund is frozen."""
    from desktop_app.domain.accounts import Account, Holding
    from desktop_app.domain.rules import AccountRules

    core, dated = _known_funds()
    menu = dice.sample(core, funds - funds // 4) + dice.sample(dated, funds // 4)
    held = dice.sample(menu, dice.randint(3, funds // 2))
    frozen = (held[0].name,) if dice.random() < 0.25 else ()
    holdings = tuple(Holding(fund, Decimal(dice.randrange(100_000, 5_000_000)) / 100) for fund in held)
    rules = AccountRules(
        menu=tuple(menu),
        no_sell=frozen,
        no_buy=frozen,
        minimum_exchange=Decimal(dice.choice((0, 100, 250, 500, 1000)) if limited else 0),
        max_exchanges=dice.choice((None, None, 2, 4, 8, 12, 16)) if limited else None,
    )
    return Account(name, name, holdings), rules


@cache
def _known_funds() -> tuple[list[Fund], list[Fund]]:
    """Return the common funds the program knows: those without a year and those with one."""
    from desktop_app.importers import classify

    path = ROOT / "resources" / "funds" / "funds.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [row for row in csv.DictReader(lines) if row["asset_class"] not in SELDOM]
    known = [
        (classify(row["ticker"], None, row["name"], TODAY.year), row["asset_class"].startswith("target_date"))
        for row in rows
    ]
    return [fund for fund, dated in known if not dated], [fund for fund, dated in known if dated]
