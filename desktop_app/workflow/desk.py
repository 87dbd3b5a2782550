"""What lies on the desk: a document with everything a screen shows computed from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.drift import DriftReport
from desktop_app.domain.household import Household
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.records import dataclass
from desktop_app.domain.schedule import NextCheck
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import measure_drift
from desktop_app.reports import coming, next_day

STALE_AFTER_DAYS = 45
"""Prices older than this are said to be old (DESIGN section 6)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One document seen on one day.

    `target` and `drift` are None until the household has a target; `drift` is also None while nothing
    is held.
    """

    household: Household
    today: date
    snapshot: Snapshot
    target: TargetAllocation | None
    drift: DriftReport | None

    @property
    def is_empty(self) -> bool:
        """Whether no statement has been imported yet."""
        return not self.snapshot.accounts

    @property
    def age_days(self) -> int | None:
        """Days since the oldest statement in use, None when no file gave a date."""
        return None if self.snapshot.as_of is None else (self.today - self.snapshot.as_of).days

    @property
    def is_stale(self) -> bool:
        """Whether the prices are too old to act on without a word of warning."""
        return self.age_days is not None and self.age_days > STALE_AFTER_DAYS

    @property
    def has_newer_statement(self) -> bool:
        """Whether what is held differs from what the newest checklist was made from."""
        checklist = self.household.checklist
        if checklist is None:
            return False
        planned = {account.id: account.holdings for account in checklist.accounts}
        return planned != {account.id: account.holdings for account in self.snapshot.accounts}

    @property
    def has_newer_target(self) -> bool:
        """Whether the target in force is another than the newest checklist was made for."""
        checklist = self.household.checklist
        return checklist is not None and self.target is not None and checklist.plan.target != self.target

    @property
    def looked_on(self) -> date | None:
        """The last day known on which the mix was looked at: a statement, a checklist, or the user's word.

        None while nothing is known; days after today count for nothing.
        """
        days = [statement.as_of for statement in self.household.statements]
        days += [checklist.made_on for checklist in self.household.checklists]
        days.append(self.household.looked_on)
        return max((day for day in days if day is not None and day <= self.today), default=None)

    @property
    def check(self) -> NextCheck:
        """The next check, or the one that has come and was not made.

        Nobody is late from before there was a target: an old first statement makes a check due, not overdue.
        """
        found = self.household.schedule.next_check(self.today, self.looked_on)
        first = min((target.since for target in self.household.targets if target.since), default=None)
        if not found.is_due or first is None or found.day >= first:
            return found
        return found._replace(day=min(first, self.today))

    @property
    def coming(self) -> NextCheck:
        """The same, or an earlier day: the newest checklist asks for more, the target for a while is over."""
        found = coming(self.check, self._plan, self.today)
        over = self.target_over_on
        return found if over is None or found.is_due else min(found, found._replace(day=over))

    @property
    def target_over_on(self) -> date | None:
        """The first day a target that holds for a while only is over; None for one without an end."""
        if self.target is None or self.target.until in (None, date.max):
            return None
        return self.target.until + timedelta(days=1)

    @property
    def is_target_back(self) -> bool:
        """Whether a newer target held for a while only and is over, so that an earlier one counts again."""
        targets = self.household.targets
        return (
            self.target is not None
            and bool(targets)
            and targets[-1].until is not None
            and (targets[-1].until < self.today)
        )

    @property
    def next_check(self) -> date:
        """The next day to look, when one looks today, or on which the newest checklist asks for more."""
        found = next_day(self.household.schedule, self._plan, self.today).day
        return found if self.target_over_on is None else min(found, self.target_over_on)

    @property
    def _plan(self) -> ExchangePlan | None:
        checklist = self.household.checklist
        return None if checklist is None else checklist.plan


def look(household: Household, today: date) -> Desk:
    """Compute everything a screen shows of `household` on `today`."""
    snapshot = household.snapshot()
    target = household.target_on(today)
    return _measured(Desk(household, today, snapshot, target, None))


def with_target(desk: Desk, target: TargetAllocation) -> Desk:
    """Return the same desk judged against another target, without changing the document."""
    return _measured(replace(desk, target=target))


def _measured(desk: Desk) -> Desk:
    if desk.target is None or not desk.snapshot.total:
        return replace(desk, drift=None)
    return replace(desk, drift=measure_drift(desk.snapshot, desk.target))
