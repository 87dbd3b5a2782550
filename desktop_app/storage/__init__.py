"""Keeps a household in one file that cannot be half-written."""

from typing import TYPE_CHECKING

from desktop_app.domain.lazily import loader

from .additions import Extras
from .atomic import atomic_write_bytes, is_folder, is_write_protected
from .backups import Backup, list_backups, moment
from .document import KeyRing, load_bytes, load_document, save_document
from .errors import (
    ChangedUnderneathError,
    DamagedDocumentError,
    DiskFullError,
    EarlierStateError,
    FolderGoneError,
    MissingDocumentError,
    NameTakenByFolderError,
    NewerDocumentError,
    NotADocumentError,
    OpenHereError,
    ReadOnlyPlaceError,
    SaveError,
    SaveFailedError,
    SealedDocumentError,
    SealedUnderneathError,
    SomebodyElseHasItError,
    TooLargeDocumentError,
    UnreadableDocumentError,
    UnreadableOldFileError,
    UnreadableUnderneathError,
    WriteProtectedError,
    WrongPassphraseError,
)
from .places import default_document_path, is_there, real_path
from .resealing import delete_open_copies, is_sealed_file, open_copies, reseal_copies
from .sealing import SealKey, key_for
from .store import DocumentStore

if TYPE_CHECKING:
    from .doors import Door, Knock, door_unless_taken

__all__ = [
    "Backup",
    "ChangedUnderneathError",
    "DamagedDocumentError",
    "DiskFullError",
    "DocumentStore",
    "Door",
    "EarlierStateError",
    "Extras",
    "FolderGoneError",
    "KeyRing",
    "Knock",
    "MissingDocumentError",
    "NameTakenByFolderError",
    "NewerDocumentError",
    "NotADocumentError",
    "OpenHereError",
    "ReadOnlyPlaceError",
    "SaveError",
    "SaveFailedError",
    "SealKey",
    "SealedDocumentError",
    "SealedUnderneathError",
    "SomebodyElseHasItError",
    "TooLargeDocumentError",
    "UnreadableDocumentError",
    "UnreadableOldFileError",
    "UnreadableUnderneathError",
    "WriteProtectedError",
    "WrongPassphraseError",
    "atomic_write_bytes",
    "default_document_path",
    "delete_open_copies",
    "door_unless_taken",
    "is_folder",
    "is_sealed_file",
    "is_there",
    "is_write_protected",
    "key_for",
    "list_backups",
    "load_bytes",
    "load_document",
    "moment",
    "open_copies",
    "real_path",
    "reseal_copies",
    "save_document",
]

__getattr__ = loader(__name__, {"doors": ("Door", "Knock", "door_unless_taken")})  # not for headless commands
