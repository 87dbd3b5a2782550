"""The household that `fixtures/v1_2.keel` holds: that of 1.1 with what 1.2 added, typed by hand.

The file was written once by format 1.2 and is kept: every later program must read it as this value.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop_app.domain.exchange_log import ExchangeLog, PastExchange
from desktop_app.domain.rules import (
    CoreMinimum,
    EquityWash,
    NoSale,
    Period,
    RedemptionFee,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    StockCap,
    TransferLimit,
)

from .household_v1_1 import HOUSEHOLD_1_1

_PAST = (
    PastExchange("K-20417", "Quay Stable Value", "HARBR", Decimal("2500.00"), date(2026, 8, 3)),
    PastExchange("K-20417", None, "HARBR", Decimal("310.25"), date(2026, 8, 14), automatic=True),
)
_RULES = (
    Restriction(EquityWash(("stable_value",), ("money_market",), 90), "the plan's own page", "It waits."),
    Restriction(RepurchaseBlock(30, Decimal(5000), ("HARBR",), ("money_market",)), until=date(2027, 6, 30)),
    Restriction(RoundTrip(30, Decimal(1000), 1, 90, 2, 85, shared=True, exempt=("money_market",))),
    Restriction(RedemptionFee(Decimal("0.02"), 90, ("intl_developed",))),
    Restriction(TransferLimit(2, Period.MONTH, ("stable_value",))),
    Restriction(CoreMinimum(Decimal(2500))),
    Restriction(StockCap(Decimal("0.2"))),
    Restriction(NoSale(("Quay Annuity",)), preset="quay"),
)
_FIRST_ID, _FIRST_RULES = HOUSEHOLD_1_1.account_rules[0]
_CHECKLIST = HOUSEHOLD_1_1.checklists[0]
_PLAN = _CHECKLIST.plan

HOUSEHOLD_1_2 = replace(
    HOUSEHOLD_1_1,
    account_rules=(
        (_FIRST_ID, replace(_FIRST_RULES, restrictions=_RULES)),
        *HOUSEHOLD_1_1.account_rules[1:],
    ),
    checklists=(
        replace(
            _CHECKLIST,
            plan=replace(
                _PLAN,
                rules=replace(_PLAN.rules, log=ExchangeLog(_PAST)),
                exchanges=(replace(_PLAN.exchanges[0], fee=Decimal("12.50")), *_PLAN.exchanges[1:]),
            ),
        ),
        *HOUSEHOLD_1_1.checklists[1:],
    ),
    log=_PAST,
)
