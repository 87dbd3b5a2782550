"""Checks the shares of the whole that a table gives (“% of account”) against its values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED, ONE, ZERO

from .amounts import parse_amount
from .outcome import Entry, Outcome, Table

_tr = translator("Remarks")
_MOST_SAID = 5
_HALF = Decimal("0.5")
_WIDEST = Decimal(5)
"""Points by which rounded shares may miss 100 together."""
_FIX = "Check the value of this line on the provider's page."


class _Share(NamedTuple):
    entry: Entry
    points: Decimal
    step: Decimal
    """The last place the file gives, in points."""


def check_weights(outcome: Outcome) -> None:
    """Warn of every row whose share of the whole is not its value's, where shares stand for all rows.

    Money owed is left out of the whole by some and counted by others, so accounts with any are not judged.
    """
    for table in outcome.tables:
        if not table.weighted:
            continue
        groups = _groups(table)
        for group in groups:
            _check(outcome, group)


def are_whole(entries: Sequence[Entry]) -> bool:
    """Tell whether each of some rows has a share of the whole and the shares add to it."""
    return bool(_complete([_share(entry) for entry in entries]))


def _groups(table: Table) -> list[list[_Share]]:
    """Return the rows whose shares add to 100: account by account, else the whole table, else none."""
    shares = [_share(entry) for entry in table.entries]
    by_account: dict[str, list[_Share | None]] = {}
    for entry, share in zip(table.entries, shares, strict=True):
        by_account.setdefault(entry.found.id, []).append(share)
    complete = [group for each in by_account.values() if (group := _complete(each))]
    if complete:
        return complete
    whole = _complete(shares)
    return [whole] if whole else []


def _complete(shares: Sequence[_Share | None]) -> list[_Share]:
    """Return shares as points when they stand for all rows and add to the whole, else nothing."""
    found = [share for share in shares if share is not None]
    if len(found) < len(shares) or len(found) < 2:
        return []
    total = sum((share.points for share in found), ZERO)
    room = max(share.step for share in found) * len(found) * _HALF
    if abs(total - HUNDRED) <= min(room, _WIDEST):
        return found
    if abs(total - ONE) <= min(room, _WIDEST / HUNDRED):
        return [share._replace(points=share.points * HUNDRED, step=share.step * HUNDRED) for share in found]
    return []


def _share(entry: Entry) -> _Share | None:
    text = entry.weight.strip().removesuffix("%").strip()
    points = parse_amount(text)
    if points is None:
        return None
    exponent = points.as_tuple().exponent
    return _Share(entry, points, Decimal(1).scaleb(min(int(exponent), 0)))


def _check(outcome: Outcome, group: list[_Share]) -> None:
    total = sum((share.entry.row.value for share in group), ZERO)
    if total <= 0 or any(share.entry.row.value < 0 for share in group):
        return
    off = [share for share in group if abs(share.points - _points(share, total)) > share.step * 3 / 2]
    for share in off[:_MOST_SAID]:
        row = share.entry.row
        message = _tr("{0}: the file gives its share as {1:g}%, but {2:,.2f} of {3:,.2f} is {4}%.").format(
            row.fund.name, share.points, row.value, total, _points(share, total).quantize(share.step)
        )
        outcome.warn(share.entry.line, message, _tr(_FIX))
    if len(off) > _MOST_SAID:
        message = _tr("{0} more lines have shares that do not fit their values.").format(
            len(off) - _MOST_SAID
        )
        outcome.warn(off[_MOST_SAID].entry.line, message, _tr(_FIX))


def _points(share: _Share, total: Decimal) -> Decimal:
    return share.entry.row.value * HUNDRED / total
