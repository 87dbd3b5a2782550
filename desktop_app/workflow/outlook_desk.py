"""What history says of a whole desk: the mix now, the target and the plan beside each other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.classes import AssetClass, walk
from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED, ZERO, Money
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.records import dataclass
from desktop_app.domain.schedule import CheckKind, CheckSchedule
from desktop_app.domain.targets import BandRule, ToleranceBand, top_level
from desktop_app.outlook.policies import POLICIES
from desktop_app.outlook.simulate import Watch
from desktop_app.outlook.stand_ins import StandIn, stand_in

from .desk import Desk
from .outlook import (
    INSIDE_WORDS,
    CrisisInDollars,
    Mix,
    Outlook,
    WorstDecade,
    both_sides,
    counted_as_stocks,
    crises_in_dollars,
    look_back,
    planned_mix,
    present_mix,
    target_mix,
    worst_decade,
)
from .rebalance_flow import RebalanceFlow

_tr = translator("OutlookTable")

ALL_OF_IT = "1871-02"
"""The first month there are returns for."""
APART = Decimal("0.005")
"""The plan is told apart from the target where their losses differ by this much (DESIGN section 6)."""
FIVE_AND_A_QUARTER = (Decimal("0.05"), Decimal("0.25"))

NEVER, MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY, FIVE, TEN, FIVE_25, *_ = (policy.name for policy in POLICIES)
_BY_MONTHS = {1: MONTHLY, 3: QUARTERLY, 6: HALF_YEARLY, 12: YEARLY}

MIXES = ("now", "target", "after the plan")
CRISIS_HEADS = ("Crisis", "Mix", "Peak", "Low", "Fall %", "Dollars", "Months from the low to recovery")
DECADE_HEADS = (
    "Worst ten years",
    "First month",
    "Last month",
    "After inflation % a year",
    "Left of the balance in today's dollars",
)
RULE_HEADS = (
    "Rule",
    "Growth % a year",
    "After inflation %",
    "Yearly swings %",
    "Worst fall %",
    "Worst ten years after inflation % a year",
    "Rebalances",
    "Moved % a year",
    "Outside 5 points %",
    "Average stock %",
)
STAND_IN_HEADS = ("Class", "Series", "What stands in")


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """One crisis as each mix there is would have lived through it."""

    name: str
    now: CrisisInDollars
    target: CrisisInDollars | None
    plan: CrisisInDollars | None

    @property
    def lead(self) -> CrisisInDollars:
        """The fall whose recovery is told: the target's, without a target that of the present mix."""
        return self.target or self.now

    @property
    def is_plan_apart(self) -> bool:
        """Whether the plan would have lost noticeably more or less than the target."""
        if self.plan is None or self.target is None:
            return False
        return abs(Decimal(self.plan.crisis.fall.loss - self.target.crisis.fall.loss)) >= APART


@dataclass(frozen=True, slots=True)
class DeskOutlook:
    """Everything the Outlook page shows: `balance` in dollars, shares of stocks as fractions of 1.

    `history` is that of the target, without a target that of the present mix; `own_rule` is the name of the
    policy nearest to the household's own rule, None where none is like it. `counted` are the classes of the
    present mix and of the target that are no stocks but for which stocks stand in, with their fractions of
    1: the figures run on those on top of the shares of stocks. `decades` are the worst
    ten years of the present mix, the target and the plan, None for those there are not. `stand_ins` are
    those of the present mix and the target.
    """

    balance: Money
    stocks_now: Decimal
    stocks_target: Decimal | None
    counted: tuple[Mix, Mix]
    lines: tuple[CrisisLine, ...]
    decades: tuple[WorstDecade | None, ...]
    history: Outlook
    own_rule: str | None
    words: tuple[str, ...]
    stand_ins: tuple[StandIn, ...]


@dataclass(frozen=True, slots=True)
class PlannedMix:
    """The mix a plan leads to, None where there is none, with the household and day it was worked out for."""

    household: Household
    today: date
    mix: Mix | None

    def is_for(self, desk: Desk) -> bool:
        """Tell whether a desk has this plan: nothing but its goals may differ."""
        return self.today == desk.today and self.household == _without_goals(desk.household)


def planned_of(desk: Desk, watch: Watch | None = None) -> PlannedMix:
    """Return the mix of the open checklist's plan, else that of the one a rebalance today would make.

    There is none without a target and where the plan is refused. It can take seconds: `watch` is told the
    share of the longest time that is gone and may raise `CancelledError`.
    """
    return PlannedMix(_without_goals(desk.household), desk.today, _mix_of_plan(desk, watch))


def is_alike(one: Desk, other: Desk) -> bool:
    """Tell whether history says the same of two desks: nothing but their goals may differ."""
    return one.today == other.today and _without_goals(one.household) == _without_goals(other.household)


def _without_goals(household: Household) -> Household:
    return replace(household, goals=None, comfort=())


def outlook_of(
    desk: Desk, since: str, planned: PlannedMix | None = None, watch: Watch | None = None
) -> DeskOutlook:
    """Return what history says of a desk, rules compared since the month `since`; something must be held.

    The plan is left out without `planned`. `watch` is told the share done and may raise `CancelledError`.
    Raises `PeriodError`.
    """
    balance, (now, target) = desk.snapshot.total, _mixes_of(desk)
    history = look_back(target or now, balance, since, watch)
    found = DeskOutlook(
        balance=balance,
        stocks_now=stocks_in(now),
        stocks_target=None if target is None else stocks_in(target),
        counted=(_counted(now), _counted(target or {})),
        lines=crisis_lines(balance, now, target, None),
        decades=tuple(worst_decade(mix, balance, since) if mix else None for mix in (now, target, None)),
        history=history,
        own_rule=rule_like(desk.household.schedule, desk.target.band) if desk.target else None,
        words=both_sides(history),
        stand_ins=_stand_ins(now, target or {}),
    )
    return found if planned is None else with_plan(found, desk, planned)


