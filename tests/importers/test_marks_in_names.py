"""Marks nobody sees in a name: they turn words round, or are orders to a terminal, and are left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.importers import read_statement

ESCAPE, BELL, DELETE, CSI = "\x1b", "\x07", "\x7f", "\x9b"
TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""All of Unicode's characters that change the direction of what follows (Bidi_Control)."""


@pytest.mark.parametrize("mark", [*TURNS, ESCAPE, BELL, DELETE, CSI, "\x00", "\x08"])
def test_no_mark_of_direction_or_control_stays_in_a_name(tmp_path: Path, mark: str) -> None:
    """JSON can spell each of them."""
    file = tmp_path / "plan.json"
    positions = [
        {"fundName": f"Stock {mark}Index Fund", "symbol": "VTSAX", "value": "100.00"},
        {"fundName": f"{mark}Bond Index Fund{mark}", "symbol": "VBTLX", "value": "50.00"},
    ]
    content = {"accounts": [{"accountName": f"My {mark}401(k)", "accountNumber": "778899"}]}
    content["accounts"][0]["positions"] = positions
    file.write_text(json.dumps(content), encoding="utf-8")
    (account,) = read_statement(file).accounts
    assert account.name == "My 401(k)"
    assert [row.fund.name for row in account.rows] == ["Stock Index Fund", "Bond Index Fund"]
