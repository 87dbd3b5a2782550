"""What the rings of the target and rebalance screens show: the mix by colour, and a target inside it."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.classes import ClassFamily, family_of, is_leaf
from desktop_app.domain.drift import DriftReport
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui import words
from desktop_app.ui.widgets import RingSlice
from desktop_app.workflow.desk import Desk

from .drift_rows import family_shares, target_shares
from .drift_words import class_name, family_name
from .now_shares import now_shares
from .rounding import TENTHS


def now_slices(desk: Desk) -> tuple[RingSlice, ...]:
    """Return what is held, one slice per colour family."""
    return tuple(_slice(share.family, share.dollars, share.percent) for share in family_shares(desk))


def target_slices(target: TargetAllocation, total: Money) -> tuple[RingSlice, ...]:
    """Return a target's parts with their share of all; empty while nothing is held."""
    if total <= 0:
        return ()
    return tuple(
        RingSlice(
            key=share.key,
            label=class_name(share.node),
            value=share.weight,
            color_family=share.family,
            tip=f"{class_name(share.node)}: {words.percent(share.weight)}",
        )
        for share in target_shares(target, total)
    )


def report_slices(report: DriftReport) -> tuple[RingSlice, ...]:
    """Return the money of a drift report's leaves, one slice per colour family."""
    now = now_shares({row.node: row.value for row in report.rows if is_leaf(row.node)})
    held = [row for row in report.rows if is_leaf(row.node) and row.value]
    slices: list[RingSlice] = []
    for family in ClassFamily:
        own = [row for row in held if family_of(row.node) is family]
        if own:
            tenths = sum(now[row.node].tenths for row in own)
            slices.append(_slice(family, sum((row.value for row in own), ZERO), Decimal(tenths) / TENTHS))
    return tuple(slices)


def _slice(family: ClassFamily, dollars: Money, percent: Decimal) -> RingSlice:
    name = family_name(family)
    tip = f"{name}: {words.dollars(dollars)}, {words.percent(percent)}"
    return RingSlice(family.value, name, dollars, family, tip=tip)
