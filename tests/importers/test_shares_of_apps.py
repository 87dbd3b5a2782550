"""What a telephone's program shares: an account with its worth and facts, then its funds, line below line.

Every employer, fund and number is made up.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_table_text

D = Decimal
FUNDS = (
    ("Horizon 2050 Fund", "410.5 units @ $20.00", "8,210.00", "72.2%"),
    ("Total Bond Index", "200 units @ $12.50", "2,500.00", "22.0%"),
    ("Stable Value", "661.2 units @ $1.0000", "661.20", "5.8%"),
)
OTHERS = (
    ("Small Cap Value ETF", "10 shares @ $81.40", "814.00", "80.3%"),
    ("Total World Stock ETF", "2 shares @ $99.90", "199.80", "19.7%"),
)
FACTS = [
    ("Contributing 6% pre-tax · 3% Roth",),
    ("Vested  $10,800.10", "Contributing 6% pre-tax · 3% Roth", "Employer match 4%"),
    ("▲ $41.18 this week", "Vested 95%", "You put in 6% of each paycheck"),
    ("Vested balance $10,800.10", "Beneficiary on file: yes"),
    (),
]


def funds(rows: tuple[tuple[str, ...], ...]) -> str:
    return "".join(
        f"{name}\n${value}\n{share} · {units}\n▼ $1.10 today\n\n" for name, units, value, share in rows
    )


def account(
    name: str, worth: str, facts: tuple[str, ...], head: str, rows: tuple[tuple[str, ...], ...]
) -> str:
    return "\n".join((name, worth, *facts, "", head, "", funds(rows)))


def share(*accounts: str) -> str:
    return (
        "Hi Noor, this is how you stand\nAs of market close Tuesday, June 3, 2025\n\n"
        "All accounts   $12,385.00\n\n――――――――\n"
        + "――――――――\n".join(accounts)
        + "――――――――\nShared from Pocketnest on Jun 5, 2025, 8:02 PM\n"
    )


def held(statement: Statement) -> dict[str, dict[str, Decimal]]:
    return {
        account.name: {row.fund.name: row.value for row in account.rows} for account in statement.accounts
    }


def worth(rows: tuple[tuple[str, ...], ...]) -> dict[str, Decimal]:
    return {name: D(value.replace(",", "")) for name, _, value, _ in rows}


@pytest.mark.parametrize("facts", FACTS)
@pytest.mark.parametrize("head", ["Investments (3)", "Holdings", "Funds"])
@pytest.mark.parametrize("name", ["Dunmore Lanes 401(k)", "Dunmore Lanes 403(b) Plan"])
def test_an_account_above_its_funds_is_counted_once(facts, head, name) -> None:
    text = share(
        account(name, "$11,371.20", facts, head, FUNDS),
        account("Roth IRA ••7731", "$1,013.80", ("▼ $3.00 this week",), "Investments (2)", OTHERS),
    )
    statement = read_table_text(text, "share")
    assert held(statement) == {name: worth(FUNDS), "Roth IRA": worth(OTHERS)}
    assert f"{statement.as_of}" == "2025-06-03"


@pytest.mark.parametrize("facts", FACTS)
def test_two_accounts_without_numbers(facts) -> None:
    text = share(
        account("Dunmore Lanes 401(k)", "$11,371.20", facts, "Investments (3)", FUNDS),
        account("Rollover IRA", "$1,013.80", facts, "Investments (2)", OTHERS),
    )
    statement = read_table_text(text, "share")
    assert held(statement) == {"Dunmore Lanes 401(k)": worth(FUNDS), "Rollover IRA": worth(OTHERS)}


@pytest.mark.parametrize("facts", FACTS[:3])
def test_an_account_of_a_single_fund(facts) -> None:
    text = share(
        account("Dunmore Lanes 401(k)", "$8,210.00", facts, "Investments (1)", FUNDS[:1]),
        account("Rollover IRA", "$1,013.80", facts, "Investments (2)", OTHERS),
    )
    statement = read_table_text(text, "share")
    assert held(statement) == {"Dunmore Lanes 401(k)": worth(FUNDS[:1]), "Rollover IRA": worth(OTHERS)}


def test_an_account_worth_more_than_its_funds_is_told_and_not_counted_as_a_fund() -> None:
    text = share(
        account("Dunmore Lanes 401(k)", "$12,000.00", FACTS[1], "Investments (3)", FUNDS),
        account("Rollover IRA", "$1,013.80", FACTS[1], "Investments (2)", OTHERS),
    )
    statement = read_table_text(text.replace("$12,385.00", "$13,013.80"), "share")
    assert held(statement) == {"Dunmore Lanes 401(k)": worth(FUNDS), "Rollover IRA": worth(OTHERS)}
    assert any("12,385.00" in issue.message and "13,013.80" in issue.message for issue in statement.issues)


def test_a_fund_without_units_beside_others_stays_a_fund() -> None:
    rows = (("Retirement savings trust", "", "500.00", ""), *FUNDS)
    text = "Dunmore Lanes 401(k)\nAccount number 88-1204\n\nInvestments\n\n" + "".join(
        f"{name}\n${value}\n{units}\n\n" for name, units, value, _ in rows
    )
    assert held(read_table_text(text, "share")).popitem()[1] == worth(rows)


@pytest.mark.parametrize(
    "said", ["Balances as of Jun 3, 2025", "Values on June 3, 2025", "Prices as of 6/3/2025"]
)
def test_the_day_of_balances_is_no_balance(said: str) -> None:
    text = share(
        account("Dunmore Lanes 403(b)", "$11,371.20", FACTS[0], "Funds", FUNDS),
        account("Rollover IRA", "$1,013.80", FACTS[0], "Funds", OTHERS),
    ).replace("As of market close Tuesday, June 3, 2025", said)
    statement = read_table_text(text, "share")
    assert held(statement) == {"Dunmore Lanes 403(b)": worth(FUNDS), "Rollover IRA": worth(OTHERS)}
    assert f"{statement.as_of}" == "2025-06-03"


@pytest.mark.parametrize("word", ["Total: ", "Balance ", "Everything\n", "Net worth "])
def test_the_worth_of_all_accounts_is_no_fund(word: str) -> None:
    text = share(
        account("Dunmore Lanes 403(b)", "$11,371.20", FACTS[0], "Funds", FUNDS),
        account("Rollover IRA", "$1,013.80", FACTS[0], "Funds", OTHERS),
    ).replace("All accounts   ", word)
    statement = read_table_text(text, "share")
    assert held(statement) == {"Dunmore Lanes 403(b)": worth(FUNDS), "Rollover IRA": worth(OTHERS)}
