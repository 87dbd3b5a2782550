"""The exchanges the program counts, each with where it is noted, and the waits they lead to."""

from __future__ import annotations

from desktop_app.domain.accounts import Account
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.household import Household
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import PlanRules
from desktop_app.domain.waiting import Waiting
from desktop_app.rebalance import waits_on

from .desk import Desk
from .edits import forget_exchange, untick_exchange
from .rebalance_flow import log_of


@dataclass(frozen=True, slots=True)
class LogLine:
    """One past exchange: entered by hand at `index` of the log, or the step there of checklist `number`."""

    past: PastExchange
    index: int
    number: int | None = None


def log_lines(household: Household) -> tuple[LogLine, ...]:
    """Return every exchange known to be done, the newest first."""
    lines = [LogLine(past, index) for index, past in enumerate(household.log)]
    for checklist in household.checklists:
        elections = range(len(checklist.ticks), len(checklist.ticks) + len(checklist.election_ticks))
        done = [i for i, tick in enumerate(checklist.steps) if tick.done and i not in elections]
        pasts = checklist.done_exchanges()
        lines += [LogLine(past, i, checklist.number) for i, past in zip(done, pasts, strict=True)]
    return tuple(sorted(lines, key=lambda line: line.past.day, reverse=True))


def without_line(household: Household, line: LogLine) -> Household:
    """Return the household without one of its past exchanges; on a checklist its tick goes."""
    if line.number is None:
        return forget_exchange(household, line.index)
    return untick_exchange(household, line.number, line.index)


def fund_called(account: Account | None, name: str | None) -> str:
    """Return the name of the fund a past exchange calls by symbol, CUSIP or name; empty for none."""
    funds = () if account is None else (holding.fund for holding in account.holdings)
    return next((fund.name for fund in funds if fund.is_called(name or "")), name or "")


def waits_of(desk: Desk, account_id: str | None = None) -> tuple[Waiting, ...]:
    """Return what has to wait today, in one account or in all; none is worked out without rules."""
    rules = desk.household.account_rules
    if not rules:
        return ()
    plan_rules = PlanRules(today=desk.today, accounts=rules, log=log_of(desk))
    waits = waits_on(desk.snapshot, plan_rules)
    return tuple(wait for wait in waits if account_id in {None, wait.account_id})
