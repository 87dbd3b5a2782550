"""The holdings as a user drives them: mixes, names, rules, removing, finding, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox, QWidget

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rules import AccountRules
from desktop_app.domain.statement import Statement, StatementAccount
from desktop_app.ui.document import Document
from desktop_app.ui.models.holdings_lines import listing, mix_words, price_words, units_words
from desktop_app.ui.models.holdings_model import Column, HoldingsTreeModel
from desktop_app.ui.models.tree_rows import SUFFIX_ROLE
from desktop_app.ui.pages.holdings import HoldingsPage
from desktop_app.ui.pages.holdings_rules import RulesDialog
from desktop_app.ui.pages.mix_dialog import MixDialog, MixFields
from desktop_app.workflow import edits
from desktop_app.workflow.desk import look

from .page_household import MYSTERY, TODAY, household, make_fund, make_row

PLAN = "70011234"
BLUE_CHIP = f"{PLAN}\x1fblue chip index"


@pytest.fixture
def shown(qtbot) -> Callable[[Household], tuple[HoldingsPage, Document]]:
    def show(start: Household) -> tuple[HoldingsPage, Document]:
        document = Document(start, lambda: TODAY)
        page = HoldingsPage(document)
        qtbot.addWidget(page)
        page.resize(1080, 720)
        page.show()
        return page, document

    return show


def choose(page: HoldingsPage, key: str) -> None:
    page.table.setCurrentIndex(page.table.holdings_model.index_of(key))


def text_at(page: HoldingsPage, key: str, column: Column) -> object:
    return page.table.holdings_model.index_of(key, column).data()


def keys_of(page: HoldingsPage) -> list[str]:
    model = page.table.holdings_model
    found = []
    for row in range(model.rowCount()):
        above = model.index(row, 0)
        found.append(above.data())
        found += [model.index(k, 0, above).data() for k in range(model.rowCount(above))]
    return found


def dialog_of(page: QWidget, kind: type[QWidget]) -> QWidget:
    found = [each for each in page.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("force_py", [False, True])
def test_model_passes_the_model_tester(qtmodeltester, force_py: bool) -> None:
    model = HoldingsTreeModel()
    desk = look(household(mystery="100"), TODAY)
    model.show_lines(listing(desk).lines, desk.snapshot.total, TODAY)
    qtmodeltester.check(model, force_py=force_py)
    model.show_lines(listing(desk, "bond").lines, desk.snapshot.total, TODAY)


def test_accounts_show_their_funds_and_the_total(shown) -> None:
    page, _ = shown(household())
    assert keys_of(page) == [
        "Brookside Mills 401(k)",
        "Blue Chip Index",
        "Core Bond Index",
        "Stable Asset Fund",
        "Rollover IRA",
        "Overseas Index ETF",
        "Household",
    ]
    assert [text_at(page, BLUE_CHIP, column) for column in Column] == [
        "Blue Chip Index", "", "US large", "name", "520.000", "$100.00", "$52,000", "", "52.0\u00a0%",
    ]  # fmt: skip
    assert text_at(page, PLAN, Column.CLASS) == "30 Sep 2026, 53 days old"
    assert text_at(page, PLAN, Column.VALUE) == "$82,000"
    assert text_at(page, "5566\x1fOVSX", Column.SYMBOL) == "OVSX"
    assert text_at(page, "total", Column.VALUE) == "$100,000"
    assert not page.table.holdings_model.flags(page.table.holdings_model.index_of("total")) & (
        Qt.ItemFlag.ItemIsSelectable
    )


def test_sources_of_one_fund_are_one_row() -> None:
    start = household()
    statement = start.statements[0]
    fund = statement.accounts[0].rows[0].fund
    own = make_row(9, fund, "100", "1", "100")._replace(source="Employee")
    match = make_row(10, fund, "50", "0.5", "100")._replace(source="Match")
    account = replace(statement.accounts[0], rows=(own, match))
    desk = look(replace(start, statements=(replace(statement, accounts=(account,)),)), TODAY)
    (line,) = listing(desk).lines[0].funds
    assert (line.value, line.units, line.price) == (Decimal(150), Decimal("1.5"), Decimal(100))
    assert line.sources == (("Employee", Decimal(100)), ("Match", Decimal(50)))


def test_dollars_are_rounded_by_themselves_as_in_a_plan() -> None:
    """Three times $33,333.60 is $100,000.80; in a column that must add one would be a dollar less."""
    start = household()
    statement = start.statements[0]
    row = statement.accounts[0].rows[0]
    rows = tuple(make_row(n, replace(row.fund, key=f"f{n}", name=f"Fund {n}"), "33333.60") for n in range(3))
    account = replace(statement.accounts[0], rows=rows)
    desk = look(replace(start, statements=(replace(statement, accounts=(account,)),)), TODAY)
    (line,) = listing(desk).lines
    assert [fund.dollars for fund in line.funds] == [33334] * 3
    assert line.dollars == 100_001


def test_finding_a_fund_hides_the_others_and_keeps_the_total(shown, qtbot) -> None:
    page, _ = shown(household())
    qtbot.keyClicks(page.filter, "core b")
    assert keys_of(page) == ["Brookside Mills 401(k)", "Core Bond Index", "Household"]
    assert text_at(page, "total", Column.VALUE) == "$100,000"
    page.filter.clear()
    qtbot.keyClicks(page.filter, "international")  # by class
    assert keys_of(page) == ["Rollover IRA", "Overseas Index ETF", "Household"]
    page.filter.clear()
    qtbot.keyClicks(page.filter, "zzz")
    assert keys_of(page) == []
    assert page.nothing.isVisible()
    assert "Nothing matches" in page.nothing.text()


def test_enter_opens_the_mix_and_one_class_is_chosen(shown, qtbot) -> None:
    page, document = shown(household())
    choose(page, BLUE_CHIP)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    dialog = dialog_of(page, MixDialog)
    dialog.classes.choose(C.EMERGING)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert document.household.fund_mixes == (("blue chip index", AssetMix.single(C.EMERGING)),)
    assert text_at(page, BLUE_CHIP, Column.CLASS) == "Emerging markets"
    assert text_at(page, BLUE_CHIP, Column.DECIDED) == "your answer"
    assert document.undo_stack.undoText() == "Change mix of Blue Chip Index"
    document.undo_stack.undo()
    assert document.household.fund_mixes == ()
    assert text_at(page, BLUE_CHIP, Column.CLASS) == "US large"


def test_a_mix_finer_than_the_fields_adds_up_when_shown(qtbot) -> None:
    fields = MixFields()
    qtbot.addWidget(fields)
    # 2/3 and two sixths are 66.6667 + 16.6667 + 16.6667 = 100.0001 when each is rounded alone
    fields.set_mix(AssetMix.normalised({C.US_LARGE: Decimal(4), C.US_MID: Decimal(1), C.US_BOND: Decimal(1)}))
    assert fields.sum_label.text() == "100\u00a0%"
    assert [fields.fields[leaf].share() for leaf in (C.US_LARGE, C.US_MID, C.US_BOND)] == [
        Decimal("66.6666"),
        Decimal("16.6667"),
        Decimal("16.6667"),
    ]


def test_a_mix_must_add_to_a_hundred_percent(shown, qtbot) -> None:
    page, document = shown(household())
    choose(page, BLUE_CHIP)
    qtbot.mouseClick(page.mix_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, MixDialog)
    dialog.kind.set_current(1)
    assert dialog.parts.sum_label.text() == "100\u00a0%"
    large = dialog.parts.fields[C.US_LARGE]
    large.setFocus()
    large.selectAll()
    qtbot.keyClicks(large, "62.5")
    assert dialog.parts.sum_label.text() == "62.5\u00a0%, 37.5\u00a0% missing"
    assert not dialog.use_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    bond = dialog.parts.fields[C.US_BOND]
    bond.setFocus()
    bond.selectAll()
    qtbot.keyClicks(bond, "40")
    assert dialog.parts.sum_label.text() == "102.5\u00a0%, 2.5\u00a0% too much"
    bond.selectAll()
    qtbot.keyClicks(bond, "37.5")
    assert dialog.parts.sum_label.text() == "100\u00a0%"
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    expected = AssetMix.of({C.US_LARGE: Decimal("0.625"), C.US_BOND: Decimal("0.375")})
    assert dict(document.household.fund_mixes) == {"blue chip index": expected}
    assert text_at(page, BLUE_CHIP, Column.CLASS) == "Mixed: 62.5\u00a0% US large, 37.5\u00a0% US bonds"


def test_the_programs_answer_can_be_brought_back(shown, qtbot) -> None:
    start = edits.set_fund_mix(household(), "blue chip index", AssetMix.single(C.CRYPTO))
    page, document = shown(start)
    choose(page, BLUE_CHIP)
    qtbot.mouseClick(page.mix_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, MixDialog)
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert document.household.fund_mixes == ()
    assert text_at(page, BLUE_CHIP, Column.CLASS) == "US large"


def test_cancelled_mix_changes_nothing(shown, qtbot) -> None:
    page, document = shown(household())
    choose(page, BLUE_CHIP)
    page.change_mix()
    dialog = dialog_of(page, MixDialog)
    assert not dialog.back_button.isVisible()
    dialog.classes.choose(C.CASH)
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert document.household == household()
    assert document.undo_stack.count() == 0


def test_a_fund_nobody_knows_is_asked_about(shown, qtbot) -> None:
    page, document = shown(household(mystery="2500"))
    assert page.question.text() == "Mystery Pool Q is not classified yet, $2,500."
    page.question.action.emit()
    dialog = dialog_of(page, MixDialog)
    assert not dialog.use_button.isEnabled()
    dialog.classes.choose(C.TIPS)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert dict(document.household.fund_mixes) == {MYSTERY.key: AssetMix.single(C.TIPS)}
    assert not page.question.isVisible()


def test_account_is_renamed_and_a_blank_name_goes_back(shown, qtbot) -> None:
    page, document = shown(household())
    choose(page, BLUE_CHIP)  # the account of the chosen fund is meant
    qtbot.mouseClick(page.rename_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, QInputDialog)
    dialog.setTextValue("Old plan")
    dialog.accept()
    assert document.household.account_names == ((PLAN, "Old plan"),)
    assert text_at(page, PLAN, Column.FUND) == "Old plan"
    page.rename_account()
    dialog = dialog_of(page, QInputDialog)
    dialog.setTextValue("  ")
    dialog.accept()
    assert text_at(page, PLAN, Column.FUND) == "Brookside Mills 401(k)"


def test_account_is_removed_only_after_a_yes_and_undo_brings_it_back(shown, qtbot) -> None:
    page, document = shown(household())
    choose(page, "5566")
    page.remove_account()
    box = dialog_of(page, QMessageBox)
    assert "Rollover IRA" in box.text()
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    assert document.household == household()
    page.remove_account()
    box = dialog_of(page, QMessageBox)
    (remove,) = [button for button in box.buttons() if button.text() == "Remove account"]
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert "Rollover IRA" not in keys_of(page)
    assert text_at(page, "total", Column.VALUE) == "$82,000"
    document.undo_stack.undo()
    assert "Rollover IRA" in keys_of(page)


def test_rules_of_an_account(shown, qtbot) -> None:
    known = AccountRules(no_sell=("CORE BOND INDEX", "Gone Fund"), max_exchanges=2)
    page, document = shown(edits.set_account_rules(household(), PLAN, known))
    choose(page, PLAN)
    qtbot.mouseClick(page.rules_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, RulesDialog)
    assert dialog.no_sell.checked() == ("CORE BOND INDEX", "Gone Fund")
    dialog.minimum.setFocus()
    dialog.minimum.selectAll()
    qtbot.keyClicks(dialog.minimum, "1,000")
    dialog.no_sell.item(3).setCheckState(Qt.CheckState.Unchecked)  # the fund that is gone
    dialog.menu.name.setText("World Bond Pool")
    dialog.menu.kind.setCurrentText("International bonds")
    qtbot.mouseClick(dialog.menu.add_button, Qt.MouseButton.LeftButton)
    dialog.no_buy.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert dict(document.household.account_rules)[PLAN] == AccountRules(
        menu=(make_fund("World Bond Pool", C.INTL_BOND, ClassifiedBy.USER),),
        no_sell=("CORE BOND INDEX",),
        no_buy=("blue chip index",),
        minimum_exchange=Decimal(1000),
        max_exchanges=2,
    )
    document.undo_stack.undo()
    assert dict(document.household.account_rules)[PLAN] == known


def test_menu_fund_can_be_taken_off_again(shown, qtbot) -> None:
    extra = make_fund("World Bond Pool", C.INTL_BOND, ClassifiedBy.USER)
    page, document = shown(edits.set_account_rules(household(), PLAN, AccountRules(menu=(extra,))))
    choose(page, PLAN)
    page.change_rules()
    dialog = dialog_of(page, RulesDialog)
    assert dialog.no_buy.count() == 4
    dialog.menu.list.setCurrentRow(0)
    qtbot.mouseClick(dialog.menu.remove_button, Qt.MouseButton.LeftButton)
    assert dialog.no_buy.count() == 3
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert document.household.account_rules == ()


def test_buttons_wait_for_a_choice(shown) -> None:
    page, _ = shown(household())
    buttons = (page.mix_button, page.rules_button, page.rename_button, page.remove_button)
    assert not any(button.isEnabled() for button in buttons)
    choose(page, PLAN)
    assert [button.isEnabled() for button in buttons] == [False, True, True, True]
    choose(page, BLUE_CHIP)
    assert all(button.isEnabled() for button in buttons)


def test_empty_household_offers_the_import(shown, qtbot) -> None:
    page, _ = shown(Household())
    assert page.nothing.text().startswith("No holdings yet")
    with qtbot.waitSignal(page.import_wanted):
        qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)


def test_names_from_files_are_plain_text(shown, qtbot) -> None:
    start = household()
    statement = start.statements[0]
    fund = replace(
        make_fund("<b>Bold</b> & Co", AssetMix.of({C.US_LARGE: Decimal("0.5"), C.CASH: Decimal("0.5")})),
        note="<img src=x>",
    )
    account = replace(statement.accounts[0], rows=(make_row(2, fund, "10"),))
    page, _ = shown(replace(start, statements=(replace(statement, accounts=(account,)),)))
    index = page.table.holdings_model.index_of(f"{PLAN}\x1f{fund.key}", Column.CLASS)
    assert "&lt;img" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in index.data(Qt.ItemDataRole.ToolTipRole)
    choose(page, f"{PLAN}\x1f{fund.key}")
    page.change_mix()
    dialog = dialog_of(page, MixDialog)
    assert dialog.kind.current() == 1  # a mix opens as a mix
    dialog.reject()


def test_words_for_numbers() -> None:
    assert units_words(Decimal("1955.31")) == "1,955.310"
    assert units_words(Decimal(-3)) == "−3.000"
    assert units_words(None) == ""
    assert price_words(Decimal(1)) == "$1.00"
    assert price_words(Decimal("10.7515")) == "$10.7515"
    assert price_words(Decimal("10.123456")) == "$10.1235"
    assert price_words(None) == ""
    many = AssetMix.of({C.US_LARGE: Decimal("0.54"), C.US_BOND: Decimal("0.36"), C.CASH: Decimal("0.1")})
    assert mix_words(many) == "Mixed: 54\u00a0% US large, 36\u00a0% US bonds …"


def test_rules_dialog_has_room_for_names(qtbot) -> None:
    funds = tuple(make_fund(f"Bridge Fund {n}", C.US_LARGE) for n in range(6))
    rows = tuple(make_row(n, fund, "1000") for n, fund in enumerate(funds))
    start = household()
    statement = start.statements[0]
    plan = replace(statement.accounts[0], rows=rows)
    desk = look(replace(start, statements=(replace(statement, accounts=(plan,)),)), TODAY)
    dialog = RulesDialog(desk.snapshot.accounts[0], AccountRules(menu=funds))
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert dialog.menu.name.width() >= 240
    for shown in (dialog.no_sell, dialog.no_buy, dialog.menu.list):
        fifth = shown.visualItemRect(shown.item(4))
        assert fifth.bottom() < shown.viewport().height()


@pytest.mark.parametrize(
    ("number", "name", "suffix"),
    [
        ("Pasted table", "Pasted table", ""),
        ("plan-2026-11", "plan-2026-11", ""),  # called after its file
        ("Rollover", "My rollover", ""),
        ("70011234", "Brookside Mills 401(k)", "••1234"),
        ("5566", "Rollover IRA", "5566"),
    ],
)
def test_an_account_without_a_number_shows_none(shown, number: str, name: str, suffix: str) -> None:
    start = household()
    statement = start.statements[0]
    plan = replace(statement.accounts[0], id=number, name=name)
    page, _ = shown(replace(start, statements=(replace(statement, accounts=(plan,)),)))
    model = page.table.holdings_model
    assert model.index_of(number).data(SUFFIX_ROLE) == suffix
    spoken = model.index_of(number).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{name} {suffix}".strip() + ", 30 Sep 2026, 53 days old"


def test_vested_parts_are_shown_where_they_are_known(shown, qtbot) -> None:
    start = household()
    statement = start.statements[0]
    plan = statement.accounts[0]
    rows = tuple(row._replace(vested=row.value / 2) for row in plan.rows)
    accounts = (replace(plan, rows=rows), statement.accounts[1])
    page, _ = shown(replace(start, statements=(replace(statement, accounts=accounts),)))
    page.resize(1400, 720)
    model = page.table.holdings_model
    plan_row, ira_row = model.index(0, Column.VESTED), model.index(1, Column.VESTED)
    assert plan_row.data() == "$41,000"  # half of 52,000 + 24,000 + 6,000
    assert ira_row.data() == ""
    assert not page.table.isColumnHidden(Column.VESTED)
    page, _ = shown(start)
    assert page.table.isColumnHidden(Column.VESTED)


def crowd() -> Household:
    """2,500 accounts with the same four funds, $10 in each; only the last has a Rare Metals Fund too."""
    funds = [make_fund(f"Harbor Index {n}", C.US_LARGE) for n in range(4)]
    accounts = []
    for n in range(2500):
        rows = [make_row(n * 9 + k, fund, "10") for k, fund in enumerate(funds)]
        if n == 2499:
            rows.append(make_row(99_999, make_fund("Rare Metals Fund", C.OTHER), "10"))
        accounts.append(StatementAccount(f"A{n:05d}", f"Plan {n}", tuple(rows)))
    statement = Statement("p.csv", "generic", date(2026, 9, 30), None, tuple(accounts), digest="d2")
    return Household(statements=(statement,))


def test_a_household_of_thousands_of_accounts_is_listed_in_part_and_the_rest_is_found(qtbot) -> None:
    document = Document(crowd(), lambda: TODAY)
    page = HoldingsPage(document)
    document.setParent(page)
    qtbot.addWidget(page)
    page.show()
    model = page.table.holdings_model
    # 200 accounts with 4 funds each make 1,000 rows; 2,300 accounts with 4 funds each and one more are left
    assert model.rowCount() == 200 + 2
    assert model.index(200, 0).data() == (
        "And 9,201 funds in 2,300 accounts more. Type part of a name above to find them."
    )
    assert model.index(201, Column.VALUE).data() == "$100,010"
    page.filter.setText("rare metals")
    assert model.rowCount() == 2
    assert model.index(0, 0).data() == "Plan 2499"
    assert model.index(0, 0, model.index(0, 0)).data() == "Rare Metals Fund"
