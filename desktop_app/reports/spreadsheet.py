"""The checklist as a workbook, as CSV and as text to paste."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from desktop_app.domain.accounts import Account
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.funds import Fund
from desktop_app.domain.language import translator
from desktop_app.domain.money import HUNDRED, ZERO, Money, plain, to_cents
from desktop_app.domain.plan import Election, Exchange, FutureElection
from desktop_app.domain.rules import OrderStyle

from .checks import fund_checks, moved_in
from .files import write_whole
from .percent_notes import percent_note
from .rule_words import later_rules, restrictions
from .table import harmless, write_rows
from .words import day_text, dollars_text, is_number, masked, name_text, plain_text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

CellValue: TypeAlias = str | int | Decimal | date | None

ORDER_COLUMNS = (
    "Order", "Account", "Account ending", "From", "To", "Dollars", "Percent of from fund", "Units",
    "Done", "Confirmation no.", "Date", "Why",
)  # fmt: skip

_tr = translator("Spreadsheet")

_DOLLARS = '"$"#,##0.00;\\-"$"#,##0.00'
_PERCENT = '0.0" %"'
_WHOLE_PERCENT = '0" %"'
_UNITS = "#,##0.000"
_WIDTHS = (8, 34, 34, 16, 16, 16, 9, 22, 14)
_SHEET_NAME_LIMIT = 31


def _order_heads() -> tuple[str, ...]:
    return tuple(_tr(ORDER_COLUMNS[place]) for place in range(len(ORDER_COLUMNS)))


def write_csv(checklist: Checklist, path: Path) -> None:
    """Write every exchange as one row: UTF-8 with a byte order mark (Excel asks for it), CRLF, ISO dates.

    Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay bare.
    Raises `ReportNotWrittenError`.
    """
    write_rows((_order_heads(), *_order_cells(checklist)), path)


def copy_text(checklist: Checklist) -> str:
    """Return the same table with tabs between cells, for the clipboard."""
    return "\n".join("\t".join(map(plain_text, row)) for row in (_order_heads(), *_order_cells(checklist)))


def _order_cells(checklist: Checklist) -> Iterable[tuple[str, ...]]:
    order = 0
    for account in checklist.accounts:
        for _, exchange, tick in checklist.of_account(account.id):
            order += 1
            yield (
                str(order),
                harmless(name_text(account.name, checklist.accounts)),
                harmless(_ending(account)),
                harmless(_source(checklist, exchange)),
                harmless(_target(checklist, exchange)),
                str(to_cents(exchange.amount)),
                "" if exchange.percent_of_fund is None else plain(_percent(exchange.percent_of_fund)),
                "" if exchange.units is None else str(exchange.units),
                _tr("yes") if tick.done else "",
                harmless(masked(tick.confirmation, checklist.accounts)),
                tick.done_on.isoformat() if tick.done_on else "",
                harmless(masked(exchange.why, checklist.accounts)),
            )
        realign, style = checklist.plan.realign_of(account.id), checklist.plan.rules.for_account(account.id)
        if realign is not None and style.order_style is OrderStyle.REALIGN_PERCENT:
            order += 1
            yield from _realign_cells(checklist, account, order, realign)
        election = checklist.election_of(account.id)
        if election is not None:
            order += 1
            yield from _election_cells(checklist, account, order, election[1], election[2])


def _realign_cells(
    checklist: Checklist, account: Account, order: int, realign: Election
) -> Iterable[tuple[str, ...]]:
    """Return a row per fund of what a realign sets; the exchanges above are what then moves."""
    plan = checklist.plan
    whole = _tr("Set in whole percents: {0}").format(dollars_text(plan.whole_of(realign)))
    aside = ", ".join(name_text(trade.fund.name, checklist.accounts) for trade in plan.left_out(realign))
    why = _tr("instead of the exchanges above")
    if aside:
        why = _tr("{0}; {1} stays as it is").format(why, aside)
    for fund, share in realign.percents:
        yield (*_share_cells(checklist, account, order, whole, fund, share), *([""] * 4), harmless(why))


def _election_cells(
    checklist: Checklist, account: Account, order: int, future: FutureElection, tick: ChecklistTick
) -> Iterable[tuple[str, ...]]:
    """Return a row per fund of an account's future contributions; they share one order number."""
    next_ones = (
        _tr("Future contributions, next paycheck")
        if future.count == 1
        else _tr("Future contributions, next {0} paychecks").format(future.count)
    )
    for fund, share in future.percents:
        yield (
            *_share_cells(checklist, account, order, next_ones, fund, share),
            "",
            _tr("yes") if tick.done else "",
            harmless(masked(tick.confirmation, checklist.accounts)),
            tick.done_on.isoformat() if tick.done_on else "",
            harmless(masked(future.why, checklist.accounts)),
        )


