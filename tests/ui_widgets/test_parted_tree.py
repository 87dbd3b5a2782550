"""Columns dealt out to parts: none lost, none too wide where that can be helped, neighbours kept together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.widgets.parted_tree import parts_of


def test_what_belongs_together_moves_on_together() -> None:
    """100 wide: the name takes 40; 1 and 2 fit beside it, 3 would but belongs to 4."""
    widths = {0: 40, 1: 20, 2: 20, 3: 15, 4: 15}
    assert parts_of(widths, 100, (1, 3)) == [{0: 40, 1: 20, 2: 20}, {0: 40, 3: 15, 4: 15}]
    assert parts_of(widths, 100, ()) == [{0: 40, 1: 20, 2: 20, 3: 15}, {0: 40, 4: 15}]
    assert parts_of(widths, 110, (1, 3)) == [widths]


def test_what_is_too_wide_together_is_dealt_out_one_by_one() -> None:
    assert parts_of({0: 40, 1: 50, 2: 50}, 100, (1,)) == [{0: 40, 1: 50}, {0: 40, 2: 50}]


@given(
    st.lists(st.integers(1, 300), min_size=1, max_size=14),
    st.integers(1, 1500),
    st.sets(st.integers(1, 13)),
)
def test_every_column_stands_in_one_part(widths: list[int], room: int, beginnings: set[int]) -> None:
    wanted = dict(enumerate(widths))
    parts = parts_of(wanted, room, tuple(sorted(beginnings)))
    assert all(next(iter(part)) == 0 for part in parts)
    assert [column for part in parts for column in list(part)[1:]] == list(wanted)[1:]
    for part in parts:
        assert sum(part.values()) <= room or len(part) <= 2
