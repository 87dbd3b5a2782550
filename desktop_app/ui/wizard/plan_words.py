"""A plan in words: the headline, what moves, what stays off target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.classes import AssetClass, leaves_of
from desktop_app.domain.drift import DriftReport
from desktop_app.domain.money import HUNDRED, ZERO
from desktop_app.domain.plan import Exchange, ExchangePlan, FutureElection, Unmet
from desktop_app.domain.rule_effects import effects_of, transfers_used
from desktop_app.domain.rules import Goal
from desktop_app.rebalance import waits_on
from desktop_app.reports import next_day, shares_words
from desktop_app.ui import words
from desktop_app.ui.models.checklist_lines import election_until
from desktop_app.ui.models.drift_words import class_name
from desktop_app.ui.models.target_lines import share_words
from desktop_app.workflow.better_plan import distance_of, order_count
from desktop_app.workflow.desk import Desk

BACK_AT = Decimal("0.2")
"""Share of the band in use up to which a plan is said to bring the mix back to target."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlanWords", text)


def count_word(count: int) -> str:
    """Write a number that begins a sentence: "Five", from eleven on "11"."""
    spelled = (
        _tr("No"), _tr("One"), _tr("Two"), _tr("Three"), _tr("Four"), _tr("Five"),
        _tr("Six"), _tr("Seven"), _tr("Eight"), _tr("Nine"), _tr("Ten"),
    )  # fmt: skip
    return spelled[count] if count < len(spelled) else str(count)


def orders_word(exchanges: tuple[Exchange, ...], *, is_one: bool) -> str:
    """Return "exchange" or, where money comes in or goes out, "order"."""
    pure = all(exchange.source and exchange.target for exchange in exchanges)
    if is_one:
        return _tr("exchange") if pure else _tr("order")
    return _tr("exchanges") if pure else _tr("orders")


def headline(plan: ExchangePlan) -> str:
    """Return the answer in one line: "Five exchanges bring you back to target"."""
    count = len(plan.exchanges)
    if not count:
        return _your_paychecks(plan) if plan.futures else _nothing(plan)
    one = count == 1
    what = orders_word(plan.exchanges, is_one=one)
    if plan.later:
        return _in_steps(plan, f"{count_word(count)} {what}")
    if plan.futures:
        return f"{count_word(count)} {what} {_tr('and your paychecks')} {_outcome(plan, one=False)}"
    return f"{count_word(count)} {what} {_outcome(plan, one=one)}"


def _in_steps(plan: ExchangePlan, now: str) -> str:
    """Return the answer of a plan whose last exchanges must wait: how many now, how many from when on."""
    last = max(later.not_before for later in plan.later)
    count, day = len(plan.later), words.day(last)
    if count == 1:
        return _tr("{0} now and one from {1} on bring you closer to target").format(now, day)
    later = count_word(count).lower()
    return _tr("{0} now and {1} from {2} on bring you closer to target").format(now, later, day)


def _your_paychecks(plan: ExchangePlan) -> str:
    if plan.paychecks is not None and plan.paychecks.gauge_after <= BACK_AT:
        return _tr("Your paychecks alone bring you back to target")
    return _tr("Your paychecks bring you closer to target, nothing is exchanged")


def _nothing(plan: ExchangePlan) -> str:
    if plan.after.gauge < 1:
        return _tr("Do nothing: your mix is where it should be")
    if plan.after.misallocated - plan.proof.bound >= 1:
        return _tr("Nothing that is worth an exchange can be moved under these rules")
    return _tr("Under these rules nothing can be moved")


def _outcome(plan: ExchangePlan, *, one: bool) -> str:
    goal = plan.rules.goal
    gauge = plan.after.gauge if plan.paychecks is None else plan.paychecks.gauge_after
    if goal is Goal.NEW_MONEY:
        return (
            _tr("puts the new money where it is missing")
            if one
            else _tr("put the new money where it is missing")
        )
    if goal is Goal.BAND_EDGE and gauge <= 1:
        return _tr("brings you inside every band") if one else _tr("bring you inside every band")
    if goal is Goal.HALFWAY and gauge <= 1:
        return _tr("brings you half-way back") if one else _tr("bring you half-way back")
    if goal is Goal.TARGET and gauge <= BACK_AT:
        return _tr("brings you back to target") if one else _tr("bring you back to target")
    return _tr("brings you closer to target") if one else _tr("bring you closer to target")


