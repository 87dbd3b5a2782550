"""One fund of one account as the engine sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.domain.funds import Fund
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Lot:
    """Dollars that may go to a competing fund from a day on."""

    free_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Part:
    """Dollars of a fund under rules of their own: they may not be sold, or not go to a competing fund."""

    value: Money
    lock: str = ""
    lots: tuple[Lot, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """The most dollars that some funds of one account, named by their places, may hold together."""

    slots: tuple[int, ...]
    most: Money

    def held(self, slots: Sequence[Slot]) -> Money:
        """Return the dollars in them now."""
        return sum((slots[s].value for s in self.slots), ZERO)


@dataclass(frozen=True, slots=True)
class Slot:
    """One fund of one account.

    `value` is dollars now, `shares` its part in each cell, `limit` the most dollars it may hold
    after the plan (None without a cap). `lock` says in words why it may not be sold, `shut` why it may
    not be bought, both empty when it may. `washes` marks money that may not go to a fund that
    `competes`; `lots` say from when on, where it has left its equity-wash source already.
    `part` is the part of the value that rules bind while the rest is free: an exchange takes the free money
    where it has to. `only_cash` says in words why new money may come in but none from another fund, empty
    when both may. `blocked` is why nothing may move up to a day, whatever else `lock` and `shut` say.
    """

    fund: Fund
    value: Money
    shares: tuple[Decimal, ...]
    lock: str = ""
    shut: str = ""
    limit: Money | None = None
    washes: bool = False
    competes: bool = False
    units: Decimal | None = None
    part: Part | None = None
    lots: tuple[Lot, ...] = ()
    only_cash: str = ""
    blocked: str = ""

    @property
    def can_sell(self) -> bool:
        """Whether any money may leave it."""
        return self.saleable > 0

    @property
    def can_buy(self) -> bool:
        """Whether any money may come in."""
        return not self.shut and self.room != 0

    @property
    def kept(self) -> str:
        """Why all or part of it may not be sold, empty when all may."""
        return self.lock or (self.part.lock if self.part else "")

    @property
    def held(self) -> Money:
        """Dollars that may not leave it."""
        if self.lock:
            return self.value
        return min(self.part.value, self.value) if self.part and self.part.lock else ZERO

    @property
    def saleable(self) -> Money:
        """Dollars that may leave it."""
        if self.part is None:
            return self.value if self.value > 0 and not self.lock else ZERO
        return max(self.value, ZERO) - self.held

    @property
    def waiting(self) -> tuple[Lot, ...]:
        """What has left an equity-wash source and is not free yet, the earliest free first."""
        return self.lots or (self.part.lots if self.part else ())

    @property
    def is_washed(self) -> bool:
        """Whether an equity wash keeps some of it from competing funds."""
        return self.washes or (self.part is not None and bool(self.part.lots))

    @property
    def straight(self) -> Money:
        """Dollars that may go to a competing fund today."""
        if self.washes:
            return ZERO
        bound = sum((lot.amount for lot in self.part.lots), ZERO) if self.part else ZERO
        return max(self.saleable - bound, ZERO)

    @property
    def room(self) -> Money | None:
        """Dollars that may still come in under the cap; None without one."""
        return None if self.limit is None else max(self.limit - self.value, ZERO)

    @property
    def is_over(self) -> bool:
        """Whether it holds more than its cap."""
        return self.limit is not None and self.value > self.limit

    @property
    def unit_price(self) -> Decimal | None:
        """Dollars for one unit, None when units are not known.

        Worked out from the value, so that a bond quoted per hundred needs no special care.
        """
        return self.value / self.units if self.units and self.units > 0 else None
