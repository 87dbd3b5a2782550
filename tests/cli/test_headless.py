"""The headless commands as a script sees them: JSON on standard output, words and exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app import __version__
from desktop_app.cli import Toolkit, run_headless
from desktop_app.domain.household import Household
from desktop_app.domain.rules import AccountRules
from desktop_app.storage import DocumentStore, SealKey, load_document, save_document
from desktop_app.storage.sealing import Cost
from desktop_app.workflow.edits import rename_household, set_max_exchanges
from desktop_app.workflow.passphrases import set_passphrase
from desktop_app.workflow.sample import sample_household
from desktop_app.workflow.statements import accept, preview_text


def _no_window(*_: object) -> Any:
    raise AssertionError("a headless command asked for the window")


TOOLKIT = Toolkit(write_pdf=_no_window, self_test=_no_window, start_and_quit=_no_window)


def run(*arguments: object) -> int:
    """Run one command in this process and return its exit code."""
    try:
        return run_headless([str(argument) for argument in arguments], TOOLKIT)
    except SystemExit as end:
        return int(end.code or 0)


@pytest.fixture
def two_funds(tmp_path: Path) -> Path:
    """A plain table: $70,000 of stocks and $30,000 of bonds."""
    path = tmp_path / "Acme 401k.csv"
    path.write_text(
        "Fund Name,Units,Unit Price,Balance\n"
        'Vanguard 500 Index Fund,700.000,$100.00,"$70,000.00"\n'
        'Vanguard Total Bond Market Index,3000.000,$10.00,"$30,000.00"\n'
        'Total,,,"$100,000.00"\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def sixty_forty(tmp_path: Path) -> Path:
    """The article's target."""
    path = tmp_path / "targets.json"
    path.write_text('{"targets": {"stocks": "0.6", "fixed_income": "0.4"}}', encoding="utf-8")
    return path


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the JSON that was printed."""
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_read_tells_what_an_import_would_see(two_funds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("read", two_funds, "--json") == 0
    (file,) = answer(capsys)["files"]
    (account,) = file["accounts"]
    assert file["layout"] == "generic"
    assert (account["total"], account["stated_total"]) == ("100000.00", "100000.00")
    assert [holding["value"] for holding in account["holdings"]] == ["70000.00", "30000.00"]
    assert [holding["mix"] for holding in account["holdings"]] == [{"us_large": "1"}, {"us_bond": "1"}]
    assert account["holdings"][0]["units"] == "700"
    assert [row["reason"] for row in file["skipped"]] == ["total"]
    assert file["as_of"] is None


def test_defensive_case_of_the_article(
    two_funds: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("plan", two_funds, "--targets", sixty_forty, "--json") == 0
    plan = answer(capsys)
    assert (plan["verdict"], plan["gauge"]) == ("defensive", "2")
    (exchange,) = plan["exchanges"]
    assert exchange["from"] == "Vanguard 500 Index Fund"
    assert exchange["to"] == "Vanguard Total Bond Market Index"
    assert exchange["amount"] == "10000.00"
    assert exchange["units"] == "100.000"
    assert exchange["percent_of_fund"] == "0.1429"
    assert (plan["misallocated_before"], plan["misallocated_after"]) == ("10000.00", "0.00")
    stocks = next(row for row in plan["classes"] if row["class"] == "stocks")
    assert stocks == {
        "class": "stocks", "before": "0.7", "target": "0.6", "after": "0.6",
        "band": "0.05", "out_before": True, "out_after": False,
    }  # fmt: skip
    assert plan["proof"]["status"] == "optimal"


def test_offensive_case_of_the_article(
    tmp_path: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    even = tmp_path / "even.csv"
    even.write_text("Fund,Value\nUS Stock Index Fund,50000\nUS Bond Index Fund,50000\n", encoding="utf-8")
    assert run("plan", even, "--targets", sixty_forty, "--json") == 0
    plan = answer(capsys)
    (exchange,) = plan["exchanges"]
    assert plan["verdict"] == "offensive"
    assert (exchange["from"], exchange["to"], exchange["amount"]) == (
        "US Bond Index Fund", "US Stock Index Fund", "10000.00",
    )  # fmt: skip


def test_two_accounts_keep_every_cent(
    two_funds: Path, tmp_path: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "Other plan.csv"
    other.write_text(
        "Fund,Value\nSmall Cap Index Fund,12345.67\nStable Value Fund,76543.21\nIntl Index Fund,333.33\n",
        encoding="utf-8",
    )
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"cash_flow": {"Other plan": "1000.01"}}), encoding="utf-8")
    assert run("plan", two_funds, other, "--targets", sixty_forty, "--rules", rules, "--json") == 0
    plan = answer(capsys)
    for account, flow in (("Acme 401k", Decimal(0)), ("Other plan", Decimal("1000.01"))):
        trades = [trade for trade in plan["trades"] if trade["account"] == account]
        assert sum(Decimal(trade["change"]) for trade in trades) == flow
        for trade in trades:
            change = sum(
                (1 if exchange["to"] == trade["fund"] else -1) * Decimal(exchange["amount"])
                for exchange in plan["exchanges"]
                if exchange["account"] == account and trade["fund"] in {exchange["to"], exchange["from"]}
            )
            assert Decimal(trade["change"]) == change
            assert Decimal(trade["before"]) + Decimal(trade["change"]) == Decimal(trade["after"]) >= 0


def test_a_users_own_mix_counts(
    two_funds: Path, sixty_forty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.json"
    mixes = {"mixes": {"vanguard 500 index fund": {"us_large": "0.5", "us_bond": "0.5"}}}
    rules.write_text(json.dumps(mixes), encoding="utf-8")
    run("plan", two_funds, "--targets", sixty_forty, "--rules", rules, "--json")
    stocks = next(row for row in answer(capsys)["classes"] if row["class"] == "stocks")
    assert stocks["before"] == "0.35"


def test_checklist_files_are_written(two_funds: Path, sixty_forty: Path, tmp_path: Path) -> None:
    sheet, text = tmp_path / "list.xlsx", tmp_path / "list.csv"
    assert run("plan", two_funds, "--targets", sixty_forty, "--xlsx", sheet, "--csv", text) == 0
    assert sheet.read_bytes().startswith(b"PK")
    assert "10000.00" in text.read_text(encoding="utf-8-sig").replace(",", "")


def test_one_bad_file_keeps_the_others(
    two_funds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert run("read", empty, two_funds, "--json") == 3
    printed = capsys.readouterr()
    assert "empty.csv" in printed.err
    assert [file["file"] for file in json.loads(printed.out)["files"]] == ["Acme 401k.csv"]


WRONG_TARGETS = {
    "adds to 99 %": ('{"targets": {"stocks": "0.6", "fixed_income": "0.39"}}', "99 %"),
    "unknown class": ('{"targets": {"shares": "1"}}', "“shares”"),
    "overlap": ('{"targets": {"stocks": "0.5", "us_large": "0.5"}}', "us_large"),
    "negative": ('{"targets": {"stocks": "1.1", "fixed_income": "-0.1"}}', "below zero"),
    "not JSON": ('{"targets": ', "line 1"),
    "a word for a number": ('{"targets": {"stocks": "most"}}', "'most'"),
    "not a number": ('{"targets": {"stocks": "NaN"}}', "'NaN'"),
    "infinite": ('{"targets": {"stocks": Infinity}}', "stocks"),
    "no targets": ("{}", "“targets”"),
    "a list": ("[1]", "braces"),
    "misspelt key": ('{"targets": {"stocks": "1"}, "bands": {}}', "bands"),
    "deep nesting": ("[" * 100_000, "JSON"),
    "one key twice": ('{"targets": {"stocks": "0.6", "stocks": "1"}}', "“stocks” twice"),
    "the whole twice": ('{"targets": {"stocks": "1"}, "targets": {"bonds": "1"}}', "“targets” twice"),
    "one class in two spellings": (
        '{"targets": {"stocks": "0.3", "Stocks": "0.3", "bonds": "0.7"}}',
        "both “stocks” and “Stocks”",
    ),
    "fixed in two spellings": (
        '{"targets": {"stocks": "1"}, "fixed": {"cash": "5", "CASH": "6"}}',
        "fixed has both “cash” and “CASH”",
    ),
    "a band in points": ('{"targets": {"stocks": "1"}, "band": {"absolute": "5"}}', "0.05 for 5 %"),
    "an endless number": ('{"targets": {"stocks": 1e999999999999999999999}}', "targets: stocks: Infinity"),
    "a slip in a key": ('{"targets": {"stocks": "1"}, "bend": {}}', "Did you mean “band”?"),
}


@pytest.mark.parametrize("case", WRONG_TARGETS)
def test_wrong_targets_say_so(
    case: str, two_funds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, said = WRONG_TARGETS[case]
    targets = tmp_path / "targets.json"
    targets.write_text(content, encoding="utf-8")
    assert run("plan", two_funds, "--targets", targets, "--json") == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


STOCK = "Vanguard 500 Index Fund"
WRONG_RULES = {
    "unknown goal": ({"goal": "moon"}, "new_money"),
    "unknown rule": ({"acounts": {}}, "acounts"),
    "half a cent": ({"cash_flow": {"Acme 401k": "0.005"}}, "cents"),
    "date": ({"today": "yesterday"}, "2026-12-31"),
    "mix": ({"mixes": {"X": {"us_large": "0.5"}}}, "50 %"),
    "step": ({"round_to": "0"}, "0.01"),
    "count": ({"household": {"max_exchanges": "-1"}}, "whole number"),
    "mix of nobody's fund": ({"mixes": {"Nobody": {"us_large": "1"}}}, "Nobody"),
    "unknown account": ({"cash_flow": {"nobody": "5"}}, "nobody"),
    "mix below zero": ({"mixes": {"X": {"us_large": "1.5", "us_bond": "-0.5"}}}, "below zero"),
    "tidy": ({"tidy": "1"}, "less than 1"),
    "accounts as a list": ({"accounts": []}, "braces"),
    "household as a number": ({"household": 5}, "braces"),
    "no such day": ({"today": "2026-02-30"}, "'2026-02-30'"),
    "a day from which none can be counted": ({"today": "9999-12-31"}, "2200"),
    "a payday at the end of time": (
        {"paychecks": {"Acme 401k": {"amount": "500", "per_year": 12, "next": "9999-12-31"}}},
        "2200",
    ),
    "a paycheck of a nation": (
        {"paychecks": {"Acme 401k": {"amount": "999999999999999", "per_year": 12}}},
        "at most $1,000,000",
    ),
    "two mixes of one fund": (
        {"mixes": {STOCK: {"us_large": "1"}, STOCK.upper(): {"us_mid": "1"}}},
        "which are one fund",
    ),
    "a slip in a mix": ({"mixes": {"Vanguard 5OO Index Fund": {"us_large": "1"}}}, f"mean “{STOCK}”"),
    **{
        name: ({"accounts": {"Acme 401k": rules}}, said)
        for name, rules, said in (
            ("menu without a mix", {"menu": [{"name": "X"}]}, "“mix”"),
            ("menu that is no list", {"menu": "X"}, "list"),
            ("nobody's fund", {"no_sell": ["Nobody"]}, "“Nobody”"),
            ("names that are no list", {"no_buy": "US"}, "list"),
            ("cap above all", {"cap": {"Vanguard 500 Index Fund": "2"}}, "between 0 and 1"),
            ("day", {"blocked_until": {"Vanguard 500 Index Fund": "2026-13-01"}}, "2026-13-01"),
            ("minimum", {"minimum_exchange": "-5"}, "zero or more"),
            ("style", {"order_style": "percent"}, "realign_percent"),
            ("half an exchange", {"max_exchanges": 1.5}, "whole number"),
            ("wash without an end", {"equity_wash": {"from": ["X"]}}, "competing"),
            ("wash of no days", {"equity_wash": {"from": ["X"], "competing": ["Y"], "days": 0}}, "days"),
            ("wash of nobody", {"equity_wash": {"from": ["X"], "competing": ["Y"]}}, "“X”"),
            ("misspelt key", {"no_sel": []}, "Did you mean “no_sell”?"),
            ("cap in percent", {"cap": {"Vanguard 500 Index Fund": 10}}, "Vanguard 500 Index Fund: '10'"),
            ("misspelt fund", {"no_sell": ["Vangard 500 Index"]}, "Did you mean “Vanguard 500 Index Fund”?"),
            ("no fund like it", {"no_buy": ["Zzz"]}, "“Vanguard Total Bond Market Index”"),
            ("wash from nothing", {"equity_wash": {"from": [], "competing": ["X"]}}, "at least one fund"),
            (
                "wash to a slip",
                {"equity_wash": {"from": [STOCK], "competing": ["Vanguard Totl Bond Market Index"]}},
                "“equity_wash: competing” names “Vanguard Totl Bond Market Index”",
            ),
            ("wash of ages", {"equity_wash": {"from": [STOCK], "competing": ["X"], "days": 9999999}}, "3660"),
            ("a nameless fund", {"no_sell": [" "]}, "a name"),
            ("a rule for no fund", {"rules": [{"kind": "no_sale", "funds": []}]}, "at least one fund"),
        )
    },
}


@pytest.mark.parametrize("case", WRONG_RULES)
def test_wrong_rules_say_so(
    case: str, two_funds: Path, sixty_forty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, said = WRONG_RULES[case]
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(content), encoding="utf-8")
    assert run("plan", two_funds, "--targets", sixty_forty, "--rules", rules) == 2
    assert said in capsys.readouterr().err


def test_contradicting_rules_end_with_4(
    two_funds: Path, sixty_forty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"cash_flow": {"Acme 401k": "-100000.01"}}), encoding="utf-8")
    assert run("plan", two_funds, "--targets", sixty_forty, "--rules", rules) == 4
    assert "100,000" in capsys.readouterr().err


CONTRADICTIONS = {
    "cap below a locked holding": (
        {"accounts": {"Acme 401k": {"cap": {STOCK: "0.5"}, "no_sell": [STOCK]}}},
        ("at most 50 %", "may not be sold"),
    ),
    "cap and a wait": (
        {"accounts": {"Acme 401k": {"cap": {STOCK: "0.5"}, "blocked_until": {STOCK: "2099-01-01"}}}},
        ("at most 50 %", "1 January 2099"),
    ),
    "cash out and locks": (
        {"cash_flow": {"Acme 401k": "-50000"}, "accounts": {"Acme 401k": {"no_sell": [STOCK]}}},
        ("$50,000 is to be raised", "only $30,000"),
    ),
    "cash in and no exchange": (
        {"cash_flow": {"Acme 401k": "5000"}, "accounts": {"Acme 401k": {"max_exchanges": 0}}},
        ("at most 0 exchanges", "$5,000 has to be placed"),
    ),
    "cap and the household's limit": (
        {"household": {"max_exchanges": 0}, "accounts": {"Acme 401k": {"cap": {STOCK: "0.5"}}}},
        ("the household may make at most 0", "above its cap"),
    ),
    "cap and steps": (
        {"round_to": "100000000", "accounts": {"Acme 401k": {"cap": {STOCK: "0.5"}}}},
        ("steps of $100,000,000", "caps"),
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_contradictions_name_both_rules_in_a_sentence(
    case: str, two_funds: Path, sixty_forty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, named = CONTRADICTIONS[case]
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(content), encoding="utf-8")
    assert run("plan", two_funds, "--targets", sixty_forty, "--rules", rules) == 4
    said = capsys.readouterr().err
    first, second = said.split(", but ", 1)
    assert named[0] in first
    assert named[1] in second
    assert "Traceback" not in said


def test_an_account_that_owes_is_left_alone(
    tmp_path: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "short.csv"
    file.write_text("Fund,Value\nUS Stock Index Fund,50000\nUS Bond Index Fund,-500\n", encoding="utf-8")
    assert run("read", file, "--json") == 0
    assert any("-500" in issue["message"].replace("−", "-") for issue in answer(capsys)["files"][0]["issues"])
    assert run("plan", file, "--targets", sixty_forty, "--json") == 0
    plan = answer(capsys)
    assert plan["exchanges"] == []
    assert "US Bond Index Fund" in plan["issues"][0]["message"]
    rules = tmp_path / "rules.json"
    rules.write_text('{"cash_flow": {"short": "100"}}', encoding="utf-8")
    assert run("plan", file, "--targets", sixty_forty, "--rules", rules) == 3
    assert "US Bond Index Fund" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["plan"], ["read"], ["--nonsense"], ["read", "missing.csv"]])
def test_wrong_calls_end_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    assert capsys.readouterr().err


def test_the_program_itself_answers_without_qt(two_funds: Path) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; sys.argv = ['even-keel', 'read', sys.argv[1], '--json']\n"
        "from desktop_app.__main__ import main\n"
        "sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(two_funds)], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode())["files"][0]["accounts"][0]["total"] == "100000.00"


def test_files_of_one_name_are_two_accounts(
    tmp_path: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for person, fund in (("his", "US Stock Index Fund"), ("hers", "Bond Index Fund")):
        (tmp_path / person).mkdir()
        files.append(tmp_path / person / "holdings.csv")
        files[-1].write_text(f"Fund,Value\n{fund},50000\n", encoding="utf-8")
    assert run("plan", *files, "--targets", sixty_forty, "--json") == 0
    plan = answer(capsys)
    assert plan["total"] == "100000.00"
    assert {trade["account"] for trade in plan["trades"]} == {"holdings", "holdings 2"}
    newer = tmp_path / "newer.csv"
    newer.write_text("Fund,Value\nUS Stock Index Fund,51000\n", encoding="utf-8")
    assert run("plan", files[0], newer, "--targets", sixty_forty) == 0
    assert "hold the same funds" in capsys.readouterr().err


def test_one_file_given_twice_is_counted_once(
    tmp_path: Path, two_funds: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.csv"
    copy.write_bytes(two_funds.read_bytes())
    assert run("plan", two_funds, copy, "--targets", sixty_forty, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["total"] == "100000.00"
    assert "is the same file as" in said.err


def test_zeros_eaten_by_a_spreadsheet_make_no_second_account(
    tmp_path: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for number, value in (("0076545", 50000), ("76545", 52000)):
        files.append(tmp_path / f"{number}.csv")
        rows = f"{number},US Stock Index Fund,{value}\n{number},Bond Index Fund,48000\n"
        files[-1].write_text(f"Account Number,Fund,Value\n{rows}", encoding="utf-8")
    assert run("plan", *files, "--targets", sixty_forty, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["total"] == "100000.00"
    assert "are one account" in said.err


@pytest.mark.parametrize("option", ["--csv", "--xlsx", "--pdf"])
def test_no_input_is_overwritten(
    option: str, two_funds: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = two_funds.read_bytes()
    assert run("plan", two_funds, "--targets", sixty_forty, option, two_funds) == 2
    assert run("plan", two_funds, "--targets", sixty_forty, option, sixty_forty) == 2
    assert "name of its own" in capsys.readouterr().err
    assert two_funds.read_bytes() == before


@pytest.mark.parametrize("option", ["--csv", "--xlsx", "--pdf"])
@pytest.mark.parametrize("name", ["household.keel", "named-otherwise.csv", "not-there-yet.keel"])
def test_no_household_is_overwritten(
    option: str, name: str, two_funds: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing at all is written then, also no other checklist asked for in the same call."""
    path, other = two_funds.with_name(name), two_funds.with_name("first.csv")
    if not name.startswith("not"):
        save_document(sample_household(date(2026, 11, 22)), path)
    before = path.read_bytes() if path.exists() else None
    rest = () if option == "--csv" else ("--csv", other)
    assert run("plan", two_funds, "--targets", sixty_forty, option, path, *rest) == 2
    said = capsys.readouterr()
    assert "name of its own" in said.err
    assert said.out == ""
    assert (path.read_bytes() if path.exists() else None) == before
    assert not other.exists()


