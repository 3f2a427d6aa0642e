"""The configuration file, and configured paths that do not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.config import configuration_file, read_configuration
from screener.errors import ScreenerError
from screener.store.connect import without_secrets


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


@pytest.mark.parametrize(
    "written",
    ["sqlite:///srv/a.db", "mysql://clinic:geheim@db/a", "POSTGRESQL://clinic:geheim@db/a", "postgressql://db/a",
     "postgresql:clinic:geheim@db/a", "postgresql://[::1/a", "jdbc:postgresql://db/a"],
)  # fmt: skip
def test_an_address_with_a_mistake_is_not_the_name_of_a_file(configured: Path, written: str) -> None:
    """Check that answers go to no new file that is called like a server; the address and its password stay unsaid."""
    configured.write_text(f'store = "{written}"\n')
    for environment in ({}, {"SCREENER_STORE": written}):
        with pytest.raises(ScreenerError, match="has a mistake") as refused:
            read_configuration(environment)
        assert "geheim" not in str(refused.value)
        configured.write_text("")


@pytest.mark.parametrize(
    "written", ["postgresql://one:5432,two:5433/a", "postgresql:///a?host=/run/pg", "postgres://me@[::1]:5432/a"]
)
def test_every_address_of_postgresql_is_taken(configured: Path, written: str) -> None:
    configured.write_text(f'store = "{written}"\n')
    assert read_configuration({}).store == written
    assert "me@" not in without_secrets(written)
