"""What a reading gives, in the shapes that tests compare."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.statement import Statement

Held = dict[str, tuple[str, dict[str, str]]]


def by_account(statement: Statement) -> Held:
    """Return each account's name and its funds with their values."""
    return {
        account.id: (account.name, {row.fund.name: f"{row.value:.2f}" for row in account.rows})
        for account in statement.accounts
    }


def in_order(statement: Statement) -> list[tuple[str, str, str]]:
    """Return account, fund and value of each row, in the order of the reading."""
    return [
        (account.id, row.fund.name, str(row.value)) for account in statement.accounts for row in account.rows
    ]


def in_each(statement: Statement) -> dict[str, dict[str, Decimal]]:
    """Return what each fund is worth in each account, its rows added up."""
    found: dict[str, dict[str, Decimal]] = {}
    for account in statement.accounts:
        funds = found.setdefault(account.id, {})
        for row in account.rows:
            funds[row.fund.name] = funds.get(row.fund.name, Decimal(0)) + row.value
    return found


def added_up(statement: Statement) -> dict[str, Decimal]:
    """Return what each fund is worth in all accounts together."""
    found: dict[str, Decimal] = {}
    for account in statement.accounts:
        for row in account.rows:
            found[row.fund.name] = found.get(row.fund.name, Decimal(0)) + row.value
    return found


def warnings(statement: Statement) -> list[str]:
    """Return the words of the warnings."""
    return [issue.message for issue in statement.issues if issue.severity == "warning"]
