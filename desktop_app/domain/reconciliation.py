"""What the next statement says of a checklist: which orders it shows, and where the new drift came from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from .classes import AssetClass
from .money import ZERO, Money, Weight
from .records import dataclass


class Mark(StrEnum):
    """What a statement shows of one order."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not done"
    UNKNOWN = "cannot be told"
    NOT_DUE = "not due yet"


class Doubt(StrEnum):
    """Why it cannot be told."""

    NO_STATEMENT = "the account has no newer statement"
    ACCOUNT_GONE = "the account is no longer in the document"
    TOO_EARLY = "the statement is not from after the order"
    TOO_SMALL = "without units the order is smaller than what prices may have done"
    NO_MONEY = "no contributions came in"
    MIXED = "what came in fits no election"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a statement shows of one step of a checklist.

    `ordered` and `seen` are dollars at the prices the plan was made with (both 0 for an election), `units`
    what left the source as seen (three decimals), None without units. `as_of` is the statement's date.
    """

    account_id: str
    mark: Mark
    ordered: Money = ZERO
    seen: Money = ZERO
    units: Decimal | None = None
    doubt: Doubt | None = None
    as_of: date | None = None


class Cause(StrEnum):
    """A part of the new drift, in the order in which the parts are laid one upon another."""

    PLAN = "what the plan leaves"
    UNDONE = "orders that did not happen"
    UNSEEN = "orders no statement shows yet"
    BEYOND = "moves between funds beyond the orders"
    MONEY = "money in and out"
    MARKETS = "prices"


@dataclass(frozen=True, slots=True)
class DriftPart:
    """What one cause adds to a drift: dollars, and points as a fraction of 1."""

    cause: Cause
    dollars: Money
    points: Weight


@dataclass(frozen=True, slots=True)
class DriftParts:
    """One drift taken apart: the parts of all causes, in order, add to `dollars` and `points` exactly.

    Of a class (`node`) the drift is signed; of the whole (`node` is None) it is half the sum of all
    classes without sign, so that a cause which brings the mix nearer to its target counts below zero.
    """

    node: AssetClass | None
    dollars: Money
    points: Weight
    parts: tuple[DriftPart, ...]

    def part(self, cause: Cause) -> DriftPart:
        """Return the part of one cause."""
        return next(part for part in self.parts if part.cause is cause)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A checklist beside the newest statements of its accounts.

    `exchanges`, `elections` and `later` run parallel to the plan's exchanges, futures and later steps.
    `as_of` is the date of the newest statement compared, None when it has none. `whole` and `classes`
    take the new drift apart, None and empty without money.
    """

    exchanges: tuple[Finding, ...]
    elections: tuple[Finding, ...]
    later: tuple[Finding, ...]
    as_of: date | None
    whole: DriftParts | None
    classes: tuple[DriftParts, ...]

    @property
    def steps(self) -> tuple[Finding, ...]:
        """The findings of the checklist's steps: exchanges, then elections, then what had to wait."""
        return (*self.exchanges, *self.elections, *self.later)

    def count(self, mark: Mark) -> int:
        """Return how many exchanges have a mark."""
        return sum(finding.mark is mark for finding in self.exchanges)

    @property
    def is_complete(self) -> bool:
        """Whether every exchange is in a statement that could be there by now."""
        later = all(finding.mark in {Mark.DONE, Mark.NOT_DUE} for finding in self.later)
        return later and self.count(Mark.DONE) == len(self.exchanges)
