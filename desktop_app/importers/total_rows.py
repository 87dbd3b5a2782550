"""Tells the totals of a holdings table from its holdings, by their words and by what stands above them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import takewhile

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.issues import QuickFix
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money, to_cents
from desktop_app.domain.statement import SkipReason

from . import rows as words
from .above import Above
from .amounts import is_missing, looks_numeric
from .classifier import classify
from .grid import filled
from .outcome import Outcome
from .owners import Owners
from .patterns import late_regex
from .rows import Instrument, Row, RowKind
from .totals import Judgement, Sums
from .wording import (
    ends_in_total,
    ends_in_value,
    is_account,
    is_every_source,
    is_group,
    is_source,
    without_total,
)

_tr = translator("Remarks")
_BARE = late_regex(r"(?:grand|overall|account|fund|investment|source|sub)?[ -]?totals?[ :*]*", re.IGNORECASE)
"""A name that is a total's, whatever figures stand under units and price: they are other columns' sums."""
_MOST_ROWS = 2000
"""Accounts with more rows have their totals taken as they stand."""
_DOUBT_FIX = "Check this line. If it is a total, leave it out."


class TotalRows:
    """Judges the rows of one grid; `sums` and `above` are what the rows so far have left behind."""

    def __init__(
        self,
        out: Outcome,
        owners: Owners,
        sums: Sums,
        above: Above,
        amount: Callable[[str], Decimal | None],
    ) -> None:
        self._out = out
        self._owners = owners
        self._sums = sums
        self._above = above
        self._amount = amount
        self._said: dict[str, set[int]] = {}

    def is_total(
        self, row: Row, item: Instrument, kind: RowKind, value: Decimal | None, units: Decimal | None
    ) -> bool:
        """Judge by words, then by arithmetic; a row with units of its own is a fund, unless a subtotal."""
        if words.is_subtotal(item.name):
            return True
        if kind is RowKind.TOTAL:
            if item.symbol is not None or words.is_value_on(item.name) or _BARE.fullmatch(item.name):
                return True
            if "$" in row.units and words.is_bare_total(item.name):
                return True  # its figures stand a column too far to the left
            return not units and self._is_named_total(row, item, value)
        if value is not None and not units and self._is_total_by_end(row, item, kind, value):
            return True
        bare = value is not None and not units and item.symbol is None
        if bare and (self._is_of_account(item) or _is_marked(row, item)):
            return True
        if kind is not RowKind.HOLDING:
            return False
        if not item.name or looks_numeric(item.name):
            first = next(iter(filled(row.line.cells)), "")
            if words.is_total(first) or without_total(first):
                return True
        is_sum = self._adds_parts(row, item, value, units) or self._closes_group(item, value, units)
        return is_sum or self._adds_up(row, item, value, units)

    def doubt(self, row: Row, item: Instrument, value: Decimal) -> None:
        """Ask the user to check a holding that may be a total."""
        judged = self._sums.judge(item.name, value, self._owners.peek(row))
        if self._is_of_last(item) or (judged is Judgement.FUND and not ends_in_total(item.name)):
            return
        message = _tr("“{0}” may be a total or a fund. Its {1:,.2f} was counted as a fund.").format(
            item.name, value
        )
        self._out.warn(row.line, message, _tr(_DOUBT_FIX), QuickFix.LEAVE_OUT)

    def take(self, row: Row, item: Instrument, value: Decimal | None) -> None:
        """Note the amount of a total where it belongs, and start later sums anew."""
        label = item.name or next(iter(filled(row.line.cells)), "")
        label = next(iter(filled(row.line.cells))) if _is_marked(row, item) else label
        section = label.lower() if not without_total(label) else without_total(label)
        of_section = (
            bool(self._above.group) and section == self._above.group and not self._owners.is_called(section)
        )
        of_section = of_section or words.is_window_account(label)
        if value is not None and not of_section:
            self._state(row, item, label, to_cents(value))
        if self._above.source is not None and without_total(label) == self._above.source.lower():
            self._above.source = None
        self._sums.close()
        self._above.last = None
        self._out.skip(row.line, SkipReason.TOTAL)

    def _state(self, row: Row, item: Instrument, label: str, value: Money) -> None:
        """Note a total where it belongs; a second sum of such words tells that the first was a part's."""
        said = self._said.setdefault("" if is_group(item.name) else item.name.lower(), set())
        if self._is_part_total(row, value):
            self._owners.withdraw(row, said)
            return
        said.add(row.line.number)
        self._owners.state(row.line, label, value, row)

    def _is_total_by_end(self, row: Row, item: Instrument, kind: RowKind, value: Decimal) -> bool:
        """Tell whether a row with a total's word first or last, or a window's row, adds up those above."""
        is_window = kind is RowKind.WINDOW
        if kind not in {RowKind.HOLDING, RowKind.WINDOW} or item.symbol or item.cusip or not value:
            return False
        if self._amount(row.price) is not None or self._is_of_last(item):
            return False
        worded = is_window and (words.starts_with_total(item.name) or ends_in_value(item.name))
        if worded or ends_in_total(item.name):
            fund = classify(None, None, item.name)
            adds_up = self._sums.is_sum(to_cents(value), self._owners.peek(row), fund)
        else:
            unknown = words.starts_with_total(item.name) and _is_unknown(item)
            several = (is_window or unknown) and len(self._sums.since) > 1
            adds_up = several and to_cents(value) in {self._sums.since_total(), self._sums.in_table}
            adds_up = adds_up or (unknown and self._is_of_all(row, to_cents(value)))
        if adds_up:
            self._tell_sum(row, item)
        return adds_up

    def _is_of_all(self, row: Row, value: Money) -> bool:
        """Tell whether a value below the sums of several groups is that of all rows of the account."""
        account = self._owners.peek(row)
        return not self._sums.since and len(account) > 1 and value == account.total

    def _is_of_account(self, item: Instrument) -> bool:
        """Tell whether a row is called the total of an account, by its number."""
        worded = words.starts_with_total(item.name) or ends_in_total(item.name)
        return worded and self._owners.numbered_in(item.name) is not None

    def _is_of_last(self, item: Instrument) -> bool:
        """Tell whether a total is that of the fund in the rows right above it."""
        name = without_total(item.name)
        return self._above.last is not None and name in {
            self._above.last.name.lower(),
            (self._above.last.symbol or "").lower(),
        } - {""}

    def _adds_parts(self, row: Row, item: Instrument, value: Decimal | None, units: Decimal | None) -> bool:
        """Tell whether a row without a price adds up the sources right above it, of the fund named there."""
        label = self._above.label
        if label is None or not value or item.symbol or item.cusip or is_source(item.name) or not item.name:
            return False
        if self._amount(row.price) is not None:
            return False
        parts = list(takewhile(lambda kept: kept.fund.name == label.name, reversed(self._sums.since.rows)))
        if not parts or to_cents(value) != sum((kept.value for kept in parts), ZERO):
            return False
        if units is not None and units != sum((kept.units or ZERO for kept in parts), ZERO):
            return False
        return len(parts) > 1 or _is_unknown(item)

    def _closes_group(self, item: Instrument, value: Decimal | None, units: Decimal | None) -> bool:
        """Tell whether a row is called like the label above the rows it adds up, with “total” or without."""
        if value is None or item.symbol or item.cusip or units is not None:
            return False
        name = without_total(item.name)
        if (name or item.name.lower()) == self._above.group and to_cents(value) == self._sums.in_group():
            return True
        return bool(name) and self._owners.is_called(name) and to_cents(value) == self._sums.since_total()

    def _adds_up(self, row: Row, item: Instrument, value: Decimal | None, units: Decimal | None) -> bool:
        """Tell whether a row without a fund of its own equals the sum of those above it."""
        if value is None or item.symbol or item.cusip or units is not None:
            return False
        count = len(self._sums.since)
        if not item.name and not count and value and to_cents(value) == self._owners.peek(row).total:
            return True  # below the sums of its groups, that of all of them
        if to_cents(value) not in {self._sums.since_total(), self._sums.in_table}:
            return False
        if not item.name:
            of_all = is_missing(row.account_id) and is_missing(row.account_name) and self._sums.in_table != 0
            return (count > 0 or of_all) and (is_missing(row.source) or is_every_source(row.source))
        if (
            count == 1
            or not self._sums.in_table
            or self._amount(row.price) is not None
            or (
                words.is_fundish(item.name)
                and not words.starts_with_total(item.name)
                and not is_account(item.name)
            )
        ):
            return False
        if classify(None, None, item.name).classified_by is not ClassifiedBy.UNKNOWN and not (
            is_group(item.name) and self._follows_sum(value)
        ):
            return False
        self._tell_sum(row, item)
        return True

    def _follows_sum(self, value: Decimal) -> bool:
        """Tell whether dollars are those of the rows since a total that stands above them."""
        return to_cents(value) == self._sums.since_total() != self._sums.in_table

    def _is_named_total(self, row: Row, item: Instrument, value: Decimal | None) -> bool:
        """Judge a row whose words may be a total's or a fund's (“Total International Stock”)."""
        if item.cusip is not None:
            return False
        account = self._owners.peek(row)
        judged = self._sums.judge(item.name, value, account)
        if judged is Judgement.TOTAL_BY_SUM:
            self._tell_sum(row, item)
        return judged in {Judgement.TOTAL, Judgement.TOTAL_BY_SUM}

    def _tell_sum(self, row: Row, item: Instrument) -> None:
        message = _tr("“{0}” was taken for a total: it is exactly the sum of the lines above it.").format(
            item.name
        )
        self._out.tell(row.line, message, _tr("If it is a holding, count it."), QuickFix.COUNT)

    def _is_part_total(self, row: Row, value: Money) -> bool:
        """Tell whether a total is one of a source, or of the last rows of several groups only."""
        if not is_missing(row.source) and not (is_every_source(row.source) or words.is_total(row.source)):
            return True
        if not self._sums.since or value != self._sums.since_total():
            return False
        account = self._owners.peek(row)
        if len(account) <= _MOST_ROWS and not self._above.nameless:
            return len(self._sums.since) < len(account) and value != account.total
        rows = [kept for kept in account.rows[:_MOST_ROWS] if kept.line not in self._above.nameless]
        return len(self._sums.since) < len(rows) and value != sum((kept.value for kept in rows), ZERO)


def _is_unknown(item: Instrument) -> bool:
    """Tell whether a row's words are no fund's we know."""
    return classify(item.symbol, item.cusip, item.name).classified_by is ClassifiedBy.UNKNOWN


def _is_marked(row: Row, item: Instrument) -> bool:
    """Tell whether a line begins with a total's word in a column of its own, before the name of a group."""
    first = next((text for cell in row.line.cells if (text := cell.strip())), "")
    return bool(item.name) and first != row.name and _BARE.fullmatch(first) is not None
