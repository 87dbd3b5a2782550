"""Headless: when to look again, and paychecks that heal part of the drift."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli import Toolkit, run_headless


def _no_window(*_: object) -> Any:
    raise AssertionError("a headless command asked for the window")


TOOLKIT = Toolkit(write_pdf=_no_window, self_test=_no_window, start_and_quit=_no_window)
STOCK, BOND = "Vanguard 500 Index Fund", "Vanguard Total Bond Market Index"


@pytest.fixture
def plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Plan for $36,000 of stocks and $14,000 of bonds towards 60/40 under some rules."""
    statement = tmp_path / "Acme 401k.csv"
    statement.write_text(
        "Account Number,Fund Name,Units,Unit Price,Balance\n"
        f'33363,{STOCK},360.000,$100.00,"$36,000.00"\n'
        f'33363,{BOND},1400.000,$10.00,"$14,000.00"\n',
        encoding="utf-8",
    )
    targets = tmp_path / "targets.json"
    targets.write_text('{"targets": {"stocks": "0.6", "fixed_income": "0.4"}}', encoding="utf-8")

    def run(rules: dict[str, Any], *more: str) -> tuple[int, Any, str]:
        path = tmp_path / "rules.json"
        path.write_text(json.dumps({"today": "2026-11-22", **rules}), encoding="utf-8")
        arguments = ["plan", str(statement), "--targets", str(targets), "--rules", str(path), *more]
        code = run_headless(arguments, TOOLKIT)
        said = capsys.readouterr()
        return code, json.loads(said.out) if "--json" in more and said.out else said.out, said.err

    return run


@pytest.mark.parametrize(
    ("schedule", "day", "why"),
    [
        ({}, "2026-12-31", "Yearly check."),
        ({"calendar": "quarterly"}, "2026-12-31", "Quarterly check."),
        ({"calendar": "half_yearly", "start": "2026-08-31"}, "2027-02-28", "Half-yearly check."),
        ({"months": 5, "start": "2026-06-30"}, "2026-11-30", "Check every 5 months."),
        ({"days": ["31 Jan", "15 July"]}, "2027-01-31", "Check on a day of your own."),
        ({"days": ["07-15"]}, "2027-07-15", "Check on a day of your own."),
        ({"kind": "threshold"}, "2026-12-22", "Monthly look at the bands."),
        ({"kind": "threshold", "look": "two_weeks"}, "2026-12-06", "Two-weekly look at the bands."),
        ({"kind": "either", "look": "quarter"}, "2026-12-31", "Yearly check."),
        ({"kind": "either", "look": "month"}, "2026-12-22", "Monthly look at the bands."),
    ],
)
def test_a_plan_says_when_to_look_again_and_why(plan: Any, schedule: Any, day: str, why: str) -> None:
    code, answer, _ = plan({"schedule": schedule}, "--json")
    assert code == 0
    assert (answer["next_check"], answer["why_next"]) == (day, why)


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ({"months": 5}, "needs a day to count from"),
        ({"days": ["31 April"]}, "a day of the year"),
        ({"calendar": "sometimes"}, "one of yearly"),
        ({"calendar": "yearly", "months": 3}, "one of the two"),
        ({"kind": "mood"}, "one of calendar, threshold, either"),
        ({"every": "month"}, "one of kind"),
    ],
)
def test_a_schedule_that_makes_no_sense_names_its_place(plan: Any, schedule: Any, said: str) -> None:
    code, _, err = plan({"schedule": schedule}, "--json")
    assert code == 2
    assert said in err
    assert "rules.json: schedule" in err


PAY = {"amount": "500.00", "every": "monthly", "count": 12}


def test_paychecks_and_the_exchange_that_remains(plan: Any) -> None:
    code, answer, _ = plan({"paychecks": {"33363": PAY}}, "--json")
    assert code == 0
    assert [(e["from"], e["to"], e["amount"]) for e in answer["exchanges"]] == [(STOCK, BOND, "2400.00")]
    future = next(e for e in answer["elections"] if e["kind"] == "future")
    assert future["percents"] == {BOND: 100}
    assert (future["paychecks"], future["until"]) == (12, "2027-11-22")
    assert future["then"] == {STOCK: 60, BOND: 40}
    paid = answer["paychecks"]
    assert paid["total"] == "6000.00"
    assert paid["healed"] == "0.6"
    assert paid["misallocated_before"] == "6000.00"
    assert paid["misallocated_without_exchange"] == "2400.00"
    assert paid["misallocated_after"] == "0.00"
    assert paid["exchange_without_paychecks"] == "6000.00"
    assert paid["accounts"][0]["to_target"] == 20
    assert paid["accounts"][0]["to_band"] == 11
    # what the exchanges do today is told as ever: changes add to no new money
    assert answer["total"] == "50000.00"
    assert answer["misallocated_after"] == "3600.00"
    assert sum(float(trade["change"]) for trade in answer["trades"]) == 0


