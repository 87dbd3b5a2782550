"""Files a person gets wrong: one sentence, the right exit code, never a fault; and unknown names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.cli import Toolkit, run_headless
from desktop_app.domain.near_names import is_misspelt, near_names
from tests.effort import tries


def _no_window(*_: object) -> Any:
    raise AssertionError("a headless command asked for the window")


TOOLKIT = Toolkit(write_pdf=_no_window, self_test=_no_window, start_and_quit=_no_window)
HOLDINGS = (
    "Account Number,Account Name,Description,Current Value\n"
    "10001,ACME 401K,Stock Index Fund,30000\n10001,ACME 401K,Bond Index Fund,10000\n"
    "10001,ACME 401K,Stable Value Fund,60000\n10001,ACME 401K,Money Market Fund,100\n"
)
TARGET = {
    "targets": {"stocks": "0.3", "bonds": "0.2", "stable_value": "0.3", "money_market": "0.2"},
    "fixed": {"cash": "100"},
    "band": {"absolute": "0.05", "relative": "0.25", "rule": "lesser", "floor": "0.005"},
}
RULES = {
    "goal": "target",
    "cash_flow": {"10001": "500"},
    "accounts": {
        "10001": {
            "menu": [{"name": "Real Estate Fund", "symbol": "REITX", "mix": {"reit": "1"}}],
            "no_sell": ["Stable Value Fund"],
            "no_buy": ["Bond Index Fund"],
            "cap": {"Stock Index Fund": "0.9"},
            "blocked_until": {"Bond Index Fund": "2026-12-31"},
            "minimum_exchange": "100",
            "order_style": "dollars",
            "equity_wash": {"from": ["Stable Value Fund"], "competing": ["Money Market Fund"], "days": 90},
            "max_exchanges": 5,
            "rules": [
                {"kind": "round_trip", "days": 30, "over": "100", "allowed": 1, "window": 90, "block": 60},
                {"kind": "redemption_fee", "share": "0.02", "days": 60, "funds": ["Bond Index Fund"]},
                {"kind": "transfer_limit", "count": 3, "per": "month", "then_into": ["stable_value"]},
                {"kind": "stock_cap", "share": "0.9", "funds": ["company_stock"]},
                {"kind": "core_minimum", "amount": "100"},
                {"kind": "repurchase_block", "days": 30, "until": "2030-01-01"},
            ],
        }
    },
    "household": {"max_exchanges": 6},
    "tidy": "0.001",
    "round_to": "0.01",
    "today": "2026-11-22",
    "mixes": {"Stock Index Fund": {"us_large": "0.5", "us_mid": "0.5"}},
    "log": [
        {"account": "10001", "from": "Bond Index Fund", "to": "Stock Index Fund", "amount": "500",
         "date": "2026-10-01", "automatic": False},
    ],
    "paychecks": {"10001": {"amount": "500", "per_year": 26, "count": 3, "next": "2026-12-01"}},
    "schedule": {"kind": "calendar", "calendar": "yearly"},
}  # fmt: skip
GOALS = {
    "today": "2026-11-22", "balance": "412000", "age": 52, "retire_at": 65, "plan_to": 95,
    "contributions": {"annual": "24500", "match": "6000"},
    "income": [{"name": "Social Security", "annual": "36000", "from_age": 67}],
    "one_off": [{"age": 66, "amount": "-20000"}],
    "needs": "48000", "wants": "15000", "lasting": "0.85", "bucket": {"years": "2"},
}  # fmt: skip
GARBAGE = (
    "NaN", "Infinity", "1e400", "1e999999999999999999999", "-1", '"-1"', "0", '"1e30"', '"-0.5"', "1.5",
    '"2026-02-30"', '"0000-01-01"', '"9999-12-31"', '""', '" "', '"x"', "null", "true", "[]", "{}", "[[]]",
    '{"a": 1}', '["x"]', "[null]", '"sNaN"', '"1_0"', '"１"', '"$5"', '"50%"', "1e15", "999999999999999",
    '"1e-30"', "9999999", '"\\u0000"', '"' + "y" * 3000 + '"', '{"a": 1, "a": 2}',
)  # fmt: skip

Way = tuple[str | int, ...]


def ways(value: object, so_far: Way = ()) -> Iterator[Way]:
    """Yield the way to every value of a JSON document."""
    yield so_far
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from ways(inner, (*so_far, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from ways(inner, (*so_far, i))


def with_garbage(value: object, way: Way, garbage: str, here: Way = ()) -> str:
    """Return the JSON text of a document with the value at the end of `way` spoilt."""
    if here == way:
        return garbage
    if isinstance(value, dict):
        parts = (f"{json.dumps(k)}: {with_garbage(v, way, garbage, (*here, k))}" for k, v in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        inner = (with_garbage(v, way, garbage, (*here, i)) for i, v in enumerate(value))
        return "[" + ", ".join(inner) + "]"
    return json.dumps(value)


def run(*arguments: object) -> int:
    return run_headless([str(argument) for argument in arguments], TOOLKIT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "acme.csv").write_text(HOLDINGS, encoding="utf-8")
    for name, content in (("t", TARGET), ("r", RULES), ("g", GOALS)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path


def call(folder: Path, spoilt: str) -> int:
    """Run the command that reads the file with this name; "r" also reads the target."""
    if spoilt == "g":
        return run("goals", folder / "g.json", "--json")
    rules = ("--rules", folder / "r.json") if spoilt == "r" else ()
    return run("plan", folder / "acme.csv", "--targets", folder / "t.json", *rules, "--json")


@pytest.mark.parametrize("name", ["t", "r", "g"])
def test_the_files_are_right_as_they_are(name, folder, capsys):
    assert call(folder, name) == 0
    assert json.loads(capsys.readouterr().out)


SPOTS = [
    (name, way) for name, content in (("t", TARGET), ("r", RULES), ("g", GOALS)) for way in ways(content)
]


@settings(max_examples=tries(30), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(spot=st.sampled_from(SPOTS), garbage=st.sampled_from(GARBAGE))
def test_garbage_anywhere_is_one_sentence(spot, garbage, folder, capsys):
    name, way = spot
    content = {"t": TARGET, "r": RULES, "g": GOALS}[name]
    file = folder / f"{name}.json"
    file.write_text(with_garbage(content, way, garbage), encoding="utf-8")
    code = call(folder, name)
    file.write_text(json.dumps(content), encoding="utf-8")
    printed = capsys.readouterr()
    assert code in {0, 2, 3, 4}, printed.err
    if code:
        (sentence,) = printed.err.splitlines()
        assert len(sentence) < 900
        assert printed.out == ""
        assert code != 3 or name == "g"
    else:
        json.loads(printed.out)


def rules_of(folder: Path, **own: object) -> None:
    rules = {"today": "2026-11-22", **own}
    (folder / "r.json").write_text(json.dumps(rules), encoding="utf-8")


def washed(**terms: object) -> dict[str, object]:
    return {"10001": {"equity_wash": {"from": ["Stable Value Fund"], "days": 90, **terms}}}


def test_a_wash_to_a_misspelt_fund_is_refused_with_its_right_name(folder, capsys):
    rules_of(folder, accounts=washed(competing=["Mony Market Fund"]))
    assert call(folder, "r") == 2
    said = capsys.readouterr().err
    assert "“equity_wash: competing” names “Mony Market Fund”" in said
    assert "“Money Market Fund”" in said


@pytest.mark.parametrize("competing", [["Money Market Fund"], ["money_market"], ["MONEY  MARKET fund."]])
def test_a_wash_to_a_known_fund_is_not_remarked_on(competing, folder, capsys):
    rules_of(folder, accounts=washed(competing=competing))
    assert call(folder, "r") == 0
    assert json.loads(capsys.readouterr().out)["issues"] == []


def test_a_wash_may_name_funds_the_plan_does_not_offer_and_says_so(folder, capsys):
    rules_of(folder, accounts=washed(competing=["Money Market Fund", "Ultra-Short Bond Trust"]))
    assert call(folder, "r") == 0
    printed = capsys.readouterr()
    (issue,) = json.loads(printed.out)["issues"]
    assert issue["severity"] == "warning"
    assert "“equity_wash: competing” names “Ultra-Short Bond Trust”" in issue["message"]
    assert issue["message"] in printed.err


def test_a_second_source_that_is_a_slip_is_refused(folder, capsys):
    own = washed(competing=["Money Market Fund"])
    own["10001"]["equity_wash"]["from"].append("Stabel Value Fund")
    rules_of(folder, accounts=own)
    assert call(folder, "r") == 2
    assert "“equity_wash: from” names “Stabel Value Fund”" in capsys.readouterr().err


def test_a_past_exchange_of_an_unknown_fund_is_a_warning_with_names_like_it(folder, capsys):
    past = {"account": "10001", "to": "Stock Index Fund", "amount": "500", "date": "2026-10-01"}
    rules_of(folder, log=[past | {"from": "Stable Valu Fund"}, past | {"from": "Bond Index Fund"}])
    assert call(folder, "r") == 0
    (issue,) = json.loads(capsys.readouterr().out)["issues"]
    assert "“log” names “Stable Valu Fund”" in issue["message"]
    assert "“Stable Value Fund”" in issue["fix"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("no_buy", ["Bnd Index Fund"]),
        ("no_sell", ["Bnd Index Fund"]),
        ("cap", {"Bnd Index Fund": "0.5"}),
        ("blocked_until", {"Bnd Index Fund": "2026-12-31"}),
        ("rules", [{"kind": "redemption_fee", "share": "0.02", "days": 60, "funds": ["Bnd Index Fund"]}]),
        ("rules", [{"kind": "round_trip", "exempt": ["Bnd Index Fund"]}]),
        ("rules", [{"kind": "repurchase_block", "funds": ["Bnd Index Fund"]}]),
        ("rules", [{"kind": "transfer_limit", "count": 1, "then_into": ["Bnd Index Fund"]}]),
        ("rules", [{"kind": "core_minimum", "amount": "5", "window": ["Bnd Index Fund"]}]),
        ("rules", [{"kind": "stock_cap", "share": "0.5", "funds": ["Bnd Index Fund"]}]),
    ],
)
def test_every_rule_refuses_a_misspelt_fund(key, value, folder, capsys):
    rules_of(folder, accounts={"10001": {key: value}})
    assert call(folder, "r") == 2
    said = capsys.readouterr().err
    assert f"“{value[0]['kind'] if key == 'rules' else key}” names “Bnd Index Fund”" in said
    assert "Did you mean “Bond Index Fund”" in said


def test_the_funds_of_an_election_are_checked_too(folder, capsys):
    pay = {"amount": "500", "per_year": 26, "count": 2, "elected": {"Bnd Index Fund": 100}}
    rules_of(folder, paychecks={"10001": pay})
    assert call(folder, "r") == 2
    assert "Did you mean “Bond Index Fund”" in capsys.readouterr().err


@pytest.mark.parametrize("text", ['{"us_large": "1", "us_large": "0"}', '{"us_large": "1", "US_LARGE": "0"}'])
def test_a_mix_that_says_a_class_twice_is_refused(text, tmp_path, capsys):
    mix = tmp_path / "mix.json"
    mix.write_text(text, encoding="utf-8")
    assert run("outlook", "--mix", mix, "--json") == 2
    assert "us_large" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "is_slip"),
    [
        ("Mony Market Fund", True),
        ("MoneyMarket Fund", True),
        ("Money-Market Fund", True),
        ("Vanguard Target Retirment 2030", True),
        ("Vanguard Target Retirement 2035", False),  # another fund of the family
        ("Growth Fund R5", False),  # another share class
        ("Bond Market Fund", False),
        ("VFIFX", False),  # another ticker
    ],
)
def test_a_slip_is_told_from_another_fund(name, is_slip):
    known = ("Money Market Fund", "Vanguard Target Retirement 2030", "Growth Fund R6", "VFIAX")
    assert is_misspelt(name, known) is is_slip


def test_names_like_it_come_likest_first():
    known = ("Bond Index Fund", "Stock Index Fund", "Stable Value Fund")
    assert near_names("Stok Index Fund", known)[0] == "Stock Index Fund"
    assert near_names("Zzz", known) == ()


@pytest.mark.parametrize("option", ["--targets", "--rules"])
def test_a_file_without_end_is_one_sentence(option, folder, capsys):
    """More of it than anybody writes is never read into the memory."""
    (folder / "endless.json").write_bytes(b" " * (9 * 2**20))
    files = {"--targets": folder / "t.json", "--rules": folder / "r.json"} | {option: folder / "endless.json"}
    call = ["plan", folder / "acme.csv", *(each for pair in files.items() for each in pair)]
    assert run(*call) == 2
    assert "larger than 8 MB" in capsys.readouterr().err


@pytest.mark.parametrize(("mix", "code"), [({"reit": "1"}, 0), ({"us_large": "1"}, 2)])
def test_a_mix_may_name_a_fund_of_a_menu_if_both_say_the_same(mix, code, folder, capsys):
    rules_of(folder, accounts=RULES["accounts"], mixes={"Real Estate Fund": mix})
    assert call(folder, "r") == code
    told = "The rules give “Real Estate Fund” one mix on a menu and another under “mixes”. Keep one."
    assert (told in capsys.readouterr().err) is (code == 2)
