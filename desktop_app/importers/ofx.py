"""OFX and QFX downloads (Open Financial Exchange 1 and 2) to a statement."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from desktop_app.domain.hints import ReadingHints
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.statement import AsOfKind, SkippedRow, SkipReason, Statement, StatementAccount

from .dates import future_issue
from .decoding import decode
from .errors import NotAStatementError, TooLargeError
from .kinds import is_ofx
from .ofx_account import Account, OfxReader
from .ofx_tree import Node, Source, read_tree
from .watching import Watch, unwatched

_tr = translator("Remarks")
__all__ = ["is_ofx", "read_ofx"]

_LARGEST = 60_000_000
_NO_HINTS = ReadingHints()
_BANK = ("STMTRS", "CCSTMTRS")
_POSITIONS = "Download the positions or holdings of the account, as OFX, CSV or Excel, and open that file."
_CUT = "The file stops before its end."
_CUT_FIX = "Download it again, and compare the holdings with the provider's page."


def read_ofx(
    data: bytes,
    name: str,
    digest: str,
    hints: ReadingHints = _NO_HINTS,
    watch: Watch = unwatched,
) -> Statement:
    """Read an OFX or QFX download: every investment account in it with its positions and cash.

    Of the hints, lines to leave out count.

    Raises a subclass of `UnreadableFileError` where the file holds no positions, is cut off, or is larger
    or deeper than any statement.
    """
    if len(data) > _LARGEST:
        raise TooLargeError(name, f"{len(data) // 1_000_000} MB", "60 MB")
    text = decode(data, name)
    source = Source(text)
    root, finished = read_tree(text, name, watch)
    reader = OfxReader(root, source)
    accounts = [reader.account(node) for node in root.all("INVSTMTRS")]
    accounts = _newest_only(accounts, reader)
    if not any(account.has_content for account in accounts):
        raise _without_positions(root, name)
    _leave_out_lines(accounts, reader, {line for sheet, line in hints.leave_out if not sheet})
    if not finished:
        reader.issues.append(Issue(Severity.WARNING, _tr(_CUT), _tr(_CUT_FIX)))
    _leave_out_banks(root, reader)
    as_of, kind = _as_of(accounts, root, reader)
    if as_of is not None and (future := future_issue(as_of, date.today())) is not None:
        reader.issues.append(future)
    return Statement(
        file=name,
        layout="ofx",
        as_of=as_of,
        as_of_kind=kind,
        accounts=tuple(
            StatementAccount(account.id, account.name, tuple(account.rows), account.stated)
            for account in accounts
            if account.has_content
        ),
        skipped=tuple(sorted(reader.skipped, key=lambda row: row.line)),
        issues=tuple(sorted(reader.issues, key=lambda issue: issue.line or 0)),
        digest=digest,
    )


def _leave_out_lines(accounts: list[Account], reader: OfxReader, left_out: set[int]) -> None:
    """Leave out the lines the user said to; offer it only where a line holds one holding."""
    on_line = Counter(row.line for account in accounts for row in account.rows)
    for account in accounts:
        for row in account.rows:
            if row.line in left_out:
                text = f"{row.fund.name} {row.value:,.2f}"
                reader.skipped.append(SkippedRow(row.line, text, SkipReason.NOT_A_HOLDING))
        account.rows = [row for row in account.rows if row.line not in left_out]
    reader.issues = [
        issue if issue.line and on_line[issue.line] == 1 else replace(issue, quick=())
        for issue in reader.issues
        if issue.line not in left_out
    ]


def _newest_only(accounts: list[Account], reader: OfxReader) -> list[Account]:
    """Join what the file says of one account twice; of two days, only the later counts."""
    kept: dict[tuple[str, str], Account] = {}
    for account in sorted(accounts, key=lambda account: account.as_of or date.min, reverse=True):
        mine = kept.setdefault(account.key, account)
        if mine is account:
            continue
        if mine.as_of == account.as_of and _differ(mine, account):
            mine.add(account)
            continue
        for row in account.rows:
            text = f"{row.fund.name} {row.value:,.2f}"
            reader.skipped.append(SkippedRow(row.line, text, SkipReason.NOT_A_HOLDING))
        message = _tr("{0} stands in the file twice; its statement of {1} was taken.").format(
            account.name, mine.as_of
        )
        line = account.rows[0].line if account.rows else None
        reader.issues.append(Issue(Severity.INFO, message, "", line))
    chosen = list(kept.values())
    _rename_twins(chosen)
    return [account for account in accounts if any(account is other for other in chosen)]


def _differ(one: Account, other: Account) -> bool:
    def shown(account: Account) -> list[tuple[object, ...]]:
        return sorted((row.fund.key, row.value, row.source or "") for row in account.rows)

    return shown(one) != shown(other)


def _rename_twins(accounts: list[Account]) -> None:
    """Keep accounts apart that have one number at two brokers."""
    seen: set[str] = set()
    for account in accounts:
        if account.id in seen:
            account.id = f"{account.id} {account.key[1]}".strip()
        seen.add(account.id)


def _as_of(accounts: list[Account], root: Node, reader: OfxReader) -> tuple[date | None, AsOfKind | None]:
    """Return the oldest day of the accounts with holdings; without any, the day of the download."""
    days = sorted({account.as_of for account in accounts if account.as_of and account.has_content})
    if len(days) > 1:
        message = _tr("The accounts are of different days, {0} to {1}; the oldest was taken.").format(
            days[0], days[-1]
        )
        reader.issues.append(Issue(Severity.INFO, message))
    if days:
        return days[0], AsOfKind.VALUATION
    for node in root.all("SONRS"):
        day = reader.day(node.value("DTSERVER"))
        if day is not None:
            return day, AsOfKind.DOWNLOAD
    return None, None


def _leave_out_banks(root: Node, reader: OfxReader) -> None:
    """List bank and card accounts beside the investments as left out."""
    for statement in root.all(*_BANK):
        reader.skip(statement, SkipReason.NOT_A_HOLDING)
        reader.skip_transactions(statement)
        reader.tell(statement, _tr("The file also holds a bank or card account; it was left out."), "")


def _without_positions(root: Node, name: str) -> NotAStatementError:
    """Say what an OFX file without positions holds instead."""
    refused = next(
        (words for node in root.all("STATUS") if node.value("SEVERITY").upper() == "ERROR"
         and (words := node.value("MESSAGE") or _tr("error {0}").format(node.value("CODE")))),
        "",
    )  # fmt: skip
    if refused:
        advice = _tr("The provider says: “{0}”. Sign in there and download the file again.").format(
            refused[:200]
        )
        return NotAStatementError(name, _tr("an OFX download that failed"), advice)
    instead = _tr(_POSITIONS)
    if any(True for _ in root.all(*_BANK)):
        advice = _tr("It says what was paid in and out.")
        return NotAStatementError(
            name, _tr("an OFX download of a bank or card account"), f"{advice} {instead}"
        )
    if any(True for _ in root.all("INVTRANLIST")):
        advice = _tr("It says what was bought and sold, not what is held.")
        return NotAStatementError(name, _tr("an OFX download of transactions alone"), f"{advice} {instead}")
    return NotAStatementError(name, _tr("an OFX download without any position"), instead)
