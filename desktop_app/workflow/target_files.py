"""Targets and rules as JSON files carry them; every mistake becomes a sentence that names its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from desktop_app.domain.funds import ClassifiedBy, Fund, fund_key
from desktop_app.domain.language import translator
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import CENT, HUNDRED, ONE, ZERO
from desktop_app.domain.rules import AccountRules, EquityWash, Goal, OrderStyle, PlanRules
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand

from .json_entries import Entry, UnreadableJsonError, WrongEntryError, load_json
from .rule_entries import read_equity_wash, read_log, read_restrictions
from .rule_presets import preset_called
from .when_entries import read_paychecks, read_schedule

_tr = translator("JsonFiles")

__all__ = [
    "RulesFile",
    "UnreadableJsonError",
    "WrongEntryError",
    "read_rules_file",
    "read_target_file",
    "with_user_mixes",
]


def read_target_file(path: Path) -> TargetAllocation:
    """Read a targets file (HEADLESS contract, `T.json`); raises `UserError` with exit code 2."""
    data = Entry(path.name, load_json(path))
    data.only("targets", "fixed", "band")
    weights = data["targets"].by_class()
    if sum(weights.values(), ZERO) == HUNDRED:
        raise WrongEntryError(
            data["targets"].where,
            _tr("percents that add to 100"),
            _tr("shares of 1, such as 0.6 for 60 %"),
        )
    return TargetAllocation.of(weights, data.get("fixed").by_class(), _band(data.get("band")))


def _band(data: Entry) -> ToleranceBand:
    data.only("absolute", "relative", "rule", "floor")
    usual = ToleranceBand()
    band = ToleranceBand(
        absolute=data.get("absolute").decimal(usual.absolute),
        relative=data.get("relative").decimal(usual.relative),
        rule=data.get("rule").choice(BandRule, usual.rule),
        floor=data.get("floor").decimal(usual.floor),
    )
    for name in ("absolute", "relative", "floor"):
        if getattr(band, name) < 0:
            expected = _tr("a number of zero or more")
            raise WrongEntryError(data.get(name).where, str(getattr(band, name)), expected)
        if getattr(band, name) > ONE:
            expected = _tr("a share of 1, such as 0.05 for 5 %")
            raise WrongEntryError(data.get(name).where, str(getattr(band, name)), expected)
    if not band.half_width(ZERO) or not max(band.floor, band.relative, band.absolute):
        raise WrongEntryError(data.where, _tr("a band of zero width"), _tr("a band wider than zero"))
    return band


class RulesFile(NamedTuple):
    """What a rules file says: rules, the user's own mixes by fund name, and when to look again."""

    rules: PlanRules
    mixes: dict[str, AssetMix]
    schedule: CheckSchedule


def read_rules_file(path: Path | None, today: date) -> RulesFile:
    """Read a rules file (`R.json`); without one the rules are the free ones and the check is yearly.

    Raises `UserError` with exit code 2.
    """
    if path is None:
        return RulesFile(PlanRules(today=today), {}, CheckSchedule())
    data = Entry(path.name, load_json(path))
    data.only(
        "goal", "cash_flow", "accounts", "household", "tidy", "round_to", "today", "mixes", "log",
        "paychecks", "schedule",
    )  # fmt: skip
    data.get("household").only("max_exchanges")
    today = data.get("today").day(today)
    rules = PlanRules(
        today=today,
        goal=data.get("goal").choice(Goal, Goal.TARGET),
        cash_flow=tuple((name, entry.dollars()) for name, entry in data.get("cash_flow").items()),
        accounts=tuple((name, _account(entry)) for name, entry in data.get("accounts").items()),
        max_exchanges=data.get("household").get("max_exchanges").count(),
        tidy=data.get("tidy").decimal(ZERO),
        round_to=data.get("round_to").decimal(CENT),
        log=read_log(data.get("log"), today),
        paychecks=read_paychecks(data.get("paychecks"), today),
    )
    _check_amounts(data, rules)
    mixes = {name: _mix(entry, name) for name, entry in data.get("mixes").items()}
    return RulesFile(rules, mixes, read_schedule(data.get("schedule")))


def _check_amounts(data: Entry, rules: PlanRules) -> None:
    if rules.round_to < CENT or rules.round_to % CENT:
        raise WrongEntryError(data.get("round_to").where, str(rules.round_to), _tr("a multiple of 0.01"))
    if not 0 <= rules.tidy < 1:
        raise WrongEntryError(data.get("tidy").where, str(rules.tidy), _tr("a share from 0 to less than 1"))
    for account, amount in rules.cash_flow:
        if amount % CENT:
            raise WrongEntryError(
                f"{data.where}: cash_flow: {account}", str(amount), _tr("dollars and whole cents")
            )


def _account(data: Entry) -> AccountRules:
    data.only(
        "menu", "no_sell", "no_buy", "cap", "blocked_until", "minimum_exchange",
        "order_style", "equity_wash", "max_exchanges", "rules", "preset",
    )  # fmt: skip
    preset = preset_called(data.get("preset"))
    return AccountRules(
        menu=tuple(_menu_fund(entry) for entry in data.get("menu").entries()),
        no_sell=data.get("no_sell").names(),
        no_buy=data.get("no_buy").names(),
        cap=tuple((name, _cap(entry)) for name, entry in data.get("cap").items()),
        blocked_until=tuple((name, entry.day()) for name, entry in data.get("blocked_until").items()),
        minimum_exchange=_minimum(data.get("minimum_exchange")),
        order_style=data.get("order_style").choice(
            OrderStyle, preset.order_style if preset else OrderStyle.DOLLARS
        ),
        equity_wash=_equity_wash(data.get("equity_wash")),
        max_exchanges=data.get("max_exchanges").count(),
        restrictions=(*(preset.restrictions if preset else ()), *read_restrictions(data.get("rules"))),
    )


def _cap(data: Entry) -> Decimal:
    share = data.decimal()
    if not 0 <= share <= ONE:
        raise WrongEntryError(data.where, str(share), _tr("a share between 0 and 1, such as 0.1 for 10 %"))
    return share


def _minimum(data: Entry) -> Decimal:
    amount = data.decimal(ZERO)
    if amount < 0:
        raise WrongEntryError(data.where, str(amount), _tr("dollars of zero or more"))
    return amount


def _menu_fund(data: Entry) -> Fund:
    data.only("name", "symbol", "cusip", "mix")
    name = data["name"].text()
    symbol = data.get("symbol").text("") or None
    cusip = data.get("cusip").text("") or None
    mix = _mix(data["mix"], name)
    return Fund(fund_key(symbol, cusip, name), name, mix, ClassifiedBy.USER, symbol, cusip)


def _equity_wash(data: Entry) -> EquityWash | None:
    if data.is_missing:
        return None
    data.only("from", "competing", "days")
    return read_equity_wash(data)


def _mix(data: Entry, fund: str) -> AssetMix:
    shares = {node.value: str(share) for node, share in data.by_class().items()}
    return AssetMix.from_names(shares, fund)


def with_user_mixes(fund: Fund, mixes: Mapping[str, AssetMix]) -> Fund:
    """Return the fund with the mix given for it by symbol, CUSIP or name, if any."""
    for name, mix in mixes.items():
        if fund.is_called(name):
            return replace(fund, mix=mix, classified_by=ClassifiedBy.USER, estimated=False, note="")
    return fund
