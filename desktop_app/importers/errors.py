"""What can be wrong with a file someone offers as a statement, in words they can act on."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.errors import UserError


class MissingFileError(UserError):
    """There is no file at that path, or it is a folder, or it may not be opened."""

    exit_code = 2

    def __init__(self, path: str, *, is_folder: bool = False, why: str = "") -> None:
        if is_folder:
            text = f"“{path}” is a folder. Choose a file inside it."
        elif why:
            text = f"“{path}” cannot be opened: {why}. Close it in other programs and try again."
        else:
            text = f"“{path}” was not found. Check the name, or choose the file again."
        super().__init__(text)


class PdfsLeftOutError(UserError):
    """A folder or archive holds statements as PDF beside what can be read; no reason to fail."""

    exit_code = 0

    def __init__(self, name: str, pdfs: Sequence[str]) -> None:
        more = f" and {len(pdfs) - 1} more" if len(pdfs) > 1 else ""
        super().__init__(
            f"“{pdfs[0]}”{more} in “{name}” cannot be read: PDF statements are pictures of a page. "
            "Download the positions as CSV or Excel, or copy the table from the plan's page and paste it."
        )


class UnreadableFileError(UserError):
    """The file is there but is not a statement we can understand."""

    exit_code = 3


class EmptyFileError(UnreadableFileError):
    """Nothing is in the file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is empty. Download the statement again and open the new file.")


class NotAStatementError(UnreadableFileError):
    """The content is some other kind of file."""

    def __init__(self, name: str, kind: str, advice: str = "") -> None:
        advice = advice or (
            "Download the holdings or positions of your account as CSV or Excel and open that file."
        )
        super().__init__(f"“{name}” is {kind}, not a statement with holdings. {advice}")


class LockedWorkbookError(UnreadableFileError):
    """The workbook asks for a password."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is protected with a password. "
            "Give the password when asked (on the command line: --password-stdin), "
            "or save a copy without the password in Excel and open that copy."
        )


class LockedArchiveError(LockedWorkbookError):
    """The archive asks for a password."""

    def __init__(self, name: str) -> None:
        UnreadableFileError.__init__(
            self,
            f"“{name}” is protected with a password. Give its password, or unpack it and open the files.",
        )


class OddArchiveError(UnreadableFileError):
    """The archive is packed or protected in a way we cannot undo."""

    def __init__(self, name: str, how: str) -> None:
        super().__init__(
            f"“{name}” is {how} Even Keel cannot open. Unpack it with another program and open the files."
        )


class EmptyArchiveError(UnreadableFileError):
    """No entry of the archive can be a statement."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” holds no statement. Expected CSV, Excel, OFX or web page files inside the archive. "
            "Download the holdings again and open that file."
        )


class EmptyFolderError(MissingFileError):
    """No file in the folder can be a statement."""

    def __init__(self, name: str) -> None:
        UserError.__init__(
            self,
            f"The folder “{name}” holds no statement. Expected CSV, Excel, OFX or web page files, "
            "at most three folders deep. Choose another folder, or the file itself.",
        )


class WrongPasswordError(UnreadableFileError):
    """The password that was given does not open the file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The password does not open “{name}”. Check capitals and the keyboard, and try again."
        )


class DamagedFileError(UnreadableFileError):
    """A workbook that is cut short or otherwise broken."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is damaged or was not downloaded completely. Download it again and open the new file."
        )


class NoTableInPageError(NotAStatementError):
    """A web page without any table."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "a web page without a table",
            "Pages often load their tables later: open the page in a browser, copy the table of holdings "
            "and paste it into Even Keel.",
        )


class SheetsElsewhereError(UnreadableFileError):
    """The first of several files that a spreadsheet program writes as a web page."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” only names its sheets; they are in the folder saved beside it. "
            "Open a page in that folder, or save the workbook as an Excel workbook."
        )


class UnsafeXmlError(UnreadableFileError):
    """The XML declares things of its own, which statements never do."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” declares entities of its own, which a statement never needs and which can be harmful. "
            "It was not read. Download the holdings again as CSV or Excel."
        )


class TooLargeError(UnreadableFileError):
    """More data than any statement has."""

    def __init__(self, name: str, found: str, limit: str) -> None:
        super().__init__(
            f"“{name}” holds {found}, more than a statement can have (limit {limit}). "
            "Check that this is the right file, or cut it down to the holdings."
        )


class NoHoldingsTableError(UnreadableFileError):
    """No table with an instrument and a value stands in the file."""

    def __init__(self, name: str, closest: tuple[int, str] | None, transactions: int | None = None) -> None:
        """`closest` is the line most like a heading, `transactions` the line that heads a list of them."""
        if transactions is not None:
            super().__init__(
                f"No table of holdings was found in “{name}”. It looks like a list of transactions "
                f"(heading in line {transactions}): it says what was bought and sold, not what is held. "
                "Download the positions or holdings view of the account and open that file."
            )
            return
        near = f" The closest is line {closest[0]}: “{closest[1]}”." if closest else ""
        super().__init__(
            f"No table of holdings was found in “{name}”. A table needs a heading line with a fund "
            "(Symbol, Description or Fund name) and a value (Value, Balance, or Shares and Price)."
            f"{near} Download the positions or holdings view of the account."
        )
