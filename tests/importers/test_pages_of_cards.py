"""Pages that show each fund as a card, or its units and price as one figure: as people save them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source, read_table_text

FUNDS = [
    ("Alder Core Bond Fund", "4100.20", "310.25", "13.2158", "12.9%", "−$88.10"),
    ("Alder Growth Index Fund", "21540.75", "402.118", "53.5682", "67.9%", "$4,010.55"),
    ("Alder Stable Value", "6082.05", "6082.05", "1.00", "19.2%", "$0.00"),
]


def held(statement: Statement) -> list[tuple[str, str]]:
    return [(row.fund.name, str(row.value)) for account in statement.accounts for row in account.rows]


def money(value: str) -> str:
    return f"${Decimal(value):,.2f}"


def page(share: str, gain: str) -> str:
    cards = "".join(
        f"<article><h3>{name}</h3><p>{money(value)}</p><dl><dt>{share}</dt><dd>{part}</dd><dt>Units</dt>"
        f"<dd>{units}</dd><dt>Unit price</dt><dd>${price}</dd><dt>{gain}</dt><dd>{gained}</dd></dl>"
        "<button>Exchange out</button></article>"
        for name, value, units, price, part, gained in FUNDS
    )
    activity = (
        "<table><tr><th>Date</th><th>Activity</th><th>Amount</th></tr><tr><td>10/31/2026</td>"
        "<td>Payroll contribution</td><td>$250.00</td></tr><tr><td>10/15/2026</td><td>Plan fee</td>"
        "<td>-$4.75</td></tr></table>"
    )
    head = "<h1>Alder Mills Savings Plan</h1><p>Plan ID 40-1187</p><p>Values as of Oct 31, 2026</p>"
    return f"<!DOCTYPE html><html><body>{head}{cards}<h2>Recent activity</h2>{activity}</body></html>"


@pytest.mark.parametrize(
    ("share", "gain"),
    [
        ("Share of balance", "Gain/loss since purchase"), ("Portion of plan", "Since you began"),
        ("How much of your money", "What it has made"), ("Weighting today", "Unrealized gain from purchase"),
    ],
)  # fmt: skip
def test_what_a_page_says_of_every_fund_is_no_fund(share: str, gain: str) -> None:
    statement = read_source(StatementSource("plan", html=page(share, gain)))
    assert held(statement) == [(name, value) for name, value, *_ in FUNDS]
    assert [account.id for account in statement.accounts] == ["40-1187"]


@pytest.mark.parametrize(("heading", "between"), [
    ("Units @ price", " @ $"), ("Shares / Price", " / $"), ("Units × NAV", " × "), ("Holding", " units at $"),
])  # fmt: skip
def test_units_and_price_in_one_cell_are_told_apart(heading: str, between: str) -> None:
    rows = "".join(f'{n},"{u}{between}{p}",{v}\n' for n, v, u, p, *_ in FUNDS)
    statement = read_table_text(f"Fund,{heading},Balance\n{rows}Total,,31723.00\n", "plan")
    assert held(statement) == [(name, value) for name, value, *_ in FUNDS]
    assert [(str(row.units), str(row.price)) for row in statement.accounts[0].rows] == [
        (units, price) for _, _, units, price, *_ in FUNDS
    ]


def test_a_pasted_page_with_names_above_such_figures_is_read() -> None:
    rows = "".join(
        f"{n}\nALG{k}X\n{w}\t{u} @ ${p}\t{money(v)}\n+$1.02 today\nChange investment\n\n"
        for k, (n, v, u, p, w, _) in zip("ABC", FUNDS, strict=True)
    )
    text = (
        f"Alder Mills 401(k) Plan\nAccount ending in 8841\n\nFund\tAllocation\tUnits @ price\tBalance\n{rows}"
    )
    statement = read_table_text(f"{text}Total\t100%\t\t$31,723.00\n", "pasted")
    assert held(statement) == [(name, value) for name, value, *_ in FUNDS]
    assert not [issue for issue in statement.issues if issue.severity == "warning"]


@pytest.mark.parametrize("before", ["", "\t"])
def test_codes_of_the_plan_below_the_names_of_a_pasted_page_are_no_names(before: str) -> None:
    codes = ("ALC30", "GROWT", "STBLE")
    rows = "".join(
        f"{n}\n{code}\n{before}{u}\t${p}\t{money(v)}\t{w}\n"
        for code, (n, v, u, p, w, _) in zip(codes, FUNDS, strict=True)
    )
    text = f"Alder Mills Plan\nPlan ID 300718\n\nFund\tUnits\tPrice\tBalance\t% of balance\n{rows}"
    statement = read_table_text(f"{text}Total\t\t\t$31,723.00\t100%\n", "pasted")
    assert held(statement) == [(name, value) for name, value, *_ in FUNDS]


def test_a_pasted_fund_without_units_and_price_is_counted() -> None:
    text = (
        "Alder University 403(b) Plan\nInvestment\tUnits\tPrice\tBalance\tPortion\n"
        "Alder Guaranteed Annuity\nALGNX\n—\t—\t$9,000.00\t60.0%\n"
        "Alder Equity Account\nALEQX\n150.5\t$39.8671\t$6,000.00\t40.0%\nTotal\t\t\t$15,000.00\t100%\n"
    )
    statement = read_table_text(text, "pasted")
    assert held(statement) == [("Alder Guaranteed Annuity", "9000.00"), ("Alder Equity Account", "6000.00")]


def test_cash_in_a_tile_above_the_table_is_counted_once() -> None:
    table = (
        "<table><tr><th>Fund</th><th>Shares</th><th>Price</th><th>Value</th></tr>"
        "<tr><td>Alder Index Fund</td><td>100</td><td>$50.00</td><td>$5,000.00</td></tr>"
        "<tr><td>Alder Bond Fund</td><td>200</td><td>$10.00</td><td>$2,000.00</td></tr>"
        "<tr><td>Investments total</td><td></td><td></td><td>$7,000.00</td></tr></table>"
    )
    tile = (
        "<h2>Total HSA balance</h2><p><b>$8,250.50</b></p><dl><dt>HSA cash account</dt><dd>$1,250.50</dd>"
        "<dt>Investments</dt><dd>$7,000.00</dd></dl>"
    )
    with_tile = read_source(StatementSource("hsa", html=f"<html><body>{tile}{table}</body></html>"))
    assert held(with_tile)[-1] == ("HSA cash account", "1250.50")
    assert sum(account.total for account in with_tile.accounts) == Decimal("8250.50")
    in_table = table.replace(
        "</th></tr>", "</th></tr><tr><td>Cash</td><td></td><td></td><td>$1,250.50</td></tr>"
    )
    other = read_source(StatementSource("hsa", html=f"<html><body>{tile}{in_table}</body></html>"))
    assert sum(account.total for account in other.accounts) == Decimal("8250.50")


def test_what_was_done_lately_is_not_held() -> None:
    cards = "".join(f"{n}\n{money(v)}\n{w}\n{u} units @ ${p}\n" for n, v, u, p, w, _ in FUNDS)
    text = (
        "Updated 10/31/2026 at 6:12 PM ET\n\nAlder Mills 401(k)\nAcct ending 8841\n$31,723.00\n\n"
        f"Investments\nSort: Largest first\n{cards}\n"
        "Recent activity\nOct 30\nPayroll contribution\n+$250.00\nPlan fee\n$4.75\n"
    )
    statement = read_table_text(f"{text}See all\n\nNeed help?\n", "pasted")
    assert held(statement) == [(name, value) for name, value, *_ in FUNDS]
    assert [account.id for account in statement.accounts] == ["8841"]


@pytest.mark.parametrize("head", ["Pending", "Scheduled", "Upcoming deposits", "Open orders (1)"])
def test_what_is_still_to_come_is_not_held(head: str) -> None:
    cards = "".join(f"{n}\n{u} units @ ${p}\n{money(v)}\n" for n, v, u, p, *_ in FUNDS)
    coming = f"{head}\nAutomatic investment\nSeptember 15, 2026\n$100.00\n"
    statement = read_table_text(
        f"Alder Roth IRA (…2045)\n{cards}Account total\n$31,723.00\n\n{coming}", "pasted"
    )
    assert held(statement) == [(name, value) for name, value, *_ in FUNDS]


@pytest.mark.parametrize(
    "chips", ["<span>ALCBX</span> <span>Bond</span>", "<span>Bond</span>", "<span>ALCBX</span>"]
)
def test_a_ticker_beside_the_kind_of_asset_is_no_name(chips: str) -> None:
    cards = "".join(
        f"<div><div>{name}</div>{chips}<div><div>Balance</div><div>{money(value)}</div></div>"
        f"<div><div>Shares</div><div>{units}</div></div><div><div>Price</div><div>${price}</div></div></div>"
        for name, value, units, price, *_ in FUNDS
    )
    html = f"<html><body><h2>Alder Plan</h2><div>Plan 20917</div>{cards}</body></html>"
    assert held(read_source(StatementSource("page", html=html))) == [(n, v) for n, v, *_ in FUNDS]
