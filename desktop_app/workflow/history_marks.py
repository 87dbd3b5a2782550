"""What happened between the statements: rebalances, single exchanges, targets that began or ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from desktop_app.domain.checklist import Checklist
from desktop_app.domain.household import Household
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.targets import TargetAllocation


class MarkKind(StrEnum):
    """What a mark tells."""

    REBALANCED = "rebalanced"
    PARTLY = "partly"
    EXCHANGED = "exchanged"
    TARGET_SET = "target-set"
    TARGET_CHANGED = "target-changed"
    TEMPORARY = "temporary"
    TEMPORARY_OVER = "temporary-over"


REBALANCES = frozenset({MarkKind.REBALANCED, MarkKind.PARTLY})
TARGETS = frozenset(
    {MarkKind.TARGET_SET, MarkKind.TARGET_CHANGED, MarkKind.TEMPORARY, MarkKind.TEMPORARY_OVER}
)


@dataclass(frozen=True, slots=True)
class HistoryMark:
    """One event: `count` steps of `whole` were done and `dollars` moved; `reason` and `until` of a target."""

    day: date
    kind: MarkKind
    count: int = 0
    whole: int = 0
    dollars: Money = ZERO
    reason: str = ""
    until: date | None = None


def marks_of(household: Household, today: date) -> tuple[HistoryMark, ...]:
    """Return every event up to `today`, the oldest first; on one day targets stand before rebalances."""
    found = [
        *_targets(household),
        *(mark for checklist in household.checklists for mark in _checklist(checklist)),
        *_exchanges(household),
    ]
    past = (mark for mark in found if mark.day <= today)
    return tuple(sorted(past, key=lambda mark: (mark.day, mark.kind not in TARGETS)))


def _checklist(checklist: Checklist) -> Iterator[HistoryMark]:
    """Yield the day on which the last step of a checklist was done, if any exchange was."""
    done = checklist.done_exchanges()
    if not done:
        return
    kind = MarkKind.REBALANCED if checklist.is_done else MarkKind.PARTLY
    dollars = sum((past.amount for past in done), ZERO)
    last = max(past.day for past in done)
    yield HistoryMark(last, kind, checklist.done_count, checklist.step_count, dollars)


def _exchanges(household: Household) -> Iterator[HistoryMark]:
    """Yield one mark for each day with exchanges that stand on no checklist."""
    days: dict[date, list[Money]] = {}
    for past in household.log:
        if not past.automatic and past.source is not None and past.target is not None:
            days.setdefault(past.day, []).append(past.amount)
    for day, amounts in days.items():
        yield HistoryMark(day, MarkKind.EXCHANGED, len(amounts), len(amounts), sum(amounts, ZERO))


def _targets(household: Household) -> Iterator[HistoryMark]:
    """Yield the versions of the target, and the days after temporary ones that nothing followed."""
    versions = _lasting(household.targets)
    for i, (since, target) in enumerate(versions):
        if since is not None:
            kind = MarkKind.TARGET_CHANGED if i else MarkKind.TARGET_SET
            yield HistoryMark(
                since,
                kind if target.until is None else MarkKind.TEMPORARY,
                reason=target.reason,
                until=target.until,
            )
        if target.until is None or target.until == date.max:  # the calendar ends with it
            continue
        over = target.until + timedelta(days=1)
        following = versions[i + 1][0] if i + 1 < len(versions) else None
        if following is None or following > over:
            yield HistoryMark(over, MarkKind.TEMPORARY_OVER, reason=target.reason)


def _lasting(
    targets: Sequence[TargetAllocation],
) -> list[tuple[date | None, TargetAllocation]]:
    """Return the versions with the day they began; of several on one day only the last was in force."""
    found: dict[date | None, TargetAllocation] = {}
    for target in targets:
        found.pop(target.since, None)
        found[target.since] = target
    return list(found.items())
