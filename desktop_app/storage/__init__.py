"""Keeps a household in one file that cannot be half-written."""

from .atomic import atomic_write_bytes
from .backups import Backup, list_backups
from .document import load_document, save_document
from .errors import (
    ChangedUnderneathError,
    DamagedDocumentError,
    DiskFullError,
    FolderGoneError,
    MissingDocumentError,
    NameTakenByFolderError,
    NewerDocumentError,
    NotADocumentError,
    ReadOnlyPlaceError,
    SaveError,
    SaveFailedError,
    SomebodyElseHasItError,
    TooLargeDocumentError,
    UnreadableDocumentError,
    UnreadableOldFileError,
)
from .places import default_document_path
from .store import DocumentStore

__all__ = [
    "Backup",
    "ChangedUnderneathError",
    "DamagedDocumentError",
    "DiskFullError",
    "DocumentStore",
    "FolderGoneError",
    "MissingDocumentError",
    "NameTakenByFolderError",
    "NewerDocumentError",
    "NotADocumentError",
    "ReadOnlyPlaceError",
    "SaveError",
    "SaveFailedError",
    "SomebodyElseHasItError",
    "TooLargeDocumentError",
    "UnreadableDocumentError",
    "UnreadableOldFileError",
    "atomic_write_bytes",
    "default_document_path",
    "list_backups",
    "load_document",
    "save_document",
]
