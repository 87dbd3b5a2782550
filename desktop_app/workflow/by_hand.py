"""Holdings typed by hand, for plans whose site gives nothing to download."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import Fund
from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import LARGEST, Money, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.sources import TYPED, StatementSource
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.importers import classify
from desktop_app.importers.checks import product_remark
from desktop_app.importers.rows import Instrument

from .preview import ImportPreview, with_matches

_tr = translator("TypedByHand")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One holding as typed: `value` and `price` in dollars; a value may be left to units × price."""

    name: str
    symbol: str = ""
    units: Decimal | None = None
    price: Decimal | None = None
    value: Money | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return (
            not self.name.strip()
            and not self.symbol.strip()
            and {self.units, self.price, self.value} == {None}
        )

    @property
    def worth(self) -> Money | None:
        """The value in dollars, worked out where only units and price were typed; None without."""
        if self.value is not None:
            return to_cents(self.value)
        if self.units is None or self.price is None:
            return None
        product = self.units * self.price
        return to_cents(product) if product.is_finite() and abs(product) < LARGEST else None


def disagreement(line: int, row: TypedRow) -> str:
    """Say that the value of the `line`th holding is not its units × price, "" where it is or one lacks.

    What counts as agreeing is what counts for files: bonds are priced per 100, options for 100 shares.
    """
    if row.units is None or row.price is None or row.value is None:
        return ""
    item = Instrument(row.symbol.strip() or None, None, row.name)
    if product_remark(item, row.value, row.units, row.price) is None:
        return ""
    return _tr(
        "Holding {0}: units × price is {1:,.2f}, but its value is {2:,.2f}. Check which figure is right."
    ).format(line, to_cents(row.units * row.price), row.value)


class NothingTypedError(UserError):
    """There is no holding."""

    def __init__(self) -> None:
        super().__init__(_tr("No holding was typed. Give at least one fund and its value."))


class NamelessAccountError(UserError):
    """The account has neither a name nor a number."""

    def __init__(self) -> None:
        super().__init__(_tr("The account has no name. Give the name of the plan or account."))


class UnfinishedRowError(UserError):
    """A typed holding lacks something."""

    def __init__(self, line: int, *, of_fund: bool) -> None:
        text = _tr("Holding {0} has no value. Type it, or take the line away.")
        if of_fund:
            text = _tr("Holding {0} has no fund. Type it, or take the line away.")
        super().__init__(text.format(line))


class TypedValueError(UserError):
    """A typed figure is no amount a holding can have."""

    def __init__(self, line: int, figure: str) -> None:
        super().__init__(
            _tr("Holding {0} has {1}, which no holding has. Type another figure.").format(line, figure)
        )


_CUSIP_LENGTH = 9


def typed_preview(
    household: Household, account_name: str, account_id: str, as_of: date, rows: Sequence[TypedRow]
) -> ImportPreview:
    """Return typed holdings of one account as a preview, true on `as_of`; empty rows do not count.

    Raises a `UserError` for the first thing that is missing.
    """
    name, number = account_name.strip(), account_id.strip()
    if not name and not number:
        raise NamelessAccountError
    holdings = tuple(_holding(line, row) for line, row in enumerate(rows, 1) if not row.is_empty)
    if not holdings:
        raise NothingTypedError
    account = StatementAccount(number or name, name or number, holdings)
    issues = tuple(
        Issue(Severity.WARNING, said, _tr("The value was used."))
        for line, row in enumerate(rows, 1)
        if (said := disagreement(line, row))
    )
    statement = Statement(TYPED, "generic", as_of, AsOfKind.VALUATION, (account,), issues=issues)
    return with_matches(
        ImportPreview(household, (statement,), sources=(StatementSource(TYPED),), hints=(ReadingHints(),))
    )


def guess_funds(names: Sequence[tuple[str, str]]) -> tuple[Fund | None, ...]:
    """Return what is known of funds by symbol and name while they are typed, None for empty ones."""
    return tuple(
        _known(symbol.strip().upper(), name.strip()) if symbol.strip() or name.strip() else None
        for symbol, name in names
    )


def _known(symbol: str, name: str) -> Fund:
    """Return what is known of a fund; a CUSIP may stand in place of its symbol."""
    is_cusip = len(symbol) == _CUSIP_LENGTH and any(char.isdigit() for char in symbol)
    return classify(symbol if symbol and not is_cusip else None, symbol if is_cusip else None, name or symbol)


def _holding(line: int, row: TypedRow) -> StatementRow:
    name, symbol = row.name.strip(), row.symbol.strip().upper()
    if not name and not symbol:
        raise UnfinishedRowError(line, of_fund=True)
    for figure in (row.units, row.price, row.value):
        if figure is not None and (not figure.is_finite() or abs(figure) >= LARGEST):
            raise TypedValueError(line, str(figure)[:30])
    value = row.worth
    if value is None:
        raise UnfinishedRowError(line, of_fund=False)
    fund = _known(symbol, name)
    return StatementRow(line, fund, value, row.units, row.price)