def test_when_to_set_contributions_back_is_a_day_to_look(plan: Any) -> None:
    pay = {"amount": "5000", "per_year": 26, "count": 2, "next": "2026-12-04"}
    _, answer, _ = plan({"goal": "new_money", "paychecks": {"33363": pay}}, "--json")
    assert answer["next_check"] == "2026-12-18"
    assert answer["why_next"].startswith("About now the last of 2 paychecks is in: set future contributions")


def test_a_payday_that_is_past_is_refused(plan: Any) -> None:
    pay = {"amount": "500", "every": "monthly", "count": 1, "next": "2020-01-01"}
    code, _, words = plan({"paychecks": {"33363": pay}})
    assert code == 2
    assert "2020-01-01" in words
    assert "a payday from 2026-11-22 on" in words


def test_one_paycheck_is_told_as_one(plan: Any) -> None:
    pay = {"amount": "500", "every": "monthly", "count": 1, "next": "2026-12-01"}
    _, said, _ = plan({"paychecks": {"33363": pay}})
    assert "when the next paycheck of $500 is in: " in said
    assert "1 paycheck," not in said


def test_the_day_a_block_is_over_is_a_day_to_look(plan: Any) -> None:
    rules = {"accounts": {"33363": {"blocked_until": {STOCK: "2026-12-10"}}}}
    _, answer, _ = plan(rules, "--json")
    assert answer["exchanges"] == []
    assert answer["next_check"] == "2026-12-10"
    assert answer["why_next"] == (
        f"{STOCK} is blocked until 10 December 2026. "
        "What stays off target now may be brought closer from then on."
    )
    wait = {"account": "33363", "fund": STOCK, "not_before": "2026-12-10"}
    assert [wait | {"why": each["why"]} for each in answer["waits"]] == answer["waits"]


def test_paychecks_in_words(plan: Any) -> None:
    code, said, _ = plan({"paychecks": {"33363": PAY}})
    assert code == 0
    assert f"elect 100\u00a0% {BOND} for the next 12 paychecks (until about 2027-11-22)" in said
    assert "Look again on 2026-12-31: Yearly check." in said
    assert "$2,400 is exchanged instead of $6,000" in said


def test_an_account_without_paychecks_has_none(plan: Any) -> None:
    _, answer, _ = plan({}, "--json")
    assert answer["paychecks"] is None
    assert {election["kind"] for election in answer["elections"]} == {"realign"}


@pytest.mark.parametrize(
    ("pay", "said"),
    [
        ({"per_year": 26}, "amount"),
        ({**PAY, "amount": "-5"}, "dollars above zero"),
        ({**PAY, "amount": "1.005"}, "whole cents"),
        ({"amount": "500"}, "per_year"),
        ({**PAY, "per_year": 12}, "one of the two"),
        ({**PAY, "every": "daily"}, "one of weekly"),
        ({"amount": "5", "per_year": 0}, "1 to 366"),
        ({**PAY, "count": "2.5"}, "whole number"),
        ({**PAY, "count": 5000}, "between 0 and 1040"),
        ({**PAY, "elected": {STOCK: 90}}, "add to 100"),
        ({**PAY, "elected": {"Nobody": 100}}, "neither holds nor has on its menu"),
        ({**PAY, "often": 1}, "one of amount"),
    ],
)
def test_paychecks_that_make_no_sense_name_their_place(plan: Any, pay: Any, said: str) -> None:
    code, _, err = plan({"paychecks": {"33363": pay}}, "--json")
    assert code == 2
    assert said in err


def test_paychecks_of_an_unknown_account(plan: Any) -> None:
    code, _, err = plan({"paychecks": {"nobody": PAY}}, "--json")
    assert code == 2
    assert "nobody" in err