def effect(plan: ExchangePlan, desk: Desk) -> str:
    """Say what moves and what it does to drift and gauge; with nothing to do, when to look again and why."""
    if not plan.exchanges:
        again = next_day(desk.household.schedule, plan, desk.today)
        return _tr("Look again on {0}, or when a new statement comes. {1}").format(
            words.day(again.day), again.why
        )
    moved = _tr("{0} moves.").format(words.dollars_cents(plan.turnover))
    before, after = plan.before, plan.after
    falls = after.drift <= before.drift and after.gauge <= before.gauge
    change = (
        _tr("Drift falls from {0} to {1} points, the gauge from {2} to {3}.")
        if falls
        else _tr("Drift goes from {0} to {1} points, the gauge from {2} to {3}.")
    )
    stays = words.plain_points(before.drift) == words.plain_points(after.drift)
    if plan.later and stays:
        change = _tr("Drift stays at {0} points until the later step.")
    filled = change.format(
        words.plain_points(before.drift),
        words.plain_points(after.drift),
        words.percent(before.gauge, 0),
        words.percent(after.gauge, 0),
    )
    told = [moved, filled] if plan.turnover else [filled]
    if plan.fees:
        told.append(_tr("Redemption fees of about {0} are kept back.").format(words.dollars_cents(plan.fees)))
    return " ".join(told)


def stocks_share(report: DriftReport) -> str:
    """Write the share of stocks in whole percent, for the middle of a small ring."""
    stocks = leaves_of(AssetClass.STOCKS)
    held = sum((row.value for row in report.rows if row.node in stocks), ZERO)
    return words.percent(held / report.total if report.total else ZERO, 0)


def unmet_lines(plan: ExchangePlan) -> tuple[tuple[str, str], ...]:
    """Return what stays off target as pairs: "Real estate $412.36 short", and why with its points."""
    alone, together = plan.leftovers()
    lines = [_unmet_line(unmet, plan) for unmet in alone]
    if together:
        most = words.dollars_cents(max(abs(unmet.dollars) for unmet in together))
        one, many = _tr("1 class within {0}"), _tr("{1} classes within {0}")
        classes = (one if len(together) == 1 else many).format(most, len(together))
        lines.append((classes, together[0].why))
    return tuple(lines)


def _unmet_line(unmet: Unmet, plan: ExchangePlan) -> tuple[str, str]:
    side = _tr("{0} {1} over") if unmet.dollars > 0 else _tr("{0} {1} short")
    amount = words.dollars_cents(abs(unmet.dollars))
    points = words.plain_points(abs(unmet.dollars) / plan.total) if plan.total else "0.0"
    why = _tr("{0} points.").format(points)
    return side.format(class_name(unmet.node), amount), f"{why} {unmet.why}".strip()


def later_lines(plan: ExchangePlan) -> tuple[tuple[str, str], ...]:
    """Return the steps that must wait as pairs: "Not before 20 Feb 2027", and what to move and why."""
    return tuple(
        (
            _tr("Not before {0}").format(words.day(later.not_before)),
            _tr("Move {0} from {1} to {2}. {3}").format(
                words.dollars_cents(later.amount), later.source.name, later.target.name, later.why
            ),
        )
        for later in plan.later
    )


def gap_words(plan: ExchangePlan) -> str:
    """Say how much closer a plan could end at most when it was not proved to be the best; else nothing."""
    gap = plan.gap
    if gap is None or plan.is_closest or plan.proof.status == "optimal":
        return ""
    return _tr(
        "It ends at most {0} ({1} of the household) further away than the best plan there can be."
    ).format(words.dollars_cents(gap), _small_share(gap / plan.total))


def better_words(before: ExchangePlan, after: ExchangePlan) -> str:
    """Say in what a plan is better than the one shown before it."""
    parts: list[str] = []
    was, now = order_count(before), order_count(after)
    if now < was:
        parts.append(_tr("{0} instead of {1}").format(_orders(after, now), was))
    closer = distance_of(before) - distance_of(after)
    if closer >= 1:
        parts.append(_tr("{0} closer").format(words.dollars_cents(closer)))
    less = before.turnover - after.turnover
    if less >= 1:
        parts.append(_tr("{0} less moved").format(words.dollars_cents(less)))
    if not parts:
        return _tr("A better plan was found and is shown now.")
    return _tr("A better plan was found and is shown now: {0}.").format(", ".join(parts))


