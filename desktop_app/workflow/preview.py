"""What an import would do, as one value: statements, problems, questions and the answers so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import Fund, FundKey
from desktop_app.domain.hints import ReadingHints, TableMapping
from desktop_app.domain.household import Household, newest_places, with_user_mix
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.money import ZERO, Money
from desktop_app.domain.records import dataclass
from desktop_app.domain.sources import StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import Watch, sketch_tables
from desktop_app.importers.errors import LockedWorkbookError, NoHoldingsTableError, WrongPasswordError

from .facts import Remembered, facts_of, work_out
from .guesses import likely_kinds
from .identity import AccountMatch, find_matches
from .import_checks import Check, checks_of, remembered_columns
from .missing import MissingFunds, find_missing
from .settling import settle


class Need(Enum):
    """What would make an unreadable file readable."""

    NOTHING = auto()
    PASSWORD = auto()
    COLUMNS = auto()


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that could not be read, the sentence that says why, and what would help.

    `source` is what could not be read, None when nothing was found to read.
    """

    file: str
    message: str
    source: StatementSource | None = None
    needs: Need = Need.NOTHING


@dataclass(frozen=True, slots=True)
class FundQuestion:
    """A fund whose class is not known: how much it is, and up to two guesses in words."""

    fund: Fund
    value: Money
    guesses: tuple[tuple[str, AssetMix], ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class ImportPreview:
    """What an import would do.

    `sources` and `hints` stand beside `statements`: what each was read from, and with which answers.
    `answers` are mixes and `mappings` columns explained here; both are remembered with the import.
    `matches` are accounts that may be ones the household has under another number or name; `missing_said`
    are the answers about funds that a newer file leaves out. With `today` the age of figures is judged.
    `undated` are places of statements whose day nobody knows.
    """

    household: Household
    statements: tuple[Statement, ...]
    problems: tuple[FileProblem, ...] = ()
    answers: tuple[tuple[FundKey, AssetMix], ...] = ()
    matches: tuple[AccountMatch, ...] = ()
    sources: tuple[StatementSource, ...] = ()
    hints: tuple[ReadingHints, ...] = ()
    mappings: tuple[TableMapping, ...] = ()
    missing_said: tuple[MissingFunds, ...] = ()
    today: date | None = None
    undated: frozenset[int] = frozenset()

    @property
    def account_question(self) -> AccountMatch | None:
        """The first account that may be one the household has, until it is answered."""
        return next((match for match in self.matches if not match.answered), None)

    @property
    def settled(self) -> tuple[Statement, ...]:
        """The statements with the identity of every account decided."""
        return _settled(self)

    @property
    def missing(self) -> tuple[MissingFunds, ...]:
        """Funds that newer figures of known accounts leave out, with the answers given so far."""
        return _missing(self)

    @property
    def missing_question(self) -> MissingFunds | None:
        """The first funds that are missing unexplained, once it is clear which account is which."""
        if self.account_question is not None:
            return None
        return next((missing for missing in self.missing if not missing.answered), None)

    @property
    def date_question(self) -> int | None:
        """The place of the first statement without a day, once accounts and missing funds are settled."""
        if self.account_question is not None or self.missing_question is not None:
            return None
        return next((number for number in range(len(self.statements)) if self._lacks_day(number)), None)

    def _lacks_day(self, number: int) -> bool:
        statement = self.statements[number]
        if statement.as_of is not None or number in self.undated:
            return False
        known = {known.digest for known in self.household.statements if known.digest}
        return statement.digest not in known and any(account.rows for account in statement.accounts)

    @property
    def counted(self) -> tuple[tuple[int, int], ...]:
        """Where the files have the newest figures of each account: places of statements and accounts."""
        return _counted(self)

    @property
    def history(self) -> frozenset[tuple[int, int]]:
        """Places of figures that are older than others of their account, here or in the document."""
        settled = self.settled
        begin = len(self.household.statements)
        newest = {(s - begin, a) for s, a in newest_places((*self.household.statements, *settled))}
        known = {statement.digest for statement in self.household.statements if statement.digest}
        return frozenset(
            (s, a)
            for s, statement in enumerate(settled)
            if not statement.digest or statement.digest not in known
            for a in range(len(statement.accounts))
            if (s, a) not in newest
        )

    @property
    def account_count(self) -> int:
        """Number of accounts that would be imported, each once however many files have it."""
        return len(self.counted)

    @property
    def holding_count(self) -> int:
        """Number of holdings that would be imported, of each account those of its newest file."""
        return sum(len(self.statements[s].accounts[a].rows) for s, a in self.counted)

    @property
    def total(self) -> Money:
        """Dollars that would be imported: of each account its newest file and what is still there."""
        read = (facts_of(self.statements[s].accounts[a]).total for s, a in self.counted)
        return sum(read, self.kept_total)

    @property
    def kept_total(self) -> Money:
        """Dollars of holdings that a file leaves out and the user said are still there."""
        return sum((missing.total for missing in self.missing if missing.kept), ZERO)

    def fund(self, fund: Fund) -> Fund:
        """Return the fund with the answer given here or remembered from earlier."""
        return with_user_mix(fund, {**dict(self.household.fund_mixes), **dict(self.answers)})

    @property
    def questions(self) -> tuple[FundQuestion, ...]:
        """The funds still without a class, the largest first."""
        return _questions(self)

    @property
    def question_count(self) -> int:
        """Number of questions that wait, of every kind."""
        return (
            sum(not match.answered for match in self.matches)
            + sum(not missing.answered for missing in self.missing)
            + sum(self._lacks_day(number) for number in range(len(self.statements)))
            + len(self.questions)
        )

    @property
    def household_total(self) -> Money:
        """Dollars of the household once this is imported."""
        statements = (*self.household.statements, *self.settled)
        held = (facts_of(statements[s].accounts[a]).total for s, a in newest_places(statements))
        return sum(held, self.kept_total)

    @property
    def has_vested(self) -> bool:
        """Whether any row says how much of it is vested."""
        return any(
            facts_of(account).has_vested for statement in self.statements for account in statement.accounts
        )

    @property
    def checks(self) -> tuple[Check, ...]:
        """What was compared within the files and with the document; of several files each is named."""
        return _checks(self)


def prepare(preview: ImportPreview, watch: Watch | None = None) -> ImportPreview:
    """Work out what a page will ask of a preview, off the interface thread; returns the preview.

    `watch` is told the share done and may raise `CancelledError`.
    """
    accounts = [account for statement in preview.statements for account in statement.accounts]
    done, whole = 0, sum(len(account.rows) for account in accounts)
    for account in accounts:
        if not facts_of.knows(account):
            share = (len(account.rows)) / max(whole, 1)
            facts_of.keep(account, work_out(account, _piece(watch, done / max(whole, 1), share)))
        done += len(account.rows)
    _missing(preview)
    _questions(preview)
    return preview


def _piece(watch: Watch | None, begin: float, share: float) -> Watch | None:
    if watch is None:
        return None
    whole = watch
    return lambda done: whole(begin + share * done)


def _settle(preview: ImportPreview) -> tuple[Statement, ...]:
    settled = settle(preview.household.statements, preview.statements, preview.matches)
    for before, after in zip(preview.statements, settled, strict=True):
        for read, account in zip(before.accounts, after.accounts, strict=True):
            if account is not read and facts_of.knows(read):
                facts_of.keep(account, facts_of(read))  # another name, the same rows
    return settled


def _find_missing(preview: ImportPreview) -> tuple[MissingFunds, ...]:
    said = {(answer.name, answer.holdings): answer for answer in preview.missing_said}
    return tuple(
        replace(missing, kept=known.kept, answered=True)
        if (known := said.get((missing.name, missing.holdings)))
        else missing
        for missing in find_missing(preview.household, preview.settled)
    )


def _find_questions(preview: ImportPreview) -> tuple[FundQuestion, ...]:
    mixes = {**dict(preview.household.fund_mixes), **dict(preview.answers)}
    found: dict[FundKey, tuple[Fund, Decimal]] = {}
    for statement in preview.statements:
        for account in statement.accounts:
            for fund, value in facts_of(account).unknown:
                if fund.key not in mixes:
                    found[fund.key] = (fund, found.get(fund.key, (fund, ZERO))[1] + value)
    ordered = sorted(found.values(), key=lambda pair: -pair[1])
    return tuple(FundQuestion(fund, value, likely_kinds(fund.name)) for fund, value in ordered)


def _find_checks(preview: ImportPreview) -> tuple[Check, ...]:
    several = len(preview.statements) > 1
    found: list[Check] = []
    for number, statement in enumerate(preview.settled):
        for check in checks_of(preview.household, number, statement, preview.today):
            told = check if _chose_columns(preview, number) else remembered_columns(check)
            found.append(replace(told, detail=f"{statement.source}: {told.detail}") if several else told)
    return tuple(found)


def _chose_columns(preview: ImportPreview, number: int) -> bool:
    """Tell whether a file is read with a choice of columns that was made in this preview."""
    return number < len(preview.hints) and not set(preview.mappings).isdisjoint(
        preview.hints[number].mappings
    )


_settled = Remembered(_settle)
_missing = Remembered(_find_missing)
_questions = Remembered(_find_questions)
_checks = Remembered(_find_checks)
_counted: Remembered[ImportPreview, tuple[tuple[int, int], ...]] = Remembered(
    lambda preview: newest_places(preview.settled)
)


def problem_of(source: StatementSource, error: UserError) -> FileProblem:
    """Return what stands in the preview for a source that could not be read."""
    needs = Need.NOTHING
    if isinstance(error, LockedWorkbookError | WrongPasswordError):
        needs = Need.PASSWORD
    elif isinstance(error, NoHoldingsTableError) and sketch_tables(source):
        needs = Need.COLUMNS
    return FileProblem(source.name, str(error), source, needs)


def into(preview: ImportPreview, household: Household) -> ImportPreview:
    """Return a preview for the household as it is now; it may have changed while the files were read."""
    own = household.own
    return preview if preview.household == own else with_matches(replace(preview, household=own))


def with_matches(preview: ImportPreview) -> ImportPreview:
    """Look again for accounts the household may have; questions answered already stay answered.

    Files that were imported before ask nothing; known accounts go by the names the user gave them.
    """
    household = preview.household
    known = {statement.digest for statement in household.statements if statement.digest}
    names = dict(household.account_names)
    found = find_matches(household.statements, preview.statements, household.known_as, preview.matches)
    matches = tuple(
        replace(match, known_name=names.get(match.known_id, match.known_name))
        for match in found
        if preview.statements[match.statement].digest not in known
    )
    return replace(preview, matches=matches)


def known_file_of(preview: ImportPreview, match: AccountMatch) -> str:
    """Return the file that had the known account of a match last, "" when no file had it."""
    earlier = (*preview.household.statements, *preview.statements[: match.statement])
    return next(
        (
            statement.source
            for statement in reversed(earlier)
            if any(account.id == match.known_id for account in statement.accounts)
        ),
        "",
    )


def part_of(watch: Watch | None, done: int, count: int) -> Watch | None:
    """Return a watch for the next of `count` equal pieces of work, `done` of which are over."""
    if watch is None:
        return None
    whole = watch
    return lambda share: whole((done + share) / max(count, 1))


def merged(known: Iterable[TableMapping], fresh: Iterable[TableMapping]) -> tuple[TableMapping, ...]:
    """Return mappings with newer ones in place of older ones of such tables."""
    hints = ReadingHints(tuple(known))
    for mapping in fresh:
        hints = hints.with_mapping(mapping)
    return hints.mappings
