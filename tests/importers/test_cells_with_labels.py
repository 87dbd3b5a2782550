"""Labels where no heading has them: inside each cell, beside a person, under an unknown word."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.importers import read_table_text
from desktop_app.importers.reading import read_source

from .readings import in_each

D = Decimal


FUNDS = [
    ("Larch Total Market Index", "40.000", "$25.00", "+$100.00", "$1,000.00"),
    ("Larch Bond Index", "10.500", "$10.00", "−$4.17", "$105.00"),
]
LABELS = ("Shares", "NAV", "Gain/loss", "Value")


def page(*, between: str) -> str:
    """Return a page whose rows are no table's, beside a real table of what was done."""
    rows = "".join(
        f'<div role="row"><div role="cell">{name}</div>'
        + "".join(
            f'<div role="cell"><span>{label}</span>{between}{figure}</div>'
            for label, figure in zip(LABELS, figures, strict=True)
        )
        + "</div>"
        for name, *figures in FUNDS
    )
    return (
        "<p>Health savings account • Account number 7204&#8209;31&#8209;0095</p>"
        f'<section role="table">{rows}'
        '<div role="row"><div role="cell">Total investments</div><div role="cell">$1,105.00</div></div>'
        "</section>"
        "<table><tr><th>Date<th>Description<th>Amount<tr><td>10/10/2025<td>Payroll<td>$104.17</table>"
        "<footer>Investments are not FDIC insured. © 2025 Larch Health Savings</footer>"
    )


@pytest.mark.parametrize("between", [" ", ": ", "&nbsp; "])
def test_each_cell_says_what_it_holds(between: str) -> None:
    statement = read_source(StatementSource("page.html", html=page(between=between)))
    assert in_each(statement) == {
        "7204-31-0095": {"Larch Total Market Index": D("1000.00"), "Larch Bond Index": D("105.00")}
    }


def test_pasted_rows_may_have_such_cells() -> None:
    text = "Larch Total Market Index\tUnits: 40\tPrice: 25.00\tBalance: $1,000.00\n"
    text += "Larch Bond Index\tUnits: 10.5\tPrice: 10.00\tBalance: $105.00\n"
    statement = read_table_text(text, "pasted.txt")
    (funds,) = in_each(statement).values()
    assert funds == {"Larch Total Market Index": D("1000.00"), "Larch Bond Index": D("105.00")}


@pytest.mark.parametrize("person", ["Who", "Owner", "Person"])
@pytest.mark.parametrize("repeated", [False, True])
def test_a_person_stands_beside_each_account(person: str, *, repeated: bool) -> None:
    """The account's own line names it; the person beside it, there or on every row, does not."""
    ann, bo = ("Ann", "Bo") if repeated else ("", "")
    text = (
        f"{person},Account / fund,3/31/2026,6/30/2026,Target %\n"
        "Ann,Larch Mills 401(k) – acct LM-40772,,,\n"
        f"{ann},Larch Target 2040 Fund,900.00,950.00,\n"
        f"{ann},VTSAX (total stock),100.00,110.00,\n"
        f"{ann},Subtotal,1000.00,1060.00,\n"
        "Bo,Roth IRA – acct 4417-2090,,,\n"
        f"{bo},VBTLX (total bond),200.00,205.50,\n"
        f"{bo},Subtotal,200.00,205.50,\n"
        ",HOUSEHOLD TOTAL,1200.00,1265.50,\n"
    )
    statement = read_table_text(text, "ours.csv")
    assert in_each(statement) == {
        "LM-40772": {"Larch Target 2040 Fund": D("950.00"), "total stock": D("110.00")},
        "4417-2090": {"total bond": D("205.50")},
    }


@pytest.mark.parametrize("heading", ["Sub-Account Description", "Portfolio choice", "Where it is"])
def test_funds_under_an_unknown_word_beside_sources(heading: str) -> None:
    """A row for each fund and source, the fund under a word that no list has."""
    text = (
        f"Contract No,{heading},Money Type,Accum Units,Unit Value,Current Value,Surrender Value\n"
        "55-20417,Larch Fixed Account,Salary Reduction,,,300.00,290.00\n"
        "55-20417,Larch Fixed Account,Employer Base,,,100.00,95.00\n"
        "55-20417,Larch S&P 500 Index Fund,Salary Reduction,10,20.00,200.00,195.00\n"
        "55-20417,Larch Global Bond Fund,Employer Base,5,10.00,50.00,48.00\n"
        "55-20417,CONTRACT TOTAL,,,,650.00,628.00\n"
    )
    statement = read_table_text(text, "values.csv")
    assert in_each(statement) == {
        "55-20417": {
            "Larch Fixed Account": D("400.00"),
            "Larch S&P 500 Index Fund": D("200.00"),
            "Larch Global Bond Fund": D("50.00"),
        }
    }
