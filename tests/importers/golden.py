"""Rewrites the expected readings beside the fixtures; review what changes by hand.

Run from the root: `python -m tests.importers.golden`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop_app.domain.statement import Statement
from desktop_app.importers import read_statement

FIXTURES = Path(__file__).parent / "fixtures"


def inputs() -> list[Path]:
    """Return every fixture that has, or should have, an expected reading."""
    return sorted(path for path in FIXTURES.iterdir() if path.suffix not in {"", ".json"})


def picture(statement: Statement) -> dict[str, Any]:
    """Return what a statement says in plain JSON; classes are tested elsewhere."""
    return {
        "layout": statement.layout,
        "as_of": statement.as_of.isoformat() if statement.as_of else None,
        "as_of_kind": statement.as_of_kind,
        "accounts": [
            {
                "id": account.id,
                "name": account.name,
                "stated_total": _text(account.stated_total),
                "rows": [
                    [
                        row.line, row.fund.symbol, row.fund.cusip, row.fund.name,
                        _text(row.units), _text(row.price), _text(row.value), row.source,
                    ]
                    for row in account.rows
                ],
            }
            for account in statement.accounts
        ],
        "skipped": [[row.line, row.reason] for row in statement.skipped],
        "issues": [[issue.severity, issue.line] for issue in statement.issues],
    }  # fmt: skip


def _text(number: object) -> str | None:
    return None if number is None else str(number)


def expected_path(path: Path) -> Path:
    """Return where the expected reading of a fixture is kept."""
    return path.with_suffix(".json")


def main() -> None:
    """Write all expected readings anew."""
    for path in inputs():
        text = json.dumps(picture(read_statement(path)), indent=1, ensure_ascii=False)
        expected_path(path).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
