"""The household that `fixtures/v1_3.keel` holds: that of 1.2 with what 1.3 added, typed by hand.

The file was written once by format 1.3 and is kept: every later program must read it as this value.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.checklist import ChecklistTick
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import FutureElection, PaycheckPlan
from desktop_app.domain.schedule import CheckKind, CheckSchedule, LookEvery, YearDay

from .household_v1_2 import HOUSEHOLD_1_2

_PAY = (
    (
        "K-20417",
        Paychecks(Decimal("850.00"), 26, 12, date(2026, 12, 4), (("HARBR", 70), ("Quay Stable Value", 30))),
    ),
    ("IRA", Paychecks(Decimal("100.50"), 12)),
)
_CHECKLIST = HOUSEHOLD_1_2.checklists[0]
_PLAN = _CHECKLIST.plan
_FIRST, _SECOND = (row.fund for row in HOUSEHOLD_1_2.statements[0].accounts[0].rows)
_ELECTION = FutureElection(
    account_id="K-20417",
    amount=Decimal("850.00"),
    per_year=26,
    count=12,
    last_on=date(2027, 5, 7),
    percents=((_SECOND, 100),),
    now=((_FIRST, 70), (_SECOND, 30)),
    afterwards=((_FIRST, 60), (_SECOND, 40)),
    gains=((_SECOND, Decimal("10200.00")),),
    to_band=None,
    to_target=31,
    why="It is short.",
)

HOUSEHOLD_1_3 = replace(
    HOUSEHOLD_1_2,
    schedule=CheckSchedule(
        6,
        start=date(2026, 1, 31),
        days=(YearDay(1, 31), YearDay(7, 15)),
        kind=CheckKind.EITHER,
        every=LookEvery.TWO_WEEKS,
    ),
    checklists=(
        replace(
            _CHECKLIST,
            plan=replace(
                _PLAN,
                rules=replace(_PLAN.rules, paychecks=_PAY[:1]),
                paychecks=PaycheckPlan(
                    (_ELECTION,),
                    off_before=Decimal("6000.00"),
                    off_without=Decimal("2400.00"),
                    off_after=Decimal("0.00"),
                    gauge_after=Decimal("0.125"),
                    exchange_without=Decimal("6000.00"),
                ),
            ),
            election_ticks=(ChecklistTick(done=True, confirmation="E-7", done_on=date(2026, 11, 23)),),
        ),
        *HOUSEHOLD_1_2.checklists[1:],
    ),
    paychecks=_PAY,
    looked_on=date(2026, 11, 1),
)
