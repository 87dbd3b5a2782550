"""Flows blocks over pages: nothing is split, table heads come again, pages are counted before painting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtGui import QPainter

from desktop_app.domain.records import dataclass

Paint = Callable[[QPainter, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Something that stands on one page: `gap` is free space above it, dropped at the top of a page.

    `paint` gets the painter and the block's upper edge in mils. With `glued` the block stays on the same
    page as the next one; `head` is painted above it when it begins a page.
    """

    height: float
    paint: Paint
    gap: float = 0.0
    glued: bool = False
    head: Block | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its place on a page."""

    y: float
    block: Block


def flow(blocks: Sequence[Block], first_top: float, top: float, bottom: float) -> list[list[Placed]]:
    """Place blocks from `first_top` on the first page and `top` on the others down to `bottom`, in mils."""
    pages: list[list[Placed]] = [[]]
    y = first_top
    for group in _groups(blocks):
        need = sum(block.gap + block.height for block in group)
        if pages[-1] and y + need > bottom:
            pages.append([])
            y = top
        for block in group:
            y = _place(pages[-1], block, y)
    return pages


def keep_together(blocks: Sequence[Block], room: float) -> list[Block]:
    """Glue blocks to each other if all of them fit on a page of `room` mils, else leave them as they are."""
    if sum(block.gap + block.height for block in blocks) > room:
        return list(blocks)
    return [replace(block, glued=True) for block in blocks[:-1]] + list(blocks[-1:])


def keep_first(rows: Sequence[Block]) -> list[Block]:
    """Glue the first two rows of a table, so that its title never stands above a single row."""
    if len(rows) <= 1:
        return list(rows)
    return [replace(rows[0], glued=True), *rows[1:]]


def _place(page: list[Placed], block: Block, y: float) -> float:
    if not page and block.head is not None:
        page.append(Placed(y, block.head))
        y += block.head.height
    elif page:
        y += block.gap
    page.append(Placed(y, block))
    return y + block.height


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    open_group = False
    for block in blocks:
        if open_group:
            groups[-1].append(block)
        else:
            groups.append([block])
        open_group = block.glued
    return groups
