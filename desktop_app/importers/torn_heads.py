"""What figures say of a heading in text with single blanks: one torn over two lines, tickers, and sums.

The second line's words may belong behind the first line's or below any of them. Where units times price are
the value in every row, these three columns are told without the words; the others are not needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from desktop_app.domain.money import ZERO

from .amounts import is_missing, parse_amount
from .columns import Role
from .headwords import role_of
from .patterns import late_regex
from .wording import is_group

_Split = Sequence[tuple[list[str], list[str]]]
_TICKER = late_regex(r"[A-Z]{1,5}(?:\.[A-Z])?")
_LONG_TICKER = 3
_LOOK_AHEAD = 12
_MOST_FIGURES = 9
_MOST_WORDS = 18
_FEWEST = 3
_FEWEST_ROWS = 2
_ROOM = Decimal("0.001")
_PROVEN = (Role.UNITS, Role.PRICE, Role.VALUE)
_OF_HEADINGS = frozenset({
    "gain/loss", "gain", "loss", "gains/losses", "gain-loss", "or", "and", "/", "value", "price", "basis",
    "cost", "unrealized", "total", "market", "current", "%", "percent", "pct", "of", "acct", "account",
    "portfolio", "holdings", "assets", "yield", "est", "estimated", "annual", "income", "amount", "quantity",
    "shares", "units", "share", "unit", "change", "accrued", "interest", "date", "rate", "per", "", "$",
})  # fmt: skip
"""Words of which the second line of a heading is made; one of them beside others may begin a fund's name."""
_INSTRUMENT = frozenset({Role.NAME, Role.SYMBOL})


def torn_heading(split: _Split, i: int) -> list[str] | None:
    """Return the headings that two lines, the second of them at `i`, give the rows below; None otherwise.

    They name units, a price and a value, and just one choice of columns makes the value of every row.
    """
    if not i or any(figures or not words for words, figures in split[i - 1 : i + 1]):
        return None
    top, bottom = split[i - 1][0], split[i][0]
    words = [*top, *bottom]
    if len(words) > _MOST_WORDS or not all(word.lower().strip("().,") in _OF_HEADINGS for word in bottom):
        return None
    name = _known(top[:2], _INSTRUMENT)
    said = {role: heading for role in _PROVEN if (heading := _known(words, {role}))}
    if not name or len(said) < len(_PROVEN):
        return None
    rows = _rows(split, i)
    found = _worth(rows)
    if found is None or len(top) + len(bottom) <= len(rows[0][1]):
        return None
    cells = [f"Column {k + 1}" for k in range(len(rows[0][1]))]
    for k in range(len(cells)):
        if all(figures[k].endswith("%") or is_missing(figures[k]) for _, figures in rows):
            cells[k] = f"% {k + 1}"
    said_order = " ".join(words)
    if said_order.find(said[Role.PRICE]) < said_order.find(said[Role.UNITS]):
        found = (found[1], found[0], found[2])
    for role, place in zip(_PROVEN, found, strict=True):
        cells[place] = said[role]
    codes = [_known(top[:4], {Role.SYMBOL})] if has_codes(top, [row for row, _ in rows]) else []
    names = _known(top[:4], {Role.NAME}) or name
    if _known(top[:1], {Role.SYMBOL}) and codes:
        return [codes[0], names, *cells]
    return [names, *codes, *cells]


def _known(words: Sequence[str], roles: frozenset[Role] | set[Role]) -> str:
    """Return the words, one or two, that are a heading of one of some kinds; "" where none are."""
    pairs = (" ".join(words[k : k + 2]) for k in range(len(words) - 1))
    texts = (*words, *pairs)
    return next((text for text in texts if (known := role_of(text)) is not None and known[0] in roles), "")


