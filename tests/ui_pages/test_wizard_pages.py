"""The rebalance wizard as a user walks through it, from the goal to the checklist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.plan import LaterExchange
from desktop_app.domain.rules import AccountRules, Goal, OrderStyle
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.document import Document
from desktop_app.ui.models.outlook_lines import CrisisColumn
from desktop_app.ui.theme import set_text_scale
from desktop_app.ui.wizard import RebalanceWizard
from desktop_app.workflow import edits
from desktop_app.workflow.rebalance_flow import WizardPage

from .look_back import shown_rows

TODAY = date(2026, 11, 22)
STOCK = Fund("QSTK", "Quarry Stock Index", AssetMix.single(C.US_LARGE), ClassifiedBy.SYMBOL, symbol="QSTK")
BOND = Fund("QBND", "Quarry Bond Index", AssetMix.single(C.US_BOND), ClassifiedBy.SYMBOL, symbol="QBND")


def household(stock: str, bond: str, as_of: date = TODAY) -> Household:
    rows = tuple(
        StatementRow(n, fund, Decimal(value), Decimal(value) / 50, Decimal(50))
        for n, (fund, value) in enumerate(((STOCK, stock), (BOND, bond)), 2)
    )
    account = StatementAccount("77120034", "Quarry 401(k)", rows)
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    return Household(
        statements=(Statement("q.csv", "generic", as_of, AsOfKind.DOWNLOAD, (account,)),), targets=(target,)
    )


@pytest.fixture
def opened(qtbot, runner) -> Callable[[Household], RebalanceWizard]:
    def open_wizard(start: Household) -> RebalanceWizard:
        wizard = RebalanceWizard(Document(start, lambda: TODAY), runner)
        qtbot.addWidget(wizard)
        wizard.resize(1280, 800)
        wizard.show()
        return wizard

    return open_wizard


def press(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def walk_to_review(qtbot, wizard: RebalanceWizard) -> None:
    while wizard.flow.page is not WizardPage.REVIEW:
        press(qtbot, wizard.next)
    qtbot.waitUntil(lambda: wizard.plan is not None)


def document_of(wizard: RebalanceWizard) -> Document:
    return wizard._document


def test_pressing_next_five_times_makes_the_checklist_of_the_article(qtbot, opened) -> None:
    # 70/30 on $100,000 against 60/40: one exchange of $10,000 from stocks to bonds
    wizard = opened(household("70000", "30000"))
    walk_to_review(qtbot, wizard)
    assert wizard.review.title.text() == "One exchange brings you back to target"
    assert "$10,000.00 moves." in wizard.review.subtitle.text()
    assert "from 10.0 to 0.0 points, the gauge from 200\u00a0% to 0\u00a0%" in wizard.review.subtitle.text()
    spoken = wizard.review.exchanges.rows[0].accessibleName()
    assert spoken.startswith("Quarry 401(k): Quarry Stock Index → Quarry Bond Index, $10,000.00.")
    assert wizard.review.proof.texts[0]
    assert wizard.review.unmet.texts == ["Nothing. Every class ends at its target to the cent."]
    press(qtbot, wizard.next)
    assert wizard.next.text() == "Make the checklist"
    told = []
    wizard.finished.connect(told.append)
    with qtbot.waitSignal(wizard.done):
        press(qtbot, wizard.next)
    checklist = document_of(wizard).household.checklist
    assert checklist.plan is told[0]
    assert [exchange.amount for exchange in checklist.plan.exchanges] == [Decimal(10000)]
    document_of(wizard).undo_stack.undo()
    assert document_of(wizard).household.checklist is None


def test_the_keyboard_alone_gets_to_the_plan(qtbot, opened) -> None:
    wizard = opened(household("50000", "50000"))
    for _ in range(3):
        qtbot.keyClick(wizard, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert (
        wizard.review.exchanges.rows[0]
        .accessibleName()
        .startswith("Quarry 401(k): Quarry Bond Index → Quarry Stock Index, $10,000.00.")
    )


def test_a_goal_and_money_are_kept_on_the_way_back(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    wizard.goal.cards[Goal.NEW_MONEY].radio.setChecked(True)
    press(qtbot, wizard.next)
    assert not wizard.money.hint.isHidden()
    field = wizard.money.fields["77120034"].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "5000")
    assert wizard.money.hint.isHidden()
    assert wizard.money.total.text() == "Money in: $5,000"
    press(qtbot, wizard.back)
    assert wizard.goal.cards[Goal.NEW_MONEY].radio.isChecked()
    walk_to_review(qtbot, wizard)
    assert wizard.review.title.text() == "One order puts the new money where it is missing"
    assert wizard.plan.exchanges[0].target.key == "QBND"
    assert wizard.plan.exchanges[0].amount == 5000
    assert "Goal: with new money only" in wizard.rail.summary.text()


def test_money_out_is_told_by_the_side(qtbot, opened) -> None:
    wizard = opened(household("60000", "40000"))
    press(qtbot, wizard.next)
    line = wizard.money.fields["77120034"]
    line.side.set_current(1)
    line.field.setFocus()
    line.field.selectAll()
    qtbot.keyClicks(line.field, "1000")
    assert wizard.flow.cash == (("77120034", Decimal(-1000)),)
    assert line.after.text() == "$100,000 now, $99,000 after"
    walk_to_review(qtbot, wizard)
    assert sum(exchange.amount for exchange in wizard.plan.exchanges if exchange.target is None) == 1000


def test_at_target_the_answer_is_to_do_nothing(qtbot, opened) -> None:
    wizard = opened(household("60000", "40000"))
    walk_to_review(qtbot, wizard)
    assert wizard.review.title.text() == "Do nothing: your mix is where it should be"
    assert wizard.review.subtitle.text().startswith("Look again on 31 Dec 2026")
    assert wizard.next.text() == "Close"
    with qtbot.waitSignal(wizard.cancelled):
        press(qtbot, wizard.next)
    assert document_of(wizard).household.checklist is None


def test_a_fund_that_may_not_be_sold_stays(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    press(qtbot, wizard.next)
    press(qtbot, wizard.next)
    wizard.rules.cards["77120034"].no_sell["QSTK"].click()
    assert document_of(wizard).household.account_rules[0][1].no_sell == ("QSTK",)
    walk_to_review(qtbot, wizard)
    assert wizard.review.title.text() == "Under these rules nothing can be moved"
    press(qtbot, wizard.back)
    document_of(wizard).undo_stack.undo()
    assert not wizard.rules.cards["77120034"].no_sell["QSTK"].isChecked()
    walk_to_review(qtbot, wizard)
    assert wizard.review.title.text() == "One exchange brings you back to target"


def test_typing_a_minimum_keeps_the_keyboard_in_its_field(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    press(qtbot, wizard.next)
    press(qtbot, wizard.next)
    field = wizard.rules.cards["77120034"].minimum
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "250")
    assert wizard.focusWidget() is field
    assert document_of(wizard).household.account_rules[0][1].minimum_exchange == 250
    document_of(wizard).undo_stack.undo()
    assert document_of(wizard).household.account_rules == ()


def test_the_most_exchanges_over_all_accounts_are_remembered_and_undone(qtbot, opened) -> None:
    wizard = opened(three_classes())
    walk_to_review(qtbot, wizard)
    assert len(wizard.plan.exchanges) == 2
    press(qtbot, wizard.back)
    field = wizard.rules.most
    assert (field.text(), field.accessibleName()) == (
        "no limit",
        "Most exchanges in one plan, all accounts together",
    )
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "1")
    assert document_of(wizard).household.max_exchanges == 1
    assert field.hasFocus()
    walk_to_review(qtbot, wizard)
    assert len(wizard.plan.exchanges) == 1
    assert "At most 1 exchange" in wizard.rail.summary.text()
    assert any("number of exchanges allowed" in text for text in wizard.review.unmet.texts)
    document_of(wizard).undo_stack.undo()
    assert document_of(wizard).household.max_exchanges is None
    press(qtbot, wizard.back)
    assert field.text() == "no limit"


def three_classes() -> Household:
    """Return $100,000 of which 20,000 of stocks belong in bonds and 10,000 in cash."""
    start = household("70000", "20000")
    cash = Fund("QMM", "Quarry Money Market", AssetMix.single(C.MONEY_MARKET), ClassifiedBy.SYMBOL)
    (statement,) = start.statements
    (account,) = statement.accounts
    rows = (*account.rows, StatementRow(4, cash, Decimal(10000), Decimal(10000), Decimal(1)))
    account = replace(account, rows=rows)
    target = TargetAllocation.from_names({"stocks": "0.4", "bonds": "0.4", "short_term": "0.2"})
    return replace(start, statements=(replace(statement, accounts=(account,)),), targets=(target,))


def test_exact_cents_are_one_click_away(qtbot, opened) -> None:
    # 60 % of 100,000.01 is 60,000.006: to the cent 10,000.00 or 10,000.01 moves
    wizard = opened(household("70000.37", "30000.44"))
    walk_to_review(qtbot, wizard)
    assert wizard.plan.exchanges[0].amount % 1 == 0
    press(qtbot, wizard.back)
    wizard.rules.precision.set_current(1)
    walk_to_review(qtbot, wizard)
    # target 60 % of 100,000.81 = 60,000.486
    assert wizard.plan.exchanges[0].amount in {Decimal("9999.88"), Decimal("9999.89")}


def test_more_money_out_than_there_is_says_so_and_loses_nothing(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    press(qtbot, wizard.next)
    line = wizard.money.fields["77120034"]
    line.side.set_current(1)
    line.field.setFocus()
    line.field.selectAll()
    qtbot.keyClicks(line.field, "200000")
    assert "not that much" in line.after.text()
    assert not wizard.next.isEnabled()
    qtbot.keyClick(wizard, Qt.Key.Key_Return)
    assert wizard.flow.page is WizardPage.MONEY
    press(qtbot, wizard.back)
    press(qtbot, wizard.next)
    assert wizard.money.fields["77120034"].amount() == -200000
    line.field.selectAll()
    qtbot.keyClicks(line.field, "100000")  # all there is
    assert wizard.next.isEnabled()


def test_trouble_with_money_leads_to_the_money_page(qtbot, opened) -> None:
    start = household("70000", "30000")
    locked = AccountRules(no_sell=("QSTK", "QBND"))
    wizard = opened(edits.set_account_rules(start, "77120034", locked))
    press(qtbot, wizard.next)
    line = wizard.money.fields["77120034"]
    line.side.set_current(1)
    line.field.selectAll()
    qtbot.keyClicks(line.field, "1000")
    press(qtbot, wizard.next)
    press(qtbot, wizard.next)
    qtbot.waitUntil(wizard.review.trouble.isVisible)
    assert "$1,000" in wizard.review.trouble.text()
    assert not wizard.next.isEnabled()
    wizard.review.trouble.action.emit()
    assert wizard.flow.page is WizardPage.MONEY


def test_trouble_with_rules_leads_to_the_rules_page(qtbot, opened) -> None:
    """Both funds are capped below what has to lie somewhere."""
    start = household("70000", "30000")
    tight = AccountRules(cap=(("QSTK", Decimal("0.2")), ("QBND", Decimal("0.3"))))
    wizard = opened(edits.set_account_rules(start, "77120034", tight))
    for _ in range(3):
        press(qtbot, wizard.next)
    qtbot.waitUntil(wizard.review.trouble.isVisible)
    wizard.review.trouble.action.emit()
    assert wizard.flow.page is WizardPage.RULES


def test_a_contradiction_in_the_rules_is_a_banner(qtbot, opened) -> None:
    start = household("70000", "-30000")
    wizard = opened(start)
    for _ in range(3):
        press(qtbot, wizard.next)
    qtbot.waitUntil(wizard.review.trouble.isVisible)
    assert "Quarry Bond Index" in wizard.review.trouble.text()


def test_escape_asks_nothing_when_nothing_was_changed(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    press(qtbot, wizard.next)
    with qtbot.waitSignal(wizard.cancelled):
        qtbot.keyClick(wizard, Qt.Key.Key_Escape)


def test_escape_offers_to_keep_changed_answers(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    wizard.goal.cards[Goal.HALFWAY].radio.setChecked(True)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    buttons = {button.text(): button for button in wizard.findChild(QMessageBox).buttons()}
    assert set(buttons) == {"Save for later", "Leave without saving", "Stay"}
    press(qtbot, buttons["Stay"])
    assert document_of(wizard).household.draft is None
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    again = [box for box in wizard.findChildren(QMessageBox) if box.isVisible()]
    buttons = {button.text(): button for button in again[0].buttons()}
    with qtbot.waitSignal(wizard.cancelled):
        press(qtbot, buttons["Save for later"])
    assert document_of(wizard).household.draft.goal is Goal.HALFWAY


def test_saved_for_later_it_opens_where_it_was_left(qtbot, opened, runner) -> None:
    wizard = opened(household("70000", "30000"))
    wizard.goal.cards[Goal.BAND_EDGE].radio.setChecked(True)
    press(qtbot, wizard.next)
    with qtbot.waitSignal(wizard.cancelled):
        press(qtbot, wizard.save_later)
    again = RebalanceWizard(document_of(wizard), runner)
    qtbot.addWidget(again)
    assert again.flow.goal is Goal.BAND_EDGE
    assert again.flow.page is WizardPage.MONEY
    assert not again.is_changed


def test_old_prices_are_said_and_newer_ones_can_be_imported(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000", as_of=date(2026, 9, 30)))
    walk_to_review(qtbot, wizard)
    assert wizard.review.stale.isVisible()
    assert wizard.review.stale_words.text() == "Prices are 53 days old."
    with qtbot.waitSignal(wizard.import_wanted):
        press(qtbot, wizard.review.import_newer)
    assert document_of(wizard).household.draft.page == "review"


def test_orders_read_in_the_terms_of_the_plan(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    walk_to_review(qtbot, wizard)
    press(qtbot, wizard.next)
    card = wizard.orders.cards["77120034"]

    def shown() -> list[str]:
        from desktop_app.ui.widgets import TextLabel

        return [label.text() for label in card._table.findChildren(TextLabel) if label.text()]

    assert "$10,000.00" in shown()
    assert card.note.text() == "Type the dollars of each line."
    for segment, words in ((1, "14\u00a0%"), (2, "200.000"), (3, "60\u00a0%")):
        # 10,000 of 70,000 in whole percents; 10,000 at $50; 60 : 40 of the balance afterwards
        card.styles.set_current(segment)
        qtbot.waitUntil(lambda: wizard.plan is not None)
        assert words in shown()
    rules = document_of(wizard).household.account_rules
    assert rules[0][1].order_style is OrderStyle.REALIGN_PERCENT
    assert card.note.text().startswith("Set the whole balance")


def test_a_new_plan_says_that_it_replaces_an_open_checklist(qtbot, opened, runner) -> None:
    wizard = opened(household("70000", "30000"))
    walk_to_review(qtbot, wizard)
    press(qtbot, wizard.next)
    assert not wizard.orders.open_list.isVisible()
    press(qtbot, wizard.next)
    again = RebalanceWizard(document_of(wizard), runner)
    qtbot.addWidget(again)
    again.show()
    walk_to_review(qtbot, again)
    press(qtbot, again.next)
    assert "0 of 1 done" in again.orders.open_list.text()


def test_a_step_that_must_wait_is_shown_with_its_day(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    walk_to_review(qtbot, wizard)
    assert not wizard.review._later_card.isVisible()
    step = LaterExchange(date(2027, 2, 20), "77120034", STOCK, BOND, Decimal(900), "Equity wash.")
    wizard.review.show_plan(replace(wizard.plan, later=(step,)), document_of(wizard).desk)
    assert wizard.review.later.texts == [
        "Not before 20 Feb 2027",
        "Move $900.00 from Quarry Stock Index to Quarry Bond Index. Equity wash.",
    ]


def test_another_document_closes_the_wizard(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    with qtbot.waitSignal(wizard.cancelled):
        document_of(wizard).open(household("1", "2"))


def test_steps_behind_can_be_pressed_in_the_rail(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    walk_to_review(qtbot, wizard)
    press(qtbot, wizard.rail.steps[0])
    assert wizard.flow.page is WizardPage.GOAL
    assert wizard.rail.steps[3].accessibleName() == "4. Review, ahead"


def test_review_shows_what_each_mix_lost(qtbot, opened) -> None:
    """70/30 falls further than 60/40; the plan ends at the target, so it has no number of its own."""
    wizard = opened(household("70000", "30000"))
    walk_to_review(qtbot, wizard)
    evidence = wizard.review.evidence
    qtbot.waitUntil(lambda: bool(evidence.lines), timeout=20000)
    rows = shown_rows(evidence.table)
    assert [row[0] for row in rows] == ["1973–74", "2000–02", "2007–09", "2022"]
    for line in evidence.lines:
        assert line.now.dollars < line.target.dollars < 0
        assert line.plan.dollars == pytest.approx(line.target.dollars, abs=Decimal("0.01"))
    assert evidence.table.isColumnHidden(CrisisColumn.PLAN)
    assert "$100,000" in evidence.note.text()


def test_leaving_review_stops_looking_back(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    walk_to_review(qtbot, wizard)
    wizard.hide()
    assert not wizard.review.evidence._work.is_busy


def test_every_page_fits_at_twice_the_text_size(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    try:
        set_text_scale(2.0)
        walk_to_review(qtbot, wizard)
        press(qtbot, wizard.next)
        for page in (wizard.goal, wizard.money, wizard.rules, wizard.review, wizard.orders):
            wizard._stack.setCurrentWidget(page)
            assert page.horizontalScrollBar().maximum() == 0, page
    finally:
        set_text_scale(1.0)


def test_a_sold_option_keeps_its_account_out_and_says_so(qtbot, opened) -> None:
    put = Fund("", "CRDX JUL 10 2026 $250 PUT", AssetMix.single(C.UNCLASSIFIED), ClassifiedBy.UNKNOWN)
    start = household("70000", "30000")
    rows = (StatementRow(2, STOCK, Decimal(900)), StatementRow(3, put, Decimal(-135)))
    first = start.statements[0]
    owing = StatementAccount("88120077", "Link", rows)
    start = replace(start, statements=(replace(first, accounts=(*first.accounts, owing)),))
    wizard = opened(start)
    walk_to_review(qtbot, wizard)
    assert {exchange.account_id for exchange in wizard.plan.exchanges} == {"77120034"}
    assert wizard.review.trouble.isVisible()
    assert wizard.review.trouble.text().startswith("“CRDX JUL 10 2026 $250 PUT” in Link is -$135, below zero")
    assert "Nothing is exchanged in that account" in wizard.review.trouble.text()
    assert not wizard.review.trouble.button.isVisible()


def test_the_answers_as_they_stand_lead_straight_to_the_plan_and_back(qtbot, opened) -> None:
    wizard = opened(household("70000", "30000"))
    press(qtbot, wizard.skip)
    qtbot.waitUntil(lambda: wizard.plan is not None)
    assert wizard.flow.page is WizardPage.REVIEW
    assert not wizard.skip.isVisible()
    press(qtbot, wizard.back)
    assert wizard.flow.page is WizardPage.RULES
    press(qtbot, wizard.back)
    assert wizard.skip.isVisible()


def test_accounts_whose_names_differ_at_the_end_are_told_apart_on_review(qtbot, opened) -> None:
    names = ("Harbor City University Faculty 401(a) Plan", "Harbor City University Faculty 403(b) Plan")
    one = household("70000", "30000")
    (statement,) = one.statements
    (account,) = statement.accounts
    accounts = tuple(replace(account, id=f"7712003{n}", name=name) for n, name in enumerate(names))
    wizard = opened(replace(one, statements=(replace(statement, accounts=accounts),)))
    walk_to_review(qtbot, wizard)
    rows = wizard.review.exchanges.rows
    assert {row.account.text() for row in rows} <= {*names}
    for row in rows:
        assert row.account.isVisible()
        assert row.account.height() >= row.account.heightForWidth(row.account.width())
