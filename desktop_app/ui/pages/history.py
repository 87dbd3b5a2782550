"""The History page: every statement over time, as charts and as a table."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.classes import AssetClass, ClassFamily, ancestors_of, leaves_of_family
from desktop_app.ui import words
from desktop_app.ui.charts import ChartSpan
from desktop_app.ui.document import Document
from desktop_app.ui.models.drift_rows import family_of_node
from desktop_app.ui.models.history_view import HistoryView
from desktop_app.ui.widgets import Card, OutlinedButton, SegmentedControl, TextLabel
from desktop_app.ui.widgets.first_stop import FirstStop
from desktop_app.ui.widgets.page import PageScroll, StackingRow
from desktop_app.ui.widgets.wrap import WrapRow
from desktop_app.workflow.desk import Desk
from desktop_app.workflow.history import History

from .history_charts import BandCard, DriftOverTimeCard, ValueCard, chart_marks
from .history_output import HistoryOutput
from .history_parts import MarkLegend, SplitCard
from .history_table import HistoryTable

YEARS: tuple[int | None, ...] = (1, 3, 5, None)
DAYS_IN_YEAR = 365.25
TOLERANCE = 1.0
"""Days by which what is shown may differ from a whole number of years and still be called so."""


class HistoryPage(FirstStop, QWidget):
    """Value, one class against its band, and drift at every statement.

    `import_wanted()` asks for more; `selected(str)` tells the key of the class the user chose.
    """

    import_wanted = Signal()
    selected = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._is_stale = True
        self._node: AssetClass | None = None
        self._family: ClassFamily | None = None
        self.view = HistoryView(History(), ())
        self.span = ChartSpan(self)
        self.unit = SegmentedControl((self.tr("Dollars"), self.tr("Percent")), self)
        self.unit.set_name(self.tr("Show the value in"))
        ranges = (self.tr("1 year"), self.tr("3 years"), self.tr("5 years"), self.tr("All"))
        self.range = SegmentedControl(ranges, self)
        self.range.set_name(self.tr("Time shown"))
        self.range.set_current(len(YEARS) - 1)
        self.legend = MarkLegend(self)
        self.as_table = OutlinedButton(self.tr("As a table"), "table", self)
        self.as_table.setCheckable(True)
        self.export = OutlinedButton(self.tr("Export"), "export", self)
        self.value = ValueCard(self.span, self)
        self.band = BandCard(self.span, self)
        self.drift = DriftOverTimeCard(self.span, self)
        self.split = SplitCard(self)
        self._table: HistoryTable | None = None
        self.empty = EmptyCard(self)
        self._lay_out()
        self.output = HistoryOutput(self, self.charts)
        self._fill_export()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        bar = WrapRow(self, gap=12)
        bar.add(self.unit)
        bar.add(self.range)
        bar.add(self.legend)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(bar, 1)
        buttons.addWidget(self.as_table, 0, Qt.AlignmentFlag.AlignTop)
        buttons.addWidget(self.export, 0, Qt.AlignmentFlag.AlignTop)
        self._bar = QWidget(self)
        self._bar.setLayout(buttons)
        buttons.setContentsMargins(24, 16, 24, 0)
        scroll = PageScroll(self)
        scroll.setAccessibleName(self.tr("History"))
        self.charts = scroll.content
        small = StackingRow((self.band, self.drift), (1, 1), self)
        scroll.column.addWidget(self.value)
        scroll.column.addWidget(small)
        scroll.column.addWidget(self.split)
        scroll.column.setStretch(0, 1)
        framed = QWidget(self)
        self._around = QVBoxLayout(framed)
        self._around.setContentsMargins(24, 16, 24, 24)
        nothing = QWidget(self)
        middle = QVBoxLayout(nothing)
        middle.setContentsMargins(24, 16, 24, 24)
        middle.addWidget(self.empty)
        middle.addStretch(1)
        self._scroll, self._framed, self._nothing = scroll, framed, nothing
        self.stack = QStackedWidget(self)
        self.stack.addWidget(scroll)
        self.stack.addWidget(framed)
        self.stack.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.stack, 1)

    @property
    def table(self) -> HistoryTable:
        """The table, made when it is first wanted."""
        if self._table is None:
            card = Card("", "", self, flush=True)
            self._table = HistoryTable(card)
            card.body.addWidget(self._table)
            self._around.addWidget(card)
        return self._table

    def _fill_export(self) -> None:
        menu = QMenu(self.export)
        menu.addAction(self.tr("Picture of the charts (PNG)…"), self.output.ask_picture)
        menu.addAction(
            self.tr("Table with exact numbers (CSV)…"),
            lambda: self.output.ask_table(self.view, self._node),
        )
        menu.addAction(self.tr("Copy the table"), self._copy)
        self.export.setMenu(menu)

    def _connect(self) -> None:
        self._document.changed.connect(self.show_desk)
        self.unit.currentChanged.connect(lambda _index: self._show_values())
        self.range.currentChanged.connect(self._show_years)
        self.as_table.toggled.connect(lambda _on: self._show_mode())
        self.span.range_changed.connect(self._follow_range)
        self.span.cursor_changed.connect(lambda _index: self._show_split())
        self.value.chosen.connect(self._press_family)
        self.value.chart.stepped.connect(self._step_family)
        self.band.chosen.connect(self.choose)
        self.empty.button.clicked.connect(self.import_wanted)

    # What is shown

    def show_desk(self, _desk: Desk) -> None:
        """Follow the document; behind another page only once this one is seen again."""
        self._is_stale = True
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was in front."""
        super().showEvent(event)
        self._show()

    def choose(self, node: AssetClass | None) -> None:
        """Show another class against its band, and let its colour stand out."""
        if node is None or node not in self.view.classes:
            return
        self._node = node
        self._family = family_of_node(node)
        self._show_choice()

    def choose_key(self, key: str | None) -> None:
        """Choose a class or family by the key other pages use; unknown ones change nothing."""
        families = [family for family in ClassFamily if family.value == key]
        nodes = [node for node in AssetClass if node.value == key]
        with QSignalBlocker(self):
            if nodes and nodes[0] in self.view.classes:
                self.choose(nodes[0])
            elif families and families[0] is not self._family:
                self._press_family(families[0])

    def chosen_class(self) -> AssetClass | None:
        """Return the class shown against its band."""
        return self._node

    def _show(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        places = self.view.xs if self.span.places else None
        self.view = HistoryView.of(self._document.desk)
        if places != self.view.xs or self.span.last != (self.view.until or self.span.last):
            chosen = self.range.current()
            self.span.set_places(self.view.xs, self.view.until)
            self._show_years(chosen)
        if self._node not in self.view.classes:
            self._node = self._first_class()
            self._family = None
        self._show_values()
        self.drift.show_view(self.view)
        self.band.show_view(self.view, self._node)
        self.value.select(self._family)
        self.legend.show_shapes({mark.shape for mark in chart_marks(self.view.days)})
        self._show_split()
        self._follow_range()
        self._show_mode()

    def _first_class(self) -> AssetClass | None:
        """Return the class that decides the gauge now, else the first there is."""
        report = self.view.points[-1].report if self.view.points else None
        decider = None if report is None else report.decided_by
        if decider in self.view.classes:
            return decider
        return self.view.classes[0] if self.view.classes else None

    def _show_values(self) -> None:
        self.value.show_view(self.view, in_percent=self._in_percent)
        self._show_table()

    @property
    def _in_percent(self) -> bool:
        return self.unit.current() == 1

    def _show_split(self) -> None:
        count = len(self.view.points)
        self.split.show_view(self.view, self.span.cursor if self.span.cursor >= 0 else count - 1)

    def _show_choice(self) -> None:
        self.value.select(self._family)
        self.band.select(self._node)
        self._show_table()
        key = self._family or self._node
        if key is not None:
            self.selected.emit(key.value)

    def _show_table(self) -> None:
        if self.as_table.isChecked() and self.view.points:
            indexes = self.span.shown_places()
            self.table.show_view(self.view, indexes, self._node, in_percent=self._in_percent)

    def _show_mode(self) -> None:
        has_course = len(self.view.points) > 1
        self._bar.setVisible(bool(self.view.points))
        for part in (self.unit, self.range, self.export):
            part.setEnabled(bool(self.view.points))
        if self.as_table.isChecked() and self.view.points:
            self._show_table()
            self.stack.setCurrentWidget(self._framed)
            self.first_stop = self.table
        elif has_course:
            self.stack.setCurrentWidget(self._scroll)
            self.first_stop = self.value.chart
        else:
            self.empty.show_view(self.view)
            self.stack.setCurrentWidget(self._nothing)
            self.first_stop = self.empty.button

    # What the user does

    def _press_family(self, family: ClassFamily | None) -> None:
        self._family = None if family is self._family else family
        if self._family is not None:
            node = self.view.class_for(self._family)
            above = [
                group
                for leaf in leaves_of_family(self._family)
                for group in ancestors_of(leaf)
                if group in self.view.classes
            ]
            self._node = node or (above[0] if above else self._node)
        self._show_choice()

    def _step_family(self, steps: int) -> None:
        families = self.view.families
        if not families:
            return
        at = (
            families.index(self._family) if self._family in families else (-1 if steps > 0 else len(families))
        )
        wanted = families[min(max(at + steps, 0), len(families) - 1)]
        if wanted is not self._family:
            self._press_family(wanted)

    def _show_years(self, index: int) -> None:
        years = YEARS[index] if index >= 0 else None
        if years is None:
            self.span.show_all()
        else:
            self.span.show_last(years * DAYS_IN_YEAR)
        self._follow_range()

    def _follow_range(self) -> None:
        """Mark the button of what is shown, none where it is another stretch."""
        width = self.span.high - self.span.low
        at_end = abs(self.span.high - self.span.last) < TOLERANCE
        fits = [i for i, years in enumerate(YEARS) if years and abs(width - years * DAYS_IN_YEAR) < TOLERANCE]
        if self.span.shows_all:
            self.range.set_current(len(YEARS) - 1)
        elif fits and at_end:
            self.range.set_current(fits[0])
        else:
            self.range.clear()
        self._show_table()

    def _copy(self) -> None:
        self.table.show_view(self.view, range(len(self.view.points)), self._node, in_percent=self._in_percent)
        self.table.copy_all()
        self._show_table()


class EmptyCard(Card):
    """Says why there is no history yet, and what makes one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.said = TextLabel("", "body", "text", self)
        self.said.setWordWrap(True)
        self.button = OutlinedButton(self.tr("Import statement"), "import", self)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self.said)
        self.body.addWidget(self.button)

    def show_view(self, view: HistoryView) -> None:
        """Say how many statements there are and what is missing."""
        more = self.tr(
            "Older statements are welcome too: drop a whole folder of them, each finds its place by its date."
        )
        if view.points:
            point = view.points[0]
            self.set_title(self.tr("History begins with the second statement"))
            first = self.tr("There is one so far: {0}, {1}. Import the next one when it comes.").format(
                words.day(point.day), words.dollars_cents(point.total)
            )
        else:
            self.set_title(self.tr("No statement with a date yet"))
            first = self.tr("History shows value, mix and drift at the date of every statement.")
        self.said.setText(f"{first} {more}")
