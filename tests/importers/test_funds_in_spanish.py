"""Funds, months and quarters in Spanish, and months as workbooks show them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.classes import AssetClass
from desktop_app.importers import read_table_text
from desktop_app.importers.classifier import classify

from .readings import added_up

D = Decimal


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fondo de Bonos", AssetClass.US_BOND),
        ("Fondo de Renta Fija", AssetClass.US_BOND),
        ("Bonos Internacionales", AssetClass.INTL_BOND),
        ("Efectivo y equivalentes de efectivo", AssetClass.CASH),
        ("Mercado Monetario", AssetClass.MONEY_MARKET),
        ("Fondo de Valor Estable", AssetClass.STABLE_VALUE),
        ("Cuenta de Interés Garantizado", AssetClass.STABLE_VALUE),
        ("Fondo de Acciones Internacionales", AssetClass.INTL_DEVELOPED),
        ("Fondo de Mercados Emergentes", AssetClass.EMERGING),
        ("Acciones de Pequeña Capitalización", AssetClass.US_SMALL),
        ("Acciones de Mediana Capitalizacion", AssetClass.US_MID),
        ("Fondo Índice 500", AssetClass.US_LARGE),
        ("Bienes Raíces", AssetClass.REIT),
        ("Bonos protegidos contra la inflación", AssetClass.TIPS),
        ("Acciones de la compañía", AssetClass.COMPANY_STOCK),
    ],
)
def test_a_fund_in_spanish(name: str, expected: AssetClass) -> None:
    assert classify(None, None, name, 2026).mix.parts == ((expected, D(1)),)


def test_words_that_look_english_are_no_other_class() -> None:
    assert not classify(None, None, "Protegidos contra la inflación", 2026).mix.share(AssetClass.US_LARGE)


@pytest.mark.parametrize("first", ["Fecha", "Mes", "Date"])
@pytest.mark.parametrize(
    "days",
    [
        ("30/06/2026", "31/07/2026", "31/08/2026"),
        ("Junio 2026", "Julio 2026", "Agosto 2026"),
        ("jun. 2026", "jul. 2026", "ago. 2026"),
        ("junio de 2026", "julio de 2026", "agosto de 2026"),
        ("jun-26", "jul-26", "ago-26"),
    ],
)
def test_a_sheet_of_months_in_spanish(first: str, days: tuple[str, ...]) -> None:
    amounts = (
        "1.180,00;290,00;10,00;1.480,00",
        "1.190,00;295,00;10,00;1.495,00",
        "1.210,00;305,00;10,00;1.525,00",
    )
    rows = "".join(f"{day};{row}\n" for day, row in zip(days, amounts, strict=True))
    statement = read_table_text(f"{first};Fondo Índice 500;Fondo de Bonos;Efectivo;Total\n{rows}", "x")
    assert added_up(statement) == {
        "Fondo Índice 500": D("1210.00"),
        "Fondo de Bonos": D("305.00"),
        "Efectivo": D("10.00"),
    }
    assert statement.as_of == date(2026, 8, 31)


@pytest.mark.parametrize(
    "quarter", ["{0}er trimestre 2026", "{0}º trimestre de 2026", "Trimestre {0} 2026", "T{0} 2026"]
)
def test_quarters_in_spanish(quarter: str) -> None:
    rows = "".join(f"{quarter.format(k)},{100 + k}.00,{50 + k}.00,{150 + 2 * k}.00\n" for k in (1, 2, 3))
    statement = read_table_text(f"Trimestre,Fondo 500,Fondo de Bonos,Total\n{rows}", "x")
    assert added_up(statement) == {"Fondo 500": D("103.00"), "Fondo de Bonos": D("53.00")}
    assert statement.as_of == date(2026, 9, 30)


@pytest.mark.parametrize(
    "heads",
    [("Dec-25", "Jan-26", "Apr-26"), ("Dec '25", "Jan '26", "Apr '26"), ("dic-25", "ene-26", "abr-26"),
     ("Dec'25", "Jan'26", "Apr'26"), ("December 2025", "January 2026", "April 2026")],
)  # fmt: skip
def test_months_above_columns(heads: tuple[str, ...]) -> None:
    text = (
        f"Fund,{','.join(heads)}\nAlder 500 Index Fund,180.00,190.00,200.00\n"
        "Alder Bond Fund,280.00,290.00,300.00\nTotal,460.00,480.00,500.00\n"
    )
    statement = read_table_text(text, "x")
    assert added_up(statement) == {"Alder 500 Index Fund": D("200.00"), "Alder Bond Fund": D("300.00")}
    assert statement.as_of == date(2026, 4, 30)
