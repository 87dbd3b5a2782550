"""What a user can do to the document, and what the desk shows of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.drift import Verdict
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.goals import GoalAnswers
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import LaterExchange
from desktop_app.domain.rules import AccountRules, Goal
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.domain.targets import TargetAllocation
from desktop_app.domain.waiting import Waiting
from desktop_app.workflow import edits
from desktop_app.workflow.desk import look, with_target
from desktop_app.workflow.log_lines import log_lines, without_line
from desktop_app.workflow.rebalance_flow import RebalanceFlow, WizardPage, finish, resume, save_for_later
from desktop_app.workflow.sample import sample_household

TODAY = date(2026, 11, 22)
ALL_STOCKS = TargetAllocation.of({AssetClass.STOCKS: Decimal(1)})


@pytest.fixture(scope="module")
def sample() -> Household:
    """The sample household as it is shown on one day."""
    return sample_household(TODAY)


def test_sample_adds_to_its_own_statement(sample: Household) -> None:
    desk = look(sample, TODAY)
    totals = [account.total for account in desk.snapshot.accounts]
    assert totals == [Decimal("252666.60"), Decimal("98532.20"), Decimal("76105.26")]
    assert (desk.age_days, desk.is_stale) == (7, False)
    assert desk.next_check == date(2026, 12, 31)
    assert desk.drift is not None
    assert desk.drift.verdict is Verdict.DEFENSIVE


def test_prices_older_than_45_days_are_stale(sample: Household) -> None:
    assert not look(sample, date(2026, 12, 30)).is_stale
    assert look(sample, date(2026, 12, 31)).is_stale


def test_an_empty_household_has_nothing_to_judge() -> None:
    desk = look(Household(), TODAY)
    assert desk.is_empty
    assert (desk.target, desk.drift, desk.age_days) == (None, None, None)


def test_looking_at_another_target_changes_nothing(sample: Household) -> None:
    desk = look(sample, TODAY)
    tried = with_target(desk, ALL_STOCKS)
    assert tried.drift is not None
    assert tried.drift.verdict is Verdict.OFFENSIVE
    assert tried.household == sample


def test_a_users_mix_wins_and_can_be_taken_back(sample: Household) -> None:
    half = AssetMix.of({AssetClass.US_LARGE: Decimal("0.5"), AssetClass.US_BOND: Decimal("0.5")})
    changed = edits.set_fund_mix(sample, "VOO", half)
    fund = next(h.fund for h in changed.snapshot().accounts[2].holdings if h.fund.key == "VOO")
    assert (fund.mix, fund.classified_by) == (half, ClassifiedBy.USER)
    assert edits.set_fund_mix(changed, "VOO", None) == sample


def test_a_temporary_target_ends(sample: Household) -> None:
    layoff = replace(ALL_STOCKS, until=date(2026, 12, 31), reason="lay-off")
    changed = edits.set_target(sample, layoff, TODAY)
    assert changed.target_on(TODAY) == replace(layoff, since=TODAY)
    assert changed.target_on(date(2027, 1, 1)) == sample.target_on(TODAY)


def test_removed_account_takes_its_rules_along(sample: Household) -> None:
    ruled = edits.set_account_rules(sample, "70952", AccountRules(minimum_exchange=Decimal(500)))
    left = edits.remove_account(ruled, "70952")
    assert [account.id for account in left.snapshot().accounts] == ["48213", "245671830"]
    assert left.account_rules == ()
    assert "70952" not in dict(left.account_names)


def test_names_and_calendar(sample: Household) -> None:
    renamed = edits.rename_account(edits.rename_household(sample, "  Ours "), "245671830", "")
    assert renamed.name == "Ours"
    assert renamed.snapshot().accounts[2].name == "ROTH IRA"
    assert edits.rename_household(sample, "   ") == sample
    quarterly = edits.set_schedule(sample, CheckSchedule(3))
    assert look(quarterly, date(2026, 9, 29)).next_check == date(2026, 9, 30)
    assert look(quarterly, date(2026, 9, 30)).next_check == date(2026, 12, 31)


def test_the_next_check_is_the_day_a_block_of_the_open_plan_is_over(sample: Household) -> None:
    fund = sample.snapshot().accounts[0].holdings[0].fund
    free_on = TODAY + timedelta(days=9)
    plan = RebalanceFlow().plan(look(sample, TODAY))
    waits = (Waiting(sample.snapshot().accounts[0].id, fund, "It is blocked.", free_on),)
    desk = look(edits.start_checklist(sample, replace(plan, waits=waits), TODAY), TODAY)
    assert (desk.coming.day, desk.next_check) == (free_on, free_on)
    assert desk.check.day > free_on
    later = look(desk.household, free_on)
    assert later.coming == later.check


def test_wizard_keeps_answers_back_and_forth(sample: Household) -> None:
    flow = (
        RebalanceFlow()
        .with_goal(Goal.HALFWAY)
        .forward()
        .with_cash({"48213": Decimal(500), "70952": Decimal(0)})
    )
    assert flow.page is WizardPage.MONEY
    assert flow.back().goal is Goal.HALFWAY
    assert flow.cash == (("48213", Decimal(500)),)
    assert resume(save_for_later(sample, flow.forward()).draft) == flow.forward()
    assert resume(None) == RebalanceFlow()


def test_window_plans_are_whole_dollars_unless_asked(sample: Household) -> None:
    desk = look(sample, TODAY)
    tidy = RebalanceFlow().plan(desk)
    exact = RebalanceFlow().with_exact(exact=True).plan(desk)
    assert all(exchange.amount % 1 == 0 for exchange in tidy.exchanges)
    assert len(tidy.exchanges) <= len(exact.exchanges)
    assert exact.after.misallocated <= Decimal("0.01")


def test_plan_needs_a_target() -> None:
    with pytest.raises(ValueError, match="target"):
        RebalanceFlow().plan(look(Household(), TODAY))


def test_checklists_are_numbered_and_ticked(sample: Household) -> None:
    desk = look(sample, TODAY)
    plan = RebalanceFlow().plan(desk)
    first = finish(desk, plan)
    second = edits.start_checklist(first, plan, TODAY)
    assert [checklist.number for checklist in second.checklists] == [1, 2]
    noted = edits.tick_exchange(second, 1, ChecklistTick(done=True, confirmation="A-1", done_on=TODAY))
    assert noted.checklist is not None
    assert (noted.checklist.done_count, noted.checklist.is_done) == (1, False)
    gone = edits.discard_checklist(noted)
    assert gone.checklists == first.checklists
    assert gone.exchange_log() == noted.exchange_log()  # what was ticked did happen


def test_a_later_step_that_was_done_counts_in_the_log(sample: Household) -> None:
    """Waiting times are counted from it like from any other exchange."""
    desk = look(sample, TODAY)
    plan = RebalanceFlow().plan(desk)
    first = plan.exchanges[0]
    assert first.source is not None
    assert first.target is not None
    step = LaterExchange(
        date(2027, 2, 20), first.account_id, first.source, first.target, Decimal(500), "It must wait."
    )
    made = edits.start_checklist(sample, replace(plan, later=(step, step)), TODAY)
    done = ChecklistTick(done=True, confirmation="L-1", done_on=date(2027, 2, 22))
    assert made.checklist is not None
    noted = edits.tick_step(made, made.checklist.step_count - 1, done)
    assert noted.checklist is not None
    assert noted.checklist.later_ticks == (ChecklistTick(), done)
    assert noted.checklist.done_count == 1
    lines = log_lines(noted)  # the window lists it, and it can be taken away there
    assert [(line.past.amount, line.past.day) for line in lines] == [(Decimal(500), date(2027, 2, 22))]
    gone = without_line(noted, lines[0])
    assert gone.checklist is not None
    assert gone.checklist.later_ticks[1] == replace(done, done=False)
    assert [(past.amount, past.day) for past in noted.exchange_log().entries] == [
        (Decimal(500), date(2027, 2, 22))
    ]


def test_answers_of_the_guided_plan_are_kept_and_can_be_forgotten(sample: Household) -> None:
    answered = edits.set_comfort(edits.set_comfort(sample, "horizon", 2), "regret", 0)
    assert answered.comfort == (("horizon", 2), ("regret", 0))
    assert edits.set_comfort(answered, "horizon", None).comfort == (("regret", 0),)
    assert edits.set_goals(sample, GoalAnswers(born=1980)).goals == GoalAnswers(born=1980)


def test_a_target_for_a_while_is_looked_at_again_when_it_is_over(sample: Household) -> None:
    last = date(2026, 12, 10)
    held = replace(ALL_STOCKS, since=TODAY, until=last)
    household = replace(sample, targets=(*sample.targets, held))
    desk = look(household, TODAY)
    assert (desk.target, desk.is_target_back) == (held, False)
    assert desk.coming.day == desk.next_check == desk.target_over_on == date(2026, 12, 11)
    on_the_last_day, after = look(household, last), look(household, date(2026, 12, 11))
    assert on_the_last_day.target == held
    assert (after.target, after.is_target_back, after.target_over_on) == (sample.targets[-1], True, None)
    assert after.next_check == date(2026, 12, 31)


def test_a_target_without_an_end_changes_no_check(sample: Household) -> None:
    desk = look(sample, TODAY)
    assert (desk.target_over_on, desk.is_target_back) == (None, False)
    assert desk.coming.day == date(2026, 12, 31)


def test_nobody_is_late_from_before_there_was_a_target(sample: Household) -> None:
    old = tuple(replace(each, as_of=date(2024, 11, 20)) for each in sample.statements)
    chosen = replace(sample, statements=old, checklists=(), targets=(replace(ALL_STOCKS, since=TODAY),))
    check = look(chosen, TODAY).check
    assert (check.is_due, check.day) == (True, TODAY)
    later = look(chosen, TODAY + timedelta(days=9)).check
    assert (later.is_due, later.day) == (True, TODAY)
