"""Hypothesis profiles, and a home of its own for every test."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady",
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile(
    "deep", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Collect garbage after each test: a command turns that off for the rest of its process."""
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep tests away from the real home, the real zone and the user's own settings."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in [
        name for name in os.environ if name.startswith("CURRICULUM_") or name == "COLUMNS"
    ]:
        monkeypatch.delenv(name)
    return home


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files and the README be written anew, to be read before they are accepted."""
    parser.addoption(
        "--update-golden", action="store_true", help="Write golden files instead of comparing."
    )
