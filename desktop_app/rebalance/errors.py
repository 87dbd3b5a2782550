"""What can be wrong with the holdings or the rules a plan is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.domain.errors import UserError, short
from desktop_app.domain.language import translator, whole_day_words
from desktop_app.domain.money import HUNDRED, Money, Weight, plain

_tr = translator("RuleErrors")
_tr_rule = translator("RuleNames")

RULE_NAMES = (
    "no_sell", "no_buy", "cap", "blocked_until", "log", "cash_flow", "minimum_exchange", "max_exchanges",
    "round_to", "tidy", "equity_wash: from", "equity_wash: competing", "paychecks: amount",
    "paychecks: per_year", "paychecks: count", "paychecks: elected", "equity_wash", "repurchase_block",
    "round_trip", "redemption_fee", "transfer_limit", "core_minimum", "stock_cap", "no_sale",
)  # fmt: skip
"""What rules are called in files; another language may call them otherwise."""
MOST_NAMES = 6
"""How many funds a sentence lists where none is like the one named."""


def dollars(amount: Money) -> str:
    """Return dollars for a sentence: "$1,234.50", without cents when there are none."""
    text = f"{abs(amount):,.2f}"
    return ("-" if amount < 0 else "") + "$" + text.removesuffix(".00")


def percent(share: Weight) -> str:
    """Return a share for a sentence: "12.5 %"."""
    return f"{plain(round(share * HUNDRED, 2))} %"


def rule_name(rule: str) -> str:
    """Return what a rule is called in the language in force; in English as rules files have it."""
    return _tr_rule(rule)


class NegativeHoldingError(UserError):
    """A fund stands below zero, and money is to come into or out of its account."""

    exit_code = 3

    def __init__(self, account: str, fund: str, amount: Decimal) -> None:
        super().__init__(
            _tr(
                "“{0}” in {1} is {2}, below zero: money owed or a sold option. "
                "Nothing is moved in such an account. Plan no money in or out for it, or import again once "
                "that is settled."
            ).format(fund, account, dollars(amount))
        )


class EmptyHouseholdError(UserError):
    """There is no money to plan with."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _tr(
                "The accounts hold no money and none comes in, so there is nothing to plan. "
                "Import a statement with holdings, or enter the new money."
            )
        )


class UnknownFundInRulesError(UserError):
    """A rule names a fund that the account neither holds nor offers; `near` are the names like it."""

    def __init__(
        self, rule: str, fund: str, account: str, near: Sequence[str] = (), known: Sequence[str] = ()
    ) -> None:
        super().__init__(
            _tr(
                "The rule “{0}” names “{1}”, which {2} neither holds nor has on its menu. {3}"
                "Use the fund's name, symbol or CUSIP as the statement has it, or take the rule away."
            ).format(rule_name(rule), short(fund), account, _meant(near, known))
        )


class UnknownAccountInRulesError(UserError):
    """The rules name an account that is not among the statements."""

    def __init__(self, account: str, known: Sequence[str]) -> None:
        super().__init__(
            _tr(
                "The rules name the account “{0}”, which is not among the statements. The accounts are: {1}."
            ).format(short(account), ", ".join(known))
        )


def _meant(near: Sequence[str], known: Sequence[str]) -> str:
    """Return what a name may have stood for, else the first names there are."""
    if near:
        return _tr("Did you mean {0}? ").format(either(near))
    if not known:
        return ""
    shown = ", ".join(f"“{name}”" for name in known[:MOST_NAMES])
    more = len(known) > MOST_NAMES
    return (_tr("Its funds are {0} and others. ") if more else _tr("Its funds are {0}. ")).format(shown)


def either(names: Sequence[str]) -> str:
    """Return names to choose among: "“A” or “B”"."""
    return _tr(" or ").join(f"“{name}”" for name in names)


class RuleValueError(UserError):
    """A rule carries a number that makes no sense."""

    def __init__(self, rule: str, value: Decimal, wanted: str) -> None:
        super().__init__(
            _tr("The rule “{0}” is {1}. It has to be {2}.").format(rule_name(rule), plain(value), wanted)
        )


