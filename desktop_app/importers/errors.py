"""What can be wrong with a file someone offers as a statement, in words they can act on."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.errors import UserError
from desktop_app.domain.language import translator
from desktop_app.domain.system_words import system_words

_tr = translator("Refusals")


def said_by_system(error: Exception) -> str:
    """Return why the system did not open a file, in the language in force where it is usual."""
    return system_words(error) if isinstance(error, OSError) and error.strerror else str(error)


class MissingFileError(UserError):
    """There is no file at that path, or it is a folder, or it may not be opened."""

    exit_code = 2

    def __init__(self, path: str, *, is_folder: bool = False, why: str = "") -> None:
        if is_folder:
            text = _tr("“{0}” is a folder. Choose a file inside it.")
        elif why:
            text = _tr("“{0}” cannot be opened: {1}. Close it in other programs and try again.")
        else:
            text = _tr("“{0}” was not found. Check the name, or choose the file again.")
        super().__init__(text.format(path, why))


class PdfsLeftOutError(UserError):
    """A folder or archive holds statements as PDF beside what can be read; no reason to fail."""

    exit_code = 0

    def __init__(self, name: str, pdfs: Sequence[str]) -> None:
        text = _tr(
            "“{0}” in “{1}” cannot be read: PDF statements are pictures of a page. "
            "Download the positions as CSV or Excel, or copy the table from the plan's page and paste it."
        )
        if len(pdfs) > 1:
            text = _tr(
                "“{0}” and {2} more in “{1}” cannot be read: PDF statements are pictures of a page. "
                "Download the positions as CSV or Excel, or copy the table from the plan's page and paste it."
            )
        super().__init__(text.format(pdfs[0], name, len(pdfs) - 1))


class UnreadableFileError(UserError):
    """The file is there but is not a statement we can understand."""

    exit_code = 3


class EmptyFileError(UnreadableFileError):
    """Nothing is in the file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _tr("“{0}” is empty. Download the statement again and open the new file.").format(name)
        )


class NotAStatementError(UnreadableFileError):
    """The content is some other kind of file."""

    def __init__(self, name: str, kind: str, advice: str = "") -> None:
        advice = advice or _tr(
            "Download the holdings or positions of your account as CSV or Excel and open that file."
        )
        super().__init__(_tr("“{0}” is {1}, not a statement with holdings. {2}").format(name, kind, advice))


class LockedWorkbookError(UnreadableFileError):
    """The workbook asks for a password."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _tr(
                "“{0}” is protected with a password. "
                "Give the password when asked (on the command line: --password-stdin), "
                "or save a copy without the password in Excel and open that copy."
            ).format(name)
        )


class LockedArchiveError(LockedWorkbookError):
    """The archive asks for a password."""

    def __init__(self, name: str) -> None:
        UnreadableFileError.__init__(
            self,
            _tr(
                "“{0}” is protected with a password. Give its password, or unpack it and open the files."
            ).format(name),
        )


class OddArchiveError(UnreadableFileError):
    """The archive is packed or protected in a way we cannot undo."""

    def __init__(self, name: str, *, locked: bool) -> None:
        text = _tr(
            "“{0}” is packed in a way that Even Keel cannot open. "
            "Unpack it with another program and open the files."
        )
        if locked:
            text = _tr(
                "“{0}” is protected with AES, which Even Keel cannot open. "
                "Unpack it with another program and open the files."
            )
        super().__init__(text.format(name))


class EmptyArchiveError(UnreadableFileError):
    """No entry of the archive can be a statement."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _tr(
                "“{0}” holds no statement. Expected CSV, Excel, OFX or web page files inside the archive. "
                "Download the holdings again and open that file."
            ).format(name)
        )


class EmptyFolderError(MissingFileError):
    """No file in the folder can be a statement."""

    def __init__(self, name: str) -> None:
        UserError.__init__(
            self,
            _tr(
                "The folder “{0}” holds no statement. Expected CSV, Excel, OFX or web page files, "
                "at most three folders deep. Choose another folder, or the file itself."
            ).format(name),
        )


class WrongPasswordError(UnreadableFileError):
    """The password that was given does not open the file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _tr("The password does not open “{0}”. Check capitals and the keyboard, and try again.").format(
                name
            )
        )


class DamagedFileError(UnreadableFileError):
    """A workbook that is cut short or otherwise broken."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _tr(
                "“{0}” is damaged or was not downloaded completely. Download it again and open the new file."
            ).format(name)
        )


class NoTableInPageError(NotAStatementError):
    """A web page without any table."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            _tr("a web page without a table"),
            _tr(
                "Pages often load their tables later: open the page in a browser, "
                "copy the table of holdings and paste it into Even Keel."
            ),
        )


class SheetsElsewhereError(UnreadableFileError):
    """The first of several files that a spreadsheet program writes as a web page."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _tr(
                "“{0}” only names its sheets; they are in the folder saved beside it. "
                "Open a page in that folder, or save the workbook as an Excel workbook."
            ).format(name)
        )


class UnsafeXmlError(UnreadableFileError):
    """The XML declares things of its own, which statements never do."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _tr(
                "“{0}” declares entities of its own, which a statement never needs and which can be harmful. "
                "It was not read. Download the holdings again as CSV or Excel."
            ).format(name)
        )


class TooLargeError(UnreadableFileError):
    """More data than any statement has."""

    def __init__(self, name: str, found: str, limit: str) -> None:
        super().__init__(
            _tr(
                "“{0}” holds {1}, more than a statement can have (limit {2}). "
                "Check that this is the right file, or cut it down to the holdings."
            ).format(name, found, limit)
        )


class NoHoldingsTableError(UnreadableFileError):
    """No table with an instrument and a value stands in the file."""

    def __init__(self, name: str, closest: tuple[int, str] | None, transactions: int | None = None) -> None:
        """`closest` is the line most like a heading, `transactions` the line that heads a list of them."""
        if transactions is not None:
            super().__init__(
                _tr(
                    "No table of holdings was found in “{0}”. It looks like a list of transactions "
                    "(heading in line {1}): it says what was bought and sold, not what is held. "
                    "Download the positions or holdings view of the account and open that file."
                ).format(name, transactions)
            )
            return
        text = _tr(
            "No table of holdings was found in “{0}”. A table needs a heading line with a fund "
            "(Symbol, Description or Fund name) and a value (Value, Balance, or Shares and Price). "
            "Download the positions or holdings view of the account."
        )
        if closest:
            text = _tr(
                "No table of holdings was found in “{0}”. A table needs a heading line with a fund "
                "(Symbol, Description or Fund name) and a value (Value, Balance, or Shares and Price). "
                "The closest is line {1}: “{2}”. Download the positions or holdings view of the account."
            )
        super().__init__(text.format(name, *(closest or ())))
