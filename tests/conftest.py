"""What every test may use: the Hypothesis profiles and the two contents, the invented one and the shipped one."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from screener.content.compiled import Content
from screener.i18n.gettext import SOURCE, use
from screener.session import store_worker
from screener.store import base_store, sqlite
from screener.store.crypto import Cost
from tests.strategies import flight, shipped

settings.register_profile(
    "usual",
    deadline=None,
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.register_profile("thorough", settings.get_profile("usual"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: no search for garbage looks at it again, and one is rarely needed."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def own_state_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test leaves the key of a terminal in the state folder of whoever runs them."""
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))
    yield
    os.environ.pop("XDG_STATE_HOME")
    if before is not None:
        os.environ["XDG_STATE_HOME"] = before


@pytest.fixture(autouse=True, scope="session")
def patient_pages() -> Iterator[None]:
    """On a busy machine a page waits for its store as long as it takes; what a slow store does has its own tests."""
    before, store_worker.PATIENCE = store_worker.PATIENCE, 60.0
    yield
    store_worker.PATIENCE = before


@pytest.fixture(autouse=True, scope="session")
def quick_guesses() -> Iterator[None]:
    """A passphrase takes a guesser no time in stores of this process; what it costs elsewhere has its own tests."""
    before, base_store.USUAL_COST = base_store.USUAL_COST, Cost(64, 1, 1)
    yield
    base_store.USUAL_COST = before


@pytest.fixture(autouse=True, scope="session")
def quick_disk() -> Iterator[None]:
    """The machine never loses its power here, so that no store of this process has to wait for the disk."""
    before = sqlite.PRAGMAS
    sqlite.PRAGMAS = tuple((name, 0 if name == "synchronous" else value) for name, value in before)
    yield
    sqlite.PRAGMAS = before


@pytest.fixture(autouse=True)
def usual_language() -> Iterator[None]:
    """A program that ran in this process leaves its language behind, and what it says to staff: no test begins so."""
    yield
    use(SOURCE)


@pytest.fixture(name="flight", scope="session")
def flight_content() -> Content:
    """The invented content of the tests: small, and with every kind of question in it."""
    return flight()


@pytest.fixture(scope="session", params=[flight, shipped])
def content(request: pytest.FixtureRequest) -> Content:
    """Each content in turn: the invented one, and the one that is shipped."""
    return request.param()
