"""Numbers that no rule knows change no class: names of bonds and deposits differ in nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.resources import resource_path
from desktop_app.importers.name_rules import rules, table
from desktop_app.importers.names import fits, kind_of_name, kind_told, read_words

HERE = Path(__file__).parent


def names() -> list[str]:
    """Return every name that the tests and the program have a class for."""
    found: list[str] = []
    for path in (
        HERE / "tricky_names.csv",
        HERE / "names_seen_elsewhere.csv",
        resource_path("funds/funds.csv"),
    ):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(line for line in stream if not line.startswith("#"))
            found += [row["name"] for row in rows]
    return found


def told(name: str) -> str | None:
    """Return what the first rule that a name fits says when no number of it is put aside."""
    words = read_words(name)
    for number in table().fitting(words.text, words.plain):
        if fits(rules()[number], words):
            return kind_told(rules()[number], words)
    return None


def test_known_names_are_read_as_they_stand() -> None:
    assert [name for name in names() if kind_of_name(name) != told(name)] == []


@given(
    st.sampled_from(
        ["{} Growth Fund", "Stable Value {}", "US Treasury {} Note", "Retirement {}", "CD {}% 3/{}/27"]
    ),
    st.integers(10, 99_999),
)
def test_any_number_is_read_as_it_stands(form: str, number: int) -> None:
    name = form.format(number, number % 28 + 1)
    assert kind_of_name(name) == told(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Vernal Retirement 2045", "target_date:2045"),
        ("Vernal 500 Index", "us_large"),
        ("Vernal 417 Index", None),
    ],
)
def test_numbers_that_say_something_do(name: str, kind: str | None) -> None:
    assert kind_of_name(name) == kind
