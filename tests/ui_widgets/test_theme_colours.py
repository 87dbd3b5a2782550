"""The colour table is the design's, and words can be read on every ground."""

from itertools import product

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop_app.domain.classes import ClassFamily
from desktop_app.domain.drift import BandState
from desktop_app.ui.theme import apply_theme, state_color_name, theme, theme_signals
from desktop_app.ui.theme.theme import make_theme

# As printed in the design's table: name, light, dark.
PRINTED = """
surface #F4F6F8 #14181C
raised #FFFFFF #1C2127
sunken #EBEEF2 #262D35
hairline #DBE0E6 #323A44
control #808A97 #76828F
text #1A2027 #E9EDF1
muted #586371 #A6B0BC
accent #0B5F73 #63C3D6
accent.hover #084C5D #83D3E2
on.accent #FFFFFF #08222A
tint #E1EFF2 #173A44
drift.inside #17705F #55C7BE
drift.inside.tint #DCEFEA #163A39
drift.near #8F5B00 #F4C95D
drift.near.tint #FBEBCB #433819
drift.over #A3123F #FF8A8F
drift.over.tint #F9E1E7 #4A2529
us_large #1565B5 #3F8CF3
us_mid_small #2E90C4 #7BC5F8
intl_developed #3B9F9C #7EE0DA
emerging #3F2E6E #7E69A7
real_estate #713246 #B35774
us_bonds #BE7D05 #F7B657
inflation #975918 #BD936E
other_bonds #7A2E22 #BC4F3A
short_term #379D6B #84E0AC
other #6E716F #A3A3A3
"""
ROWS = [tuple(line.split()) for line in PRINTED.strip().splitlines()]
GROUNDS = ("raised", "surface", "sunken", "tint")
DRIFT = ("drift.inside", "drift.near", "drift.over")


