"""Every test here begins and ends in the source language, in every mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.i18n import gettext
from screener.i18n.gettext import SOURCE, use


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    use(SOURCE)
    yield
    use(SOURCE)


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the program from reading or writing anything on this machine."""
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("SCREENER_STORE", "none")
    return tmp_path


@pytest.fixture
def catalogues_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Yield a function that reads the catalogues of another folder; forget them after the test."""

    def read_in(folder: Path) -> None:
        _forget()
        monkeypatch.setattr(gettext, "_HOME", folder)

    yield read_in
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    gettext._nearest.cache_clear()
    gettext._read.cache_clear()
