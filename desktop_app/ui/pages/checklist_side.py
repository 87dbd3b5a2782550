"""Beside the checklist: how it looks on paper, and what comes when all is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QSizePolicy, QWidget

from desktop_app.reports import Sheet
from desktop_app.ui.theme import px, theme, theme_signals
from desktop_app.ui.widgets import Card, OutlinedButton, QuietButton, SegmentedControl
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow

PAPERS = ("letter", "a4")
THUMBNAIL = 210
"""Width of the small page in pixels at 100 % text."""


class PageThumbnail(QWidget):
    """The first page, small, in a place as high as the highest paper: what stands below never moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_signals().changed.connect(self.updateGeometry)

    def show_image(self, image: QImage) -> None:
        """Show another page."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """The width of the thumbnail, and the height of A4."""
        return QSize(px(THUMBNAIL), px(THUMBNAIL * 297 / 210) + 1)

    def page_place(self) -> QRectF:
        """Return where the page stands, in its own shape."""
        wide = self.width()
        shape = 11 / 8.5 if self._image.isNull() else self._image.height() / self._image.width()
        return QRectF(0, 0, wide, min(round(wide * shape), self.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page with a line around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            painter.drawImage(self.page_place(), self._image)
        painter.setPen(QPen(theme().color("control"), 1))
        painter.drawRect(self.page_place().adjusted(0.5, 0.5, -0.5, -0.5))


class PaperCard(Card):
    """The sheet as it will be printed, its size and its letters."""

    changed = Signal(str, bool)
    preview_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("On paper"))
        self.thumbnail = PageThumbnail()
        self.papers = SegmentedControl((self.tr("Letter"), self.tr("A4")))
        self.papers.set_name(self.tr("Paper"))
        self.preview = OutlinedButton(self.tr("Preview…"))
        self.large = QCheckBox(self.tr("Large print"))
        row = WrapRow()
        row.add(self.papers)
        row.add(self.preview)
        self.body.addWidget(self.thumbnail, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addSpacing(4)
        self.body.addWidget(row)
        self.body.addWidget(self.large)
        self.done = Paragraph("", "help", "muted")
        self.done.hide()
        self.body.addWidget(self.done)
        self.papers.currentChanged.connect(lambda _index: self._tell())
        self.large.toggled.connect(lambda _on: self._tell())
        self.preview.clicked.connect(self.preview_wanted)

    def tell(self, said: str) -> None:
        """Say what was printed or saved last."""
        self.done.setText(said)
        self.done.show()

    def set_paper(self, paper: str, *, large: bool) -> None:
        """Choose paper and letters without telling anybody."""
        with QSignalBlocker(self.papers), QSignalBlocker(self.large):
            self.papers.set_current(PAPERS.index(paper))
            self.large.setChecked(large)

    def paper(self) -> str:
        """Return "letter" or "a4"."""
        return PAPERS[self.papers.current()]

    def _tell(self) -> None:
        self.changed.emit(self.paper(), self.large.isChecked())

    def show_sheets(self, sheets: Sequence[Sheet]) -> None:
        """Paint the first page and count the others."""
        from desktop_app.ui.printing import page_count, preview_pages

        if not sheets:
            return
        large = self.large.isChecked()
        pages = page_count(sheets, self.paper(), large=large)
        count = self.tr("1 page") if pages == 1 else self.tr("{0} pages").format(pages)
        self.set_title(self.tr("On paper"), count)
        width = px(THUMBNAIL) * 2
        self.thumbnail.show_image(preview_pages(sheets[:1], self.paper(), large=large, width_px=width)[0])
        self.thumbnail.setAccessibleName(self.tr("First page of {0}").format(count))


class AfterCard(Card):
    """What to do when everything is ticked."""

    reminder_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("When all are done"))
        self.body.addWidget(
            Paragraph(
                self.tr(
                    "Import the next statement. Even Keel compares it with this list and shows what was "
                    "done and how far markets moved."
                ),
                "body",
                "muted",
            )
        )
        self.reminder = QuietButton(self.tr("Remind me in a calendar file"), "calendar")
        self.discard = QuietButton(self.tr("Discard this checklist"))
        for button in (self.reminder, self.discard):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.reminder.clicked.connect(self.reminder_wanted)
        self.discard.clicked.connect(self.discard_wanted)


def side_by_side(*, is_narrow: bool) -> QBoxLayout.Direction:
    """Return the direction of two columns: beside each other, or below where it is narrow."""
    return QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
