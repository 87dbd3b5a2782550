"""Compares what a file's holdings add to with what the file itself states."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.issues import Issue, IssueKind, QuickFix, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason, StatementAccount, StatementRow

from .classifier import classify
from .outcome import Found, Outcome
from .surplus import drop_surplus

_tr = translator("Remarks")
_LOAN_FIX = "A loan is no part of the mix. If the line is a fund, count it."
_SUM_FIX = "Check the skipped lines, or download the file again."


def check_sums(outcome: Outcome, accounts: tuple[StatementAccount, ...]) -> tuple[StatementAccount, ...]:
    """Return the accounts with the totals the file states; sums that disagree become issues."""
    accounts = _lower_whole_total(outcome, _lift_whole_total(outcome, accounts))
    accounts = _share_total_above(outcome, _share_whole_total(outcome, accounts))
    accounts = tuple(drop_surplus(outcome, account) for account in accounts)
    for account in accounts:
        _check_total(outcome, account)
    _check_whole(outcome, accounts)
    return accounts


def settle_summaries(outcome: Outcome) -> None:
    """Give what a summary states of an account to the account itself, where the rows call it otherwise."""
    held = [found for found in outcome.accounts.values() if found.gathered]
    for key, found in list(outcome.accounts.items()):
        if found.gathered or not found.stated:
            continue
        same = [other for other in held if other.name == found.name and other.stated is None]
        same = same or [other for other in held if _is_worth(other, found.stated)]
        if len(same) == 1:
            same[0].stated, same[0].stated_line = found.stated, found.stated_line
            if same[0].is_fallback or same[0].name in {"", same[0].id}:
                same[0].name = found.name
            del outcome.accounts[key]
    for key, found in list(outcome.accounts.items()) if len(held) == 1 else ():
        if not found.gathered and found.stated and _is_missing(outcome, held[0], found.stated):
            _count(outcome, held[0], found)
            del outcome.accounts[key]


def _is_missing(outcome: Outcome, held: Found, stated: Money) -> bool:
    """Tell whether money listed among accounts is just what the rows lack of the file's total."""
    pairs = (outcome.whole_total, outcome.stated_above)
    totals = [held.stated, *(pair[1] for pair in pairs if pair is not None)]
    return held.gathered.total + stated in totals


def _count(outcome: Outcome, held: Found, listed: Found) -> None:
    """Count money that a small table lists beside the funds, such as an account's cash."""
    line, value = listed.stated_line or 0, listed.stated or ZERO
    if held.stated == held.gathered.total:
        held.stated += value  # the total of the funds, without what stands beside them
    held.rows.append(StatementRow(line, classify(None, None, listed.name), value))
    outcome.skipped = [row for row in outcome.skipped if row.line != line or row.sheet != outcome.sheet]
    message = _tr("{0}: {1:,.2f} stands beside the funds; the file's total has it. It was counted.").format(
        listed.name, value
    )
    outcome.issues.append(Issue(Severity.INFO, message, "", line, (QuickFix.LEAVE_OUT,), outcome.sheet))


def _is_worth(found: Found, stated: Money) -> bool:
    total = found.gathered.total
    return found.stated in {None, stated} and abs(total - stated) <= CENT * max(2, len(found.gathered))


def _lift_whole_total(
    outcome: Outcome, accounts: tuple[StatementAccount, ...]
) -> tuple[StatementAccount, ...]:
    """A total below the last account that is worth all of them is the whole file's."""
    if len(accounts) < 2 or outcome.whole_total is not None or accounts[-1].stated_total is None:
        return accounts
    last, whole = accounts[-1], sum((account.total for account in accounts), ZERO)
    if last.stated_total != whole or last.total == whole:
        return accounts
    outcome.whole_total = (outcome.accounts[last.id].stated_line or 0, whole)
    return (*accounts[:-1], replace(last, stated_total=None))


def _lower_whole_total(
    outcome: Outcome, accounts: tuple[StatementAccount, ...]
) -> tuple[StatementAccount, ...]:
    """A sum below the first account alone is that account's where it is not what all of them are worth."""
    if outcome.whole_total is None or len(accounts) < 2:
        return accounts
    line, stated = outcome.whole_total
    first, total = accounts[0], sum((account.total for account in accounts), ZERO)
    if first.stated_total is not None or first.total != stated or total == stated:
        return accounts
    if any(row.line > line for row in first.rows) or any(row.line < line for row in accounts[1].rows):
        return accounts
    outcome.accounts[first.id].stated_line = line
    outcome.whole_total = None
    return (replace(first, stated_total=stated), *accounts[1:])


