"""The rebalance wizard without a window: five pages, their answers, and the plan they lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain.exchange_log import ExchangeLog
from desktop_app.domain.household import Household, WizardDraft
from desktop_app.domain.money import CENT, ONE, ZERO, Money, plain
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.records import dataclass
from desktop_app.domain.rules import Goal, PlanRules
from desktop_app.rebalance import make_plan

from .better_plan import better_of
from .desk import Desk
from .edits import keep_draft, start_checklist

TIDY = Decimal("0.001")
"""The share of the household the window's tidy plans may leave undone to save exchanges."""

LOG_DAYS = 800
"""Exchanges older than this bind nothing: the longest rule known counts two years of trades at most."""


class WizardPage(StrEnum):
    """The wizard's pages in order."""

    GOAL = "goal"
    MONEY = "money"
    RULES = "rules"
    REVIEW = "review"
    ORDERS = "orders"


PAGES = tuple(WizardPage)


@dataclass(frozen=True, slots=True)
class RebalanceFlow:
    """Answers so far. `cash` is dollars per account id, in positive, out negative.

    `exact` asks for exact cents and no tidying; otherwise amounts are whole dollars and an exchange that
    matters little may be left out.
    """

    page: WizardPage = WizardPage.GOAL
    goal: Goal = Goal.TARGET
    cash: tuple[tuple[str, Money], ...] = ()
    exact: bool = False

    @property
    def index(self) -> int:
        """Place of the present page, from 0."""
        return PAGES.index(self.page)

    @property
    def is_first(self) -> bool:
        """Whether there is nothing to go back to."""
        return self.index == 0

    @property
    def is_last(self) -> bool:
        """Whether the next step makes the checklist."""
        return self.index == len(PAGES) - 1

    def forward(self) -> RebalanceFlow:
        """Return the flow one page further; the last page stays."""
        return replace(self, page=PAGES[min(self.index + 1, len(PAGES) - 1)])

    def back(self) -> RebalanceFlow:
        """Return the flow one page back with all answers kept."""
        return replace(self, page=PAGES[max(self.index - 1, 0)])

    def with_goal(self, goal: Goal) -> RebalanceFlow:
        """Choose where the plan should bring the mix."""
        return replace(self, goal=goal)

    def with_cash(self, cash: Mapping[str, Money]) -> RebalanceFlow:
        """Say how much money comes into or leaves each account; zeros are dropped."""
        return replace(self, cash=tuple((account, amount) for account, amount in cash.items() if amount))

    def with_exact(self, *, exact: bool) -> RebalanceFlow:
        """Choose exact cents, or whole dollars with few exchanges."""
        return replace(self, exact=exact)

    def rules(self, desk: Desk) -> PlanRules:
        """Return everything the plan is asked for."""
        return PlanRules(
            today=desk.today,
            goal=self.goal,
            cash_flow=self.cash,
            accounts=desk.household.account_rules,
            max_exchanges=desk.household.max_exchanges,
            tidy=ZERO if self.exact else TIDY,
            round_to=CENT if self.exact else ONE,
            log=log_of(desk),
            paychecks=_paychecks_of(desk),
        )

    def plan(
        self, desk: Desk, tell: Callable[[float], None] | None = None, *, is_patient: bool = True
    ) -> ExchangePlan:
        """Compute the plan; needs a desk with a target. Takes long enough to belong off the interface.

        `tell` hears from time to time which share of the longest time is gone (0 to 1); it may raise
        `CancelledError`, which comes out here. Who is not patient gets the best plan found at once.
        """
        if desk.target is None:
            raise ValueError("a plan needs a target")
        return make_plan(desk.snapshot, desk.target, self.rules(desk), tell, is_patient=is_patient)

    def better_plan(
        self, desk: Desk, first: ExchangePlan, tell: Callable[[float], None] | None = None
    ) -> ExchangePlan:
        """Search with patience for a plan better than `first`, the one found at once; else return that.

        Where both ask for the same orders it comes back with what is proved of it now. `tell` as in `plan`.
        """
        return better_of(first, self.plan(desk, tell))

    def draft(self) -> WizardDraft:
        """Return the answers as the document keeps them."""
        cash = tuple((account, plain(amount)) for account, amount in self.cash)
        return WizardDraft(self.page.value, self.goal, cash, self.exact)


def log_of(desk: Desk) -> ExchangeLog:
    """Return the past exchanges of the accounts at hand that a rule may still count."""
    known = {account.id for account in desk.snapshot.accounts}
    recent = desk.household.exchange_log().since(desk.today - timedelta(days=LOG_DAYS))
    return ExchangeLog(tuple(past for past in recent.entries if past.account_id in known))


def _paychecks_of(desk: Desk) -> tuple[tuple[str, Paychecks], ...]:
    known = {account.id for account in desk.snapshot.accounts}
    return tuple((account_id, pay) for account_id, pay in desk.household.paychecks if account_id in known)


def resume(draft: WizardDraft | None) -> RebalanceFlow:
    """Return the flow a draft describes, a fresh one without a draft; an unknown page is the first one."""
    if draft is None:
        return RebalanceFlow()
    page = next((page for page in WizardPage if page.value == draft.page), WizardPage.GOAL)
    cash = tuple((account, Decimal(amount)) for account, amount in draft.cash_flow)
    return RebalanceFlow(page, draft.goal, cash, draft.exact)


def save_for_later(household: Household, flow: RebalanceFlow) -> Household:
    """Keep the wizard's answers in the document."""
    return keep_draft(household, flow.draft())


def finish(desk: Desk, plan: ExchangePlan) -> Household:
    """Turn the reviewed plan into the household's newest checklist."""
    return start_checklist(desk.household, plan, desk.today)
