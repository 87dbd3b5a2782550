"""The range of savings at an age: its numbers, and the words for them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.records import dataclass
from desktop_app.ui import words


@dataclass(frozen=True, slots=True)
class RangePoint:
    """Dollars at the start of an age: lowest, a tenth, a quarter, half, three quarters, nine tenths."""

    age: int
    lowest: float
    tenth: float
    quarter: float
    middle: float
    three_quarters: float
    nine_tenths: float


def point_words(point: RangePoint) -> str:
    """Say an age's numbers in a sentence."""
    dollars = [
        words.dollars(Decimal(amount))
        for amount in (point.middle, point.quarter, point.three_quarters, point.tenth, point.nine_tenths)
    ]
    shape = QCoreApplication.translate(
        "RangeChart",
        "Age {0}: middle {1}; half between {2} and {3}; 8 in 10 between {4} and {5}; lowest {6}.",
    )
    return shape.format(point.age, *dollars, words.dollars(Decimal(point.lowest)))
