"""What is worked out about the rows of an account once, off the interface thread, and then only looked up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Generic, TypeVar
from weakref import ref

from desktop_app.domain.funds import ClassifiedBy, Fund, FundKey
from desktop_app.domain.money import ONE, ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import StatementAccount
from desktop_app.importers import Watch

_ROOM = Decimal("0.005")
_STEP = 4096
"""Rows between two words to the watch: a few milliseconds."""

Value = TypeVar("Value")
Result = TypeVar("Result")


class Remembered(Generic[Value, Result]):
    """A function of one value that is worked out once as long as the value lives.

    The value is known by its identity, not compared: comparing long statements takes longer than the work.
    The result must not refer to the value, which would then live for ever.
    """

    def __init__(self, work: Callable[[Value], Result]) -> None:
        self._work = work
        self._known: dict[int, tuple[ref[Value], Result]] = {}

    def __call__(self, value: Value) -> Result:
        """Return the result for `value`."""
        known = self._known.get(id(value))
        if known is not None and known[0]() is value:
            return known[1]
        result = self._work(value)
        self.keep(value, result)
        return result

    def knows(self, value: Value) -> bool:
        """Tell whether the result for `value` only needs to be looked up."""
        known = self._known.get(id(value))
        return known is not None and known[0]() is value

    def keep(self, value: Value, result: Result) -> None:
        """Take a result that was worked out elsewhere."""
        key = id(value)
        self._known[key] = ref(value, lambda gone: self._forget(key, gone)), result

    def _forget(self, key: int, gone: ref[Value]) -> None:
        known = self._known.get(key)
        if known is not None and known[0] is gone:
            del self._known[key]


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the rows of one account come to.

    `total` is dollars; `priced` rows have units and a price, of which `agree` with their value; `unknown` are
    the funds that the program does not know, each with its dollars.
    """

    total: Money
    priced: int = 0
    agree: int = 0
    has_vested: bool = False
    unknown: tuple[tuple[Fund, Money], ...] = ()


def work_out(account: StatementAccount, watch: Watch | None = None) -> AccountFacts:
    """Look at every row of an account; `watch` is told the share done and may raise `CancelledError`."""
    total, priced, agree, has_vested = ZERO, 0, 0, False
    unknown: dict[FundKey, tuple[Fund, Money]] = {}
    count = len(account.rows)
    for number, row in enumerate(account.rows):
        if watch is not None and not number % _STEP:
            watch(number / count)
        value = row.value
        total += value
        has_vested = has_vested or row.vested is not None
        if row.units is not None and row.price is not None:
            priced += 1
            agree += abs(value - row.units * row.price) <= max(abs(value) * _ROOM, ONE)
        if row.fund.classified_by is ClassifiedBy.UNKNOWN:
            key = row.fund.key
            unknown[key] = (row.fund, unknown[key][1] + value if key in unknown else value)
    return AccountFacts(total, priced, agree, has_vested, tuple(unknown.values()))


facts_of: Remembered[StatementAccount, AccountFacts] = Remembered(work_out)
"""The facts of an account, worked out when they are first asked for."""
