"""What the user says about columns and lines takes effect, is found again, and loses no line."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import UserError
from desktop_app.domain.hints import ColumnRole, ReadingHints, TableMapping
from desktop_app.domain.issues import IssueKind, QuickFix, Severity
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import SkipReason, Statement, StatementRow
from desktop_app.importers import read_source, sketch_tables
from tests.effort import tries

D = Decimal
R = ColumnRole


def source(text: str) -> StatementSource:
    """Return a pasted table."""
    return StatementSource("table.csv", text=text)


def mapping(text: str, *roles: tuple[int, ColumnRole], decimal_comma: bool | None = None) -> TableMapping:
    """Return what the dialog makes of the choices for the first table of a text."""
    return TableMapping(sketch_tables(source(text))[0].fingerprint, roles, decimal_comma)


def read(text: str, *mappings: TableMapping, **said: Any) -> Statement:
    """Read a text with answers."""
    return read_source(source(text), ReadingHints(mappings, **said))


def rows(statement: Statement) -> list[StatementRow]:
    """Return all holdings."""
    return [row for account in statement.accounts for row in account.rows]


def held(statement: Statement) -> list[tuple[str, Decimal]]:
    """Return what is held, by name."""
    return [(row.fund.name, row.value) for row in rows(statement)]


NONSENSE = "Blip,Zonk,Wib\nAlder Growth Fund,4.5,210.10\nBirch Bond Fund,2.5,88.00\n"


def test_a_table_nobody_knows_reads_as_the_user_says() -> None:
    with pytest.raises(UserError):
        read(NONSENSE)
    said = mapping(NONSENSE, (0, R.NAME), (2, R.VALUE))
    assert held(read(NONSENSE, said)) == [("Alder Growth Fund", D("210.10")), ("Birch Bond Fund", D("88.00"))]


def test_next_months_file_is_known_by_its_headings() -> None:
    june = "Fonda,Zonk,Saldo as of 06/30/2026\nAlder Growth Fund,4.5,210.10\n"
    july = "A title\n\nFonda,Zonk,Saldo as of 07/31/2026,,\nAlder Growth Fund,4.5,230.10\nElm,1,2.00\n"
    said = mapping(june, (0, R.NAME), (2, R.VALUE))
    assert held(read(july, said)) == [("Alder Growth Fund", D("230.10")), ("Elm", D("2.00"))]
    other = july.replace("Zonk", "Bonk")
    assert mapping(other, (0, R.NAME)).fingerprint != said.fingerprint


def test_a_table_without_headings_is_known_by_its_shape() -> None:
    june = "Alder Growth Fund,44,210.10\nBirch Bond Fund,25,88.00\nCedar Stable Value,7,12.00\n"
    said = mapping(june, (0, R.NAME), (2, R.VALUE))
    july = "Your plan\n\nBirch Bond Fund,26,90.00\nDogwood International,3,11.50\n"
    assert held(read(july, said)) == [("Birch Bond Fund", D("90.00")), ("Dogwood International", D("11.50"))]
    assert [row.line for row in rows(read(july, said))] == [3, 4]


def test_an_answer_replaces_what_was_recognised() -> None:
    text = "Fund,Value,Shares,Price\nAlder Growth Fund,7.00,10,20.00\nBirch Bond Fund,2.00,10,30.00\n"
    assert read(text).total == D("9.00")
    said = mapping(text, (0, R.NAME), (2, R.UNITS), (3, R.PRICE))
    assert held(read(text, said)) == [("Alder Growth Fund", D("200.00")), ("Birch Bond Fund", D("300.00"))]
    (sketch,) = sketch_tables(source(text), ReadingHints((said,)))
    assert (sketch.roles, sketch.why) == (said.roles, "")


@pytest.mark.parametrize(
    ("roles", "missing"),
    [
        (((2, R.VALUE),), "fund name"),
        (((0, R.NAME), (1, R.UNITS)), "value"),
        (((0, R.SOURCE), (2, R.VALUE)), "fund name"),
        ((), "fund name"),
    ],
)
def test_columns_that_make_no_holdings_are_refused(
    roles: tuple[tuple[int, ColumnRole], ...], missing: str
) -> None:
    with pytest.raises(UserError, match=rf"No column is marked as {missing}.*Choose one"):
        read(NONSENSE, mapping(NONSENSE, *roles))


@pytest.mark.parametrize(("comma", "value"), [(True, "1234.00"), (False, "1.23"), (None, "1234.00")])
def test_the_user_says_how_figures_are_written(comma: bool | None, value: str) -> None:
    text = "Blip;Zonk\nAlder Growth Fund;1.234\nElm Fund;2.345\n"
    said = mapping(text, (0, R.NAME), (1, R.VALUE), decimal_comma=comma)
    assert rows(read(text, said))[0].value == D(value)


def test_other_answers_make_another_statement_of_the_same_file() -> None:
    one = mapping(NONSENSE, (0, R.NAME), (2, R.VALUE))
    other = mapping(NONSENSE, (0, R.NAME), (1, R.VALUE))
    digests = [read(NONSENSE, said).digest for said in (one, other, one)]
    assert digests[0] != digests[1]
    assert digests[0] == digests[2]
    plain = "Fund,Value\nElm Fund,5.00\n"
    assert read(plain).digest == read(plain, one).digest


WORDED = (
    "Fund,Shares,Value\nAlder Growth Fund,2,100.00\nBirch Bond Fund,3,50.00\nOwl Pool,,150.00\n"
    "Total,,300.00\nPlan loan,,80.00\nElm Fund,1,about ten\n"
)


def test_lines_the_user_counts_are_holdings() -> None:
    before = read(WORDED)
    assert {(row.line, row.reason) for row in before.skipped} >= {(5, SkipReason.TOTAL), (6, SkipReason.LOAN)}
    counted = read(WORDED, count=frozenset({("", 4), ("", 6)}))
    assert ("Owl Pool", D("150.00")) in held(counted)
    assert ("Plan loan", D("80.00")) in held(counted)
    assert not {4, 6} & {row.line for row in counted.skipped}


def test_a_typed_value_counts_for_its_line() -> None:
    (issue,) = [issue for issue in read(WORDED).issues if issue.line == 7]
    assert issue.quick == (QuickFix.VALUE, QuickFix.LEAVE_OUT)
    typed = read(WORDED, values=((("", 7), D("10.50")),))
    assert ("Elm Fund", D("10.50")) in held(typed)
    assert not [i for i in typed.issues if i.line == 7]


def test_lines_the_user_leaves_out_are_listed_as_no_holdings() -> None:
    left = read(WORDED, leave_out=frozenset({("", 2), ("", 7)}))
    assert "Alder Growth Fund" not in dict(held(left))
    assert {(row.line, row.reason) for row in left.skipped} >= {
        (2, SkipReason.NOT_A_HOLDING),
        (7, SkipReason.NOT_A_HOLDING),
    }


def test_every_line_stays_accounted_for_whatever_is_said_of_it() -> None:
    lines = range(2, len(WORDED.splitlines()) + 1)
    for line in lines:
        for said in ({"count": frozenset({("", line)})}, {"leave_out": frozenset({("", line)})}):
            statement = read(WORDED, **said)
            places = [row.line for row in rows(statement)] + [row.line for row in statement.skipped]
            assert sorted(places) == list(lines)


def test_a_row_taken_for_a_total_by_its_sum_can_be_counted_with_one_click() -> None:
    text = "Fund,Value\nAlder Growth Fund,100.00\nBirch Bond Fund,50.00\nOwl,150.00\n"
    (issue,) = [issue for issue in read(text).issues if issue.line == 4]
    assert (issue.severity, issue.quick) == (Severity.INFO, (QuickFix.COUNT,))
    assert len(rows(read(text, count=frozenset({("", 4)})))) == 3


def test_a_sheet_is_told_from_the_other(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for name, value in (("His", 10), ("Hers", 20)):
        sheet = book.active if name == "His" else book.create_sheet()
        sheet.title = name
        sheet.append(["Fund", "Value"])
        sheet.append(["Alder Growth Fund", value])
        sheet.append(["Birch Bond Fund", 1])
    path = tmp_path / "both.xlsx"
    book.save(path)
    both = StatementSource("both.xlsx", path)
    left = read_source(both, ReadingHints(leave_out=frozenset({("Hers", 2)})))
    assert [(a.name, a.total) for a in left.accounts] == [("His", D(11)), ("Hers", D(1))]
    assert [(row.sheet, row.line) for row in left.skipped if row.reason is SkipReason.NOT_A_HOLDING] == [
        ("Hers", 2)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fund,Value,Balance\nElm A,1.00,2.00\nElm B,3.00,5.00\n", "Two columns may hold the value"),
        (
            "Fund,Shares,Price,Value\nElm A,10,20.00,7.00\nElm B,10,30.00,2.00\nElm C,3,4.00,99.00\n",
            "Units times price is not the value",
        ),
        ("Elm A,10,2.00,20.00\nElm B,10,3.00,30.00\nElm C,2,8.00,16.00\n", "told from the figures"),
    ],
)
def test_doubtful_columns_are_asked_about(text: str, words: str) -> None:
    (issue,) = [issue for issue in read(text).issues if QuickFix.COLUMNS in issue.quick]
    assert issue.severity is Severity.WARNING
    assert words in issue.message
    (sketch,) = sketch_tables(source(text))
    assert sketch.why == issue.message
    said = TableMapping(sketch.fingerprint, sketch.roles)
    (told,) = [issue for issue in read(text, said).issues if QuickFix.COLUMNS in issue.quick]
    assert (told.severity, told.kind) == (Severity.INFO, IssueKind.COLUMNS_EXPLAINED)  # no doubt is left


@pytest.mark.parametrize(
    "text",
    [
        "Fund,Market Value,Amount\nElm A,1.00,2.00\nElm B,3.00,5.00\n",
        "Fund,Value,Balance\nElm A,1.00,1.00\nElm B,3.00,3.00\n",
        "Fund,Shares,Price,Value,Balance\nElm A,2,5.00,10.00,3.00\nElm B,3,5.00,15.00,4.00\n",
        "Description,Quantity,Price,Value\nUS Treasury 4%,5000,99.00,4950.00\nT-Bill 5%,100,98.00,98.00\n",
    ],
)
def test_clear_columns_are_not_asked_about(text: str) -> None:
    assert not [issue for issue in read(text).issues if QuickFix.COLUMNS in issue.quick]


def test_a_sketch_shows_the_table_as_it_stands() -> None:
    text = "My plan\n\nFund,Value,\n" + "".join(f"Elm {n},{n}.50,x\n" for n in range(20))
    (sketch,) = sketch_tables(source(text))
    assert (sketch.line, sketch.heading) == (3, ("Fund", "Value", ""))
    assert len(sketch.rows) == 12
    assert sketch.rows[1] == ("Elm 1", "1.50", "x")
    assert sketch.roles == ((0, R.NAME), (1, R.VALUE))


def test_a_source_without_columns_has_no_sketch(tmp_path: Path) -> None:
    ofx = "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>\n"
    path = tmp_path / "plan.ofx"
    path.write_text(ofx, encoding="ascii")
    assert sketch_tables(StatementSource("plan.ofx", path)) == ()
    assert sketch_tables(source("just some words\n")) == ()


words = st.text("bdfghjkmpqvwz", min_size=3, max_size=8)
"""Of consonants only: no word that means something, such as “loan”, comes up."""
names = st.lists(words, min_size=2, max_size=3).map(lambda parts: " ".join(["Quill", *parts]).title())
headings = words.map(lambda word: f"zq{word}")
amounts = st.integers(1, 499_999_999).map(lambda cents: Decimal(2 * cents) / 100)


def written(number: Decimal, *, comma: bool) -> str:
    """Write a figure with marks at thousands, the American way or the European."""
    text = f"{number:,}"
    return text.translate(str.maketrans(",.", ".,")) if comma else text


extras = st.lists(st.sampled_from([R.SYMBOL, R.VESTED, R.ACCOUNT_ID, None]), max_size=3, unique=True)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, TableMapping, list[tuple[Any, ...]]]:
    """Return a table under invented headings, what its columns are, and what it holds."""
    comma = draw(st.booleans())
    held = draw(
        st.lists(
            st.tuples(names, amounts, amounts, amounts), min_size=2, max_size=6, unique_by=lambda h: h[0]
        )
    )
    roles = [R.NAME, *draw(st.sampled_from([[R.VALUE], [R.VALUE, R.UNITS, R.PRICE], [R.VALUE, R.PRICE]]))]
    columns: list[ColumnRole | None] = draw(st.permutations([*roles, *draw(extras)]))
    filler = draw(st.sampled_from(["steady", "x", "7", "3.5%"]))
    texts = [
        {
            R.NAME: name,
            R.SYMBOL: f"ZQ{chr(65 + row)}VX",
            R.ACCOUNT_ID: f"7{row % 2}4411",
            R.VALUE: written(value, comma=comma),
            R.VESTED: written(value / 2, comma=comma),
            R.UNITS: written(units, comma=comma),
            R.PRICE: written(price, comma=comma),
            None: filler,
        }
        for row, (name, value, units, price) in enumerate(held)
    ]
    titles = draw(st.lists(headings, min_size=len(columns), max_size=len(columns), unique=True))
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=draw(st.sampled_from(";\t|" if comma else ",;\t|")), lineterminator="\n"
    )
    if draw(st.booleans()):
        out.write("A title of words\n\n")
    if draw(st.booleans()):
        writer.writerow(titles)
    writer.writerows([row[column] for column in columns] for row in texts)
    text = out.getvalue()
    said = TableMapping(
        sketch_tables(source(text))[0].fingerprint,
        tuple((place, role) for place, role in enumerate(columns) if role is not None),
        comma,
    )
    wanted = [
        (
            name,
            texts[row][R.SYMBOL] if R.SYMBOL in columns else None,
            texts[row][R.ACCOUNT_ID] if R.ACCOUNT_ID in columns else None,
            value,
            value / 2 if R.VESTED in columns else None,
            units if R.UNITS in columns else None,
            price if R.PRICE in columns else None,
        )
        for row, (name, value, units, price) in enumerate(held)
    ]
    return text, said, wanted


@settings(max_examples=tries(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables())
def test_any_table_reads_back_exactly_once_its_columns_are_named(
    table: tuple[str, TableMapping, list[tuple[Any, ...]]],
) -> None:
    text, said, wanted = table
    values = [row[3] for row in wanted]
    assume(not any(value == sum(values[k:i]) for i, value in enumerate(values) for k in range(i)))
    statement = read(text, said)
    numbered = any(role is R.ACCOUNT_ID for _, role in said.roles)
    found = [
        (
            row.line,
            (
                row.fund.name,
                row.fund.symbol,
                account.id if numbered else None,
                row.value,
                row.vested,
                row.units,
                row.price,
            ),
        )
        for account in statement.accounts
        for row in account.rows
    ]
    assert [row for _, row in sorted(found, key=lambda pair: pair[0])] == wanted
    last = len(text.splitlines())
    assert sorted(line for line, _ in found) == list(range(last - len(wanted) + 1, last + 1))
    again = sketch_tables(source(text), ReadingHints((said,)))
    assert said.fingerprint in {sketch.fingerprint for sketch in again}


def test_answers_hold_in_a_file_of_many_thousand_lines() -> None:
    body = "".join(f"Quill Fund {n},{n}.25,x{n % 7}\n" for n in range(1, 2501))
    text = f"Blip,Zonk,Wib\n{body}"
    said = mapping(text, (0, R.NAME), (1, R.VALUE))
    statement = read(
        text, said, leave_out=frozenset({("", 1201)}), values=((("", 2001), D("0.75")), (("", 5), D("1.00")))
    )
    found = {row.line: row.value for row in rows(statement)}
    assert found == {
        **{n + 1: D(f"{n}.25") for n in range(1, 2501) if n != 1200},
        2001: D("0.75"),
        5: D("1.00"),
    }
    assert [(row.line, row.reason) for row in statement.skipped] == [(1201, SkipReason.NOT_A_HOLDING)]


def test_a_counted_line_without_a_value_is_asked_for_it() -> None:
    text = "Fund,Value\nElm Fund,5.00\n\nTrade date,Activity,Fund,Net amount\n10/01/2026,Buy,Owl Pool,3.00\n"
    counted = read(text, count=frozenset({("", 5)}))
    (issue,) = [issue for issue in counted.issues if issue.line == 5]
    assert issue.quick == (QuickFix.VALUE, QuickFix.LEAVE_OUT)
    assert read(text, values=((("", 5), D("3.00")),)).total == D("8.00")


def test_a_counted_total_is_not_doubted_again() -> None:
    text = "Fund,Value\nAlder Growth Fund,100.00\nTotal Owl Pool,40.00\n"
    counted = read(text, count=frozenset({("", 3)}))
    assert counted.total == D("140.00")
    assert not [issue for issue in counted.issues if issue.line == 3]


def test_a_name_column_that_repeats_itself_is_asked_about() -> None:
    text = (
        "Investment name,Security,Value\n"
        "Mutual fund,Elm Index,1.00\nMutual fund,Owl Index,2.50\nMutual fund,Oak Index,7.00\n"
    )
    (issue,) = [issue for issue in read(text).issues if QuickFix.COLUMNS in issue.quick]
    assert "Two columns may name the funds" in issue.message
