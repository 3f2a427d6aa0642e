"""The rows as text."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.measure import Row, Times

_HEAD = ("what", "against", "ours p50 / p99", "peer p50 / p99", "x p50", "x p99", "x CPU", "aim", "met")


def table(rows: Sequence[Row]) -> str:
    """A table of the rows, their notes and what was left out."""
    lines = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    text.insert(1, "  ".join("-" * width for width in widths))
    notes = [f"{row.what}: {row.skipped or row.note}" for row in rows if row.skipped or row.note]
    return "\n".join([*text, "", *notes])


def _cells(row: Row) -> tuple[str, ...]:
    ratios = (_ratio(row.ratio("p50")), _ratio(row.ratio("p99")), _ratio(row.ratio("cpu")))
    aim = str(row.aim) if row.aim else "-"
    met = "skipped" if row.skipped else {True: "yes", False: "NO", None: "-"}[row.met]
    return (row.what, row.against, _spread(row.ours, row.unit), _spread(row.peer, row.unit), *ratios, aim, met)


def _ratio(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.3g}"


def _spread(times: Times | None, unit: str) -> str:
    if times is None:
        return "-"
    if unit != "s":
        return f"{times.p50:.4g} {unit}".strip()
    return f"{_time(times.p50)} / {_time(times.p99)}"


def _time(seconds: float) -> str:
    return f"{seconds * 1e6:.1f} us" if seconds < 1e-3 else f"{seconds * 1e3:.1f} ms"
