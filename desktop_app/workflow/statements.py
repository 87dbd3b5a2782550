"""From files to a preview, from a preview into the document; nothing is stored before it is accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import ClassifiedBy, Fund, FundKey
from desktop_app.domain.household import Household, with_user_mix
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import ONE, ZERO, Money
from desktop_app.domain.statement import Statement
from desktop_app.importers import best_guesses, read_statement, read_table_text

from .edits import set_fund_mix
from .identity import AccountMatch, find_matches, settle


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that could not be read, and the sentence that says why."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class FundQuestion:
    """A fund whose class is not known: how much it is, and up to two guesses in words."""

    fund: Fund
    value: Money
    guesses: tuple[tuple[str, AssetMix], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was compared; `ok` False asks for a look before importing."""

    words: str
    detail: str
    ok: bool = False


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do.

    `answers` are mixes given here; they are remembered with the import. `matches` are accounts without a
    number that may be ones the household has.
    """

    household: Household
    statements: tuple[Statement, ...]
    problems: tuple[FileProblem, ...] = ()
    answers: tuple[tuple[FundKey, AssetMix], ...] = ()
    matches: tuple[AccountMatch, ...] = ()

    @property
    def account_question(self) -> AccountMatch | None:
        """The first unnumbered account that may be one the household has, until it is answered."""
        return next((match for match in self.matches if not match.answered), None)

    @property
    def holding_count(self) -> int:
        """Number of holdings that would be imported."""
        return sum(len(account.rows) for statement in self.statements for account in statement.accounts)

    @property
    def total(self) -> Money:
        """Dollars that would be imported."""
        return sum((statement.total for statement in self.statements), ZERO)

    def fund(self, fund: Fund) -> Fund:
        """Return the fund with the answer given here or remembered from earlier."""
        return with_user_mix(fund, {**dict(self.household.fund_mixes), **dict(self.answers)})

    @property
    def questions(self) -> tuple[FundQuestion, ...]:
        """The funds still without a class, the largest first."""
        found: dict[FundKey, tuple[Fund, Decimal]] = {}
        for statement in self.statements:
            for account in statement.accounts:
                for row in account.rows:
                    fund = self.fund(row.fund)
                    if fund.classified_by is ClassifiedBy.UNKNOWN:
                        found[fund.key] = (fund, found.get(fund.key, (fund, ZERO))[1] + row.value)
        ordered = sorted(found.values(), key=lambda pair: -pair[1])
        return tuple(FundQuestion(fund, value, best_guesses(fund.name)) for fund, value in ordered)

    @property
    def checks(self) -> tuple[Check, ...]:
        """What was compared within the files and with the document."""
        return tuple(check for statement in self.statements for check in self._checks_of(statement))

    def _checks_of(self, statement: Statement) -> Iterable[Check]:
        yield from _total_checks(statement)
        yield from _unit_checks(statement)
        yield from self._date_checks(statement)
        if any(known.digest and known.digest == statement.digest for known in self.household.statements):
            yield Check("You imported this file before", "Importing it again changes nothing.")
        for issue in statement.issues:
            if issue.severity is not Severity.INFO:
                yield Check(_with_line(issue), issue.fix)

    def _date_checks(self, statement: Statement) -> Iterable[Check]:
        if statement.as_of is None:
            yield Check("The file does not say its date", "So it cannot be told how old its prices are.")
            return
        dates = [
            known.as_of
            for known in self.household.statements
            if known.as_of and {a.id for a in known.accounts} & {a.id for a in statement.accounts}
        ]
        if not dates:
            return
        day = f"Last statement: {max(dates):%d %b %Y}".replace(" 0", " ")
        if statement.as_of < max(dates):
            yield Check("Older than what you have", day)
        elif statement.as_of == max(dates):
            yield Check("Of the same day as what you have", day, ok=True)
        else:
            yield Check("Newer than what you have", day, ok=True)


def _with_line(issue: Issue) -> str:
    return issue.message if issue.line is None else f"Line {issue.line}: {issue.message}"


def _total_checks(statement: Statement) -> Iterable[Check]:
    stated = [account for account in statement.accounts if account.stated_total is not None]
    wrong = [account for account in stated if account.stated_total != account.total]
    for account in wrong:
        yield Check(
            f"{account.name}: the file's total is ${account.stated_total:,.2f}",
            f"Its holdings add to ${account.total:,.2f}.",
        )
    if stated and not wrong:
        both = sum((account.total for account in stated), ZERO)
        yield Check("Total agrees to the cent", f"Both say ${both:,.2f}", ok=True)


def _unit_checks(statement: Statement) -> Iterable[Check]:
    rows = [row for account in statement.accounts for row in account.rows]
    priced = [(row, row.units * row.price) for row in rows if row.units is not None and row.price is not None]
    if not priced:
        return
    agree = sum(
        abs(row.value - product) <= max(abs(row.value) * Decimal("0.005"), ONE) for row, product in priced
    )
    if agree == len(priced):
        yield Check("Units × price = value", f"In all {agree} rows that have both", ok=True)


def preview_files(household: Household, paths: Iterable[Path]) -> ImportPreview:
    """Read files for a preview; a file that cannot be read becomes a problem and loses no other."""
    statements: list[Statement] = []
    problems: list[FileProblem] = []
    for path in paths:
        try:
            statements.append(read_statement(path))
        except UserError as error:
            problems.append(FileProblem(path.name, str(error)))
    return _preview(household, statements, problems)


def preview_text(household: Household, text: str, name: str = "Pasted table") -> ImportPreview:
    """Read a table copied from a web page or spreadsheet for a preview."""
    try:
        return _preview(household, [read_table_text(text, name)], [])
    except UserError as error:
        return ImportPreview(household, (), (FileProblem(name, str(error)),))


def _preview(household: Household, statements: list[Statement], problems: list[FileProblem]) -> ImportPreview:
    matches = find_matches(household.statements, statements)
    return ImportPreview(household, tuple(statements), tuple(problems), matches=matches)


def answer_account(preview: ImportPreview, match: AccountMatch, *, same: bool) -> ImportPreview:
    """Say whether an unnumbered account is the known one or another."""
    answered = replace(match, same=same, answered=True)
    return replace(preview, matches=tuple(answered if m == match else m for m in preview.matches))


def answer(preview: ImportPreview, key: FundKey, mix: AssetMix) -> ImportPreview:
    """Say what a fund holds; the answer is remembered once the preview is accepted."""
    return replace(preview, answers=(*((k, m) for k, m in preview.answers if k != key), (key, mix)))


def accept(preview: ImportPreview) -> Household:
    """Store everything previewed as one change; statements already known are not stored twice."""
    household = preview.household
    known = {statement.digest for statement in household.statements if statement.digest}
    fresh: list[Statement] = []
    for statement in settle(household.statements, preview.statements, preview.matches):
        if not statement.digest or statement.digest not in known:
            fresh.append(statement)
            known.add(statement.digest)
    household = replace(household, statements=(*household.statements, *fresh))
    for key, mix in preview.answers:
        household = set_fund_mix(household, key, mix)
    return household


def snapshot_of(statements: Iterable[Statement]) -> Snapshot:
    """Return the accounts of several statements side by side, as a headless plan sees them."""
    return Household(statements=tuple(statements)).snapshot()
