"""The colours, all of them set here and none derived, and the measure that shows that they can be read."""

from __future__ import annotations

from typing import Literal

from textual.theme import Theme

from screener.tui import THEMES
from screener.tui.palettes import COLOURS, IN_256, IN_SIXTEEN

Depth = Literal["truecolor", "256", "standard"]
"""How many colours a terminal has, as rich names it; ``standard`` has sixteen, or eight."""


def themes(depth: Depth = "truecolor") -> list[Theme]:
    """Return the themes of the program, in the order in which F2 shows them, for a terminal with so many colours."""
    return [theme_of(name, colours(name, depth)) for name in THEMES]


def depth_of(color_system: str | None) -> Depth:
    """Return how many colours a terminal has, by what rich found out about it; all where there is no terminal."""
    return "256" if color_system == "256" else "standard" if color_system in ("standard", "windows") else "truecolor"


def colours(theme: str, depth: Depth = "truecolor") -> dict[str, str]:
    """Return every colour of a theme by its name in the style sheet, for a terminal with so many colours."""
    if depth == "standard":
        return dict(IN_SIXTEEN[theme])
    return COLOURS[theme] | (IN_256.get(theme, {}) if depth == "256" else {})


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours ``#rrggbb`` as WCAG 2 defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def theme_of(name: str, palette: dict[str, str]) -> Theme:
    """A theme whose colours reach the screen exactly as the palette has them."""
    return Theme(
        name,
        primary=palette["ink"],
        secondary=palette["ink"],
        accent=palette["ink"],
        warning=palette["urgent"],
        error=palette["problem"],
        success=palette["ink"],
        foreground=palette["foreground"],
        background=palette["background"],
        surface=palette["surface"],
        panel=palette["surface"],
        boost=palette["surface"],
        dark=name.endswith("dark"),
        luminosity_spread=0,
        text_alpha=1,
        variables=dict(palette),
    )
