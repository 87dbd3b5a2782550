"""What can go wrong with a saved file, each in a sentence that says the way out."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.errors import UserError
from desktop_app.domain.language import translator

_tr = translator("StorageErrors")


class MissingDocumentError(UserError):
    """There is no file of that name."""

    def __init__(self, path: Path) -> None:
        super().__init__(_tr("“{0}” is not there. Check the name, or choose another file.").format(path))


class UnreadableDocumentError(UserError):
    """The file is there, but the system does not let us read it."""

    exit_code = 3

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _tr("“{0}” cannot be read: {1}. Check that you may open this file, then try again.").format(
                path.name, reason
            )
        )


class NotADocumentError(UserError):
    """The file is something else than an Even Keel household; `what` says no more than that."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        self.what = _tr("“{0}” is not an Even Keel household, or its beginning is damaged.").format(path.name)
        super().__init__(
            _tr(
                "{0} Nothing was changed. Choose a file that ends in .keel. "
                "To read a provider's statement, import it instead."
            ).format(self.what)
        )


class DamagedDocumentError(UserError):
    """The file is ours, but part of it is lost or altered; `what` says no more than that."""

    exit_code = 3

    def __init__(self, path: Path, detail: str) -> None:
        self.what = _tr("“{0}” is damaged ({1}).").format(path.name, detail)
        super().__init__(
            _tr(
                "{0} The file was left as it is. "
                "Open a copy from the “backups” folder beside it, or from your own backup."
            ).format(self.what)
        )


class NewerDocumentError(UserError):
    """The file was written by a later program whose format we cannot read."""

    exit_code = 3

    def __init__(self, path: Path, major: int | str, known: int | str) -> None:
        super().__init__(
            _tr(
                "“{0}” was saved by a newer Even Keel (format {1}; this program knows format {2}). "
                "Your data is safe and nothing was changed. Install the newest Even Keel to open it."
            ).format(path.name, major, known)
        )


class SealedDocumentError(UserError):
    """The file is sealed and no passphrase was given."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” is sealed with a passphrase. "
                "Give the passphrase when asked (on the command line: --password-stdin)."
            ).format(path.name)
        )


class WrongPassphraseError(UserError):
    """The passphrase that was given is not the one the file was sealed with."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr("The passphrase does not open “{0}”. Check capitals and the keyboard, and try again.").format(
                path.name
            )
        )


class TooLargeDocumentError(UserError):
    """The file is far larger than any household; `what` says no more than that."""

    exit_code = 3

    def __init__(self, path: Path, megabytes: int, limit: int) -> None:
        self.what = _tr(
            "“{0}” is {1:,} MB. A household is never larger than {2:,} MB, "
            "so this is not one, or it is damaged."
        ).format(path.name, megabytes, limit)
        super().__init__(_tr("{0} Choose another file.").format(self.what))


class NoMemoryForKeyError(UserError):
    """The memory that the key of a passphrase takes is not free."""

    exit_code = 3

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            _tr(
                "The passphrase could not be tried or set, because that takes {0} MB of memory and so much "
                "is not free. Nothing was changed. Close other programs and try again."
            ).format(f"{megabytes:,}")
        )


class SaveError(UserError):
    """A save did not happen; the file on disk is what it was before. `reason` says why in a few words."""

    def __init__(self, sentence: str, reason: str = "") -> None:
        self.reason = reason or _tr("the system refused it")
        super().__init__(sentence)


class DiskFullError(SaveError):
    """No room is left, or the user's share of it is used up."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "There is no room left to save “{0}” in “{1}”. The last saved version is untouched. "
                "Free some space, or save a copy on another disk."
            ).format(path.name, path.parent),
            _tr("there is no room left on the disk"),
        )


class ReadOnlyPlaceError(SaveError):
    """The folder or the file may not be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” cannot be saved because “{1}” may not be written to. "
                "The last saved version is untouched. Save the household in another folder."
            ).format(path.name, path.parent),
            _tr("that folder may not be written to"),
        )


