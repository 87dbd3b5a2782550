"""Everything an account's plan restricts as one list that can be edited: rules, caps, blocked funds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from desktop_app.domain.language import translator
from desktop_app.domain.money import ONE, Weight
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import (
    AccountRules,
    CoreMinimum,
    EquityWash,
    NoSale,
    RedemptionFee,
    Restriction,
    StockCap,
    Terms,
)

from .rule_presets import rule_presets

_tr = translator("Rules")


@dataclass(frozen=True, slots=True)
class FundCap:
    """One fund may be at most `share` of the account after a plan."""

    fund: str
    share: Weight


@dataclass(frozen=True, slots=True)
class FundBlock:
    """One fund may be neither bought nor sold before `until`."""

    fund: str
    until: date


Rule: TypeAlias = Restriction | FundCap | FundBlock


def lines_of(rules: AccountRules) -> tuple[Rule, ...]:
    """Return every rule of an account in the order the screen has them."""
    own_wash = () if rules.equity_wash is None else (Restriction(rules.equity_wash),)
    return (
        *own_wash,
        *rules.restrictions,
        *(FundCap(*cap) for cap in rules.cap),
        *(FundBlock(*block) for block in rules.blocked_until),
    )


def with_lines(rules: AccountRules, lines: Iterable[Rule]) -> AccountRules:
    """Return an account's rules with another list of them; of two caps of a fund the last one counts."""
    found = tuple(lines)
    return replace(
        rules,
        equity_wash=None,
        restrictions=tuple(line for line in found if isinstance(line, Restriction)),
        cap=tuple({line.fund: line.share for line in found if isinstance(line, FundCap)}.items()),
        blocked_until=tuple({line.fund: line.until for line in found if isinstance(line, FundBlock)}.items()),
    )


def line_added(rules: AccountRules, line: Rule) -> AccountRules:
    """Return the rules with one more."""
    return with_lines(rules, (*lines_of(rules), line))


def line_replaced(rules: AccountRules, index: int, line: Rule | None) -> AccountRules:
    """Return the rules with the one at `index` changed, or taken away for None."""
    lines = list(lines_of(rules))
    lines[index : index + 1] = [] if line is None else [line]
    return with_lines(rules, lines)


def edited(rule: Restriction, terms: Terms, until: date | None, source: str) -> Restriction:
    """Return a rule with other terms; words written for the old terms go with them."""
    words = rule.words if terms == rule.terms else ""
    return replace(rule, terms=terms, until=until, source=source.strip(), words=words)


def is_changed(rule: Restriction) -> bool:
    """Tell whether a rule of a preset no longer has the terms the preset publishes."""
    published = [
        own.terms for preset in rule_presets() if preset.key == rule.preset for own in preset.restrictions
    ]
    return bool(published) and rule.terms not in published


def trouble_of(rule: Rule) -> str:
    """Say what a rule lacks to mean anything; empty when it can be kept."""
    if isinstance(rule, Restriction):
        return _terms_trouble(rule.terms)
    if not rule.fund:
        return _tr("Choose a fund.")
    return _cap_trouble(rule.share) if isinstance(rule, FundCap) else ""


def _terms_trouble(terms: Terms) -> str:
    match terms:
        case EquityWash() if not terms.sources:
            return _tr("Choose the funds the money comes from.")
        case EquityWash() if not terms.competing:
            return _tr("Choose the funds it may not go to straight.")
        case RedemptionFee() if not terms.share:
            return _tr("A fee of 0\xa0% is no rule.")
        case CoreMinimum() if not (terms.amount and terms.window):
            return _tr("Type the dollars and choose what they stay outside of.")
        case StockCap() | NoSale() if not terms.funds:
            return _tr("Choose at least one fund.")
        case StockCap():
            return _cap_trouble(terms.share)
    return ""


def _cap_trouble(share: Weight) -> str:
    return "" if share < ONE else _tr("A cap of 100\xa0% is no rule.")
