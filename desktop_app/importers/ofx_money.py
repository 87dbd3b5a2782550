"""What an OFX statement says about cash, balances and sources, and which of it to believe."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import normal_name
from desktop_app.domain.money import CENT, HUNDRED, ZERO, Money, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import StatementRow

from .amounts import parse_amount
from .ofx_tree import Node

_SOURCES = {
    "PRETAX": "Pre-tax",
    "AFTERTAX": "After-tax",
    "ROTH": "Roth",
    "MATCH": "Employer match",
    "PROFITSHARING": "Profit sharing",
    "ROLLOVER": "Rollover",
    "OTHERVEST": "Other (vested)",
    "OTHERNONVEST": "Other",
}
"""OFX 2.2, INV401KSOURCE. Plans use OTHERNONVEST for vested money too, so the words do not say otherwise."""
_OWN_MONEY = frozenset({"PRETAX", "AFTERTAX", "ROTH", "ROLLOVER"})
_BY_EMPLOYER = frozenset({"MATCH", "PROFITSHARING"})
_TOTALS = frozenset({
    "networth", "net worth", "total", "total value", "total balance", "total assets", "total account value",
    "account value", "account total", "account balance", "net account value", "portfolio value",
    "total portfolio value", "plan balance", "total plan balance", "vested and nonvested balance",
})  # fmt: skip
_CASH_CLASSES = (AssetClass.MONEY_MARKET, AssetClass.CASH)
_INCLUDES_SWEEP = "vanguard"
"""Its cash figure holds the settlement fund, which is also listed as a position."""


def amount(text: str) -> Decimal | None:
    """Return the number of an OFX value, None when it is empty or no number."""
    return parse_amount(text) if text else None


def source_words(code: str) -> str | None:
    """Return a contribution source in plain words, None where the file has none."""
    return _SOURCES.get(code.upper(), code.capitalize()) if code else None


def vested_part(code: str, percent: Decimal | None, value: Money) -> Money | None:
    """Return the vested dollars of a position; `percent` is the plan's own figure for employer money."""
    if percent is None:
        return None
    if percent == HUNDRED or code.upper() in _OWN_MONEY:
        return value
    return to_cents(value * percent / HUNDRED) if code.upper() in _BY_EMPLOYER else None


@dataclass(frozen=True, slots=True)
class Stated:
    """A balance the file states for a whole account, in dollars, and the node it stands in."""

    value: Money
    node: Node


def stated_balances(statement: Node) -> list[Stated]:
    """Return the totals a statement gives, zeros left out: many plans fill their balances with zeros."""
    nodes = []
    plan = statement.find("INV401KBAL")
    if plan is not None:
        nodes += [node for node in plan.inside if node.tag == "TOTAL"]
    for balance in statement.all("BAL"):
        named = {normal_name(balance.value("NAME")), normal_name(balance.value("DESC"))}
        worth = balance.find("VALUE")
        if worth is not None and named & _TOTALS and balance.value("BALTYPE").upper() in {"", "DOLLAR"}:
            nodes.append(worth)
    found = [(amount(node.text), node) for node in nodes]
    return [Stated(to_cents(value), node) for value, node in found if value]


def agrees(total: Money, stated: Money, rows: int) -> bool:
    """Tell whether a sum is the stated one, give or take a cent a row."""
    return abs(total - stated) <= CENT * max(2, rows)


def cash_beside(
    cash: Money, rows: Iterable[StatementRow], stated: Iterable[Stated], broker: str
) -> tuple[Money, bool]:
    """Return the part of the cash balance that no position holds yet, and whether that is certain.

    OFX says the figure includes sweep funds, which most brokers list as positions as well. A stated total
    decides; else cash equal to money-market positions is theirs.
    """
    rows = tuple(rows)
    held = sum((row.value for row in rows), ZERO)
    sweep = [row.value for row in rows if row.fund.mix.main in _CASH_CLASSES and row.fund.mix.is_single]
    swept = sum(sweep, ZERO)
    for balance in stated:
        for part in (ZERO, cash, cash - swept):
            if agrees(held + part, balance.value, len(rows)):
                return part, bool(part or swept)
    if any(agrees(cash, value, 1) for value in (*sweep, swept)):
        return ZERO, True
    if swept and cash > swept and _INCLUDES_SWEEP in broker.lower():
        return cash - swept, True
    return cash, not swept
