"""Tells a total from a fund that is called one: by its words, then by arithmetic."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum, auto

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import CENT, ZERO, Money, to_cents
from desktop_app.domain.statement import StatementRow
from desktop_app.domain.targets import top_level

from . import rows as words
from .classifier import classify
from .gathered import Batch, Gathered
from .patterns import late_regex
from .wording import is_whole

_LONE_TOTAL = late_regex(
    r"(?P<words>.*?\b(?:total|balance|value)s?\b[^:$0-9]*)[:\s]*(?<![a-z-])"
    r"(?P<amount>[-(]?\$?\s?[0-9][0-9,.]*\)?)",
    re.IGNORECASE,
)
_MONEY = late_regex(r"[:$.,]")
"""What sets an amount apart from a number in a name (“Value Fund Class 2”)."""
_HALF_DOLLAR = Decimal("0.5")
_LARGEST_GROUP = 1000
"""Rows; no section of a statement is longer, and long files stay quick."""


def lone_total(text: str) -> tuple[str, str] | None:
    """Return the words and the amount of a line of text that states a total, None for any other."""
    found = _LONE_TOTAL.fullmatch(text)
    if found is None:
        return None
    label = found["words"].strip()
    return (label, found["amount"]) if _MONEY.search(text) or words.is_total(label) else None


class Judgement(Enum):
    """What a row called “Total …” is."""

    TOTAL = auto()
    TOTAL_BY_SUM = auto()
    FUND = auto()
    DOUBTFUL = auto()


class Sums:
    """The rows kept since the last total, and what they and their table add to."""

    def __init__(self) -> None:
        self.since = Gathered()
        self.in_table: Money = ZERO
        self._since: Money = ZERO
        self._table = Gathered()
        self._group = 0
        self._lots: Money = ZERO
        self._table_lots: Money = ZERO

    def add(self, row: StatementRow) -> None:
        """Count a holding."""
        self.since.append(row)
        self.in_table += row.value
        self._since += row.value
        self._table.append(row)

    def add_all(self, batch: Batch) -> None:
        """Count holdings that follow each other."""
        value = batch.total
        self.since.extend(batch)
        self.in_table += value
        self._since += value
        self._table.extend(batch)

    def add_lot(self, value: Money) -> None:
        """Count dollars of a line without a name: a further lot of the fund above, or its money again."""
        self._lots += value
        self._table_lots += value

    def close(self) -> None:
        """A total or the label of an account: later sums start anew."""
        self.since = Gathered()
        self._since = self._lots = ZERO
        self._group = 0

    def open_group(self) -> None:
        """A label of a section: later rows may have a total of their own."""
        self._group = len(self.since)

    def start_table(self) -> None:
        """A heading: nothing has been counted below it yet."""
        self.close()
        self.in_table = self._table_lots = ZERO
        self._table = Gathered()

    def since_total(self) -> Money:
        """Sum of the rows since the last total, in dollars."""
        return self._since

    def in_group(self) -> Money:
        """Sum of the rows since the last label of a section, in dollars."""
        return Gathered(self.since.rows[self._group :]).total if self._group else self._since

    def judge(self, name: str, value: Decimal | None, account: Gathered) -> Judgement:
        """Judge a row named like a total; `account` holds its account's rows so far.

        A bare total word decides alone. Otherwise the value must be the sum of rows above: since the last
        total, of the table, of the account, of the section, or of the rows of the name's own kind. With
        a single row above that holds another kind of asset, equal values are a coincidence.
        """
        if value is None or words.is_bare_total(name) or is_whole(name):
            return Judgement.TOTAL
        fund = classify(None, None, name)
        adding = self._adding(to_cents(value), account, fund)
        if adding:
            if all(len(rows) == 1 and _differ(fund, rows[0].fund) for rows in adding):
                return Judgement.DOUBTFUL
            return Judgement.TOTAL if words.is_plural_group(name) else Judgement.TOTAL_BY_SUM
        known = fund.classified_by is not ClassifiedBy.UNKNOWN and not words.is_plural_group(name)
        return Judgement.FUND if known else Judgement.DOUBTFUL

    def is_sum(self, value: Money, account: Gathered, fund: Fund) -> bool:
        """Tell whether dollars are the sum of rows above, or of the last two or more of them."""
        if self._adding(value, account, fund):
            return True
        total = ZERO
        for count, row in enumerate(reversed(self.since.rows[-_LARGEST_GROUP:]), 1):
            total += row.value
            if count > 1 and total == value:
                return True
        return False

    def _adding(self, value: Money, account: Gathered, fund: Fund) -> list[list[StatementRow]]:
        """Return the groups of rows above that add to the value."""
        sums = [(self.since, self._since), (self._table, self.in_table)]
        if self._table_lots:
            sums += [(self.since, self._since + self._lots), (self._table, self.in_table + self._table_lots)]
        groups = [Gathered(self.since.rows[self._group :]), Gathered(self._of_kind(fund)), account]
        sums += [(group, group.total) for group in groups if len(group) <= _LARGEST_GROUP]
        return [group.rows for group, total in sums if group and _same(value, total, len(group))]

    def _of_kind(self, fund: Fund) -> list[StatementRow]:
        """Return the last rows of the same kind of asset (stocks, fixed income, other) as the fund."""
        kind = _root(fund.mix)
        alike: dict[int, bool] = {}  # funds by identity: rows of long files share theirs
        found: list[StatementRow] = []
        for row in reversed(self.since.rows[-_LARGEST_GROUP - 1 :]):
            held = row.fund
            is_alike = alike.get(id(held))
            if is_alike is None:
                is_alike = alike[id(held)] = _root(held.mix) is kind
            if not is_alike:
                break
            found.append(row)
        return found[::-1]


def _same(value: Money, total: Money, count: int) -> bool:
    """Tell whether a figure is a sum, give or take a cent a row, or rounded to whole dollars."""
    room = CENT * max(1, count)
    if value == value.to_integral_value() and total != total.to_integral_value():
        room = max(room, _HALF_DOLLAR)
    return abs(value - total) <= room


def _root(mix: AssetMix) -> AssetClass:
    return top_level(mix.main)


def _differ(one: Fund, other: Fund) -> bool:
    """Tell whether two known funds hold nothing of the same class."""
    if ClassifiedBy.UNKNOWN in {one.classified_by, other.classified_by}:
        return False
    return {leaf for leaf, _ in one.mix}.isdisjoint(leaf for leaf, _ in other.mix)
