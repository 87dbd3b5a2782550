"""One endless name in a small file must not hold the program: work grows with its length, not its square."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from desktop_app.importers.page_marks import is_page
from desktop_app.importers.patterns import LONGEST, late_regex
from desktop_app.importers.saved_books import is_xml_book
from desktop_app.importers.unseen import Unseen

SECONDS = 2
"""Of the processor, for each mark: linear work takes a tenth, work with the square of the length more."""
READ = """
import sys, time
from desktop_app.domain.sources import StatementSource
from desktop_app.importers.errors import UnreadableFileError
from desktop_app.importers.reading import read_source

FORMS = {
    "cell": "Fund,Value\\n{},1\\nVTSAX,100\\n",
    "heading": "Fund,Value,{}\\nVTSAX,100,1\\n",
    "line": "{}\\nFund,Value\\nVTSAX,100\\n{}\\n",
    "alone": "{}",
    "leaders": "Fund A ..... $10.00\\nFund B ..... $20.00\\n{}\\n",
    "page": "<table><tr><th>{}<th>Value<tr><td>{}<td>100<tr><td>VTSAX<td>100</table><p>{}",
    "attribute": "<table><tr><td class='{}' style='{}'>VTSAX<td>100</table>",
    "style": "<style>{}</style><table><tr><th>Fund<th>Value<tr><td>VTSAX<td>100</table>",
}
form = FORMS[sys.argv[1]]
for mark in sys.argv[2:]:
    start = time.process_time()
    print(repr(mark), flush=True)
    mark = mark.encode().decode("unicode_escape")
    text = form.replace("{}", mark * (10_000 // len(mark)))
    try:
        read_source(StatementSource("x", html=text) if "<" in form else StatementSource("x.csv", text=text))
    except UnreadableFileError:
        pass
    assert time.process_time() - start < SECONDS, repr(mark)
""".replace("SECONDS", str(SECONDS))
FORMS = ("cell", "heading", "line", "alone", "leaders", "page", "attribute", "style")
MARKS = (*"()-.*,1a$%:=_{@", " ", r"\n", "( ", "- ", "a ", "1,", "xx", "/*", "> ", ". ", "= ", "total ")


@pytest.mark.parametrize("form", FORMS)
def test_an_endless_name_takes_no_time(form: str) -> None:
    subprocess.run(
        (sys.executable, "-c", READ, form, *MARKS), check=True, timeout=200, stdout=subprocess.PIPE
    )


@pytest.mark.parametrize("told", [is_page, is_xml_book])
def test_comments_before_nothing_take_no_time(told: Callable[[bytes], bool]) -> None:
    # Each may be read as part of the one before: trying every way took twice the time for each comment more.
    assert not told(b"<!---->" * 300 + b"x")
    assert not told(b"<?xml version='1.0'?>" * 300 + b"x")


def test_a_style_sheet_without_an_end_is_still_read() -> None:
    unseen = Unseen()
    unseen.add(".off{left:-9999px} /* .on{left:-9999px}")
    assert unseen.covers({"class": "off"})
    assert not unseen.covers({"class": "on"})


def test_a_pattern_sees_the_beginning_of_a_long_name_only() -> None:
    name, tail = "a " * (LONGEST // 2), "x9 9"
    cut, whole = late_regex("9"), late_regex("9", whole=True)
    assert cut.search(name + tail) is None
    assert whole.search(name + tail) is not None
    assert late_regex("[a ]+").fullmatch(name + tail)
    assert cut.findall(name + tail) == []
    assert late_regex("a").sub("b", name + tail) == name.replace("a", "b") + tail
    assert late_regex(" ").split("a " + name + tail, 1) == ["a", name + tail]
    assert late_regex(rb"9").search((name + tail).encode()) is not None
