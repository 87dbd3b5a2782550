"""Whether contributions that came in since were bought as the checklist elects them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.funds import Fund
from desktop_app.domain.money import HUNDRED, ZERO, Money, Weight
from desktop_app.domain.plan import FutureElection
from desktop_app.domain.reconciliation import Doubt, Finding, Mark

from .reconcile_drift import Moved, explained
from .reconcile_flows import Flow, Pot

NEAR = Decimal("0.15")
"""Contributions were bought as elected when their shares are off by no more than this (half the sum)."""
LEAST_SHARE = Decimal("0.5")
"""At least this part of one paycheck must have come in before an election is judged."""

Came = tuple[Pot, Money]


def left_for_elections(flows: Sequence[Flow], moved: Sequence[Moved]) -> tuple[Came, ...]:
    """Return the dollars that came into each pot beyond the orders, at the old prices."""
    ordered = explained(flows, moved)
    return tuple(
        (flow.pot, max(flow.unexplained(part), ZERO)) for flow, part in zip(flows, ordered, strict=True)
    )


def judge_election(future: FutureElection, came: Sequence[Came], *, is_renewed: bool) -> Finding:
    """Compare what came into an account with the election wanted and with the present one."""
    finding = Finding(future.account_id, Mark.UNKNOWN)
    if future.is_set_already:
        return Finding(future.account_id, Mark.DONE)
    if not is_renewed:
        return _doubt(finding, Doubt.NO_STATEMENT)
    own = [(pot, dollars) for pot, dollars in came if pot.account_id == future.account_id and dollars]
    whole = sum((dollars for _, dollars in own), ZERO)
    if not whole or whole < future.amount * LEAST_SHARE:
        return _doubt(finding, Doubt.NO_MONEY)
    wanted, known = _off(own, whole, future.percents), _off(own, whole, future.now)
    if wanted <= NEAR and (not future.now or wanted < known):
        return Finding(future.account_id, Mark.DONE)
    if future.now and known <= NEAR:
        return Finding(future.account_id, Mark.NOT_DONE)
    return _doubt(finding, Doubt.MIXED)


def _doubt(finding: Finding, doubt: Doubt) -> Finding:
    return Finding(finding.account_id, Mark.UNKNOWN, doubt=doubt)


def _off(own: Sequence[Came], whole: Money, percents: Sequence[tuple[Fund, int]]) -> Weight:
    """Return half the sum of the differences between the shares bought and those elected."""
    off, met = ZERO, ZERO
    for pot, dollars in own:
        share = next((Decimal(share) / HUNDRED for fund, share in percents if pot.is_of(fund)), ZERO)
        off += abs(dollars / whole - share)
        met += share
    return (off + (1 - met)) / 2
