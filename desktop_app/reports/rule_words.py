"""An account's restrictions and what a plan leaves for later, as labelled sentences."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist
from desktop_app.domain.classes import CLASS_WORDS
from desktop_app.domain.language import translator
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.records import dataclass
from desktop_app.domain.rule_effects import effects_of, transfers_used
from desktop_app.domain.rules import AccountRules

from .rule_sentences import KIND_WORDS, listed, names_of, rule_words
from .words import day_text, dollars_text, masked, name_text, share_text

_tr = translator("Rules")
_tr_preset = translator("RulePresets")
_tr_class = translator("AssetClass")


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
        _tr("Orders before {0} get that day’s price.").format(_tr_preset(cut_off))
        if cut_off
        else _tr("Orders before 4 p.m. Eastern usually get that day’s price.")
    )
    rows = [
        *_joined([*_fund_rules(own, account, today), *_wash_rule(own, account)]),
        *_plan_rules(own, account, today),
        *_amount_rules(own),
        *_afterwards(checklist.plan, account),
        RuleRow(_tr("Order time"), hour),
    ]
    if checklist.election_of(account.id) is None:
        rows.append(RuleRow(_tr("Future contributions"), _tr("No change. Leave your election as it is.")))
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
        side = _tr("above") if unmet.dollars > 0 else _tr("below")
        amount = dollars_text(abs(unmet.dollars))
        words = _tr("{0} stays {1} {2} target. {3}").format(
            _tr_class(CLASS_WORDS[unmet.node]), amount, side, unmet.why
        )
        rows.append(RuleRow(_tr("Left off target"), words.strip()))
    if together:
        most = dollars_text(max(abs(unmet.dollars) for unmet in together))
        classes = (
            _tr("1 class stays") if len(together) == 1 else _tr("{0} classes stay").format(len(together))
        )
        words = _tr("{0} within {1} of target. {2}").format(classes, most, together[0].why)
        rows.append(RuleRow(_tr("Left off target"), words.strip()))
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

    rows = [RuleRow(name(fund), _tr("Not to be sold.")) for fund in rules.no_sell]
    rows += [RuleRow(name(fund), _tr("Takes no new money.")) for fund in rules.no_buy]
    rows += [
        RuleRow(name(fund), _tr("Blocked until {0}.").format(day_text(until)))
        for fund, until in rules.blocked_until
        if until >= today
    ]
    rows += [
        RuleRow(name(fund), _tr("At most {0} of this account.").format(share_text(share)))
        for fund, share in rules.cap
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
    words = _tr("Money taken out cannot go straight to {0}; it must wait {1} days in another fund.").format(
        competing, wash.days
    )
    return [RuleRow(_fund_name(fund, rules, account), words) for fund in wash.sources]


def _plan_rules(rules: AccountRules, account: Account, today: date) -> list[RuleRow]:
    """Return the rules of the plan that are in force, each with its end where one is known."""
    name = names_of((*(holding.fund for holding in account.holdings), *rules.menu))
    rows: list[RuleRow] = []
    for rule in rules.restrictions:
        if rule.holds_on(today):
            end = "" if rule.until is None else _tr(" Until {0}.").format(day_text(rule.until))
            rows.append(RuleRow(_tr(KIND_WORDS[type(rule.terms)]), rule_words(rule, name) + end))
    return rows


def _afterwards(plan: ExchangePlan, account: Account) -> list[RuleRow]:
    """Return what the exchanges of an account cost, use up and set waiting."""
    own = [exchange for exchange in plan.exchanges if exchange.account_id == account.id]
    rows = [
        RuleRow(
            _tr("Redemption fee"),
            _tr("About {0} of the {1} from {2} is kept back: {3} arrives.").format(
                dollars_text(exchange.fee),
                dollars_text(exchange.amount),
                exchange.source.name,
                dollars_text(exchange.amount - exchange.fee),
            ),
        )
        for exchange in own
        if exchange.fee and exchange.source
    ]
    used = transfers_used(plan, account.id)
    if used is not None:
        rows.append(RuleRow(_tr("Transfers"), used.words))
    found = {effect.words: effect for exchange in own for effect in effects_of(plan, exchange)}
    if found:
        rows.append(RuleRow(_tr("Afterwards"), " ".join(found)))
    return rows


def _amount_rules(rules: AccountRules) -> list[RuleRow]:
    rows: list[RuleRow] = []
    if rules.minimum_exchange:
        amount = dollars_text(rules.minimum_exchange)
        rows.append(
            RuleRow(_tr("Smallest exchange"), _tr("The plan takes no exchange below {0}.").format(amount))
        )
    if rules.max_exchanges is not None:
        count = (
            _tr("1 exchange")
            if rules.max_exchanges == 1
            else _tr("{0} exchanges").format(rules.max_exchanges)
        )
        rows.append(RuleRow(_tr("Number of exchanges"), _tr("At most {0} in this account.").format(count)))
    return rows


def _later(plan: ExchangePlan, account: Account) -> list[RuleRow]:
    return [
        RuleRow(
            _tr("Not before {0}").format(day_text(later.not_before)),
            _tr("Move {0} from {1} to {2} ({3}).").format(
                dollars_text(later.amount),
                later.source.name,
                later.target.name,
                later.why.strip().rstrip("."),
            ),
        )
        for later in plan.later
        if later.account_id == account.id
    ]
