"""Rules of an account as plain sentences: what kind each is, what it says, where from and how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.classes import CLASS_WORDS, AssetClass
from desktop_app.domain.funds import Fund
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
    return STANDS_ALONE.get(node) or f"{class_in_sentence(node).removesuffix('s')} funds"


def class_in_sentence(node: AssetClass) -> str:
    """Return a class's name for the middle of a sentence."""
    words = CLASS_WORDS[node]
    return words if words[:2].isupper() else words[0].lower() + words[1:]


def listed(names: Iterable[str], joint: str = "and") -> str:
    """Join names as a sentence does: "A", "A and B", "A, B and C"."""
    found = list(names)
    if len(found) <= 1:
        return "".join(found)
    return f"{', '.join(found[:-1])} {joint} {found[-1]}"


def rule_words(rule: Restriction, name: Namer) -> str:
    """Return a rule's own words, or a sentence made from its terms."""
    return rule.words or sentence_of(rule.terms, name)


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
            return (
                f"{share_text(terms.share)} of what is sold within {_days(terms.days)} after it was bought "
                f"is kept back.{_scope(terms.funds, terms.exempt, name)}"
            )
        case TransferLimit():
            return _transfer_limit(terms, name)
        case CoreMinimum():
            return f"At least {_money(terms.amount)} of the account stays outside {_all(terms.window, name)}."
        case StockCap():
            return (
                f"{_start(_all(terms.funds, name))} may be at most {share_text(terms.share)} of the account."
            )
        case NoSale():
            return f"Money leaves {_all(terms.funds, name)} only in instalments, so that no plan sells it."


def _equity_wash(terms: EquityWash, name: Namer) -> str:
    sources, competing = _all(terms.sources, name), _all(terms.competing, name, "or")
    return (
        f"Money from {sources} may not go straight to {competing}: "
        f"it has to be elsewhere for {_days(terms.days)} first."
    )


def _repurchase_block(terms: RepurchaseBlock, name: Namer) -> str:
    much = f"more than {_money(terms.over)}" if terms.over else "money"
    scope = _scope(terms.funds, terms.exempt, name)
    return f"After {much} left a fund it may not be bought for {_days(terms.days)}.{scope}"


def _round_trip(terms: RoundTrip, name: Namer) -> str:
    found = [f"A fund that was bought may not be sold within {_days(terms.days)}."]
    if terms.allowed:
        times = "One such round trip is" if terms.allowed == 1 else f"{terms.allowed} such round trips are"
        found.append(f"{times} let pass in {_days(terms.window)}.")
    if terms.block and terms.strikes:
        often = "One round trip" if terms.strikes == 1 else f"{terms.strikes} round trips"
        within = f" within {_days(terms.window)}" if terms.strikes > 1 else ""
        verb = "closes" if terms.strikes == 1 else "close"
        found.append(f"{often}{within} {verb} the fund to purchases for {_days(terms.block)}.")
    if terms.over:
        found.append(f"Orders of {_money(terms.over)} or less a day do not count.")
    if terms.shared:
        found.append("The accounts under this rule are counted together.")
    return " ".join(found) + _scope(terms.funds, terms.exempt, name)


def _transfer_limit(terms: TransferLimit, name: Namer) -> str:
    many = "One transfer" if terms.count == 1 else f"{terms.count} transfers"
    period = "day" if terms.per is Period.DAY else "calendar month"
    if terms.then_into:
        after = f"after that money may only go into {_all(terms.then_into, name)}"
    else:
        after = f"after that nothing moves until the {'day' if terms.per is Period.DAY else 'month'} is over"
    return f"{many} a {period}; {after}."


def _scope(funds: tuple[str, ...], exempt: tuple[str, ...], name: Namer) -> str:
    """Return which funds are meant, as a sentence of its own; empty when all are."""
    words = f" This is meant for {_all(funds, name)}." if funds else ""
    if not exempt:
        return words
    is_one = len(exempt) == 1 and (exempt[0] in STANDS_ALONE or not is_class_name(exempt[0]))
    return f"{words} {_start(_all(exempt, name))} {'does' if is_one else 'do'} not count."


def _all(names: tuple[str, ...], name: Namer, joint: str = "and") -> str:
    return listed(map(name, names), joint) or "…"


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _money(amount: Money) -> str:
    return dollars_text(Decimal(amount)).removesuffix(".00")