def _share_whole_total(
    outcome: Outcome, accounts: tuple[StatementAccount, ...]
) -> tuple[StatementAccount, ...]:
    """A total over everything is that of the only account, also where it was one of a part that disagrees."""
    if outcome.whole_total is None or len(accounts) != 1:
        return accounts
    line, stated = outcome.whole_total
    total, said, count = accounts[0].total, accounts[0].stated_total, len(accounts[0].rows)
    if said is not None and (
        _agrees(total, said, count, outcome) or not _agrees(total, stated, count, outcome)
    ):
        return accounts
    outcome.accounts[accounts[0].id].stated_line = line
    outcome.whole_total = None
    return (replace(accounts[0], stated_total=stated),)


def _share_total_above(
    outcome: Outcome, accounts: tuple[StatementAccount, ...]
) -> tuple[StatementAccount, ...]:
    """A total above the table is that of the only account, of the first if it agrees, else of all.

    Where the only account's own total does not agree but the one above does, the other was that of a part.
    """
    if outcome.stated_above is None or not accounts:
        return accounts
    line, stated = outcome.stated_above
    first = accounts[0]
    said, count = first.stated_total, len(first.rows)
    agrees = _agrees(first.total, stated, count, outcome)
    if (said is None and (len(accounts) == 1 or agrees)) or (
        said is not None and len(accounts) == 1 and agrees and not _agrees(first.total, said, count, outcome)
    ):
        outcome.accounts[first.id].stated_line = line
        return (replace(first, stated_total=stated), *accounts[1:])
    if outcome.whole_total is None and stated not in {account.stated_total for account in accounts}:
        outcome.whole_total = outcome.stated_above
    return accounts


def _check_total(outcome: Outcome, account: StatementAccount) -> None:
    if account.stated_total is not None and not _agrees(
        account.total, account.stated_total, len(account.rows), outcome
    ):
        message = _tr("{0}: the lines add to {1:,.2f}, but the file states {2:,.2f}.").format(
            account.name, account.total, account.stated_total
        )
        line = outcome.accounts[account.id].stated_line
        kind = IssueKind.STATED_OTHERWISE
        outcome.issues.append(Issue(Severity.WARNING, message, _tr(_SUM_FIX), line, kind=kind))
    elif account.stated_total is not None:
        _tell_loans(outcome, account.name, account.stated_total - account.total, len(account.rows))


def _tell_loans(outcome: Outcome, name: str, more: Money, rows: int) -> None:
    """Say that a stated total has loans in it, which the lines that count have not."""
    if not outcome.loans or abs(more - outcome.loans) > CENT * max(2, rows):
        return
    loans = [row for row in outcome.skipped if row.reason is SkipReason.LOAN]
    message = _tr("{0}: the file's total has {1:,.2f} of loans in it, which are not counted.").format(
        name, abs(outcome.loans)
    )
    line, quick = (loans[0].line, (QuickFix.COUNT,)) if len(loans) == 1 else (None, ())
    outcome.issues.append(Issue(Severity.INFO, message, _tr(_LOAN_FIX), line, quick, outcome.sheet))


def _check_whole(outcome: Outcome, accounts: tuple[StatementAccount, ...]) -> None:
    if outcome.whole_total is None or not accounts:
        return
    line, stated = outcome.whole_total
    total = sum((account.total for account in accounts), ZERO)
    if not _agrees(total, stated, sum(len(account.rows) for account in accounts), outcome):
        message = _tr("All accounts add to {0:,.2f}, but the file states {1:,.2f}.").format(total, stated)
        kind = IssueKind.STATED_OTHERWISE
        outcome.issues.append(Issue(Severity.WARNING, message, _tr(_SUM_FIX), line, kind=kind))


def _agrees(total: Money, stated: Money, rows: int, outcome: Outcome) -> bool:
    """Tell whether a sum is the stated one, give or take a cent a row; loans and pending may be in it."""
    room = CENT * max(2, rows)
    if abs(total - stated) <= room:
        return True
    apart = {outcome.loans, outcome.pending, outcome.loans + outcome.pending, outcome.rolled_up}
    return any(abs(total + more - stated) <= room for more in apart)
