"""Statements and plans as plain lines for a terminal."""

from __future__ import annotations

import re

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.classes import CLASS_WORDS
from desktop_app.domain.drift import Verdict
from desktop_app.domain.money import ZERO
from desktop_app.domain.plan import Election, Exchange, ExchangePlan, FutureElection
from desktop_app.domain.rules import OrderStyle
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.domain.statement import Statement, StatementRow
from desktop_app.reports import next_day, shares_words

_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def on_one_line(text: str) -> str:
    """Return words for one line of a terminal.

    A name from a file could else clear the screen, paint over an amount or turn the words behind it round.
    """
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)


def statement_words(statement: Statement) -> str:
    """Return what was read of one file, a line per holding."""
    when = f", {statement.as_of_kind} of {statement.as_of}" if statement.as_of else ", no date in the file"
    lines = [f"{statement.file}: {statement.layout}{when}"]
    for account in statement.accounts:
        lines.append(f"  {account.name} ({account.id})  ${account.total:,.2f}")
        lines += [f"    {row.fund.name}  ${row.value:,.2f}  {_class_words(row)}" for row in account.rows]
    lines += [f"  left out, line {row.line} ({row.reason}): {row.text}" for row in statement.skipped]
    for issue in statement.issues:
        where = f"line {issue.line}: " if issue.line else ""
        lines.append(f"  {issue.severity}: {where}{issue.message} {issue.fix}".rstrip())
    return "\n".join(map(on_one_line, lines))


def _class_words(row: StatementRow) -> str:
    mix = row.fund.mix
    if mix.is_single:
        return CLASS_WORDS[mix.main]
    return ", ".join(f"{weight:.0%} {CLASS_WORDS[leaf]}" for leaf, weight in mix)


_VERDICTS = {
    Verdict.DEFENSIVE: "more stocks than the band allows",
    Verdict.OFFENSIVE: "fewer stocks than the band allows",
    Verdict.WITHIN: "stocks as a whole are right, some class is not",
    Verdict.HOLD: "every class is inside its band",
}


def plan_words(plan: ExchangePlan, snapshot: Snapshot, schedule: CheckSchedule) -> str:
    """Return the plan as a person would read it out."""
    names = {account.id: account.name for account in snapshot.accounts}
    before, after = plan.before, plan.after
    verdict = f"{before.verdict} ({_VERDICTS[before.verdict]})"
    lines = [
        f"Total ${plan.total:,.2f}. Verdict: {verdict}, {before.gauge:.0%} of the band used.",
        f"Drift {before.drift:.1%} before, {after.drift:.1%} after; {_moved_words(plan)}.",
    ]
    if not plan.exchanges:
        lines.append("Nothing to exchange.")
    for exchange in plan.exchanges:
        account = names[exchange.account_id]
        style = plan.rules.for_account(exchange.account_id).order_style
        lines.append(f"  {account}: {_exchange_words(exchange, style)}  ({exchange.why})")
    lines += [f"  {names[each.account_id]}: {_realign_words(plan, each)}" for each in _realigns(plan)]
    lines += [
        f"  not before {step.not_before}: ${step.amount:,.2f} from {step.source.name} "
        f"to {step.target.name}  ({step.why})"
        for step in plan.later
    ]
    for future in plan.futures:
        lines.append(f"  {names[future.account_id]}: {_future_words(future)}  ({future.why})")
    for item in plan.unmet:
        side = "over" if item.dollars > 0 else "short"
        lines.append(
            f"  stays off target: {CLASS_WORDS[item.node]} ${abs(item.dollars):,.2f} {side}. {item.why}"
        )
    lines.append(plan.proof.words)
    again = next_day(schedule, plan, plan.rules.today)
    lines.append(f"Look again on {again.day}: {again.why}")
    return "\n".join(map(on_one_line, lines))


def _moved_words(plan: ExchangePlan) -> str:
    """Say what moves from fund to fund, and what only comes in or goes out."""
    between = f"${plan.turnover:,.2f} moves from fund to fund" if plan.turnover else "no fund is exchanged"
    told = [between]
    comes = sum((cash for _, cash in plan.rules.cash_flow if cash > 0), ZERO)
    ends = ((comes, "comes in"), (plan.paid_out, "is paid out"), (plan.fees, "is kept back as fees"))
    for money, verb in ends:
        told += [f"${money:,.2f} {verb}"] if money else []
    return ", ".join(told)


def _future_words(future: FutureElection) -> str:
    count = "next paycheck" if future.count == 1 else f"next {future.count} paychecks"
    return (
        f"elect {shares_words(future.percents)} for the {count} (until about {future.last_on}), "
        f"then {shares_words(future.afterwards)}"
    )


def _exchange_words(exchange: Exchange, style: OrderStyle) -> str:
    source = exchange.source.name if exchange.source else "new money"
    target = exchange.target.name if exchange.target else "cash out"
    order = f"${exchange.amount:,.2f}"
    if style is OrderStyle.UNITS and exchange.units is not None:
        order = f"{exchange.units} units ({order})"
    elif style is OrderStyle.PERCENT_OF_FUND and exchange.percent_of_fund is not None:
        order = f"{exchange.percent_of_fund:.0%} ({order})"
    return f"{order} from {source} to {target}"


def _realigns(plan: ExchangePlan) -> list[Election]:
    """Return the whole percents of the accounts that take their orders so."""
    style = OrderStyle.REALIGN_PERCENT
    return [each for each in plan.elections if plan.rules.for_account(each.account_id).order_style is style]


def _realign_words(plan: ExchangePlan, election: Election) -> str:
    words = f"set ${plan.whole_of(election):,.2f} to {shares_words(election.percents)}"
    aside = ", ".join(trade.fund.name for trade in plan.left_out(election))
    return f"{words}; leave {aside} as it is" if aside else words
