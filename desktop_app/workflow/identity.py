"""Which account is which across files: nothing may replace another or count twice unasked.

Files mask numbers (`...321`, `XXXX-4321`), spreadsheets eat leading zeros, some exports give no number. What
the user answered once is remembered: how files call an account (`AccountLabel`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import date

from desktop_app.domain.accounts import AccountLabel, masked_number
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import Statement, StatementAccount

from .account_numbers import (
    MatchReason,
    is_unnumbered,
    is_whole,
    may_be_one_number,
    passing_name,
    visible_end,
)
from .facts import facts_of
from .likeness import likeness, same_figures

SAME_FROM = 0.5
"""Share of funds two accounts must have in common to be taken for one."""
NEAR_DAYS = 4
"""Days between which the same dollars are the same statement: prices stand still over a long weekend."""
LEAPS = 2
"""By what an account without a number may have grown or shrunk to be recognised without a question."""

Place = tuple[int, int]
"""Where an account stands in a preview: places of its statement and of the account in that."""


@dataclass(frozen=True, slots=True)
class AccountMatch:
    """An account of a file and a known one it may be.

    `statement` and `account` are places in the preview; `known_id` and `known_name` say which account is
    meant, `known_place` where it stands if another file of the preview brings it. `same` is what numbers and
    funds suggest, or what the user answered when `answered`; a match beyond doubt comes answered, and
    `remembered` tells that it rests on an answer of an earlier import. `number` and `known_number` are
    masked, "" where an account has none. `ruled_out` are accounts that the user said it is not; a `reopened`
    question stays open whatever suggests an answer.
    """

    statement: int
    account: int
    name: str
    known_id: str
    known_name: str
    same: bool
    answered: bool = False
    reason: MatchReason = MatchReason.UNNUMBERED
    number: str = ""
    known_number: str = ""
    known_place: Place | None = None
    remembered: bool = False
    ruled_out: tuple[str, ...] = ()
    reopened: bool = False

    @property
    def place(self) -> Place:
        """Where the account stands in the preview."""
        return self.statement, self.account


@dataclass(slots=True)
class _Known:
    """An account that is there already: its newest figures, and all that files call it.

    `place` is where it stands in the preview that brings it, None for one of the household.
    """

    id: str
    name: str
    account: StatementAccount
    layout: str
    day: date | None
    place: Place | None = None
    numbers: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)
    """Numbers with names that the user said are this account."""

    def take(self, account: StatementAccount, statement: Statement) -> None:
        """Take newer figures, and how their file calls the account."""
        self.account, self.layout, self.day = account, statement.layout, statement.as_of
        self.call(account.id, account.name)

    def call(self, number: str, name: str) -> None:
        """Note how a file calls the account."""
        self.numbers.add(number)
        self.names.add(_plain(name))

    def fits(self, account_id: str) -> MatchReason | None:
        """Return why a number may be this account's, None where a whole one is known to differ."""
        found = {may_be_one_number(account_id, number) for number in self.numbers} - {None}
        if MatchReason.SPELLING in found:
            return MatchReason.SPELLING
        if not found or (is_whole(account_id) and any(map(is_whole, self.numbers))):
            return None
        return MatchReason.MASKED


def find_matches(
    known: Sequence[Statement],
    fresh: Sequence[Statement],
    labels: Iterable[AccountLabel] = (),
    answers: Iterable[AccountMatch] = (),
) -> tuple[AccountMatch, ...]:
    """Return the accounts of `fresh` that may be, or surely are, one of `known` under another id.

    An account without a number may be the one of the same name, or one with some of its funds; it is likely
    the same when they share at least half of them. Numbers that differ in zeros and separators are one where
    the file's layout or half of the funds agree too; masked ones are asked about until the user has said
    whose they are (`labels`), and again where several accounts end alike. The same number without a single
    fund in common, from another provider or masked, is asked about as well, and so are figures that are the
    same to the cent. `answers` are questions answered before; each stays as long as it would be asked.
    """
    accounts = _accounts(known, labels)
    answers = tuple(answers)
    said = {(each.place, _meant(each)): each for each in answers if each.answered or each.reopened}
    ruled = {match.place: match.ruled_out for match in answers}
    found: list[AccountMatch] = []
    for s, statement in enumerate(fresh):
        taken = {id(each) for each in accounts if _is_surely_in(each, statement)}
        entries: list[tuple[StatementAccount, Place, AccountMatch | None]] = []
        for a, account in enumerate(statement.accounts):
            others = [each for each in accounts if each.id not in ruled.get((s, a), ())]
            match = _Search(account, statement, others, taken).match()
            if match is not None:
                match = replace(match, statement=s, account=a, ruled_out=ruled.get((s, a), ()))
                match = said.get((match.place, _meant(match)), match)
                found.append(match)
                if match.same:
                    taken.update(id(each) for each in accounts if _is_meant(each, match))
            entries.append((account, (s, a), match))
        for account, place, match in entries:
            _take(accounts, account, statement, place, match)
    return tuple(found)


