"""One investment account of an OFX file: its positions, cash, loans and stated balances."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from datetime import date
from decimal import Decimal

from desktop_app.domain.funds import ClassifiedBy, Fund, fund_key
from desktop_app.domain.issues import Issue, IssueKind, QuickFix, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.mix import UNCLASSIFIED
from desktop_app.domain.money import ZERO, Money, to_cents
from desktop_app.domain.records import dataclass
from desktop_app.domain.statement import SkippedRow, SkipReason, StatementRow

from .account_labels import clean
from .checks import advice_below_zero, product_remark
from .classifier import classify
from .ofx_funds import SecurityList, worth
from .ofx_money import agrees, amount, cash_beside, source_words, stated_balances, vested_part
from .ofx_tree import Node, Source
from .patterns import late_regex
from .rows import Instrument

_tr = translator("Remarks")
_DAY = late_regex(r"((?:19|[2-9]\d)\d{2})(\d{2})(\d{2})", re.ASCII)
"""Programs write a day they do not know as the first year there was."""
_KINDS = ("POSMF", "POSSTOCK", "POSDEBT", "POSOPT", "POSOTHER")
_SUM_FIX = "Compare the holdings with the provider's page, or download the file again."
_ONLY_TOTAL_FIX = "Say what this money is in, or download the holdings as CSV or Excel."
_BESIDE = "If it is the same money as a money market fund in the list, leave this line out."


@dataclass(slots=True)
class Account:
    """An account while it is read; `key` is its number and broker."""

    id: str
    name: str
    key: tuple[str, str]
    as_of: date | None
    rows: list[StatementRow] = field(default_factory=list)
    stated: Money | None = None

    @property
    def has_content(self) -> bool:
        """Whether there is anything to show: holdings, or a stated balance."""
        return bool(self.rows) or self.stated is not None

    def add(self, other: Account) -> None:
        """Take over what another part of the file says of the same account."""
        self.rows.extend(other.rows)
        if other.stated is not None and other.stated != self.stated:
            self.stated = (self.stated or ZERO) + other.stated


class OfxReader:
    """Reads accounts one by one; gathers what was left out and the problems of the whole file."""

    def __init__(self, root: Node, source: Source) -> None:
        self.skipped: list[SkippedRow] = []
        self.issues: list[Issue] = []
        self._source = source
        self._list = SecurityList(root)
        self._provider = next((clean(node.value("FI", "ORG")) for node in root.all("SONRS")), "")

    def skip(self, node: Node, reason: SkipReason) -> None:
        """Note a part of the file that is no holding."""
        self.skipped.append(SkippedRow(self._source.line(node), self._source.shown(node), reason))

    def skip_transactions(self, statement: Node) -> None:
        """Note every transaction and open order of an account as no holding."""
        for found in statement.all("INVTRANLIST", "BANKTRANLIST", "INVOOLIST"):
            reason = SkipReason.PENDING if found.tag == "INVOOLIST" else SkipReason.NOT_A_HOLDING
            for node in found.inside:
                if not node.text:
                    self.skip(node, reason)

    def tell(self, node: Node, message: str, fix: str) -> None:
        """Note something the user may want to know."""
        self.issues.append(Issue(Severity.INFO, message, fix, self._source.line(node)))

    def warn(
        self, node: Node, message: str, fix: str, *quick: QuickFix, kind: IssueKind = IssueKind.OTHER
    ) -> None:
        """Note a problem the user should look at."""
        self.issues.append(Issue(Severity.WARNING, message, fix, self._source.line(node), quick, kind=kind))

    def day(self, text: str) -> date | None:
        """Return the day of an OFX date such as 20141017160000.000[-5:EST], as its own time zone has it."""
        found = _DAY.match(text.strip())
        if found is None:
            return None
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None

    def account(self, statement: Node) -> Account:
        """Read one INVSTMTRS group."""
        broker = statement.value("INVACCTFROM", "BROKERID")
        number = clean(statement.value("INVACCTFROM", "ACCTID"))
        plan = clean(statement.value("INV401K", "EMPLOYERNAME"))
        name = plan or self._name(number, broker)
        account = Account(number or name, name, (number, broker.lower()), self.day(statement.value("DTASOF")))
        positions = self._positions(statement)
        if account.as_of is None:
            days = [day for node in positions if (day := self.day(node.value("DTPRICEASOF")))]
            account.as_of = max(days, default=None)
        percent = amount(statement.value("INV401K", "CURRENTVESTPCT"))
        valued = any(node.value("MKTVAL") for node in positions)
        for node in positions:
            self._position(account, node, statement.value("CURDEF"), percent, valued=valued)
        self._drop_sums(account)
        loans = self._loans(statement)
        self._balances(account, statement, broker, loans)
        self.skip_transactions(statement)
        return account

    def _name(self, number: str, broker: str) -> str:
        provider = self._provider or broker or "OFX"
        tail = number.replace(" ", "")[-4:]
        if not tail:
            return f"{provider} account"
        return (
            f"{provider} account ending {tail}" if len(number) > len(tail) else f"{provider} account {tail}"
        )

    def _positions(self, statement: Node) -> list[Node]:
        """Return the positions, each as the group that holds its figures, with the tag of its kind."""
        found = []
        kind = _KINDS[-1]
        for node in tuple(statement.all(*_KINDS, "INVPOS")):
            if node.tag != "INVPOS":
                kind = node.tag
            if node.find("SECID") is not None or node.find("UNITS") is not None:
                node.tag = kind
                found.append(node)
        return found

    def _position(
        self, account: Account, node: Node, currency: str, percent: Decimal | None, *, valued: bool
    ) -> None:
        """Read one position; `valued` tells that others of the account state their values."""
        item = self._list.instrument(node)
        if item is None:
            item = Instrument(None, None, "Unnamed position")
            self.warn(node, _tr("This position does not say which fund it is."), _tr(_SUM_FIX))
        elif not self._list.knows(node):
            message = _tr("The file does not name the fund “{0}”.").format(item.name)
            self.warn(node, message, _tr("Look it up on the provider's page and choose its class."))
        units, price = amount(node.value("UNITS")), amount(node.value("UNITPRICE"))
        price = price if price is not None else self._list.price(node)
        value = self._in_dollars(node, item, worth(node, units, price, self._list), currency)
        if value is None:
            self._without_value(node, item)
            return
        if valued and amount(node.value("MKTVAL")) is None:
            message = _tr("The file gives no value for {0}; units times price, {1:,.2f}, was taken.").format(
                item.name, value
            )
            self.warn(node, message, _tr("Check this value against the provider's page."))
        if node.value("POSTYPE").upper() == "SHORT":
            value, units = -abs(value), -abs(units) if units is not None else None
        self._keep(account, node, item, (to_cents(value), units, price), percent)

    def _without_value(self, node: Node, item: Instrument) -> None:
        if amount(node.value("UNITS")) or node.value("MKTVAL"):
            message = _tr("{0}: the file gives no value that can be read, and no price.").format(item.name)
            fix = _tr("Look up its value on the plan's website and type this holding by hand.")
            self.warn(node, message, fix)
            self.skip(node, SkipReason.UNREADABLE)
        else:
            self.skip(node, SkipReason.EMPTY)

    def _keep(
        self,
        account: Account,
        node: Node,
        item: Instrument,
        figures: tuple[Money, Decimal | None, Decimal | None],
        percent: Decimal | None,
    ) -> None:
        value, units, price = figures
        fund = classify(item.symbol, item.cusip, item.name)
        code = node.value("INV401KSOURCE")
        row = StatementRow(
            self._source.line(node), fund, value, units, price,
            source_words(code), vested_part(code, percent, value),
        )  # fmt: skip
        account.rows.append(row)
        if value < 0:
            message = _tr("{0} has a value below zero: {1:,.2f}.").format(item.name, value)
            self.warn(node, message, advice_below_zero(item), QuickFix.LEAVE_OUT)
        if units is None or price is None or worth(node, units, price, self._list, stated=False) == value:
            return
        by_hundred = node.tag == "POSDEBT" and agrees(to_cents(units * price / 100), value, 1)
        remark = None if by_hundred else product_remark(item, value, units, price)
        if remark is not None:
            self.tell(node, remark, _tr("Check this position against the provider's page."))

    def _in_dollars(
        self, node: Node, item: Instrument, value: Decimal | None, currency: str
    ) -> Decimal | None:
        """Return a value in the account's currency; a position may have its own, with a rate."""
        symbol = node.value("CURRENCY", "CURSYM") or currency
        rate = amount(node.value("CURRENCY", "CURRATE"))
        if value and symbol != currency and rate:
            self.warn(
                node,
                _tr("{0} is in {1}; {2:,.2f} was changed into {3} at {4}.").format(
                    item.name, symbol, value, currency, rate
                ),
                _tr("Check this value against the provider's page."),
                kind=IssueKind.FOREIGN_MONEY,
            )
            value *= rate
        if currency.upper() not in {"", "USD"} and value:
            message = _tr("{0} is in {1}, not in dollars.").format(item.name, currency)
            fix = _tr("Change the figures into dollars and type them by hand.")
            self.warn(node, message, fix, kind=IssueKind.FOREIGN_MONEY)
        return value

    def _drop_sums(self, account: Account) -> None:
        """Leave out a fund's position without source where the same file splits it by source."""
        by_fund: dict[str, list[StatementRow]] = {}
        for row in account.rows:
            by_fund.setdefault(row.fund.key, []).append(row)
        for rows in by_fund.values():
            parts = [row for row in rows if row.source is not None]
            whole = [row for row in rows if row.source is None]
            if parts and len(whole) == 1 and agrees(_sum(parts), whole[0].value, len(parts)):
                account.rows.remove(whole[0])
                text = f"{whole[0].fund.name} {whole[0].value:,.2f}"
                self.skipped.append(SkippedRow(whole[0].line, text, SkipReason.ROLLUP))

    def _loans(self, statement: Node) -> Money:
        total = ZERO
        for node in statement.all("LOANINFO"):
            self.skip(node, SkipReason.LOAN)
            total += amount(node.value("CURRENTLOANBAL")) or ZERO
        return total

    def _balances(self, account: Account, statement: Node, broker: str, loans: Money) -> None:
        """Count cash no position holds, then compare with what the file states for the account."""
        stated = stated_balances(statement)
        for node in statement.all("BAL"):
            self.skip(node, SkipReason.NOT_A_HOLDING)
        self._cash(account, statement, broker)
        if stated and not any(row.value for row in account.rows):
            self._only_total(account, stated[0].value, stated[0].node)
        if account.rows and not any(row.value for row in account.rows):
            message = _tr("{0}: every position of the file is worth nothing.").format(account.name)
            self.warn(statement, message, _tr(_SUM_FIX))
        total = _sum(account.rows)
        for balance in stated:
            if agrees(total, balance.value, len(account.rows)) or agrees(
                total + loans, balance.value, len(account.rows)
            ):
                account.stated = balance.value
                return
        if stated:
            account.stated = stated[0].value
            message = _tr("{0}: the lines add to {1:,.2f}, but the file states {2:,.2f}.").format(
                account.name, total, stated[0].value
            )
            self.warn(stated[0].node, message, _tr(_SUM_FIX), kind=IssueKind.STATED_OTHERWISE)

    def _cash(self, account: Account, statement: Node, broker: str) -> None:
        node = self._cash_node(statement)
        cash = amount(node.text) if node is not None else None
        if node is None or not cash:
            return
        cash = to_cents(cash)
        part, sure = cash_beside(cash, account.rows, stated_balances(statement), broker)
        if part:
            fund = classify(None, None, "Cash")
            account.rows.append(StatementRow(self._source.line(node), fund, part))
            if part < 0:
                message = _tr("Cash has a value below zero: {0:,.2f}.").format(part)
                self.warn(node, message, _tr("It is counted as money owed."))
            elif not sure:
                message = _tr("Cash of {0:,.2f} was counted beside the positions.").format(part)
                self.warn(node, message, _tr(_BESIDE), QuickFix.LEAVE_OUT)
        else:
            self.skip(node, SkipReason.ROLLUP)
            message = _tr("Cash of {0:,.2f} is already in the positions; it was not counted again.").format(
                cash
            )
            (self.tell if sure else self.warn)(node, message, "")

    def _cash_node(self, statement: Node) -> Node | None:
        for group, tag in (("INVBAL", "AVAILCASH"), ("INV401KBAL", "CASHBAL")):
            holder = statement.find(group)
            node = holder.find(tag) if holder is not None else None
            if node is not None and amount(node.text):
                return node
        return None

    def _only_total(self, account: Account, total: Money, node: Node) -> None:
        """A plan of which only the balance is known becomes one holding that is not classified."""
        for row in account.rows:
            text = f"{row.fund.name} {row.value:,.2f}"
            self.skipped.append(SkippedRow(row.line, text, SkipReason.EMPTY))
        fund = Fund(fund_key(None, None, account.name), account.name, UNCLASSIFIED, ClassifiedBy.UNKNOWN)
        account.rows = [StatementRow(self._source.line(node), fund, total)]
        message = _tr("{0}: the file gives the balance of {1:,.2f}, but not the funds.").format(
            account.name, total
        )
        self.warn(node, message, _tr(_ONLY_TOTAL_FIX))


def _sum(rows: Iterable[StatementRow]) -> Money:
    return sum((row.value for row in rows), ZERO)
