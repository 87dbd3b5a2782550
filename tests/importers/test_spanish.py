"""Statements of plans in Puerto Rico: Spanish labels, European or American figures, days first."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.sources import StatementSource
from desktop_app.importers import read_source, read_table_text

from .readings import added_up

D = Decimal
HELD = {"Fondo Índice Fen": D("1160.00"), "Fondo Meta 2045": D("100.00")}


def _european(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,"))


TOP = (
    "Fábricas del Valle, Inc.\nNúm. de cuenta;0047-118-9\nPeríodo;01/04/2026 al 30/06/2026\n"
    "Fecha de impresión;04/07/2026\n\n"
)
ROWS = (
    ("A1", "Fondo Índice Fen", "Empleado", "100", "10.00", "950.00", "50.00", "0.00", "1,000.00", "1,000.00"),
    ("A1", "Fondo Índice Fen", "Patrono", "16", "10.00", "150.00", "0.00", "10.00", "160.00", "80.00"),
    ("", "Subtotal Fondo Índice Fen", "", "", "", "1,100.00", "50.00", "10.00", "1,160.00", "1,080.00"),
    ("B2", "Fondo Meta 2045", "Empleado", "20", "5.00", "104.00", "0.00", "-4.00", "100.00", "100.00"),
    ("", "TOTAL GENERAL", "", "", "", "1,204.00", "50.00", "6.00", "1,260.00", "1,180.00"),
)
HEADS = {
    "saldo": (
        "Cód.;Fondo;Aportación de;Unidades;Valor por unidad;Saldo inicial;Aportaciones;Ganancia / Pérdida;"
        "Saldo final;Saldo adquirido"
    ),
    "balance": (
        "Código;Nombre del fondo;Fuente;Participaciones;Precio por unidad;Balance anterior;Depósitos;"
        "Rendimiento;Balance al cierre;Balance adquirido"
    ),
    "valor": (
        "CÓDIGO;FONDO DE INVERSIÓN;TIPO DE APORTACIÓN;NÚMERO DE UNIDADES;PRECIO UNITARIO;VALOR INICIAL;"
        "CONTRIBUCIONES;GANANCIAS/PÉRDIDAS;VALOR FINAL;VALOR ADQUIRIDO"
    ),
}


def _text(head: str, *, european: bool) -> str:
    rows = [
        ";".join([*row[:3], *(_european(cell) if european else cell for cell in row[3:])]) for row in ROWS
    ]
    below = "Préstamo pendiente (no incluido en el total);" + ("1.875,30" if european else "1,875.30")
    return TOP + "\n".join([HEADS[head], *rows, "", below, "Cantidades en dólares (US$)."])


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("european", [True, False])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_spanish_labels(tmp_path: Path, head: str, encoding: str, *, european: bool) -> None:
    path = tmp_path / "estado.csv"
    path.write_bytes(_text(head, european=european).encode(encoding))
    statement = read_source(StatementSource(path.name, path))
    assert added_up(statement) == HELD
    (account,) = statement.accounts
    assert account.id == "0047-118-9"
    assert account.stated_total == D("1260.00")
    assert sum(row.vested or 0 for row in account.rows) == D("1180.00")
    assert [row.source for row in account.rows] == ["Employee", "Employer", "Employee"]
    assert str(statement.as_of) == "2026-06-30"


def test_english_tables_with_a_spanish_fund_stay_as_they_are() -> None:
    text = "Fund,Source,Balance\nFondo Fen,Empleado,10.00\nPlan,Roth,5.00\n"
    (account,) = read_table_text(text, "x").accounts
    assert [(row.fund.name, row.source, row.value) for row in account.rows] == [
        ("Fondo Fen", "Empleado", D("10.00")),
        ("Plan", "Roth", D("5.00")),
    ]
