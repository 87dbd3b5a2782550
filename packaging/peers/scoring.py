"""What a list of trades is worth, by arithmetic that knows none of the programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from problems import Problem

CENT = Decimal("0.01")
ZERO = Decimal(0)

Trades = Mapping[tuple[str, str], Decimal]
"""Dollars bought (+) or sold (−) by account and fund."""


@dataclass(frozen=True)
class Score:
    """One answer measured: points of drift, number of funds that change, dollars, cents.

    `lowest` is the class that ends lowest, as a share of what it should be.
    """

    drift: Decimal
    lowest: Decimal
    trades: int
    moved: Decimal
    oversold: Decimal
    broken: Decimal
    cents_lost: int

    @property
    def feasible(self) -> bool:
        """Tell whether the trades can be carried out as they stand, but for less than a dollar."""
        return not self.oversold and not self.broken and self.cents_lost < 100


def score(problem: Problem, trades: Trades) -> Score:
    """Measure trades as they would be typed into a plan's website: each to the cent, halves away from zero.

    Drift is half the sum of |class − target| in points; money left lying is a class nobody wants.
    """
    typed = {key: amount.quantize(CENT, ROUND_HALF_UP) for key, amount in trades.items()}
    sums = {account.name: _turnover(account.name, typed) for account in problem.accounts}
    idle = {
        account.name: account.cash - sums[account.name][0] + sums[account.name][1]
        for account in problem.accounts
    }
    total, classes = _classes(problem, typed)
    goals = {leaf: Decimal(share) * total for leaf, share in problem.targets.items()}
    gaps = [abs(classes.get(leaf, ZERO) - goals.get(leaf, ZERO)) for leaf in classes.keys() | goals.keys()]
    return Score(
        drift=sum(gaps, abs(sum(idle.values(), ZERO))) / 2 / total * 100,
        lowest=min(classes.get(leaf, ZERO) / goal for leaf, goal in goals.items() if goal),
        trades=sum(1 for amount in typed.values() if amount),
        moved=sum((max(pair) for pair in sums.values()), ZERO),
        oversold=_oversold(problem, typed),
        broken=sum((_broken(problem, *item) for item in typed.items()), ZERO),
        cents_lost=int(sum((abs(left) for left in idle.values()), ZERO) / CENT),
    )


def _turnover(account: str, trades: Trades) -> tuple[Decimal, Decimal]:
    """Return the dollars bought and the dollars sold in an account."""
    own = [amount for (name, _), amount in trades.items() if name == account]
    return (
        sum((amount for amount in own if amount > 0), ZERO),
        -sum((amount for amount in own if amount < 0), ZERO),
    )


def _classes(problem: Problem, trades: Trades) -> tuple[Decimal, dict[str, Decimal]]:
    """Return the whole household's dollars, new money included, and the dollars in each class afterwards.

    A fund bought where it is not offered counts here as if it were: `broken` tells about it.
    """
    funds = [(account.name, fund) for account in problem.accounts for fund in account.funds]
    total = sum((fund.value for _, fund in funds), sum((account.cash for account in problem.accounts), ZERO))
    mixes = {fund.name: fund.mix for _, fund in funds}
    amounts = [(fund.name, fund.value) for _, fund in funds]
    amounts += [(name, amount) for (_, name), amount in trades.items()]
    classes: dict[str, Decimal] = {}
    for name, amount in amounts:
        for leaf, share in mixes[name].items():
            classes[leaf] = classes.get(leaf, ZERO) + Decimal(share) * amount
    return total, classes


def _menu(problem: Problem) -> set[tuple[str, str]]:
    return {(account.name, fund.name) for account in problem.accounts for fund in account.funds}


def _oversold(problem: Problem, trades: Trades) -> Decimal:
    """Return the dollars sold that were not there."""
    held = {(account.name, fund.name): fund.value for account in problem.accounts for fund in account.funds}
    return sum((max(ZERO, -held.get(key, ZERO) - amount) for key, amount in trades.items()), ZERO)


def _broken(problem: Problem, key: tuple[str, str], amount: Decimal) -> Decimal:
    """Return the dollars of a trade no rule allows: off the menu, in a frozen fund, or the wrong way."""
    if key not in _menu(problem):
        return abs(amount)
    cash, locked = next(
        (account.cash, fund.locked)
        for account in problem.accounts
        for fund in account.funds
        if (account.name, fund.name) == key
    )
    wrong_way = problem.one_way and amount * cash <= 0
    return abs(amount) if locked or wrong_way else ZERO
