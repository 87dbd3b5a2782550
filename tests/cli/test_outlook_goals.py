"""`outlook` and `goals` as a script sees them: the contract's keys, words, and every kind of bad file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli import Toolkit, run_headless


def _no_window(*_: object) -> Any:
    raise AssertionError("a headless command asked for the window")


TOOLKIT = Toolkit(write_pdf=_no_window, self_test=_no_window, start_and_quit=_no_window)
GOALS = {
    "today": "2026-11-22", "balance": "412000", "age": 52, "retire_at": 65, "plan_to": 95,
    "contributions": {"annual": "24500", "match": "6000"},
    "income": [{"name": "Social Security", "annual": "36000", "from_age": 67}],
    "one_off": [{"age": 66, "amount": "-20000"}],
    "needs": "48000", "wants": "15000", "wishes": "9000", "lasting": "0.85",
}  # fmt: skip


def run(*arguments: object) -> int:
    """Run one command in this process and return its exit code."""
    try:
        return run_headless([str(argument) for argument in arguments], TOOLKIT)
    except SystemExit as end:
        return int(end.code or 0)


def file(folder: Path, content: object) -> Path:
    """Write JSON, or text as it is."""
    path = folder / "input.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def sixty_forty(tmp_path: Path) -> Path:
    return file(tmp_path, {"stocks": "0.6", "fixed_income": "0.4"})


def test_outlook_has_the_contract_s_keys(sixty_forty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("outlook", "--mix", sixty_forty, "--balance", "250000", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["period"] == ["1926-07", "2023-06"]
    assert "Shiller" in said["source"]
    assert len(said["crises"]) == 8
    great = next(crisis for crisis in said["crises"] if crisis["name"] == "Great Recession")
    assert (great["peak"], great["trough"], great["months_to_recover"]) == ("2007-10", "2009-03", 13)
    assert great["window"] == ["2007-05", "2009-06"]
    assert abs(Decimal(great["dollars"]) - Decimal(great["loss"]) * 250000) <= Decimal("0.13")  # six decimals
    yearly = next(each for each in said["policies"] if each["rule"] == "yearly (December)")
    keys = ("growth", "real_growth", "volatility", "worst_fall")
    assert [round(float(yearly[key]), 4) for key in keys] == [
        0.0854, 0.0540, 0.0944, -0.5981,
    ]  # fmt: skip
    assert (yearly["rebalances"], round(float(yearly["turnover"]), 4)) == (97, 0.0387)
    assert 0 < float(yearly["outside_5_points"]) < 1
    worst = said["worst_10_years"]
    assert (worst["real_growth"], worst["period"]) == (
        yearly["worst_10_years_real"],
        yearly["worst_10_years"],
    )
    assert float(worst["left"]) == pytest.approx(
        float(said["balance"]) * (1 + float(worst["real_growth"])) ** 10, rel=1e-5
    )
    (first_year, first_month), (last_year, last_month) = (map(int, at.split("-")) for at in worst["period"])
    assert (last_year - first_year) * 12 + last_month - first_month == 119
    assert {item["class"] for item in said["stand_ins"]} == {"stocks", "fixed_income"}
    assert all(len(each["growth"].partition(".")[2]) >= 4 for each in said["policies"])


def test_outlook_in_words_tells_both_sides(sixty_forty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("outlook", "--mix", sixty_forty) == 0
    words = capsys.readouterr().out
    assert "does not make a crash smaller" in words
    assert "79 % stocks before Dot-Com" in words
    assert "Which rule matters little" in words
    assert "more growth for more risk" in words
    assert "back 1 months" not in words
    assert "the deepest inside the months of its crisis" in words
    assert "month averages" in words
    assert "Worst ten years, after inflation: −3.6 % a year, " in words  # inside the seventies' inflation
    assert " in today’s dollars would be left." in words


def test_a_period_of_one_s_own(sixty_forty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("outlook", "--mix", sixty_forty, "--from", "1999-01", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["period"][0] == "1999-01"
    assert [crisis["name"] for crisis in said["crises"]] == ["Dot-Com", "Great Recession", "COVID", "2022"]
    never = said["policies"][0]
    assert (never["rule"], never["rebalances"], never["turnover"]) == ("never", 0, "0.000000")


def test_a_targets_file_is_a_mix_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path, {"targets": {"us_large": "0.5", "tips": "0.3", "cash": "0.2"}, "band": {}})
    assert run("outlook", "--mix", path, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["mix"] == {"us_large": "0.5", "tips": "0.3", "cash": "0.2"}
    assert [item["series"] for item in said["stand_ins"]] == ["us_stocks", "treasury_10y", "treasury_3m"]
    assert run("outlook", "--mix", file(tmp_path, {"targets": {"stocks": "1"}, "fixed": {}})) == 0


def test_goals_have_the_contract_s_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("goals", file(tmp_path, GOALS), "--json") == 0
    tiers = json.loads(capsys.readouterr().out)["tiers"]
    assert [tier["tier"] for tier in tiers] == ["needs", "needs+wants", "needs+wants+wishes"]
    assert [tier["status"] for tier in tiers] == ["funded", "mix", "mix"]
    for tier in tiers:
        assert tier["windows"] == 1314
        assert Decimal(tier["held"]) >= Decimal("0.85")
        assert sum(map(Decimal, tier["mix"].values())) == 1
        assert tier["worst_window"][4] == "-"
    assert Decimal(tiers[0]["required_real_return"]) < 0 < Decimal(tiers[1]["required_real_return"])
    assert tiers[2]["enough_on_average"]["mix"] != tiers[2]["mix"]
    assert Decimal(tiers[2]["enough_on_average"]["held"]) < Decimal("0.85")


def test_out_of_reach_is_said_aloud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path, GOALS | {"age": 65, "income": [], "one_off": []})
    assert run("goals", path, "--json") == 0
    tiers = json.loads(capsys.readouterr().out)["tiers"]
    assert {(tier["status"], tier["mix"], tier["held"]) for tier in tiers} == {("none", None, None)}
    assert all("no historical mix reached this" in tier["words"] for tier in tiers)
    assert run("goals", path) == 0
    assert "education, not advice" in capsys.readouterr().out


def test_a_plan_below_inflation_that_no_mix_carried_is_not_called_funded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten payments of 10,300 from 104,000, the first today, leave 1,000 over; bad stretches took more."""
    retired = {"balance": "104000", "age": 60, "retire_at": 60, "plan_to": 70, "needs": "10300", "wants": "0"}
    goals = GOALS | retired | {"wishes": "0", "income": [], "one_off": [], "contributions": {}}
    found = {}
    for lasting in ("0.5", "1"):
        assert run("goals", file(tmp_path, goals | {"lasting": lasting}), "--json") == 0
        found[lasting] = json.loads(capsys.readouterr().out)["tiers"][0]
    assert Decimal(found["1"]["required_real_return"]) < 0
    assert found["0.5"]["status"] == "funded"
    assert "It is funded already" in found["0.5"]["words"]
    assert (found["1"]["status"], found["1"]["mix"]) == ("none", None)
    assert "funded already" not in found["1"]["words"]
    assert "no historical mix reached this" in found["1"]["words"]
    assert "years did not come steadily" in found["1"]["words"]


