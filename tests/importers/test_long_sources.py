"""Long tables with sources, days and shares, or with values alone, are read from their bytes as well."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.importers.fastgrid_lane import FastLane
from tests.effort import tries
from tests.importers.test_columnar import both, lanes

SOURCES = ("Pre-Tax", "Roth", "Company Match")
HEADINGS = {
    "sources": "Account Number,Fund Name,Source,Units,Unit Price,Balance",
    "days": "Account Number,As of Date,Fund Name,Shares,NAV,Market Value",
    "shares": "Account Number,Ticker,Fund Name,Units,Price,Value,% of Account",
    "values": "Account Number,Symbol,Fund Name,Market Value",
}
ODD = {
    "sources": ["7001,Granite Growth,All Sources,2,5.00,10.00", "7001,Granite Growth, Roth ,2,5.00,10.00"],
    "days": ["7001,,Granite Growth,2,5.00,10.00", "7001, 03/30/2031 ,Granite Growth,2,5.00,10.00"],
    "shares": ['7001,QQQQX,Granite Growth,2,5.00,10.00,""', "7001,QQQQX,Granite Growth,2,5.00,10.00, "],
    "values": ["Total of all values is,QQQQX,Granite,10.00", "7001,,Granite Growth,10.00", '"7001.",Q,B,1.'],
}


def row(kind: str, number: int) -> str:
    """Return a row that needs no judging, of four accounts with ten funds in three sources."""
    units, price, place = number % 37 + 1, number % 11 + 1, number // 3 % 10
    account, name, value = f"70{number // 90:02d}", f"Granite Growth Fund {place}", f"{units * price}.00"
    return {
        "sources": f"{account},{name},{SOURCES[number % 3]},{units},{price}.00,{value}",
        "days": f"{account},03/31/2031,{name},{units},{price}.00,{value}",
        "shares": f"{account},QQ{place}QX,{name},{units},{price}.00,{value},1.11%",
        "values": f"{account},QQ{place}QX,{name},{value}",
    }[kind]


@pytest.mark.parametrize("kind", HEADINGS)
def test_a_long_table_of_these_columns_is_read_from_its_bytes(kind: str) -> None:
    text = "\n".join([HEADINGS[kind], *(row(kind, number) for number in range(360))])
    assert lanes(text) == {FastLane}
    by_columns, by_rows = both(text)
    assert by_columns == by_rows


@pytest.mark.parametrize("kind", HEADINGS)
@settings(max_examples=tries(8), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_odd_rows_of_these_columns_read_the_same(kind: str, data: st.DataObject) -> None:
    rows = [row(kind, number) for number in range(300)]
    for _ in range(data.draw(st.integers(1, 6))):
        rows.insert(data.draw(st.integers(200, len(rows))), data.draw(st.sampled_from(ODD[kind])))
    if data.draw(st.booleans()):
        rows = [",".join(f'"{cell}"' if '"' not in cell else cell for cell in one.split(",")) for one in rows]
    by_columns, by_rows = both("\n".join([HEADINGS[kind], *rows]))
    assert by_columns == by_rows


def test_many_names_and_long_ones_keep_their_own_rows() -> None:
    """Names alike in their first 130 letters, names that differ in one letter, and sources of their own."""
    long = "Granite Growth of " + "Large and Small Companies " * 5
    names = [long + end for end in "ABCD"] + [
        f"Granite {chr(65 + k)}xxxxxxx{chr(90 - k)} Fund" for k in range(20)
    ]
    rows = [
        f"7001,{names[number * 7 % len(names)]},{SOURCES[number % 3]},{number + 1},2.00,{2 * number + 2}.00"
        for number in range(900)
    ]
    text = "\n".join([HEADINGS["sources"], *rows])
    assert lanes(text) == {FastLane}
    by_columns, by_rows = both(text)
    assert by_columns == by_rows
