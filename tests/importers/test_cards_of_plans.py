"""Pages of cards, one for each fund of several plans, whose labels and figures stand beside or below.

Every plan, fund and number is made up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import read_source, read_table_text

from .readings import warnings

D = Decimal
FIXED = "TIAA Traditional Annuity"
FIRST = (
    ("Meridian Lifecycle Index 2040 R6", "MLFIX", "4321.10", "150.000", "28.81"),
    (FIXED, "", "5000.00", "", ""),
    ("Vanguard Explorer Admiral", "VEXRX", "2100.55", "18.676", "112.47"),
    ("Real Estate Securities Fund Z", "RESZX", "900.00", "50.223", "17.92"),
)
SECOND = (
    ("Vanguard Federal Money Market Investor", "VMFXX", "1200.25", "1200.250", "1.00"),
    ("MFS International Diversification R6", "MDIZX", "800.75", "34.725", "23.06"),
)
PLANS = (
    ("Alder Health 403(b) Plan", "88-1150", "12321.65", FIRST),
    ("Alder 457(b) Deferred Compensation", "88-1151", "2001.00", SECOND),
)
LABELS = ("Current balance", "Shares", "Share price", "Share of plan", "Personal gain/loss, last 12 mo.")
MADE = {
    "list": ("<dl>{}</dl>", "<div><dt>{}</dt><dd>{}</dd></div>"),
    "boxes": ("{}", "<div><div>{}</div><div>{}</div></div>"),
    "lines": ("{}", "<p><span>{}</span> <span>{}</span></p>"),
    "points": ("<ul>{}</ul>", "<li>{}: {}</li>"),
}
Fund = tuple[str, str, str, str, str]


def money(value: str, *, raised: bool = True) -> str:
    dollars, cents = f"{D(value):,.2f}".split(".")
    return f"<span>$</span>{dollars}<sup>.{cents}</sup>" if raised else f"<span>${dollars}.{cents}</span>"


def card(fund: Fund, made: str, labels: tuple[str, ...], turn: int, *, raised: bool) -> str:
    name, symbol, value, units, price = fund
    worth, held, each, part, gain = labels
    said = [(worth, money(value, raised=raised))]
    said += [(held, units), (each, f"${price}")] if units else [("Crediting rate", "4.25%")]
    said += [(part, "32.6%"), (gain, money("120.40", raised=raised))]
    said = said[turn:] + said[:turn]
    whole, one = MADE[made]
    facts = whole.format("".join(one.format(*fact) for fact in said))
    ticker = f"<span>{symbol}</span>" if symbol else ""
    return f"<article><h3>{name}</h3>{ticker}{facts}<button>Fund details</button></article>"


def page(
    made: str = "list",
    labels: tuple[str, ...] = LABELS,
    turn: int = 0,
    *,
    fixed: str = FIXED,
    status: str = " &bull; Status: Active",
    raised: bool = True,
) -> str:
    plans = "".join(
        f"<section><h2>{name}</h2><p>Plan ID {number}{status}</p>"
        f"<div><span>Plan balance</span> {money(total)}</div>"
        + "".join(
            card((fixed if f[0] == FIXED else f[0], *f[1:]), made, labels, turn, raised=raised) for f in funds
        )
        + "</section>"
        for name, number, total, funds in PLANS
    )
    return (
        "<html><body><div>Welcome back, Ada &middot; Last sign-in 02/17/2025 10:44 AM</div>"
        "<h1>My savings</h1>"
        f"<div>Total across 2 plans</div><div>{money('14322.65')}</div>"
        f"<div>Values reflect market close on Friday, February 14, 2025</div>{plans}"
        "<section><h2>Loans</h2><dl><dt>General purpose loan, 403(b)</dt><dd>$1,840.22 outstanding</dd>"
        "<dt>Next payment</dt><dd>$86.40 on 03/31/2025</dd></dl></section></body></html>"
    )


def held(statement: Statement) -> dict[str, dict[str, str]]:
    return {
        account.id: {row.fund.name: str(row.value) for row in account.rows} for account in statement.accounts
    }


def expected(fixed: str = FIXED) -> dict[str, dict[str, str]]:
    return {
        number: {fixed if name == FIXED else name: value for name, _, value, *_ in funds}
        for _, number, _, funds in PLANS
    }


def read(text: str) -> Statement:
    return read_source(StatementSource("savings", html=text))


@pytest.mark.parametrize("made", list(MADE))
@pytest.mark.parametrize("turn", [0, 1])
@pytest.mark.parametrize("raised", [False, True])
def test_each_fund_is_its_plans_in_any_order_of_labels(made: str, turn: int, *, raised: bool) -> None:
    statement = read(page(made, turn=turn, raised=raised))
    assert held(statement) == expected()
    assert statement.as_of == date(2025, 2, 14)
    assert warnings(statement) == []


@pytest.mark.parametrize(
    "labels",
    [
        ("Balance", "Units", "Unit price", "Portion of plan", "1-year gain"),
        ("Market value", "Units owned", "NAV", "% of account", "Gain/loss"),
        ("Value", "Shares", "Price", "Weight", "Change"),
    ],
)
@pytest.mark.parametrize("status", ["", " &bull; Status: Active"])
def test_other_words_for_the_same_labels(labels: tuple[str, ...], status: str) -> None:
    statement = read(page("list", labels, status=status))
    assert held(statement) == expected()
    assert warnings(statement) == []


@pytest.mark.parametrize(
    "fixed",
    ["Stable Value Account", "TIAA Real Estate Account", "Fixed Account", "Oakmont Declared Rate Account"],
)
@pytest.mark.parametrize("turn", [0, 1])
def test_a_fund_that_is_called_like_an_account_is_a_fund(fixed: str, turn: int) -> None:
    statement = read(page(turn=turn, fixed=fixed))
    assert held(statement) == expected(fixed)
    assert warnings(statement) == []


def test_pasted_as_lines_it_says_the_same() -> None:
    lines = ["My savings", "Values reflect market close on Friday, February 14, 2025"]
    for name, number, total, funds in PLANS:
        lines += [name, f"Plan ID {number}", "Plan balance", f"${D(total):,.2f}"]
        for fund, symbol, value, units, price in funds:
            facts = ["Shares", units, "Share price", f"${price}"] if units else ["Crediting rate", "4.25%"]
            lines += [fund, *([symbol] if symbol else []), *facts, "Share of plan", "32.6%"]
            lines += ["Personal gain/loss, last 12 mo.", "$120.40", "Current balance", f"${D(value):,.2f}"]
    statement = read_table_text("\n".join(lines), "pasted")
    assert held(statement) == expected()
    assert warnings(statement) == []


def test_an_account_with_a_year_for_its_number_is_no_fund() -> None:
    text = "\n".join(
        [
            *("SIMPLE IRA (…6184)", "Account value", "$1,500.00", "Holding", "Shares", "Price", "Value"),
            *("Alder 2040 Target Date Fund", "ALTGX", "50.000", "$20.00", "$1,000.00"),
            *("Alder Growth Fund", "ALGRX", "10.000", "$50.00", "$500.00", "Account total", "$1,500.00"),
            *("Roth IRA (…2045)", "Account value", "$300.00", "Holding", "Shares", "Price", "Value"),
            *("Alder Total World Stock ETF", "ALWD", "3", "$100.00", "$300.00", "Account total", "$300.00"),
        ]
    )
    found = read_table_text(text, "pasted").accounts
    assert [(account.name, account.total) for account in found] == [
        ("SIMPLE IRA", D("1500.00")),
        ("Roth IRA", D("300.00")),
    ]
