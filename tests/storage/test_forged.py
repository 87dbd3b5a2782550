"""Files whose checksum holds and whose values no field of the program can show."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import monotonic

import pytest

from desktop_app.domain.goals import GoalAnswers, Income
from desktop_app.storage import DamagedDocumentError, DocumentStore, load_document, save_document
from desktop_app.workflow.rebalance_flow import WizardPage, resume
from desktop_app.workflow.sample import sample_household

from .images import changed
from .strategies import TURNING

GOALS = GoalAnswers(born=1975, needs=Decimal(40_000), income=(Income("Pension", Decimal(1), 67),))
SAMPLE = replace(sample_household(date(2026, 11, 22)), goals=GOALS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save_document(SAMPLE, tmp_path / "household.keel")
    return tmp_path / "household.keel"


@pytest.mark.parametrize("mark", TURNING)
def test_marks_that_turn_words_round_are_left_out(path: Path, mark: str) -> None:
    name = f"Index{mark}gnp.exe"
    changed(
        path,
        f"UPDATE meta SET value = '{name}' WHERE key = 'name'; UPDATE funds SET name = '{name}';"
        f" UPDATE account_names SET name = '{name}'; UPDATE goals SET content ="
        f" replace(content, 'Pension', '{json.dumps(name)[1:-1]}')",
    )
    household = load_document(path)
    assert household.name == "Indexgnp.exe"
    assert household.goals is not None
    assert household.goals.income[0].name == "Indexgnp.exe"
    funds = {row.fund.name for s in household.statements for a in s.accounts for row in a.rows}
    assert funds == {"Indexgnp.exe"}
    assert mark not in repr(household)
    with DocumentStore(path) as store:
        opened = store.open()
        assert opened == household
        store.save(replace(opened, name="Changed"))
    assert load_document(path) == replace(household, name="Changed")


def test_plain_marks_of_direction_stay(path: Path) -> None:
    name = "\u05e7\u05e8\u05df\u200f 500"
    save_document(replace(SAMPLE, name=name), path)
    assert load_document(path).name == name


def test_thousands_of_entries_of_one_account_take_no_longer_than_their_number(path: Path) -> None:
    """Each counted those before it: 20,000 in less than a megabyte took seven seconds."""
    changed(
        path,
        "INSERT INTO account_rules WITH RECURSIVE many(n) AS"
        " (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 30000)"
        " SELECT n + 1000, 'a', '0', 'dollars', NULL, NULL FROM many",
    )
    began = monotonic()
    household = load_document(path)
    save_document(household, path)
    assert monotonic() - began < 5
    assert sum(account == "a" for account, _ in household.account_rules) == 30_000


def test_names_as_long_as_a_book_are_cut_off(path: Path) -> None:
    """A label measures every letter: one of twenty million stopped the window for half a minute."""
    changed(
        path,
        "UPDATE meta SET value = printf('%.*c', 5000000, 'x') WHERE key = 'name';"
        " UPDATE funds SET name = printf('%.*c', 500000, 'y');"
        " UPDATE statement_accounts SET name = printf('%.*c', 5000000, 'z')",
    )
    household = load_document(path)
    names = [row.fund.name for s in household.statements for a in s.accounts for row in a.rows]
    names += [a.name for s in household.statements for a in s.accounts]
    assert household.name == "x" * 40_000
    assert {len(name) for name in names} == {40_000}
    save_document(household, path)
    assert load_document(path) == household


@pytest.mark.parametrize(
    "forged",
    [
        "json_set(content, '$.born', json('-1000000000000'))",
        "json_set(content, '$.plan_to', json('1' || substr('000000000000000000000000000000', 1)))",
        "json_set(content, '$.retire_at', 100000)",
        """json_set(content, '$.income', json('[["x", "1", 99999999999999999999999]]'))""",
        """json_set(content, '$.one_off', json('[[10000000, "1"]]'))""",
    ],
)
def test_years_that_nobody_can_live_are_damage(path: Path, forged: str) -> None:
    changed(path, f"UPDATE goals SET content = {forged}")
    with pytest.raises(DamagedDocumentError):
        load_document(path)


def test_an_unfinished_rebalance_with_an_amount_that_is_none_is_damage(path: Path) -> None:
    changed(
        path,
        "INSERT INTO draft VALUES ('money', 'target', 0); INSERT INTO draft_cash VALUES (0, 'a', '1/0')",
    )
    with pytest.raises(DamagedDocumentError):
        load_document(path)


def test_an_unfinished_rebalance_on_an_unknown_page_begins_at_the_first(path: Path) -> None:
    changed(path, "INSERT INTO draft VALUES ('a page of tomorrow', 'target', 0)")
    assert resume(load_document(path).draft).page is WizardPage.GOAL
