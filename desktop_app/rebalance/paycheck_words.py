"""Says in plain words why contributions are elected so, and what they leave to the exchanges."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, HUNDRED, ZERO, Money, to_cents
from desktop_app.domain.plan import ExchangePlan, PaycheckPlan, Unmet, paychecks_heal
from desktop_app.domain.targets import TargetAllocation

from .errors import dollars
from .inlets import Inlet, Percents
from .words import cell_name

_tr = translator("Paychecks")


def paychecks_word(count: int) -> str:
    """Return "1 paycheck" or "12 paychecks"."""
    return _tr("1 paycheck") if count == 1 else _tr("{0} paychecks").format(count)


def why_elected(
    inlet: Inlet, percents: Percents, placed: Snapshot, target: TargetAllocation, total: Money
) -> str:
    """Return one sentence: which classes the paychecks go to, and how far below target those are by then."""
    leaves = placed.by_leaf()
    bought = [fund for fund, share in percents if share]
    short: list[tuple[Decimal, str]] = []
    for cell in target.cells(total):
        gap = cell.dollars - sum((leaves.get(leaf, ZERO) for leaf in cell.leaves), ZERO)
        if gap >= CENT and any(leaf in cell.leaves for fund in bought for leaf, _ in fund.mix):
            short.append((gap, _tr("{0} ({1} short)").format(cell_name(cell), dollars(to_cents(gap)))))
    if inlet.count == 1:
        money = _tr("paycheck of {0}").format(dollars(inlet.money))
    else:
        money = _tr("{0}, {1} in all").format(paychecks_word(inlet.count), dollars(inlet.money))
    if not short:
        return _tr("Keeps the mix with the next {0}.").format(money)
    short.sort(reverse=True)
    names = [name for _, name in short[:3]]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + _tr(" and ") + names[-1]
    if inlet.count == 1:
        return _tr("Fills what is missing when the next {0} is in: {1}.").format(money, listed)
    return _tr("Fills what is missing when the next {0}, are in: {1}.").format(money, listed)


def unmet_words(off: Money, left: Unmet | None) -> str:
    """Return why a class is off target today: the paychecks bring it closer, or what keeps it there."""
    if left is None or abs(left.dollars) < abs(off):
        return paychecks_heal()
    return left.why


def proof_words(plan: ExchangePlan, paychecks: PaycheckPlan) -> str:
    """Return what was proved, and what it counts on; `plan` is the one that holds the paychecks' money."""
    saved = paychecks.exchange_without - plan.turnover
    healed = (paychecks.healed * HUNDRED).quantize(Decimal(1))
    alone = _tr("By themselves the paychecks heal {0} % of today's drift").format(healed)
    spared = (
        _tr("; {0} is exchanged instead of {1}.").format(
            dollars(plan.turnover), dollars(paychecks.exchange_without)
        )
        if saved >= 1
        else "."
    )
    return _tr("Counted with the paychecks to come, at today's prices. {0} {1}{2}").format(
        plan.proof.words, alone, spared
    )
