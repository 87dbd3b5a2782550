"""Fonts by role, and icons that exist and can be seen in both themes."""

import pytest
from PySide6.QtGui import QFont, QIcon, QImage

from desktop_app.domain.resources import resource_path
from desktop_app.ui.theme import (
    apply_theme,
    font,
    icon,
    icons,
    line_height,
    pixmap,
    px,
    set_text_scale,
    theme,
)

NAMES = [
    *("overview", "holdings", "targets", "checklist", "history", "outlook", "guided", "settings", "help"),
    *("undo", "redo", "import", "export", "print", "calendar", "open-file", "paste", "house", "lock"),
    *("warning", "question", "check", "chevron-right", "chevron-down", "close", "search", "shield-check"),
    *("add", "edit", "info", "app"),
]

# role, pixels, weight, line height of the design's type table
TYPE = [
    ("welcome", 28, 600, 36),
    ("reading", 26, 600, 32),
    ("page_title", 20, 600, 28),
    ("verdict", 18, 600, 24),
    ("household", 16, 600, 24),
    ("rail", 14, 400, 20),
    ("body", 13, 400, 20),
    ("body_strong", 13, 600, 20),
    ("header", 12, 500, 16),
    ("help", 12, 400, 16),
    ("axis", 11, 400, 16),
]


@pytest.mark.parametrize(("role", "size", "weight", "line"), TYPE)
def test_type_table(dressed, role, size, weight, line):
    assert font(role).pixelSize() == size
    assert font(role).weight() == weight
    assert line_height(role) == line
    assert font(role).featureValue(QFont.Tag("tnum")) == 1


def test_text_size_doubles_fonts_and_lengths(dressed):
    set_text_scale(2.0)
    assert font("body").pixelSize() == 26
    assert dressed.font().pixelSize() == 26
    assert px(32) == 64
    set_text_scale(9.0)
    assert px(10) == 20, "no more than twice the size"
    set_text_scale(0.1)
    assert px(10) == 10, "never below the design's size"


def seen_colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_icon_is_drawn_in_the_colour_asked_for(qapp, name, mode):
    apply_theme(qapp, mode)
    drawn = pixmap(name, "text", 20, 2.0)
    assert (drawn.width(), drawn.height()) == (40, 40)
    wanted = "#0b5f73" if name == "app" else theme().color("text").name()
    assert wanted in seen_colours(drawn.toImage())


def test_icon_of_a_menu_has_a_paler_disabled_look(dressed):
    made = icon("undo")
    plain = made.pixmap(20, 20).toImage()
    pale = made.pixmap(20, 20, QIcon.Mode.Disabled).toImage()
    assert plain != pale


def test_every_drawing_follows_the_rules_of_the_set():
    for path in resource_path("icons").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "app":
            continue
        assert 'viewBox="0 0 20 20"' in text, path.name
        assert 'stroke="currentColor"' in text, path.name
        assert 'stroke-width="1.6"' in text, path.name
        assert "#" not in text, path.name


def test_an_icon_looks_the_same_drawn_and_coloured(dressed):
    """`dev.py icons` draws the masks; a drawing that changed since differs by far more than rounding."""
    names = {path.stem for path in resource_path("icons").glob("*.svg") if "currentColor" in path.read_text()}
    for pixels in icons.MASKED_SIZES:
        assert icons._masks(pixels)[1].keys() == names, "run `python3 packaging/dev.py icons`"
        for name in names:
            colored = icons._colored(name, "#0b5f73", pixels).toImage()
            drawn = icons._drawn(name, "#0b5f73", pixels).toImage()
            assert colored.size() == drawn.size()
            assert colored.hasAlphaChannel()
            apart = max(
                abs(one - other)
                for one, other in zip(bytes(colored.constBits()), bytes(drawn.constBits()), strict=True)
            )
            assert apart <= 8, f"{name} at {pixels} pixels: run `python3 packaging/dev.py icons`"


def test_a_drawing_of_several_colours_and_other_sizes_are_drawn(dressed):
    assert icons._colored("app", "#0b5f73", 20) is None
    assert icons._colored("add", "#0b5f73", 23) is None
    assert not pixmap("app", size=20).isNull()
    assert pixmap("add", size=23, ratio=1.0).width() == 23


def test_unknown_icon_is_refused(dressed):
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon")
