"""The Targets page: what the mix should be, followed live while it is edited."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QInputDialog,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.drift import DriftReport, Verdict
from desktop_app.domain.targets import BandRule, TargetAllocation
from desktop_app.ui import words
from desktop_app.ui.document import Document
from desktop_app.ui.models.drift_words import class_name
from desktop_app.ui.models.target_lines import band_words, left_words, share_words, target_table
from desktop_app.ui.theme import px, theme_signals
from desktop_app.ui.widgets import (
    Card,
    OutlinedButton,
    QuietButton,
    SectionTitle,
    SegmentedControl,
)
from desktop_app.ui.widgets.paragraph import Paragraph
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow import edits
from desktop_app.workflow.desk import Desk, with_target
from desktop_app.workflow.preset_fit import fitted, offered
from desktop_app.workflow.presets import PRESETS, Preset, by_age
from desktop_app.workflow.target_draft import TargetDraft, raised_after_rising

from .life_events import LifeEvent, coming_event, life_events
from .targets_editor import TargetEditor
from .targets_side import LiveCard, ReasonCard

SIDE_WIDTH = 328
STACK_BELOW = 900
"""Page width in pixels at 100 % text below which the side stands under the table."""
WORDS_WIDTH = 250
"""What the words about the bands need beside the choice, in pixels at 100 % text."""
YOUNGEST, USUAL_AGE, OLDEST = 16, 40, 110
RULES = (BandRule.LESSER, BandRule.ABSOLUTE, BandRule.RELATIVE, BandRule.GREATER)


class TargetsPage(QWidget):
    """Edits the target as a draft; saving makes a new version that can be undone."""

    rebalance_wanted = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._saved: TargetAllocation | None = None
        self._compared: TargetAllocation | None = None
        self._show_all = False
        self._is_previewing = False
        self._event: LifeEvent | None = None
        self._draft = TargetDraft.of({}, {})
        self._base = self._draft
        self._build()
        document.changed.connect(self.show_desk)
        document.opened.connect(self._forget)
        theme_signals().changed.connect(self._dress)
        self.show_desk(document.desk)

    @property
    def draft(self) -> TargetDraft:
        """The target as it stands in the fields."""
        return self._draft

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save or discard."""
        return not self._draft.is_same_as(self._base)

    def _build(self) -> None:
        self.editor = TargetEditor()
        self.live = LiveCard()
        self.reasons = ReasonCard()
        self._content = QWidget()
        self._left = QVBoxLayout()
        self._left.setSpacing(16)
        self._left.addWidget(self.editor)
        self._left.addWidget(self._make_bands())
        self._left.addStretch(1)
        self._side = QWidget()
        side = self._side_column = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self.live)
        side.addWidget(self.reasons)
        side.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self._side)
        page = QVBoxLayout(self._content)
        page.setContentsMargins(24, 16, 24, 24)
        page.setSpacing(16)
        page.addLayout(self._make_starts())
        self.fit_words = Paragraph("", "help", "muted")
        self.fit_words.hide()
        page.addWidget(self.fit_words)
        page.addLayout(self._columns, 1)
        self._area = QScrollArea(self)
        self._area.setAccessibleName(self.tr("Targets"))
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no stop of Tab: nothing would show it
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        self.editor.follow(self.versions)
        self._connect()

    def _connect(self) -> None:
        self.editor.share_typed.connect(lambda node, share: self._edit(self._draft.set_share(node, share)))
        self.editor.fixed_typed.connect(lambda node, amount: self._edit(self._draft.set_fixed(node, amount)))
        self.editor.opened.connect(lambda node: self._edit(self._draft.split(node)))
        self.editor.closed.connect(lambda node: self._edit(self._draft.merge(node)))
        self.editor.all_wanted.connect(self._on_all)
        self.bands.currentChanged.connect(lambda index: self._edit(self._draft.with_rule(RULES[index])))
        self.reasons.reason_typed.connect(lambda text: self._edit(self._draft.with_reason(text)))
        self.reasons.until_chosen.connect(lambda until: self._edit(self._draft.with_until(until)))
        self.reasons.happened.connect(self._on_event)
        self.reasons.rebalance_wanted.connect(self.rebalance_wanted)
        self.reasons.save_wanted.connect(self.save)
        self.reasons.discard_wanted.connect(self.discard)

    def _make_starts(self) -> QBoxLayout:
        row = self._starts_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        starts = WrapRow()
        starts.add(SectionTitle(self.tr("Start from")))
        self.presets: dict[str, OutlinedButton] = {}
        for preset in PRESETS:
            button = OutlinedButton(self.tr(preset.name))
            button.setToolTip(self.tr(preset.words))
            button.setAccessibleDescription(self.tr(preset.words))
            button.clicked.connect(lambda _checked=False, chosen=preset: self._use(chosen))
            self.presets[preset.key] = button
            starts.add(button)
        self.by_age = OutlinedButton(self.tr("By age…"))
        self.by_age.setToolTip(self.tr("A rule of thumb: percent in stocks = 110 − age"))
        self.by_age.clicked.connect(self.ask_age)
        starts.add(self.by_age)
        row.addWidget(starts, 1)
        self.versions = QuietButton("")
        self.versions.setMenu(QMenu(self.versions))
        row.addWidget(self.versions, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _make_bands(self) -> Card:
        card = Card()
        self.bands = SegmentedControl(
            (self.tr("5 / 25"), self.tr("Points only"), self.tr("Share only"), self.tr("Wider of both"))
        )
        self.bands.set_name(self.tr("Bands"))
        self.band_words = Paragraph("", "help", "muted")
        self._bands_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bands_row.setSpacing(16)
        self._bands_row.addWidget(SectionTitle(self.tr("Bands")))
        self._bands_row.addWidget(self.bands)
        self._bands_row.addWidget(self.band_words, 1)
        card.body.addLayout(self._bands_row)
        return card

    def show_desk(self, desk: Desk) -> None:
        """Show the document; a draft that was begun is kept, its numbers follow."""
        held = desk.snapshot.by_leaf()
        was_changed = self.is_changed
        self._base = TargetDraft.from_target(desk.target, held)
        if desk.target != self._saved or self._compared not in desk.household.targets:
            self._compared = desk.target
        self._saved = desk.target
        self._draft = self._draft.with_held(held) if was_changed else self._base
        self._list_versions(desk)
        self.reasons.show_answers(self._draft.reason, self._draft.until, desk.today)
        self._refresh()

    def _on_event(self, event: LifeEvent) -> None:
        """Begin a review: the event becomes the reason where none was typed, and ends where it may pass."""
        self._event = event
        known = {"", self._base.reason, *(each.reason for each in life_events())}
        draft = self._draft.with_reason(event.reason) if self._draft.reason in known else self._draft
        if event.may_pass and draft.until is None:
            draft = draft.with_until(self.reasons.usual_until)
        elif not event.may_pass and self._base.until is None:
            draft = draft.with_until(None)
        self.reasons.show_answers(draft.reason, draft.until, self._document.desk.today)
        self._edit(draft)

    def _edit(self, draft: TargetDraft) -> None:
        self._draft = draft
        self._refresh()

    def _refresh(self) -> None:
        """Let everything follow the draft, in one frame."""
        desk = self._preview()
        if not self.is_changed:
            self.fit_words.hide()
            self._event = None
        event = self._event or coming_event(self._document.desk)
        self.reasons.show_event("" if event is None else event.advice)
        before = self._report_of(self._compared)
        old = TargetDraft.from_target(self._compared, {})
        self.editor.show_table(target_table(desk, self._draft, old, show_all=self._show_all))
        self.live.show_desk(desk, before, left_words(self._draft), is_changed=self.is_changed)
        with QSignalBlocker(self.bands):
            self.bands.set_current(RULES.index(self._draft.band.rule))
        self.band_words.setText(band_words(self._draft.band))
        self.reasons.show_state(
            is_changed=self.is_changed,
            is_complete=self._draft.is_complete,
            is_due=desk.drift is not None and desk.drift.verdict is not Verdict.HOLD,
            chased=self._chased(before, desk.drift),
        )

    def _preview(self) -> Desk:
        """Return the desk judged by the draft; while the page is seen, every other page is told too."""
        desk = self._document.desk
        preview = self._draft.to_preview()
        if not self.is_changed:
            self._end_preview()
            return desk
        if preview is None:
            return replace(desk, target=None, drift=None)
        if not self.isVisible():
            return with_target(desk, preview)
        self._is_previewing = True
        return self._document.preview_target(preview)

    def _end_preview(self) -> None:
        if self._is_previewing:
            self._is_previewing = False
            self._document.preview_target(None)

    def _report_of(self, target: TargetAllocation | None) -> DriftReport | None:
        desk = self._document.desk
        if target is None:
            return None
        return desk.drift if target == desk.target else with_target(desk, target).drift

    def _chased(self, before: DriftReport | None, after: DriftReport | None) -> str:
        if before is None or after is None or not self.is_changed:
            return ""
        risen = raised_after_rising(before, after)
        if risen is None:
            return ""
        return self.tr(
            "This raises {0}, the class that has just risen most. "
            "If only the market changed, keep the old target."
        ).format(class_name(risen))

    def _list_versions(self, desk: Desk) -> None:
        menu = self.versions.menu()
        menu.clear()
        for target in reversed(desk.household.targets):
            text = self._version_words(target)
            if target.reason:
                text += f" – {target.reason[:60]}"
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, chosen=target: self._compare(chosen))
        self.versions.setVisible(self._compared is not None)
        if self._compared is not None:
            self.versions.setText(self.tr("Compared with {0}").format(self._version_words(self._compared)))

    def _version_words(self, target: TargetAllocation) -> str:
        return words.day(target.since) if target.since else self.tr("the saved target")

    def _compare(self, target: TargetAllocation) -> None:
        self._compared = target
        self._list_versions(self._document.desk)
        self._refresh()

    def _on_all(self) -> None:
        self._show_all = True
        self._refresh()

    def _use(self, preset: Preset) -> None:
        shares, moved = fitted(preset.shares, offered(self._document.desk))
        self._edit(self._draft.with_shares(shares))
        lines = [
            self.tr("No fund here holds {0}: {1} has its share.").format(class_name(lost), class_name(heir))
            for lost, heir in moved
        ]
        self.fit_words.setText(" ".join(lines))
        self.fit_words.setVisible(bool(lines))

    def ask_age(self) -> QInputDialog:
        """Ask for an age and start from the rule of thumb; the dialog is returned for tests."""
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(YOUNGEST, OLDEST)
        dialog.setIntValue(USUAL_AGE)
        dialog.setWindowTitle(self.tr("By age"))
        dialog.setLabelText(
            self.tr(
                "How old are you?\nPercent in stocks = 110 − age. It is a rule of thumb, not advice; "
                "you can change every share afterwards."
            )
        )
        dialog.intValueSelected.connect(lambda age: self._edit(self._draft.with_shares(by_age(age))))
        dialog.open()
        return dialog

    def save(self) -> None:
        """Make the draft the target in force, as one step that can be undone."""
        target = self._draft.to_target()
        desk = self._document.desk
        told = self._told()
        self._end_preview()
        had_focus = self.focusWidget() is self.reasons.save
        self._document.apply(told, edits.set_target(desk.household, target, desk.today))
        if had_focus:  # the button is gone or has turned grey
            leads_on = self.reasons.rebalance.isVisible()
            (self.reasons.rebalance if leads_on else self.reasons.reason).setFocus()

    def _told(self) -> str:
        """Name what the undo step takes back: the class that was raised most, where one was."""
        if self._saved is None:
            return self.tr("Choose target")
        raised = self._draft.most_raised(self._base)
        if raised is None:
            return self.tr("Change target")
        node, share = raised
        return self.tr("Change {0} to {1}").format(class_name(node), share_words(share))

    def discard(self) -> None:
        """Go back to the saved target."""
        self._draft = self._base
        self.reasons.show_answers(self._draft.reason, self._draft.until, self._document.desk.today)
        self._refresh()

    def hold(self) -> TargetDraft | None:
        """Return a draft that is not saved, without what is held, for when the household is unlocked."""
        return self._draft.with_held({}) if self.is_changed else None

    def take_back(self, draft: TargetDraft) -> None:
        """Go on with a draft that was put away."""
        self._draft = draft.with_held(self._document.desk.snapshot.by_leaf())
        self.reasons.show_answers(self._draft.reason, self._draft.until, self._document.desk.today)
        self._refresh()

    def _forget(self) -> None:
        self._draft = self._base
        self._show_all = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the side under the table where the window is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the draft again."""
        super().showEvent(event)
        self._arrange()
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Other pages show what is saved; the draft stays here."""
        super().hideEvent(event)
        self._end_preview()

    def _dress(self) -> None:
        self._arrange()
        self._refresh()

    def _arrange(self) -> None:
        side_width = max(px(SIDE_WIDTH), self._side_column.minimumSize().width())
        beside = max(px(STACK_BELOW - SIDE_WIDTH), self.bands.sizeHint().width() + 2 * 16 + 48 + 16)
        is_narrow = self.width() - side_width < beside
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if is_narrow else right)
        room = self.width() - 48 - (0 if is_narrow else side_width + 16)
        self._side.setMinimumWidth(0 if is_narrow else side_width)
        self._side.setMaximumWidth(self.width() if is_narrow else side_width)
        self._starts_row.setDirection(down if is_narrow else right)
        side = Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag.AlignRight
        self._starts_row.setAlignment(self.versions, side | Qt.AlignmentFlag.AlignTop)
        self._bands_row.setDirection(
            down if room < self.bands.sizeHint().width() + px(WORDS_WIDTH) else right
        )
        self.editor.fit(room)
