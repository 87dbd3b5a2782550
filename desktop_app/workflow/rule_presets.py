"""The rules of common recordkeepers to start from, each with the place it was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from desktop_app.domain.funds import Fund
from desktop_app.domain.household import Household
from desktop_app.domain.records import dataclass
from desktop_app.domain.resources import resource_path
from desktop_app.domain.rules import AccountRules, EquityWash, OrderStyle, Restriction, is_meant

from .json_entries import Entry, WrongEntryError, load_json, one_of
from .rule_entries import read_restrictions


@dataclass(frozen=True, slots=True)
class RulePreset:
    """What is known of one provider: how it takes orders and which restrictions it has.

    `step` is the whole percents an order goes in, `cut_off` the hour by which it gets that day's price
    (empty where not seen), `orders_source` where the way of ordering was seen. `layouts` are the files it
    lets people download. `remarks` are rules nothing computes with, told in words. An `is_extra` one is no
    provider: its rules stand beside those of one.
    """

    key: str
    name: str
    words: str
    order_style: OrderStyle
    step: int
    cut_off: str
    orders_source: str
    restrictions: tuple[Restriction, ...]
    layouts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    is_extra: bool = False


@cache
def rule_presets() -> tuple[RulePreset, ...]:
    """Return every preset of `resources/plan_rules`, in order of its name.

    A plan's own documents come first: the user can change or take away each rule.
    """
    paths = resource_path("plan_rules").glob("*.json")
    return tuple(sorted(map(_preset, paths), key=lambda preset: preset.name))


def preset_called(data: Entry) -> RulePreset | None:
    """Return the preset an entry names, None without one; raises `WrongEntryError` for an unknown name."""
    if data.is_missing:
        return None
    key = data.text()
    known = {preset.key: preset for preset in rule_presets()}
    if key not in known:
        raise WrongEntryError(data.where, key, one_of(sorted(known)))
    return known[key]


def providers() -> tuple[RulePreset, ...]:
    """Return the presets of recordkeepers, without those that only add a rule."""
    return tuple(preset for preset in rule_presets() if not preset.is_extra)


def extras() -> tuple[RulePreset, ...]:
    """Return the presets that only add a rule to those of a recordkeeper."""
    return tuple(preset for preset in rule_presets() if preset.is_extra)


def with_preset(rules: AccountRules, preset: RulePreset) -> AccountRules:
    """Return an account's rules with a preset's orders and restrictions; those of an earlier provider go.

    Rules the user wrote stay, and so do those that were added beside a provider's. An extra adds its
    rules once and leaves the orders as they are.
    """
    if preset.is_extra:
        others = tuple(rule for rule in rules.restrictions if rule.preset != preset.key)
        return replace(rules, restrictions=(*others, *preset.restrictions))
    return replace(
        without_provider(rules),
        order_style=preset.order_style,
        provider=preset.key,
        restrictions=(*preset.restrictions, *without_provider(rules).restrictions),
    )


def without_provider(rules: AccountRules) -> AccountRules:
    """Return an account's rules without those a recordkeeper's preset brought."""
    keys = {preset.key for preset in extras()} | {""}
    own = tuple(rule for rule in rules.restrictions if rule.preset in keys)
    return replace(rules, restrictions=own, provider="")


def is_of_provider(rule: Restriction) -> bool:
    """Tell whether a rule came with a recordkeeper: it goes with the choice of another one."""
    return any(rule.preset == preset.key for preset in providers())


def provider_of(rules: AccountRules) -> RulePreset | None:
    """Return the recordkeeper chosen for an account, else the one whose rules it has; None without any."""
    used = {rules.provider} if rules.provider else {rule.preset for rule in rules.restrictions}
    return next((preset for preset in providers() if preset.key in used), None)


def suggested_provider(layout: str) -> RulePreset | None:
    """Return the recordkeeper whose files have a layout (of `even-keel read`), None when unknown."""
    return next((preset for preset in providers() if layout in preset.layouts), None)


def layout_of(household: Household, account_id: str) -> str:
    """Return the layout of the newest statement that has an account, empty when there is none."""
    found = [each for each in household.statements if any(own.id == account_id for own in each.accounts)]
    dated = [each for each in found if each.as_of is not None]
    newest = max(dated, key=lambda each: each.as_of or date.min) if dated else found[-1] if found else None
    return "" if newest is None else newest.layout


def suggested_extra(rules: AccountRules, funds: Iterable[Fund]) -> RulePreset | None:
    """Return an equity wash to think of: for an account that holds stable value and has no such rule."""
    washed = rules.equity_wash is not None or any(
        isinstance(rule.terms, EquityWash) for rule in rules.restrictions
    )
    if washed:
        return None
    held = tuple(funds)
    for preset in extras():
        for rule in preset.restrictions:
            if isinstance(rule.terms, EquityWash) and any(
                is_meant(fund, rule.terms.sources) for fund in held
            ):
                return preset
    return None


def _preset(path: Path) -> RulePreset:
    data = Entry(path.name, load_json(path))
    data.only("name", "words", "order_style", "step", "cut_off", "orders_source", "rules",
              "layouts", "remarks", "extra")  # fmt: skip
    return RulePreset(
        key=path.stem,
        name=data["name"].text(),
        words=data["words"].text(),
        order_style=data["order_style"].choice(OrderStyle, OrderStyle.DOLLARS),
        step=data["step"].count() or 1,
        cut_off=data["cut_off"].text(),
        orders_source=data["orders_source"].text(),
        restrictions=read_restrictions(data["rules"], path.stem),
        layouts=data.get("layouts").names(),
        remarks=data.get("remarks").names(),
        is_extra=data.get("extra").flag(),
    )
