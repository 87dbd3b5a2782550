"""A second table that nobody can read: told, and read once the user says what its columns are; made up."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.hints import ColumnRole, ReadingHints, TableMapping
from desktop_app.domain.issues import QuickFix, Severity
from desktop_app.domain.sources import StatementSource
from desktop_app.importers import read_source, read_table_text, sketch_tables

TEXT = (
    "Account number: 771-1\nFund,Units,Price,Balance\nElm Equity,10,55.50,555.00\n\n"
    "Where,Then,Now\nVanguard 500 Index Fund,100.50,200.75\nVanguard Total Bond Index,50.25,60.50\n"
)


def test_a_second_table_that_cannot_be_read_is_told_and_can_be_explained() -> None:
    source = StatementSource("x", text=TEXT)
    statement = read_source(source)
    (issue,) = [issue for issue in statement.issues if issue.severity is Severity.WARNING]
    assert issue.line == 6
    assert issue.quick == (QuickFix.COLUMNS,)
    (sketch,) = [table for table in sketch_tables(source) if "Now" in table.heading]
    mapping = TableMapping(sketch.fingerprint, ((0, ColumnRole.NAME), (2, ColumnRole.VALUE)))
    explained = read_source(source, ReadingHints(mappings=(mapping,)))
    assert [row.value for account in explained.accounts for row in account.rows] == [
        Decimal(555),
        Decimal("200.75"),
        Decimal("60.50"),
    ]
    assert not [issue for issue in explained.issues if issue.severity is Severity.WARNING]


def test_the_same_money_in_other_words_is_no_warning() -> None:
    again = "Where,Then,Now\nVanguard 500 Index Fund,300.50,400.00\nVanguard Total Bond Index,150.25,155.00\n"
    statement = read_table_text(TEXT.partition("Where")[0] + again, "x")
    assert not [issue for issue in statement.issues if issue.severity is Severity.WARNING]


def test_an_overview_above_names_accounts_known_by_number() -> None:
    statement = read_table_text(
        "Account,Owner,Balance\nMill 401(k),Sam,555.00\nHarbor IRA,Ana,600.00\nAll accounts,,1155.00\n\n"
        "Plan number: 88120\nFund,Units,Price,Balance\nElm Equity,10,55.50,555.00\nTotal,,,555.00\n\n"
        "Account number: 77-120\nFund,Units,Price,Balance\nAsh Bond,10,60.00,600.00\nTotal,,,600.00\n",
        "x",
    )
    assert [(account.id, account.name) for account in statement.accounts] == [
        ("88120", "Mill 401(k)"),
        ("77-120", "Harbor IRA"),
    ]
