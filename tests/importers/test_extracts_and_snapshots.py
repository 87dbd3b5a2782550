"""Extracts with run dates, sources that name their plan, cash beside thresholds, names ending in numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import SkipReason
from desktop_app.importers import read_table_text

from .readings import in_each

D = Decimal


@pytest.mark.parametrize("run", ["RUN_DT", "RUN_DATE", "Run date"])
def test_a_run_date_makes_no_activity_of_positions(run: str) -> None:
    days = "31-AUG-2026|05-SEP-2026\n"
    plan, own = "PLN00417|FEN 401K PLAN|", "PLN00418|FEN STOCK PLAN|"
    text = (
        f"PLAN_ID|PLAN_NM|FUND_CD|FUND_DESC|SRC_DESC|UNIT_BAL|NAV|MKT_VAL|VEST_PCT|VEST_VAL|VAL_DT|{run}\n"
        f"{plan}4101|FEN 500 INDEX CL K|EE PRETAX|10.0000|2.5000|25.00|100|25.00|{days}"
        f"{plan}4101|FEN 500 INDEX CL K|ER MATCH|4.0000|2.5000|10.00|80|8.00|{days}"
        f"{plan}LOAN|PARTICIPANT LOAN 001 OUTSTANDING|EE PRETAX|||33.40|100|33.40|{days}"
        f"{own}9001|FEN HOLDINGS STOCK|ER ESOP|2.0000|8.0000|16.00|40|6.40|{days}"
    )
    statement = read_table_text(text, "x")
    assert in_each(statement) == {
        "PLN00417": {"FEN 500 INDEX CL K": D("35.00")},
        "PLN00418": {"FEN HOLDINGS STOCK": D("16.00")},
    }
    assert str(statement.as_of) == "2026-08-31"
    assert [row.reason for row in statement.skipped] == [SkipReason.LOAN]


@pytest.mark.parametrize("kind", ["457(b)", "403(b)", "401(k)"])
def test_sources_that_name_their_plan_are_one_account(kind: str) -> None:
    head = "Investment option,Balance 07/01/2026,Contributions,Gain / (Loss),Balance 09/30/2026"
    text = (
        "Plan / account no.,98-7650-01 / 3310274\n\n"
        f"Before-Tax {kind} Deferrals\n{head}\n"
        "Fen LifePath 2035,10.15,9.00,1.00,20.15\nFen Stable,20.70,0,0.30,21.00\n"
        f"Total Before-Tax {kind} Deferrals,30.85,9.00,1.30,41.15\n\n"
        f"Roth {kind} Deferrals\n{head}\nFen LifePath 2035,3.40,3.00,0.10,6.50\n"
        f"Total Roth {kind} Deferrals,3.40,3.00,0.10,6.50\n"
    )
    assert in_each(read_table_text(text, "x")) == {
        "98-7650-01": {"Fen LifePath 2035": D("26.65"), "Fen Stable": D("21.00")}
    }


def test_cash_of_a_health_account_beside_what_is_said_of_it() -> None:
    text = (
        '"HSA Account Number","BL-00482917"\n"Data as of","11/14/2026"\n\n'
        '"SPENDING ACCOUNT"\n"Description","Amount"\n'
        '"HSA Cash Account (FDIC insured)","2,143.67"\n"Cash investment threshold","2,000.00"\n'
        '"Pending card transactions","-38.20"\n"Interest paid YTD","4.11"\n\n"INVESTMENT ACCOUNT"\n'
        '"Fund","Symbol","Shares","Closing Price","Market Value"\n'
        '"Fen World Index","FENWX","74.0","50.00","3,700.00"\n'
        '"Fen 500 Index","FENSX","100","17.50","1,750.00"\n"Investment total","","","","5,450.00"\n\n'
        '"TOTAL HSA BALANCE","7,593.67"\n'
    )
    assert in_each(read_table_text(text, "x")) == {
        "BL-00482917": {
            "HSA Cash Account (FDIC insured)": D("2143.67"),
            "Fen World Index": D("3700.00"),
            "Fen 500 Index": D("1750.00"),
        }
    }


def test_names_that_end_in_a_number_before_their_figures() -> None:
    text = (
        "Plan Number: 061148\n\nUNITS AND UNIT PRICES AS OF 06/30/2026\nInvestment Units Unit price Value\n"
        "Fen Institutional 500 Index Trust 174.0000 $168.00 $29,232.00\n"
        "Alder Core Plus Bond Fund Class 12 945.0000 $14.00 $13,230.00\n"
        "Fen Stable Value Fund 6,667.6000 $1.00 $6,667.60\nTotal $49,129.60\n"
    )
    assert in_each(read_table_text(text, "x")) == {
        "061148": {
            "Fen Institutional 500 Index Trust": D("29232.00"),
            "Alder Core Plus Bond Fund Class 12": D("13230.00"),
            "Fen Stable Value Fund": D("6667.60"),
        }
    }


def test_a_deposit_from_a_bank_opens_no_account() -> None:
    text = (
        "Traditional IRA\nAccount ending in 4830\nAs of Oct 9, 2026 at 4:00 PM ET\n\nHoldings\n\n"
        "Fen Retirement 2050\nFENRX · Mutual fund\nValue\n$1,987.00\nShares\n100.0\n"
        "Price\n$19.87\nTrade\nMore\n\n"
        "Fen Bond Index\nFENBX · Mutual fund\nValue\n$1,053.00\nShares\n100\nPrice\n$10.53\nTrade\nMore\n\n"
        "Cash\nSettlement fund\nValue\n$506.28\nAvailable to trade\n$256.28\nAdd money\n\n"
        "Pending\nDeposit from checking …0917\nExpected Oct 15, 2026\n$500.00\n\n"
        "Recent activity\nOct 9, 2026\n"
        "Dividend reinvested – FENBX\n$12.44\n"
    )
    statement = read_table_text(text, "x")
    assert [account.id for account in statement.accounts] == ["4830"]
    assert statement.total == D("3546.28")
