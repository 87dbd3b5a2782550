"""What can be wrong with the holdings or the rules a plan is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.domain.errors import UserError, short
from desktop_app.domain.language import whole_day_words
from desktop_app.domain.money import HUNDRED, Money, Weight, plain

MOST_NAMES = 6
"""How many funds a sentence lists where none is like the one named."""


def dollars(amount: Money) -> str:
    """Return dollars for a sentence: "$1,234.50", without cents when there are none."""
    text = f"{abs(amount):,.2f}"
    return ("-" if amount < 0 else "") + "$" + text.removesuffix(".00")


def percent(share: Weight) -> str:
    """Return a share for a sentence: "12.5 %"."""
    return f"{plain(round(share * HUNDRED, 2))} %"


class NegativeHoldingError(UserError):
    """A fund stands below zero, so that it cannot be planned with."""

    exit_code = 3

    def __init__(self, account: str, fund: str, amount: Decimal) -> None:
        super().__init__(
            f"“{fund}” in {account} is {dollars(amount)}, below zero: money owed or a sold option. "
            "Even Keel plans only with what is owned. Leave that account out, or import again once that "
            "is settled."
        )


class EmptyHouseholdError(UserError):
    """There is no money to plan with."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            "The accounts hold no money and none comes in, so there is nothing to plan. "
            "Import a statement with holdings, or enter the new money."
        )


class UnknownFundInRulesError(UserError):
    """A rule names a fund that the account neither holds nor offers; `near` are the names like it."""

    def __init__(
        self, rule: str, fund: str, account: str, near: Sequence[str] = (), known: Sequence[str] = ()
    ) -> None:
        super().__init__(
            f"The rule “{rule}” names “{short(fund)}”, which {account} neither holds nor has on its menu. "
            f"{_meant(near, known, 'Its funds are')}"
            "Use the fund's name, symbol or CUSIP as the statement has it, or take the rule away."
        )


class UnknownAccountInRulesError(UserError):
    """The rules name an account that is not among the statements."""

    def __init__(self, account: str, known: Sequence[str]) -> None:
        super().__init__(
            f"The rules name the account “{short(account)}”, which is not among the statements. "
            f"The accounts are: {', '.join(known)}."
        )


def _meant(near: Sequence[str], known: Sequence[str], head: str) -> str:
    """Return what a name may have stood for, else the first names there are."""
    if near:
        return f"Did you mean {' or '.join(f'“{name}”' for name in near)}? "
    shown = [f"“{name}”" for name in known[:MOST_NAMES]]
    return f"{head} {', '.join(shown)}{' and others' if len(known) > MOST_NAMES else ''}. " if shown else ""


class RuleValueError(UserError):
    """A rule carries a number that makes no sense."""

    def __init__(self, rule: str, value: Decimal, wanted: str) -> None:
        super().__init__(f"The rule “{rule}” is {plain(value)}. It has to be {wanted}.")


class ContradictoryRulesError(UserError):
    """Two rules cannot both hold, so that no legal plan exists."""

    exit_code = 4

    def __init__(self, first: str, second: str, remedy: str) -> None:
        super().__init__(f"Two rules contradict each other: {first}, but {second}. {remedy}")


class CapBelowLockedError(ContradictoryRulesError):
    """A fund is above its cap and may not be sold."""

    def __init__(self, fund: str, account: str, cap: Weight, held: Money, lock: str) -> None:
        super().__init__(
            f"“{fund}” in {account} may be at most {percent(cap)} of the account",
            f"{lock} and it holds {dollars(held)} already",
            "Raise the cap or allow the sale.",
        )


class CashBeyondAccountError(ContradictoryRulesError):
    """More money is to leave an account than it holds."""

    def __init__(self, account: str, cash: Money, total: Money) -> None:
        super().__init__(
            f"{dollars(-cash)} is to be raised from {account}",
            f"the account holds only {dollars(total)}",
            "Raise less, or take it from another account.",
        )


class CashBeyondSaleableError(ContradictoryRulesError):
    """More money is to leave an account than its rules let it sell."""

    def __init__(self, account: str, cash: Money, saleable: Money, locked: str = "") -> None:
        super().__init__(
            f"{dollars(-cash)} is to be raised from {account}",
            f"its rules allow only {dollars(saleable)} to be sold" + (f" ({locked})" if locked else ""),
            "Raise less, or allow one of the locked funds to be sold.",
        )


class NoRoomError(ContradictoryRulesError):
    """Money has to be placed in an account, but its funds may not take that much."""

    def __init__(self, account: str, money: Money, room: Money, reason: str, shut: str = "") -> None:
        super().__init__(
            f"{dollars(money)} has to be placed in {account} ({reason})",
            f"the funds that may be bought there can take only {dollars(room)}"
            + (f" ({shut})" if shut else ""),
            "Allow another fund to be bought, add one to the menu, or raise a cap.",
        )


class CoreMinimumError(ContradictoryRulesError):
    """Raising cash would leave less outside the brokerage window than the plan asks for."""

    def __init__(self, account: str, cash: Money, minimum: Money, left: Money) -> None:
        super().__init__(
            f"{dollars(-cash)} is to be raised from {account}",
            f"{dollars(minimum)} has to stay outside its brokerage window and only "
            f"{dollars(max(left, Decimal(0)))} would",
            "Raise less, or bring money back from the window first.",
        )


class LimitsTooTightError(ContradictoryRulesError):
    """Exchange limits, minimums or waiting rules leave no plan that meets the other rules."""

    def __init__(self, limits: str, needs: str) -> None:
        super().__init__(limits, needs, "Loosen one of the two.")


class StepsTooCoarseError(ContradictoryRulesError):
    """The step of the amounts does not let caps, cash and minimums be met."""

    def __init__(self, account: str, step: Decimal) -> None:
        super().__init__(
            f"amounts go in steps of {dollars(step)}",
            f"the caps, cash or minimum of {account} need finer ones",
            "Choose smaller steps.",
        )


def until(day: date) -> str:
    """Return a date for a sentence: "31 December 2026"."""
    return whole_day_words(day)
