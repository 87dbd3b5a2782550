"""The printed checklist as plain values: final words in the order they stand on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO
from desktop_app.domain.plan import Exchange, LaterExchange
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import OrderStyle
from desktop_app.domain.schedule import CheckSchedule

from .checks import FundCheck, fund_checks, moved_in
from .election_part import ElectionPart, election_part
from .percent_notes import left_aside, percent_note
from .percents import are_of_what_is_left
from .rule_words import RuleRow, account_rules, household_rules
from .when_words import plan_days
from .words import (
    change_text,
    count_text,
    day_text,
    dollars_text,
    is_number,
    masked,
    name_text,
    percent_text,
    plain_text,
    units_text,
    whole_percent_text,
)

_tr = translator("Sheet")

STALE_AFTER_DAYS = 45
"""Prices older than this are called old (DESIGN section 6)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence; `strong` words are bold."""

    text: str
    strong: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TextPart:
    """A section of paragraphs."""

    title: str
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One exchange to enter; `confirmation` and `done_on` are empty until the user noted them."""

    source: str
    target: str
    dollars: str
    percent: str
    units: str
    done: bool = False
    confirmation: str = ""
    done_on: str = ""


@dataclass(frozen=True, slots=True)
class OrderPart:
    """The section with the exchanges to make, in order."""

    title: str
    rows: tuple[OrderRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class RulePart:
    """The section with the rules that apply."""

    title: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One fund, or the account total, as it should look afterwards."""

    fund: str
    before: str
    change: str
    after: str
    percent: str


@dataclass(frozen=True, slots=True)
class CheckPart:
    """The section to compare the account with afterwards."""

    title: str
    rows: tuple[CheckRow, ...]
    total: CheckRow
    note: str


Part = TextPart | OrderPart | ElectionPart | RulePart | CheckPart


@dataclass(frozen=True, slots=True)
class Sheet:
    """One account's paper: heading, facts at the right of it, numbered parts and a foot line."""

    kicker: str
    title: str
    facts: tuple[Words, ...]
    parts: tuple[Part, ...]
    footer: str


def checklist_sheets(
    checklist: Checklist,
    household_name: str,
    today: date,
    *,
    look_again: date | None = None,
    cut_offs: Mapping[str, str] | None = None,
) -> tuple[Sheet, ...]:
    """Return one sheet per account that has something to enter, in the order of the household's accounts.

    Each names `look_again`, the day of the next check. Without anything to enter there is one sheet that
    says so, with the end of the year as that day unless given. `cut_offs` are the hours by which plans
    want orders, by account id.
    """
    busy = [account for account in checklist.accounts if checklist.has_steps(account.id)]
    if not busy:
        return (_quiet_sheet(checklist, household_name, look_again or CheckSchedule().next_after(today)),)
    hours = cut_offs or {}
    return tuple(
        _account_sheet(checklist, account, household_name, today, look_again, hours.get(account.id, ""))
        for account in busy
    )


def _account_sheet(
    checklist: Checklist,
    account: Account,
    household_name: str,
    today: date,
    look_again: date | None,
    cut_off: str,
) -> Sheet:
    first = next(a for a in checklist.accounts if checklist.has_steps(a.id))
    rules = account_rules(checklist, account, today, cut_off)
    if account is first:
        rules += household_rules(checklist)
    if look_again is not None:
        rules += (
            RuleRow(_tr("Next check"), _tr("Look at the mix again on {0}.").format(day_text(look_again))),
        )
    orders = _order_parts(checklist, account)
    has_exchanges = bool(checklist.of_account(account.id))
    checks = (_check_part(checklist, account),) if has_exchanges else ()
    return Sheet(
        kicker=_tr("{0} · Rebalance checklist").format(name_text(household_name, checklist.accounts)),
        title=name_text(account.name, checklist.accounts) or _tr("Account"),
        facts=_facts(account),
        parts=(
            TextPart(_tr("Before you begin"), _before_words(checklist, account, today)),
            *orders,
            RulePart(_tr("Rules that apply"), rules),
            *checks,
            *_later_parts(checklist, account),
        ),
        footer=_footer(checklist),
    )


def _order_parts(checklist: Checklist, account: Account) -> tuple[Part, ...]:
    """Return the sections with something to enter: exchanges, then future contributions."""
    exchanges = (_order_part(checklist, account),) if checklist.of_account(account.id) else ()
    election = checklist.election_of(account.id)
    if election is None:
        return exchanges
    _, future, tick = election
    return (*exchanges, election_part(checklist, future, tick))


def _check_step(checklist: Checklist, account: Account) -> int:
    """Return the number of the section to check afterwards."""
    exchanges, election = checklist.of_account(account.id), checklist.election_of(account.id)
    return 3 + bool(exchanges) + (election is not None)


def _facts(account: Account) -> tuple[Words, ...]:
    facts: list[Words] = []
    number = plain_text(account.id)
    if is_number(number):
        facts.append((Run(_tr("Account ending ")), Run(number[-4:], strong=True)))
    elif number.isalnum() and number != account.name:
        facts.append((Run(_tr("Account ")), Run(number, strong=True)))
    if account.as_of is not None:
        facts.append((Run(_tr("Statement of ")), Run(day_text(account.as_of), strong=True)))
    else:
        facts.append((Run(_tr("Statement without a date")),))
    return tuple(facts)


def _before_words(checklist: Checklist, account: Account, today: date) -> tuple[Words, ...]:
    if not checklist.of_account(account.id):
        page = (
            Run(_tr("Sign in to the plan’s website and open the page for ")),
            Run(_tr("future contributions"), strong=True),
            Run(
                _tr(" (often “change investments” or “investment elections”). What you hold stays as it is.")
            ),
        )
        return (page, _price_words(account, today))
    several = len(checklist.of_account(account.id)) > 1
    enter = (
        _tr("Enter the exchanges in this order, all on one day.")
        if several
        else _tr("Enter the one exchange below.")
    )
    if checklist.plan.rules.for_account(account.id).order_style is OrderStyle.REALIGN_PERCENT:
        where = (
            Run(_tr("Sign in to the plan’s website and open the page that ")),
            Run(_tr("sets the whole balance in percent"), strong=True),
            Run(
                _tr(" (often “rebalance” or “reallocate”). Enter the whole percents of step {0}.").format(
                    _check_step(checklist, account)
                )
            ),
            *_leave_out_words(checklist, account),
        )
    else:
        where = (
            Run(_tr("Sign in to the plan’s website and open the page for ")),
            Run(_tr("moving money between funds"), strong=True),
            Run(_tr(" (often “exchange” or “transfer”). {0}").format(enter)),
        )
    return (where, _price_words(account, today))


def _leave_out_words(checklist: Checklist, account: Account) -> Words:
    """Name what a realign must not touch, next to where it is begun."""
    aside = left_aside(checklist, account)
    if not aside:
        return ()
    return (Run(_tr(" Leave out {0}: it stays as it is.").format(aside), strong=True),)


def _price_words(account: Account, today: date) -> Words:
    total = Run(dollars_text(account.total), strong=True)
    moved = (
        Run(_tr("If the account has moved by more than 3\xa0% from ")),
        total,
        Run(_tr(", import a newer statement first and print this sheet again.")),
    )
    if account.as_of is None:
        return (Run(_tr("The statement gives no date for its prices. ")), *moved)
    age = (today - account.as_of).days
    prices = Run(_tr("Amounts use the prices of {0}. ").format(day_text(account.as_of)))
    if age <= STALE_AFTER_DAYS:
        return (prices, *moved)
    return (prices, Run(_tr("These prices are {0} days old.").format(age), strong=True), Run(" "), *moved)


def _order_part(checklist: Checklist, account: Account) -> OrderPart:
    orders = checklist.of_account(account.id)
    rows = tuple(_order_row(checklist, exchange, tick) for _, exchange, tick in orders)
    pure = all(exchange.source and exchange.target for _, exchange, _ in orders)
    count = (
        count_text(len(rows), _tr("exchange"), _tr("exchanges"))
        if pure
        else count_text(len(rows), _tr("order"), _tr("orders"))
    )
    in_all = _tr(" in all") if len(rows) > 1 else ""
    made = _tr("Make") if pure else _tr("Enter")
    title = f"{made} {count}, {dollars_text(moved_in(checklist, account))}{in_all}"
    style = checklist.plan.rules.for_account(account.id).order_style
    of_rest = are_of_what_is_left(checklist, account)
    return OrderPart(title, rows, _order_note(style, _check_step(checklist, account), of_rest=of_rest))


def _later_parts(checklist: Checklist, account: Account) -> list[OrderPart]:
    """Return the exchanges that must wait, a section per day from which they are possible."""
    own = [(later, tick) for _, later, tick in checklist.later_of(account.id)]
    parts = []
    for day, of_day in groupby(own, key=lambda each: each[0].not_before):
        noted = list(of_day)
        steps = [later for later, _ in noted]
        total = dollars_text(sum((later.amount for later in steps), ZERO))
        count = count_text(len(steps), _tr("exchange"), _tr("exchanges"))
        title = _tr("Later, not before {0}: make {1}, {2}").format(day_text(day), count, total)
        rows = tuple(_later_row(checklist, later, tick) for later, tick in noted)
        reasons = dict.fromkeys(masked(later.why, checklist.accounts).rstrip(".") for later in steps)
        why = ". ".join(reason[:1].upper() + reason[1:] for reason in reasons)
        note = _tr(
            "{0}. Keep this sheet until then. The dollars are today’s: move what they have "
            "become, or import a new statement and plan again."
        ).format(why)
        parts.append(OrderPart(title, rows, note))
    return parts


def _later_row(checklist: Checklist, later: LaterExchange, tick: ChecklistTick) -> OrderRow:
    accounts = checklist.accounts
    return OrderRow(
        source=name_text(later.source.name, accounts),
        target=name_text(later.target.name, accounts),
        dollars=dollars_text(later.amount),
        percent=percent_text(None),
        units=units_text(None),
        done=tick.done,
        confirmation=name_text(tick.confirmation, accounts),
        done_on=day_text(tick.done_on) if tick.done_on else "",
    )


def _order_row(checklist: Checklist, exchange: Exchange, tick: ChecklistTick) -> OrderRow:
    accounts = checklist.accounts
    return OrderRow(
        source=name_text(exchange.source.name, accounts) if exchange.source else _tr("New money"),
        target=name_text(exchange.target.name, accounts) if exchange.target else _tr("Cash out"),
        dollars=dollars_text(exchange.amount),
        percent=percent_text(exchange.percent_of_fund),
        units=units_text(exchange.units),
        done=tick.done,
        confirmation=name_text(tick.confirmation, accounts),
        done_on=day_text(tick.done_on) if tick.done_on else "",
    )


def _order_note(style: OrderStyle, check_step: int, *, of_rest: bool) -> str:
    share = _tr("of all the “from” fund holds before you begin")
    if of_rest:
        share = _tr("of the “from” fund as it stands when you reach that line")
    if style is OrderStyle.REALIGN_PERCENT:
        return _tr(
            "This plan takes whole percents: these lines show what moves when you enter step {0}."
        ).format(check_step)
    if style is OrderStyle.PERCENT_OF_FUND:
        return _tr("Type the percent: it is {0}.").format(share)
    if style is OrderStyle.UNITS:
        return _tr("Type the units. The percent is {0}.").format(share)
    return _tr("Type the dollars if the plan takes them. The percent is {0}.").format(share)


def _check_part(checklist: Checklist, account: Account) -> CheckPart:
    checks = fund_checks(checklist, account)
    return CheckPart(
        title=_tr("Check afterwards"),
        rows=tuple(_check_row(checklist, check) for check in checks),
        total=_total_row(checks),
        note=percent_note(checklist, account, _tr("the exchanges in step 2")),
    )


def _check_row(checklist: Checklist, check: FundCheck) -> CheckRow:
    return CheckRow(
        name_text(check.fund.name, checklist.accounts),
        dollars_text(check.before),
        change_text(check.change),
        dollars_text(check.after),
        whole_percent_text(check.percent),
    )


def _total_row(checks: Sequence[FundCheck]) -> CheckRow:
    before = sum((check.before for check in checks), ZERO)
    change = sum((check.change for check in checks), ZERO)
    percents = [check.percent for check in checks if check.percent is not None]
    return CheckRow(
        _tr("Account total"),
        dollars_text(before),
        change_text(change) if change else dollars_text(ZERO),
        dollars_text(before + change),
        whole_percent_text(sum(percents) if percents else None),
    )


def _footer(checklist: Checklist) -> str:
    return _tr(
        "Made {0} by Even Keel, plan {1} of this household. Education, not advice. Keep with your records."
    ).format(day_text(checklist.made_on), checklist.number)


def _quiet_sheet(checklist: Checklist, household_name: str, look_again: date) -> Sheet:
    dates = [account.as_of for account in checklist.accounts if account.as_of is not None]
    facts: tuple[Words, ...] = ()
    if dates:
        facts = ((Run(_tr("Oldest statement of ")), Run(day_text(min(dates)), strong=True)),)
    dates_later = [day.day for day in plan_days(checklist.plan, checklist.made_on)]
    again = min([look_again, *dates_later])
    why = (
        _tr("The accounts’ rules leave nothing more to move.")
        if any(checklist.plan.leftovers())
        else _tr("Leaving the mix alone is the right move today.")
    )
    answer: Words = (
        Run(_tr("There is nothing to enter on the plan’s website."), strong=True),
        Run(_tr(" {0} The household holds ").format(why)),
        Run(dollars_text(checklist.plan.total), strong=True),
        Run(_tr(" in all.")),
    )
    next_look: Words = (
        Run(_tr("Import a new statement on or about ")),
        Run(day_text(again), strong=True),
        Run(_tr(", or sooner after a large move in the markets or a change in your life.")),
    )
    parts: list[Part] = [
        TextPart(_tr("Nothing to do"), (answer,)),
        TextPart(_tr("When to look again"), (next_look,)),
    ]
    stays = household_rules(checklist)
    if stays:
        parts.append(RulePart(_tr("Rules that apply"), stays))
    return Sheet(
        kicker=_tr("{0} · Rebalance checklist").format(name_text(household_name, checklist.accounts)),
        title=_tr("Nothing to do today"),
        facts=facts,
        parts=tuple(parts),
        footer=_footer(checklist),
    )
