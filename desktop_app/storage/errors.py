"""What can go wrong with a saved file, each in a sentence that says the way out."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.errors import UserError


class MissingDocumentError(UserError):
    """There is no file of that name."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” is not there. Check the name, or choose another file.")


class UnreadableDocumentError(UserError):
    """The file is there, but the system does not let us read it."""

    exit_code = 3

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"“{path.name}” cannot be read: {reason}. Check that you may open this file, then try again."
        )


class NotADocumentError(UserError):
    """The file is something else than an Even Keel household; `what` says no more than that."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        self.what = f"“{path.name}” is not an Even Keel household, or its beginning is damaged."
        super().__init__(
            f"{self.what} Nothing was changed. Choose a file that ends in .keel. "
            "To read a provider's statement, import it instead."
        )


class DamagedDocumentError(UserError):
    """The file is ours, but part of it is lost or altered; `what` says no more than that."""

    exit_code = 3

    def __init__(self, path: Path, detail: str) -> None:
        self.what = f"“{path.name}” is damaged ({detail})."
        super().__init__(
            f"{self.what} The file was left as it is. "
            "Open a copy from the “backups” folder beside it, or from your own backup."
        )


class NewerDocumentError(UserError):
    """The file was written by a later program whose format we cannot read."""

    exit_code = 3

    def __init__(self, path: Path, major: int | str, known: int | str) -> None:
        super().__init__(
            f"“{path.name}” was saved by a newer Even Keel (format {major}; "
            f"this program knows format {known}). Your data is safe and nothing was changed. "
            "Install the newest Even Keel to open it."
        )


class SealedDocumentError(UserError):
    """The file is sealed and no passphrase was given."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is sealed with a passphrase. "
            "Give the passphrase when asked (on the command line: --password-stdin)."
        )


class WrongPassphraseError(UserError):
    """The passphrase that was given is not the one the file was sealed with."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The passphrase does not open “{path.name}”. Check capitals and the keyboard, and try again."
        )


class TooLargeDocumentError(UserError):
    """The file is far larger than any household; `what` says no more than that."""

    exit_code = 3

    def __init__(self, path: Path, megabytes: int, limit: int) -> None:
        self.what = (
            f"“{path.name}” is {megabytes:,} MB. A household is never larger than {limit:,} MB, "
            "so this is not one, or it is damaged."
        )
        super().__init__(f"{self.what} Choose another file.")


class SaveError(UserError):
    """A save did not happen; the file on disk is what it was before. `reason` says why in a few words."""

    reason = "the system refused it"


class DiskFullError(SaveError):
    """No room is left, or the user's share of it is used up."""

    reason = "there is no room left on the disk"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no room left to save “{path.name}” in “{path.parent}”. "
            "The last saved version is untouched. Free some space, or save a copy on another disk."
        )


class ReadOnlyPlaceError(SaveError):
    """The folder or the file may not be written."""

    reason = "that folder may not be written to"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” cannot be saved because “{path.parent}” may not be written to. "
            "The last saved version is untouched. Save the household in another folder."
        )


class WriteProtectedError(SaveError):
    """The file may be read only, though its folder may be written."""

    reason = "the file is write-protected"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is write-protected, so it was not overwritten. Save a copy under another name, "
            "or take the write protection off and try again."
        )


class FolderGoneError(SaveError):
    """The folder of the file is not there any more (moved, deleted, or its drive was unplugged)."""

    reason = "the folder is not there any more"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The folder “{path.parent}” is not there any more, so “{path.name}” was not saved. "
            "Reconnect its drive, or save the household in another folder."
        )


class NameTakenByFolderError(SaveError):
    """A folder has the name the file should get."""

    reason = "a folder is in its place"

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path}” is a folder. Choose another name for the household.")


class UnreadableOldFileError(SaveError):
    """The file to be replaced may not even be read, so what it holds could not be kept."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” was not saved, because the file of that name there may not be read. "
            "It was left as it is. Save the household under another name."
        )


class TooLargeToSaveError(SaveError):
    """The household has grown beyond what is ever opened."""

    def __init__(self, path: Path, megabytes: int, limit: int) -> None:
        super().__init__(
            f"“{path.name}” was not saved, because it would be {megabytes:,} MB and a household may have "
            f"{limit:,} MB. The last saved version is untouched. Undo the last import, or remove statements "
            "with very many rows; then it is saved again."
        )


class SaveFailedError(SaveError):
    """The system refused the save for a reason of its own."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"“{path.name}” could not be saved: {reason}. The last saved version is untouched. "
            "Try again, or save the household in another folder."
        )


class ChangedUnderneathError(SaveError):
    """Somebody else (another computer, a cloud folder) wrote the file since we read it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” was changed by another program since it was opened here, "
            "so it was not overwritten. Open it again to see that version, or save yours under another name."
        )


class UnreadableUnderneathError(ChangedUnderneathError):
    """What somebody else left in place of the file is no household that can be read."""

    def __init__(self, path: Path) -> None:
        SaveError.__init__(
            self,
            f"“{path.name}” was overwritten by another program since it was opened here, and what is in it "
            "now cannot be read as a household. It was left as it is. What this window shows is whole: keep "
            "it, or save it under another name.",
        )


class SealedUnderneathError(SaveError):
    """Somebody else sealed the file since we read it; a save from here would lay it open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” was sealed with a passphrase since it was opened here, "
            "so it was not overwritten. Open it again with that passphrase, or save yours under another name."
        )


class AdditionsForbidError(SaveError):
    """A newer program added a rule to the file which what is to be saved does not keep."""

    def __init__(self) -> None:
        super().__init__(
            "This household was last saved by a newer Even Keel, whose additions do not allow this change, "
            "so it was not saved here. The file is untouched. Save a copy under another name (it leaves the "
            "additions out), or install the newest Even Keel."
        )


class OpenHereError(SaveError):
    """A copy was to take the place of the very file that is open."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is the household that is open here, and it is saved by itself. "
            "Give the copy another name."
        )


class SomebodyElseHasItError(UserError):
    """Another window has the file open."""

    exit_code = 3

    def __init__(self, path: Path, holder: str) -> None:
        where = f" ({holder})" if holder else ""
        super().__init__(
            f"“{path.name}” is already open in another Even Keel window{where}. "
            "Go on in that window, or close it and try again."
        )
