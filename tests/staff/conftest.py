"""A clinic for each test, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.staff.clinic import Clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path / "clinic")
