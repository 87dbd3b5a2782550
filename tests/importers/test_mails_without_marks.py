"""Mails and pages whose funds have no mark: figures in the cell of the name, or on the line below it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.importers import read_statement, read_table_text

from .readings import in_each

D = Decimal
EXPECTED = {
    "5561": {"Vernal Target 2050 Fund": D("4812.50"), "Elm Small Cap Index": D("990.00")},
    "8093": {"Vernal 500 Index ETF": D("3600.00"), "Elm Government Cash": D("412.07")},
}
TEXT = (
    "Hello Sam,\n\nHere is your weekly picture. Values as of market close Thursday, May 7, 2026.\n\n"
    "Alder Tool Works 401(k) (account ending in 5561)\n"
    "  Vernal Target 2050 Fund\n     125.000 shares x $38.50 =3D $4,812.50   (week: +0.42%)\n"
    "  Elm Small Cap Index\n     60 shares x $16.50 =3D $990.00   (week: -1.05%)\n"
    "  Account value: $5,802.50\n\n"
    "Traditional IRA (account ending in 8093)\n"
    "  Vernal 500 Index ETF\n     12 shares x $300.00 =3D $3,600.00   (week: +0.10%)\n"
    "  Elm Government Cash\n     412.070 shares x $1.00 =3D $412.07   (week: 0.00%)\n"
    "  Account value: $4,012.07\n\nAll together: $9,814.57\n\n"
    "Coming up: a contribution of $250.00 on May 15, 2026.\n"
)
ROW = "<tr><td>{}<br><span>{} shares &times; {}</span></td><td>{}</td><td>{}</td></tr>\n"


def table(account: str, number: str, rows: list[tuple[str, ...]], total: str) -> str:
    return (
        f"<h3>{account} <small>account ending in {number}</small></h3>"
        "<table><tr><th>Holding</th><th>Value</th><th>Week</th></tr>\n"
        + "".join(ROW.format(*row) for row in rows)
        + f"<tr><td><b>Account value</b></td><td><b>{total}</b></td><td></td></tr></table>\n"
    )


PAGE = (
    "<html><body><table width=6><tr><td><img src=x><p>Values as of market close Thursday, May 7, 2026.</p>\n"
    + table(
        "Alder Tool Works 401(k)",
        "5561",
        [
            ("Vernal Target 2050 Fund", "125.000", "$38.50", "$4,812.50", "+0.42%"),
            ("Elm Small Cap Index", "60", "$16.50", "$990.00", "-1.05%"),
        ],
        "$5,802.50",
    )
    + table(
        "Traditional IRA",
        "8093",
        [
            ("Vernal 500 Index ETF", "12", "$300.00", "$3,600.00", "+0.10%"),
            ("Elm Government Cash", "412.070", "$1.00", "$412.07", "0.00%"),
        ],
        "$4,012.07",
    )
    + "<p>All together: <b>$9,814.57</b></p><p>Elm Retirement, 12 Oak Ave</p>"
    + "</td></tr></table></body></html>\n"
)
HEAD = "From: Elm <mail@elm.example>\nTo: sam@mail.example\nSubject: Your week\nMIME-Version: 1.0\n"


def mail(*parts: tuple[str, str]) -> str:
    ends = "\n--xyz\nContent-Type: text/{}; charset=utf-8\nContent-Transfer-Encoding: {}\n\n{}"
    body = "".join(
        ends.format(kind, "quoted-printable" if kind == "plain" else "8bit", text) for kind, text in parts
    )
    return f'{HEAD}Content-Type: multipart/alternative; boundary="xyz"\n{body}\n--xyz--\n'


@pytest.mark.parametrize("form", ["both", "page", "plain", "one part"])
def test_a_saved_mail_of_two_accounts(tmp_path: Path, form: str) -> None:
    plain = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    content = {
        "both": mail(("plain", TEXT), ("html", PAGE)),
        "page": mail(("html", PAGE)),
        "plain": mail(("plain", TEXT)),
        "one part": f"{HEAD}{plain}{TEXT}",
    }[form]
    path = tmp_path / "Your week.eml"
    path.write_text(content, encoding="utf-8")
    statement = read_statement(path)
    assert in_each(statement) == EXPECTED
    assert [account.name for account in statement.accounts] == ["Alder Tool Works 401(k)", "Traditional IRA"]
    assert [account.stated_total for account in statement.accounts] == [D("5802.50"), D("4012.07")]
    assert [row.units for account in statement.accounts for row in account.rows] == [
        125,
        60,
        12,
        D("412.070"),
    ]
    assert f"{statement.as_of}" == "2026-05-07"


def test_the_same_mail_copied() -> None:
    assert in_each(read_table_text(TEXT.replace("=3D", "="), "mail")) == EXPECTED


@pytest.mark.parametrize("name", ["Vernal 500 Index", "Vernal Select 40 Shares", "Vernal Growth - R6 Shares"])
def test_figures_leave_a_name_only_where_they_are_units(name: str) -> None:
    text = f"Fund,Value\n{name} (12.5 shares @ $4.00),$50.00\n{name} II 3 units at 2.00,$6.00\n{name},$7.00\n"
    (account,) = read_table_text(text, "x").accounts
    assert [row.fund.name for row in account.rows] == [name, f"{name} II", name]
    assert [row.units for row in account.rows] == [D("12.5"), 3, None]
    assert [row.price for row in account.rows] == [4, 2, None]
