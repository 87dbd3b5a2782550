"""Sheets of a workbook that are parts of one account: one for each contribution source or kind of asset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from desktop_app.domain.funds import FundKey
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.statement import SkipReason

from .account_labels import AccountName, is_numbered, plain_label, speaks_of_account
from .columns import Role, TableKind
from .grid import filled
from .outcome import Found, Outcome
from .patterns import late_regex
from .rows import is_section, is_total
from .tables import Part
from .wording import is_every_source, is_headline, is_part_of_source, is_source, is_source_section

_tr = translator("Remarks")
_LONGEST_TITLE = 31
"""Letters a sheet's title may have; a longer name of a source is cut."""
_FEWEST_LETTERS = 12
_TOP = 8
_SAID = late_regex(
    r"(?:(?:money|contribution|tax)\s+type|(?:(?:money|contribution|tax)\s+)?source)(?:\s+name)?\s*[:=]\s*"
    r"(?P<source>\S.*)",
    re.IGNORECASE,
)
_MAY_BE_ACCOUNT = late_regex(
    r"\b(?:roth|rollover|traditional|regular|supplemental|plan|account|401k?|403b?|457b?|529|sep|simple|conversion)\b"
    r"|\([bk]\)",
    re.IGNORECASE,
)
"""Words for a source that an account of its own may be called by as well."""
_PAID_IN = late_regex(r"\S\s+contrib(?:ution)?s?\b", re.IGNORECASE)
_FIX = "If it is different money, save that sheet as a file of its own and import that too."


def parts_of_one(usable: Sequence[Part], parts: Sequence[Part]) -> dict[str, str | None]:
    """Return the sheets that hold parts of one account, each with its contribution source.

    It is None for sheets of kinds of assets (“Stocks”, “Cash”).
    A title that may be an account's as well (“Roth”) is a source only beside others that cannot, or where
    a table of the workbook lists it as one, or the sheet itself says so.
    """
    held = [part for part in usable if any(c.kind is TableKind.HOLDINGS for c in part.headers.values())]
    titles = [part.grid.sheet for part in held]
    if len(titles) > 1 and all(map(is_section, titles)):
        return dict.fromkeys(titles)
    single = [part for part in held if not is_whole_sheet(part.grid.sheet)]
    lists = [part for part in parts if part not in single]
    listed = [plain_label(name) for part in lists for name in _listed(part)]
    found: dict[str, str | None] = {}
    sure = 0
    for part in single:
        title = part.grid.sheet
        said = _said(part) or next((title for name in listed if _is_called(title, name)), None)
        if said is not None or is_source_section(title) or is_part_of_source(title):
            found[title] = said or title
            sure += said is not None or _is_surely_source(title)
    others = len(found) < len(single)
    return found if len(found) > 1 and sure > others else {}


def _is_surely_source(title: str) -> bool:
    """Tell whether a title is a source's and no account is called so."""
    worded = is_source(title) or (_PAID_IN.search(title) is not None and is_part_of_source(title))
    return worded and _MAY_BE_ACCOUNT.search(title) is None


def is_whole_sheet(title: str) -> bool:
    """Tell whether a sheet's title is that of all sources or kinds together."""
    return is_every_source(title) or is_total(title) or is_headline(title)


def _listed(part: Part) -> Iterator[str]:
    """Yield the contribution sources that tables of sources list."""
    for position, columns in part.headers.items():
        place = columns.index.get(Role.SOURCE)
        if columns.kind is TableKind.SOURCES and place is not None:
            rows = part.rows_below(position)
            yield from (text for row in rows if place < len(row.cells) and (text := row.cells[place].strip()))


def _is_called(title: str, name: str) -> bool:
    """Tell whether a sheet goes by the name of a source, which its title may have cut."""
    mine = plain_label(title)
    is_cut = len(title) > _LONGEST_TITLE - 3 and len(mine) >= _FEWEST_LETTERS and name.startswith(mine)
    return mine == name or is_cut


def _said(part: Part) -> str | None:
    """Return the source that a line above a sheet's first heading says it is of (`Source: Match`)."""
    first = min(part.headers, default=0)
    lines = (" ".join(filled(line.cells)) for line in part.grid.lines[: min(first, _TOP)])
    found = [match["source"] for line in lines if (match := _SAID.fullmatch(line))]
    title = plain_label(part.grid.sheet)
    return next((s for s in found if is_source_section(s) or plain_label(s).startswith(title)), None)


def join_parts(outcomes: Sequence[Outcome], split: Mapping[str, str | None], alone: AccountName) -> None:
    """Make one account of the sheets that hold its parts; where another sheet adds them up, that is counted.

    `alone` names the account where the sheets give neither a number nor a name to all of them.
    """
    inside = [outcome for outcome in outcomes if outcome.sheet in split]
    sums = _sums(inside)
    whole = next((o for o in outcomes if o.sheet not in split and sums and _sums([o]) == sums), None)
    if whole is not None:
        for outcome in inside:
            _leave_out(outcome, whole.sheet)
        return
    _share_name(inside, alone)
    for key in dict.fromkeys(key for outcome in inside for key in outcome.accounts):
        _add_totals([outcome.accounts[key] for outcome in inside if key in outcome.accounts])


def _sums(outcomes: Sequence[Outcome]) -> dict[FundKey, Money]:
    sums: dict[FundKey, Money] = {}
    for row in (row for outcome in outcomes for found in outcome.accounts.values() for row in found.rows):
        sums[row.fund.key] = sums.get(row.fund.key, ZERO) + row.value
    return sums


def _leave_out(outcome: Outcome, where: str) -> None:
    message = _tr("Sheet “{0}” describes the same money as sheet “{1}”; it was counted once.").format(
        outcome.sheet, where
    )
    outcome.issues.append(Issue(Severity.INFO, message, _tr(_FIX), None, (), outcome.sheet))
    for table in outcome.tables:
        outcome.drop(table, list(table.entries), SkipReason.SOURCE_SPLIT)
    for found in outcome.accounts.values():
        found.stated = None


def _share_name(inside: Sequence[Outcome], alone: AccountName) -> None:
    """Give accounts that go by the words above each sheet's table (“Mill plan, match”) one name."""
    held = [[found for found in outcome.accounts.values() if found.gathered] for outcome in inside]
    founds = [found for of_sheet in held for found in of_sheet]
    if any(len(of_sheet) > 1 for of_sheet in held) or len({found.id for found in founds}) < 2:
        return
    if any(is_numbered(found.id) for found in founds):
        return
    columns = zip(*(found.name.split() for found in founds if not found.is_fallback), strict=False)
    same = takewhile(lambda words: len(set(words)) == 1, columns)
    name = " ".join(words[0] for words in same).strip(" -–—:,(|")
    account = AccountName(name, name) if speaks_of_account(name) else alone
    for outcome in inside:
        for found in outcome.accounts.values():
            found.id, found.name = account
            found.is_fallback = account is alone
        outcome.accounts = {found.id: found for found in outcome.accounts.values() if found.gathered}


def _add_totals(founds: Sequence[Found]) -> None:
    """Take the sum of what the sheets state of themselves for the account's total."""
    if any(found.stated is None for found in founds):
        total = None
    elif all(found.stated == found.gathered.total for found in founds):
        total = sum((found.gathered.total for found in founds), ZERO)
    else:
        return
    for found in founds:
        found.stated = found.stated_line = None
    founds[0].stated = total
