"""The rules of common recordkeepers to start from, each with the place it was seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from desktop_app.domain.resources import resource_path
from desktop_app.domain.rules import AccountRules, OrderStyle, Restriction

from .json_entries import Entry, WrongEntryError, load_json
from .rule_entries import read_restrictions


@dataclass(frozen=True, slots=True)
class RulePreset:
    """What is known of one provider: how it takes orders and which restrictions it has.

    `step` is the whole percents an order goes in, `cut_off` the hour by which it gets that day's price
    (empty where not seen), `orders_source` where the way of ordering was seen.
    """

    key: str
    name: str
    words: str
    order_style: OrderStyle
    step: int
    cut_off: str
    orders_source: str
    restrictions: tuple[Restriction, ...]


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
        raise WrongEntryError(data.where, key, "one of " + ", ".join(sorted(known)))
    return known[key]


def with_preset(rules: AccountRules, preset: RulePreset) -> AccountRules:
    """Return an account's rules with a preset's orders and restrictions; those of an earlier preset go."""
    own = tuple(rule for rule in rules.restrictions if not rule.preset)
    return replace(rules, order_style=preset.order_style, restrictions=(*preset.restrictions, *own))


def _preset(path: Path) -> RulePreset:
    data = Entry(path.name, load_json(path))
    data.only("name", "words", "order_style", "step", "cut_off", "orders_source", "rules")
    return RulePreset(
        key=path.stem,
        name=data["name"].text(),
        words=data["words"].text(),
        order_style=data["order_style"].choice(OrderStyle, OrderStyle.DOLLARS),
        step=data["step"].count() or 1,
        cut_off=data["cut_off"].text(),
        orders_source=data["orders_source"].text(),
        restrictions=read_restrictions(data["rules"], path.stem),
    )