def with_plan(found: DeskOutlook, desk: Desk, planned: PlannedMix) -> DeskOutlook:
    """Return what was found of a desk with the mix of its plan beside the others."""
    plan, balance = planned.mix, found.balance
    if plan is None:
        return found
    now, target = _mixes_of(desk)
    decade = worst_decade(plan, balance, found.history.period[0])
    return replace(
        found, lines=crisis_lines(balance, now, target, plan), decades=(*found.decades[:2], decade)
    )


def _mixes_of(desk: Desk) -> tuple[Mix, Mix | None]:
    """Return the present mix and that of the target."""
    target = None if desk.target is None else target_mix(desk.target, desk.snapshot.total)
    return present_mix(desk.snapshot), target


def _counted(mix: Mix) -> Mix:
    """Return the classes of a mix that are no stocks but count as such, with their shares."""
    return {node: mix[node] for node in counted_as_stocks(mix)}


def _stand_ins(*mixes: Mix) -> tuple[StandIn, ...]:
    """Return what stands in for every class of the mixes, in the order of the class tree."""
    return tuple(stand_in(node) for node in walk() if any(mix.get(node) for mix in mixes))


def evidence_of(plan: ExchangePlan, desk: Desk) -> tuple[CrisisLine, ...]:
    """Return what the present mix, the target and a plan would have lost of what is held today."""
    balance = desk.snapshot.total
    if balance <= 0:
        return ()
    return crisis_lines(
        balance, present_mix(desk.snapshot), target_mix(plan.target, balance), planned_mix(plan)
    )


def crisis_lines(balance: Money, now: Mix, target: Mix | None, plan: Mix | None) -> tuple[CrisisLine, ...]:
    """Return the crises, oldest first, for the mixes there are."""
    present = crises_in_dollars(now, balance)
    others = [crises_in_dollars(mix, balance) if mix else (None,) * len(present) for mix in (target, plan)]
    return tuple(
        CrisisLine(one.crisis.name, one, two, three) for one, two, three in zip(present, *others, strict=True)
    )


def stocks_in(mix: Mix) -> Decimal:
    """Return the share of stocks in a mix."""
    return sum((share for node, share in mix.items() if top_level(node) is AssetClass.STOCKS), ZERO)


def rule_like(schedule: CheckSchedule, band: ToleranceBand) -> str | None:
    """Return the name of the compared rule that is the household's own: its bands, else its calendar."""
    if schedule.kind is not CheckKind.CALENDAR:
        if band.rule is BandRule.LESSER and (band.absolute, band.relative) == (
            Decimal("0.05"),
            Decimal("0.25"),
        ):
            return FIVE_25
        if band.rule is BandRule.ABSOLUTE:
            return {Decimal("0.05"): FIVE, Decimal("0.1"): TEN}.get(band.absolute)
        return None
    return None if schedule.days else _BY_MONTHS.get(schedule.months)


def _mix_of_plan(desk: Desk, watch: Watch | None) -> Mix | None:
    checklist = desk.household.checklist
    if checklist is not None and not checklist.is_done and not desk.has_newer_statement:
        return planned_mix(checklist.plan)
    if desk.target is None:
        return None
    try:
        return planned_mix(RebalanceFlow().plan(desk, watch))
    except UserError:
        return None


def outlook_csv(found: DeskOutlook) -> str:
    """Return the page as a table of text: crises, then rules, then what stands in for what."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_tr(head) for head in CRISIS_HEADS])
    for line in found.lines:
        for name, item in zip(MIXES, (line.now, line.target, line.plan), strict=True):
            if item is not None:
                writer.writerow(_crisis_row(line.name, _tr(name), item))
    writer.writerow([_tr("Note"), _tr(INSIDE_WORDS)])
    writer.writerow([])
    writer.writerow([_tr(head) for head in DECADE_HEADS])
    for name, decade in zip(MIXES, found.decades, strict=True):
        if decade is not None:
            writer.writerow([_tr(name), *decade.period, *_percents((decade.growth,)), f"{decade.left:.2f}"])
    writer.writerow([])
    writer.writerow([_tr(head) for head in RULE_HEADS])
    for rule in found.history.policies:
        shares = (rule.growth, rule.real_growth, rule.volatility, rule.worst_fall)
        decades = _percents((rule.worst_decade,)) if rule.worst_decade is not None else [""]
        rest = (rule.turnover, rule.outside, rule.first_share)
        writer.writerow([_tr(rule.rule), *_percents(shares), *decades, rule.rebalances, *_percents(rest)])
    writer.writerow([])
    writer.writerow([_tr(head) for head in STAND_IN_HEADS])
    for each in found.stand_ins:
        writer.writerow([each.node.value, each.series.value, each.words])
    writer.writerow([])
    first, last = found.history.period
    writer.writerow([_tr("Rules compared"), _tr("{0} to {1}").format(first, last)])
    writer.writerow([_tr("Source"), _tr(found.history.source)])
    writer.writerow([_tr("Caution"), _tr(found.history.caution)])
    return text.getvalue()


def _crisis_row(name: str, mix: str, item: CrisisInDollars) -> list[object]:
    fall, months = item.crisis.fall, item.crisis.months_to_recover
    recovered = _tr("not by the end of the table") if months is None else months
    return [name, mix, fall.peak, fall.trough, *_percents((fall.loss,)), f"{item.dollars:.2f}", recovered]


def _percents(shares: Iterable[float]) -> list[str]:
    return [f"{Decimal(share) * HUNDRED:.2f}" for share in shares]
