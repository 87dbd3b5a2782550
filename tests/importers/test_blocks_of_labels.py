"""One block of labelled lines for each fund, its name a line of its own above, as small screens show it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.importers import read_table_text

D = Decimal
HELD = {"Tarn Target 2050 K": D("1500.00"), "Tarn Bond Index": D("480.50"), "Ash Mills Stock": D("19.50")}
ABOVE = "Signed in as Ola\nLast login: June 2, 2026 8:15 AM\n\nASH MILLS 401(K)\nPlan no. 55120-3\n\n"
DATED = "Account balance\n$2,000.00\nas of market close Fri, May 29, 2026\n\nMy funds (3)\n"
SHARES = {"Tarn Target 2050 K": "75.00", "Tarn Bond Index": "24.03", "Ash Mills Stock": "0.98"}


def _blocks(*, ticker: bool, change: bool, link: bool) -> str:
    lines: list[str] = []
    for place, (name, value) in enumerate(HELD.items()):
        lines += [name]
        lines += [f"Ticker: TN{'ABC'[place]}QX"] if ticker and place < 2 else []
        lines += ["Today's change: -$1.15"] if change else []
        lines += [f"Units: {value / 10:,.3f}", "Unit price: $10.00", f"Balance: ${value:,.2f}"]
        lines += [f"Percent of account: {SHARES[name]}%", "Future contributions: 0%"]
        lines += ["Show more >", ""] if link else [""]
    return "\n".join(lines)


@pytest.mark.parametrize("ticker", [True, False])
@pytest.mark.parametrize("change", [True, False])
@pytest.mark.parametrize("link", [True, False])
def test_the_words_above_a_block_name_its_fund(*, ticker: bool, change: bool, link: bool) -> None:
    text = ABOVE + DATED + _blocks(ticker=ticker, change=change, link=link)
    statement = read_table_text(text + "\nMove money\n", "page")
    (account,) = statement.accounts
    assert {row.fund.name: row.value for row in account.rows} == HELD
    assert account.id == "55120-3"
    assert str(statement.as_of) == "2026-05-29"


@pytest.mark.parametrize("share", ["% of account", "Percent of account", "Weight", "Allocation"])
def test_a_labelled_share_of_the_whole_is_no_money(share: str) -> None:
    blocks = [
        f"Fund: {name}\nBalance: ${value:,.2f}\n{share}: {SHARES[name]}%\n" for name, value in HELD.items()
    ]
    (account,) = read_table_text("\n".join(blocks), "mail").accounts
    assert {row.fund.name: row.value for row in account.rows} == HELD


def test_a_share_of_the_whole_in_funds_side_by_side() -> None:
    text = "Fund,Tarn A,Tarn B\nBalance,$60.00,$40.00\n% of account,60%,40%\n"
    (account,) = read_table_text(text, "x").accounts
    assert {row.fund.name: row.value for row in account.rows} == {"Tarn A": D("60.00"), "Tarn B": D("40.00")}


def test_a_heading_above_the_first_block_names_no_fund() -> None:
    text = (
        "Holdings\n\nSymbol: TNAQX\nShares: 3\nBalance: $30.00\n\nSymbol: TNBQX\nShares: 4\nBalance: $80.00\n"
    )
    (account,) = read_table_text(text, "x").accounts
    assert [(row.fund.symbol, row.value) for row in account.rows] == [
        ("TNAQX", D("30.00")),
        ("TNBQX", D("80.00")),
    ]
    assert "Holdings" not in [row.fund.name for row in account.rows]


@pytest.mark.parametrize("above", ["Plan download", "Ola's Roth IRA"])
def test_a_title_above_a_total_names_no_fund(above: str) -> None:
    table = "Fund,Units,Price,Balance\nTarn A,6,10.00,60.00\nTarn B,4,10.00,40.00\n"
    statement = read_table_text(f"{above}\nBalance: $100.00\n\n{table}", "x")
    assert [row.fund.name for account in statement.accounts for row in account.rows] == ["Tarn A", "Tarn B"]
