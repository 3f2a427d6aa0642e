"""The configuration file, and configured paths that do not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.config import configuration_file, read_configuration


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the configuration file of a new home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    configuration_file().parent.mkdir(parents=True)
    return configuration_file()


def test_paths_are_seen_from_the_folder_of_the_file(configured: Path) -> None:
    """Check that the store is the same from every current folder; an address and "none" stay unchanged."""
    configured.write_text('store = "data/responses.db"\nexports = "../copies"\n')
    configuration = read_configuration({})
    assert configuration.store == str(configured.parent / "data" / "responses.db")
    assert configuration.exports == configured.parent / ".." / "copies"
    for written in ("none", "postgresql://clinic@db.example/answers"):
        configured.write_text(f'store = "{written}"\n')
        assert read_configuration({}).store == written


def test_a_byte_order_mark_is_read_over(configured: Path) -> None:
    """Check that a byte order mark is ignored; editors of Windows write one."""
    configured.write_bytes(b'\xef\xbb\xbfterminal = "Front desk"\n')
    assert read_configuration({}).terminal == "Front desk"
