"""OFX text, with or without closing tags, to a tree whose nodes remember where in the file they began."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field

from desktop_app.domain.language import translator
from desktop_app.domain.records import dataclass

from .errors import DamagedFileError, NotAStatementError, TooLargeError, UnsafeXmlError
from .patterns import late_regex
from .watching import Watch, unwatched

_tr = translator("Refusals")
_TAG = late_regex(r"<(/?)([A-Za-z][A-Za-z0-9._]{0,40})(?:\s[^<>]{0,300})?(/?)>", whole=True)
_BODY = late_regex(r"<OFX[\s>]", re.IGNORECASE, whole=True)
_LINE_END = late_regex(r"\r\n|\n|\r", whole=True)
_SPACE = late_regex(r"\s+")
_DEEPEST = 60
_MOST_NODES = 500_000
_LONGEST_TEXT = 500
_STEP = 1 << 18
_LISTS_OF_TRANSACTIONS = ("TRANLIST", "OOLIST")
_GROUPS = frozenset({
    "OFX", "STATUS", "INVSTMTMSGSRSV1", "INVSTMTTRNRS", "INVSTMTRS", "INVACCTFROM", "INVTRANLIST",
    "INVOOLIST", "INVPOSLIST",
    "POSMF", "POSSTOCK", "POSDEBT", "POSOPT", "POSOTHER", "INVPOS", "SECID", "CURRENCY",
    "INVBAL", "BALLIST", "BAL", "INV401K", "INV401KBAL", "LOANINFO", "SECLISTMSGSRSV1", "SECLIST", "MFINFO",
    "STOCKINFO", "DEBTINFO", "OPTINFO", "OTHERINFO", "SECINFO", "BANKMSGSRSV1", "STMTTRNRS", "STMTRS",
    "BANKTRANLIST", "CREDITCARDMSGSRSV1", "CCSTMTTRNRS", "CCSTMTRS", "LEDGERBAL",
})  # fmt: skip
"""The groups that meaning is read from; any other open tag without an end was an empty value."""
_SECTIONS = frozenset({
    "INVTRANLIST", "INVPOSLIST", "INVBAL", "INVOOLIST", "INV401K", "INV401KBAL",
})  # fmt: skip
_STATEMENTS = frozenset({"INVSTMTTRNRS", "INVSTMTRS", "STMTTRNRS", "CCSTMTTRNRS"})
_MESSAGES = frozenset({
    "INVSTMTMSGSRSV1", "SECLISTMSGSRSV1", "SECLIST", "BANKMSGSRSV1", "CREDITCARDMSGSRSV1",
})  # fmt: skip
_CLOSED_BY = {
    **dict.fromkeys(_SECTIONS, _SECTIONS),
    **dict.fromkeys(_STATEMENTS, _SECTIONS | {"INVSTMTRS"}),
    **dict.fromkeys(_MESSAGES, _SECTIONS | _STATEMENTS),
}
"""Groups that cannot hold the tag: where one of these opens inside them, their ends are missing."""
_HOLDS = {
    "SECID": frozenset({"UNIQUEID", "UNIQUEIDTYPE"}),
    "INVACCTFROM": frozenset({"BROKERID", "ACCTID"}),
    "CURRENCY": frozenset({"CURRATE", "CURSYM"}),
}
"""All that these groups hold; anything else shows that their end is missing."""


@dataclass(slots=True)
class Node:
    """A group or a value of the file: its tag in capitals, its offset, its text and what is inside."""

    tag: str
    at: int
    text: str = ""
    inside: list[Node] = field(default_factory=list)

    def find(self, tag: str) -> Node | None:
        """Return the first direct child of that tag."""
        return next((node for node in self.inside if node.tag == tag), None)

    def value(self, *path: str) -> str:
        """Return the text at the end of a path of tags, empty where the file has none."""
        node: Node | None = self
        for tag in path:
            node = node.find(tag) if node is not None else None
        return node.text if node is not None else ""

    def all(self, *tags: str) -> Iterator[Node]:
        """Yield every node below of one of these tags, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.tag in tags:
                yield node
            waiting.extend(reversed(node.inside))


