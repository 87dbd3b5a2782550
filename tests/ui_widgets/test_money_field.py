"""Fields for dollars: what a key does, and what is left when the field is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets.money_field import MoneyField


@pytest.fixture
def form(qtbot, dressed) -> QWidget:
    """Return two fields below each other: the first may hold what goes out, the second may not."""
    made = QWidget()
    column = QVBoxLayout(made)
    made.fields = (MoneyField(made), MoneyField(made, signed=False))
    for field in made.fields:
        column.addWidget(field)
        field.set_amount(Decimal(50000))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.mark.parametrize("begun", ["-", ".", "-."])
@pytest.mark.parametrize("leave", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_a_beginning_that_is_no_amount_gives_way_to_the_amount_there_was(qtbot, form, begun, leave) -> None:
    field = form.fields[0]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, begun)
    assert field.text() == begun
    qtbot.keyClick(field, leave)
    assert field.text() == "$50,000"
    assert field.amount() == 50000


def test_what_goes_out_is_typed_with_a_minus(qtbot, form) -> None:
    field = form.fields[0]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "-20000")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "−$20,000"


def test_where_nothing_can_go_out_a_minus_is_no_key(qtbot, form) -> None:
    field = form.fields[1]
    heard: list[Decimal] = []
    field.edited.connect(heard.append)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "-")
    assert field.text() == "$50,000"
    qtbot.keyClicks(field, "-400")
    assert heard[-1] == 400
    assert min(heard) >= 0
