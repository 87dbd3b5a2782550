"""What the checklist page shows, in words: one card per account, one line per exchange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.money import ZERO
from desktop_app.domain.plan import Exchange, FutureElection, LaterExchange
from desktop_app.domain.reconciliation import Mark, Reconciliation
from desktop_app.domain.records import dataclass
from desktop_app.reports import shares_words
from desktop_app.reports.rule_words import restrictions
from desktop_app.ui import words
from desktop_app.workflow.desk import STALE_AFTER_DAYS

from .reconcile_words import FindingLine, finding_lines


@dataclass(frozen=True, slots=True)
class ExchangeLine:
    """One step as it stands on the page: an exchange, or what future contributions are to buy.

    `index` is its place among the steps of the checklist. `wait` says from when on a later step is possible,
    empty for what can be done at once; `is_waiting` while that day is still to come.
    """

    index: int
    source: str
    source_class: AssetClass | None
    target: str
    target_class: AssetClass | None
    dollars: str
    percent: str
    units: str
    tick: ChecklistTick
    note: str = ""
    finding: FindingLine | None = None
    wait: str = ""
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class AccountLines:
    """One account's card: what it is, what moves, how far one is, what applies."""

    account_id: str
    name: str
    ending: str
    moves: str
    progress: str
    lines: tuple[ExchangeLine, ...]
    rules: str


@dataclass(frozen=True, slots=True)
class ChecklistWords:
    """The whole page: title, the line below it, a warning about old prices, and the cards."""

    title: str
    origin: str
    warning: str
    done: int
    count: int
    accounts: tuple[AccountLines, ...]

    @property
    def next_open(self) -> int | None:
        """The place of the first step that can be done and is not ticked."""
        lines = (line for account in self.accounts for line in account.lines)
        return next((line.index for line in lines if not (line.tick.done or line.is_waiting)), None)


