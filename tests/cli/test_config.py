"""The configuration file, and what is configured and not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.config import configuration_file, read_configuration


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the configuration, in a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    configuration_file().parent.mkdir(parents=True)
    return configuration_file()


def test_paths_are_seen_from_the_folder_of_the_file(configured: Path) -> None:
    """Wherever the program is started, it is the same store; an address and "none" stay as they are."""
    configured.write_text('store = "data/responses.db"\nexports = "../copies"\n')
    configuration = read_configuration({})
    assert configuration.store == str(configured.parent / "data" / "responses.db")
    assert configuration.exports == configured.parent / ".." / "copies"
    for written in ("none", "postgresql://clinic@db.example/answers"):
        configured.write_text(f'store = "{written}"\n')
        assert read_configuration({}).store == written


def test_a_byte_order_mark_is_read_over(configured: Path) -> None:
    """Editors of Windows write one."""
    configured.write_bytes(b'\xef\xbb\xbfterminal = "Front desk"\n')
    assert read_configuration({}).terminal == "Front desk"