def _share_cells(
    checklist: Checklist, account: Account, order: int, what: str, fund: Fund, share: int
) -> tuple[str, ...]:
    """Return the cells up to the percent of a row that tells a fund's share of something."""
    return (
        str(order),
        harmless(name_text(account.name, checklist.accounts)),
        harmless(_ending(account)),
        what,
        harmless(name_text(fund.name, checklist.accounts)),
        "",
        str(share),
    )


def _ending(account: Account) -> str:
    number = plain_text(account.id)
    return number[-4:] if is_number(number) else ""


def _source(checklist: Checklist, exchange: Exchange) -> str:
    return name_text(exchange.source.name, checklist.accounts) if exchange.source else _tr("New money")


def _target(checklist: Checklist, exchange: Exchange) -> str:
    return name_text(exchange.target.name, checklist.accounts) if exchange.target else _tr("Cash out")


def _percent(share: Decimal) -> Decimal:
    """Return a fraction of 1 in percent, two decimals."""
    return (share * HUNDRED).quantize(Decimal("0.01"))


def write_xlsx(checklist: Checklist, household_name: str, path: Path) -> None:
    """Write a workbook with a sheet per account with something to enter (or one that says there is none).

    Names from files are stored as text that no spreadsheet runs. Raises `ReportNotWrittenError` and
    `HouseholdInTheWayError`.
    """
    from openpyxl import Workbook

    from .workbook import workbook_bytes

    book = Workbook()
    book.properties.title = _tr("Rebalance checklist")
    book.properties.creator = "Even Keel"
    first = book.worksheets[0]
    busy = [account for account in checklist.accounts if checklist.has_steps(account.id)]
    taken: set[str] = set()
    for account in busy:
        title = _sheet_name(name_text(account.name, checklist.accounts), taken)
        taken.add(title.casefold())
        sheet = first if account is busy[0] else book.create_sheet()
        sheet.title = title
        _fill(_Page(sheet), checklist, account, household_name)
    if not busy:
        first.title = _tr("Nothing to do")
        page = _Page(first)
        page.row(name_text(household_name, checklist.accounts), bold=True)
        page.row(_tr("There is nothing to enter on the plan’s website."))
    write_whole(path, workbook_bytes(book))


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name a workbook accepts: 1 to 31 characters, no brackets, slashes, :*? or outer apostrophe."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name)
    clean = re.sub(r"\s+", " ", clean).strip(" '")[:_SHEET_NAME_LIMIT].strip(" '") or _tr("Account")
    if clean.casefold() == "history":  # Excel keeps this name for itself
        clean = _tr("Account history")
    found, count = clean, 1
    while found.casefold() in taken:
        count += 1
        suffix = f" ({count})"
        found = clean[: _SHEET_NAME_LIMIT - len(suffix)] + suffix
    return found


