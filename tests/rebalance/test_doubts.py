"""What is doubtful about rules that contradict nothing: said, never passed over in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.rules import AccountRules, Goal, OrderStyle
from desktop_app.rebalance import doubts_of

AIM = {"us_large": "0.6", "us_bond": "0.4"}


def said(household) -> list[str]:
    return [issue.message for issue in doubts_of(household.snapshot, household.rules())]


def test_a_menu_entry_with_another_mix_than_the_fund_held(four_funds):
    four_funds.hold("k", {"US": "55000", "Bond": "45000"})
    other = replace(four_funds.mixes["US"], mix=four_funds.mixes["Bond"].mix)
    four_funds.account_rules["k"] = AccountRules(menu=(other,))
    (words,) = said(four_funds)
    assert words.startswith("The menu of k names “US” with another mix than the fund of that name it holds.")
    assert words.endswith("That one's mix counts, the entry does not.")


def test_the_same_fund_twice_is_one(four_funds):
    four_funds.hold("k", {"US": "55000", "Bond": "45000"}, menu=["US", "Intl", "Intl"])
    assert said(four_funds) == []


def test_two_menu_entries_of_one_name(four_funds):
    four_funds.hold("k", {"US": "55000", "Bond": "45000"})
    first = four_funds.mixes["Intl"]
    four_funds.account_rules["k"] = AccountRules(menu=(first, replace(first, mix=four_funds.mixes["US"].mix)))
    assert "it has on its menu before" in said(four_funds)[0]


def test_orders_in_units_where_the_statement_has_none(four_funds):
    four_funds.hold("k", {"US": "55000", "Bond": "45000"}, order_style=OrderStyle.UNITS)
    assert said(four_funds) == ["k takes orders in units, but the statement gives no units for “US”, “Bond”."]


@pytest.mark.parametrize("goal", [Goal.TARGET, Goal.HALFWAY])
def test_cents_that_units_leave_are_told_as_that(four_funds, goal):
    # a thousandth of a unit is worth 12 cents: no order comes closer than 6
    four_funds.hold("k", {"US": "55000", "Bond": "40000", "Intl": "5000"}, order_style=OrderStyle.UNITS)
    account = four_funds.accounts[0]
    units = {"US": Decimal("445.525"), "Bond": Decimal("3613.370"), "Intl": Decimal("134.735")}
    held = tuple(replace(h, units=units[h.fund.name]) for h in account.holdings)
    four_funds.accounts[0] = replace(account, holdings=held)
    plan = four_funds.plan({"us_large": "0.42", "us_bond": "0.44", "intl_developed": "0.14"}, goal=goal)
    cents = [unmet for unmet in plan.unmet if abs(unmet.dollars) <= Decimal("0.12")]
    assert cents
    assert {unmet.why for unmet in cents} == {"Orders are in thousandths of a unit."}


def test_two_rules_that_close_a_fund_are_both_named(four_funds):
    # lifting only one of them would help nothing
    four_funds.hold(
        "k",
        {"US": "40000", "Bond": "60000"},
        no_buy=("US",),
        blocked_until=(("US", date(2027, 3, 1)),),
    )
    plan = four_funds.plan({"us_large": "0.6", "us_bond": "0.4"})
    short = next(unmet for unmet in plan.unmet if unmet.dollars < 0)
    assert short.why == ("“US” cannot take more: it may not be bought, and it is blocked until 1 March 2027.")
