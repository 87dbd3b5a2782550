"""Measures drift and finds the smallest legal plan."""

from .drift import measure_drift
from .errors import (
    CapBelowLockedError,
    CashBeyondAccountError,
    CashBeyondSaleableError,
    ContradictoryRulesError,
    EmptyHouseholdError,
    LimitsTooTightError,
    NegativeHoldingError,
    NoRoomError,
    RuleValueError,
    StepsTooCoarseError,
    UnknownAccountInRulesError,
    UnknownFundInRulesError,
)
from .plan import make_plan
from .solver import warm_up

__all__ = [
    "CapBelowLockedError",
    "CashBeyondAccountError",
    "CashBeyondSaleableError",
    "ContradictoryRulesError",
    "EmptyHouseholdError",
    "LimitsTooTightError",
    "NegativeHoldingError",
    "NoRoomError",
    "RuleValueError",
    "StepsTooCoarseError",
    "UnknownAccountInRulesError",
    "UnknownFundInRulesError",
    "make_plan",
    "measure_drift",
    "warm_up",
]