class WriteProtectedError(SaveError):
    """The file may be read only, though its folder may be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” is write-protected, so it was not overwritten. Save a copy under another name, "
                "or take the write protection off and try again."
            ).format(path.name),
            _tr("the file is write-protected"),
        )


class EarlierStateError(SaveError):
    """The file is an earlier state of a document: it stays what it was, and goes when its time is over."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” is an earlier state of a household, so it was not overwritten: it is kept as it was, "
                "and removed when newer ones take its place. Save a copy under a name of your own."
            ).format(path.name),
            _tr("the file is an earlier state"),
        )


class FolderGoneError(SaveError):
    """The folder of the file is not there any more (moved, deleted, or its drive was unplugged)."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "The folder “{1}” is not there any more, so “{0}” was not saved. "
                "Reconnect its drive, or save the household in another folder."
            ).format(path.name, path.parent),
            _tr("the folder is not there any more"),
        )


class NameTakenByFolderError(SaveError):
    """A folder has the name the file should get."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr("“{0}” is a folder. Choose another name for the household.").format(path),
            _tr("a folder is in its place"),
        )


class UnreadableOldFileError(SaveError):
    """The file to be replaced may not even be read, so what it holds could not be kept."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” was not saved, because the file of that name there may not be read. "
                "It was left as it is. Save the household under another name."
            ).format(path.name)
        )


class TooLargeToSaveError(SaveError):
    """The household has grown beyond what is ever opened."""

    def __init__(self, path: Path, megabytes: int, limit: int) -> None:
        super().__init__(
            _tr(
                "“{0}” was not saved, because it would be {1:,} MB and a household may have {2:,} MB. "
                "The last saved version is untouched. Undo the last import, or remove statements "
                "with very many rows; then it is saved again."
            ).format(path.name, megabytes, limit)
        )


class SaveFailedError(SaveError):
    """The system refused the save for a reason of its own."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            _tr(
                "“{0}” could not be saved: {1}. The last saved version is untouched. "
                "Try again, or save the household in another folder."
            ).format(path.name, reason),
            reason,
        )


class ChangedUnderneathError(SaveError):
    """Somebody else (another computer, a cloud folder) wrote the file since we read it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” was changed by another program since it was opened here, so it was not overwritten. "
                "Open it again to see that version, or save yours under another name."
            ).format(path.name)
        )


class UnreadableUnderneathError(ChangedUnderneathError):
    """What somebody else left in place of the file is no household that can be read."""

    def __init__(self, path: Path) -> None:
        SaveError.__init__(
            self,
            _tr(
                "“{0}” was overwritten by another program since it was opened here, and what is in it now "
                "cannot be read as a household. It was left as it is. What this window shows is whole: "
                "keep it, or save it under another name."
            ).format(path.name),
        )


class SealedUnderneathError(SaveError):
    """Somebody else sealed the file since we read it; a save from here would lay it open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” was sealed with a passphrase since it was opened here, so it was not overwritten. "
                "Open it again with that passphrase, or save yours under another name."
            ).format(path.name)
        )


class AdditionsForbidError(SaveError):
    """A newer program added a rule to the file which what is to be saved does not keep."""

    def __init__(self) -> None:
        super().__init__(
            _tr(
                "This household was last saved by a newer Even Keel, whose additions do not allow this "
                "change, so it was not saved here. The file is untouched. Save a copy under another name "
                "(it leaves the additions out), or install the newest Even Keel."
            )
        )


class OpenHereError(SaveError):
    """A copy was to take the place of the very file that is open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _tr(
                "“{0}” is the household that is open here, and it is saved by itself. "
                "Give the copy another name."
            ).format(path.name)
        )


class SomebodyElseHasItError(UserError):
    """Another window has the file open."""

    exit_code = 3

    def __init__(self, path: Path, holder: str) -> None:
        words = (
            _tr(
                "“{0}” is already open in another Even Keel window ({1}). "
                "Go on in that window, or close it and try again."
            )
            if holder
            else _tr(
                "“{0}” is already open in another Even Keel window. "
                "Go on in that window, or close it and try again."
            )
        )
        super().__init__(words.format(path.name, holder))