def test_percents_are_told_how_to_be_shares(
    two_funds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = tmp_path / "t.json"
    targets.write_text('{"targets": {"stocks": 60, "fixed_income": 40}}', encoding="utf-8")
    assert run("plan", two_funds, "--targets", targets) == 2
    assert "0.6 for 60 %" in capsys.readouterr().err


def test_password_comes_on_standard_input(
    two_funds: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("not needed\n"))
    assert run("read", two_funds, "--password-stdin", "--json") == 0
    assert answer(capsys)["files"][0]["accounts"][0]["total"] == "100000.00"


def test_a_passphrase_typed_at_a_terminal_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    path = tmp_path / "household.keel"
    key = SealKey("four quiet words", b"0123456789abcdef", Cost(64, 1, 1))
    save_document(sample_household(date(2026, 11, 22)), path, key)
    monkeypatch.setattr("sys.stdin", Terminal("four other words\n"))
    monkeypatch.setattr("getpass.getpass", lambda *_: "four quiet words")
    assert run("read", path, "--password-stdin", "--json") == 0
    assert answer(capsys)["files"]


def test_a_sealed_household_is_read_with_its_passphrase_from_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    household = sample_household(date(2026, 11, 22))
    path = tmp_path / "household.keel"
    save_document(household, path, SealKey("four quiet words", b"0123456789abcdef", Cost(64, 1, 1)))
    before = path.read_bytes()
    assert run("read", path, "--json") == 3
    assert "--password-stdin" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("four other words\n"))
    assert run("read", path, "--password-stdin", "--json") == 3
    assert "four other words" not in (said := capsys.readouterr().err)
    assert "does not open" in said
    monkeypatch.setattr("sys.stdin", io.StringIO("four quiet words\n"))
    assert run("read", path, "--password-stdin", "--json") == 0
    files = answer(capsys)["files"]
    assert [file["document"] for file in files] == ["household.keel"] * len(household.statements)
    assert files[0]["accounts"][0]["total"] == f"{household.statements[0].accounts[0].total:.2f}"
    assert path.read_bytes() == before


