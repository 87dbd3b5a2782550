"""Targets and rules as JSON files carry them; every mistake becomes a sentence that names its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from desktop_app.domain.classes import parse_class
from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import ClassifiedBy, Fund, fund_key
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import CENT, HUNDRED, ZERO
from desktop_app.domain.rules import AccountRules, EquityWash, Goal, OrderStyle, PlanRules
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class UnreadableJsonError(UserError):
    """A targets or rules file is missing or is not JSON."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}. Give a JSON file as described in the README.")


class WrongEntryError(UserError):
    """One entry of a targets or rules file is not what it should be."""

    def __init__(self, where: str, value: object, expected: str) -> None:
        shown = (
            json.dumps(value, default=str, ensure_ascii=False) if not isinstance(value, str) else f"'{value}'"
        )
        super().__init__(f"{where}: {shown[:80]} was found where {expected} was expected.")


def read_target_file(path: Path) -> TargetAllocation:
    """Read a targets file (HEADLESS contract, `T.json`); raises `UserError` with exit code 2."""
    data = Entry(path.name, _load(path))
    data.only("targets", "fixed", "band")
    weights = {parse_class(name): entry.decimal() for name, entry in data["targets"].items()}
    if sum(weights.values(), ZERO) == HUNDRED:
        raise WrongEntryError(
            data["targets"].where, "percents that add to 100", "shares of 1, such as 0.6 for 60 %"
        )
    fixed = {parse_class(name): entry.decimal() for name, entry in data.get("fixed").items()}
    return TargetAllocation.of(weights, fixed, _band(data.get("band")))


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
            raise WrongEntryError(data.get(name).where, str(getattr(band, name)), "a number of zero or more")
    if not band.half_width(ZERO) or not max(band.floor, band.relative, band.absolute):
        raise WrongEntryError(data.where, "a band of zero width", "a band wider than zero")
    return band


def read_rules_file(path: Path | None, today: date) -> tuple[PlanRules, dict[str, AssetMix]]:
    """Read a rules file (`R.json`) into rules and the user's own mixes by fund name.

    Without a file the rules are the free ones. Raises `UserError` with exit code 2.
    """
    if path is None:
        return PlanRules(today=today), {}
    data = Entry(path.name, _load(path))
    data.only("goal", "cash_flow", "accounts", "household", "tidy", "round_to", "today", "mixes")
    data.get("household").only("max_exchanges")
    rules = PlanRules(
        today=data.get("today").day(today),
        goal=data.get("goal").choice(Goal, Goal.TARGET),
        cash_flow=tuple((name, entry.decimal()) for name, entry in data.get("cash_flow").items()),
        accounts=tuple((name, _account(entry)) for name, entry in data.get("accounts").items()),
        max_exchanges=data.get("household").get("max_exchanges").count(),
        tidy=data.get("tidy").decimal(ZERO),
        round_to=data.get("round_to").decimal(CENT),
    )
    _check_amounts(data, rules)
    mixes = {name: _mix(entry, name) for name, entry in data.get("mixes").items()}
    return rules, mixes


def _check_amounts(data: Entry, rules: PlanRules) -> None:
    if rules.round_to < CENT or rules.round_to % CENT:
        raise WrongEntryError(data.get("round_to").where, str(rules.round_to), "a multiple of 0.01")
    if not 0 <= rules.tidy < 1:
        raise WrongEntryError(data.get("tidy").where, str(rules.tidy), "a share from 0 to 1")
    for account, amount in rules.cash_flow:
        if amount % CENT:
            raise WrongEntryError(
                f"{data.where}: cash_flow: {account}", str(amount), "dollars and whole cents"
            )


def _account(data: Entry) -> AccountRules:
    data.only(
        "menu", "no_sell", "no_buy", "cap", "blocked_until", "minimum_exchange",
        "order_style", "equity_wash", "max_exchanges",
    )  # fmt: skip
    return AccountRules(
        menu=tuple(_menu_fund(entry) for entry in data.get("menu").entries()),
        no_sell=data.get("no_sell").names(),
        no_buy=data.get("no_buy").names(),
        cap=tuple((name, entry.decimal()) for name, entry in data.get("cap").items()),
        blocked_until=tuple((name, entry.day()) for name, entry in data.get("blocked_until").items()),
        minimum_exchange=data.get("minimum_exchange").decimal(ZERO),
        order_style=data.get("order_style").choice(OrderStyle, OrderStyle.DOLLARS),
        equity_wash=_equity_wash(data.get("equity_wash")),
        max_exchanges=data.get("max_exchanges").count(),
    )


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
    return EquityWash(data["from"].names(), data["competing"].names(), data.get("days").count() or 90)


