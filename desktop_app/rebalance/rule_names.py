"""The funds an account's rules name, so that a misspelt one is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop_app.domain.accounts import Account, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.errors import short
from desktop_app.domain.exchange_log import ExchangeLog
from desktop_app.domain.funds import Fund, normal_name
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.near_names import is_misspelt, near_names
from desktop_app.domain.rules import (
    AccountRules,
    CoreMinimum,
    EquityWash,
    NoSale,
    PlanRules,
    RedemptionFee,
    RepurchaseBlock,
    RoundTrip,
    StockCap,
    Terms,
    TransferLimit,
    is_class_name,
    is_meant,
)

from .errors import UnknownFundInRulesError, either, rule_name

_tr = translator("RuleErrors")


class Named(NamedTuple):
    """A fund that a rule names; a rule that `may_miss` it keeps its sense where the account lacks it."""

    rule: str
    fund: str
    may_miss: bool = False


def refuse_unknown_funds(
    account: Account, own: AccountRules, funds: Sequence[Fund], log: ExchangeLog
) -> None:
    """Raise `UnknownFundInRulesError` for a fund named by a rule that is not among `funds`.

    A name that may be missing there is refused only when it looks like one of them misspelt.
    """
    for named in _named_funds(own, funds, log):
        if not _is_known(named.fund, funds):
            near = _names_like(named, funds)
            if not named.may_miss or is_misspelt(named.fund, near):
                raise UnknownFundInRulesError(named.rule, named.fund, account.name, near, _all_names(funds))


def doubtful_names(snapshot: Snapshot, rules: PlanRules) -> tuple[Issue, ...]:
    """Return a warning for every fund that an equity wash or a past exchange names and no account has.

    It may be right: a fund that was sold out, or one the plan offers and nobody holds. It may also be
    a slip, and then a rule binds nothing.
    """
    found: dict[tuple[str, str, str], Issue] = {}
    for account in snapshot.accounts:
        own = rules.for_account(account.id)
        funds = (*(holding.fund for holding in account.holdings), *own.menu)
        log = ExchangeLog(tuple(past for past in rules.log.entries if past.account_id == account.id))
        for named in (*_named_funds(own, funds, log), *_logged(log)):
            if named.may_miss and not _is_known(named.fund, funds):
                issue = _doubt(named, account.name, funds)
                found.setdefault((named.rule, account.id, normal_name(named.fund)), issue)
    return tuple(found.values())


def _doubt(named: Named, account: str, funds: Sequence[Fund]) -> Issue:
    near = _names_like(named, funds)
    words = _tr("“{0}” names “{1}”, which {2} neither holds nor has on its menu.")
    fix = (
        _tr("Did you mean {0}? If the name is right, nothing has to be done.")
        if near
        else _tr("If the name is right, nothing has to be done.")
    )
    return Issue(
        Severity.WARNING,
        words.format(rule_name(named.rule), short(named.fund), account),
        fix.format(either(near)),
    )


def _is_known(name: str, funds: Iterable[Fund]) -> bool:
    return any(fund.is_called(name) for fund in funds)


def _names_like(named: Named, funds: Sequence[Fund]) -> tuple[str, ...]:
    classes = () if named.rule in _FUNDS_ONLY else tuple(AssetClass)
    return near_names(named.fund, (*_all_names(funds), *classes))


def _all_names(funds: Iterable[Fund]) -> tuple[str, ...]:
    """Return the names funds go by; a symbol beside a name is left out, for it is not misread."""
    return tuple(dict.fromkeys(fund.name for fund in funds))


_FUNDS_ONLY = frozenset({"no_sell", "no_buy", "cap", "blocked_until", "log"})
"""Rules that name no classes."""


def _named_funds(own: AccountRules, funds: Sequence[Fund], log: ExchangeLog) -> Iterator[Named]:
    """Yield every fund named by the rules of the user's own that are on.

    An account's equity wash may list competing funds the account does not offer, but not only sources
    that are neither among its `funds` nor in its `log`: it would bind nothing.
    """
    yield from (Named("no_sell", name) for name in own.no_sell)
    yield from (Named("no_buy", name) for name in own.no_buy)
    yield from (Named("cap", name) for name, _ in own.cap)
    yield from (Named("blocked_until", name) for name, _ in own.blocked_until)
    wash = own.equity_wash
    if wash is not None:
        gone = {normal_name(past.source) for past in log.entries if past.source}
        sources = [name for name in wash.sources if normal_name(name) not in gone]
        binds = len(sources) < len(wash.sources) or any(is_meant(fund, wash.sources) for fund in funds)
        yield from (Named("equity_wash: from", name, binds) for name in sources if not is_class_name(name))
        others = (name for name in wash.competing if not is_class_name(name))
        yield from (Named("equity_wash: competing", name, may_miss=True) for name in others)
    for rule in own.restrictions:
        for name in () if rule.preset or rule.off else _names(rule.terms):
            if not is_class_name(name):
                yield Named(rule.kind, name)


def _logged(log: ExchangeLog) -> Iterator[Named]:
    for past in log.entries:
        yield from (Named("log", name, may_miss=True) for name in (past.source, past.target) if name)


def _names(terms: Terms) -> tuple[str, ...]:
    match terms:
        case EquityWash():
            return (*terms.sources, *terms.competing)
        case RepurchaseBlock() | RoundTrip() | RedemptionFee():
            return (*terms.funds, *terms.exempt)
        case TransferLimit():
            return terms.then_into
        case CoreMinimum():
            return terms.window
        case StockCap() | NoSale():
            return terms.funds
