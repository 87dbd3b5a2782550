"""The checklist on paper, with the hours each account's plan wants orders by."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.checklist import Checklist
from desktop_app.reports import Sheet, checklist_sheets

from .rule_presets import provider_of


def paper_of(
    checklist: Checklist, household_name: str, today: date, look_again: date | None = None
) -> tuple[Sheet, ...]:
    """Return the sheets of a checklist; `look_again` is the day of the next check."""
    known = ((account_id, provider_of(rules)) for account_id, rules in checklist.plan.rules.accounts)
    hours = {account_id: preset.cut_off for account_id, preset in known if preset is not None}
    return checklist_sheets(checklist, household_name, today, look_again=look_again, cut_offs=hours)
