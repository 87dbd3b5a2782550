"""Statements and plans as the JSON of the headless contract: exact decimals in text, ISO dates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from desktop_app.domain.drift import ClassDrift, DriftReport
from desktop_app.domain.funds import Fund
from desktop_app.domain.issues import Issue
from desktop_app.domain.money import plain
from desktop_app.domain.plan import (
    Election,
    Exchange,
    ExchangePlan,
    FutureElection,
    LaterExchange,
    PaycheckPlan,
    Trade,
)
from desktop_app.domain.rules import PlanRules
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement, StatementAccount, StatementRow
from desktop_app.reports import next_day
from desktop_app.reports.when_words import rule_words

WEIGHT_PLACES = Decimal("0.00000001")


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _weight(share: Decimal) -> str:
    return plain(share.quantize(WEIGHT_PLACES))


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def statement_answer(statement: Statement, source: StatementSource) -> dict[str, Any]:
    """Return what `read --json` says of one file, or of one entry (`member`) of an archive."""
    member = {"member": source.member} if source.member else {}
    return {
        "file": source.path.name if source.path else source.name,
        **member,
        "layout": statement.layout,
        "as_of": statement.as_of.isoformat() if statement.as_of else None,
        "as_of_kind": statement.as_of_kind.value if statement.as_of_kind else None,
        "accounts": [_account(account) for account in statement.accounts],
        "skipped": [
            {"line": row.line, "text": row.text, "reason": row.reason.value} for row in statement.skipped
        ],
        "issues": [_issue(issue) for issue in statement.issues],
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "severity": issue.severity.value,
        "line": issue.line,
        "message": issue.message,
        "fix": issue.fix,
    }


def _account(account: StatementAccount) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "total": _money(account.total),
        "stated_total": None if account.stated_total is None else _money(account.stated_total),
        "holdings": [_holding(row) for row in account.rows],
    }


def _holding(row: StatementRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "symbol": row.fund.symbol,
        "cusip": row.fund.cusip,
        "name": row.fund.name,
        "source": row.source,
        "units": _number(row.units),
        "price": _number(row.price),
        "value": _money(row.value),
        **({} if row.vested is None else {"vested": _money(row.vested)}),
        "mix": row.fund.mix.as_names(),
        "classified_by": row.fund.classified_by.value,
    }


def plan_answer(plan: ExchangePlan, schedule: CheckSchedule, issues: Sequence[Issue] = ()) -> dict[str, Any]:
    """Return what `plan --json` says; `schedule` tells when to look again, `issues` what is doubtful."""
    again = next_day(schedule, plan, plan.rules.today)
    return {
        "total": _money(plan.total),
        "classes": _classes(plan.before, plan.after),
        "verdict": plan.before.verdict.value,
        "gauge": plain(round(plan.before.gauge, 6)),
        "drift_before": _weight(plan.before.drift),
        "drift_after": _weight(plan.after.drift),
        "misallocated_before": _money(plan.before.misallocated),
        "misallocated_after": _money(plan.after.misallocated),
        "turnover": _money(plan.turnover),
        "fees": _money(plan.fees),
        "exchanges": [_exchange(exchange) for exchange in plan.exchanges],
        "trades": [_trade(trade) for trade in plan.trades],
        "elections": [*(_election(plan, each) for each in plan.elections), *map(_future, plan.futures)],
        "paychecks": None if plan.paychecks is None else _paychecks(plan.paychecks),
        "later": [_later(step) for step in plan.later],
        "unmet": [
            {"class": item.node.value, "dollars": _money(item.dollars), "why": item.why}
            for item in plan.unmet
        ],
        "rules": _restrictions(plan.rules),
        "waits": [
            {
                "account": wait.account_id,
                "fund": None if wait.fund is None else wait.fund.name,
                "not_before": wait.free_on.isoformat(),
                "why": wait.words,
            }
            for wait in plan.waits
        ],
        "proof": {
            "status": plan.proof.status,
            "bound": _money(plan.proof.bound),
            "fewest_exchanges": plan.proof.fewest_exchanges,
            "words": plan.proof.words,
        },
        "next_check": again.day.isoformat(),
        "why_next": again.why,
        "schedule": rule_words(schedule),
        "issues": [_issue(issue) for issue in issues],
    }


def _trade(trade: Trade) -> dict[str, Any]:
    return {
        "account": trade.account_id,
        "fund": trade.fund.name,
        "before": _money(trade.before),
        "change": _money(trade.change),
        "after": _money(trade.after),
    }


def _election(plan: ExchangePlan, election: Election) -> dict[str, Any]:
    return {
        "account": election.account_id,
        "kind": election.kind,
        "percents": {fund.name: percent for fund, percent in election.percents},
        "of": _money(plan.whole_of(election)),
        "left_as_is": [trade.fund.name for trade in plan.left_out(election)],
    }


def _later(step: LaterExchange) -> dict[str, Any]:
    return {
        "not_before": step.not_before.isoformat(),
        "account": step.account_id,
        "from": step.source.name,
        "to": step.target.name,
        "amount": _money(step.amount),
        "why": step.why,
    }


def _future(future: FutureElection) -> dict[str, Any]:
    """Return the election for contributions to come, how long it holds and what follows it."""
    return {
        "account": future.account_id,
        "kind": "future",
        "percents": {fund.name: percent for fund, percent in future.percents},
        "paychecks": future.count,
        "until": future.last_on.isoformat(),
        "then": {fund.name: percent for fund, percent in future.afterwards},
        "why": future.why,
    }


def _paychecks(paychecks: PaycheckPlan) -> dict[str, Any]:
    """Return how much of the drift contributions heal, and the exchange that remains."""
    return {
        "total": _money(paychecks.total),
        "healed": _weight(paychecks.healed),
        "misallocated_before": _money(paychecks.off_before),
        "misallocated_without_exchange": _money(paychecks.off_without),
        "misallocated_after": _money(paychecks.off_after),
        "gauge_after": plain(round(paychecks.gauge_after, 6)),
        "exchange_without_paychecks": _money(paychecks.exchange_without),
        "accounts": [
            {
                "account": each.account_id,
                "amount": _money(each.amount),
                "per_year": each.per_year,
                "count": each.count,
                "total": _money(each.total),
                "buys": {fund.name: _money(money) for fund, money in each.gains},
                "to_band": each.to_band,
                "to_target": each.to_target,
            }
            for each in paychecks.elections
        ],
    }


def _restrictions(rules: PlanRules) -> list[dict[str, Any]]:
    """Return the restrictions the plan was held to, each with the place it is published."""
    return [
        {
            "account": account,
            "kind": rule.kind,
            "words": rule.words,
            "source": rule.source,
            "until": None if rule.until is None else rule.until.isoformat(),
        }
        for account, own in rules.accounts
        for rule in own.restrictions
        if rule.holds_on(rules.today)
    ]


def _classes(before: DriftReport, after: DriftReport) -> list[dict[str, Any]]:
    judged = [row for row in before.rows if row.target is not None]
    known = {row.node for row in judged}
    judged += [row for row in after.rows if row.target is not None and row.node not in known]
    return [_class(row.node.value, before.row(row.node), after.row(row.node)) for row in judged]


def _class(name: str, before: ClassDrift | None, after: ClassDrift | None) -> dict[str, Any]:
    known = after or before
    return {
        "class": name,
        "before": _weight(before.weight) if before else "0",
        "target": _weight(known.target) if known and known.target is not None else "0",
        "after": _weight(after.weight) if after else "0",
        "band": _weight(known.band) if known and known.band is not None else "0",
        "out_before": before is not None and before.used is not None and before.used >= 1,
        "out_after": after is not None and after.used is not None and after.used >= 1,
    }


def _exchange(exchange: Exchange) -> dict[str, Any]:
    return {
        "account": exchange.account_id,
        "from": _name(exchange.source),
        "to": _name(exchange.target),
        "amount": _money(exchange.amount),
        "units": None if exchange.units is None else f"{exchange.units:.3f}",
        "percent_of_fund": None if exchange.percent_of_fund is None else f"{exchange.percent_of_fund:.4f}",
        "why": exchange.why,
        "fee": _money(exchange.fee),
    }


def _name(fund: Fund | None) -> str | None:
    return None if fund is None else fund.name
