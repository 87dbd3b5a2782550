"""The rules of a plan as a user meets them: choosing a provider, switching off, changing, adding, undoing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.rules import (
    AccountRules,
    EquityWash,
    OrderStyle,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    TransferLimit,
)
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.document import Document
from desktop_app.ui.pages.holdings import HoldingsPage
from desktop_app.ui.pages.holdings_rules import RulesDialog
from desktop_app.ui.rules.editor import RulesEditor
from desktop_app.ui.rules.kinds import BLANKS
from desktop_app.ui.rules.log_dialog import LogDialog
from desktop_app.ui.rules.rule_dialog import RuleDialog
from desktop_app.ui.wizard import RebalanceWizard
from desktop_app.workflow import edits
from desktop_app.workflow.rebalance_flow import WizardPage
from desktop_app.workflow.rule_lines import FundBlock, FundCap

TODAY = date(2026, 11, 22)
PLAN = "77120034"
STOCK = Fund("QSTK", "Quarry Stock Index", AssetMix.single(C.US_LARGE), ClassifiedBy.SYMBOL, symbol="QSTK")
BOND = Fund("QBND", "Quarry Bond Index", AssetMix.single(C.US_BOND), ClassifiedBy.SYMBOL, symbol="QBND")
STABLE = Fund(
    "QSV", "Quarry Stable Value", AssetMix.single(C.STABLE_VALUE), ClassifiedBy.SYMBOL, symbol="QSV"
)


def household(layout: str = "generic", funds: tuple[tuple[Fund, int], ...] = ((STOCK, 70000), (BOND, 30000))):
    rows = tuple(StatementRow(n, fund, Decimal(value)) for n, (fund, value) in enumerate(funds, 2))
    account = StatementAccount(PLAN, "Quarry 401(k)", rows)
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    statement = Statement("q.csv", layout, TODAY, AsOfKind.DOWNLOAD, (account,))
    return Household(statements=(statement,), targets=(target,))


@pytest.fixture
def opened(qtbot, runner) -> Callable[[Household], tuple[RebalanceWizard, Document, RulesEditor]]:
    def open_wizard(start: Household) -> tuple[RebalanceWizard, Document, RulesEditor]:
        document = Document(start, lambda: TODAY)
        wizard = RebalanceWizard(document, runner)
        qtbot.addWidget(wizard)
        wizard.resize(1280, 800)
        wizard.show()
        wizard.rail.chosen.emit(2)
        return wizard, document, wizard.rules.cards[PLAN].editor

    return open_wizard


def rules_of(document: Document) -> AccountRules:
    return dict(document.household.account_rules).get(PLAN, AccountRules())


def choose(qtbot, box, key: str) -> None:
    """Choose with the keyboard, as a person does."""
    box.setFocus()
    wanted = box.findData(key)
    while box.currentIndex() != wanted:
        qtbot.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < wanted else Qt.Key.Key_Up)


def type_into(qtbot, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def press(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class TestProviders:
    def test_a_known_file_suggests_and_nothing_more(self, qtbot, opened):
        _, document, editor = opened(household("fidelity-positions"))
        assert editor.suggestion.isVisible()
        assert "Fidelity NetBenefits" in editor.suggestion.text()
        assert document.household.account_rules == ()
        assert editor.provider.currentText() == "Not chosen"
        editor.suggestion.button.click()
        assert not editor.suggestion.isVisible()
        assert editor.provider.currentText() == "Fidelity NetBenefits"
        (rule,) = rules_of(document).restrictions
        assert isinstance(rule.terms, RoundTrip)
        assert [row.box.text() for row in editor.rows] == ["Round trips"]
        assert "two of them in 90 days" in editor.rows[0].words.text()
        assert editor.rows[0].facts.text().endswith("cabinetofcuriositiespodcast.com. No end known.")

    def test_an_unknown_file_suggests_none(self, opened):
        _, _, editor = opened(household("generic"))
        assert not editor.suggestion.isVisible()

    def test_choosing_by_hand_is_one_step_to_undo(self, qtbot, opened):
        _, document, editor = opened(household())
        choose(qtbot, editor.provider, "tsp")
        assert rules_of(document).order_style is OrderStyle.REALIGN_PERCENT
        assert editor.style_choice.currentData() == "realign_percent"
        assert "Orders before noon Eastern get that day's price." in editor.notes.text()
        while document.undo_stack.canUndo():
            document.undo_stack.undo()
        assert document.household.account_rules == ()
        assert (editor.provider.currentText(), editor.rows) == ("Not chosen", [])

    def test_no_provider_again_keeps_the_users_own(self, qtbot, opened):
        start = edits.set_account_rules(
            household(), PLAN, AccountRules(restrictions=(Restriction(RepurchaseBlock(45)),))
        )
        _, document, editor = opened(start)
        choose(qtbot, editor.provider, "voya")
        assert len(editor.rows) == 4
        choose(qtbot, editor.provider, "")
        assert [rule.terms for rule in rules_of(document).restrictions] == [RepurchaseBlock(45)]

    def test_a_stable_value_fund_brings_its_wait_to_mind(self, opened):
        _, document, editor = opened(household(funds=((STOCK, 70000), (STABLE, 30000))))
        assert editor.extra.isVisible()
        editor.extra.button.click()
        assert not editor.extra.isVisible()
        assert isinstance(rules_of(document).restrictions[0].terms, EquityWash)
        editor.rows[0].remove.click()
        assert rules_of(document) == AccountRules()


class TestOneRule:
    @pytest.fixture
    def with_vanguard(self, opened):
        wizard, document, editor = opened(household("vanguard-download"))
        editor.suggestion.button.click()
        return wizard, document, editor

    def test_off_and_on_again(self, qtbot, with_vanguard):
        _, document, editor = with_vanguard
        before = rules_of(document)
        press(qtbot, editor.rows[0].box)
        assert rules_of(document).terms_on(TODAY) == ()
        assert "Switched off." in editor.rows[0].facts.text()
        assert document.undo_stack.undoText() == "Switch a rule off"
        assert not editor.rows[0].remove.isVisible()
        press(qtbot, editor.rows[0].box)
        assert rules_of(document) == before
        document.undo_stack.undo()
        document.undo_stack.undo()
        assert rules_of(document) == before
        assert editor.rows[0].box.isChecked()

    def test_change_its_days_dollars_funds_and_end(self, qtbot, with_vanguard):
        _, document, editor = with_vanguard
        press(qtbot, editor.rows[0].change)
        dialog = editor.findChild(RuleDialog)
        assert not dialog.kind.isEnabled()
        dialog.entries["days"].widget.setValue(60)
        type_into(qtbot, dialog.entries["over"].widget, "2500")
        dialog.entries["funds"].widget.tick("QSTK", on=True)
        type_into(qtbot, dialog.until, "2027-06-30")
        assert dialog.sentence.text() == (
            "After more than $2,500 left a fund it may not be bought for 60 days. "
            "This is meant for Quarry Stock Index. Money market funds do not count. Up to 30 Jun 2027."
        )
        press(qtbot, dialog.keep_button)
        (rule,) = rules_of(document).restrictions
        assert rule.terms == RepurchaseBlock(60, Decimal(2500), ("QSTK",), ("money_market",))
        assert (rule.until, rule.preset) == (date(2027, 6, 30), "vanguard")
        assert editor.rows[0].facts.text().endswith("Until 30 Jun 2027. Differs from what is published.")
        document.undo_stack.undo()
        assert rules_of(document).restrictions[0].terms == RepurchaseBlock(30, exempt=("money_market",))

    def test_add_one_by_hand_and_take_it_away(self, qtbot, with_vanguard):
        _, document, editor = with_vanguard
        press(qtbot, editor.add)
        dialog = editor.findChild(RuleDialog)
        dialog.kind.setCurrentIndex(BLANKS.index(TransferLimit))
        dialog.entries["count"].widget.setValue(4)
        type_into(qtbot, dialog.source, "plan booklet, page 12")
        press(qtbot, dialog.keep_button)
        rule = rules_of(document).restrictions[-1]
        assert (rule.terms, rule.source, rule.preset) == (TransferLimit(4), "plan booklet, page 12", "")
        assert document.undo_stack.undoText() == "Add a rule"
        press(qtbot, editor.rows[1].remove)
        assert len(rules_of(document).restrictions) == 1

    def test_a_rule_that_means_nothing_cannot_be_kept(self, qtbot, with_vanguard):
        _, document, editor = with_vanguard
        press(qtbot, editor.add)
        dialog = editor.findChild(RuleDialog)
        dialog.kind.setCurrentIndex(BLANKS.index(FundCap))
        assert dialog.trouble.text() == "Choose a fund."
        assert not dialog.keep_button.isEnabled()
        choose(qtbot, dialog.entries["fund"].widget, "QSTK")
        dialog.entries["share"].widget.setValue(15)
        assert dialog.sentence.text() == "Quarry Stock Index: at most 15\u00a0% of this account."
        press(qtbot, dialog.keep_button)
        assert rules_of(document).cap == (("QSTK", Decimal("0.15")),)

    def test_a_fund_blocked_until_a_day(self, qtbot, with_vanguard):
        _, document, editor = with_vanguard
        press(qtbot, editor.add)
        dialog = editor.findChild(RuleDialog)
        dialog.kind.setCurrentIndex(BLANKS.index(FundBlock))
        choose(qtbot, dialog.entries["fund"].widget, "QBND")
        type_into(qtbot, dialog.entries["until"].widget, "")
        qtbot.keyClick(dialog.entries["until"].widget, Qt.Key.Key_Backspace)
        assert dialog.trouble.text() == "Type the day it is free again."
        qtbot.keyClicks(dialog.entries["until"].widget, "12/31/2026")
        press(qtbot, dialog.keep_button)
        assert rules_of(document).blocked_until == (("QBND", date(2026, 12, 31)),)
        assert "Quarry Bond Index is blocked until 31 December 2026." in editor.waits.text()

    def test_every_kind_can_be_opened_and_says_something(self, qtbot, with_vanguard):
        _, _, editor = with_vanguard
        press(qtbot, editor.add)
        dialog = editor.findChild(RuleDialog)
        for index in range(len(BLANKS)):
            dialog.kind.setCurrentIndex(index)
            assert dialog.sentence.text() or dialog.trouble.text()
            assert dialog.help.text().endswith(".")
        dialog.reject()

    def test_limits_of_the_account(self, qtbot, with_vanguard):
        _, document, editor = with_vanguard
        editor.most.setValue(3)
        choose(qtbot, editor.style_choice, OrderStyle.UNITS.value)
        type_into(qtbot, editor.minimum, "500")
        rules = rules_of(document)
        assert (rules.max_exchanges, rules.order_style, rules.minimum_exchange) == (3, OrderStyle.UNITS, 500)
        document.undo_stack.undo()  # what was typed in one field is one step
        assert rules_of(document).minimum_exchange == 0
        assert rules_of(document).max_exchanges == 3


class TestWaitsAndLog:
    def test_an_exchange_entered_by_hand_has_to_wait(self, qtbot, opened):
        wizard, document, editor = opened(household("vanguard-download"))
        editor.suggestion.button.click()
        assert not editor.wait_title.isVisible()
        press(qtbot, editor.log)
        dialog = wizard.findChild(LogDialog)
        type_into(qtbot, dialog.day, "2026-11-10")
        choose(qtbot, dialog.source, "QBND")
        choose(qtbot, dialog.target, "QSTK")
        type_into(qtbot, dialog.amount, "5000")
        press(qtbot, dialog.add_button)
        assert document.household.log == (
            PastExchange(PLAN, "QBND", "QSTK", Decimal(5000), date(2026, 11, 10)),
        )
        # the day after is the first of 30: 11 November to 10 December
        said = (
            "Quarry Bond Index may be bought again from 11 December 2026 on: "
            "money left it on 10 November 2026."
        )
        assert editor.waits.text() == said
        assert dialog.waits.text() == f"Quarry 401(k): {said}"
        dialog.accept()
        while wizard.flow.page is not WizardPage.REVIEW:
            press(qtbot, wizard.next)
        qtbot.waitUntil(lambda: wizard.plan is not None)
        assert wizard.plan.exchanges == ()
        assert any("may not be bought before 11 December 2026" in text for text in wizard.review.unmet.texts)

    def test_entries_can_go(self, qtbot, opened):
        wizard, document, editor = opened(
            edits.note_exchange(household(), PastExchange(PLAN, "QBND", None, Decimal(5), date(2026, 11, 1)))
        )
        press(qtbot, editor.log)
        dialog = wizard.findChild(LogDialog)
        assert dialog.rows[0].accessibleName() == (
            "1 Nov 2026: Quarry Bond Index → Paid out, $5.00. 1 Nov 2026 · Quarry 401(k) · entered by hand"
        )
        press(qtbot, dialog.rows[0].remove)
        assert (document.household.log, dialog.rows) == ((), [])
        assert dialog.none.isVisible()
        document.undo_stack.undo()
        assert len(dialog.rows) == 1
        dialog.accept()

    @pytest.mark.parametrize(
        ("day", "source", "target", "dollars", "words"),
        [
            ("2026-11-23", "QBND", "QSTK", "5", "still to come"),
            ("soon", "QBND", "QSTK", "5", "Write the day"),
            ("2026-11-01", "?", "QSTK", "5", "Choose the fund"),
            ("2026-11-01", "", "", "5", "Choose the fund"),
            ("2026-11-01", "QBND", "QBND", "5", "the same fund"),
            ("2026-11-01", "QBND", "QSTK", "0", "Type the dollars"),
        ],
    )
    def test_a_form_that_is_wrong_says_what(self, qtbot, day, source, target, dollars, words):
        document = Document(household(), lambda: TODAY)
        dialog = LogDialog(document)
        qtbot.addWidget(dialog)
        dialog.show()
        type_into(qtbot, dialog.day, day)
        dialog.source.choose(source)
        dialog.target.choose(target)
        type_into(qtbot, dialog.amount, dollars)
        press(qtbot, dialog.add_button)
        assert words in dialog.trouble.text()
        assert document.household.log == ()


class TestHoldings:
    def test_the_same_rules_in_the_dialog_of_holdings(self, qtbot):
        document = Document(household("fidelity-positions"), lambda: TODAY)
        page = HoldingsPage(document)
        qtbot.addWidget(page)
        page.show()
        page.table.setCurrentIndex(page.table.holdings_model.index(0, 0))
        press(qtbot, page.rules_button)
        dialog = page.findChild(RulesDialog)
        assert dialog.editor.suggestion.isVisible()
        dialog.editor.suggestion.button.click()
        assert document.household.account_rules == ()
        press(qtbot, dialog.editor.log)
        log = dialog.findChild(LogDialog)
        bought = PastExchange(PLAN, "QBND", "QSTK", Decimal(5000), date(2026, 11, 10))
        document.apply("note", edits.note_exchange(document.household, bought))
        log.accept()
        assert "Quarry Stock Index may be sold again from 10 December 2026" in dialog.editor.waits.text()
        press(qtbot, dialog.use_button)
        assert isinstance(rules_of(document).restrictions[0].terms, RoundTrip)
        document.apply(
            "name", edits.rename_account(document.household, PLAN, "Mine")
        )  # nobody is left to hear it

    def test_past_exchanges_from_the_page(self, qtbot):
        page = HoldingsPage(Document(household(), lambda: TODAY))
        qtbot.addWidget(page)
        page.show()
        press(qtbot, page.log_button)
        (dialog,) = page.findChildren(LogDialog)
        assert dialog.isVisible()
        dialog.accept()
        assert not dialog.isVisible()


class TestReview:
    """Stable value 20,000 where 10,000 is wanted, money market the other way: 90 days in between."""

    @pytest.fixture
    def reviewed(self, qtbot, opened) -> RebalanceWizard:
        market = Fund("QMM", "Quarry Money Market", AssetMix.single(C.MONEY_MARKET), ClassifiedBy.SYMBOL)
        start = household("vanguard-download", ((STOCK, 60000), (BOND, 20000), (STABLE, 20000), (market, 0)))
        aim = {"stocks": "0.6", "bonds": "0.2", "stable_value": "0.1", "money_market": "0.1"}
        start = replace(start, targets=(TargetAllocation.from_names(aim),))
        wizard, _, editor = opened(start)
        editor.suggestion.button.click()
        editor.extra.button.click()
        while wizard.flow.page is not WizardPage.REVIEW:
            press(qtbot, wizard.next)
        qtbot.waitUntil(lambda: wizard.plan is not None)
        return wizard

    def test_both_steps_and_what_follows_are_told(self, reviewed):
        review = reviewed.review
        assert (
            review.title.text() == "One exchange now and one from 20 Feb 2027 on bring you closer to target"
        )
        assert review.subtitle.text() == (
            "$10,000.00 moves. Drift stays at 10.0 points until the later step."
        )
        # 22 November: 30 full days end on 22 December; 90 days later is 20 February
        assert review.exchanges.rows[0].then.text() == (
            "Then: Quarry Stable Value may be bought again from 23 December 2026 on. "
            "This money left Quarry Stable Value: it may go to a competing fund from 20 February 2027 on."
        )
        assert review.later.texts[0] == "Not before 20 Feb 2027"
        assert "Move $10,000.00 from Quarry Bond Index to Quarry Money Market." in review.later.texts[1]
        assert any("possible from 20 February 2027" in text for text in review.unmet.texts)


def test_the_keyboard_stays_where_a_rule_was_switched(qtbot, opened) -> None:
    wizard, _, editor = opened(household("fidelity-positions"))
    editor.suggestion.button.click()
    box = editor.rows[0].box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not editor.rows[0].box.isChecked()
    assert wizard.focusWidget() is editor.rows[0].box
