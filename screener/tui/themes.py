"""The colours, all of them set here and none derived, and the measure that shows that they can be read."""

from __future__ import annotations

from textual.theme import Theme

from screener.tui import THEMES

_COLOURS: dict[str, dict[str, str]] = {
    "dark": {
        "background": "#12171d",
        "surface": "#1a2129",
        "foreground": "#e4e8ec",
        "muted": "#9caab8",
        "heading": "#f2f5f7",
        "ink": "#86c1e6",
        "problem": "#ff9e94",
        "urgent": "#f4c67a",
        "focused": "#22303d",
        "button": "#8cc4e8",
        "button-text": "#0c1620",
        "button-focused": "#c4e3f7",
        "quiet-button": "#26323e",
        "quiet-button-text": "#dbe4ec",
        "quiet-button-focused": "#3a4c5e",
        "edge": "#7d8e9f",
        "cursor": "#e4e8ec",
        "cursor-text": "#12171d",
        "scroll-mark": "#78899a",
        "scroll-track": "#1a2129",
    },
    "light": {
        "background": "#fbfaf7",
        "surface": "#f1efe9",
        "foreground": "#1f262d",
        "muted": "#55616c",
        "heading": "#10161b",
        "ink": "#1b5c8f",
        "problem": "#a32018",
        "urgent": "#7d4700",
        "focused": "#e3edf5",
        "button": "#1b5c8f",
        "button-text": "#ffffff",
        "button-focused": "#0e3d63",
        "quiet-button": "#e4e1d9",
        "quiet-button-text": "#2a333b",
        "quiet-button-focused": "#cfd9e1",
        "edge": "#6b757f",
        "cursor": "#1f262d",
        "cursor-text": "#ffffff",
        "scroll-mark": "#66727c",
        "scroll-track": "#efece5",
    },
    "high-contrast-dark": {
        "background": "#000000",
        "surface": "#000000",
        "foreground": "#ffffff",
        "muted": "#d8d8d8",
        "heading": "#ffffff",
        "ink": "#7fe0ff",
        "problem": "#ffb3ab",
        "urgent": "#ffe36e",
        "focused": "#143347",
        "button": "#ffffff",
        "button-text": "#000000",
        "button-focused": "#ffe36e",
        "quiet-button": "#262626",
        "quiet-button-text": "#ffffff",
        "quiet-button-focused": "#4a4a4a",
        "edge": "#ffffff",
        "cursor": "#ffffff",
        "cursor-text": "#000000",
        "scroll-mark": "#ffffff",
        "scroll-track": "#262626",
    },
    "high-contrast-light": {
        "background": "#ffffff",
        "surface": "#ffffff",
        "foreground": "#000000",
        "muted": "#333333",
        "heading": "#000000",
        "ink": "#003a75",
        "problem": "#8a0000",
        "urgent": "#5c3300",
        "focused": "#d9e9f7",
        "button": "#003a75",
        "button-text": "#ffffff",
        "button-focused": "#000000",
        "quiet-button": "#e6e6e6",
        "quiet-button-text": "#000000",
        "quiet-button-focused": "#c2c2c2",
        "edge": "#000000",
        "cursor": "#000000",
        "cursor-text": "#ffffff",
        "scroll-mark": "#333333",
        "scroll-track": "#e6e6e6",
    },
}


def themes() -> list[Theme]:
    """The themes of the program, in the order in which F2 shows them."""
    return [theme_of(name, _COLOURS[name]) for name in THEMES]


def colours(theme: str) -> dict[str, str]:
    """Every colour of a theme by its name in the style sheet."""
    return dict(_COLOURS[theme])


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
