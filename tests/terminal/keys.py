"""What a keyboard and a mouse can send, as the bytes that a terminal makes of it."""

from __future__ import annotations

_NAMED = {0x00: "ctrl+@", 0x1B: "escape", 0x1C: "ctrl+\\", 0x1D: "ctrl+]", 0x1E: "ctrl+^", 0x1F: "ctrl+_"}

CONTROL: dict[str, bytes] = {
    **{_NAMED.get(code) or f"ctrl+{chr(code + 0x60)}": bytes([code]) for code in range(0x20)},
    "delete": b"\x7f",
    "c1-csi": b"\x9b",
}
"""The 34 keys of one byte that are no characters: C0, DEL, and the C1 byte that some terminals take for ``ESC [``."""

FUNCTION: dict[str, bytes] = {
    **{f"f{number}": b"\x1bO" + b"PQRS"[number - 1 : number] for number in range(1, 5)},
    **{
        f"f{number}": b"\x1b[%d~" % code
        for number, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
}
"""F1 to F12, as xterm sends them."""

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
TAB, BACKTAB, ENTER, ESCAPE = "\t", "\x1b[Z", "\r", "\x1b"
F1, F2, F8 = (FUNCTION[name].decode() for name in ("f1", "f2", "f8"))
LEAVE, INTERRUPT = "\x11", "\x03"


def click(column: int, row: int) -> str:
    """A press and a release of the left button; columns and rows count from 1."""
    return f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"


def pasted(text: bytes) -> bytes:
    """A paste as a terminal with bracketed paste sends it, without cleaning what is in it."""
    return b"\x1b[200~" + text + b"\x1b[201~"
