"""What history and goals say, as the JSON of the headless contract: fractions of 1 in text, six decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktop_app.domain.goals import GoalPlan
from desktop_app.domain.money import ONE, Money, plain
from desktop_app.outlook.bucket import BucketResult
from desktop_app.outlook.crises import Crisis, Fall
from desktop_app.outlook.guided import MixTried, TierResult
from desktop_app.outlook.policies import YEARLY
from desktop_app.outlook.returns import monthly_returns
from desktop_app.outlook.simulate import PolicyResult
from desktop_app.outlook.windows import LEVELS
from desktop_app.workflow.bucket_words import bucket_words
from desktop_app.workflow.guided import BucketTrial, GuidedPlan
from desktop_app.workflow.guided_words import EDUCATION, tier_words
from desktop_app.workflow.outlook import CrisisInDollars, Outlook, WorstDecade, both_sides


def _share(value: float) -> str:
    text = f"{value:.6f}"
    return "0.000000" if text == "-0.000000" else text


def _maybe(value: float | None) -> str | None:
    return None if value is None else _share(value)


def _money(amount: Decimal | float) -> str:
    text = f"{amount:.2f}"
    return "0.00" if text == "-0.00" else text


def outlook_answer(outlook: Outlook, balance: Money) -> dict[str, Any]:
    """Return what `outlook --json` says of a mix."""
    return {
        "mix": {node.value: plain(weight) for node, weight in outlook.mix.items()},
        "balance": _money(balance),
        "source": outlook.source,
        "caution": outlook.caution,
        "period": list(outlook.period),
        "stand_ins": [
            {"class": item.node.value, "series": item.series.value, "words": item.words}
            for item in outlook.stand_ins
        ],
        "crises": [_crisis(item) for item in outlook.crises],
        "policies": [_policy(result) for result in outlook.policies],
        "worst_10_years": None if outlook.decade is None else _decade(outlook.decade),
        "years": [{"year": each.year, "return": _share(each.value)} for each in outlook.years],
        "years_source": outlook.years_source,
        "words": list(both_sides(outlook)),
    }


def _crisis(item: CrisisInDollars) -> dict[str, Any]:
    crisis: Crisis = item.crisis
    return {
        "name": crisis.name,
        "window": list(crisis.window),
        **_fall(crisis.fall),
        "dollars": _money(item.dollars),
        "months_to_recover": crisis.months_to_recover,
        "untouched_from_peak": _share(crisis.untouched),
        "left_alone_ten_years": None
        if crisis.alone is None
        else {
            "since": crisis.alone.since,
            "stocks_at_peak": _share(crisis.alone.stocks),
            **_fall(crisis.alone.fall),
        },
    }


def _decade(decade: WorstDecade) -> dict[str, Any]:
    return {
        "rule": YEARLY.name,
        "real_growth": _share(decade.growth),
        "period": list(decade.period),
        "left": _money(decade.left),
    }


def _fall(fall: Fall) -> dict[str, str]:
    return {"peak": fall.peak, "trough": fall.trough, "loss": _share(fall.loss)}


def _policy(result: PolicyResult) -> dict[str, Any]:
    return {
        "rule": result.rule,
        "growth": _share(result.growth),
        "real_growth": _share(result.real_growth),
        "volatility": _share(result.volatility),
        "worst_fall": _share(result.worst_fall),
        "peak": result.peak,
        "trough": result.trough,
        "worst_12_months": _maybe(result.worst_year),
        "worst_10_years_real": _maybe(result.worst_decade),
        "worst_10_years": None if result.decade is None else list(result.decade),
        "rebalances": result.rebalances,
        "turnover": _share(result.turnover),
        "outside_5_points": _share(result.outside),
        "average_first_share": _share(result.first_share),
        "highest_first_share": _share(result.most_first),
        "growth_of_1": f"{result.final:.4f}",
    }


def goals_answer(guided: GuidedPlan) -> dict[str, Any]:
    """Return what `goals --json` says of a plan."""
    table = monthly_returns()
    plan = guided.plan
    distribution = guided.distribution
    return {
        "tiers": [_tier(result, plan) for result in guided.tiers],
        "source": table.source,
        "caution": table.caution,
        "period": list(guided.period),
        "risk": "worst fall from a peak in the period, rebalanced every December; volatility decides ties",
        "stand_ins": {"stocks": "us_stocks", "fixed_income": "treasury_10y"},
        "required_distributions": {
            "from_age": guided.distribution_from,
            "this_year": None if distribution is None else _money(distribution.amount),
        },
        "issues": [
            {"severity": issue.severity.value, "message": issue.message, "fix": issue.fix}
            for issue in guided.remarks
        ],
        "words": EDUCATION,
    }


def _tier(result: TierResult, plan: GoalPlan) -> dict[str, Any]:
    lived = result.shown.lived
    return {
        "tier": result.tier.value,
        "required_real_return": None if result.required is None else f"{result.required:.10f}",
        "status": result.status.value,
        "mix": _mix(result.chosen),
        "held": _maybe(result.chosen.lived.held if result.chosen else None),
        "windows": lived.windows,
        "worst_window": lived.worst,
        "worst_window_ran_out_at": lived.worst_age,
        "worst_window_left": _money(lived.worst_left),
        "best": {"mix": _mix(result.best), "held": _share(result.best.lived.held)},
        "enough_on_average": None
        if result.average is None
        else {
            "mix": _mix(result.average),
            "real_growth": _share(result.average.record.real_growth),
            "held": _share(result.average.lived.held),
        },
        "words": tier_words(result, plan),
        "mixes": [_tried(item) for item in result.tried],
        "range": [
            {"age": at.age, **dict(zip(_LEVEL_NAMES, map(_money, at.balances), strict=True))}
            for at in result.range
        ],
    }


_LEVEL_NAMES = tuple(f"{level:.0%}" for level in LEVELS)


def _mix(item: MixTried | None) -> dict[str, str] | None:
    if item is None:
        return None
    stocks = item.record.stocks
    return {"stocks": plain(stocks), "fixed_income": plain(ONE - stocks)}


def _tried(item: MixTried) -> dict[str, Any]:
    return {
        "mix": _mix(item),
        "held": _share(item.lived.held),
        "real_growth": _share(item.record.real_growth),
        "volatility": _share(item.record.volatility),
        "worst_fall": _share(item.record.worst_fall),
        "worst_10_years_real": _maybe(item.record.worst_decade),
        "worst_10_years": None if item.record.decade is None else list(item.record.decade),
    }


def bucket_answer(trial: BucketTrial | None) -> dict[str, Any] | None:
    """Return what `goals --json` says of a bucket; null where there is nothing to try."""
    if trial is None:
        return None
    return {
        "years": plain(trial.held_years),
        "filled_years": plain(trial.filled_years),
        **_bucket(trial.made_up),
        "in_real_order": _bucket(trial.real_order),
        "words": bucket_words(trial),
    }


def _bucket(result: BucketResult) -> dict[str, Any]:
    return {
        "lives": result.lives,
        "falls": result.falls,
        "bridged": _maybe(result.bridged),
        "never_sold_low": _share(result.never_sold_low),
        "lasted": _share(result.lasted),
        "lasted_without": _share(result.plain_lasted),
    }
