"""Where the meaning of columns is not sure enough to pass without a word."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass

from .amounts import is_missing, looks_numeric, parse_amount
from .columns import Columns, Role, TableKind, role_of
from .grid import Line, cell_at
from .patterns import late_regex
from .value_proofs import has_shares, rolls

_tr = translator("Remarks")
_SAMPLE = 60
_FEWEST = 3
_MOST = Decimal("0.6")
_FAR_OFF = Decimal("0.75")
"""Share of rows whose product must miss the value by far before the columns are doubted."""
_ROOM = Decimal("0.05")
_NO_ROOM = Decimal(0)
_CENTS = Decimal("0.05")
_PLAIN_ENOUGH = late_regex(r"\b(?:current|market|mkt|ending|closing)\b")
"""Words that settle which of several columns of money is meant."""
_MULTIPLIERS = (Decimal(1), Decimal("0.01"), Decimal(100))
"""Units × price is the value; bonds are quoted per 100, options per share of 100."""


def doubt_about(columns: Columns, rows: Sequence[Line], *, decimal_comma: bool = False) -> str:
    """Return in words what is unsure about the columns of a table of holdings, "" when nothing is."""
    if columns.kind is not TableKind.HOLDINGS:
        return ""
    table = _Sample(columns, [line.cells for line in rows[:_SAMPLE]], decimal_comma)
    return table.two_values() or table.two_names() or table.odd_product()


@dataclass(frozen=True, slots=True)
class _Sample:
    """The heading and first rows of a table."""

    columns: Columns
    rows: list[list[str]]
    comma: bool

    def two_values(self) -> str:
        """Two columns of money with other figures, none of them plainly the value."""
        chosen = self.columns.index.get(Role.VALUE)
        if chosen is None or len(self.columns.values) < 2 or self._is_plain(chosen):
            return ""
        for place in self.columns.values:
            if (
                place not in self.columns.index.values()
                and self._differ(chosen, place)
                and not self._is_proven(chosen, place)
            ):
                return _tr("Two columns may hold the value: {0} was taken, not {1}.").format(
                    self._shown(chosen), self._shown(place)
                )
        return ""

    def _is_proven(self, chosen: int, other: int) -> bool:
        """Tell whether the table's figures say that one column is the value, and not the other.

        Units × price nearly fits both where funds hardly moved; then cents decide.
        """
        if has_shares(self.columns, chosen, self.rows) and not has_shares(self.columns, other, self.rows):
            return True
        if rolls(self.columns, other, chosen, self.rows):
            return True
        if self._has_two_groups() or not self._mostly(self._products(chosen)):
            return False
        return not self._mostly(self._products(other)) or (
            sum(self._products(chosen, _NO_ROOM)) > sum(self._products(other, _NO_ROOM))
        )

    @staticmethod
    def _mostly(fits: list[bool]) -> bool:
        return len(fits) >= 2 and sum(fits) >= _MOST * len(fits)

    def _has_two_groups(self) -> bool:
        """Tell whether units and price stand twice as well, so that each value has its own."""
        index = self.columns.index
        others = [role_of(key) for place, key in enumerate(self.columns.keys) if place not in index.values()]
        return {Role.UNITS, Role.PRICE} <= {known[0] for known in others if known}

    def two_names(self) -> str:
        """Two columns of names of which the one taken tells the rows apart less well."""
        index = self.columns.index
        chosen = index.get(Role.NAME)
        if chosen is None or Role.SOURCE in index or Role.ACCOUNT_ID in index:
            return ""
        taken = set(self._words(chosen))
        for place, key in enumerate(self.columns.keys):
            if place in index.values() or (known := role_of(key)) is None or known[0] is not Role.NAME:
                continue
            other = self._words(place)
            if len(other) >= _FEWEST and len(set(other)) > len(taken):
                return _tr("Two columns may name the funds: {0} was taken, not {1}.").format(
                    self._shown(chosen), self._shown(place)
                )
        return ""

    def odd_product(self) -> str:
        """Units, price and value that hardly ever multiply: one of them is another column."""
        fits = self._products(self.columns.index.get(Role.VALUE, -1))
        if len(fits) < _FEWEST or sum(fits) > len(fits) * (1 - _FAR_OFF):
            return ""
        return _tr("Units times price is not the value in most rows, so one of these columns may be another.")

    def _is_plain(self, chosen: int) -> bool:
        """Tell whether the chosen heading says that it is today's value and no other one does."""
        keys = self.columns.keys
        said = [p for p in self.columns.values if p < len(keys) and _PLAIN_ENOUGH.search(keys[p])]
        return said == [chosen]

    def _differ(self, one: int, other: int) -> bool:
        """Tell whether two columns hold other amounts in most rows that have both."""
        pairs = zip(self._amounts(one), self._amounts(other), strict=True)
        both = [(a, b) for a, b in pairs if a is not None and b]
        return len(both) >= 2 and sum(a != b for a, b in both) >= _MOST * len(both)

    def _products(self, value: int, room: Decimal = _ROOM) -> list[bool]:
        """Tell for each row with all three figures whether units × price is the value, `room` of it aside."""
        index = self.columns.index
        if not {Role.UNITS, Role.PRICE, Role.VALUE} <= index.keys():
            return []
        figures = map(self._amounts, (index[Role.UNITS], index[Role.PRICE], value))
        return [
            any(abs(u * p * by - v) <= abs(v) * room + _CENTS for by in _MULTIPLIERS)
            for u, p, v in zip(*figures, strict=True)
            if u is not None and p is not None and v
        ]

    def _amounts(self, place: int) -> list[Decimal | None]:
        return [parse_amount(cell_at(cells, place), decimal_comma=self.comma) for cells in self.rows]

    def _words(self, place: int) -> list[str]:
        texts = [cell_at(cells, place) for cells in self.rows]
        return [text for text in texts if len(text) > 1 and not is_missing(text) and not looks_numeric(text)]

    def _shown(self, place: int) -> str:
        key = self.columns.keys[place] if place < len(self.columns.keys) else ""
        return f"“{key}”" if key else _tr("column {0}").format(place + 1)
