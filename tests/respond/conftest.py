"""Fixtures for what staff record themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.respond.ward import Ward, ward


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content folder with a questionnaire for people and one for staff."""
    return ward(tmp_path_factory.mktemp("ward") / "content")


@pytest.fixture
def clinic_ward(tmp_path: Path, folder: Path) -> Ward:
    return Ward(tmp_path / "clinic", content=folder)
