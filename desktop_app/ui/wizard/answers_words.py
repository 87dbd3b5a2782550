"""The answers given so far in a few words, for the foot of the rail."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.household import Household
from desktop_app.domain.rules import Goal
from desktop_app.workflow.rebalance_flow import RebalanceFlow

from .money_page import cash_words


def _tr(text: str) -> str:
    return QCoreApplication.translate("AnswersWords", text)


def answers_words(flow: RebalanceFlow, household: Household) -> str:
    """Return goal, money, paychecks and rules, a line each."""
    goals = {
        Goal.TARGET: _tr("Goal: to target"),
        Goal.BAND_EDGE: _tr("Goal: to the edge of the bands"),
        Goal.HALFWAY: _tr("Goal: half-way"),
        Goal.NEW_MONEY: _tr("Goal: with new money only"),
    }
    counted = any(pay.is_counted_on for _, pay in household.paychecks)
    pay = (_tr("Paychecks: counted on"),) if counted else ()
    return "\n".join((goals[flow.goal], cash_words(flow), *pay, *_rules(household)))


def _rules(household: Household) -> tuple[str, ...]:
    count, most = len(household.account_rules), household.max_exchanges
    if not count:
        rules = _tr("Rules: none")
    else:
        rules = _tr("Rules: for 1 account") if count == 1 else _tr("Rules: for {0} accounts").format(count)
    if most is None:
        return (rules,)
    limit = _tr("At most 1 exchange") if most == 1 else _tr("At most {0} exchanges").format(most)
    return rules, limit
