"""Which fund an OFX position is: its list of securities, identifiers, tickers and prices."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.money import HUNDRED, LARGEST, ONE

from .ofx_money import amount
from .ofx_tree import Node
from .patterns import late_regex
from .rows import Instrument, instrument_of

_CUSIP = late_regex(r"[0-9A-Z][0-9]{2}[0-9A-Z]{5}[0-9]")
"""Nine characters; the first may be a country's letter, the last is a check digit (CUSIP Global Services)."""
_ISIN = late_regex(r"US([0-9A-Z]{9})[0-9]")
_TICKER = late_regex(r"[A-Za-z0-9][A-Za-z0-9./ *^-]{0,24}")
_SHARES_A_CONTRACT = HUNDRED


class SecurityList:
    """The securities a file describes, found by identifier."""

    def __init__(self, root: Node) -> None:
        self._known: dict[tuple[str, str], Node] = {}
        self._by_id: dict[str, Node] = {}
        self._contracts: dict[str, Decimal] = {}
        for info in root.all("MFINFO", "STOCKINFO", "DEBTINFO", "OPTINFO", "OTHERINFO"):
            about = info.find("SECINFO") or info
            key = _key(about)
            if not key[0]:
                continue
            self._known.setdefault(key, about)
            self._by_id.setdefault(key[0], about)
            size = amount(info.value("SHPERCTRCT"))
            if size:
                self._contracts[key[0]] = size

    def about(self, position: Node) -> Node | None:
        """Return what the file says of a position's security."""
        key = _key(position)
        return self._known.get(key) or self._by_id.get(key[0])

    def knows(self, position: Node) -> bool:
        """Tell whether the file gives a security a name or a ticker."""
        about = self.about(position)
        return about is not None and bool(about.value("SECNAME") or about.value("TICKER"))

    def price(self, position: Node) -> Decimal | None:
        """Return the price of a security in the list, for positions without one."""
        about = self.about(position)
        return amount(about.value("UNITPRICE")) if about is not None else None

    def contract(self, position: Node) -> Decimal:
        """Return how many shares one option contract is for."""
        return self._contracts.get(_key(position)[0], _SHARES_A_CONTRACT)

    def instrument(self, position: Node) -> Instrument | None:
        """Return what a position holds, None where it has neither identifier nor name.

        An identifier is taken for a CUSIP only when it has the form of one, whatever its type says.
        """
        code, kind = _key(position)
        about = self.about(position)
        name = about.value("SECNAME") if about is not None else ""
        ticker = about.value("TICKER") if about is not None else ""
        if not _TICKER.fullmatch(ticker):
            ticker = code if kind == "TICKER" else ""
        isin = _ISIN.fullmatch(code)
        cusip = isin[1] if isin else code
        item = instrument_of(name, ticker, cusip if kind != "PRIVATE" and _CUSIP.fullmatch(cusip) else "")
        if item.name:
            return item
        return Instrument(None, None, code) if code else None


def _key(node: Node) -> tuple[str, str]:
    """Return identifier and kind of identifier of a position or security."""
    return (
        node.value("SECID", "UNIQUEID").strip().upper(),
        node.value("SECID", "UNIQUEIDTYPE").strip().upper(),
    )


def worth(
    position: Node,
    units: Decimal | None,
    price: Decimal | None,
    known: SecurityList,
    *,
    stated: bool = True,
) -> Decimal | None:
    """Return the value of a position: the file's own, else units × price as its kind is quoted.

    Bonds are quoted per 100 of face value, options per share (OFX 2.2, 13.9.2.6). With `stated` off, the
    file's own value is left aside.
    """
    value = amount(position.value("MKTVAL")) if stated else None
    if value is not None or units is None or price is None:
        return value
    factor = ONE
    if position.tag == "POSDEBT":
        factor = ONE / HUNDRED
    elif position.tag == "POSOPT":
        factor = known.contract(position)
    value = units * price * factor
    return value if abs(value) < LARGEST else None