class ContradictoryRulesError(UserError):
    """Two rules cannot both hold, so that no legal plan exists."""

    exit_code = 4

    def __init__(self, first: str, second: str, remedy: str) -> None:
        super().__init__(
            _tr("Two rules contradict each other: {0}, but {1}. {2}").format(first, second, remedy)
        )


class CapBelowLockedError(ContradictoryRulesError):
    """A fund is above its cap and may not be sold; `lock` says why in the language in force."""

    def __init__(self, fund: str, account: str, cap: Weight, held: Money, lock: str) -> None:
        super().__init__(
            _tr("“{0}” in {1} may be at most {2} of the account").format(fund, account, percent(cap)),
            _tr("{0} and it holds {1} already").format(lock, dollars(held)),
            _tr("Raise the cap or allow the sale."),
        )


class CashBeyondAccountError(ContradictoryRulesError):
    """More money is to leave an account than it holds."""

    def __init__(self, account: str, cash: Money, total: Money) -> None:
        super().__init__(
            _raised(account, cash),
            _tr("the account holds only {0}").format(dollars(total)),
            _tr("Raise less, or take it from another account."),
        )


def _raised(account: str, cash: Money) -> str:
    return _tr("{0} is to be raised from {1}").format(dollars(-cash), account)


class CashBeyondSaleableError(ContradictoryRulesError):
    """More money is to leave an account than its rules let it sell."""

    def __init__(self, account: str, cash: Money, saleable: Money, locked: str = "") -> None:
        allowed = (
            _tr("its rules allow only {0} to be sold ({1})")
            if locked
            else _tr("its rules allow only {0} to be sold")
        )
        super().__init__(
            _raised(account, cash),
            allowed.format(dollars(saleable), locked),
            _tr("Raise less, or allow one of the locked funds to be sold."),
        )


class NoRoomError(ContradictoryRulesError):
    """Money has to be placed in an account, but its funds may not take that much."""

    def __init__(self, account: str, money: Money, room: Money, reason: str, shut: str = "") -> None:
        left = (
            _tr("the funds that may be bought there can take only {0} ({1})")
            if shut
            else _tr("the funds that may be bought there can take only {0}")
        )
        super().__init__(
            _tr("{0} has to be placed in {1} ({2})").format(dollars(money), account, reason),
            left.format(dollars(room), shut),
            _tr("Allow another fund to be bought, add one to the menu, or raise a cap."),
        )


class CoreMinimumError(ContradictoryRulesError):
    """Raising cash would leave less outside the brokerage window than the plan asks for."""

    def __init__(self, account: str, cash: Money, minimum: Money, left: Money) -> None:
        super().__init__(
            _raised(account, cash),
            _tr("{0} has to stay outside its brokerage window and only {1} would").format(
                dollars(minimum), dollars(max(left, Decimal(0)))
            ),
            _tr("Raise less, or bring money back from the window first."),
        )


class LimitsTooTightError(ContradictoryRulesError):
    """Exchange limits, minimums or waiting rules leave no plan that meets the other rules."""

    def __init__(self, limits: str, needs: str) -> None:
        super().__init__(limits, needs, _tr("Loosen one of the two."))


class StepsTooCoarseError(ContradictoryRulesError):
    """The step of the amounts does not let caps, cash and minimums be met."""

    def __init__(self, account: str, step: Decimal) -> None:
        super().__init__(
            _tr("amounts go in steps of {0}").format(dollars(step)),
            _tr("the caps, cash or minimum of {0} need finer ones").format(account),
            _tr("Choose smaller steps."),
        )


class ElectionCapsError(ContradictoryRulesError):
    """The caps leave no election in whole percents that adds to 100."""

    def __init__(self, account: str) -> None:
        super().__init__(
            _tr("contributions to {0} go in whole percents that add to 100").format(account),
            _tr("its caps leave less than that"),
            _tr("Raise a cap to the next whole percent, or do not count on its paychecks."),
        )


def until(day: date) -> str:
    """Return a date for a sentence: "31 December 2026"."""
    return whole_day_words(day)
