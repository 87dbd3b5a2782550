"""The problems every program is asked: the named cases and a fixed set of random ones."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

EACH = 20
"""Random problems of each kind."""

LEAVES = ("us_large", "intl_developed", "us_bond", "stable_value", "us_small", "tips", "emerging", "reit")
WORDS = ("US", "Intl", "Bond", "Stable", "Small", "Tips", "Emerging", "Reit")


@dataclass(frozen=True)
class Fund:
    """A fund an account may hold: dollars now, the share of each class in it, and whether it is frozen."""

    name: str
    value: Decimal
    mix: Mapping[str, str]
    locked: bool = False


@dataclass(frozen=True)
class Account:
    """An account: its whole menu (a fund not held has the value 0) and dollars coming in (+) or going out."""

    name: str
    funds: tuple[Fund, ...]
    cash: Decimal = Decimal(0)


@dataclass(frozen=True)
class Problem:
    """Shares of classes to reach; `one_way` allows no sell where money comes in, no buy where it goes out."""

    name: str
    targets: Mapping[str, str]
    accounts: tuple[Account, ...]
    one_way: bool = False
    kind: str = "case"


TARGETS = {"us_large": "0.42", "intl_developed": "0.18", "us_bond": "0.30", "stable_value": "0.10"}


def cases() -> tuple[Problem, ...]:
    """Return the named cases A to E; E2 is E with its accounts the other way round."""
    plain = _funds(US="55000", Intl="15000", Bond="25000", Stable="5000")
    mix = {"us_large": "0.48", "intl_developed": "0.32", "us_bond": "0.18", "stable_value": "0.02"}
    mixed = (
        Fund("Target date", Decimal(40000), mix),
        Fund("Company", Decimal(10000), {"us_large": "1"}, locked=True),
        *_funds(US="30000", Bond="20000", Intl="0", Stable="0"),
    )
    household = (
        Account("401k", _funds(US="60000", Bond="10000", Stable="0")),
        Account("Roth", _funds(Intl="20000", US="10000")),
    )
    return (
        Problem("A", TARGETS, (Account("401k", plain),)),
        Problem("B", TARGETS, (Account("401k", plain, Decimal(3000)),), one_way=True),
        Problem("B2", TARGETS, (Account("401k", plain, Decimal(30000)),), one_way=True),
        Problem("C", TARGETS, (Account("401k", plain, Decimal(-10000)),), one_way=True),
        Problem("D", TARGETS, (Account("401k", mixed),)),
        Problem("E", TARGETS, household),
        Problem("E2", TARGETS, household[::-1]),
    )


def random_problems() -> Iterator[Problem]:
    """Return the random problems, always the same: plain, with funds to look through, and households."""
    for kind in ("plain", "look-through", "household"):
        for number in range(EACH):
            dice = random.Random(f"{kind} {number}")
            classes = dice.randint(4, 8 if kind == "plain" else 6)
            accounts = _household(dice, classes) if kind == "household" else (_account(dice, classes, kind),)
            yield Problem(f"{kind} {number}", _targets(dice, classes), accounts, kind=kind)


def _funds(**values: str) -> tuple[Fund, ...]:
    leaf = dict(zip(WORDS, LEAVES, strict=True))
    return tuple(Fund(name, Decimal(value), {leaf[name]: "1"}) for name, value in values.items())


def _account(dice: random.Random, classes: int, kind: str) -> Account:
    """Return one account with a fund per class; every third problem brings new money."""
    funds = list(_funds(**{word: _dollars(dice, 0, 50_000) for word in WORDS[:classes]}))
    if kind == "look-through":
        funds += [_mixed(dice, name, classes) for name in ("Balanced", "Target date")]
        funds.append(Fund("Company", Decimal(_dollars(dice, 0, 20_000)), {"us_large": "1"}, locked=True))
    cash = _dollars(dice, 500, 20_000) if dice.randrange(3) == 0 else "0"
    return Account("401k", tuple(funds), Decimal(cash))


def _household(dice: random.Random, classes: int) -> tuple[Account, ...]:
    """Return two or three accounts with some of the classes each; together they hold all of them."""
    count = dice.randint(2, 3)
    menus = [set(dice.sample(range(classes), dice.randint(2, classes - 1))) for _ in range(count)]
    for left in set(range(classes)).difference(*menus):
        dice.choice(menus).add(left)
    accounts = []
    for number, menu in enumerate(menus, 1):
        values = {WORDS[one]: _dollars(dice, 0, 50_000) for one in sorted(menu)}
        accounts.append(Account(f"Account {number}", _funds(**values)))
    return tuple(accounts)


def _mixed(dice: random.Random, name: str, classes: int) -> Fund:
    inside = dice.sample(LEAVES[:classes], dice.randint(2, 4))
    shares = _parts(dice, len(inside), 20)
    mix = {leaf: str(Decimal(5 * share) / 100) for leaf, share in zip(inside, shares, strict=True)}
    return Fund(name, Decimal(_dollars(dice, 0, 80_000)), mix)


def _targets(dice: random.Random, classes: int) -> dict[str, str]:
    shares = _parts(dice, classes, 100)
    return {leaf: str(Decimal(share) / 100) for leaf, share in zip(LEAVES, shares, strict=False)}


def _parts(dice: random.Random, count: int, whole: int) -> list[int]:
    """Cut `whole` into `count` whole parts of at least 1."""
    cuts = [0, *sorted(dice.sample(range(1, whole), count - 1)), whole]
    return [after - before for before, after in itertools.pairwise(cuts)]


def _dollars(dice: random.Random, least: int, most: int) -> str:
    return str(Decimal(dice.randint(least * 100, most * 100)) / 100)
