"""The guided plan as a table of text: what each tier needs, how mixes held, and savings by age."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from desktop_app.domain.goals import GoalPlan, Tier
from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED, plain
from desktop_app.outlook.guided import Status, TierResult
from desktop_app.outlook.returns import monthly_returns
from desktop_app.outlook.windows import LEVELS, RangeAt
from desktop_app.reports.table import harmless

from .guided_advice import needed_savings
from .guided_bucket import BucketDesk
from .guided_desk import GuidedDesk, MixLine, SuggestionLine
from .guided_words import EDUCATION, tier_title

_tr = translator("GuidedTable")

ANSWER_HEADS = (
    "Tier",
    "Spending a year",
    "Return needed after inflation %",
    "Answer",
    "Stocks %",
    "Lasted %",
    "Stretches of history",
    "Worst start",
    "Ran out at age",
)
INPUT_HEADS = ("Input", "Value", "Age")
MIX_HEADS = (
    "Tier",
    "Stocks %",
    "Average growth after inflation %",
    "Lasted %",
    "Worst fall %",
    "Its peak",
    "Its low",
    "Worst ten years after inflation % a year",
    "Remark",
)
AGE_HEADS = ("Tier", "Age")
LEVEL_HEADS = {
    0.0: "Lowest",
    0.1: "1 in 10 below",
    0.25: "1 in 4 below",
    0.5: "Middle",
    0.75: "1 in 4 above",
    0.9: "1 in 10 above",
    1.0: "Highest",
}
"""Every level of the range with what it is called."""

WAY_HEADS = ("Way to a mix", "Stocks %", "Worst fall, dollars", "Its peak", "Its low", "Where it comes from")
BUCKET_HEADS = (
    "Lives",
    "Years held safe",
    "Dollars",
    "Pays for",
    "Rest in, stocks %",
    "Falls",
    "Bridged %",
    "Money lasted %",
    "Lasted without the rule %",
)


def guided_csv(
    found: GuidedDesk, ways: Sequence[SuggestionLine] = (), bucket: BucketDesk | None = None
) -> str:
    """Return the plan as CSV: inputs, answers, mixes and savings by age; money in today's dollars.

    The ways to a mix and the trial of a bucket follow where there are any.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    blocks = (
        (INPUT_HEADS, _inputs(found)),
        (ANSWER_HEADS, (_answer(found, tier) for tier in Tier)),
        (MIX_HEADS, (_mix(tier, line) for tier in Tier for line in found.lines_of(tier))),
        ((*AGE_HEADS, *(LEVEL_HEADS[level] for level in LEVELS)), _ages(found)),
        (WAY_HEADS, map(_way, ways)),
        (BUCKET_HEADS, () if bucket is None else _bucket(bucket)),
    )
    for heads, lines in blocks:
        rows = list(lines)
        if not rows:
            continue
        writer.writerow([_tr(head) for head in heads])
        writer.writerows(rows)
        writer.writerow([])
    table, (first, last) = monthly_returns(), found.guided.period
    writer.writerow([_tr("Source"), _tr(table.source), first, last])
    writer.writerow([_tr("Caution"), _tr(table.caution)])
    writer.writerow([_tr(EDUCATION)])
    return text.getvalue()


def _inputs(found: GuidedDesk) -> Iterator[Sequence[object]]:
    """Yield everything that was put in; of an amount with an age, the age it begins or falls at."""
    plan, answers = found.guided.plan, found.answers
    yield _tr("Age today"), plan.age
    yield _tr("Retire at"), plan.retire_at
    yield _tr("Plan until age"), plan.plan_to
    for name, amount in (
        (_tr("Savings, all accounts"), plan.balance),
        (_tr("Needs a year"), answers.needs),
        (_tr("Wants a year, on top"), answers.wants),
        (_tr("Wishes a year, on top"), answers.wishes),
        (_tr("Spend less than planned, a year"), answers.spared),
        (_tr("Save a year"), plan.saved),
        (_tr("Match a year"), plan.match),
    ):
        yield name, f"{amount:.2f}"
    yield _tr("Must have lasted in %"), plain(plan.lasting * HUNDRED)
    for income in plan.income:
        named = _tr("Income a year: {0}").format(income.name) if income.name else _tr("Income a year")
        yield harmless(named), f"{income.annual:.2f}", income.from_age
    for item in plan.one_off:
        yield _tr("Once"), f"{item.amount:.2f}", item.age
    yield _tr("Years of spending held safe"), plain(answers.bucket_years)


def _answer(found: GuidedDesk, tier: Tier) -> list[object]:
    result = found.guided.tier(tier)
    lived = result.shown.lived
    return [
        tier_title(tier),
        f"{found.guided.plan.spending(tier):.2f}",
        _tr("no return is enough") if result.required is None else _percent(result.required),
        _told(result, found.guided.plan),
        f"{result.shown.record.stocks * HUNDRED:.0f}",
        _percent(lived.held),
        lived.windows,
        lived.worst or "",
        "" if lived.worst_age is None else lived.worst_age,
    ]


def _told(result: TierResult, plan: GoalPlan) -> str:
    """Say what the mix of the row is: the answer, or the best there was."""
    if not result.shown.lived.windows:
        return _tr("history is too short")
    if result.chosen is None:
        return _tr("no historical mix reached this; this was the best")
    if result.status is not Status.FUNDED:
        return _tr("calmest that lasted")
    return _tr("paid for if saving goes on") if needed_savings(plan, result) else _tr("paid for already")


def _mix(tier: Tier, line: MixLine) -> list[object]:
    remarks = (
        (line.is_own, _tr("yours")),
        (line.is_chosen, _tr("calmest that lasted")),
        (line.is_trap, _tr("enough on average")),
    )
    fall = line.fall
    numbers = (*map(_percent, (line.real_growth, line.held, fall.loss)), fall.peak, fall.trough)
    said = ", ".join(words for counts, words in remarks if counts)
    worst = "" if line.worst_decade is None else _percent(line.worst_decade)
    return [tier_title(tier), f"{line.stocks * HUNDRED:.0f}", *numbers, worst, said]


def _ages(found: GuidedDesk) -> Iterator[Sequence[object]]:
    for tier in Tier:
        for at in found.guided.tier(tier).range:
            yield [tier_title(tier), at.age, *_dollars(at)]


def _way(line: SuggestionLine) -> Sequence[object]:
    made, fall = line.suggestion, line.fall
    stocks = f"{made.stocks * HUNDRED:.0f}"
    return [made.name, stocks, f"{line.lost:.2f}", fall.peak, fall.trough, made.told]


def _bucket(bucket: BucketDesk) -> Iterator[Sequence[object]]:
    if bucket.trial is None:
        return
    trial = bucket.trial
    for lives, result in (
        (_tr("put together from history"), trial.made_up),
        (_tr("in history’s own order"), trial.real_order),
    ):
        bridged = "" if result.bridged is None else _percent(result.bridged)
        lasted = (_percent(result.lasted), _percent(result.plain_lasted)) if result.lives else ("", "")
        dollars, rest = f"{bucket.dollars:.2f}", f"{trial.rest * HUNDRED:.0f}"
        yield [
            f"{result.lives:,} {lives}",
            plain(trial.held_years),
            dollars,
            tier_title(trial.tier),
            rest,
            result.falls,
            bridged,
            *lasted,
        ]


def _dollars(at: RangeAt) -> Iterable[str]:
    return (f"{balance:.2f}" for balance in at.balances)


def _percent(share: float) -> str:
    return f"{Decimal(share) * HUNDRED + 0:.2f}"
