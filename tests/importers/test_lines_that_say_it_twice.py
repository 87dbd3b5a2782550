"""Headings in two languages, choices of words in one heading, pairs on one line, numbers below the rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement, read_table_text
from desktop_app.importers.account_labels import split_label

D = Decimal


def held(statement: Statement) -> dict[str, dict[str, Decimal]]:
    return {a.id: {row.fund.name: row.value for row in a.rows} for a in statement.accounts}


@pytest.mark.parametrize(
    "heading",
    [
        "Désignation / Security;Quantité / Quantity;Cours / Price;Valeur marchande / Market value",
        "Security / Titre;Units / Nombre de parts;Price / Cours;Market value / Valeur",
        "Anlage / Security;Stück / Quantity;Kurs / Price;Marktwert / Market value",
    ],
)
def test_headings_in_two_languages(heading: str) -> None:
    text = (
        f"Compte / Account;KV-2290-4471\nÉvalué au / Valued as at;30.06.2026\n\n{heading}\n"
        "Larch Index ETF;41;668,35;27 402,35\nFen Bond Fund;310;59,92;18 575,20\n"
        "Total du compte / Account total;;;45 977,55\n"
    )
    statement = read_table_text(text, "x")
    assert held(statement) == {
        "KV-2290-4471": {"Larch Index ETF": D("27402.35"), "Fen Bond Fund": D("18575.20")}
    }
    assert str(statement.as_of) == "2026-06-30"


def test_a_heading_that_names_accounts_or_funds_beside_share_classes() -> None:
    text = (
        "Contract 3B70774-2\nAccount or fund\tClass\tOpening value\tCredits\tClosing value\tUnits or shares\n"
        "Elm Traditional\t\t100.00\t5.00\t105.00\t\nElm Stock\tR3\t200.00\t10.50\t210.50\t4.2\n"
        "Contract total\t\t300.00\t15.50\t315.50\t\n\n"
        "Contract 7C20916-5\nAccount or fund\tClass\tOpening value\tCredits\tClosing value\tUnits or shares\n"
        "Elm Core Bond\tR3\t50.00\t1.00\t51.00\t3\nElm Money Market\tR3\t8.00\t0.50\t8.50\t2\n"
        "Contract total\t\t58.00\t1.50\t59.50\t\n\n"
        "All contracts together\t\t\t\t375.00\nEstimated lifetime income a month\t\t\t\t12.04\n"
    )
    statement = read_table_text(text, "x")
    assert held(statement) == {
        "3B70774-2": {"Elm Traditional": D("105.00"), "Elm Stock": D("210.50")},
        "7C20916-5": {"Elm Core Bond": D("51.00"), "Elm Money Market": D("8.50")},
    }


PAGE = """<html><body><h1>Hi Kim, here are your savings</h1>
<div><span>Everything together</span> <span>$1,060</span><span>.50</span></div><p>Prices as of 05/29/2026</p>
<h2>Alder Works 401(k)</h2><p>Account KB-401-77120</p><div>Current balance <b>$1,000</b><b>.50</b></div>
<div><a>Fen 500 Index</a></div><div><b>$600</b><b>.40</b></div><div>60.0% of account</div>
<div><i>Shares</i> <i>300.200</i> <i>Price</i> <i>$2.00</i> <i>Gain/loss</i> <i>+$20.55</i></div>
<div><a>Fen Bond Index</a></div><div><b>$400</b><b>.10</b></div><div>40.0% of account</div>
<div><i>Shares</i> <i>100.025</i> <i>Price</i> <i>$4.00</i> <i>Gain/loss</i> <i>-$1.72</i></div>
<h2>Health Savings Account</h2><p>Account KB-HSA-30958</p><div>Current balance <b>$60</b><b>.00</b></div>
<div><a>HSA Cash (FDIC insured)</a></div><div><b>$10</b><b>.00</b></div><div>16.7% of account</div>
<div><i>Shares</i> <i>10.00</i> <i>Price</i> <i>$1.00</i></div>
<div><a>Fen Balanced Index</a></div><div><b>$50</b><b>.00</b></div><div>83.3% of account</div>
<div><i>Shares</i> <i>5</i> <i>Price</i> <i>$10.00</i> <i>Gain/loss</i> <i>+$6.00</i></div>
</body></html>"""


def test_cards_with_several_labels_and_figures_on_a_line(tmp_path: Path) -> None:
    page = tmp_path / "savings.html"
    page.write_text(PAGE, encoding="utf-8")
    statement = read_statement(page)
    assert held(statement) == {
        "KB-401-77120": {"Fen 500 Index": D("600.40"), "Fen Bond Index": D("400.10")},
        "KB-HSA-30958": {"HSA Cash (FDIC insured)": D("10.00"), "Fen Balanced Index": D("50.00")},
    }
    assert [account.name for account in statement.accounts] == [
        "Alder Works 401(k)",
        "Health Savings Account",
    ]


@pytest.mark.parametrize("label", ["Account KB-HSA-30958", "Contract KB-HSA-30958", "My plan (KB-HSA-30958)"])
def test_numbers_with_two_groups_of_letters(label: str) -> None:
    assert split_label(label).id == "KB-HSA-30958"


def test_a_number_on_a_line_below_the_rows() -> None:
    text = "What,Mkt value\nFen 500 Index,600.40\nFen Bond Index,400.10\ntotal,1000.50\n\nacct 7TB-449013\n"
    assert list(held(read_table_text(text, "Rollover IRA"))) == ["7TB-449013"]


def test_a_remark_with_a_percent_hides_no_day_of_funds_across() -> None:
    text = (
        "Month end,Fen 500 Index,Fen Stable Value,TOTAL,Me,Notes\n"
        "2026-03-31,100.10,50.00,150.10,412.5,ouch\n2026-04-30,110.10,50.00,160.10,464.06,raised to 9%\n"
        "2026-05-31,,,,,\n"
    )
    statement = read_table_text(text, "x")
    assert str(statement.as_of) == "2026-04-30"
    assert statement.total == D("160.10")