def luminance(color: QColor) -> float:
    """Relative luminance of WCAG 2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lowest(dark: bool, words: tuple[str, ...], grounds: tuple[str, ...]) -> float:
    look = make_theme(dark=dark)
    return min(contrast(look.color(a), look.color(b)) for a, b in product(words, grounds))


@pytest.mark.parametrize(("name", "light", "dark"), ROWS)
def test_every_colour_is_the_one_printed_in_the_design(name, light, dark):
    for is_dark, wanted in ((False, light), (True, dark)):
        look = make_theme(dark=is_dark)
        families = {family.value for family in ClassFamily}
        is_family = name in families
        got = look.family_color(ClassFamily(name)) if is_family else look.color(name)
        assert got.name().upper() == wanted


def test_nothing_is_missing_from_the_table():
    assert len(ROWS) == len(make_theme(dark=False).colors) + len(ClassFamily)


@pytest.mark.parametrize(
    ("words", "grounds", "light", "dark"),
    [
        (("text",), GROUNDS, 13.9, 10.4),
        (("muted",), GROUNDS, 5.2, 5.5),
        (("accent",), GROUNDS, 6.2, 6.0),
        (("on.accent",), ("accent",), 7.2, 8.1),
        (DRIFT, GROUNDS, 4.9, 5.4),
        (("control",), ("raised", "surface"), 3.2, 4.1),
    ],
)
def test_contrast_is_what_the_design_measured(words, grounds, light, dark):
    assert lowest(dark=False, words=words, grounds=grounds) >= light - 0.1
    assert lowest(dark=True, words=words, grounds=grounds) >= dark - 0.1


@pytest.mark.parametrize("name", DRIFT)
@pytest.mark.parametrize("dark", [False, True])
def test_drift_words_can_be_read_on_their_own_tint(name, dark):
    assert lowest(dark=dark, words=(name,), grounds=(f"{name}.tint",)) >= (5.4 if dark else 4.9) - 0.1


@pytest.mark.parametrize("dark", [False, True])
def test_class_colours_stand_out_from_the_card(dark):
    look = make_theme(dark=dark)
    for family in ClassFamily:
        assert contrast(look.family_color(family), look.color("raised")) >= 3.0, family


def test_each_state_of_a_band_has_its_own_drift_colour():
    assert [state_color_name(state) for state in BandState] == ["drift.inside", "drift.near", "drift.over"]


def test_high_contrast_takes_the_ground_of_the_system_and_stronger_lines():
    look = make_theme(dark=True, window=QColor("#000000"))
    for name in ("surface", "raised", "tint", "drift.over.tint"):
        assert look.color(name) == QColor("#000000")
    assert look.color("hairline") == look.color("control")
    assert look.high_contrast


def test_the_chosen_mode_reaches_the_whole_application(qtbot):
    app = QApplication.instance()
    with qtbot.waitSignal(theme_signals().changed):
        apply_theme(app, "dark")
    assert theme().dark
    assert app.palette().window().color().name() == "#14181c"
    assert app.palette().text().color().name() == "#e9edf1"
    with qtbot.waitSignal(theme_signals().changed):
        apply_theme(app, "light")
    assert not theme().dark
    assert app.palette().base().color().name() == "#ffffff"
    assert "#0b5f73" in app.styleSheet().lower()
    assert "@" not in app.styleSheet()
    assert "~" not in app.styleSheet()


def test_a_look_that_is_worn_already_is_not_put_on_again(dressed, qtbot):
    with qtbot.assertNotEmitted(theme_signals().changed):
        apply_theme(dressed, "light")
    with qtbot.waitSignal(theme_signals().changed):
        apply_theme(dressed, "contrast_light")
    with qtbot.waitSignal(theme_signals().changed):
        apply_theme(dressed, "light")


@pytest.mark.parametrize("dark", [False, True])
def test_words_in_high_contrast_reach_seven_to_one(dark):
    """WCAG 2.2, success criterion 1.4.6: contrast (enhanced); lines and marks stand out no less."""
    look = make_theme(dark=dark, window=QColor("#000000" if dark else "#FFFFFF"))
    grounds = ("surface", "raised", "sunken", "tint", *(f"{name}.tint" for name in DRIFT))
    pairs = [*product(("text", "muted", "accent", *DRIFT), grounds)]
    pairs += [("on.accent", "accent"), ("on.accent", "accent.hover")]
    pairs += [*product(("control", "hairline"), ("surface", "raised"))]
    weak = {pair: contrast(look.color(pair[0]), look.color(pair[1])) for pair in pairs}
    assert min(weak.values()) >= 7.0, min(weak.items(), key=lambda each: each[1])
    assert set(make_theme(dark=dark).colors) == set(look.colors)


@pytest.mark.parametrize("window", ["#FFFAEF", "#202020", "#2D3236"])
def test_the_grounds_of_windows_contrast_themes_carry_our_words(window):
    """Desert, Aquatic and Dusk of Windows 11 (Settings, Accessibility, Contrast themes)."""
    ground = QColor(window)
    look = make_theme(dark=ground.lightnessF() < 0.5, window=ground)
    assert min(contrast(look.color(name), ground) for name in ("text", "muted", "accent", *DRIFT)) >= 7.0


@pytest.mark.parametrize(("mode", "ground"), [("contrast_light", "#ffffff"), ("contrast_dark", "#000000")])
def test_high_contrast_can_be_chosen_and_left_again(qtbot, mode, ground):
    app = QApplication.instance()
    apply_theme(app, mode)
    assert theme().high_contrast
    assert theme().dark is (mode == "contrast_dark")
    assert app.palette().window().color().name() == ground
    sheet = app.styleSheet().lower()
    assert "@" not in sheet
    assert "~" not in sheet
    menus = "qmenubar::item:selected, qmenu::item:selected { background: "  # a tint would not be seen
    assert menus + theme().color("accent").name() in sheet
    apply_theme(app, "light")
    assert not theme().high_contrast
    assert menus not in app.styleSheet().lower()