def _orders(plan: ExchangePlan, count: int) -> str:
    return f"{count} {orders_word(plan.exchanges, is_one=count == 1)}"


def _small_share(share: Decimal) -> str:
    """Write a share with as many decimals as a small one needs."""
    digits = 1 if share >= Decimal("0.001") else 2 if share >= Decimal("0.0001") else 3
    return words.percent(share, digits)


def afterwards(plan: ExchangePlan, exchange: Exchange) -> str:
    """Say which waits an exchange begins and which transfer it is; empty when no rule has a word on it."""
    own = [each for each in plan.exchanges if each.account_id == exchange.account_id]
    found = [effect.words for effect in effects_of(plan, exchange)]
    used = transfers_used(plan, exchange.account_id)
    if used is not None and own[0] is exchange:
        found.insert(0, used.words)
    return _tr("Then: {0}").format(" ".join(found)) if found else ""


def wait_lines(plan: ExchangePlan, desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return what past exchanges keep waiting as pairs: the account, and which fund until when."""
    waits = waits_on(desk.snapshot, plan.rules)
    return tuple(
        (account.name, " ".join(wait.words for wait in waits if wait.account_id == account.id))
        for account in desk.snapshot.accounts
        if any(wait.account_id == account.id for wait in waits)
    )


def paycheck_lines(plan: ExchangePlan, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what paychecks do as pairs: how much they heal, and per account what to elect, until when."""
    paychecks = plan.paychecks
    if paychecks is None:
        return ()
    heals = _tr("{0} of today’s drift heals by itself").format(words.percent(paychecks.healed, 0))
    left = _tr("{0} comes in. By itself it leaves {1} off target, where {2} is today.").format(
        words.dollars(paychecks.total),
        words.dollars(paychecks.off_without),
        words.dollars(paychecks.off_before),
    )
    if paychecks.exchange_without > plan.turnover:
        left += " " + _tr("{0} is exchanged instead of {1}.").format(
            words.dollars(plan.turnover), words.dollars(paychecks.exchange_without)
        )
    return (heals, left), *((_elect(future, names), _elect_why(future)) for future in paychecks.elections)


def _elect(future: FutureElection, names: Mapping[str, str]) -> str:
    shares = shares_words(future.percents)
    where = _tr("{0}: ").format(names[future.account_id]) if len(names) > 1 else ""
    kept = _tr("{0}keep electing {1}") if future.is_set_already else _tr("{0}elect {1}")
    told = kept.format(where, shares)
    return told[0].upper() + told[1:]


def _elect_why(future: FutureElection) -> str:
    parts = [future.why, election_until(future)]
    if future.to_target is None:
        parts.append(_tr("Paychecks alone never reach the target."))
    elif future.to_target > future.count:
        parts.append(_tr("Paychecks alone would need {0}.").format(future.to_target))
    if future.to_band:
        parts.append(_tr("Every class is inside its band after {0}.").format(future.to_band))
    return " ".join(parts)


def nothing_off(plan: ExchangePlan) -> str:
    """Say that nothing worth a dollar stays off target, and why some cents do."""
    if plan.unmet:
        return _tr("Nothing worth a dollar. {0}").format(plan.unmet[0].why)
    return _tr("Nothing. Every class ends at its target to the cent.")


def source_name(exchange: Exchange) -> str:
    """Return the fund the money leaves, or "New money"."""
    return exchange.source.name if exchange.source else _tr("New money")


def target_name(exchange: Exchange) -> str:
    """Return the fund the money goes to, or "Cash out"."""
    return exchange.target.name if exchange.target else _tr("Cash out")


def percent_of_fund(exchange: Exchange) -> str:
    """Write the percent of the source fund without needless digits; empty for new money."""
    return "" if exchange.percent_of_fund is None else share_words(exchange.percent_of_fund * HUNDRED)


def units_words(exchange: Exchange) -> str:
    """Write units with three decimals; empty where there are none."""
    return "" if exchange.units is None else f"{exchange.units:,.3f}"


def whole_percent(percent: int) -> str:
    """Write a whole percent."""
    return share_words(Decimal(percent))
