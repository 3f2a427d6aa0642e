"""The staff's search finds a name by what a keyboard has, whatever letters and marks the name has."""

from __future__ import annotations

import pytest

from screener.name_skeleton import skeleton
from screener.staff.search import matcher


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ka\u02bbiulani O\u02bcBrien", "obrien"),
        ("Ka\u02bbiulani O\u02bcBrien", "kaiulani"),
        ("Ka\u02bbiulani O\u02bcBrien", "ka\u2018iulani o'brien"),
        ("O\u2019Brien", "obrien"),
        ("D\u00b4Angelo", "dangelo"),
        ("S\u00f8ren Kierkeg\u00e5rd", "soren kierkegard"),
        ("\u0141ukasz \u0110\u1eb7ng", "lukasz dang"),
        ("\u00c6thelred \u00de\u00f3r", "aethelred thor"),
        ("\u0130pek I\u015f\u0131k", "ipek isik"),
        ("\u0126al \u0181ala \u01b5ak", "hal bala zak"),
        ("Stra\u00dfe \ufb01ne", "STRASSE FINE"),
        ("\u0645\u0640\u062d\u0645\u0651\u062f", "\u0645\u062d\u0645\u062f"),
        ("N\u200bora Quin\u0303ones", "nora quinones"),
    ],
)
def test_a_name_is_found_by_what_a_keyboard_has(name: str, typed: str) -> None:
    """Check modifier letters, strokes, hooks, ligatures, marks and capitals, in both directions."""
    assert matcher(typed)(skeleton(name))
    assert matcher(name)(skeleton(name))


def test_another_name_is_not_found() -> None:
    assert not matcher("brown")(skeleton("O\u02bcBrien"))
    assert not matcher("obrien reed")(skeleton("O\u02bcBrien"))
