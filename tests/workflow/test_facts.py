"""What is worked out about a long statement once is never worked out again, nor kept longer than it."""

from __future__ import annotations

import gc
from decimal import Decimal

import pytest

from desktop_app.domain.household import Household
from desktop_app.domain.sources import CancelledError
from desktop_app.workflow.facts import Remembered, facts_of, work_out
from desktop_app.workflow.statements import prepare, preview_text

TEXT = (
    "Fund,Units,Price,Balance\nUS Bond Index Fund,10,5.00,50.00\nGrey Heron Pool,3,2.00,9.00\n"
    "Old Quay Pool,,,7.00\n"
)


class Thing:
    """Something that can be referred to weakly."""


def test_a_value_is_looked_at_once_while_it_lives() -> None:
    seen: list[Thing] = []
    remembered = Remembered(lambda thing: len(seen) if not seen.append(thing) else 0)
    one = Thing()
    assert [remembered(one), remembered(one), remembered(Thing())] == [1, 1, 2]
    seen.clear()
    assert remembered.knows(one)
    del one
    gc.collect()
    assert not remembered._known


def test_facts_are_those_of_the_rows() -> None:
    ((account,),) = [statement.accounts for statement in preview_text(Household(), TEXT).statements]
    facts = work_out(account)
    assert (facts.total, facts.priced, facts.agree) == (Decimal(66), 2, 1)  # 3 x 2.00 is not 9.00
    assert [(fund.name, value) for fund, value in facts.unknown] == [
        ("Grey Heron Pool", 9), ("Old Quay Pool", 7),
    ]  # fmt: skip
    assert not facts.has_vested


def test_preparing_tells_how_far_it_is_and_stops_when_told() -> None:
    preview = preview_text(Household(), TEXT)
    shares: list[float] = []
    prepare(preview, shares.append)
    assert shares == [0.0]
    assert facts_of.knows(preview.statements[0].accounts[0])

    def stop(_share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        prepare(preview_text(Household(), TEXT), stop)
