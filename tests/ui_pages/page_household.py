"""A household with round numbers, so that every expected value can be worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund, fund_key
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation

TODAY = date(2026, 11, 22)
SIXTY_FORTY = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
SEVENTY_THIRTY = TargetAllocation.from_names({"stocks": "0.7", "fixed_income": "0.3"})
# of $100,000: short-term 10,000; of the other 90,000 US large 45,000, international 18,000, US bonds 27,000
LEAF_BY_LEAF = TargetAllocation.from_names(
    {"us_large": "0.5", "intl_developed": "0.2", "us_bond": "0.3"}, {"short_term": "10000"}
)


def make_fund(
    name: str, mix: C | AssetMix, by: ClassifiedBy = ClassifiedBy.NAME, symbol: str | None = None
) -> Fund:
    shares = AssetMix.single(mix) if isinstance(mix, C) else mix
    return Fund(fund_key(symbol, None, name), name, shares, by, symbol=symbol)


def make_row(line: int, fund: Fund, value: str, units: str | None = None, price: str | None = None):
    return StatementRow(
        line, fund, Decimal(value), Decimal(units) if units else None, Decimal(price) if price else None
    )


MYSTERY = make_fund("Mystery Pool Q", C.UNCLASSIFIED, ClassifiedBy.UNKNOWN)


def household(target: TargetAllocation | None = SIXTY_FORTY, *, mystery: str = "") -> Household:
    """$100,000: 52 % US large, 18 % abroad, 24 % bonds, 6 % stable value; `mystery` dollars come on top."""
    plan = (
        make_row(2, make_fund("Blue Chip Index", C.US_LARGE), "52000", "520", "100"),
        make_row(3, make_fund("Core Bond Index", C.US_BOND), "24000"),
        make_row(4, make_fund("Stable Asset Fund", C.STABLE_VALUE), "6000"),
    )
    if mystery:
        plan += (make_row(5, MYSTERY, mystery),)
    ira = (
        make_row(2, make_fund("Overseas Index ETF", C.INTL_DEVELOPED, ClassifiedBy.SYMBOL, "OVSX"), "18000"),
    )
    accounts = (
        StatementAccount("70011234", "Brookside Mills 401(k)", plan),
        StatementAccount("5566", "Rollover IRA", ira),
    )
    statement = Statement("p.csv", "generic", date(2026, 9, 30), AsOfKind.VALUATION, accounts, digest="d1")
    return Household(
        name="Willow household", statements=(statement,), targets=(target,) if target is not None else ()
    )
