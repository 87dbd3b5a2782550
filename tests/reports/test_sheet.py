"""The words on the printed checklist."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.plan import Election, Trade, Unmet
from desktop_app.domain.rules import (
    AccountRules,
    OrderStyle,
    RepurchaseBlock,
    Restriction,
    RoundTrip,
    TransferLimit,
)
from desktop_app.reports.election_part import ElectionPart
from desktop_app.reports.sheet import (
    CheckPart,
    OrderPart,
    RulePart,
    Sheet,
    TextPart,
    checklist_sheets,
)
from desktop_app.reports.spreadsheet import copy_text

from .examples import (
    BOND,
    CORE,
    IRA,
    SMALL,
    STABLE,
    STATEMENT,
    STOCK,
    TIPS,
    TODAY,
    account,
    birch,
    checklist,
    exchange,
    fund,
    with_election,
)


def sheets_of(made: Checklist, today: date = TODAY) -> tuple[Sheet, ...]:
    return checklist_sheets(made, "Birch household", today)


def text_part(sheet: Sheet) -> str:
    part = sheet.parts[0]
    assert isinstance(part, TextPart)
    return " ".join("".join(run.text for run in paragraph) for paragraph in part.paragraphs)


def order_part(sheet: Sheet) -> OrderPart:
    return next(part for part in sheet.parts if isinstance(part, OrderPart))


def rule_part(sheet: Sheet) -> dict[str, str]:
    part = next(part for part in sheet.parts if isinstance(part, RulePart))
    return {row.label: row.words for row in part.rows}


def check_part(sheet: Sheet) -> CheckPart:
    return next(part for part in sheet.parts if isinstance(part, CheckPart))


def fact_lines(sheet: Sheet) -> list[str]:
    return ["".join(run.text for run in fact) for fact in sheet.facts]


def all_words(sheet: Sheet) -> str:
    return repr(sheet)


def test_one_sheet_per_account_with_exchanges_in_household_order() -> None:
    plan = birch()
    idle = account("771", "Health savings", [(STOCK, "5.00")])
    sheets = sheets_of(replace(plan, accounts=(plan.accounts[0], idle, plan.accounts[1])))
    assert [sheet.title for sheet in sheets] == ["Birch Tools 401(k)", "Rollover IRA"]


def test_heading_masks_the_account_and_names_the_statement() -> None:
    sheet = sheets_of(birch())[0]
    assert sheet.kicker == "Birch household · Rebalance checklist"
    assert fact_lines(sheet) == ["Account ending 8213", "Statement of 30 Oct 2026"]
    assert CORE not in all_words(sheet)


def test_footer_says_when_and_which_plan() -> None:
    assert sheets_of(birch())[0].footer == (
        "Made 22 Nov 2026 by Even Keel, plan 3 of this household. "
        "Education, not advice. Keep with your records."
    )


def test_before_you_begin_names_order_prices_and_the_three_percent_limit() -> None:
    words = text_part(sheets_of(birch())[0])
    assert "moving money between funds" in words
    assert "in this order, all on one day" in words
    assert "prices of 30 Oct 2026" in words
    assert "more than 3\u00a0% from $219,000.00" in words
    assert "days old" not in words


@pytest.mark.parametrize(("today", "said"), [(date(2026, 12, 14), False), (date(2026, 12, 15), True)])
def test_prices_are_called_old_after_45_days(today: date, said: bool) -> None:
    words = text_part(sheets_of(birch(), today)[0])
    assert ("These prices are 46 days old." in words) is said


def test_statement_without_a_date_says_so() -> None:
    plan = birch()
    undated = replace(plan, accounts=tuple(replace(each, as_of=None) for each in plan.accounts))
    sheet = sheets_of(undated)[0]
    assert fact_lines(sheet)[-1] == "Statement without a date"
    assert "gives no date for its prices" in text_part(sheet)


def test_exchanges_stand_in_order_with_dollars_percent_and_units() -> None:
    part = order_part(sheets_of(birch())[0])
    assert part.title == "Make 3 exchanges, $19,769.37 in all"
    assert [(row.source, row.target, row.dollars, row.percent, row.units) for row in part.rows] == [
        (STOCK.name, BOND.name, "$15,400.12", "16.7\u00a0%", "61.204"),
        (STOCK.name, TIPS.name, "$3,250.50", "4.2\u00a0%", "12.918"),
        (SMALL.name, STABLE.name, "$1,118.75", "3.6\u00a0%", "—"),
    ]
    # 4.226 % of the 76,910.32 that the first exchange leaves are 3,250.50: a plan of an older document
    assert "as it stands when you reach that line" in part.note


def test_percents_of_the_fund_as_it_is_held_say_so() -> None:
    checklist = birch()
    first, second, *others = checklist.plan.exchanges
    held = replace(second, percent_of_fund=Decimal("0.03521"))  # 3,250.50 of 92,310.44
    checklist = replace(checklist, plan=replace(checklist.plan, exchanges=(first, held, *others)))
    part = order_part(sheets_of(checklist)[0])
    assert [row.percent for row in part.rows] == ["16.7\u00a0%", "3.5\u00a0%", "3.6\u00a0%"]
    assert part.note.endswith("The percent is of all the “from” fund holds before you begin.")


def test_what_must_wait_is_a_section_of_its_own_with_its_day() -> None:
    part = sheets_of(birch())[0].parts[-1]
    assert isinstance(part, OrderPart)
    assert part.title == "Later, not before 20 Feb 2027: make 1 exchange, $1,204.40"
    (row,) = part.rows
    assert (row.source, row.target, row.dollars, row.percent, row.units, row.done) == (
        "Global ex-US Pool", "Government Money Market", "$1,204.40", "—", "—", False,
    )  # fmt: skip
    assert part.note.startswith("Equity wash of 90 days. Keep this sheet until then.")
    assert not isinstance(sheets_of(birch())[1].parts[-1], OrderPart)


def test_steps_of_two_days_are_two_sections() -> None:
    plan = birch()
    (step,) = plan.plan.later
    later = (replace(step, not_before=date(2027, 3, 1), amount=Decimal(5)), step, step)
    sheet = sheets_of(replace(plan, plan=replace(plan.plan, later=later)))[0]
    titles = [part.title for part in sheet.parts if part.title.startswith("Later")]
    assert titles == [
        "Later, not before 20 Feb 2027: make 2 exchanges, $2,408.80",
        "Later, not before 1 Mar 2027: make 1 exchange, $5.00",
    ]


def test_the_rules_of_the_plan_and_what_follows_stand_on_paper() -> None:
    rules = AccountRules(
        restrictions=(
            Restriction(RepurchaseBlock(30), words="Nothing goes back for 30 days.", preset="vanguard"),
            Restriction(RoundTrip(30, Decimal(1000)), until=date(2026, 12, 31)),
            Restriction(TransferLimit(2)),
            Restriction(RepurchaseBlock(99)).switched(on=False),
        )
    )
    order = replace(exchange("12345", STOCK, BOND, "4000"), fee=Decimal("80.00"))
    made = checklist([account("12345", "Plan", [(STOCK, "9000")])], [order], rules={"12345": rules})
    told = rule_part(checklist_sheets(made, "Birch", TODAY, cut_offs={"12345": "noon Eastern"})[0])
    assert told["No buying back"] == "Nothing goes back for 30 days."
    assert told["Round trips"] == (
        "A fund that was bought may not be sold within 30 days. "
        "Orders of $1,000 or less a day do not count. Until 31 Dec 2026."
    )
    assert told["Transfers"] == "This is transfer 1 of the 2 of November. Enter all exchanges on one day."
    # 22 November is the day of the plan: 30 full days after it, 30 days from it
    assert told["Afterwards"] == (
        f"{STOCK.name} may be bought again from 23 December 2026 on. "
        f"{BOND.name} may be sold again from 22 December 2026 on; before, it would be a round trip."
    )
    kept = f"About $80.00 of the $4,000.00 from {STOCK.name} is kept back: $3,920.00 arrives."
    assert told["Redemption fee"] == kept
    assert told["Order time"] == "Orders before noon Eastern get that day’s price."
    assert "99 days" not in repr(told)


def test_one_exchange_is_not_plural() -> None:
    plan = checklist([account("12345", "Plan", [(STOCK, "100")])], [exchange("12345", STOCK, BOND, "40")])
    assert order_part(sheets_of(plan)[0]).title == "Make 1 exchange, $40.00"
    assert "Enter the one exchange below." in text_part(sheets_of(plan)[0])


def test_new_money_and_cash_out_are_named() -> None:
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "100")])],
        [exchange("12345", None, BOND, "40"), exchange("12345", STOCK, None, "15")],
        cash={"12345": "25"},
    )
    part = order_part(sheets_of(plan)[0])
    assert part.title == "Enter 2 orders, $55.00 in all"
    assert [(row.source, row.target) for row in part.rows] == [
        ("New money", BOND.name),
        (STOCK.name, "Cash out"),
    ]
    total = check_part(sheets_of(plan)[0]).total
    assert (total.before, total.change, total.after, total.percent) == (
        "$100.00",
        "+$25.00",
        "$125.00",
        "100\u00a0%",
    )


def test_what_was_noted_on_screen_is_printed() -> None:
    plan = birch().with_tick(1, ChecklistTick(done=True, confirmation="BX-7", done_on=date(2026, 11, 23)))
    row = order_part(sheets_of(plan)[0]).rows[1]
    assert (row.done, row.confirmation, row.done_on) == (True, "BX-7", "23 Nov 2026")


def test_rules_of_the_account_are_told() -> None:
    rules = rule_part(sheets_of(birch())[0])
    assert rules["Global ex-US Pool"] == "Takes no new money. Blocked until 31 Dec 2026."
    assert rules["Prairie Small Company"] == "At most 15\u00a0% of this account."
    assert rules["Stable Income Fund"] == (
        "Money taken out cannot go straight to Government Money Market; it must wait 90 days in another fund."
    )
    assert rules["Smallest exchange"] == "The plan takes no exchange below $100.00."
    assert rules["Order time"] == "Orders before 4 p.m. Eastern usually get that day’s price."
    assert rules["Future contributions"] == "No change. Leave your election as it is."
    assert rules["Left off target"] == (
        "International developed stays $512.36 below target. The fund takes no new money."
    )


def test_household_remarks_stand_on_the_first_sheet_only() -> None:
    assert "Left off target" not in rule_part(sheets_of(birch())[1])


def test_cents_off_target_are_not_worth_ink() -> None:
    plan = birch()
    cent = Unmet(AssetClass.US_MID, Decimal("0.01"), "Amounts go in whole cents.")
    (sheet, _) = sheets_of(replace(plan, plan=replace(plan.plan, unmet=(cent,))))
    assert "Left off target" not in rule_part(sheet)
    (quiet,) = sheets_of(checklist(list(plan.accounts), [], unmet=(cent,)))
    assert "Leaving the mix alone" in text_part(quiet)


def test_a_rule_finds_its_fund_by_symbol_and_a_past_block_is_silent() -> None:
    rules = AccountRules(
        no_sell=("prxix",), blocked_until=((BOND.name, date(2026, 11, 21)),), max_exchanges=2
    )
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "100"), (BOND, "10")])],
        [exchange("12345", BOND, TIPS, "5")],
        rules={"12345": rules},
    )
    told = rule_part(sheets_of(plan)[0])
    assert told[STOCK.name] == "Not to be sold."
    assert BOND.name not in told
    assert told["Number of exchanges"] == "At most 2 exchanges in this account."


def test_later_step_of_an_account_without_exchanges_is_not_lost() -> None:
    plan = birch()
    kept = tuple(order for order in plan.plan.exchanges if order.account_id == IRA)
    only_ira = replace(
        plan, plan=replace(plan.plan, exchanges=kept), ticks=tuple(ChecklistTick() for _ in kept)
    )
    (sheet,) = sheets_of(only_ira)
    assert rule_part(sheet)["Not before 20 Feb 2027"].startswith("Birch Tools 401(k): Move $1,204.40 from")


def election_part(sheet: Sheet) -> ElectionPart:
    return next(part for part in sheet.parts if isinstance(part, ElectionPart))


def test_future_contributions_are_a_step_with_a_box_now_and_one_for_later() -> None:
    first, second = sheets_of(with_election(birch()))
    part = election_part(first)
    assert part.title == "Change future contributions"
    now, then = part.rows
    assert now.lead == "Now, for the next 12 paychecks"
    assert now.shares == ((BOND.name, "75\u00a0%"), (TIPS.name, "25\u00a0%"))
    assert then.lead == "Then, about 7 May 2027"
    assert then.shares == ((STOCK.name, "60\u00a0%"), (BOND.name, "40\u00a0%"))
    assert (now.done, then.done) == (False, False)
    assert part.note.startswith("Fills what is missing.")
    assert "$850.00 a paycheck" in part.note
    assert "Future contributions" not in rule_part(first)
    assert rule_part(second)["Future contributions"] == "No change. Leave your election as it is."


def test_a_ticked_election_is_printed_with_its_number() -> None:
    now, then = election_part(sheets_of(with_election(birch(), done=True))[0]).rows
    assert (now.done, now.confirmation, now.done_on) == (True, "E-7", "22 Nov 2026")
    assert (then.done, then.confirmation) == (False, "")


def test_an_election_that_stands_already_is_left_alone() -> None:
    plan = with_election(birch(), done=True, now=((TIPS, 25), (BOND, 75)))
    assert "They are elected so already: leave them." in election_part(sheets_of(plan)[0]).note


def test_an_account_with_an_election_alone_gets_a_sheet() -> None:
    plan = with_election(checklist(list(birch().accounts), []))
    (sheet,) = sheets_of(plan)
    assert sheet.title == "Birch Tools 401(k)"
    assert "page for future contributions" in text_part(sheet)
    assert not any(isinstance(part, (OrderPart, CheckPart)) for part in sheet.parts)


def test_the_step_to_check_has_the_number_it_stands_at() -> None:
    rules = {CORE: AccountRules(order_style=OrderStyle.REALIGN_PERCENT)}
    plan = with_election(
        checklist(list(birch().accounts[:1]), [exchange(CORE, STOCK, BOND, "10")], rules=rules)
    )
    sheet = sheets_of(plan)[0]
    step = next(n for n, part in enumerate(sheet.parts, start=1) if isinstance(part, CheckPart))
    assert f"step {step}." in text_part(sheet)
    assert f"step {step}." in order_part(sheet).note


def test_every_sheet_names_the_next_check() -> None:
    for sheet in checklist_sheets(birch(), "Birch household", TODAY, look_again=date(2027, 3, 31)):
        assert rule_part(sheet)["Next check"] == "Look at the mix again on 31 Mar 2027."


def test_check_table_has_every_fund_and_adds_up() -> None:
    part = check_part(sheets_of(birch())[0])
    rows = {row.fund: (row.before, row.change, row.after, row.percent) for row in part.rows}
    # by hand: 73,659.82 29,888.50 18,650.00 55,522.43 13,124.50 28,154.75 of 219,000 are
    # 33.634 13.648 8.516 25.353 5.993 12.856 %; floors add to 96, the four largest remainders get one
    assert rows == {
        STOCK.name: ("$92,310.44", "−$18,650.62", "$73,659.82", "34\u00a0%"),
        SMALL.name: ("$31,007.25", "−$1,118.75", "$29,888.50", "14\u00a0%"),
        "Global ex-US Pool": ("$18,650.00", "no change", "$18,650.00", "8\u00a0%"),
        BOND.name: ("$40,122.31", "+$15,400.12", "$55,522.43", "25\u00a0%"),
        TIPS.name: ("$9,874.00", "+$3,250.50", "$13,124.50", "6\u00a0%"),
        STABLE.name: ("$27,036.00", "+$1,118.75", "$28,154.75", "13\u00a0%"),
    }
    total = part.total
    assert (total.before, total.change, total.after, total.percent) == (
        "$219,000.00",
        "$0.00",
        "$219,000.00",
        "100\u00a0%",
    )


def test_contribution_sources_of_one_fund_are_one_row() -> None:
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "60.10"), (STOCK, "39.90"), (BOND, "100")])],
        [exchange("12345", STOCK, BOND, "20")],
    )
    rows = check_part(sheets_of(plan)[0]).rows
    assert [(row.fund, row.before, row.after) for row in rows] == [
        (STOCK.name, "$100.00", "$80.00"),
        (BOND.name, "$100.00", "$120.00"),
    ]


def test_realign_plans_use_their_own_whole_percents() -> None:
    plan = birch()
    election = Election(IRA, "realign", ((STOCK, 57), (BOND, 38), (fund("Global ex-US Pool"), 5)))
    rules = replace(plan.plan.rules, accounts=((IRA, AccountRules(order_style=OrderStyle.REALIGN_PERCENT)),))
    sheet = sheets_of(replace(plan, plan=replace(plan.plan, elections=(election,), rules=rules)))[1]
    part = check_part(sheet)
    assert [row.percent for row in part.rows] == ["57\u00a0%", "38\u00a0%", "5\u00a0%"]
    assert "sets the whole balance in percent" in text_part(sheet)
    assert part.note.startswith("Whole percent: enter these")


def test_a_realign_leaves_out_what_may_not_be_sold() -> None:
    """60,000 US, 10,000 company stock that stays, 30,000 bonds: the percents are shares of 90,000."""
    company = fund("Birch Company Stock")
    held = [(STOCK, "60000"), (company, "10000"), (BOND, "30000")]
    plan = checklist(
        [account("12345", "Plan", held)],
        [exchange("12345", STOCK, BOND, "20400")],
        rules={"12345": AccountRules(order_style=OrderStyle.REALIGN_PERCENT, no_sell=(company.name,))},
    )
    election = Election("12345", "realign", ((STOCK, 44), (BOND, 56)))
    changes = {STOCK: "-20400", BOND: "20400"}
    trades = tuple(
        Trade("12345", each, Decimal(value), Decimal(changes.get(each, "0"))) for each, value in held
    )
    plan = replace(plan, plan=replace(plan.plan, elections=(election,), trades=trades))
    sheet = sheets_of(plan)[0]
    part = check_part(sheet)
    assert [(row.fund, row.after, row.percent) for row in part.rows] == [
        (STOCK.name, "$39,600.00", "44\u00a0%"),
        (company.name, "$10,000.00", "—"),
        (BOND.name, "$50,400.00", "56\u00a0%"),
    ]
    assert f"Leave out “{company.name}”: it stays as it is." in text_part(sheet)
    assert "shares of the $90,000.00 in these funds" in part.note
    assert "the whole balance" not in part.note
    rows = [line.split("\t") for line in copy_text(plan).splitlines()]
    told = [(row[3], row[4], row[6], row[11]) for row in rows if row[3].startswith("Set in whole")]
    stays = f"instead of the exchanges above; {company.name} stays as it is"
    assert told == [
        ("Set in whole percents: $90,000.00", STOCK.name, "44", stays),
        ("Set in whole percents: $90,000.00", BOND.name, "56", stays),
    ]


@pytest.mark.parametrize("style", list(OrderStyle))
def test_percents_of_what_may_not_be_sold_are_not_to_shrink_it(style: OrderStyle) -> None:
    company = fund("Birch Company Stock")
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "60000"), (company, "10000"), (BOND, "30000")])],
        [exchange("12345", STOCK, BOND, "20000")],
        rules={"12345": AccountRules(order_style=style, no_sell=(company.name,))},
    )
    election = Election("12345", "realign", ((STOCK, 40), (company, 10), (BOND, 50)))
    note = check_part(sheets_of(replace(plan, plan=replace(plan.plan, elections=(election,))))[0]).note
    assert note.endswith(
        f"“{company.name}” may not be sold: enter no less than the plan’s page shows for it when you order."
    )


@pytest.mark.parametrize(("cash", "end"), [("500", "new money is in it."), ("-500", "gone out of it.")])
def test_a_realign_with_cash_says_of_which_balance(cash: str, end: str) -> None:
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "60000"), (BOND, "40000")])],
        [exchange("12345", STOCK, BOND, "100")],
        rules={"12345": AccountRules(order_style=OrderStyle.REALIGN_PERCENT)},
    )
    rules = replace(plan.plan.rules, cash_flow=(("12345", Decimal(cash)),))
    assert check_part(sheets_of(replace(plan, plan=replace(plan.plan, rules=rules)))[0]).note.endswith(end)


@pytest.mark.parametrize(
    ("style", "start"),
    [
        (OrderStyle.DOLLARS, "Type the dollars if"),
        (OrderStyle.UNITS, "Type the units."),
        (OrderStyle.PERCENT_OF_FUND, "Type the percent:"),
    ],
)
def test_note_follows_the_way_the_plan_takes_orders(style: OrderStyle, start: str) -> None:
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "100")])],
        [exchange("12345", STOCK, BOND, "40")],
        rules={"12345": AccountRules(order_style=style)},
    )
    assert order_part(sheets_of(plan)[0]).note.startswith(start)


def test_fund_below_zero_gets_no_whole_percents() -> None:
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "100"), (BOND, "-3")])], [exchange("12345", STOCK, TIPS, "10")]
    )
    part = check_part(sheets_of(plan)[0])
    assert {row.percent for row in (*part.rows, part.total)} == {"—"}
    assert part.rows[1].before == "−$3.00"


@pytest.mark.parametrize(
    ("share", "shown"),
    [("1", "100.0\u00a0%"), ("0.9996", "99.9\u00a0%"), ("0.0004", "< 0.1\u00a0%"), ("0.2215", "22.2\u00a0%")],
)
def test_percent_never_asks_for_more_than_is_there(share: str, shown: str) -> None:
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "100")])], [exchange("12345", STOCK, BOND, "40", share=share)]
    )
    assert order_part(sheets_of(plan)[0]).rows[0].percent == shown


def test_no_exchanges_gives_one_sheet_with_the_next_look() -> None:
    plan = checklist(list(birch().accounts), [])
    (sheet,) = sheets_of(plan)
    assert sheet.title == "Nothing to do today"
    assert "There is nothing to enter" in text_part(sheet)
    assert "$249,500.00" in text_part(sheet)  # 219,000.00 + 30,500.00
    assert "31 Dec 2026" in all_words(sheet)
    (other,) = checklist_sheets(plan, "Birch household", TODAY, look_again=date(2027, 3, 31))
    assert "31 Mar 2027" in all_words(other)


def test_quiet_sheet_says_when_rules_are_the_reason() -> None:
    stuck = Unmet(AssetClass.REIT, Decimal("75.5"), "No fund holds it.")
    (sheet,) = sheets_of(checklist(list(birch().accounts), [], unmet=(stuck,)))
    assert "rules leave nothing more to move" in text_part(sheet)
    assert rule_part(sheet)["Left off target"] == "Real estate stays $75.50 above target. No fund holds it."


@pytest.mark.parametrize("spelt", ["00441788213", "0044-1788213", "004417 88213"])
def test_account_number_is_masked_inside_names_too(spelt: str) -> None:
    plan = birch()
    renamed = replace(plan.accounts[0], name=f"Birch Tools {spelt}")
    sheet = sheets_of(replace(plan, accounts=(renamed, plan.accounts[1])))[0]
    assert sheet.title == "Birch Tools ••8213"


def test_short_ids_and_plan_names_used_as_ids() -> None:
    named = checklist(
        [account("Elm 401(k)", "Elm 401(k)", [(STOCK, "9")])], [exchange("Elm 401(k)", STOCK, BOND, "1")]
    )
    assert fact_lines(sheets_of(named)[0]) == ["Statement of 30 Oct 2026"]
    assert sheets_of(named)[0].title == "Elm 401(k)"
    short = checklist([account("A7", "Elm", [(STOCK, "9")])], [exchange("A7", STOCK, BOND, "1")])
    assert fact_lines(sheets_of(short)[0])[0] == "Account A7"


def test_control_characters_in_names_are_taken_out() -> None:
    nasty = fund("Evil\x00Fund\u202egnp.exe\nSecond\tline\u2028end")
    plan = checklist(
        [account("12345", "Plan\r\nB", [(nasty, "100")], STATEMENT)], [exchange("12345", nasty, BOND, "4")]
    )
    sheet = checklist_sheets(plan, "The\x07 household", TODAY)[0]
    assert order_part(sheet).rows[0].source == "Evil Fund gnp.exe Second line end"
    assert (sheet.title, sheet.kicker) == ("Plan B", "The household · Rebalance checklist")


def test_endless_names_are_cut_with_a_sign() -> None:
    endless = fund("Very " * 2000 + "long")
    plan = checklist([account("12345", "Plan", [(endless, "100")])], [exchange("12345", endless, BOND, "4")])
    name = order_part(sheets_of(plan)[0]).rows[0].source
    assert len(name) <= 160
    assert name.endswith("…")


def test_amounts_are_exact_to_the_cent() -> None:
    plan = checklist(
        [account("12345", "Plan", [(STOCK, "9,999,999,999.99")])],
        [exchange("12345", STOCK, BOND, "1,234,567.005")],
    )
    assert order_part(sheets_of(plan)[0]).rows[0].dollars == "$1,234,567.01"
    assert check_part(sheets_of(plan)[0]).total.after == "$9,999,999,999.99"