def test_what_is_doubtful_in_a_plan_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goals = GOALS | {
        "contributions": {"annual": "40000", "match": "40001"},
        "one_off": [{"age": 40, "amount": "-5"}],
        "income": [{"name": "rent", "annual": "1", "from_age": 50}],
    }
    assert run("goals", file(tmp_path, goals), "--json") == 0
    issues = json.loads(capsys.readouterr().out)["issues"]
    words = " ".join(issue["message"] for issue in issues)
    assert "$32,500 (IRS Notice 2025-67)" in words  # 24,500 and 8,000 at 52
    assert "$72,000" in words
    assert "age 40 lies outside" in words
    assert "“rent” comes in already, before retirement at 65" in words


def test_required_distributions_and_the_bucket(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goals = GOALS | {
        "age": 76,
        "balance": "500000",
        "one_off": [],
        "bucket": {"years": 2},
        "today": "2026-01-05",
    }
    assert run("goals", file(tmp_path, goals), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    # born in 1950: from 73; 500,000 / 23.7
    assert said["required_distributions"] == {"from_age": 73, "this_year": "21097.05"}
    assert said["bucket"]["lives"] == 1000
    # 19 years from any month of 1928-01 to 2023-06
    assert said["bucket"]["in_real_order"]["lives"] == 1146 - 19 * 12 + 1
    assert 0 <= Decimal(said["bucket"]["bridged"]) <= 1


BAD_MIXES = {
    "not JSON": ("{", 3, "line 1 is not valid JSON"),
    "deep nesting": ("[" * 100_000, 3, "not valid JSON"),
    "a list": ("[1, 2]", 2, "object in braces"),
    "a number": ("3", 2, "object in braces"),
    "empty file": ("", 3, "not valid JSON"),
    "nothing inside": ("{}", 2, "adds to 0 %"),
    "null": ("null", 2, "adds to 0 %"),
    "percents": ('{"stocks": 60, "fixed_income": 40}', 2, "shares of 1"),
    "short of one": ('{"stocks": "0.6", "bonds": "0.3"}', 2, "adds to 90 %"),
    "below zero": ('{"stocks": "1.2", "bonds": "-0.2"}', 2, "bonds is -20 %"),
    "keys beside the mix": ('{"mix": {"stocks": "1"}, "bonds": "1"}', 2, "'bonds' was found"),
    "dollars set apart": ('{"targets": {"stocks": "1"}, "fixed": {"cash": "5"}}', 2, "shares of 1"),
    "unknown class": ('{"stonks": "1"}', 2, "not an asset class"),
    "overlap": ('{"stocks": "0.5", "us_large": "0.5"}', 2, "part of it"),
    "not a number": ('{"stocks": "lots"}', 2, "a number such as"),
    "infinite": ('{"stocks": "Infinity"}', 2, "a number such as"),
    "NaN": ('{"stocks": NaN}', 2, "a number such as"),
    "true": ('{"stocks": true}', 2, "a number such as"),
    "nested wrongly": ('{"mix": ["stocks"]}', 2, "object in braces"),
}


@pytest.mark.parametrize("case", BAD_MIXES)
def test_a_bad_mix_gets_a_sentence(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, code, words = BAD_MIXES[case]
    assert run("outlook", "--mix", file(tmp_path, content), "--json") == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert "Traceback" not in said.err
    assert len(said.err.splitlines()) == 1


BAD_GOALS: dict[str, tuple[dict[str, Any], str]] = {
    "no age": ({"age": None}, "“age”"),
    "age in words": ({"age": "fifty"}, "a number such as"),
    "dollars with a comma": ({"balance": "412,000"}, "an amount such as “24500”"),
    "dollars with their sign": ({"needs": "$48000"}, "an amount such as “24500”"),
    "age in parts": ({"age": "52.5"}, "a whole number"),
    "age below zero": ({"age": -3}, "a whole number"),
    "very old": ({"plan_to": 400}, "age from 0 to 120"),
    "an end before today": ({"plan_to": 50, "retire_at": 45}, "runs to age 50"),
    "an end today": ({"plan_to": 52, "retire_at": 52}, "ends at 52, the age today: it has no year"),
    "retirement after the end": ({"retire_at": 99}, "comes after the end"),
    "a debt": ({"balance": "-5"}, "dollars of zero or more"),
    "spending below zero": ({"needs": "-1"}, "dollars of zero or more"),
    "no needs": ({"needs": None}, "“needs”"),
    "lasting in percent": ({"lasting": "85"}, "such as 0.85"),
    "a misspelt key": ({"wishs": "5"}, "one of"),
    "income as a number": ({"income": 36000}, "a list"),
    "income without age": ({"income": [{"annual": "5"}]}, "from_age"),
    "income as text": ({"income": ["Social Security"]}, "object in braces"),
    "one-off as object": ({"one_off": {"age": 66}}, "a list"),
    "one-off without amount": ({"one_off": [{"age": 66}]}, "amount"),
    "contributions as number": ({"contributions": "24500"}, "object in braces"),
    "a day that is none": ({"today": "2026-02-30"}, "a date such as"),
    "a huge amount": ({"balance": "1e400"}, "an amount such as"),
    "a bucket of words": ({"bucket": {"years": "two"}}, "a number such as"),
    "an endless bucket": ({"bucket": {"years": 99}}, "years from 0 to 50"),
}


@pytest.mark.parametrize("case", BAD_GOALS)
def test_bad_goals_get_a_sentence(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes, words = BAD_GOALS[case]
    assert run("goals", file(tmp_path, GOALS | changes), "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert len(said.err.splitlines()) == 1


def test_goals_that_are_no_json_are_told_apart_from_missing_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("goals", tmp_path / "nowhere.json") == 2
    assert run("goals", tmp_path) == 2
    (tmp_path / "latin.json").write_bytes(b'{"needs": "\xff"}')
    assert run("goals", tmp_path / "latin.json") == 3
    assert run("goals") == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ("--balance", "much"), ("--balance", "-5"), ("--balance", "NaN"), ("--balance", "1e30"),
        ("--from", "1600-01"), ("--from", "2023-01"), ("--from", "yesterday"), ("--form", "1999-01"),
    ],
)  # fmt: skip
def test_wrong_options_get_a_sentence(
    options: tuple[str, str], sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("outlook", "--mix", sixty_forty, *options, "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err


def test_smallest_and_shortest_plans_have_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plans: tuple[dict[str, Any], ...] = (
        {"balance": "0", "age": 64, "retire_at": 65, "plan_to": 66, "needs": "0"},
        {"balance": "0", "age": 0, "retire_at": 0, "plan_to": 120, "needs": "1"},
        {"balance": "1", "age": 65, "retire_at": 20, "plan_to": 66, "needs": "1"},
    )
    for goals in plans:
        assert run("goals", file(tmp_path, goals | {"bucket": {"years": "1.5"}}), "--json") == 0
        tiers = json.loads(capsys.readouterr().out)["tiers"]
        assert [tier["status"] for tier in tiers] in (["funded"] * 3, ["none"] * 3, ["mix"] * 3)


def test_a_long_history_cut_short_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("goals", file(tmp_path, GOALS), "--from", "2000-01", "--json") == 0
    tiers = json.loads(capsys.readouterr().out)["tiers"]
    assert {
        (tier["status"], tier["windows"], tier["mix"]) for tier in tiers if tier["status"] != "funded"
    } == {("none", 0, None)}
    assert all("history is shorter than this plan" in tier["words"] for tier in tiers)


@pytest.mark.parametrize("month", ["2023-06", "2023-05", "2021-08"])
def test_a_history_of_less_than_two_years_judges_no_plan(
    month: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("goals", file(tmp_path, GOALS), "--from", month, "--json") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "at least two years earlier" in said.err


def test_growth_is_written_out_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dollar became more than half a million since 1871; exact decimals have no exponent."""
    path = file(tmp_path, {"stocks": "1"})
    assert run("outlook", "--mix", path, "--from", "1871-02", "--json") == 0
    said = json.loads(capsys.readouterr().out)["policies"]
    assert all(re.fullmatch(r"[1-9]\d*\.\d{4}", each["growth_of_1"]) for each in said)
    assert float(said[0]["growth_of_1"]) > 500_000


def test_both_commands_run_without_qt_from_the_program_s_own_door(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; sys.argv = ['even-keel', *sys.argv[1:]]\n"
        "from desktop_app.__main__ import main; sys.exit(main())"
    )
    goals = file(tmp_path, GOALS)
    mix = tmp_path / "mix.json"
    mix.write_text('{"stocks": "1"}', encoding="utf-8")
    for command, key in ((("goals", goals), "tiers"), (("outlook", "--mix", mix), "crises")):
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, command), "--json"], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        assert json.loads(done.stdout.decode())[key]


def test_an_entry_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "goals.json"
    file.write_text('{"balance": "1000", "age": 60, "retire_at": 60, "plan_to": 61}', "utf-8")
    assert run("goals", file) == 2
    said = capsys.readouterr().err
    assert "goals.json: the entry “needs” is missing." in said


def test_one_is_told_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "goals.json"
    plan = {"balance": "900000", "age": 60, "retire_at": 60, "plan_to": 80, "needs": "30000"}
    file.write_text(json.dumps(plan | {"bucket": {"years": "1"}}), "utf-8")
    assert run("goals", file) == 0
    assert "1 year held safe bridged" in capsys.readouterr().out
    mix = tmp_path / "mix.json"
    mix.write_text('{"fixed_income": "1"}', "utf-8")
    assert run("outlook", "--mix", mix) == 0
    said = capsys.readouterr().out
    assert "back 1 month later" in said
    assert "back 1 months" not in said
