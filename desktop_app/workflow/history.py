"""Every statement in a row: value by class, weights, drift, and what was in force on each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from desktop_app.domain.classes import LEAVES, AssetClass, ClassFamily, family_of
from desktop_app.domain.drift import DriftReport
from desktop_app.domain.funds import Fund, FundKey, normal_name
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import ZERO, Money, Weight
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance.drift import measure_leaves

from .history_ruler import Ruler, Standing
from .leaf_sums import LeafSums, Shares, added, as_dict, no_sums, places_under, put, shares_of

FAMILIES = tuple(family_of(leaf) for leaf in LEAVES)
"""The colour family of each leaf, in the order of `LEAVES`."""

DOLLAR_A_UNIT = frozenset({AssetClass.CASH, AssetClass.MONEY_MARKET})
"""Classes whose price does not move."""


class HeldFund(NamedTuple):
    """One fund of one account at one statement: dollars, units (None when not known) and what it holds."""

    name: str
    value: Money
    units: Decimal | None
    shares: Shares


class _Known(NamedTuple):
    """What is looked up of a fund once for all its rows."""

    name: str
    shares: Shares
    is_dollar: bool


@dataclass(frozen=True, eq=False)
class HeldAccount:
    """One account as one statement had it; `leaves` are exact dollars after look-through.

    `known` holds what was looked up of funds, by their identity; the rows keep them alive.
    """

    rows: Sequence[StatementRow] = field(repr=False)
    known: Mapping[int, _Known] = field(repr=False)
    total: Money
    leaves: LeafSums
    day: date

    @cached_property
    def funds(self) -> dict[FundKey, HeldFund]:
        """The rows gathered by fund; units are known only where every row of the fund has them.

        Cash and money-market funds stand at a dollar a unit: dollars are units where none are given.
        """
        found: dict[FundKey, HeldFund] = {}
        for row in self.rows:
            facts = self.known[id(row.fund)]
            value, units = row.value, row.units
            if units is None and facts.is_dollar:
                units = value
            twin = found.get(row.fund.key)
            if twin is not None:
                units = None if units is None or twin.units is None else units + twin.units
                value += twin.value
            found[row.fund.key] = HeldFund(facts.name, value, units, facts.shares)
        return found


@dataclass(frozen=True)
class HistoryPoint:
    """The household on the day of a statement; accounts without one that day stand as they were last.

    `files` are the statements of the day. `target` is the one in force; before the first there is none, so
    the first is `assumed`. Dollars are exact, weights fractions of 1.
    """

    day: date
    files: tuple[str, ...]
    accounts: Mapping[str, HeldAccount]
    target: TargetAllocation | None
    assumed: bool
    ruler: Ruler | None = field(repr=False)

    @cached_property
    def total(self) -> Money:
        """Dollars of the household."""
        return sum((account.total for account in self.accounts.values()), ZERO)

    @cached_property
    def leaves(self) -> LeafSums:
        """Exact dollars per leaf after look-through, in tree order."""
        return added([account.leaves for account in self.accounts.values()])

    @cached_property
    def by_leaf(self) -> dict[AssetClass, Decimal]:
        """The same by leaf, without those that hold nothing."""
        return as_dict(self.leaves)

    @property
    def carried(self) -> int:
        """How many accounts stand as an earlier statement had them."""
        return sum(account.day != self.day for account in self.accounts.values())

    def value(self, node: AssetClass) -> Decimal:
        """Return exact dollars in a class, a leaf or a group."""
        return sum((self.leaves[place] for place in places_under(node)), ZERO)

    @cached_property
    def by_family(self) -> dict[ClassFamily, Decimal]:
        """Exact dollars per colour family; those without money are left out."""
        found: dict[ClassFamily, Decimal] = {}
        for family, value in zip(FAMILIES, self.leaves, strict=True):
            if value:
                found[family] = found.get(family, ZERO) + value
        return found

    def weight(self, node: AssetClass) -> Weight:
        """Return the share of a class; zero while nothing is held."""
        return self.value(node) / self.total if self.total > 0 else ZERO

    def standing(self, node: AssetClass) -> Standing | None:
        """Return target and band of a class on this day; None where it is not judged."""
        if self.ruler is None or self.total <= 0:
            return None
        return self.ruler.standing(node, self.value(node), self.total)

    @cached_property
    def drift(self) -> Weight | None:
        """Half the sum of |weight − target|, as the overview shows it; None without a target."""
        if self.ruler is None or self.total <= 0:
            return None
        return self.ruler.drift(self.leaves, self.total)

    @cached_property
    def report(self) -> DriftReport | None:
        """The whole drift report of the day, with gauge and verdict; None without a target."""
        if self.target is None or self.total <= 0:
            return None
        return measure_leaves(self.by_leaf, self.total, self.target)


@dataclass(frozen=True)
class History:
    """Points in order of their days; `undated` files have no day and stand nowhere."""

    points: tuple[HistoryPoint, ...] = ()
    undated: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[ClassFamily, ...]:
        """The colour families that ever held money, in ring order."""
        held: set[ClassFamily] = set()
        for point in self.points:
            held.update(point.by_family)
        return tuple(family for family in ClassFamily if family in held)

    def classes(self) -> tuple[AssetClass, ...]:
        """Return what a band can be shown for, in tree order.

        Every class that ever was judged and had money or a target above zero; without any target the leaves
        that ever had money.
        """
        rulers = {id(point.ruler): point.ruler for point in self.points if point.ruler is not None}
        named = {node for ruler in rulers.values() for node in ruler.judged}
        places = {place for point in self.points for place, value in enumerate(point.leaves) if value}
        wanted = {node for ruler in rulers.values() for node in ruler.wanted}
        if not named:
            return tuple(leaf for place, leaf in enumerate(LEAVES) if place in places)
        return tuple(
            node
            for node in AssetClass
            if node in named and (node in wanted or not places.isdisjoint(places_under(node)))
        )


def history_of(household: Household) -> History:
    """Return the household at every day a statement has, each account carried on until its next one.

    Two statements of one account on one day: the one imported later counts. The user's own mixes hold for
    every day.
    """
    mixes = dict(household.fund_mixes)
    by_day: dict[date, list[tuple[str, tuple[StatementAccount, ...]]]] = {}
    for statement in household.statements:
        if statement.as_of is not None:
            by_day.setdefault(statement.as_of, []).append((statement.source, statement.accounts))
    rulers: dict[int, Ruler] = {id(target): Ruler(target) for target in household.targets}
    points: list[HistoryPoint] = []
    known: dict[int, _Known] = {}
    present: dict[str, HeldAccount] = {}
    for day in sorted(by_day):
        newest = {account.id: account for _, accounts in by_day[day] for account in accounts}
        present = present | {key: _held(account, mixes, known, day) for key, account in newest.items()}
        target, assumed = target_at(household.targets, day)
        ruler = None if target is None else rulers[id(target)]
        files = tuple(name for name, _ in by_day[day])
        points.append(HistoryPoint(day, files, present, target, assumed, ruler))
    undated = tuple(statement.source for statement in household.statements if statement.as_of is None)
    return History(tuple(points), undated)


def target_at(targets: Sequence[TargetAllocation], day: date) -> tuple[TargetAllocation | None, bool]:
    """Return the target in force on a day and whether it is only assumed, being the first of a later day.

    The newest version that had begun and was not over counts; a temporary one ends with its last day.
    """
    for target in reversed(targets):
        begun = target.since is None or target.since <= day
        if begun and (target.until is None or target.until >= day):
            return target, False
    first = next((target for target in targets if target.until is None), targets[0] if targets else None)
    return first, first is not None


def _held(
    read: StatementAccount, mixes: dict[FundKey, AssetMix], known: dict[int, _Known], day: date
) -> HeldAccount:
    """Add an account's rows up by leaf; funds are looked up once each."""
    leaves, total = no_sums(), ZERO
    for row in read.rows:
        fund = row.fund
        facts = known.get(id(fund))
        if facts is None:
            facts = known[id(fund)] = _look_up(fund, mixes)
        total += row.value
        put(leaves, facts.shares, row.value)
    return HeldAccount(read.rows, known, total, leaves, day)


def _look_up(fund: Fund, mixes: dict[FundKey, AssetMix]) -> _Known:
    mix = mixes.get(fund.key, fund.mix)
    is_dollar = mix.is_single and mix.main in DOLLAR_A_UNIT
    return _Known(normal_name(fund.name), shares_of(mix), is_dollar)