def _accounts(known: Sequence[Statement], labels: Iterable[AccountLabel]) -> list[_Known]:
    found: dict[str, _Known] = {}
    for statement in known:
        for account in statement.accounts:
            each = found.setdefault(account.id, _Known(account.id, "", account, statement.layout, None))
            each.take(account, statement)
            each.name = account.name
    for label in labels:
        if label.account in found:
            found[label.account].call(label.number, label.name)
            found[label.account].told.add((label.number, label.name))
    return list(found.values())


def _is_surely_in(each: _Known, statement: Statement) -> bool:
    """Tell whether a file has an account by its whole number, so that no other of the file can be it."""
    ids = [account.id for account in statement.accounts]
    return any(is_whole(number) and number in ids for number in each.numbers)


def _meant(match: AccountMatch) -> tuple[str, str, Place | None]:
    return match.name, match.known_id, match.known_place


def _is_meant(each: _Known, match: AccountMatch) -> bool:
    return each.id == match.known_id and each.place == match.known_place


def _take(
    accounts: list[_Known],
    account: StatementAccount,
    statement: Statement,
    place: Place,
    match: AccountMatch | None,
) -> None:
    """Note an account of a file among those that are known to the next one."""
    if match is not None:
        mine = [each for each in accounts if match.same and _is_meant(each, match)]
    else:
        mine = [each for each in accounts if each.id == account.id and each.place is None]
        mine = mine or [each for each in accounts if account.id in each.numbers]
        mine = [] if is_unnumbered(account.id, account.name) else mine
    if mine:
        mine[0].take(account, statement)
        return
    new = _Known(account.id, account.name, account, statement.layout, statement.as_of, place)
    new.call(account.id, account.name)
    accounts.append(new)


