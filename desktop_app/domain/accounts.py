"""Accounts with what they hold now, as drift and plans see them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .classes import LEAVES, AssetClass
from .funds import Fund
from .money import ZERO, Money
from .records import dataclass

LEAST_DIGITS = 3
"""An account id with fewer digits is a name, not a number."""


SHOWN = 4
"""Characters of a number that are shown."""


def masked_number(account_id: str, name: str) -> str:
    """Return the last four characters of an account's number, "" where it goes by a name."""
    if account_id == name or sum(char.isdigit() for char in account_id) < LEAST_DIGITS:
        return ""
    if len(account_id) <= SHOWN:
        return account_id
    end = "".join(char for char in account_id if char.isalnum())[-SHOWN:]
    return "••" + end.lstrip("Xx") if account_id[0] in "Xx.*•#…" else "••" + end


@dataclass(frozen=True, slots=True)
class AccountLabel:
    """How a file calls an account, as the user confirmed: its number and name there, and the account's id."""

    number: str
    name: str
    account: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Money in one fund inside one account: dollars, and units × price where known."""

    fund: Fund
    value: Money
    units: Decimal | None = None
    price: Decimal | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One account at its latest statement; the same fund may stand in several holdings (sources)."""

    id: str
    name: str
    holdings: tuple[Holding, ...]
    as_of: date | None = None

    @property
    def total(self) -> Money:
        """Sum of the holdings in dollars."""
        return sum((holding.value for holding in self.holdings), ZERO)

    @property
    def owed(self) -> tuple[Holding, ...]:
        """The holdings below zero: money owed, or options that were sold."""
        return tuple(holding for holding in self.holdings if holding.value < 0)

    @property
    def masked_id(self) -> str:
        """The account number for screen and paper: its last four characters only.

        Empty where the account has no number and goes by its name or that of its file.
        """
        return masked_number(self.id, self.name)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All accounts of the household, each at its latest statement."""

    accounts: tuple[Account, ...]

    @property
    def total(self) -> Money:
        """Household total in dollars."""
        return sum((account.total for account in self.accounts), ZERO)

    @property
    def as_of(self) -> date | None:
        """The date of the oldest statement used, None when no file gave one."""
        dates = [account.as_of for account in self.accounts if account.as_of is not None]
        return min(dates) if dates else None

    def by_leaf(self) -> dict[AssetClass, Decimal]:
        """Return dollars per leaf after look-through, exact (not rounded); only non-zero leaves."""
        found: dict[AssetClass, Decimal] = {}
        for account in self.accounts:
            for holding in account.holdings:
                for leaf, weight in holding.fund.mix:
                    found[leaf] = found.get(leaf, ZERO) + holding.value * weight
        return {leaf: found[leaf] for leaf in LEAVES if found.get(leaf)}