class Source:
    """The text of a file, for line numbers and for showing pieces of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def line(self, node: Node) -> int:
        """Return the line a node begins in, from 1."""
        return bisect_right(self._starts, node.at)

    def shown(self, node: Node) -> str:
        """Return how a node begins in the file, on one line."""
        piece = self.text[node.at : node.at + 300].partition(f"</{node.tag}>")
        return _SPACE.sub(" ", piece[0] + piece[1]).strip()[:120]


def read_tree(text: str, name: str, watch: Watch = unwatched) -> tuple[Node, bool]:
    """Return the tree of all that stands between the OFX tags, and whether its end is there.

    Raises `NotAStatementError` where nothing follows the header, `UnsafeXmlError` where the file defines
    entities, `DamagedFileError` where it ends inside a group, `TooLargeError` where it is deeper or longer
    than any statement, or whatever `watch` raises. What transactions say is not kept.
    """
    body = _BODY.search(text)
    if body is None:
        raise NotAStatementError(name, _tr("an OFX file without content"), _tr("Download it again."))
    if "<!ENTITY" in text[: body.start()]:
        raise UnsafeXmlError(name)
    builder = _Builder(name)
    told = 0
    for closing, tag, at, value in _tokens(text, body.start()):
        if at - told > _STEP:
            told = at
            watch(at / len(text))
        if closing:
            builder.close(tag)
        else:
            builder.open(tag, at, value)
    return builder.root, builder.finished()


def _tokens(text: str, start: int) -> Iterator[tuple[bool, str, int, str | None]]:
    """Yield (closing, tag, offset, value); the value is None where the tag opens a group or is empty."""
    pending: tuple[str, int, bool] | None = None
    parts: list[str] = []
    at = start
    while at < len(text):
        mark = text.find("<", at)
        if mark < 0:
            break
        parts.append(text[at:mark])
        found = _TAG.match(text, mark)
        if found is None:
            special, at = _special(text, mark)
            parts.append(special)
            continue
        if pending is not None:
            yield False, pending[0], pending[1], _value("".join(parts), ended=pending[2])
        closing, tag, ended = found.groups()
        parts, at = [], found.end()
        pending = None if closing else (tag.upper(), mark, bool(ended))
        if closing:
            yield True, tag.upper(), mark, None
    if pending is not None:
        yield False, pending[0], pending[1], _value("".join([*parts, text[at:]]), ended=pending[2])


def _special(text: str, mark: int) -> tuple[str, int]:
    """Return what a "<" that opens no tag stands for, and where to go on: CDATA, a remark, or itself."""
    for opening, end in (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")):
        if text.startswith(opening, mark):
            stop = text.find(end, mark + len(opening))
            if stop < 0:
                return "", len(text)
            kept = html.escape(text[mark + len(opening) : stop], quote=False) if end == "]]>" else ""
            return kept, stop + len(end)
    return "<", mark + 1


def _value(text: str, *, ended: bool) -> str | None:
    text = text[:_LONGEST_TEXT].strip()
    if "&" in text:
        text = html.unescape(text)
    return text or ("" if ended else None)


class _Builder:
    """Puts tags in their groups, forgiving values without an end and ends without a beginning."""

    def __init__(self, name: str) -> None:
        self.root = Node("", 0)
        self._name = name
        self._open = [self.root]
        self._leaf = ""
        self._quiet = 0
        self._nodes = 0

    def open(self, tag: str, at: int, value: str | None) -> None:
        """A tag opens: a value where text follows, else a group."""
        self._close_unended(tag)
        parent = self._open[-1]
        node = Node(tag, at, value or "")
        if not self._quiet:
            parent.inside.append(node)
            self._nodes += 1
            if self._nodes > _MOST_NODES:
                raise TooLargeError(self._name, _tr("more than 500,000 entries"), "500,000")
        if value is not None and tag not in _GROUPS:
            self._leaf = tag
            return
        self._leaf = ""
        self._open.append(node)
        if len(self._open) > _DEEPEST:
            raise TooLargeError(self._name, _tr("groups more than 60 deep"), "60")
        if not self._quiet and parent.tag.endswith(_LISTS_OF_TRANSACTIONS):
            self._quiet = len(self._open)

    def close(self, tag: str) -> None:
        """A tag ends: so does every group inside it; one that is no group was a value left empty."""
        leaf, self._leaf = self._leaf, ""
        if tag == leaf:
            return
        for node in reversed(self._open[1:]):
            if node.tag == tag:
                self._close_through(node)
                return

    def _close_through(self, last: Node) -> None:
        while len(self._open) > 1:
            node = self._open.pop()
            if len(self._open) < self._quiet:
                self._quiet = 0
            if node is last:
                return
            if node.tag not in _GROUPS:
                self._open[-1].inside.extend(node.inside)
                node.inside = []

    def _close_unended(self, tag: str) -> None:
        """Close the groups that cannot hold the tag."""
        allowed = _HOLDS.get(self._open[-1].tag)
        if allowed is not None and tag not in allowed:
            self.close(self._open[-1].tag)
        unended = _CLOSED_BY.get(tag, frozenset())
        for node in self._open[1:] if unended else ():
            if node.tag in unended:
                self._close_through(node)
                return

    def finished(self) -> bool:
        """Tell whether the file has its end; raise `DamagedFileError` where it stops inside a group."""
        left = [node.tag for node in self._open[1:] if node.tag in _GROUPS]
        if any(tag != "OFX" for tag in left):
            raise DamagedFileError(self._name)
        return not left
