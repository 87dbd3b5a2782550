"""The colour table: every colour by its meaning, for light and dark ground, and for high contrast."""

from __future__ import annotations

from typing import Final

from desktop_app.domain.classes import ClassFamily
from desktop_app.domain.drift import BandState

LIGHT: Final[dict[str, str]] = {
    "surface": "#F4F6F8",
    "raised": "#FFFFFF",
    "sunken": "#EBEEF2",
    "hairline": "#DBE0E6",
    "control": "#808A97",
    "text": "#1A2027",
    "muted": "#586371",
    "accent": "#0B5F73",
    "accent.hover": "#084C5D",
    "on.accent": "#FFFFFF",
    "tint": "#E1EFF2",
    "drift.inside": "#17705F",
    "drift.inside.tint": "#DCEFEA",
    "drift.near": "#8F5B00",
    "drift.near.tint": "#FBEBCB",
    "drift.over": "#A3123F",
    "drift.over.tint": "#F9E1E7",
}

DARK: Final[dict[str, str]] = {
    "surface": "#14181C",
    "raised": "#1C2127",
    "sunken": "#262D35",
    "hairline": "#323A44",
    "control": "#76828F",
    "text": "#E9EDF1",
    "muted": "#A6B0BC",
    "accent": "#63C3D6",
    "accent.hover": "#83D3E2",
    "on.accent": "#08222A",
    "tint": "#173A44",
    "drift.inside": "#55C7BE",
    "drift.inside.tint": "#163A39",
    "drift.near": "#F4C95D",
    "drift.near.tint": "#433819",
    "drift.over": "#FF8A8F",
    "drift.over.tint": "#4A2529",
}

CONTRAST_LIGHT: Final[dict[str, str]] = {
    "surface": "#FFFFFF",
    "raised": "#FFFFFF",
    "sunken": "#E8E8E8",
    "hairline": "#454E59",
    "control": "#454E59",
    "text": "#000000",
    "muted": "#2B333C",
    "accent": "#00465A",
    "accent.hover": "#002F3D",
    "on.accent": "#FFFFFF",
    "tint": "#FFFFFF",
    "drift.inside": "#0A4C3F",
    "drift.inside.tint": "#FFFFFF",
    "drift.near": "#5F3A00",
    "drift.near.tint": "#FFFFFF",
    "drift.over": "#840029",
    "drift.over.tint": "#FFFFFF",
}
"""Words reach 7:1 and more on every ground (WCAG 2.2, success criterion 1.4.6); tints are lines instead."""

CONTRAST_DARK: Final[dict[str, str]] = {
    "surface": "#000000",
    "raised": "#000000",
    "sunken": "#2A2A2A",
    "hairline": "#B9C2CC",
    "control": "#B9C2CC",
    "text": "#FFFFFF",
    "muted": "#DCE2E8",
    "accent": "#8CE6F6",
    "accent.hover": "#C0F2FA",
    "on.accent": "#000000",
    "tint": "#000000",
    "drift.inside": "#7FEAE0",
    "drift.inside.tint": "#000000",
    "drift.near": "#FFDE85",
    "drift.near.tint": "#000000",
    "drift.over": "#FFABAF",
    "drift.over.tint": "#000000",
}

FAMILIES_LIGHT: Final[dict[ClassFamily, str]] = {
    ClassFamily.US_LARGE: "#1565B5",
    ClassFamily.US_MID_SMALL: "#2E90C4",
    ClassFamily.INTL_DEVELOPED: "#3B9F9C",
    ClassFamily.EMERGING: "#3F2E6E",
    ClassFamily.REAL_ESTATE: "#713246",
    ClassFamily.US_BONDS: "#BE7D05",
    ClassFamily.INFLATION: "#975918",
    ClassFamily.OTHER_BONDS: "#7A2E22",
    ClassFamily.SHORT_TERM: "#379D6B",
    ClassFamily.OTHER: "#6E716F",
}

FAMILIES_DARK: Final[dict[ClassFamily, str]] = {
    ClassFamily.US_LARGE: "#3F8CF3",
    ClassFamily.US_MID_SMALL: "#7BC5F8",
    ClassFamily.INTL_DEVELOPED: "#7EE0DA",
    ClassFamily.EMERGING: "#7E69A7",
    ClassFamily.REAL_ESTATE: "#B35774",
    ClassFamily.US_BONDS: "#F7B657",
    ClassFamily.INFLATION: "#BD936E",
    ClassFamily.OTHER_BONDS: "#BC4F3A",
    ClassFamily.SHORT_TERM: "#84E0AC",
    ClassFamily.OTHER: "#A3A3A3",
}

_STATE_NAMES = {
    BandState.INSIDE: "drift.inside",
    BandState.NEAR: "drift.near",
    BandState.OUTSIDE: "drift.over",
}


def state_color_name(state: BandState) -> str:
    """Return the name in the colour table that a band state is shown in."""
    return _STATE_NAMES[state]
