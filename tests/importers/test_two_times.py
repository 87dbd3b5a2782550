"""Tables with figures of two times beside each other; made up for this test, totals added by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.issues import Severity
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text
from desktop_app.importers.errors import NoHoldingsTableError


def funds(statement: Statement) -> dict[str, Decimal]:
    """Return what each fund is worth."""
    return {row.fund.name: row.value for account in statement.accounts for row in account.rows}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Balance Mar 31", "Balance Jun 30"),
        ("Q1 balance", "Q2 balance"),
        ("Last quarter", "This quarter"),
        ("Prior month balance", "Current month balance"),
        ("Value on 04/30", "Value on 05/31"),
        ("Value 5/31", "Value 11/30"),
        ("December balance", "January balance"),
        ("Balance 1/1", "Balance 12/31"),
        ("2nd quarter", "3rd quarter"),
        ("Last quarter balance", "Balance"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_times_without_year_the_later_is_held(older: str, newer: str, *, turned: bool) -> None:
    rows = [("Fund", older, newer), ("Elm Fund", "710.00", "760.00"), ("Ash Pool", "85.00", "91.00"),
            ("Total", "795.00", "851.00")]  # fmt: skip
    text = "\n".join(",".join((a, c, b) if turned else (a, b, c)) for a, b, c in rows)
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Elm Fund": 760, "Ash Pool": 91}
    assert statement.accounts[0].stated_total == 851
    assert not statement.issues


def test_over_a_new_year_that_is_not_plain_the_reader_asks() -> None:
    text = "Fund,Balance Dec 31,Balance Mar 31\nElm Fund,710.00,760.00\nAsh Pool,85.00,91.00\n"
    statement = read_table_text(text, "x")
    assert [issue.severity for issue in statement.issues] == [Severity.WARNING]


def test_a_column_of_a_quarter_beside_the_value_is_not_the_value() -> None:
    text = "Fund,Balance,Q1,Last quarter\nElm Fund,760.00,2.10,3.40\nAsh Pool,91.00,1.00,0.70\n"
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Elm Fund": 760, "Ash Pool": 91}
    assert not statement.issues


def test_units_times_price_tells_which_time_is_meant() -> None:
    text = (
        "Fund,Shares,Price,Balance Dec 31,Balance Mar 31\n"
        "Elm Fund,76,10.00,710.00,760.00\nAsh Pool,9.1,10.00,85.00,91.00\nTotal,,,795.00,851.00\n"
    )
    statement = read_table_text(text, "x")
    assert funds(statement) == {"Elm Fund": 760, "Ash Pool": 91}
    assert statement.accounts[0].stated_total == 851
    assert not statement.issues


def test_funds_beside_each_other_by_source_are_still_turned() -> None:
    text = "Fund,Elm Fund,Ash Pool\nPre-tax,700.00,80.00\nRoth,60.00,11.00\nTotal,760.00,91.00\n"
    assert funds(read_table_text(text, "x")) == {"Elm Fund": 760, "Ash Pool": 91}


def test_columns_of_unknown_words_never_become_funds() -> None:
    text = (
        "Fund,Spring count,Autumn count\nElm Fund,710.00,760.00\nAsh Pool,85.00,91.00\nTotal,795.00,851.00\n"
    )
    with pytest.raises(NoHoldingsTableError):
        read_table_text(text, "x")
