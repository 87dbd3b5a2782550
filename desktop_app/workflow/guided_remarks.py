"""Remarks on what was put into a guided plan: what does not count, what the law says."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.goals import GoalPlan, Income, OneOff, Tier
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO
from desktop_app.outlook.limits import ContributionLimit, contribution_limit, known_years
from desktop_app.outlook.returns import MONTHS

_tr = translator("GuidedWords")

ELSEWHERE = "The limit is per person; money above it would have to be saved elsewhere."
"""What follows from a limit, also where the accounts are those of several people."""


def remarks_on(plan: GoalPlan, windows: int, today: date) -> tuple[Issue, ...]:
    """Return every remark on a plan made on `today` that was lived through so many stretches of history."""
    entries = (
        *(one_off_remark(plan, item) for item in plan.one_off),
        *(income_remark(plan, item) for item in plan.income),
    )
    told = (remark for remark in entries if remark is not None)
    return (
        *_contribution_remarks(plan, today),
        *_no_year_remark(plan),
        *told,
        *_surplus_remark(plan),
        *_overlap_remark(plan, windows),
    )


def _no_year_remark(plan: GoalPlan) -> list[Issue]:
    """Say that a plan which ends as retirement begins pays for nothing."""
    if plan.retire_at < plan.plan_to:
        return []
    message = _tr("Retirement begins at {0}, where the plan ends: it pays for no year.")
    return [_warning(message.format(plan.retire_at), _tr("Let it run longer."))]


def _surplus_remark(plan: GoalPlan) -> list[Issue]:
    """Say that income beyond what is spent is not taken for saved."""
    paid = sum((item.annual for item in plan.income if item.from_age < plan.plan_to), ZERO)
    covered = [spent for tier in Tier if ZERO < (spent := plan.spending(tier)) < paid]
    if not covered:
        return []
    message = _tr("Income of ${0:,.0f} a year is more than the ${1:,.0f} a year that is spent.")
    fix = _tr("What is left over is not counted as saved.")
    return [Issue(Severity.INFO, message.format(paid, max(covered)), fix)]


def income_remark(plan: GoalPlan, income: Income) -> Issue | None:
    """Say of an income in which years of the plan it does not count; None where there is nothing to say."""
    if not income.annual:
        return None
    if income.from_age >= plan.plan_to:
        late = (
            _tr("“{0}” begins at age {1}, but the plan ends at {2}.").format(
                income.name, income.from_age, plan.plan_to
            )
            if income.name
            else _tr("An income begins at age {0}, but the plan ends at {1}.").format(
                income.from_age, plan.plan_to
            )
        )
        return _warning(late, _tr("It is not counted."))
    if plan.age >= plan.retire_at or income.from_age >= plan.retire_at:
        return None
    return Issue(Severity.INFO, _early_words(plan, income), _tr("Until then it counts as spent."))


def _early_words(plan: GoalPlan, income: Income) -> str:
    if income.from_age < plan.age:
        if income.name:
            return _tr("“{0}” comes in already, before retirement at {1}.").format(
                income.name, plan.retire_at
            )
        return _tr("An income comes in already, before retirement at {0}.").format(plan.retire_at)
    if income.name:
        return _tr("“{0}” begins before retirement at {1}.").format(income.name, plan.retire_at)
    return _tr("An income begins before retirement at {0}.").format(plan.retire_at)


def one_off_remark(plan: GoalPlan, item: OneOff) -> Issue | None:
    """Say of an amount outside the plan's years that it does not count; None inside them."""
    if not item.amount or item not in plan.missed:
        return None
    return _warning(
        _tr("The one-off amount at age {0} lies outside the plan (age {1} to {2}).").format(
            item.age, plan.age, plan.plan_to
        ),
        _tr("It is not counted."),
    )


def _overlap_remark(plan: GoalPlan, windows: int) -> list[Issue]:
    """Say how few of the stretches share no month."""
    if windows < 2:
        return []
    months = windows - 1 + plan.years * MONTHS
    apart = months // (plan.years * MONTHS)
    shape = (
        _tr("The {0:,} stretches of one year overlap; no more than {2} share no month.")
        if plan.years == 1
        else _tr("The {0:,} stretches of {1} years overlap; no more than {2} share no month.")
    )
    words = shape.format(windows, plan.years, apart)
    return [Issue(Severity.INFO, words, _tr("Take the shares as a picture, not as odds."))]


def _contribution_remarks(plan: GoalPlan, today: date) -> list[Issue]:
    limit = contribution_limit(today.year, plan.age)
    if not (plan.saved or plan.match):
        return []
    if plan.retire_at <= plan.age:
        message = _tr("You are retired already (at {0}).").format(plan.retire_at)
        return [_warning(message, _tr("What you save a year and its match no longer count."))]
    if limit is None:
        years = ", ".join(map(str, known_years()))
        return [
            Issue(
                Severity.INFO,
                _tr("The legal limit of {0} is not known here (known: {1}).").format(today.year, years),
                _tr("Check the contribution against the IRS notice for that year."),
            )
        ]
    found = _over_the_limit(plan, limit)
    if any(
        max(plan.saved - each.catch_up, ZERO) + plan.match > each.all_additions
        for _, each in _limits(plan, limit.year)
    ):
        found.append(
            _warning(
                _tr(
                    "Contributions and match together are more than ${0:,.0f}, the cap of {1} without "
                    "catch-up ({2})."
                ).format(limit.all_additions, limit.year, limit.source),
                _tr(ELSEWHERE),
            )
        )
    return found


def _limits(plan: GoalPlan, year: int) -> list[tuple[int, ContributionLimit]]:
    """Return the law of a year for every age at which the plan saves."""
    pairs = ((age, contribution_limit(year, age)) for age in range(plan.age, plan.retire_at))
    return [(age, limit) for age, limit in pairs if limit is not None]


def _over_the_limit(plan: GoalPlan, now: ContributionLimit) -> list[Issue]:
    """Say from which age on more is put in than the law allows: today's law, for the ages to come."""
    over = [(age, limit) for age, limit in _limits(plan, now.year) if plan.saved > limit.total]
    if not over:
        return []
    age, limit = over[0]
    if age == plan.age:
        shape = _tr("${0:,.0f} is more than an employee of {1} may put in in {2}: ${3:,.0f} ({4}).")
        words = shape.format(plan.saved, age, now.year, limit.total, limit.source)
    else:
        shape = _tr(
            "The higher catch-up ends at {1}: ${0:,.0f} is more than the ${2:,.0f} of that age ({3})."
        )
        words = shape.format(plan.saved, age, limit.total, limit.source)
    return [_warning(words, _tr(ELSEWHERE))]


def _warning(message: str, fix: str) -> Issue:
    return Issue(Severity.WARNING, message, fix)