def test_a_household_is_read_beside_the_window_that_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "household.keel"
    with DocumentStore(path) as store:
        store.save(sample_household(date(2026, 11, 22)))
        before = path.read_bytes()
        assert run("read", path, "--json") == 0
        assert answer(capsys)["files"]
        assert path.read_bytes() == before
        assert store.save(rename_household(sample_household(date(2026, 11, 22)), "Goes on")) == ()


HOUSEHOLD = (
    "As of 06/30/2026\nAccount Number\tFund\tBalance\n"
    "40418877\tVanguard 500 Index Fund\t70000\n40418877\tVanguard Total Bond Market Index\t30000\n"
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A household with $70,000 of stocks, which it may not sell, and $30,000 of bonds."""
    household = accept(preview_text(Household(), HOUSEHOLD))
    rules = (("40418877", AccountRules(no_sell=frozenset({"Vanguard 500 Index Fund"}))),)
    save_document(replace(household, account_rules=rules), tmp_path / "ours.keel")
    return tmp_path / "ours.keel"


def test_a_plan_over_a_household_keeps_its_rules_unless_told_otherwise(
    document: Path, sixty_forty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = document.read_bytes()
    assert run("plan", document, "--targets", sixty_forty, "--json") == 0
    kept = answer(capsys)
    assert (kept["total"], kept["exchanges"]) == ("100000.00", [])
    rules = tmp_path / "free.json"
    rules.write_text('{"accounts": {"40418877": {"minimum_exchange": "100"}}}', encoding="utf-8")
    assert run("plan", document, "--targets", sixty_forty, "--rules", rules, "--json") == 0
    assert answer(capsys)["turnover"] == "10000.00"
    assert document.read_bytes() == before


def test_a_newer_statement_beside_a_household_is_its_account(
    document: Path, sixty_forty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = tmp_path / "september.tsv"
    newer.write_text(HOUSEHOLD.replace("06/30", "09/30").replace("30000", "31500"), encoding="utf-8")
    assert run("plan", document, newer, "--targets", sixty_forty, "--json") == 0
    assert answer(capsys)["total"] == "101500.00"
    same = tmp_path / "june.tsv"
    same.write_text(HOUSEHOLD, encoding="utf-8")
    assert run("plan", document, same, "--targets", sixty_forty, "--json") == 0
    assert answer(capsys)["total"] == "100000.00"


def test_a_plan_over_two_households_or_a_missing_one_is_a_sentence(
    document: Path, sixty_forty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("plan", document, document, "--targets", sixty_forty) == 2
    assert "made for one household" in capsys.readouterr().err
    assert run("plan", tmp_path / "none.keel", "--targets", sixty_forty) == 2
    assert "is not there" in capsys.readouterr().err


def test_a_sealed_household_is_planned_with_its_passphrase(
    document: Path, sixty_forty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = SealKey("four quiet words", b"0123456789abcdef", Cost(64, 1, 1))
    household = load_document(document)
    document.unlink()
    save_document(household, document, sealed)
    assert run("plan", document, "--targets", sixty_forty, "--json") == 3
    assert "--password-stdin" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("four quiet words\n"))
    assert run("plan", document, "--targets", sixty_forty, "--password-stdin", "--json") == 0
    assert answer(capsys)["total"] == "100000.00"


def test_the_help_says_that_a_household_may_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("read", "plan"):
        assert run(command, "--help") == 0
        assert "a household (.keel)" in " ".join(capsys.readouterr().out.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert __version__ in capsys.readouterr().out


def test_a_fault_of_our_own_is_a_sentence_without_the_users_data(
    two_funds: Path, sixty_forty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("Vanguard 500 Index Fund 70000.00")

    toolkit = Toolkit(write_pdf=broken, self_test=_no_window, start_and_quit=_no_window)
    arguments = ["plan", str(two_funds), "--targets", str(sixty_forty), "--pdf", "list.pdf"]
    assert run_headless(arguments, toolkit) == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "70000" not in said
    assert "Traceback" not in said


def test_folders_and_archives_are_read_file_by_file(
    two_funds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "downloads"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "plan.csv").write_bytes(two_funds.read_bytes())
    (folder / "notes.pdf").write_bytes(b"%PDF-1.7")
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("ira/holdings.csv", "Fund,Value\nBond Index Fund,12.50\n")
        packed.writestr("readme.md", "nothing")
    assert run("read", folder, archive, "--json") == 0
    files = answer(capsys)["files"]
    assert [(file["file"], file.get("member")) for file in files] == [
        ("plan.csv", None),
        ("all.zip", "ira/holdings.csv"),
    ]
    assert [file["accounts"][0]["total"] for file in files] == ["100000.00", "12.50"]


def test_a_folder_can_be_planned_and_not_overwritten(
    two_funds: Path, sixty_forty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    inside = folder / "plan.csv"
    inside.write_bytes(two_funds.read_bytes())
    assert run("plan", folder, "--targets", sixty_forty, "--json") == 0
    assert answer(capsys)["turnover"] == "10000.00"
    assert run("plan", folder, "--targets", sixty_forty, "--csv", inside) == 2
    assert inside.read_bytes() == two_funds.read_bytes()


def test_an_empty_folder_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run("read", tmp_path / "empty", "--json") == 2
    said = capsys.readouterr()
    assert json.loads(said.out) == {"files": []}
    assert "holds no statement" in said.err


def test_the_vested_part_is_told_where_the_file_says_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "Fund Name,Total Balance,Vested Balance\nStock Index Fund,200.00,150.00\n"
        "Bond Index Fund,100.00,n/a\n",
        encoding="utf-8",
    )
    assert run("read", path, "--json") == 0
    holdings = answer(capsys)["files"][0]["accounts"][0]["holdings"]
    assert [holding.get("vested") for holding in holdings] == ["150.00", None]
    assert [holding["value"] for holding in holdings] == ["200.00", "100.00"]


def test_a_household_brings_the_most_exchanges_a_plan_may_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    household = set_max_exchanges(sample_household(date(2026, 11, 22)), 1)
    path, targets, rules = tmp_path / "h.keel", tmp_path / "t.json", tmp_path / "r.json"
    save_document(household, path)
    targets.write_text(
        '{"targets": {"stocks": "0.2", "bonds": "0.5", "short_term": "0.3"}}', encoding="utf-8"
    )
    assert run("plan", path, "--targets", targets, "--json") == 0
    assert len(answer(capsys)["exchanges"]) == 1
    rules.write_text('{"household": {"max_exchanges": 2}}', encoding="utf-8")
    assert run("plan", path, "--targets", targets, "--rules", rules, "--json") == 0
    assert len(answer(capsys)["exchanges"]) == 2


def test_fixed_dollars_in_one_class_of_a_group_agree_with_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # 10,000 fixed, 90,000 at 60/40: stable value is as good a place as bonds for the 36,000
    file, targets = tmp_path / "b.csv", tmp_path / "t.json"
    file.write_text(
        "Fund,Value\nStock Index Fund,54000\nStable Value Fund,36000\nMoney Market Fund,10000\n",
        encoding="utf-8",
    )
    aim = '{"targets": {"stocks": "0.6", "fixed_income": "0.4"}, "fixed": {"money_market": "10000"}}'
    targets.write_text(aim, encoding="utf-8")
    assert run("plan", file, "--targets", targets, "--json") == 0
    plan = answer(capsys)
    assert (plan["verdict"], plan["gauge"], plan["misallocated_before"]) == ("hold", "0", "0.00")
    assert plan["exchanges"] == []
    assert [row["class"] for row in plan["classes"]] == ["stocks", "fixed_income", "money_market"]
    assert not any(row["out_before"] or row["out_after"] for row in plan["classes"])


def test_no_name_gives_orders_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An escape clears the screen or paints over an amount, a mark of direction turns it round."""
    name = "401(k)\x1b[2J\x9b2J\u2067\rnew\nline"
    household = sample_household(date(2026, 11, 22))
    (statement,) = household.statements
    accounts = (replace(statement.accounts[0], name=name), *statement.accounts[1:])
    path = tmp_path / "household.keel"
    save_document(replace(household, statements=(replace(statement, accounts=accounts),)), path)
    missing = tmp_path / "none\x1b[2J\nline.csv"
    assert run("read", path, missing) == 2
    said = capsys.readouterr()
    assert "401(k)" in said.out
    assert "was not found" in said.err
    assert not set("\x1b\x9b\u2067\r") & set(said.out + said.err)
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("given", [["--password", "four quiet words"], ["--passphrase=four quiet words"]])
def test_a_password_on_the_command_line_is_refused_and_never_repeated(given, tmp_path, capsys) -> None:
    assert run("read", tmp_path / "household.keel", *given) == 2
    told = capsys.readouterr()
    assert "--password-stdin" in told.err
    assert "quiet" not in told.out + told.err


def test_a_closed_standard_input_gives_no_password(tmp_path, monkeypatch, capsys) -> None:
    with DocumentStore(tmp_path / "household.keel") as store:
        set_passphrase(store, sample_household(date(2026, 11, 22)), "four quiet words")
    monkeypatch.setattr(sys, "stdin", None)
    assert run("read", tmp_path / "household.keel", "--password-stdin") == 3
    assert "does not open “household.keel”" in capsys.readouterr().err
