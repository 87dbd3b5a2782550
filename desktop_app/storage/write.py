"""Turns a household into rows for the tables of `schema`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.checklist import Checklist
from desktop_app.domain.funds import Fund
from desktop_app.domain.hints import TableMapping
from desktop_app.domain.household import Household
from desktop_app.domain.rules import AccountRules
from desktop_app.domain.statement import Statement, StatementAccount
from desktop_app.domain.targets import TargetAllocation

from .goals_json import goals_json
from .plan_json import plan_text
from .rule_json import past_exchange_json, restriction_json
from .schema import TABLES
from .values import date_text, decimal_text, optional_decimal_text
from .when_json import paychecks_json, schedule_json

Cell: TypeAlias = str | int | None
Rows: TypeAlias = dict[str, list[tuple[Cell, ...]]]


def household_rows(household: Household) -> Rows:
    """Return every table's rows; raise `BugError` for a number that cannot be an amount."""
    return _Writer().write(household)


class _Writer:
    """Rows waiting for their tables, and the number each fund got."""

    def __init__(self) -> None:
        self.rows: Rows = {name: [] for name in TABLES if name != "seal"}
        self._ruled: Counter[str] = Counter()
        self._number_of: dict[tuple[Cell, ...], int] = {}
        self._seen: dict[int, int] = {}

    def add(self, table: str, *cells: Cell) -> None:
        self.rows[table].append(cells)

    def next_id(self, table: str) -> int:
        return len(self.rows[table])

    def write(self, household: Household) -> Rows:
        self.add("meta", "name", household.name)
        self.add("meta", "is_sample", str(int(household.is_sample)))
        schedule = household.schedule
        self.add("schedule", schedule.months)
        content = _json(schedule_json(schedule, household.looked_on))
        self.add("schedule_rules", 0, schedule.months, content)
        for account_id, pay in household.paychecks:
            self.add("paychecks", self.next_id("paychecks"), account_id, _json(paychecks_json(pay)))
        for statement in household.statements:
            self._statement(statement)
        for key, mix in household.fund_mixes:
            number = self.next_id("fund_mixes")
            self.add("fund_mixes", number, key)
            self._parts("fund_mix_parts", number, mix.parts)
        for account_id, name in household.account_names:
            self.add("account_names", self.next_id("account_names"), account_id, name)
        for account_id, rules in household.account_rules:
            self._account_rules(account_id, rules)
        for target in household.targets:
            self._target(target)
        for checklist in household.checklists:
            self._checklist(checklist)
        self._draft(household)
        for mapping in household.mappings:
            self._mapping(mapping)
        self._labels(household)
        for past in household.log:
            self.add("exchange_log", self.next_id("exchange_log"), _json(past_exchange_json(past)))
        self._goals(household)
        most = household.max_exchanges
        self.rows["household_limits"] += [] if most is None else [(0, most)]
        return self.rows

    def fund(self, fund: Fund) -> int:
        """Return the fund's number; funds alike to the last digit share one row."""
        number = self._seen.get(id(fund))
        if number is None:
            number = self._seen[id(fund)] = self._new_or_alike(fund)
        return number

    def _new_or_alike(self, fund: Fund) -> int:
        cells: tuple[Cell, ...] = (
            fund.key,
            fund.name,
            fund.classified_by.value,
            fund.symbol,
            fund.cusip,
            optional_decimal_text(fund.expense_ratio),
            int(fund.estimated),
            fund.note,
        )
        parts = tuple(cell for leaf, weight in fund.mix for cell in (leaf.value, decimal_text(weight)))
        number = self._number_of.get(cells + parts)
        if number is None:
            number = self._number_of[cells + parts] = self.next_id("funds")
            self.add("funds", number, *cells)
            self._parts("fund_parts", number, fund.mix.parts)
        return number

    def _parts(self, table: str, owner: int, parts: Iterable[tuple[str, Decimal]]) -> None:
        for position, (leaf, weight) in enumerate(parts):
            self.add(table, owner, position, str(leaf), decimal_text(weight))

    def _statement(self, statement: Statement) -> None:
        number = self.next_id("statements")
        kind = None if statement.as_of_kind is None else statement.as_of_kind.value
        self.add(
            "statements",
            number,
            statement.file,
            statement.layout,
            date_text(statement.as_of),
            kind,
            statement.digest,
        )
        for account in statement.accounts:
            self._statement_account(number, account)
        for position, skipped in enumerate(statement.skipped):
            self.add("skipped_rows", number, position, skipped.line, skipped.text, skipped.reason.value)
        for position, issue in enumerate(statement.issues):
            self.add(
                "statement_issues",
                number,
                position,
                issue.severity.value,
                issue.message,
                issue.fix,
                issue.line,
            )

    def _statement_account(self, statement: int, account: StatementAccount) -> None:
        number = self.next_id("statement_accounts")
        self.add(
            "statement_accounts",
            number,
            statement,
            account.id,
            account.name,
            optional_decimal_text(account.stated_total),
        )
        rows = self.rows["statement_rows"]
        for position, row in enumerate(account.rows):
            value, units, price = _amounts(row.value, row.units, row.price)
            rows.append((number, position, row.line, self.fund(row.fund), value, units, price, row.source))
            if row.vested is not None:
                self.add("row_vested", number, position, row.line, value, decimal_text(row.vested))

    def _labels(self, household: Household) -> None:
        for number, label in enumerate(household.known_as):
            self.add("account_labels", number, label.number, label.name, label.account)

    def _mapping(self, mapping: TableMapping) -> None:
        number = self.next_id("table_mappings")
        comma = None if mapping.decimal_comma is None else int(mapping.decimal_comma)
        self.add("table_mappings", number, mapping.fingerprint, comma)
        for position, (place, role) in enumerate(mapping.roles):
            self.add("table_mapping_roles", number, position, place, role.value)

    def _account_rules(self, account_id: str, rules: AccountRules) -> None:
        number = self.next_id("account_rules")
        wash = rules.equity_wash
        self.add(
            "account_rules",
            number,
            account_id,
            decimal_text(rules.minimum_exchange),
            rules.order_style.value,
            rules.max_exchanges,
            None if wash is None else wash.days,
        )
        for position, fund in enumerate(rules.menu):
            self.add("account_menu", number, position, self.fund(fund))
        named: list[tuple[str, str, str | None]] = [
            *(("no_sell", fund_name, None) for fund_name in rules.no_sell),
            *(("no_buy", fund_name, None) for fund_name in rules.no_buy),
            *(("cap", fund_name, decimal_text(share)) for fund_name, share in rules.cap),
            *(("blocked_until", fund_name, day.isoformat()) for fund_name, day in rules.blocked_until),
        ]
        if wash is not None:
            named += [("wash_from", fund_name, None) for fund_name in wash.sources]
            named += [("wash_competing", fund_name, None) for fund_name in wash.competing]
        for position, rule in enumerate(named):
            self.add("account_fund_rules", number, position, *rule)
        nth = self._ruled[account_id]
        self._ruled[account_id] += 1
        for own in rules.restrictions:
            number = self.next_id("restrictions")
            self.add("restrictions", number, account_id, nth, _json(restriction_json(own)))
        if rules.provider:
            number = self.next_id("account_providers")
            self.add("account_providers", number, account_id, nth, rules.provider)

    def _target(self, target: TargetAllocation) -> None:
        number = self.next_id("targets")
        band = target.band
        self.add(
            "targets",
            number,
            decimal_text(band.absolute),
            decimal_text(band.relative),
            band.rule.value,
            decimal_text(band.floor),
            date_text(target.since),
            date_text(target.until),
            target.reason,
        )
        parts = [("weight", *part) for part in target.weights] + [("fixed", *part) for part in target.fixed]
        for position, (kind, node, amount) in enumerate(parts):
            self.add("target_parts", number, position, kind, node.value, decimal_text(amount))

    def _checklist(self, checklist: Checklist) -> None:
        number = self.next_id("checklists")
        plan = plan_text(checklist.plan, self.fund)
        self.add("checklists", number, checklist.number, checklist.made_on.isoformat(), plan)
        for account in checklist.accounts:
            owner = self.next_id("checklist_accounts")
            self.add("checklist_accounts", owner, number, account.id, account.name, date_text(account.as_of))
            for position, held in enumerate(account.holdings):
                value, units, price = _amounts(held.value, held.units, held.price)
                fund = self.fund(held.fund)
                self.add("checklist_holdings", owner, position, fund, value, units, price, held.source)
        for table, ticks in (
            ("checklist_ticks", checklist.ticks),
            ("election_ticks", checklist.election_ticks),
            ("later_ticks", checklist.later_ticks),
        ):
            for position, tick in enumerate(ticks):
                done_on = date_text(tick.done_on)
                self.add(table, number, position, int(tick.done), tick.confirmation, done_on)

    def _goals(self, household: Household) -> None:
        if household.goals is not None:
            self.add("goals", 0, _json(goals_json(household.goals)))
        for number, (question, answer) in enumerate(household.comfort):
            self.add("comfort_answers", number, question, answer)

    def _draft(self, household: Household) -> None:
        draft = household.draft
        if draft is None:
            return
        self.add("draft", draft.page, draft.goal.value, int(draft.exact))
        for position, (account_id, amount) in enumerate(draft.cash_flow):
            self.add("draft_cash", position, account_id, amount)


def _json(content: object) -> str:
    return json.dumps(content, separators=(",", ":"))


def _amounts(value: Decimal, *others: Decimal | None) -> Sequence[str | None]:
    return (decimal_text(value), *(optional_decimal_text(other) for other in others))
