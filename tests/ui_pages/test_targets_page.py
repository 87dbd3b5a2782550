"""The Targets page as a user drives it: presets, typing, opening groups, saving, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QInputDialog

from desktop_app.domain.classes import AssetClass as C
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.household import Household
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.statement import AsOfKind, Statement, StatementAccount, StatementRow
from desktop_app.domain.targets import TargetAllocation
from desktop_app.ui.document import Document
from desktop_app.ui.pages.targets import TargetsPage
from desktop_app.ui.theme import set_text_scale

TODAY = date(2026, 11, 22)


def household(target: TargetAllocation | None = None, **held: str) -> Household:
    rows = tuple(
        StatementRow(
            n, Fund(leaf, f"{leaf} fund", AssetMix.single(C(leaf)), ClassifiedBy.NAME), Decimal(dollars)
        )
        for n, (leaf, dollars) in enumerate(held.items(), 2)
    )
    accounts = (StatementAccount("5501", "Orchard 401(k)", rows),)
    statements = (Statement("x.csv", "generic", TODAY, AsOfKind.DOWNLOAD, accounts),) if held else ()
    return Household(statements=statements, targets=(target,) if target else ())


def sixty_forty() -> TargetAllocation:
    target = TargetAllocation.from_names({"stocks": "0.6", "fixed_income": "0.4"})
    return replace(target, since=date(2026, 1, 12), reason="Ten years to go")


@pytest.fixture
def shown(qtbot) -> Callable[[Household], TargetsPage]:
    def show(start: Household) -> TargetsPage:
        page = TargetsPage(Document(start, lambda: TODAY))
        qtbot.addWidget(page)
        page.resize(1080, 716)
        page.show()
        return page

    return show


def document_of(page: TargetsPage) -> Document:
    return page._document


def type_share(qtbot, page: TargetsPage, node: C, text: str) -> None:
    field = page.editor.lines[node].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_typing_moves_everything_in_the_same_frame(qtbot, shown) -> None:
    # 70/30 against 60/40: stocks 10 points over a 5-point band is 200 % of it
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    heard = []
    document_of(page).previewed.connect(heard.append)
    assert "200" in page.live.verdict.text()
    type_share(qtbot, page, C.STOCKS, "66")
    assert page.editor.sum_words.whole_text() == "6\u00a0% too much"
    assert not page.reasons.save.isEnabled()
    type_share(qtbot, page, C.FIXED_INCOME, "34")
    assert page.editor.sum_words.whole_text() == ""
    assert page.live.verdict.text() == "Hold, 80\u00a0% of the band"
    assert page.live.was.text() == "was 200\u00a0%"
    assert page.editor.lines[C.STOCKS].tag.text() == "was 60"
    assert page.editor.lines[C.STOCKS].numbers[1].text() == "$66,000"
    assert heard[-1].drift.gauge == Decimal("0.8")
    assert page.reasons.save.isEnabled()


def test_saving_is_one_step_that_undo_takes_back(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    document = document_of(page)
    type_share(qtbot, page, C.STOCKS, "66.5")
    type_share(qtbot, page, C.FIXED_INCOME, "33.5")
    page.reasons.reason.setPlainText("New job with a pension")
    qtbot.mouseClick(page.reasons.save, Qt.MouseButton.LeftButton)
    saved = document.household.targets[-1]
    assert dict(saved.weights) == {C.STOCKS: Decimal("0.665"), C.FIXED_INCOME: Decimal("0.335")}
    assert saved.since == TODAY
    assert saved.reason == "New job with a pension"
    assert not page.is_changed
    document.undo_stack.undo()
    assert document.household.targets == (sixty_forty(),)
    assert page.editor.lines[C.STOCKS].field.share() == 60
    assert page.reasons.reason.toPlainText() == "Ten years to go"


def test_a_saved_target_leads_on_to_the_rebalance(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    wanted = []
    page.rebalance_wanted.connect(lambda: wanted.append(True))
    type_share(qtbot, page, C.STOCKS, "50")
    type_share(qtbot, page, C.FIXED_INCOME, "50")
    assert not page.reasons.rebalance.isVisible()
    page.reasons.save.setFocus()
    qtbot.keyClick(page.reasons.save, Qt.Key.Key_Space)
    assert page.focusWidget() is page.reasons.rebalance
    assert not page.reasons.save.isVisible()
    qtbot.keyClick(page.reasons.rebalance, Qt.Key.Key_Space)
    assert wanted == [True]


def test_on_target_there_is_nothing_to_lead_on_to(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="60000", us_bond="40000"))
    assert not page.reasons.rebalance.isVisible()
    assert page.reasons.save.isVisible()


def test_arrows_step_half_a_point(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="1000"))
    field = page.editor.lines[C.STOCKS].field
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.share() == Decimal("60.5")
    assert page.draft.share(C.STOCKS) == Decimal("60.5")


def test_the_two_fund_preset_and_a_bucket(qtbot, shown) -> None:
    page = shown(household(None, us_large="80000", stable_value="20000"))
    assert page.live.verdict.text() == "Nothing to compare yet"
    qtbot.mouseClick(page.presets["two"], Qt.MouseButton.LeftButton)
    bucket = page.editor.buckets[C.SHORT_TERM].field
    bucket.setFocus()
    bucket.selectAll()
    qtbot.keyClicks(bucket, "20,000")
    assert page.editor._rest.text() == "The rest, $80,000, is shared out:"
    assert page.editor.lines[C.BONDS].numbers[1].text() == "$32,000"  # 40 % of 80,000
    assert page.editor.buckets[C.SHORT_TERM].numbers[0].text() == "20.0\u00a0%"
    qtbot.mouseClick(page.reasons.save, Qt.MouseButton.LeftButton)
    saved = document_of(page).household.targets[-1]
    assert saved.fixed == ((C.SHORT_TERM, Decimal(20000)),)


def test_a_preset_is_fitted_to_the_funds_there_are_and_says_so(qtbot, shown) -> None:
    page = shown(household(None, us_large="60000", intl_developed="20000", us_bond="20000"))
    assert not page.fit_words.isVisible()
    qtbot.mouseClick(page.presets["three"], Qt.MouseButton.LeftButton)
    assert page.draft.share(C.US_LARGE) == 40
    assert page.draft.share(C.INTL_DEVELOPED) == 20
    assert page.fit_words.isVisible()
    assert "No fund here holds US small: US large has its share." in page.fit_words.text()
    qtbot.mouseClick(page.reasons.save, Qt.MouseButton.LeftButton)
    assert not page.fit_words.isVisible()


def test_a_chevron_opens_and_closes_a_group(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="45000", emerging="15000", us_bond="40000"))
    qtbot.mouseClick(page.editor.lines[C.STOCKS].chevron, Qt.MouseButton.LeftButton)
    assert page.editor.lines[C.US_LARGE].field.share() == 45
    assert page.editor.lines[C.EMERGING].field.share() == 15
    assert page.editor.lines[C.STOCKS].field is None
    qtbot.mouseClick(page.editor.lines[C.STOCKS].chevron, Qt.MouseButton.LeftButton)
    assert page.editor.lines[C.STOCKS].field.share() == 60
    assert C.US_LARGE not in page.editor.lines
    assert not page.is_changed


def test_classes_nobody_holds_wait_behind_more_classes(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="60000", us_bond="40000"))
    assert C.OTHER not in page.editor.lines
    qtbot.mouseClick(page.editor.more, Qt.MouseButton.LeftButton)
    assert C.OTHER in page.editor.lines


def test_age_is_asked_and_used_as_a_rule_of_thumb(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="1000"))
    dialog = page.ask_age()
    assert isinstance(dialog, QInputDialog)
    assert "rule of thumb" in dialog.labelText()
    dialog.setIntValue(35)
    dialog.accept()
    assert page.draft.share(C.STOCKS) == 75
    assert page.draft.share(C.FIXED_INCOME) == 25


def test_wider_bands_quieten_the_verdict(qtbot, shown) -> None:
    # us_small 12 against 10: 2.5 points by 5/25 (80 %), 5 points by points only (40 %)
    target = TargetAllocation.from_names({"us_large": "0.9", "us_small": "0.1"})
    page = shown(household(target, us_large="88000", us_small="12000"))
    assert "80" in page.live.verdict.text()
    page.bands.set_current(1)
    assert page.live.verdict.text() == "Hold, 40\u00a0% of the band"
    qtbot.mouseClick(page.reasons.save, Qt.MouseButton.LeftButton)
    assert document_of(page).household.targets[-1].band.rule == "absolute"


def test_raising_what_has_risen_gets_a_calm_remark(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    assert page.reasons.remark.isHidden()
    type_share(qtbot, page, C.STOCKS, "65")
    type_share(qtbot, page, C.FIXED_INCOME, "35")
    assert not page.reasons.remark.isHidden()
    assert "Stocks" in page.reasons.remark_words.text()
    type_share(qtbot, page, C.STOCKS, "55")
    type_share(qtbot, page, C.FIXED_INCOME, "45")
    assert page.reasons.remark.isHidden()


def test_a_temporary_target_ends(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    page.reasons.temporary.setChecked(True)
    page.reasons.until.setDate(page.reasons.until.date().fromString("2027-03-01", Qt.DateFormat.ISODate))
    qtbot.mouseClick(page.reasons.save, Qt.MouseButton.LeftButton)
    targets = document_of(page).household
    assert targets.target_on(date(2027, 3, 1)).until == date(2027, 3, 1)
    assert targets.target_on(date(2027, 3, 2)) == sixty_forty()


def test_unsaved_changes_wait_while_another_page_is_shown(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    heard = []
    document_of(page).previewed.connect(heard.append)
    type_share(qtbot, page, C.STOCKS, "50")
    page.hide()
    assert heard[-1].target == sixty_forty()
    page.show()
    assert page.draft.share(C.STOCKS) == 50
    qtbot.mouseClick(page.reasons.discard, Qt.MouseButton.LeftButton)
    assert page.editor.lines[C.STOCKS].field.share() == 60
    assert not page.reasons.discard.isEnabled()
    assert document_of(page).household.targets == (sixty_forty(),)


def test_another_document_drops_what_was_half_done(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    type_share(qtbot, page, C.STOCKS, "50")
    document_of(page).open(household(sixty_forty(), us_large="10"))
    assert not page.is_changed
    assert page.editor.lines[C.STOCKS].field.share() == 60


def test_nothing_is_cut_at_twice_the_text_size(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    try:
        set_text_scale(2.0)
        page.resize(1024, 700)
        qtbot.waitUntil(lambda: page._side.y() > page.editor.y())
        qtbot.waitUntil(lambda: page._area.horizontalScrollBar().maximum() == 0)
    finally:
        set_text_scale(1.0)


def test_the_name_of_the_bucket_is_never_cut(shown, qtbot) -> None:
    page = shown(household(sixty_forty(), us_large="60000", us_bond="40000"))
    page.resize(1032, 716)
    bucket = page.editor.buckets[C.SHORT_TERM]
    bucket.field.selectAll()
    qtbot.keyClicks(bucket.field, "999999")
    qtbot.waitUntil(bucket.tag.isVisible)
    assert bucket.tag.text() == "was $0"
    QApplication.processEvents()
    assert bucket.name.text() == "Short-term bucket"


def test_after_saving_the_next_step_is_offered_and_has_the_keyboard(qtbot, shown) -> None:
    # 70/30 is 20 points over 50/50: outside, so a rebalance is next
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    type_share(qtbot, page, C.STOCKS, "50")
    type_share(qtbot, page, C.FIXED_INCOME, "50")
    assert not page.reasons.rebalance.isVisible()
    qtbot.mouseClick(page.reasons.save, Qt.MouseButton.LeftButton)
    assert page.reasons.rebalance.isVisible()
    assert not page.reasons.save.isVisible()
    assert page.focusWidget() is page.reasons.rebalance
    with qtbot.waitSignal(page.rebalance_wanted):
        qtbot.mouseClick(page.reasons.rebalance, Qt.MouseButton.LeftButton)
    type_share(qtbot, page, C.STOCKS, "51")
    assert page.reasons.save.isVisible()
    assert not page.reasons.rebalance.isVisible()


def test_after_saving_inside_the_band_nothing_is_pressed_and_no_field_is_open(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="70000", us_bond="30000"))
    type_share(qtbot, page, C.STOCKS, "69")
    type_share(qtbot, page, C.FIXED_INCOME, "31")
    qtbot.mouseClick(page.reasons.save, Qt.MouseButton.LeftButton)
    assert not page.reasons.rebalance.isVisible()
    assert page.focusWidget() is page.reasons.reason


def test_undo_names_the_class_that_was_raised(qtbot, shown) -> None:
    page = shown(household(None, us_large="70000", us_bond="30000"))
    steps = document_of(page).undo_stack
    for shares in ((60, 40), (55, 45), (72.5, 27.5)):
        for node, share in zip((C.STOCKS, C.FIXED_INCOME), shares, strict=True):
            type_share(qtbot, page, node, str(share))
        page.save()
    assert [steps.text(n) for n in range(steps.count())] == [
        "Choose target",
        "Change Fixed income to 45\u00a0%",
        "Change Stocks to 72.5\u00a0%",
    ]
    page.reasons.reason.setPlainText("Ten years to go")
    page.save()
    assert steps.undoText() == "Change target"


def test_tab_goes_from_the_starts_through_the_table_to_the_bands(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="60000", us_bond="40000"))
    page.activateWindow()
    page.editor.lines[C.STOCKS].chevron.click()
    QApplication.processEvents()  # the lines below it are shown
    page.versions.setFocus()
    stops = []
    while page.focusWidget() is not page.reasons.reason and len(stops) < 20:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        stops.append(page.focusWidget())
    table = [
        page.editor.buckets[C.SHORT_TERM].field,
        page.editor.lines[C.STOCKS].chevron,
        page.editor.lines[C.US_LARGE].field,
        page.editor.lines[C.FIXED_INCOME].chevron,
    ]
    places = [stops.index(stop) for stop in (*table, page.editor.more, page.bands)]
    assert places[0] == 0
    assert places == sorted(places)


def test_dragging_the_arrows_moves_everything_while_it_goes_on(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="80000", us_bond="20000"))
    page.activateWindow()
    field = page.editor.lines[C.STOCKS].field
    arrows = QPoint(field.lineEdit().geometry().right() + 6, field.height() // 4)
    seen = []
    document_of(page).previewed.connect(lambda desk: seen.append(desk.target))
    qtbot.mousePress(field, Qt.MouseButton.LeftButton, pos=arrows)
    for up in (6, 12, 30, 60):
        moved = arrows - QPoint(0, up)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(moved),
            QPointF(field.mapToGlobal(moved)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(field, event)
    assert page.draft.share(C.STOCKS) == 70
    assert len(seen) >= 4
    assert "was 60" in page.editor.lines[C.STOCKS].tag.text()
    qtbot.mouseRelease(field, Qt.MouseButton.LeftButton, pos=arrows)
    assert page.draft.share(C.STOCKS) == 70


def test_a_press_on_the_arrows_is_still_one_step(qtbot, shown) -> None:
    page = shown(household(sixty_forty(), us_large="80000", us_bond="20000"))
    field = page.editor.lines[C.STOCKS].field
    arrows = QPoint(field.lineEdit().geometry().right() + 6, field.height() // 4)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=arrows)
    assert page.draft.share(C.STOCKS) == Decimal("60.5")


def test_a_first_target_was_nothing_before(qtbot, shown) -> None:
    page = shown(household(us_large="80000", us_bond="20000"))
    page.presets["two"].click()
    assert page.draft.share(C.STOCKS) == 60
    assert [line.tag.text() for line in page.editor.lines.values()] == ["", ""]
