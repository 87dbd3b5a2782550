"""What can be said in each kind of rule: its name, what it is for, and its fields."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, auto

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_app.domain.money import ZERO
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import (
    CoreMinimum,
    EquityWash,
    NoSale,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    StockCap,
    Terms,
    TransferLimit,
)
from desktop_app.reports.rule_sentences import KIND_WORDS
from desktop_app.workflow.rule_lines import FundBlock, FundCap, Rule
from desktop_app.workflow.rule_presets import extras


class Shape(Enum):
    """What a field of a rule holds."""

    DAYS = auto()
    COUNT = auto()
    DOLLARS = auto()
    SHARE = auto()
    FUNDS = auto()
    PERIOD = auto()
    FLAG = auto()
    FUND = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: the attribute it is kept in, its label, and the least number it takes."""

    attribute: str
    label: str
    shape: Shape
    least: int = 1


def _noop(text: str) -> str:
    """Mark words for translation; they are translated when they are shown."""
    return str(QT_TRANSLATE_NOOP("RuleKinds", text))


def tr(text: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("RuleKinds", text)


_FUNDS = Field("funds", _noop("Funds meant (none ticked: all)"), Shape.FUNDS)
_EXEMPT = Field("exempt", _noop("Funds that do not count"), Shape.FUNDS)

FIELDS: dict[type, tuple[Field, ...]] = {
    EquityWash: (
        Field("sources", _noop("Money from"), Shape.FUNDS),
        Field("competing", _noop("may not go straight to"), Shape.FUNDS),
        Field("days", _noop("but has to be elsewhere for"), Shape.DAYS),
    ),
    RepurchaseBlock: (
        Field("days", _noop("Not to be bought for"), Shape.DAYS),
        Field("over", _noop("after more than this left on one day"), Shape.DOLLARS),
        _FUNDS,
        _EXEMPT,
    ),
    RoundTrip: (
        Field("days", _noop("Not to be sold within"), Shape.DAYS),
        Field("over", _noop("Orders up to this a day do not count"), Shape.DOLLARS),
        Field("allowed", _noop("Round trips let pass"), Shape.COUNT, 0),
        Field("window", _noop("counted over"), Shape.DAYS),
        Field("strikes", _noop("Round trips that close the fund (0: none do)"), Shape.COUNT, 0),
        Field("block", _noop("which closes it to purchases for"), Shape.DAYS, 0),
        Field("shared", _noop("Count the accounts under this rule together"), Shape.FLAG),
        _FUNDS,
        _EXEMPT,
    ),
    RedemptionFee: (
        Field("share", _noop("Fee (the law allows 2 %)"), Shape.SHARE),
        Field("days", _noop("on what is sold within"), Shape.DAYS),
        _FUNDS,
        _EXEMPT,
    ),
    TransferLimit: (
        Field("count", _noop("Transfers"), Shape.COUNT),
        Field("per", _noop("in each"), Shape.PERIOD),
        Field("then_into", _noop("After that only into (none ticked: nothing moves)"), Shape.FUNDS),
    ),
    CoreMinimum: (
        Field("amount", _noop("At least"), Shape.DOLLARS),
        Field("window", _noop("stays outside"), Shape.FUNDS),
    ),
    StockCap: (
        Field("share", _noop("At most this share of the account"), Shape.SHARE),
        Field("funds", _noop("is in, together"), Shape.FUNDS),
    ),
    NoSale: (Field("funds", _noop("Funds no plan may sell"), Shape.FUNDS),),
    FundCap: (
        Field("fund", _noop("Fund"), Shape.FUND),
        Field("share", _noop("At most this share of the account"), Shape.SHARE),
    ),
    FundBlock: (
        Field("fund", _noop("Fund"), Shape.FUND),
        Field("until", _noop("Free again on"), Shape.DAY),
    ),
}

_HELP = {
    EquityWash: _noop("Most stable value funds ask for it. Only the money that left is bound, not the fund."),
    RepurchaseBlock: _noop("Common with fund companies: what was sold may not be bought back at once."),
    RoundTrip: _noop("What was bought has to stay for a while before it may be sold again."),
    RedemptionFee: _noop("A plan avoids it where another plan is as good, and tells its dollars where not."),
    TransferLimit: _noop("All exchanges of one day are one transfer."),
    CoreMinimum: _noop("What the plan's own funds have to keep when a brokerage window is used."),
    StockCap: _noop("Many plans limit their own company's stock. More than that is sold."),
    NoSale: _noop("For money that is paid out over years, such as some annuities."),
    FundCap: _noop("No plan leaves more than this in the fund."),
    FundBlock: _noop("Until then it is neither bought nor sold, as in a blackout."),
}
_OTHER_TITLES = {FundCap: _noop("Cap on one fund"), FundBlock: _noop("One fund blocked until a date")}
BLANKS: tuple[type, ...] = tuple(FIELDS)
"""The kinds in the order they are offered."""


def kind_of(rule: Rule) -> type:
    """Return what kind a rule is."""
    return type(rule.terms) if isinstance(rule, Restriction) else type(rule)


def title_of(kind: type) -> str:
    """Return what a kind is called."""
    return tr(KIND_WORDS.get(kind) or _OTHER_TITLES[kind])


def help_of(kind: type) -> str:
    """Return what a kind is for, in one sentence."""
    return tr(_HELP[kind])


def blank(kind: type, today: date) -> Rule:
    """Return a rule of a kind to begin with: the published figures where there are any."""
    if kind is FundCap:
        return FundCap("", Decimal("0.20"))
    if kind is FundBlock:
        return FundBlock("", today + timedelta(days=30))
    if kind is EquityWash:
        for preset in extras():
            for rule in preset.restrictions:
                if isinstance(rule.terms, EquityWash):
                    return Restriction(rule.terms, rule.source)
    terms: dict[type, Terms] = {
        EquityWash: EquityWash(("stable_value",), ("money_market",)),
        RepurchaseBlock: RepurchaseBlock(exempt=("money_market",)),
        RoundTrip: RoundTrip(exempt=("money_market",)),
        RedemptionFee: RedemptionFee(Decimal("0.02"), 90),
        TransferLimit: TransferLimit(2),
        CoreMinimum: CoreMinimum(ZERO),
        StockCap: StockCap(Decimal("0.20")),
        NoSale: NoSale(()),
    }
    return Restriction(terms[kind])
