"""How answers of other programs are measured: every figure is worked out beside the test."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

PEERS = Path(__file__).resolve().parents[2] / "packaging" / "peers"
SOLD = {"US": "-13000", "Intl": "3000", "Bond": "5000", "Stable": "5000"}
"""What brings 55 / 15 / 25 / 5 thousand to 42 / 18 / 30 / 10."""


@pytest.fixture
def peers(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.syspath_prepend(str(PEERS))
    import compare
    import problems
    import scoring

    cases = {problem.name: problem for problem in problems.cases()}
    return SimpleNamespace(compare=compare, problems=problems, score=scoring.score, cases=cases)


def trades(account: str, amounts: dict[str, str]) -> dict[tuple[str, str], Decimal]:
    return {(account, fund): Decimal(amount) for fund, amount in amounts.items()}


def test_the_exact_answer_leaves_nothing(peers: SimpleNamespace) -> None:
    got = peers.score(peers.cases["A"], trades("401k", SOLD))
    assert (got.drift, got.lowest, got.trades, got.moved) == (0, 1, 4, 13000)
    assert (got.oversold, got.broken, got.cents_lost) == (0, 0, 0)
    assert got.feasible


def test_doing_nothing_leaves_the_drift_there_is(peers: SimpleNamespace) -> None:
    # 13 above, 3 + 5 + 5 below; stable stands at 5 of 10
    got = peers.score(peers.cases["A"], {})
    assert (got.drift, got.lowest, got.trades, got.moved) == (13, Decimal("0.5"), 0, 0)


def test_funds_are_looked_through(peers: SimpleNamespace) -> None:
    # US 19.2 + 40 − 17.2 = 42, Intl 12.8 + 5.2 = 18, Bond 7.2 + 20 + 2.8 = 30, Stable 0.8 + 9.2 = 10
    moves = {"US": "-17200", "Intl": "5200", "Bond": "2800", "Stable": "9200"}
    got = peers.score(peers.cases["D"], trades("401k", moves))
    assert (got.drift, got.moved, got.trades) == (0, 17200, 4)


def test_money_left_lying_is_drift_and_lost_cents(peers: SimpleNamespace) -> None:
    # 1,000 of the 13,000 sold buy nothing: Intl 1,000 short and 1,000 idle are half of 2,000 in 100,000
    got = peers.score(peers.cases["A"], trades("401k", {**SOLD, "Intl": "2000"}))
    assert (got.drift, got.moved, got.cents_lost) == (1, 13000, 100_000)
    assert not got.feasible


def test_amounts_are_typed_to_the_cent(peers: SimpleNamespace) -> None:
    # three times 0.005 is typed as 0.01 each, 0.03 bought for 0.02 sold (0.015): one cent is missing
    thirds = {"US": "-0.015", "Intl": "0.005", "Bond": "0.005", "Stable": "0.005"}
    got = peers.score(peers.cases["A"], trades("401k", thirds))
    assert (got.moved, got.cents_lost, got.feasible) == (Decimal("0.03"), 1, True)


def test_selling_more_than_is_held_is_counted(peers: SimpleNamespace) -> None:
    got = peers.score(peers.cases["A"], trades("401k", {"Stable": "-5001.50", "US": "5001.50"}))
    assert (got.oversold, got.feasible) == (Decimal("1.50"), False)


@pytest.mark.parametrize(
    ("case", "account", "moves", "broken"),
    [
        ("D", "401k", {"Company": "-700", "US": "700"}, 700),  # frozen
        ("E", "Roth", {"US": "-900", "Bond": "900"}, 900),  # Bond is not on the menu of the Roth
        ("B", "401k", {"US": "-100", "Stable": "3100"}, 100),  # new money only: nothing may be sold
        ("C", "401k", {"US": "-10400", "Intl": "400"}, 400),  # raising cash: nothing may be bought
        ("A", "401k", {"US": "-100", "Stable": "100"}, 0),
    ],
)
def test_what_no_rule_allows_is_counted(
    peers: SimpleNamespace, case: str, account: str, moves: dict[str, str], broken: int
) -> None:
    got = peers.score(peers.cases[case], trades(account, moves))
    assert got.broken == broken
    assert got.feasible is not bool(broken)


def test_money_that_moves_between_accounts_is_not_netted(peers: SimpleNamespace) -> None:
    # 500 leave one account and come into the other: 500 idle here, 500 missing there
    moves = trades("401k", {"US": "-500"}) | trades("Roth", {"US": "500"})
    assert peers.score(peers.cases["E"], moves).cents_lost == 100_000


def test_random_problems_are_the_same_each_time(peers: SimpleNamespace) -> None:
    first, second = list(peers.problems.random_problems()), list(peers.problems.random_problems())
    assert first == second
    assert len(first) == 3 * peers.problems.EACH
    for problem in first:
        assert sum(map(Decimal, problem.targets.values())) == 1
        for account in problem.accounts:
            assert all(sum(map(Decimal, fund.mix.values())) == 1 for fund in account.funds)


def asked(peers: SimpleNamespace, case: str, **answers: dict[str, str]) -> str:
    """Return what `beaten` says when these programs answered with these trades in the account 401k."""
    problem = peers.cases[case]
    compare = peers.compare
    given = [
        compare.Answers(
            compare.Program(name, (), own=name == "own"),
            given={case: compare.Answer(peers.score(problem, trades("401k", moves)))},
        )
        for name, moves in answers.items()
    ]
    return str(compare.beaten(problem, given))


def test_a_closer_answer_beats_unless_it_cannot_be_carried_out(peers: SimpleNamespace) -> None:
    half = {"US": "-5000", "Bond": "5000"}
    assert asked(peers, "A", own=half, other=SOLD) == "A: other comes closer"
    assert asked(peers, "A", own=SOLD, other=half) == ""
    assert asked(peers, "A", own=half, other={**SOLD, "Intl": "0"}) == ""  # 3,000 are left lying


def test_less_moved_beats_only_where_it_is_as_close_and_as_level(peers: SimpleNamespace) -> None:
    around = {"Target date": "-10000", "US": "-12400", "Intl": "8400", "Bond": "4600", "Stable": "9400"}
    straight = {"US": "-17200", "Intl": "5200", "Bond": "2800", "Stable": "9200"}
    assert asked(peers, "D", own=around, other=straight) == "D: other comes as close with less moved"
    # both end 400 short of the target: spread evenly, or all of it in Stable (9,600 of 10,000)
    level = {"US": "-12600", "Intl": "2876", "Bond": "4793", "Stable": "4931"}
    uneven = {"US": "-12600", "Intl": "3000", "Bond": "5000", "Stable": "4600"}
    assert asked(peers, "A", own=level, other=uneven) == ""


def test_our_own_answer_is_asked_in_a_process_of_its_own(peers: SimpleNamespace) -> None:
    (own,) = (program for program in peers.compare.PROGRAMS if program.own)
    answers = peers.compare.ask(own, list(peers.cases.values()), peers_python="")
    moved = {name: given.score.moved for name, given in answers.given.items()}
    # what comes in or goes out, or what stands above its target; B2 fills all three gaps but for 400
    assert moved == {"A": 13000, "B": 3000, "B2": 30000, "C": 10000, "D": 17200, "E": 32000, "E2": 32000}
    assert all(given.score.feasible for given in answers.given.values())


def test_a_program_that_dies_is_told_with_its_last_words(peers: SimpleNamespace, tmp_path: Path) -> None:
    adapter = tmp_path / "dies.py"
    adapter.write_text("raise SystemExit('no such library')")
    program = peers.compare.Program("dead", (str(adapter),), own=True)
    answers = peers.compare.ask(program, [peers.cases["A"]], peers_python="")
    assert answers.given["A"].remark == "no such library"
    rows = list(peers.compare.case_rows([peers.cases["A"]], [answers]))
    assert rows[1][:3] == ("A", "dead", "cannot")


def test_only_what_is_wanted_is_pinned_as_it_is_named(peers: SimpleNamespace) -> None:
    wanted = (PEERS / "requirements.in").read_text(encoding="utf-8").split()
    locked = (PEERS / "requirements.txt").read_text(encoding="utf-8")
    assert all(re.search(rf"^{re.escape(pin)} ", locked, re.MULTILINE) for pin in wanted), wanted
