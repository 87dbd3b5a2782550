"""An account's restrictions and what a plan leaves for later, as labelled sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist
from desktop_app.domain.classes import CLASS_WORDS
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rule_effects import effects_of, transfers_used
from desktop_app.domain.rules import AccountRules

from .rule_sentences import KIND_WORDS, listed, names_of, rule_words
from .words import day_text, dollars_text, masked, name_text, share_text


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What a rule is about (a fund, a date, a topic) and what it says."""

    label: str
    words: str


def account_rules(
    checklist: Checklist, account: Account, today: date, cut_off: str = ""
) -> tuple[RuleRow, ...]:
    """Return the rules of one account, what its exchanges bring with them, then what is true of every order.

    `cut_off` is the hour by which its plan wants orders, "" where it is not known.
    """
    own = checklist.plan.rules.for_account(account.id)
    hour = (
        f"Orders before {cut_off} get that day’s price."
        if cut_off
        else "Orders before 4 p.m. Eastern usually get that day’s price."
    )
    rows = [
        *_joined([*_fund_rules(own, account, today), *_wash_rule(own, account)]),
        *_plan_rules(own, account, today),
        *_amount_rules(own),
        *_afterwards(checklist.plan, account),
        RuleRow("Order time", hour),
    ]
    if checklist.election_of(account.id) is None:
        rows.append(RuleRow("Future contributions", "No change. Leave your election as it is."))
    return tuple(_masked(row, checklist) for row in rows)


def restrictions(checklist: Checklist, account: Account, today: date) -> tuple[RuleRow, ...]:
    """Return what is peculiar to one account and its exchanges, in short: for the screen."""
    rules = checklist.plan.rules.for_account(account.id)
    rows = (
        *_joined([*_fund_rules(rules, account, today), *_wash_rule(rules, account)]),
        *_amount_rules(rules),
        *_afterwards(checklist.plan, account),
    )
    return tuple(_masked(row, checklist) for row in rows)


def later_rules(checklist: Checklist, account: Account) -> tuple[RuleRow, ...]:
    """Return what one account must leave for a later day, in short."""
    return tuple(_masked(row, checklist) for row in _later(checklist.plan, account))


def household_rules(checklist: Checklist) -> tuple[RuleRow, ...]:
    """Return what no account's own rules say: what stays off target, later steps elsewhere."""
    rows: list[RuleRow] = []
    for account in checklist.accounts:
        if not checklist.has_steps(account.id):
            rows += [
                RuleRow(row.label, f"{account.name}: {row.words}") for row in _later(checklist.plan, account)
            ]
    alone, together = checklist.plan.leftovers()
    for unmet in alone:
        side = "above" if unmet.dollars > 0 else "below"
        amount = dollars_text(abs(unmet.dollars))
        words = f"{CLASS_WORDS[unmet.node]} stays {amount} {side} target. {unmet.why}"
        rows.append(RuleRow("Left off target", words.strip()))
    if together:
        most = dollars_text(max(abs(unmet.dollars) for unmet in together))
        classes = "1 class stays" if len(together) == 1 else f"{len(together)} classes stay"
        words = f"{classes} within {most} of target. {together[0].why}"
        rows.append(RuleRow("Left off target", words.strip()))
    return tuple(_masked(row, checklist) for row in rows)


def _masked(row: RuleRow, checklist: Checklist) -> RuleRow:
    return RuleRow(name_text(row.label, checklist.accounts), masked(row.words, checklist.accounts))


def _fund_name(named: str, rules: AccountRules, account: Account) -> str:
    """Return the name of the fund a rule calls by symbol, CUSIP or name."""
    funds = (*(holding.fund for holding in account.holdings), *rules.menu)
    return next((fund.name for fund in funds if fund.is_called(named)), named)


def _fund_rules(rules: AccountRules, account: Account, today: date) -> list[RuleRow]:
    def name(named: str) -> str:
        return _fund_name(named, rules, account)

    rows = [RuleRow(name(fund), "Not to be sold.") for fund in rules.no_sell]
    rows += [RuleRow(name(fund), "Takes no new money.") for fund in rules.no_buy]
    rows += [
        RuleRow(name(fund), f"Blocked until {day_text(until)}.")
        for fund, until in rules.blocked_until
        if until >= today
    ]
    rows += [
        RuleRow(name(fund), f"At most {share_text(share)} of this account.") for fund, share in rules.cap
    ]
    return rows


def _joined(rows: list[RuleRow]) -> list[RuleRow]:
    """Put everything that is said about one fund into one row."""
    found: dict[str, str] = {}
    for row in rows:
        found[row.label] = f"{found[row.label]} {row.words}" if row.label in found else row.words
    return [RuleRow(label, words) for label, words in found.items()]


def _wash_rule(rules: AccountRules, account: Account) -> list[RuleRow]:
    wash = rules.equity_wash
    if wash is None:
        return []
    competing = listed([_fund_name(fund, rules, account) for fund in wash.competing])
    words = (
        f"Money taken out cannot go straight to {competing}; it must wait {wash.days} days in another fund."
    )
    return [RuleRow(_fund_name(fund, rules, account), words) for fund in wash.sources]


def _plan_rules(rules: AccountRules, account: Account, today: date) -> list[RuleRow]:
    """Return the rules of the plan that are in force, each with its end where one is known."""
    name = names_of((*(holding.fund for holding in account.holdings), *rules.menu))
    rows: list[RuleRow] = []
    for rule in rules.restrictions:
        if rule.holds_on(today):
            end = "" if rule.until is None else f" Until {day_text(rule.until)}."
            rows.append(RuleRow(KIND_WORDS[type(rule.terms)], rule_words(rule, name) + end))
    return rows


def _afterwards(plan: ExchangePlan, account: Account) -> list[RuleRow]:
    """Return what the exchanges of an account cost, use up and set waiting."""
    own = [exchange for exchange in plan.exchanges if exchange.account_id == account.id]
    rows = [
        RuleRow(
            "Redemption fee",
            f"About {dollars_text(exchange.fee)} of the {dollars_text(exchange.amount)} from "
            f"{exchange.source.name} is kept back.",
        )
        for exchange in own
        if exchange.fee and exchange.source
    ]
    used = transfers_used(plan, account.id)
    if used is not None:
        rows.append(RuleRow("Transfers", used.words))
    found = {effect.words: effect for exchange in own for effect in effects_of(plan, exchange)}
    if found:
        rows.append(RuleRow("Afterwards", " ".join(found)))
    return rows


def _amount_rules(rules: AccountRules) -> list[RuleRow]:
    rows: list[RuleRow] = []
    if rules.minimum_exchange:
        amount = dollars_text(rules.minimum_exchange)
        rows.append(RuleRow("Smallest exchange", f"The plan takes no exchange below {amount}."))
    if rules.max_exchanges is not None:
        count = "1 exchange" if rules.max_exchanges == 1 else f"{rules.max_exchanges} exchanges"
        rows.append(RuleRow("Number of exchanges", f"At most {count} in this account."))
    return rows


def _later(plan: ExchangePlan, account: Account) -> list[RuleRow]:
    return [
        RuleRow(
            f"Not before {day_text(later.not_before)}",
            f"Move {dollars_text(later.amount)} from {later.source.name} to {later.target.name}"
            f" ({later.why.strip().rstrip('.')}).",
        )
        for later in plan.later
        if later.account_id == account.id
    ]
