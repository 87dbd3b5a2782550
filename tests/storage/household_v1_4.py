"""The household that `fixtures/v1_4.keel` holds: that of 1.3 with what 1.4 added, typed by hand.

The file was written once by format 1.4 and is kept: every later program must read it as this value.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.goals import GoalAnswers, Income, OneOff
from desktop_app.domain.plan import LaterExchange

from .household_v1_3 import HOUSEHOLD_1_3

_ID, _RULES = HOUSEHOLD_1_3.account_rules[0]
_CHECKLIST = HOUSEHOLD_1_3.checklists[0]
_FIRST, _SECOND = (row.fund for row in HOUSEHOLD_1_3.statements[0].accounts[0].rows)

HOUSEHOLD_1_4 = replace(
    HOUSEHOLD_1_3,
    account_rules=(
        (
            _ID,
            replace(
                _RULES,
                restrictions=(
                    replace(_RULES.restrictions[0], off=True),
                    replace(_RULES.restrictions[1], off=True),
                    *_RULES.restrictions[2:],
                ),
                provider="tsp",
            ),
        ),
        *HOUSEHOLD_1_3.account_rules[1:],
    ),
    checklists=(
        replace(
            _CHECKLIST,
            plan=replace(
                _CHECKLIST.plan,
                later=(
                    LaterExchange(
                        date(2027, 2, 20), "K-20417", _FIRST, _SECOND, Decimal("1250.50"), "It must wait."
                    ),
                ),
            ),
            later_ticks=(ChecklistTick(done=True, confirmation="L-1", done_on=date(2027, 2, 22)),),
        ),
        *HOUSEHOLD_1_3.checklists[1:],
    ),
    goals=GoalAnswers(
        born=1972,
        retire_at=64,
        plan_to=93,
        needs=Decimal("50000.00"),
        wants=Decimal("24000.00"),
        wishes=Decimal("22000.00"),
        saved=Decimal("24500.00"),
        match=Decimal("4500.00"),
        less=Decimal("1000.00"),
        income=(Income("Social Security", Decimal("29382.00"), 67),),
        one_off=(OneOff(66, Decimal("-20000.00")),),
        lasting=Decimal("0.9"),
        bucket_years=Decimal("2.5"),
    ),
    comfort=(("horizon", 2), ("regret", 0)),
)
