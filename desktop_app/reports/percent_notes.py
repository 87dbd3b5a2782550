"""What a sheet says of its whole percents: of what they are shares, and what must not be sold by them."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator
from desktop_app.domain.money import Money
from desktop_app.domain.rules import NoSale, OrderStyle, is_meant

from .words import dollars_text, name_text

_tr = translator("Sheet")


def percent_note(checklist: Checklist, account: Account, exchanges: str) -> str:
    """Return the note under an account's whole percents; `exchanges` are words for what moves."""
    cash = checklist.plan.rules.cash_for(account.id)
    aside = left_aside(checklist, account)
    if checklist.plan.rules.for_account(account.id).order_style is not OrderStyle.REALIGN_PERCENT:
        note = (
            _tr("Whole percent: the shares of the account once the money has come in or gone out.")
            if cash
            else _tr(
                "Whole percent: for plans that set the whole balance at once. Enter these instead of {0}."
            ).format(exchanges)
        )
    elif aside:
        note = _without(checklist, account, aside, exchanges)
    else:
        note = _of_whole(cash)
    kept = _kept(checklist, account)
    if not kept:
        return note
    warning = _tr("{0} may not be sold: enter no less than the plan’s page shows for it when you order.")
    return f"{note} {warning.format(kept)}"


def left_aside(checklist: Checklist, account: Account) -> str:
    """Return the funds that whole percents leave as they are, each in quotes; empty where there is none."""
    election = checklist.plan.realign_of(account.id)
    aside = () if election is None else checklist.plan.left_out(election)
    return _quoted(checklist, (trade.fund for trade in aside))


def _of_whole(cash: Money) -> str:
    if cash > 0:
        return _tr("Whole percent: enter these for the whole balance once the new money is in it.")
    if cash < 0:
        return _tr("Whole percent: enter these for the whole balance once the money has gone out of it.")
    return _tr("Whole percent: enter these on the plan’s page for the whole balance.")


def _without(checklist: Checklist, account: Account, aside: str, exchanges: str) -> str:
    election = checklist.plan.realign_of(account.id)
    whole = "" if election is None else dollars_text(checklist.plan.whole_of(election))
    return _tr(
        "Whole percent: shares of the {0} in these funds without {1}, which must stay as it is. If the "
        "plan’s page will not leave it out, do not set percents: make {2} in dollars."
    ).format(whole, aside, exchanges)


def _kept(checklist: Checklist, account: Account) -> str:
    """Return the funds among the percents that a rule lets nobody sell."""
    election, rules = checklist.plan.realign_of(account.id), checklist.plan.rules
    own = rules.for_account(account.id)
    frozen = [terms.funds for terms in own.terms_on(rules.today) if isinstance(terms, NoSale)]

    def is_kept(fund: Fund) -> bool:
        return any(map(fund.is_called, own.no_sell)) or any(is_meant(fund, names) for names in frozen)

    held = {holding.fund.key for holding in account.holdings if holding.value}
    percents = () if election is None else election.percents
    return _quoted(checklist, (fund for fund, share in percents if fund.key in held and is_kept(fund)))


def _quoted(checklist: Checklist, funds: Iterable[Fund]) -> str:
    return ", ".join(f"“{name_text(fund.name, checklist.accounts)}”" for fund in funds)
