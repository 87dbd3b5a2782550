"""What is doubtful about an account's rules: nothing contradicts them, but they may not do what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.errors import short
from desktop_app.domain.funds import Fund, normal_name
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.rules import AccountRules, OrderStyle, PlanRules

from .errors import dollars
from .rule_names import doubtful_names

_tr = translator("RuleErrors")


def doubts_of(snapshot: Snapshot, rules: PlanRules) -> tuple[Issue, ...]:
    """Return a warning for everything doubtful.

    Names nobody has, two funds of one name that are not the same, orders in units where the statement gives
    none, and accounts where nothing moves because something in them is below zero.
    """
    found = list(doubtful_names(snapshot, rules))
    for account in snapshot.accounts:
        own = rules.for_account(account.id)
        found += _doubles(account, own)
        found += _unpriced(account, own)
    return (*found, *debts_of(snapshot))


def debts_of(snapshot: Snapshot) -> tuple[Issue, ...]:
    """Return a warning for every account with a holding below zero."""
    return tuple(_debt(account, account.owed[0]) for account in snapshot.accounts if account.owed)


def _doubles(account: Account, own: AccountRules) -> Iterator[Issue]:
    """Yield menu entries that are left out because another fund of that name holds something else."""
    known: dict[str, tuple[Fund, bool]] = {}
    for fund, is_held in (*((h.fund, True) for h in account.holdings), *((f, False) for f in own.menu)):
        names = {normal_name(name) for name in (fund.key, fund.name, fund.symbol, fund.cusip) if name}
        first = next((known[name] for name in sorted(names) if name in known), None)
        if first is None:
            known.update(dict.fromkeys(names, (fund, is_held)))
        elif not is_held and dict(first[0].mix.parts) != dict(fund.mix.parts):
            words = (
                _tr(
                    "The menu of {0} names “{1}” with another mix than the fund of that name it holds. "
                    "That one's mix counts, the entry does not."
                )
                if first[1]
                else _tr(
                    "The menu of {0} names “{1}” with another mix than the fund of that name it has on its "
                    "menu before. That one's mix counts, the entry does not."
                )
            )
            yield Issue(
                Severity.WARNING,
                words.format(account.name, short(fund.name)),
                _tr("Give the entry the name or symbol of a fund of its own, or take it out."),
            )


def _unpriced(account: Account, own: AccountRules) -> Iterator[Issue]:
    """Yield that some funds of an account ordered by units have none in the statement."""
    if own.order_style is not OrderStyle.UNITS:
        return
    bare = [h.fund.name for h in account.holdings if h.value > 0 and not h.units]
    if bare:
        names = ", ".join(f"“{short(name)}”" for name in dict.fromkeys(bare))
        yield Issue(
            Severity.WARNING,
            _tr("{0} takes orders in units, but the statement gives no units for {1}.").format(
                account.name, names
            ),
            _tr(
                "What leaves them is in dollars. Import a statement with units, or divide by the day's price."
            ),
        )


def _debt(account: Account, holding: Holding) -> Issue:
    """Say that nothing is exchanged in an account with a holding below zero."""
    words = _tr("“{0}” in {1} is {2}, below zero: money owed or a sold option.")
    return Issue(
        Severity.WARNING,
        words.format(short(holding.fund.name), account.name, dollars(holding.value)),
        _tr("Nothing is exchanged in that account, as the rest may be its security. It counts in the mix."),
    )
