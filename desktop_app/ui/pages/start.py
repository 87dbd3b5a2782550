"""The first start: three large choices and nothing else."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.theme import font, pixmap, px, set_ring_corner, theme, theme_signals
from desktop_app.ui.widgets import QuietButton
from desktop_app.ui.widgets.first_stop import FirstStop

CHOICE_WIDTH = 300
STACK_BELOW = 3 * CHOICE_WIDTH + 2 * 24 + 64
"""Page width in pixels at 100 % text below which the choices stand under each other."""


class ChoiceCard(QAbstractButton):
    """A large choice: icon, title, two or three lines, and how else to do it."""

    def __init__(self, icon_name: str, title: str, words: str, hint: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._words = words
        self._hint = hint
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{words} {hint}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        set_ring_corner(self, 8)

    def sizeHint(self) -> QSize:
        """Return the size of the card at the present text size; higher where its words need it."""
        parts = self._laid_out()
        gaps = px(6) + px(20) + px(24)
        needed = px(96) + gaps + sum(math.ceil(height) for *_, height in parts)
        return QSize(px(CHOICE_WIDTH), max(px(268), needed))

    def _laid_out(self) -> list[tuple[str, str, str, float]]:
        """Return the words from top to bottom, each with its font, its colour and the height it takes."""
        rows = (
            (self.text(), "verdict", "text"),
            (self._words, "rail", "muted"),
            (self._hint, "help", "muted"),
        )
        room = QRectF(0, 0, px(CHOICE_WIDTH) - 2 * px(28), px(1000))
        wrap = int(Qt.TextFlag.TextWordWrap)
        return [
            (words, role, color, QFontMetricsF(font(role)).boundingRect(room, wrap, words).height())
            for words, role, color in rows
        ]

    def minimumSizeHint(self) -> QSize:
        """Never give room away: the words need all of it."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the card as the space bar does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Repaint when the pointer leaves."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card from top to bottom."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme()
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colors.color("accent" if self.hasFocus() else "control"), 1))
        painter.setBrush(colors.color("tint" if self.underMouse() else "raised"))
        painter.drawRoundedRect(card, 8, 8)
        left = px(28)
        square = QRectF(left, px(28), px(48), px(48))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("raised" if self.underMouse() else "tint"))
        painter.drawRoundedRect(square, 6, 6)
        size = px(24)
        drawing = pixmap(self._icon_name, "accent", size)
        painter.drawPixmap(QPointF(square.center().x() - size / 2, square.center().y() - size / 2), drawing)
        self._paint_words(painter, QRectF(left, px(96), self.width() - 2 * left, self.height() - px(96)))

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        """Paint title and words from the top, the hint at the foot."""
        title, body, hint = self._laid_out()
        top = area.top()
        for (words, role, color, height), gap in ((title, px(6)), (body, 0.0)):
            self._paint_part(painter, QRectF(area.left(), top, area.width(), height + 1), words, role, color)
            top += height + gap
        words, role, color, height = hint
        foot = QRectF(area.left(), self.height() - px(24) - height, area.width(), height + 1)
        self._paint_part(painter, foot, words, role, color)

    def _paint_part(self, painter: QPainter, place: QRectF, words: str, role: str, color: str) -> None:
        painter.setFont(font(role))
        painter.setPen(theme().color(color))
        painter.drawText(place, Qt.TextFlag.TextWordWrap, words)


class StartPage(FirstStop, QWidget):
    """Shown while there is no household.

    Emits `open_wanted`, `paste_wanted`, `sample_wanted`, or `typing_wanted` for the quiet line below.
    """

    open_wanted = Signal()
    paste_wanted = Signal()
    sample_wanted = Signal()
    typing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logo = QLabel()
        self._title = QLabel(self.tr("Bring your 401(k) back to its mix"))
        self._lead = QLabel(self.tr("Start with what you hold today. It takes about five minutes."))
        self._promise = QLabel(
            self.tr("Everything stays on this computer. Even Keel has no network code and places no orders.")
        )
        self._lock = QLabel()
        self.open_card = ChoiceCard(
            "open-file",
            self.tr("Open a statement"),
            self.tr("A file you downloaded from your plan: CSV, Excel, OpenDocument, OFX or QFX."),
            self.tr("Ctrl+O, or drop the file anywhere here"),
        )
        self.paste_card = ChoiceCard(
            "paste",
            self.tr("Paste from the website"),
            self.tr("Copy the table of your funds in the browser, then paste it here."),
            self.tr("Ctrl+V"),
        )
        self.sample_card = ChoiceCard(
            "house",
            self.tr("Try the sample household"),
            self.tr("Two 401(k)s and a Roth IRA, to look around. Discard it whenever you like."),
            self.tr("Nothing of yours is needed"),
        )
        self.typing_button = QuietButton(self.tr("No file to download? Type it in…"))
        self.typing_button.clicked.connect(self.typing_wanted)
        self.open_card.clicked.connect(self.open_wanted)
        self.paste_card.clicked.connect(self.paste_wanted)
        self.sample_card.clicked.connect(self.sample_wanted)
        self._cards = QGridLayout()
        self._cards.setSpacing(24)
        self._lay_out()
        theme_signals().changed.connect(self._restyle)
        self._restyle()
        self.first_stop = self.open_card

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        for label, gap in ((self._logo, 16), (self._title, 8), (self._lead, 32)):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label is not self._logo)
            column.addWidget(label)
            column.addSpacing(gap)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self._cards)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(16)
        column.addWidget(self.typing_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        promise = QHBoxLayout()
        promise.addStretch(1)
        promise.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        promise.addWidget(self._promise)
        promise.addStretch(1)
        column.addLayout(promise)
        column.addStretch(1)
        self._place_cards(stacked=False)

    def _place_cards(self, *, stacked: bool) -> None:
        for i, card in enumerate((self.open_card, self.paste_card, self.sample_card)):
            self._cards.removeWidget(card)
            self._cards.addWidget(card, i if stacked else 0, 0 if stacked else i)

    def fit(self, width: int) -> None:
        """Stack the choices when they do not fit side by side."""
        stacked = width < px(STACK_BELOW)
        self._promise.setWordWrap(stacked)
        self._promise.setMinimumWidth(min(width - px(80), px(620)) if stacked else 0)
        self._place_cards(stacked=stacked)

    def _restyle(self) -> None:
        self._logo.setPixmap(pixmap("app", "accent", px(40)))
        self._lock.setPixmap(pixmap("lock", "muted", px(16)))
        self._title.setFont(font("welcome"))
        self._lead.setFont(font("rail"))
        self._promise.setFont(font("body"))
        for label in (self._lead, self._promise):
            palette = label.palette()
            palette.setColor(palette.ColorRole.WindowText, theme().color("muted"))
            label.setPalette(palette)
        for card in (self.open_card, self.paste_card, self.sample_card):
            card.updateGeometry()
            card.update()


class StartScroll(QScrollArea):
    """The start page, scrolled where the window is too small for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = StartPage()
        self.setAccessibleName(self.tr("Start"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidget(self.page)

    def fit(self, width: int) -> None:
        """Stack the choices when they do not fit side by side in `width` pixels."""
        self.page.fit(width)
