"""Makes the bytes of a workbook in memory alone."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def workbook_bytes(book: Workbook) -> bytes:
    """Return the workbook as an XLSX file; nothing of it touches the disk on the way.

    openpyxl itself writes each sheet into the system's folder for temporary files first, in clear text.
    """
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    class QuietWriter(ExcelWriter):
        def write_worksheet(self, ws: Worksheet) -> None:
            rows = io.BytesIO()
            writer = WorksheetWriter(ws, rows)
            writer.write()
            ws._rels = writer._rels  # type: ignore[attr-defined]  # noqa: SLF001 - as the method replaced does
            self._archive.writestr(ws.path[1:], rows.getvalue())  # type: ignore[attr-defined]
            self.manifest.append(ws)

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        QuietWriter(book, archive).save()
    return data.getvalue()
