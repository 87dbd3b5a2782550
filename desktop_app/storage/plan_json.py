"""The plan inside a checklist as one JSON text, written out by hand so that renaming a class changes no file.

Funds are numbers in the document's `funds` table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import BandState, ClassDrift, DriftReport, Verdict
from desktop_app.domain.exchange_log import ExchangeLog
from desktop_app.domain.funds import Fund
from desktop_app.domain.plan import (
    Election,
    Exchange,
    ExchangePlan,
    FutureElection,
    LaterExchange,
    PaycheckPlan,
    Proof,
    Trade,
    Unmet,
)
from desktop_app.domain.rules import AccountRules, EquityWash, Goal, OrderStyle, PlanRules
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand
from desktop_app.domain.waiting import Waiting

from .rule_json import past_exchange_json, read_past_exchange, read_restriction, restriction_json
from .values import (
    date_text,
    decimal_text,
    optional_decimal_text,
    read_date,
    read_decimal,
    read_optional_decimal,
)
from .when_json import paychecks_json, read_paychecks

Json: TypeAlias = dict[str, Any]
FundNumber: TypeAlias = Callable[[Fund], int]


def plan_text(plan: ExchangePlan, number: FundNumber) -> str:
    """Return the JSON text of a plan; `number` gives each fund its row in the funds table."""
    content = {
        "total": decimal_text(plan.total),
        "target": _target(plan.target),
        "rules": _rules(plan.rules, number),
        "before": _report(plan.before),
        "after": _report(plan.after),
        "turnover": decimal_text(plan.turnover),
        "exchanges": [_exchange(exchange, number) for exchange in plan.exchanges],
        "trades": [
            [t.account_id, number(t.fund), decimal_text(t.before), decimal_text(t.change)]
            for t in plan.trades
        ],
        "elections": [
            [e.account_id, e.kind, [[number(fund), percent] for fund, percent in e.percents]]
            for e in plan.elections
        ],
        "later": [_later(step, number) for step in plan.later],
        "unmet": [[u.node.value, decimal_text(u.dollars), u.why] for u in plan.unmet],
        "proof": {
            "status": plan.proof.status,
            "bound": decimal_text(plan.proof.bound),
            "fewest_exchanges": plan.proof.fewest_exchanges,
            "words": plan.proof.words,
        },
        "paychecks": None if plan.paychecks is None else _paychecks(plan.paychecks, number),
        "waits": [_wait(wait, number) for wait in plan.waits],
    }
    return json.dumps(content, separators=(",", ":"))


def read_plan(text: str, funds: Sequence[Fund]) -> ExchangePlan:
    """Return the plan of a JSON text.

    Raises what broken JSON or a value out of place raises (`ValueError`, `KeyError`, `IndexError`,
    `TypeError`, `ArithmeticError`, `RecursionError`) and the domain's own refusals.
    """
    content = json.loads(text)
    proof = content["proof"]
    return ExchangePlan(
        total=read_decimal(content["total"]),
        target=_read_target(content["target"]),
        rules=_read_rules(content["rules"], funds),
        before=_read_report(content["before"]),
        after=_read_report(content["after"]),
        turnover=read_decimal(content["turnover"]),
        exchanges=tuple(_read_exchange(item, funds) for item in content["exchanges"]),
        trades=tuple(
            Trade(account, _fund(fund, funds), read_decimal(before), read_decimal(change))
            for account, fund, before, change in content["trades"]
        ),
        elections=tuple(
            Election(account, kind, tuple((_fund(fund, funds), int(percent)) for fund, percent in percents))
            for account, kind, percents in content["elections"]
        ),
        later=tuple(_read_later(item, funds) for item in content["later"]),
        unmet=tuple(
            Unmet(AssetClass(node), read_decimal(dollars), why) for node, dollars, why in content["unmet"]
        ),
        proof=Proof(
            proof["status"], read_decimal(proof["bound"]), bool(proof["fewest_exchanges"]), proof["words"]
        ),
        paychecks=_read_paycheck_plan(content.get("paychecks"), funds),  # since 1.3
        waits=tuple(_read_wait(item, funds) for item in content.get("waits", ())),  # later than 1.6
    )


def _fund(number: int, funds: Sequence[Fund]) -> Fund:
    if number < 0:
        raise IndexError(number)
    return funds[number]


def _read_day(text: str) -> date:
    return date.fromisoformat(text)


def _pairs(pairs: Sequence[tuple[str, Decimal]]) -> list[list[str]]:
    return [[str(name), decimal_text(amount)] for name, amount in pairs]


def _target(target: TargetAllocation) -> Json:
    band = target.band
    return {
        "weights": _pairs(target.weights),
        "fixed": _pairs(target.fixed),
        "band": {
            "absolute": decimal_text(band.absolute),
            "relative": decimal_text(band.relative),
            "rule": band.rule.value,
            "floor": decimal_text(band.floor),
        },
        "since": date_text(target.since),
        "reason": target.reason,
        "until": date_text(target.until),
    }


def _read_target(item: Json) -> TargetAllocation:
    band = item["band"]
    return TargetAllocation(
        weights=tuple((AssetClass(node), read_decimal(share)) for node, share in item["weights"]),
        fixed=tuple((AssetClass(node), read_decimal(dollars)) for node, dollars in item["fixed"]),
        band=ToleranceBand(
            read_decimal(band["absolute"]),
            read_decimal(band["relative"]),
            BandRule(band["rule"]),
            read_decimal(band["floor"]),
        ),
        since=read_date(item["since"]),
        reason=item["reason"],
        until=read_date(item["until"]),
    )


def _report(report: DriftReport) -> Json:
    return {
        "total": decimal_text(report.total),
        "rows": [_class_drift(row) for row in report.rows],
        "gauge": decimal_text(report.gauge),
        "decided_by": None if report.decided_by is None else report.decided_by.value,
        "verdict": report.verdict.value,
        "drift": decimal_text(report.drift),
        "misallocated": decimal_text(report.misallocated),
    }


def _class_drift(row: ClassDrift) -> Json:
    return {
        "class": row.node.value,
        "value": decimal_text(row.value),
        "weight": decimal_text(row.weight),
        "target": optional_decimal_text(row.target),
        "target_value": optional_decimal_text(row.target_value),
        "drift": optional_decimal_text(row.drift),
        "band": optional_decimal_text(row.band),
        "used": optional_decimal_text(row.used),
        "state": None if row.state is None else row.state.value,
        "fixed": row.fixed,
    }


def _read_report(item: Json) -> DriftReport:
    decided_by = item["decided_by"]
    return DriftReport(
        total=read_decimal(item["total"]),
        rows=tuple(_read_class_drift(row) for row in item["rows"]),
        gauge=read_decimal(item["gauge"]),
        decided_by=None if decided_by is None else AssetClass(decided_by),
        verdict=Verdict(item["verdict"]),
        drift=read_decimal(item["drift"]),
        misallocated=read_decimal(item["misallocated"]),
    )


def _read_class_drift(row: Json) -> ClassDrift:
    state = row["state"]
    return ClassDrift(
        node=AssetClass(row["class"]),
        value=read_decimal(row["value"]),
        weight=read_decimal(row["weight"]),
        target=read_optional_decimal(row["target"]),
        target_value=read_optional_decimal(row["target_value"]),
        drift=read_optional_decimal(row["drift"]),
        band=read_optional_decimal(row["band"]),
        used=read_optional_decimal(row["used"]),
        state=None if state is None else BandState(state),
        fixed=bool(row["fixed"]),
    )


def _exchange(exchange: Exchange, number: FundNumber) -> Json:
    return {
        "account": exchange.account_id,
        "from": None if exchange.source is None else number(exchange.source),
        "to": None if exchange.target is None else number(exchange.target),
        "amount": decimal_text(exchange.amount),
        "why": exchange.why,
        "units": optional_decimal_text(exchange.units),
        "percent_of_fund": optional_decimal_text(exchange.percent_of_fund),
        "fee": decimal_text(exchange.fee),
    }


def _read_exchange(item: Json, funds: Sequence[Fund]) -> Exchange:
    source, target = item["from"], item["to"]
    return Exchange(
        account_id=item["account"],
        source=None if source is None else _fund(source, funds),
        target=None if target is None else _fund(target, funds),
        amount=read_decimal(item["amount"]),
        why=item["why"],
        units=read_optional_decimal(item["units"]),
        percent_of_fund=read_optional_decimal(item["percent_of_fund"]),
        fee=read_decimal(item.get("fee", "0")),  # since 1.2
    )


def _wait(wait: Waiting, number: FundNumber) -> list[Any]:
    fund = None if wait.fund is None else number(wait.fund)
    return [wait.account_id, fund, wait.words, wait.free_on.isoformat()]


def _read_wait(item: Sequence[Any], funds: Sequence[Fund]) -> Waiting:
    account, fund, words, day = item
    return Waiting(account, None if fund is None else _fund(fund, funds), words, _read_day(day))


def _later(step: LaterExchange, number: FundNumber) -> Json:
    return {
        "not_before": step.not_before.isoformat(),
        "account": step.account_id,
        "from": number(step.source),
        "to": number(step.target),
        "amount": decimal_text(step.amount),
        "why": step.why,
    }


def _read_later(item: Json, funds: Sequence[Fund]) -> LaterExchange:
    return LaterExchange(
        not_before=_read_day(item["not_before"]),
        account_id=item["account"],
        source=_fund(item["from"], funds),
        target=_fund(item["to"], funds),
        amount=read_decimal(item["amount"]),
        why=item["why"],
    )


def _shares(shares: Sequence[tuple[Fund, int]], number: FundNumber) -> list[list[int]]:
    return [[number(fund), share] for fund, share in shares]


def _read_shares(item: Sequence[Sequence[int]], funds: Sequence[Fund]) -> tuple[tuple[Fund, int], ...]:
    return tuple((_fund(fund, funds), int(share)) for fund, share in item)


def _paychecks(plan: PaycheckPlan, number: FundNumber) -> Json:
    return {
        "off_before": decimal_text(plan.off_before),
        "off_without": decimal_text(plan.off_without),
        "off_after": decimal_text(plan.off_after),
        "gauge_after": decimal_text(plan.gauge_after),
        "exchange_without": decimal_text(plan.exchange_without),
        "elections": [
            {
                "account": election.account_id,
                "amount": decimal_text(election.amount),
                "per_year": election.per_year,
                "count": election.count,
                "last_on": election.last_on.isoformat(),
                "percents": _shares(election.percents, number),
                "now": _shares(election.now, number),
                "afterwards": _shares(election.afterwards, number),
                "gains": [[number(fund), decimal_text(money)] for fund, money in election.gains],
                "to_band": election.to_band,
                "to_target": election.to_target,
                "why": election.why,
            }
            for election in plan.elections
        ],
    }


def _read_paycheck_plan(item: Json | None, funds: Sequence[Fund]) -> PaycheckPlan | None:
    if item is None:
        return None
    return PaycheckPlan(
        elections=tuple(_read_future(each, funds) for each in item["elections"]),
        off_before=read_decimal(item["off_before"]),
        off_without=read_decimal(item["off_without"]),
        off_after=read_decimal(item["off_after"]),
        gauge_after=read_decimal(item["gauge_after"]),
        exchange_without=read_decimal(item["exchange_without"]),
    )


def _read_future(item: Json, funds: Sequence[Fund]) -> FutureElection:
    return FutureElection(
        account_id=item["account"],
        amount=read_decimal(item["amount"]),
        per_year=int(item["per_year"]),
        count=int(item["count"]),
        last_on=_read_day(item["last_on"]),
        percents=_read_shares(item["percents"], funds),
        now=_read_shares(item["now"], funds),
        afterwards=_read_shares(item["afterwards"], funds),
        gains=tuple((_fund(fund, funds), read_decimal(money)) for fund, money in item["gains"]),
        to_band=item["to_band"],
        to_target=item["to_target"],
        why=item["why"],
    )


def _rules(rules: PlanRules, number: FundNumber) -> Json:
    return {
        "today": rules.today.isoformat(),
        "goal": rules.goal.value,
        "cash_flow": _pairs(rules.cash_flow),
        "accounts": [[account_id, _account_rules(r, number)] for account_id, r in rules.accounts],
        "max_exchanges": rules.max_exchanges,
        "tidy": decimal_text(rules.tidy),
        "round_to": decimal_text(rules.round_to),
        "log": [past_exchange_json(past) for past in rules.log.entries],
        "paychecks": [[account_id, paychecks_json(pay)] for account_id, pay in rules.paychecks],
    }


def _read_rules(item: Json, funds: Sequence[Fund]) -> PlanRules:
    return PlanRules(
        today=_read_day(item["today"]),
        goal=Goal(item["goal"]),
        cash_flow=tuple((account_id, read_decimal(dollars)) for account_id, dollars in item["cash_flow"]),
        accounts=tuple((account_id, _read_account_rules(r, funds)) for account_id, r in item["accounts"]),
        max_exchanges=item["max_exchanges"],
        tidy=read_decimal(item["tidy"]),
        round_to=read_decimal(item["round_to"]),
        log=ExchangeLog(tuple(read_past_exchange(past) for past in item.get("log", ()))),  # since 1.2
        paychecks=tuple(
            (account_id, read_paychecks(pay)) for account_id, pay in item.get("paychecks", ())
        ),  # since 1.3
    )


def _account_rules(rules: AccountRules, number: FundNumber) -> Json:
    wash = rules.equity_wash
    return {
        "menu": [number(fund) for fund in rules.menu],
        "no_sell": list(rules.no_sell),
        "no_buy": list(rules.no_buy),
        "cap": _pairs(rules.cap),
        "blocked_until": [[fund, day.isoformat()] for fund, day in rules.blocked_until],
        "minimum_exchange": decimal_text(rules.minimum_exchange),
        "order_style": rules.order_style.value,
        "equity_wash": None
        if wash is None
        else {"from": list(wash.sources), "competing": list(wash.competing), "days": wash.days},
        "max_exchanges": rules.max_exchanges,
        "restrictions": [restriction_json(rule) for rule in rules.restrictions],
        "provider": rules.provider,
    }


def _read_account_rules(item: Json, funds: Sequence[Fund]) -> AccountRules:
    wash = item["equity_wash"]
    return AccountRules(
        menu=tuple(_fund(fund, funds) for fund in item["menu"]),
        no_sell=tuple(item["no_sell"]),
        no_buy=tuple(item["no_buy"]),
        cap=tuple((fund, read_decimal(share)) for fund, share in item["cap"]),
        blocked_until=tuple((fund, _read_day(day)) for fund, day in item["blocked_until"]),
        minimum_exchange=read_decimal(item["minimum_exchange"]),
        order_style=OrderStyle(item["order_style"]),
        equity_wash=None
        if wash is None
        else EquityWash(tuple(wash["from"]), tuple(wash["competing"]), wash["days"]),
        max_exchanges=item["max_exchanges"],
        restrictions=tuple(read_restriction(rule) for rule in item.get("restrictions", ())),  # since 1.2
        provider=item.get("provider", ""),  # since 1.4
    )
