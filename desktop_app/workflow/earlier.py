"""What each earlier state of a household holds, and what changed after it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.language import translator
from desktop_app.domain.money import Money
from desktop_app.domain.records import dataclass
from desktop_app.storage import (
    KeyRing,
    SealedDocumentError,
    SealKey,
    WrongPassphraseError,
    list_backups,
)

_tr = translator("Earlier")

_OTHER_FIELDS = (
    ("account_names", "an account was renamed"),
    ("account_rules", "rules of an account"),
    ("fund_mixes", "the mix of a fund"),
    ("mappings", "columns of a table"),
    ("known_as", "which account is which"),
    ("max_exchanges", "the most exchanges of a plan"),
    ("schedule", "when to look"),
    ("paychecks", "paychecks"),
    ("log", "past exchanges"),
    ("looked_on", "a look at the mix was noted"),
    ("draft", "an unfinished rebalance"),
)


@dataclass(frozen=True, slots=True)
class EarlierState:
    """One backup: when it was saved (UTC) and what it holds; `trouble` says why it cannot be taken.

    `asks` says that it is sealed and the right passphrase would open it.
    """

    path: Path
    saved_at: datetime
    household: Household | None = None
    since: tuple[str, ...] = ()
    trouble: str = ""
    asks: bool = False

    @property
    def total(self) -> Money | None:
        """Dollars in all accounts, None where the file cannot be read."""
        return None if self.household is None else self.household.snapshot().total

    @property
    def accounts(self) -> tuple[str, ...]:
        """Names of the accounts."""
        if self.household is None:
            return ()
        return tuple(account.name for account in self.household.snapshot().accounts)


def earlier_states(
    path: Path, key: SealKey | None, present: Household, passphrase: str | None = None
) -> tuple[EarlierState, ...]:
    """Return every backup of the document at `path`, the newest first; slow, for a worker.

    Sealed ones are opened with `key`, or with the key that `passphrase` makes with their own salt.
    `since` says what was done between a state and the next newer one, for the newest up to `present`.
    """
    ring = KeyRing(passphrase, key)
    newer = present
    states = []
    for backup in list_backups(path):
        try:
            household = ring.load(backup.path)
        except (SealedDocumentError, WrongPassphraseError) as error:
            states.append(EarlierState(backup.path, backup.saved_at, trouble=_sealed_words(error), asks=True))
            continue
        except UserError as error:
            states.append(EarlierState(backup.path, backup.saved_at, trouble=str(error)))
            continue
        states.append(EarlierState(backup.path, backup.saved_at, household, changes(household, newer)))
        newer = household
    return tuple(states)


def _sealed_words(error: UserError) -> str:
    if isinstance(error, WrongPassphraseError):
        return _tr("The passphrase you gave does not open this one. Give the one it was sealed with.")
    return _tr(
        "This one was sealed with a passphrase at another time, or on another computer. "
        "Give that passphrase to read it."
    )


def changes(older: Household, newer: Household) -> tuple[str, ...]:
    """Return in words what was done to `older` until it was `newer`; nothing when they are alike."""
    words = [_tr("renamed to “{0}”").format(newer.name)] if older.name != newer.name else []
    words += [
        _tr("statement “{0}” imported").format(s.source)
        for s in newer.statements
        if s not in older.statements
    ]
    words += [
        _tr("statement “{0}” taken out").format(s.source)
        for s in older.statements
        if s not in newer.statements
    ]
    if older.targets != newer.targets:
        words.append(_tr("target changed") if older.targets else _tr("target set"))
    words += _checklist_words(older, newer)
    words += [_tr(text) for name, text in _OTHER_FIELDS if getattr(older, name) != getattr(newer, name)]
    if older.is_sample != newer.is_sample:
        words.append(_tr("sample replaced"))
    return tuple(words) or (() if older == newer else (_tr("other details"),))


def _checklist_words(older: Household, newer: Household) -> list[str]:
    known = {checklist.number: checklist for checklist in older.checklists}
    words = []
    for checklist in newer.checklists:
        before = known.pop(checklist.number, None)
        if before is None:
            words.append(_tr("checklist {0} made").format(checklist.number))
        elif before != checklist:
            done = checklist.done_count - before.done_count
            words.append(
                _tr("checklist {0}: ").format(checklist.number)
                + (_tr("{0} done").format(done) if done > 0 else _tr("notes changed"))
            )
    return words + [_tr("checklist {0} removed").format(number) for number in known]
