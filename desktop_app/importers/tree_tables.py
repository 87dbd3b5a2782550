"""Records inside each other to a table: a row for each fund, or each source of a fund, with its account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator

from .amounts import find_date, parse_amount
from .columns import Role, role_of
from .grid import Grid, Line
from .headwords import heading_of
from .patterns import late_regex
from .record_accounts import tell_accounts
from .record_joins import join_records
from .record_loans import loans_of
from .rows import is_total
from .trees import Node

_tr = translator("Remarks")
_BARE = frozenset({
    "id", "number", "no", "name", "code", "type", "key", "label", "text", "description", "title", "symbol",
    "ticker", "amount", "value", "date", "displayname", "#text",
})  # fmt: skip
"""Names that say nothing without the record they stand in."""
_WORDS_OF = frozenset({
    "name", "code", "label", "text", "description", "title", "#text", "displayname", "amount", "value",
})  # fmt: skip
_AMOUNTS = frozenset({"amount", "value", "#text"})
_OTHERS = late_regex(
    r"transaction|txn|trades|orders?$|pending|election|future|loan|histor|activit|contributions?$|performance"
    r"|returns?$|beneficiar|closed|watch|benchmark|menu|available|model|target(?!.?date)|distribution"
    r"|dividend|fees?$",
    re.IGNORECASE,
)
"""Records that hold something else than what is held."""
_RUN_TOGETHER = late_regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_-]")
_INHERITED = frozenset({
    Role.NAME, Role.SYMBOL, Role.CUSIP, Role.SOURCE, Role.OWNER, Role.ACCOUNT_ID, Role.ACCOUNT_NAME,
    Role.PRICE, Role.DATE, Role.CATEGORY,
})  # fmt: skip
_OF_ACCOUNT = frozenset({Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER, Role.DATE})
_IDS = frozenset({"id", "accountid", "account_id", "key"})
"""What a record is known by to others."""
_FUND = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP})
_STARTS = late_regex(r"\b(?:from|start|begin)", re.IGNORECASE)
_SUM = late_regex(r"(?:grand |account |plan |portfolio )?totals?", re.IGNORECASE)
_AS_OF = late_regex(r"\bas of\b|\bvaluation\b", re.IGNORECASE)
_FEWEST_KEYS = 2
_MOST_LABELS = 60
_LEFT_OUT = "The records “{0}” were left out: they are no list of holdings."
_LEFT_OUT_FIX = "If they are money held in this account, type them by hand."

_LOST = "{0} of the records “{1}” name no fund; what they are worth was not counted."
_TICKER = late_regex(r"[A-Z]{4}X")

Fields = dict[str, str]
"""Values by the headings they are written under."""


class _Row(NamedTuple):
    """A row: its record, the records around it, and its values."""

    node: Node
    around: tuple[Node, ...]
    fields: Fields


def tree_grid(root: Node) -> Grid | None:
    """Return the funds of an export as a table below what it says of account and day; None without funds."""
    join_records(root)
    tell_accounts(root, _spaced)
    rows = list(_rows(root, (), {}))
    if not rows:
        return None
    holders = _shared(rows)
    labels = list(_labels(root, holders, {id(row.node) for row in rows}))[:_MOST_LABELS]
    own = _alike(_joined(root, [{**_of_account(row, holders), **row.fields} for row in rows]))
    heads = list(dict.fromkeys(head for fields in own for head in fields))
    lines = [Line(place, list(cells), ": ".join(cells)) for place, cells in enumerate(labels, 1)]
    count = len(lines)
    table = [
        Line(row.node.line or count + k, cells, ", ".join(filter(None, cells)))
        for k, (row, fields) in enumerate(zip(rows, own, strict=True), 2)
        for cells in ([fields.get(head, "") for head in heads],)
    ]
    heading = Line(0, heads, ", ".join(heads))
    loans = loans_of(root, _spaced, _is_other)
    owed = tuple(
        line if line.number else line._replace(number=count + len(rows) + k)
        for k, (_, line) in enumerate(loans, 2)
    )
    issues = (*_lost(root, rows), *_left_out(root, {node.name for node, _ in loans}))
    return Grid((*lines, Line(0, [], ""), heading, *table), issues=issues, loans=owed)


def _joined(root: Node, rows: Sequence[Fields]) -> list[Fields]:
    """Return rows that name their account by the id of a record elsewhere with what that one says of it."""
    named: dict[str, Fields] = {}
    for node in root.walk():
        key = next((text for key, text in node.leaves if key.lower() in _IDS), "")
        said = {head: text for head, text in _own(node).items() if text != key and _role(head) in _OF_ACCOUNT}
        if key and {_role(head) for head in said} & {Role.ACCOUNT_ID, Role.ACCOUNT_NAME}:
            named.setdefault(key, said)
    return [_with_account(row, named) for row in rows]


def _with_account(row: Fields, named: Mapping[str, Fields]) -> Fields:
    known = next(
        (head for head, text in row.items() if _role(head) is Role.ACCOUNT_ID and text in named), None
    )
    if known is None:
        return row
    return {**named[row[known]], **{head: text for head, text in row.items() if head != known}}


def _alike(rows: Sequence[Fields]) -> list[Fields]:
    """Return rows with their value under the same heading in all of them."""
    values = [[head for head in row if _role(head) is Role.VALUE] for row in rows]
    if all(heads == values[0] for heads in values):
        return list(rows)
    found: list[Fields] = []
    for row, heads in zip(rows, values, strict=True):
        best = min(heads, key=_rank, default="")
        rest = {head: text for head, text in row.items() if head not in heads}
        found.append({**rest, heading_of(Role.VALUE): row[best]} if best else rest)
    return found


def _rank(head: str) -> int:
    known = role_of(head)
    return known[1] if known is not None else 0


def _left_out(root: Node, listed: set[str]) -> Iterator[Issue]:
    """Yield what records were left out as a whole, but for those that are listed one by one."""
    for name in dict.fromkeys(_others(root, listed)):
        yield Issue(Severity.INFO, _tr(_LEFT_OUT).format(name[:60]), _tr(_LEFT_OUT_FIX))


def _others(node: Node, listed: set[str]) -> Iterator[str]:
    if _is_other(node):
        told = any(inside.leaves for inside in node.walk())
        yield from [node.name] if told and not any(inside.name in listed for inside in node.walk()) else []
        return
    for child in node.children:
        yield from _others(child, listed)


def _lost(root: Node, rows: Sequence[_Row]) -> Iterator[Issue]:
    """Yield a warning for records like those that were counted, with a value and no fund."""
    counted, kinds = {id(row.node) for row in rows}, {row.node.name for row in rows}
    lost = [
        node
        for node in _counted(root)
        if node.name in kinds and id(node) not in counted and _is_worth(_roles(_own(node)))
    ]
    if lost:
        message = _tr(_LOST).format(len(lost), lost[0].name[:60])
        yield Issue(Severity.WARNING, message, _tr(_LEFT_OUT_FIX), lost[0].line or None)


def _counted(node: Node) -> Iterator[Node]:
    """Yield all records but those that hold something else."""
    if not _is_other(node):
        yield node
        for child in node.children:
            yield from _counted(child)


def _rows(node: Node, around: tuple[Node, ...], inherited: Fields) -> Iterator[_Row]:
    """Yield the records that are worth something and belong to a fund."""
    if _is_other(node):
        return
    fields = {**_name_by_key(node, around), **_fields(node)}
    if _roles(fields) & _FUND:
        inherited = {head: text for head, text in inherited.items() if _role(head) not in _FUND}
    every = {**inherited, **fields}
    roles = _roles(every)
    if roles & _FUND and _holds_funds(node, every):
        every = {head: text for head, text in every.items() if _role(head) not in _FUND}
    elif roles & _FUND and _is_worth(_roles(fields)):
        yield _Row(node, around, every)
        return
    passes = _INHERITED if roles & _FUND else {Role.SOURCE}
    passed = {head: text for head, text in every.items() if _role(head) in passes}
    for child in node.children:
        yield from _rows(child, (*around, node), passed)


def _holds_funds(node: Node, fields: Fields) -> bool:
    """Tell whether a record has funds of other names inside: it is an account or all of them, and no fund."""
    called = _funds(fields)
    return any(
        not names <= called
        for child in node.children
        for inside in _counted(child)
        if inside.is_listed and (names := _funds(_own(inside))) and _is_worth(_roles(_fields(inside)))
    )


def _funds(fields: Fields) -> set[str]:
    return {text for head, text in fields.items() if text and _role(head) in _FUND}


def _is_other(node: Node) -> bool:
    """Tell whether a record holds something else than what is held; keys with blanks are names of funds."""
    return " " not in node.name and _OTHERS.search(node.name) is not None


def _fields(node: Node) -> Fields:
    """Return the values of a record and those of records in it that stand there once and hold no others."""
    found = _own(node)
    names = Counter(child.name for child in node.children)
    for child in node.children:
        alone = names[child.name] == 1 and not child.children and not child.is_listed
        if alone and not _is_other(child) and not _is_record(child, node):
            for head, text in _own(child, is_inside=True).items():
                found.setdefault(head, text)
    return found


def _is_record(child: Node, around: Node) -> bool:
    """Tell whether a record in another is a row of its own: a source's, a fund's, or one of several alike."""
    roles = _roles(_own(child))
    if not _is_worth(roles):
        return False
    return bool(roles & _FUND) or _role(_spaced(child.name)) is Role.SOURCE or _is_keyed(around)


def _is_keyed(around: Node) -> bool:
    """Tell whether all records in one stand under names of their own (`{"FENEX": {…}, "FENBX": {…}}`).

    Each of them asks; it is looked at once.
    """
    if around.is_keyed is None:
        around.is_keyed = _keeps_by_name(around)
    return around.is_keyed


def _keeps_by_name(around: Node) -> bool:
    names = {child.name for child in around.children}
    if len(names) < _FEWEST_KEYS or len({_keys(child) for child in around.children}) > 1:
        return False
    return not (_roles(_own(around)) & _FUND or any(_role(_spaced(name)) for name in names))


def _keys(node: Node) -> frozenset[str]:
    return frozenset(key for key, _ in node.leaves)


def _name_by_key(node: Node, around: tuple[Node, ...]) -> Fields:
    """Return the ticker that a record is kept under, or the fund where its own values name none."""
    roles = _roles(_own(node))
    if not around or not _is_worth(roles) or not _is_keyed(around[-1]):
        return {}
    if _TICKER.fullmatch(node.name):
        return {heading_of(Role.SYMBOL): node.name}
    return {} if roles & _FUND else {heading_of(Role.NAME): node.name}


def _own(node: Node, *, is_inside: bool = False) -> Fields:
    """Return the values of a record by their headings; a value that is a ticker is called so.

    Those of a record inside another one's (`is_inside`) say what they are by its name.
    """
    heads = [(_dated(_head(node.name, key, is_inside=is_inside), text), text) for key, text in node.leaves]
    return {
        "Symbol" if _role(head) is None and _TICKER.fullmatch(text) else head: text for head, text in heads
    }


def _dated(head: str, text: str) -> str:
    """Return the heading of a day for a value that is one and stands “as of” it (`balanceAsOf`)."""
    return heading_of(Role.DATE) if _AS_OF.search(head) and find_date(text) is not None else head


def _head(name: str, key: str, *, is_inside: bool = False) -> str:
    """Return the heading for a value: its name, with that of its record where it says nothing alone."""
    spaced = _spaced(key)
    if key.lower() not in _BARE or not name:
        return spaced
    around = _spaced(name)
    both = around if key == name else f"{around} {spaced}"
    if role_of(both) is None and key.lower() in _WORDS_OF and role_of(around) is not None:
        return around
    is_amount = is_inside and key.lower() in _AMOUNTS
    return both if is_amount or role_of(both) is not None or role_of(spaced) is None else spaced


def _spaced(name: str) -> str:
    return " ".join(_RUN_TOGETHER.sub(" ", name).split())


@lru_cache(maxsize=20_000)  # each record asks for its labels anew, and there may be one for every day
def _role(head: str) -> Role | None:
    known = role_of(head)
    return known[0] if known is not None else None


def _roles(fields: Fields) -> set[Role]:
    return {role for head, text in fields.items() if text and (role := _role(head)) is not None}


def _is_worth(roles: set[Role]) -> bool:
    return Role.VALUE in roles or {Role.UNITS, Role.PRICE} <= roles


def _shared(rows: Sequence[_Row]) -> set[int]:
    """Return the records around all rows."""
    every = [{id(node) for node in row.around} for row in rows]
    return set.intersection(*every)


def _of_account(row: _Row, shared: set[int]) -> Fields:
    """Return what the records around a row, but not around all, say of its account and its day."""
    found: Fields = {}
    for node in row.around:
        if id(node) not in shared:
            found.update({head: text for head, text in _own(node).items() if _role(head) in _OF_ACCOUNT})
    return found


def _labels(
    node: Node, shared: set[int], rows: set[int], *, is_whole: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield what an export says of itself: labels and texts, and the two ends of its period as one.

    A total is that of all rows where it stands beside them (`is_whole`).
    """
    if id(node) in rows or _is_other(node):
        return
    is_around = id(node) in shared
    if is_around or not any(id(inside) in rows for inside in node.walk()):
        yield from _said(node, is_around=is_around, is_whole=is_whole)
        for child in node.children:
            yield from _labels(child, shared, rows, is_whole=is_around)


def _said(node: Node, *, is_around: bool, is_whole: bool) -> Iterable[tuple[str, str]]:
    days = [(key, text) for key, text in node.leaves if find_date(text) is not None]
    if len(days) == len(node.leaves) == 2 and _STARTS.search(_spaced(days[0][0])):
        return [(f"{_spaced(node.name)} {days[0][1]} to {days[1][1]}", "")]
    if _SUM.fullmatch(_spaced(node.name)) and is_whole:
        return [("Total", text) for head, text in _own(node).items() if _role(head) is Role.VALUE][-1:]
    return [
        (_head(node.name, key), text)
        for key, text in node.leaves
        if text and (parse_amount(text) is None or (is_around and _is_told(_spaced(key))))
    ]


def _is_told(label: str) -> bool:
    """Tell whether a figure beside a label is a total, or a number such as that of an account."""
    role = _role(label)
    return is_total(label) or role is Role.ACCOUNT_ID or "account" in label.lower()
