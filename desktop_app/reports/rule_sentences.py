"""Rules of an account as plain sentences: what kind each is, what it says, where from and how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.classes import CLASS_WORDS, AssetClass
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator
from desktop_app.domain.money import Money
from desktop_app.domain.rules import (
    CoreMinimum,
    EquityWash,
    NoSale,
    Period,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    StockCap,
    Terms,
    TransferLimit,
    is_class_name,
)

from .words import dollars_text, share_text

_tr = translator("Rules")
_tr_class = translator("AssetClass")
_tr_funds = translator("ClassFunds")
_tr_preset = translator("RulePresets")

Namer: TypeAlias = Callable[[str], str]

KIND_WORDS: dict[type[Terms], str] = {
    EquityWash: "Wait after stable value",
    RepurchaseBlock: "No buying back",
    RoundTrip: "Round trips",
    RedemptionFee: "Redemption fee",
    TransferLimit: "Number of transfers",
    CoreMinimum: "Outside the brokerage window",
    StockCap: "Cap on company stock",
    NoSale: "Leaves only in instalments",
}
"""What each kind of rule is called, to be passed through translation before it is shown."""


def names_of(funds: Iterable[Fund]) -> Namer:
    """Return a function from how a rule calls a fund or a class to words for the middle of a sentence."""
    known = tuple(funds)

    def name(text: str) -> str:
        if is_class_name(text):
            return class_funds(AssetClass(text))
        return next((fund.name for fund in known if fund.is_called(text)), text)

    return name


STANDS_ALONE = {
    AssetClass.BROKERAGE_WINDOW: "the brokerage window",
    AssetClass.COMPANY_STOCK: "company stock",
    AssetClass.CASH: "cash",
}
"""Classes that are no kind of fund."""


def class_funds(node: AssetClass) -> str:
    """Return what the funds of a class are called in the middle of a sentence: "US large funds"."""
    return _tr_funds(english_funds(node))


def english_funds(node: AssetClass) -> str:
    """Return the same in English, whole: what another language makes of it is not made of parts."""
    return STANDS_ALONE.get(node) or f"{_in_sentence(CLASS_WORDS[node]).removesuffix('s')} funds"


def class_in_sentence(node: AssetClass) -> str:
    """Return a class's name for the middle of a sentence."""
    return _in_sentence(_tr_class(CLASS_WORDS[node]))


def _in_sentence(words: str) -> str:
    return words if words[:2].isupper() else words[0].lower() + words[1:]


def listed(names: Iterable[str], joint: str = "") -> str:
    """Join names as a sentence does: "A", "A and B", "A, B and C"."""
    found = list(names)
    if len(found) <= 1:
        return "".join(found)
    return f"{', '.join(found[:-1])} {joint or _tr('and')} {found[-1]}"


def rule_words(rule: Restriction, name: Namer) -> str:
    """Return a rule's own words (those of a preset in the language in force), or a sentence of its terms."""
    if rule.words:
        return _tr_preset(rule.words) if rule.preset else rule.words
    return sentence_of(rule.terms, name)


def sentence_of(terms: Terms, name: Namer) -> str:
    """Return what the terms of a rule say, in one or two sentences."""
    match terms:
        case EquityWash():
            return _equity_wash(terms, name)
        case RepurchaseBlock():
            return _repurchase_block(terms, name)
        case RoundTrip():
            return _round_trip(terms, name)
        case RedemptionFee():
            return _tr("{0} of what is sold within {1} after it was bought is kept back.{2}").format(
                share_text(terms.share), _days(terms.days), _scope(terms.funds, terms.exempt, name)
            )
        case TransferLimit():
            return _transfer_limit(terms, name)
        case CoreMinimum():
            return _tr("At least {0} of the account stays outside {1}.").format(
                _money(terms.amount), _all(terms.window, name)
            )
        case StockCap():
            return _tr("{0} may be at most {1} of the account.").format(
                _start(_all(terms.funds, name)), share_text(terms.share)
            )
        case NoSale():
            return _tr("Money leaves {0} only in instalments, so that no plan sells it.").format(
                _all(terms.funds, name)
            )


def _equity_wash(terms: EquityWash, name: Namer) -> str:
    sources, competing = _all(terms.sources, name), _all(terms.competing, name, _tr("or"))
    return _tr("Money from {0} may not go straight to {1}: it has to be elsewhere for {2} first.").format(
        sources, competing, _days(terms.days)
    )


def _repurchase_block(terms: RepurchaseBlock, name: Namer) -> str:
    much = _tr("more than {0}").format(_money(terms.over)) if terms.over else _tr("money")
    scope = _scope(terms.funds, terms.exempt, name)
    return _tr("After {0} left a fund it may not be bought for {1}.{2}").format(
        much, _days(terms.days), scope
    )


def _round_trip(terms: RoundTrip, name: Namer) -> str:
    found = [_tr("A fund that was bought may not be sold within {0}.").format(_days(terms.days))]
    if terms.allowed:
        times = (
            _tr("One such round trip is")
            if terms.allowed == 1
            else _tr("{0} such round trips are").format(terms.allowed)
        )
        found.append(_tr("{0} let pass in {1}.").format(times, _days(terms.window)))
    if terms.block and terms.strikes:
        often = _tr("One round trip") if terms.strikes == 1 else _tr("{0} round trips").format(terms.strikes)
        within = _tr(" within {0}").format(_days(terms.window)) if terms.strikes > 1 else ""
        verb = _tr("closes") if terms.strikes == 1 else _tr("close")
        found.append(
            _tr("{0}{1} {2} the fund to purchases for {3}.").format(often, within, verb, _days(terms.block))
        )
    if terms.over:
        found.append(_tr("Orders of {0} or less a day do not count.").format(_money(terms.over)))
    if terms.shared:
        found.append(_tr("The accounts under this rule are counted together."))
    return " ".join(found) + _scope(terms.funds, terms.exempt, name)


def _transfer_limit(terms: TransferLimit, name: Namer) -> str:
    many = _tr("One transfer") if terms.count == 1 else _tr("{0} transfers").format(terms.count)
    period = _tr("day") if terms.per is Period.DAY else _tr("calendar month")
    if terms.then_into:
        after = _tr("after that money may only go into {0}").format(_all(terms.then_into, name))
    else:
        after = _tr("after that nothing moves until the {0} is over").format(
            _tr("day") if terms.per is Period.DAY else _tr("month")
        )
    return _tr("{0} a {1}; {2}.").format(many, period, after)


def _scope(funds: tuple[str, ...], exempt: tuple[str, ...], name: Namer) -> str:
    """Return which funds are meant, as a sentence of its own; empty when all are."""
    words = _tr(" This is meant for {0}.").format(_all(funds, name)) if funds else ""
    if not exempt:
        return words
    is_one = len(exempt) == 1 and (exempt[0] in STANDS_ALONE or not is_class_name(exempt[0]))
    return _tr("{0} {1} {2} not count.").format(
        words, _start(_all(exempt, name)), _tr("does") if is_one else _tr("do")
    )


def _all(names: tuple[str, ...], name: Namer, joint: str = "") -> str:
    return listed(map(name, names), joint) or "…"


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]


def _days(days: int) -> str:
    return _tr("1 day") if days == 1 else _tr("{0} days").format(days)


def _money(amount: Money) -> str:
    return dollars_text(Decimal(amount)).removesuffix(".00")
