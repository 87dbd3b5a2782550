"""Turns the tables of a checked document into a household."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from desktop_app.domain.accounts import Account, AccountLabel, Holding
from desktop_app.domain.checklist import Checklist, ChecklistTick
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.exchange_log import PastExchange
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.goals import GoalAnswers
from desktop_app.domain.hints import ColumnRole, TableMapping
from desktop_app.domain.household import Household, WizardDraft
from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.paychecks import Paychecks
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.rules import AccountRules, EquityWash, Goal, OrderStyle, Restriction
from desktop_app.domain.schedule import CheckSchedule
from desktop_app.domain.statement import (
    AsOfKind,
    SkippedRow,
    SkipReason,
    Statement,
    StatementAccount,
    StatementRow,
)
from desktop_app.domain.targets import BandRule, TargetAllocation, ToleranceBand

from .goals_json import read_goals
from .plan_json import read_plan
from .rule_json import read_past_exchange, read_restriction
from .values import read_date, read_decimal, read_optional_decimal
from .when_json import read_paychecks, read_schedule

Row: TypeAlias = tuple[Any, ...]
Grouped: TypeAlias = dict[int, list[Row]]
_FUND_RULES = ("no_sell", "no_buy", "cap", "blocked_until", "wash_from", "wash_competing")

_LONGEST_NAME = 40_000


def read_household(connection: sqlite3.Connection) -> Household:
    """Return the household of a document in today's format whose schema and pages were checked.

    Raises what a value out of place raises: `sqlite3.Error`, `ValueError`, `KeyError`,
    `IndexError`, `TypeError`, `ArithmeticError`, `RecursionError` and the domain's own refusals.
    """
    return _Reader(connection).read()


class _Reader:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._funds: list[Fund] = []

    def read(self) -> Household:
        meta: dict[str, str] = dict(self._all("SELECT key, value FROM meta"))
        self._funds = self._read_funds()
        schedule, looked_on = self._schedule()
        return Household(
            name=_name(meta["name"]),
            is_sample=meta["is_sample"] == "1",
            statements=self._statements(),
            fund_mixes=self._fund_mixes(),
            account_names=tuple(
                (account_id, _name(name))
                for account_id, name in self._all("SELECT account_id, name FROM account_names ORDER BY id")
            ),
            account_rules=self._account_rules(),
            targets=self._targets(),
            schedule=schedule,
            checklists=self._checklists(),
            draft=self._draft(),
            mappings=self._mappings(),
            log=self._log(),
            paychecks=self._paychecks(),
            looked_on=looked_on,
            goals=self._goals(),
            max_exchanges=self._max_exchanges(),
            comfort=tuple(self._all("SELECT question, answer FROM comfort_answers ORDER BY id")),
            known_as=tuple(
                AccountLabel(*row)
                for row in self._all("SELECT number, name, account_id FROM account_labels ORDER BY id")
            ),
        )

    def _max_exchanges(self) -> int | None:
        rows = self._all("SELECT max_exchanges FROM household_limits ORDER BY id")
        return int(rows[0][0]) if rows else None

    def _goals(self) -> GoalAnswers | None:
        rows = self._all("SELECT content FROM goals ORDER BY id")
        return read_goals(json.loads(rows[0][0])) if rows else None

    def _schedule(self) -> tuple[CheckSchedule, date | None]:
        """Return the rule when to look and the day of the last look.

        Where an older program changed the months, the rest of the rule is void.
        """
        (months,) = self._all("SELECT months FROM schedule")[0]
        rows = self._all("SELECT months, content FROM schedule_rules ORDER BY id")
        if not rows:
            return CheckSchedule(months), None
        known, content = rows[0][0], json.loads(rows[0][1])
        schedule = read_schedule(months, content) if known == months else CheckSchedule(months)
        return schedule, read_date(content["looked_on"])

    def _paychecks(self) -> tuple[tuple[str, Paychecks], ...]:
        rows = self._all("SELECT account_id, content FROM paychecks ORDER BY id")
        return tuple((account_id, read_paychecks(json.loads(content))) for account_id, content in rows)

    def _all(self, query: str) -> list[Row]:
        return self._connection.execute(query).fetchall()

    def _grouped(self, query: str) -> Grouped:
        """Return the rows of `query` without their first column, by that column."""
        found: Grouped = {}
        for owner, *rest in self._all(query):
            found.setdefault(owner, []).append(tuple(rest))
        return found

    def _read_funds(self) -> list[Fund]:
        parts = self._grouped("SELECT fund, class, weight FROM fund_parts ORDER BY fund, position")
        funds = []
        query = (
            "SELECT id, key, name, classified_by, symbol, cusip, expense_ratio, estimated, note"
            " FROM funds ORDER BY id"
        )
        for position, (number, key, name, by, symbol, cusip, ratio, estimated, note) in enumerate(
            self._all(query)
        ):
            if number != position:
                raise IndexError(number)
            ratio_read = read_optional_decimal(ratio)
            mix = _mix(parts[number])
            funds.append(
                Fund(
                    key, _name(name), mix, ClassifiedBy(by), symbol, cusip, ratio_read, bool(estimated), note
                )
            )
        return funds

    def _fund(self, number: int) -> Fund:
        if number < 0:
            raise IndexError(number)
        return self._funds[number]

    def _statements(self) -> tuple[Statement, ...]:
        accounts = self._statement_accounts()
        skipped = self._grouped(
            "SELECT statement, line, text, reason FROM skipped_rows ORDER BY statement, position"
        )
        issues = self._grouped(
            "SELECT statement, severity, message, fix, line FROM statement_issues"
            " ORDER BY statement, position"
        )
        return tuple(
            Statement(
                file=file,
                layout=layout,
                as_of=read_date(as_of),
                as_of_kind=None if kind is None else AsOfKind(kind),
                accounts=tuple(accounts.get(number, ())),
                skipped=tuple(
                    SkippedRow(line, text, SkipReason(reason))
                    for line, text, reason in skipped.get(number, ())
                ),
                issues=tuple(
                    Issue(Severity(severity), message, fix, line)
                    for severity, message, fix, line in issues.get(number, ())
                ),
                digest=digest,
            )
            for number, file, layout, as_of, kind, digest in self._all(
                "SELECT id, file, layout, as_of, as_of_kind, digest FROM statements ORDER BY id"
            )
        )

    def _statement_accounts(self) -> dict[int, list[StatementAccount]]:
        rows: dict[int, list[StatementRow]] = {}
        for owner, line, fund, value, units, price, source, vested in self._all(
            "SELECT r.account, r.line, r.fund, r.value, r.units, r.price, r.source, v.vested"
            " FROM statement_rows AS r"
            " LEFT JOIN row_vested AS v"
            " ON v.account = r.account AND v.position = r.position AND v.line = r.line AND v.value = r.value"
            " ORDER BY r.account, r.position"
        ):
            row = StatementRow(
                line,
                self._fund(fund),
                read_decimal(value),
                read_optional_decimal(units),
                read_optional_decimal(price),
                source,
                read_optional_decimal(vested),
            )
            rows.setdefault(owner, []).append(row)
        accounts: dict[int, list[StatementAccount]] = {}
        for number, statement, account_id, name, stated in self._all(
            "SELECT id, statement, account_id, name, stated_total FROM statement_accounts ORDER BY id"
        ):
            account = StatementAccount(
                account_id, _name(name), tuple(rows.get(number, ())), read_optional_decimal(stated)
            )
            accounts.setdefault(statement, []).append(account)
        return accounts

    def _fund_mixes(self) -> tuple[tuple[str, AssetMix], ...]:
        parts = self._grouped("SELECT mix, class, weight FROM fund_mix_parts ORDER BY mix, position")
        return tuple(
            (key, _mix(parts[number]))
            for number, key in self._all("SELECT id, fund_key FROM fund_mixes ORDER BY id")
        )

    def _account_rules(self) -> tuple[tuple[str, AccountRules], ...]:
        menus = self._grouped("SELECT rules, fund FROM account_menu ORDER BY rules, position")
        named = self._grouped(
            "SELECT rules, kind, fund, value FROM account_fund_rules ORDER BY rules, position"
        )
        query = (
            "SELECT id, account_id, minimum_exchange, order_style, max_exchanges, wash_days"
            " FROM account_rules ORDER BY id"
        )
        restrictions = self._restrictions()
        query_provider = "SELECT account_id, nth, provider FROM account_providers ORDER BY id"
        providers = {(account_id, nth): key for account_id, nth, key in self._all(query_provider)}
        found: list[tuple[str, AccountRules]] = []
        counts: Counter[str] = Counter()
        for number, account_id, minimum, style, most, wash_days in self._all(query):
            nth = counts[account_id]
            counts[account_id] += 1
            by_kind = _by_kind(named.get(number, ()))
            rules = AccountRules(
                menu=tuple(self._fund(fund) for (fund,) in menus.get(number, ())),
                no_sell=_names(by_kind, "no_sell"),
                no_buy=_names(by_kind, "no_buy"),
                cap=tuple((fund, read_decimal(share)) for fund, share in by_kind["cap"]),
                blocked_until=tuple(
                    (fund, date.fromisoformat(day)) for fund, day in by_kind["blocked_until"]
                ),
                minimum_exchange=read_decimal(minimum),
                order_style=OrderStyle(style),
                equity_wash=None
                if wash_days is None
                else EquityWash(_names(by_kind, "wash_from"), _names(by_kind, "wash_competing"), wash_days),
                max_exchanges=most,
                restrictions=tuple(restrictions.get((account_id, nth), ())),
                provider=providers.get((account_id, nth), ""),
            )
            found.append((account_id, rules))
        return tuple(found)

    def _restrictions(self) -> dict[tuple[str, int], list[Restriction]]:
        """Return restrictions by account id and the number of its entry."""
        found: dict[tuple[str, int], list[Restriction]] = {}
        rows = self._all("SELECT account_id, nth, content FROM restrictions ORDER BY id")
        for account_id, nth, content in rows:
            found.setdefault((account_id, nth), []).append(read_restriction(json.loads(content)))
        return found

    def _log(self) -> tuple[PastExchange, ...]:
        rows = self._all("SELECT content FROM exchange_log ORDER BY id")
        return tuple(read_past_exchange(json.loads(content)) for (content,) in rows)

    def _targets(self) -> tuple[TargetAllocation, ...]:
        parts = self._grouped(
            "SELECT target, kind, class, amount FROM target_parts ORDER BY target, position"
        )
        query = (
            "SELECT id, band_absolute, band_relative, band_rule, band_floor, since, until, reason"
            " FROM targets ORDER BY id"
        )
        found = []
        for number, absolute, relative, rule, floor, since, until, reason in self._all(query):
            amounts = {
                kind: tuple(
                    (AssetClass(node), read_decimal(amount))
                    for part_kind, node, amount in parts.get(number, ())
                    if part_kind == kind
                )
                for kind in ("weight", "fixed")
            }
            if sum(map(len, amounts.values())) < len(parts.get(number, ())):
                raise ValueError(number)
            band = ToleranceBand(
                read_decimal(absolute), read_decimal(relative), BandRule(rule), read_decimal(floor)
            )
            found.append(
                TargetAllocation(
                    weights=amounts["weight"],
                    fixed=amounts["fixed"],
                    band=band,
                    since=read_date(since),
                    reason=reason,
                    until=read_date(until),
                )
            )
        return tuple(found)

    def _checklists(self) -> tuple[Checklist, ...]:
        accounts = self._checklist_accounts()
        ticks = self._grouped(
            "SELECT checklist, done, confirmation, done_on FROM checklist_ticks ORDER BY checklist, position"
        )
        elections = self._grouped(
            "SELECT checklist, done, confirmation, done_on FROM election_ticks ORDER BY checklist, position"
        )
        later = self._grouped(
            "SELECT checklist, done, confirmation, done_on FROM later_ticks ORDER BY checklist, position"
        )
        found: list[Checklist] = []
        for number, count, made_on, text in self._all(
            "SELECT id, number, made_on, plan FROM checklists ORDER BY id"
        ):
            plan = read_plan(text, self._funds)
            checklist = Checklist(
                number=count,
                made_on=date.fromisoformat(made_on),
                plan=plan,
                accounts=tuple(accounts.get(number, ())),
                ticks=_ticks(ticks.get(number, ())),
                election_ticks=_election_ticks(elections.get(number, ()), plan),
                later_ticks=_later_ticks(later.get(number, ()), plan),
            )
            found.append(checklist)
        return tuple(found)

    def _checklist_accounts(self) -> dict[int, list[Account]]:
        holdings: dict[int, list[Holding]] = {}
        for owner, fund, value, units, price, source in self._all(
            "SELECT account, fund, value, units, price, source FROM checklist_holdings"
            " ORDER BY account, position"
        ):
            held = Holding(
                self._fund(fund),
                read_decimal(value),
                read_optional_decimal(units),
                read_optional_decimal(price),
                source,
            )
            holdings.setdefault(owner, []).append(held)
        accounts: dict[int, list[Account]] = {}
        for number, checklist, account_id, name, as_of in self._all(
            "SELECT id, checklist, account_id, name, as_of FROM checklist_accounts ORDER BY id"
        ):
            account = Account(account_id, _name(name), tuple(holdings.get(number, ())), read_date(as_of))
            accounts.setdefault(checklist, []).append(account)
        return accounts

    def _draft(self) -> WizardDraft | None:
        rows = self._all("SELECT page, goal, exact FROM draft")
        if not rows:
            return None
        cash = self._all("SELECT account_id, amount FROM draft_cash ORDER BY position")
        for _, amount in cash:
            read_decimal(amount)
        return WizardDraft(rows[0][0], Goal(rows[0][1]), tuple(cash), bool(rows[0][2]))

    def _mappings(self) -> tuple[TableMapping, ...]:
        roles = self._grouped(
            "SELECT mapping, place, role FROM table_mapping_roles ORDER BY mapping, position"
        )
        return tuple(
            TableMapping(
                fingerprint,
                tuple((place, ColumnRole(role)) for place, role in roles.get(number, ())),
                None if comma is None else bool(comma),
            )
            for number, fingerprint, comma in self._all(
                "SELECT id, fingerprint, decimal_comma FROM table_mappings ORDER BY id"
            )
        )


def _name(text: str) -> str:
    """Return a name as far as it can be shown; no field of the program takes a longer one."""
    return text[:_LONGEST_NAME]


def _ticks(rows: Sequence[Row]) -> tuple[ChecklistTick, ...]:
    return tuple(
        ChecklistTick(bool(done), confirmation, read_date(done_on)) for done, confirmation, done_on in rows
    )


def _election_ticks(rows: Sequence[Row], plan: ExchangePlan) -> tuple[ChecklistTick, ...]:
    """Return a tick for each election; an older program may have put another checklist in this place."""
    found = _ticks(rows)
    return found if len(found) == len(plan.futures) else tuple(ChecklistTick() for _ in plan.futures)


def _later_ticks(rows: Sequence[Row], plan: ExchangePlan) -> tuple[ChecklistTick, ...]:
    """Return a tick for each later step, none where an older program put another checklist in this place."""
    found = _ticks(rows)
    return found if len(found) == len(plan.later) else ()


def _mix(parts: Sequence[Row]) -> AssetMix:
    return AssetMix(tuple((AssetClass(leaf), read_decimal(weight)) for leaf, weight in parts))


def _by_kind(rules: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {kind: [] for kind in _FUND_RULES}
    for kind, fund, value in rules:
        found[kind].append((fund, value))
    return found


def _names(by_kind: dict[str, list[Row]], kind: str) -> tuple[str, ...]:
    return tuple(fund for fund, _ in by_kind[kind])
