"""Which tests begin: the walks, which take a minute each, so that no process walks alone while the others are done."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

WALKS = ("tests/smoke/", "tests/access/", "tests/canary/", "tests/browser/test_pages.py")


def walks_first(names: Sequence[str]) -> list[int]:
    """Return the places of the tests of these names in the order to run them: walks first, else as they came."""
    return sorted(range(len(names)), key=lambda place: not names[place].startswith(WALKS))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the walks before all else."""
    items[:] = [items[place] for place in walks_first([item.nodeid for item in items])]
