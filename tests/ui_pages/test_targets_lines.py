"""The lines of the target editor: dollars and what is held add, bands and old values are said."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import BandRule, ToleranceBand
from desktop_app.ui.models.target_lines import TargetTable, band_words, target_table
from desktop_app.ui.widgets.money_field import MoneyField, ShareField, parse_dollars
from desktop_app.workflow.desk import Desk, look
from desktop_app.workflow.target_draft import TargetDraft

TODAY = date(2026, 11, 22)
HELD = {C.US_LARGE: "33333.33", C.EMERGING: "33333.33", C.US_BOND: "33333.34", C.CASH: "7.77"}


def desk() -> Desk:
    rows = tuple(
        StatementRow(n, Fund(leaf, leaf, AssetMix.single(leaf), ClassifiedBy.NAME), Decimal(value))
        for n, (leaf, value) in enumerate(HELD.items(), 2)
    )
    account = StatementAccount("1", "Meadow IRA", rows)
    return look(
        Household(statements=(Statement("m.csv", "generic", TODAY, AsOfKind.DOWNLOAD, (account,)),)), TODAY
    )


def thirds() -> TargetDraft:
    shares = {
        C.US_LARGE: Decimal("33.3"),
        C.EMERGING: Decimal("33.3"),
        C.US_BOND: Decimal("33.4"),
    }
    return TargetDraft.of(shares, {})


def table(draft: TargetDraft, old: TargetDraft | None = None) -> TargetTable:
    return target_table(desk(), draft, old or draft, show_all=False)


def number(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", text) or "0")


@pytest.mark.parametrize("bucket", ["0", "777.77", "99999"])
def test_what_is_shown_adds_to_the_sums_at_the_foot(bucket: str) -> None:
    shown = table(thirds().set_fixed(C.SHORT_TERM, Decimal(bucket)))
    leaves = [line for line in (*shown.buckets, *shown.lines) if not line.is_open]
    for column in ("dollars", "now"):
        added = sum(number(getattr(line, column)) for line in leaves)
        assert added == number(getattr(shown, f"sum_{column}")), column
    assert shown.sum_of_all == "100.0\u00a0%"
    of_all = sum(number(line.of_all) for line in leaves)  # each rounded by itself
    assert abs(of_all - 100) <= Decimal("0.05") * len(leaves)


def test_a_group_shows_the_sum_of_its_lines() -> None:
    lines = {line.node: line for line in table(thirds()).lines}
    below = [line for line in lines.values() if line.level == 1 and line.node in {C.US_LARGE, C.EMERGING}]
    assert number(lines[C.STOCKS].dollars) >= sum(number(line.dollars) for line in below)
    assert lines[C.STOCKS].share == Decimal("66.6")
    assert lines[C.STOCKS].is_open


def test_unfinished_shares_show_what_they_come_to() -> None:
    shown = table(thirds().set_share(C.US_BOND, Decimal("32.4")))
    assert shown.sum_words == "1\u00a0% left"
    assert shown.sum_of_all == "99.0\u00a0%"
    assert not shown.is_complete


def test_old_values_stand_as_tags_where_they_differ() -> None:
    shown = table(thirds().set_share(C.US_LARGE, Decimal(40)).set_fixed(C.SHORT_TERM, Decimal(500)), thirds())
    lines = {line.node: line for line in shown.lines}
    assert lines[C.US_LARGE].was == "was 33.3"
    assert lines[C.EMERGING].was == ""
    assert shown.buckets[0].was == "was $0"


def test_the_bucket_takes_its_dollars_first() -> None:
    shown = table(TargetDraft.of({C.STOCKS: Decimal(100)}, {}).set_fixed(C.SHORT_TERM, Decimal("7.77")))
    assert shown.rest_words == "The rest, $100,000, is shared out:"
    assert {line.node: line.dollars for line in shown.lines}[C.STOCKS] == "$100,000"
    assert table(thirds()).rest_words == ""


def test_a_bucket_larger_than_the_household_is_said_calmly() -> None:
    """$100,007.77 are held."""
    shown = table(thirds().set_fixed(C.SHORT_TERM, Decimal(999_999)))
    assert shown.rest_words == "More than the household holds; everything would go into the bucket."
    assert shown.buckets[0].dollars == "$100,008"
    enough = table(thirds().set_fixed(C.SHORT_TERM, Decimal("100007.77")))
    assert enough.rest_words == "The rest, $0, is shared out:"


def test_a_household_without_money_can_have_a_target_too() -> None:
    empty = look(Household(), TODAY)
    shown = target_table(empty, thirds(), thirds(), show_all=False)
    assert shown.is_complete
    assert shown.sum_dollars == "$0"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (BandRule.LESSER, "Out at 5 points, or at a quarter of the target if that is less."),
        (BandRule.GREATER, "Out at 5 points, or at a quarter of the target if that is more."),
        (BandRule.ABSOLUTE, "Out at 5 points from the target, large or small."),
        (BandRule.RELATIVE, "Out at a quarter of the target, however few points that is."),
    ],
)
def test_bands_are_said_in_words(rule: BandRule, words: str) -> None:
    assert band_words(ToleranceBand(rule=rule)) == words


@pytest.mark.parametrize(
    ("text", "amount"),
    [("$41,236.50", "41236.50"), ("", "0"), ("−500", "-500"), (" 12 ", "12"), ("1.234", None), ("x", None)],
)
def test_dollars_are_read_as_people_type_them(text: str, amount: str | None) -> None:
    assert parse_dollars(text) == (None if amount is None else Decimal(amount))


def test_fields_refuse_what_is_no_amount(qtbot) -> None:
    field, share = MoneyField(), ShareField()
    qtbot.addWidget(field)
    qtbot.addWidget(share)
    heard: list[Decimal] = []
    field.edited.connect(heard.append)
    field.selectAll()
    qtbot.keyClicks(field, "1a2.505")
    assert heard[-1] == Decimal("12.50")
    field.editingFinished.emit()
    assert field.text() == "$12.50"
    share.selectAll()
    qtbot.keyClicks(share, "7.25")
    assert share.share() == Decimal("7.25")
    assert share.text() == "7.25\u00a0%"
