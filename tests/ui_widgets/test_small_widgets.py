"""Buttons, labels, tags, legend, segments and the focus ring as the user meets them."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, QLocale, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from desktop_app.domain.classes import LEAVES, AssetClass, ClassFamily
from desktop_app.domain.drift import BandState
from desktop_app.ui.theme import apply_theme, font, set_text_scale, theme
from desktop_app.ui.theme.focus import RingOverlay
from desktop_app.ui.widgets import (
    Banner,
    Card,
    Chip,
    DriftMark,
    ElidedLabel,
    Hairline,
    IconButton,
    Legend,
    LegendRow,
    OutlinedButton,
    PrimaryButton,
    QuietButton,
    SectionTitle,
    SegmentedControl,
    Swatch,
    Tag,
    TextLabel,
    swatch_pixmap,
)
from desktop_app.ui.widgets.date_field import DateField


def build_all() -> list[QWidget]:
    disabled = PrimaryButton("Next")
    disabled.setEnabled(False)
    with_menu = OutlinedButton("Save as", "export")
    with_menu.setMenu(QMenu(with_menu))
    card = Card("Mix", "Outer ring: now")
    card.body.addWidget(TextLabel("Words"))
    buttons = [PrimaryButton("Next"), disabled, OutlinedButton("Cancel", "close"), with_menu]
    quiet = [QuietButton("More…"), IconButton("undo", "Undo"), SegmentedControl(["One", "Two"])]
    small = [Tag("was 36"), Chip("calendar", "today"), Hairline(), Swatch(AssetClass.TIPS), DriftMark()]
    banners = [Banner("warning", "Prices are old.", "Import newer"), Banner("info", "Nothing is saved yet.")]
    return [*buttons, *quiet, *small, *banners, SectionTitle("Title"), ElidedLabel("Name"), card]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_paints(qtbot, qapp, mode, scale):
    set_text_scale(scale)
    apply_theme(qapp, mode)
    for widget in build_all():
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint().expandedTo(widget.minimumSizeHint()).expandedTo(QSize(40, 1)))
        assert not widget.grab().isNull()


def test_buttons_have_the_heights_of_the_design(qtbot, dressed):
    main = PrimaryButton("Rebalance…")
    main.set_main()
    plain = OutlinedButton("Back")
    for button in (main, plain):
        qtbot.addWidget(button)
    assert (main.sizeHint().height(), plain.sizeHint().height()) == (36, 32)
    set_text_scale(2.0)
    assert plain.sizeHint().height() == 64


def test_icon_button_says_what_it_does(qtbot, dressed):
    button = IconButton("undo", "Undo: change target")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "Undo: change target"


def test_buttons_answer_the_keyboard(qtbot, dressed):
    button = OutlinedButton("Back")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_filled_button_darkens_under_the_pointer(qtbot, dressed):
    button = PrimaryButton("Next")
    qtbot.addWidget(button)
    button.resize(96, 32)
    assert button.grab().toImage().pixelColor(8, 16) == theme().color("accent")
    button.setDown(True)
    assert button.grab().toImage().pixelColor(8, 16) == theme().color("accent.hover")


def test_segments_walk_with_arrow_keys_and_stop_at_the_ends(qtbot, dressed):
    control = SegmentedControl(["1 year", "3 years", "All"])
    control.set_name("Period")
    qtbot.addWidget(control)
    control.resize(control.sizeHint())
    seen = []
    control.currentChanged.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home):
        qtbot.keyClick(control, key)
    assert seen == [1, 2, 1, 0]
    control.set_current(2)
    assert control.accessibleName() == "Period: All"


def test_pressing_a_segment_chooses_it(qtbot, dressed):
    control = SegmentedControl(["Letter", "A4"])
    qtbot.addWidget(control)
    control.resize(200, 32)
    with qtbot.waitSignal(control.currentChanged) as told:
        qtbot.mouseClick(control, Qt.MouseButton.LeftButton, pos=control.rect().center() * 1.5)
    assert told.args == [1]


def test_a_long_name_ends_in_dots_and_its_tip_tells_all(qtbot, dressed):
    label = ElidedLabel("International developed <b>markets</b> index trust")
    qtbot.addWidget(label)
    label.show()
    label.resize(90, 20)
    assert label.text().endswith("…")
    assert "&lt;b&gt;markets" in label.toolTip(), "words of a file are never mark-up"
    assert label.accessibleName() == label.whole_text()
    label.resize(900, 20)
    assert label.text() == label.whole_text()
    assert label.toolTip() == ""


def test_wrapped_words_have_lines_of_20_pixels(qtbot, dressed):
    label = TextLabel("One two three four five six seven eight nine ten eleven twelve thirteen fourteen")
    label.setWordWrap(True)
    qtbot.addWidget(label)
    tall = label.heightForWidth(120)
    assert tall % 20 == 0
    assert tall >= 60
    assert label.heightForWidth(4000) == 20


LEGEND = [
    LegendRow("a", "US large", Decimal("159171.40"), ClassFamily.US_LARGE),
    LegendRow("b", "US bonds", Decimal("77524.30"), ClassFamily.US_BONDS),
    LegendRow("c", "Short-term", Decimal("39999.30"), AssetClass.CASH),
]


@pytest.fixture
def legend(qtbot, dressed):
    made = Legend()
    qtbot.addWidget(made)
    made.show_rows(LEGEND)
    made.resize(made.sizeHint())
    made.show()
    return made


def test_legend_tells_its_numbers_and_its_total(legend):
    told = legend.accessibleDescription().replace("\u00a0", " ")
    # Three floors leave one dollar over; it goes to the largest remainder, 40 cents.
    assert "US large $159,172, 57.5 %" in told
    assert told.endswith("Total $276,695")


def test_legend_dollars_add_to_the_total_shown(legend):
    shown = [int(text.strip("$").replace(",", "")) for text in legend.shown_dollars()]
    assert sum(shown) == 276695


def test_legend_selection_by_pointer_and_keys(qtbot, legend):
    seen = []
    legend.selected.connect(seen.append)
    place = legend.rect().topLeft()
    place.setX(40)
    place.setY(36)
    qtbot.mouseClick(legend, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(legend, Qt.Key.Key_Down)
    qtbot.keyClick(legend, Qt.Key.Key_Down)
    qtbot.keyClick(legend, Qt.Key.Key_Escape)
    assert seen == ["b", "c", None]
    legend.set_selected("a")
    assert legend.accessibleName() == "Classes, US large selected"
    assert seen == ["b", "c", None]


def test_legend_without_dollars_is_narrower(legend):
    wide = legend.sizeHint().width()
    legend.set_with_dollars(False)
    assert legend.sizeHint().width() < wide


def test_swatches_of_one_family_differ(dressed):
    for family in ClassFamily:
        leaves = [leaf for leaf in LEAVES if swatch_family(leaf) is family]
        images = [swatch_pixmap(leaf, 20).toImage() for leaf in leaves]
        for i, image in enumerate(images):
            assert all(image != other for other in images[i + 1 :]), family


def swatch_family(leaf):
    from desktop_app.domain.classes import family_of

    return family_of(leaf)


def test_marks_differ_in_shape_not_only_in_colour(dressed):
    shapes = []
    for state, above in (
        (BandState.INSIDE, True),
        (BandState.NEAR, True),
        (BandState.OUTSIDE, True),
        (BandState.OUTSIDE, False),
    ):
        image = DriftMark.pixmap(state, above=above, size=16).toImage()
        filled = frozenset(
            (x, y) for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() > 128
        )
        assert filled
        shapes.append(filled)
    assert len(set(shapes)) == 4


def test_banner_link_can_be_followed(qtbot, dressed):
    banner = Banner("warning", "Prices are 53 days old.", "Import newer")
    qtbot.addWidget(banner)
    banner.show()
    with qtbot.waitSignal(banner.action):
        banner.button.click()


@pytest.fixture
def window(qtbot, dressed):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    QVBoxLayout(made)
    return made


def ring_of(window: QWidget) -> RingOverlay | None:
    return next((ring for ring in window.findChildren(RingOverlay) if ring.isVisible()), None)


def test_focus_ring_stands_two_pixels_away(qtbot, window):
    first, second = OutlinedButton("One"), QLineEdit()
    window.layout().addWidget(first)
    window.layout().addWidget(second)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first.setFocus()
    assert ring_of(window).geometry() == first.geometry().adjusted(-4, -4, 4, 4)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert ring_of(window).geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    window.resize(500, 300)
    assert ring_of(window).geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    second.hide()
    qtbot.waitUntil(lambda: ring_of(window) is None or ring_of(window).geometry() != second.geometry())


def test_focus_ring_goes_round_a_whole_spin_box_and_scrolls_with_its_page(qtbot, window):
    page, area, spin = QWidget(), QScrollArea(), QSpinBox()
    QVBoxLayout(page).addWidget(spin)
    area.setWidget(page)
    area.setWidgetResizable(True)
    window.layout().addWidget(area)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    spin.setFocus()
    ring = ring_of(window)
    assert ring.parentWidget() is page
    assert ring.geometry() == spin.geometry().adjusted(-4, -4, 4, 4)


def test_focus_ring_survives_a_closed_window(qtbot, dressed):
    for _ in range(2):
        window = QWidget()
        button = PrimaryButton("Close", parent=window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        button.setFocus()
        assert ring_of(window) is not None
        with qtbot.waitSignal(window.destroyed):
            window.close()
            window.deleteLater()


def test_a_date_is_written_in_words_and_its_weekend_is_calm(qtbot, dressed):
    field = DateField()
    field.setLocale(QLocale("en_US"))
    qtbot.addWidget(field)
    field.setDate(QDate(2026, 9, 3))
    assert field.text() == "3 Sep 2026"
    sunday = field.calendarWidget().weekdayTextFormat(Qt.DayOfWeek.Sunday)
    assert sunday.foreground().color() == theme().color("muted")
    apply_theme(dressed, "dark")
    sunday = field.calendarWidget().weekdayTextFormat(Qt.DayOfWeek.Sunday)
    assert sunday.foreground().color() == theme().color("muted")


def test_an_icon_button_that_cannot_be_used_is_paler(qtbot, dressed):
    button = IconButton("redo", "Redo")
    qtbot.addWidget(button)
    button.resize(32, 32)
    usable = button.grab().toImage()
    button.setEnabled(False)
    pale = button.grab().toImage()
    inked = [(x, y) for x in range(32) for y in range(32) if usable.pixelColor(x, y).lightnessF() < 0.5]
    assert inked
    assert all(pale.pixelColor(x, y).lightnessF() > 0.6 for x, y in inked)


def test_a_page_that_hands_its_focus_on_still_shows_where_it_is(qtbot, window):
    page, choice = QWidget(), OutlinedButton("Open a statement")
    QVBoxLayout(page).addWidget(choice)
    page.setFocusProxy(choice)
    window.layout().addWidget(page)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page.setFocus()
    assert ring_of(window).size() == choice.size() + QSize(8, 8)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", [PrimaryButton, OutlinedButton, QuietButton])
def test_enter_presses_the_button_that_has_the_keyboard(qtbot, kind: type, key: Qt.Key) -> None:
    button = kind("Import 3 holdings")
    qtbot.addWidget(button)
    presses: list[str] = []
    button.clicked.connect(lambda: presses.append("pressed"))
    qtbot.keyClick(button, key)
    assert len(presses) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_in_a_dialog_presses_once(qtbot, key: Qt.Key) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    cancel, use = OutlinedButton("Cancel", None, dialog), PrimaryButton("Use", None, dialog)
    use.setDefault(True)
    presses: list[str] = []
    cancel.clicked.connect(lambda: presses.append("cancel"))
    use.clicked.connect(lambda: presses.append("use"))
    dialog.show()
    cancel.setFocus()
    qtbot.keyClick(cancel, key)
    assert presses == ["cancel"]


def test_a_row_of_segments_gives_way_beside_its_words_but_never_in_them(qtbot, dressed) -> None:
    control = SegmentedControl(["5 / 25", "Points only", "Share only", "Wider of both"])
    qtbot.addWidget(control)
    metrics = QFontMetrics(font("body_strong"))
    words = sum(metrics.horizontalAdvance(label) for label in control.labels())
    least, wished = control.minimumSizeHint().width(), control.sizeHint().width()
    assert words < least < wished
    control.resize(least, 32)
    assert control._edges()[-1] == least
    assert all(
        right - left > metrics.horizontalAdvance(label)
        for left, right, label in zip(control._edges(), control._edges()[1:], control.labels(), strict=False)
    )
