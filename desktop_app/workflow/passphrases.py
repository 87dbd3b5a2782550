"""Setting, changing and removing the passphrase of a document, and how hard one is to guess."""

from __future__ import annotations

import math
from enum import Enum
from pathlib import Path

from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue
from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass
from desktop_app.storage import (
    DocumentStore,
    SealKey,
    delete_open_copies,
    load_document,
    open_copies,
    reseal_copies,
)

_tr = translator("sealing")

SHORTEST = 8
"""Characters below which a passphrase is refused."""
_WEAK_BITS, _FAIR_BITS = 36.0, 50.0
"""A guess costs 64 MiB and a tenth of a second: 2^50 of them keep a thousand computers busy for millennia."""
_BITS_PER_WORD = 11.0
"""A word drawn from a list of about two thousand; words that belong together are worth less."""
_FIRST_GUESSES = frozenset(
    {"password", "passw0rd", "12345678", "123456789", "1234567890", "qwertyui", "qwertyuiop", "iloveyou",
     "letmein1", "sunshine", "princess", "football", "baseball", "evenkeel", "even keel", "retirement"}
)  # fmt: skip


class Strength(Enum):
    """How hard a passphrase is to guess for somebody who has the file."""

    REFUSED = "refused"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


class Copies(Enum):
    """What becomes of earlier states that are not sealed when a passphrase is set."""

    SEAL = "seal"
    DELETE = "delete"
    LEAVE = "leave"


class PassphraseTooShortError(UserError):
    """The new passphrase has too few characters."""

    def __init__(self) -> None:
        super().__init__(
            _tr("A passphrase has at least {0} characters. Four or more words are a good one.").format(
                SHORTEST
            )
        )


@dataclass(frozen=True, slots=True)
class Resealed:
    """What came of a change: files that stayed as they were, and warnings beside that.

    `household` is what the document holds now, None where it was not written.
    """

    household: Household | None = None
    left: tuple[Path, ...] = ()
    issues: tuple[Issue, ...] = ()


def judge(passphrase: str) -> Strength:
    """Return how hard a passphrase is to guess: a rough count of bits, no more than a hint.

    Characters count by their kinds, repeated ones once and a half; several words count by the word.
    """
    plain = passphrase.casefold().strip()
    if len(passphrase) < SHORTEST:
        return Strength.REFUSED
    if plain in _FIRST_GUESSES or plain.rstrip("0123456789!.") in _FIRST_GUESSES:
        return Strength.WEAK
    kinds = (
        (26, any(c.islower() for c in passphrase)),
        (26, any(c.isupper() for c in passphrase)),
        (10, any(c.isdigit() for c in passphrase)),
        (33, any(not c.isalnum() for c in passphrase)),
    )
    pool = sum(size for size, used in kinds if used) or 26
    counted = min(len(passphrase), 1.5 * len(set(passphrase)))
    bits = counted * math.log2(pool)
    words = {word for word in plain.split() if len(word) > 2}
    if len(plain.split()) > 1:
        bits = min(bits, _BITS_PER_WORD * len(words) + 6)
    elif plain.isalpha():
        bits = min(bits, 2.5 * counted)
    if bits < _WEAK_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < _FAIR_BITS else Strength.STRONG


def unsealed_copies(store: DocumentStore) -> int:
    """Return how many earlier states beside the document anybody can read."""
    return len(open_copies(store.path))


def check_passphrase(store: DocumentStore, passphrase: str) -> None:
    """Raise `WrongPassphraseError` unless the passphrase opens the document."""
    load_document(store.path, passphrase)


def set_passphrase(
    store: DocumentStore, household: Household, passphrase: str, copies: Copies = Copies.SEAL
) -> Resealed:
    """Seal the document, or seal it anew, with a passphrase; slow by design, for a worker.

    Earlier states already sealed come under the new passphrase too. Raises `PassphraseTooShortError` and
    the errors of a save; the document is then what it was.
    """
    if len(passphrase) < SHORTEST:
        raise PassphraseTooShortError
    before, key = store.key, SealKey.new(passphrase)
    issues = store.save_sealed(household, key)
    return Resealed(household, _cover(store, copies, key, before, passphrase), issues)


def cover_copies(store: DocumentStore, copies: Copies, key: SealKey) -> Resealed:
    """Seal with the document's `key`, or delete, earlier states that anybody can read.

    The document itself is not written. The key is given, because the store may be locked meanwhile.
    """
    return Resealed(left=_cover(store, copies, key))


def _cover(
    store: DocumentStore,
    copies: Copies,
    key: SealKey,
    before: SealKey | None = None,
    passphrase: str | None = None,
) -> tuple[Path, ...]:
    """Seal or delete earlier states that anybody can read; returns those that stayed as they were.

    Those already sealed are opened with the key `before`, or with `passphrase`.
    """
    store.remove_leftovers()
    if copies is Copies.DELETE:
        delete_open_copies(store.path)
    if copies is Copies.LEAVE and before is None:
        return ()
    return reseal_copies(store.path, () if before is None else (before,), key, passphrase)


def remove_passphrase(store: DocumentStore, household: Household, passphrase: str) -> Resealed:
    """Make the document and its earlier states readable without a passphrase; `passphrase` proves the right.

    Raises `WrongPassphraseError` and the errors of a save; the document is then what it was.
    """
    check_passphrase(store, passphrase)
    before = store.key
    issues = store.save_sealed(household, None)
    keys = () if before is None else (before,)
    return Resealed(household, reseal_copies(store.path, keys, None, passphrase), issues)
