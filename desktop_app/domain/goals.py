"""What the money is for: a plan from today to a last age, everything in today's dollars."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from .errors import UserError
from .language import translator
from .money import ZERO, Money, Weight
from .records import dataclass

_tr = translator("GoalPlan")

OLDEST = 120
"""The highest age a plan may name."""

AMOUNTS = ("balance", "needs", "wants", "wishes", "saved", "match")
AGES = ("age", "retire_at", "plan_to")
"""What the fields of a plan are called where one cannot be."""


class Tier(StrEnum):
    """How much of what life should look like is counted; each tier holds the one before."""

    NEEDS = "needs"
    WANTS = "needs+wants"
    WISHES = "needs+wants+wishes"


@dataclass(frozen=True, slots=True)
class Income:
    """Money that comes in every year of retirement from `from_age` on, such as Social Security."""

    name: str
    annual: Money
    from_age: int


@dataclass(frozen=True, slots=True)
class OneOff:
    """An amount at the start of the year of an age: above zero comes in, below zero goes out."""

    age: int
    amount: Money


class GoalPlanError(UserError):
    """A plan contradicts itself."""

    def __init__(self, words: str) -> None:
        super().__init__(_tr("{0} Change one of the two.").format(words))


class GoalAmountError(UserError):
    """An amount or age of a plan is outside what it can be."""

    def __init__(self, what: str, value: str, expected: str) -> None:
        super().__init__(_tr("{0} is {1}. Give {2}.").format(what, value, expected))


@dataclass(frozen=True, slots=True)
class GoalPlan:
    """A household's plan in today's dollars; years run from one birthday to the next.

    In each year from `age` up to the one before `retire_at`, `saved` and `match` are added at its end.
    From `retire_at` up to the year before `plan_to`, spending less income is taken at its start; income
    above spending is not saved. `lasting` is the share of history in which the money must have lasted.
    Raises `GoalPlanError` and `GoalAmountError`.
    """

    balance: Money
    age: int
    retire_at: int
    plan_to: int
    needs: Money
    wants: Money = ZERO
    wishes: Money = ZERO
    saved: Money = ZERO
    match: Money = ZERO
    income: tuple[Income, ...] = ()
    one_off: tuple[OneOff, ...] = ()
    lasting: Weight = Decimal("0.85")

    def __post_init__(self) -> None:
        for what in AMOUNTS:
            _refuse_negative(_tr(what), getattr(self, what))
        for income in self.income:
            _refuse_negative(_tr("income “{0}”").format(income.name), income.annual)
        for what in AGES:
            if not 0 <= getattr(self, what) <= OLDEST:
                raise GoalAmountError(
                    _tr(what), str(getattr(self, what)), _tr("an age from 0 to {0}").format(OLDEST)
                )
        if self.plan_to == self.age:
            raise GoalPlanError(_tr("The plan ends at {0}, the age today: it has no year.").format(self.age))
        if self.plan_to < self.age:
            words = _tr("The plan runs to age {0}, but the age today is {1}.")
            raise GoalPlanError(words.format(self.plan_to, self.age))
        if self.retire_at > self.plan_to:
            words = _tr("Retirement at {0} comes after the end of the plan at {1}.")
            raise GoalPlanError(words.format(self.retire_at, self.plan_to))
        if not 0 < self.lasting <= 1:
            raise GoalAmountError(
                _tr("lasting"), str(self.lasting), _tr("a share above 0 and up to 1, such as 0.85")
            )

    @property
    def years(self) -> int:
        """Years from today to the end of the plan."""
        return self.plan_to - self.age

    def spending(self, tier: Tier) -> Money:
        """Return the dollars a year of retirement costs."""
        spending = self.needs
        if tier is not Tier.NEEDS:
            spending += self.wants
        return spending + self.wishes if tier is Tier.WISHES else spending

    def income_at(self, age: int) -> Money:
        """Return the income in the year of an age, zero before retirement."""
        if age < self.retire_at:
            return ZERO
        return sum((income.annual for income in self.income if income.from_age <= age), ZERO)

    def one_off_at(self, age: int) -> Money:
        """Return the one-off amounts at the start of the year of an age, together."""
        return sum((item.amount for item in self.one_off if item.age == age), ZERO)

    @property
    def missed(self) -> tuple[OneOff, ...]:
        """One-off amounts outside the plan's years; they do not count."""
        return tuple(item for item in self.one_off if not self.age <= item.age < self.plan_to)


def _refuse_negative(what: str, amount: Decimal) -> None:
    if amount < 0:
        raise GoalAmountError(what, str(amount), _tr("dollars of zero or more"))


@dataclass(frozen=True, slots=True)
class GoalAnswers:
    """What the user said of the years to come, as typed: it may contradict itself until it is a plan.

    `born` is the year of birth, None until an age was given. `less` dollars a year are taken off the
    spending of every tier, to try what it changes; `bucket_years` of spending are held safe.
    The rest is as in `GoalPlan`.
    """

    born: int | None = None
    retire_at: int = 65
    plan_to: int = 95
    needs: Money = ZERO
    wants: Money = ZERO
    wishes: Money = ZERO
    saved: Money = ZERO
    match: Money = ZERO
    less: Money = ZERO
    income: tuple[Income, ...] = ()
    one_off: tuple[OneOff, ...] = ()
    lasting: Weight = Decimal("0.85")
    bucket_years: Decimal = ZERO

    def age_on(self, today: date) -> int | None:
        """Return the age reached this year, None while it is not known."""
        return None if self.born is None else today.year - self.born

    @property
    def is_complete(self) -> bool:
        """Whether there is enough for a plan: an age and something that a year costs, of whatever tier."""
        return self.born is not None and self.needs + self.wants + self.wishes > 0

    @property
    def spared(self) -> Money:
        """Dollars a year that `less` really takes off: needs cannot fall below nothing."""
        return min(self.less, self.needs)

    def spending(self, tier: Tier) -> Money:
        """Return the dollars a year of retirement costs, what is spent less than planned taken off."""
        parts = (self.needs - self.spared, self.wants, self.wishes)
        return sum(parts[: tuple(Tier).index(tier) + 1], ZERO)

    def plan(self, balance: Money, today: date) -> GoalPlan:
        """Return the plan for a balance in dollars; raises `GoalPlanError` and `GoalAmountError`."""
        return GoalPlan(
            balance=balance,
            age=self.age_on(today) or 0,
            retire_at=self.retire_at,
            plan_to=self.plan_to,
            needs=self.needs - self.spared,
            wants=self.wants,
            wishes=self.wishes,
            saved=self.saved,
            match=self.match,
            income=self.income,
            one_off=self.one_off,
            lasting=self.lasting,
        )