def checklist_words(checklist: Checklist, today: date, found: Reconciliation | None = None) -> ChecklistWords:
    """Prepare the page for a checklist as it stands on a day, beside what a newer statement shows of it."""
    findings = () if found is None else finding_lines(checklist, found)
    accounts = tuple(
        _account(checklist, account, today, findings)
        for account in checklist.accounts
        if checklist.has_steps(account.id) or checklist.later_of(account.id)
    )
    return ChecklistWords(
        title=_title(checklist, today) if found is None or _agrees(checklist, found) else _ticked(checklist),
        origin=_origin(checklist),
        warning="" if found is not None else _warning(checklist, today),
        done=checklist.done_count,
        count=checklist.step_count,
        accounts=accounts,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChecklistPage", text)


def _title(checklist: Checklist, today: date) -> str:
    count = checklist.step_count
    exchanges = checklist.plan.exchanges
    wait = checklist.waits_until(today)
    if wait is not None:
        return _tr("Done for now, the next step from {0} on").format(words.day(wait))
    if checklist.election_ticks or checklist.plan.later:
        if checklist.is_done:
            return _tr("All is done")
        return _tr("{0} of {1} steps done").format(checklist.done_count, count)
    pure = all(exchange.source and exchange.target for exchange in exchanges)
    if checklist.is_done:
        if count == 1:
            return _tr("The exchange is done") if pure else _tr("The order is done")
        return (_tr("All {0} exchanges done") if pure else _tr("All {0} orders done")).format(count)
    if count == 1:
        return _tr("One exchange to do") if pure else _tr("One order to do")
    shape = _tr("{0} of {1} exchanges done") if pure else _tr("{0} of {1} orders done")
    return shape.format(checklist.done_count, count)


def _agrees(checklist: Checklist, found: Reconciliation) -> bool:
    """Tell whether nothing that is ticked is missing in the next statement, in whole or in part."""
    missing = {Mark.PARTLY, Mark.NOT_DONE}
    return not checklist.is_done or all(finding.mark not in missing for finding in found.steps)


def _ticked(checklist: Checklist) -> str:
    """Say what is ticked where the next statement tells otherwise."""
    if checklist.step_count == 1:
        return _tr("Ticked as done")
    return _tr("All {0} steps are ticked").format(checklist.step_count)


def _oldest(checklist: Checklist) -> date | None:
    return min((account.as_of for account in checklist.accounts if account.as_of), default=None)


def _origin(checklist: Checklist) -> str:
    made, oldest = words.day(checklist.made_on), _oldest(checklist)
    first = (
        _tr("Plan of {0}.").format(made)
        if oldest is None
        else _tr("Plan of {0}, from the statement of {1}.").format(made, words.day(oldest))
    )
    return f"{first} {_tr('Ticks and numbers are saved as you type.')}"


def _warning(checklist: Checklist, today: date) -> str:
    oldest = _oldest(checklist)
    is_idle = checklist.is_done or checklist.waits_until(today) is not None
    if is_idle or oldest is None or (today - oldest).days <= STALE_AFTER_DAYS:
        return ""
    return _tr(
        "The prices are {0} days old. "
        "If an account has moved more than 3 % since, import again before you trade."
    ).format((today - oldest).days)


def _account(
    checklist: Checklist, account: Account, today: date, findings: Sequence[FindingLine]
) -> AccountLines:
    orders = checklist.of_account(account.id)
    moved = sum((exchange.amount for _, exchange, _ in orders), ZERO)
    election = checklist.election_of(account.id)
    lines = [_line(index, exchange, tick) for index, exchange, tick in orders]
    if election is not None:
        lines.append(_election_line(len(checklist.ticks), *election))
    lines += [_later_line(index, later, tick, today) for index, later, tick in checklist.later_of(account.id)]
    if findings:
        lines = [replace(line, finding=findings[line.index]) for line in lines]
    done = sum(line.tick.done for line in lines)
    rules = restrictions(checklist, account, today)
    return AccountLines(
        account_id=account.id,
        name=account.name,
        ending=account.masked_id,
        moves=_tr("{0} moves").format(words.dollars_cents(moved)),
        progress=_tr("{0} of {1}").format(done, len(lines)),
        lines=tuple(lines),
        rules="\n".join(f"{rule.label}: {rule.words}" for rule in rules),
    )


def _election_line(first: int, index: int, future: FutureElection, tick: ChecklistTick) -> ExchangeLine:
    """Return the line of an election; lines of exchanges come before `first`."""
    pattern = _tr("Contributions of the next {0} paychecks")
    source = _tr("The next paycheck") if future.count == 1 else pattern.format(future.count)
    return ExchangeLine(
        index=first + index,
        source=source,
        source_class=None,
        target=shares_words(future.percents),
        target_class=None,
        dollars="",
        percent="",
        units="",
        tick=tick,
        note=election_until(future),
    )


def election_until(future: FutureElection) -> str:
    """Say how long an election holds and what follows it."""
    return _tr("From about {0} on, elect {1}.").format(
        words.day(future.last_on), shares_words(future.afterwards)
    )


def _later_line(index: int, later: LaterExchange, tick: ChecklistTick, today: date) -> ExchangeLine:
    reason = later.why.strip().rstrip(".")
    return ExchangeLine(
        index=index,
        source=later.source.name,
        source_class=later.source.mix.main,
        target=later.target.name,
        target_class=later.target.mix.main,
        dollars=words.dollars_cents(later.amount),
        percent="",
        units="",
        tick=tick,
        note=f"{reason[:1].upper()}{reason[1:]}.",
        wait=_tr("Later, not before {0}").format(words.day(later.not_before)),
        is_waiting=later.not_before > today,
    )


def _line(index: int, exchange: Exchange, tick: ChecklistTick) -> ExchangeLine:
    source, target = exchange.source, exchange.target
    return ExchangeLine(
        index=index,
        source=source.name if source else _tr("New money"),
        source_class=source.mix.main if source else None,
        target=target.name if target else _tr("Cash out"),
        target_class=target.mix.main if target else None,
        dollars=words.dollars_cents(exchange.amount),
        percent="" if exchange.percent_of_fund is None else words.percent(exchange.percent_of_fund),
        units="" if exchange.units is None else f"{exchange.units:,.3f}",
        tick=tick,
    )
