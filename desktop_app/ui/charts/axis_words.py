"""How the numbers beside an axis are written; `step` is the distance of its ticks."""

from __future__ import annotations

from desktop_app.ui import words

MILLION, THOUSAND = 1_000_000, 1_000


def axis_dollars(value: float, step: float) -> str:
    """Write dollars beside an axis: "$400k", "$1.2M", "0"."""
    if abs(value) < step / 2:
        return "0"
    sign = words.MINUS if value < 0 else ""
    size = abs(value)
    for unit, letter in ((MILLION, "M"), (THOUSAND, "k")):
        if step >= unit / 10 and size >= unit:
            digits = 0 if step % unit == 0 else 1 if step % (unit / 10) == 0 else 2
            return f"{sign}${size / unit:,.{digits}f}{letter}"
    return f"{sign}${size:,.0f}"


def axis_percent(value: float, step: float) -> str:
    """Write a percentage beside an axis: "35 %"."""
    return f"{axis_number(value, step)}{words.NO_BREAK_SPACE}%"


def axis_number(value: float, step: float) -> str:
    """Write a plain number beside an axis."""
    digits = 0 if step >= 1 and step % 1 == 0 else 1 if (step * 10) % 1 == 0 else 2
    return f"{value:,.{digits}f}".replace("-", words.MINUS)
