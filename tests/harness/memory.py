"""What a process has read once it knows its tests stays to the end: nothing looks through it for rubbish again."""

from __future__ import annotations

import gc

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Take modules and tests (a million objects) out of the collector's rounds, and let it go round less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
