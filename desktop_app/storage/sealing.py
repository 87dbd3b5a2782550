"""The sealed document: the same SQLite image under a passphrase, Argon2id and AES-256-GCM.

Layout, big-endian; everything before the contents is authenticated with them:

    15  magic            1  version of this container     4  format of the image inside (major × 1000 + minor)
     4  memory in KiB    4  passes      1  lanes         16  salt          (of Argon2id, RFC 9106)
    12  nonce           48  key of the contents, drawn anew for each save, wrapped under the passphrase's key
    12  nonce            8  length of the contents        4  CRC-32 of all before
     …  contents and their 16 bytes of tag

The wrapped key tells a wrong passphrase from damage: with a sound beginning (CRC-32), a key that does not
unwrap means another passphrase, contents that do not open under it mean damage. Nothing tells where.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.domain.language import translator
from desktop_app.domain.marks import SEALED_MAGIC

from .errors import DamagedDocumentError, NewerDocumentError, NoMemoryForKeyError, WrongPassphraseError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_tr = translator("StorageErrors")

_VERSION = 1
_START = struct.Struct(">15sBIIIB16s")
_KEYS = struct.Struct(">12s48s12sQ")
_CHECK = struct.Struct(">I")
_HEADER = _START.size + _KEYS.size + _CHECK.size
_TAG = 16
_KEY_BYTES = 32
_NONCE_BYTES = 12
_NOT_WHOLE = "its sealed contents are not whole"


class Cost(NamedTuple):
    """What one guess of the passphrase costs: memory in KiB, passes over it, and lanes."""

    memory: int
    passes: int
    lanes: int


COST = Cost(memory=65536, passes=3, lanes=4)
"""RFC 9106 section 4, second recommended option: 64 MiB, 3 passes, 4 lanes."""
_DEAREST = Cost(memory=1 << 20, passes=16, lanes=16)
_MOST_WORK = 1 << 20
"""KiB times passes. A file that asks for more than this (1 GiB once over, a few seconds; `COST` asks for a
fifth) would only stop the computer."""


class SealKey:
    """The key a passphrase makes with one salt; the passphrase itself is not kept."""

    __slots__ = ("_secret", "cost", "salt")

    def __init__(self, passphrase: str, salt: bytes, cost: Cost = COST) -> None:
        """Derive the key, which takes a quarter of a second and 64 MiB by design.

        Raises `NoMemoryForKeyError` where they are not to be had.
        """
        import unicodedata

        from argon2.exceptions import HashingError
        from argon2.low_level import Type, hash_secret_raw

        self.salt = salt
        self.cost = cost
        text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        try:
            self._secret = hash_secret_raw(
                text, salt, cost.passes, cost.memory, cost.lanes, _KEY_BYTES, Type.ID, version=0x13
            )
        except (HashingError, MemoryError) as error:
            raise NoMemoryForKeyError(-(-cost.memory // 1024)) from error

    @classmethod
    def new(cls, passphrase: str) -> SealKey:
        """Return the key of a new passphrase, with a salt drawn at random."""
        return cls(passphrase, os.urandom(16))

    @classmethod
    def like(cls, data: bytes, passphrase: str, path: Path) -> SealKey:
        """Return the key a passphrase makes with the salt of one sealed document; errors as `check_sealed`.

        Whether it opens the document is not known yet.
        """
        check_sealed(data, path)
        return cls(passphrase, _START.unpack_from(data)[6], _cost_of(data))

    def fits(self, data: bytes) -> bool:
        """Tell whether `data` was sealed with this salt and cost, so most likely with this key."""
        return is_sealed(data) and len(data) >= _HEADER and data[20 : _START.size] == self._parameters()

    def _parameters(self) -> bytes:
        return struct.pack(">IIB16s", *self.cost, self.salt)

    def seal(self, image: bytes, form: int) -> bytes:
        """Return `image`, whose format number is `form`, as a sealed document."""
        start = _START.pack(SEALED_MAGIC, _VERSION, form, *self.cost, self.salt)
        key, nonce = os.urandom(_KEY_BYTES), os.urandom(_NONCE_BYTES)
        wrap_nonce = os.urandom(_NONCE_BYTES)
        wrapped = _cipher(self._secret).encrypt(wrap_nonce, key, start)
        head = start + _KEYS.pack(wrap_nonce, wrapped, nonce, len(image) + _TAG)
        head += _CHECK.pack(zlib.crc32(head))
        return head + _cipher(key).encrypt(nonce, image, head)

    def unseal(self, data: bytes, path: Path) -> bytes:
        """Return the image inside; raises `WrongPassphraseError` or what `check_sealed` raises."""
        from cryptography.exceptions import InvalidTag

        check_sealed(data, path)
        start, head = data[: _START.size], data[:_HEADER]
        wrap_nonce, wrapped, nonce, _length = _KEYS.unpack_from(data, _START.size)
        try:
            key = _cipher(self._secret).decrypt(wrap_nonce, wrapped, start)
        except InvalidTag:
            raise WrongPassphraseError(path) from None
        try:
            return _cipher(key).decrypt(nonce, data[_HEADER:], head)
        except InvalidTag:
            raise DamagedDocumentError(path, _tr(_NOT_WHOLE)) from None


def is_sealed(data: bytes) -> bool:
    """Tell whether the bytes are a sealed document, whole or not."""
    return data.startswith(SEALED_MAGIC)


def sealed_format(data: bytes, path: Path) -> int:
    """Return the format number of the image inside; errors as `check_sealed`."""
    check_sealed(data, path)
    return int(_START.unpack_from(data)[2])


def check_sealed(data: bytes, path: Path) -> None:
    """Check what needs no passphrase; raises `DamagedDocumentError` or `NewerDocumentError`."""
    if len(data) < _HEADER:
        raise DamagedDocumentError(path, _tr(_NOT_WHOLE))
    (check,) = _CHECK.unpack_from(data, _HEADER - _CHECK.size)
    if check != zlib.crc32(data[: _HEADER - _CHECK.size]):
        raise DamagedDocumentError(path, _tr(_NOT_WHOLE))
    if data[15] != _VERSION:
        raise NewerDocumentError(path, data[15], _VERSION)
    cost, length = _cost_of(data), _KEYS.unpack_from(data, _START.size)[3]
    bearable = all(0 < asked <= most for asked, most in zip(cost, _DEAREST, strict=True))
    bearable = bearable and cost.memory * cost.passes <= _MOST_WORK
    if length != len(data) - _HEADER or not bearable or cost.memory < 8 * cost.lanes:
        raise DamagedDocumentError(path, _tr(_NOT_WHOLE))


def key_for(data: bytes, passphrase: str, path: Path) -> SealKey:
    """Return the key `passphrase` makes for one sealed document, proved on it.

    Raises `WrongPassphraseError`, `DamagedDocumentError` or `NewerDocumentError`.
    """
    key = SealKey.like(data, passphrase, path)
    key.unseal(data, path)
    return key


def _cost_of(data: bytes) -> Cost:
    return Cost(*_START.unpack_from(data)[3:6])


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
