"""What the law lets a person put into a 401(k), and what it makes a person take out."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from desktop_app.domain.money import Money, to_cents
from desktop_app.domain.records import dataclass

from .data_files import load


@dataclass(frozen=True, slots=True)
class ContributionLimit:
    """Dollars an employee may defer in a year: `basic` and `catch_up` for the age reached on 31 December.

    `all_additions` is the cap on deferrals without catch-up and the employer's money together (415(c)).
    """

    year: int
    basic: Money
    catch_up: Money
    all_additions: Money
    source: str

    @property
    def total(self) -> Money:
        """The most the employee may defer."""
        return self.basic + self.catch_up


@cache
def known_years() -> tuple[int, ...]:
    """Return the years whose limits ship with the program."""
    return tuple(int(entry["year"]) for entry in _years())


def contribution_limit(year: int, age: int) -> ContributionLimit | None:
    """Return the limit of a year for the age reached on 31 December, None for a year not known here."""
    for entry in _years():
        if entry["year"] == year:
            catch_up = next(
                (
                    step["amount"]
                    for step in entry["catch_up"]
                    if step["from_age"] <= age <= step.get("to_age", age)
                ),
                0,
            )
            return ContributionLimit(
                year,
                Decimal(entry["deferral"]),
                Decimal(catch_up),
                Decimal(entry["all_additions"]),
                entry["source"],
            )
    return None


def _years() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _data("contributions")["years"]
    return found


@cache
def _data(name: str) -> dict[str, Any]:
    return load(f"limits/{name}.json")


@dataclass(frozen=True, slots=True)
class RequiredDistribution:
    """What has to be taken out of an account in the year of an age.

    `period` is the divisor of the balance at the end of the year before.
    """

    age: int
    period: Decimal
    amount: Money


def distributions_begin(born: int) -> int:
    """Return the age from which those born in a year must take money out (SECURE 2.0, section 107)."""
    for step in _data("distributions")["begin"]:
        if step.get("born_from", born) <= born <= step.get("born_to", born):
            return int(step["age"])
    raise LookupError(born)


def required_distribution(balance: Money, age: int) -> RequiredDistribution | None:
    """Return what a balance at the end of last year makes due, None at an age the table does not have.

    Uniform Lifetime Table for 2022 and later (26 CFR 1.401(a)(9)-9(c)); another table applies to those
    whose only heir is a spouse more than ten years younger.
    """
    periods = _data("distributions")["periods"]
    text = periods.get(str(min(age, max(map(int, periods)))))
    if text is None:
        return None
    period = Decimal(text)
    return RequiredDistribution(age, period, to_cents(balance / period))
