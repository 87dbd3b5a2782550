"""Each test starts in the light theme at 100 % text and leaves it so."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.ui.theme import apply_theme, set_text_scale


@pytest.fixture(autouse=True)
def _plain_look(qapp):
    yield
    if text_is_changed() or is_dark():
        set_text_scale(1.0)
        apply_theme(QApplication.instance(), "light")


def text_is_changed() -> bool:
    from desktop_app.ui.theme import text_scale

    return text_scale() != 1.0


def is_dark() -> bool:
    from desktop_app.ui.theme import theme

    return theme().dark


@pytest.fixture
def dressed(qapp):
    """The application in the light theme."""
    apply_theme(qapp, "light")
    return qapp