def _rows(split: _Split, i: int) -> list[tuple[list[str], list[str]]]:
    """Return the rows right below that have as many figures as the first; words alone may stand between."""
    rows: list[tuple[list[str], list[str]]] = []
    for words, figures in split[i + 1 : i + 1 + _LOOK_AHEAD]:
        if rows and figures and len(figures) != len(rows[0][1]):
            break
        if figures and words:
            rows.append((words, figures))
        elif not rows and not figures and not is_group(" ".join(words)):
            break
    return rows if rows and _FEWEST <= len(rows[0][1]) <= _MOST_FIGURES else []


def _worth(rows: _Split) -> tuple[int, int, int] | None:
    """Return the places of units, price and value where one choice alone fits every row, units first.

    Of several columns with the same amounts, as a cost that is the value still, the first is taken.
    """
    amounts = [list(map(_amount, figures)) for _, figures in rows]
    if not amounts:
        return None
    found = [
        (units, price, value)
        for units, price, value in permutations(range(len(amounts[0])), len(_PROVEN))
        if units < price and any(row[value] for row in amounts)
        if all(_is_worth(row, units, price, value) for row in amounts)
    ]
    made = {(units, price, *(row[value] for row in amounts)) for units, price, value in found}
    return found[0] if len(made) == 1 else None


def _amount(text: str) -> Decimal | None:
    return ZERO if is_missing(text) else parse_amount(text)


def _is_worth(row: Sequence[Decimal | None], units: int, price: int, value: int) -> bool:
    one, other, made = row[units], row[price], row[value]
    if one is None or other is None or made is None:
        return False
    return abs(one * other - made) <= max(abs(made) * _ROOM, Decimal("0.01"))


def has_codes(heading: Sequence[str], names: Sequence[Sequence[str]]) -> bool:
    """Tell whether a heading has the symbol beside the name, and every row a ticker where that one stands."""
    side = _side(heading)
    if side is None or not names or any(len(words) <= 1 for words in names):
        return False
    codes = [words[side] for words in names]
    return all(map(_TICKER.fullmatch, codes)) and max(map(len, codes)) >= _LONG_TICKER


def _side(heading: Sequence[str]) -> int | None:
    """Return which word of a row is its symbol by the heading's first words: 0 the first, -1 the last."""
    if _known(heading[:1], {Role.SYMBOL}):
        return 0 if _known(heading[1:3], {Role.NAME}) else None
    is_behind = any(
        _known(heading[:k], {Role.NAME}) and _known(heading[k : k + 1], {Role.SYMBOL}) for k in (1, 2)
    )
    return -1 if is_behind else None


def set_codes_apart(split: list[tuple[list[str], list[str]]], heads: dict[int, list[str]]) -> None:
    """Set the tickers of rows apart where a heading has a column for them, changing both in place."""
    places = sorted(heads)
    for i, end in zip(places, [*places[1:], len(split)], strict=False):
        cells = heads[i]
        side = _side(" ".join(cells[:2]).split())
        rows = [k for k in range(i + 1, end) if len(split[k][1]) == len(cells) - 2 > 0 and split[k][0]]
        if side is None or not any(has_codes(" ".join(cells[:2]).split(), [split[k][0]]) for k in rows):
            continue
        if side == 0:
            heads[i] = [cells[1], cells[0], *cells[2:]]
        for k in rows:
            words, figures = split[k]
            is_code = len(words) > 1 and _TICKER.fullmatch(words[side]) is not None
            rest = (words[1:] if side == 0 else words[:-1]) if is_code else words
            split[k] = (rest, [words[side] if is_code else "", *figures])


def place_of_sums(figures: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> int | None:
    """Return how many columns are blank before a total's figures, the sums of the rows' at least two.

    None where no place fits, or more than one.
    """
    amounts = list(map(parse_amount, figures))
    if len(rows) < _FEWEST_ROWS or len(amounts) >= width or not any(amounts):
        return None
    sums = [sum((parse_amount(row[k]) or ZERO for row in rows), ZERO) for k in range(width)]
    fits = [k for k in range(width - len(amounts) + 1) if amounts == sums[k : k + len(amounts)]]
    return fits[0] if len(fits) == 1 else None
