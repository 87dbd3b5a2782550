"""Statements in Spanish, as plans of Puerto Rico send them: their labels in English, funds as they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import islice

from .columns import Role, role_of
from .grid import Line, filled
from .layouts import Rearranged
from .patterns import late_regex

_HEAD = 100
_MOST_LINES = 20_000
_FEWEST = 3
_KNOWN_AS = {
    "Fund name": ("fondo", "nombre del fondo", "fondo de inversion", "opcion de inversion", "opcion",
                  "inversion", "alternativa de inversion", "descripcion", "instrumento"),
    "Source": ("aportacion de", "fuente", "fuente de aportacion", "fuente de dinero", "fuente de fondos",
               "tipo de aportacion", "tipo de dinero", "origen", "origen de aportacion"),
    "Units": ("unidades", "participaciones", "acciones", "titulos", "cantidad", "numero de unidades",
              "num. de unidades"),
    "Unit price": ("valor por unidad", "valor unitario", "precio por unidad", "precio unitario", "precio",
                   "valor de la unidad", "valor liquidativo", "precio por accion"),
    "Beginning balance": ("saldo inicial", "balance inicial", "valor inicial", "saldo anterior",
                          "balance anterior", "saldo al inicio", "saldo previo"),
    "Ending balance": ("saldo final", "balance final", "valor final", "saldo al cierre", "balance al cierre",
                       "valor de mercado", "valor total", "valor actual", "saldo actual", "balance actual",
                       "saldo", "saldo total", "balance total", "valor"),
    "Vested balance": ("saldo adquirido", "balance adquirido", "valor adquirido", "derechos adquiridos",
                       "saldo consolidado", "cantidad adquirida", "porcion adquirida"),
    "Contributions": ("aportaciones", "contribuciones", "depositos"),
    "Withdrawals": ("retiros", "reembolsos", "desembolsos", "distribuciones"),
    "Gain/Loss": ("ganancia / perdida", "ganancia/perdida", "ganancias / perdidas", "ganancias/perdidas",
                  "ganancia o perdida", "ganancias", "rendimiento", "ganancia (perdida)"),
    "Fees": ("cargos", "comisiones", "gastos", "honorarios"),
    "Transfers": ("transferencias", "traspasos", "intercambios"),
    "% of account": ("porcentaje", "% del total", "% de la cuenta", "por ciento", "% del saldo", "peso"),
    "Symbol": ("simbolo",),
    "Fund code": ("cod.", "codigo", "cod", "clave"),
    "Date": ("fecha",),
    "As of date": ("fecha de valoracion", "fecha de valuacion", "fecha de corte", "fecha efectiva",
                   "valores al", "saldos al", "al"),
    "Printed on": ("fecha de impresion", "fecha de emision", "impreso el", "generado el", "emitido el"),
    "Statement period": ("periodo", "periodo del estado", "trimestre"),
    "Contract number": ("numero de contrato", "num. de contrato", "contrato num.", "contrato"),
    "Account number": ("num. de cuenta", "cuenta num.", "cuenta no.", "cuenta numero", "cuenta #",
                       "numero de cuenta", "no. de cuenta", "nro. de cuenta", "cuenta"),
    "Account name": ("nombre de la cuenta", "nombre del plan", "plan"),
    "Plan number": ("numero de plan", "num. de plan", "no. de plan", "numero del plan"),
    "Participant": ("participante", "nombre del participante", "empleado participante", "nombre"),
    "Employee": ("empleado", "aportacion del empleado", "aportaciones del empleado"),
    "Employer": ("patrono", "patronal", "empresa", "aportacion patronal", "aportacion del patrono",
                 "aportaciones patronales"),
    "Employer match": ("pareo", "pareo patronal", "pareo del patrono", "aportacion pareada"),
    "Rollover": ("transferencia de otro plan", "aportacion por transferencia"),
    "After-tax": ("despues de impuestos", "despues de contribuciones"),
    "Pre-tax": ("antes de impuestos", "diferida", "aportacion diferida"),
    "Grand total": ("total general", "gran total", "total global", "total de la cuenta", "total del plan",
                    "total de fondos"),
}  # fmt: skip
_ENGLISH = {spanish: english for english, words in _KNOWN_AS.items() for spanish in words}
_OF_HEADING = frozenset(
    {Role.UNITS, Role.PRICE, Role.VALUE, Role.VESTED, Role.WEIGHT, Role.SOURCE, Role.SYMBOL}
)
_LOAN = late_regex(r"\s*prestamos?\b(?! hipotecari).*", re.IGNORECASE)
_ASIDE = late_regex(r"\s*\([^()]*\)\s*:?$")
"""What stands in brackets behind a label (“Transferencia de otro plan (rollover)”)."""
_DAY = r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
_TO = late_regex(rf"({_DAY}) (?:al?|hasta(?: el)?) (?={_DAY})", re.IGNORECASE)
_AT = late_regex(rf"\b(?:al|a la fecha del?) (?={_DAY})", re.IGNORECASE)


def in_english(arranged: Rearranged) -> Rearranged:
    """Return a file's rows with Spanish labels in English where a heading of a fund and money is in Spanish.

    Only cells that hold a label and nothing else are changed, and days set off by “al”; names of funds and
    the texts that are shown stay as they are.
    """
    grid = arranged.grid
    if len(grid.lines) > _MOST_LINES or not any(map(_is_heading, islice(grid.lines, _HEAD))):
        return arranged
    lines = tuple(line._replace(cells=[_translated(cell) for cell in line.cells]) for line in grid.lines)
    return replace(arranged, grid=replace(grid, lines=lines))


def heading_in_english(cells: list[str]) -> list[str] | None:
    """Return the cells of a heading in Spanish in English, None for any other line."""
    return [_translated(cell) for cell in cells] if _is_heading(Line(0, cells, "")) else None


def _is_heading(line: Line) -> bool:
    """Tell whether a line names a fund and its money in Spanish, in at least one word nobody else knows."""
    cells = filled(line.cells)
    if len(cells) < _FEWEST:
        return False
    known = {english for cell in cells if (english := _ENGLISH.get(_plain(cell)))}
    roles = {found[0] for english in known if (found := role_of(english)) is not None}
    is_new = any(_ENGLISH.get(_plain(cell)) and role_of(cell) is None for cell in cells)
    return is_new and len(known) >= _FEWEST and Role.NAME in roles and bool(roles & _OF_HEADING)


def _translated(cell: str) -> str:
    text = _plain(cell)
    bare = _ASIDE.sub("", text).rstrip(": ")
    if (english := _ENGLISH.get(text.rstrip(": ")) or _ENGLISH.get(bare)) is not None:
        return english
    if _LOAN.fullmatch(text):
        return "Outstanding loan balance"
    label, colon, rest = cell.partition(":")
    if colon and rest.strip() and (english := _ENGLISH.get(_plain(label))) is not None:
        cell = f"{english}: {rest.strip()}"
    if any(char.isdigit() for char in cell):
        return _AT.sub("as of ", _TO.sub(r"\1 to ", cell))
    return cell


def _plain(text: str) -> str:
    """Return a text for comparing: lower case, single spaces, no accents."""
    if text.isascii():
        return " ".join(text.lower().split())
    parts = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(char for char in parts if not unicodedata.combining(char)).split())
