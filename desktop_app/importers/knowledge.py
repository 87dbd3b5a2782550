"""What is known about funds: facts by symbol, what composite classes hold, how target dates move."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from desktop_app.domain.classes import LEAVES, AssetClass
from desktop_app.domain.errors import BugError
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import HUNDRED, ONE, ZERO
from desktop_app.domain.records import dataclass
from desktop_app.domain.resources import resource_path

Shares = dict[AssetClass, Decimal]
"""Percent by leaf."""

TARGET_DATE = "target_date:"
INCOME = "income"
MIX = "mix:"
"""Before the percent of stock of a mix whose stock is mostly of the US: `mix:60`."""
WORLD_MIX = "world_mix:"
"""The same for a mix that holds stock and bonds of all the world."""


@dataclass(frozen=True, slots=True)
class FundFacts:
    """One line of `funds.csv`; `kind` is a class or `target_date:2045`, `mix` percents as published."""

    name: str
    kind: str
    mix: str
    expense_ratio: Decimal | None


@cache
def fund_facts() -> dict[str, FundFacts]:
    """Return the known funds by symbol."""
    path = resource_path("funds/funds.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(line for line in stream if not line.startswith("#"))
        next(rows)
        return {
            row[0]: FundFacts(row[1], row[2], row[3], Decimal(row[4]) if row[4] else None) for row in rows
        }


@cache
def large_companies() -> frozenset[str]:
    """Return the symbols of companies that are large beyond doubt."""
    text = resource_path("funds/large_companies.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def _mixes() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(resource_path("funds/mixes.json").read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=2_000)
def mix_of_kind(kind: str, published: str, today_year: int) -> AssetMix:
    """Return the mix of a class, composite, `mix:<percent>` or `target_date:<year|income>` as of a year.

    `published` (percents as in `funds.csv`) replaces the usual mix; that of a target-date fund is
    moved along the glide path from the year it was published.
    """
    if kind.startswith(TARGET_DATE):
        return _target_date(kind.removeprefix(TARGET_DATE), published, today_year)
    share = stock_share_of(kind)
    if share is not None:
        return AssetMix.normalised(_spread(_parts(kind, share)))
    if published:
        return AssetMix.normalised(_spread(_parse(published)))
    composite = _mixes()["composites"].get(kind)
    if composite is not None:
        return AssetMix.normalised(_spread({name: Decimal(share) for name, share in composite.items()}))
    leaf = AssetClass(_mixes()["classes"].get(kind, kind))
    if leaf not in LEAVES:
        raise BugError(f"“{kind}” is not a class a fund can have.")
    return AssetMix.single(leaf)


def is_estimate(kind: str) -> bool:
    """Tell whether a class is a mix somebody had to estimate."""
    return kind.startswith((TARGET_DATE, MIX, WORLD_MIX)) or kind in _mixes()["composites"]


def stock_share_of(kind: str) -> int | None:
    """Return the percent of stock of a kind that says it: 60 of `mix:60`, else None."""
    head, mark, share = kind.partition(":")
    return int(share) if mark and f"{head}:" in {MIX, WORLD_MIX} else None


def _parts(kind: str, stock: int) -> dict[str, Decimal]:
    """Return what a mix of `stock` percent of stock usually holds, in percent, without parts of nothing."""
    inner = _mixes()["mixes"][kind.partition(":")[0]]
    sides = {"stock": Decimal(stock), "bonds": HUNDRED - stock}
    shares = {
        name: whole * part / HUNDRED for side, whole in sides.items() for name, part in inner[side].items()
    }
    return {name: share for name, share in shares.items() if share}


def _parse(published: str) -> dict[str, Decimal]:
    parts = (part.split(":") for part in published.split(";"))
    return {name: Decimal(share) for name, share in parts}


def _spread(shares: dict[str, Decimal]) -> Shares:
    """Resolve composites inside a mix down to leaves."""
    found: Shares = {}
    for name, share in shares.items():
        inner = _mixes()["composites"].get(name)
        if inner is None:
            leaf = AssetClass(name)
            found[leaf] = found.get(leaf, ZERO) + share
            continue
        whole = sum(Decimal(part) for part in inner.values())
        for leaf, part in _spread({key: Decimal(value) for key, value in inner.items()}).items():
            found[leaf] = found.get(leaf, ZERO) + share * part / whole
    return found


def _target_date(vintage: str, published: str, today_year: int) -> AssetMix:
    path = _mixes()["glide_path"]
    income = vintage == INCOME
    left = path["income_years"] if income else int(vintage) - today_year
    stock = _on_path(path["stock"], left)
    if published:
        base = _parse(published)
        then = path["income_years"] if income else int(vintage) - path["published_year"]
        return _moved(base, stock - _on_path(path["stock"], then))
    bonds = HUNDRED - stock
    tips = bonds * _on_path(path["tips_of_bonds"], left) / HUNDRED
    plain = bonds - tips
    us_stock, us_bond = Decimal(path["us_of_stock"]) / HUNDRED, Decimal(path["us_of_bonds"]) / HUNDRED
    shares = {
        "us_stock": stock * us_stock,
        "intl_stock": stock * (ONE - us_stock),
        "us_bond": plain * us_bond,
        "intl_bond": plain * (ONE - us_bond),
        "tips": tips,
    }
    return AssetMix.normalised(_spread({name: share for name, share in shares.items() if share > 0}))


def _moved(base: dict[str, Decimal], change: Decimal) -> AssetMix:
    """Shift a published mix by `change` percent of stock, each side kept in its own proportions."""
    whole = sum(base.values(), ZERO)
    stock = sum((share for name, share in base.items() if name.endswith("_stock")), ZERO)
    wanted = min(max(stock / whole * HUNDRED + change, ZERO), HUNDRED)
    moved = {}
    for name, share in base.items():
        side, aim = (stock, wanted) if name.endswith("_stock") else (whole - stock, HUNDRED - wanted)
        moved[name] = share * aim / side if side else ZERO
    return AssetMix.normalised(_spread(moved))


def _on_path(points: list[list[int]], years_left: int) -> Decimal:
    """Interpolate between the points of a path, flat before the first and after the last."""
    if years_left >= points[0][0]:
        return Decimal(points[0][1])
    for (far, high), (near, low) in pairwise(points):
        if years_left >= near:
            return Decimal(low) + Decimal(high - low) * (years_left - near) / (far - near)
    return Decimal(points[-1][1])
