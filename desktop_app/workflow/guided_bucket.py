"""The short-term bucket of a whole desk: its dollars, its place in the target, and how it would have done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.goals import GoalAnswers, Tier
from desktop_app.domain.language import translator
from desktop_app.domain.money import ONE, ZERO, Money, Weight, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetAllocation
from desktop_app.outlook.simulate import Watch
from desktop_app.outlook.stand_ins import series_mix

from .desk import Desk
from .guided import (
    BucketTrial,
    HeldBucket,
    guided_reason,
    is_guided_reason,
    try_bucket,
    untried_words,
    with_bucket,
)
from .guided_desk import GuidedDesk, with_apart_told
from .outlook import target_mix
from .outlook_desk import stocks_in
from .set_apart import (
    PLACES,
    apart_in_short_term,
    held_safe,
    keeping_shares,
    reason_without,
    room_for_bucket,
)

_tr = translator("GuidedWords")


def bucket_dollars(answers: GoalAnswers, years: Decimal, today: date, tier: Tier = Tier.NEEDS) -> Money:
    """Return the dollars the first so many years of retirement draw, each a tier's spending less its income.

    They count from the later of today's age and retirement to the end of the plan; of a broken year its
    part is counted. A year with more income than spending draws nothing.
    """
    begins = max(answers.age_on(today) or 0, answers.retire_at)
    spending = answers.spending(tier)
    held, left, age = ZERO, years, begins
    while left > 0 and age < answers.plan_to:
        income = sum((item.annual for item in answers.income if item.from_age <= age), ZERO)
        held += max(spending - income, ZERO) * min(left, ONE)
        left, age = left - ONE, age + 1
    return to_cents(held)


@dataclass(frozen=True, slots=True)
class BucketDesk:
    """A bucket of `dollars` and how it did; `untried` says why there is no trial."""

    dollars: Money
    trial: BucketTrial | None
    untried: str = ""


def held_bucket(desk: Desk, dollars: Money) -> HeldBucket | None:
    """Return the mixes of the target with so many dollars in its bucket, None where it cannot hold them."""
    made = _holding(desk, dollars)
    if made is None or not dollars:
        return None
    total = desk.snapshot.total
    rest = target_mix(with_bucket(made, ZERO), total - dollars)
    return HeldBucket(series_mix(target_mix(made, total)), series_mix(rest), stocks_in(rest))


def bucket_of(
    found: GuidedDesk,
    bucket: tuple[Decimal, Money],
    tier: Tier,
    held: HeldBucket | None,
    watch: Watch | None = None,
) -> BucketDesk:
    """Return how a bucket of so many years and dollars would have done for a tier.

    The rest is in the mix `held` beside it in the target, else in the one shown for the tier. `watch` as in
    `guided_of`.
    """
    years, dollars = bucket
    trial = try_bucket(found.guided, years, watch, tier, held)
    return BucketDesk(dollars, trial, "" if trial else untried_words(found.guided, tier))


def bucket_refusal(desk: Desk, dollars: Money) -> str:
    """Say why a bucket of so many dollars cannot be held in the target, empty where it can."""
    total = desk.snapshot.total
    if desk.target is None or not dollars:
        return ""
    if dollars >= total:
        return _tr("That is all you hold (${0:,.0f}) or more. Choose fewer years.").format(total)
    inside = apart_in_short_term(desk.target)
    if inside:
        return _tr(
            "Your target sets ${0:,.0f} apart inside short-term already. Take that out in Targets first."
        ).format(inside)
    room = room_for_bucket(desk.target, total)
    if dollars > room:
        return _tr(
            "Your target has ${0:,.0f} in fixed income for a bucket; stocks would lose their share. Choose "
            "fewer years, or fewer stocks."
        ).format(room)
    return ""


def _has_stocks(target: TargetAllocation, stocks: Weight, desk: Desk) -> bool:
    """Tell whether a target asks for a share of stocks, a rounding apart."""
    return abs(stocks_in(target_mix(target, desk.snapshot.total)) - stocks) <= 2 * PLACES


def bucket_target(
    desk: Desk, dollars: Money, years: Decimal, found: GuidedDesk | None = None, tier: Tier = Tier.NEEDS
) -> TargetAllocation | None:
    """Return the target with the bucket in its short-term class; None without a target, or without room.

    The dollars come out of fixed income and go back to it: stocks keep their share of all. The reason
    says how often the tier of `found` lasted so; one that came from the guided plan follows `found` where
    that still answers with these stocks.
    """
    known, made = desk.target, _holding(desk, dollars)
    if known is None or made is None:
        return None
    reason = reason_without(known.reason)
    if found is not None and is_guided_reason(reason):
        chosen = found.guided.tier(tier).chosen
        if chosen is not None and _has_stocks(made, chosen.record.stocks, desk):
            reason = guided_reason(found.guided, tier)
    made = replace(made, reason=reason, since=known.since, until=known.until)
    return with_apart_told(made, desk, found, tier, held_safe(years))


def _holding(desk: Desk, dollars: Money) -> TargetAllocation | None:
    """Return the weights and fixed dollars of the target with the bucket, None where it cannot be."""
    if desk.target is None or bucket_refusal(desk, dollars):
        return None
    return keeping_shares(desk.target, with_bucket(desk.target, dollars).fixed, desk.snapshot.total)
