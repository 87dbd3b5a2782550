"""What a layout knows beyond the roles of columns; the plain one knows nothing and reads any table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from desktop_app.domain.issues import Issue
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import AsOfKind, SkippedRow, SkipReason
from desktop_app.importers.account_labels import (
    AccountName,
    is_bare_label,
    is_numbered,
    is_said_of_else,
    speaks_of_account,
    split_label,
)
from desktop_app.importers.amounts import find_date
from desktop_app.importers.columns import Columns, Role, role_of
from desktop_app.importers.dates import is_day_first, settle
from desktop_app.importers.grid import Grid, Line, filled
from desktop_app.importers.page_words import is_link
from desktop_app.importers.patterns import late_regex
from desktop_app.importers.rows import Row, is_footer, is_section, stated_amount
from desktop_app.importers.said_days import said_day
from desktop_app.importers.wording import is_headline, is_surely_source
from desktop_app.importers.written_days import is_of_period

AsOf = tuple[date, AsOfKind]

_HEADLINE = late_regex(
    r"(?:(?:account|portfolio|my|all|current|fund|your|retirement|quarterly|monthly|annual|investment"
    r"|measurement|core|available|plan)s? )*"
    r"(?:funds|options|balances?|holdings|positions?|summary|report|statement|portfolio|investments|accounts|details?|activity)",
    re.IGNORECASE,
)
_DAY_BEHIND = late_regex(
    r"\s{0,8},?\s{0,8}\b(?:as (?:of|at)\b"
    r"|(?:on|per|zum|vom|dated)\s+(?=[a-z]{0,9}\.?\s?[0-9]{1,4}[\s./-])).*$",
    re.IGNORECASE,
)
_ANY_DAY = (
    r"(?:[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? [0-9]{1,2},? [0-9]{4})"
)
_DAYS_AT_END = late_regex(
    rf"[\s,;|(–—-]{{0,20}}(?:\b(?:printed|downloaded|generated|exported|created|run|for|from|through|to|period|date)\b"
    rf"[\s:]*)*(?:{_ANY_DAY}\s*(?:-|–|—|to|through|thru|until)\s*)?{_ANY_DAY}\W*$",
    re.IGNORECASE,
)
"""One day or two at the end of a title, and the word before them."""
_ENDS_IN_AMOUNT = late_regex(r"[\s$][0-9][0-9,]*\.[0-9]{2}$", re.ASCII)
_GREETING = late_regex(
    r"^(?:hi|hello|hey|dear|welcome(?: back)?|good (?:morning|afternoon|evening|day))\b"
    r"(?!.*\b(?:ira|40[13]|457|hsa)\b)",
    re.IGNORECASE,
)
"""How a page greets its reader."""
_PERSON = late_regex(r"\bssn\b|\bsocial security (?:no|num|#)|^\s*participant\b", re.IGNORECASE)
"""What is said of a person, whose number is no account's."""
_LONGEST_LABEL = 80
_SHARE_OF = late_regex(r"[0-9]\s?%\s+of\b|^\s*[0-9.]+\s?%\s", re.ASCII)
_MOVED = late_regex(r"^(?:today|yesterday|1 day|day|daily|change|gain/loss)\b[^A-Za-z]*[$€£%]", re.IGNORECASE)
_COPY = late_regex(r"\s*\([0-9]{1,3}\)$")
_FILE_DATES = (
    late_regex(r"[A-Z][a-z]{2}-[0-9]{1,2}-(?:19|20)[0-9]{2}"),
    late_regex(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[-_T][0-9]{4,6})?"),
    late_regex(r"(?<![0-9])(?:(?:19|20)[0-9]{6}|[0-9]{4}20[0-9]{2})(?![0-9])"),
)
_EIGHT_DIGITS = late_regex(r"(?<![0-9])([0-9]{8})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Peek:
    """What recognition looks at: the file's name, its first lines and its headings."""

    file: str
    opening: tuple[Line, ...]
    headers: tuple[Columns, ...]

    def any_header(self, *keys: str) -> bool:
        """Tell whether one heading line has all these words."""
        return any(header.has(*keys) for header in self.headers)

    def first_text(self) -> str:
        """Return the first cell of the file that holds something."""
        return next((cells[0] for line in self.opening if (cells := filled(line.cells))), "")


@dataclass(frozen=True, slots=True)
class Rearranged:
    """A file's rows put into one table, the rows that were left out on the way, and what to tell."""

    grid: Grid
    skipped: tuple[SkippedRow, ...] = ()
    issues: tuple[Issue, ...] = ()


class Layout:
    """The engine's questions with the answers that suit any table; named layouts know better."""

    name = "generic"
    dated = True
    """Whether the files say anywhere which day their figures are of."""
    labelled = True
    """Whether lines of words may name accounts."""

    def identify(self, peek: Peek) -> int:
        """Return how sure this layout is of the file: 0 not mine, 10 mine, 1 if nobody knows better."""
        return 1 if peek.headers else 0

    def rearrange(self, _grid: Grid, /) -> Rearranged | None:
        """Return the file as one table where its sections make no table as they stand, else None."""
        return None

    def heading(self, columns: Columns) -> Columns:
        """Return what the columns of a heading mean where this layout knows better than their words."""
        return columns

    def align(self, cells: list[str], _columns: Columns, /) -> list[str]:
        """Return a row's cells in the order of its heading (some providers shift rows)."""
        return cells

    def skip(self, _row: Row, /) -> SkipReason | None:
        """Return why a row is no holding where only this layout can know."""
        return None

    def title_account(self, opening: Sequence[Line]) -> AccountName | None:
        """Return the account named in the lines above the first table."""
        texts = [cells[0] for line in opening if len(cells := filled(line.cells)) == 1]
        labels = [label for text in texts if (label := self.label_inside(text))]
        numbered = [label for label in labels if label.id != label.name and is_numbered(label.id)]
        return (numbered or labels)[-1] if labels else None

    def label_above(self, text: str) -> AccountName | None:
        """Return the account that a line of words right above a heading opens, None when it opens none."""
        label = _strip_date(text)
        if not _may_label(text) or is_of_period(text) or is_surely_source(text):
            return None
        if not self.labelled or is_section(label) or is_footer(text) or _is_headline(label):
            return None
        if len(label) > _LONGEST_LABEL:
            return None
        found = split_label(label)
        bare = found.id.replace("-", "").isdecimal() and found.id != found.name
        return None if bare and not speaks_of_account(label) else found

    def label_inside(self, text: str) -> AccountName | None:
        """Return the account that a lone line of words opens, None when it is a section or a remark."""
        if not self.labelled or is_section(text) or is_footer(text) or len(text) > _LONGEST_LABEL:
            return None
        if not _may_label(text):
            return None
        if _is_headline(_strip_date(text)) or stated_amount([text]) or "$" in text:
            return None
        return split_label(_strip_date(text)) if speaks_of_account(text) else None

    def row_account(self, account_id: str, name: str) -> AccountName:
        """Return the account a row's own columns name; either may be empty."""
        return AccountName(account_id, name)

    def summary_account(self, row: Row) -> AccountName | None:
        """Return the account a row of an account summary speaks of."""
        label = row.account_id or row.account_name
        return AccountName(label, row.account_name or label) if label else None

    def as_of(self, file: str, outside: Sequence[str], dates: Sequence[str]) -> AsOf | None:
        """Return the date of the figures: from a date column, a title, a footer, or the file's name."""
        if not self.dated:
            return None
        in_rows = [day for text in dates if (day := find_date(text))]
        if in_rows:
            return max(in_rows), AsOfKind.VALUATION
        said = said_day(outside)
        if said is not None:
            return said
        day = date_in_name(file)
        return (day, AsOfKind.DOWNLOAD) if day else None


def account_in_name(file: str) -> AccountName:
    """Return the account a file without any is taken for: its name without date and copy mark.

    Next month's download of the same account then has the same name.
    """
    stem = PurePath(file).stem or file
    words = _COPY.sub("", stem)
    for pattern in _FILE_DATES:
        words = pattern.sub("", words)
    words = words.strip(" _-.") or stem
    return AccountName(words, words)


def date_in_name(file: str) -> date | None:
    """Return the date spelled in a file's name (Jan-25-2023, 2024-10-05, 01252023), None without one."""
    stem = PurePath(file).stem.replace("_", " ")
    day = find_date(settle(stem, day_first=is_day_first([stem], [])))
    if day is not None:
        return day
    found = _EIGHT_DIGITS.search(stem)
    if found is None:
        return None
    digits = found[1]
    if digits.startswith(("19", "20")):
        return find_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    return find_date(f"{digits[:2]}/{digits[2:4]}/{digits[4:]}")


def _may_label(text: str) -> bool:
    """Tell whether a line may name an account: letters, but no share (“Roth 3%”) and no bare “Account”."""
    words = text.rstrip()
    if is_link(words) or is_bare_label(words):
        return False
    if words.startswith("(") and words.endswith(")"):
        return False
    if not any(map(str.isalpha, words)) or words.endswith("%") or _ENDS_IN_AMOUNT.search(words):
        return False
    known = role_of(words)
    if known is not None and known[0] is Role.WEIGHT:
        return False
    said = (_PERSON, _SHARE_OF, _MOVED, _GREETING)
    return not (any(pattern.search(words) for pattern in said) or is_said_of_else(words))


def _is_headline(label: str) -> bool:
    return _HEADLINE.fullmatch(label) is not None or is_headline(label)


def _strip_date(text: str) -> str:
    bare = _DAY_BEHIND.sub("", text) or text
    return _DAYS_AT_END.sub("", " ".join(bare.split())) or text
