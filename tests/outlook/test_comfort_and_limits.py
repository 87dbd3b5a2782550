"""Our own questions, age paths, and what the law sets."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.outlook.comfort import Group, about, questions, score
from desktop_app.outlook.glide import glide_paths
from desktop_app.outlook.limits import contribution_limit, distributions_begin, required_distribution


def answers(**places: int) -> dict[str, int]:
    """Return the boldest answers, some replaced."""
    boldest = {q.key: len(q.answers) - 1 for q in questions() if q.group is Group.TOLERANCE}
    calm = {q.key: 0 for q in questions() if q.group is Group.CAPACITY}
    return boldest | calm | {"horizon": 4, "last_time": 3, "regret": 2, "looking": 2} | places


def test_the_questions_are_few_ours_and_ask_about_both_sides() -> None:
    assert {q.group for q in questions()} == {Group.CAPACITY, Group.TOLERANCE}
    assert len(questions()) <= 10
    assert [q.key for q in questions() if q.is_limit] == ["horizon"]
    assert "our own" in about()
    assert len({q.words for q in questions()}) == len(questions())


def test_money_needed_within_two_years_holds_no_stocks_however_bold_its_owner() -> None:
    found = score(answers(horizon=0))
    assert found is not None
    assert (found.stocks, found.decided_by) == (Decimal(0), Group.CAPACITY)
    assert found.tolerance > Decimal("0.8")


def test_who_wants_to_bear_less_than_can_be_borne_gets_less() -> None:
    found = score(answers(paper_loss=0, last_time=0, regret=0, looking=0))
    assert found is not None
    # (15 + 15 + 25 + 25) / 4 = 20
    assert (found.capacity, found.tolerance, found.stocks) == (
        Decimal("0.95"),
        Decimal("0.2"),
        Decimal("0.2"),
    )
    assert found.decided_by is Group.TOLERANCE


def test_a_lost_job_changes_what_can_be_borne_and_nothing_else() -> None:
    before, after = score(answers(horizon=2)), score(answers(horizon=2, paycheck=2, reserve=2))
    assert before is not None
    assert after is not None
    assert (before.capacity, after.capacity) == (Decimal("0.55"), Decimal("0.15"))
    assert before.tolerance == after.tolerance


def test_an_unfinished_sheet_has_no_result() -> None:
    unfinished = answers()
    del unfinished["regret"]
    assert score(unfinished) is None


@given(st.data())
def test_every_sheet_ends_between_none_and_all_in_steps_of_five(data: st.DataObject) -> None:
    chosen = {q.key: data.draw(st.integers(0, len(q.answers) - 1)) for q in questions()}
    found = score(chosen)
    assert found is not None
    for share in (found.capacity, found.tolerance):
        assert 0 <= share <= 1
        assert share * 100 % 5 == 0
    assert found.stocks == min(found.capacity, found.tolerance)


@pytest.mark.parametrize(
    ("key", "age", "percent"),
    [("100", 52, 48), ("110", 52, 58), ("120", 52, 68), ("120", 10, 100), ("100", 110, 0),
     ("target_date", 30, 90), ("target_date", 40, 90), ("target_date", 65, 50), ("target_date", 90, 30)],
)  # fmt: skip
def test_age_paths(key: str, age: int, percent: int) -> None:
    path = next(path for path in glide_paths() if path.key == key)
    assert path.stocks_at(age) == Decimal(percent) / 100
    assert path.source


@given(st.integers(0, 120))
def test_age_paths_never_rise(age: int) -> None:
    for path in glide_paths():
        assert 0 <= path.stocks_at(age + 1) <= path.stocks_at(age) <= 1


@pytest.mark.parametrize(
    ("year", "age", "dollars"),
    # 2025: 23,500 and 7,500 from 50, 11,250 from 60 to 63 (Notice 2024-80); 2026: 24,500, 8,000, 11,250
    [(2025, 45, 23500), (2025, 52, 31000), (2025, 60, 34750), (2025, 63, 34750), (2025, 64, 31000),
     (2026, 45, 24500), (2026, 52, 32500), (2026, 62, 35750), (2026, 64, 32500)],
)  # fmt: skip
def test_deferral_limits(year: int, age: int, dollars: int) -> None:
    limit = contribution_limit(year, age)
    assert limit is not None
    assert limit.total == dollars
    assert limit.source.startswith("IRS Notice")


def test_a_year_nobody_has_announced_has_no_limit_here() -> None:
    assert contribution_limit(2031, 52) is None


def test_the_table_since_2022_puts_26_5_at_73() -> None:
    found = required_distribution(Decimal(500000), 73)
    assert found is not None
    assert (found.period, found.amount) == (Decimal("26.5"), Decimal("18867.92"))
    periods = [required_distribution(Decimal(1), age) for age in (72, 75, 80, 85, 90, 120, 121)]
    assert [p.period for p in periods if p] == [
        Decimal(x) for x in ("27.4", "24.6", "20.2", "16.0", "12.2", "2.0", "2.0")
    ]
    assert required_distribution(Decimal(500000), 71) is None


@pytest.mark.parametrize(("born", "age"), [(1951, 73), (1959, 73), (1960, 75), (1990, 75)])
def test_when_distributions_begin(born: int, age: int) -> None:
    assert distributions_begin(born) == age