class _Search:
    """The search for one account of a file among those known; those in `taken` are others of the file."""

    def __init__(
        self, account: StatementAccount, statement: Statement, known: Sequence[_Known], taken: set[int]
    ) -> None:
        self.account = account
        self.layout = statement.layout
        self.day = statement.as_of
        self.known = known
        self.free = [each for each in known if id(each) not in taken]
        self._likeness: dict[int, float] = {}

    def match(self) -> AccountMatch | None:
        """Return which known account this one may be, None where it is surely another or goes by its id."""
        if is_unnumbered(self.account.id, self.account.name):
            return self._recognised() or self._unnumbered() or self._same_figures()
        exact = [each for each in self.known if self.account.id in each.numbers]
        fits = [
            (reason, each)
            for each in self.free
            if each not in exact and (reason := each.fits(self.account.id)) is not None
        ]
        if exact and (is_whole(self.account.id) or (len(exact) == 1 and not fits)):
            return self._exact(max(exact, key=self._alike), alone=len(exact) == 1)
        if exact:
            return self._ends_alike([*exact, *(each for _, each in fits)])
        if not fits:
            return self._numbered_now() or self._same_figures()
        reason, other = max(fits, key=lambda pair: self._alike(pair[1]))
        alike = self._alike(other) >= SAME_FROM
        sure = reason is MatchReason.SPELLING and (alike or self.layout == other.layout)
        remembered = not sure and alike and len(fits) == 1 and self._is_called_so(other)
        answered = sure or remembered
        return self._as_match(other, reason, same=alike or sure, answered=answered, remembered=remembered)

    def _is_called_so(self, known: _Known) -> bool:
        """Tell whether the user has confirmed a number of an account that goes by this one's name."""
        return bool(known.told) and _plain(self.account.name) in known.names

    def _exact(self, known: _Known, *, alone: bool) -> AccountMatch | None:
        """Return a question about an id seen before when nothing else agrees, else how it was recognised."""
        if self._is_doubtful(known):
            alike = self._alike(known)
            reason = MatchReason.MASKED if alike else MatchReason.OTHER_FUNDS
            return self._as_match(known, reason, same=alike >= SAME_FROM)
        if known.id == self.account.id and (alone or known.place is None):
            return None
        remembered = bool(known.told)
        return self._as_match(known, MatchReason.MASKED, same=True, answered=True, remembered=remembered)

    def _is_doubtful(self, known: _Known) -> bool:
        """Tell whether the same number may be another account's.

        A whole number is doubted where another provider's file has no fund in common under another name, the
        end of a number where its name or all its funds are others.
        """
        mine, theirs = self.account, known.account
        if not mine.rows or not theirs.rows or (mine.id, mine.name) in known.told:
            return False
        same_name = _plain(mine.name) in known.names
        if visible_end(mine.id) is None:
            return self.layout != known.layout and not same_name and not self._alike(known)
        return not same_name or not self._alike(known)

    def _ends_alike(self, candidates: Sequence[_Known]) -> AccountMatch:
        """Ask whose the end of a number is that several accounts have, unless the name and the funds tell."""
        name = _plain(self.account.name)
        named = [each for each in candidates if name in each.names]
        told = [each for each in candidates if (self.account.id, self.account.name) in each.told]
        for only in (named, told):
            if len(only) == 1 and len(named) <= 1 and self._alike(only[0]) >= SAME_FROM:
                sure = only[0]
                return self._as_match(
                    sure, MatchReason.MASKED, same=True, answered=True, remembered=sure in told
                )
        best = max(candidates, key=lambda each: (self._alike(each), name in each.names))
        return self._as_match(best, MatchReason.MASKED, same=self._alike(best) >= SAME_FROM)

    def _recognised(self) -> AccountMatch | None:
        """Return the account that the user has said such a name to be, where no other is as much like it."""
        alike = [each for each in self.free if self._alike(each) >= SAME_FROM]
        name = passing_name(self.account.id)
        if len(alike) != 1 or all(passing_name(number) != name for number, _ in alike[0].told):
            return None
        before, now = (facts_of(each).total for each in (alike[0].account, self.account))
        if not before / LEAPS <= now <= before * LEAPS:
            return None
        return self._as_match(alike[0], MatchReason.UNNUMBERED, same=True, answered=True, remembered=True)

    def _unnumbered(self) -> AccountMatch | None:
        """Return the unnumbered account most like this one, and whether it is like enough to be it."""
        unnumbered = [each for each in self.free if _is_unnumbered(each)]
        others = [each for each in self.free if each not in unnumbered]
        if not unnumbered:
            return self._most_alike(others)
        best = max(unnumbered, key=lambda each: (self._alike(each), each.id == self.account.id))
        alike = self._alike(best)
        if alike > 0:
            return self._as_match(best, MatchReason.UNNUMBERED, same=alike >= SAME_FROM)
        namesake = next((each for each in self.free if each.id == self.account.id), None)
        if namesake is None:
            return self._most_alike(others)
        return self._as_match(namesake, MatchReason.UNNUMBERED, same=False)

    def _numbered_now(self) -> AccountMatch | None:
        """Return the account known by its name only that this one with a number may be."""
        return self._most_alike([each for each in self.free if _is_unnumbered(each)])

    def _most_alike(self, others: Sequence[_Known]) -> AccountMatch | None:
        """Return the one of some accounts with the same name, or at least half of the funds."""
        name = _plain(self.account.name)
        alike = [each for each in others if name in each.names or self._alike(each) >= SAME_FROM]
        alike = [each for each in alike if self._alike(each) > 0 and each.account.rows and self.account.rows]
        if not alike:
            return None
        best = max(alike, key=lambda each: (self._alike(each), name in each.names))
        return self._as_match(best, MatchReason.UNNUMBERED, same=self._alike(best) >= SAME_FROM)

    def _same_figures(self) -> AccountMatch | None:
        """Return the account with the very same dollars, of the same days, that another kind of file had."""
        near = [each for each in self.free if each.layout != self.layout and _are_near(each.day, self.day)]
        for each in near:
            if each.account.total != self.account.total:
                continue
            if same_figures(self.account, each.account) or self._alike(each) == 1:
                return self._as_match(each, MatchReason.SAME_FIGURES, same=True)
        return None

    def _alike(self, known: _Known) -> float:
        """Return the share of funds in common, worked out once."""
        key = id(known)
        if key not in self._likeness:
            self._likeness[key] = likeness(self.account, known.account)
        return self._likeness[key]

    def _as_match(
        self,
        known: _Known,
        reason: MatchReason,
        *,
        same: bool,
        answered: bool = False,
        remembered: bool = False,
    ) -> AccountMatch:
        mine = self.account
        return AccountMatch(
            -1, -1, mine.name, known.id, known.name, same, answered, reason,
            masked_number(mine.id, mine.name), masked_number(known.id, known.name), known.place, remembered,
        )  # fmt: skip


def _plain(name: str) -> str:
    """Return a name as it is compared: without case, spaces and marks."""
    return "".join(char for char in name.casefold() if char.isalnum())


def _is_unnumbered(known: _Known) -> bool:
    """Tell whether nobody has said a number of a known account."""
    return all(is_unnumbered(number, known.name) for number in known.numbers)


def _are_near(one: date | None, other: date | None) -> bool:
    """Tell whether two statements may be of the same prices; one without a day may be of any."""
    return one is None or other is None or abs((one - other).days) <= NEAR_DAYS