class _Page:
    """Writes rows into one worksheet, top to bottom."""

    def __init__(self, sheet: Worksheet) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        self._sheet = sheet
        self._next = 1
        for column, width in enumerate(_WIDTHS, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        if sheet.oddFooter is not None:
            sheet.oddFooter.center.text = _tr("Page {0} of {1}").format("&P", "&N")
        sheet.sheet_view.showGridLines = False

    def row(
        self, *values: CellValue, formats: tuple[str, ...] = (), bold: bool = False, ruled: bool = False
    ) -> None:
        """Write one row; `formats` are number formats by column, "" for none."""
        from openpyxl.styles import Alignment, Border, Font, Side

        for column, value in enumerate(values, start=1):
            cell = self._sheet.cell(self._next, column)
            _store(cell, value)
            number_format = formats[column - 1] if column <= len(formats) else ""
            if number_format:
                cell.number_format = number_format
                cell.alignment = Alignment(horizontal="right", vertical="top")
            elif len(values) > 1:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if bold:
                cell.font = Font(bold=True)
            if ruled:
                cell.border = Border(bottom=Side(style="thin"))
        self._next += 1

    def gap(self) -> None:
        """Leave one row empty."""
        self._next += 1


def _store(cell: Cell | MergedCell, value: CellValue) -> None:
    """Put a value into a cell; text is marked as text so that it can never become a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = harmless(value) != value


def _fill(page: _Page, checklist: Checklist, account: Account, household_name: str) -> None:
    name = name_text(account.name, checklist.accounts)
    page.row(_tr("{0} · Rebalance checklist").format(name_text(household_name, checklist.accounts)))
    page.row(name, bold=True)
    facts = [_tr("Account ending {0}").format(_ending(account))] if _ending(account) else []
    if account.as_of is not None:
        facts.append(_tr("Statement of {0}").format(day_text(account.as_of)))
    made = day_text(checklist.made_on)
    facts.append(_tr("Made {0}, plan {1} of this household").format(made, checklist.number))
    page.row(" · ".join(facts))
    page.gap()
    if checklist.of_account(account.id):
        _fill_orders(page, checklist, account)
        page.gap()
    election = checklist.election_of(account.id)
    if election is not None:
        _fill_election(page, checklist, election[1], election[2])
        page.gap()
    if checklist.of_account(account.id):
        _fill_checks(page, checklist, account)
        page.gap()
    rules = restrictions(checklist, account, checklist.made_on)
    for rule in (*rules, *later_rules(checklist, account)):
        page.row(f"{rule.label}: {rule.words}")
    page.row(_tr("Education, not advice. Keep with your records."))


def _fill_orders(page: _Page, checklist: Checklist, account: Account) -> None:
    heads = (
        _tr("Order"), _tr("From"), _tr("To"), _tr("Dollars"), _tr("% of from fund"), _tr("Units"),
        _tr("Done"), _tr("Confirmation no."), _tr("Date"),
    )  # fmt: skip
    formats = ("", "", "", _DOLLARS, _PERCENT, _UNITS, "", "", "d mmm yyyy")
    page.row(*heads, bold=True, ruled=True)
    orders = checklist.of_account(account.id)
    for number, (_, exchange, tick) in enumerate(orders, start=1):
        page.row(number, *_order_values(checklist, exchange, tick), formats=formats)
    page.row("", _tr("In all"), "", moved_in(checklist, account), formats=formats, bold=True)


def _fill_election(page: _Page, checklist: Checklist, future: FutureElection, tick: ChecklistTick) -> None:
    formats = ("", "", "", "", _WHOLE_PERCENT, "", "", "", "d mmm yyyy")
    lead = (
        _tr("Future contributions: now, for the next paycheck")
        if future.count == 1
        else _tr("Future contributions: now, for the next {0} paychecks").format(future.count)
    )
    noted_heads = (_tr("Done"), _tr("Confirmation no."), _tr("Date"))
    page.row("", lead, "", "", _tr("Percent"), "", *noted_heads, bold=True, ruled=True)
    for fund, share in future.percents:
        name = name_text(fund.name, checklist.accounts)
        first = fund is future.percents[0][0]
        noted = (
            (
                _tr("yes") if tick.done else None,
                masked(tick.confirmation, checklist.accounts) or None,
                tick.done_on,
            )
            if first
            else ()
        )
        page.row("", name, "", "", share, "", *noted, formats=formats)
    then = _tr("Then, about {0}").format(day_text(future.last_on))
    page.row("", then, "", "", _tr("Percent"), bold=True, ruled=True)
    for fund, share in future.afterwards:
        page.row("", name_text(fund.name, checklist.accounts), "", "", share, formats=formats)
    page.row("", masked(future.why, checklist.accounts))


def _order_values(checklist: Checklist, exchange: Exchange, tick: ChecklistTick) -> tuple[CellValue, ...]:
    share = exchange.percent_of_fund
    return (
        _source(checklist, exchange),
        _target(checklist, exchange),
        to_cents(exchange.amount),
        None if share is None else _percent(share),
        exchange.units,
        _tr("yes") if tick.done else None,
        masked(tick.confirmation, checklist.accounts) or None,
        tick.done_on,
    )


def _change() -> str:
    """Return the number format of a change: a sign, and words for none."""
    none = _tr("no change").replace('"', "")
    return f'+"$"#,##0.00;\\-"$"#,##0.00;"{none}"'


def _fill_checks(page: _Page, checklist: Checklist, account: Account) -> None:
    formats = ("", "", "", _DOLLARS, _change(), _DOLLARS, _WHOLE_PERCENT)
    heads = (_tr("Before"), _tr("Change"), _tr("Should be about"), _tr("Percent"))
    page.row("", _tr("Fund"), "", *heads, bold=True, ruled=True)
    checks = fund_checks(checklist, account)
    for check in checks:
        fund = name_text(check.fund.name, checklist.accounts)
        page.row("", fund, "", check.before, check.change, check.after, check.percent, formats=formats)
    before = sum((check.before for check in checks), ZERO)
    change: Money = sum((check.change for check in checks), ZERO)
    percents = [check.percent for check in checks if check.percent is not None]
    page.row(
        "", _tr("Account total"), "", before, change, before + change, sum(percents) if percents else None,
        formats=formats, bold=True,
    )  # fmt: skip
    page.row("", percent_note(checklist, account, _tr("the exchanges above")))