def _mix(data: Entry, fund: str) -> AssetMix:
    return AssetMix.from_names({name: str(entry.decimal()) for name, entry in data.items()}, fund)


def with_user_mixes(fund: Fund, mixes: Mapping[str, AssetMix]) -> Fund:
    """Return the fund with the mix given for it by symbol, CUSIP or name, if any."""
    for name, mix in mixes.items():
        if fund.is_called(name):
            return replace(fund, mix=mix, classified_by=ClassifiedBy.USER, estimated=False, note="")
    return fund


def _load(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableJsonError(path, f"cannot be opened ({error.strerror or error})") from None
    except UnicodeDecodeError:
        raise UnreadableJsonError(path, "is not a text file in UTF-8") from None
    try:
        return json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise UnreadableJsonError(path, f"line {line} is not valid JSON") from None


_MISSING = object()


class Entry:
    """One value of a JSON file with the way to it, turned into domain values on demand."""

    def __init__(self, where: str, value: Any) -> None:
        self.where = where
        self._value = value

    @property
    def is_missing(self) -> bool:
        """Whether the file has no such entry (or null)."""
        return self._value is _MISSING or self._value is None

    def __getitem__(self, key: str) -> Entry:
        entry = self.get(key)
        if entry.is_missing:
            raise WrongEntryError(self.where, "nothing", f"the entry “{key}”")
        return entry

    def get(self, key: str) -> Entry:
        """Return the entry called `key`, a missing one when it is not there."""
        return Entry(f"{self.where}: {key}", self._mapping().get(key, _MISSING))

    def only(self, *known: str) -> None:
        """Refuse entries nobody knows: a misspelt rule must not be left out silently."""
        for key in self._mapping():
            if key not in known:
                raise WrongEntryError(self.where, key, "one of " + ", ".join(known))

    def items(self) -> list[tuple[str, Entry]]:
        """Return the entries of an object, empty when it is missing."""
        return [(key, Entry(f"{self.where}: {key}", value)) for key, value in self._mapping().items()]

    def entries(self) -> list[Entry]:
        """Return the entries of a list, empty when it is missing."""
        if self.is_missing:
            return []
        if not isinstance(self._value, list):
            raise WrongEntryError(self.where, self._value, "a list")
        return [Entry(f"{self.where}[{i}]", value) for i, value in enumerate(self._value)]

    def names(self) -> tuple[str, ...]:
        """Return a list of names."""
        return tuple(entry.text() for entry in self.entries())

    def text(self, default: str | None = None) -> str:
        """Return a text."""
        return self._read(lambda value: value if isinstance(value, str) else None, "a text", default)

    def decimal(self, default: Decimal | None = None) -> Decimal:
        """Return an exact number, given as text or number."""
        return self._read(_as_decimal, "a number such as “0.6”", default)

    def day(self, default: date | None = None) -> date:
        """Return an ISO date."""
        return self._read(_as_day, "a date such as “2026-12-31”", default)

    def count(self) -> int | None:
        """Return a whole number of zero or more, None when it is missing."""
        if self.is_missing:
            return None
        number = self.decimal()
        if number < 0 or number % 1:
            raise WrongEntryError(self.where, str(number), "a whole number of zero or more")
        return int(number)

    def choice(self, kind: type[E], default: E) -> E:
        """Return a member of an enumeration by its name in files."""
        if self.is_missing:
            return default
        name = self.text()
        try:
            return kind(name)
        except ValueError:
            raise WrongEntryError(self.where, name, "one of " + ", ".join(kind)) from None

    def _read(self, convert: Callable[[Any], T | None], expected: str, default: T | None) -> T:
        if self.is_missing and default is not None:
            return default
        found = None if self.is_missing else convert(self._value)
        if found is None:
            raise WrongEntryError(self.where, "nothing" if self.is_missing else self._value, expected)
        return found

    def _mapping(self) -> dict[str, Any]:
        if self.is_missing:
            return {}
        if not isinstance(self._value, dict):
            raise WrongEntryError(self.where, self._value, "an object in braces")
        return self._value


def _as_decimal(value: object) -> Decimal | None:
    if not isinstance(value, (str, Decimal)):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 15 else None


def _as_day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
