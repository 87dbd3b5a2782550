"""No cell of a table is run as a formula, whichever way a spreadsheet takes the file apart."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.reports import write_table
from desktop_app.reports.table import harmless

SIGNS = "=+-@＝＋－＠"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        (" =1+1", "' =1+1"),
        ("\t=1", "'\t'=1"),
        ("A;=2+2", "A;'=2+2"),
        ("A; ＝2+2;B", "A;' ＝2+2;B"),
        ("A|@x", "A|'@x"),
        ("A\n-x", "A\n'-x"),
        ("Stocks, -3 points", "Stocks, -3 points"),
        ("Bond + Cash; 5 % -", "Bond + Cash; 5 % -"),
        ("", ""),
    ],
)
def test_what_begins_a_formula_gets_an_apostrophe(text: str, shown: str) -> None:
    assert harmless(text) == shown


WORDS = st.lists(st.sampled_from(SIGNS + " \t;,|\"'\n\rA1"), max_size=8).map("".join)


@given(st.lists(WORDS, min_size=2, max_size=4))
def test_no_way_to_take_a_table_apart_gives_a_formula(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    path = tmp_path_factory.mktemp("table") / "table.csv"
    write_table(["Fund"] * len(cells), [cells], path)
    for separator in ",;\t|":
        with path.open(encoding="utf-8-sig", newline="") as opened:
            found = [cell for row in csv.reader(opened, delimiter=separator) for cell in row]
        assert not [cell for cell in found if cell.lstrip()[:1] in {*SIGNS}]
    with path.open(encoding="utf-8-sig", newline="") as opened:
        assert list(csv.reader(opened))[1:] == [[harmless(cell) for cell in cells]]
